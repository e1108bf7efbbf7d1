"""Answers as tables and layouts for a screen, one module an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from importlib import import_module
from io import StringIO

from rich.console import Console, RenderableType

from psfacts.answers.answer import Answer
from psfacts.store.store import Store

Draw = Callable[[Answer, Store | None, int], Iterable[RenderableType]]

_TALL = 10**6
"""Lines that a page may have: nothing is paged here."""


def answer(result: Answer, width: int, colored: bool, details: bool = False) -> str:
    """Return ``result`` as lines of at most ``width`` columns; with ``details``, all that there is to show."""
    console = Console(
        file=StringIO(),
        width=width,
        height=_TALL,
        color_system="standard" if colored else None,
        force_terminal=colored,
        no_color=False,
        force_jupyter=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    page = import_module(f"psfacts.render.pages.{result.command}")
    draw: Draw = page.draw_all if details else page.draw
    with console.capture() as captured:
        console.print(*draw(result, result.store, width), sep="\n", crop=False)
    return _tidy(captured.get())


def _tidy(page: str) -> str:
    """Drop the white space that ends lines, and empty lines but one in a row."""
    if "\x1b" in page:
        lines = re.sub(r" +((?:\x1b\[[0-9;]*m)*)$", r"\1", page, flags=re.MULTILINE)
    else:
        lines = "\n".join(line.rstrip(" ") for line in page.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"
