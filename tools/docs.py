"""Write docs/cli.md, the reference of the command line, from the program itself; ``--check`` only compares."""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from psfacts.cli import main
from psfacts.cli.app import COMMANDS

PAGE = Path(__file__).parents[1] / "docs" / "cli.md"

INTRODUCTION = """\
# The command line

What the program says about itself. `python tools/docs.py` writes this page.
"""


def page() -> str:
    """Return the whole page."""
    authoring = [["author"], ["author", "passage"], ["author", "build"]]
    return INTRODUCTION + "".join(map(section, [[], *([name] for name in COMMANDS), *authoring]))


def section(arguments: list[str]) -> str:
    """Return the help of one command under its heading."""
    said = StringIO()
    with redirect_stdout(said):
        main([*arguments, "--help"])
    return f"\n## {' '.join(['psfacts', *arguments])}\n\n```text\n{said.getvalue().rstrip()}\n```\n"


def run(check: bool) -> int:
    """Write the page, or tell whether it is as the program has it."""
    os.environ["COLUMNS"] = "80"
    made = page()
    if not check:
        PAGE.write_text(made, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != made:
        print("docs/cli.md is not what the program says: run python tools/docs.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(run("--check" in sys.argv[1:]))
