"""Citations, and what was measured or checked, as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import get_args

from psfacts.answers.cite import Citation
from psfacts.answers.coverage import Coverage
from psfacts.answers.validate import Validation
from psfacts.answers.verify import Verification
from psfacts.checking.results import CheckName, ErratumCheck, FactCheck, Sighting
from psfacts.render.citation import plain
from psfacts.render.rows import Table
from psfacts.render.rows.records import Row, fragment, passages

_CITATION = (
    *("id", "citation", "statement", "author", "title", "publisher", "published", "url", "language"),
    *("translated_from", "translation", "source", "source_sha256", "section", "section_title", "paragraph"),
    *("evidence", "sha256"),
)


def _citation(answer: Citation) -> tuple[Table, ...]:
    source = answer.source
    row: Row = {
        "id": answer.id,
        "citation": plain(answer).rstrip("\n"),
        "statement": answer.statement,
        "author": source.author,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published,
        "url": source.url,
        "language": source.language,
        "translated_from": source.translated_from,
        "translation": source.translation,
        "source": source.id,
        "source_sha256": source.sha256,
        "section": tuple(one.section for one in answer.locators),
        "section_title": tuple(one.title for one in answer.locators),
        "paragraph": tuple(one.paragraph for one in answer.locators),
        **passages(answer.passages),
    }
    return (Table.of("citation", "Citation", [row], _CITATION),)


def _coverage(answer: Coverage) -> tuple[Table, ...]:
    return (Table("coverage", "Coverage", ("complete",), [(answer.complete,)]), *_measured(answer))


def _measured(answer: Coverage) -> tuple[Table, ...]:
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


_SIGHTINGS = ("evidence", "found", "found_at", "found_by")
"""Lists that go together: a passage, what became of it, where it stands in the copy, and the reading that it took."""


def _verification(answer: Verification) -> tuple[Table, ...]:
    facts = [_fact_check(one) for one in answer.facts]
    errata = [_erratum_check(one) for one in answer.errata]
    checks = get_args(CheckName)
    return (
        Table(
            "verification",
            "Verification",
            ("ok", "source", "identical", "complete", "left_out"),
            [(answer.ok, answer.source, answer.identical, answer.coverage.complete, answer.left_out)],
        ),
        Table.of("fact", "Facts", facts, ("id", "status", *checks, "problems", *_SIGHTINGS)),
        Table.of("erratum", "Errata", errata, ("id", "status", "problems", *_SIGHTINGS)),
        *_measured(answer.coverage),
    )


def _fact_check(one: FactCheck) -> Row:
    problems = tuple(f"{check.check}: {problem}" for check in one.checks for problem in check.problems)
    return {
        "id": one.id,
        "status": one.status,
        **{check.check: check.ok for check in one.checks},
        "problems": problems,
        **_sightings(one.passages),
    }


def _erratum_check(one: ErratumCheck) -> Row:
    return {"id": one.id, "status": one.status, "problems": one.problems, **_sightings(one.passages)}


def _sightings(found: Iterable[Sighting]) -> Row:
    sightings = tuple(found)
    return {
        "evidence": tuple(fragment(one.passage) for one in sightings),
        "found": tuple(one.status for one in sightings),
        "found_at": tuple(one.start for one in sightings),
        "found_by": tuple(one.reading for one in sightings),
    }


def _validation(answer: Validation) -> tuple[Table, ...]:
    counts = tuple(f"{name}: {count}" for name, count in answer.counts.items())
    return (
        Table("file", "File", ("file", "ok", "records"), [(answer.file, answer.ok, counts)]),
        Table("problem", "Problems", ("problem",), [(one,) for one in answer.problems]),
    )


PROJECTIONS: dict[str, Callable[..., tuple[Table, ...]]] = {
    "Citation": _citation,
    "Coverage": _coverage,
    "Validation": _validation,
    "Verification": _verification,
}
"""The projection of each type of answer, by the type's name."""
