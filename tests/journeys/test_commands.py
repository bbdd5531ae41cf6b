"""`neuvo parse`, `talk`, `seed`, `doctor` as people and scripts use them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.languages import LANGUAGES
from bot.settings import ROOT

pytestmark = pytest.mark.journey
PLACES = {"fi": "Kuhmossa", "sv": "Hagnäs", "en": "Hakaniemi", "ar": "هاكانيمي", "so": "Hakaniemi", "ru": "в Хаканиеми"}
ASKED = {
    "fi": "Mitä puhelu maksaa?",
    "sv": "Vad kostar samtalet?",
    "en": "What does the call cost?",
    "ar": "كم تكلفة المكالمة؟",
    "so": "Wicitaanku waa imisa?",
    "ru": "Сколько стоит звонок?",
}


def _neuvo(*arguments: str, lines: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot.cli", *arguments]
    return subprocess.run(
        command, cwd=ROOT, input=lines, env=os.environ | environment, capture_output=True, text=True, timeout=120, check=False
    )


def test_parse_says_what_is_understood_in_every_language() -> None:
    lines = "".join(f"{ASKED[code]}\n{PLACES[code]}\n" for code in LANGUAGES)
    done = _neuvo("parse", "--json", lines=lines)
    assert done.returncode == 0, done.stderr
    parsed = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["topic"] for one in parsed[::2]] == ["call_price"] * 6
    assert [one["language"] for one in parsed[::2]] == list(LANGUAGES)
    places = [{entity["value"] for entity in one["entities"]} for one in parsed[1::2]]
    assert [next(iter(found & {"kuhmo", "hakaniemi"})) for found in places] == ["kuhmo", *["hakaniemi"] * 5]


def test_talk_answers_turn_by_turn() -> None:
    lines = "Hei, paljonko puhelu maksaa?\n\nentä Kuhmo?\nEnglish please\nMissä on Hakaniemen piste? Milloin lapsilisä maksetaan?\n"
    done = _neuvo("talk", "--lang", "fi", "--now", "2026-11-25T10:00", "--json", lines=lines)
    assert done.returncode == 0, done.stderr
    turns: list[list[dict[str, object]]] = [[]]
    for line in map(json.loads, done.stdout.splitlines()):
        if line == {"end_of_turn": True}:
            turns.append([])
        else:
            turns[-1].append(line)
    assert [len(turn) >= 1 for turn in turns] == [True] * 4 + [False]
    assert "Kuhmon" in str(turns[1][0]["text"])
    assert turns[2][-1]["language"] == "en"
    assert len(turns[3]) == 2, "two questions get both answers"


def test_wrong_options_say_what_to_do() -> None:
    assert "fi, sv, en, ar, so, ru" in _neuvo("parse", "--lang", "xx").stderr
    assert "2026-11-25T10:00" in _neuvo("talk", "--now", "tomorrow").stderr


def test_seed_and_doctor(tmp_path: Path) -> None:
    private = {"NEUVO_DATA": str(tmp_path)}
    before = _neuvo("doctor", **private)
    assert before.returncode == 1
    assert "neuvo seed" in before.stdout.replace("\n", " ")
    assert _neuvo("seed", **private).returncode == 0
    after = _neuvo("doctor", **private)
    assert after.returncode == 0, after.stdout
    assert "years ago" in after.stdout.replace("\n", " ")
    broken = _neuvo("seed", str(tmp_path), **private)
    assert broken.returncode == 1
    assert "cannot be read" in broken.stderr.replace("\n", " ")
    assert _neuvo("doctor", **private).returncode == 0
