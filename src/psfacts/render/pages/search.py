"""Facts that answer a question, or what is missing and what comes closest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rich.console import RenderableType
from rich.text import Text

from psfacts.answers.search import Hit, Search
from psfacts.model import Erratum, Observation
from psfacts.render.pages.parts import MARK, MATCH, QUIET, STRONG, Body, Piece, heading, joined, ledger, stacked, words
from psfacts.render.pages.sheet import Sheet, time
from psfacts.store.store import Store
from psfacts.text.amounts import amount
from psfacts.text.phrases import quoted


def draw(search: Search, store: Store, width: int) -> Iterator[RenderableType]:
    """Show the corrections, the hits or what is missing with what comes closest, then what the marks mean."""
    sheet = Sheet(store, width, search.errata, search.locators)
    yield words((_title(search), STRONG))
    for one in search.corrections:
        yield words("Read ", quoted(one.written), " as ", (quoted(one.read), STRONG), ".")
    if search.hits:
        yield Text()
        yield _facts(sheet, search, search.hits)
    else:
        yield Text()
        yield words("Nothing in the fact base answers this.", *(f" {one.text}" for one in search.missing))
    if search.related:
        yield heading("What comes closest, without answering", width)
        yield _facts(sheet, search, search.related)
    facts = [one.fact for one in (*search.hits, *search.related)]
    if search.errata:
        yield heading("Errata", width)
        rows = [(words((f"[{number}]", MARK)), [_erratum(one)]) for number, one in enumerate(search.errata, 1)]
        yield ledger(rows, width, spaced=False)
    yield from replace(sheet, errata=()).foot(facts)


def _title(search: Search) -> str:
    count = len(search.hits)
    found = {0: "No facts", 1: "1 fact"}.get(count, f"{count} facts")
    return f"{found} for {quoted(search.query)}"


def _facts(sheet: Sheet, search: Search, hits: Sequence[Hit]) -> RenderableType:
    return ledger([(words(one.fact.kind), _body(sheet, search, one)) for one in hits], sheet.width, sheet.label)


def _body(sheet: Sheet, search: Search, hit: Hit) -> Body:
    """Show the statement with the words that match, and quietly the rest."""
    fact = hit.fact
    about: list[Piece] = [time(fact.when)] if fact.when else []
    if isinstance(fact, Observation):
        indicator = next(one for one in search.indicators if one.id == fact.indicator)
        about.insert(0, (amount(fact.value, indicator), STRONG))
    statement = words(_marked(hit), sheet.marks(fact.errata))
    return stacked(statement, joined([*about, sheet.says(fact), sheet.where(fact.id)]))


def _erratum(erratum: Erratum) -> Text:
    """Tell in a line what is printed and how it is read; why stands on the page of the fact."""
    read = "is doubtful" if erratum.kind == "doubt" else words("→ ", (erratum.reading, STRONG))
    return joined([words(f"“{erratum.printed}” ", read), (erratum.certainty, QUIET), (erratum.id, QUIET)])


def _marked(hit: Hit) -> Text:
    statement, at = hit.fact.statement, 0
    text = Text()
    for start, end in hit.marks:
        text.append_text(words(statement[at:start], (statement[start:end], MATCH)))
        at = end
    return text.append_text(words(statement[at:]))
