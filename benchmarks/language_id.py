"""Which language a message is in: accuracy per language and length, alone and over conversations that switch; langdetect beside it.

    uv run python benchmarks/language_id.py [--folder benchmarks/unseen]

The messages are the unseen utterances (by other hands than the training examples); those of the topic language_switch are left out,
they are in other languages on purpose. "langdetect" is the library with all 55 profiles, "six" the library with our six.
A conversation is 8 messages; in a fifth of them the customer switches once; the page is in the first language, or in any (cold).
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import langdetect
from bot import language_tables, languages
from bot.knowledge import seeds
from bot.knowledge.answers import Knowledge
from bot.languages import LANGUAGES
from bot.settings import settings
from langdetect import DetectorFactory
from langdetect.detector_factory import PROFILES_DIRECTORY
from langdetect.lang_detect_exception import LangDetectException

CONVERSATIONS, MESSAGES, SWITCHING, SEED = 800, 8, 0.2, 2026


def messages(folder: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for language in LANGUAGES:
        lines = (folder / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
        found[language] = [line.split("\t")[1] for line in lines if not line.startswith("language_switch\t")]
    return found


def length(text: str) -> str:
    words = len(text.split())
    return "1-3" if words <= 3 else "4-8" if words <= 8 else "9+"


def alone(name: str, guess: Callable[[str], str], said: dict[str, list[str]]) -> None:
    for size in ("1-3", "4-8", "9+"):
        cells = []
        for language in LANGUAGES:
            texts = [text for text in said[language] if length(text) == size]
            cells.append(f"{language} {100 * sum(guess(text) == language for text in texts) / len(texts):5.1f}")
        print(f"{name:22} {size:4} words   " + "   ".join(cells))


def conversations(said: dict[str, list[str]], tables: languages.Tables, names: frozenset[str], cold: bool) -> None:
    dice = random.Random(SEED)
    right: dict[str, int] = defaultdict(int)
    total: dict[str, int] = defaultdict(int)
    after = [0, 0]
    for _ in range(CONVERSATIONS):
        language = dice.choice(LANGUAGES)
        beliefs = languages.prior(None if cold else language)
        switch = dice.randrange(1, MESSAGES) if dice.random() < SWITCHING else MESSAGES
        for turn in range(MESSAGES):
            if turn == switch:
                language = dice.choice([code for code in LANGUAGES if code != language])
            before = languages.carried(beliefs) if turn else beliefs
            beliefs = languages.detect(dice.choice(said[language]), before, tables, names)
            hit = languages.most_likely(beliefs) == language
            right[language] += hit
            total[language] += 1
            if turn == switch:
                after[0] += hit
                after[1] += 1
    cells = "   ".join(f"{code} {100 * right[code] / total[code]:5.1f}" for code in LANGUAGES)
    whole = 100 * sum(right.values()) / sum(total.values())
    page = "unknown" if cold else "known  "
    print(f"conversations, page {page}   {cells}   all {whole:5.1f}   first after a switch {100 * after[0] / after[1]:5.1f}")


def library(factory: DetectorFactory | None) -> Callable[[str], str]:
    DetectorFactory.seed = 0

    def guess(text: str) -> str:
        try:
            if factory is None:
                return str(langdetect.detect(text))
            detector = factory.create()
            detector.append(text)
            return str(detector.detect())
        except LangDetectException:
            return ""

    return guess


def six_profiles() -> DetectorFactory:
    factory = DetectorFactory()
    factory.load_json_profile([(Path(PROFILES_DIRECTORY) / code).read_text(encoding="utf-8") for code in LANGUAGES])
    return factory


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path(__file__).parent / "unseen")
    said = messages(parser.parse_args().folder)
    tables = language_tables.load(settings().language_tables)
    loaded = seeds.load(settings().seeds)
    names = Knowledge(loaded.documents("benchmark")).name_words()
    alone("langdetect", library(None), said)
    alone("langdetect, six", library(six_profiles()), said)
    alone("ours, no prior", lambda t: languages.most_likely(languages.detect(t, languages.prior(), tables, names)), said)
    conversations(said, tables, names, cold=False)
    conversations(said, tables, names, cold=True)


if __name__ == "__main__":
    main()
