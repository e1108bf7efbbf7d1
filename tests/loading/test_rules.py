"""The rules between records: each broken in turn."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conftest import problems_of
from psfacts.model import FactBase

SHOTS = "facts[12] (garrison-shots-2031)"
GRAIN = "facts[5] (grain-belmara-2029)"
VOTE = "facts[16] (vote-corvia)"
STRAIT = "entities[10] (strait-of-orm)"
SECTION = "sources[0] (coast-2031).sections[0] (introduction)"


def problems_with(path: Path, changes: dict[str, object]) -> tuple[str, ...]:
    """Return what is wrong with the base in a file once values are put at dotted paths."""
    document: Any = json.loads(path.read_bytes())
    for place, value in changes.items():
        *steps, last = (int(step) if step.isdecimal() else step for step in place.split("."))
        node = document
        for step in steps:
            node = node[step]
        node[last] = value
    base = FactBase.model_validate_json(json.dumps(document))
    return problems_of(base, base.lists)


def test_a_sound_base_has_no_problems(fiction_base: FactBase) -> None:
    assert problems_of(fiction_base, fiction_base.lists) == ()


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("uncited.2.id", "vote-corvia", f"uncited[2] (vote-corvia): the id already belongs to {VOTE}; rename one"),
        ("uncited.0.passage.source", "x", "uncited[0] (heading-quarrels).passage.source: there is no source 'x'; …"),
        ("facts.12.errata", ["x"], f"{SHOTS}.errata: there is no erratum 'x'; add it or fix the id"),
        ("facts.5.indicator", "belmara", f"{GRAIN}.indicator: 'belmara' is a country, not an indicator; fix the id"),
        ("facts.5.subject", "corvia", f"{GRAIN}.subject: 'corvia' is not among the fact's entities; add it there"),
        ("facts.13.asserted_by", ["belmara"], "facts[13] (moren-harbours).asserted_by: 'belmara' is not among …"),
        ("facts.11.object", "corvia", "facts[11] (tarsk-garrison-skell).object: 'corvia' is not among the fact's …"),
        (
            "entities.0.members",
            ["oake-bay"],
            "entities[0] (amber-coast).members: 'oake-bay' is a region, not a country, …",
        ),
        ("entities.7.of", "skell-isles", "entities[7] (ilsa-moren).of: 'skell-isles' is a place, not a country or …"),
        ("indicators.2.membership_of", "corvia", "indicators[2] (league-membership).membership_of: 'corvia' is a …"),
        ("errata.1.entities", ["grain"], "errata[1] (moran-moren).entities: 'grain' is an indicator, not an entity; …"),
        ("errata.1.printed", "Moren", "errata[1] (moran-moren).evidence[0]: does not cover exactly 'Moren'; …"),
        ("facts.12.evidence.0.end", 9999, f"{SHOTS}.evidence[0]: ends at 9999, after the end of its source at 1113; …"),
        ("facts.5.value", "much", f"{GRAIN}.value: must be a number (% of food supply), not 'much'"),
        ("facts.5.value", 10**400, f"{GRAIN}.value: is too large; give it in a greater unit"),
        ("facts.16.value", "fro", f"{VOTE}.value: must be 'for', 'abstained' or 'against', not 'fro'"),
        ("facts.16.value", 3, f"{VOTE}.value: must be 'for', 'abstained' or 'against', not '3'"),
        ("entities.10.aliases", ["?!"], f"{STRAIT}: '?!' has no letter or digit, and cannot be a name; take it out"),
        ("entities.10.aliases", ["bx."], f"{STRAIT}: 'bx.' is a name of entities[2] (belmara) too; take it from one"),
        (
            "indicators.0.aliases",
            ["Halmar"],
            "indicators[0] (food-prices): 'Halmar' is a name of entities[2] (belmara) …",
        ),
        ("facts.12.keywords", ["b", "a"], f"{SHOTS}.keywords: not sorted; sort it in the order of code points"),
        ("facts.12.keywords", ["a", "a"], f"{SHOTS}.keywords: 'a' stands 2 times; keep one"),
        ("facts.12.topics", ["b", "a"], f"{SHOTS}.topics: not sorted; sort it in the order of code points"),
        ("facts.12.context", ["skell-isles", "great-tarsk"], f"{SHOTS}.context: not sorted; sort it in the order …"),
        ("facts.12.entities", ["skell-isles", "great-tarsk"], f"{SHOTS}.entities: not sorted; sort it in the order …"),
        (
            "indicators.3.categories",
            ["for", "abstained", "against", "for"],
            "indicators[3] (ship-ban-vote).categories: …",
        ),
        ("sources.0.sections.0.start", 1, f"{SECTION}.start: the first section starts at 0 and each after the one …"),
        (
            "sources.0.sections.1.id",
            "quarrels",
            "sources[0] (coast-2031).sections: 'quarrels' stands 2 times; keep one",
        ),
        (
            "sources.0.sections.0.paragraphs",
            [60, 50],
            f"{SECTION}.paragraphs: not rising; sort them in the order of the text",
        ),
        (
            "sources.0.sections.0.paragraphs",
            [215],
            f"{SECTION}.paragraphs[0]: 215 lies outside of the section; fix it",
        ),
    ],
)
def test_a_broken_rule_is_told_with_its_place(fiction_path: Path, path: str, value: object, expected: str) -> None:
    (problem,) = problems_with(fiction_path, {path: value})
    assert problem.startswith(expected.removesuffix("…"))
    assert expected.endswith("…") or problem == expected


def test_a_missing_record_is_told_at_each_place_that_refers_to_it(fiction_path: Path) -> None:
    assert problems_with(fiction_path, {"errata.0.id": "crow"}) == (
        "facts[4] (grain-corvia-2030).errata: there is no erratum 'crow-corvia'; add it or fix the id",
        "facts[10] (skell-secession-1998).errata: there is no erratum 'crow-corvia'; add it or fix the id",
        "facts[16] (vote-corvia).errata: there is no erratum 'crow-corvia'; add it or fix the id",
    )


def test_a_section_that_ends_before_it_starts_is_told(fiction_path: Path) -> None:
    found = problems_with(fiction_path, {"sources.0.sections.2.start": 215})
    assert "sources[0] (coast-2031).sections[1] (trade).start: the section is empty, as it ends at 215; fix it" in found


def test_evidence_stands_in_the_order_of_the_text_without_repetition(fiction_path: Path) -> None:
    first, second, _ = json.loads(fiction_path.read_bytes())["errata"][0]["evidence"]
    place = "errata[0] (crow-corvia).evidence"
    assert problems_with(fiction_path, {"errata.0.evidence": [second, first, second]}) == (
        f"{place}: not sorted; sort it in the order of the text",
        f"{place}: 'coast-2031 {second['start']}-{second['end']}' stands 2 times; keep one",
    )
