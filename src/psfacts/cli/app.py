"""The program: its commands under their headings, and how the arguments before and after their names are parsed."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from inspect import Parameter, Signature, getdoc
from itertools import chain, starmap
from types import GenericAlias, ModuleType
from typing import TYPE_CHECKING, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

import psfacts
from psfacts.cli import ask, author, browse, check, take
from psfacts.cli.options import COMMON, Command, Options
from psfacts.cli.values import TEXT_MARK, Option, flag
from psfacts.errors import PsfactsError, UsageError
from psfacts.text.names import fold, near
from psfacts.text.phrases import command_for, did_you_mean, either, quoted

if TYPE_CHECKING:
    from typer._click.core import Command as TyperBase
    from typer._click.core import Context
    from typer._click.formatting import HelpFormatter

SETTINGS = {"help_option_names": ["-h", "--help"]}

_DASHED_TEXT = re.compile(r"-\d|-[^=]*\s")
"""Arguments with a hyphen that are text: a digit follows, or a blank occurs before any ``=``."""


def commands_of(module: ModuleType) -> dict[str, type[Command]]:
    """Return the commands in a module by name: the classes that it defines."""
    classes = (found for found in vars(module).values() if isinstance(found, type))
    return {found.__name__.lower(): found for found in classes if found.__module__ == module.__name__}


class Author(Options):
    """Help with writing a fact base.

    Examples:
      psfacts author passage article.txt "closed the strait"
      psfacts author build draft.json article.txt -o facts.json
    """

    sections: ClassVar = {"Write a base": commands_of(author)}


class Program(Options):
    """Answer factual questions about the post-Soviet states: who says so, when it held, where it stands.

    Examples:
      psfacts country moldova
      psfacts compare remittances
      psfacts timeline karabakh --since 2022
    """

    version: bool = flag("Show the version and exit.")

    sections: ClassVar = {
        "Ask": commands_of(ask),
        "Browse": commands_of(browse),
        "Check": commands_of(check),
        "Take away": commands_of(take),
        "Write a base": {"author": Author},
    }


def below(command: type[Command]) -> dict[str, type[Command]]:
    """Return the commands below a group of them, by name."""
    return dict(chain.from_iterable(commands.items() for commands in command.sections.values()))


COMMANDS = tuple(name for name in below(Program) if name != "author")
"""All commands by name but for those of ``author``."""


def made(name: str, command: type[Command]) -> TyperBase:
    """Return a command, or a group of commands, for typer."""

    def parsed(**given: object) -> Command:
        return command(**{name: option.means(name, given[name]) for name, option in command.declared.items()})

    # From its signature typer makes options and arguments.
    parsed.__signature__ = Signature([_parameter(*item) for item in command.declared.items()])  # type: ignore[attr-defined]
    app = typer.Typer(add_completion=command is Program, rich_markup_mode=None, context_settings=SETTINGS)
    help_text = (getdoc(command) or "").replace("Examples:\n", "\b\nExamples:\n")  # the mark keeps lines as they are
    app.command(name, cls=Parsed, help=help_text)(parsed)
    found = get_command(app)
    return Group(command, found) if command.sections else found


def _spellings(name: str, option: Option[object]) -> tuple[str, ...]:
    """Return how an option is spelt on the command line; nothing for an argument."""
    return () if option.positional else (f"--{name.replace('_', '-')}", *option.other_names)


def _parameter(name: str, option: Option[object]) -> Parameter:
    """Return an option or argument as a parameter for typer, which treats all values as text."""
    word = str if option.metavar else bool
    initial = option.initial()
    make: Callable[..., object] = typer.Argument if option.positional else typer.Option
    info = make(
        initial,
        *_spellings(name, option),
        help=option.help,
        metavar=option.metavar,
        show_default=isinstance(initial, str) and option.heading != COMMON,
        autocompletion=option.completions if option.offers else None,
        rich_help_panel="Arguments" if option.positional else option.heading,
    )
    annotation = GenericAlias(list, word) if option.several else word | None
    return Parameter(name, Parameter.KEYWORD_ONLY, default=info, annotation=annotation)


def _format_options(command: TyperBase, ctx: Context, formatter: HelpFormatter) -> None:
    """Write commands, arguments and options under their headings, in colour if the help is; shared options last."""
    sections: dict[str, list[tuple[str, str]]] = {}
    if isinstance(command, Group):
        for heading, commands in command.options.sections.items():
            sections[heading] = [(name, (getdoc(found) or "").partition("\n")[0]) for name, found in commands.items()]
    sections |= {"Arguments": [], "Options": []}
    for parameter in command.get_params(ctx):
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


class Parsed(TyperCommand):
    """A command whose arguments may begin with a hyphen if they are not options."""

    format_options = _format_options

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


class Group(TyperGroup):
    """A group that makes commands on demand, since making one costs more than running it.

    Options before a command are treated as if they came after its name.
    """

    format_options = _format_options

    def __init__(self, options: type[Command], front: TyperBase) -> None:
        super().__init__(
            name=front.name, params=front.params, help=front.help, context_settings=SETTINGS, rich_markup_mode=None
        )
        self.options, self.below = options, below(options)

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 -- as typer has it
        """Return the names of all commands."""
        return [*self.below]

    def get_command(self, ctx: Context, cmd_name: str) -> TyperBase | None:  # noqa: ARG002 -- as typer has it
        """Return the command with this name for typer; ``None`` if there is none."""
        return made(cmd_name, self.below[cmd_name]) if cmd_name in self.below else None

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse the options before the command; without any arguments, show the help."""
        self.given = [*args]
        with _errors_of(ctx):
            rest = super().parse_args(ctx, args or ([] if ctx.resilient_parsing else ["--help"]))
        if ctx.params.get("version") and not ctx.resilient_parsing:
            typer.echo(f"psfacts {psfacts.__version__}")
            raise typer.Exit
        return rest

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, TyperBase | None, list[str]]:
        """Return the command and its arguments: those before its name and those after it."""
        name, *rest = args
        command = self.get_command(ctx, name)
        if command is None and not ctx.resilient_parsing:
            raise _no_command(ctx, args, self.below)
        return name, command, [*self.given[: len(self.given) - len(args)], *rest]


@contextmanager
def _errors_of(context: Context) -> Iterator[None]:
    """Convert errors of typer's parser to UsageError; ``context`` is that of the command concerned."""
    try:
        yield
    except typer.TyperException as error:
        see = f"see: {context.command_path} --help"
        option = str(getattr(error, "option_name", ""))
        message, hint = " ".join(str(error).split()), see
        match type(error).__name__:
            case "NoSuchOption":
                near_options = tuple(sorted(getattr(error, "possibilities", None) or ()))
                message, hint = f"there is no option {quoted(option)}", did_you_mean(near_options) or see
                if takers := _takers(option):
                    early = " before a command" * isinstance(context.command, Group)
                    message = f"{context.command_path.removeprefix('psfacts ')} does not take {option}{early}"
                    hint = f"it is for {either(takers)}" if 2 * len(takers) < len(COMMANDS) else f"leave it out; {see}"
            case "BadOptionUsage":
                parameters = context.command.get_params(context)
                metavar = next((parameter.metavar for parameter in parameters if option in parameter.opts), None)
                message = f"{option} needs a value: {metavar}" if metavar else f"{option} takes no value"
            case "MissingParameter" if parameter := getattr(error, "param", None):
                name = parameter.metavar if parameter.param_type_name == "argument" else parameter.opts[0]
                lines = (context.command.help or "").splitlines()
                examples = (f"for example: {line.strip()}" for line in lines if line.startswith("  psfacts "))
                message, hint = f"missing {parameter.param_type_name} {name}", next(examples, see)
        raise UsageError(message, hint) from None


def _takers(option: str) -> list[str]:
    """Return the commands that take an option."""
    return [name for name in COMMANDS if option in chain(*starmap(_spellings, below(Program)[name].declared.items()))]


def _no_command(context: Context, words: Sequence[str], commands: Iterable[str]) -> UsageError:
    """Return the error for arguments that do not begin with a command, with a suggestion of what to type."""
    name, *_ = words
    hint = did_you_mean(near(name, ([command] for command in commands)))
    plain = [word for word in words if not word.startswith("-")]
    if plain and not hint and context.parent is None:
        hint = _meant(plain, context.params.get("data", ()))
    return UsageError(f"there is no command {quoted(name)}", hint or f"see: {context.command_path} --help")


def _meant(words: Sequence[str], data: Sequence[str]) -> str:
    """Return what to type for arguments without a command: for a name, an id, a date, or else a question."""
    from psfacts.text import dates

    try:
        base = psfacts.load(data)
    except PsfactsError:  # the intended command would report it
        return ""
    if found := base.by_name(fold(" ".join(words))) or base.by_name(fold(words[0])):
        return f"try: {command_for(found[0])}"
    for records, command in (("facts", "fact"), ("errata", "errata")):
        if base.get(records, words[0]):
            return f"try: psfacts {command} {words[0]}"
    if dates.is_date(words[0]):
        return f"try: psfacts timeline {words[0]}"
    return f"try: psfacts search {shlex.join(words)}" if fold(" ".join(words)) else ""
