"""The command line: arguments in, one answer or one error out."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from itertools import takewhile
from subprocess import SubprocessError
from typing import TYPE_CHECKING

import typer

from psfacts.cli.console import Color, is_colored, page, report, write
from psfacts.errors import OutputError, PsfactsError, UsageError

if TYPE_CHECKING:
    from psfacts.cli.options import Output

_VARIABLE = "_PSFACTS_COMPLETE"
"""Environment variable by which a shell requests completion."""

_REQUEST = re.compile(r"(source|complete)_(bash|zsh|fish|powershell|pwsh)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program with ``arguments``, by default those of the process, and return its exit code.

    All errors end here. An answer is written whole or not at all.
    """
    given = _cleaned(sys.argv[1:] if arguments is None else arguments)
    as_json, color, is_paged = _wanted(given)
    try:
        done = run(given, color)
        if not (is_paged and page(done.text, sys.stdout)):
            write(done.text, sys.stdout)
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        return 130
    except PsfactsError as error:
        return report(error, as_json, color)
    return done.exit_code


def run(given: Sequence[str], color: Color) -> Output:
    """Run a command and return all that it has to say on stdout; ``color`` is that of the help.

    Raises UsageError if there is no command, or if no shell can have asked for completion, and OutputError if it
    cannot be installed.
    """
    from psfacts.cli.app import Program, made
    from psfacts.cli.options import Command, Output

    colored = is_colored(color, sys.stdout)
    printed = io.StringIO()
    asked = os.environ.get(_VARIABLE)
    try:
        if asked and not _REQUEST.fullmatch(asked):
            raise ValueError(asked)
        with redirect_stdout(printed):
            program = made("psfacts", Program)
            done: object = program(given, prog_name="psfacts", standalone_mode=False, color=colored)
    except SystemExit as end:  # how typer ends completion
        done = end.code
    except typer.TyperException:  # errors of parsing are converted where they are found
        raise UsageError("no command is given", "see: psfacts --help") from None
    except (LookupError, ValueError, OSError, RuntimeError, SubprocessError) as error:
        if asked:
            message = f"{_VARIABLE} is for shells, which set it on TAB"
            raise UsageError(message, "see: psfacts --install-completion") from None
        if "--install-completion" in given:
            raise OutputError(f"completion cannot be installed: {error}", "see: psfacts --show-completion") from None
        raise
    if isinstance(done, Command):
        return done.run()
    return Output(printed.getvalue(), exit_code=done if isinstance(done, int) else 0)


def _cleaned(arguments: Sequence[str]) -> list[str]:
    """Return arguments without the line ends that lists made on Windows leave, and ``help`` as the option it is."""
    given = [word.rstrip("\r\n") for word in arguments]
    return [*given[1:], "--help"] if given[:1] == ["help"] else given


def _wanted(given: Sequence[str]) -> tuple[bool, Color, bool]:
    """Return whether to answer in JSON, when to use colour, and whether to page; the rest of ``given`` may be invalid.

    Only what is given before a ``--`` counts.
    """
    options = "\0".join(["", *takewhile(lambda word: word != "--", given), ""])  # no argument holds a NUL
    command = next((word for word in given if not word.startswith("-")), "")
    formats = "--json" if command == "export" else r"--json|(?:--format[=\0]|-f\0?)jsonl?"
    as_json = re.search(rf"\0(?:{formats})\0", options) is not None
    color = re.search(r"\0--color[=\0](always|never)\0", options)
    return as_json, Color(color[1] if color else Color.AUTO), "\0--no-pager\0" not in options
