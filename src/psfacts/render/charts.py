"""Contents of charts, independent of how they are drawn: values and events with doubts, and the scale of a timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from psfacts.answers.answer import Answer
from psfacts.answers.compare import Comparison
from psfacts.answers.timeline import Timeline
from psfacts.errors import UsageError
from psfacts.model import Erratum, Event, Fact, Indicator, Observation, Value
from psfacts.render import times
from psfacts.render.sources import link, published, translation
from psfacts.store.places import Locators
from psfacts.store.store import Store
from psfacts.text.amounts import amount
from psfacts.text.months import MONTHS, last_of_month
from psfacts.text.names import verb_of
from psfacts.text.phrases import counted, listed

SIGN = "\u00a0?"
"""The sign of doubt, kept on one line with the word before it."""

_MOST_DOUBTS = 3
"""Maximum number of doubts that a picture explains in full."""

_DENSE = 3
"""Minimum number of events in a year for a panel of its months."""
_MOST_MONTHS = 24
"""Maximum number of months in a panel of months."""
_MARGIN = 5
"""Years drawn before the end of the first event; events that began earlier are open to the left."""
_MONTHS = (1, 2, 3, 6)
_YEARS = tuple(12 * years for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000))
_MOST_TICKS = 6


@dataclass(frozen=True)
class Panel:
    """A period on one scale, from the first to the last day inclusive."""

    first: date
    last: date
    in_months: bool

    def ticks(self) -> Iterator[tuple[date, str]]:
        """Return the tick days with their labels; the first month of a year is labelled with the year."""
        first = 12 * self.first.year + self.first.month - 1
        count = _months(self.first, self.last)
        step = next(step for step in (_MONTHS if self.in_months else _YEARS) if count <= step * _MOST_TICKS)
        for month in range(-(-first // step) * step, first + count + 1, step):
            day = date(month // 12, month % 12 + 1, 1)
            told = [MONTHS[day.month - 1][:3]] * self.in_months + [str(day.year)] * (day.month == 1)
            yield day, " ".join(told)


def scale(events: Sequence[Event]) -> tuple[Panel, ...]:
    """Return the panels of a timeline: the years before the densest one, then months from its start.

    There is one panel if no year is dense or too much follows it, and none without events.
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
    """Return the number of months between the months of two days."""
    return 12 * (last.year - first.year) + last.month - first.month


@dataclass(frozen=True)
class Mark:
    """A mark in a chart, which represents a fact."""

    fact: Observation | Event
    name: str
    """Label: a country, or the headline of an event."""
    told: str
    """The value, such as ``30%`` or ``4.5 million``, or the time in short form."""
    beside: str
    """The time of a value and who says so, unless the same for all marks."""
    is_doubtful: bool
    value: Value | None = None


@dataclass(frozen=True)
class Chart:
    """The contents of a chart."""

    title: str
    told: str
    """What applies to all marks: the unit, the time, that they are reported."""
    speaker: str
    """Who says so, if the same for all marks."""
    marks: Sequence[Mark]
    doubts: Sequence[tuple[str, str, str]]
    """Doubts about marks: introduction, text, and certainty."""
    sources: Sequence[tuple[str, str]]
    """Citations of the sources, each with its URL."""
    indicator: Indicator | None = None
    """The indicator; ``None`` if the marks are events."""
    silence: str = ""
    """The countries without a value, in words."""
    panels: Sequence[Panel] = ()
    """The panels of a timeline."""

    @property
    def is_doubtful(self) -> bool:
        """Whether all values are doubtful, so that the title has the sign of doubt."""
        return self.indicator is not None and all(mark.is_doubtful for mark in self.marks)

    def sign(self, mark: Mark) -> str:
        """Return the sign of doubt of a mark, unless the title has it for all."""
        return SIGN if mark.is_doubtful and not self.is_doubtful else ""

    @property
    def in_words(self) -> str:
        """The whole chart in words."""
        marks = (f"{mark.name} {', '.join(filter(None, [mark.told, mark.beside]))}" for mark in self.marks)
        return f"{' · '.join(filter(None, [self.told, self.speaker]))}: {'; '.join(marks)}."


def of(found: Answer) -> Chart | None:
    """Return the chart of an answer; ``None`` if it cannot be drawn as one."""
    match found:
        case Comparison() if len(found.indicators) == 1 and found.rows:
            return _of_values(found, store_of(found))
        case Timeline() if found.events:
            return _of_events(found, store_of(found))
    return None


def _of_values(found: Comparison, store: Store) -> Chart:
    (indicator,) = found.indicators
    facts = [value for row in found.rows for value in row.values.values() if value]
    time = _shared({fact.when.text for fact in facts})
    speaker = _shared({_speaker(store, fact) for fact in facts})
    says = {None: "reported unless someone is named", "": "reported"}.get(speaker, speaker)
    named = speaker if speaker and facts[0].standing == "attributed" else ""
    marks = []
    for fact in facts:
        unit = indicator.unit or ""
        told = amount(fact.value, indicator).removesuffix(unit).rstrip() + "%" * unit.startswith("%")
        own = [fact.when.text if time is None else "", _speaker(store, fact) if speaker is None else ""]
        name, beside = store.entity(fact.subject).name, ", ".join(filter(None, own))
        marks.append(Mark(fact, name, told, beside, _is_doubtful(fact, found.errata), fact.value))
    silent = sorted(store.entity(key).name for key in found.silent)
    return Chart(
        title=indicator.name,
        told=" · ".join(filter(None, [indicator.unit, time, None if named else says])),
        speaker=named,
        marks=marks,
        doubts=_doubts(found.errata, marks, "value"),
        sources=_cited(store, facts, found.locators),
        indicator=indicator,
        silence=f"in the source for {len(silent)}: {', '.join(silent)}" if silent else "",
    )


def _of_events(found: Timeline, store: Store) -> Chart:
    names = [
        *(store.entity(key).name for key in found.about),
        *(store.topic_names.get(key, key) for key in found.topics),
    ]
    whens = [(event.when, store.source(event.evidence[0].source).published) for event in found.events]
    marks = []
    for event, when in zip(found.events, whens, strict=True):
        time, speaker = times.brief(*when), _speaker(store, event)
        marks.append(Mark(event, event.headline, time, speaker, _is_doubtful(event, found.errata)))
    return Chart(
        title=f"Timeline: {listed(names)}" if names else "Timeline",
        told=f"{counted(len(marks), 'event')}, {times.reach(whens)} · reported unless someone is named",
        speaker="",
        marks=marks,
        doubts=_doubts(found.errata, marks, "event"),
        sources=_cited(store, found.events, found.locators),
        panels=scale(found.events),
    )


def _shared(values: Collection[str]) -> str | None:
    """Return the value that all items share; ``None`` if they differ."""
    return next(iter(values)) if len(values) == 1 else None


def _is_doubtful(fact: Fact, errata: Sequence[Erratum]) -> bool:
    return any(erratum.kind == "doubt" and erratum.id in fact.errata for erratum in errata)


def _speaker(store: Store, fact: Fact) -> str:
    """Return who says a fact: ``World Bank says``, ``author’s view``, or nothing if it is reported."""
    if fact.standing != "attributed":
        return "author’s view" if fact.standing == "assessed" else ""
    speakers = [store.entity(key) for key in fact.asserted_by]
    return f"{listed([speaker.short or speaker.name for speaker in speakers])} {verb_of(speakers)}"


def _doubts(errata: Sequence[Erratum], marks: Sequence[Mark], noun: str) -> list[tuple[str, str, str]]:
    """Return the doubts about marks, each called ``noun``; many are shortened."""
    doubts = [erratum for erratum in errata if erratum.kind == "doubt"]
    if len(doubts) > _MOST_DOUBTS:
        against = "; ".join(f"“{doubt.printed}”" for doubt in doubts)
        count = counted(sum(mark.is_doubtful for mark in marks), noun)
        return [(f"? Doubtful, {count}.", f"Something speaks against: {against}.", "")]
    comes = {"context": "follows from the article itself", "original": "follows from the original"}
    told = []
    for doubt in doubts:
        names = [mark.name for mark in marks if doubt.id in mark.fact.errata]
        whose = f"all {counted(len(names), noun)}" if 1 < len(names) == len(marks) else listed(names)
        # Where all bars are outlined, that tells none from another.
        are_apart = isinstance(marks[0].value, int | float) and not all(mark.is_doubtful for mark in marks)
        outlined = " (outlined)" if are_apart else ""
        sure = f"This objection is {doubt.certainty}; it {comes.get(doubt.basis, 'comes from outside the article')}."
        told.append((f"? Doubtful, {whose}{outlined}.", doubt.reading, sure))
    return told


def _cited(store: Store, facts: Sequence[Fact], locators: Locators) -> list[tuple[str, str]]:
    """Return citations of the sources of ``facts`` with their URLs, and the place if all facts share one."""
    keys = dict.fromkeys(passage.source for fact in facts for passage in fact.evidence)
    places = {place for fact in facts for place in locators[fact.id]}
    only = places.pop() if len(places) == 1 else None
    where = f", {only.section}" + (f", par.\u00a0{only.paragraph}" if only.paragraph else "") if only else ""
    told = []
    for source in map(store.source, keys):
        read = f" ({translation(source)})" if source.translated_from else ""
        told.append((f"{source.author}, {source.publisher}, {published(source)}{read}{where}", link(source)))
    return told


def store_of(found: Answer) -> Store:
    """Return the store that an answer came from. Raises UsageError if it is no longer known."""
    if found.store is None:
        raise UsageError("an answer that was copied or pickled cannot be drawn", "ask again")
    return found.store
