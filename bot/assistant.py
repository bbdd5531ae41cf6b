"""Rasa over HTTP: a customer's words in, replies out."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import httpx

from bot.errors import AssistantDown
from bot.languages import LANGUAGES
from bot.model import Button, Link, Reply


class Assistant:
    """One Rasa server. Safe to share: a request a turn, no state."""

    def __init__(self, url: str, timeout: float) -> None:
        limits = httpx.Limits(max_connections=200, max_keepalive_connections=50)
        self._http = httpx.AsyncClient(base_url=url, timeout=timeout, limits=limits, trust_env=False)

    async def reply(self, conversation_id: str, text: str, language: str, now: datetime) -> list[Reply]:
        """The replies to one message; at least one, or AssistantDown.

        `text` is the customer's words, or a button's payload such as `/phone_hours`.
        """
        body = {
            "sender": conversation_id,
            "message": text,
            "metadata": {"language": language, "now": now.isoformat()},
        }
        try:
            response = await self._http.post("/webhooks/rest/webhook", json=body)
            response.raise_for_status()
            replies = replies_of(response.json())
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise AssistantDown(f"Rasa did not answer: {type(error).__name__}") from error
        if not replies:
            raise AssistantDown("Rasa answered with nothing: see its log, the action server may be down")
        return replies

    async def parse(self, text: str) -> dict[str, Any]:
        """What Rasa understands of a text (its /model/parse), or AssistantDown."""
        try:
            response = await self._http.post("/model/parse", json={"text": text})
            response.raise_for_status()
            return dict(response.json())
        except (httpx.HTTPError, ValueError) as error:
            raise AssistantDown(f"Rasa did not parse: {type(error).__name__}") from error

    async def ready(self) -> bool:
        """Whether a model is loaded (Rasa stays up without one and answers nothing)."""
        try:
            response = await self._http.get("/status", timeout=2)
            return response.is_success and bool(response.json().get("model_file"))
        except (httpx.HTTPError, ValueError):
            return False

    async def close(self) -> None:
        await self._http.aclose()


def customers_words(text: str) -> str:
    """A typed text as Rasa may see it: without the leading slash that would make it a command (Rasa strips white space first)."""
    return re.sub(r"^[\s/]+", "", text) or "?"


def replies_of(answer: list[dict[str, Any]]) -> list[Reply]:
    """The REST channel's list → replies; a `language` from an action holds for all that follow."""
    replies: list[Reply] = []
    language: str | None = None
    for part in answer:
        body = part.get("custom") or part
        if body.get("language") in LANGUAGES:
            language = body["language"]
        if body.get("text"):
            buttons = tuple(Button(b["title"], b["payload"]) for b in body.get("buttons") or [])
            links = tuple(Link(link["title"], link["url"]) for link in body.get("links") or [])
            replies.append(Reply(body["text"], buttons, links, language))
    return replies
