"""Errata as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psfacts.render.rows import Table
from psfacts.render.rows.records import errata

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.errata import Errata


def tables(answer: Errata) -> tuple[Table, ...]:
    """Return a row an erratum."""
    return (errata(answer.errata, answer.locators),)
