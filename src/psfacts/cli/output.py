"""What commands give back, and how it leaves the program."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from psfacts import render
from psfacts.cli.console import is_unicode
from psfacts.cli.options import Answering, Writing
from psfacts.render import Format
from psfacts.text.visible import visible

if TYPE_CHECKING:
    from psfacts.answers.answer import Answer


class AnswerOutput(NamedTuple):
    """An answer, in whatever format the options ask for."""

    answer: Answer
    exit_code: int = 0

    def text(self, options: Writing) -> tuple[str, Format]:
        """Return the answer as text, and the format of it."""
        assert isinstance(options, Answering)  # noqa: S101 -- what answers takes the options of answers
        return render.text(self.answer, options.form, options.view), options.form


class TextOutput(NamedTuple):
    """Text that is the same for all options."""

    words: str
    exit_code: int = 0
    form: Format = Format.TABLE

    def text(self, options: Writing) -> tuple[str, Format]:  # noqa: ARG002 -- as AnswerOutput has it
        """Return the text, and the format of it."""
        return self.words, self.form


Output = AnswerOutput | TextOutput


class Printed(NamedTuple):
    """What goes to standard output."""

    text: str
    exit_code: int = 0


def printed(output: Output, options: object = None) -> Printed:
    """Return what ``output`` prints; where the options name a file, it is written there first."""
    options = options if isinstance(options, Writing) else Answering()
    text, form = output.text(options)
    if options.file:
        from psfacts.files import is_standard_output, write

        write(options.file, text, options.force)
        said = "" if is_standard_output(options.file) else f"wrote {visible(str(options.file))}\n"
        return Printed(said, output.exit_code)
    return Printed(_printable(text, form), output.exit_code)


def _printable(text: str, form: Format) -> str:
    """Escape what standard output cannot take, in a way that means the same or nothing in the format.

    A page is left to :func:`psfacts.cli.console.write`, which knows stand-ins for lines and quotation marks.
    """
    if form is Format.TABLE or is_unicode(sys.stdout):
        return text
    if form in (Format.JSON, Format.JSONL, Format.VEGA_LITE):
        from psfacts.render.json import ascii_only

        return ascii_only(text)
    escapes = "xmlcharrefreplace" if form is Format.SVG else "backslashreplace"
    return text.encode(sys.stdout.encoding, escapes).decode(sys.stdout.encoding)
