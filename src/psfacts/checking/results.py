"""What holding a fact base against its article finds, and the shape of its JSON."""

from __future__ import annotations

from typing import Literal

from psfacts.model import Id, Offset, Passage, Record, Text

CheckName = Literal["passage", "numbers", "dates", "names", "errata", "statement"]
"""The independent checks of a fact: five hold it against the article, ``statement`` its fields against its sentence."""

Status = Literal["ok", "moved", "failed"]
"""``ok``: all holds as recorded; ``moved``: all holds, but a passage stands elsewhere or took another reading;
``failed``: something was found."""


class Sighting(Record):
    """What became of one passage."""

    passage: Passage
    """The passage as recorded."""

    status: Literal["in place", "moved", "missing"]
    """Whether its digest matches at its place, elsewhere, or nowhere."""

    start: Offset | None
    """Where it stands in the copy as read; ``None`` where it is missing."""

    reading: Text | None
    """The reading under which it was found: ``exact``, or the normalisation that it took."""


class Check(Record):
    """The result of one check."""

    check: CheckName
    """Which check it is."""

    ok: bool
    """Whether nothing was found."""

    problems: tuple[Text, ...]
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

    problems: tuple[Text, ...]
    """What was found, a sentence each."""

    passages: tuple[Sighting, ...]
    """What became of each occurrence of the printed words."""
