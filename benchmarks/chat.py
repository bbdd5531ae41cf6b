"""How fast the chat answers, over the real socket; and stock Rasa on the same machine in the same run.

    uv run python benchmarks/chat.py [--seconds 30] [--levels 1 10 50 200] [--stock-examples 5] [--no-stock]

Neuvo: `rasa`, action server and web process as `neuvo run` starts them, on a private database. At each level so many customers write every
5 s (unseen utterances, all six languages); then a closed loop, where 16 customers write as soon as they are answered. Time is from sending
a message to its first answer. Stock Rasa: the pipeline and policies that `rasa init` writes (DIET, TED), trained on STOCK-EXAMPLES a
topic and language (all of them would take hours), asked over its REST channel by a closed loop of 16 and by 10 messages a second.
Everything stays on loopback, bounded in time.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psutil
import yaml
from bot import logs, stack
from bot.assistant import Assistant
from bot.languages import LANGUAGES
from bot.settings import settings
from bot.supervisor import Child, Supervisor, free_port
from websockets.asyncio.client import ClientConnection, connect

WRITES_EVERY = 5.0
CLOSED = 16
SEED = 2026
UNSEEN = Path(__file__).parent / "unseen"


def texts() -> dict[str, list[str]]:
    return {code: [line.split("\t")[1] for line in (UNSEEN / f"{code}.tsv").read_text(encoding="utf-8").splitlines()] for code in LANGUAGES}


def summary(times: list[float], seconds: float) -> str:
    cuts = statistics.quantiles(times, n=100)
    p50, p95, p99 = (1000 * cuts[p - 1] for p in (50, 95, 99))
    return f"{len(times):6} answers  {len(times) / seconds:6.1f}/s   p50 {p50:6.0f} ms   p95 {p95:6.0f} ms   p99 {p99:6.0f} ms"


class Customer:
    """One conversation over the socket."""

    def __init__(self, socket: ClientConnection, said: list[str], dice: random.Random) -> None:
        self._socket, self._said, self._dice = socket, said, dice

    async def hello(self, language: str) -> None:
        hello = {"type": "hello", "protocol": 1, "token": None, "page_language": language, "language": None, "after": 0}
        await self._socket.send(json.dumps(hello))
        await self._frame(lambda frame: frame["type"] == "message")

    async def turn(self) -> float:
        message_id = str(uuid.uuid4())
        started = time.perf_counter()
        await self._socket.send(json.dumps({"type": "message", "id": message_id, "text": self._dice.choice(self._said)}))
        await self._frame(lambda frame: frame.get("in_reply_to") == message_id)
        return time.perf_counter() - started

    async def _frame(self, wanted: Callable[[dict[str, object]], bool]) -> None:
        while not wanted(json.loads(await self._socket.recv())):
            pass


async def chats(url: str, customers: int, seconds: float, every: float) -> list[float]:
    """Customers that write every so many seconds (0: as soon as they are answered); the times to the answers."""
    said, dice, times = texts(), random.Random(SEED), []

    async def one(number: int) -> None:
        language = LANGUAGES[number % len(LANGUAGES)]
        own = random.Random(SEED + number)
        async with connect(url) as socket:
            customer = Customer(socket, said[language], own)
            await customer.hello(language)
            await asyncio.sleep(dice.random() * every)
            while time.perf_counter() < end:
                next_turn = time.perf_counter() + every
                times.append(await customer.turn())
                await asyncio.sleep(max(0.0, next_turn - time.perf_counter()))

    end = time.perf_counter() + seconds + 1.0
    await asyncio.gather(*(one(number) for number in range(customers)))
    return times


def memory(children: list[Child]) -> str:
    """MB of every child with its own children."""
    sizes = []
    for child in children:
        assert child.process is not None
        process = psutil.Process(child.process.pid)
        total = sum(p.memory_info().rss for p in (process, *process.children(recursive=True)))
        sizes.append(f"{child.name} {total / 1e6:.0f} MB")
    return ", ".join(sizes)


async def neuvo(levels: list[int], seconds: float) -> float:
    """Prints Neuvo's figures; the turns a second of the closed loop."""
    os.environ["NEUVO_RATE_MESSAGES"] = "1000000"
    with tempfile.TemporaryDirectory(prefix="neuvo-bench-") as folder:
        own = stack.private(settings(), Path(folder))
        await stack.prepare(own)
        started = time.perf_counter()
        children = [stack.rasa(own), stack.actions(own), stack.web(own)]
        async with Supervisor(children) as supervisor:
            await supervisor.until_ready()
            url = f"ws://127.0.0.1:{own.port}/chat"
            await chats(url, 1, 0.0, 0.1)
            print(f"neuvo: warm start to first answer {time.perf_counter() - started:.1f} s")
            for level in levels:
                times = await chats(url, level, seconds, WRITES_EVERY)
                print(f"neuvo  {level:4} conversations     {summary(times, seconds)}")
            times = await chats(url, CLOSED, seconds, 0.0)
            print(f"neuvo  closed loop of {CLOSED:3}     {summary(times, seconds)}")
            print(f"neuvo: {memory(children)}")
            return len(times) / seconds


STOCK_CONFIG = {
    "recipe": "default.v1",
    "assistant_id": "stock",
    "language": "en",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": 5, "constrain_similarities": True},
        {"name": "EntitySynonymMapper"},
        {"name": "ResponseSelector", "epochs": 5, "constrain_similarities": True},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ],
    "policies": [
        {"name": "MemoizationPolicy"},
        {"name": "RulePolicy"},
        {"name": "UnexpecTEDIntentPolicy", "max_history": 5, "epochs": 5},
        {"name": "TEDPolicy", "max_history": 5, "epochs": 5, "constrain_similarities": True},
    ],
}
"""What `rasa init` writes, with 5 epochs: they decide how well it learns, not how fast it answers."""


def write_stock(folder: Path, examples: int) -> None:
    """A project with our topics: a few examples each, a story each."""
    dice = random.Random(SEED)
    topics = yaml.safe_load((stack.NLU / "domain" / "domain.yml").read_text())["intents"]
    nlu = []
    for topic in topics:
        lines: list[str] = []
        for language in LANGUAGES:
            text = (stack.NLU / language / f"{topic}.yml").read_text(encoding="utf-8")
            lines += dice.sample([line.strip() for line in text.splitlines() if line.startswith("    ") and "- " in line][1:], examples)
        nlu.append({"intent": topic, "examples": "\n".join(lines) + "\n"})
    responses = {f"utter_{topic}": [{"text": topic}] for topic in topics}
    stories = [{"story": t, "steps": [{"intent": t}, {"action": f"utter_{t}"}]} for t in topics]
    files = {
        "config.yml": STOCK_CONFIG,
        "domain.yml": {"version": "3.1", "intents": topics, "responses": responses},
        "data/nlu.yml": {"version": "3.1", "nlu": nlu},
        "data/stories.yml": {"version": "3.1", "stories": stories},
        "credentials.yml": {"rest": None},
        "endpoints.yml": {},
    }
    (folder / "data").mkdir()
    for name, body in files.items():
        (folder / name).write_text(yaml.safe_dump(body, allow_unicode=True, sort_keys=False), encoding="utf-8")


async def stock(examples: int, seconds: float) -> float:
    """Prints stock Rasa's figures; its turns a second in the closed loop."""
    with tempfile.TemporaryDirectory(prefix="neuvo-stock-") as name:
        folder = Path(name)
        write_stock(folder, examples)
        environment = os.environ | stack.QUIET
        environment.pop("OMP_NUM_THREADS", None)
        started = time.perf_counter()
        train = [str(stack.rasa_python()), "-m", "rasa", "train", "--skip-validation"]
        with (folder / "train.log").open("wb") as out:
            process = await asyncio.create_subprocess_exec(*train, cwd=folder, env=environment, stdout=out, stderr=out)
            if await process.wait():
                raise SystemExit((folder / "train.log").read_text()[-2000:])
        print(f"stock: {examples} examples a topic and language trained in {time.perf_counter() - started:.0f} s")
        url = f"http://127.0.0.1:{free_port()}"
        command = [str(stack.rasa_python()), "-m", "rasa", "run", "--enable-api", "-i", "127.0.0.1", "-p", str(urlsplit(url).port)]
        child = Child("stock Rasa", command, folder, folder / "rasa.log", Assistant(url, 5).ready, stack.QUIET)
        async with Supervisor([child]) as supervisor:
            await supervisor.until_ready()
            async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as http:
                await rest(http, 1, 3.0, 0.0)
                times = await rest(http, 50, seconds, WRITES_EVERY)
                print(f"stock    50 conversations     {summary(times, seconds)}")
                times = await rest(http, CLOSED, seconds, 0.0)
            print(f"stock  closed loop of {CLOSED:3}     {summary(times, seconds)}")
            print(f"stock: {memory([child])}")
            return len(times) / seconds


async def rest(http: httpx.AsyncClient, customers: int, seconds: float, every: float) -> list[float]:
    said, dice, times = texts(), random.Random(SEED), []

    async def one(number: int) -> None:
        own, sender = random.Random(SEED + number), str(uuid.uuid4())
        await asyncio.sleep(dice.random() * every)
        while time.perf_counter() < end:
            started = time.perf_counter()
            text = own.choice(said[LANGUAGES[number % len(LANGUAGES)]])
            (await http.post("/webhooks/rest/webhook", json={"sender": sender, "message": text})).raise_for_status()
            times.append(time.perf_counter() - started)
            await asyncio.sleep(max(0.0, started + every - time.perf_counter()))

    end = time.perf_counter() + seconds
    await asyncio.gather(*(one(number) for number in range(customers)))
    return times


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--levels", type=int, nargs="+", default=[1, 10, 50, 200])
    parser.add_argument("--stock-examples", type=int, default=5)
    parser.add_argument("--no-stock", action="store_true")
    arguments = parser.parse_args()
    logs.configure("ERROR")
    ours = await neuvo(arguments.levels, arguments.seconds)
    if not arguments.no_stock:
        theirs = await stock(arguments.stock_examples, arguments.seconds)
        print(f"neuvo answers {ours / theirs:.1f} times as many turns a second as stock Rasa")


if __name__ == "__main__":
    asyncio.run(main())
