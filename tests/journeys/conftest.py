"""The real thing: `neuvo run` on ports and a database of its own, and the system's Chromium."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from bot.supervisor import free_port

READY_SECONDS = 120
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]


@dataclass(frozen=True)
class Stack:
    """A running Neuvo."""

    url: str
    process: subprocess.Popen[bytes]
    data: Path

    def child(self, *words: str) -> psutil.Process:
        """The child process whose command line holds all the words."""
        for process in psutil.Process(self.process.pid).children():
            if all(word in " ".join(process.cmdline()) for word in words):
                return process
        raise AssertionError(f"no child runs {words}")

    def until_healthy(self, seconds: float = READY_SECONDS) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if httpx.get(f"{self.url}/health", timeout=2).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            assert self.process.poll() is None, f"neuvo run ended: see {self.data}"
            time.sleep(0.2)
        raise AssertionError(f"not healthy in {seconds} s: see {self.data / 'log'}")


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    data = tmp_path_factory.mktemp("neuvo")
    port = free_port()
    environment = os.environ | {
        "NEUVO_DATA": str(data),
        "NEUVO_PORT": str(port),
        "NEUVO_RASA_URL": f"http://127.0.0.1:{free_port()}",
        "NEUVO_ACTIONS_URL": f"http://127.0.0.1:{free_port()}",
    }
    with (data / "run.log").open("wb") as out:
        process = subprocess.Popen([sys.executable, "-m", "bot.cli", "run"], env=environment, stdout=out, stderr=out)
    running = Stack(f"http://127.0.0.1:{port}", process, data)
    try:
        running.until_healthy()
        children = psutil.Process(process.pid).children(recursive=True)
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
    assert not [child for child in children if child.is_running()], "Ctrl-C left something running"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        message = "Chromium is not installed: the journeys cannot run (scripts/browser installs it as root)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1100, "height": 760})
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    context.close()
    assert not problems
