"""Results of commands, and how they are written."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from psfacts import render
from psfacts.cli.console import is_unicode
from psfacts.cli.options import Answering, Declared, Writing
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
    """The result of a command, and its options."""

    output: Output
    options: Declared

    def printed(self) -> TextOutput:
        """Return the text for standard output; if the options name a file, write that first."""
        options = self.options if isinstance(self.options, Writing) else Answering()
        if isinstance(self.output, TextOutput):
            text, form, exit_code = self.output
        else:
            assert isinstance(options, Answering)  # noqa: S101 -- what answers takes the options of answers
            text, form = render.text(self.output.answer, options.form, options.view), options.form
            exit_code = self.output.exit_code
        if options.file:
            from psfacts.files import is_standard_output, write

            write(options.file, text, options.force)
            text = "" if is_standard_output(options.file) else wrote(options.file)
            return TextOutput(text, form, exit_code)
        return TextOutput(_printable(text, form), form, exit_code)


def wrote(file: object) -> str:
    """Return the message about a file that was written."""
    return f"wrote {visible(str(file))}\n"


def _printable(text: str, form: Format) -> str:
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
