"""What commands print, whole, at pinned widths: tests/pages, which ``python tools/pages.py`` writes."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.text import Text

from psfacts.cli import main

PAGES = sorted((Path(__file__).parents[1] / "pages").glob("*.txt"))


def width(page: Path) -> int:
    return int(page.suffixes[0].removeprefix("."))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_command_prints_its_page(
    page: Path, fiction_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "PSFACTS_ARTICLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", str(width(page)))
    monkeypatch.setenv("PSFACTS_DATA", str(fiction_path))
    monkeypatch.chdir(Path(__file__).parents[2])
    first, _, expected = page.read_text(encoding="utf-8").partition("\n")
    command, _, code = first.removeprefix("$ psfacts ").partition("  # exits with ")
    assert main(shlex.split(command)) == int(code or 0)
    assert capsys.readouterr().out == expected


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_keeps_to_its_width_and_cuts_nothing_off(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()[1:]
    assert max(cell_len(Text.from_ansi(line).plain) for line in lines) <= width(page)
    assert not any("…" in line for line in lines)
