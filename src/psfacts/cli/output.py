"""Results of commands, and how they are written."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from psfacts.cli.console import is_unicode
from psfacts.render import Format
from psfacts.text.visible import visible

if TYPE_CHECKING:
    from psfacts.answers.answer import Answer


class AnswerOutput(NamedTuple):
    """An answer, to be written in the requested format."""

    answer: Answer
    exit_code: int = 0


class TextOutput(NamedTuple):
    """Text that does not depend on the format."""

    text: str
    form: Format = Format.TABLE
    exit_code: int = 0


Output = AnswerOutput | TextOutput


class Said(NamedTuple):
    """The result of a command, and how to print it."""

    output: Output
    printed: Callable[[], TextOutput]
    """Function that returns the text for standard output; if the options name a file, it writes that first."""


def wrote(file: object) -> str:
    """Return the message about a file that was written."""
    return f"wrote {visible(str(file))}\n"


def printable(text: str, form: Format) -> str:
    """Escape what standard output cannot encode, in a way that is equivalent or harmless in the format.

    A page is left to :func:`psfacts.cli.console.write`, which replaces lines and quotation marks.
    """
    if form is Format.TABLE or is_unicode(sys.stdout):
        return text
    if form in (Format.JSON, Format.JSONL, Format.VEGA_LITE):
        from psfacts.render.json import ascii_only

        return ascii_only(text)
    escapes = "xmlcharrefreplace" if form is Format.SVG else "backslashreplace"
    return text.encode(sys.stdout.encoding, escapes).decode(sys.stdout.encoding)
