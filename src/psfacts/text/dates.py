"""Dates in user input and in English text. Names of months do not depend on the locale."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from psfacts.errors import UsageError
from psfacts.text import numbers
from psfacts.text.months import MONTHS, PARTS, last_of_month, part_of, third
from psfacts.text.phrases import listed, quoted

MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS, 1)} | {
    name[:3].lower(): number for number, name in enumerate(MONTHS, 1)
}
"""The number of each month, from 1, by its name and its short name in small letters."""

_FORM = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
_NAMES = "|".join(MONTH_NUMBERS)
_MONTH = re.compile(rf"\b(?:{_NAMES})\b", re.IGNORECASE)
_MAY_THE_VERB = re.compile(r"\bmay\b(?!\s+\d)")
_YEAR = re.compile(r"(?<![\w,.])(?:1[0-9]|20)\d{2}(?![\w%]|,\d|\.\d)")
_DAY = re.compile(rf"\b(?:{_NAMES})\s+(?P<after>\d{{1,2}})\b|\b(?P<before>\d{{1,2}})\s+(?:{_NAMES})\b", re.IGNORECASE)
_PART = re.compile(
    r"\b(?:(?P<early>early|(?:beginning|start) of)|(?P<mid>mid|middle of)|(?P<late>late|end of))"
    rf"[\s-]+(?:{_NAMES})\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\s+|(?P<part>{'|'.join(PARTS)})[\s-]+)?(?P<month>{_NAMES})\s+(?P<year>\d{{4}})"
    r"|(?P<first>\d{4})(?:\s+to\s+(?P<last>\d{4}))?",
    re.IGNORECASE,
)


def span(text: str) -> tuple[date, date]:
    """Return the first and the last day of the year, month or day that ``text`` names: all of May for ``2022-05``.

    Raises UsageError if ``text`` is not a calendar date of ISO 8601.
    """
    try:
        if not _FORM.fullmatch(text):
            raise ValueError(text)
        first = date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        raise UsageError(
            f"{quoted(text)} is not a date", "give a year, a month or a day: 2022, 2022-05 or 2022-05-17"
        ) from None
    if len(text) == len("2022"):
        return first, first.replace(month=12, day=31)
    return first, last_of_month(first) if len(text) == len("2022-05") else first


def is_date(text: str) -> bool:
    """Return whether ``text`` names a year, a month or a day."""
    with suppress(UsageError):
        return bool(span(text))
    return False


def period(text: str) -> tuple[date, date] | None:
    """Return the first and the last day of the period that ``text`` names unambiguously.

    That is a day (``4 May 2031``), a month, a third of one (``mid-June 2022``), a year, or years (``1991 to 1993``).
    """
    match = _PERIOD.fullmatch(text.strip())
    with suppress(ValueError):  # there is no such day
        if match and match["first"]:
            return date(int(match["first"]), 1, 1), date(int(match["last"] or match["first"]), 12, 31)
        if match:
            month = date(int(match["year"]), MONTH_NUMBERS[match["month"].lower()], 1)
            day = month.replace(day=int(match["day"] or 1))
            whole = third(month, PARTS.index(match["part"].lower())) if match["part"] else (month, last_of_month(month))
            return (day, day) if match["day"] else whole
    return None


class Dates(NamedTuple):
    """Years, months (1 is January), thirds of a month (indexes in PARTS) and days named in a text."""

    years: frozenset[int]
    months: frozenset[int]
    parts: frozenset[int]
    days: frozenset[int]

    @classmethod
    def of(cls, text: str) -> Dates:
        """Find the dates in ``text``; ``may`` counts as a month only if it is not a verb."""
        spelled = (int(number.value) for number in numbers.find(text) if number.is_year)
        text = _MAY_THE_VERB.sub(" ", text)
        return cls(
            years=frozenset([*spelled, *(int(match[0]) for match in _YEAR.finditer(text))]),
            months=frozenset(MONTH_NUMBERS[match[0].lower()] for match in _MONTH.finditer(text)),
            parts=frozenset(PARTS.index(str(match.lastgroup)) for match in _PART.finditer(text)),
            days=frozenset(int(match["after"] or match["before"]) for match in _DAY.finditer(text)),
        )

    @classmethod
    def of_days(cls, *days: date) -> Dates:
        """Return the years, months, thirds and days of ``days``."""
        parts = (attrgetter("year"), attrgetter("month"), part_of, attrgetter("day"))
        return cls(*(frozenset(map(part, days)) for part in parts))

    def by_unit(self) -> dict[str, frozenset[int]]:
        """Return the values by name of unit."""
        return dict(zip(("year", "month", "part of the month", "day"), self, strict=True))


def unit_words(unit: str, *values: int) -> str:
    """Return values of a unit of :meth:`Dates.by_unit` in words: ``March and May``."""
    names = {"part of the month": PARTS, "month": ("", *MONTHS)}.get(unit)
    return listed([names[value] if names else str(value) for value in sorted(values)])


def without_dates(text: str) -> str:
    """Return ``text`` without its years and days of the month, so that only other numbers are left."""
    for number in reversed([*numbers.find(text)]):
        if number.is_year:
            text = f"{text[: number.start]} {text[number.end :]}"
    return _YEAR.sub(" ", _DAY.sub(" ", text))
