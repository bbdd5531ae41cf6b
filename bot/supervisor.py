"""Starts processes, watches them, starts a dead one again, and ends what it started: nothing else."""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from bot.errors import NotReadyError

log = structlog.get_logger()

READY_SECONDS = 120.0
STOP_SECONDS = 8.0
RESTART_SECONDS = (0.2, 1, 3, 10, 30)
"""Waits before a child that keeps dying is started again; a child that lived for a minute starts from the first."""
STEADY_SECONDS = 60.0


@dataclass
class Child:
    """One process: how to start it, how to know that it is ready, and where its output goes."""

    name: str
    command: list[str]
    folder: Path
    log: Path
    ready: Callable[[], Awaitable[bool]]
    environment: Mapping[str, str] = field(default_factory=dict)
    process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as out:
            self.process = await asyncio.create_subprocess_exec(
                *self.command,
                cwd=self.folder,
                env=os.environ | dict(self.environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )

    async def until_ready(self, seconds: float = READY_SECONDS) -> None:
        """Returns when the child answers; NotReadyError when it ends or takes too long."""
        end = time.monotonic() + seconds
        while not await self.ready():
            if self.process is not None and self.process.returncode is not None:
                raise NotReadyError(f"{self.name} ended with {self.process.returncode}: see {self.log}.")
            if time.monotonic() > end:
                raise NotReadyError(f"{self.name} was not ready in {seconds:.0f} s: see {self.log}.")
            await asyncio.sleep(0.1)

    async def stop(self) -> None:
        """Asks the whole process group to end, then makes it."""
        if self.process is None or self.process.returncode is not None:
            return
        for sig, patience in ((signal.SIGTERM, STOP_SECONDS), (signal.SIGKILL, STOP_SECONDS)):
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, sig)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.process.wait(), patience)
                return


class Supervisor:
    """A group of children. Use as an async context: what it started is ended at exit."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self._watchers: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Supervisor:
        for child in self.children:
            await child.start()
        self._watchers = [asyncio.create_task(self._watch(child)) for child in self.children]
        return self

    async def __aexit__(self, *_error: object) -> None:
        for watcher in self._watchers:
            watcher.cancel()
        await asyncio.gather(*self._watchers, return_exceptions=True)
        for child in reversed(self.children):  # the web process first, while it can still be answered
            await child.stop()

    async def until_ready(self, progress: Callable[[str], None] = lambda _name: None) -> None:
        """Returns when every child answers; `progress` hears each name."""

        async def one(child: Child) -> None:
            await child.until_ready()
            progress(child.name)

        await asyncio.gather(*(one(child) for child in self.children))

    @staticmethod
    async def _watch(child: Child) -> None:
        deaths = 0
        while True:
            started = time.monotonic()
            assert child.process is not None
            code = await child.process.wait()
            deaths = 0 if time.monotonic() - started > STEADY_SECONDS else deaths
            wait = RESTART_SECONDS[min(deaths, len(RESTART_SECONDS) - 1)]
            deaths += 1
            log.warning("process ended; starting it again", process=child.name, code=code, seconds=wait)
            await asyncio.sleep(wait)
            await child.start()


def free_port() -> int:
    """A TCP port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def must_be_free(host: str, port: int, what: str) -> None:
    """NotReadyError when somebody listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = f"Port {port} for {what} is taken ({error.strerror}): end what uses it, or set another NEUVO_… port."
            raise NotReadyError(reason) from error


async def listens(port: int, host: str = "127.0.0.1") -> bool:
    """Whether something accepts connections."""
    try:
        _reader, writer = await asyncio.wait_for(asyncio.open_connection(host, port), 1)
    except (OSError, TimeoutError):
        return False
    writer.close()
    return True


def _die_with_parent() -> None:
    """Linux ends the child when the supervisor is killed, so that kill -9 leaves nothing behind."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)
