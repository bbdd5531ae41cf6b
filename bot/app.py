"""Builds every object once and joins them: the only place that does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError

from bot import language_tables
from bot.assistant import Assistant
from bot.channels.chat import ChatSockets
from bot.conversation import ConversationService
from bot.events import Events
from bot.knowledge.answers import Knowledge
from bot.languages import Tables
from bot.settings import Settings
from bot.store.conversations import Conversations
from bot.store.engine import Database
from bot.store.knowledge import KnowledgeStore
from bot.web import pages

log = structlog.get_logger()
PURGE_SECONDS = 3600.0


def utc_now() -> datetime:
    """The real clock; everything else is passed one."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Parts:
    """What a process that talks with customers is made of."""

    database: Database
    assistant: Assistant
    service: ConversationService
    knowledge: Knowledge
    tables: Tables

    async def close(self) -> None:
        await self.service.settle()
        await self.assistant.close()
        await self.database.close()


async def build(settings: Settings, clock: Callable[[], datetime] = utc_now) -> Parts:
    """Opens the store and joins the parts; raises NotReadyError when something must run first."""
    database = Database(settings.database_url)
    knowledge = Knowledge(await KnowledgeStore(database).all(), settings.numbers, settings.links)
    assistant = Assistant(settings.rasa_url, settings.rasa_timeout)
    tables = language_tables.load(settings.language_tables)
    service = ConversationService(Conversations(database), assistant, Events(), knowledge, tables, clock, settings.default_language)
    return Parts(database, assistant, service, knowledge, tables)


def web_app(parts: Parts, settings: Settings) -> FastAPI:
    """The process that faces the network."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        leftovers = asyncio.create_task(parts.service.answer_waiting())
        purging = asyncio.create_task(_purge(parts.service, timedelta(days=settings.retention_days)))
        try:
            yield
        finally:
            for task in (leftovers, purging):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            await parts.close()

    app = FastAPI(title="Neuvo", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(pages.router(parts.knowledge, parts.assistant, settings.default_language))
    app.include_router(ChatSockets(parts.service, settings).router)
    app.mount("/static", pages.STATIC)
    return app


async def _purge(service: ConversationService, age: timedelta) -> None:
    """Deletes on schedule."""
    while True:
        try:
            if gone := await service.delete_older(age):
                log.info("deleted silent conversations", conversations=gone)
        except SQLAlchemyError as error:  # a busy database now is no reason never to delete again
            log.warning("could not delete silent conversations", reason=type(error).__name__)
        await asyncio.sleep(PURGE_SECONDS)
