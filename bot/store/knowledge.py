"""What the institution knows, as stored: documents by kind and id."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select

from bot.store.engine import Database
from bot.store.tables import KnowledgeRow

Documents = dict[str, dict[str, dict[str, Any]]]
"""kind → id → document."""


class KnowledgeStore:
    """Replaced as a whole by `neuvo seed`, read as a whole by the processes that answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def replace(self, documents: Documents) -> None:
        """All documents at once: a reader sees the old ones or the new ones."""
        async with self._database.transaction() as session:
            await session.execute(delete(KnowledgeRow))
            session.add_all(KnowledgeRow(kind=kind, id=key, body=body) for kind, rows in documents.items() for key, body in rows.items())

    async def version(self) -> str:
        """The checksum of the folder that was seeded last; empty when none was."""
        async with self._database.reading() as session:
            body = await session.scalar(select(KnowledgeRow.body).where(KnowledgeRow.kind == "meta", KnowledgeRow.id == "version"))
            return str(body["checksum"]) if body else ""

    async def all(self) -> Documents:
        async with self._database.reading() as session:
            rows = await session.scalars(select(KnowledgeRow))
            documents: Documents = {}
            for row in rows:
                documents.setdefault(row.kind, {})[row.id] = row.body
            return documents
