"""The six languages, and which one a text is in.

Script first: Arabic letters mean Arabic, Cyrillic ones Russian. Among the four languages in Latin letters a naive-Bayes pass over
bot.language_tables (our own examples' n-grams and langdetect's) gives the likelihoods; what was believed before the message is the
prior. So a loan word or a place name does not turn a conversation over, and a sentence does. benchmarks/language_id.py measures the
whole policy.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Mapping
from types import MappingProxyType

LANGUAGES = ("fi", "sv", "en", "ar", "so", "ru")
LATIN = ("fi", "sv", "en", "so")
NATIVE_NAMES = MappingProxyType({"fi": "suomi", "sv": "svenska", "en": "English", "ar": "العربية", "so": "Soomaali", "ru": "русский"})

PAGE_PRIOR = 0.7
"""How likely a customer writes in the language of the page they came from."""
STAY = 0.95
"""How likely the next message is in the language of the one before (a fifth of simulated conversations switch once)."""
NAMES_MOST = 1.5
"""Log-likelihood that names and loan words (Kela, Kuhmo, asumistuki) may cost a language: people use them in every one."""
LONGEST = 5
"""Characters in the longest n-gram."""
FOREIGN_SCRIPT_PENALTY, FOREIGN_SCRIPT_MOST = 0.25, 9.0
"""Log-likelihood that an Arabic or Russian writer loses for each Latin letter that is no name, and the most they lose."""

Beliefs = dict[str, float]
Tables = Mapping[str, tuple[float, ...]]
"""n-gram → log-likelihood in each of LATIN, relative to the best of them (bot.language_tables makes them)."""


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


def detect(text: str, before: Mapping[str, float], tables: Tables, names: Collection[str] = ()) -> Beliefs:
    """The probability of each language after `text`, given what was believed before it.

    `names` are folded words (see `fold`) that say little about the language. A text without letters changes nothing.
    """
    letters = [c for c in unicodedata.normalize("NFKC", text) if c.isalpha()]
    if not letters:
        return dict(before)
    arabic, cyrillic = (sum(_in_script(c, s) for c in letters) for s in ("ARABIC", "CYRILLIC"))
    if max(arabic, cyrillic) >= max(2, 0.25 * len(letters)):
        return _sure("ar" if arabic >= cyrillic else "ru")
    scores = _latin_scores(text, tables, names)
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


def words(text: str) -> list[str]:
    """The words of a text without digits and addresses, lower case."""
    spoken = re.sub(r"\S+://\S+|www\.\S+|\S+@\S+", " ", text)
    return re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", spoken).lower())


def grams(word: str) -> list[str]:
    """All runs of one to LONGEST characters of a word with a space before and after."""
    padded = f" {word} "
    found = [padded[i : i + n] for n in range(1, LONGEST + 1) for i in range(len(padded) - n + 1)]
    return [gram for gram in found if gram.strip()]


def _latin_scores(text: str, tables: Tables, names: Collection[str]) -> Beliefs:
    """Log-likelihood of the text in every language, up to a constant; all zero when it has no word."""
    said = words(text)
    named = [word for word in said if fold(word) in names]
    spoken = [word for word in said if fold(word) not in names]
    latin = _likelihoods(spoken, tables)
    foreigner = max(latin.values()) - min(FOREIGN_SCRIPT_PENALTY * sum(map(len, spoken)), FOREIGN_SCRIPT_MOST)
    scores = latin | {"ar": foreigner, "ru": foreigner}
    if named:
        hints = _likelihoods(named, tables)
        for language in LANGUAGES:
            scores[language] += max(hints.get(language, -NAMES_MOST), -NAMES_MOST)
    return scores


def _likelihoods(said: Collection[str], tables: Tables) -> Beliefs:
    """The sum of the words' n-gram log-likelihoods for each of LATIN."""
    sums = dict.fromkeys(LATIN, 0.0)
    for word in said:
        for gram in grams(word):
            for language, log in zip(LATIN, tables.get(gram, ())):
                sums[language] += log
    return sums
