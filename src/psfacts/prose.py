"""What running English text mentions: numbers, and days, months and years."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

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

_SCALE = "|".join(_SCALES)
_NUMBER = re.compile(
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


def numbers(text: str) -> set[Decimal]:
    """Give the numbers that ``text`` mentions: ``4.5 million``, ``900,000``, ``14%``, ``350th``, ``Five-Day``."""
    return {_value(match) for match in _NUMBER.finditer(text)}


def _value(match: re.Match[str]) -> Decimal:
    scale = (match["scale"] or match["word_scale"] or "").lower()
    if match["word"]:
        number = Decimal(_WORDS[match["word"].lower()])
    else:
        number = Decimal(match["digits"].replace(",", "") + (match["decimals"] or ""))
    return (number * _SCALES.get(scale, 1)).normalize()


@dataclass(frozen=True)
class Dates:
    """The years, months (1 for January) and days of the month that a text names."""

    years: frozenset[int]
    months: frozenset[int]
    days: frozenset[int]

    @classmethod
    def of(cls, text: str) -> Dates:
        """Find the dates in ``text``; ``may`` counts as a month only where it is no verb."""
        text = _MAY_THE_VERB.sub(" ", text)
        return cls(
            years=frozenset(int(match[0]) for match in _YEAR.finditer(text)),
            months=frozenset(_MONTHS[match[0].lower()] for match in _MONTH.finditer(text)),
            days=frozenset(int(match["after"] or match["before"]) for match in _DAY.finditer(text)),
        )

    def by_unit(self) -> dict[str, frozenset[int]]:
        """Give the three by the name of their unit."""
        return {"year": self.years, "month": self.months, "day": self.days}


def without_dates(text: str) -> str:
    """Give ``text`` without its years and days of the month, so that only other numbers are left."""
    return _YEAR.sub(" ", _DAY.sub(" ", text))


def words(text: str) -> Iterator[str]:
    """Give the words of ``text`` in lower case, apostrophes made straight."""
    for match in re.finditer(r"[^\W_]+(?:['’.,-][^\W_]+)*", text):
        yield match[0].lower().replace("’", "'")
