"""Results of checking a fact base against its article, which also define their JSON."""

from __future__ import annotations

from typing import Literal

from psfacts.model import Id, Offset, Passage, Record, Text

CheckName = Literal["passage", "numbers", "dates", "names", "errata", "statement"]
"""Independent checks of a fact: ``statement`` compares its fields with its sentence, the others it with the article."""

SightingStatus = Literal["in place", "moved", "out of order", "missing"]
"""Place of a passage: its own, elsewhere in order, out of order, or nowhere."""

Status = Literal["ok", "moved", "failed"]
"""``ok``: all holds as recorded; ``moved``: all holds, but a passage is elsewhere or in another form;
``failed``: something was found."""


class Sighting(Record):
    """Result for one passage."""

    passage: Passage
    """The passage as recorded."""

    status: SightingStatus
    """Whether its digest matches at its place, elsewhere between its neighbours, out of order, or nowhere."""

    start: Offset | None
    """Offset in the normalised copy; ``None`` if missing."""

    reading: Text | None
    """``exact``, or in what the copy's form of it differs: ``blanks``, ``hyphens``, ``line breaks``,
    ``quotation marks``, or several of them."""


class Check(Record):
    """The result of one check."""

    check: CheckName
    """Name of the check."""

    ok: bool
    """Whether there are no problems."""

    problems: tuple[str, ...]
    """Problems, one sentence each."""


class FactCheck(Record):
    """Result for one fact."""

    id: Id
    """Id of the fact."""

    status: Status
    """The verdict over all checks."""

    checks: tuple[Check, ...]
    """All checks, in order."""

    passages: tuple[Sighting, ...]
    """Results for the passages that it cites."""


class ErratumCheck(Record):
    """Result for one erratum."""

    id: Id
    """Id of the erratum."""

    status: Status
    """The verdict over all occurrences."""

    problems: tuple[str, ...]
    """Problems, one sentence each."""

    passages: tuple[Sighting, ...]
    """Results for the occurrences of the printed words."""


class Change(Record):
    """A difference between a copy and its source: words added, removed or changed."""

    kind: Literal["added", "taken out", "changed", "head", "foot"]
    """Kind of the change; ``head`` and ``foot`` are separate lines before the first and after the last passage."""

    section: Id
    """Id of the section of the change in the source."""

    start: Offset
    """Offset in the source of the first character that is missing or changed, or before which words were added."""

    end: Offset
    """Offset just after the last one; ``start`` if words were added."""

    copy_start: Offset
    """Offset of the words in the normalised copy."""

    copy_end: Offset
    """Offset just after them; ``copy_start`` if words were removed."""

    text: str
    """The words in the copy; empty if words were removed."""


class CopyCoverage(Record):
    """How much of a copy comes from its source. All lengths are in code points of the normalised copy."""

    length: int
    """Length of the copy."""

    known: int
    """Length covered by known passages of the source, and blanks between them."""

    outside: int
    """Length of separate lines before the first and after the last passage, as in a saved web page."""

    added: int
    """Length of the rest: words added or changed."""
