"""Dates as a user writes them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psfacts.errors import UsageError
from psfacts.text.dates import first_day, last_day


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
    assert (first_day(text), last_day(text)) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", " 2022", "22", "0000", "2022-13", "2022-00", "2022-02-30", "2022-5", "20220517", "2022-05-17T00:00", "٢٠٢٢"],
)
def test_anything_else_is_told_the_three_forms(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        first_day(text)
    assert caught.value.message.endswith("is not a date")
    assert caught.value.hint == "give a year, a month or a day: 2022, 2022-05 or 2022-05-17"


def test_a_long_word_is_shortened_in_the_message() -> None:
    with pytest.raises(UsageError) as caught:
        last_day("2" * 10_000)
    assert caught.value.message == f"'{'2' * 59}…' is not a date"


@given(st.dates())
def test_every_day_is_read_back(day: date) -> None:
    assert first_day(day.isoformat()) == last_day(day.isoformat()) == day
    assert first_day(day.isoformat()[:7]) <= day <= last_day(day.isoformat()[:7])
