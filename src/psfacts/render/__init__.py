"""Renderers that turn answers into text: pages, formats of rows in one module, and a module per other format.

They do not decide what an answer contains, and do not write to streams.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from psfacts.errors import UsageError

if TYPE_CHECKING:
    from psfacts.answers.answer import Answer
    from psfacts.store.store import Store


class Format(StrEnum):
    """Output format of an answer."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    MARKDOWN = "markdown"
    SVG = "svg"
    VEGA_LITE = "vega-lite"
    TIMELINEJS = "timelinejs"


ROWS = (Format.JSONL, Format.CSV, Format.TSV, Format.MARKDOWN)
"""Formats that consist of rows."""

_OTHERS = {Format.TABLE: ".txt", Format.MARKDOWN: ".md", Format.VEGA_LITE: ".vl.json"}
ENDINGS = {_OTHERS.get(form, f".{form}"): form for form in Format if form is not Format.TIMELINEJS}
"""Formats by file name ending; the longest matching ending wins."""


class View(NamedTuple):
    """Display options of an answer; formats ignore those that they do not support."""

    width: int = 80
    """Width of a page in columns."""

    colored: bool = False
    """Colour the page."""

    full: bool = False
    """Show everything in the answer on the page."""

    notes: bool = False
    """Explain doubts and corrections on the page."""

    region: bool = False
    """Show facts about the regions of its subject on the page, too."""

    linked: bool = False
    """Make addresses on the page terminal hyperlinks."""

    spoken: bool = False
    """Write the page for a screen reader: words instead of bars and boxes, and one fact per line."""

    columns: tuple[str, ...] = ()
    """Columns of rows; if empty, the default columns of the format."""

    silent: bool = False
    """Add rows without a value where the source is silent."""

    hinted: bool = True
    """Name the commands and options that show more on the page."""


BRIEF = View()
"""The default view."""

EVERYTHING = View(full=True, notes=True, silent=True)
"""The view that leaves nothing out."""


_MODULES = {Format.TABLE: ("pages", "page"), **{form: ("flat", str(form)) for form in ROWS}}
_MODULES |= {form: ("charts", form.replace("-", "_")) for form in (Format.VEGA_LITE, Format.TIMELINEJS)}
"""Module and function of formats that are not rendered by ``answer`` in the module of their name."""


def text(answer: Answer, form: Format, view: View) -> str:
    """Return ``answer`` rendered in the format ``form``."""
    module, name = _MODULES.get(form, (form, "answer"))
    write: Callable[[Answer, View], str] = getattr(import_module(f"psfacts.render.{module}"), name)
    return write(answer, view)


def format_of(path: PurePath) -> Format | None:
    """Return the format for a file's ending (case-insensitive), or ``None`` if there is none."""
    endings = [ending for ending in ENDINGS if path.name.lower().endswith(ending)]
    return ENDINGS[max(endings, key=len)] if endings else None


def store_of(answer: Answer) -> Store:
    """Return the store that an answer came from. Raises UsageError if it is no longer known."""
    if answer.store is None:
        raise UsageError("an answer that was copied or pickled cannot be drawn or written as rows", "ask again")
    return answer.store
