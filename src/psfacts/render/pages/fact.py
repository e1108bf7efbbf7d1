"""Pages of single facts: fact, cite, and search, which shows the one that answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from psfacts.checking.excerpts import Excerpt, Segment, Span, segments
from psfacts.model import Fact
from psfacts.render.citation import plain
from psfacts.render.pages import facts
from psfacts.render.pages.layout import Page, read
from psfacts.render.pages.parts import STRONG, Lines, Piece, joined, stacked, words
from psfacts.text.phrases import amount, command_for, counted, quoted

if TYPE_CHECKING:
    from psfacts.answers.fact import Citation, CitedPassage, FactRecords
    from psfacts.answers.search import Search


def cite(citation: Citation, page: Page) -> Lines:  # noqa: ARG001 -- all pages have the same signature
    """Show the plain citation, wrapped."""
    yield from map(words, plain(citation).splitlines())


def fact(records: FactRecords, page: Page) -> Lines:
    """Show the fields of each fact (on a full page, all of them), then the notes."""
    for fact in records.facts:
        yield from (Text(), *page.head(fact.id, aside=fact.kind, is_ruled=True))
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
    elif not page.explains:
        repairs = (erratum for erratum in map(page.store.erratum, fact.errata) if erratum.kind != "doubt")
        yield "Printed", stacked(*map(read, repairs))
    spans = (f"{at.source}, characters {at.start} to {at.end} · sha256 {at.sha256}" for at in fact.evidence)
    yield "In the source", stacked(page.place(fact), *(spans if page.full else ()))


def _printed_words(page: Page, passages: Sequence[CitedPassage]) -> Lines:
    """Show the cited words in their paragraphs, if a copy of the article was given."""
    if any(cited.found is False for cited in passages):
        yield words(("Your copy of the article does not have these words.", STRONG))
    for paragraph in _paragraphs(cited.excerpt for cited in passages if cited.excerpt):
        yield Text()
        yield _printed(page, paragraph)


def _paragraphs(excerpts: Iterable[Excerpt]) -> Iterator[list[Segment]]:
    """Return each paragraph once, split at the bounds of cited words and errata."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for excerpt in excerpts:
        paragraph, end = spans["".join(segment.text for segment in excerpt.segments)], 0
        for segment in excerpt.segments:
            start, end = end, end + len(segment.text)
            paragraph += ((start, end, key) for key in (*segment.errata, *([None] if segment.cited else [])))
    for text, cut in spans.items():
        yield [*segments(text, cut)]


def _printed(page: Page, segments: Sequence[Segment]) -> Text:
    """Return a paragraph with the cited words between « and », and [sic] after the words of errata."""
    text, edge = Text(), Segment(text="", cited=False, errata=())
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


def search(search: Search, page: Page) -> Lines:
    """Show the answer with its sentence, and further hits one per line; or what is missing and the closest facts."""
    from psfacts.answers.search import OF_RECORDS  # which the other pages do without

    best, hits = _best(search, page)
    if search.offset and search.total:
        counts = f"{search.offset + 1} to {search.offset + len(hits)} of {counted(search.total, 'fact')}"
        yield from page.head(search.query, counts if hits else "no more facts", is_ruled=True)
    elif best:
        short = search.answer
        told = short.text if short and short.kind != "value" else facts.value(page, best, best.headline)
        yield from page.head(page.marked(told, best), page.unless_reported(best), search.query, is_ruled=True)
    elif search.answer:
        yield from page.head(search.answer.text, aside=search.query, is_ruled=True)
    else:
        missing = (f" {missing.text}" for missing in search.missing)
        yield words(("Nothing in the fact base answers this.", STRONG), *missing)
    for correction in search.corrections:
        yield words("Read ", quoted(correction.written), " as ", (quoted(correction.read), STRONG), ".")
    if search.answer and search.answer.kind in OF_RECORDS:
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
        yield from page.section("Also", page.part(len(hits), search.total - 1, "fact", "")) if hits else ()
    yield from page.rows(facts.under_value(page, fact) for fact in hits)
    if search.related:
        yield from page.section("What comes closest, without answering")
        yield from page.rows(facts.under_value(page, hit.fact) for hit in search.related)
    yield from page.foot(few=0)


def _best(search: Search, page: Page) -> tuple[Fact | None, list[Fact]]:
    """Return the fact that answers the question, if any, and the other hits; after the best, none of them does."""
    hits = [hit.fact for hit in search.hits]
    best = hits[0] if hits and not search.offset else None
    if search.answer and not search.offset:
        best = page.store.fact(search.answer.fact) if search.answer.fact else None
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
