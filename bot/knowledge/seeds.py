"""An institution's folder (seeds/): its files as types, read and checked as a whole before anything is stored."""

from __future__ import annotations

import datetime
import hashlib
import re
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot.errors import SeedError
from bot.languages import LANGUAGES
from bot.store.knowledge import Documents


def _six(texts: dict[str, Any]) -> dict[str, Any]:
    if missing := [language for language in LANGUAGES if not texts.get(language)]:
        raise ValueError(f"lacks {', '.join(missing)}")
    if unknown := set(texts) - set(LANGUAGES):
        raise ValueError(f"has languages nobody asked for: {', '.join(sorted(unknown))}")
    return texts


def _same_placeholders(texts: dict[str, str]) -> dict[str, str]:
    """`{place_genitive}` is Finnish only and stands for `{place}`."""
    used = {language: placeholders(text) for language, text in texts.items()}
    if len({frozenset(names) for names in used.values()}) > 1:
        raise ValueError(f"placeholders differ: { {language: sorted(names) for language, names in used.items()} }")
    return texts


def placeholders(text: str) -> set[str]:
    """The names in braces of a text, Finnish genitives as the place they are of."""
    return {name.removesuffix("_genitive") for name in re.findall(r"{(\w+)}", text)}


Sentences = Annotated[dict[str, str], AfterValidator(_six), AfterValidator(_same_placeholders)]
"""language → text, all six, with the same placeholders."""
Forms = Annotated[dict[str, list[str]], AfterValidator(_six)]
"""language → the ways people write a name; the first is shown. Finnish: nominative, genitive, illative, then others."""


class _Seed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Fact(_Seed):
    """Something somebody stated at a time."""

    id: str
    statement: str
    source: str
    stated_by: str
    date: str = Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")
    ages: bool
    value: Any = None

    def since(self) -> datetime.date:
        """The first day of the year, month or day that `date` names."""
        year, month, day = ([int(part) for part in self.date.split("-")] + [1, 1])[:3]
        return datetime.date(year, month, day)


class Hours(_Seed):
    days: list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]]
    from_: str = Field(alias="from", pattern=r"^\d\d:\d\d$")
    to: str = Field(pattern=r"^\d\d:\d\d$")
    fact: str


class Line(_Seed):
    number: str | None = None
    fact: str | None = None


class WaitingTime(_Seed):
    date: str
    minutes: int
    fact: str


class Organisation(_Seed):
    """Who answers, when, and what an operator may still set (null numbers and links)."""

    name: Sentences
    timezone: str
    phone_hours: Hours
    phone_lines: Annotated[dict[str, Line], AfterValidator(_six)]
    authority_line: Line
    crisis_line: Line
    emergency_number: str
    links: dict[str, str | None]
    published_waiting_times: list[WaitingTime]


class Answer(_Seed):
    """What is said about a topic."""

    topic: str
    title: Sentences
    text: Sentences
    pointer: Literal["phone", "web", "phone_web", "none"]
    next: list[str] = Field(max_length=3)
    links: list[str] = []
    facts: list[str] = Field(min_length=1)
    variants: dict[str, Sentences] = {}


class Place(_Seed):
    """A service point."""

    id: str
    municipality: str
    names: Forms
    status: Literal["open", "closed", "appointment_only"]
    since: str | None = None
    detail: Literal["moved", "new"] | None = None
    """What is told of an open one."""
    weekdays: list[str] = []
    replaced_by: list[str] = []
    also: list[str] = []
    facts: list[str] = Field(min_length=1)


class Municipality(_Seed):
    id: str
    fi: list[str] = Field(min_length=3)
    sv: str | list[str]
    ru: str | list[str]
    ar: str | list[str]

    def names(self) -> dict[str, list[str]]:
        """The same shape as a place's names; English and Somali writers use the Finnish name."""
        listed = {code: [v] if isinstance(v, str) else v for code, v in (("sv", self.sv), ("ru", self.ru), ("ar", self.ar))}
        return {"fi": self.fi, "en": [self.fi[0]], "so": [self.fi[0]], **listed}


class Named(_Seed):
    """A benefit or a language: something a customer names."""

    id: str
    names: Forms
    topic: str | None = None


class Seeds(_Seed):
    """The whole folder."""

    organisation: Organisation
    facts: dict[str, Fact]
    answers: dict[str, Answer]
    pointers: dict[str, Sentences]
    places: dict[str, Place]
    municipalities: dict[str, Municipality]
    benefits: dict[str, Named]
    languages: dict[str, Named]

    def documents(self, checksum: str) -> Documents:
        """The rows of the store."""
        rows: Documents = {
            kind: {key: value.model_dump(by_alias=True) for key, value in getattr(self, kind).items()}
            for kind in ("facts", "answers", "places", "municipalities", "benefits", "languages")
        }
        rows["pointers"] = {key: dict(texts) for key, texts in self.pointers.items()}
        rows["organisation"] = {"organisation": self.organisation.model_dump(by_alias=True)}
        rows["meta"] = {"version": {"checksum": checksum}}
        return rows


def checksum(folder: Path) -> str:
    """A digest of every YAML file of the folder: tells whether the store holds this folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yml")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def load(folder: Path) -> Seeds:
    """Reads and checks an institution's folder; raises SeedError that names the file and what does not fit."""
    answers = [_read(path) for path in sorted((folder / "answers").glob("*.yml"))]
    raw = {
        "organisation": _read(folder / "organisation.yml"),
        "pointers": _read(folder / "pointers.yml"),
        "answers": _keyed(answers, "topic", "answers"),
    }
    for name in ("facts", "places", "municipalities", "benefits", "languages"):
        raw[name] = _keyed(_read(folder / f"{name}.yml"), "id", f"{name}.yml")
    try:
        seeds = Seeds.model_validate(raw)
    except ValidationError as error:
        wrong = "\n".join(f"  {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise SeedError(f"{folder} does not fit; nothing was loaded:\n{wrong}") from error
    if loose := _loose_ends(seeds):
        raise SeedError(f"{folder} does not fit; nothing was loaded:\n" + "\n".join(f"  {line}" for line in loose))
    return seeds


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SeedError(f"{path} cannot be read: {error}") from error


def _keyed(rows: Any, key: str, where: str) -> dict[str, Any]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) and key in row for row in rows):
        raise SeedError(f"{where}: a list of entries with {key!r} is needed")
    keyed = {str(row[key]): row for row in rows}
    if len(keyed) < len(rows):
        raise SeedError(f"{where}: a {key} stands twice")
    return keyed


def _loose_ends(seeds: Seeds) -> list[str]:
    """Names that point at nothing."""
    wrong = []
    for answer in seeds.answers.values():
        wrong += [f"answers/{answer.topic}: no fact {f!r}" for f in answer.facts if f not in seeds.facts]
        wrong += [f"answers/{answer.topic}: no topic {t!r} to go to" for t in answer.next if t not in seeds.answers]
        wrong += [f"answers/{answer.topic}: no link {k!r}" for k in answer.links if k not in seeds.organisation.links]
    for place in seeds.places.values():
        wrong += [f"places/{place.id}: no fact {f!r}" for f in place.facts if f not in seeds.facts]
        wrong += [f"places/{place.id}: no place {p!r}" for p in place.replaced_by if p not in seeds.places]
        if place.municipality not in seeds.municipalities:
            wrong.append(f"places/{place.id}: no municipality {place.municipality!r}")
    wrong += [f"benefits/{b.id}: no answer to {b.topic!r}" for b in seeds.benefits.values() if b.topic not in seeds.answers]
    return wrong
