"""What the program prints: its help in docs/cli.md, and its answers in tests/pages."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from psfacts.cli import main
from psfacts.cli.app import Program, below
from psfacts.cli.options import Command

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "tests" / "pages"
FICTION = ROOT / "tests" / "fiction"
REFERENCE = ROOT / "docs" / "cli.md"

INTRODUCTION = """\
# The command line

What the program says about itself. `python tools/generate.py` writes this page.
"""


def environment(**variables: str) -> dict[str, str]:
    """Return an environment in which the program prints the same everywhere, with ``variables`` in it."""
    unset = ("NO_COLOR", "FORCE_COLOR")
    kept = {name: value for name, value in os.environ.items() if name not in unset and not name.startswith("PSFACTS_")}
    return {**kept, "COLUMNS": "80", "PYTHONUTF8": "1", **variables}


def printed(arguments: Sequence[str], folder: Path, env: Mapping[str, str]) -> tuple[int, str]:
    """Return the exit code of the program and what it prints on both streams, when it is called in ``folder``."""
    said = StringIO()
    with patch.dict(os.environ, env, clear=True), chdir(folder), redirect_stdout(said), redirect_stderr(said):
        code = main(arguments)
    return code, said.getvalue()


def reference() -> dict[Path, str | None]:
    """Return docs/cli.md."""
    return {REFERENCE: INTRODUCTION + "".join(map(_section, _commands(Program)))}


def _commands(command: type[Command], *path: str) -> Iterator[list[str]]:
    """Return the words of a command, and of those below it."""
    yield [*path]
    for name, found in below(command).items():
        yield from _commands(found, *path, name)


def _section(arguments: list[str]) -> str:
    """Return the help of one command under its heading."""
    _, said = printed([*arguments, "--help"], ROOT, environment())
    return f"\n## {' '.join(['psfacts', *arguments])}\n\n```text\n{said.rstrip()}\n```\n"


def pages() -> dict[Path, str | None]:
    """Return every page of tests/pages: its command stands in its first line, its width in its name."""
    return {path: page(path) for path in sorted(PAGES.glob("*.txt"))}


def page(path: Path) -> str:
    """Return a page as it is printed now; a comment behind its command tells of an exit code that is not 0."""
    command = path.read_text(encoding="utf-8").partition("\n")[0].partition("  # ")[0]
    env = environment(COLUMNS=path.suffixes[0].removeprefix("."), PSFACTS_DATA=str(FICTION / "facts.json"))
    code, said = printed(shlex.split(command)[2:], ROOT, env)
    return f"{command}{f'  # exits with {code}' if code else ''}\n{said}"
