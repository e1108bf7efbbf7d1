"""What of the sources is used, as tables."""

from __future__ import annotations

from psfacts.answers.coverage import Coverage
from psfacts.render.rows import Table


def tables(answer: Coverage) -> tuple[Table, ...]:
    """Return whether all is accounted for, the sections, the gaps, and the values by country."""
    return (Table("coverage", "Coverage", ("complete",), [(answer.complete,)]), *measured(answer))


def measured(answer: Coverage) -> tuple[Table, ...]:
    """Return the parts of the source, what of it is not accounted for, and how many values there are by country."""
    sections = [
        (
            *(one.source, one.section, one.title, one.length, one.cited, one.uncited, one.unused, one.facts),
            tuple(f"{reason}: {count}" for reason, count in one.reasons.items()),
        )
        for one in answer.sections
    ]
    gaps = [(one.source, one.section, one.start, one.end, one.text) for one in answer.gaps]
    matrix = [(one.country, one.name, key, count) for one in answer.matrix for key, count in one.values.items()]
    measures = ("length", "cited", "uncited", "unused", "facts", "reasons")
    return (
        Table("section", "Sections", ("source", "section", "section_title", *measures), sections),
        Table("gap", "Not accounted for", ("source", "section", "start", "end", "text"), gaps),
        Table("silence", "By country", ("country", "name", "indicator", "observations"), matrix),
    )
