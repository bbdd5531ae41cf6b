"""The six languages, and which one a text is in.

Script first: Arabic letters mean Arabic, Cyrillic ones Russian. Among the four languages in Latin letters a naive-Bayes pass over
langdetect's n-gram tables (only our profiles: 81-98 % right on 1-3 words, against 55-95 % with all 55) plus function words gives the
likelihoods; what was believed before the message is the prior. So a loan word or a place name does not turn a conversation over, and a
sentence does. benchmarks/language_id.py measures the whole policy.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import langdetect

from bot.function_words import FUNCTION_WORDS

LANGUAGES = ("fi", "sv", "en", "ar", "so", "ru")
LATIN = ("fi", "sv", "en", "so")
NATIVE_NAMES = MappingProxyType({"fi": "suomi", "sv": "svenska", "en": "English", "ar": "العربية", "so": "Soomaali", "ru": "русский"})

PAGE_PRIOR = 0.7
"""How likely a customer writes in the language of the page they came from."""
STAY = 0.95
"""How likely the next message is in the language of the one before (a fifth of simulated conversations switch once)."""
TEMPERATURE = 0.35
"""N-grams of one word are not independent: their log-likelihoods are scaled down by this."""
NAME_WEIGHT = 0.3
"""How much a name or a loan word (Kela, Kuhmo, asumistuki) counts: people use them in every language."""
SMOOTHING = 0.5 / 10_000
"""langdetect's own smoothing of an n-gram its table lacks."""
FUNCTION_WORD_WEIGHT = 2.5
"""Log-likelihood that a function word adds to its language."""
FOREIGN_SCRIPT_PENALTY, FOREIGN_SCRIPT_MOST = 0.25, 9.0
"""Log-likelihood that an Arabic or Russian writer loses for each Latin letter that is no name, and the most they lose."""

Beliefs = dict[str, float]


def direction(language: str) -> str:
    """`rtl` for Arabic, else `ltr`."""
    return "rtl" if language == "ar" else "ltr"


def prior(page_language: str | None = None) -> Beliefs:
    """What to believe before the first message; with no page every language is as likely."""
    if page_language not in LANGUAGES:
        return {language: 1 / len(LANGUAGES) for language in LANGUAGES}
    rest = (1 - PAGE_PRIOR) / (len(LANGUAGES) - 1)
    return {language: PAGE_PRIOR if language == page_language else rest for language in LANGUAGES}


def carried(beliefs: Mapping[str, float]) -> Beliefs:
    """Beliefs after one message → the prior of the next: mostly the same language, a little of every other."""
    change = (1 - STAY) / (len(LANGUAGES) - 1)
    return {language: STAY * p + change * (1 - p) for language, p in beliefs.items()}


def detect(text: str, before: Mapping[str, float], names: Collection[str] = ()) -> Beliefs:
    """The probability of each language after `text`, given what was believed before it.

    `names` are folded words (see `fold`) that say little about the language. A text without letters changes nothing.
    """
    letters = [c for c in unicodedata.normalize("NFKC", text) if c.isalpha()]
    if not letters:
        return dict(before)
    arabic, cyrillic = (sum(_in_script(c, s) for c in letters) for s in ("ARABIC", "CYRILLIC"))
    if max(arabic, cyrillic) >= max(2, 0.25 * len(letters)):
        return _sure("ar" if arabic >= cyrillic else "ru")
    scores = _latin_scores(text, names)
    if not any(scores.values()):
        return dict(before)
    logs = {language: math.log(max(before[language], 1e-9)) + scores[language] for language in LANGUAGES}
    top = max(logs.values())
    weights = {language: math.exp(score - top) for language, score in logs.items()}
    total = sum(weights.values())
    return {language: weight / total for language, weight in weights.items()}


def most_likely(beliefs: Mapping[str, float]) -> str:
    """The language with the highest probability; the first of LANGUAGES when several share it."""
    return max(LANGUAGES, key=lambda language: beliefs[language])


def fold(word: str) -> str:
    """Lower case without diacritics: how names are compared."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _in_script(char: str, script: str) -> bool:
    return unicodedata.name(char, "").startswith(script)


def _sure(language: str) -> Beliefs:
    rest = 0.001 / (len(LANGUAGES) - 1)
    return {other: 0.999 if other == language else rest for other in LANGUAGES}


def _latin_scores(text: str, names: Collection[str]) -> Beliefs:
    """Log-likelihood of the text in every language, up to a constant; all zero when it has no word."""
    scores = dict.fromkeys(LANGUAGES, 0.0)
    foreign = 0.0
    for word in re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", text).lower()):
        weight = NAME_WEIGHT if fold(word) in names else 1.0
        foreign += FOREIGN_SCRIPT_PENALTY * len(word) * (weight if weight == 1.0 else 0.0)
        for gram in _grams(word):
            table = _tables().get(gram)
            if table:
                for language, log in zip(LATIN, table, strict=True):
                    scores[language] += TEMPERATURE * weight * log
        for language in LATIN:
            if word in FUNCTION_WORDS[language]:
                scores[language] += FUNCTION_WORD_WEIGHT
    best = max(scores[language] for language in LATIN)
    for language in ("ar", "ru"):
        scores[language] = best - min(foreign, FOREIGN_SCRIPT_MOST)
    return scores


def _grams(word: str) -> list[str]:
    """langdetect's features of a word: all runs of one to three characters with a space before and after."""
    padded = f" {word} "
    found = [padded[i : i + n] for n in (1, 2, 3) for i in range(len(padded) - n + 1)]
    return [gram for gram in found if gram.strip()]


@cache
def _tables() -> dict[str, tuple[float, ...]]:
    """n-gram → log-probability in each of LATIN, relative to the best of them; from langdetect's profiles."""
    folder = Path(langdetect.__file__).parent / "profiles"
    profiles = [json.loads((folder / language).read_text(encoding="utf-8")) for language in LATIN]
    tables: dict[str, tuple[float, ...]] = {}
    for gram in set().union(*(profile["freq"] for profile in profiles)):
        logs = [math.log(profile["freq"].get(gram, 0) / profile["n_words"][len(gram) - 1] + SMOOTHING) for profile in profiles]
        tables[gram] = tuple(log - max(logs) for log in logs)
    return tables
