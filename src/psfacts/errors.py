"""Exceptions, each with the exit code of the command line."""

from __future__ import annotations


class PsfactsError(Exception):
    """An error that a user can cause and fix.

    ``message`` says in one line what failed and where; ``hint`` suggests what to try, or is empty.
    """

    exit_code = 1
    code = "error"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(PsfactsError):
    """The command line or the arguments are invalid."""

    exit_code = 2
    code = "usage"


class NotFoundError(PsfactsError):
    """A name or id is not in the fact base.

    ``suggestions`` are the nearest names, best first.
    """

    exit_code = 3
    code = "not-found"

    def __init__(self, message: str, hint: str = "", suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint)
        self.suggestions = suggestions


class InvalidError(PsfactsError):
    """A fact base or an article is invalid.

    ``problems`` lists what is wrong, each as ``place: problem``; of very many, the first ones. ``total`` counts all.
    """

    exit_code = 4
    code = "invalid"

    def __init__(self, message: str, hint: str = "", problems: tuple[str, ...] = (), total: int | None = None) -> None:
        super().__init__(message, hint)
        self.problems = problems
        self.total = len(problems) if total is None else total


class OutputError(PsfactsError):
    """Output could not be written."""

    exit_code = 5
    code = "output"


def extra(name: str) -> str:
    """Return the hint to install an extra of psfacts."""
    installed, here = f"pip install 'psfacts[{name}]'", f"pip install '.[{name}]'"
    return f"install psfacts with its extra '{name}': {installed}, in a checkout: {here}"
