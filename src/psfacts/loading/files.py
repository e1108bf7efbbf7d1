"""Files and pipes read whole, up to a cap, and what comes with the package."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from psfacts.errors import InvalidError

if TYPE_CHECKING:
    from importlib.abc import ResourceLoader

MAX_BYTES = 512 * 2**20
"""Size above which a file is not taken for a fact base."""

STDIN = Path("-")
"""Stands for standard input wherever a file is named."""

_PIECE = 2**20
"""Bytes that are read at a time: memory grows with the file, not with the cap."""


class UnreadableError(InvalidError):
    """There is no file that can be read, whatever it would hold."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path}: {what}", "give the path of a fact base, a JSON file", (what,))


def content(path: Path) -> bytes:
    """Read a file or a pipe to its end, or as much of it as shows that it has more than MAX_BYTES.

    Raises UnreadableError as :func:`opened` does.
    """
    pieces, left = [], MAX_BYTES
    with opened(path) as file:
        while left >= 0 and (piece := file.read(_PIECE)):
            pieces.append(piece)
            left -= len(piece)
    return b"".join(pieces)


def resource(name: str) -> bytes:
    """Read a file of the package, which may be a folder or a zip file; a checkout has its data beside the package."""
    package = Path(__file__).parents[1]
    loader = cast("ResourceLoader", __spec__.loader if __spec__ else None)
    try:
        return loader.get_data(str(package / name))
    except OSError:
        return (package.parents[1] / name).read_bytes()


def is_regular(path: Path) -> bool:
    """Return whether there is a file that can be read again and again, as a pipe cannot."""
    try:
        return path != STDIN and path.is_file()
    except (OSError, ValueError):
        return False


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file or a pipe; ``-`` is standard input.

    Raises UnreadableError where there is neither, and where it cannot be read while it is open.
    """
    try:
        if path == STDIN:
            yield _standard_input()
            return
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            raise UnreadableError(path, "not a regular file")
        with path.open("rb") as file:
            yield file
    except (OSError, ValueError) as error:
        what = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise UnreadableError(path, what) from None


def _standard_input() -> BinaryIO:
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise UnreadableError(STDIN, "standard input is closed")
    return cast(BinaryIO, stream)
