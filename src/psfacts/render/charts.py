"""What drawn charts share: the scale of a timeline, which the page and the pictures draw by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from psfacts.model import Event
from psfacts.text.dates import MONTHS, last_of_month

_DENSE = 3
"""Events in one year from which on its months are worth a panel."""

_MOST_MONTHS = 24
"""Months of the longest panel that counts in months."""

_MARGIN = 5
"""Years before the end of the first event that are drawn; what began earlier is open to the left."""

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_MOST_TICKS = 6


@dataclass(frozen=True)
class Panel:
    """A stretch of time on one scale: the first day and the last, both within it."""

    first: date
    last: date
    in_months: bool

    def ticks(self) -> Iterator[tuple[date, str]]:
        """Return the days that are marked, each with its label; the first month of a year tells the year."""
        if self.in_months:
            for month in range(self.first.month - 1, self.first.month + _months(self.first, self.last)):
                day = date(self.first.year + month // 12, month % 12 + 1, 1)
                yield day, MONTHS[day.month - 1][:3] + (f" {day.year}" if day.month == 1 else "")
            return
        step = next(step for step in _STEPS if (self.last.year - self.first.year) / step < _MOST_TICKS)
        for year in range(-(-self.first.year // step) * step, self.last.year + 1, step):
            if year > 0:
                yield date(year, 1, 1), str(year)


def scale(events: Sequence[Event]) -> tuple[Panel, ...]:
    """Return the panels that ``events`` are drawn in: the years before the densest one, and from it on its months.

    There is one panel where no year is dense, or where too much comes after it; none without events.
    """
    if not events:
        return ()
    first = date(max(min(event.when.earliest for event in events).year, _first_end(events)), 1, 1)
    last = last_of_month(max(event.when.latest for event in events))
    dense = date(_densest_year(events), 1, 1)
    if dense <= first or _months(dense, last) >= _MOST_MONTHS:
        return (Panel(first, last, in_months=_months(first, last) < _MOST_MONTHS),)
    return Panel(first, dense - timedelta(days=1), in_months=False), Panel(dense, last, in_months=True)


def _first_end(events: Sequence[Event]) -> int:
    return max(1, min(event.when.latest for event in events).year - _MARGIN)


def _densest_year(events: Sequence[Event]) -> int:
    """Return the year in which most events begin and end, the latest of equals; 1 where none has so many."""
    counted = Counter(
        event.when.earliest.year for event in events if event.when.earliest.year == event.when.latest.year
    )
    count, year = max(((count, year) for year, count in counted.items()), default=(0, 1))
    return year if count >= _DENSE else 1


def _months(first: date, last: date) -> int:
    """Return how many months lie between those that two days fall in."""
    return 12 * (last.year - first.year) + last.month - first.month
