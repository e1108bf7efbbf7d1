"""Problems of a fact base: rules that find them beyond the types, and how they are collected and told.

The rules are those within a record, and between one and those that it refers to; those that a record can check by
itself, like its types, are in the model. Problems are structured at first, and converted to text when they are added.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, Protocol, get_args

from psfacts import model
from psfacts.article.text import digest
from psfacts.errors import InvalidError
from psfacts.model import NOUNS, AnyRecord, Id, Passage, Record, is_id
from psfacts.text.names import fold, labels
from psfacts.text.phrases import a, either, quoted

MOST_TOLD = 300
"""Maximum number of problems kept as text; more are only counted."""

_LONGEST = 1000
"""Maximum length of a problem in characters."""

Location = tuple[int | str, ...]
"""Path of keys and indexes to a place."""

_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")

UNREAD = "unread"
"""Kind of a record that exists but could not be read, and may be of any kind."""

_ENTITY: tuple[str, ...] = get_args(model.EntityType)

REFERENCES: dict[str, tuple[str, ...]] = {
    "entities": _ENTITY,
    "asserted_by": _ENTITY,
    "errata": ("erratum",),
    "subject": _ENTITY,
    "object": _ENTITY,
    "indicator": ("indicator",),
    "members": tuple(kind for kind in _ENTITY if kind != "region"),
    "of": ("country", "organization"),
    "membership_of": ("organization",),
}
"""Fields that refer to other records by one or more ids, with the kinds allowed there."""

_PARTIES = ("asserted_by", "subject", "object")
_SETS = ("replaces", "entities", "context", "topics", "asserted_by", "errata", "keywords", "aliases", "members")
"""The fields that are sorted."""


class Problem(NamedTuple):
    """A problem of a record."""

    location: Location
    """Place in the record."""

    what: str
    """Description of the problem, and what to do about it."""

    missing: Id | None = None
    """Id of a missing record, if that is the problem."""

    def text(self, place: str, record: object) -> str:
        """Return the problem in words, of a ``record`` at a ``place``: ``facts[3] (grain-2030).when: is missing``."""
        where = self.where(place, record)
        text = f"{where}: {self.what}" if where else self.what
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"

    def where(self, place: str, record: object) -> str:
        """Return where it is, in words: the keys and indexes, with the ids of what they lead through."""
        words = labelled(place, record)
        for step in self.location:
            record = inner(record, step)
            if isinstance(step, int):
                words += labelled(f"[{step}]", record)
            else:
                words += f".{step}" if _KEY.fullmatch(step) else f"[{quoted(step)}]"
        return words.removeprefix(".")


class Problems:
    """Problems of a file: the first ones as text, and their number."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.texts: list[str] = []
        self.total = 0

    def add(self, place: str, problems: Iterable[Problem], record: object = None) -> None:
        """Add the problems of a record at a place."""
        for problem in problems:
            self.total += 1
            if self.total <= MOST_TOLD:
                self.texts.append(problem.text(place, record))

    def tell(self, texts: Iterable[str]) -> None:
        """Add problems that are already text."""
        self.add("", (Problem((), text) for text in texts))

    def add_from(self, error: InvalidError) -> None:
        """Add the problems of a part of the file."""
        self.texts += error.problems[: MOST_TOLD - len(self.texts)]
        self.total += error.total

    def error(self) -> InvalidError:
        """Return the error with the first problem as its message, and all others attached."""
        more = f" (and {self.total - 1} more)" if self.total > 1 else ""
        return InvalidError(f"{self.name}: {self.texts[0]}{more}", "", tuple(self.texts), self.total)

    def check(self) -> None:
        """Raise InvalidError if there is any problem."""
        if self.total:
            raise self.error()


def invalid(name: str, what: str, hint: str = "") -> InvalidError:
    """Return the error for a single problem of the file ``name``."""
    return InvalidError(f"{name}: {what}", hint, (what,))


def labelled(place: str, node: object) -> str:
    """Return ``place`` with the id of the record there, or of its JSON, if it has one."""
    key = inner(node, "id")
    return f"{place} ({key})" if is_id(key) else place


def inner(node: object, step: str | int) -> object:
    """Return what a record, or its JSON, has under a key, or at an index; ``None`` if there is nothing."""
    node = vars(node) if isinstance(node, Record) else node
    if isinstance(node, dict):
        return node.get(step)
    return node[step] if isinstance(node, list | tuple) and isinstance(step, int) and step < len(node) else None


class Known(Protocol):
    """The records of a base, as rules need them."""

    def kind(self, key: Id, /) -> str | None:
        """Return the kind of a record as :func:`kind_of` does; ``None`` if there is none."""

    def get(self, name: str, key: Id, /) -> AnyRecord | None:
        """Return the record of a list with this id, if there is one."""

    @property
    def topic_names(self) -> Collection[Id]:
        """The ids of the declared topics; if there are none, facts may have any."""


def kind_of(name: str, record: AnyRecord) -> str:
    """Return the kind of a record of a list: an entity's type, or else the noun of its list."""
    return record.type if isinstance(record, model.Entity) else NOUNS[name]


def record_problems(record: AnyRecord, known: Known) -> Iterator[Problem]:
    """Return all problems of a record and its references."""
    yield from _own_problems(record)
    passages = _passages(record)
    sources = [((*location, "source"), passage.source, ("source",)) for location, passage in passages]
    references = [((name,), key, wanted) for name, wanted in REFERENCES.items() for key in _ids(record, name)]
    for location, key, wanted in (*references, *sources):
        if (kind := known.kind(key)) not in wanted and kind != UNREAD:
            yield Problem(location, misplaced(key, kind, wanted), None if kind else key)
    for location, passage in passages:
        source = known.get("sources", passage.source)
        if isinstance(source, model.Source) and passage.end > source.length:
            what = f"ends at {passage.end}, after the end of its source at {source.length}; pin it again"
            yield Problem(location, what)
    for key in record.__dict__.get("topics", ()):
        if known.topic_names and key not in known.topic_names:
            yield Problem(("topics",), f"the topic {quoted(key)} is not declared; declare it or fix the id")
    if isinstance(record, model.Observation):
        indicator = known.get("indicators", record.indicator)
        yield from _value_problems(record.value, indicator) if isinstance(indicator, model.Indicator) else ()


def _passages(record: AnyRecord) -> list[tuple[Location, Passage]]:
    """Return the passages of a record, each with its place in it."""
    if isinstance(record, model.Uncited):
        return [(("passage",), record.passage)]
    return [(("evidence", index), passage) for index, passage in enumerate(record.__dict__.get("evidence", ()))]


def _ids(record: AnyRecord, name: str) -> tuple[Id, ...]:
    """Return the ids in a field that refers to any number of records, if there is one."""
    value = record.__dict__.get(name) or ()
    return (value,) if isinstance(value, str) else value


def _own_problems(record: AnyRecord) -> Iterator[Problem]:
    """Return the problems within a record: order, duplicates, and contradictions."""
    fields = record.__dict__
    if len(evidence := fields.get("evidence", ())) > 1:
        spans = [(passage.source, passage.start, passage.end) for passage in evidence]
        named = [f"{source} {start}-{end}" for source, start, end in spans]
        yield from _order_problems("evidence", named, spans, "the text")
    for field in _SETS:
        if len(items := fields.get(field, ())) > 1:
            yield from _order_problems(field, items, items, "code points")
    for field in _PARTIES:
        for key in sorted({*_ids(record, field)}.difference(fields["entities"])) if field in fields else ():
            yield Problem((field,), f"{quoted(key)} is not among the fact's entities; add it there")
    match record:
        case model.Source():
            yield from _section_problems(record)
        case model.Erratum():
            yield from _print_problems(record)
        case model.Entity() | model.Indicator():
            yield from _repeated("categories", fields.get("categories", ()))
            for label in dict.fromkeys(label for label in labels(record) if not fold(label)):
                yield Problem((), f"{quoted(label)} has no letter or digit, and cannot be a name; take it out")


def misplaced(key: Id, kind: str | None, wanted: Collection[str]) -> str:
    """Return the problem of a reference to a record of ``kind``, or to none, where ``wanted`` kinds are allowed."""
    noun = either(["entity"] if len(wanted) == len(_ENTITY) else wanted)
    if kind is None:
        return f"there is no {noun} {quoted(key)}; add it or fix the id"
    return f"{quoted(key)} is {a(kind)}, not {a(noun)}; fix the id"


def _value_problems(value: model.Value, indicator: model.Indicator) -> Iterator[Problem]:
    if indicator.type == "category":
        if value not in indicator.categories:
            yield Problem(("value",), f"must be {either(map(quoted, indicator.categories))}, not {quoted(str(value))}")
    elif isinstance(value, str):
        yield Problem(("value",), f"must be a number ({indicator.unit}), not {quoted(value)}")
    elif abs(value) > sys.float_info.max:
        yield Problem(("value",), "is too large; give it in a greater unit")


def _order_problems(field: str, items: Sequence[str], keys: Sequence[Any], order: str) -> Iterator[Problem]:
    """Return the problems of a field of ``items`` that have to rise by their ``keys``."""
    if any(after < before for before, after in pairwise(keys)):
        yield Problem((field,), f"not sorted; sort it in the order of {order}")
    yield from _repeated(field, items)


def _section_problems(source: model.Source) -> Iterator[Problem]:
    """Return the problems of sections that do not divide their source, or paragraphs their section."""
    yield from _repeated("sections", [section.id for section in source.sections])
    bounds = [-1, *(section.start for section in source.sections), source.length]
    for index, section in enumerate(source.sections):
        location, before, end = ("sections", index), bounds[index], bounds[index + 2]
        if section.start <= before or (index == 0 and section.start):
            yield Problem((*location, "start"), "the first section starts at 0 and each after the one before; fix it")
        if section.start >= end:
            yield Problem((*location, "start"), f"the section is empty, as it ends at {end}; fix it")
        for number, start in enumerate(section.paragraphs):
            if not section.start <= start < end:
                yield Problem((*location, "paragraphs", number), f"{start} lies outside of the section; fix it")
        if any(after <= before for before, after in pairwise(section.paragraphs)):
            yield Problem((*location, "paragraphs"), "not rising; sort them in the order of the text")


def _repeated(field: str, items: Sequence[str]) -> Iterator[Problem]:
    for item, times in Counter(items).items() if len(set(items)) < len(items) else ():
        if times > 1:
            yield Problem((field,), f"{quoted(item)} stands {times} times; keep one")


def _print_problems(erratum: model.Erratum) -> Iterator[Problem]:
    expected = (len(erratum.printed), digest(erratum.printed))
    for index, passage in enumerate(erratum.evidence):
        if (passage.end - passage.start, passage.sha256) != expected:
            yield Problem(("evidence", index), f"does not cover exactly {quoted(erratum.printed)}; pin it again")
