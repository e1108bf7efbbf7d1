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


def page(answer: Answer, width: int, colored: bool, full: bool = False, notes: bool = False) -> str:  # noqa: ARG001 -- pages have no notes yet
    """Return ``answer`` as lines of at most ``width`` columns.

    With ``full`` all that there is to show, with ``notes`` its doubts and repairs explained.
    """
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
    module = import_module(f"psfacts.render.pages.{answer.command}")
    draw: Draw = getattr(module, "draw_all", module.draw) if full else module.draw
    with console.capture() as captured:
        for part in answer.parts:
            console.print(*draw(part, part.store, width), "", sep="\n", crop=False)
    return _tidy(captured.get())


def _tidy(drawn: str) -> str:
    """Drop the white space that ends lines, and empty lines but one in a row."""
    if "\x1b" in drawn:
        lines = re.sub(r" +((?:\x1b\[[0-9;]*m)*)$", r"\1", drawn, flags=re.MULTILINE)
    else:
        lines = "\n".join(line.rstrip(" ") for line in drawn.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"
