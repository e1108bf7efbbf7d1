"""The list of errata: what is doubtful first, then what was repaired."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.text import Text

from psfacts.answers.errata import Errata
from psfacts.model import Erratum, ErratumKind
from psfacts.render.pages.layout import BODY, Page, part_of, way
from psfacts.render.pages.parts import STRONG, after, glued, joined, words
from psfacts.render.pages.tables import Cells, Column
from psfacts.text.phrases import counted

_KINDS: dict[ErratumKind, str] = {
    "name": "Names that came out as other words",
    "person": "Persons misspelt or mistitled",
    "figure": "Figures beside the wrong name",
    "relation": "Who does what to whom",
    "tense": "Tenses that change the meaning",
    "wording": "Words mistranslated",
    "lost-text": "Words missing or scrambled",
    "doubt": "Clear in print, but doubtful",
}

FEW = 3
"""How many errata are explained at once, and from how many on a reason that they share is said."""

MOST = 10
"""How many repairs of a kind a brief page shows."""

_DOUBTS = (Column("Printed", wraps=22), Column("What speaks against it, and how sure that is", wraps=BODY, grows=True))
_REPAIRS = (Column("Printed", wraps=22), Column("Read as", wraps=BODY, grows=True))


def draw(errata: Errata, page: Page) -> Iterator[RenderableType]:
    """Show the doubts and what speaks against the print, then the repairs by kind; a few are explained at once."""
    page.shows(*errata.errata)
    by_kind = groupby(errata.errata, key=lambda erratum: erratum.kind)
    grouped = sorted(((kind, list(group)) for kind, group in by_kind), key=lambda pair: pair[0] != "doubt")
    doubts = sum(erratum.kind == "doubt" for erratum in errata.errata)
    repairs = len(errata.errata) - doubts
    told = [counted(doubts, "doubt") if doubts else "", counted(repairs, "repair") if repairs else ""]
    title = "Errata" + (f" that touch {page.names(errata.about)}" if errata.about else "")
    yield from page.head(title, joined(told, ", ") or "none")
    if page.explains or len(errata.errata) <= FEW:
        for kind, group in grouped:
            yield from page.notes(_KINDS[kind], group)
        yield from page.foot()
        return
    if doubts:
        yield from page.section(_KINDS["doubt"], str(doubts))
        yield from page.table(_DOUBTS, [_row(erratum) for erratum in grouped.pop(0)[1]])
    yield Text()
    yield from page.groups(_REPAIRS, [_group(kind, group) for kind, group in grouped])
    yield from page.foot(way("one of them", "psfacts errata ID"), more="reasons, ids and places")


def _group(kind: ErratumKind, errata: Sequence[Erratum]) -> tuple[list[Text], list[Cells]]:
    """Return the heading of a kind with the reason that many share, and the rows of those that stand most often."""
    kept = sorted(errata, key=lambda erratum: -len(erratum.evidence))[:MOST]
    heading = words((_KINDS[kind], STRONG), f" {part_of(len(kept), len(errata), 'repair')}")
    reasons = Counter(re.split(r"(?<=[.:]) ", erratum.reason, maxsplit=1)[0] for erratum in errata)
    reason, times = reasons.most_common(1)[0]
    shared = [words(f"{times} of them: {reason.rstrip('.:')}")] if times >= FEW else []
    return [heading, *shared], [_row(erratum) for erratum in kept]


def _row(erratum: Erratum) -> Cells:
    """Return what is printed and how it is read, and how sure and how often, if a repair is not certain and once."""
    is_told = erratum.kind == "doubt" or erratum.certainty != "certain"
    often = f"{len(erratum.evidence)} times" if len(erratum.evidence) > 1 else ""
    told = ", ".join(part for part in (erratum.certainty if is_told else "", often) if part)
    reading = words(erratum.reading.rstrip("."))
    return words(f"“{erratum.printed}”"), after(reading, glued(f"({told})") if told else Text(), " ")
