"""Conversations and their messages: what is written here has happened."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import case, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.model import Answerer, Button, Channel, Conversation, LanguageSource, Link, Message, Reply, Sender
from bot.store.engine import Database
from bot.store.tables import ConversationRow, MessageRow


class Conversations:
    """Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def start(
        self, channel: Channel, language: str, source: LanguageSource, beliefs: Mapping[str, float], now: datetime
    ) -> tuple[Conversation, str]:
        """A new conversation and the secret token that resumes it (only its hash is kept)."""
        token = secrets.token_urlsafe(24)
        row = ConversationRow(
            id=str(uuid.uuid4()),
            token_hash=_hash(token),
            channel=channel,
            language=language,
            language_source=source,
            answerer=Answerer.BOT,
            beliefs=dict(beliefs),
            seq=0,
            created_at=now,
            updated_at=now,
        )
        async with self._database.transaction() as session:
            session.add(row)
        return _conversation(row), token

    async def by_token(self, token: str) -> Conversation | None:
        """The conversation that the token resumes, or None."""
        async with self._database.reading() as session:
            row = await session.scalar(select(ConversationRow).where(ConversationRow.token_hash == _hash(token)))
            return _conversation(row) if row else None

    async def get(self, conversation_id: str) -> Conversation | None:
        async with self._database.reading() as session:
            row = await session.get(ConversationRow, conversation_id)
            return _conversation(row) if row else None

    async def set_language(self, conversation_id: str, language: str, source: LanguageSource, beliefs: Mapping[str, float]) -> None:
        async with self._database.transaction() as session:
            await session.execute(
                update(ConversationRow)
                .where(ConversationRow.id == conversation_id)
                .values(language=language, language_source=source, beliefs=dict(beliefs))
            )

    async def add_from_customer(
        self,
        conversation_id: str,
        message_id: str,
        text: str,
        language: str,
        beliefs: Mapping[str, float],
        now: datetime,
        payload: str | None = None,
    ) -> tuple[Message, bool]:
        """Stores a customer's message as waiting for an answer, and the conversation's language after it.

        (the message, False) and nothing changed when its id was stored before.
        """
        async with self._database.transaction() as session:
            known = await session.get(MessageRow, (conversation_id, message_id))
            if known:
                return _message(known), False
            await session.execute(
                update(ConversationRow)
                .where(ConversationRow.id == conversation_id)
                .values(
                    beliefs=dict(beliefs),
                    language=language,
                    language_source=case(
                        (ConversationRow.language == language, ConversationRow.language_source),
                        else_=LanguageSource.DETECTED,
                    ),
                )
            )
            row = await _append(
                session,
                conversation_id,
                message_id,
                Sender.CUSTOMER,
                text,
                language,
                now,
                payload=payload,
                waiting=True,
            )
            return _message(row), True

    async def offered(self, conversation_id: str, payload: str) -> bool:
        """Whether a button of this conversation carried the payload."""
        async with self._database.reading() as session:
            rows = await session.scalars(
                select(MessageRow.buttons).where(MessageRow.conversation_id == conversation_id, MessageRow.sender != Sender.CUSTOMER)
            )
            return any(button["payload"] == payload for buttons in rows for button in buttons)

    async def titled(self, conversation_id: str, text: str) -> str | None:
        """The payload of the latest buttons' one whose title is the text: somebody typed what it says."""
        async with self._database.reading() as session:
            buttons = await session.scalar(
                select(MessageRow.buttons)
                .where(MessageRow.conversation_id == conversation_id, MessageRow.sender != Sender.CUSTOMER)
                .order_by(MessageRow.seq.desc())
                .limit(1)
            )
        return next((b["payload"] for b in buttons or [] if b["title"].casefold() == text.strip().casefold()), None)

    async def add_replies(
        self,
        conversation_id: str,
        replies: Sequence[Reply],
        language: str,
        now: datetime,
        *,
        answers: str | None = None,
        by: Answerer = Answerer.BOT,
    ) -> list[Message] | None:
        """Stores replies and, in the same transaction, that the message `answers` waits no more.

        None, and nothing stored, when that message was answered already or somebody else answers the conversation now.
        """
        async with self._database.transaction() as session:
            if answers is not None:
                won = await session.scalar(
                    update(MessageRow)
                    .where(
                        MessageRow.conversation_id == conversation_id,
                        MessageRow.id == answers,
                        MessageRow.waiting.is_(True),
                    )
                    .values(waiting=False)
                    .returning(MessageRow.seq)
                )
                if won is None:
                    return None
            owner = await session.scalar(select(ConversationRow.answerer).where(ConversationRow.id == conversation_id))
            if owner != by:
                return None
            rows = [
                await _append(
                    session,
                    conversation_id,
                    str(uuid.uuid4()),
                    Sender(by.value),
                    reply.text,
                    reply.language or language,
                    now,
                    buttons=reply.buttons,
                    links=reply.links,
                    in_reply_to=answers,
                )
                for reply in replies
            ]
            return [_message(row) for row in rows]

    async def messages(self, conversation_id: str, after: int = 0) -> list[Message]:
        """All messages with a seq greater than `after`, in order."""
        async with self._database.reading() as session:
            rows = await session.scalars(
                select(MessageRow).where(MessageRow.conversation_id == conversation_id, MessageRow.seq > after).order_by(MessageRow.seq)
            )
            return [_message(row) for row in rows]

    async def waiting(self) -> list[Message]:
        """Customers' messages that were stored but never answered, oldest first."""
        async with self._database.reading() as session:
            rows = await session.scalars(select(MessageRow).where(MessageRow.waiting.is_(True)).order_by(MessageRow.at, MessageRow.seq))
            return [_message(row) for row in rows]

    async def delete_older(self, before: datetime) -> int:
        """Deletes conversations whose last message is older than `before`; how many."""
        async with self._database.transaction() as session:
            gone = await session.scalars(delete(ConversationRow).where(ConversationRow.updated_at < before).returning(ConversationRow.id))
            return len(gone.all())


async def _append(
    session: AsyncSession,
    conversation_id: str,
    message_id: str,
    sender: Sender,
    text: str,
    language: str,
    now: datetime,
    *,
    buttons: Sequence[Button] = (),
    links: Sequence[Link] = (),
    payload: str | None = None,
    in_reply_to: str | None = None,
    waiting: bool = False,
) -> MessageRow:
    seq = await session.scalar(
        update(ConversationRow)
        .where(ConversationRow.id == conversation_id)
        .values(seq=ConversationRow.seq + 1, updated_at=now)
        .returning(ConversationRow.seq)
    )
    row = MessageRow(
        conversation_id=conversation_id,
        id=message_id,
        seq=seq,
        sender=sender,
        text=text,
        language=language,
        buttons=[{"title": b.title, "payload": b.payload} for b in buttons],
        links=[{"title": link.title, "url": link.url} for link in links],
        payload=payload,
        in_reply_to=in_reply_to,
        waiting=waiting,
        at=now,
    )
    session.add(row)
    await session.flush()
    return row


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _conversation(row: ConversationRow) -> Conversation:
    return Conversation(
        id=row.id,
        channel=Channel(row.channel),
        language=row.language,
        language_source=LanguageSource(row.language_source),
        answerer=Answerer(row.answerer),
        created_at=row.created_at,
        seq=row.seq,
        beliefs=dict(row.beliefs),
    )


def _message(row: MessageRow) -> Message:
    return Message(
        conversation_id=row.conversation_id,
        seq=row.seq,
        id=row.id,
        sender=Sender(row.sender),
        text=row.text,
        language=row.language,
        at=row.at,
        buttons=tuple(Button(**b) for b in row.buttons),
        links=tuple(Link(**link) for link in row.links),
        in_reply_to=row.in_reply_to,
        payload=row.payload,
    )
