"""The options and arguments of commands, declared as data; those that commands share, each once.

A command says by the type of its parameter ``options`` which of the shared ones it takes. They are taken in front of
the command too, and mean the same there.
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
    from psfacts.article.copy import Copy
    from psfacts.store.store import Store

T = TypeVar("T")
D = TypeVar("D")

COMMON = "Common options"
"""The heading of the help that the options stand under which most commands share."""

FILTERS = "Filters"
"""The heading of the help that the filters stand under."""

DATA_VARIABLE = "PSFACTS_DATA"
ARTICLE_VARIABLE = "PSFACTS_ARTICLE"

TEXT = "\0"
"""Stands before a word that begins like an option and is none; no argument of a process can hold it."""

STDOUT = Path("-")
"""The name of a file that stands for standard output."""


class Option(NamedTuple):
    """An option or an argument, which goes by the name of what it is the default of."""

    help: str
    """What the help says of it."""

    metavar: str | None = None
    """What the help calls its value; an option without one is given or not."""

    takes: Values[object] = values.TEXT
    """What its value is."""

    default: object = None
    """What holds where it is not given; an ellipsis where it has to be."""

    other_names: tuple[str, ...] = ()
    """Names that an option has beside its own."""

    several: bool = False
    """Whether it takes several values."""

    positional: bool = False
    """Whether it is an argument."""

    variable: str | None = None
    """The variable of the environment that gives it where the command line does not."""

    heading: str | None = None
    """What an option stands under in the help."""

    def initial(self) -> object:
        """Return what typer is to take it for where it is not given; an empty part of a variable means nothing."""
        named = [part for part in os.environ.get(self.variable or "", "").split(os.pathsep) if part]
        if named or self.default == ():
            return named
        return str(self.default) if self.metavar and isinstance(self.default, str | int) else self.default

    def means(self, name: str, given: object) -> object:
        """Return what was given for it as the command takes it. Raises UsageError where it means nothing."""
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
    """Declare an option that is given or not."""
    return cast(bool, Option(told, default=False, other_names=other_names))


def option(metavar: str, told: str, takes: Values[T], default: D, *other_names: str) -> T | D:
    """Declare an option that takes a value."""
    return cast(T, Option(told, metavar, takes, default, other_names))


def repeated(metavar: str, told: str, takes: Values[T], variable: str | None = None) -> Sequence[T]:
    """Declare an option that may be given again and again."""
    return cast(Sequence[T], Option(told, metavar, takes, (), several=True, variable=variable))


def optional(metavar: str, told: str, takes: Values[T]) -> T | None:
    """Declare an argument that need not be there."""
    return cast(T, Option(told, metavar, takes, positional=True))


def required(metavar: str, told: str, takes: Values[T], *other_names: str) -> T:
    """Declare an argument that has to be there, or where it has ``other_names`` such an option."""
    return cast(T, Option(told, metavar, takes, ..., other_names, positional=not other_names))


def any_number(metavar: str, told: str, takes: Values[T]) -> Sequence[T]:
    """Declare an argument of any number of words."""
    return cast(Sequence[T], Option(told, metavar, takes, (), several=True, positional=True))


def one_or_more(metavar: str, told: str, takes: Values[T], variable: str | None = None) -> Sequence[T]:
    """Declare an argument of at least a word."""
    return cast(Sequence[T], Option(told, metavar, takes, ..., several=True, positional=True, variable=variable))


Names = Sequence[str]
Files = Sequence[Path]


class Declared:
    """Options, declared as attributes with their defaults; no dataclass, which takes milliseconds of every start."""

    heading: str | None = None
    """What they stand under in the help."""

    def __init_subclass__(cls, heading: str | None = None) -> None:
        cls.heading = heading

    def __init__(self, **given: object) -> None:
        vars(self).update({name: declared.default for name, declared in self.declared().items()} | given)
        self.check()

    @classmethod
    def declared(cls) -> dict[str, Option]:
        """Return all of them by name."""
        return {
            name: found._replace(heading=kind.heading)
            for kind in reversed(cls.__mro__)
            if issubclass(kind, Declared)
            for name, found in vars(kind).items()
            if isinstance(found, Option)
        }

    def check(self) -> None:
        """Refuse what cannot be meant, before anything is read."""


class Reading(Declared, heading=COMMON):
    """What a command takes that asks a fact base."""

    data: Files = repeated(
        "FILE",
        "Use this fact base instead of the built-in one: .json, .jsonl or .db. Repeat it to read several files as one"
        f" base. Without it, the files that {DATA_VARIABLE} names are used, if any.",
        values.FILE,
        DATA_VARIABLE,
    )

    def store(self) -> Store:
        """Return the fact base to ask. Raises InvalidError where it cannot be used."""
        from psfacts.store.open import open_store

        return open_store(self.data)


class Showing(Declared, heading=COMMON):
    """How much of an answer is shown, and in which form."""

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
    """What a command takes that prints."""

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
        """Whether to write in colour: to a file only where that is said."""
        return self.color is Color.ALWAYS if self.file else is_colored(self.color, sys.stdout)


class Answering(Writing, Showing):
    """What a command takes that gives an answer."""

    region = silent = False  # what only some are asked for

    def check(self) -> None:
        """Refuse what contradicts itself, before anything is read."""
        if self.json and self.format not in (None, Format.JSON):
            raise UsageError(f"--json and --format {self.format} contradict each other", "give one of them")
        if self.form not in ROWS and self.columns:
            raise UsageError(f"--columns goes with {either(ROWS)}, not with {self.form}", "for example: --format csv")

    @property
    def form(self) -> Format:
        """The format asked for, or else that of the file's ending; a table where nothing is said."""
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
        """How the answer is looked at."""
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
    """What a command takes that answers from a fact base."""


class Regional(Options, heading=COMMON):
    """What a command takes that tells of one who belongs to regions."""

    region: bool = flag("Also show what is said of regions as a whole.")


class Copied(Options):
    """What a command takes that looks at the user's copy of the article."""

    article: Files = repeated(
        "FILE",
        f"Your own copy of the article, as plain text in UTF-8; may be repeated.  [env var: {ARTICLE_VARIABLE}]",
        values.FILE,
        ARTICLE_VARIABLE,
    )

    @property
    def copies(self) -> list[Copy]:
        """The copies. Raises InvalidError where one cannot be read."""
        return copies_of(self.article)


def copies_of(paths: Files) -> list[Copy]:
    """Read the copies in ``paths``. Raises InvalidError where one cannot be read."""
    from psfacts.article.copy import Copy
    from psfacts.article.text import read

    return [Copy(read(path)) for path in paths]


class Period(Declared, heading=FILTERS):
    """Which time is looked at."""

    since: date | None = option("DATE", "From this year, month or day.", values.SINCE, None)
    until: date | None = option("DATE", "Up to and including this year, month or day.", values.UNTIL, None)


class Subject(Declared, heading=FILTERS):
    """Which facts are looked at."""

    about: Names = repeated(
        "NAME",
        "Only facts that name this entity or a region it belongs to. May be repeated, like all filters but dates.",
        values.ENTITY,
    )
    kind: Sequence[Kind] = repeated(
        "KIND", "Only facts of this kind: observation, event, relation or claim.", values.one_of(get_args(Kind))
    )


class Part(Declared):
    """Which part of a list is shown."""

    limit: int | None = option("N", "List at most this many.", values.at_least(1), None)
    offset: int = option("N", "Skip this many.", values.at_least(0), 0)


class Listing(Period, Subject, Part, Options, heading=FILTERS):
    """Which facts a list is made of, and which part of it is shown."""

    by: Names = repeated("NAME", "Only facts that this person or organization asserts.", values.ENTITY)
    topic: Names = repeated("ID", "Only facts on this topic.", values.TOPIC)
    standing: Sequence[Standing] = repeated(
        "STANDING",
        "Only facts of this standing: reported (the source states it), attributed (it says that somebody says it) or"
        " assessed (its author's view).",
        values.one_of(get_args(Standing)),
    )

    def part(self, question: Callable[..., Answer]) -> Answer:
        """Return the part that is asked for of the list that answers a question."""
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
