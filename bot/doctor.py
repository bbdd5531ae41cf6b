"""What an operator should know before customers do: what is missing, unset, or older than it may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot import stack
from bot.errors import NeuvoError
from bot.knowledge import seeds
from bot.languages import LANGUAGES
from bot.settings import Settings
from bot.store.engine import Database
from bot.store.knowledge import KnowledgeStore

OLD_DAYS = 2 * 365
"""A fact that ages and was stated longer ago is warned about."""


@dataclass(frozen=True)
class Finding:
    """`serious` keeps Neuvo from working; the others only make its answers worse."""

    text: str
    serious: bool


async def examine(settings: Settings, today: date) -> list[Finding]:
    """Everything found, the serious first."""
    findings = [*_environment(settings), *await _store(settings), *_facts(settings, today)]
    return sorted(findings, key=lambda finding: not finding.serious)


def _environment(settings: Settings) -> Iterator[Finding]:
    try:
        stack.rasa_python()
    except NeuvoError as error:
        yield Finding(str(error), True)
    if not stack.MODEL.exists():
        yield Finding("No model is trained: run `make run` or `neuvo train`.", True)
    elif not stack.model_is_current(settings.seeds):
        yield Finding("The model was trained from other files than these: `neuvo train` makes it current.", False)


async def _store(settings: Settings) -> list[Finding]:
    database = Database(settings.database_url)
    try:
        await database.migrate()
        version = await KnowledgeStore(database).version()
    except NeuvoError as error:
        return [Finding(str(error), True)]
    finally:
        await database.close()
    if not version:
        return [Finding("The store knows nothing of the institution: run `neuvo seed`.", True)]
    if version != seeds.checksum(settings.seeds):
        return [Finding(f"The store holds another version of {settings.seeds}: run `neuvo seed`.", False)]
    return []


def _facts(settings: Settings, today: date) -> Iterator[Finding]:
    try:
        loaded = seeds.load(settings.seeds)
    except NeuvoError as error:
        yield Finding(str(error), True)
        return
    for fact in loaded.facts.values():
        days = (today - fact.since()).days
        if fact.ages and days > OLD_DAYS:
            said = f"{fact.id}: stated by {fact.stated_by} in {fact.date}, {days // 365} years ago"
            yield Finding(f"{said}: is it still so?", False)
    organisation = loaded.organisation
    lines = {**{code: organisation.phone_lines[code] for code in LANGUAGES}, "authority": organisation.authority_line}
    lines["crisis"] = organisation.crisis_line
    if unset := [key for key, line in lines.items() if not (line.number or settings.numbers.get(key))]:
        yield Finding(f"Phone numbers that nobody set (NEUVO_NUMBERS): {', '.join(unset)}", False)
    if unset := [key for key, url in organisation.links.items() if not (url or settings.links.get(key))]:
        yield Finding(f"Web addresses that nobody set (NEUVO_LINKS): {', '.join(unset)}", False)
