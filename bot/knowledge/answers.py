"""A topic in, what to say out: the institution's answer, filled with its own values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from bot.errors import NotReadyError
from bot.knowledge import wording
from bot.knowledge.seeds import placeholders
from bot.languages import LANGUAGES, fold
from bot.store.knowledge import Documents


@dataclass(frozen=True)
class Said:
    """What is said about one topic. Texts hold no links, so the same words serve the eye and the ear."""

    text: str
    next: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    """(title, address) of pages to go on at."""


@dataclass(frozen=True)
class Named:
    """What a message names: ids of service points, municipalities, benefits and languages."""

    places: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


NOTHING = Named()

PHONE_WORDS = re.compile(
    r"puhel|soit|luuri|langa|telef|ring|lur|phone|call|line|هاتف|تلفون|اتصل|اتصال|خط|taleef|tilif|wac|khad|телеф|звон|лини|трубк"
)
"""Folded: a question about opening hours that has none of them may be about an office."""


@dataclass(frozen=True)
class Knowledge:
    """Everything the institution knows, in memory. `numbers` and `links` are the operator's settings (bot.settings)."""

    documents: Documents
    numbers: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if "organisation" not in self.documents:
            raise NotReadyError("The store knows nothing of the institution: run `neuvo seed`.")

    def knows(self, topic: str) -> bool:
        return topic in self.documents["answers"]

    def title(self, topic: str, language: str) -> str:
        """A topic in a customer's words, for a button."""
        return str(self.documents["answers"][topic]["title"][language])

    def answer(self, topic: str, language: str, named: Named = NOTHING, asked: str = "") -> Said:
        """What to say about a topic; KeyError for an unknown one.

        `named` picks the place or the language it is about; `asked` are the customer's words.
        """
        document = self.documents["answers"][topic]
        special = {"office_info": self._office, "phone_number": self._number, "crisis": self._crisis}.get(topic)
        if special:
            texts = special(document, language, named)
        elif topic == "phone_hours" and asked and not PHONE_WORDS.search(fold(asked)):
            texts = [self._fill(document["variants"]["which_office"], language, {"date": self._date(document, language)})]
        else:
            texts = [self._fill(document["text"], language, {"date": self._date(document, language)})]
        texts.append(self.pointer(document["pointer"], language))
        return Said(" ".join(filter(None, texts)), tuple(document["next"]), self._links(document, language))

    @cached_property
    def organisation(self) -> dict[str, Any]:
        """The organisation's document."""
        return self.documents["organisation"]["organisation"]

    def number(self, key: str) -> str | None:
        """The phone number of a line: a language's id, `authority` or `crisis`; None when nobody set it."""
        lines = {"authority": "authority_line", "crisis": "crisis_line"}
        line = self.organisation[lines[key]] if key in lines else self.organisation["phone_lines"][key]
        return self.numbers.get(key) or line.get("number")

    def name_words(self) -> frozenset[str]:
        """Every folded word of every name: words that say little about the language they stand in."""
        words: set[str] = set()
        for kind in ("places", "municipalities", "benefits"):
            for document in self.documents[kind].values():
                words.update(fold(word) for text in _strings(document.get("names", document)) for word in re.findall(r"[^\W\d_]+", text))
        words.update(fold(name) for name in self.organisation["name"].values())
        return frozenset(words)

    def _fill(self, texts: Mapping[str, str], language: str, values: Mapping[str, str] = MappingProxyType({})) -> str:
        """A text with its placeholders filled: the organisation's own values, and those of the moment."""
        hours = self.organisation["phone_hours"]
        latest = self.organisation["published_waiting_times"][0]
        known = {
            "organisation": self.organisation["name"][language],
            "opens": wording.clock(hours["from"]),
            "closes": wording.clock(hours["to"]),
            "minutes": str(latest["minutes"]),
        }
        return texts[language].format(**known, **values)

    def _date(self, document: Mapping[str, Any], language: str) -> str:
        """The month of the first fact of an answer that ages."""
        facts = (self.documents["facts"][key] for key in document["facts"])
        stated = next((fact["date"] for fact in facts if fact["ages"]), "")
        if document["topic"] == "waiting_time":
            stated = self.organisation["published_waiting_times"][0]["date"]
        return wording.month(stated, language) if stated else ""

    def pointer(self, pointer: str, language: str) -> str:
        """The sentence that says where to go on; another one where its number or link is not set."""
        if pointer == "none":
            return ""
        pointers = self.documents["pointers"]
        number = self.number(language)
        needs_number = "number" in placeholders(pointers[pointer][language])
        unset = not (number if needs_number else self._link("web_service"))
        return self._fill(pointers[f"{pointer}_unset" if unset else pointer], language, {"number": number or ""})

    def _link(self, key: str) -> str | None:
        return self.links.get(key) or self.organisation["links"].get(key)

    def _links(self, document: Mapping[str, Any], language: str) -> tuple[tuple[str, str], ...]:
        return tuple((document["title"][language], url) for key in document["links"] if (url := self._link(key)))

    def _number(self, document: Mapping[str, Any], language: str, named: Named) -> list[str]:
        asked = next((code for code in named.languages if code in LANGUAGES), language)
        number = self.number(asked)
        if number is None:
            return [self._fill(document["text"], language)]
        name = self.documents["languages"][asked]["names"][language][0]
        return [self._fill(document["variants"]["with_number"], language, {"number": number, "language": name})]

    def _crisis(self, document: Mapping[str, Any], language: str, _named: Named) -> list[str]:
        number = self.number("crisis")
        if number is None:
            return [self._fill(document["text"], language)]
        return [self._fill(document["variants"]["with_crisis_line"], language, {"number": number})]

    def _office(self, document: Mapping[str, Any], language: str, named: Named) -> list[str]:
        """One sentence or two for every place named; asks which one when none is."""
        told = [self._place(document, place, language) for place in named.places]
        covered = {self.documents["places"][place]["municipality"] for place in named.places}
        told += [self._municipality(document, key, language) for key in named.municipalities if key not in covered]
        return told or [self._fill(document["text"], language)]

    def _place(self, document: Mapping[str, Any], key: str, language: str) -> str:
        place = self.documents["places"][key]
        variant = place["status"]
        if variant == "closed" and place["replaced_by"]:
            variant = "closed_replaced"
        elif variant == "closed" and "popup_service" in place["also"]:
            variant = "closed_popup"
        elif variant == "open" and (detail := f"open_{place.get('detail')}") in document["variants"]:
            variant = detail
        replacements = [self._name("places", other, language) for other in place["replaced_by"]]
        values = {
            "place": self._name("places", key, language),
            "place_genitive": place["names"]["fi"][1],
            "places": wording.any_of(replacements, language) if replacements else "",
            "weekdays": wording.weekdays(place["weekdays"], language),
            "date": wording.month(place["since"], language) if place["since"] else "",
        }
        return self._fill(document["variants"][variant], language, values)

    def _municipality(self, document: Mapping[str, Any], key: str, language: str) -> str:
        """A municipality: the service points known in it, or that none is known there."""
        inside = [pid for pid, place in self.documents["places"].items() if place["municipality"] == key]
        variant = "municipality_points" if inside else "municipality_unknown"
        values = {
            "place": self._name("municipalities", key, language),
            "place_genitive": self.documents["municipalities"][key]["fi"][1],
            "places": wording.any_of([self._name("places", pid, language) for pid in inside], language) if inside else "",
        }
        return self._fill(document["variants"][variant], language, values)

    def _name(self, kind: str, key: str, language: str) -> str:
        document = self.documents[kind][key]
        names: Any = document["names"][language] if "names" in document else document.get(language, document["fi"])
        return names if isinstance(names, str) else str(names[0])


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def spread(topics: Sequence[str], most: int) -> tuple[str, ...]:
    """The first `most` different topics, in order."""
    return tuple(dict.fromkeys(topics))[:most]
