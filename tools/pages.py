"""Write tests/pages again: what commands print, each by the command in its first line and the width in its name.

A command that ends with another exit code than 0 is followed by a comment: ``# exits with 6``.
"""

from __future__ import annotations

import os
import shlex
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from psfacts.cli import main

TESTS = Path(__file__).parents[1] / "tests"
PAGES = TESTS / "pages"


def command(page: Path) -> list[str]:
    """Return the arguments that a page was made with."""
    return shlex.split(first_line(page).removeprefix("$ psfacts "), comments=True)


def first_line(page: Path) -> str:
    """Return the line that tells the command, and the exit code where it is not 0."""
    return page.read_text(encoding="utf-8").partition("\n")[0]


def width(page: Path) -> str:
    """Return the columns that a page was made for: ``80`` for ``compare.80.txt``."""
    return page.suffixes[0].removeprefix(".")


def rewrite(page: Path) -> None:
    """Run a page's command again and keep what it prints."""
    os.environ["COLUMNS"] = width(page)
    said = StringIO()
    with redirect_stdout(said):
        main(command(page))
    page.write_text(f"{first_line(page)}\n{said.getvalue()}", encoding="utf-8")


if __name__ == "__main__":
    os.chdir(TESTS.parent)
    os.environ.pop("PSFACTS_ARTICLE", None)
    os.environ["PSFACTS_DATA"] = str(TESTS / "fiction" / "facts.json")
    for found in sorted(PAGES.glob("*.txt")):
        rewrite(found)
    sys.exit(0)
