"""Whole records of facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from psfacts.answers.fact import CitedPassage, FactRecords
from psfacts.checking.excerpts import Excerpt, Segment
from psfacts.model import Fact, Id, When
from psfacts.render.pages.parts import MARK, QUIET, STRONG, card, ledger, words
from psfacts.render.pages.sheet import Sheet, time
from psfacts.store.store import Store
from psfacts.text.amounts import amount


def draw(records: FactRecords, store: Store, width: int) -> Iterator[RenderableType]:
    """Show each fact with all its fields, then what the marks mean."""
    sheet = Sheet(store, width, records.errata, records.locators)
    for fact in records.facts:
        yield card(words((fact.id, STRONG)), words((fact.kind, QUIET)), [("", words(fact.statement))], width)
        lines = [*_own(sheet, fact), *_shared(sheet, fact, records)]
        yield ledger([(words(label), [text]) for label, text in lines if text], width, spaced=False)
        yield Text()
    yield from sheet.foot(records.facts)


def _own(sheet: Sheet, fact: Fact) -> Iterator[tuple[str, Text]]:
    """Return the fields that only facts of this kind have."""
    match fact.kind:
        case "observation":
            indicator = sheet.store.indicator(fact.indicator)
            yield "Indicator", words(indicator.name, (f" · {indicator.id}", QUIET))
            yield "Subject", words(sheet.name(fact.subject))
            yield "Value", words((amount(fact.value, indicator), STRONG), sheet.marks(fact.errata))
        case "event":
            yield "Event", words(fact.title or "")
        case "relation":
            yield "Relation", words(f"{sheet.name(fact.subject)} – {fact.predicate} – {sheet.name(fact.object)}")
        case "claim":
            pass


def _shared(sheet: Sheet, fact: Fact, records: FactRecords) -> Iterator[tuple[str, Text]]:
    """Return the fields that all facts have."""
    yield "When", _when(fact.when) if fact.when else Text()
    yield "Who says so", sheet.says(fact)
    yield "About", words(sheet.names(fact.entities))
    yield "From context", words(sheet.names(fact.context))
    yield "Topics", words(", ".join(fact.topics))
    yield "Look-up words", words(", ".join(fact.keywords))
    yield "Errata", words(", ".join(fact.errata), sheet.marks(fact.errata))
    passages = [one for one in records.passages if one.fact == fact.id]
    for cited in passages:
        yield "Passage", _passage(cited)
        if cited.found is False:
            yield "", words(("Your copy of the article does not have these words.", MARK))
    for segments in _paragraphs([one.excerpt for one in passages if one.excerpt]):
        yield "", _paragraph(sheet, segments)


def _paragraphs(excerpts: Iterable[Excerpt]) -> list[list[Segment]]:
    """Return each paragraph once, cut where the words that any of ``excerpts`` cites or an erratum begin or end."""
    merged: dict[str, list[Segment]] = {}
    for one in excerpts:
        printed = "".join(segment.text for segment in one.segments)
        merged[printed] = _merged(merged[printed], one.segments) if printed in merged else list(one.segments)
    return list(merged.values())


def _merged(first: Sequence[Segment], second: Sequence[Segment]) -> list[Segment]:
    """Cut the same paragraph wherever either cuts it; cited is what either cites."""
    segments: list[Segment] = []
    left, right = list(first), list(second)
    while left and right:
        length = min(len(left[0].text), len(right[0].text))
        errata = tuple(sorted({*left[0].errata, *right[0].errata}))
        cited = left[0].cited or right[0].cited
        segments.append(Segment(text=left[0].text[:length], cited=cited, errata=errata))
        for side in (left, right):
            rest = side[0].text[length:]
            side[:1] = [side[0].model_copy(update={"text": rest})] if rest else []
    return segments


def _paragraph(sheet: Sheet, segments: Sequence[Segment]) -> Text:
    """Show a paragraph with the cited words between « and », and after what is not to be taken as it stands, [sic]."""
    text = Text("\n")
    after = [*(frozenset(one.errata) for one in segments[1:]), frozenset[Id]()]
    cited = [False, *(one.cited for one in segments), False]
    for number, (segment, following) in enumerate(zip(segments, after, strict=True), 1):
        style = STRONG if segment.cited else QUIET
        text.append("«" if segment.cited and not cited[number - 1] else "", STRONG)
        printed, blank = _split(segment.text)
        for number_of_line, line in enumerate(printed.split("\n")):
            text.append("\n" if number_of_line else "")
            text.append_text(words((line, style)))
        for key in segment.errata:
            if key not in following:
                text.append_text(_sic(sheet, key))
        text.append("»" if segment.cited and not cited[number + 1] else "", STRONG)
        text.append(blank)
    text.append("\n")
    return text


def _split(printed: str) -> tuple[str, str]:
    """Set the blanks that end ``printed`` apart, which belong behind a closing mark."""
    bare = printed.rstrip()
    return bare, printed[len(bare) :]


def _sic(sheet: Sheet, key: Id) -> Text:
    erratum = sheet.store.erratum(key)
    told = "doubtful" if erratum.kind == "doubt" else f"sic: {erratum.reading}"
    return words((f" [{told}]", MARK), sheet.marks([key]))


def _when(when: When) -> Text:
    days = f"{when.earliest} to {when.latest}" if when.earliest != when.latest else f"{when.earliest}"
    return words(time(when), (f" · {days}", QUIET))


def _passage(cited: CitedPassage) -> Text:
    place, passage = cited.locator, cited.passage
    paragraph = f", paragraph {place.paragraph}" if place.paragraph else ""
    span = f" · {passage.source}, characters {passage.start} to {passage.end} · sha256 {passage.sha256}"
    return words(f"{place.title}{paragraph}", (span, QUIET))
