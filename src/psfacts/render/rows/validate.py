"""What is wrong with a fact base, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psfacts.render.rows import Table, same

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.validate import Validation


def tables(answer: Validation) -> tuple[Table, ...]:
    """Return the file, and a row a problem."""
    records = tuple(f"{name}: {count}" for name, count in answer.counts.items())
    return (
        Table.of("file", "File", [{**dict(answer), "records": records}], same("file", "ok", "records")),
        Table.of("problem", "Problems", ({"problem": problem} for problem in answer.problems), same("problem")),
    )
