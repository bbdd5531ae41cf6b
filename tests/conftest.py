"""What many tests need: a database of their own, the example institution's knowledge, a clock that stands still."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import language_tables, stack
from bot.knowledge import seeds
from bot.knowledge.answers import Knowledge
from bot.languages import Tables
from bot.settings import ROOT
from bot.store.engine import Database

NOON = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys last: the quick tests speak first, and Playwright's loop runs from its first page to the end of the session."""
    items.sort(key=lambda item: item.get_closest_marker("journey") is not None)


@pytest.fixture(scope="session")
def institution() -> seeds.Seeds:
    return seeds.load(ROOT / "seeds")


@pytest.fixture(scope="session")
def knowledge(institution: seeds.Seeds) -> Knowledge:
    return Knowledge(institution.documents("test"))


@pytest.fixture(scope="session")
def tables() -> Tables:
    return language_tables.learn(language_tables.examples(stack.NLU))


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'test.db'}")
    await database.migrate()
    yield database
    await database.close()
