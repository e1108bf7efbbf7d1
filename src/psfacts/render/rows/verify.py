"""What holding a fact base against its article found, as tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from psfacts.answers.verify import Verification
from psfacts.checking.results import Change, CheckName, CopyCoverage, ErratumCheck, FactCheck, Sighting
from psfacts.render.rows import Table
from psfacts.render.rows.coverage import measured
from psfacts.render.rows.records import Row, fragment

_SIGHTINGS = ("evidence", "found", "found_at", "found_by")
"""Lists that go together: a passage, what became of it, where it stands in the copy, and the reading that it took."""


def tables(answer: Verification) -> tuple[Table, ...]:
    """Return the verdict, a row a copy, a change, a fact and an erratum, and the coverage."""
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
        *_copies(answer),
        Table.of("fact", "Facts", facts, ("id", "status", *checks, "problems", *_SIGHTINGS)),
        Table.of("erratum", "Errata", errata, ("id", "status", "problems", *_SIGHTINGS)),
        *measured(answer.coverage),
    )


def _copies(answer: Verification) -> tuple[Table, ...]:
    """Return a row a copy, and a row for all words that it has more or less than its source."""
    sizes = tuple(CopyCoverage.model_fields)
    copies = [
        (one.source, one.identical, one.coverage.complete, *(getattr(one.copy_coverage, size) for size in sizes))
        for one in answer.sources
    ]
    fields = tuple(Change.model_fields)
    changes = [
        (one.source, *(getattr(change, field) for field in fields)) for one in answer.sources for change in one.changes
    ]
    return (
        Table("copy", "Copies", ("source", "identical", "complete", *sizes), copies),
        Table("change", "Words added, taken out or changed", ("source", *fields), changes),
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
