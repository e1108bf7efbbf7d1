"""What holding a fact base against its article finds, and the shape of its JSON."""

from __future__ import annotations

from typing import Literal

from psfacts.model import Id, Offset, Passage, Record, Text

CheckName = Literal["passage", "numbers", "dates", "names", "errata", "statement"]
"""The independent checks of a fact: five hold it against the article, ``statement`` its fields against its sentence."""

SightingStatus = Literal["in place", "moved", "out of order", "missing"]
"""Whether a passage stands at its place, at another, in its order or out of it, or nowhere."""

Status = Literal["ok", "moved", "failed"]
"""``ok``: all holds as recorded; ``moved``: all holds, but a passage stands elsewhere or took another reading;
``failed``: something was found."""


class Sighting(Record):
    """What became of one passage."""

    passage: Passage
    """The passage as recorded."""

    status: SightingStatus
    """Whether its digest matches at its place, elsewhere among the passages next to it, out of order, or nowhere."""

    start: Offset | None
    """Where it stands in the normalised copy; ``None`` where it is missing."""

    reading: Text | None
    """``exact``, or in what the copy's form of it differs: ``blanks``, ``hyphens``, ``line breaks``,
    ``quotation marks``, or several of them."""


class Check(Record):
    """The result of one check."""

    check: CheckName
    """Which check it is."""

    ok: bool
    """Whether nothing was found."""

    problems: tuple[str, ...]
    """What was found, a sentence each."""


class FactCheck(Record):
    """What was found about one fact."""

    id: Id
    """Id of the fact."""

    status: Status
    """The verdict over all checks."""

    checks: tuple[Check, ...]
    """All checks, in their order."""

    passages: tuple[Sighting, ...]
    """What became of each passage that it cites."""


class ErratumCheck(Record):
    """What was found about one erratum."""

    id: Id
    """Id of the erratum."""

    status: Status
    """The verdict over all occurrences."""

    problems: tuple[str, ...]
    """What was found, a sentence each."""

    passages: tuple[Sighting, ...]
    """What became of each occurrence of the printed words."""


class Change(Record):
    """Words that a copy has and its source has not, or the other way round, or other words in one place."""

    kind: Literal["added", "taken out", "changed", "head", "foot"]
    """What became of them; ``head`` and ``foot`` are lines of their own before the first and after the last passage."""

    section: Id
    """Id of the section in which that is, or would be, in the source."""

    start: Offset
    """Offset in the source of the first character that is missing or changed, or before which words were added."""

    end: Offset
    """Offset just after the last one; ``start`` where words were added."""

    copy_start: Offset
    """Offset in the normalised copy of the words that stand there."""

    copy_end: Offset
    """Offset just after them; ``copy_start`` where words were taken out."""

    text: str
    """The words that stand there in the copy; empty where words were taken out."""


class CopyCoverage(Record):
    """How much of a copy is its source's. All counts are of code points of the normalised copy."""

    length: int
    """Length of the copy."""

    known: int
    """How much of it the known passages of the source cover, and blanks between them."""

    outside: int
    """How much stands in lines of their own before the first and after the last passage, as a saved page has them."""

    added: int
    """How much of the rest is neither: words added or changed."""


class SourceCheck(Record):
    """What was found about a copy as a whole."""

    source: Id
    """Id of the source that it is a copy of."""

    identical: bool
    """Whether the copy, normalised, has the very digest of the source."""

    copy_coverage: CopyCoverage
    """How much of the copy is the source's."""

    changes: tuple[Change, ...]
    """What was added, taken out or changed, in the order of the copy."""
