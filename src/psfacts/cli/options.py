"""Commands, the groups of options that they share, each declared once, and how they deliver what they say.

A command takes the options of the groups that it inherits. They are accepted before the command, too, with the same
meaning.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import or_
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple, get_args

import psfacts
from psfacts import render
from psfacts.cli import values
from psfacts.cli.console import Color, is_colored, is_dumb, is_terminal, printable, width, wrote
from psfacts.cli.values import Option, flag
from psfacts.errors import UsageError
from psfacts.files import is_standard_output, write
from psfacts.model import Kind, Standing
from psfacts.render import ENDINGS, ROWS, Format, View, format_of
from psfacts.text.phrases import either

if TYPE_CHECKING:
    from datetime import date

    from psfacts.answers.answer import Answer
    from psfacts.article.text import Copy
    from psfacts.store.store import Store

COMMON = "Common options"
"""Heading in the help of the options that most commands share."""

FILTERS = "Filters"
"""Heading in the help of the filters."""

ARTICLE_VARIABLE = "PSFACTS_ARTICLE"

Names = Sequence[str]
Files = Sequence[Path]


class Output(NamedTuple):
    """What a command prints on standard output, and its exit code."""

    text: str
    exit_code: int = 0


class Command:
    """Base of commands, and of the groups of options that they share.

    Options and arguments are declared as attributes. It is not a dataclass, which would slow every start.
    """

    declared: ClassVar[dict[str, Option[object]]] = {}
    """All options and arguments by name, those of bases first."""

    sections: ClassVar[Mapping[str, Mapping[str, type[Command]]]] = {}
    """Commands below a group of them by name, under their headings in the help."""

    def __init_subclass__(cls, heading: str | None = None) -> None:
        """Collect the options of a class; ``heading`` is that of its own in the help."""
        own = {name: found._replace(heading=heading) for name, found in vars(cls).items() if isinstance(found, Option)}
        cls.declared = reduce(or_, (*(vars(base)["declared"] for base in reversed(cls.__bases__)), own))

    def __init__(self, **given: object) -> None:
        vars(self).update({name: option.default for name, option in self.declared.items()} | given)

    def run(self) -> Output:
        """Run a command."""
        return self._run()

    def _run(self) -> Output:
        raise NotImplementedError


class Reading(Command, heading=COMMON):
    """Options of commands that read a fact base."""

    data: Files = values.FILE.repeated(
        "FILE",
        "Use this fact base instead of the built-in one: .json, .jsonl or .db. Repeat it to read several files as one"
        " base. Without it, the files that PSFACTS_DATA names are used, if any.",
        "PSFACTS_DATA",
    )

    def store(self) -> Store:
        """Return the store of the fact base. Raises InvalidError if it cannot be used."""
        return psfacts.load(self.data)


class Showing(Command, heading=COMMON):
    """Options for the format and the detail of an answer."""

    json: bool = flag("Answer with one JSON object, errors too.")
    format: Format | None = values.one_of([*Format], md=Format.MARKDOWN).option(
        "FORMAT", f"Answer as {either(Format)} (or md).", None, "-f"
    )
    columns: tuple[str, ...] | None = values.COLUMNS.option(
        "A,B,C",
        f"Write only these columns, in this order ({either(ROWS)}). An unknown name lists the available ones.",
        None,
    )
    full: bool = flag("Show everything: sentences, ids, places, errata.")
    notes: bool = flag("Explain doubts and corrections.")


class Writing(Command, heading=COMMON):
    """Options of commands that print."""

    output: Path | None = values.OUTPUT.option(
        "FILE", f"Write to FILE; its ending names the format: {either(ENDINGS)}.", None, "-o"
    )
    force: bool = flag("Replace FILE if it exists.")
    color: Color = values.one_of([*Color]).option(
        "WHEN", "Use colour: auto (on a terminal, unless NO_COLOR is set), always or never.", Color.AUTO
    )
    no_pager: bool = flag("Do not page output that is taller than the screen.")

    @property
    def form(self) -> Format:
        """The format of what is printed."""
        return Format.TABLE

    def written(self, text: str, exit_code: int = 0) -> Output:
        """Write a text to the file, if there is one; otherwise return it to be printed."""
        if not self.output:
            return Output(printable(text, self.form, sys.stdout), exit_code)
        write(self.output, text, self.force)
        return Output("" if is_standard_output(self.output) else wrote(self.output), exit_code)


class Printing(Writing, heading=COMMON):
    """Options of commands that print text of one format only."""

    output: Path | None = values.OUTPUT.option("FILE", "Write to FILE.", None, "-o")

    def __init__(self, **given: object) -> None:
        super().__init__(**given)
        possible = {ending: form for ending, form in ENDINGS.items() if form in (Format.TABLE, self.form)}
        if self.output and format_of(self.output) not in (None, *possible.values()):
            raise UsageError(f"{self.output}: the ending names another format", f"end it in {either(possible)}")


class Answering(Writing, Showing):
    """Options of commands that give an answer."""

    region = silent = False  # what only some are asked for

    def __init__(self, **given: object) -> None:
        super().__init__(**given)
        # Contradictory options are refused before anything is read.
        if self.json and self.format not in (None, Format.JSON):
            raise UsageError(f"--json and --format {self.format} contradict each other", "give one of them")
        if self.form not in ROWS and self.columns:
            raise UsageError(f"--columns goes with {either(ROWS)}, not with {self.form}", "for example: --format csv")

    @property
    def form(self) -> Format:
        """The requested format, or that of the file's ending; a table by default."""
        if self.json:
            return Format.JSON
        if self.format or not self.output:
            return self.format or Format.TABLE
        if form := format_of(self.output):
            return form
        hint = f"end it in {either(ENDINGS)}, or give --format"
        raise UsageError(f"{self.output}: the ending names no format", hint)

    @property
    def view(self) -> View:
        """The display options of the answer; a file is in colour only with ``--color always``."""
        colored = self.color is Color.ALWAYS if self.output else is_colored(self.color, sys.stdout)
        linked = colored and not self.output and is_terminal(sys.stdout)
        named = {name: getattr(self, name) for name in ("full", "notes", "region", "silent")}
        spoken = not colored and is_dumb()
        return View(width(), colored, linked=linked, spoken=spoken, columns=self.columns or (), **named)

    def answered(self, answer: Answer, exit_code: int = 0) -> Output:
        """Write an answer in the requested format, or return it to be printed."""
        return self.written(render.text(answer, self.form, self.view), exit_code)


class Options(Answering, Reading):
    """Options of commands that answer from a fact base."""


class Regional(Options, heading=COMMON):
    """Options of commands about an entity that may belong to regions."""

    region: bool = flag("Also show what is said of regions as a whole.")


class Copied(Options):
    """Options of commands that use the user's copy of the article."""

    article: Files = values.FILE.repeated(
        "FILE",
        f"Your own copy of the article, as plain text in UTF-8; may be repeated.  [env var: {ARTICLE_VARIABLE}]",
        ARTICLE_VARIABLE,
    )


def copies_of(paths: Files) -> list[Copy]:
    """Read the copies of the article in ``paths``. Raises InvalidError if one cannot be read."""
    from psfacts.article.text import Copy, read

    return [Copy(read(path)) for path in paths]


class Period(Command, heading=FILTERS):
    """Filters by time."""

    since: date | None = values.SINCE.option("DATE", "From this year, month or day.", None)
    until: date | None = values.UNTIL.option("DATE", "Up to and including this year, month or day.", None)

    @property
    def bounds(self) -> dict[str, date | None]:
        """Both as arguments of a question."""
        return {"since": self.since, "until": self.until}


class Subject(Command, heading=FILTERS):
    """Filters by entity and kind."""

    about: Names = values.ENTITY.repeated(
        "NAME",
        "Only facts that name this entity or a region it belongs to. May be repeated, like all filters but dates.",
    )
    kind: Sequence[Kind] = values.one_of(get_args(Kind)).repeated(
        "KIND", "Only facts of this kind: observation, event, relation or claim."
    )


class Part(Command):
    """Options for a part of a list."""

    limit: int | None = values.at_least(1).option("N", "List at most this many.", None)
    offset: int = values.at_least(0).option("N", "Skip this many.", 0)


class Listing(Period, Subject, Part, Options, heading=FILTERS):
    """Options of commands that list facts or what they refer to."""

    by: Names = values.ENTITY.repeated("NAME", "Only facts that this person or organization asserts.")
    topic: Names = values.TOPIC.repeated("ID", "Only facts on this topic.")
    standing: Sequence[Standing] = values.one_of(get_args(Standing)).repeated(
        "STANDING",
        "Only facts of this standing: reported (the source states it), attributed (it says that somebody says it) or"
        " assessed (its author's view).",
    )

    def part(self, question: Callable[..., Answer]) -> Output:
        """Answer with the requested part of the list that ``question`` returns."""
        from psfacts.answers.answer import Wanted

        wanted = Wanted(
            about=self.about, by=self.by, kinds=self.kind, topics=self.topic, standings=self.standing, **self.bounds
        )
        return self.answered(question(wanted, limit=self.limit, offset=self.offset, store=self.store()))
