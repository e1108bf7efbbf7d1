"""The list of errata: what is doubtful first, then what was repaired."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from rich.text import Text

from psfacts.answers.errata import Errata
from psfacts.model import Erratum, ErratumKind
from psfacts.render.pages.layout import BODY, Page, part_of, way
from psfacts.render.pages.parts import STRONG, after, glued, joined, words
from psfacts.render.pages.tables import Cells, Column, Line, Lines
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

_READ = "Read as"
_AGAINST = "What speaks against it, and how sure that is"


def errata(answer: Errata, page: Page) -> Lines:
    """Show the doubts and what speaks against the print, then the repairs by kind; a few are explained at once."""
    page.shows(*answer.errata)
    kinds = {kind: list(group) for kind, group in groupby(answer.errata, key=lambda erratum: erratum.kind)}
    doubts = kinds.pop("doubt", [])
    repairs = len(answer.errata) - len(doubts)
    told = [counted(len(doubts), "doubt") if doubts else "", counted(repairs, "repair") if repairs else ""]
    title = "Errata" + (f" that touch {page.names(answer.about)}" if answer.about else "")
    yield from page.head(title, joined(told, ", ") or "none")
    if page.explains or len(answer.errata) <= FEW:
        for kind, group in {"doubt": doubts, **kinds}.items():
            yield from page.notes(_KINDS[kind], group)
        yield from page.foot()
        return
    if doubts:
        yield from page.section(_KINDS["doubt"], str(len(doubts)))
        yield from page.table(_columns(_AGAINST), list(map(_row, doubts)))
    yield Text()
    yield from page.table(_columns(_READ), [line for kind, group in kinds.items() for line in _of_kind(kind, group)])
    yield from page.foot(way("one of them", "psfacts errata ID"), more="reasons, ids and places")


def _columns(reading: str) -> list[Column]:
    return [Column("Printed", wraps=22), Column(reading, wraps=BODY, grows=True)]


def _of_kind(kind: ErratumKind, found: list[Erratum]) -> Iterator[Line]:
    """Return the heading of a kind with the reason that many share, and the rows of those that stand most often."""
    kept = sorted(found, key=lambda erratum: -len(erratum.evidence))[:MOST]
    yield words((_KINDS[kind], STRONG), f" {part_of(len(kept), len(found), 'repair', ': --full')}")
    reasons = Counter(re.split(r"(?<=[.:]) ", erratum.reason, maxsplit=1)[0] for erratum in found)
    reason, times = reasons.most_common(1)[0]
    if times >= FEW:
        yield words(f"{times} of them: {reason.rstrip('.:')}")
    yield from map(_row, kept)


def _row(erratum: Erratum) -> Cells:
    """Return what is printed and how it is read, and how sure and how often, if a repair is not certain and once."""
    is_told = erratum.kind == "doubt" or erratum.certainty != "certain"
    often = f"{len(erratum.evidence)} times" if len(erratum.evidence) > 1 else ""
    told = ", ".join(part for part in (erratum.certainty if is_told else "", often) if part)
    reading = words(erratum.reading.rstrip("."))
    return words(f"“{erratum.printed}”"), after(reading, glued(f"({told})") if told else Text(), " ")
