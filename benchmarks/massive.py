"""Our topic classifier and stock Rasa's on MASSIVE (60 intents; Finnish, Swedish, English, Arabic, Russian in one model).

    cd nlu && uv run python ../benchmarks/massive.py DIR [--n 500 2000] [--test 500] [--stock] [--epochs 100]

DIR holds <language>.tsv.gz: id, partition (train, dev, test), intent, utterance, tab separated. Runs in Rasa's own environment. Trains on N
utterances a language, tests on TEST a language; --stock also trains the pipeline that `rasa init` writes (DIET, 100 epochs: 20 minutes
for 500 a language on two cores). Ours gets no names here: MASSIVE is not about service points.
"""

import argparse
import asyncio
import csv
import gzip
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Dict, List, Sequence, Tuple

sys.path.insert(0, str(Path(__file__).parent.parent / "nlu"))

from components.names import Names  # noqa: E402
from components.topic_model import TopicModel  # noqa: E402

LANGUAGES = ("fi", "sv", "en", "ar", "ru")
SEED = 2026
Rows = List[Tuple[str, str]]


def read(folder: Path, partition: str, count: int) -> Dict[str, Rows]:
    """(utterance, intent) by language, `count` of them drawn with a fixed seed, the same ids in every language."""
    found = {}
    for language in LANGUAGES:
        with gzip.open(folder / f"{language}.tsv.gz", "rt", encoding="utf-8") as file:
            rows = [(row[3], row[2]) for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row[1] == partition]
        picked = random.Random(SEED).sample(range(len(rows)), min(count, len(rows)))
        found[language] = [rows[i] for i in picked]
    return found


def report(name: str, n: int, seconds: float, guesses: Dict[str, Sequence[str]], test: Dict[str, Rows], parse_ms: float) -> None:
    shares = {code: sum(g == topic for g, (_, topic) in zip(guesses[code], test[code])) / len(test[code]) for code in LANGUAGES}
    cells = "  ".join(f"{code} {100 * share:5.1f}" for code, share in shares.items())
    average = 100 * sum(shares.values()) / len(shares)
    print(f"{name:6} n={n:6}  average {average:5.1f}   {cells}   trained in {seconds:.0f} CPU s, {parse_ms:.1f} ms a text", flush=True)


def cpu() -> float:
    return sum(resource.getrusage(who).ru_utime for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def ours(n: int, train: Dict[str, Rows], test: Dict[str, Rows]) -> None:
    rows = often([row for language in LANGUAGES for row in train[language]])
    started = cpu()
    model = TopicModel.learn([text for text, _ in rows], [topic for _, topic in rows], Names({}))
    seconds = cpu() - started
    clock = time.perf_counter()
    guesses = {code: [model.understand(text, [])[0][0][0] for text, _ in test[code]] for code in LANGUAGES}
    parse_ms = 1000 * (time.perf_counter() - clock) / sum(map(len, test.values()))
    report("ours", n, seconds, guesses, test, parse_ms)


def often(rows: Rows) -> Rows:
    """Without intents that have fewer than two utterances: nothing could be held back of them."""
    topics = [topic for _, topic in rows]
    return [row for row in rows if topics.count(row[1]) > 1] if len(rows) < 20_000 else rows


def stock(n: int, epochs: int, train: Dict[str, Rows], test: Dict[str, Rows]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        by_topic: Dict[str, List[str]] = {}
        for text, topic in (row for language in LANGUAGES for row in train[language]):
            by_topic.setdefault(topic, []).append("      - " + text.replace("[", "").replace("{", ""))
        lines = ['version: "3.1"', "nlu:"]
        for topic, texts in by_topic.items():
            lines += [f"  - intent: {topic}", "    examples: |", *texts]
        (folder / "nlu.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (folder / "config.yml").write_text(STOCK.format(epochs=epochs))
        started = cpu()
        command = [sys.executable, "-m", "rasa", "train", "nlu", "-c", "config.yml", "-u", "nlu.yml", "--out", "models"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        seconds = cpu() - started
        guesses, parse_ms = asyncio.run(parsed(next((folder / "models").glob("*.tar.gz")), test))
        report("stock", n, seconds, guesses, test, parse_ms)


async def parsed(model: Path, test: Dict[str, Rows]) -> Tuple[Dict[str, List[str]], float]:
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    clock = time.perf_counter()
    guesses: Dict[str, List[str]] = {code: [] for code in LANGUAGES}
    for code, found in guesses.items():
        for text, _ in test[code]:
            found.append((await agent.parse_message(text))["intent"]["name"])
    return guesses, 1000 * (time.perf_counter() - clock) / sum(map(len, test.values()))


STOCK = """
recipe: default.v1
assistant_id: stock
language: en
pipeline:
  - name: WhitespaceTokenizer
  - name: RegexFeaturizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
  - name: DIETClassifier
    epochs: {epochs}
    constrain_similarities: true
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--n", type=int, nargs="+", default=[500, 2000])
    parser.add_argument("--test", type=int, default=500)
    parser.add_argument("--stock", action="store_true")
    parser.add_argument("--epochs", type=int, default=100)
    arguments = parser.parse_args()
    test = read(arguments.folder, "test", arguments.test)
    for n in arguments.n:
        train = read(arguments.folder, "train", n)
        ours(n, train, test)
        if arguments.stock:
            stock(n, arguments.epochs, train, test)


if __name__ == "__main__":
    main()
