"""Periods as a person says them: ``spring 2022``, ``late April``, ``april 7``, ``2022-04``, ``the 1990s``."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from psfacts.finding.words import months
from psfacts.model import When
from psfacts.text.months import MONTHS

_MONTHS = {name.lower(): number for number, month in enumerate(MONTHS, 1) for name in (month, month[:3], month[:4])}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 12)}
_PARTS = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}
_DECADES = {"fifties": 1950, "sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990}
_BOUNDS = frozenset({"since", "until", "till", "before", "after", "from", "between", "by"})
_WITHIN = frozenset({"in", "of", "since", "until", "в", "у", "w", "im", "en"})
_MARCHED = frozenset({"through", "on", "into", "across", "to", "towards", "past", "over", "in"})
_YEAR = re.compile(r"(1[0-9]|20)\d\d")
_DECADE = re.compile(r"((?:1[0-9]|20)\d)0s")
_DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?")
_MONTH_NUMBER = re.compile(r"0[1-9]|1[0-2]")


@dataclass(frozen=True)
class Period:
    """A year, a month or a day that a query names, or a part of one; without its year where that is not said."""

    years: tuple[int, int] | None
    months: tuple[int, int] = (1, 12)
    days: tuple[int, int] = (1, 31)
    is_bound: bool = False
    """Whether it only limits a time, as in ``since 2020``."""

    @property
    def bounds(self) -> tuple[date, date] | None:
        """The first and the last day of it, where its year is said."""
        return self._span(*self.years) if self.years else None

    def meets(self, when: When) -> bool:
        """Return whether ``when`` may fall into the period."""
        return any(first <= when.latest and when.earliest <= last for first, last in self._spans(when))

    def share(self, when: When) -> float:
        """Return how much of ``when`` falls into the period, from 0 to 1."""
        days = (when.latest - when.earliest).days + 1
        spans = [(min(last, when.latest) - max(first, when.earliest)).days + 1 for first, last in self._spans(when)]
        return max([0, *spans]) / days

    def _spans(self, when: When) -> Iterator[tuple[date, date]]:
        if self.years:
            yield self._span(*self.years)
        elif (when.latest - when.earliest).days < _LONG:
            for year in range(when.earliest.year, when.latest.year + 1):
                yield self._span(year, year)

    def _span(self, first: int, last: int) -> tuple[date, date]:
        (since, until), (start, end) = self.months, self.days
        return (
            date(first, since, min(start, monthrange(first, since)[1])),
            date(last, until, min(end, monthrange(last, until)[1])),
        )


WORDS = frozenset({*_MONTHS, *_SEASONS, *_PARTS, *_DECADES, *months()})
"""Words that periods are said in."""

_LONG = 100
"""Days from which a time is too long for a month without a year to say anything about it."""


def find(words: Sequence[str]) -> tuple[Period | None, frozenset[int]]:
    """Return the period that folded ``words`` name, and the places of the words that name it.

    ``may`` is a month only beside a day or a year, or after a word such as ``in``; ``march`` is none before a word
    such as ``through``.
    """
    words = _in_english(words)
    used: set[int] = set()
    years = _years(words, used)
    months, days = _months(words, used, bool(years))
    if not (years or months):
        return None, frozenset()
    span = months or (1, 12)
    before = min(used) - 1
    part = next((_PARTS[words[at]] for at in (before, before - 1) if at >= 0 and words[at] in _PARTS), None)
    if part is not None and days is None:
        used.add(before)
        days = (1 + 10 * part, (10, 20, 31)[part]) if months else None
        span = span if months else (1 + 4 * part, 4 + 4 * part)
    is_bound = any(words[at] in _BOUNDS for at in (before, before - 1) if at >= 0)
    return Period(years, span, days or (1, 31), is_bound), frozenset(used)


def _in_english(words: Sequence[str]) -> list[str]:
    """Return ``words`` with the months and seasons of other languages in English, and without ``march`` as a verb."""
    known = months()
    following = [*words[1:], ""]
    return [
        "" if word == "march" and after in _MARCHED else known.get(word, word)
        for word, after in zip(words, following, strict=False)
    ]


def _years(words: Sequence[str], used: set[int]) -> tuple[int, int] | None:
    found: list[int] = []
    for at, word in enumerate(words):
        decade = int(match[1] + "0") if (match := _DECADE.fullmatch(word)) else _DECADES.get(word)
        if decade:
            found += (decade, decade + 9)
            used.add(at)
        elif _YEAR.fullmatch(word):
            found.append(int(word))
            used.add(at)
    return (min(found), max(found)) if found else None


def _months(
    words: Sequence[str], used: set[int], with_year: bool
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Return the first month or season, and the day beside it."""
    for at, word in enumerate(words):
        if word in _SEASONS and with_year:
            used.add(at)
            return _SEASONS[word], None
        if word in _MONTHS:
            day = _day_beside(words, at)
            if word == "may" and not (day or with_year or (at and words[at - 1] in _WITHIN)):
                continue
            used.update({at, *(() if day is None else (day,))})
            month = _MONTHS[word]
            number = int(re.sub(r"\D", "", words[day])) if day is not None else 0
            return (month, month), (number, number) if number else None
    return _numeric_month(words, used)


def _numeric_month(words: Sequence[str], used: set[int]) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Read ``2022-04`` and ``2022-04-07``, the hyphens being gone."""
    for year in sorted(used):
        if year + 1 < len(words) and _MONTH_NUMBER.fullmatch(words[year + 1]):
            month = int(words[year + 1])
            used.add(year + 1)
            if year + 2 < len(words) and _DAY.fullmatch(words[year + 2]):
                used.add(year + 2)
                return (month, month), (int(words[year + 2]), int(words[year + 2]))
            return (month, month), None
    return None, None


def _day_beside(words: Sequence[str], month: int) -> int | None:
    """Return the place of the day: ``april 7``, ``7 april``, ``7th of april``."""
    places = [month - 1, month + 1, *([month - 2] if month > 1 and words[month - 1] == "of" else [])]
    return next((at for at in places if 0 <= at < len(words) and _DAY.fullmatch(words[at])), None)
