"""Every problem of a file that is meant to be a fact base, in one run."""

from __future__ import annotations

from pathlib import Path

import pytest

from psfacts.answers.checks import Validation, validate
from psfacts.errors import InvalidError


def test_a_fact_base_is_valid_and_its_records_are_counted(fiction_path: Path) -> None:
    counts = {"sources": 1, "entities": 11, "indicators": 4, "topics": 0, "facts": 18, "errata": 2, "uncited": 3}
    assert validate(fiction_path) == Validation(ok=True, file=str(fiction_path), problems=(), counts=counts)


def test_every_problem_is_told_with_its_place_and_what_to_do(fiction_path: Path) -> None:
    found = validate(fiction_path.with_name("problems.json"))
    assert (found.ok, found.counts) == (False, {})
    assert sorted(found.problems) == [
        "entities[3] (drenlund): 'Drenlund' is a name of entities[0] (amber-league) too; take it from one",
        "errata[0] (crow-corvia).evidence[0]: does not cover exactly 'Crows'; pin it again",
        "errata[0] (crow-corvia).evidence[1]: does not cover exactly 'Crows'; pin it again",
        "errata[0] (crow-corvia).evidence[2]: does not cover exactly 'Crows'; pin it again",
        "facts[0] (grain-belmara-2030).evidence[0]: ends at 2000, after the end of its source at 1113; pin it again",
        "facts[0] (grain-belmara-2030).value: must be a number (% of food supply), not 'forty'",
        "facts[1] (league-drenlund).entities: not sorted; sort it in the order of code points",
        "facts[1] (league-drenlund).value: must be 'member' or 'applicant', not 'guest'",
        "facts[2] (skell-secession-1998).note: is not a known key; take it out, unless the file is of a newer psfacts",
        "facts[2] (skell-secession-1998).when.earliest: must be a date such as '2022-06-20', not '1998-13-01'",
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "empty"),
        ("{", "ends too early, in line 1; it may have been cut off"),
        ("[]", "must be an object, not []"),
        ('{"schema_version": 2}', "schema_version: this psfacts knows version 1, and the file has version 2"),
    ],
)
def test_what_is_no_fact_base_at_all_is_said(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "facts.json"
    path.write_text(content, encoding="utf-8")
    assert validate(path).problems == (problem,)


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InvalidError, match="No such file or directory"):
        validate(tmp_path / "none.json")
