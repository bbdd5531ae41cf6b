from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.errors import SeedError
from bot.knowledge import seeds
from bot.languages import LANGUAGES
from bot.settings import ROOT

SENTENCE_END = re.compile(r"[.!?؟](?=\s|$)")


def _texts(institution: seeds.Seeds) -> list[tuple[str, str, str]]:
    return [
        (topic, language, text)
        for topic, answer in institution.answers.items()
        for texts in (answer.text, *answer.variants.values())
        for language, text in texts.items()
    ]


def test_every_answer_has_six_languages_sources_and_at_most_three_sentences(institution: seeds.Seeds) -> None:
    for topic, answer in institution.answers.items():
        assert all(institution.facts[fact].source and institution.facts[fact].date for fact in answer.facts), topic
        assert set(answer.text) == set(LANGUAGES), topic
    for topic, language, text in _texts(institution):
        plain = re.sub(r"\d+\.\d+|\bг\.", "0", text)
        assert 1 <= len(SENTENCE_END.findall(plain)) <= 3, (topic, language, text)


def test_no_answer_invents_a_number_or_an_address(institution: seeds.Seeds) -> None:
    for topic, language, text in _texts(institution):
        assert not re.search(r"https?:|www\.|\.fi\b|@", text), (topic, language)
        numbers = set(re.findall(r"\d{3,}", text)) - {"112", "2018", "2019", "2020", "2021", "180", "138"}
        assert not numbers, (topic, language, numbers)


def test_buttons_are_short_enough(institution: seeds.Seeds) -> None:
    assert all(len(title) <= 32 for answer in institution.answers.values() for title in answer.title.values())


def test_every_place_of_the_documents_is_known(institution: seeds.Seeds) -> None:
    closed = {place.id for place in institution.places.values() if place.status == "closed"}
    named = "petonen suolahti hankasalmi ilomantsi rantakyla tuusniemi juva kangasniemi janakkala jalasjarvi palkane lieto laihia"
    assert closed == {*named.split(), "hakaniemi", "kapyla", "hakunila"}
    assert institution.places["hakaniemi"].replaced_by == ["itakeskus"]
    assert institution.places["kapyla"].replaced_by == ["itakeskus", "malmi"]
    assert institution.places["hakunila"].replaced_by == ["tikkurila"]
    assert institution.places["kuhmo"].status == "appointment_only"
    assert institution.places["kuhmo"].weekdays == ["fri"]
    assert len(institution.municipalities) == 309


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "seeds", tmp_path / "seeds"))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("answers/call_price.yml", "  so:", "  xx:", "lacks so"),
        ("answers/phone_hours.yml", "{opens}", "{opnes}", "placeholders differ"),
        ("answers/call_price.yml", "facts: [", "facts: [no_such_fact, ", "no fact 'no_such_fact'"),
        ("places.yml", "municipality: kuhmo", "municipality: atlantis", "no municipality 'atlantis'"),
        ("facts.yml", "- id:", "- ix:", "a list of entries with 'id'"),
        ("organisation.yml", "name:", "name: [", "cannot be read"),
    ],
)
def test_what_does_not_fit_is_named(folder: Path, file: str, old: str, new: str, said: str) -> None:
    path = folder / file
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(SeedError, match=re.escape(said)):
        seeds.load(folder)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match="cannot be read"):
        seeds.load(tmp_path)


def test_the_checksum_follows_every_file(folder: Path) -> None:
    before = seeds.checksum(folder)
    (folder / "answers" / "human.yml").write_text("changed")
    assert seeds.checksum(folder) != before
