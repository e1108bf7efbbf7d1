"""A check of a whole database file, including rows that no answer reaches and references that lead nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from psfacts.errors import InvalidError
from psfacts.loading.messages import Problems
from psfacts.model import LISTS, Meta
from psfacts.store import tables
from psfacts.store.connection import Database
from psfacts.store.file import File
from psfacts.text.phrases import quoted

_TWICE = f"SELECT max(kind), id, min(kind) FROM ({tables.IDS}) GROUP BY id HAVING count(*) > 1"  # noqa: S608 -- our words
"""Query for ids of more than one record."""

_REPLACED = f"SELECT successors.id, replaced, kind FROM successors JOIN ({tables.IDS}) AS ids ON ids.id = replaced"  # noqa: S608 -- as above
"""Query for replaced records that are still there."""

_NAMES = "SELECT max(id), folded, min(id) FROM names GROUP BY folded HAVING count(*) > 1"
"""Query for names of more than one record."""

_MOST = 10
"""Maximum number of problems that SQLite's integrity check reports."""


def audit(file: File, problems: Problems) -> dict[str, int]:
    """Add all problems of the records of a file and its index tables, and return the number of records by list."""
    found = file.database.ids(f"PRAGMA integrity_check({_MOST})")
    problems.tell(f"the database: {text}" for text in found if text != "ok")
    rows: Counter[str] = Counter()
    for name in LISTS:
        _read_all(file, name, problems, rows)
    for lookup in tables.LOOKUPS if not problems.total else ():
        ((count,),) = file.database.rows(f"SELECT count(*) FROM {lookup}")  # noqa: S608 -- only our own words
        if count != rows[lookup]:
            problems.tell([f"{lookup}: has {count} rows, and the records make {rows[lookup]}"])
    problems.tell(problems_between(file.database, file.meta))
    told = dict(file.database.rows("SELECT key, value FROM _psfacts"))
    if told != tables.about(file.meta, file.sources):
        problems.tell(["_psfacts: does not tell what the records do"])
    return {name: rows[name] for name in LISTS}


def _read_all(file: File, name: str, problems: Problems, rows: Counter[str]) -> None:
    """Read all records of a list, and count its rows and those that the records make of index tables."""
    for row in file.rows[name].raw():
        rows[name] += 1
        try:
            record = file.rows[name].record(row)
        except InvalidError as error:
            problems.add_from(error)
            continue
        for lookup in tables.TABLES[name].lookups:
            for cells in lookup.rows(record):
                rows[lookup.name] += 1
                if not file.database.rows(lookup.search, *cells):
                    problems.tell([f"{lookup.name}: does not lead to {record.id}"])


def problems_between(database: Database, meta: Meta) -> Iterator[str]:
    """Return the problems of ids and names, which must be unique, as for a base in memory."""
    for kind, key, other in database.rows(_TWICE):
        yield f"{kind} ({key}): the id already belongs to another record, of the kind {other}; rename one"
    for key, replaced, kind in database.rows(_REPLACED):
        yield f"{key}.replaces: {quoted(str(replaced))} is the id of a record, of the kind {kind}; take it out"
    ((sources,),) = database.rows("SELECT count(*) FROM sources")
    if not sources:
        yield "sources: must not be empty"
    if sources == 1 and not meta.shared_names:
        for key, folded, other in database.rows(_NAMES):
            yield f"{key}: {quoted(str(folded))} is a name of {other} too; take it from one"
