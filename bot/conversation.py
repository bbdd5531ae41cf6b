"""One message in, replies out: the same for every channel.

A customer's message is stored first, then answered: what is stored is answered even if any process is killed in between. One conversation's
messages are answered one at a time, in order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot import languages
from bot.assistant import Assistant, customers_words
from bot.errors import AssistantDown
from bot.events import Events, LanguageChanged, Said, Typing
from bot.knowledge.answers import Knowledge
from bot.knowledge.wording import isolated
from bot.model import Answerer, Button, Channel, Conversation, LanguageSource, Message, Reply, Sender
from bot.sentences import sentence
from bot.store.conversations import Conversations

log = structlog.get_logger()

PATIENCE_SECONDS = 60.0
"""How long messages left by a killed process wait for the assistant to start before they are told that it is down."""
FIRST_TOPICS = ("phone_hours", "office_info", "callback_book")
"""Buttons under the greeting."""


class ConversationService:
    """Built once a process, in bot.app."""

    def __init__(
        self,
        store: Conversations,
        assistant: Assistant,
        events: Events,
        knowledge: Knowledge,
        tables: languages.Tables,
        clock: Callable[[], datetime],
        default_language: str,
    ) -> None:
        self._store, self._assistant, self.events = store, assistant, events
        self._knowledge, self._tables, self._clock, self._default = knowledge, tables, clock, default_language
        self._names = knowledge.name_words()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self, channel: Channel, page: str | None, chosen: str | None) -> tuple[Conversation, str]:
        """A new conversation with its greeting; and the token that resumes it."""
        language = chosen or (page if page in languages.LANGUAGES else self._default)
        source = LanguageSource.CUSTOMER if chosen else LanguageSource.PAGE
        conversation, token = await self._store.start(channel, language, source, languages.prior(language), self._clock())
        buttons = tuple(Button(self._knowledge.title(t, language), f"/{t}") for t in FIRST_TOPICS if self._knowledge.knows(t))
        await self._say(conversation, [Reply(sentence(language, "chat", "greeting"), buttons)])
        return conversation, token

    async def resume(self, token: str) -> Conversation | None:
        """The conversation of a token, or None when it was deleted or never was."""
        return await self._store.by_token(token)

    async def history(self, conversation_id: str, after: int) -> list[Message]:
        return await self._store.messages(conversation_id, after)

    async def offered(self, conversation_id: str, payload: str) -> bool:
        return await self._store.offered(conversation_id, payload)

    async def receive(self, conversation_id: str, message_id: str, text: str, payload: str | None = None) -> Message:
        """Stores a customer's message and sees to it that it is answered; the stored message.

        The same id again changes nothing. The answer comes as an event.
        """
        conversation = await self._store.get(conversation_id)
        if conversation is None:
            raise KeyError(conversation_id)
        payload = payload or await self._store.titled(conversation_id, text)
        language, beliefs = self._language_after(conversation, text, payload)
        message, new = await self._store.add_from_customer(conversation_id, message_id, text, language, beliefs, self._clock(), payload)
        if new:
            self.events.publish(conversation_id, Said(message))
            if language != conversation.language:
                self.events.publish(conversation_id, LanguageChanged(language, LanguageSource.DETECTED))
            self._answer_soon(message)
        return message

    async def choose_language(self, conversation_id: str, language: str) -> None:
        """The customer picked a language: it stays until they pick or ask for another."""
        conversation = await self._store.get(conversation_id)
        if conversation is None:
            return
        await self._change_language(conversation_id, language)
        if language != conversation.language:
            await self._say(conversation, [Reply(sentence(language, "chat", "language_chosen"), language=language)])

    async def answer_waiting(self) -> int:
        """Answers what a killed process left unanswered; how many messages. Called once at start."""
        waiting = await self._store.waiting()
        end = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while waiting and not await self._assistant.ready() and asyncio.get_running_loop().time() < end:  # noqa: ASYNC110
            await asyncio.sleep(0.5)
        for message in waiting:
            self._answer_soon(message)
        return len(waiting)

    async def delete_older(self, age: timedelta) -> int:
        """Deletes conversations that were silent for longer than `age`; how many."""
        return await self._store.delete_older(self._clock() - age)

    async def settle(self) -> None:
        """Waits until everything received so far is answered."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _language_after(self, conversation: Conversation, text: str, payload: str | None) -> tuple[str, dict[str, float]]:
        if payload is not None or conversation.language_source is LanguageSource.CUSTOMER:
            return conversation.language, conversation.beliefs
        beliefs = languages.detect(text, languages.carried(conversation.beliefs), self._tables, self._names)
        return languages.most_likely(beliefs), beliefs

    def _answer_soon(self, message: Message) -> None:
        task = asyncio.create_task(self._answer(message))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, message: Message) -> None:
        lock = self._turns.setdefault(message.conversation_id, asyncio.Lock())
        async with lock:
            conversation = await self._store.get(message.conversation_id)
            if conversation is None or conversation.answerer is not Answerer.BOT:
                return
            self.events.publish(conversation.id, Typing(Sender.BOT, True))
            try:
                replies = await self._replies(message)
                if wanted := replies[-1].language:
                    await self._change_language(conversation.id, wanted)
                await self._say(conversation, replies, message)
            except SQLAlchemyError as error:  # it is stored and waits: answered at the next start
                log.error("answer not stored", conversation=message.conversation_id, reason=type(error).__name__)
            finally:
                self.events.publish(conversation.id, Typing(Sender.BOT, False))

    async def _replies(self, message: Message) -> list[Reply]:
        """The assistant's replies; when it is down, that, and the phone line."""
        words = message.payload or customers_words(message.text)
        try:
            return await self._assistant.reply(message.conversation_id, words, message.language, self._clock())
        except AssistantDown as error:
            log.warning("assistant down", conversation=message.conversation_id, reason=str(error))
            down = sentence(message.language, "chat", "assistant_down")
            return [Reply(f"{down} {self._knowledge.pointer('phone', message.language)}")]

    async def _change_language(self, conversation_id: str, language: str) -> None:
        await self._store.set_language(conversation_id, language, LanguageSource.CUSTOMER, languages.prior(language))
        self.events.publish(conversation_id, LanguageChanged(language, LanguageSource.CUSTOMER))

    async def _say(self, conversation: Conversation, replies: Sequence[Reply], answers: Message | None = None) -> None:
        language = answers.language if answers else conversation.language
        ready = [_isolated(reply, reply.language or language) for reply in replies]
        stored = await self._store.add_replies(conversation.id, ready, language, self._clock(), answers=answers.id if answers else None)
        for message in stored or []:
            self.events.publish(conversation.id, Said(message))


def _isolated(reply: Reply, language: str) -> Reply:
    buttons = tuple(Button(isolated(b.title, language), b.payload) for b in reply.buttons)
    return Reply(isolated(reply.text, language), buttons, reply.links, reply.language)
