"""Opens the database and brings its tables up to date."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from bot.errors import NotReadyError

MIGRATIONS = Path(__file__).parent / "migrations"
READS = "neuvo_reads"
BUSY_MS = 10_000
"""How long a SQLite writer waits for another before it gives up."""


class Database:
    """One engine and its sessions."""

    def __init__(self, url: str) -> None:
        if path := re.match(r"sqlite\+aiosqlite:///(.+)", url):
            Path(path[1]).parent.mkdir(parents=True, exist_ok=True)
        self.url = url
        self.engine: AsyncEngine = create_async_engine(url, hide_parameters=True)  # errors must not print what people wrote
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine.sync_engine, "connect", _tune_sqlite)
            event.listen(self.engine.sync_engine, "begin", _begin_immediate)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session in one transaction: committed at the end, rolled back on any error."""
        async with self._sessions() as session, session.begin():
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that only reads: it neither waits for writers nor holds them up."""
        reader = self.engine.execution_options(**{READS: True})
        async with self._sessions(bind=reader) as session, session.begin():
            yield session

    async def migrate(self) -> None:
        """Creates the tables or brings them up to date (Alembic); raises NotReadyError when the database cannot be used."""
        try:
            await asyncio.to_thread(_upgrade, self.url)
        except Exception as error:
            raise NotReadyError(f"The database could not be brought up to date: {error}. Check NEUVO_DATABASE.") from error

    async def close(self) -> None:
        await self.engine.dispose()


def _upgrade(url: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    command.upgrade(config, "head")


def _tune_sqlite(connection: Any, _record: Any) -> None:
    """Write-ahead log: readers never wait; a commit survives a killed process."""
    connection.isolation_level = None  # SQLAlchemy's own BEGIN below, not the driver's
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Any) -> None:
    """A writer takes the write lock at once, so that two writers queue instead of one failing half-way."""
    connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get(READS) else "BEGIN IMMEDIATE")


assert sqlite3.sqlite_version_info >= (3, 35), "SQLite 3.35 or newer is needed (RETURNING)"
