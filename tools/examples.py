"""Run the commands in README.md and in the pages of docs/ that carry MARK, and write what they print.

``--check`` only compares.

In a block of the kind ``console``, every line that starts with ``$`` is a command for a shell; what follows is its
output. Commands run over the built-in fact base, in an empty folder or a copy of tests/fiction, 80 columns wide. A
block that needs what is not at hand, jq or the article, stays as it is.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
ARTICLE = Path(os.environ.get("PSFACTS_ARTICLE") or ROOT.parent / "shared" / "article.txt")
MARK = "<!-- What commands print here is written by tools/examples.py. -->"
FICTION = ROOT / "tests" / "fiction"
FICTION_MARK = "<!-- What commands print here is written by tools/examples.py, in a copy of tests/fiction. -->"


def page(text: str, folder: Path) -> str:
    """Return ``text`` with the output of every command as it is now; the commands run in ``folder``."""
    return re.sub(
        r"(?m)^```console\n(.*?)^```$",
        lambda block: block[0] if lacking(block[1], folder) else made(block[1], folder),
        text,
        flags=re.DOTALL,
    )


def made(block: str, folder: Path) -> str:
    """Return a block with the output of its commands as it is now."""
    return f"```console\n{''.join(said(one, folder) for one in commands(block))}```"


def lacking(block: str, folder: Path) -> bool:
    """Return whether the commands of a block need what is not at hand."""
    told = " ".join(commands(block))
    needs_article = "article.txt" in told and not (folder / "article.txt").exists()
    return needs_article or ("jq " in told and not shutil.which("jq"))


def commands(block: str) -> list[str]:
    """Return the commands of a block."""
    return [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]


def said(command: str, folder: Path) -> str:
    """Run ``command``, and give it with all that it prints."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PSFACTS_")}
    env |= {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}", "COLUMNS": "80", "PYTHONUTF8": "1"}
    shell = ["bash", "-c", command]
    done = subprocess.run(shell, env=env, cwd=folder, capture_output=True, check=False)  # noqa: S603 -- our own pages
    printed = (done.stdout + done.stderr).decode().replace("\r\n", "\n")
    return f"$ {command}\n{printed}" + ("" if printed.endswith("\n") or not printed else "\n")


def run(check: bool) -> int:
    """Write the pages, or tell whether they are as the program has them."""
    stale = []
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        text = path.read_text(encoding="utf-8")
        if MARK not in text and FICTION_MARK not in text:
            continue
        with tempfile.TemporaryDirectory() as folder:
            if FICTION_MARK in text:
                shutil.copytree(FICTION, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("facts.json"))
            elif ARTICLE.exists():
                shutil.copy(ARTICLE, Path(folder) / "article.txt")
            now = page(text, Path(folder))
        if now != text:
            stale.append(path.name)
            if not check:
                path.write_text(now, encoding="utf-8")
    if check and stale:
        print(f"{', '.join(stale)} is not what commands print: run python tools/examples.py", file=sys.stderr)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(run("--check" in sys.argv[1:]))
