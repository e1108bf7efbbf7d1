"""Pages of profiles, timelines and lists of facts.

They show key values, events and statements, briefly or in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from rich.text import Text

from psfacts.model import Entity, Fact
from psfacts.render import times
from psfacts.render.pages.layout import BEFORE_IDS, NARROW, Page, Row
from psfacts.render.pages.parts import GLUE, STRONG, TONE, Lines, Piece, glued, joined, stacked, words
from psfacts.store.places import by_place
from psfacts.text.phrases import amount, counted, listed

if TYPE_CHECKING:
    from psfacts.answers.country import About, Profile, Profiles, Timeline
    from psfacts.answers.lists import Facts

_STANDINGS = ("attributed", "reported", "assessed")
"""Standings by weight: attributed statements first, the author's view last."""


def facts(answer: Facts, page: Page) -> Lines:
    """Show one fact per line, labelled with its value, speaker or time."""
    yield from page.head("Facts", page.part(len(answer.facts), answer.total, "fact", ""), is_ruled=True)
    yield from page.rows(under_value(page, fact) for fact in answer.facts)
    yield from page.foot()


def country(answer: Profile | Profiles, page: Page) -> Lines:
    """Show each country, then the facts about it by kind; those about its regions if requested."""
    for profile in cast("tuple[Profile, ...]", answer.parts):
        found: tuple[Fact, ...] = (*profile.observations, *profile.events, *profile.relations, *profile.claims)
        yield from _profile(page, profile.country, found)
    yield from page.foot()


def about(answer: About, page: Page) -> Lines:
    """Show the entity, then the facts by kind; for a country also the command for its profile."""
    if answer.entity.type == "country":
        page.offer("profile", f"psfacts country {answer.entity.id}")
    yield from _profile(page, answer.entity, answer.facts)
    yield from page.foot()


def _profile(page: Page, subject: Entity, found: Sequence[Fact]) -> Lines:
    """Show what ``subject`` is, the facts about it by kind, and those about its regions if requested."""
    own = [fact for fact in found if subject.id in fact.entities]
    code = subject.iso.alpha2 if subject.iso else page.office(subject) or subject.type
    in_head = {} if page.full else {fact.id: told for fact in own if (told := _membership(page, fact, subject))}
    known = (code, subject.short, subject.capital, subject.wikidata if page.full else "", *in_head.values())
    yield from (Text(), *page.head(subject.name, joined(filter(None, known)), counted(len(own), "fact")))
    aliases = ", ".join(subject.aliases) if page.full else ""
    yield from page.pairs([("Members", page.names(subject.members)), ("Also known as", aliases)])
    left = [fact for fact in own if fact.id not in in_head]
    ranked = sorted(left, key=lambda fact: _weight(page, fact, subject))
    parts = (
        ("At a glance", "fact", ("observation", "relation"), partial(_at_a_glance, page, subject)),
        ("Timeline", "event", ("event",), partial(events, page)),
        ("Who says what", "claim", ("claim",), partial(by_speaker, page)),
    )
    for title, noun, kinds, rows in parts:
        every = [fact for fact in ranked if fact.kind in kinds]
        kept = page.cut(every)
        if kept:
            is_told = noun != "fact" or len(kept) < len(every)
            yield from page.section(title, page.part(len(kept), len(every), noun) if is_told else "")
            yield from page.rows(rows(kept))
    regions = {region.id: region.name for region in page.store.regions_of(subject.id)}
    carried = [fact for fact in found if subject.id not in fact.entities]
    others = [fact for fact in carried if fact.kind == "observation" and fact.subject not in regions]
    shared = [fact for fact in carried if fact.kind != "observation" or fact.subject in regions]
    names = [name for key, name in regions.items() if any(key in fact.entities for fact in shared)]
    for title, part in ((f"{listed(names)} as a whole", shared), ("values of other countries", others)):
        if part and (page.full or page.view.region):
            yield from page.section(title[0].upper() + title[1:], counted(len(part), "fact"))
            yield from page.rows(by_speaker(page, part))
        elif part:
            page.offer(f"{len(part)} more on {title}", "--region")


def _membership(page: Page, fact: Fact, subject: Entity) -> Text | None:
    """Return in short that ``subject`` belongs to an organization; nothing that somebody only says."""
    if fact.kind != "observation" or fact.subject != subject.id or fact.standing != "reported":
        return None
    organization = page.store.indicator(fact.indicator).membership_of
    if not organization:
        return None
    time = page.brief_time(fact)
    since = f" {time}" if time.startswith("since ") else ""
    return page.marked(f"{page.short(organization)} {fact.value}{since}", fact)


def timeline(answer: Timeline, page: Page) -> Lines:
    """Show one event per line, with the precision of its time and the countries involved."""
    found = answer.events
    topics = listed([page.store.topic_names.get(key, key) for key in answer.topics])
    limits = {"of": page.names(answer.about), "on": topics, "since": answer.since, "until": answer.until}
    title = " ".join(["Timeline", *(f"{word} {limit}" for word, limit in limits.items() if limit)])
    span = times.reach([(event.when, page.written(event)) for event in found]) if len(found) > 1 else ""
    key = joined((words((sign, TONE), f" {precision}") for precision, sign in times.SIGNS.items()), "  ")
    told = joined([counted(len(found), "event"), span], ", ")
    yield from page.head(title, told, key if found and not page.view.spoken else "", is_ruled=bool(found))
    yield from page.rows(events(page, found, with_countries=True))
    if found:
        page.offer("picture", "-o timeline.svg")
    yield from page.foot()


def _whom(page: Page, event: Fact) -> Text:
    """Return the countries and regions of an event, as codes unless they are read aloud."""
    keys = [key for key in event.entities if page.store.entity(key).type in ("country", "region")]
    return words(page.names(keys)) if page.view.spoken else joined(map(glued, map(page.code, keys)), " ")


def row(page: Page, fact: Fact, label: Piece, title: str = "", aside: Piece = "", *, says: bool = True) -> Row:
    """Return a fact as a row: its title and, if it ``says`` so, the speaker; on a full page all of the fact."""
    if page.full:
        return Row(Text(), _in_full(page, fact))
    body = joined([page.marked(title or fact.headline, fact), page.unless_reported(fact) if says else ""])
    return Row(words(label), body, words(aside))


def _in_full(page: Page, fact: Fact) -> Text:
    """Return the title, sentence, value, speaker, time, place and id of a fact."""
    speaker, time = page.speaker(fact, says=True), page.time(fact.when)
    known = joined([value(page, fact), speaker, time, page.place(fact), glued(fact.id)], BEFORE_IDS)
    return stacked((fact.title or "", STRONG), page.marked(fact.statement, fact), known)


def under_value(page: Page, fact: Fact) -> Row:
    """Return a fact of any kind as a row labelled with its value, speaker or time."""
    if fact.kind == "observation":
        return row(page, fact, value(page, fact))
    label = page.brief_time(fact) if fact.standing == "reported" else page.speaker(fact)
    return row(page, fact, label, says=False)


def value(page: Page, fact: Fact, title: str = "") -> str:
    """Return the value of a fact with its unit; for a category, its ``title`` if given."""
    if fact.kind != "observation":
        return title
    indicator = page.store.indicator(fact.indicator)
    return title if title and not indicator.unit else amount(fact.value, indicator)


def _at_a_glance(page: Page, subject: Entity, found: Iterable[Fact]) -> list[Row]:
    """Return rows with a number or name labelled with what it is, or a title labelled with a subject, values first."""
    ordered = sorted(found, key=lambda fact: fact.kind != "observation")
    return [row(page, fact, *_labelled(page, subject, fact), page.brief_time(fact)) for fact in ordered]


def _labelled(page: Page, subject: Entity, fact: Fact) -> tuple[str, str]:
    """Return what is known at a glance from a value or a relation of ``subject``, after its label."""
    if fact.kind == "observation":
        name = page.store.indicator(fact.indicator).name
        if fact.subject != subject.id:
            return page.short(fact.subject), f"{name}: {value(page, fact)}"
        return name, value(page, fact, fact.title or "")
    if fact.kind == "relation":
        person = page.store.entity(fact.subject)
        if person.role and person.of == fact.object == subject.id and person.role in fact.predicate:
            return person.role, person.name
        return page.short(fact.object if fact.subject == subject.id else fact.subject), fact.headline
    return "", fact.headline


def events(page: Page, found: Iterable[Fact], *, with_countries: bool = False) -> list[Row]:
    """Return the rows of events in chronological order, each with its precision, some with those whom it concerns."""
    dated = [(fact.when, fact) for fact in sorted(found, key=by_place) if fact.when]
    dated.sort(key=lambda event: (event[0].earliest, event[0].latest))
    labels: Iterable[Piece] = times.labels((when, page.written(fact)) for when, fact in dated)
    if page.view.spoken or page.width < NARROW:
        labels = (page.time(when) for when, _ in dated)
    rows = []
    for (when, fact), label in zip(dated, labels, strict=True):
        sign = "" if page.view.spoken else words((times.SIGNS[times.precision(when)], TONE))
        rows.append(row(page, fact, joined([label, sign], 2 * GLUE), aside=_whom(page, fact) if with_countries else ""))
    return rows


def by_speaker(page: Page, found: Iterable[Fact]) -> list[Row]:
    """Return the rows of facts by speaker: named speakers first, the author last; on the screen each named once."""
    named = list(dict.fromkeys(fact.asserted_by for fact in found))
    ordered = sorted(found, key=lambda fact: (_STANDINGS.index(fact.standing), named.index(fact.asserted_by)))
    speakers = [page.speaker(fact) for fact in ordered]
    rows = []
    for above, speaker, fact in zip([None, *speakers], speakers, ordered, strict=False):
        label = "" if speaker == above and not page.view.spoken else speaker
        rows.append(row(page, fact, label, aside=page.brief_time(fact) if fact.kind == "event" else "", says=False))
    return rows


def _weight(page: Page, fact: Fact, subject: Entity) -> tuple[bool, int, int, int]:
    """Return the sort key of a fact on a page about ``subject``, the most important first.

    Values and relations of ``subject`` itself weigh most, then what concerns the fewest other countries; of these, what
    somebody is said to say before what is reported, and that before the author's view; then what held or happened last.
    """
    countries = [key for key in fact.entities if page.store.entity(key).type == "country"]
    own = {getattr(fact, "subject", subject.id), getattr(fact, "object", None)}
    latest = fact.when.latest.toordinal() if fact.when else 0
    return subject.id not in own, len(countries), _STANDINGS.index(fact.standing), -latest
