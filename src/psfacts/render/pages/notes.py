"""What ends a page, in words: doubts, repairs and sources."""

from __future__ import annotations

import re

from rich.style import Style
from rich.text import Text

from psfacts.model import Erratum, Source
from psfacts.render.pages.parts import STRONG, Body, glued, joined, stacked, words
from psfacts.render.sources import published, translation
from psfacts.text.phrases import BASIS

_ADDRESS = re.compile(r"https?://[!-~]+")
"""What a terminal is given as a link."""

_RANDOM = re.compile("\x1b]8;id=[^;]*;")
"""How rich begins a link, each time under another id."""


def objection(doubt: Erratum) -> Text:
    """Return a doubt in a line: what speaks against the printed words, and how sure that is."""
    return words(doubt.reading.rstrip("."), " ", glued(f"(objection {doubt.certainty})"))


def read(erratum: Erratum) -> Text:
    """Return what is printed, and how it is read or why it is doubtful."""
    is_doubt = erratum.kind == "doubt"
    told = words(" is doubtful: ", erratum.reading) if is_doubt else words(" is read as ", (erratum.reading, STRONG))
    return words((f"“{erratum.printed}”", STRONG), told)


def explained(erratum: Erratum, place: Text) -> Body:
    """Return a doubt or a repair with its reason; it ends in its id."""
    sure = f"{'objection ' if erratum.kind == 'doubt' else ''}{erratum.certainty}, from {BASIS[erratum.basis]}"
    return stacked(read(erratum), erratum.reason, joined([sure, place, glued(erratum.id)]))


def repairs(sources: list[Source]) -> str:
    """Return what the repairs of the print are called."""
    return "translation note" if any(source.translated_from for source in sources) else "misprint"


def cited(source: Source, place: Text, linked: bool) -> Body:
    """Return a source in a line, with the place that all of a page is drawn from, if it is one, and its address."""
    made = f" ({translation(source)})" if source.translated_from and not place else ""
    line = joined([words(source.author, ", ", source.publisher, ", ", glued(published(source)), made), place], ", ")
    address = words(source.url)
    if linked and _ADDRESS.fullmatch(source.url):
        address.stylize(Style(link=source.url))
    return [line, address]


def without_ids(page: str) -> str:
    """Return a page with links that are the same bytes on every run."""
    return _RANDOM.sub("\x1b]8;;", page)
