"""Pages of profiles, timelines and lists of facts.

They show key values, events and statements, briefly or in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeVar

from rich.text import Text

from psfacts.model import Claim, Entity, Erratum, Event, Fact, Observation, Relation
from psfacts.render import times
from psfacts.render.pages.layout import BEFORE_IDS, NARROW, Page, Row, most_of, part_of, way
from psfacts.render.pages.parts import STRONG, TONE, Body, Piece, after, glued, joined, words
from psfacts.render.pages.tables import Lines
from psfacts.text.amounts import amount
from psfacts.text.phrases import counted, listed

if TYPE_CHECKING:
    from psfacts.answers.country import About, Profile
    from psfacts.answers.lists import Facts
    from psfacts.answers.timeline import Timeline
    from psfacts.store.groups import Membership

F = TypeVar("F", bound=Fact)

Told = Literal["time", "speaker", "neither"]
"""What the label of a row already says."""

MOST_AT_A_GLANCE = 10
MOST_EVENTS = 14
MOST_CLAIMS = 10
"""Maximum number of facts of a kind on a brief page."""

WIDE = 110
"""Minimum width for a timeline with names instead of codes of countries, in columns."""

_STANDINGS = ("attributed", "reported", "assessed")
"""Standings by weight: attributed statements first, the author's view last."""


def facts(answer: Facts, page: Page) -> Lines:
    """Show one fact per line, labelled with its value, speaker or time."""
    yield from page.head("Facts", part_of(len(answer.facts), answer.total, "fact"))
    yield from page.rule()
    yield from page.rows([under_value(page, fact) for fact in answer.facts], right=True)
    yield from page.foot()


def country(profile: Profile, page: Page) -> Lines:
    """Show the country, then the facts about it by kind; those about its regions if requested."""
    subject = profile.country
    found: tuple[Fact, ...] = (*profile.observations, *profile.events, *profile.relations, *profile.claims)
    in_head = {} if page.full else {member.fact: _in_head(page, member) for member in profile.memberships}
    told = joined([subject.iso.alpha2 if subject.iso else "", subject.capital or "", *in_head.values()])
    yield from page.head(subject.name, told, counted(sum(subject.id in fact.entities for fact in found), "fact"))
    left = [fact for fact in found if not in_head.get(fact.id)]
    yield from _about(page, left, subject, profile.regions, errata=profile.errata)


def _in_head(page: Page, membership: Membership) -> Text:
    """Return a short form of a membership; nothing if it is attributed to a speaker, who has to be named with it."""
    fact = page.store.fact(membership.fact)
    if fact.standing != "reported" or not fact.when:
        return Text()
    since = f" {page.brief_time(fact)}" if times.goes_on(fact.when, page.written(fact)) else ""
    return page.marked(f"{page.short(membership.organization)} {membership.value}{since}", fact)


def about(answer: About, page: Page) -> Lines:
    """Show the entity, then the facts by kind; for a country also the command for its profile."""
    entity = answer.entity
    own = sum(entity.id in fact.entities for fact in answer.facts)
    wikidata = entity.wikidata if page.full else None
    known = (page.office(entity) or entity.type, entity.short, entity.capital, wikidata)
    yield from page.head(entity.name, joined(part for part in known if part), counted(own, "fact"))
    if entity.members:
        yield words("Members  ", page.names(entity.members))
    if entity.aliases and page.full:
        yield words("Also known as  ", ", ".join(entity.aliases))
    ways = [way("profile", f"psfacts country {entity.id}")] if entity.type == "country" else []
    yield from _about(page, answer.facts, entity, page.store.regions_of(entity.id), *ways, errata=answer.errata)


def _about(
    page: Page,
    found: Sequence[Fact],
    subject: Entity,
    regions: Iterable[Entity],
    *ways: Text,
    errata: Iterable[Erratum],
) -> Lines:
    """Show facts about ``subject``, those about its ``regions`` if requested, and the foot of the page."""
    own = [fact for fact in found if subject.id in fact.entities]
    left = [fact for fact in found if subject.id not in fact.entities]
    glance = [fact for fact in own if isinstance(fact, Observation | Relation)]
    if kept := _weightiest(page, glance, subject, MOST_AT_A_GLANCE):
        cut = page.part(len(kept), len(glance), "fact") if len(kept) < len(glance) else ""
        yield from page.section("At a glance", cut)
        ordered = sorted(kept, key=lambda fact: (fact.kind != "observation", not _holder(page, fact, subject)))
        yield from page.rows([_at_a_glance(page, fact, subject) for fact in ordered])
    happened = [fact for fact in own if isinstance(fact, Event)]
    if dated := _weightiest(page, happened, subject, MOST_EVENTS):
        yield from page.section("Timeline", page.part(len(dated), len(happened), "event"))
        kept_ids = {event.id for event in dated}  # of one day, the order of the source as in every timeline
        yield from page.rows(events(page, [event for event in happened if event.id in kept_ids]), right=True)
    claims = [fact for fact in own if isinstance(fact, Claim)]
    if said := _weightiest(page, claims, subject, MOST_CLAIMS):
        yield from page.section("Who says what", page.part(len(said), len(claims), "claim"))
        yield from page.rows(by_speaker(page, said), right=True, once=True)
    on = list(ways)
    for title, carried in _carried(left, regions):
        if carried and (page.full or page.view.region):
            yield from page.section(title[:1].upper() + title[1:], counted(len(carried), "fact"))
            yield from page.rows(by_speaker(page, carried), right=True, once=True)
        elif carried:
            more = f"{len(carried)} more on {title}" if page.is_alone else "more on their regions"
            on.append(way(more, "--region"))
    yield from page.foot(*on, errata=errata)


def _carried(left: Sequence[Fact], regions: Iterable[Entity]) -> Iterator[tuple[str, Sequence[Fact]]]:
    """Return the facts that come with a region: those about it, and the values of others that only name it."""
    subjects = {region.id: f"{region.name} as a whole" for region in regions}
    others = [fact for fact in left if isinstance(fact, Observation) and fact.subject not in subjects]
    seen = {fact.id for fact in others}
    for region, title in subjects.items():
        carried = [fact for fact in left if region in fact.entities and fact.id not in seen]
        seen |= {fact.id for fact in carried}
        yield title, carried
    yield "values of other countries", others


def timeline(answer: Timeline, page: Page) -> Lines:
    """Show one event per line, with the precision of its time and the countries involved."""
    found = answer.events
    title = f"Timeline of {page.names(answer.about)}" if answer.about else "Timeline"
    about = [f"on {listed([page.store.topic_names.get(key, key) for key in answer.topics])}"] if answer.topics else []
    bounds = [f"{word} {day}" for word, day in (("since", answer.since), ("until", answer.until)) if day]
    span = times.reach([(event.when, page.written(event)) for event in found]) if len(found) > 1 else ""
    key = joined((words((sign, TONE), f" {precision}") for precision, sign in times.SIGNS.items()), "  ")
    told = joined([counted(len(found), "event"), span], ", ")
    yield from page.head(" ".join([title, *about, *bounds]), told, Text() if page.view.spoken or not found else key)
    yield from page.rule() if found else ()
    rows = events(page, found)
    if not page.full:
        rows = [replace(row, aside=_whom(page, event)) for row, event in zip(rows, found, strict=True)]
    yield from page.rows(rows, right=True, alone=True)
    yield from page.foot(*([way("picture", "-o timeline.svg")] if found else []))


def _whom(page: Page, event: Event) -> Text:
    """Return the countries and regions of an event, as codes on a narrow page."""
    spelt = page.view.spoken or page.width >= WIDE
    keys = [key for key in event.entities if page.store.entity(key).type in ("country", "region")]
    told = [words(page.name(key)) if spelt else glued(page.code(key)) for key in keys]
    return joined(told, ", " if spelt else " ")


def row(page: Page, fact: Fact, label: Piece, title: str, told: Told = "neither", sign: str = "") -> Row:
    """Return a fact as a row: its title, speaker and time, except what its label has ``told``."""
    mark = words((sign, TONE))
    if page.full:
        return Row(words(label), _in_full(page, fact, title, told), sign=mark)
    time = glued(page.brief_time(fact))
    if told == "speaker":  # of claims the time is left to the full page
        return Row(words(label), [joined([page.marked(title, fact), time if fact.kind == "event" else ""])])
    body = joined([page.marked(title, fact), page.unless_reported(fact)])
    return Row(words(label), [body], time if told == "neither" else Text(), mark)


def _in_full(page: Page, fact: Fact, title: str, told: Told) -> Body:
    """Return the title, sentence, speaker, time, place and id of a fact."""
    page.shows(fact)
    sentence = after(words(fact.statement), page.numbers(fact.errata))
    lines = [words((title, STRONG)), sentence] if title != fact.statement else [sentence]
    lines[0] = after(lines[0], page.doubtful(fact.errata))
    speaker = page.says(fact) if told != "speaker" else ""
    time = page.time(fact.when) if told != "time" else ""
    known = [speaker, time, printed_beside(page, fact), page.place(fact), glued(fact.id)]
    return [*lines, joined(known, BEFORE_IDS)]


def under_value(page: Page, fact: Fact) -> Row:
    """Return a fact of any kind as a row labelled with its value, speaker or time."""
    if fact.kind == "observation":
        made = row(page, fact, value(page, fact), fact.headline, "neither" if page.full else "speaker")
        return made if page.full else replace(made, aside=page.unless_reported(fact))
    if page.full:
        return row(page, fact, page.time(fact.when), fact.headline, "time")
    if fact.standing == "reported":
        return row(page, fact, page.brief_time(fact), fact.headline, "time")
    return row(page, fact, page.speaker(fact), fact.headline, "speaker")


def value(page: Page, fact: Fact, title: str = "") -> str:
    """Return the value of a fact with its unit; for a category, its ``title`` if given."""
    if fact.kind != "observation":
        return title
    indicator = page.store.indicator(fact.indicator)
    return title if title and not indicator.unit else amount(fact.value, indicator)


def printed_beside(page: Page, fact: Fact) -> str:
    """Return the wrong name that a value is printed beside, if an erratum corrects that."""
    if not isinstance(fact, Observation):
        return ""
    from psfacts.text.mentions import Spotter  # which full pages alone need

    spotter = Spotter([page.store.entity(fact.subject)])
    errata = map(page.store.erratum, fact.errata)
    printed = [erratum.printed for erratum in errata if erratum.kind == "figure"]
    wrong = [f"“{words}”" for words in printed if fact.subject not in spotter.spot_all(words)]
    return f"printed beside {', '.join(wrong)}" if wrong else ""


def _at_a_glance(page: Page, fact: Observation | Relation, subject: Entity) -> Row:
    """Return a row with a number or name labelled with what it is, or a title labelled with its subject."""
    if isinstance(fact, Observation):
        indicator = page.store.indicator(fact.indicator)
        if fact.subject != subject.id:
            return row(page, fact, page.short(fact.subject), f"{indicator.name}: {value(page, fact)}")
        if indicator.unit or not fact.title:
            return row(page, fact, indicator.name, value(page, fact))
        return row(page, fact, page.spelt(indicator.id), fact.title)
    if holder := _holder(page, fact, subject):
        return row(page, fact, holder.role or "", holder.name)
    other = fact.object if fact.subject == subject.id else fact.subject
    return row(page, fact, page.short(other), fact.headline)


def _holder(page: Page, fact: Observation | Relation, subject: Entity) -> Entity | None:
    """Return the person who holds an office of ``subject`` according to a fact, if it states that."""
    person = page.store.entity(fact.subject)
    if not isinstance(fact, Relation) or not person.role:
        return None
    return person if person.of == fact.object == subject.id and person.role in fact.predicate else None


def events(page: Page, found: Sequence[Event]) -> list[Row]:
    """Return the rows of events in chronological order, each with its precision."""
    ordered = sorted(found, key=lambda event: (event.when.earliest, event.when.latest))
    labels: Iterable[Piece] = times.labels((event.when, page.written(event)) for event in ordered)
    if page.full or page.view.spoken or page.width < NARROW:
        labels = (page.time(event.when) for event in ordered)
    return [
        row(page, event, label, event.headline, "time", times.SIGNS[times.precision(event.when)])
        for event, label in zip(ordered, labels, strict=True)
    ]


def by_speaker(page: Page, found: Sequence[Fact]) -> list[Row]:
    """Return the rows of facts by speaker: named speakers first, the author last."""
    named = list(dict.fromkeys(fact.asserted_by for fact in found))
    ordered = sorted(found, key=lambda fact: (_STANDINGS.index(fact.standing), named.index(fact.asserted_by)))
    return [row(page, fact, page.speaker(fact), fact.headline, "speaker") for fact in ordered]


def _weightiest(page: Page, found: Sequence[F], subject: Entity, most: int) -> Sequence[F]:
    """Return the most important facts for a brief page, or all facts for a full page.

    Values and relations of ``subject`` itself weigh most, then what concerns the fewest other countries; of these, what
    somebody is said to say before what is reported, and that before the author's view; then what held or happened last.
    """

    def weight(fact: Fact) -> tuple[bool, int, int, int]:
        countries = [key for key in fact.entities if page.store.entity(key).type == "country"]
        own = {getattr(fact, "subject", subject.id), getattr(fact, "object", None)}
        latest = fact.when.latest.toordinal() if fact.when else 0
        return subject.id not in own, len(countries), _STANDINGS.index(fact.standing), -latest

    ranked = sorted(found, key=weight)
    return ranked if page.full else most_of(ranked, most)
