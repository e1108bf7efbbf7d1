"""The page of a search: the answer, its sentence and further hits, or what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from psfacts.answers.search import Search
from psfacts.answers.short import OF_RECORDS
from psfacts.model import Fact
from psfacts.render.pages import facts
from psfacts.render.pages.layout import Page
from psfacts.render.pages.parts import MATCH, STRONG, glued, joined, signed, words
from psfacts.render.pages.tables import Lines
from psfacts.text.names import command_for
from psfacts.text.phrases import counted, quoted


def search(search: Search, page: Page) -> Lines:
    """Show the answer with its sentence, and further hits one per line; or what is missing and the closest facts."""
    best, hits = _best(search, page)
    if search.offset and search.total:
        counts = f"{search.offset + 1} to {search.offset + len(hits)} of {counted(search.total, 'fact')}"
        yield from page.head(search.query, counts if hits else "no more facts")
    elif best or search.answer:
        yield from page.head(*_answer(search, page, best), search.query)
    else:
        missing = (f" {missing.text}" for missing in search.missing)
        yield words(("Nothing in the fact base answers this.", STRONG), *missing)
    for correction in search.corrections:
        yield words("Read ", quoted(correction.written), " as ", (quoted(correction.read), STRONG), ".")
    is_found = bool(search.total or search.answer)
    yield from page.rule() if is_found else ()
    if search.answer and search.answer.kind in OF_RECORDS:
        yield words("from the record of the country: no source is cited for it")
        yield from filter(None, _ways(search, page))
        return
    if best and page.full:
        hits = [best, *hits]
    elif best:
        yield from _sentence(search, page, best)
    if best and not page.full and hits:
        found = search.total - 1
        yield from page.section("Also", str(found) if found == len(hits) else f"{len(hits)} of {found}")
    yield from page.rows((facts.under_value(page, fact) for fact in hits), right=True)
    if search.related:
        yield from page.section("What comes closest, without answering")
        yield from page.rows((facts.under_value(page, hit.fact) for hit in search.related), right=True)
    yield from page.foot(*_ways(search, page), few=0, more="sentences, ids and places" if is_found else "")


def _best(search: Search, page: Page) -> tuple[Fact | None, list[Fact]]:
    """Return the fact that answers the question, if any, and the other hits; after the best, none of them does."""
    hits = [hit.fact for hit in search.hits]
    if search.offset:
        return None, hits
    if not search.answer:
        return hits[0] if hits else None, hits[1:]
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
