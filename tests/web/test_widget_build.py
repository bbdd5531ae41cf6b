"""The committed widget is what its source makes, and small."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.settings import ROOT

UI = ROOT / "bot" / "web" / "ui"
BUILT = ROOT / "bot" / "web" / "static" / "neuvo-chat.js"


def test_the_widget_is_at_most_40_kb_gzipped() -> None:
    assert len(gzip.compress(BUILT.read_bytes())) <= 40_000


def test_the_committed_widget_matches_its_source(tmp_path: Path) -> None:
    if shutil.which("npm") is None:
        message = "npm is not installed: the widget cannot be rebuilt to compare"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    copy = tmp_path / "bot" / "web" / "ui"
    shutil.copytree(UI, copy, ignore=shutil.ignore_patterns("node_modules"))
    shutil.copytree(ROOT / "bot" / "strings", tmp_path / "bot" / "strings")
    for command in (["npm", "ci", "--no-audit", "--no-fund"], ["npm", "run", "build"]):
        done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    built = tmp_path / "bot" / "web" / "static" / "neuvo-chat.js"
    assert built.read_bytes() == BUILT.read_bytes(), "run `make widget` and commit what it builds"
