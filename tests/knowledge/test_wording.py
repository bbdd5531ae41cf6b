from __future__ import annotations

from bot.knowledge.wording import LRI, PDI, any_of, clock, isolated, month, weekdays


def test_months_and_days_are_names_alone() -> None:
    assert [month("2018-09", code) for code in ("fi", "sv", "en", "so")] == [
        "syyskuu 2018",
        "september 2018",
        "September 2018",
        "Sebtembar 2018",
    ]
    assert month("2018", "ru") == "2018"
    assert weekdays(["fri"], "fi") == "perjantai"
    assert any_of(["A", "B", "C"], "en") == "A, B, or C"


def test_clock_times_are_short() -> None:
    assert clock("09:00") == "9"
    assert clock("16:30") == "16.30"


def test_digits_and_latin_words_are_isolated_in_arabic_once() -> None:
    text = isolated("من 9–16 في Kela +358 20 692", "ar")
    assert f"{LRI}9–16{PDI}" in text
    assert f"{LRI}Kela +358 20 692{PDI}" in text
    assert isolated(text, "ar") == text
    assert isolated("9–16", "fi") == "9–16"
