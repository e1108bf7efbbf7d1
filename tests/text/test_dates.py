"""Dates as a user writes them, and in running text, in every form that they are printed in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psfacts.errors import UsageError
from psfacts.text.dates import Dates, period, span, without_dates
from psfacts.text.months import part_of_month
from psfacts.text.numbers import numbers


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022-05", date(2022, 5, 1), date(2022, 5, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-05-17", date(2022, 5, 17), date(2022, 5, 17)),
        ("0001", date.min, date(1, 12, 31)),
        ("9999-12", date(9999, 12, 1), date.max),
    ],
)
def test_a_date_names_its_first_and_last_day(text: str, first: date, last: date) -> None:
    assert span(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", " 2022", "22", "0000", "2022-13", "2022-00", "2022-02-30", "2022-5", "20220517", "2022-05-17T00:00", "٢٠٢٢"],
)
def test_anything_else_is_told_the_three_forms(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        span(text)
    assert caught.value.message.endswith("is not a date")
    assert caught.value.hint == "give a year, a month or a day: 2022, 2022-05 or 2022-05-17"


def test_a_long_word_is_shortened_in_the_message() -> None:
    with pytest.raises(UsageError) as caught:
        span("2" * 10_000)
    assert caught.value.message == f"'{'2' * 59}…' is not a date"


@given(st.dates())
def test_every_day_is_read_back(day: date) -> None:
    assert span(day.isoformat()) == (day, day)
    first, last = span(day.isoformat()[:7])
    assert first <= day <= last


def dates(text: str) -> dict[str, set[int]]:
    return {unit: set(values) for unit, values in Dates.of(text).by_unit().items() if values}


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
        ("in nineteen ninety-one, not in two thousand and one", {"year": {1991}}),
        ("2,022 men, 2022% and 20220", {}),
    ],
)
def test_dates_are_found_and_may_the_verb_is_none(text: str, found: dict[str, set[int]]) -> None:
    assert dates(text) == found


def test_a_year_in_words_is_no_other_number() -> None:
    assert numbers(without_dates("In nineteen ninety-one, twenty ships")) == {Decimal(20)}


def test_what_is_left_without_dates_are_the_other_numbers() -> None:
    assert numbers(without_dates("On 4 May 2031, in 2030 and 1998, 40 of 2,000 ships")) == {
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
    assert period(text) == (first, last)


@pytest.mark.parametrize("text", ["late 2020", "spring 1998", "31 June 2022", "since 2021", "May", ""])
def test_a_period_is_not_told_where_words_leave_a_choice(text: str) -> None:
    assert period(text) is None


def test_a_third_of_a_month_is_known_by_its_bounds() -> None:
    assert part_of_month(date(2022, 2, 21), date(2022, 2, 28)) == 2
    assert part_of_month(date(2022, 2, 11), date(2022, 2, 20)) == 1
    assert part_of_month(date(2022, 2, 1), date(2022, 2, 28)) is None
    assert part_of_month(date(2022, 2, 11), date(2022, 2, 28)) is None
