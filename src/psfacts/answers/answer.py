"""What the answers are: one type a question, and at once the shape of its JSON.

Every answer says which ``schema_version`` it follows and always has the same keys. Facts, entities, indicators
and errata in it are the very records of the fact base. Where an answer holds facts, ``locators`` tells by fact id
where in the source each of them stands, so that no number travels without its place.
"""

from __future__ import annotations

from typing import Literal

from psfacts.model import (
    Record,
)


class Answer(Record):
    """What all answers share."""

    schema_version: Literal[1] = 1
    """Version of the shape."""
