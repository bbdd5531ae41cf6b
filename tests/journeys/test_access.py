"""WCAG 2.2 AA by axe in six languages and both themes; and the live region: each message once, none on restored history."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bot.languages import LANGUAGES
from tests.journeys.chat import Chat
from tests.journeys.conftest import Stack

pytestmark = pytest.mark.journey
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(language: str, theme: Literal["light", "dark"], stack: Stack, browser: Browser) -> None:
    for width in (1100, 320):
        context = browser.new_context(viewport={"width": width, "height": 700}, color_scheme=theme, bypass_csp=True)
        page = context.new_page()
        chat = Chat(page, stack.url, language)
        assert not _violations(page), "closed"
        chat.open()
        expect(page.get_by_test_id("button").first).to_be_visible()
        assert not _violations(page), "open"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        context.close()


def test_each_message_is_read_out_once_and_history_never(stack: Stack, page: Page) -> None:
    chat = Chat(page, stack.url, "en")
    page.add_init_script(WATCH)
    page.reload()
    chat.open()
    answer = chat.say("What does a call cost?")
    words = " ".join(answer.split()[2:8])
    page.wait_for_timeout(600)
    assert sum(words in heard for heard in page.evaluate("window.heard")) == 1
    assert not [heard for heard in page.evaluate("window.heard") if "What does a call cost?" in heard]
    page.reload()
    expect(chat.from_bot()).to_have_count(2)
    page.wait_for_timeout(600)
    assert page.evaluate("window.heard") == []


def test_focus_goes_in_and_comes_back(stack: Stack, page: Page) -> None:
    chat = Chat(page, stack.url, "fi")
    page.get_by_test_id("launcher").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("composer")).to_be_focused()
    expect(chat.from_bot().first).to_be_visible()
    expect(page.get_by_test_id("composer")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("launcher")).to_be_focused()


WATCH = """
window.heard = [];
const attach = root => new MutationObserver(changes => changes.forEach(change => change.addedNodes.forEach(
  node => window.heard.push(node.textContent)))).observe(root, {childList: true});
const wait = setInterval(() => {
  const live = document.querySelector('neuvo-chat')?.shadowRoot?.querySelector('[data-testid=announcer]');
  if (live) { clearInterval(wait); attach(live); }
}, 5);
"""


def _violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {one['help']} ({one['nodes'][0]['target']})" for one in found]
