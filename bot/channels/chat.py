"""The chat socket: docs/chat-protocol.md, spoken by the widget and by anyone else."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from typing import Any
from urllib.parse import urlsplit

import structlog
from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from sqlalchemy.exc import SQLAlchemyError

from bot.channels import frames
from bot.conversation import ConversationService
from bot.errors import FrameError
from bot.events import Event, Said
from bot.metrics import CHAT_CONNECTIONS, CHAT_ERRORS, CHAT_MESSAGES
from bot.model import Channel, Conversation, Sender
from bot.settings import Settings

log = structlog.get_logger()

HELLO_SECONDS = 10.0
TRY_LATER = 1013


class ChatSockets:
    """All chat connections of this process."""

    def __init__(self, service: ConversationService, settings: Settings) -> None:
        self._service, self._settings = service, settings
        self._open = 0
        self.router = APIRouter()
        self.router.add_api_websocket_route("/chat", self._serve)

    async def _serve(self, websocket: WebSocket) -> None:
        if not self._allowed(websocket):
            await websocket.close()  # before accept: HTTP 403
            return
        await websocket.accept()
        if self._open >= self._settings.max_connections:
            await websocket.close(TRY_LATER, "too many connections: try later")
            return
        self._open += 1
        CHAT_CONNECTIONS.inc()
        try:
            await _Connection(websocket, self._service, self._settings).run()
        except (WebSocketDisconnect, RuntimeError):
            pass  # the customer has left; what was stored is answered all the same
        finally:
            self._open -= 1
            CHAT_CONNECTIONS.dec()

    def _allowed(self, websocket: WebSocket) -> bool:
        """Browsers name the page's origin; a program that names none is no page that could misuse a customer's browser."""
        origin = websocket.headers.get("origin")
        try:
            own = urlsplit(origin).netloc == websocket.headers.get("host") if origin else True
        except ValueError:
            return False
        return own or origin in self._settings.allowed_origins


class _Connection:
    """One socket, one conversation."""

    def __init__(self, websocket: WebSocket, service: ConversationService, settings: Settings) -> None:
        self._socket, self._service, self._settings = websocket, service, settings
        self._sent_at: deque[float] = deque(maxlen=settings.rate_messages)

    async def run(self) -> None:
        try:
            hello = await self._hello()
        except FrameError as problem:
            await self._refuse(problem)
            return
        conversation, token, resumed = await self._open(hello)
        with self._service.events.subscribe(conversation.id) as queue:
            shown = await self._show(conversation, token, resumed, hello.after)
            sending = asyncio.create_task(self._send_events(queue, shown))
            try:
                await self._receive(conversation.id)
            finally:
                sending.cancel()

    async def _hello(self) -> frames.Hello:
        try:
            frame = await asyncio.wait_for(self._next(), HELLO_SECONDS)
        except TimeoutError:
            raise FrameError("hello_first", f"No hello came in {HELLO_SECONDS:.0f} s.", fatal=True) from None
        if not isinstance(frame, frames.Hello):
            raise FrameError("hello_first", f"The first frame must be a hello, not {frame.type}.", fatal=True)
        if frame.protocol != frames.PROTOCOL:
            reason = f"This server speaks protocol {frames.PROTOCOL}, not {frame.protocol}."
            raise FrameError("protocol", reason, fatal=True)
        return frame

    async def _open(self, hello: frames.Hello) -> tuple[Conversation, str, bool]:
        if hello.token and (known := await self._service.resume(hello.token)):
            return known, hello.token, True
        conversation, token = await self._service.start(Channel.CHAT, hello.page_language, hello.language)
        return conversation, token, False

    async def _show(self, conversation: Conversation, token: str, resumed: bool, after: int) -> int:
        """Welcome and what the client has not seen; the highest seq shown."""
        after = min(after, conversation.seq) if resumed else 0
        history = await self._service.history(conversation.id, after)
        shown = max([after, *(stored.seq for stored in history)])
        welcome = frames.welcome(conversation, token, resumed, self._settings.max_text) | {"seq": shown}
        await self._send(welcome)
        for stored in history:
            await self._send(frames.message(stored, restored=resumed))
        return shown

    async def _send_events(self, queue: asyncio.Queue[Event], shown: int) -> None:
        """Live events; the customer's own messages are not sent back."""
        while True:
            event = await queue.get()
            if isinstance(event, Said) and (event.message.seq <= shown or event.message.sender is Sender.CUSTOMER):
                continue
            await self._send(frames.of_event(event))

    async def _receive(self, conversation_id: str) -> None:
        while True:
            try:
                await self._handle(conversation_id, await self._next())
            except FrameError as problem:
                await self._refuse(problem)
                if problem.fatal:
                    return
            except SQLAlchemyError as error:
                log.error("frame not stored", conversation=conversation_id, reason=type(error).__name__)
                await self._refuse(FrameError("internal", "The server could not store this: send it again."))

    async def _handle(self, conversation_id: str, frame: frames.Incoming) -> None:
        match frame:
            case frames.CustomerMessage():
                await self._take(conversation_id, frame)
            case frames.LanguageChoice():
                self._slow_down(None)
                await self._service.choose_language(conversation_id, frame.language)
            case frames.Ping():
                await self._send({"type": "pong"})
            case frames.Hello():
                raise FrameError("bad_frame", "hello was said already; open a new socket for another conversation.")
            case frames.CustomerTyping():
                pass  # nobody watches yet

    async def _take(self, conversation_id: str, frame: frames.CustomerMessage) -> None:
        self._slow_down(frame.id)
        if frame.payload and not await self._service.offered(conversation_id, frame.payload):
            raise FrameError("unknown_payload", "No button of this conversation had this payload.", message_id=frame.id)
        try:
            stored = await self._service.receive(conversation_id, frame.id, frame.text, frame.payload)
        except KeyError:
            raise FrameError("internal", "The conversation was deleted: say hello again.", fatal=True) from None
        CHAT_MESSAGES.labels(stored.language).inc()
        await self._send({"type": "ack", "id": stored.id, "seq": stored.seq})

    def _slow_down(self, message_id: str | None) -> None:
        now, window = time.monotonic(), self._settings.rate_seconds
        if len(self._sent_at) == self._sent_at.maxlen and (wait := self._sent_at[0] + window - now) > 0:
            limit = f"{self._settings.rate_messages} messages in {window:.0f} s"
            raise FrameError("too_fast", f"At most {limit}: wait {wait:.1f} s.", message_id=message_id, retry_after=round(wait, 1))
        self._sent_at.append(now)

    async def _next(self) -> frames.Incoming:
        received = await self._socket.receive()
        if received["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(received.get("code", 1000))
        if received.get("text") is None:
            raise FrameError("binary", "Binary frames are not understood: send JSON text.")
        return frames.parse(received["text"], self._settings.max_text)

    async def _refuse(self, problem: FrameError) -> None:
        CHAT_ERRORS.labels(problem.code).inc()
        await self._send(frames.error(problem))
        if problem.fatal:
            await self._socket.close(1008, problem.code)

    async def _send(self, frame: dict[str, Any]) -> None:
        await self._socket.send_text(json.dumps(frame, ensure_ascii=False))
