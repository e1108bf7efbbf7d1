"""Files read: whole, or as much as shows that they are too large."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING

from psfacts.errors import InvalidError

if TYPE_CHECKING:
    pass


MAX_BYTES = 512 * 2**20
"""Size above which a file is not taken for a fact base."""


def packaged(name: str) -> Path:
    """Return the path of a file that the package carries, or that the checkout has, by its path in the checkout."""
    carried = Path(__file__).parents[1] / name
    return carried if carried.exists() else Path(__file__).parents[3] / name


def size(path: Path) -> int:
    """Return how many bytes a file has. Raises InvalidError where there is no regular file, as :func:`content` does."""
    with _regular(path) as file:
        return os.fstat(file.fileno()).st_size


def content(path: Path) -> bytes:
    """Read a file, or as much of it as shows that it is too large. A pipe is refused, since opening it would wait.

    Raises InvalidError where there is no regular file that can be read.
    """
    with _regular(path) as file:
        return file.read(MAX_BYTES + 1)


@contextmanager
def _regular(path: Path) -> Iterator[BufferedReader]:
    hint = "give the path of a fact base, a JSON file"
    try:
        if path.exists() and not path.is_file():
            raise InvalidError(f"{path}: not a regular file", hint, ("not a regular file",))
        with path.open("rb") as file:
            yield file
    except (OSError, ValueError) as error:
        what = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise InvalidError(f"{path}: {what}", hint, (what,)) from None
