"""The words of docs/design.md as types: everything here is immutable and knows nothing of HTTP, SQL or Rasa."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Sender(StrEnum):
    """Who speaks."""

    CUSTOMER = "customer"
    BOT = "bot"
    STAFF = "staff"


class Answerer(StrEnum):
    """Who answers the customer now. The one field that decides it."""

    BOT = "bot"
    STAFF = "staff"


class Channel(StrEnum):
    """How a conversation reached us."""

    CHAT = "chat"
    TERMINAL = "terminal"


class LanguageSource(StrEnum):
    """Why a conversation is in its language; the customer's own choice is never overruled by a guess."""

    PAGE = "page"
    DETECTED = "detected"
    CUSTOMER = "customer"


@dataclass(frozen=True)
class Button:
    """A reply the customer can choose instead of writing: what it says, and what it means to the assistant."""

    title: str
    payload: str


@dataclass(frozen=True)
class Link:
    """Where to go on, outside the conversation."""

    title: str
    url: str


@dataclass(frozen=True)
class Reply:
    """One message of the assistant's before it is stored. `language` is set only when the reply changes it."""

    text: str
    buttons: tuple[Button, ...] = ()
    links: tuple[Link, ...] = ()
    language: str | None = None


@dataclass(frozen=True)
class Message:
    """One stored message of a conversation; `seq` counts from 1 without gaps."""

    conversation_id: str
    seq: int
    id: str
    sender: Sender
    text: str
    language: str
    at: datetime
    buttons: tuple[Button, ...] = ()
    links: tuple[Link, ...] = ()
    in_reply_to: str | None = None
    payload: str | None = None


@dataclass(frozen=True)
class Conversation:
    """The whole exchange with one customer; owns the language and the answerer.

    `beliefs` is how likely each language is after everything written so far (language → probability).
    """

    id: str
    channel: Channel
    language: str
    language_source: LanguageSource
    answerer: Answerer
    created_at: datetime
    seq: int = 0
    beliefs: dict[str, float] = field(default_factory=dict)
