"""Answers as JSON Lines: one record per line, with typed cells and lists."""

from __future__ import annotations

from datetime import date

from psfacts.answers.answer import Answer
from psfacts.render import EVERYTHING, View
from psfacts.render.json import value
from psfacts.render.rows import RECORD, Scalar, tables


def answer(result: Answer, view: View = EVERYTHING) -> str:
    """Return ``result`` as one JSON object per line; if it has several kinds of records, each names its kind."""
    parts = tables(result, view.columns, silent=view.silent)
    lines = []
    for part in parts:
        head = {RECORD: part.record} if len(parts) > 1 and not view.columns else {}
        for row in part.rows:
            cells = ([*map(_scalar, cell)] if isinstance(cell, tuple) else _scalar(cell) for cell in row)
            lines.append(value({**head, **dict(zip(part.columns, cells, strict=True))}))
    return "".join(lines)


def _scalar(cell: Scalar) -> str | int | float | bool | None:
    return cell.isoformat() if isinstance(cell, date) else cell
