"""Finds what a message names: service points, municipalities, benefits, languages, in every form people write.

The names come from the institution's folder (places.yml, municipalities.yml, benefits.yml, languages.yml). Finnish case endings are made
from nominative, genitive and illative; Russian ones from the ending; Arabic prefixes and Somali suffixes are tried; one slip in a long word
is forgiven. The language of the message does not matter: people write Kuhmossa in English too.
"""

import re
from pathlib import Path
from typing import Any, Dict, Iterator, List, NamedTuple, Set, Tuple

import yaml
from rapidfuzz import process
from rapidfuzz.distance import OSA

from components.normal import fold

Name = Tuple[str, str]
"""(kind, id)."""

SHORTEST = 3
"""Letters in the shortest form that is a name: Ii is also Somali for "to me"."""
SLIP_FROM = 6
"""Letters from which one slip is forgiven."""
MOST_WORDS = 4
"""Words in the longest name."""
FI_WEAK = ["ssa", "sta", "lla", "lta", "lle", "ksi", "s", "st", "l", "lt", "n"]
FI_CLITICS = ["", "kin", "kaan", "ko", "han", "pa"]
SO_SUFFIXES = [
    "",
    "da",
    "ga",
    "ka",
    "ta",
    "ha",
    "dii",
    "gii",
    "kii",
    "dka",
    "na",
    "yo",
    "se",
    "deeda",
    "giisa",
    "ku",
    "u",
]
AR_PREFIXES = "و ف ب ل ك ال لل بال وال فال كال وب ول فب فل وبال ولل ع عال ه هال".split()
RU_ENDINGS = {
    "а": ["а", "ы", "и", "е", "у", "ой", "ою"],
    "я": ["я", "и", "е", "ю", "ей"],
    "ь": ["ь", "я", "ю", "ем", "е", "и"],
}
RU_CONSONANT = ["", "а", "у", "е", "ом"]


class Found(NamedTuple):
    """A name in a text: what it names and where (character offsets)."""

    kind: str
    id: str
    start: int
    end: int


class Names:
    """Every form of every name; `forms` is folded form → names."""

    def __init__(self, forms: Dict[str, List[List[str]]]) -> None:
        self.forms = forms
        self._long: Dict[str, List[str]] = {}
        for form in forms:
            if len(form) >= SLIP_FROM and " " not in form:
                self._long.setdefault(form[0], []).append(form)

    @classmethod
    def read(cls, folder: Path) -> "Names":
        """The names of an institution's folder."""
        forms: Dict[str, List[List[str]]] = {}
        for kind, name_id, written in _entries(folder):
            for form in written:
                key = " ".join(re.findall(r"\w+", fold(form)))
                if len(key) >= SHORTEST and [kind, name_id] not in forms.setdefault(key, []):
                    forms[key].append([kind, name_id])
        return cls({form: names for form, names in forms.items() if names})

    def find(self, text: str, known: Set[str] = frozenset(), slips: bool = True) -> List[Found]:
        """What the text names, longest forms first, none overlapping.

        `known` words are never taken for a misspelt name; with `slips` off nothing is.
        """
        tokens = [(fold(m[0]), m.start(), m.end()) for m in re.finditer(r"\w+", text)]
        found: List[Found] = []
        index = 0
        while index < len(tokens):
            for count in range(min(MOST_WORDS, len(tokens) - index), 0, -1):
                part = tokens[index : index + count]
                names = self._match([word for word, _, _ in part], known, slips)
                if names:
                    found += [Found(kind, name_id, part[0][1], part[-1][2]) for kind, name_id in names]
                    index += count
                    break
            else:
                index += 1
        return found

    def _match(self, words: List[str], known: Set[str], slips: bool) -> List[List[str]]:
        key = " ".join(words)
        if key in self.forms:
            return self.forms[key]
        for bare in (key[len(prefix) :] for prefix in AR_PREFIXES if key.startswith(prefix)):
            if bare in self.forms and len(bare) >= SHORTEST:
                return self.forms[bare]
        if not slips or len(words) > 1 or len(key) < SLIP_FROM or key in known:
            return []
        near = process.extractOne(key, self._long.get(key[0], []), scorer=OSA.distance, score_cutoff=1)
        return self.forms[near[0]] if near else []


def _entries(folder: Path) -> Iterator[Tuple[str, str, Iterator[str]]]:
    for kind, file in (
        ("place", "places"),
        ("municipality", "municipalities"),
        ("benefit", "benefits"),
        ("language", "languages"),
    ):
        path = folder / (file + ".yml")
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")) or []:
            names = entry.get("names", entry)
            yield kind, str(entry["id"]), _forms(names, kind in ("place", "municipality"))


def _forms(names: Dict[str, Any], inflect: bool) -> Iterator[str]:
    for language in ("fi", "sv", "en", "ar", "so", "ru"):
        written = names.get(language) or []
        written = [written] if isinstance(written, str) else written
        if inflect and language == "fi":
            yield from _finnish(*written[:3])
            written = written[3:]
        for form in written:
            yield form
            if inflect:
                yield from _endings(form, language)
    if inflect:
        yield from (names["fi"][0] + suffix for suffix in SO_SUFFIXES)


def _finnish(nominative: str, genitive: str, illative: str) -> Iterator[str]:
    plural = genitive.endswith("sten") and illative.endswith("siin")  # Huittinen, Huittisten, Huittisiin
    weak = illative[:-2] if plural else genitive[:-1]
    stems = [
        nominative,
        genitive,
        illative,
        nominative + "a",
        nominative + "ta",
        nominative + "na",
        *(weak + e for e in FI_WEAK),
    ]
    for stem in stems:
        yield from (stem + clitic for clitic in FI_CLITICS)


def _endings(form: str, language: str) -> Iterator[str]:
    if language == "sv":
        yield form + "s"
    elif language == "so":
        yield from (form + suffix for suffix in SO_SUFFIXES)
    elif language == "fi":
        yield from (form + ending for ending in ["ssa", "sta", "lla", "lta", "lle", "n", "in", "sin", "ksessa", "ksen"])
    elif language == "ru":
        last = form[-1].lower()
        if last in RU_ENDINGS:
            yield from (form[:-1] + ending for ending in RU_ENDINGS[last])
        elif last not in "оеиуыэю":
            yield from (form + ending for ending in RU_CONSONANT)
