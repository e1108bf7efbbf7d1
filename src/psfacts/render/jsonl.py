"""Answers as JSON Lines: one record a line, cells with their types, lists as lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import JsonValue

from psfacts.answers.answer import Answer
from psfacts.render import EVERYTHING, View
from psfacts.render.json import value
from psfacts.render.rows import RECORD, Cell, Scalar, Table, tables


def answer(result: Answer, view: View = EVERYTHING) -> str:
    """Return ``result`` as one JSON object a line; where it holds several sorts of records, each names its own."""
    parts = tables(result, view.columns, silent=view.silent)
    named = len(parts) > 1 and not view.columns
    return "".join(line for part in parts for line in lines(part, named=named))


def lines(table: Table, *, named: bool = False) -> Iterator[str]:
    """Return a line a row of ``table``, with its columns as keys, and, where ``named``, RECORD before them."""
    head: dict[str, JsonValue] = {RECORD: table.record} if named else {}
    for row in table.rows:
        yield value(head | {column: _cell(cell) for column, cell in zip(table.columns, row, strict=True)})


def _cell(cell: Cell) -> JsonValue:
    return [_scalar(one) for one in cell] if isinstance(cell, tuple) else _scalar(cell)


def _scalar(one: Scalar) -> str | int | float | bool | None:
    return one.isoformat() if isinstance(one, date) else one
