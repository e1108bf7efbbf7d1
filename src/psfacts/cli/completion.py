"""Shell completion.

A shell may run completions: zsh evaluates typer's lines twice, and bash expands them. So nothing is
escaped here; anything that a shell could interpret is never offered.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from subprocess import SubprocessError

import typer

from psfacts.cli.console import is_unicode
from psfacts.cli.values import Offer, Offers, files_read
from psfacts.errors import OutputError, PsfactsError, UsageError
from psfacts.text.visible import is_hidden

VARIABLE = "_PSFACTS_COMPLETE"
"""Environment variable by which a shell requests completion."""

_REQUEST = re.compile(r"(source|complete)_(bash|zsh|fish|powershell|pwsh)")

_WORD = re.compile(r"[^\W_]+([-_,][^\W_]+)*")
"""Pattern of a completion: an id, a name of one word, or several with commas."""

_LONGEST = 38
"""Maximum length of the text beside a word: typer breaks lines that are longer than the screen."""


@contextmanager
def errors_in_words(given: Sequence[str]) -> Iterator[None]:
    """Report in one line why typer cannot parse, complete or install completion; an invalid line has no completions.

    Raises UsageError for invalid arguments, or if no shell can have asked for completion, and OutputError if it cannot
    be installed.
    """
    asked = os.environ.get(VARIABLE)
    try:
        if asked and not _REQUEST.fullmatch(asked):
            raise ValueError(asked)
        yield
    except typer.TyperException as error:
        if not asked:
            from psfacts.cli.usage import in_our_words

            raise in_our_words(error) from None
    except (LookupError, ValueError, OSError, RuntimeError, SubprocessError) as error:
        if asked:
            message = f"{VARIABLE} is for shells, which set it on TAB"
            raise UsageError(message, "see: psfacts --install-completion") from None
        if "--install-completion" in given:
            raise OutputError(f"completion cannot be installed: {error}", "see: psfacts --show-completion") from None
        raise


def completer(offers: Offers) -> Callable[[typer.Context, str], list[Offer]]:
    """Return typer's callback to complete a word, which drops what a shell could interpret.

    Nothing is offered if the fact base is invalid. A pipe is not read: it can be read only once, and the command
    that is being typed needs it.
    """

    def complete(ctx: typer.Context, incomplete: str) -> list[Offer]:
        if not all(path.is_file() for path in files_read(ctx)):
            return []
        try:
            with redirect_stderr(None):  # the terminal is the shell's
                found = [offer for offer in offers(ctx, incomplete) if offer[0].startswith(incomplete)]
        except (PsfactsError, UnicodeError):  # what is typed need not be UTF-8
            return []
        return [(word, _shown(beside)) for word, beside in found if _is_word(word)]

    return complete


def _is_word(word: str) -> bool:
    """Return whether ``word`` is literal text in every shell."""
    return bool(_WORD.fullmatch(word)) and all(character in "_," or _is_plain(character) for character in word)


def _shown(text: str) -> str:
    """Return ``text`` with everything but letters, digits and hyphens replaced by blanks."""
    plain = "".join(character if _is_plain(character) else " " for character in text[:_LONGEST])
    return " ".join(plain.split())


def _is_plain(character: str) -> bool:
    """Return whether ``character`` is a letter, a mark, a digit or a hyphen, and can be written as it is."""
    if not (character.isascii() or is_unicode(sys.__stdout__)):
        return False
    return character == "-" or (unicodedata.category(character)[0] in "LMN" and not is_hidden(character))
