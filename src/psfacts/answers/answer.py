"""What the answers are: one type a question, and at once the shape of its JSON.

Every answer says which ``schema_version`` it follows and always has the same keys. Facts, entities, indicators
and errata in it are the very records of the fact base. Where an answer holds facts, ``locators`` tells by fact id
where in the source each of them stands, so that no number travels without its place.
"""

from __future__ import annotations

from typing import Literal

from psfacts.model import (
    Id,
    Record,
    Text,
)


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


Locators = dict[Id, tuple[Locator, ...]]
"""Places of the passages of each record, by the record's id; one a passage, repetitions dropped."""


class Answer(Record):
    """What all answers share."""

    schema_version: Literal[1] = 1
    """Version of the shape."""
