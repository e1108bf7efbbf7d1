"""What is wrong with a fact base, as tables."""

from __future__ import annotations

from psfacts.answers.validate import Validation
from psfacts.render.rows import Table


def tables(answer: Validation) -> tuple[Table, ...]:
    """Return the file, and a row a problem."""
    counts = tuple(f"{name}: {count}" for name, count in answer.counts.items())
    return (
        Table("file", "File", ("file", "ok", "records"), [(answer.file, answer.ok, counts)]),
        Table("problem", "Problems", ("problem",), [(one,) for one in answer.problems]),
    )
