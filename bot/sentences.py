"""The service's own sentences: strings/<language>.yml, whole and by key, in all six languages."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "strings"


@cache
def section(language: str, name: str) -> dict[str, Any]:
    """All sentences of one part of the service (`chat`, `widget`, `demo`) in one language."""
    with (FOLDER / f"{language}.yml").open(encoding="utf-8") as file:
        return dict(yaml.safe_load(file)[name])


def sentence(language: str, name: str, key: str, **values: str) -> str:
    """One sentence, its placeholders filled."""
    return str(section(language, name)[key]).format(**values)
