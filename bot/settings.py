"""Environment → Settings. Every setting is NEUVO_… in the environment or in a file `.env`; docs/operate.md lists them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError

ROOT = Path(__file__).parent.parent
"""The project's folder: the code runs from its checkout (nlu/ and seeds/ lie beside bot/)."""


class Settings(BaseSettings):
    """What an operator may set. Times in seconds unless the name says otherwise."""

    model_config = SettingsConfigDict(env_prefix="NEUVO_", env_file=".env", extra="ignore", frozen=True)

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    data: Path = ROOT / ".var"
    """Where the database, logs and locks lie."""
    database: str = ""
    """SQLAlchemy's URL; empty: SQLite in `data`."""
    seeds: Path = ROOT / "seeds"
    """The institution's folder."""
    language_tables: Path = ROOT / "nlu" / "models" / "languages.json.gz"
    """What `neuvo train` learned about telling languages apart."""
    rasa_url: str = "http://127.0.0.1:5005"
    actions_url: str = "http://127.0.0.1:5055"
    rasa_timeout: float = Field(10.0, gt=0)
    allowed_origins: list[str] = []
    """Pages that may open the chat socket, such as ["https://www.example.org"]; the service's own pages always may."""
    default_language: str = Field("fi", pattern="^(fi|sv|en|ar|so|ru)$")
    max_text: int = Field(2000, ge=100, le=10_000)
    """Characters in one message of a customer's."""
    rate_messages: int = Field(10, ge=1)
    rate_seconds: float = Field(10.0, gt=0)
    """A connection may send `rate_messages` messages in `rate_seconds`."""
    max_connections: int = Field(5000, ge=1)
    retention_days: int = Field(30, ge=1)
    """Conversations without a new message for so long are deleted."""
    numbers: dict[str, str] = {}
    """The institution's phone numbers: fi, sv, en, ar, so, ru, authority, crisis; such as {"fi": "+358 …"}."""
    links: dict[str, str] = {}
    """The institution's web addresses by the keys of seeds/organisation.yml, such as {"web_service": "https://…"}."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = "INFO"

    @field_validator("seeds", "data")
    @classmethod
    def _from_here(cls, path: Path) -> Path:
        """Children run in other folders: a relative path means the one it was set in."""
        return path.resolve()

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite+aiosqlite:///{self.data / 'neuvo.db'}"


@cache
def settings() -> Settings:
    """The settings of this process; raises SettingsError that names what does not fit."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(f"NEUVO_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors())
        raise SettingsError(f"These settings do not fit: {wrong}. See docs/operate.md.") from error
