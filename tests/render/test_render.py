"""Every answer on screens of many widths, over the built-in fact base and the fictional one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.cells import cell_len

import psfacts
from psfacts.answers.answer import Answer
from psfacts.render.pages import page as page_of
from psfacts.store.store import Store


@pytest.fixture(scope="module", params=["built-in", "fiction"])
def base(request: pytest.FixtureRequest, store: Store) -> Store:
    return psfacts.load() if request.param == "built-in" else store


def everything(base: Store) -> Iterator[Answer]:
    """Ask everything that there is to ask, about one thing at a time."""
    yield from (
        psfacts.countries(store=base),
        psfacts.indicators(store=base),
        psfacts.timeline(store=base),
        psfacts.errata(store=base),
    )
    yield from (psfacts.country(one.id, store=base) for one in psfacts.countries(store=base).countries)
    yield from (psfacts.about(one.id, store=base) for one in base.entities)
    yield from (psfacts.compare(one.id, store=base) for one in base.indicators)
    yield psfacts.compare(*[one.id for one in base.indicators], store=base)
    yield psfacts.fact(*[one.id for one in base.facts], store=base)


def squashed(text: str) -> str:
    """Drop white space and the lines of boxes: what is left is the same however it is wrapped."""
    return "".join(text.replace("│", "").split())


@pytest.mark.parametrize("width", [20, 40, 80, 120])
def test_no_line_is_wider_than_the_screen(base: Store, width: int) -> None:
    for answer in everything(base):
        page = page_of(answer, width, colored=False)
        assert [line for line in page.splitlines() if cell_len(line) > width] == []


def test_no_statement_is_cut_off_on_a_narrow_screen(base: Store) -> None:
    records = psfacts.fact(*[one.id for one in base.facts], store=base)
    page = squashed(page_of(records, 30, colored=False))
    assert [fact.id for fact in base.facts if squashed(fact.statement) not in page] == []
    assert [fact.id for fact in base.facts if squashed(fact.id) not in page] == []


def test_a_profile_shows_the_id_and_place_of_every_fact_on_a_narrow_screen(base: Store) -> None:
    for one in psfacts.countries(store=base).countries:
        profile = psfacts.country(one.id, store=base)
        page = squashed(page_of(profile, 30, colored=False))
        facts = (*profile.observations, *profile.events, *profile.relations, *profile.claims)
        sections = [(fact.id, profile.locators[fact.id][0].section) for fact in facts]
        assert [fact for fact, section in sections if squashed(f"{fact}·") + section not in page] == []


def test_an_erratum_is_explained_wherever_its_mark_is_shown(base: Store) -> None:
    for one in psfacts.countries(store=base).countries:
        profile = psfacts.country(one.id, store=base)
        page = page_of(profile, 80, colored=False)
        for number, erratum in enumerate(profile.errata, 1):
            assert f"[{number}]" in page
            assert erratum.id in page.replace("\n", " ")
