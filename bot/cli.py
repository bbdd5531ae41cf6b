"""`neuvo …`: the commands. Each is thin: it reads its options, calls what does the work, prints."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from bot import doctor as health
from bot import logs, stack
from bot.errors import NeuvoError
from bot.knowledge import seeds as knowledge_seeds
from bot.languages import LANGUAGES
from bot.settings import settings
from bot.store.engine import Database
from bot.store.knowledge import KnowledgeStore

app = typer.Typer(help="Neuvo answers people who need a public service, in six languages.", no_args_is_help=True)
out, err = Console(), Console(stderr=True)

Lang = Annotated[str | None, typer.Option("--lang", help="fi, sv, en, ar, so or ru; without it the text decides")]
AsJson = Annotated[bool, typer.Option("--json", help="one JSON object a line")]


def _language(code: str | None) -> str | None:
    if code is not None and code not in LANGUAGES:
        raise typer.BadParameter(f"{code!r} is none of {', '.join(LANGUAGES)}", param_hint="--lang")
    return code


@app.command()
def run() -> None:
    """Sets up what is missing, starts everything, and says where the page is. Ctrl-C ends it."""
    from bot.running import run_all

    asyncio.run(run_all(settings(), out))


@app.command()
def serve() -> None:
    """The web process alone: pages and chat (Rasa and the action server run elsewhere, see NEUVO_RASA_URL)."""
    from bot.running import serve_web

    logs.configure(settings().log_level)
    asyncio.run(serve_web(settings()))


@app.command()
def train(
    if_needed: Annotated[bool, typer.Option("--if-needed", help="only when its examples or settings have changed")] = False,
) -> None:
    """Trains the model of all six languages."""
    if if_needed and stack.model_is_current(settings().seeds):
        return
    stack.STAMP.unlink(missing_ok=True)
    with err.status("Training …"):
        asyncio.run(stack.train(settings()))
    out.print(f"{stack.MODEL.name} is trained")


@app.command()
def seed(
    folder: Annotated[Path | None, typer.Argument(help="an institution's folder; default: NEUVO_SEEDS")] = None,
) -> None:
    """Loads an institution's folder into the store, replacing what was there."""
    chosen = folder or settings().seeds
    documents = knowledge_seeds.load(chosen).documents(knowledge_seeds.checksum(chosen))

    async def store() -> None:
        database = Database(settings().database_url)
        await database.migrate()
        await KnowledgeStore(database).replace(documents)
        await database.close()

    asyncio.run(store())
    counts = ", ".join(f"{len(rows)} {kind}" for kind, rows in sorted(documents.items()) if kind != "meta")
    out.print(f"{chosen}: {counts}")


@app.command()
def doctor() -> None:
    """Says what is missing, unset or past its age; ends with 1 when something keeps Neuvo from working."""
    findings = asyncio.run(health.examine(settings(), datetime.now(ZoneInfo("Europe/Helsinki")).date()))
    for finding in findings:
        out.print(f"[{'red' if finding.serious else 'yellow'}]{'error' if finding.serious else 'warning'}[/]: {finding.text}")
    if any(finding.serious for finding in findings):
        raise typer.Exit(1)
    out.print("Neuvo can run.")


@app.command()
def parse(lang: Lang = None, as_json: AsJson = False) -> None:
    """Reads utterances from stdin, a line each, and says what is understood of them."""
    from bot.terminal import parse_lines

    logs.configure("ERROR")
    asyncio.run(parse_lines(settings(), _language(lang), as_json))


@app.command()
def talk(
    lang: Lang = None,
    now: Annotated[str | None, typer.Option("--now", help="hold the clock, such as 2026-11-25T10:00 (Helsinki)")] = None,
    as_json: AsJson = False,
) -> None:
    """A conversation in the terminal, on a private database. With --json a script can talk."""
    from bot.terminal import talk_lines

    logs.configure("ERROR")
    asyncio.run(talk_lines(settings(), _language(lang), _moment(now), as_json))


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no time such as 2026-11-25T10:00", param_hint="--now") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("Europe/Helsinki"))


def main() -> None:
    """Runs a command; what went wrong is one sentence on stderr."""
    try:
        app()
    except NeuvoError as error:
        err.print(f"[red]{type(error).__name__}[/]: {error}", highlight=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
