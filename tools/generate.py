"""Write every file that is made by the program, or with ``--check`` name those that are not as it makes them.

    python tools/generate.py [--check] [PART…]

The parts are ``asked`` (finding/asked.txt), ``cli`` (docs/cli.md), ``examples`` (what commands print in README.md and
docs/), ``pages`` (tests/pages), ``pictures`` (docs/pictures), ``rooms`` (the picture in docs/architecture.md) and
``schema`` (docs/schema); without one, all of them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import asked
import commands
import examples
import pictures
import rooms
import schemas
from psfacts import files

ROOT = Path(__file__).parents[1]

Files = Mapping[Path, str | None]
"""Files and what stands in them; ``None`` where there has to be none."""

PARTS: Mapping[str, Callable[[], Files]] = {
    "asked": asked.files,
    "cli": commands.reference,
    "examples": examples.files,
    "pages": commands.pages,
    "pictures": pictures.files,
    "rooms": rooms.files,
    "schema": schemas.files,
}


def stale(part: str) -> dict[Path, str | None]:
    """Return the files of a part that are not as the program makes them, each with what has to stand in it."""
    return {path: text for path, text in PARTS[part]().items() if content(path) != text}


def content(path: Path) -> str | None:
    """Return what stands in a file now; ``None`` where there is none."""
    return path.read_text(encoding="utf-8") if path.exists() else None


def write(path: Path, text: str | None) -> None:
    """Make a file what it has to be."""
    if text is None:
        path.unlink()
    else:
        path.parent.mkdir(exist_ok=True)
        files.write(path, text, force=True)  # a running program keeps the weights that it reads


def run(parts: Iterable[str], check: bool) -> int:
    """Write the files of ``parts``, or tell whether all are as the program makes them."""
    changed: dict[Path, str | None] = {}
    for part in parts:
        for path, text in stale(part).items():
            changed[path] = text
            if not check:
                write(path, text)
            print(f"{path.relative_to(ROOT)}: {'not as the program makes it' if check else 'written'}")
    if check and changed:
        print("run: python tools/generate.py")
    elif any(path.is_relative_to(commands.PAGES) for path in changed):
        print("look at what changed before you commit it: git diff tests/pages")
    return 1 if check and changed else 0


if __name__ == "__main__":
    given = sys.argv[1:]
    chosen = [word for word in given if word != "--check"]
    if unknown := [word for word in chosen if word not in PARTS]:
        sys.exit(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    sys.exit(run(chosen or PARTS, "--check" in given))
