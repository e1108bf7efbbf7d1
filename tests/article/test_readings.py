"""Forms of a text that say the same."""

from __future__ import annotations

import textwrap

import pytest

from psfacts.article.readings import READINGS, Reading, Window, differences, readings

TEXT = 'One\u00a0two  \nthree - four\u00ad five-\nsix\n\n"seven" isn\'t «eight»\r“nine”'


def test_the_first_reading_is_the_text_as_it_stands() -> None:
    assert next(readings(TEXT)).text == TEXT


def test_readings_level_blanks_lines_and_quotation_marks() -> None:
    read = {reading.text for reading in readings(TEXT)}
    assert 'One two\nthree - four five-\nsix\n\n"seven" isn\'t "eight"\n"nine"' in read
    assert "One two three - four five-six\n\n“seven” isn’t “eight” “nine”" in read


@pytest.mark.parametrize("reading", [*readings(TEXT)], ids=range(9))
def test_every_place_of_a_reading_leads_back_to_the_copy(reading: Reading) -> None:
    places = [reading.to_copy(place) for place in range(len(reading.text) + 1)]
    assert places == sorted(places)
    assert places[-1] <= len(TEXT)
    for place, letter in enumerate(reading.text):
        if letter.isalpha():
            assert TEXT[places[place]] == letter
            assert reading.from_copy(places[place]) == place


@pytest.mark.parametrize(
    ("printed", "original", "told"),
    [
        ("as it is", "as it is", "exact"),
        ("it’s", "it's", "quotation marks"),
        ("a\u00a0b", "a b", "blanks"),
        ("a\nb", "a b", "line breaks"),
        ("five-\nday", "five-day", "line breaks"),
        ("five\u2011day", "five-day", "hyphens"),
        ("“a”\nb-c", '"a" b‐c', "hyphens, line breaks, quotation marks"),
        ("so\u00adme", "some", "blanks"),
    ],
)
def test_what_differs_is_said(printed: str, original: str, told: str) -> None:
    assert differences(printed, original) == told
    assert differences(original, printed) == told


PARAGRAPH = "The strait-side towns of the coast live on grain, and all three of them buy it from one seller abroad."


@pytest.mark.parametrize("width", [20, 40, 72, 99])
def test_a_paragraph_is_thought_of_in_lines_of_any_width(width: int) -> None:
    wanted = textwrap.fill(PARAGRAPH, width)
    window = Window(PARAGRAPH, 0, len(PARAGRAPH))
    assert any(reading.text == wanted for reading in window.variants(READINGS[:1]))


@pytest.mark.parametrize(
    "wanted",
    [
        'He said "no" - it\'s late.',
        "He said “no” – it’s late.",
        "He said «no» — it’s late.",
        "He said\u00a0“no” - it’s late.",
        "He said “no” - it’s\nlate.",
        "He  said “no”  - it’s late.",
    ],
)
def test_a_sentence_is_thought_of_in_other_marks_and_blanks(wanted: str) -> None:
    printed = "He said “no” - it’s late."
    window = Window(printed, 0, len(printed))
    assert any(reading.text == wanted for reading in window.variants(READINGS[:1]))


def test_no_letter_is_ever_changed() -> None:
    printed = 'Nine "ships" - in 2-3 lines.'
    letters = "".join(filter(str.isalnum, printed))
    window = Window(printed, 0, len(printed))
    for reading in window.variants(READINGS[:1]):
        assert "".join(filter(str.isalnum, reading.text)) == letters
