"""Numbers and dates in running text, in every form that they are printed in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from psfacts.text import prose


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
    ],
)
def test_numbers_are_found_in_every_form(text: str, found: list[str]) -> None:
    assert prose.numbers(text) == {Decimal(one) for one in found}


def test_numbers_are_counted() -> None:
    assert prose.counted("two of 2, and 2.0 of three") == {Decimal(2): 3, Decimal(3): 1}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("14%", ["14"]),
        ("14 % and 15", ["14"]),
        ("11, 30 and 28 percent", ["11", "30", "28"]),
        ("10–20 per cent", ["10", "20"]),
        ("2.4 million", []),
        ("12 percentage points", []),
    ],
)
def test_percentages_are_told_from_other_numbers(text: str, found: list[str]) -> None:
    assert prose.percentages(text) == {Decimal(one) for one in found}


def dates(text: str) -> dict[str, set[int]]:
    return {unit: set(values) for unit, values in prose.Dates.of(text).by_unit().items() if values}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("on 15 June 2022", {"year": {2022}, "month": {6}, "day": {15}}),
        ("on May 4", {"month": {5}, "day": {4}}),
        ("June 9th", {"month": {6}}),
        ("In May, the ambassador may leave", {"month": {5}}),
        ("it may 5 times", {"month": {5}, "day": {5}}),
        ("they may not", {}),
        ("in Sept. 1990", {"year": {1990}}),
        ("Feb 2022", {"year": {2022}, "month": {2}}),
        ("in late April", {"month": {4}, "part of the month": {2}}),
        ("mid-June, early July", {"month": {6, 7}, "part of the month": {0, 1}}),
        ("the end of March and the beginning of May", {"month": {3, 5}, "part of the month": {0, 2}}),
        ("from 1991 to 1993", {"year": {1991, 1993}}),
        ("2,022 men, 2022% and 20220", {}),
    ],
)
def test_dates_are_found_and_may_the_verb_is_none(text: str, found: dict[str, set[int]]) -> None:
    assert dates(text) == found


def test_what_is_left_without_dates_are_the_other_numbers() -> None:
    assert prose.numbers(prose.without_dates("On 4 May 2031, in 2030 and 1998, 40 of 2,000 ships")) == {
        Decimal(40),
        Decimal(2000),
    }


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("4 May 2031", date(2031, 5, 4), date(2031, 5, 4)),
        ("February 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("early May 2031", date(2031, 5, 1), date(2031, 5, 10)),
        ("mid-June 2022", date(2022, 6, 11), date(2022, 6, 20)),
        ("late April 2022", date(2022, 4, 21), date(2022, 4, 30)),
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("1991 to 1993", date(1991, 1, 1), date(1993, 12, 31)),
    ],
)
def test_a_period_is_told_where_words_leave_no_choice(text: str, first: date, last: date) -> None:
    assert prose.period(text) == (first, last)


@pytest.mark.parametrize("text", ["late 2020", "spring 1998", "31 June 2022", "since 2021", "May", ""])
def test_a_period_is_not_told_where_words_leave_a_choice(text: str) -> None:
    assert prose.period(text) is None


def test_a_third_of_a_month_is_known_by_its_bounds() -> None:
    assert prose.part_of_month(date(2022, 2, 21), date(2022, 2, 28)) == 2
    assert prose.part_of_month(date(2022, 2, 11), date(2022, 2, 20)) == 1
    assert prose.part_of_month(date(2022, 2, 1), date(2022, 2, 28)) is None
    assert prose.part_of_month(date(2022, 2, 11), date(2022, 2, 28)) is None


def test_words_are_lower_case_and_keep_what_stands_within_them() -> None:
    assert list(prose.words("The “Workers’ Union” isn’t at 25.5%")) == [
        *("the", "workers", "union", "isn't", "at", "25.5"),
    ]
