"""Paging of output that is taller than the terminal."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from contextlib import suppress
from typing import TextIO

USUAL = "less -FRX"
"""The default pager."""

_HABITS = {"LESS": "FRX", "LV": "-c"}
"""Default settings of pagers, mainly to keep colours."""


def page(text: str, stream: TextIO | None) -> bool:
    """Show ``text`` in a pager if ``stream`` is a terminal too small for it; return whether it was shown."""
    if stream is None or not stream.isatty() or os.environ.get("TERM") == "dumb" or _fits(text):
        return False
    words = _words()
    unlinked = _LINKS.sub("", text)  # which not every pager takes
    return bool(words) and _shown(words, unlinked.encode(stream.encoding, "psfacts-plain"))


_LINKS = re.compile(r"\x1b]8;[^\x1b]*\x1b\\")
_COLORS = re.compile(r"\x1b\[[0-9;]*m")


def _fits(text: str) -> bool:
    columns, lines = shutil.get_terminal_size((80, 24))
    shown = _COLORS.sub("", _LINKS.sub("", text))
    return sum(max(1, -(-len(line) // columns)) for line in shown.splitlines()) < lines


def _words() -> list[str]:
    """Return the pager's command line; empty if the user wants no pager or names an invalid one."""
    named = os.environ.get("PSFACTS_PAGER", os.environ.get("PAGER", USUAL))
    try:
        return shlex.split(named)
    except ValueError:
        return []


def _shown(words: list[str], data: bytes) -> bool:
    """Run a pager without a shell and wait for it; Ctrl-C goes to the pager. Return whether it could be run."""
    environment = {**_HABITS, **os.environ}
    try:
        pager = subprocess.Popen(words, stdin=subprocess.PIPE, env=environment)  # noqa: S603 -- what the user named
    except (OSError, ValueError):
        return False
    with suppress(KeyboardInterrupt, OSError), pager:  # who leaves the pager has seen enough
        pager.communicate(data)
    while pager.poll() is None:
        with suppress(KeyboardInterrupt):
            pager.wait()
    return True
