"""A check of a whole database file, including rows that no answer reaches and references that lead nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from psfacts.errors import InvalidError
from psfacts.loading.messages import Problems
from psfacts.model import LISTS, Meta
from psfacts.store import tables
from psfacts.store.connection import Database
from psfacts.store.file import File
from psfacts.text.phrases import quoted

_NAMES = "SELECT folded, min(id), max(id) FROM names GROUP BY folded HAVING count(*) > 1"
"""Query for names of more than one record."""

_MOST = 10
"""Maximum number of problems that SQLite's integrity check reports."""


def audit(file: File, problems: Problems) -> dict[str, int]:
    """Add all problems of the records of a file and its index tables, and return the number of records by list."""
    found = [text for (text,) in file.database.rows(f"PRAGMA integrity_check({_MOST})")]
    problems.tell(f"the database: {text}" for text in found if text != "ok")
    counts = {name: len(file.records(name)) for name in LISTS}
    leading: Counter[str] = Counter()
    for name in LISTS:
        _read_all(file, name, problems, leading)
    for lookup in tables.LOOKUPS if not problems.total else ():
        ((count,),) = file.database.rows(f"SELECT count(*) FROM {lookup}")  # noqa: S608 -- only our own words
        if count != leading[lookup]:
            problems.tell([f"{lookup}: has {count} rows, and the records make {leading[lookup]}"])
    problems.tell(problems_between(file.database, file.meta))
    told = dict(file.database.rows("SELECT key, value FROM _psfacts"))
    if told != tables.about(file.meta, file.sources):
        problems.tell(["_psfacts: does not tell what the records do"])
    return counts


def _read_all(file: File, name: str, problems: Problems, leading: Counter[str]) -> None:
    rows = file.rows[name]
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


def problems_between(database: Database, meta: Meta) -> Iterator[str]:
    """Return the problems of ids and names, which must be unique, as for a base in memory."""
    lists = [name for name in LISTS if name != "topics"]
    for first, second in combinations(lists, 2):
        for key in database.ids(f"SELECT id FROM {second} WHERE id IN (SELECT id FROM {first})"):  # noqa: S608 -- our words
            yield f"{second} ({key}): the id already belongs to one of {first}; rename one"
    for name in lists:
        sql = f"SELECT replaced, successors.id FROM successors JOIN {name} ON {name}.id = replaced"  # noqa: S608 -- our words
        for replaced, key in database.rows(sql):
            yield f"{key}.replaces: {quoted(replaced)} is the id of one of {name}; take it out"
    ((sources,),) = database.rows("SELECT count(*) FROM sources")
    if not sources:
        yield "sources: must not be empty"
    if sources == 1 and not meta.shared_names:
        for folded, one, other in database.rows(_NAMES):
            yield f"{other}: {quoted(folded)} is a name of {one} too; take it from one"
