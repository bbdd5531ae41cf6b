"""What happens in a conversation, told to whoever watches it (in this process)."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.model import Message, Sender


@dataclass(frozen=True)
class Said:
    """A message was stored."""

    message: Message


@dataclass(frozen=True)
class Typing:
    """Somebody began or stopped writing."""

    sender: Sender
    on: bool


@dataclass(frozen=True)
class LanguageChanged:
    """The conversation goes on in another language; `by` is `customer` or `detected`."""

    language: str
    by: str


Event = Said | Typing | LanguageChanged


class Events:
    """Subscribers by conversation."""

    def __init__(self) -> None:
        self._queues: defaultdict[str, set[asyncio.Queue[Event]]] = defaultdict(set)

    def publish(self, conversation_id: str, event: Event) -> None:
        for queue in self._queues.get(conversation_id, ()):
            queue.put_nowait(event)

    @contextmanager
    def subscribe(self, conversation_id: str) -> Iterator[asyncio.Queue[Event]]:
        """A queue of everything published while the context is open."""
        queue: asyncio.Queue[Event] = asyncio.Queue()
        self._queues[conversation_id].add(queue)
        try:
            yield queue
        finally:
            self._queues[conversation_id].discard(queue)
            if not self._queues[conversation_id]:
                del self._queues[conversation_id]
