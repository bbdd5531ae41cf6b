"""`neuvo run` and `neuvo serve`: the processes, started with something to look at."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Coroutine
from typing import Any

import uvicorn
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from bot import logs, stack
from bot.app import build, web_app
from bot.settings import Settings
from bot.supervisor import Supervisor

STEPS = {
    "database": "Bringing the database up to date",
    "seeds": "Loading what the institution knows",
    "training": "Training the model of six languages (some minutes, once)",
}
SOCKET_BYTES = 64 * 1024
"""Larger WebSocket frames end the connection before they are read; see frames.LARGEST for the polite limit."""


async def run_all(settings: Settings, console: Console) -> None:
    """Prepares, starts everything, says where it is; returns after SIGINT or SIGTERM, when all of it has ended."""
    logs.configure(settings.log_level)
    stop = asyncio.Event()
    for sig in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sig, stop.set)
    started = time.monotonic()
    with _progress(console) as progress:
        await _interruptible(_prepare(settings, progress), stop)
        if stop.is_set():
            return
        children = [stack.rasa(settings), stack.actions(settings), stack.web(settings)]
        async with Supervisor(children) as supervisor:
            task = progress.add_task("Starting " + ", ".join(child.name for child in children), total=len(children))
            await _interruptible(supervisor.until_ready(lambda _name: progress.advance(task)), stop)
            progress.stop()
            if not stop.is_set():
                url = f"http://{settings.host}:{settings.port}/"
                console.print(f"\n[bold]Neuvo answers at {url}[/] (ready in {time.monotonic() - started:.0f} s)")
                console.print(f"Logs are in {settings.data / 'log'}. Ctrl-C ends everything.")
                await stop.wait()
            console.print("Ending …")


async def serve_web(settings: Settings) -> None:
    """uvicorn with our application, until it is told to end."""
    parts = await build(settings)
    config = uvicorn.Config(
        web_app(parts, settings),
        host=settings.host,
        port=settings.port,
        ws_max_size=SOCKET_BYTES,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=3,
    )
    await uvicorn.Server(config).serve()


async def _prepare(settings: Settings, progress: Progress) -> None:
    current: list[TaskID] = []

    def show(step: str) -> None:
        for task in current:
            progress.update(task, completed=1)
        current.append(progress.add_task(STEPS[step], total=1))

    await stack.prepare(settings, show)
    for task in current:
        progress.update(task, completed=1)


async def _interruptible(work: Coroutine[Any, Any, None], stop: asyncio.Event) -> None:
    """Awaits work, or gives it up when `stop` is set."""
    task = asyncio.create_task(work)
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if stop.is_set():
        task.cancel()
    stopping.cancel()
    await asyncio.gather(task, stopping, return_exceptions=True)
    if not stop.is_set():
        task.result()


def _progress(console: Console) -> Progress:
    return Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console)
