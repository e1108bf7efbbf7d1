"""What drawn charts tell, before any is drawn: values and their doubts, and the scale of a timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from psfacts.answers import compare
from psfacts.answers.answer import Answer
from psfacts.errors import UsageError
from psfacts.model import Erratum, Event, Fact, Id, Indicator, Observation, When
from psfacts.render.sources import published
from psfacts.store.store import Store
from psfacts.text.amounts import amount
from psfacts.text.dates import MONTHS, last_of_month
from psfacts.text.phrases import listed

_DENSE = 3
"""Events in one year from which on its months are worth a panel."""

_MOST_MONTHS = 24
"""Months of the longest panel that counts in months."""

_MARGIN = 5
"""Years before the end of the first event that are drawn; what began earlier is open to the left."""

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
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


@dataclass(frozen=True)
class Bar:
    """A value of a comparison."""

    fact: Observation
    name: str
    told: str
    """The value as it stands at the end of its bar, such as ``30%`` or ``4.5 million``."""
    beside: str
    """Its time and who says so, where not all values have these in common."""


@dataclass(frozen=True)
class Comparison:
    """What a picture of one indicator tells."""

    indicator: Indicator
    bars: tuple[Bar, ...]
    told: tuple[str, ...]
    """The unit, and the time and that it is reported where all values have these in common."""
    speaker: str
    """Who says so, where somebody says all of it."""
    silent: tuple[str, ...]
    """Names of the countries without a value."""
    doubts: tuple[Erratum, ...]
    doubtful: frozenset[Id]
    """Ids of the observations that something speaks against."""

    @property
    def is_all_doubtful(self) -> bool:
        """Whether something speaks against every value."""
        return all(bar.fact.id in self.doubtful for bar in self.bars)

    def in_words(self) -> str:
        """Return all values in a sentence."""
        values = (f"{bar.name} {bar.told} {bar.beside}".rstrip() for bar in self.bars)
        return f"{', '.join(filter(None, [*self.told, self.speaker]))}: {'; '.join(values)}."


def of_comparison(found: compare.Comparison) -> Comparison:
    """Return what a picture of ``found`` tells, which has one indicator and a value of it."""
    store, (indicator,) = store_of(found), found.indicators
    facts = [value for row in found.rows for value in row.values.values() if value]
    times = {fact.when.text for fact in facts}
    speakers = {says(store, fact) for fact in facts}
    speaker = speakers.pop() if len(speakers) == 1 else "reported unless someone is named"
    is_named = facts[0].standing == "attributed" and not speakers
    common = [*(times if len(times) == 1 else ()), speaker]
    doubts = tuple(erratum for erratum in found.errata if erratum.kind == "doubt")

    def beside(fact: Observation) -> str:
        told = [fact.when.text, *([] if fact.standing == "reported" else [says(store, fact)])]
        return ", ".join(words for words in told if words not in common)

    return Comparison(
        indicator=indicator,
        bars=tuple(
            Bar(fact, store.entity(fact.subject).name, _at_bar(fact, indicator), beside(fact)) for fact in facts
        ),
        told=tuple(filter(None, [indicator.unit, *(common[:-1] if is_named else common)])),
        speaker=speaker if is_named else "",
        silent=tuple(sorted(store.entity(key).name for key in found.silent)),
        doubts=doubts,
        doubtful=doubtful(facts, doubts),
    )


def _at_bar(fact: Observation, indicator: Indicator) -> str:
    """Return a value without the words of its unit, which the subtitle says."""
    unit = indicator.unit or ""
    told = amount(fact.value, indicator).removesuffix(unit).rstrip()
    return f"{told}%" if unit.startswith("%") else told


def doubtful(facts: Iterable[Fact], doubts: Iterable[Erratum]) -> frozenset[Id]:
    """Return the ids of the facts that any of ``doubts`` bears on."""
    ids = {doubt.id for doubt in doubts}
    return frozenset(fact.id for fact in facts if ids.intersection(fact.errata))


def says(store: Store, fact: Fact) -> str:
    """Return who stands behind a fact: ``World Bank says``, ``reported``, ``author’s view``."""
    if fact.standing != "attributed":
        return "reported" if fact.standing == "reported" else "author’s view"
    speakers = [store.entity(key) for key in fact.asserted_by]
    verb = "says" if len(speakers) == 1 and speakers[0].type != "group" else "say"
    return f"{listed([speaker.short or speaker.name for speaker in speakers])} {verb}"


def objection(doubt: Erratum) -> str:
    """Return how sure a doubt is and what it comes from, in a sentence."""
    comes = {"context": "it follows from the article itself", "original": "it follows from the original"}
    return f"This objection is {doubt.certainty}; {comes.get(doubt.basis, 'it comes from outside the article')}."


def cited(store: Store, facts: Sequence[Fact]) -> list[tuple[str, str]]:
    """Return the sources of ``facts`` in words, the place too where all stand in one, each with its address."""
    keys = dict.fromkeys(passage.source for fact in facts for passage in fact.evidence)
    places = {locator for fact in facts for locator in store.locators([fact])[fact.id]}
    found = []
    for source in map(store.source, keys):
        made = f" ({source.translation} translation)" if source.translation else ""
        words = f"{source.author}, {source.publisher}, {published(source)}{made}"
        if len(places) == 1:
            (place,) = places
            words += f", {place.section}" + (f", par.\u00a0{place.paragraph}" if place.paragraph else "")
        found.append((words, source.url))
    return found


def store_of(found: Answer) -> Store:
    """Return the store that an answer came from. Raises UsageError where that is not known any more."""
    if found.store is None:
        raise UsageError("an answer that was copied or pickled cannot be drawn", "ask again")
    return found.store


_SHORT = 20


def brief(when: When) -> str:
    """Return a time as it is told where that is short, else its months."""
    first, last = (f"{MONTHS[day.month - 1][:3]} {day.year}" for day in (when.earliest, when.latest))
    if len(when.text) <= _SHORT or first == last:
        return when.text if len(when.text) <= _SHORT else first
    return f"{first[:3] if when.earliest.year == when.latest.year else first}–{last}"
