"""Periods as a person says them: ``spring 2022``, ``late April``, ``april 7``, ``2022-04``, ``the 1990s``."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from psfacts.finding.words import months
from psfacts.model import When
from psfacts.text.months import MONTHS

Bound = Literal["since", "after", "until", "before"]

_MONTHS = {name.lower(): number for number, month in enumerate(MONTHS, 1) for name in (month, month[:3], month[:4])}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_PARTS = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}
_DECADES = {"fifties": 1950, "sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990}
_BOUNDS: dict[str, Bound] = {
    **dict.fromkeys(("since", "from"), "since"),
    **dict.fromkeys(("until", "till", "by"), "until"),
    "after": "after",
    "before": "before",
}
_AMBIGUOUS = frozenset({"march", "may", "spring", "fall"})
"""Months and seasons that are other words as well."""
_WITHIN = frozenset({"in", "of", "during", "over", "this", "that", "last", "since", "until", "в", "у", "w", "im", "en"})
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = re.compile(rf"\b(?:(?P<decade>(?:1\d|20)\d0s|{'|'.join(_DECADES)})|(?:1\d|20)\d\d)\b")
_MONTH = re.compile(
    rf"\b(?:(?P<before>{_DAY}) (?:of )?)?(?P<month>{'|'.join((*_MONTHS, *_SEASONS))})\b(?: (?P<after>{_DAY})\b)?"
)
_NUMERIC = re.compile(rf"\b(?:1\d|20)\d\d (?P<month>0[1-9]|1[0-2])\b(?: (?P<after>{_DAY})\b)?(?P<before>)")
"""``2022-04`` and ``2022-04-07``, the hyphens being gone."""


@dataclass(frozen=True)
class Period:
    """A year, a month or a day that a query names, or a part of one; without its year where that is not said."""

    years: tuple[int, int] | None
    months: tuple[int, int] = (1, 12)
    days: tuple[int, int] = (1, 31)
    bound: Bound | None = None
    """Whether it only begins or ends a time, as in ``since 2020``; ``before`` and ``after`` leave it out."""

    @property
    def bounds(self) -> tuple[date, date] | None:
        """The first and the last day of it, where its year is said."""
        if not self.years:
            return None
        first, last = self.years
        return self._span(first - self._is_over_new_year, last)

    @property
    def _is_over_new_year(self) -> bool:
        return self.months[0] > self.months[1]

    def meets(self, when: When) -> bool:
        """Return whether ``when`` may fall into the period."""
        return any(first <= when.latest and when.earliest <= last for first, last in self._spans(when))

    def _spans(self, when: When) -> Iterator[tuple[date, date]]:
        before = int(self._is_over_new_year)  # of a winter, both that begin or end in a year are meant
        if self.years and not before:
            yield self._span(*self.years)
        elif self.years or (when.latest - when.earliest).days < _LONG:
            first, last = self.years or (when.earliest.year, when.latest.year)
            for year in range(first - before, last + 1):
                yield self._span(year, year)

    def _span(self, first: int, last: int) -> tuple[date, date]:
        (since, until), (start, end), over = self.months, self.days, self._is_over_new_year
        begin = date(first, since, min(start, monthrange(first, since)[1]))
        finish = date(last + over, until, min(end, monthrange(last + over, until)[1]))
        bounded: dict[Bound | None, tuple[date, date]] = {
            "since": (begin, date.max),
            "after": (finish + timedelta(days=1), date.max),
            "until": (date.min, finish),
            "before": (date.min, begin - timedelta(days=1)),
        }
        return bounded.get(self.bound, (begin, finish))


WORDS = frozenset({*_MONTHS, *_SEASONS, *_PARTS, *_DECADES, *months()})
"""Words that periods are said in."""

_LONG = 100
"""Days from which a time is too long for a month without a year to say anything about it."""


def find(words: Sequence[str]) -> tuple[Period | None, frozenset[int]]:
    """Return the period that folded ``words`` name, and the places of the words that name it.

    ``may`` and ``march`` are months only beside a day or a year, or after a word such as ``in``.
    """
    known = months()
    text = " ".join(known.get(word, word) for word in words)
    named = list(_YEAR.finditer(text))
    month = next((match for match in _MONTH.finditer(text) if _is_meant(match)), _NUMERIC.search(text))
    if not (named or month):
        return None, frozenset()
    ends = [match.span() for match in (*named, *([month] if month else []))]
    used = {at for start, end in ends for at in range(text.count(" ", 0, start), text.count(" ", 0, end) + 1)}
    years = [year for match in named for year in _years(match)]
    span, day = _span_of(month) if month else ((1, 12), 0)
    before = min(used) - 1
    part = next((_PARTS[words[at]] for at in (before, before - 1) if at >= 0 and words[at] in _PARTS), None)
    days = (day, day) if day else (1, 31)
    if part is not None and not day:
        used.add(before)
        days = (1 + 10 * part, (10, 20, 31)[part]) if month else days
        span = span if month else (1 + 4 * part, 4 + 4 * part)
    places = [at for at in (min(used) - 1, min(used) - 2) if at >= 0 and words[at] in _BOUNDS][:1]
    used.update(places)
    bound = _BOUNDS[words[places[0]]] if places else None
    return Period((min(years), max(years)) if years else None, span, days, bound), frozenset(used)


def _is_meant(match: re.Match[str]) -> bool:
    """Return whether a month or season is one, and no verb or other word, as in ``fall in 2022``."""
    before = match.string[: match.start()].split()[-1:]
    beside = [*before, *match.string[match.end() :].removeprefix(" of").split()[:1]]
    is_dated = match["before"] or match["after"] or any(map(_YEAR.fullmatch, beside))
    return bool(match["month"] not in _AMBIGUOUS or is_dated or not _WITHIN.isdisjoint(before))


def _years(match: re.Match[str]) -> tuple[int, int]:
    if not match["decade"]:
        return int(match[0]), int(match[0])
    first = _DECADES.get(match[0]) or int(match[0].removesuffix("s"))
    return first, first + 9


def _span_of(match: re.Match[str]) -> tuple[tuple[int, int], int]:
    """Return the first and last month, and the day, or 0."""
    name = match["month"]
    if name in _SEASONS:
        return _SEASONS[name], 0
    month = int(name) if name.isdigit() else _MONTHS[name]
    return (month, month), int(re.sub(r"\D", "", match["before"] or match["after"] or "0"))
