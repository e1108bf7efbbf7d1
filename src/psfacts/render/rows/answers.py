"""The answers of :mod:`psfacts.answers`, and those to a search, as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from psfacts.render.rows import Table
from psfacts.render.rows.records import (
    ENTITY,
    FACT,
    INDICATOR,
    KINDS,
    Facts,
    Row,
    entities,
    entity,
    errata,
    indicator,
    indicators,
)

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.about import About
    from psfacts.answers.compare import Comparison
    from psfacts.answers.countries import Countries
    from psfacts.answers.country import Profile
    from psfacts.answers.errata import Errata
    from psfacts.answers.fact import CitedPassage, FactRecords
    from psfacts.answers.indicators import Indicators
    from psfacts.answers.search import Hit, Search
    from psfacts.answers.timeline import Timeline
    from psfacts.model import Fact, Indicator
    from psfacts.store.groups import Membership


def _facts(
    answer: About | Comparison | FactRecords | Profile | Search | Timeline, measured: Sequence[Indicator]
) -> Facts:
    """Return what makes rows of the facts of an answer, of which the observations are ``measured`` by indicators."""
    return Facts(measured, answer.errata, lambda fact: answer.locators[fact.id])


def _countries(answer: Countries) -> tuple[Table, ...]:
    columns = ("id", "name", "alpha2", "alpha3", "numeric", "capital", "regions", *_MEMBERSHIPS, "facts")
    rows: list[Row] = [
        {
            "id": one.id,
            "name": one.name,
            "alpha2": one.iso.alpha2 if one.iso else None,
            "alpha3": one.iso.alpha3 if one.iso else None,
            "numeric": one.iso.numeric if one.iso else None,
            "capital": one.capital,
            "regions": one.regions,
            **_memberships(one.memberships),
            "facts": one.facts,
        }
        for one in answer.countries
    ]
    return (Table.of("country", "Countries", rows, columns),)


_MEMBERSHIPS = ("memberships", "membership_facts")
"""Lists that go together: where the country stands with an organization, and the observation that says so."""


def _memberships(known: tuple[Membership, ...]) -> Row:
    return {
        "memberships": tuple(f"{one.organization}: {one.value}" for one in known),
        "membership_facts": tuple(one.fact for one in known),
    }


def _profile(answer: Profile) -> tuple[Table, ...]:
    country: Row = entity(answer.country) | _memberships(answer.memberships)
    facts: tuple[Fact, ...] = (*answer.observations, *answer.events, *answer.relations, *answer.claims)
    return (
        Table.of("country", "Country", [country], (*ENTITY, *_MEMBERSHIPS)),
        entities("region", "Regions", answer.regions),
        indicators(answer.indicators),
        *_facts(answer, answer.indicators).kinds(facts),
        errata(answer.errata, answer.locators),
    )


def _about(answer: About) -> tuple[Table, ...]:
    return (
        entities("entity", "Entity", [answer.entity]),
        indicators(answer.indicators),
        *_facts(answer, answer.indicators).kinds(answer.facts),
        errata(answer.errata, answer.locators),
    )


def _indicators(answer: Indicators) -> tuple[Table, ...]:
    rows: Iterator[Row] = (
        indicator(one) | {"countries": one.countries, "subjects": one.subjects} for one in answer.indicators
    )
    return (Table.of("indicator", "Indicators", rows, (*INDICATOR, "countries", "subjects")),)


def _comparison(answer: Comparison) -> tuple[Table, ...]:
    return (Table.of("value", "Comparison", _values(answer), _VALUE),)


_FIRST = ("country", "indicator", "value", "unit", "when", "earliest", "latest", "inferred", "standing", "asserted_by")
_VALUE = (*_FIRST, *(column for column in KINDS["observation"] if column not in (*_FIRST, "subject", "kind")))
"""Columns of an observation, those of the value first; the subject is the country."""


def _values(answer: Comparison) -> Iterator[Row]:
    """Return a row a value, by country and indicator, and a row without one where the source is silent."""
    facts = _facts(answer, answer.indicators)
    found = {(row.country, key) for row in answer.rows for key, one in row.values.items() if one}
    nothing: Row = dict.fromkeys(FACT)
    for row in answer.rows:
        for key, one in row.values.items():
            if one:
                yield {"country": row.country, **facts.row(one)}
            elif (row.country, key) not in found:
                found.add((row.country, key))
                yield nothing | {"country": row.country, "indicator": key}
    for country in answer.silent:
        for column in answer.indicators:
            yield nothing | {"country": country, "indicator": column.id}


def _timeline(answer: Timeline) -> tuple[Table, ...]:
    return (_facts(answer, ()).table("event", answer.events),)


def _fact_records(answer: FactRecords) -> tuple[Table, ...]:
    facts = _facts(answer, answer.indicators)
    rows = (facts.row(fact) | _words([one for one in answer.passages if one.fact == fact.id]) for fact in answer.facts)
    return (Table.of("fact", "Facts", rows, (*FACT, *_WORDS)),)


_WORDS = ("words", "found_by", "paragraph_words")
"""Lists that go with ``evidence``: the cited words, the reading that it took to find them, and their paragraph."""


def _words(passages: list[CitedPassage]) -> Row:
    """Return the words of passages; no item where no article is at hand."""
    excerpts = [one.excerpt for one in passages]
    if not any(excerpts):
        return dict.fromkeys(_WORDS, ())
    return {
        "words": tuple(one.text if one else None for one in excerpts),
        "found_by": tuple(one.reading if one else None for one in excerpts),
        "paragraph_words": tuple("".join(part.text for part in one.segments) if one else None for one in excerpts),
    }


def _errata(answer: Errata) -> tuple[Table, ...]:
    return (errata(answer.errata, answer.locators),)


def _search(answer: Search) -> tuple[Table, ...]:
    facts = _facts(answer, answer.indicators)

    def hits(found: tuple[Hit, ...]) -> Iterator[Row]:
        for one in found:
            marks = tuple(f"{start}-{end}" for start, end in one.marks)
            yield {"score": one.score, "marks": marks, **facts.row(one.fact)}

    missing = [(one.text, one.words, one.entities, one.indicators) for one in answer.missing]
    corrections = [(one.written, one.read) for one in answer.corrections]
    return (
        Table.of("hit", "Hits", hits(answer.hits), ("score", *FACT, "marks")),
        Table.of("related", "Related", hits(answer.related), ("score", *FACT, "marks")),
        Table("missing", "Missing", ("text", "words", "entities", "indicators"), missing),
        Table("correction", "Corrections", ("written", "read"), corrections),
    )


PROJECTIONS: dict[str, Callable[..., tuple[Table, ...]]] = {
    "About": _about,
    "Comparison": _comparison,
    "Countries": _countries,
    "Errata": _errata,
    "FactRecords": _fact_records,
    "Indicators": _indicators,
    "Profile": _profile,
    "Search": _search,
    "Timeline": _timeline,
}
"""The projection of each type of answer, by the type's name."""
