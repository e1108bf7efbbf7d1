"""Rules between the records of a database, asked by SQL: there may be more than memory holds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from psfacts.model import LISTS, Meta
from psfacts.store.connection import Database
from psfacts.text.phrases import quoted

_NAMES = "SELECT folded, min(id), max(id) FROM names GROUP BY folded HAVING count(*) > 1"


def problems_between(database: Database, meta: Meta) -> Iterator[str]:
    """Return what is wrong with ids and names, which stand for one record alone, as for a base in memory."""
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
