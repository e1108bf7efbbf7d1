"""Files and pipes read to their end."""

from __future__ import annotations

import os
import stat
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from psfacts.errors import InvalidError

STDIN = Path("-")
"""Stands for standard input wherever a file is named."""

_PATIENCE = 1
"""Seconds that somebody has to begin to write to a pipe."""

_PIECE = 2**20
"""Bytes that are read at a time: memory grows with the file, not with the cap."""


class UnreadableError(InvalidError):
    """There is no file that can be read, whatever it would hold."""

    def __init__(self, path: Path, what: str, hint: str) -> None:
        super().__init__(f"{path}: {what}", hint, (what,))


def content(path: Path, most: int, hint: str) -> bytes:
    """Read a file or a pipe to its end, or as much of it as shows that it has more bytes than ``most``.

    Raises UnreadableError as :func:`opened` does.
    """
    pieces, left = [], most
    with opened(path, hint) as file:
        while left >= 0 and (piece := file.read(min(_PIECE, left + 1))):
            pieces.append(piece)
            left -= len(piece)
    return b"".join(pieces)


def is_regular(path: Path) -> bool:
    """Return whether there is a file that can be read again and again, as a pipe cannot."""
    try:
        return path != STDIN and path.is_file()
    except (OSError, ValueError):
        return False


@contextmanager
def opened(path: Path, hint: str) -> Iterator[BinaryIO]:
    """Open a file or a pipe; ``-`` is standard input.

    Raises UnreadableError, with ``hint`` for what to give, where there is neither, and where it cannot be read while it
    is open.
    """
    try:
        if path == STDIN:
            yield _standard_input(hint)
            return
        mode = path.stat().st_mode
        if stat.S_ISFIFO(mode):
            source = _written_pipe(path, hint)
        elif stat.S_ISREG(mode):
            source = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        else:
            raise UnreadableError(path, "not a regular file", hint)
        with open(source, "rb") as file:  # noqa: PTH123 -- a descriptor has no path
            yield file
    except (OSError, ValueError) as error:
        what = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise UnreadableError(path, what, hint) from None


def _written_pipe(path: Path, hint: str) -> int:
    """Open a pipe that somebody writes to, or begins to soon: opening another would wait for ever."""
    opened: list[int | OSError] = []

    def opening() -> None:
        try:
            opened.append(os.open(path, os.O_RDONLY))
        except OSError as error:
            opened.append(error)

    waiting = threading.Thread(target=opening, daemon=True)
    waiting.start()
    waiting.join(_PATIENCE)
    match opened:
        case [int(pipe)]:
            return pipe
        case [OSError() as error]:
            raise error
    raise UnreadableError(path, "not a regular file, and nobody writes to the pipe", hint)


def _standard_input(hint: str) -> BinaryIO:
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise UnreadableError(STDIN, "standard input is closed", hint)
    return cast(BinaryIO, stream)
