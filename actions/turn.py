"""What an action needs to know of the turn it answers, read from the tracker that Rasa sends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.knowledge.answers import Named
from bot.languages import LANGUAGES
from bot.settings import settings

NOT_UNDERSTOOD = ("nlu_fallback", "out_of_scope")
"""Too unsure, or surely nothing we know of: both count as failures to understand."""


@dataclass(frozen=True)
class Turn:
    """The customer's latest message as understood, and what was talked of before."""

    text: str
    language: str
    topic: str
    topics: tuple[str, ...]
    """One topic, or two when the message asks two things."""
    likely: tuple[str, ...]
    """The best guesses, best first, when nothing was understood for sure."""
    named: Named
    last_topic: str | None
    offer: str | None
    """The topic that "yes" means now."""
    misses: int
    """How many messages in a row were not understood, this one included."""


def read(tracker: Any) -> Turn:
    """A rasa_sdk.Tracker → Turn."""
    message = tracker.latest_message
    language = (message.get("metadata") or {}).get("language")
    topic = (message.get("intent") or {}).get("name") or "nlu_fallback"
    return Turn(
        text=message.get("text") or "",
        language=language if language in LANGUAGES else settings().default_language,
        topic=topic,
        topics=tuple(message.get("topics") or [topic]),
        likely=tuple(guess["name"] for guess in message.get("intent_ranking") or [] if guess["name"] not in ("nlu_fallback", None)),
        named=_named(message.get("entities") or []),
        last_topic=tracker.get_slot("topic"),
        offer=tracker.get_slot("offer"),
        misses=_misses(tracker.events),
    )


def _named(entities: list[dict[str, Any]]) -> Named:
    values: dict[str, list[str]] = {}
    for entity in entities:
        values.setdefault(entity["entity"], []).append(entity["value"])
    by = {kind: tuple(dict.fromkeys(found)) for kind, found in values.items()}
    return Named(by.get("place", ()), by.get("municipality", ()), by.get("benefit", ()), by.get("language", ()))


def _misses(events: list[dict[str, Any]]) -> int:
    count = 0
    for event in reversed(events):
        if event.get("event") != "user":
            continue
        if ((event.get("parse_data") or {}).get("intent") or {}).get("name") not in NOT_UNDERSTOOD:
            break
        count += 1
    return count
