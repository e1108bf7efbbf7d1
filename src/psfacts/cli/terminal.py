"""What is for a person at a terminal: the pager, and progress bars."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING, TextIO

from psfacts import hooks
from psfacts.cli.console import is_dumb, is_terminal

if TYPE_CHECKING:
    from rich.progress import Progress

USUAL = "less -FRX"
"""The default pager."""

_HABITS = {"LESS": "FRX", "LV": "-c"}
"""Default settings of pagers, mainly to keep colours."""

PATIENCE = 0.5
"""Seconds before a progress bar is shown."""

_LINKS = re.compile(r"\x1b]8;[^\x1b]*\x1b\\")
_COLORS = re.compile(r"\x1b\[[0-9;]*m")


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
        pager = subprocess.Popen(words, stdin=subprocess.PIPE, env={**_HABITS, **os.environ})  # noqa: S603 -- the user's
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
    """Return a callback for the numbers of done and all items, which shows a bar after PATIENCE seconds."""
    started = monotonic()
    shown: list[Progress] = []

    def tell(done: int, total: int) -> None:
        if not shown and monotonic() - started > PATIENCE and is_terminal(sys.stderr):
            from rich.console import Console
            from rich.progress import Progress

            shown.append(Progress(console=Console(stderr=True), transient=True))
            shown[0].start()
            shown[0].add_task(label)
        for bar in shown:
            bar.update(bar.task_ids[0], completed=done, total=total)

    try:
        yield tell
    finally:
        for bar in shown:
            bar.stop()
