"""Wrong calls, said in our words: what was wrong, and what to type."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from psfacts.cli.options import Options
from psfacts.errors import PsfactsError, UsageError
from psfacts.text import dates
from psfacts.text.names import command_for, did_you_mean, fold, near
from psfacts.text.phrases import quoted

if TYPE_CHECKING:
    import typer
    from typer._click.core import Context, Parameter


def in_our_words(error: typer.TyperException, context: Context | None = None) -> UsageError:
    """Turn an error of typer's parser into ours, by its kind; ``context`` is that of the command that it is about."""
    path = context.command_path if context else "psfacts"
    see = f"see: {path} --help"
    option = str(getattr(error, "option_name", ""))
    match type(error).__name__:
        case "NoSuchOption":
            suggestions = tuple(sorted(getattr(error, "possibilities", None) or ()))
            return UsageError(f"there is no option {quoted(option)}", did_you_mean(suggestions) or see)
        case "BadOptionUsage":
            parameter = _parameter(context, option)
            needs = f"needs a value: {parameter.metavar}" if parameter and parameter.metavar else "takes no value"
            return UsageError(f"{option} {needs}", see)
        case "MissingParameter":
            return UsageError(f"missing {_named(getattr(error, 'param', None))}", _example(context) or see)
        case "BadParameter":
            return UsageError(f"{_named(getattr(error, 'param', None))}: {error.message.rstrip('.')}", see)
        case "UsageError":
            return UsageError("no command is given", see)
    return UsageError(" ".join(error.format_message().split()), see)


def _parameter(context: Context | None, option: str) -> Parameter | None:
    parameters = context.command.get_params(context) if context else []
    return next((parameter for parameter in parameters if option in parameter.opts), None)


def _named(parameter: Parameter | None) -> str:
    """Return a parameter as it is typed: an option by its flag, an argument as the help calls it."""
    if parameter is None:
        return "argument"
    name = parameter.opts[0] if parameter.param_type_name == "option" else parameter.metavar or parameter.name
    return f"{parameter.param_type_name} {name}"


def _example(context: Context | None) -> str:
    lines = (context.command.help or "").splitlines() if context else []
    examples = [line.strip() for line in lines if line.startswith("  psfacts ")]
    return f"for example: {examples[0]}" if examples else ""


def no_command(context: Context, words: Sequence[str], commands: Collection[str]) -> UsageError:
    """Return the error for words of which the first is no command, with what to type for what they may mean."""
    name, *_ = words
    hint = did_you_mean(near(name, ([command] for command in commands)))
    if not hint and context.parent is None:
        data = context.params.get("data", Options.declared()["data"].initial())
        hint = _meant([word for word in words if not word.startswith("-")], data)
    return UsageError(f"there is no command {quoted(name)}", hint or f"see: {context.command_path} --help")


def _meant(words: Sequence[str], data: Sequence[str]) -> str:
    """Say what to type for words without a command: for a name, an id or a date, and else for a question."""
    if not words:
        return ""
    from psfacts.store.open import open_store

    try:
        base = open_store([Path(file) for file in data])
    except PsfactsError:  # which the command that was meant would tell
        return ""
    for name in (" ".join(words), words[0]):
        if found := base.by_name(fold(name)):
            return f"try: {command_for(found[0])}"
    if base.has("facts", words[0]):
        return f"try: psfacts fact {words[0]}"
    if base.has("errata", words[0]):
        return f"try: psfacts errata {words[0]}"
    if dates.is_date(words[0]):
        return f"try: psfacts timeline {words[0]}"
    return f"try: psfacts search {shlex.join(words)}" if fold(" ".join(words)) else ""
