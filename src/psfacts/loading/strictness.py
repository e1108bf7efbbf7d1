"""A quick way to be sure that no key of a JSON text stands twice, once its records are known.

Every key of every record is required, so that the records tell how many keys their text has. What looks like a key
outside of an object, or in another spacing, only makes the text be looked at more closely.
"""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel

from psfacts.model import BaseFact, Entity, Erratum, FactBase, Source, Uncited

_RARE = (b"\t", b"\n", b"\r")
_PASSAGE = 4
_WHEN = 4
_SECTION = 4
_ISO = 3


def is_plain(data: bytes, keys: int) -> bool:
    """Return whether ``data``, which is known to hold ``keys`` different keys, certainly holds none of them twice.

    Every key of JSON ends in a quotation mark and a colon. So there are no more keys than ``":`` stands there, if no
    white space does in between.
    """
    is_spaced = b" :" in data or any(blank in data and blank + b":" in data for blank in _RARE)
    return data.count(b'":') == keys and not is_spaced


def keys_in(record: BaseModel) -> int:
    """Count the keys that ``record`` has in JSON, those of the objects within it included."""
    own = _own(type(record))
    match record:
        case BaseFact():
            when = getattr(record, "when", None)
            return own + _PASSAGE * len(record.evidence) + (_WHEN if when else 0)
        case FactBase():
            lists = (record.sources, record.entities, record.indicators, record.facts, record.errata, record.uncited)
            return own + sum(keys_in(one) for records in lists for one in records)
        case Source():
            return own + _SECTION * len(record.sections)
        case Entity():
            return own + (_ISO if record.iso else 0)
        case Erratum():
            return own + _PASSAGE * len(record.evidence)
        case Uncited():
            return own + _PASSAGE
    return own


@cache
def _own(kind: type[BaseModel]) -> int:
    return len(kind.model_fields)
