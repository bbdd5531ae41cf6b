from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import languages
from bot.languages import LANGUAGES, Tables, carried, detect, most_likely, prior

SENTENCES = {
    "fi": "Haluaisin tietää, mistä saan kaavakkeen äidille",
    "sv": "Jag undrar var man får blanketten till mamma",
    "en": "I wonder where my mother gets the form",
    "ar": "أتساءل من أين تحصل أمي على الاستمارة",
    "so": "Waxaan rabaa inaan ogaado meesha hooyaday foomka ka hesho",
    "ru": "Хочу узнать, где маме взять бланк",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_decides_without_any_prior(language: str, tables: Tables) -> None:
    assert most_likely(detect(SENTENCES[language], prior(), tables)) == language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("before", LANGUAGES)
def test_a_sentence_turns_a_conversation_over(language: str, before: str, tables: Tables) -> None:
    beliefs = detect(SENTENCES[before], prior(before), tables)
    assert most_likely(detect(SENTENCES[language], carried(beliefs), tables)) == language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("loan", ["Kela", "asumistuki?", "Kuhmo", "toimeentulotuki", "OK", "112", "…", "Itäkeskus", "👍"])
def test_a_loan_word_does_not(language: str, loan: str, tables: Tables, knowledge) -> None:
    beliefs = detect(SENTENCES[language], prior(language), tables)
    assert most_likely(detect(loan, carried(beliefs), tables, knowledge.name_words())) == language


def test_a_foreign_word_inside_arabic_is_still_arabic(tables: Tables) -> None:
    assert most_likely(detect("أريد asumistuki من Kela", prior("fi"), tables)) == "ar"


@given(st.text(max_size=200))
def test_any_text_has_beliefs_that_sum_to_one(text: str) -> None:
    beliefs = detect(text, prior("so"), {"a": (0.0, -1.0, -1.0, -1.0)})
    assert set(beliefs) == set(LANGUAGES)
    assert abs(sum(beliefs.values()) - 1) < 1e-6


def test_no_letters_change_nothing(tables: Tables) -> None:
    before = prior("sv")
    assert detect("123 !?", before, tables) == before


def test_only_arabic_runs_from_right_to_left() -> None:
    assert [code for code in LANGUAGES if languages.direction(code) == "rtl"] == ["ar"]
