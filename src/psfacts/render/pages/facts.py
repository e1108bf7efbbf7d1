"""Pages of facts: single ones, those that answer a search, profiles, timelines and lists.

They show key values, events and statements, briefly or in full.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from rich.text import Text

from psfacts.model import Entity, Fact
from psfacts.render import times
from psfacts.render.pages import BEFORE_IDS, NARROW, Page
from psfacts.render.pages.parts import STRONG, TONE, Lines, Piece, Row, glued, joined, stacked, words
from psfacts.store.places import by_place
from psfacts.store.resolve import Membership, memberships
from psfacts.text.phrases import amount, command_for, counted, listed, quoted, shortened

if TYPE_CHECKING:
    from psfacts.answers.country import About, Profile, Profiles, Timeline
    from psfacts.answers.fact import Citation, CitedPassage, FactRecords, Segment, Span
    from psfacts.answers.lists import Facts
    from psfacts.answers.search import Search

_LONGEST_QUERY = 160
"""Characters of a query that are repeated beside its answer."""

_STANDINGS = ("attributed", "reported", "assessed")
"""Standings by weight: attributed statements first, the author's view last."""


def facts(answer: Facts, page: Page) -> Lines:
    """Show one fact per line, labelled with its value, speaker or time."""
    yield from page.head(page.part(len(answer.facts), answer.total, "fact", ""), ruled=bool(answer.facts))
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
    page.offer("profile", f"psfacts country {answer.entity.id}" if answer.entity.type == "country" else "")
    yield from _profile(page, answer.entity, answer.facts)
    yield from page.foot()


def _profile(page: Page, subject: Entity, found: Sequence[Fact]) -> Lines:
    """Show what ``subject`` is, the facts about it by kind, and those about its regions if requested."""
    own = [fact for fact in found if subject.id in fact.entities]
    code = subject.iso.alpha2 if subject.iso else page.role(subject)
    every = () if page.full else memberships(page.store, subject)
    reported = (membership for membership in every if page.store.fact(membership.fact).standing == "reported")
    in_head = {membership.fact: _membership(page, membership) for membership in reported}
    short = "" if subject.short == code else subject.short
    known = (code, short, subject.capital, subject.wikidata if page.full else "", *in_head.values())
    yield from (Text(), *page.head(subject.name, joined(filter(None, known)), counted(len(own), "fact")))
    aliases = ", ".join(subject.aliases) if page.full else ""
    yield from page.pairs([("Members", page.names(subject.members)), ("Also known as", aliases)])
    ranked = sorted((fact for fact in own if fact.id not in in_head), key=lambda fact: _weight(page, fact, subject))
    parts = (
        ("At a glance", "fact", ("observation", "relation"), partial(_at_a_glance, page, subject)),
        ("Timeline", "event", ("event",), partial(events, page)),
        ("Who says what", "claim", ("claim",), partial(by_speaker, page)),
    )
    for title, noun, kinds, rows in parts:
        of_kind = [fact for fact in ranked if fact.kind in kinds]
        kept = page.cut(of_kind)
        count = "" if noun == "fact" and kept is of_kind else page.part(len(kept), len(of_kind), noun)
        yield from page.section(title, page.rows(rows(kept)), count)
    regions = {region.id: region.name for region in page.store.regions_of(subject.id)}
    carried = [fact for fact in found if subject.id not in fact.entities]
    others = [fact for fact in carried if fact.kind == "observation" and fact.subject not in regions]
    shared = [fact for fact in carried if fact.kind != "observation" or fact.subject in regions]
    names = [name for key, name in regions.items() if any(key in fact.entities for fact in shared)]
    for title, part in ((f"{listed(names)} as a whole", shared), ("values of other countries", others)):
        if part and (page.full or page.view.region):
            about = page.rows(by_speaker(page, part))
            yield from page.section(title[0].upper() + title[1:], about, counted(len(part), "fact"))
        elif part:
            page.offer(f"{len(part)} more on {title}", "--region")


def _membership(page: Page, membership: Membership) -> Text:
    """Return a membership in short, such as ``EU candidate since 23 Jun 2022``."""
    fact = page.store.fact(membership.fact)
    time = page.brief_time(fact)
    since = f" {time}" if time.startswith("since ") else ""
    return page.marked(f"{page.short(membership.organization)} {membership.value}{since}", fact)


def timeline(answer: Timeline, page: Page) -> Lines:
    """Show one event per line, with the precision of its time and the countries involved."""
    found = answer.events
    topics = listed([page.store.topic_names.get(key, key) for key in answer.topics])
    limits = {"of": page.names(answer.about), "on": topics, "since": answer.since, "until": answer.until}
    title = " ".join(["Timeline", *(f"{word} {limit}" for word, limit in limits.items() if limit)])
    span = times.reach([(event.when, page.written(event)) for event in found]) if len(found) > 1 else ""
    key = joined((words((sign, TONE), f" {precision}") for precision, sign in times.SIGNS.items()), "  ")
    told = joined([counted(len(found), "event"), span], ", ")
    yield from page.head(title, told, key if found and not (page.full or page.view.spoken) else "", ruled=bool(found))
    yield from page.rows(events(page, found, with_countries=True))
    yield from page.foot(page.way("picture", *["-o timeline.svg" for _ in found[:1]]))


def _whom(page: Page, event: Fact) -> Text:
    """Return the countries and regions of an event, as codes unless they are read aloud."""
    keys = [key for key in event.entities if page.store.entity(key).type in ("country", "region")]
    return words(page.names(keys)) if page.view.spoken else joined(map(glued, map(page.code, keys)), " ")


def row(page: Page, fact: Fact, label: Piece, title: str = "", aside: Piece = "", *, says: bool = True) -> Row:
    """Return a fact as a row: its title and, if it ``says`` so, the speaker; on a full page all of the fact."""
    if page.full:
        return Text(), _in_full(page, fact), Text()
    body = joined([page.marked(title or fact.headline, fact), page.unless_reported(fact) if says else ""])
    return words(label), body, words(aside)


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


def _at_a_glance(page: Page, subject: Entity, found: Iterable[Fact]) -> Iterator[Row]:
    """Return rows with a number or name labelled with what it is, or a title labelled with a subject, values first."""
    for fact in sorted(found, key=lambda fact: fact.kind != "observation"):
        yield row(page, fact, *_labelled(page, subject, fact), page.brief_time(fact))


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


def events(page: Page, found: Iterable[Fact], *, with_countries: bool = False) -> Iterator[Row]:
    """Return the rows of events in chronological order, each with its precision, some with those whom it concerns."""
    dated = [(fact.when, fact) for fact in sorted(found, key=by_place) if fact.when]
    dated.sort(key=lambda event: (event[0].earliest, event[0].latest))
    is_beside = not page.view.spoken and page.width >= NARROW
    short = times.labels((when, page.written(fact)) for when, fact in dated)
    labels: Iterable[Piece] = short if is_beside else (page.time(when) for when, _ in dated)
    for (when, fact), label in zip(dated, labels, strict=True):
        sign = words("" if page.view.spoken else joined([glued("  "), (times.SIGNS[times.precision(when)], TONE)], ""))
        told = page.beside_first(words(label), sign, page.label) if is_beside else words(label, sign)
        yield row(page, fact, told, aside=_whom(page, fact) if with_countries else "")


def by_speaker(page: Page, found: Sequence[Fact]) -> Iterator[Row]:
    """Return the rows of facts by speaker: named speakers first, the author last; on the screen each named once."""
    named = list(dict.fromkeys(fact.asserted_by for fact in found))
    ordered = sorted(found, key=lambda fact: (_STANDINGS.index(fact.standing), named.index(fact.asserted_by)))
    above = None
    for fact in ordered:
        speaker = page.speaker(fact)
        label = "" if speaker == above and not page.view.spoken else speaker
        yield row(page, fact, label, aside=page.brief_time(fact) if fact.kind == "event" else "", says=False)
        above = speaker


def _weight(page: Page, fact: Fact, subject: Entity) -> tuple[bool, int, int, int]:
    """Return the sort key of a fact on a page about ``subject``, the most important first.

    Values and relations of ``subject`` itself weigh most, then what concerns the fewest other countries; of these, what
    somebody is said to say before what is reported, and that before the author's view; then what held or happened last.
    """
    countries = [key for key in fact.entities if page.store.entity(key).type == "country"]
    own = {getattr(fact, "subject", subject.id), getattr(fact, "object", None)}
    latest = fact.when.latest.toordinal() if fact.when else 0
    return subject.id not in own, len(countries), _STANDINGS.index(fact.standing), -latest


def search(search: Search, page: Page) -> Lines:
    """Show the answer with its sentence, and further hits one per line; or what is missing and the closest facts."""
    best, hits = _best(search, page)
    query = shortened(search.query, _LONGEST_QUERY)
    if search.offset and search.total:
        counts = f"{search.offset + 1} to {search.offset + len(hits)} of {counted(search.total, 'fact')}"
        yield from page.head(query, counts if hits else "no more facts", ruled=True)
    elif best:
        told = page.marked(_told(search, best, page), best)
        yield from page.head(told, page.unless_reported(best), query, ruled=True)
    elif search.answer:
        yield from page.head(search.answer.text, aside=query, ruled=True)
    else:
        missing = (f" {missing.text}" for missing in search.missing)
        yield words(("Nothing in the fact base answers this.", STRONG), *missing)
    for correction in search.corrections:
        yield words("Read ", quoted(correction.written), " as ", (quoted(correction.read), STRONG), ".")
    if search.answer and not search.total:
        yield words("from the record of the country: no source is cited for it")
        yield page.way("there is", *search.ways)
        return
    _offer_more(search, page)
    if best and page.full:
        hits = [best, *hits]
    elif best:
        if best.title or best.kind == "observation":  # or else it has been said as the answer
            yield page.marked(best.statement, best)
        yield joined(["reported" if best.standing == "reported" else "", page.time(best.when)])
        yield from page.doubts(best.errata)
    rows = page.rows(under_value(page, fact) for fact in hits)
    is_apart = best and not page.full
    yield from page.section("Also", rows, page.part(len(hits), search.total - 1, "fact", "")) if is_apart else rows
    related = page.rows(under_value(page, hit.fact) for hit in search.related)
    yield from page.section("What comes closest, without answering", related)
    yield from page.foot(few=0)


def _told(search: Search, best: Fact, page: Page) -> str:
    """Return the answer in a line, by the ``best`` fact; a value that is not the very answer has its name."""
    if search.answer and search.answer.kind != "value":
        return search.answer.text
    if search.answer is None and best.kind == "observation":
        return f"{page.store.indicator(best.indicator).name}, {page.short(best.subject)}: {value(page, best)}"
    return value(page, best, best.headline)


def _best(search: Search, page: Page) -> tuple[Fact | None, list[Fact]]:
    """Return the fact that answers the question, if any, and the other hits; after the best, none of them does."""
    hits = [hit.fact for hit in search.hits]
    told = search.answer.fact if search.answer else next((fact.id for fact in hits), None)
    best = page.store.fact(told) if told and not search.offset else None
    return best, [fact for fact in hits if fact != best]


def _offer_more(search: Search, page: Page) -> None:
    """Name the option that shows the rest, and related commands."""
    shown = search.offset + len(search.hits)
    left = search.total - shown
    if left > 0:
        rest = f"--offset {shown}" if search.offset else f"--limit {search.total}"
        page.offer(f"{left}{' or more' if search.is_cut else ''} more", rest)
    known = (page.store.entity(key) for missing in search.missing for key in missing.entities)
    page.offer("there is", *dict.fromkeys([*search.ways, *map(command_for, known)]))


def cite(citation: Citation, page: Page) -> Lines:  # noqa: ARG001 -- all pages have the same signature
    """Show the plain citation, wrapped."""
    from psfacts.render.citation import plain

    yield from map(words, plain(citation).splitlines())


def fact(records: FactRecords, page: Page) -> Lines:
    """Show the fields of each fact (on a full page, all of them), then the notes."""
    for fact in records.facts:
        yield from (Text(), *page.head(fact.id, aside=fact.kind, ruled=True))
        yield page.marked(fact.statement, fact)
        yield from (*page.doubts(fact.errata), Text())
        yield from page.pairs(_fields(page, fact))
        yield from _printed_words(page, [cited for cited in records.passages if cited.fact == fact.id])
    yield from page.foot()


def _fields(page: Page, fact: Fact) -> Iterator[tuple[str, Piece]]:
    """Return the fields of a fact with their names; those of a full page come last."""
    if page.full and fact.title:
        yield "Title", joined([fact.title, page.unless_reported(fact)])
    if fact.kind == "observation":
        indicator = page.store.indicator(fact.indicator)
        yield "Indicator", joined([indicator.name, indicator.id if page.full else ""])
        yield "Subject", page.name(fact.subject)
        yield "Value", (amount(fact.value, indicator), STRONG)
    elif fact.kind == "relation":
        yield "Relation", f"{page.name(fact.subject)} – {fact.predicate} – {page.name(fact.object)}"
    if fact.when:
        days = dict.fromkeys(map(str, (fact.when.earliest, fact.when.latest)))
        yield "When", joined([page.time(fact.when), " to ".join(days) if page.full else ""])
    yield "Who says so", page.speaker(fact, says=True)
    yield "About", page.names(fact.entities)
    if page.full:
        yield "From context", page.names(fact.context)
        yield "Topics", ", ".join(fact.topics)
        yield "Look-up words", ", ".join(fact.keywords)
        yield "Errata", ", ".join(fact.errata)
    spans = (f"{at.source}, characters {at.start} to {at.end} · sha256 {at.sha256}" for at in fact.evidence)
    yield "In the source", stacked(page.place(fact), *(spans if page.full else ()))


def _printed_words(page: Page, passages: Sequence[CitedPassage]) -> Lines:
    """Show the cited words in their paragraphs, each of them once, if a copy of the article was given."""
    from psfacts.answers.fact import segments

    if any(cited.found is False for cited in passages):
        yield words(("Your copy of the article does not have these words.", STRONG))
    spans: dict[str, list[Span]] = defaultdict(list)
    for excerpt in (cited.excerpt for cited in passages if cited.excerpt):
        paragraph, end = spans["".join(segment.text for segment in excerpt.segments)], 0
        for segment in excerpt.segments:
            start, end = end, end + len(segment.text)
            paragraph += ((start, end, key) for key in (*segment.errata, *([None] if segment.cited else [])))
    for text, cut in spans.items():
        yield from (Text(), _printed(page, [*segments(text, cut)]))


def _printed(page: Page, segments: Sequence[Segment]) -> Text:
    """Return a paragraph with the cited words between « and », and [sic] after the words of errata."""
    text, edge = Text(), segments[0].model_copy(update={"cited": False, "errata": ()})
    for before, segment, after in zip([edge, *segments], segments, [*segments[1:], edge], strict=False):
        text.append("«" if segment.cited and not before.cited else "", STRONG)
        printed = segment.text.rstrip()
        lines = (words((line, STRONG if segment.cited else "")) for line in printed.split("\n"))
        text.append_text(Text("\n").join(lines))
        ending = (key for key in segment.errata if key not in after.errata)
        for erratum in map(page.store.erratum, ending if segment.cited or page.full else ()):
            told = " [sic]" if erratum.kind == "doubt" else f" [sic: {erratum.reading}]"
            text.append_text(page.marked((told, STRONG), errata=[erratum.id]))
        text.append("»" if segment.cited and not after.cited else "", STRONG)
        text.append(segment.text[len(printed) :])  # the blanks that end it belong behind a closing mark
    return text
