"""What drawn charts tell, before any is drawn: values and their doubts, and the scale of a timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from psfacts.answers import compare, timeline
from psfacts.answers.answer import Answer
from psfacts.errors import UsageError
from psfacts.model import Erratum, Event, Fact, Indicator, Observation
from psfacts.render import times
from psfacts.render.sources import published, translation
from psfacts.store.store import Store
from psfacts.text.amounts import amount
from psfacts.text.months import MONTHS, last_of_month
from psfacts.text.names import verb_of
from psfacts.text.phrases import listed

MOST_DOUBTS = 3
"""Doubts that a picture tells in full."""

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
            yield date(year, 1, 1), str(year)


def scale(events: Sequence[Event]) -> tuple[Panel, ...]:
    """Return the panels that ``events`` are drawn in: the years before the densest one, and from it on its months.

    There is one panel where no year is dense, or where too much comes after it; none without events.
    """
    if not events:
        return ()
    whens = [event.when for event in events]
    begin = max(min(when.earliest for when in whens).year, min(when.latest for when in whens).year - _MARGIN)
    first, last = date(begin, 1, 1), last_of_month(max(when.latest for when in whens))
    counts = Counter(when.earliest.year for when in whens if when.earliest.year == when.latest.year)
    count, year = max(((count, year) for year, count in counts.items()), default=(0, 1))
    dense = date(year, 1, 1)
    if count < _DENSE or dense <= first or _months(dense, last) >= _MOST_MONTHS:
        return (Panel(first, last, in_months=_months(first, last) < _MOST_MONTHS),)
    return Panel(first, dense - timedelta(days=1), in_months=False), Panel(dense, last, in_months=True)


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
    is_doubtful: bool
    mark: str
    """The mark of doubt, where not all values have it."""


@dataclass(frozen=True)
class Comparison:
    """What a picture of one indicator tells."""

    indicator: Indicator
    bars: tuple[Bar, ...]
    told: str
    """The unit, and the time and that it is reported where all values have these in common."""
    speaker: str
    """Who says so, where somebody says all of it."""
    silence: str
    """For which countries there is no value; nothing where there are none."""
    doubts: tuple[Erratum, ...]

    @property
    def is_all_doubtful(self) -> bool:
        """Whether something speaks against every value."""
        return all(bar.is_doubtful for bar in self.bars)

    @property
    def in_words(self) -> str:
        """All values in a sentence."""
        values = (f"{bar.name} {bar.told} {bar.beside}".rstrip() for bar in self.bars)
        return f"{' · '.join(filter(None, [self.told, self.speaker]))}: {'; '.join(values)}."


def of_comparison(found: compare.Comparison) -> Comparison:
    """Return what a picture of ``found`` tells, which has one indicator and a value of it."""
    store, (indicator,) = store_of(found), found.indicators
    facts = [value for row in found.rows for value in row.values.values() if value]
    speakers = {says(store, fact) for fact in facts}
    speaker = speakers.pop() if len(speakers) == 1 else "reported unless someone is named"
    is_named = not speakers and facts[0].standing == "attributed"
    common = [facts[0].when.text] if len({fact.when.text for fact in facts}) == 1 else []
    doubts = doubts_of(found.errata)
    doubtful = [is_doubtful(fact, doubts) for fact in facts]

    def bar(fact: Observation, is_doubtful: bool) -> Bar:
        beside = [fact.when.text, *([says(store, fact)] if fact.standing != "reported" else [])]
        told = amount(fact.value, indicator)
        if unit := indicator.unit:
            told = told.removesuffix(unit).rstrip() + "%" * unit.startswith("%")
        return Bar(
            fact,
            store.entity(fact.subject).name,
            told,
            ", ".join(words for words in beside if words not in (*common, speaker)),
            is_doubtful,
            "?" if is_doubtful and not all(doubtful) else "",
        )

    silent = sorted(store.entity(key).name for key in found.silent)
    return Comparison(
        indicator=indicator,
        bars=tuple(map(bar, facts, doubtful)),
        told=" · ".join(filter(None, [indicator.unit, *common, *([] if is_named else [speaker])])),
        speaker=speaker if is_named else "",
        silence=f"in the source for {len(silent)}: {', '.join(silent)}" if silent else "",
        doubts=doubts,
    )


@dataclass(frozen=True)
class Row:
    """An event of a timeline."""

    event: Event
    mark: str
    """The mark of doubt, if something speaks against it."""
    speaker: str
    """Who says so, where it is not plainly reported."""
    time: str
    """When it happened, in few words."""


def rows_of(found: timeline.Timeline) -> list[Row]:
    """Return the events of a timeline with what stands beside their titles."""
    store, doubts = store_of(found), doubts_of(found.errata)
    return [
        Row(
            event,
            "?" if is_doubtful(event, doubts) else "",
            "" if event.standing == "reported" else says(store, event),
            times.brief(event.when, date.max),
        )
        for event in found.events
    ]


def heading(found: timeline.Timeline) -> str:
    """Return what a timeline is of."""
    names = [store_of(found).entity(key).name for key in found.about]
    return f"Timeline: {listed(names)}" if names else "Timeline"


def in_words(found: timeline.Timeline) -> str:
    """Return all events in a row."""
    told = (f"{row.event.when.text}: {row.event.headline} ({row.speaker or 'reported'})" for row in rows_of(found))
    return ". ".join(told)


def doubts_of(errata: Iterable[Erratum]) -> tuple[Erratum, ...]:
    """Return those errata that are doubts."""
    return tuple(erratum for erratum in errata if erratum.kind == "doubt")


def is_doubtful(fact: Fact, doubts: Iterable[Erratum]) -> bool:
    """Return whether any of ``doubts`` bears on a fact."""
    return any(doubt.id in fact.errata for doubt in doubts)


def says(store: Store, fact: Fact) -> str:
    """Return who stands behind a fact: ``World Bank says``, ``reported``, ``author’s view``."""
    if fact.standing != "attributed":
        return "reported" if fact.standing == "reported" else "author’s view"
    speakers = [store.entity(key) for key in fact.asserted_by]
    return f"{listed([speaker.short or speaker.name for speaker in speakers])} {verb_of(speakers)}"


def objection(doubt: Erratum) -> str:
    """Return how sure a doubt is and what it comes from, in a sentence."""
    comes = {"context": "follows from the article itself", "original": "follows from the original"}
    return f"This objection is {doubt.certainty}; it {comes.get(doubt.basis, 'comes from outside the article')}."


def cited(store: Store, facts: Sequence[Fact]) -> list[tuple[str, str]]:
    """Return the sources of ``facts`` in words, the place too where all stand in one, each with its address."""
    keys = dict.fromkeys(passage.source for fact in facts for passage in fact.evidence)
    places = {place for fact in facts for place in store.locators([fact])[fact.id]}
    only = places.pop() if len(places) == 1 else None
    where = f", {only.section}" + (f", par.\u00a0{only.paragraph}" if only.paragraph else "") if only else ""
    sources = [store.source(key) for key in keys]
    made = [f" ({translation(source)})" if source.translated_from else "" for source in sources]
    return [
        (f"{source.author}, {source.publisher}, {published(source)}{read}{where}", source.url)
        for source, read in zip(sources, made, strict=True)
    ]


def store_of(found: Answer) -> Store:
    """Return the store that an answer came from. Raises UsageError where that is not known any more."""
    if found.store is None:
        raise UsageError("an answer that was copied or pickled cannot be drawn", "ask again")
    return found.store
