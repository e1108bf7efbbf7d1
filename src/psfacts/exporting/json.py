"""A whole fact base as one JSON file for people and diffs: equal bases give equal files."""

from __future__ import annotations

import json
from collections.abc import Iterable

from pydantic import JsonValue, ValidationError

from psfacts.model import LISTS, Meta, Passage
from psfacts.store.store import Store

WIDTH = 140
"""Preferred maximum width of a formatted fact base."""

SETS = ("aliases", "asserted_by", "context", "entities", "errata", "keywords", "members", "replaces", "topics")
"""Lists in a record whose order has no meaning."""

FACT = (
    *("id", "kind", "indicator", "subject", "value", "predicate", "object"),
    *("title", "statement", "when", "standing", "asserted_by", "entities", "context", "topics"),
    *("evidence", "errata", "replaces", "keywords"),
)
"""Keys of a fact in order: its content first, search words last."""

_IN_ONE_LINE = frozenset({"keywords"})


def text(store: Store) -> str:
    """Return ``store`` as the text of a JSON file."""
    base = store.meta.model_dump(mode="json", include=set(Meta.model_fields), exclude_defaults=True)
    lists = {name: [record.model_dump(mode="json") for record in store.records(name)] for name in LISTS}
    return formatted(in_order({**base, **lists})) + "\n"


def in_order(base: JsonValue) -> JsonValue:
    """Return a copy of ``base`` in order: facts and evidence by place, other records by id, sets by code point."""
    if not isinstance(base, dict):
        return base
    return {
        key: sorted(map(_record, value), key=_place if key == "facts" else id_of) if isinstance(value, list) else value
        for key, value in base.items()
    }


def _place(fact: JsonValue) -> tuple[str, int, int, str]:
    """Return the sort key of a fact: the source and place of its first passage, or the id if it has none."""
    evidence = fact.get("evidence") if isinstance(fact, dict) else None
    first = as_passage(evidence[0]) if isinstance(evidence, list) and evidence else None
    return (first.source, first.start, first.end, id_of(fact)) if first else ("", 0, 0, id_of(fact))


def id_of(record: JsonValue) -> str:
    """Return the id of a record, or an empty string."""
    return str(record.get("id", "")) if isinstance(record, dict) else ""


def as_passage(node: JsonValue) -> Passage | None:
    """Return ``node`` as a passage, if it is one."""
    if not isinstance(node, dict) or node.keys() != Passage.model_fields.keys():
        return None
    try:
        return Passage.model_validate(node)
    except ValidationError:
        return None


def _record(record: JsonValue) -> JsonValue:
    if not isinstance(record, dict):
        return record
    keys = sorted(record, key=_rank) if "statement" in record else record
    ordered = {key: record[key] for key in keys}
    for key in SETS:
        if isinstance(items := ordered.get(key), list):
            ordered[key] = [*sorted({str(item) for item in items})]
    if isinstance(evidence := ordered.get("evidence"), list):
        passages = [as_passage(node) for node in evidence]
        if all(passages):  # what is no passage is left for psfacts validate to name
            ordered["evidence"] = _by_place(passage for passage in passages if passage)
    return ordered


def _rank(key: str) -> int:
    """Return the rank of a key of a fact; unknown keys come before the last."""
    return FACT.index(key) + (key == FACT[-1]) if key in FACT else len(FACT) - 1


def _by_place(passages: Iterable[Passage]) -> list[JsonValue]:
    places = {(passage.source, passage.start, passage.end): passage for passage in passages}
    return [places[place].model_dump(mode="json") for place in sorted(places)]


def formatted(value: JsonValue, column: int = 0, indent: int = 0, key: str = "") -> str:
    """Return ``value`` as JSON for people and diffs: whatever fits on a line of WIDTH columns is on one.

    ``column`` is where the value starts, ``indent`` where its line does, and ``key`` what it is called.
    """
    flat = json.dumps(value, ensure_ascii=False)
    fits = key in _IN_ONE_LINE or (indent and column + len(flat) < WIDTH)
    if not isinstance(value, dict | list) or not value or fits:
        return flat
    inner = indent + 2
    if isinstance(value, dict):
        items = [(f"{json.dumps(name, ensure_ascii=False)}: ", name, item) for name, item in value.items()]
    else:
        items = [("", "", item) for item in value]
    told = (f"{' ' * inner}{head}{formatted(item, inner + len(head), inner, name)}" for head, name, item in items)
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return "\n".join([opening, ",\n".join(told), f"{' ' * indent}{closing}"])
