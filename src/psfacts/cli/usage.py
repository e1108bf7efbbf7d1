"""Messages for invalid command lines: what is wrong, and what to type instead."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import psfacts
from psfacts.cli.options import Options
from psfacts.errors import PsfactsError, UsageError
from psfacts.text import dates
from psfacts.text.names import fold, near
from psfacts.text.phrases import command_for, did_you_mean, quoted

if TYPE_CHECKING:
    import typer
    from typer._click.core import Context


def in_our_words(error: typer.TyperException, context: Context) -> UsageError:
    """Convert an error of typer's parser to UsageError; ``context`` is that of the command concerned."""
    see = f"see: {context.command_path} --help"
    option = str(getattr(error, "option_name", ""))
    match type(error).__name__:
        case "NoSuchOption":
            suggestions = tuple(sorted(getattr(error, "possibilities", None) or ()))
            return UsageError(f"there is no option {quoted(option)}", did_you_mean(suggestions) or see)
        case "BadOptionUsage":
            parameters = context.command.get_params(context)
            metavar = next((parameter.metavar for parameter in parameters if option in parameter.opts), None)
            return UsageError(f"{option} needs a value: {metavar}" if metavar else f"{option} takes no value", see)
        case "MissingParameter" if parameter := getattr(error, "param", None):
            name = parameter.metavar if parameter.param_type_name == "argument" else parameter.opts[0]
            lines = (context.command.help or "").splitlines()
            examples = (f"for example: {line.strip()}" for line in lines if line.startswith("  psfacts "))
            return UsageError(f"missing {parameter.param_type_name} {name}", next(examples, see))
    return UsageError(" ".join(error.format_message().split()), see)


def no_command(context: Context, words: Sequence[str], commands: Iterable[str]) -> UsageError:
    """Return the error for arguments that do not begin with a command, with a suggestion of what to type."""
    name, *_ = words
    hint = did_you_mean(near(name, ([command] for command in commands)))
    plain = [word for word in words if not word.startswith("-")]
    if plain and not hint and context.parent is None:
        hint = _meant(plain, context.params.get("data", Options.declared["data"].initial()))
    return UsageError(f"there is no command {quoted(name)}", hint or f"see: {context.command_path} --help")


def _meant(words: Sequence[str], data: Sequence[str]) -> str:
    """Return what to type for arguments without a command: for a name, an id, a date, or else a question."""
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
