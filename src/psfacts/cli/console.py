"""Streams: what the screen can show, and how text gets onto it whatever it is."""

from __future__ import annotations

import codecs
import contextlib
import os
import shutil
import sys
from enum import StrEnum
from importlib import import_module
from io import TextIOWrapper
from typing import TYPE_CHECKING, BinaryIO, TextIO, cast

from psfacts.errors import InvalidError, NotFoundError, OutputError, PsfactsError
from psfacts.files import write_all
from psfacts.text.visible import visible

if TYPE_CHECKING:
    from pydantic import JsonValue

NARROWEST = 20
"""Columns below which no layout is tried."""

WIDEST = 120
"""Columns above which lines would be too long to read."""


class Color(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def width() -> int:
    """Return the columns to lay out for: those of COLUMNS or the terminal, within reason; 80 where there is none."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((80, 24)).columns))


def is_colored(color: Color, stream: TextIO | None) -> bool:
    """Return whether to use colour: as ``--color`` says, then NO_COLOR, FORCE_COLOR, and what ``stream`` is."""
    if color is not Color.AUTO:
        return color is Color.ALWAYS
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    on_terminal = not is_dumb() and is_terminal(stream)
    if on_terminal and sys.platform == "win32":  # whose classic console shows escapes unless it is told to take them
        with contextlib.suppress(ImportError):  # typer brings colorama along there
            import_module("colorama").just_fix_windows_console()
    return on_terminal


def is_dumb() -> bool:
    """Return whether the terminal draws nothing, as one that reads aloud."""
    return os.environ.get("TERM") == "dumb"


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether ``stream`` ends at a terminal."""
    return stream is not None and stream.isatty()


def is_unicode(stream: TextIO | None) -> bool:
    """Return whether ``stream`` takes all of Unicode."""
    return codecs.lookup(getattr(stream, "encoding", None) or "utf-8").name.startswith("utf-")


_PLAIN = str.maketrans(
    {
        **dict.fromkeys("─━═–—‐‑−", "-"),
        **dict.fromkeys("│┃║", "|"),
        **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼", "+"),
        **dict.fromkeys("█▉▊▋▌▍▎▏", "#"),
        **dict.fromkeys("“”„", '"'),
        **dict.fromkeys("‘’", "'"),
        **dict.fromkeys("→▸", ">"),
        **dict.fromkeys("·•", "."),
        **dict(zip("●◐○✓≈«»", "*+ox~<>", strict=True)),
        "§": "$",
        "\u00a0": " ",
        "\u202f": " ",
    }
)
"""Stand-ins of one column for what layouts and typography use."""


def _plain(error: UnicodeError) -> tuple[str, int]:
    """Stand in for what an encoding lacks: with a like character, else with a backslash escape."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    stood_in = error.object[error.start : error.end].translate(_PLAIN)
    return stood_in.encode("ascii", "backslashreplace").decode("ascii"), error.end


codecs.register_error("psfacts-plain", _plain)


_CLOSED = OutputError("standard output is closed", "open it, or send it to a file")


def standard_output() -> BinaryIO:
    """Return what takes the bytes of stdout. Raises OutputError where it is closed."""
    if sys.__stdout__ is None:
        raise _CLOSED
    return cast(BinaryIO, sys.__stdout__.buffer)


def write(text: str, stream: TextIO | None) -> None:
    """Write ``text``, escaping what the stream's encoding lacks.

    Raises BrokenPipeError where the reader is gone and OutputError where the stream does not take all of it; nothing is
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


def report(error: PsfactsError, as_json: bool, color: Color) -> int:
    """Say on stderr what went wrong, and give the exit code for it."""
    with contextlib.suppress(OSError, OutputError):
        write(error_json(error) if as_json else _error_text(error, color), sys.stderr)
    return error.exit_code


def _error_text(error: PsfactsError, color: Color) -> str:
    """Return ``error`` as one line; on a terminal what to try stands in a line of its own."""
    name = "\x1b[1;31mpsfacts:\x1b[0m" if is_colored(color, sys.stderr) else "psfacts:"
    told = f"{name} {visible(error.message)}"
    if not error.hint:
        return f"{told}\n"
    on_terminal = sys.stderr is not None and sys.stderr.isatty()
    return f"{told}\n  {visible(error.hint)}\n" if on_terminal else f"{told} ({visible(error.hint)})\n"


def error_json(error: PsfactsError) -> str:
    """Return ``error`` as a JSON object in one line."""
    from psfacts.render import json

    content: dict[str, JsonValue] = {"code": error.code, "message": error.message, "hint": error.hint}
    if isinstance(error, NotFoundError):
        content["suggestions"] = list(error.suggestions)
    if isinstance(error, InvalidError):
        content["problems"] = list(error.problems)
    line = json.value({"error": content})
    return line if is_unicode(sys.stderr) else json.ascii_only(line)
