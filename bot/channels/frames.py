"""The frames of the chat socket (docs/chat-protocol.md): what a client may send, and what it is sent."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from bot.errors import FrameError
from bot.events import Event, LanguageChanged, Said, Typing
from bot.languages import direction
from bot.model import Conversation, Message

PROTOCOL = 1
LARGEST = 16 * 1024
"""Bytes in a frame."""

Language = Literal["fi", "sv", "en", "ar", "so", "ru"]
MessageId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{8,64}$")]


class _Frame(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class Hello(_Frame):
    type: Literal["hello"]
    protocol: int
    token: Annotated[str, StringConstraints(max_length=128)] | None = None
    page_language: str | None = None
    language: Language | None = None
    after: int = Field(0, ge=0, le=2**31)


class CustomerMessage(_Frame):
    type: Literal["message"]
    id: MessageId
    text: Annotated[str, StringConstraints(min_length=1)]
    payload: Annotated[str, StringConstraints(min_length=2, max_length=255, pattern="^/")] | None = None


class LanguageChoice(_Frame):
    type: Literal["language"]
    language: Language


class CustomerTyping(_Frame):
    type: Literal["typing"]


class Ping(_Frame):
    type: Literal["ping"]


Incoming = Annotated[Hello | CustomerMessage | LanguageChoice | CustomerTyping | Ping, Field(discriminator="type")]
_INCOMING: TypeAdapter[Incoming] = TypeAdapter(Incoming)


def parse(text: str, max_text: int) -> Incoming:
    """A frame of a client's; raises FrameError that says what does not fit."""
    if len(text.encode()) > LARGEST:
        raise FrameError("too_large", f"A frame may have {LARGEST} bytes.", fatal=True)
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FrameError("bad_json", f"The frame is no JSON: {error}") from error
    if not isinstance(raw, dict):
        raise FrameError("bad_json", "The frame must be a JSON object.")
    about = raw["id"] if isinstance(raw.get("id"), str) else None
    try:
        frame = _INCOMING.validate_python(raw)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc'][1:])) or 'type'}: {e['msg']}" for e in error.errors()[:5])
        raise FrameError("bad_frame", f"The frame does not fit: {wrong}.", message_id=about) from error
    if isinstance(frame, CustomerMessage):
        _check_text(frame, max_text)
    return frame


def _check_text(frame: CustomerMessage, max_text: int) -> None:
    if len(frame.text) > max_text:
        reason = f"text has {len(frame.text)} characters; at most {max_text} fit."
        raise FrameError("too_long", reason, message_id=frame.id)
    if not frame.text.strip():
        raise FrameError("bad_frame", "The frame does not fit: text: has no words.", message_id=frame.id)
    if "\0" in frame.text:
        raise FrameError("bad_frame", "The frame does not fit: text: holds a null character.", message_id=frame.id)


def welcome(conversation: Conversation, token: str, resumed: bool, max_text: int) -> dict[str, Any]:
    return {
        "type": "welcome",
        "conversation": conversation.id,
        "token": token,
        "language": conversation.language,
        "dir": direction(conversation.language),
        "resumed": resumed,
        "seq": conversation.seq,
        "max_text": max_text,
    }


def message(stored: Message, restored: bool = False) -> dict[str, Any]:
    return {
        "type": "message",
        "seq": stored.seq,
        "id": stored.id,
        "from": stored.sender.value,
        "text": stored.text,
        "language": stored.language,
        "dir": direction(stored.language),
        "buttons": [{"title": b.title, "payload": b.payload} for b in stored.buttons],
        "links": [{"title": link.title, "url": link.url} for link in stored.links],
        "at": stored.at.isoformat(),
        "in_reply_to": stored.in_reply_to,
        "restored": restored,
    }


def error(problem: FrameError) -> dict[str, Any]:
    return {
        "type": "error",
        "code": problem.code,
        "reason": problem.reason,
        "id": problem.message_id,
        "fatal": problem.fatal,
        "retry_after": problem.retry_after,
    }


def of_event(event: Event) -> dict[str, Any]:
    match event:
        case Said(stored):
            return message(stored)
        case Typing(sender, on):
            return {"type": "typing", "from": sender.value, "on": on}
        case LanguageChanged(language, by):
            return {"type": "language", "language": language, "dir": direction(language), "by": by}
