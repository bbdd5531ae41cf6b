from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.assistant import Assistant, replies_of
from bot.errors import AssistantDown
from bot.supervisor import free_port


async def test_nobody_there_is_an_error_at_once() -> None:
    assistant = Assistant(f"http://127.0.0.1:{free_port()}", 5)
    with pytest.raises(AssistantDown, match="ConnectError"):
        await assistant.reply("c", "Moi", "fi", datetime.now(UTC))
    assert not await assistant.ready()
    await assistant.close()


def test_a_language_holds_for_the_replies_that_follow_it() -> None:
    replies = replies_of([{"text": "a"}, {"custom": {"language": "so"}}, {"custom": {"text": "b", "buttons": []}}, {"text": "c"}])
    assert [(r.text, r.language) for r in replies] == [("a", None), ("b", "so"), ("c", "so")]


def test_an_unknown_language_is_ignored() -> None:
    assert replies_of([{"custom": {"language": "xx"}}, {"text": "a"}])[0].language is None
