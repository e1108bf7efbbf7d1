"""What the guides say is there is there: links, names of files, numbers, commands, and examples in Python."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import psfacts
from psfacts.cli.app import COMMANDS
from psfacts.errors import InvalidError, NotFoundError, OutputError, PsfactsError, UsageError

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PLACE = "https://github.com/psfacts/psfacts"
GUIDES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])

guides = pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)


def links(text: str) -> list[str]:
    """Return where the links of a page in Markdown lead to, those in code apart."""
    prose = re.sub(r"(?ms)^ *```.*?^ *```|`[^`\n]+`", "", text)
    return re.findall(r"\]\(([^)\s]+)\)", prose)


@guides
def test_links_lead_somewhere(guide: Path) -> None:
    for link in links(guide.read_text(encoding="utf-8")):
        inside = link.removeprefix(f"{PLACE}/blob/main/")
        if inside != link:
            assert (ROOT / inside).exists(), link
        elif not link.startswith("https://"):
            assert (guide.parent / link.partition("#")[0]).exists(), link


def test_the_links_of_the_readme_work_on_a_package_index_too() -> None:
    assert [link for link in links(README) if not link.startswith("https://")] == []


def test_every_guide_is_in_the_index() -> None:
    listed = links((ROOT / "docs" / "index.md").read_text(encoding="utf-8"))
    own = {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert own - set(listed) == set()


def test_the_readme_counts_rightly() -> None:
    base = psfacts.load()
    assert f"- {len(base.facts)} facts about " in README
    assert f"- {len(base.errata)} errata: " in README


def test_the_readme_lists_every_command_and_exit_code() -> None:
    assert [name for name in COMMANDS if not re.search(rf"`(psfacts )?{name}\b", README)] == []
    listed = {int(code) for code in re.findall(r"(?m)^\| (\d+) \|", README)}
    errors = {error.exit_code for error in (PsfactsError, InvalidError, NotFoundError, OutputError, UsageError)}
    assert listed == {0, 6, 130, 143} | errors


def test_the_readme_keeps_the_commands_of_the_project() -> None:
    assert "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/psfacts country moldova\n" in README
    assert "python3 -m venv .venv && .venv/bin/pip install -e '.[dev]' && .venv/bin/pytest\n" in README


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """Write the README's example in Python to a file."""
    path = tmp_path / "example.py"
    path.write_text("".join(re.findall(r"(?ms)^```python\n(.*?)^```$", README)), encoding="utf-8")
    return path


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program in the checkout."""
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


def test_the_example_in_python_runs(example: Path) -> None:
    done = run(sys.executable, "-W", "error", example)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Tajikistan 30\n" in done.stdout


@pytest.mark.slow
def test_the_example_in_python_passes_mypy(example: Path) -> None:
    done = run(sys.executable, "-m", "mypy", "--strict", example)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_the_example_in_python_passes_pyright(example: Path) -> None:
    pytest.importorskip("pyright", reason="pyright comes with the extra 'clients'")
    done = run(sys.executable, "-m", "pyright", "--pythonpath", sys.executable, example)
    assert done.returncode == 0, done.stdout
