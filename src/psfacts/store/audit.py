"""All of a file looked at: what answers never come by, because nothing leads to it, and what leads to nothing."""

from __future__ import annotations

from collections import Counter

from psfacts.errors import InvalidError
from psfacts.loading.messages import Problems
from psfacts.model import LISTS
from psfacts.store import tables
from psfacts.store.between import problems_between
from psfacts.store.file import File

_MOST = 10
"""Faults of the database itself that SQLite is asked to tell."""


def audit(file: File, problems: Problems) -> dict[str, int]:
    """Add all that is wrong with the records of a file and with what leads to them, and return how many there are."""
    found = [text for (text,) in file.database.rows(f"PRAGMA integrity_check({_MOST})")]
    problems.tell(f"the database: {text}" for text in found if text != "ok")
    counts = {name: len(file.lists[name]) for name in LISTS}
    leading: Counter[str] = Counter()
    for name in LISTS:
        _read_all(file, name, problems, leading)
    for lookup in tables.LOOKUPS if not problems.total else ():
        ((count,),) = file.database.rows(f"SELECT count(*) FROM {lookup}")  # noqa: S608 -- only our own words
        if count != leading[lookup]:
            problems.tell([f"{lookup}: has {count} rows, and the records make {leading[lookup]}"])
    problems.tell(problems_between(file.database, file.meta))
    told = dict(file.database.rows("SELECT key, value FROM _psfacts"))
    if told != tables.about(file.meta, file.lists["sources"]):
        problems.tell(["_psfacts: does not tell what the records do"])
    return counts


def _read_all(file: File, name: str, problems: Problems, leading: Counter[str]) -> None:
    rows = file.lists[name]
    for row in rows.raw():
        try:
            record = rows.record(row)
        except InvalidError as error:
            problems.add_from(error)
            continue
        for lookup in tables.TABLES[name].lookups:
            for cells in lookup.rows(record):
                leading[lookup.name] += 1
                if not file.database.rows(lookup.search, *cells):
                    problems.tell([f"{lookup.name}: does not lead to {record.id}"])
