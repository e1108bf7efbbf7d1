"""Pages of single facts: fact, cite, and search, which shows the one that answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from psfacts.checking.excerpts import Excerpt, Segment, Span, segments
from psfacts.model import Fact, Id
from psfacts.render.citation import plain
from psfacts.render.pages import facts
from psfacts.render.pages.layout import Page, read
from psfacts.render.pages.parts import MATCH, STRONG, Lines, Piece, glued, joined, signed, stacked, words
from psfacts.text.amounts import amount
from psfacts.text.names import command_for
from psfacts.text.phrases import counted, quoted

if TYPE_CHECKING:
    from psfacts.answers.fact import Citation, CitedPassage, FactRecords
    from psfacts.answers.search import Search


def cite(citation: Citation, page: Page) -> Lines:  # noqa: ARG001 -- all pages have the same signature
    """Show the plain citation, wrapped."""
    yield from map(words, plain(citation).splitlines())


def fact(records: FactRecords, page: Page) -> Lines:
    """Show the fields of each fact (on a full page, all of them), then the notes."""
    for number, fact in enumerate(records.facts):
        yield from [Text()] if number else []
        page.shows(fact)
        yield from page.head(signed(fact.id, page.doubtful(fact.errata)), aside=fact.kind, is_ruled=True)
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
    yield "Who says so", page.speaker(fact, says=True)
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
        span = f"{passage.source}, characters {passage.start} to {passage.end}"
        told = joined([place, span, f"sha256 {passage.sha256}"] if page.full else [place])
        places[told.plain] = told
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


def search(search: Search, page: Page) -> Lines:
    """Show the answer with its sentence, and further hits one per line; or what is missing and the closest facts."""
    from psfacts.answers.short import OF_RECORDS  # which the other pages do without

    best, hits = _best(search, page)
    if search.offset and search.total:
        counts = f"{search.offset + 1} to {search.offset + len(hits)} of {counted(search.total, 'fact')}"
        yield from page.head(search.query, counts if hits else "no more facts", is_ruled=True)
    elif best or search.answer:
        yield from page.head(*_answer(search, page, best), search.query, is_ruled=True)
    else:
        missing = (f" {missing.text}" for missing in search.missing)
        yield words(("Nothing in the fact base answers this.", STRONG), *missing)
    for correction in search.corrections:
        yield words("Read ", quoted(correction.written), " as ", (quoted(correction.read), STRONG), ".")
    if search.answer and search.answer.kind in OF_RECORDS:
        yield words("from the record of the country: no source is cited for it")
        yield from filter(None, _ways(search, page))
        return
    if best and page.full:
        hits = [best, *hits]
    elif best:
        yield from _sentence(search, page, best)
        found = search.total - 1
        counts = str(found) if found == len(hits) else f"{len(hits)} of {found}"
        yield from page.section("Also", counts) if hits else ()
    yield from page.rows((facts.under_value(page, fact) for fact in hits), right=True)
    if search.related:
        yield from page.section("What comes closest, without answering")
        yield from page.rows((facts.under_value(page, hit.fact) for hit in search.related), right=True)
    yield from page.foot(
        *_ways(search, page), few=0, more="sentences, ids and places" if search.total or search.answer else ""
    )


def _best(search: Search, page: Page) -> tuple[Fact | None, list[Fact]]:
    """Return the fact that answers the question, if any, and the other hits; after the best, none of them does."""
    hits = [hit.fact for hit in search.hits]
    best = hits[0] if hits and not search.offset else None
    if search.answer and not search.offset:
        best = page.store.fact(search.answer.fact) if search.answer.fact else None
    return best, [fact for fact in hits if fact != best]


def _answer(search: Search, page: Page, best: Fact | None) -> tuple[Text, Text]:
    """Return the short answer, and who says so unless it is simply reported."""
    short = search.answer
    if not best:
        return words(short.text if short else ""), Text()
    page.shows(best)
    told = short.text if short and short.kind != "value" else facts.value(page, best, best.headline)
    numbers = page.numbers(best.errata) if told == best.statement else Text()
    return signed(told, numbers, page.doubtful(best.errata)), page.unless_reported(best)


def _sentence(search: Search, page: Page, fact: Fact) -> Lines:
    """Show the sentence of a fact with its time, its standing unless a speaker is named, and its doubts."""
    if fact.title or fact.kind == "observation":  # or else it has been said as the answer
        marks = next((hit.marks for hit in search.hits if hit.fact == fact), ())
        sentence = words(fact.statement)
        for start, end in marks:
            sentence.stylize(MATCH, start, end)
        yield signed(sentence, page.numbers(fact.errata))
    yield joined(["reported" if fact.standing == "reported" else "", page.time(fact.when)])
    yield from page.doubts(fact.errata)


def _ways(search: Search, page: Page) -> Iterator[Text]:
    """Return the option that shows the rest, and related commands."""
    shown = search.offset + len(search.hits)
    left = search.total - shown
    if left > 0:
        rest = f"--offset {shown}" if search.offset else f"--limit {search.total}"
        yield page.way(f"{left}{' or more' if search.is_cut else ''} more", rest)
    known = dict.fromkeys(key for missing in search.missing for key in missing.entities)
    commands = dict.fromkeys([*search.ways, *(command_for(page.store.entity(key)) for key in known)])
    if commands and page.view.hinted:
        yield words("there is: ", joined(map(glued, commands)))
