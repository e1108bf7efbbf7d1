"""Places of passages in a source: section and paragraph."""

from __future__ import annotations

from bisect import bisect_right

from psfacts.model import Erratum, Fact, Frozen, Id, Passage, Record, Source, Text


class Locator(Record):
    """The place of a passage in words."""

    source: Id
    """Id of the source."""

    section: Id
    """Id of the section."""

    title: Text
    """Title of the section."""

    paragraph: int | None
    """Number of the paragraph within the section, from 1; ``None`` for a heading."""


Locators = Frozen[Id, tuple[Locator, ...]]
"""Places of the passages of each record, by the record's id; one per passage, without duplicates."""


def place(source: Source, passage: Passage) -> Locator:
    """Return the place where a ``passage`` of ``source`` starts."""
    section = source.sections[section_number(source, passage.start)]
    paragraph = bisect_right(section.paragraphs, passage.start) or None
    return Locator(source=source.id, section=section.id, title=section.title, paragraph=paragraph)


def section_number(source: Source, offset: int) -> int:
    """Return the index of the section of ``source`` that contains ``offset``."""
    return bisect_right(source.sections, offset, key=lambda section: section.start) - 1


def by_place(record: Fact | Erratum) -> tuple[Id, int, int, Id]:
    """Return the key that sorts records in the order of the source."""
    first, last = record.evidence[0], record.evidence[-1]
    return first.source, first.start, last.end, record.id
