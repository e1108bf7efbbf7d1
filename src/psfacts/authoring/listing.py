"""Passages as an author needs them."""

from __future__ import annotations

from collections.abc import Sequence

from psfacts.model import Passage
from psfacts.render import json
from psfacts.text.visible import visible


def passages_json(passages: Sequence[Passage]) -> str:
    """Return passages as a JSON list, as they stand in a fact base."""
    return json.value([one.model_dump(mode="json") for one in passages])


def passages_lines(passages: Sequence[Passage], text: str) -> str:
    """Return a line a passage: where it starts and ends, its digest, and its words in ``text``."""
    return "".join(
        f"{one.start}-{one.end}  {one.sha256}  {visible(' '.join(text[one.start : one.end].split()))}\n"
        for one in passages
    )
