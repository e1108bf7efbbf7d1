"""Pages of fact and cite."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from psfacts.checking.excerpts import Excerpt, Segment, Span, segments
from psfacts.model import Fact, Id
from psfacts.render.citation import plain
from psfacts.render.pages.layout import Page, read
from psfacts.render.pages.parts import STRONG, Piece, glued, joined, signed, stacked, words
from psfacts.render.pages.tables import Lines
from psfacts.text.amounts import amount

if TYPE_CHECKING:
    from psfacts.answers.fact import Citation, CitedPassage, FactRecords


def cite(citation: Citation, page: Page) -> Lines:  # noqa: ARG001 -- all pages have the same signature
    """Show the plain citation, wrapped."""
    yield from map(words, plain(citation).splitlines())


def fact(records: FactRecords, page: Page) -> Lines:
    """Show the fields of each fact (on a full page, all of them), then the notes."""
    for number, fact in enumerate(records.facts):
        yield from [Text()] if number else []
        page.shows(fact)
        yield from page.head(signed(fact.id, page.doubtful(fact.errata)), aside=fact.kind)
        yield from page.rule()
        yield signed(fact.statement, page.numbers(fact.errata))
        yield from page.doubts(fact.errata)
        yield Text()
        passages = [cited for cited in records.passages if cited.fact == fact.id]
        fields = [*_fields(page, fact), ("In the source", _places(page, passages))]
        yield from page.pairs(((label, told) for label, told in fields if told), wraps=20)
        yield from _printed_words(page, passages)
    yield from page.foot(errata=records.errata)


def _fields(page: Page, fact: Fact) -> Iterator[tuple[str, Piece]]:
    """Return the fields of a fact with their names; those of a full page come last."""
    if page.full and fact.title:
        yield "Title", joined([signed(fact.title, page.doubtful(fact.errata)), page.unless_reported(fact)])
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
    yield "Who says so", page.says(fact)
    yield "About", page.names(fact.entities)
    if page.full:
        yield "From context", page.names(fact.context)
        yield "Topics", ", ".join(fact.topics)
        yield "Look-up words", ", ".join(fact.keywords)
        yield "Errata", words(", ".join(fact.errata), " ", page.numbers(fact.errata))
    elif not page.explains:
        repairs = (erratum for erratum in map(page.store.erratum, fact.errata) if erratum.kind != "doubt")
        yield "Printed", stacked(*map(read, repairs))


def _places(page: Page, passages: Sequence[CitedPassage]) -> Text:
    """Return the places of the cited words; on a full page with offsets and digests."""
    places: dict[str, Text] = {}
    for cited in passages:
        locator, passage = cited.locator, cited.passage
        place = joined([locator.title, glued(f"paragraph {locator.paragraph}") if locator.paragraph else ""], ", ")
        if page.full:
            span = f"{passage.source}, characters {passage.start} to {passage.end}"
            place = joined([place, span, f"sha256 {passage.sha256}"])
        places[place.plain] = place
    return stacked(*places.values())


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
        for key in segment.errata if segment.cited or page.full else ():
            if key not in after.errata:
                text.append_text(_sic(page, key))
        text.append("»" if segment.cited and not after.cited else "", STRONG)
        text.append(segment.text[len(printed) :])  # the blanks that end it belong behind a closing mark
    return text


def _sic(page: Page, key: Id) -> Text:
    erratum = page.store.erratum(key)
    page.doubtful([key])
    told = "doubtful" if erratum.kind == "doubt" else f"sic: {erratum.reading}"
    return signed((f" [{told}]", STRONG), page.numbers([key]))
