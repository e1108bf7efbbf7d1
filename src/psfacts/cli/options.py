"""Options and arguments of commands, declared as data; shared options are declared once.

The type of a command's parameter ``options`` says which shared options it takes. They are accepted before
the command, too, with the same meaning.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast, get_args

from psfacts.cli import values
from psfacts.cli.console import Color, is_colored, is_dumb, is_terminal, width
from psfacts.cli.values import Values
from psfacts.errors import UsageError
from psfacts.model import Kind, Standing
from psfacts.render import ENDINGS, ROWS, Format, View, format_of
from psfacts.text.phrases import either

if TYPE_CHECKING:
    from datetime import date

    from psfacts.answers.answer import Answer
    from psfacts.article.text import Copy
    from psfacts.store.store import Store

T = TypeVar("T")
D = TypeVar("D")

COMMON = "Common options"
"""Heading in the help of the options that most commands share."""

FILTERS = "Filters"
"""Heading in the help of the filters."""

DATA_VARIABLE = "PSFACTS_DATA"
ARTICLE_VARIABLE = "PSFACTS_ARTICLE"

TEXT = "\0"
"""Prefix of arguments that look like options but are text; no argument of a process can contain it."""

STDOUT = Path("-")
"""The name of a file that stands for standard output."""


class Option(NamedTuple):
    """An option or argument, named like the parameter or attribute that it is the default of."""

    help: str
    """Text in the help."""

    metavar: str | None = None
    """Placeholder of the value in the help; an option without one is a flag."""

    takes: Values[object] = values.TEXT
    """Type of the value."""

    default: object = None
    """Default value; an ellipsis if it is required."""

    other_names: tuple[str, ...] = ()
    """Additional names of an option."""

    several: bool = False
    """Whether it takes several values."""

    positional: bool = False
    """Whether it is an argument."""

    variable: str | None = None
    """Environment variable with the default."""

    heading: str | None = None
    """Heading of an option in the help."""

    def initial(self) -> object:
        """Return the default value for typer; empty parts of an environment variable are ignored."""
        named = [part for part in os.environ.get(self.variable or "", "").split(os.pathsep) if part]
        if named or self.default == ():
            return named
        return str(self.default) if self.metavar and isinstance(self.default, str | int) else self.default

    def means(self, name: str, given: object) -> object:
        """Return the given value converted for the command. Raises UsageError if it is invalid."""
        match given:
            case str():
                option = str(self.metavar) if self.positional else f"--{name}"
                return self.takes.read(option, given.removeprefix(TEXT))
            case list() | tuple():
                return tuple(self.means(name, item) for item in given)
        return given


# What these return is what stands there once the command runs; until then it is how that is declared. ``told`` is what
# the help says of it.


def flag(told: str, *other_names: str) -> bool:
    """Declare a flag."""
    return cast(bool, Option(told, default=False, other_names=other_names))


def option(metavar: str, told: str, takes: Values[T], default: D, *other_names: str) -> T | D:
    """Declare an option that takes a value."""
    return cast(T, Option(told, metavar, takes, default, other_names))


def repeated(metavar: str, told: str, takes: Values[T], variable: str | None = None) -> Sequence[T]:
    """Declare an option that may be repeated."""
    return cast(Sequence[T], Option(told, metavar, takes, (), several=True, variable=variable))


def optional(metavar: str, told: str, takes: Values[T]) -> T | None:
    """Declare an optional argument."""
    return cast(T, Option(told, metavar, takes, positional=True))


def required(metavar: str, told: str, takes: Values[T], *other_names: str) -> T:
    """Declare a required argument, or with ``other_names`` a required option."""
    return cast(T, Option(told, metavar, takes, ..., other_names, positional=not other_names))


def any_number(metavar: str, told: str, takes: Values[T]) -> Sequence[T]:
    """Declare an argument with any number of values."""
    return cast(Sequence[T], Option(told, metavar, takes, (), several=True, positional=True))


def one_or_more(metavar: str, told: str, takes: Values[T], variable: str | None = None) -> Sequence[T]:
    """Declare an argument with at least one value."""
    return cast(Sequence[T], Option(told, metavar, takes, ..., several=True, positional=True, variable=variable))


Names = Sequence[str]
Files = Sequence[Path]


class Declared:
    """Base of groups of options, declared as attributes. It is not a dataclass, which would slow every start."""

    heading: str | None = None
    """Heading of the options in the help."""

    def __init_subclass__(cls, heading: str | None = None) -> None:
        cls.heading = heading

    def __init__(self, **given: object) -> None:
        vars(self).update({name: declared.default for name, declared in self.declared().items()} | given)
        self.check()

    @classmethod
    def declared(cls) -> dict[str, Option]:
        """Return all options by name."""
        return {
            name: found._replace(heading=kind.heading)
            for kind in reversed(cls.__mro__)
            if issubclass(kind, Declared)
            for name, found in vars(kind).items()
            if isinstance(found, Option)
        }

    def check(self) -> None:
        """Refuse contradictory options before anything is read."""


class Reading(Declared, heading=COMMON):
    """Options of commands that read a fact base."""

    data: Files = repeated(
        "FILE",
        "Use this fact base instead of the built-in one: .json, .jsonl or .db. Repeat it to read several files as one"
        f" base. Without it, the files that {DATA_VARIABLE} names are used, if any.",
        values.FILE,
        DATA_VARIABLE,
    )

    def store(self) -> Store:
        """Return the store of the fact base. Raises InvalidError if it cannot be used."""
        from psfacts.store.open import open_store

        return open_store(self.data)


class Showing(Declared, heading=COMMON):
    """Options for the format and the detail of an answer."""

    json: bool = flag("Answer with one JSON object, errors too.")
    format: Format | None = option(
        "FORMAT", f"Answer as {either(Format)} (or md).", values.one_of([*Format], md=Format.MARKDOWN), None, "-f"
    )
    columns: tuple[str, ...] | None = option(
        "A,B,C",
        f"Write only these columns, in this order ({either(ROWS)}). An unknown name lists the available ones.",
        values.COLUMNS,
        None,
    )
    full: bool = flag("Show everything: sentences, ids, places, errata.")
    notes: bool = flag("Explain doubts and corrections.")


class Writing(Declared, heading=COMMON):
    """Options of commands that print."""

    output: Path | None = option(
        "FILE", f"Write to FILE; its ending names the format: {either(ENDINGS)}.", values.FILE, None, "-o"
    )
    force: bool = flag("Replace FILE if it exists.")
    color: Color = option(
        "WHEN",
        "Use colour: auto (on a terminal, unless NO_COLOR is set), always or never.",
        values.one_of([*Color]),
        Color.AUTO,
    )
    no_pager: bool = flag("Do not page output that is taller than the screen.")

    @property
    def file(self) -> Path | None:
        """The file to write to; ``None`` for standard output."""
        return None if self.output == STDOUT else self.output

    @property
    def is_colored(self) -> bool:
        """Whether to write in colour; to a file only with ``--color always``."""
        return self.color is Color.ALWAYS if self.file else is_colored(self.color, sys.stdout)


class Answering(Writing, Showing):
    """Options of commands that give an answer."""

    region = silent = False  # what only some are asked for

    def check(self) -> None:
        """Refuse contradictory options before anything is read."""
        if self.json and self.format not in (None, Format.JSON):
            raise UsageError(f"--json and --format {self.format} contradict each other", "give one of them")
        if self.form not in ROWS and self.columns:
            raise UsageError(f"--columns goes with {either(ROWS)}, not with {self.form}", "for example: --format csv")

    @property
    def form(self) -> Format:
        """The requested format, or that of the file's ending; a table by default."""
        if self.json:
            return Format.JSON
        if self.format or not self.file:
            return self.format or Format.TABLE
        if form := format_of(self.file):
            return form
        hint = f"end it in {either(ENDINGS)}, or give --format"
        raise UsageError(f"{self.file}: the ending names no format", hint)

    @property
    def view(self) -> View:
        """The display options of the answer."""
        colored = self.is_colored
        return View(
            width=width(),
            colored=colored,
            full=self.full,
            notes=self.notes,
            linked=colored and not self.file and is_terminal(sys.stdout),
            spoken=not colored and is_dumb(),
            columns=self.columns or (),
            region=self.region,
            silent=self.silent,
        )


class Options(Answering, Reading):
    """Options of commands that answer from a fact base."""


class Regional(Options, heading=COMMON):
    """Options of commands about an entity that may belong to regions."""

    region: bool = flag("Also show what is said of regions as a whole.")


class Copied(Options):
    """Options of commands that use the user's copy of the article."""

    article: Files = repeated(
        "FILE",
        f"Your own copy of the article, as plain text in UTF-8; may be repeated.  [env var: {ARTICLE_VARIABLE}]",
        values.FILE,
        ARTICLE_VARIABLE,
    )

    @property
    def copies(self) -> list[Copy]:
        """The copies. Raises InvalidError if one cannot be read."""
        return copies_of(self.article)


def copies_of(paths: Files) -> list[Copy]:
    """Read the copies in ``paths``. Raises InvalidError if one cannot be read."""
    from psfacts.article.text import Copy, read

    return [Copy(read(path)) for path in paths]


class Period(Declared, heading=FILTERS):
    """Filters by time."""

    since: date | None = option("DATE", "From this year, month or day.", values.SINCE, None)
    until: date | None = option("DATE", "Up to and including this year, month or day.", values.UNTIL, None)


class Subject(Declared, heading=FILTERS):
    """Filters by entity and kind."""

    about: Names = repeated(
        "NAME",
        "Only facts that name this entity or a region it belongs to. May be repeated, like all filters but dates.",
        values.ENTITY,
    )
    kind: Sequence[Kind] = repeated(
        "KIND", "Only facts of this kind: observation, event, relation or claim.", values.one_of(get_args(Kind))
    )


class Part(Declared):
    """Options for a part of a list."""

    limit: int | None = option("N", "List at most this many.", values.at_least(1), None)
    offset: int = option("N", "Skip this many.", values.at_least(0), 0)


class Listing(Period, Subject, Part, Options, heading=FILTERS):
    """Options of commands that list facts or what they refer to."""

    by: Names = repeated("NAME", "Only facts that this person or organization asserts.", values.ENTITY)
    topic: Names = repeated("ID", "Only facts on this topic.", values.TOPIC)
    standing: Sequence[Standing] = repeated(
        "STANDING",
        "Only facts of this standing: reported (the source states it), attributed (it says that somebody says it) or"
        " assessed (its author's view).",
        values.one_of(get_args(Standing)),
    )

    def part(self, question: Callable[..., Answer]) -> Answer:
        """Return the requested part of the list that ``question`` returns."""
        from psfacts.answers.answer import Wanted

        wanted = Wanted(
            about=self.about,
            by=self.by,
            kinds=self.kind,
            topics=self.topic,
            standings=self.standing,
            since=self.since,
            until=self.until,
        )
        return question(wanted, limit=self.limit, offset=self.offset, store=self.store())
