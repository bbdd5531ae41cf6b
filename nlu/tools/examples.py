"""Reads the training examples and measures how different they are from each other.

    python3 nlu/tools/examples.py [LANGUAGE …]

For every language and topic: how many examples there are, how many are written twice, and which pairs are nearly
the same: Jaccard similarity of their character 4-grams at or above NEAR. Exits 1 when a bound does not hold. Needs nothing but Python.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent.parent
LANGUAGES = ("fi", "sv", "en", "ar", "so", "ru")
CONVERSATION = {
    "greet", "goodbye", "thanks", "affirm", "deny", "cancel", "repeat", "help", "bot_challenge",
    "language_switch", "human", "insult", "crisis",
}  # fmt: skip
NEAR = 0.72
"""Above this, two sentences differ by a word or an ending: seen by reading pairs in all six languages."""
NEAR_SHARE = 0.03
"""The share of a topic's examples that may have a near twin in the same topic."""


def least(topic: str) -> int:
    """How many examples a topic needs in every language."""
    if topic == "out_of_scope":
        return 300
    return 60 if topic in CONVERSATION else 100


def examples(path: Path) -> list[str]:
    """The examples of one topic file (Rasa's format: lines that start with a dash), as they are written."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [m[1].strip() for line in lines if (m := re.match(r"^\s{4,}- (.+)$", line))]


def topics(language: str) -> dict[str, list[str]]:
    """All examples of a language by topic."""
    return {path.stem: examples(path) for path in sorted((FOLDER / language).glob("*.yml"))}


def key(text: str) -> str:
    """What makes two examples the same: letters and digits alone, lower case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"\w+", folded))


def grams(text: str) -> frozenset[str]:
    """The character 4-grams of a text, with a space before and after."""
    padded = f" {key(text)} "
    return frozenset(padded[i : i + 4] for i in range(max(1, len(padded) - 3)))


def near_pairs(texts: list[str]) -> Iterator[tuple[float, str, str]]:
    """Pairs of texts of three words or more whose Jaccard similarity is NEAR or more; short ones cannot help being alike."""
    kept = [(text, grams(text)) for text in texts if len(key(text).split()) >= 3]
    for i, (first, a) in enumerate(kept):
        for second, b in kept[i + 1 :]:
            if min(len(a), len(b)) < NEAR * max(len(a), len(b)):
                continue
            both = len(a & b)
            if both and (similarity := both / (len(a) + len(b) - both)) >= NEAR:
                yield similarity, first, second


def problems(language: str) -> Iterator[str]:
    """Everything that is wrong with the examples of a language, a line each."""
    seen: dict[str, str] = {}
    for topic, texts in topics(language).items():
        keys = [key(text) for text in texts]
        distinct = len(set(keys))
        if distinct < least(topic):
            yield f"{language}/{topic}: {distinct} different examples, needs {least(topic)}"
        for text, k in zip(texts, keys, strict=True):
            if k in seen:
                yield f"{language}/{topic}: {text!r} is written twice (also in {seen[k]})"
            seen.setdefault(k, topic)
            if re.search(r"[\[\]{}]", text):
                yield f"{language}/{topic}: {text!r} has a bracket, which Rasa reads as an annotation"
        near = list(near_pairs(texts))
        if len(near) > NEAR_SHARE * len(texts):
            shown = "; ".join(f"{a!r} ~ {b!r} ({s:.2f})" for s, a, b in sorted(near, reverse=True)[:6])
            yield f"{language}/{topic}: {len(near)} near-duplicate pairs of {len(texts)} examples: {shown}"


def main(languages: list[str]) -> int:
    found = 0
    for language in languages or LANGUAGES:
        counts = {topic: len(texts) for topic, texts in topics(language).items()}
        print(f"{language}: {len(counts)} topics, {sum(counts.values())} examples")
        for problem in problems(language):
            found += 1
            print("  " + problem)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
