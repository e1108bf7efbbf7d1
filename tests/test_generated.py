"""Files that are made by the program are as it makes them."""

from __future__ import annotations

from pathlib import Path

import pytest

import examples
import generate


@pytest.mark.parametrize(
    "part",  # each page has a test
    [
        pytest.param(part, marks=pytest.mark.slow) if part == "examples" else part
        for part in generate.PARTS
        if part != "pages"
    ],
)
def test_a_generated_file_is_up_to_date(part: str) -> None:
    assert {path.name: text for path, text in generate.stale(part).items()} == {}, "run: python tools/generate.py"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project of two files: one that is to be written, and one that has to go."""
    (tmp_path / "stale.md").write_text("old", encoding="utf-8")
    parts = {"some": lambda: {tmp_path / "docs" / "new.md": "new", tmp_path / "stale.md": None}}
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    monkeypatch.setattr(generate, "PARTS", parts)
    return tmp_path


def test_a_check_names_what_is_stale_and_writes_nothing(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate.run(["some"], check=True) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{Path('docs', 'new.md')}: not as the program makes it",
        "stale.md: not as the program makes it",
        "run: python tools/generate.py",
    ]
    assert [path.name for path in made.iterdir()] == ["stale.md"]


def test_what_is_written_is_up_to_date(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate.run(["some"], check=False) == 0
    assert generate.run(["some"], check=True) == 0
    assert (made / "docs" / "new.md").read_text(encoding="utf-8") == "new"
    assert not (made / "stale.md").exists()
    assert "written" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("block", "printed"),
    [
        ("$ psfacts schema\nAs it was.\n", "fact-base   the fact base, data/facts.json\n"),
        ("$ psfacts schema | head -1\n", "$ psfacts schema | head -1\nfact-base   the fact base, data/facts.json\n"),
        ("$ psfacts country moldva\n", "psfacts: no country is called 'moldva' (did you mean Moldova?)\n"),
    ],
    ids=["plain", "shell", "error"],
)
def test_commands_in_a_page_are_run_again(block: str, printed: str, tmp_path: Path) -> None:
    made = examples.page(f"# Page\n\n```console\n{block}```\n", tmp_path)
    assert made.startswith("# Page\n\n```console\n$ psfacts ")
    assert printed in made
    assert "As it was." not in made


def test_a_block_that_needs_the_article_stays_where_there_is_none(tmp_path: Path) -> None:
    text = "```console\n$ psfacts verify article.txt\nAs it was.\n```\n"
    assert examples.page(text, tmp_path) == text
