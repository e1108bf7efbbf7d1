"""Reading files, pipes and package data, and pausing the garbage collector meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from pkgutil import get_data

from psfacts import files

MAX_BYTES = 512 * 2**20
"""Maximum size of a fact base in bytes."""

_WANTED = "give the path of a fact base, a JSON file"


content = partial(files.content, most=MAX_BYTES, hint=_WANTED)
"""Reads a file or a pipe to its end, or as much of it as shows that it has more than MAX_BYTES."""

opened = partial(files.opened, hint=_WANTED)
"""Opens a file or a pipe; ``-`` is standard input. Like ``content``, it raises UnreadableError if there is neither."""


def resource(name: str) -> bytes:
    """Read a file of the package, which may be a folder or a zip file; a checkout has its data beside the package."""
    try:
        return get_data("psfacts", name) or b""
    except OSError:
        return (Path(__file__).parents[3] / name).read_bytes()


@contextmanager
def gc_paused() -> Iterator[None]:
    """Pause the garbage collector, which would scan all records repeatedly without finding garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
