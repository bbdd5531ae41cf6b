"""Values as each language writes them: months, weekdays, lists, clock times; and Arabic with its digits isolated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time

from babel.dates import format_skeleton, get_day_names
from babel.lists import format_list

_MONTHS_SO = "Janaayo Febraayo Maarso Abriil Maajo Juun Luuliyo Agoosto Sebtembar Oktoobar Noofembar Diseembar".split()
"""As Somali is written in Finland; CLDR's names count the months instead (Bisha Koobaad)."""
_OR_SO = "ama"
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LRI, PDI = "\u2066", "\u2069"


def month(stated: str, language: str) -> str:
    """`2020-05` → `toukokuu 2020`; `2018` → `2018`. Digits are Latin in every language."""
    year, _, number = stated.partition("-")
    if not number:
        return year
    if language == "so":
        return f"{_MONTHS_SO[int(number[:2]) - 1]} {year}"
    return str(format_skeleton("yMMMM", date(int(year), int(number[:2]), 1), locale=language))


def weekdays(days: Sequence[str], language: str) -> str:
    """`["fri"]` → `perjantai`, as a name alone."""
    names = get_day_names("wide", context="stand-alone", locale=language)
    return ", ".join(names[_DAYS.index(day)] for day in days)


def any_of(names: Sequence[str], language: str) -> str:
    """`A, B or C`."""
    if language == "so":
        return f" {_OR_SO} ".join(names)
    return str(format_list(list(names), style="or", locale=language))


def clock(stated: str) -> str:
    """`09:00` → `9`, `16:30` → `16.30`: all six languages read it in Finland."""
    at = time.fromisoformat(stated)
    return f"{at.hour}.{at.minute:02}" if at.minute else str(at.hour)


def isolated(text: str, language: str) -> str:
    """Arabic text with every run of digits or Latin words in a left-to-right isolate, so that `9–16` does not turn into `16–9`."""
    if language != "ar":
        return text
    run = r"[+#]?[A-Za-z0-9À-ÿ](?:[A-Za-z0-9À-ÿ'’@/:.,–\-+ ]*[A-Za-z0-9À-ÿ])?"
    return re.sub(f"{LRI}{run}{PDI}|{run}", lambda m: m[0] if m[0].startswith(LRI) else f"{LRI}{m[0]}{PDI}", text)
