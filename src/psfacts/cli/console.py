"""Streams and the terminal: width, colour and encoding, safe writing, the pager, and progress bars."""

from __future__ import annotations

import codecs
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from importlib import import_module
from io import TextIOWrapper
from typing import BinaryIO, TextIO, cast

from psfacts import hooks
from psfacts.errors import OutputError, PsfactsError
from psfacts.files import write_all
from psfacts.render import Format
from psfacts.text.visible import visible

NARROWEST = 20
"""Minimum width of a layout, in columns."""

WIDEST = 120
"""Maximum width of a layout, in columns, so that lines stay readable."""

USUAL = "less -FRX"
"""The default pager."""

_LINKS = re.compile(r"\x1b]8;[^\x1b]*\x1b\\")
_COLORS = re.compile(r"\x1b\[[0-9;]*m")


class Color(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def width() -> int:
    """Return the width for a layout: that of COLUMNS or the terminal, within limits; 80 if there is none."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((80, 24)).columns))


def is_colored(color: Color, stream: TextIO | None) -> bool:
    """Return whether to use colour, by ``--color``, NO_COLOR, FORCE_COLOR and the kind of ``stream``."""
    if color is not Color.AUTO:
        return color is Color.ALWAYS
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    on_terminal = not is_dumb() and is_terminal(stream)
    if on_terminal and sys.platform == "win32":  # its classic console shows escapes as text
        with suppress(ImportError):  # typer brings colorama along there
            import_module("colorama").just_fix_windows_console()
    return on_terminal


def is_dumb() -> bool:
    """Return whether the terminal cannot draw, such as one for a screen reader."""
    return os.environ.get("TERM") == "dumb"


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether ``stream`` is a terminal."""
    return stream is not None and stream.isatty()


def is_unicode(stream: TextIO | None) -> bool:
    """Return whether ``stream`` can encode all of Unicode."""
    return codecs.lookup(getattr(stream, "encoding", None) or "utf-8").name.startswith("utf-")


_PLAIN = str.maketrans(
    "─━═–—‐‑−│┃║╭╮╰╯┌┐└┘├┤┬┴┼█▉▊▋▌▍▎▏“”„‘’→▸·•●◐○✓≈«»§\u00a0\u202f",
    '--------|||+++++++++++++########"""\'\'>>..*+ox~<>$  ',
)
"""Replacements of one column for characters of layouts and typography."""


def _plain(error: UnicodeError) -> tuple[str, int]:
    """Replace characters that an encoding lacks by similar ones, or by backslash escapes."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    stood_in = error.object[error.start : error.end].translate(_PLAIN)
    return stood_in.encode("ascii", "backslashreplace").decode("ascii"), error.end


codecs.register_error("psfacts-plain", _plain)


_CLOSED = OutputError("standard output is closed", "open it, or send it to a file")


def standard_output() -> BinaryIO:
    """Return the binary stream of stdout. Raises OutputError if it is closed."""
    if sys.__stdout__ is None:
        raise _CLOSED
    return cast(BinaryIO, sys.__stdout__.buffer)


def write(text: str, stream: TextIO | None) -> None:
    """Write ``text``, escaping what the stream's encoding lacks.

    Raises BrokenPipeError if the reader is gone and OutputError if the stream does not take all of it; nothing is
    left in the stream to fail again when the interpreter ends.
    """
    if not text:
        return
    if stream is None:
        raise _CLOSED
    encoding = stream.encoding or "utf-8"
    encoded = text.encode(encoding, "psfacts-plain")
    try:
        if isinstance(stream, TextIOWrapper):  # which writes line ends of its own on Windows, and all but short writes
            stream.flush()
            write_all(cast(BinaryIO, stream.buffer), encoded)
        else:
            stream.write(encoded.decode(encoding))
            stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(
            f"standard output cannot be written: {error.strerror}", "look at its disk or device"
        ) from None


def printable(text: str, form: Format, stream: TextIO | None) -> str:
    """Escape what ``stream`` cannot encode, in a way that is equivalent or harmless in the format.

    A page is left to :func:`write`, which replaces lines and quotation marks.
    """
    if stream is None or form is Format.TABLE or is_unicode(stream):
        return text
    if form in (Format.JSON, Format.JSONL, Format.VEGA_LITE):
        from psfacts.render.json import ascii_only

        return ascii_only(text)
    escapes = "xmlcharrefreplace" if form is Format.SVG else "backslashreplace"
    return text.encode(stream.encoding, escapes).decode(stream.encoding)


def wrote(file: object) -> str:
    """Return the message about a file that was written."""
    return f"wrote {visible(str(file))}\n"


def report(error: PsfactsError, as_json: bool, color: Color) -> int:
    """Report an error on stderr, and return its exit code."""
    with suppress(OSError, OutputError):
        write(_error_json(error) if as_json else _error_text(error, color), sys.stderr)
    return error.exit_code


def _error_text(error: PsfactsError, color: Color) -> str:
    """Return ``error`` as one line; on a terminal, the hint is on a line of its own."""
    name = "\x1b[1;31mpsfacts:\x1b[0m" if is_colored(color, sys.stderr) else "psfacts:"
    hint = visible(error.hint)
    if hint:
        hint = f"\n  {hint}" if is_terminal(sys.stderr) else f" ({hint})"
    return f"{name} {visible(error.message)}{hint}\n"


def _error_json(error: PsfactsError) -> str:
    """Return ``error`` as a JSON object on one line."""
    from psfacts.render import json

    fields = ("code", "message", "hint", "suggestions", "problems")
    content = {name: getattr(error, name) for name in fields if hasattr(error, name)}
    return printable(json.value({"error": content}), Format.JSON, sys.stderr)


def page(text: str, stream: TextIO | None) -> bool:
    """Show ``text`` in a pager if ``stream`` is a terminal too small for it; return whether it was shown."""
    if stream is None or not is_terminal(stream) or is_dumb():
        return False
    unlinked = _LINKS.sub("", text)  # which not every pager takes
    columns, lines = shutil.get_terminal_size((80, 24))
    if sum(max(1, -(-len(line) // columns)) for line in _COLORS.sub("", unlinked).splitlines()) < lines:
        return False
    return _shown(unlinked.encode(stream.encoding, "psfacts-plain"))


def _shown(data: bytes) -> bool:
    """Run the user's pager without a shell and wait for it; Ctrl-C goes to the pager. Return whether it was run."""
    import shlex
    import subprocess

    try:
        words = shlex.split(os.environ.get("PSFACTS_PAGER", os.environ.get("PAGER", USUAL)))
        pager = subprocess.Popen(words, stdin=subprocess.PIPE, env={"LESS": "FRX", **os.environ})  # noqa: S603 -- the user's
    except (OSError, ValueError, IndexError):  # IndexError: nothing is named
        return False
    with suppress(KeyboardInterrupt, OSError), pager:  # who leaves the pager has seen enough
        pager.communicate(data)
    while pager.poll() is None:
        with suppress(KeyboardInterrupt):
            pager.wait()
    return True


@contextmanager
def progress(label: str) -> Iterator[hooks.Progress]:
    """Return a callback for the numbers of done and all items, which shows a bar on a terminal."""
    if not is_terminal(sys.stderr):
        yield hooks.unreported
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task(label)
        yield lambda done, total: bars.update(bar, completed=done, total=total)
