"""Six languages or it is not done: every sentence, response and example file exists in all of them."""

from __future__ import annotations

import re
from string import Formatter
from typing import Any

import pytest
import yaml

from bot.languages import LANGUAGES
from bot.sentences import FOLDER, section
from bot.settings import ROOT

NLU = ROOT / "nlu"
LETTERS = {"ar": r"[\u0600-\u06ff]", "ru": r"[\u0400-\u04ff]"}


def _leaves(value: Any, path: str = "") -> dict[str, str]:
    if isinstance(value, dict):
        return {k: v for key, inner in value.items() for k, v in _leaves(inner, f"{path}.{key}").items()}
    if isinstance(value, list):
        return {k: v for i, inner in enumerate(value) for k, v in _leaves(inner, f"{path}.{i}").items()}
    return {path: str(value)}


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_strings_have_the_same_keys_and_placeholders_in_every_language() -> None:
    finnish = _leaves(yaml.safe_load((FOLDER / "fi.yml").read_text()))
    for language in LANGUAGES:
        strings = _leaves(yaml.safe_load((FOLDER / f"{language}.yml").read_text()))
        assert strings.keys() == finnish.keys(), language
        assert {k: _placeholders(v) for k, v in strings.items()} == {k: _placeholders(v) for k, v in finnish.items()}, language
        assert all(text.strip() for text in strings.values()), language


@pytest.mark.parametrize("language", ["ar", "ru"])
def test_strings_are_in_the_letters_of_their_language(language: str) -> None:
    for part in ("chat", "widget", "demo"):
        for key, text in _leaves(section(language, part)).items():
            if key not in (".name", ".language_name"):
                assert re.search(LETTERS[language], text), (part, key, text)


def test_every_response_has_six_languages_side_by_side_and_the_same_buttons() -> None:
    responses = yaml.safe_load((NLU / "domain" / "responses.yml").read_text())["responses"]
    for name, variations in responses.items():
        assert [v["metadata"]["language"] for v in variations] == list(LANGUAGES), name
        payloads = {tuple(b["payload"] for b in v.get("buttons", [])) for v in variations}
        assert len(payloads) == 1, name


def test_every_topic_has_a_rule_and_examples_in_every_language() -> None:
    intents = yaml.safe_load((NLU / "domain" / "domain.yml").read_text())["intents"]
    rules = yaml.safe_load((NLU / "rules" / "topics.yml").read_text())["rules"]
    assert {rule["rule"] for rule in rules} == {*intents, "nlu_fallback"}
    for language in LANGUAGES:
        assert {path.stem for path in (NLU / language).glob("*.yml")} == set(intents), language


def test_examples_are_enough_and_different() -> None:
    import subprocess
    import sys

    check = subprocess.run([sys.executable, NLU / "tools" / "examples.py"], capture_output=True, text=True, check=False)
    assert check.returncode == 0, check.stdout


def test_unseen_utterances_are_not_among_the_examples() -> None:
    """The test set is never trained on."""
    for language in LANGUAGES:
        unseen = {line.split("\t")[1].casefold() for line in (ROOT / f"benchmarks/unseen/{language}.tsv").read_text().splitlines()}
        for path in (NLU / language).glob("*.yml"):
            trained = {line.strip()[2:].casefold() for line in path.read_text().splitlines() if line.strip().startswith("- ")}
            both = {text for text in unseen & trained if len(text.split()) > 5}  # "hello" cannot help being in both
            assert not both, (path, both)
