"""An answer that shows itself: to rich, and to a notebook."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import cast

from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

from psfacts.answers.answer import Answer
from psfacts.model import Record
from psfacts.render import View, pages

_WIDTH = 100
"""Columns of a page in a notebook."""


class Shown:
    """The page of an answer, as wide as the console it is printed on."""

    def __init__(self, answer: Record) -> None:
        self._answer = cast(Answer, answer)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        """Return the page."""
        page = pages.page(self._answer, View(options.max_width, colored=console.color_system is not None))
        yield Text.from_ansi(page.rstrip("\n"))


def html(answer: Record) -> str:
    """Return the page of an answer as one element of HTML, its colours within."""
    console = Console(file=StringIO(), width=_WIDTH, record=True, force_terminal=True, force_jupyter=False)
    console.print(Shown(answer))
    return console.export_html(inline_styles=True, code_format='<pre style="font-family:monospace">{code}</pre>')
