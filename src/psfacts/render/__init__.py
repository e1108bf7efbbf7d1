"""Answers made into text, one module a format: results in, text out.

Nothing here decides what an answer holds, and nothing here writes to a stream.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from psfacts.answers.answer import Answer


class Format(StrEnum):
    """The form that an answer is given in."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    MARKDOWN = "markdown"
    SVG = "svg"
    VEGA_LITE = "vega-lite"
    TIMELINEJS = "timelinejs"

    @classmethod
    def _missing_(cls, value: object) -> Format | None:
        """Take ``md``, as people call it."""
        return cls.MARKDOWN if value == "md" else None


ROWS = (Format.JSONL, Format.CSV, Format.TSV, Format.MARKDOWN)
"""The formats that are made of rows."""

ENDINGS = {
    ".txt": Format.TABLE,
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".csv": Format.CSV,
    ".tsv": Format.TSV,
    ".md": Format.MARKDOWN,
    ".svg": Format.SVG,
    ".vl.json": Format.VEGA_LITE,
}
"""The formats by the endings of files; of two that fit, the longer counts."""


class View(NamedTuple):
    """How an answer is looked at: what a format cannot show is nothing to it."""

    width: int = 80
    """Columns of a page."""

    colored: bool = False
    """Whether a page is in colour."""

    full: bool = False
    """Whether a page shows all that the answer holds."""

    notes: bool = False
    """Whether a page explains doubts and repairs."""

    region: bool = False
    """Whether a page shows the facts about regions beside those about their members."""

    linked: bool = False
    """Whether a page has links."""

    spoken: bool = False
    """Whether a page is read aloud: words instead of bars and boxes, and a fact a line."""

    columns: tuple[str, ...] = ()
    """The columns of rows; without any, those of each format."""

    silent: bool = False
    """Whether there are rows for that on which the source is silent."""

    hinted: bool = True
    """Whether a page names the commands and options that show more."""


BRIEF = View()
"""How an answer is looked at unless told otherwise."""

EVERYTHING = View(full=True, notes=True, silent=True)
"""How an answer is looked at of which nothing may be left out."""


_ELSEWHERE = {Format.TABLE: "pages.page", Format.TSV: "csv.tsv", Format.VEGA_LITE: "vegalite.answer"}
"""What writes a format that is not written by ``answer`` of the module that is called like it."""


def text(answer: Answer, form: Format, view: View) -> str:
    """Return ``answer`` as text in the format ``form``."""
    module, name = _ELSEWHERE.get(form, f"{form}.answer").split(".")
    write: Callable[[Answer, View], str] = getattr(import_module(f"psfacts.render.{module}"), name)
    return write(answer, view)


def format_of(path: PurePath) -> Format | None:
    """Return the format that the ending of a file names, in either case; ``None`` where it names none."""
    name = path.name.lower()
    ending = max((ending for ending in ENDINGS if name.endswith(ending)), key=len, default="")
    return ENDINGS.get(ending)
