"""What runs together: Rasa, the action server, the web process; and what must be there before they start."""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from bot import language_tables
from bot.assistant import Assistant
from bot.errors import NotReadyError
from bot.knowledge import seeds
from bot.languages import LANGUAGES
from bot.settings import ROOT, Settings
from bot.store.engine import Database
from bot.store.knowledge import KnowledgeStore
from bot.supervisor import Child, free_port, listens, must_be_free

NLU = ROOT / "nlu"
MODEL = NLU / "models" / "neuvo.tar.gz"
TRAINING = MODEL.with_name("training.lock")
LANGUAGE_TABLES = MODEL.with_name("languages.json.gz")
STAMP = NLU / "models" / "neuvo.sum"
TRAINED_FROM = ("config.yml", "domain/*.yml", "rules/*.yml", "components/*.py", "??/*.yml", "uv.lock")
NAMES = ("places.yml", "municipalities.yml", "benefits.yml", "languages.yml")
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SANIC_HOST": "127.0.0.1",
    "PYTHONUNBUFFERED": "1",
    "PYTHONWARNINGS": "ignore",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "CUDA_VISIBLE_DEVICES": "-1",
    "OMP_NUM_THREADS": "1",
}


def rasa_python() -> Path:
    """The Python of Rasa's own environment; NotReadyError when it was not installed."""
    python = NLU / ".venv" / "bin" / "python"
    if not python.exists():
        raise NotReadyError("Rasa's environment is missing: run `make setup`.")
    return python


def model_checksum(seeds_folder: Path) -> str:
    """A digest of everything the model is trained from."""
    digest = hashlib.sha256()
    files = [path for pattern in TRAINED_FROM for path in sorted(NLU.glob(pattern))]
    for path in [*files, *(seeds_folder / name for name in NAMES)]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def model_is_current(seeds_folder: Path) -> bool:
    """Whether the trained model was made from the files as they are."""
    return MODEL.exists() and LANGUAGE_TABLES.exists() and STAMP.exists() and STAMP.read_text().strip() == model_checksum(seeds_folder)


async def train(settings: Settings) -> None:
    """Trains the one model of all six languages, one process at a time. Raises NotReadyError that names the log."""
    MODEL.parent.mkdir(exist_ok=True)
    with TRAINING.open("w") as lock:
        await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)
        if not model_is_current(settings.seeds):
            await _train(settings, MODEL.with_name("train.log"))


async def _train(settings: Settings, log: Path) -> None:
    STAMP.unlink(missing_ok=True)
    wanted = model_checksum(settings.seeds)
    command = [str(rasa_python()), *"-m rasa train --force --skip-validation --domain domain --out models".split()]
    with log.open("wb") as out, TemporaryDirectory(prefix="neuvo-train-") as folder:
        _write_together(Path(folder) / "nlu.yml")
        command += ["--fixed-model-name", "neuvo", "--data", "rules", folder]
        environment = os.environ | QUIET | {"NEUVO_SEEDS": str(settings.seeds)}
        process = await asyncio.create_subprocess_exec(*command, cwd=NLU, env=environment, stdout=out, stderr=out)
        try:
            code = await process.wait()
        except asyncio.CancelledError:
            process.terminate()
            await process.wait()
            raise
    if code or not MODEL.exists():
        raise NotReadyError(f"Training failed: see {log}.")
    language_tables.save(language_tables.learn(language_tables.examples(NLU)), LANGUAGE_TABLES)
    STAMP.write_text(wanted + "\n")


def _write_together(path: Path) -> None:
    """All examples in one file: Rasa hashes everything it has read once more for each further file (312 of them cost half a minute)."""
    with path.open("w", encoding="utf-8") as out:
        out.write('version: "3.1"\nnlu:\n')
        for language in LANGUAGES:
            for source in sorted((NLU / language).glob("*.yml")):
                lines = "".join(f"      - {text}\n" for text in language_tables.examples_of(source))
                out.write(f"  - intent: {source.stem}\n    examples: |\n{lines}")


async def prepare(settings: Settings, progress: Callable[[str], None] = lambda _step: None) -> None:
    """Database, seeds and model as the files say; nothing is done twice."""
    database = Database(settings.database_url)
    try:
        progress("database")
        await database.migrate()
        store = KnowledgeStore(database)
        checksum = seeds.checksum(settings.seeds)
        if await store.version() != checksum:
            progress("seeds")
            await store.replace(seeds.load(settings.seeds).documents(checksum))
    finally:
        await database.close()
    if not model_is_current(settings.seeds):
        progress("training")
        await train(settings)


def private(settings: Settings, folder: Path) -> Settings:
    """The same settings with a database and ports of their own."""
    return settings.model_copy(
        update={
            "data": folder,
            "database": "",
            "port": free_port(),
            "rasa_url": f"http://127.0.0.1:{free_port()}",
            "actions_url": f"http://127.0.0.1:{free_port()}",
        }
    )


def environment(settings: Settings) -> dict[str, str]:
    """What children must know of the settings."""
    return QUIET | {
        "NEUVO_DATA": str(settings.data),
        "NEUVO_DATABASE": settings.database_url,
        "NEUVO_SEEDS": str(settings.seeds),
        "NEUVO_RASA_URL": settings.rasa_url,
        "NEUVO_ACTIONS_URL": settings.actions_url,
        "NEUVO_HOST": settings.host,
        "NEUVO_PORT": str(settings.port),
    }


def rasa(settings: Settings) -> Child:
    """The Rasa server on loopback."""
    port = urlsplit(settings.rasa_url).port or 5005
    must_be_free("127.0.0.1", port, "Rasa")
    probe = Assistant(settings.rasa_url, 2.0)
    command = [str(rasa_python()), "-m", "rasa", "run", "--enable-api", "-i", "127.0.0.1", "-p", str(port)]
    command += ["--model", str(MODEL), "--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
    command += ["--logging-config-file", "logging.yml"]
    return Child("Rasa", command, NLU, settings.data / "log" / "rasa.log", probe.ready, environment(settings))


def actions(settings: Settings) -> Child:
    """The action server on loopback."""
    port = urlsplit(settings.actions_url).port or 5055
    must_be_free("127.0.0.1", port, "the action server")
    command = [sys.executable, "-m", "actions", str(port)]
    log = settings.data / "log" / "actions.log"
    return Child("action server", command, ROOT, log, lambda: listens(port), environment(settings))


def web(settings: Settings) -> Child:
    """The process that faces the network."""
    must_be_free(settings.host, settings.port, "the web page")
    reach = "127.0.0.1" if settings.host == "0.0.0.0" else settings.host
    command = [sys.executable, "-m", "bot.cli", "serve"]
    log = settings.data / "log" / "web.log"
    return Child(
        "web",
        command,
        ROOT,
        log,
        lambda: listens(settings.port, reach),
        environment(settings),
    )
