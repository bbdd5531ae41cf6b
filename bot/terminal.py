"""`neuvo parse` and `neuvo talk`: the same Rasa, actions and conversation service as the widget's, private to one command."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from bot import languages, stack
from bot.app import Parts, build, utc_now
from bot.assistant import customers_words
from bot.events import Said
from bot.model import Channel, Message, Sender
from bot.settings import Settings
from bot.supervisor import Supervisor


@asynccontextmanager
async def private_stack(settings: Settings, *, with_actions: bool) -> AsyncIterator[Settings]:
    """Rasa (and the action server) on ports of their own with an empty seeded database; gone at exit."""
    with tempfile.TemporaryDirectory(prefix="neuvo-") as folder:
        own = stack.private(settings, Path(folder))
        await stack.prepare(own)
        children = [stack.rasa(own), *([stack.actions(own)] if with_actions else [])]
        async with Supervisor(children) as supervisor:
            await supervisor.until_ready()
            yield own


async def parse_lines(settings: Settings, language: str | None, as_json: bool) -> None:
    """stdin's lines → what is understood of each, in order."""
    async with private_stack(settings, with_actions=False) as own:
        parts = await build(own)
        async for line in _lines():
            parsed = await understand(parts, line, language)
            print(json.dumps(parsed, ensure_ascii=False) if as_json else _plain(parsed), flush=True)
        await parts.close()


async def understand(parts: Parts, text: str, language: str | None) -> dict[str, Any]:
    """text, language, topic, confidence, entities of one utterance."""
    if language is None:
        language = languages.most_likely(languages.detect(text, languages.prior(), parts.tables, parts.knowledge.name_words()))
    parsed = await parts.assistant.parse(customers_words(text))
    found = [{key: entity[key] for key in ("entity", "value", "start", "end")} for entity in parsed.get("entities", [])]
    return {
        "text": text,
        "language": language,
        "topic": parsed["intent"]["name"],
        "confidence": round(float(parsed["intent"]["confidence"]), 4),
        "topics": parsed.get("topics", []),
        "entities": found,
    }


async def talk_lines(settings: Settings, language: str | None, now: datetime | None, as_json: bool) -> None:
    """stdin's lines are a customer's turns; the replies to each come before the next is read."""
    console = Console()
    async with private_stack(settings, with_actions=True) as own:
        parts = await build(own, (lambda: now) if now else utc_now)
        conversation, _token = await parts.service.start(Channel.TERMINAL, language, None)
        greeting = await parts.service.history(conversation.id, 0)
        if not as_json:
            for message in greeting:
                _show(console, message)
        with parts.service.events.subscribe(conversation.id) as queue:
            async for line in _lines(None if as_json else console):
                await parts.service.receive(conversation.id, str(uuid.uuid4()), line[: own.max_text])
                await parts.service.settle()
                while not queue.empty():
                    event = queue.get_nowait()
                    if isinstance(event, Said) and event.message.sender is not Sender.CUSTOMER:
                        _tell(console, event.message, as_json)
                if as_json:
                    print(json.dumps({"end_of_turn": True}), flush=True)
        await parts.close()


def _tell(console: Console, message: Message, as_json: bool) -> None:
    if not as_json:
        _show(console, message)
        return
    buttons = [{"title": button.title, "payload": button.payload} for button in message.buttons]
    links = [{"title": link.title, "url": link.url} for link in message.links]
    reply = {"from": message.sender.value, "text": message.text, "language": message.language}
    print(json.dumps(reply | {"buttons": buttons, "links": links}, ensure_ascii=False), flush=True)


def _show(console: Console, message: Message) -> None:
    console.print(f"[bold cyan]Neuvo[/]  {message.text}", highlight=False)
    if message.buttons:
        console.print("        " + "   ".join(f"[dim]({button.title})[/]" for button in message.buttons), highlight=False)


def _plain(parsed: dict[str, Any]) -> str:
    entities = " ".join(f"{entity['entity']}={entity['value']}" for entity in parsed["entities"])
    return f"{parsed['language']}  {parsed['topic']}  {parsed['confidence']:.2f}  {entities}".rstrip()


async def _lines(console: Console | None = None) -> AsyncIterator[str]:
    """stdin's lines that have something in them; with a console, after a prompt."""
    while True:
        if console:
            console.print("[bold]you[/]    ", end="")
        line = await asyncio.to_thread(sys.stdin.buffer.readline)
        if not line:
            return
        text = line.decode("utf-8", errors="replace").strip()
        if text:
            yield text
