"""Numbers in running text, in every form that they are printed in."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psfacts.text.numbers import counted, numbers, percentages, plain


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4.5 million people", ["4500000"]),
        ("4.5 million, 2.4 million and 900,000 people", ["4500000", "2400000", "900000"]),
        ("rose by 14%, not 14.0 %", ["14"]),
        ("11%, 30% and 28%", ["11", "30", "28"]),
        ("the “Five-Day War”", ["5"]),
        ("his 350th birthday", ["350"]),
        ("the 1st, 2nd and 3rd", ["1", "2", "3"]),
        ("between 21 and 30", ["21", "30"]),
        ("21–30 or 5-7", ["21", "30", "5", "7"]),
        ("0.5 and 25.50", ["0.5", "25.5"]),
        ("1,234,567.8", ["1234567.8"]),
        ("two hundred thousand, 3 hundred million", ["200000", "300000000"]),
        ("thirty years, twenty-five of them, thirty-two thousand days", ["30", "25", "32000"]),
        ("the second front, twice, a dozen times", ["2", "12"]),
        ("one of them", []),
        ("G20, COVID-19 and B52", ["19"]),
        ("no numbers at all", []),
        ("3 billions", ["3000000000"]),
        ("one hundred and five", ["105"]),
        ("sixty thousand two hundred ships", ["60200"]),
        ("three and a half million", ["3500000"]),
        ("3½ million, 3 and a half billion", ["3500000", "3500000000"]),
        ("nineteen ninety-one, twenty twenty-two, nineteen oh five", ["1991", "2022", "1905"]),
        ("nineteen hundred and five, twenty-five hundred", ["1905", "2500"]),
        ("one million, two hundred thousand and six", ["1200006"]),
        ("between one hundred and two hundred, one thousand and two thousand", ["100", "200", "1000", "2000"]),
        ("one hundred and five thousand", ["105000"]),
        ("a hundred, a thousand and one nights", ["100", "1001"]),
        ("half a million, a quarter of a million, three quarters of a million", ["500000", "250000", "750000"]),
        ("a million and a half", ["1500000"]),
        ("two dozen, half a dozen, a dozen and a half, 3 dozen", ["24", "6", "18", "36"]),
        ("dozens and scores of them, a few dozen, hundreds, thousands", []),
        ("four score and seven, threescore and ten, a score of ships", ["87", "70", "20"]),
        ("a score draw, scores", []),
        ("the twenty-first, the hundredth, the one hundred and fifth", ["21", "100", "105"]),
        ("two\u2011hundred, twenty-\nfive", ["200", "25"]),
        ("thirty - five", ["30", "5"]),
        ("1.2.3, 11,30", ["1.2", "3", "11", "30"]),
        ("Two Hundred And Five Thousand", ["205000"]),
    ],
)
def test_numbers_are_found_in_every_form(text: str, found: list[str]) -> None:
    assert numbers(text) == set(map(Decimal, found))


def test_numbers_are_counted() -> None:
    assert counted("two of 2, and 2.0 of three") == {Decimal(2): 3, Decimal(3): 1}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("14%", ["14"]),
        ("14 % and 15", ["14"]),
        ("11, 30 and 28 percent", ["11", "30", "28"]),
        ("10–20 per cent", ["10", "20"]),
        ("2.4 million", []),
        ("12 percentage points", []),
        ("ten percent, fifteen to twenty Per Cent", ["10", "15", "20"]),
        ("5 ships and 7%", ["7"]),
    ],
)
def test_percentages_are_told_from_other_numbers(text: str, found: list[str]) -> None:
    assert percentages(text) == set(map(Decimal, found))


BELOW_TWENTY = (
    *("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def spelled(number: int, joint: str = " and ", comma: str = " ") -> str:
    """Spell ``number`` out as people do: with ``and`` or without, with commas after thousands or without."""
    for scale, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand")):
        if number >= scale:
            head, rest = divmod(number, scale)
            between = joint if rest and rest < 100 else comma
            return f"{spelled(head, joint)} {name}" + (between + spelled(rest, joint, comma) if rest else "")
    if number >= 100:
        head, rest = divmod(number, 100)
        return f"{BELOW_TWENTY[head]} hundred" + (joint + spelled(rest) if rest else "")
    if number >= 20:
        return TENS[number // 10] + ("-" + BELOW_TWENTY[number % 10] if number % 10 else "")
    return BELOW_TWENTY[number]


@given(st.integers(2, 10**15 - 1), st.sampled_from([" and ", " "]), st.sampled_from([" ", ", "]))
def test_a_number_spelled_out_is_read_back(number: int, joint: str, comma: str) -> None:
    words = spelled(number, joint, comma)
    assert numbers(f"There were {words} ships.") == {Decimal(number)}, words
    assert numbers(f"{words.capitalize()} ships came, {number:,} in all.") == {Decimal(number)}, words


@given(st.integers(10, 20), st.integers(10, 99))
def test_a_year_in_two_halves_is_read_back(century: int, rest: int) -> None:
    assert numbers(f"in {spelled(century)} {spelled(rest)}") == {Decimal(100 * century + rest)}


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=5))
def test_numbers_in_a_list_stay_apart(listed: list[int]) -> None:
    assert counted(", ".join(map(str, listed))) == counted(" ships, ".join(map(str, listed)))
    assert numbers("; ".join(map(str, listed))) == set(map(Decimal, listed))


def test_a_number_is_written_in_full() -> None:
    assert [plain(number) for number in counted("4.50 million, 25.5, 1e5, 10")] == ["4,500,000", "25.5", "10"]


@pytest.mark.parametrize("size", [2_000, pytest.param(10_000, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "text",
    ["1, 2, 1, 2, ", "1,111,1,111,", "1111111111", "one hundred and ", "a half a half "],
    ids=["a list", "groups", "digits", "words", "halves"],
)
def test_time_grows_with_the_text(text: str, size: int) -> None:
    started = time.process_time()
    counted(text * size + "x")
    percentages(text * size + "x")
    assert time.process_time() - started < size / 2_000


def test_a_number_of_very_many_words_takes_no_longer_for_each() -> None:
    started = time.process_time()
    assert [number.adjusted() for number in counted("two " + "million " * 20_000)] == [120_000]
    assert time.process_time() - started < 2
