"""Measure one part, in the environment that psfacts is installed in; run.py calls it."""

from __future__ import annotations

import platform
import sqlite3
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import scale
import start
from timing import machine


def main(part: str, work: str, others: str, runs: str, *sizes: str) -> None:
    """Print the table of ``part``."""
    folder, programs, often, counts = Path(work), Path(others), int(runs), [int(one) for one in sizes]
    match part:
        case "machine":
            day = datetime.now(UTC).date()
            packages = ", ".join(f"{name} {version(name)}" for name in ("typer", "rich", "pydantic"))
            print(
                f"{day}: {machine()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}."
            )
        case "start":
            start.starts(often)
        case "peers":
            start.peers(often, folder, programs)
        case "lookups":
            scale.lookups(folder, counts, often)
        case "searches":
            scale.searches(folder, counts, often)
        case "within":
            scale.within(folder, counts)
        case "exports":
            scale.exports(folder, counts, programs)


if __name__ == "__main__":
    main(*sys.argv[1:])
