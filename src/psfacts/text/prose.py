"""What running English text mentions: numbers, and days, months and years."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name, monthrange
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import prod

_SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_TENS = ["ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
_WORDS = (
    {word: number for number, word in enumerate(_UNITS) if word != "one"}
    | {word: 10 * number for number, word in enumerate(_TENS, 1)}
    | {word: number for number, word in enumerate(_ORDINALS)}
    | {"dozen": 12, "twice": 2}
)
"""Number words; ``one`` is left out, since it mostly counts nothing."""

_ONE_SCALE = "|".join(_SCALES)
_SCALE = rf"(?:{_ONE_SCALE})(?:\s+(?:{_ONE_SCALE}))?"
_TENS_WORDS = "|".join(_TENS[1:])
_ONES_WORDS = "|".join(_UNITS[1:10])
_NUMBER = re.compile(
    rf"\b(?P<tens>{_TENS_WORDS})-(?P<ones>{_ONES_WORDS})\b(?:[\s-]+(?P<tens_scale>{_SCALE})s?\b)?|"
    r"(?<![\w.])(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?(?:st|nd|rd|th)?"
    rf"(?:[\s-]+(?P<scale>{_SCALE})s?)?(?!\w)"
    rf"|\b(?P<word>{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b(?:[\s-]+(?P<word_scale>{_SCALE})s?\b)?",
    re.IGNORECASE,
)

_MONTHS = {name.lower(): number for number, name in enumerate(month_name) if name} | {
    name.lower(): number for number, name in enumerate(month_abbr) if name and name != "May"
}
_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b", re.IGNORECASE)
_MAY_THE_VERB = re.compile(r"\bmay\b(?!\s+\d)")
_YEAR = re.compile(r"(?<![\w,.])(?:1[0-9]|20)\d{2}(?![\w%]|,\d|\.\d)")
_DAY = re.compile(
    rf"\b(?:{'|'.join(_MONTHS)})\s+(?P<after>\d{{1,2}})\b|\b(?P<before>\d{{1,2}})\s+(?:{'|'.join(_MONTHS)})\b",
    re.IGNORECASE,
)


_SHARES = re.compile(
    r"(?P<numbers>(?:\d[\d.,]*,?\s+(?:(?:and|or|to)\s+)?|\d[\d.,]*[–-])*\d[\d.,]*)\s*(?:%|per ?cent\b)"
)
"""Numbers before one sign of percentage, which holds for all of them: ``11, 30 and 28 percent``."""


def numbers(text: str) -> set[Decimal]:
    """Return the numbers that ``text`` mentions: ``4.5 million``, ``900,000``, ``14%``, ``350th``, ``Five-Day``."""
    return set(counted(text))


def counted(text: str) -> Counter[Decimal]:
    """Return the numbers that ``text`` mentions, each with how often it does."""
    return Counter(_value(match) for match in _NUMBER.finditer(text))


def percentages(text: str) -> set[Decimal]:
    """Return those of the numbers in ``text`` that are percentages: ``14%``, ``11, 30 and 28 percent``."""
    return {number for match in _SHARES.finditer(text) for number in numbers(match["numbers"])}


def _value(match: re.Match[str]) -> Decimal:
    scale = (match["scale"] or match["word_scale"] or match["tens_scale"] or "").lower()
    if match["tens"]:
        number = Decimal(10 * (1 + _TENS.index(match["tens"].lower())) + _UNITS.index(match["ones"].lower()))
    elif match["word"]:
        number = Decimal(_WORDS[match["word"].lower()])
    else:
        number = Decimal(match["digits"].replace(",", "") + (match["decimals"] or ""))
    return (number * prod(_SCALES[one] for one in scale.split())).normalize()


PARTS = ("early", "mid", "late")
"""Thirds of a month: up to the 10th, up to the 20th, and the rest."""

_PART = re.compile(
    rf"\b(?P<early>early|(?:beginning|start) of)[\s-]+(?:{'|'.join(_MONTHS)})\b"
    rf"|\b(?P<mid>mid|middle of)[\s-]+(?:{'|'.join(_MONTHS)})\b"
    rf"|\b(?P<late>late|end of)[\s-]+(?:{'|'.join(_MONTHS)})\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\s+|(?P<part>{'|'.join(PARTS)})[\s-]+)?(?P<month>{'|'.join(_MONTHS)})\s+(?P<year>\d{{4}})"
    r"|(?P<first>\d{4})(?:\s+to\s+(?P<last>\d{4}))?",
    re.IGNORECASE,
)


def part_of(day: date) -> int:
    """Return the index among PARTS of the third of its month that ``day`` falls in."""
    return min((day.day - 1) // 10, 2)


def part_of_month(first: date, last: date) -> int | None:
    """Return the index among PARTS of the third of a month that ``first`` to ``last`` is, if they are one."""
    third = (
        first.replace(day=10 * part_of(first) + 1),
        _last_day(first) if part_of(first) == 2 else 10 * part_of(first) + 10,
    )
    return part_of(first) if (first, last) == (third[0], first.replace(day=third[1])) else None


def _last_day(month: date) -> int:
    return monthrange(month.year, month.month)[1]


def period(text: str) -> tuple[date, date] | None:
    """Return the first and the last day of what ``text`` names, where its words leave no choice.

    That is a day (``4 May 2031``), a month, a third of one (``mid-June 2022``), a year, or years (``1991 to 1993``).
    """
    match = _PERIOD.fullmatch(text.strip())
    if not match:
        return None
    try:
        if match["first"]:
            return date(int(match["first"]), 1, 1), date(int(match["last"] or match["first"]), 12, 31)
        month = date(int(match["year"]), _MONTHS[match["month"].lower()], 1)
        if match["day"]:
            return (day := month.replace(day=int(match["day"]))), day
    except ValueError:
        return None
    part = PARTS.index(match["part"].lower()) if match["part"] else None
    last = _last_day(month) if part in (None, 2) else 10 * part + 10
    return month.replace(day=10 * (part or 0) + 1), month.replace(day=last)


@dataclass(frozen=True)
class Dates:
    """The years, months (1 for January), thirds of a month (an index among PARTS) and days that a text names."""

    years: frozenset[int]
    months: frozenset[int]
    parts: frozenset[int]
    days: frozenset[int]

    @classmethod
    def of(cls, text: str) -> Dates:
        """Find the dates in ``text``; ``may`` counts as a month only where it is no verb."""
        text = _MAY_THE_VERB.sub(" ", text)
        return cls(
            years=frozenset(int(match[0]) for match in _YEAR.finditer(text)),
            months=frozenset(_MONTHS[match[0].lower()] for match in _MONTH.finditer(text)),
            parts=frozenset(PARTS.index(str(match.lastgroup)) for match in _PART.finditer(text)),
            days=frozenset(int(match["after"] or match["before"]) for match in _DAY.finditer(text)),
        )

    @classmethod
    def of_days(cls, *days: date) -> Dates:
        """Return the parts of ``days``."""
        return cls(
            years=frozenset(one.year for one in days),
            months=frozenset(one.month for one in days),
            parts=frozenset(map(part_of, days)),
            days=frozenset(one.day for one in days),
        )

    def by_unit(self) -> dict[str, frozenset[int]]:
        """Return all by the name of their unit."""
        return {"year": self.years, "month": self.months, "part of the month": self.parts, "day": self.days}


def without_dates(text: str) -> str:
    """Return ``text`` without its years and days of the month, so that only other numbers are left."""
    return _YEAR.sub(" ", _DAY.sub(" ", text))


def words(text: str) -> Iterator[str]:
    """Return the words of ``text`` in lower case, apostrophes made straight."""
    for match in re.finditer(r"[^\W_]+(?:['’.,-][^\W_]+)*", text):
        yield match[0].lower().replace("’", "'")
