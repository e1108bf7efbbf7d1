"""The command line: arguments in, one answer or one error out."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from itertools import pairwise

import typer

from psfacts.cli.console import Reply, Said, report, write
from psfacts.errors import PsfactsError, UsageError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program with ``arguments``, by default those of the process, and give its exit code.

    All errors end here. An answer is written whole or not at all.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code, text = run(given)
        write(text, sys.stdout)
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        return 130
    except typer.TyperException as error:
        return report(usage_error(error, given), wants_json(given))
    except PsfactsError as error:
        return report(error, wants_json(given))
    return code


def run(given: Sequence[str]) -> tuple[int, str]:
    """Run a command and give its exit code and all that it has to say on stdout."""
    from psfacts.cli.app import app_for
    from psfacts.cli.completion import errors_in_words

    printed = io.StringIO()
    result: object = None
    try:
        with redirect_stdout(printed), errors_in_words(given):
            result = app_for(given)(given or ["--help"], prog_name="psfacts", standalone_mode=False)
    except SystemExit as end:  # how typer ends completion
        return int(end.code or 0), printed.getvalue()
    if isinstance(result, Reply | Said):
        return result.exit_code, result.text()
    return result if isinstance(result, int) else 0, printed.getvalue()


def wants_json(given: Sequence[str]) -> bool:
    """Return whether an answer as JSON is asked for, whether or not the rest can be understood."""
    options = list(given[: given.index("--")] if "--" in given else given)
    formats = {word.removeprefix("--format=") for word in options if word.startswith("--format=")}
    formats |= {value for word, value in pairwise(options) if word == "--format"}
    answers = options[:1] != ["export"]  # whose formats are those of a file
    return "--json" in options or (answers and bool(formats & {"json", "jsonl"}))


def usage_error(error: typer.TyperException, given: Sequence[str]) -> UsageError:
    """Turn typer's error into ours, in one line."""
    from psfacts.cli.app import COMMANDS

    message = " ".join(error.format_message().replace("Value error, ", "").split()).rstrip(".")
    command = next((f" {word}" for word in given if word in COMMANDS), "")
    if given[:1] == ["author"]:
        command = " author" + "".join(f" {word}" for word in given[1:2] if word in ("passage", "build"))
    return UsageError(message[:1].lower() + message[1:], f"see: psfacts{command} --help")
