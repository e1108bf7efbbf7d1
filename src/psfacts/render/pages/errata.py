"""The list of errata."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.console import RenderableType
from rich.text import Text

from psfacts.answers.errata import Errata
from psfacts.model import Erratum
from psfacts.render.pages.parts import STRONG, Body, heading, joined, ledger, stacked, words
from psfacts.render.pages.sheet import Sheet
from psfacts.store.store import Store
from psfacts.text.phrases import sureness

_KINDS = {
    "name": "Names that came out as other words",
    "person": "Persons misspelt or mistitled",
    "figure": "Figures beside the wrong name",
    "relation": "Who does what to whom",
    "tense": "Tenses that change the meaning",
    "wording": "Words mistranslated",
    "lost-text": "Words missing or scrambled",
    "doubt": "Clear in print, but doubtful",
}


def draw(errata: Errata, store: Store, width: int) -> Iterator[RenderableType]:
    """Show the errata by kind: printed, read, why, how sure, how often and where."""
    sheet = Sheet(store, width, errata.errata, errata.locators)
    if errata.about:
        yield words((f"Errata that touch {sheet.names(errata.about)}", STRONG))
    for kind, group in groupby(errata.errata, key=lambda one: one.kind):
        yield heading(_KINDS[kind], width)
        yield ledger([(words(f"“{one.printed}”"), _body(sheet, one)) for one in group], width)
    if not errata.errata:
        yield Text()
        yield words("No errata.")
    yield from sheet.sources(errata.errata)


def _body(sheet: Sheet, one: Erratum) -> Body:
    times = "once" if len(one.evidence) == 1 else f"{len(one.evidence)} times"
    return stacked(
        (one.reading, STRONG),
        one.reason,
        joined([sureness(one), times, sheet.where(one.id)]),
    )
