"""The command line: arguments in, one answer or one error out."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from itertools import takewhile

import typer

from psfacts.cli.console import Color, is_colored, report, write
from psfacts.cli.output import Printed
from psfacts.errors import PsfactsError

_JSON = re.compile(r"\0(?:--json|(?:--format[=\0]|-f\0?)jsonl?)\0")
_COLOR = re.compile(r"\0--color[=\0](always|never)\0")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program with ``arguments``, by default those of the process, and give its exit code.

    All errors end here. An answer is written whole or not at all.
    """
    given = _cleaned(sys.argv[1:] if arguments is None else arguments)
    try:
        done = run(given)
        write(done.text, sys.stdout)
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        return 130
    except typer.TyperException as error:
        from psfacts.cli.usage import in_our_words

        return report(in_our_words(error), wants_json(given))
    except PsfactsError as error:
        return report(error, wants_json(given))
    return done.exit_code


def run(given: Sequence[str]) -> Printed:
    """Run a command and return all that it has to say on stdout."""
    from psfacts.cli.app import PROGRAM, VERSION
    from psfacts.cli.completion import errors_in_words

    colored = is_colored(wanted_color(given), sys.stdout)
    told = io.StringIO()
    done: object = None
    try:
        with redirect_stdout(told), errors_in_words(given):
            done = PROGRAM.made([VERSION])(given, prog_name="psfacts", standalone_mode=False, color=colored)
    except SystemExit as end:  # how typer ends completion
        return Printed(told.getvalue(), int(end.code or 0))
    return done() if callable(done) else Printed(told.getvalue(), done if isinstance(done, int) else 0)


def _cleaned(arguments: Sequence[str]) -> list[str]:
    """Return arguments without the line ends that lists made on Windows leave, and ``help`` as the option it is."""
    given = [word.rstrip("\r\n") for word in arguments]
    return [*given[1:], "--help"] if given[:1] == ["help"] else given


def wants_json(given: Sequence[str]) -> bool:
    """Return whether an answer as JSON is asked for, whether or not the rest can be understood."""
    from psfacts.cli.app import PROGRAM

    command = next((word for word in given if word in PROGRAM.sources), "")
    return command != "export" and bool(_JSON.search(_options(given)))  # export's formats are those of a file


def wanted_color(given: Sequence[str]) -> Color:
    """Return when colour is asked for, whether or not the rest can be understood."""
    found = _COLOR.search(_options(given))
    return Color(found[1]) if found else Color.AUTO


def _options(given: Sequence[str]) -> str:
    """Return the words in which options may stand, each between NULs, which no word holds."""
    return "".join(f"\0{word}\0" for word in takewhile(lambda word: word != "--", given)).replace("\0\0", "\0")
