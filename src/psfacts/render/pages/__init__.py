"""Answers as pages for a screen, one function per answer, named like its command."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from io import StringIO
from typing import cast

from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

from psfacts.answers import QUESTIONS
from psfacts.answers.answer import Answer
from psfacts.model import Record
from psfacts.render import View
from psfacts.render.pages.layout import Page
from psfacts.render.pages.parts import GLUE

_TALL = 10**6
"""Maximum height of a page: high enough to disable rich's paging."""

_RANDOM = re.compile("\x1b]8;id=[^;]*;")
"""The beginning of a link by rich, which has a random id."""


def page(answer: Answer, view: View) -> str:
    """Return the page of ``answer`` according to ``view``."""
    console = Console(
        file=StringIO(),
        width=view.width,
        height=_TALL,
        color_system="256" if view.colored else None,
        force_terminal=view.colored,
        no_color=False,
        force_jupyter=False,
        legacy_windows=False,
    )
    module = import_module(f"psfacts.render.pages.{QUESTIONS[answer.command].page}")
    draw: Callable[[Answer, Page], Iterable[RenderableType]] = getattr(module, answer.command)
    with console.capture() as captured:
        console.print(*draw(answer, Page(answer, view, console)), sep="\n", crop=False)
    return _tidy(_RANDOM.sub("\x1b]8;;", captured.get()))


class Shown:
    """A rich renderable of an answer's page, as wide as the console."""

    def __init__(self, answer: Record) -> None:
        self._answer = cast(Answer, answer)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        """Return the page."""
        shown = page(self._answer, View(options.max_width, colored=console.color_system is not None))
        yield Text.from_ansi(shown.rstrip("\n"))


def _tidy(text: str) -> str:
    """Strip trailing white space, reduce runs of empty lines to one, and replace GLUE by blanks."""
    lines = re.sub(r" +((?:\x1b(?:\[[0-9;]*m|\]8;;\x1b\\))*)$", r"\1", text.replace(GLUE, " "), flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"
