"""Answers as JSON Lines."""

from __future__ import annotations

from psfacts.answers.answer import Answer
from psfacts.render import View
from psfacts.render.json import value
from psfacts.render.rows import RECORD, tables


def answer(result: Answer, view: View) -> str:
    """Return ``result`` as one JSON object per row, with typed cells and lists.

    If it has several kinds of records, each row names its kind.
    """
    parts = tables(result, view.columns, silent=view.silent)
    named = len(parts) > 1 and not view.columns
    rows = ((part.record, dict(zip(part.columns, row, strict=True))) for part in parts for row in part.rows)
    return "".join(value({RECORD: record, **row} if named else row) for record, row in rows)
