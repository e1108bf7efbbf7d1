"""Progress bars for long work, on stderr if it is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from psfacts import hooks

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 0.5
"""Seconds before a progress bar is shown."""


@contextmanager
def progress(label: str) -> Iterator[hooks.Progress]:
    """Return a callback for the numbers of done and all items, which shows a bar after PATIENCE seconds."""
    if not sys.stderr or not sys.stderr.isatty():
        yield lambda done, total: None  # noqa: ARG005 -- nobody is looking
        return
    started = monotonic()
    shown: list[Progress] = []

    def tell(done: int, total: int) -> None:
        if not shown and monotonic() - started > PATIENCE:
            from rich.console import Console
            from rich.progress import Progress

            shown.append(Progress(console=Console(stderr=True), transient=True))
            shown[0].start()
            shown[0].add_task(label, total=total)
        for bar in shown:
            bar.update(bar.task_ids[0], completed=done, total=total)

    try:
        yield tell
    finally:
        for bar in shown:
            bar.stop()
