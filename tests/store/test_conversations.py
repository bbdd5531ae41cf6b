from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.languages import prior
from bot.model import Answerer, Button, Channel, LanguageSource, Reply
from bot.store.conversations import Conversations
from bot.store.engine import Database

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


@pytest.fixture
def store(database: Database) -> Conversations:
    return Conversations(database)


def _holds(folder: Path, text: str) -> bool:
    return any(text.encode() in path.read_bytes() for path in folder.iterdir())


async def _start(store: Conversations, at: datetime = NOW) -> str:
    conversation, _ = await store.start(Channel.CHAT, "fi", LanguageSource.PAGE, prior("fi"), at)
    return conversation.id


async def _say(store: Conversations, conversation: str, message: str, at: datetime = NOW) -> bool:
    _, new = await store.add_from_customer(conversation, message, "Moi", "fi", prior("fi"), at)
    return new


async def test_the_token_resumes_and_only_its_hash_is_stored(store: Conversations, tmp_path: Path) -> None:
    conversation, token = await store.start(Channel.CHAT, "so", LanguageSource.PAGE, prior("so"), NOW)
    resumed = await store.by_token(token)
    assert resumed is not None
    assert resumed.id == conversation.id
    assert await store.by_token(token + "x") is None
    assert not _holds(tmp_path, token)


async def test_the_same_message_id_is_stored_once(store: Conversations) -> None:
    conversation = await _start(store)
    assert await _say(store, conversation, "m-000001") is True
    assert await _say(store, conversation, "m-000001") is False
    assert [m.seq for m in await store.messages(conversation)] == [1]


async def test_a_message_is_answered_once_whoever_tries(store: Conversations) -> None:
    conversation = await _start(store)
    await _say(store, conversation, "m-000001")
    tries = [store.add_replies(conversation, [Reply("Hei")], "fi", NOW, answers="m-000001") for _ in range(20)]
    stored = [replies for replies in await asyncio.gather(*tries) if replies]
    assert len(stored) == 1
    assert await store.waiting() == []
    assert [m.text for m in await store.messages(conversation)] == ["Moi", "Hei"]


async def test_a_bot_does_not_speak_when_staff_answers(store: Conversations) -> None:
    conversation = await _start(store)
    assert await store.add_replies(conversation, [Reply("x")], "fi", NOW, by=Answerer.STAFF) is None
    assert await store.messages(conversation) == []


async def test_seq_has_no_holes_under_contention(store: Conversations) -> None:
    conversation = await _start(store)
    await asyncio.gather(*(_say(store, conversation, f"m-{i:06}") for i in range(50)))
    assert [m.seq for m in await store.messages(conversation)] == list(range(1, 51))


async def test_unanswered_messages_wait_oldest_first(store: Conversations) -> None:
    conversation = await _start(store)
    await _say(store, conversation, "m-000002", NOW + timedelta(seconds=2))
    await _say(store, conversation, "m-000001", NOW + timedelta(seconds=1))
    assert [m.id for m in await store.waiting()] == ["m-000001", "m-000002"]


async def test_buttons_are_known_by_payload_and_by_title(store: Conversations) -> None:
    conversation = await _start(store)
    await store.add_replies(conversation, [Reply("?", (Button("Auki", "/phone_hours"),))], "fi", NOW)
    assert await store.offered(conversation, "/phone_hours")
    assert not await store.offered(conversation, "/restart")
    assert await store.titled(conversation, " auki ") == "/phone_hours"
    assert await store.titled(conversation, "kiinni") is None


async def test_silent_conversations_are_deleted_with_their_messages(store: Conversations) -> None:
    old, fresh = await _start(store), await _start(store)
    await _say(store, old, "m-000001")
    await _say(store, fresh, "m-000001", NOW + timedelta(days=20))
    assert await store.delete_older(NOW + timedelta(days=10)) == 1
    assert await store.messages(old) == []
    assert len(await store.messages(fresh)) == 1


async def test_times_need_a_zone(store: Conversations) -> None:
    with pytest.raises(Exception, match="no time zone"):
        await _start(store, NOW.replace(tzinfo=None))
