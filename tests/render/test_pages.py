"""What commands print, whole, at pinned widths: tests/pages, which ``python tools/generate.py pages`` writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.text import Text

import commands

PAGES = sorted(commands.PAGES.glob("*.txt"))


def width(page: Path) -> int:
    return int(page.suffixes[0].removeprefix("."))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_command_prints_its_page(page: Path) -> None:
    assert commands.page(page) == page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_keeps_to_its_width_and_cuts_nothing_off(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()[1:]
    assert max(cell_len(Text.from_ansi(line).plain) for line in lines) <= width(page)
    assert not any("…" in line for line in lines)
