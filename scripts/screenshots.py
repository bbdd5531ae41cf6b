"""Makes the pictures of README.md and docs/: the widget in every language, from the running service.

    uv run python scripts/screenshots.py

Starts a private Neuvo, talks with it in the system's Chromium, writes docs/images/widget-<language>.png.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path

import yaml
from playwright.async_api import Page, async_playwright

from bot import logs, stack
from bot.languages import LANGUAGES
from bot.settings import ROOT, settings
from bot.supervisor import Supervisor

IMAGES = ROOT / "docs" / "images"
WORDS = ROOT / "tests" / "journeys" / "words.yml"


async def main() -> None:
    logs.configure("ERROR")
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is needed: run scripts/browser")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        own = stack.private(settings(), Path(folder))
        await stack.prepare(own)
        async with Supervisor([stack.rasa(own), stack.actions(own), stack.web(own)]) as supervisor, async_playwright() as playwright:
            await supervisor.until_ready()
            browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            for language in LANGUAGES:
                page = await browser.new_page(viewport={"width": 900, "height": 760})
                await picture(page, f"http://127.0.0.1:{own.port}/?lang={language}", language)
                await page.close()
            await browser.close()


async def picture(page: Page, url: str, language: str) -> None:
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))[language]
    replies = page.locator("[data-testid=message][data-from=bot]")
    await page.goto(url)
    await page.get_by_test_id("launcher").click()
    for number, text in enumerate((words["question"]["say"], words["office"]["say"]), 1):
        await replies.nth(number - 1).wait_for()
        await page.get_by_test_id("composer").fill(text)
        await page.keyboard.press("Enter")
    await replies.nth(2).wait_for()
    await page.wait_for_timeout(500)
    await page.screenshot(path=IMAGES / f"widget-{language}.png")


if __name__ == "__main__":
    asyncio.run(main())
