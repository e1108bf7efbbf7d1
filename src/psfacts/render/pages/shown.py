"""Facts on a page: what is at a glance, what happened when, and who says what; each brief or in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, TypeVar

from rich.console import RenderableType
from rich.text import Text

from psfacts.model import Claim, Entity, Erratum, Event, Fact, Observation, Relation
from psfacts.render import times
from psfacts.render.pages.layout import NARROW, Page, Row, part_of, way
from psfacts.render.pages.parts import STRONG, TONE, Body, Piece, after, glued, joined, words
from psfacts.text.amounts import amount
from psfacts.text.phrases import counted

F = TypeVar("F", bound=Fact)

Told = Literal["time", "speaker", "neither"]
"""What the label of a row says already."""

MOST_AT_A_GLANCE = 10
MOST_EVENTS = 14
MOST_CLAIMS = 10
"""How many facts of a kind a brief page shows."""

_STANDINGS = ("attributed", "reported", "assessed")
"""What somebody is said to say first, the author's view last."""


def row(page: Page, fact: Fact, label: Piece, title: str, told: Told = "neither", sign: str = "") -> Row:
    """Return a fact as a row: its title, who says so and when, but for what its label has ``told``."""
    if page.full:
        return Row(words(label), _in_full(page, fact, title, told), sign=words((sign, TONE)))
    time = glued(page.brief_time(fact)) if told != "time" else Text()
    if told == "speaker":  # of claims it is left to the full page
        return Row(words(label), [joined([page.marked(title, fact), time if fact.kind == "event" else ""])])
    body = [joined([page.marked(title, fact), page.unless_reported(fact)])]
    return Row(words(label), body, time, words((sign, TONE)))


def _in_full(page: Page, fact: Fact, title: str, told: Told) -> Body:
    """Return the title of a fact, its sentence, who says so and when, its place and its id."""
    page.shows(fact)
    sentence = after(words(fact.statement), page.numbers(fact.errata))
    lines = [words((title, STRONG)), sentence] if title != fact.statement else [sentence]
    about = [
        Text() if told == "speaker" else page.says(fact),
        page.time(fact.when) if fact.when and told != "time" else Text(),
        words(printed_beside(page, fact)),
    ]
    lines[0] = after(lines[0], page.doubtful(fact.errata))
    return [*lines, joined([*about, page.place(fact), glued(fact.id)])]


def value(page: Page, fact: Fact, title: str = "") -> str:
    """Return the value of a fact with its unit; instead of a category its ``title``, if there is one."""
    if fact.kind != "observation":
        return title
    indicator = page.store.indicator(fact.indicator)
    return title if title and not indicator.unit else amount(fact.value, indicator)


def under_value(page: Page, fact: Fact) -> Row:
    """Return a fact of any kind as a row under its value, who says so, or its time."""
    if fact.kind == "observation":
        made = row(page, fact, value(page, fact), fact.headline, "neither" if page.full else "speaker")
        return made if page.full else replace(made, aside=page.unless_reported(fact))
    if page.full:
        return row(page, fact, page.time(fact.when) if fact.when else "", fact.headline, "time")
    if fact.standing == "reported":
        return row(page, fact, page.brief_time(fact), fact.headline, "time")
    return row(page, fact, page.speaker(fact), fact.headline, "speaker")


def printed_beside(page: Page, fact: Fact) -> str:
    """Return which other words a value is printed beside, where an erratum has put that right."""
    if not isinstance(fact, Observation):
        return ""
    from psfacts.text.mentions import Spotter  # which full pages alone need

    spotter = Spotter([page.store.entity(fact.subject)])
    errata = map(page.store.erratum, fact.errata)
    printed = [erratum.printed for erratum in errata if erratum.kind == "figure"]
    wrong = [f"“{words}”" for words in printed if fact.subject not in spotter.spot_all(words)]
    return f"printed beside {', '.join(wrong)}" if wrong else ""


def profile(page: Page, found: Sequence[Fact], subject: Entity) -> Iterator[RenderableType]:
    """Show facts about ``subject``, a section a kind; on a brief page only the weightiest of many."""
    yield from glance(page, [fact for fact in found if isinstance(fact, Observation | Relation)], subject)
    yield from timeline(page, [fact for fact in found if isinstance(fact, Event)], subject)
    yield from claims(page, [fact for fact in found if isinstance(fact, Claim)], subject)


def about(
    page: Page,
    found: Sequence[Fact],
    subject: Entity,
    regions: Iterable[Entity],
    *ways: Text,
    errata: Iterable[Erratum],
) -> Iterator[RenderableType]:
    """Show facts about ``subject``, those about its ``regions`` where they are asked for, and the foot of the page."""
    yield from profile(page, [fact for fact in found if subject.id in fact.entities], subject)
    left = [fact for fact in found if subject.id not in fact.entities]
    on = list(ways)
    for region in regions:
        carried = [fact for fact in left if region.id in fact.entities]
        left = [fact for fact in left if region.id not in fact.entities]
        if carried and (page.full or page.view.region):
            yield from page.section(f"{region.name} as a whole", counted(len(carried), "fact"))
            yield from page.rows(by_speaker(page, carried), right=True, once=True)
        elif carried:
            more = f"{len(carried)} more on {region.name} as a whole" if page.is_alone else "more on their regions"
            on.append(way(more, "--region"))
    yield from page.foot(*on, errata=errata)


def glance(page: Page, found: Sequence[Observation | Relation], subject: Entity) -> Iterator[RenderableType]:
    """Show values, and how ``subject`` stands to others: values first, then offices."""
    if not found:
        return
    kept = weightiest(page, found, subject, MOST_AT_A_GLANCE)
    yield from page.section("At a glance", part_of(len(kept), len(found), "fact") if len(kept) < len(found) else "")
    ordered = sorted(kept, key=lambda fact: (fact.kind != "observation", not _holder(page, fact, subject)))
    yield from page.rows([_at_a_glance(page, fact, subject) for fact in ordered])


def _at_a_glance(page: Page, fact: Observation | Relation, subject: Entity) -> Row:
    """Return a number or a name under what it is, anything else as its title under what or whom it is about."""
    if isinstance(fact, Observation):
        indicator = page.store.indicator(fact.indicator)
        value = amount(fact.value, indicator)
        if fact.subject != subject.id:
            return row(page, fact, page.short(fact.subject), f"{indicator.name}: {value}")
        if indicator.unit or not fact.title:
            return row(page, fact, indicator.name, value)
        return row(page, fact, page.spelt(indicator.id), fact.title)
    if holder := _holder(page, fact, subject):
        return row(page, fact, holder.role or "", holder.name)
    other = fact.object if fact.subject == subject.id else fact.subject
    return row(page, fact, page.short(other), fact.headline)


def _holder(page: Page, fact: Observation | Relation, subject: Entity) -> Entity | None:
    """Return who is said to hold an office of ``subject``, if a fact says that."""
    person = page.store.entity(fact.subject)
    if not isinstance(fact, Relation) or not person.role:
        return None
    return person if person.of == fact.object == subject.id and person.role in fact.predicate else None


def timeline(page: Page, found: Sequence[Event], subject: Entity) -> Iterator[RenderableType]:
    """Show events in the order of time."""
    if found:
        kept = weightiest(page, found, subject, MOST_EVENTS)
        yield from page.section("Timeline", part_of(len(kept), len(found), "event"))
        yield from page.rows(events(page, kept), right=True)


def events(page: Page, found: Sequence[Event]) -> list[Row]:
    """Return the rows of events in the order of time, each with its own precision."""
    ordered = sorted(found, key=lambda event: (event.when.earliest, event.when.latest))
    labels: Iterable[Piece] = times.labels((event.when, page.written(event)) for event in ordered)
    if page.full or page.view.spoken or page.width < NARROW:
        labels = (page.time(event.when) for event in ordered)
    return [
        row(page, event, label, event.headline, "time", times.SIGNS[times.precision(event.when)])
        for event, label in zip(ordered, labels, strict=True)
    ]


def claims(page: Page, found: Sequence[Claim], subject: Entity) -> Iterator[RenderableType]:
    """Show claims by who says so."""
    if found:
        kept = weightiest(page, found, subject, MOST_CLAIMS)
        yield from page.section("Who says what", part_of(len(kept), len(found), "claim"))
        yield from page.rows(by_speaker(page, kept), right=True, once=True)


def by_speaker(page: Page, found: Sequence[Fact]) -> list[Row]:
    """Return the rows of facts by who says so: those who are named first, the author last."""
    named = list(dict.fromkeys(fact.asserted_by for fact in found))
    ordered = sorted(found, key=lambda fact: (_STANDINGS.index(fact.standing), named.index(fact.asserted_by)))
    return [row(page, fact, page.speaker(fact), fact.headline, "speaker") for fact in ordered]


def weightiest(page: Page, found: Sequence[F], subject: Entity, most: int) -> Sequence[F]:
    """Return as many facts as a brief page shows, the weightiest first; of a full page all.

    Values and relations of ``subject`` itself weigh most, then what concerns the fewest other countries; of these, what
    somebody is said to say before what is reported, and that before the author's view; then what held or happened last.
    """

    def weight(fact: Fact) -> tuple[bool, int, int, int]:
        countries = [key for key in fact.entities if page.store.entity(key).type == "country"]
        own = {getattr(fact, "subject", subject.id), getattr(fact, "object", None)}
        latest = fact.when.latest.toordinal() if fact.when else 0
        return subject.id not in own, len(countries), _STANDINGS.index(fact.standing), -latest

    return sorted(found, key=weight)[: len(found) if page.full else most]
