"""The guide for authors keeps to the fiction that it walks through; tools/generate.py runs its commands."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pydantic import JsonValue

from conftest import FICTION
from psfacts.cli.app import COMMANDS

GUIDE = (Path(__file__).parents[2] / "docs" / "authoring.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"(?ms)^```{kind}\n(.*?)^```$", GUIDE)


def records(draft: dict[str, list[dict[str, JsonValue]]]) -> dict[JsonValue, dict[str, JsonValue]]:
    return {one["id"]: one for value in draft.values() if isinstance(value, list) for one in value}


@pytest.mark.parametrize("block", blocks("json"))
def test_what_the_guide_shows_of_the_draft_stands_in_it(block: str) -> None:
    shown = json.loads(block)
    draft = records(json.loads((FICTION / "draft.json").read_bytes()))
    assert shown.items() <= draft[shown["id"]].items()


def test_what_the_guide_shows_of_the_article_stands_in_it() -> None:
    (shown,) = blocks("text")
    assert shown.strip() in (FICTION / "article.txt").read_text(encoding="utf-8")


def test_the_guide_walks_through_all_commands_for_authors() -> None:
    called = {
        line.split("psfacts ")[1] for block in blocks("console") for line in block.splitlines() if line[:1] == "$"
    }
    for command in ("author passage", "author build", "validate", "verify", "coverage", "fact"):
        assert any(one.startswith(f"{command} ") for one in called)
        assert command.split()[0] in {*COMMANDS, "author"}
