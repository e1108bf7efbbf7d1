"""Shell completion.

A shell may run completions: zsh evaluates typer's lines twice, and bash expands them. So nothing is
escaped here; anything that a shell could interpret is never offered.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from pathlib import Path
from subprocess import SubprocessError

import typer

from psfacts.cli.console import is_unicode
from psfacts.cli.values import Offers
from psfacts.errors import OutputError, PsfactsError, UsageError
from psfacts.text.visible import is_hidden

VARIABLE = "_PSFACTS_COMPLETE"
"""Environment variable by which a shell requests completion."""

_REQUEST = re.compile(r"(source|complete)_(bash|zsh|fish|powershell|pwsh)")

_WORD = re.compile(r"[^\W_]+(-[^\W_]+)*")
"""Pattern of a completion, which no shell interprets: an id, or a name of one word."""


@contextmanager
def completing(given: Sequence[str]) -> Iterator[None]:
    """Report in one line why typer cannot complete or install completion; an invalid line has no completions.

    Raises UsageError if there is no command, or if no shell can have asked for completion, and OutputError if it
    cannot be installed.
    """
    asked = os.environ.get(VARIABLE)
    try:
        if asked and not _REQUEST.fullmatch(asked):
            raise ValueError(asked)
        yield
    except typer.TyperException:  # errors of parsing are converted where they are found
        if not asked:
            raise UsageError("no command is given", "see: psfacts --help") from None
    except (LookupError, ValueError, OSError, RuntimeError, SubprocessError) as error:
        if asked:
            message = f"{VARIABLE} is for shells, which set it on TAB"
            raise UsageError(message, "see: psfacts --install-completion") from None
        if "--install-completion" in given:
            raise OutputError(f"completion cannot be installed: {error}", "see: psfacts --show-completion") from None
        raise


def completer(offers: Offers) -> Callable[[typer.Context, str], list[str]]:
    """Return typer's callback to complete a word, which drops what a shell could interpret.

    Nothing is offered if the fact base is invalid. A pipe is not read: it can be read only once, and the command
    that is being typed needs it.
    """

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        if not all(Path(file).is_file() for file in ctx.params.get("data") or ()):
            return []
        try:
            with redirect_stderr(None):  # the terminal is the shell's
                return [word for word in offers(ctx, incomplete) if word.startswith(incomplete) and _is_word(word)]
        except (PsfactsError, UnicodeError):  # what is typed need not be UTF-8
            return []

    return complete


def _is_word(word: str) -> bool:
    """Return whether ``word`` is literal text in every shell, and can be written as it is."""
    is_written = word.isascii() or is_unicode(sys.__stdout__)
    return is_written and bool(_WORD.fullmatch(word)) and not any(map(is_hidden, word))
