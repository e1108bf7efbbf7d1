"""The options that commands share, each declared once.

A command says by the type of its parameter ``options`` which of them it takes. They are taken in front of the command
too, and mean the same there.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from psfacts.cli.console import Color, is_colored, is_dumb, is_terminal, width
from psfacts.errors import UsageError
from psfacts.render import ENDINGS, ROWS, Format, View, format_of
from psfacts.text.phrases import either, quoted

if TYPE_CHECKING:
    from psfacts.store.store import Store

E = TypeVar("E", bound=StrEnum)

COMMON = "Common options"
"""The heading of the help that they stand under."""

DATA_VARIABLE = "PSFACTS_DATA"

STDOUT = Path("-")
"""The name of a file that stands for standard output."""


def one_of(kind: type[E], option: str, word: str) -> E:
    """Return what ``word`` means as the value of ``option``. Raises UsageError where it is no word of ``kind``."""
    try:
        return kind(word.lower())
    except ValueError:
        raise UsageError(f"{option} cannot be {quoted(word)}", f"give {either(kind)}") from None


def at_least(least: int, option: str, word: str) -> int:
    """Return the whole number that ``option`` is given. Raises UsageError where it is none, or under ``least``."""
    if not word.isdecimal() or len(word) > _DIGITS or int(word) < least:
        raise UsageError(f"{option} cannot be {quoted(word)}", f"give a whole number, {least} or more")
    return int(word)


_DIGITS = 9
"""Digits of the largest number that an option takes."""


def offering(words: Iterable[str]) -> Callable[[str], list[str]]:
    """Return what completes one of ``words``."""

    def offers(incomplete: str) -> list[str]:
        return [word for word in words if word.startswith(incomplete)]

    return offers


def or_named(paths: list[Path] | None) -> list[Path]:
    """Return ``paths``, or where there are none those that the environment names; an empty part there means nothing."""
    return paths or [Path(part) for part in os.environ.get(DATA_VARIABLE, "").split(os.pathsep) if part]


class Declared:
    """Options, declared as attributes with their defaults; no dataclass, which takes milliseconds of every start."""

    def __init__(self, **typed: object) -> None:
        vars(self).update(typed)
        self.check()

    def check(self) -> None:
        """Refuse what cannot be meant, before anything is read."""


class Reading(Declared):
    """What a command takes that asks a fact base."""

    data: Annotated[
        list[Path] | None,
        typer.Option(
            "--data",
            metavar="FILE",
            help="Read another fact base than the built-in one: .json, .jsonl or .db. Several files are one base."
            f" Without it, those are read that {DATA_VARIABLE} names.",
            show_default=False,
            callback=or_named,
            rich_help_panel=COMMON,
        ),
    ] = None

    def store(self) -> Store:
        """Return the fact base to ask. Raises InvalidError where it cannot be used."""
        from psfacts.store.open import open_store

        return open_store(self.data or ())


class Showing(Declared):
    """How much of an answer is shown, and in which form."""

    json: Annotated[
        bool, typer.Option("--json", help="Answer with one JSON object, errors too.", rich_help_panel=COMMON)
    ] = False
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help=f"Answer as {either(Format)} (or md).",
            show_default=False,
            autocompletion=offering(Format),
            rich_help_panel=COMMON,
        ),
    ] = None
    columns: Annotated[
        str | None,
        typer.Option(
            "--columns",
            metavar="A,B,C",
            help=f"Of {either(ROWS)}, only these columns, in this order; an unknown one lists those there are.",
            show_default=False,
            rich_help_panel=COMMON,
        ),
    ] = None
    full: Annotated[
        bool, typer.Option("--full", help="Show all there is: sentences, ids, places, errata.", rich_help_panel=COMMON)
    ] = False
    notes: Annotated[
        bool, typer.Option("--notes", help="Explain what is doubtful and what was repaired.", rich_help_panel=COMMON)
    ] = False


class Writing(Declared):
    """What a command takes that prints."""

    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=f"Write to FILE; its ending names the format: {either(ENDINGS)}.",
            show_default=False,
            rich_help_panel=COMMON,
        ),
    ] = None
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it exists.", rich_help_panel=COMMON)] = False
    color: Annotated[
        str,
        typer.Option(
            "--color",
            metavar="WHEN",
            help="Use colour: auto (on a terminal, unless NO_COLOR is set), always or never.",
            show_default=False,
            autocompletion=offering(Color),
            rich_help_panel=COMMON,
        ),
    ] = Color.AUTO
    no_pager: Annotated[
        bool, typer.Option("--no-pager", help="Print what is taller than the screen at once.", rich_help_panel=COMMON)
    ] = False

    def check(self) -> None:
        """Refuse what cannot be meant, before anything is read."""
        super().check()
        one_of(Color, "--color", self.color)

    @property
    def file(self) -> Path | None:
        """The file to write to; ``None`` for standard output."""
        return None if self.output == STDOUT else self.output

    @property
    def is_colored(self) -> bool:
        """Whether to write in colour: to a file only where that is said."""
        color = Color(self.color.lower())
        return color is Color.ALWAYS if self.file else is_colored(color, sys.stdout)


class Answering(Writing, Showing):
    """What a command takes that gives an answer."""

    def check(self) -> None:
        """Refuse what contradicts itself, before anything is read."""
        super().check()
        if self.json and self.format is not None and one_of(Format, "--format", self.format) is not Format.JSON:
            raise UsageError(f"--json and --format {self.format} contradict each other", "give one of them")
        if self.form not in ROWS and self.columns is not None:
            raise UsageError(f"--columns goes with {either(ROWS)}, not with {self.form}", "for example: --format csv")
        if self.columns is not None and not self._columns:
            raise UsageError("--columns names none", "for example: --columns id,statement")

    @property
    def form(self) -> Format:
        """The format asked for, or else that of the file's ending; a table where nothing is said."""
        if self.json:
            return Format.JSON
        if self.format is not None:
            return one_of(Format, "--format", self.format)
        if not self.file:
            return Format.TABLE
        form = format_of(self.file)
        if not form:
            raise UsageError(
                f"{self.file}: the ending names no format", f"end it in {either(ENDINGS)}, or give --format"
            )
        return form

    @property
    def view(self) -> View:
        """How the answer is looked at."""
        colored = self.is_colored
        return View(
            width=width(),
            colored=colored,
            full=self.full,
            notes=self.notes,
            linked=colored and not self.file and is_terminal(sys.stdout),
            spoken=not colored and is_dumb(),
            columns=self._columns,
        )

    @property
    def _columns(self) -> tuple[str, ...]:
        return tuple(filter(None, map(str.strip, (self.columns or "").split(","))))


class Options(Answering, Reading):
    """What a command takes that answers from a fact base."""


class Regional(Options):
    """What a command takes that tells of one who belongs to regions."""

    region: Annotated[
        bool, typer.Option("--region", help="Show what is said of the regions as a whole, too.", rich_help_panel=COMMON)
    ] = False

    @property
    def view(self) -> View:
        """How the answer is looked at."""
        return super().view._replace(region=self.region)


class FactKind(StrEnum):
    """The kinds of facts."""

    OBSERVATION = "observation"
    EVENT = "event"
    RELATION = "relation"
    CLAIM = "claim"


class FactStanding(StrEnum):
    """Who may stand behind a fact."""

    REPORTED = "reported"
    ATTRIBUTED = "attributed"
    ASSESSED = "assessed"
