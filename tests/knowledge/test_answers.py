from __future__ import annotations

import pytest

from bot.knowledge.answers import Knowledge, Named
from bot.knowledge.seeds import Seeds
from bot.languages import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_is_answered_without_a_hole(language: str, knowledge: Knowledge, institution: Seeds) -> None:
    for topic in institution.answers:
        said = knowledge.answer(topic, language)
        assert said.text, topic
        assert "{" not in said.text, topic
        assert "None" not in said.text, topic


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_and_municipality_is_told(language: str, knowledge: Knowledge, institution: Seeds) -> None:
    for place in institution.places:
        text = knowledge.answer("office_info", language, Named(places=(place,))).text
        assert "{" not in text, place
    for municipality in institution.municipalities:
        text = knowledge.answer("office_info", language, Named(municipalities=(municipality,))).text
        assert "{" not in text, municipality


def test_a_closed_office_names_what_replaces_it(knowledge: Knowledge) -> None:
    assert "Itäkeskus tai Malmi" in knowledge.answer("office_info", "fi", Named(places=("kapyla",))).text
    assert "Östra centrum eller Malm" in knowledge.answer("office_info", "sv", Named(places=("kapyla",))).text
    assert "Itäkeskus ama Malmi" in knowledge.answer("office_info", "so", Named(places=("kapyla",))).text


def test_figures_that_age_carry_their_date(knowledge: Knowledge) -> None:
    assert "toukokuu 2020" in knowledge.answer("waiting_time", "fi").text
    assert "Maajo 2020" in knowledge.answer("waiting_time", "so").text
    assert "joulukuu 2020" in knowledge.answer("phone_hours", "fi").text


def test_hours_without_a_place_or_a_phone_ask_which(knowledge: Knowledge) -> None:
    assert "?" in knowledge.answer("phone_hours", "en", asked="when are you open").text
    assert "?" not in knowledge.answer("phone_hours", "en", asked="when is the phone line open").text


def test_numbers_are_the_operators(institution: Seeds) -> None:
    documents = institution.documents("test")
    unset = Knowledge(documents)
    assert unset.number("ar") is None
    knowledge = Knowledge(documents, {"ar": "+358 1 23", "crisis": "+358 4 56"}, {"web_service": "https://example.org/"})
    assert "+358 1 23" in knowledge.answer("phone_number", "fi", Named(languages=("ar",))).text
    assert "+358 4 56" in knowledge.answer("crisis", "en").text
    assert "112" in knowledge.answer("crisis", "en").text
    assert all(url.startswith("https://") for _, url in knowledge.answer("online_service", "sv").links)
