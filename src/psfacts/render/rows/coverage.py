"""What of the sources is used, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psfacts.render.rows import Table, same

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.coverage import Coverage

_SECTION = {
    **same("source", "section"),
    "section_title": "title",
    **same("length", "cited", "uncited", "unused", "facts"),
    "reasons": "_reasons",
}


def tables(answer: Coverage) -> tuple[Table, ...]:
    """Return whether all is accounted for, the sections, the gaps, and the values by country."""
    return (Table.of("coverage", "Coverage", [dict(answer)], same("complete")), *measured(answer))


def measured(answer: Coverage) -> tuple[Table, ...]:
    """Return the parts of the source, what of it is not accounted for, and how many values there are by country."""
    sections = (
        {**dict(section), "_reasons": tuple(f"{reason}: {count}" for reason, count in section.reasons.items())}
        for section in answer.sections
    )
    matrix = (
        {**dict(country), "indicator": key, "observations": count}
        for country in answer.matrix
        for key, count in country.values.items()
    )
    return (
        Table.of("section", "Sections", sections, _SECTION),
        Table.of("gap", "Not accounted for", map(dict, answer.gaps), same("source", "section", "start", "end", "text")),
        Table.of("silence", "By country", matrix, same("country", "name", "indicator", "observations")),
    )
