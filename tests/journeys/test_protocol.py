"""The chat socket as docs/chat-protocol.md says it, over a real connection."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from bot.sentences import sentence
from tests.journeys.conftest import Stack

pytestmark = pytest.mark.journey


class Client:
    """A client that speaks frames."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    def send(self, frame: dict[str, Any] | str | bytes) -> None:
        self._socket.send(json.dumps(frame) if isinstance(frame, dict) else frame)

    def until(self, kind: str) -> dict[str, Any]:
        while True:
            frame: dict[str, Any] = json.loads(self._socket.recv(timeout=20))
            if frame["type"] == kind:
                return frame

    def hello(self, **fields: Any) -> dict[str, Any]:
        self.send({"type": "hello", "protocol": 1, "token": None, "page_language": "so", "language": None, "after": 0} | fields)
        return self.until("welcome")

    def say(self, text: str, message_id: str | None = None, **fields: Any) -> dict[str, Any]:
        self.send({"type": "message", "id": message_id or str(uuid.uuid4()), "text": text} | fields)
        return self.until("ack")


@pytest.fixture
def client(stack: Stack) -> Iterator[Client]:
    with connect(stack.url.replace("http", "ws") + "/chat") as socket:
        yield Client(socket)


def test_a_retry_is_acknowledged_again_and_answered_once(stack: Stack, client: Client) -> None:
    token = (client.hello())["token"]
    first = client.say("Salaan", "retry-0001")
    second = client.say("Salaan", "retry-0001")
    assert first == second
    client.say("Mahadsanid", "retry-0002")
    while (client.until("message"))["in_reply_to"] != "retry-0002":
        pass
    with connect(stack.url.replace("http", "ws") + "/chat") as socket:
        again = Client(socket)
        welcome = again.hello(token=token)
        frames = [again.until("message") for _ in range(welcome["seq"])]
    assert [f["seq"] for f in frames] == list(range(1, welcome["seq"] + 1))
    assert all(f["restored"] for f in frames)
    assert [f["id"] for f in frames if f["from"] == "customer"] == ["retry-0001", "retry-0002"]


def test_resuming_sends_only_what_is_missing(stack: Stack, client: Client) -> None:
    token = (client.hello())["token"]
    client.say("Salaan", "missing-01")
    answer = client.until("message")
    with connect(stack.url.replace("http", "ws") + "/chat") as socket:
        again = Client(socket)
        assert (again.hello(token=token, after=answer["seq"] - 1))["resumed"] is True
        assert (again.until("message"))["id"] == answer["id"]


def test_an_unknown_token_starts_anew(client: Client) -> None:
    welcome = client.hello(token="nobody")
    assert welcome["resumed"] is False
    assert welcome["token"] != "nobody"


@pytest.mark.parametrize(
    ("frame", "code"),
    [("{", "bad_json"), ('{"type":"x"}', "bad_frame"), (b"\x00", "binary"), ('{"type":"message","id":"12345678"}', "bad_frame")],
)
def test_what_does_not_fit_is_answered_and_the_conversation_goes_on(frame: str | bytes, code: str, client: Client) -> None:
    client.hello()
    client.send(frame)
    error = client.until("error")
    assert (error["code"], error["fatal"]) == (code, False)
    assert error["reason"]
    client.say("Salaan")


def test_payloads_are_only_those_of_buttons(client: Client) -> None:
    client.hello()
    client.send({"type": "message", "id": "payload-01", "text": "x", "payload": "/restart"})
    assert (client.until("error"))["code"] == "unknown_payload"
    client.say("x", payload="/phone_hours")


@pytest.mark.parametrize("start", ["/", "\t/", "\n/", "\u00a0/", "/ \t/"])
def test_typed_commands_reach_nobody(start: str, client: Client) -> None:
    """Rasa takes /restart for a command and answers nothing to it; from a customer's keyboard it is a word."""
    client.hello(page_language="en")
    client.until("message")
    client.say(start + "restart")
    assert client.until("message")["text"] != sentence("en", "chat", "assistant_down")


def test_too_fast_says_how_long_to_wait(client: Client) -> None:
    client.hello()
    for number in range(10):
        client.say(str(number))
    client.send({"type": "message", "id": "too-fast-1", "text": "x"})
    error = client.until("error")
    assert error["code"] == "too_fast"
    assert error["id"] == "too-fast-1"
    assert 0 < error["retry_after"] <= 10


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ({"type": "ping"}, "hello_first"),
        ({"type": "hello", "protocol": 99}, "protocol"),
        ("x" * 20_000, "too_large"),
    ],
)
def test_fatal_errors_are_told_and_close(frame: dict[str, Any] | str, code: str, client: Client) -> None:
    client.send(frame)
    error = client.until("error")
    assert (error["code"], error["fatal"]) == (code, True)
    with pytest.raises(ConnectionClosed) as closed:
        client.until("anything")
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1008


def test_another_page_may_not_open_the_socket(stack: Stack) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connect(stack.url.replace("http", "ws") + "/chat", origin="https://evil.example")  # type: ignore[arg-type]
    assert refused.value.response.status_code == 403
