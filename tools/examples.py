"""What commands print in README.md and in the pages of docs/ that carry a mark.

In a block of the kind ``console``, every line that starts with ``$`` is a command for a shell; what follows is its
output. Commands run over the built-in fact base, in an empty folder or in a copy of tests/fiction, 80 columns wide. A
block that needs what is not at hand, jq or the article, stays as it is.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from commands import FICTION, ROOT, environment, printed

ARTICLE = Path(os.environ.get("PSFACTS_ARTICLE") or ROOT.parent / "shared" / "article.txt")
MARK = "<!-- What commands print here is written by tools/generate.py. -->"
FICTION_MARK = "<!-- What commands print here is written by tools/generate.py, in a copy of tests/fiction. -->"
SHELL = set("|&;<>()$`\\*?[]#~=%")
"""Characters that a shell may take for more than text."""


def files() -> dict[Path, str | None]:
    """Return README.md and every page of docs/ that carries a mark, with the output of every command as it is now."""
    made: dict[Path, str | None] = {}
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        text = path.read_text(encoding="utf-8")
        if MARK not in text and FICTION_MARK not in text:
            continue
        with tempfile.TemporaryDirectory() as folder:
            if FICTION_MARK in text:
                shutil.copytree(FICTION, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("facts.json"))
            elif ARTICLE.exists():
                shutil.copy(ARTICLE, Path(folder) / "article.txt")
            made[path] = page(text, Path(folder))
    return made


def page(text: str, folder: Path) -> str:
    """Return ``text`` with the output of every command as it is now; the commands run in ``folder``."""
    return re.sub(
        r"(?m)^```console\n(.*?)^```$",
        lambda block: block[0] if _lacks_something(block[1], folder) else _made(block[1], folder),
        text,
        flags=re.DOTALL,
    )


def _made(block: str, folder: Path) -> str:
    """Return a block with the output of its commands as it is now."""
    return f"```console\n{''.join(_run(command, folder) for command in _commands(block))}```"


def _lacks_something(block: str, folder: Path) -> bool:
    """Return whether the commands of a block need what is not at hand."""
    words = " ".join(_commands(block))
    needs_article = "article.txt" in words and not (folder / "article.txt").exists()
    return needs_article or ("jq " in words and not shutil.which("jq"))


def _commands(block: str) -> list[str]:
    """Return the commands of a block."""
    return [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]


def _run(command: str, folder: Path) -> str:
    """Run ``command``, in this process where it needs no shell, and return it with all that it prints."""
    if command.startswith("psfacts ") and not SHELL & set(command):
        _, said = printed(shlex.split(command)[1:], folder, environment())
    else:
        env = environment(PATH=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        shell = ["bash", "-c", command]
        done = subprocess.run(shell, env=env, cwd=folder, capture_output=True, check=False)  # noqa: S603 -- our pages
        said = (done.stdout + done.stderr).decode()
    said = said.replace("\r\n", "\n")
    return f"$ {command}\n{said}" + ("" if said.endswith("\n") or not said else "\n")
