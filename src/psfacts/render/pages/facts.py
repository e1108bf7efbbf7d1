"""Facts on a page: one section a kind, used by everything that shows facts of several kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.text import Text

from psfacts.model import Claim, Entity, Event, Fact, Id, Indicator, Observation, Relation
from psfacts.render.pages.parts import STRONG, Body, Piece, heading, joined, ledger, stacked, subheading, words
from psfacts.render.pages.sheet import Sheet, time
from psfacts.text.amounts import amount
from psfacts.text.mentions import Spotter


def observations(
    sheet: Sheet, found: Sequence[Observation], indicators: Iterable[Indicator], subject: Id | None = None
) -> Iterator[RenderableType]:
    """Show values with unit, time and who says so; the subject too, where it is not ``subject``."""
    if not found:
        return
    yield heading("Indicators", sheet.width)
    measured = {indicator.id: indicator for indicator in indicators}
    yield ledger(
        [_observation(sheet, one, measured[one.indicator], subject) for one in found], sheet.width, sheet.label
    )


def _observation(sheet: Sheet, one: Observation, indicator: Indicator, subject: Id | None) -> tuple[Text, Body]:
    label = words(indicator.name if one.subject == subject else f"{indicator.name}, {sheet.name(one.subject)}")
    value = words((amount(one.value, indicator), STRONG), sheet.marks(one.errata))
    line = joined([value, time(one.when), sheet.says(one), printed_beside(sheet, one)])
    return label, stacked(line, sheet.where(one.id))


def printed_beside(sheet: Sheet, one: Observation) -> str:
    """Return which other words a value is printed beside, where an erratum has put that right."""
    wrong = [
        f"“{erratum.printed}”"
        for erratum in sheet.errata
        if erratum.id in one.errata and erratum.kind == "figure" and not _names(sheet, erratum.printed, one.subject)
    ]
    return f"printed beside {', '.join(wrong)}" if wrong else ""


def _names(sheet: Sheet, printed: str, subject: Id) -> bool:
    return subject in Spotter([sheet.store.entity(subject)]).spot_all(printed)


def timeline(sheet: Sheet, found: Sequence[Event], title: str = "Timeline") -> Iterator[RenderableType]:
    """Show events under one heading in the order of time, each with its own precision."""
    if found:
        yield heading(title, sheet.width)
        yield events(sheet, sorted(found, key=lambda one: (one.when.earliest, one.when.latest)))


def events(sheet: Sheet, found: Sequence[Event]) -> RenderableType:
    """Show events in the order given."""
    return ledger(
        [(words(time(one.when)), _body(sheet, one, one.title or "")) for one in found], sheet.width, sheet.label
    )


def relations(sheet: Sheet, found: Sequence[Relation]) -> Iterator[RenderableType]:
    """Show how the entity stands to others, in sentences with who says so in front."""
    if found:
        yield heading("Relations", sheet.width)
        yield ledger([(sheet.says(one), _body(sheet, one, says=False)) for one in found], sheet.width, sheet.label)


def claims(sheet: Sheet, found: Sequence[Claim], title: str = "Claims") -> Iterator[RenderableType]:
    """Show claims by topic, each once, with who says so in front."""
    if found:
        yield heading(title, sheet.width)
    for topic, group in by_topic(found):
        yield subheading(sheet.topic(topic))
        yield ledger([(sheet.says(one), _body(sheet, one, says=False)) for one in group], sheet.width, sheet.label)


def by_topic(found: Sequence[Claim]) -> list[tuple[Id, list[Claim]]]:
    """Group claims by that of their topics which most of ``found`` share; the largest group first."""
    counts = Counter(topic for one in found for topic in one.topics)

    def rank(topic: Id) -> tuple[int, Id]:
        return -counts[topic], topic

    chosen = sorted(((rank(min(one.topics, key=rank)), one) for one in found), key=lambda pair: pair[0])
    return [(topic, [one for _, one in group]) for (_, topic), group in groupby(chosen, key=lambda pair: pair[0])]


def _body(sheet: Sheet, fact: Event | Relation | Claim, title: str = "", says: bool = True) -> Body:
    """Show a title if there is one, the statement with its marks, and quietly the rest."""
    statement = words(fact.statement, sheet.marks(fact.errata))
    about: list[Piece] = [sheet.says(fact)] if says else [time(fact.when)] if fact.when else []
    return stacked((title, STRONG), statement, joined([*about, sheet.where(fact.id)]))


def all_kinds(
    sheet: Sheet,
    facts: Sequence[Fact],
    indicators: Iterable[Indicator],
    subject: Id | None = None,
    regions: Sequence[Entity] = (),
) -> Iterator[RenderableType]:
    """Show facts of all kinds, a section a kind; claims about one of ``regions`` but not ``subject`` stand apart."""
    yield from observations(sheet, [one for one in facts if isinstance(one, Observation)], indicators, subject)
    yield from timeline(sheet, [one for one in facts if isinstance(one, Event)])
    yield from relations(sheet, [one for one in facts if isinstance(one, Relation)])
    told = [one for one in facts if isinstance(one, Claim)]
    carried = {one.id: _region(one, regions) for one in told if subject not in one.entities}
    yield from claims(sheet, [one for one in told if not carried.get(one.id)])
    for region in regions:
        about = [one for one in told if carried.get(one.id) == region.id]
        yield from claims(sheet, about, f"Claims about {region.name}")


def _region(claim: Claim, regions: Iterable[Entity]) -> Id | None:
    """Return the first of ``regions`` that a claim is about."""
    return next((region.id for region in regions if region.id in claim.entities), None)
