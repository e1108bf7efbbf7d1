"""A command, and how the words before and after its name are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from importlib import import_module
from inspect import Parameter, Signature, cleandoc, signature
from typing import TYPE_CHECKING, NamedTuple, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from psfacts.cli.options import COMMON, Options
from psfacts.cli.output import Output, Printed, printed
from psfacts.errors import UsageError
from psfacts.text.phrases import quoted

if TYPE_CHECKING:
    from typer._click.core import Command as TyperBase
    from typer._click.core import Context
    from typer._click.core import Parameter as Declared
    from typer._click.formatting import HelpFormatter
    from typer._click.parser import _OptionParser

SETTINGS = {"help_option_names": ["-h", "--help"]}

_GIVEN = "psfacts.given"
"""Where a group keeps the words that it was given."""

_TEXT = "\0"
"""Stands before a word that begins like an option and is none; no argument of a process can hold it."""

_DASHED_TEXT = re.compile(r"-\d|-[^=]*\s")
"""Begins a word that is text: a hyphen before a digit or, somewhere, a blank. What follows ``=`` may hold any."""


class Group(StrEnum):
    """What commands are for: the headings of the help, in their order."""

    ASK = "Ask"
    BROWSE = "Browse"
    CHECK = "Check"
    TAKE_AWAY = "Take away"
    WRITE = "Write a base"


class Command(NamedTuple):
    """A command of the program."""

    function: Callable[..., Output]
    """What it does. A parameter ``options`` stands for the shared options that its type declares."""

    group: Group
    """What it is for."""

    help: str
    """What its help says. No docstring: those are gone under ``python -OO``."""

    def made(self) -> TyperBase:
        """Return it as typer has commands."""
        app = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=SETTINGS)
        app.command(self.function.__name__, cls=Parsed, help=_unwrapped(self.help))(_spelt_out(self.function))
        return get_command(app)


class Family(NamedTuple):
    """Commands that go by a name together."""

    sources: Mapping[str, str]
    """The modules of the commands by their names."""

    group: Group
    """What they are for."""

    help: str
    """What their help says."""

    completed: bool = False
    """Whether completion is set up by options of it."""

    def made(self, own: Iterable[Parameter] = (), front: bool = True) -> TyperBase:
        """Return it as typer has groups of commands, with parameters of its ``own`` and, in ``front``, the shared."""

        def nothing(**given: object) -> None:
            """Do nothing: what stands in front of a command is read again behind its name."""

        app = typer.Typer(
            cls=Commands,
            add_completion=self.completed,
            rich_markup_mode=None,
            pretty_exceptions_enable=False,
            context_settings=SETTINGS,
        )
        nothing.__signature__ = Signature([*own, *(_parameters(Options) if front else ())])  # type: ignore[attr-defined]  # typer asks for it
        app.callback(help=_unwrapped(cleandoc(self.help)))(nothing)
        made = get_command(app)
        assert isinstance(made, Commands)  # noqa: S101 -- as cls says
        made.sources = self.sources
        return made


def command(group: Group, help: str) -> Callable[[Callable[..., Output]], Command]:  # noqa: A002 -- as typer calls it
    """Make a command of a function."""
    return lambda function: Command(function, group, cleandoc(help))


def _unwrapped(help_text: str) -> str:
    """Return the text of a help so that typer leaves the lines of its examples as they are."""
    return help_text.replace("Examples:\n", "\b\nExamples:\n")


def _spelt_out(function: Callable[..., Output]) -> Callable[..., Callable[[], Printed]]:
    """Return ``function`` with the shared options as parameters of its own; what it returns is yet to be printed."""
    own = dict(signature(function, eval_str=True).parameters)
    shared: type | None = own.pop("options").annotation if "options" in own else None
    parameters = [parameter.replace(kind=Parameter.KEYWORD_ONLY) for parameter in own.values()]
    names = []
    if shared:
        parameters += (declared := _parameters(shared))
        names = [parameter.name for parameter in declared]

    def run(**given: object) -> Callable[[], Printed]:
        if not shared:
            return partial(printed, function(**given))
        options = shared(**{name: given.pop(name) for name in names})
        return partial(printed, function(options=options, **given), options)

    run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # typer asks for it
    return run


def _parameters(shared: type) -> list[Parameter]:
    """Return what a class of options declares as parameters."""
    hints = get_type_hints(shared, include_extras=True)
    return [
        Parameter(name, Parameter.KEYWORD_ONLY, default=getattr(shared, name), annotation=hint)
        for name, hint in hints.items()
    ]


class Parsed(TyperCommand):
    """A command whose arguments may begin with a hyphen where they are no options."""

    def make_parser(self, ctx: Context) -> _OptionParser:
        """Return a parser that takes text for text."""
        parser = super().make_parser(ctx)
        read = parser.parse_args

        def parse_args(args: list[str]) -> tuple[dict[str, object], list[str], list[Declared]]:
            values, rest, order = read([_TEXT + word if _DASHED_TEXT.match(word) else word for word in args])
            return (
                {name: _bare(value) for name, value in values.items()},
                [word.removeprefix(_TEXT) for word in rest],
                order,
            )

        parser.parse_args = parse_args  # type: ignore[method-assign]  # typer takes no parser but its own
        return parser

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read all arguments. Raises UsageError where they are not as the command takes them."""
        ctx.allow_extra_args = True
        with _errors_of(ctx):
            rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise UsageError(f"{quoted(rest[0])} is one argument too many", f"see: {ctx.command_path} --help")
        return rest

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write arguments and options, those that commands share under a heading of their own."""
        _write(_parameter_rows(self.get_params(ctx), ctx), ctx, formatter)


class Commands(TyperGroup):
    """Commands of which each is made when it is asked for: making one costs more than running it.

    Options in front of a command are read as if they stood behind its name.
    """

    sources: Mapping[str, str]

    def found(self, name: str) -> Command | Family:
        """Return the command of a name."""
        found: Command | Family = getattr(import_module(self.sources[name]), name)
        return found

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 -- as typer has it
        """Return the names of all commands."""
        return [*self.sources]

    def get_command(self, ctx: Context, cmd_name: str) -> TyperBase | None:
        """Return the command of a name, made; ``None`` where there is none."""
        if cmd_name in self.sources and cmd_name not in self.commands:
            self.commands[cmd_name] = self.found(cmd_name).made()
        return super().get_command(ctx, cmd_name)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read what stands in front of the command; where nothing is given at all, show the help."""
        ctx.meta[_GIVEN] = [*args]
        with _errors_of(ctx):
            return super().parse_args(ctx, args or ([] if ctx.resilient_parsing else ["--help"]))

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, TyperBase | None, list[str]]:
        """Return the command and its words: those in front of its name, and those behind it."""
        given: list[str] = ctx.meta[_GIVEN]
        if args[0] not in self.sources and not ctx.resilient_parsing:
            from psfacts.cli.usage import no_command

            raise no_command(ctx, args, self.sources)
        name, command, rest = super().resolve_command(ctx, args)
        return name, command, [*given[: len(given) - len(args)], *rest]

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the commands by what they are for, and the options."""
        sections: dict[str, Rows] = {group: [] for group in Group}
        for name in self.sources:
            found = self.found(name)
            sections[found.group].append((name, found.help.partition("\n")[0]))
        _write(sections | _parameter_rows(self.get_params(ctx), ctx), ctx, formatter)


@contextmanager
def _errors_of(context: Context) -> Iterator[None]:
    """Say what typer's parser finds wrong in our words."""
    try:
        yield
    except typer.TyperException as error:
        from psfacts.cli.usage import in_our_words

        raise in_our_words(error, context) from None


def _bare(value: object) -> object:
    """Return what an argument or option was given, without the mark of text."""
    match value:
        case str():
            return value.removeprefix(_TEXT)
        case list() | tuple():
            return [_bare(item) for item in value]
    return value


Rows = list[tuple[str, str]]
"""Names, and what the help says of each."""


def _parameter_rows(parameters: Iterable[Declared], ctx: Context) -> dict[str, Rows]:
    """Return what the help says of parameters, by their headings."""
    sections: dict[str, Rows] = {"Arguments": [], "Options": []}
    for parameter in parameters:
        record = parameter.get_help_record(ctx)
        if record and parameter.param_type_name == "argument":
            name, told = record
            sections["Arguments"].append((name.partition(" ")[0], told))  # without the type, which is Python's
        elif record:
            sections.setdefault(getattr(parameter, "rich_help_panel", None) or "Options", []).append(record)
    common = sections.pop(COMMON, [])
    return {**sections, COMMON: common}


def _write(sections: Mapping[str, Rows], ctx: Context, formatter: HelpFormatter) -> None:
    """Write what there is under each heading, in colour where the help is."""

    def painted(text: str, style: int) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if ctx.color else text

    for heading, rows in sections.items():
        if rows:
            with formatter.section(painted(heading, 1)):
                formatter.write_dl([(painted(name, 36), told) for name, told in rows])
