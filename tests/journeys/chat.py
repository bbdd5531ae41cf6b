"""The widget as a customer uses it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

ANSWER_MS = 10_000


class Chat:
    """One customer's page."""

    def __init__(self, page: Page, url: str, language: str) -> None:
        self.page = page
        page.goto(f"{url}/?lang={language}")

    def open(self) -> None:
        self.page.get_by_test_id("launcher").click()
        expect(self.from_bot().first).to_be_visible(timeout=ANSWER_MS)

    def say(self, text: str) -> str:
        """Writes, sends, and returns the first new reply."""
        before = self.from_bot().count()
        self.page.get_by_test_id("composer").fill(text)
        self.page.keyboard.press("Enter")
        return self.reply(before)

    def press(self, title: str) -> str:
        before = self.from_bot().count()
        self.page.get_by_test_id("button").filter(has_text=title).first.click()
        return self.reply(before)

    def reply(self, before: int) -> str:
        message = self.from_bot().nth(before)
        expect(message).to_be_visible(timeout=ANSWER_MS)
        return message.inner_text()

    def from_bot(self) -> Locator:
        return self.page.locator("[data-testid=message][data-from=bot]")

    def from_customer(self) -> Locator:
        return self.page.locator("[data-testid=message][data-from=customer]")
