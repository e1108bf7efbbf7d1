"""What holding a fact base against its articles found, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from psfacts.checking.results import Change, CheckName, CopyCoverage, ErratumCheck, FactCheck
from psfacts.render.rows import Scope, Table, same
from psfacts.render.rows.coverage import measured
from psfacts.render.rows.records import fragments

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.verify import Verification

_VERDICT = {**same("ok", "source", "identical"), "complete": "coverage.complete", **same("left_out")}

_COPY = {
    **same("source", "identical"),
    "complete": "coverage.complete",
    **{size: f"copy_coverage.{size}" for size in CopyCoverage.model_fields},
}

_SIGHTINGS = {
    "evidence": "_evidence",
    "found": "passages.status",
    "found_at": "passages.start",
    "found_by": "passages.reading",
}
"""Lists that go together: a passage, what became of it, where it stands in the copy, and the reading that it took."""

_FACT = {**same("id", "status", *get_args(CheckName), "problems"), **_SIGHTINGS}
_ERRATUM = {**same("id", "status", "problems"), **_SIGHTINGS}


def tables(answer: Verification) -> tuple[Table, ...]:
    """Return the verdict, a row a copy, a change, a fact and an erratum, and the coverage."""
    changes = ({"source": copy.source, **dict(change)} for copy in answer.sources for change in copy.changes)
    return (
        Table.of("verification", "Verification", [dict(answer)], _VERDICT),
        Table.of("copy", "Copies", map(dict, answer.sources), _COPY),
        Table.of("change", "Words added, taken out or changed", changes, same("source", *Change.model_fields)),
        Table.of("fact", "Facts", map(_fact, answer.facts), _FACT),
        Table.of("erratum", "Errata", map(_seen, answer.errata), _ERRATUM),
        *measured(answer.coverage),
    )


def _fact(found: FactCheck) -> Scope:
    problems = tuple(f"{check.check}: {problem}" for check in found.checks for problem in check.problems)
    return {**_seen(found), **{check.check: check.ok for check in found.checks}, "problems": problems}


def _seen(found: FactCheck | ErratumCheck) -> Scope:
    return {**dict(found), "_evidence": fragments(sighting.passage for sighting in found.passages)}
