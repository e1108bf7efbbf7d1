"""Commands, and how the arguments before and after their names are parsed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from inspect import Parameter, Signature, cleandoc, getdoc, signature
from types import GenericAlias
from typing import TYPE_CHECKING, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from psfacts import render
from psfacts.cli.completion import completer
from psfacts.cli.options import COMMON, TEXT, Answering, Declared, Option, Options, Writing
from psfacts.cli.output import Output, Said, TextOutput, printable, wrote
from psfacts.errors import UsageError
from psfacts.text.phrases import quoted

if TYPE_CHECKING:
    from typer._click.core import Command as TyperBase
    from typer._click.core import Context
    from typer._click.core import Parameter as TyperParameter
    from typer._click.formatting import HelpFormatter

SETTINGS = {"help_option_names": ["-h", "--help"]}

_GIVEN = "psfacts.given"
"""Key of the arguments of a group in typer's context."""

_DASHED_TEXT = re.compile(r"-\d|-[^=]*\s")
"""Arguments with a hyphen that are text: a digit follows, or a blank occurs before any ``=``."""


class Command(NamedTuple):
    """A command of the program."""

    function: Callable[..., Output]
    """The function to call. Its parameter ``options`` stands for the shared options that the type declares."""

    @property
    def help(self) -> str:
        """Text of the help: the docstring of the function."""
        return getdoc(self.function) or ""

    def made(self) -> TyperBase:
        """Return the command for typer."""
        app = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=SETTINGS)
        app.command(self.function.__name__, cls=Parsed, help=_unwrapped(self.help))(_spelt_out(self.function))
        return get_command(app)


class Section:
    """Commands under a common heading in the help."""

    def __init__(self, heading: str, **commands: Family) -> None:
        self.heading = heading
        self.commands: dict[str, Command | Family] = {**commands}

    def command(self, function: Callable[..., Output]) -> Callable[..., Output]:
        """Register a function as a command with its name, and its docstring as help."""
        self.commands[function.__name__] = Command(function)
        return function


class Family(NamedTuple):
    """A group of commands."""

    help: str
    """Text of the help."""

    sections: Sequence[Section]
    """Sections of commands."""

    completed: bool = False
    """Whether the group has options to set up completion."""

    def made(self, own: Iterable[Parameter] = (), front: bool = True) -> TyperBase:
        """Return the group for typer, with its ``own`` parameters and, if ``front``, the shared options."""

        def nothing(**given: object) -> None:
            """Do nothing: options before a command are parsed again after its name."""

        app = typer.Typer(
            cls=Commands,
            add_completion=self.completed,
            rich_markup_mode=None,
            pretty_exceptions_enable=False,
            context_settings=SETTINGS,
        )
        nothing.__signature__ = _signature(Options.declared() if front else {}, *own)  # type: ignore[attr-defined]  # typer asks for it
        app.callback(help=_unwrapped(cleandoc(self.help)))(nothing)
        made = get_command(app)
        assert isinstance(made, Commands)  # noqa: S101 -- as cls says
        made.sections = self.sections
        made.sources = {name: found for section in self.sections for name, found in section.commands.items()}
        return made


def _unwrapped(help_text: str) -> str:
    """Return the help with a mark that keeps typer from rewrapping its examples."""
    return help_text.replace("Examples:\n", "\b\nExamples:\n")


def _spelt_out(function: Callable[..., Output]) -> Callable[..., Said]:
    """Return ``function`` with the shared options as parameters for typer."""
    parameters = dict(signature(function, eval_str=True).parameters)
    shared: type[Declared] = parameters.pop("options").annotation if "options" in parameters else Declared
    own: dict[str, Option] = {name: parameter.default for name, parameter in parameters.items()}
    common = shared.declared()

    def run(**given: object) -> Said:
        meant = {name: option.means(name, given[name]) for name, option in (own | common).items()}
        options = shared(**{name: meant.pop(name) for name in common})
        output = function(options=options, **meant) if common else function(**meant)
        return Said(output, partial(_printed, output, options))

    run.__signature__ = _signature(own | common)  # type: ignore[attr-defined]  # typer asks for it
    return run


def _printed(output: Output, given: Declared) -> TextOutput:
    """Return the text of ``output`` for standard output; if the options name a file, write that first."""
    options = given if isinstance(given, Writing) else Answering()
    if isinstance(output, TextOutput):
        text, form, exit_code = output
    else:
        assert isinstance(options, Answering)  # noqa: S101 -- what answers takes the options of answers
        text, form, exit_code = render.text(output.answer, options.form, options.view), options.form, output.exit_code
    if options.file:
        from psfacts.files import is_standard_output, write

        write(options.file, text, options.force)
        text = "" if is_standard_output(options.file) else wrote(options.file)
        return TextOutput(text, form, exit_code)
    return TextOutput(printable(text, form), form, exit_code)


def _signature(options: Mapping[str, Option], *others: Parameter) -> Signature:
    """Return the signature from which typer makes options and arguments."""
    return Signature([*others, *(_parameter(name, option) for name, option in options.items())])


def _parameter(name: str, option: Option) -> Parameter:
    """Return an option or argument as a parameter for typer, which treats all values as text."""
    word = str if option.metavar else bool
    initial = option.initial()
    make: Callable[..., object] = typer.Argument
    names: tuple[str, ...] = ()
    if not option.positional:
        make = partial(typer.Option, rich_help_panel=option.heading)
        names = (f"--{name.replace('_', '-')}", *option.other_names)
    info = make(
        initial,
        *names,
        help=option.help,
        metavar=option.metavar,
        show_default=isinstance(initial, str) and option.heading != COMMON,
        autocompletion=completer(option.takes.offers) if option.takes.offers else None,
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
            rest = super().parse_args(ctx, [f"{TEXT}{word}" if _DASHED_TEXT.match(word) else word for word in args])
        if rest and not ctx.resilient_parsing:
            raise UsageError(
                f"{quoted(rest[0].removeprefix(TEXT))} is one argument too many", f"see: {ctx.command_path} --help"
            )
        return rest

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write arguments and options, with shared options under their own heading."""
        _write(_parameter_rows(self.get_params(ctx), ctx), ctx, formatter)


class Commands(TyperGroup):
    """A group that makes commands on demand, since making one costs more than running it.

    Options before a command are treated as if they came after its name.
    """

    sections: Sequence[Section] = ()
    sources: Mapping[str, Command | Family] = {}

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 -- as typer has it
        """Return the names of all commands."""
        return [*self.sources]

    def get_command(self, ctx: Context, cmd_name: str) -> TyperBase | None:
        """Return the command with this name for typer; ``None`` if there is none."""
        if cmd_name in self.sources and cmd_name not in self.commands:
            self.commands[cmd_name] = self.sources[cmd_name].made()
        return super().get_command(ctx, cmd_name)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse the options before the command; without any arguments, show the help."""
        ctx.meta[_GIVEN] = [*args]
        with _errors_of(ctx):
            return super().parse_args(ctx, args or ([] if ctx.resilient_parsing else ["--help"]))

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, TyperBase | None, list[str]]:
        """Return the command and its arguments: those before its name and those after it."""
        given: list[str] = ctx.meta[_GIVEN]
        if args[0] not in self.sources and not ctx.resilient_parsing:
            from psfacts.cli.usage import no_command

            raise no_command(ctx, args, self.sources)
        name, command, rest = super().resolve_command(ctx, args)
        return name, command, [*given[: len(given) - len(args)], *rest]

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the commands by section, and the options."""
        commands = {
            section.heading: [(name, found.help.partition("\n")[0]) for name, found in section.commands.items()]
            for section in self.sections
        }
        _write(commands | _parameter_rows(self.get_params(ctx), ctx), ctx, formatter)


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


def _parameter_rows(parameters: Iterable[TyperParameter], ctx: Context) -> dict[str, Rows]:
    """Return the help texts of parameters by heading."""
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
    """Write the rows under each heading, in colour if the help is."""

    def painted(text: str, style: int) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if ctx.color else text

    for heading, rows in sections.items():
        if rows:
            with formatter.section(painted(heading, 1)):
                formatter.write_dl([(painted(name, 36), told) for name, told in rows])
