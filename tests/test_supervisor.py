from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import psutil
import pytest

from bot.errors import NotReadyError
from bot.supervisor import Child, Supervisor, free_port, listens, must_be_free


def _child(tmp_path: Path, port: int) -> Child:
    code = f"import http.server as h; h.HTTPServer(('127.0.0.1', {port}), h.SimpleHTTPRequestHandler).serve_forever()"
    return Child("server", [sys.executable, "-c", code], tmp_path, tmp_path / "log", lambda: listens(port))


async def test_a_dead_child_is_started_again_and_all_end_with_the_group(tmp_path: Path) -> None:
    child = _child(tmp_path, free_port())
    async with Supervisor([child]) as supervisor:
        await supervisor.until_ready()
        assert child.process is not None
        first = child.process.pid
        os.kill(first, signal.SIGKILL)
        await child.process.wait()
        async with asyncio.timeout(15):
            while child.process.pid == first or not await child.ready():  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        second = child.process.pid
    assert not psutil.pid_exists(second)


async def test_a_child_that_ends_at_once_is_told_with_its_log(tmp_path: Path) -> None:
    child = Child("broken", [sys.executable, "-c", "raise SystemExit(3)"], tmp_path, tmp_path / "log", lambda: listens(1))
    await child.start()
    with pytest.raises(NotReadyError, match=r"broken ended with 3: see .*log"):
        await child.until_ready(10)


def test_a_taken_port_is_told() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(NotReadyError, match="is taken"):
            must_be_free("127.0.0.1", taken.getsockname()[1], "a test")
