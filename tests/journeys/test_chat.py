"""A customer's day in each language: greeting, question, office with follow-up, nonsense, another language, reload in the middle."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page, expect

from bot.knowledge.answers import Knowledge
from bot.knowledge.wording import isolated
from bot.languages import LANGUAGES, direction
from tests.journeys.chat import Chat
from tests.journeys.conftest import Stack

WORDS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "words.yml").read_text(encoding="utf-8"))
pytestmark = pytest.mark.journey


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_conversation(language: str, stack: Stack, page: Page, knowledge: Knowledge) -> None:
    words = WORDS[language]
    chat = Chat(page, stack.url, language)
    chat.open()
    chat.say(words["hello"])

    answer = chat.say(words["question"]["say"])
    expected = isolated(knowledge.answer(words["question"]["topic"], language).text, language)
    assert expected.split(".")[0] in answer

    office = chat.say(words["office"]["say"])
    assert all(part in office for part in words["office"]["holds"])
    again = chat.say(words["follow_up"]["say"])
    assert all(part in again for part in words["follow_up"]["holds"])

    count = chat.from_bot().count()
    page.reload()
    expect(chat.from_bot()).to_have_count(count)
    expect(chat.from_customer()).to_have_count(4)

    chat.say(words["nonsense"])
    assert page.get_by_test_id("button").count() >= 1
    for message in chat.from_bot().all():
        assert message.get_attribute("lang") == language
        assert message.get_attribute("dir") == direction(language)

    chat.say(words["switch"]["say"])
    to = words["switch"]["to"]
    expect(chat.from_bot().last).to_have_attribute("lang", to)
    expect(page.get_by_test_id("panel")).to_have_attribute("lang", to)


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_answer_and_the_picker_switches(language: str, stack: Stack, page: Page, knowledge: Knowledge) -> None:
    chat = Chat(page, stack.url, language)
    chat.open()
    answer = chat.press(knowledge.title("phone_hours", language))
    assert "16" in answer
    other = "sv" if language != "sv" else "ar"
    before = chat.from_bot().count()
    page.get_by_test_id("language").select_option(other)
    chat.reply(before)
    expect(page.get_by_test_id("panel")).to_have_attribute("dir", direction(other))
    page.reload()
    expect(page.get_by_test_id("panel")).to_have_attribute("lang", other)
