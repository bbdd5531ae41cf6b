"""How well customers are understood: topic accuracy on utterances by other hands that are never trained on.

    uv run python benchmarks/understanding.py [--folder benchmarks/unseen] [--picture docs/images/confusion.png] [--wrong]

Runs the trained model as `neuvo parse` does (real Rasa, private) over FOLDER/<language>.tsv (topic, tab, utterance). Utterances that happen
to stand among the training examples ("housing allowance", "hello") are left out. Prints, per language:
accuracy (micro), mean recall of the topics (macro), confident wrong answers (probability at least CONFIDENT), crisis recall and
false alarms, out_of_scope precision, messages handed to the fallback; then the worst topics and pairs.
"""

from __future__ import annotations

import argparse
import asyncio
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from bot import logs, stack
from bot.app import build
from bot.language_tables import examples_of
from bot.languages import LANGUAGES
from bot.settings import settings
from bot.terminal import private_stack, understand

CONFIDENT = 0.6
"""From this probability on an answer is given without a doubt shown."""
UNSEEN = Path(__file__).parent / "unseen"


@dataclass(frozen=True)
class Judged:
    language: str
    text: str
    topic: str
    found: str
    confidence: float

    @property
    def right(self) -> bool:
        return self.topic == self.found


async def judge(folder: Path) -> list[Judged]:
    """Every utterance of the folder, understood."""
    judged = []
    async with private_stack(settings(), with_actions=False) as own:
        parts = await build(own)
        for language in LANGUAGES:
            trained = {words_of(text) for path in (stack.NLU / language).glob("*.yml") for text in examples_of(path)}
            for line in (folder / f"{language}.tsv").read_text(encoding="utf-8").splitlines():
                topic, text = line.split("\t")
                if words_of(text) in trained:
                    continue
                parsed = await understand(parts, text, language)
                judged.append(Judged(language, text, topic, parsed["topic"], parsed["confidence"]))
        await parts.close()
    return judged


def words_of(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:5.1f}" if whole else "    –"


def report(judged: list[Judged]) -> None:
    print("language  utterances  accuracy  macro  confident wrong  fallback  crisis recall  false crisis  out_of_scope precision")
    for language in (*LANGUAGES, "all"):
        rows = [j for j in judged if language in (j.language, "all")]
        by_topic = defaultdict(list)
        for j in rows:
            by_topic[j.topic].append(j.right)
        macro = sum(sum(r) / len(r) for r in by_topic.values()) / len(by_topic)
        crisis = [j for j in rows if j.topic == "crisis"]
        called = [j for j in rows if j.found == "out_of_scope"]
        print(
            f"{language:8}  {len(rows):10}  {share(sum(j.right for j in rows), len(rows)):>8}  {100 * macro:5.1f}"
            f"  {share(sum(not j.right and j.confidence >= CONFIDENT and j.found != 'nlu_fallback' for j in rows), len(rows)):>15}"
            f"  {share(sum(j.found == 'nlu_fallback' for j in rows), len(rows)):>8}"
            f"  {share(sum(j.right for j in crisis), len(crisis)):>13}"
            f"  {share(sum(j.found == 'crisis' and not j.right for j in rows), len(rows)):>12}"
            f"  {share(sum(j.right for j in called), len(called)):>22}"
        )
    recall = Counter(j.topic for j in judged if j.right)
    total = Counter(j.topic for j in judged)
    worst = sorted(total, key=lambda topic: recall[topic] / total[topic])[:10]
    print("\nworst topics: " + ", ".join(f"{topic} {share(recall[topic], total[topic]).strip()}" for topic in worst))
    pairs = Counter((j.topic, j.found) for j in judged if not j.right)
    print("worst pairs:  " + ", ".join(f"{a} → {b} {n}" for (a, b), n in pairs.most_common(12)))


def draw(judged: list[Judged], path: Path) -> None:
    """The confusion of all six languages together, rows the truth."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    topics = list(dict.fromkeys(j.topic for j in judged))
    columns = [*topics, "nlu_fallback"]
    counts = Counter((j.topic, j.found) for j in judged)
    total = Counter(j.topic for j in judged)
    cells = [[counts[(row, column)] / total[row] for column in columns] for row in topics]
    figure, axes = plt.subplots(figsize=(13, 12))
    axes.imshow(cells, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(columns)), columns, rotation=90, fontsize=7)
    axes.set_yticks(range(len(topics)), topics, fontsize=7)
    axes.set_xlabel("understood as")
    axes.set_ylabel("meant")
    figure.tight_layout()
    figure.savefig(path, dpi=110)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=UNSEEN)
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--wrong", action="store_true", help="print every wrong one")
    arguments = parser.parse_args()
    logs.configure("ERROR")
    judged = asyncio.run(judge(arguments.folder))
    report(judged)
    if arguments.wrong:
        for j in judged:
            if not j.right:
                print(f"{j.language}  {j.topic} → {j.found} {j.confidence:.2f}  {j.text}")
    if arguments.picture:
        draw(judged, arguments.picture)


if __name__ == "__main__":
    main()
