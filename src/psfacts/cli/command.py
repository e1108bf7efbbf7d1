"""Commands, and how the arguments before and after their names are parsed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from inspect import Parameter, Signature, cleandoc, getdoc, signature
from itertools import chain
from types import FunctionType, GenericAlias, ModuleType
from typing import TYPE_CHECKING, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

import psfacts
from psfacts import render
from psfacts.cli.completion import completer
from psfacts.cli.console import printable, wrote
from psfacts.cli.options import COMMON, Answering, Declared, Options, Writing
from psfacts.cli.values import TEXT, TEXT_MARK, Option
from psfacts.errors import UsageError
from psfacts.render import Format
from psfacts.text.phrases import quoted

if TYPE_CHECKING:
    from typer._click.core import Command as TyperBase
    from typer._click.core import Context
    from typer._click.formatting import HelpFormatter

    from psfacts.answers.answer import Answer

SETTINGS = {"help_option_names": ["-h", "--help"]}

_GIVEN = "psfacts.given"
"""Key of the arguments of a group in typer's context."""

_DASHED_TEXT = re.compile(r"-\d|-[^=]*\s")
"""Arguments with a hyphen that are text: a digit follows, or a blank occurs before any ``=``."""


class AnswerOutput(NamedTuple):
    """An answer, to be written in the requested format."""

    answer: Answer
    exit_code: int = 0


class TextOutput(NamedTuple):
    """Text that does not depend on the format."""

    text: str
    form: Format = Format.TABLE
    exit_code: int = 0


Output = AnswerOutput | TextOutput


class Said(NamedTuple):
    """The options that a command was given, and its result."""

    options: Declared
    output: Output

    def printed(self) -> TextOutput:
        """Return the text for standard output; if the options name a file, write that first."""
        options, said = self
        if isinstance(said, AnswerOutput):
            answering = options if isinstance(options, Answering) else Answering()
            text = render.text(said.answer, answering.form, answering.view)
            said = TextOutput(text, answering.form, said.exit_code)
        if not (isinstance(options, Writing) and options.file):
            return said._replace(text=printable(said.text, said.form))
        from psfacts.files import is_standard_output, write

        write(options.file, said.text, options.force)
        return said._replace(text="" if is_standard_output(options.file) else wrote(options.file))


class Command(NamedTuple):
    """A command of the program."""

    function: Callable[..., Output]
    """The function to call. Its parameter ``options`` takes the shared options that its type declares."""

    @property
    def help(self) -> str:
        """Text of the help: the docstring of the function."""
        return getdoc(self.function) or ""

    def made(self) -> TyperBase:
        """Return the command for typer."""
        app = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=SETTINGS)
        app.command(self.function.__name__, cls=Parsed, help=_unwrapped(self.help))(_spelt_out(self.function))
        return get_command(app)


class Family(NamedTuple):
    """A group of commands."""

    help: str | None
    """Text of the help."""

    sections: Mapping[str, Mapping[str, Command | Family]]
    """Commands by name, under their headings in the help."""

    completed: bool = False
    """True if the group has options to set up completion, and to show the version."""

    @property
    def commands(self) -> dict[str, Command | Family]:
        """All commands by name."""
        return dict(chain.from_iterable(commands.items() for commands in self.sections.values()))

    def made(self, front: bool = True) -> TyperBase:
        """Return the group for typer, with the shared options if there are options in ``front`` of the command."""

        def nothing(**given: object) -> None:
            """Do nothing: options before a command are parsed again after its name."""

        app = typer.Typer(cls=Commands, add_completion=self.completed, rich_markup_mode=None, context_settings=SETTINGS)
        own = {"version": TEXT._replace(help="Show the version and exit.", default=False)} if self.completed else {}
        nothing.__signature__ = _signature({**own, **(Options.declared if front else {})})  # type: ignore[attr-defined]  # typer asks for it
        app.callback(help=_unwrapped(cleandoc(self.help or "")))(nothing)
        made = get_command(app)
        assert isinstance(made, Commands)  # noqa: S101 -- as cls says
        made.family = self
        return made


def commands_of(module: ModuleType) -> dict[str, Command | Family]:
    """Return the commands in a module by name: its public functions."""
    return {
        name: Command(found)
        for name, found in vars(module).items()
        if isinstance(found, FunctionType) and found.__module__ == module.__name__ and not name.startswith("_")
    }


def _unwrapped(help_text: str) -> str:
    """Return the help with a mark that keeps typer from rewrapping its examples."""
    return help_text.replace("Examples:\n", "\b\nExamples:\n")


def _spelt_out(function: Callable[..., Output]) -> Callable[..., Said]:
    """Return ``function`` with the shared options as parameters for typer."""
    parameters = dict(signature(function, eval_str=True).parameters)
    shared: type[Declared] = parameters.pop("options").annotation if "options" in parameters else Declared
    own: dict[str, Option[object]] = {name: parameter.default for name, parameter in parameters.items()}
    common = shared.declared

    def run(**given: object) -> Said:
        meant = {name: option.means(name, given[name]) for name, option in (own | common).items()}
        options = shared(**{name: meant.pop(name) for name in common})
        return Said(options, function(options=options, **meant) if common else function(**meant))

    run.__signature__ = _signature(own | common)  # type: ignore[attr-defined]  # typer asks for it
    return run


def _signature(options: Mapping[str, Option[object]]) -> Signature:
    """Return the signature from which typer makes options and arguments."""
    return Signature([_parameter(name, option) for name, option in options.items()])


def _parameter(name: str, option: Option[object]) -> Parameter:
    """Return an option or argument as a parameter for typer, which treats all values as text."""
    word = str if option.metavar else bool
    initial = option.initial()
    make: Callable[..., object] = typer.Argument if option.positional else typer.Option
    info = make(
        initial,
        *(() if option.positional else (f"--{name.replace('_', '-')}", *option.other_names)),
        help=option.help,
        metavar=option.metavar,
        show_default=isinstance(initial, str) and option.heading != COMMON,
        autocompletion=completer(option.offers) if option.offers else None,
        rich_help_panel="Arguments" if option.positional else option.heading,
    )
    annotation = GenericAlias(list, word) if option.several else word | None
    return Parameter(name, Parameter.KEYWORD_ONLY, default=info, annotation=annotation)


class Parsed(TyperCommand):
    """A command whose arguments may begin with a hyphen if they are not options."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse all arguments. Raises UsageError if they are invalid."""
        ctx.allow_extra_args = True
        if ctx.resilient_parsing and args and args[-1].startswith("-") and args[-1] != "-":
            args = args[:-1]  # the option of which the value is being completed: without it nothing would be read
        with _errors_of(ctx):
            marked = [f"{TEXT_MARK}{word}" if _DASHED_TEXT.match(word) else word for word in args]
            rest = super().parse_args(ctx, marked)
        if rest and not ctx.resilient_parsing:
            raise UsageError(
                f"{quoted(rest[0].removeprefix(TEXT_MARK))} is one argument too many", f"see: {ctx.command_path} --help"
            )
        return rest

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write arguments and options, with shared options under their own heading."""
        _write(ctx, formatter)


class Commands(TyperGroup):
    """A group that makes commands on demand, since making one costs more than running it.

    Options before a command are treated as if they came after its name.
    """

    family: Family

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 -- as typer has it
        """Return the names of all commands."""
        return [*self.family.commands]

    def get_command(self, ctx: Context, cmd_name: str) -> TyperBase | None:
        """Return the command with this name for typer; ``None`` if there is none."""
        if cmd_name in self.family.commands and cmd_name not in self.commands:
            self.commands[cmd_name] = self.family.commands[cmd_name].made()
        return super().get_command(ctx, cmd_name)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse the options before the command; without any arguments, show the help."""
        ctx.meta[_GIVEN] = [*args]
        with _errors_of(ctx):
            rest = super().parse_args(ctx, args or ([] if ctx.resilient_parsing else ["--help"]))
        if ctx.params.get("version") and not ctx.resilient_parsing:
            typer.echo(f"psfacts {psfacts.__version__}")
            raise typer.Exit
        return rest

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, TyperBase | None, list[str]]:
        """Return the command and its arguments: those before its name and those after it."""
        given: list[str] = ctx.meta[_GIVEN]
        if args[0] not in self.family.commands and not ctx.resilient_parsing:
            from psfacts.cli.usage import no_command

            raise no_command(ctx, args, self.family.commands)
        name, command, rest = super().resolve_command(ctx, args)
        return name, command, [*given[: len(given) - len(args)], *rest]

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the commands by section, and the options."""
        commands = {
            heading: [(name, (found.help or "").partition("\n")[0]) for name, found in commands.items()]
            for heading, commands in self.family.sections.items()
        }
        _write(ctx, formatter, commands)


@contextmanager
def _errors_of(context: Context) -> Iterator[None]:
    """Convert errors of typer's parser to UsageError."""
    try:
        yield
    except typer.TyperException as error:
        from psfacts.cli.usage import in_our_words

        raise in_our_words(error, context) from None


Rows = list[tuple[str, str]]
"""Names with their help texts."""


def _write(ctx: Context, formatter: HelpFormatter, commands: Mapping[str, Rows] = {}) -> None:
    """Write commands, arguments and options under their headings, in colour if the help is; shared options last."""
    sections: dict[str, Rows] = {**commands, "Arguments": [], "Options": []}
    for parameter in ctx.command.get_params(ctx):
        if record := parameter.get_help_record(ctx):
            heading = getattr(parameter, "rich_help_panel", None) or "Options"
            name = record[0].partition(" ")[0] if heading == "Arguments" else record[0]  # without Python's type
            sections.setdefault(heading, []).append((name, record[1]))
    sections[COMMON] = sections.pop(COMMON, [])

    def painted(text: str, style: int) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if ctx.color else text

    for heading, rows in sections.items():
        if rows:
            with formatter.section(painted(heading, 1)):
                formatter.write_dl([(painted(name, 36), text) for name, text in rows])
