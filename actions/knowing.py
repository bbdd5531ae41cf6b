"""The knowledge that the actions answer from: in memory, read again when the store holds another one."""

from __future__ import annotations

import time

from bot.knowledge.answers import Knowledge
from bot.settings import settings
from bot.store.engine import Database
from bot.store.knowledge import KnowledgeStore

CHECK_SECONDS = 10.0
"""How old an answer may be after `neuvo seed`."""


class Knowing:
    """Keeps one Knowledge and looks for a newer one now and then."""

    def __init__(self) -> None:
        self._store: KnowledgeStore | None = None
        self._knowledge: Knowledge | None = None
        self._version = ""
        self._checked = float("-inf")

    async def now(self) -> Knowledge:
        """The institution's knowledge; raises NotReadyError when the store was never seeded."""
        if self._store is None:
            self._store = KnowledgeStore(Database(settings().database_url))
        if self._knowledge is None or time.monotonic() - self._checked > CHECK_SECONDS:
            version = await self._store.version()
            if self._knowledge is None or version != self._version:
                self._knowledge = Knowledge(await self._store.all(), settings().numbers, settings().links)
                self._version = version
            self._checked = time.monotonic()
        return self._knowledge


KNOWING = Knowing()
"""One for the process: rasa-sdk makes a new object of an action class for itself."""
