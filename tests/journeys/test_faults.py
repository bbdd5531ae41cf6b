"""kill -9 in the middle: the customer is told at once, nothing is lost or doubled, and the conversation goes on."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

import psutil
import pytest
from playwright.sync_api import Page, expect
from websockets.sync.client import ClientConnection, connect

from bot.sentences import sentence
from tests.journeys.chat import Chat
from tests.journeys.conftest import Stack

pytestmark = pytest.mark.journey
HELLO = {"type": "hello", "protocol": 1, "token": None, "page_language": "fi", "language": None, "after": 0}


@pytest.mark.parametrize("victim", [("rasa", "run"), ("-m actions",)])
def test_a_dead_assistant_is_told_at_once_and_comes_back(victim: tuple[str, ...], stack: Stack, page: Page) -> None:
    chat = Chat(page, stack.url, "sv")
    chat.open()
    chat.say("Vad kostar samtalet?")
    _kill(stack, *victim)
    started = time.monotonic()
    told = chat.say("När är telefonen öppen?")
    assert time.monotonic() - started < 3
    if "rasa" in victim:
        assert sentence("sv", "chat", "assistant_down") in told
        assert "9–16" in told
    deadline = time.monotonic() + 90
    answer = told
    while sentence("sv", "chat", "assistant_down") in answer:
        assert time.monotonic() < deadline, "the assistant did not come back"
        time.sleep(1)
        answer = chat.say("Vad kostar samtalet?")
    assert answer
    stack.until_healthy()


def test_a_dead_web_process_loses_and_doubles_nothing(stack: Stack, page: Page) -> None:
    chat = Chat(page, stack.url, "en")
    chat.open()
    chat.say("Hello")
    _kill(stack, "bot.cli", "serve")
    page.get_by_test_id("composer").fill("What does a call cost?")
    page.keyboard.press("Enter")
    expect(chat.from_bot()).to_have_count(3, timeout=30_000)
    assert "you pay nothing" in chat.from_bot().nth(2).inner_text()
    expect(chat.from_customer()).to_have_count(2)
    page.wait_for_timeout(1000)
    expect(chat.from_bot()).to_have_count(3)


def test_what_was_acknowledged_is_answered_after_kill_9(stack: Stack) -> None:
    """The message is stored, the process dies before the answer leaves: the next process answers it, once."""
    with connect(_socket(stack)) as socket:
        token = (_open(socket))["token"]
        message = {"type": "message", "id": str(uuid.uuid4()), "text": "Paljonko puhelu maksaa?"}
        socket.send(json.dumps(message))
        while json.loads(socket.recv(timeout=20))["type"] != "ack":
            pass
        _kill(stack, "bot.cli", "serve")
    stack.until_healthy()
    deadline = time.monotonic() + 20
    replies: list[dict[str, Any]] = []
    while not replies:
        assert time.monotonic() < deadline, "never answered"
        with connect(_socket(stack)) as socket:
            _open(socket, token)
            socket.send(json.dumps(message))  # the client retries: the same id
            frames = _until(socket, "ack")
            replies = [f for f in frames if f["type"] == "message" and f.get("in_reply_to") == message["id"]]
        time.sleep(0.3)
    assert len(replies) == 1


def _open(socket: ClientConnection, token: str | None = None) -> dict[str, Any]:
    socket.send(json.dumps(HELLO | {"token": token}))
    welcome: dict[str, Any] = json.loads(socket.recv(timeout=20))
    assert welcome["type"] == "welcome"
    return welcome


def _until(socket: ClientConnection, kind: str) -> list[dict[str, Any]]:
    frames: list[dict[str, Any]] = []
    while not frames or frames[-1]["type"] != kind:
        frames.append(json.loads(socket.recv(timeout=20)))
    return frames


def _socket(stack: Stack) -> str:
    return stack.url.replace("http", "ws") + "/chat"


def _kill(stack: Stack, *words: str) -> None:
    process = stack.child(*words)
    process.kill()
    psutil.wait_procs([process], timeout=5)
