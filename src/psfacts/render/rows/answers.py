"""The tables of every answer, one function per question, named like its command.

All answers of a type have the same tables, which may be empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, cast, get_args

from psfacts.model import Fact
from psfacts.render.rows import Scope, Table, records, same
from psfacts.render.rows.records import ENTITY, FACT, FEW_OF_ANY, KINDS, PASSAGES, PLACES, TOLD, facts_of, fragments

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.cite import Citation
    from psfacts.answers.compare import Comparison
    from psfacts.answers.countries import Countries
    from psfacts.answers.country import About, Profile, Profiles
    from psfacts.answers.coverage import Coverage
    from psfacts.answers.errata import Errata
    from psfacts.answers.fact import FactRecords
    from psfacts.answers.lists import Entities, Facts, Indicators, Sources, Topics
    from psfacts.answers.search import Hit, Search
    from psfacts.answers.timeline import Timeline
    from psfacts.answers.validate import Validation
    from psfacts.answers.verify import Verification
    from psfacts.checking.results import ErratumCheck, FactCheck
    from psfacts.store.groups import Membership

Tables = Iterator[Table]


def about(answer: About) -> Tables:
    """Return the entity, its indicators, its facts by kind, and the errata."""
    yield records.entities("entity", "Entity", [answer.entity])
    yield records.indicators(answer.indicators)
    yield from facts_of(answer.indicators, answer.errata, answer.locators).kinds(answer.facts)
    yield records.errata(answer.errata, answer.locators)


def cite(answer: Citation) -> Tables:
    """Return the citation, one row per source."""
    from psfacts.render.citation import plain, references

    source = ("author", "title", "publisher", "published", "url", "language", "translated_from", "translation")
    columns = {
        **same("id", "citation", "statement"),
        **{name: f"source.{name}" for name in source},
        "source": "source.id",
        "source_sha256": "source.sha256",
        **{name: path for name, path in PLACES.items() if name != "source"},
        **PASSAGES,
    }
    scopes = (
        {
            "id": answer.id,
            "citation": line,
            "statement": answer.statement,
            "source": reference.source,
            "locators": reference.locators,
            "evidence": reference.passages,
            "_evidence": fragments(reference.passages),
        }
        for reference, line in zip(references(answer), plain(answer).splitlines(), strict=True)
    )
    yield Table.of("citation", "Citation", scopes, columns, ("citation", "statement", "url", "id"))


def compare(answer: Comparison) -> Tables:
    """Return one row per value, and a row without a value where the source is silent."""
    fact = {name: path for name, path in KINDS["observation"].items() if name not in ("subject", "kind")}
    first = ("indicator", "value", "unit", "when", "earliest", "latest", "inferred", "standing", "asserted_by")
    columns = {**same("country"), **{name: fact[name] for name in first}, **fact}
    few = ("country_name", "indicator_name", "value", "unit", *TOLD)
    yield Table.of("value", "Comparison", _values(answer), columns, few)


def _values(answer: Comparison) -> Iterator[Scope]:
    """Return the sources of rows, by country and indicator."""
    facts = facts_of(answer.indicators, answer.errata, answer.locators)
    found = {(row.country, key) for row in answer.rows for key, value in row.values.items() if value}
    for row in answer.rows:
        for key, value in row.values.items():
            if value:
                yield {"country": row.country, **facts.scope(value)}
            elif (row.country, key) not in found:
                found.add((row.country, key))
                yield {"country": row.country, "indicator": key}
    for country in answer.silent:
        yield from ({"country": country, "indicator": indicator.id} for indicator in answer.indicators)


_MEMBERSHIPS = {"memberships": "_memberships", "membership_facts": "memberships.fact"}
"""Parallel lists: memberships of a country, and the observations that state them."""


def _stands(memberships: Iterable[Membership]) -> tuple[str, ...]:
    return tuple(f"{membership.organization}: {membership.value}" for membership in memberships)


def countries(answer: Countries) -> Tables:
    """Return one row per country."""
    own = {name: ENTITY[name] for name in ("id", "name", "alpha2", "alpha3", "numeric", "capital")}
    scopes = ({**dict(country), "_memberships": _stands(country.memberships)} for country in answer.countries)
    yield Table.of("country", "Countries", scopes, {**own, **same("regions"), **_MEMBERSHIPS, **same("facts")})


def country(answer: Profile | Profiles) -> Tables:
    """Return countries, regions, indicators, facts by kind, and errata; with several countries, rows name theirs."""
    profiles = cast("tuple[Profile, ...]", answer.parts)
    if len(profiles) == 1:
        yield from _profile(profiles[0])
        return
    for parts in zip(*map(_profile, profiles), strict=True):
        pairs = zip(profiles, parts, strict=True)
        scopes = ({"profile": profile.country.id, **scope} for profile, part in pairs for scope in part.scopes)
        first = parts[0]
        few = ("profile_name", *_but_section(first.few)) if first.few else ()
        yield Table.of(first.record, first.title, scopes, {**same("profile"), **first.paths}, few)


def _but_section(few: Iterable[str]) -> Iterator[str]:
    """Return the columns of ``few`` that a table with one more before them has room for."""
    return (name for name in few if name != "section_title")


def _profile(answer: Profile) -> Tables:
    scope = {**dict(answer.country), "memberships": answer.memberships, "_memberships": _stands(answer.memberships)}
    few = ("id", "name", "alpha2", "capital", "memberships")
    facts: tuple[Fact, ...] = (*answer.observations, *answer.events, *answer.relations, *answer.claims)
    yield Table.of("country", "Country", [scope], {**ENTITY, **_MEMBERSHIPS}, few)
    yield records.entities("region", "Regions", answer.regions)
    yield records.indicators(answer.indicators)
    yield from facts_of(answer.indicators, answer.errata, answer.locators).kinds(facts)
    yield records.errata(answer.errata, answer.locators)


def coverage(answer: Coverage) -> Tables:
    """Return the verdict, the sections, the gaps, and the number of values by country."""
    yield Table.of("coverage", "Coverage", [dict(answer)], same("complete"))
    yield from _measured(answer)


def _measured(answer: Coverage) -> Tables:
    sections = (
        {**dict(section), "_reasons": tuple(f"{reason}: {count}" for reason, count in section.reasons.items())}
        for section in answer.sections
    )
    sizes = same("length", "cited", "uncited", "unused", "facts")
    columns = {**same("source", "section"), "section_title": "title", **sizes, "reasons": "_reasons"}
    yield Table.of("section", "Sections", sections, columns)
    gaps = same("source", "section", "start", "end", "text")
    yield Table.of("gap", "Not accounted for", map(dict, answer.gaps), gaps)
    matrix = (
        {**dict(country), "indicator": key, "observations": count}
        for country in answer.matrix
        for key, count in country.values.items()
    )
    yield Table.of("silence", "By country", matrix, same("country", "name", "indicator", "observations"))


def entities(answer: Entities) -> Tables:
    """Return one row per entity."""
    yield records.entities("entity", "Entities", answer.entities, answer.facts)


def errata(answer: Errata) -> Tables:
    """Return one row per erratum."""
    yield records.errata(answer.errata, answer.locators)


def fact(answer: FactRecords) -> Tables:
    """Return one row per fact, with lists parallel to ``evidence``.

    These are the cited words, how the copy's form of them differs, and their paragraph.
    """
    (table,) = facts(answer)
    scopes = [{**scope, **_words(answer, str(scope["id"]))} for scope in table.scopes]
    columns = same("words", "found_by", "paragraph_words")
    yield Table.of("fact", "Facts", scopes, {**table.paths, **columns}, table.few)


def _words(answer: FactRecords, key: str) -> Scope:
    """Return the words of the passages of a fact; without a copy of the article, nothing."""
    excerpts = [passage.excerpt for passage in answer.passages if passage.fact == key]
    shown = excerpts if any(excerpts) else []
    return {
        "words": tuple(excerpt and excerpt.text for excerpt in shown),
        "found_by": tuple(excerpt and excerpt.reading for excerpt in shown),
        "paragraph_words": tuple(excerpt and "".join(part.text for part in excerpt.segments) for excerpt in shown),
    }


def facts(answer: Facts | FactRecords) -> Tables:
    """Return one row per fact."""
    scopes = map(facts_of(answer.indicators, answer.errata, answer.locators).scope, answer.facts)
    yield Table.of("fact", "Facts", scopes, FACT, FEW_OF_ANY)


def indicators(answer: Indicators) -> Tables:
    """Return one row per indicator."""
    few = ("id", "name", "description", "type", "unit", "countries", "subjects_names")
    yield records.indicators(answer.indicators, same("countries", "subjects"), few)


def search(answer: Search) -> Tables:
    """Return hits, related facts, missing items, corrections, the short answer, and related commands."""
    maker = facts_of(answer.indicators, answer.errata, answer.locators)
    columns = {**same("score"), **FACT, **same("marks")}

    def hits(found: Iterable[Hit]) -> Iterator[Scope]:
        for hit in found:
            marks = tuple(f"{start}-{end}" for start, end in hit.marks)
            yield {"score": hit.score, "marks": marks, **maker.scope(hit.fact)}

    yield Table.of("hit", "Hits", hits(answer.hits), columns, ("score", *_but_section(FEW_OF_ANY)))
    yield Table.of("related", "Related", hits(answer.related), columns, ("score", *_but_section(FEW_OF_ANY)))
    yield Table.of("missing", "Missing", map(dict, answer.missing), same("text", "words", "entities", "indicators"))
    yield Table.of("correction", "Corrections", map(dict, answer.corrections), same("written", "read"))
    told = [dict(answer.answer)] if answer.answer else []
    yield Table.of("answer", "Answer", told, same("kind", "text", "fact", "entity"))
    yield Table.of("way", "Ways on", ({"command": command} for command in answer.ways), same("command"))


def sources(answer: Sources) -> Tables:
    """Return one row per source."""
    yield records.sources(answer.sources, answer.facts)


def timeline(answer: Timeline) -> Tables:
    """Return one row per event."""
    yield facts_of((), answer.errata, answer.locators).table("event", answer.events)


def topics(answer: Topics) -> Tables:
    """Return one row per topic."""
    yield Table.of("topic", "Topics", map(dict, answer.topics), same("id", "name", "facts"))


def validate(answer: Validation) -> Tables:
    """Return the file, and one row per problem."""
    counts = tuple(f"{name}: {count}" for name, count in answer.counts.items())
    yield Table.of("file", "File", [{**dict(answer), "records": counts}], same("file", "ok", "records"))
    yield Table.of("problem", "Problems", ({"problem": problem} for problem in answer.problems), same("problem"))


def verify(answer: Verification) -> Tables:
    """Return the verdict, the copies, changes, facts and errata, and the coverage."""
    from psfacts.checking.results import Change, CheckName, CopyCoverage

    whole = {"complete": "coverage.complete"}
    verdict = {**same("ok", "source", "identical"), **whole, **same("left_out")}
    sizes = {size: f"copy_coverage.{size}" for size in CopyCoverage.model_fields}
    changes = ({"source": copy.source, **dict(change)} for copy in answer.sources for change in copy.changes)
    # Lists that go together: a passage, what became of it, where it stands in the copy, and the reading that it took.
    sightings = {"evidence": "_evidence"}
    sightings |= {"found": "passages.status", "found_at": "passages.start", "found_by": "passages.reading"}
    checks = same("id", "status", *get_args(CheckName), "problems")
    yield Table.of("verification", "Verification", [dict(answer)], verdict)
    yield Table.of("copy", "Copies", map(dict, answer.sources), {**same("source", "identical"), **whole, **sizes})
    yield Table.of("change", "Words added, taken out or changed", changes, same("source", *Change.model_fields))
    yield Table.of("fact", "Facts", map(_checked, answer.facts), {**checks, **sightings})
    errata = map(_seen, answer.errata)
    yield Table.of("erratum", "Errata", errata, {**same("id", "status", "problems"), **sightings})
    yield from _measured(answer.coverage)


def _checked(found: FactCheck) -> Scope:
    problems = tuple(f"{check.check}: {problem}" for check in found.checks for problem in check.problems)
    return {**_seen(found), **{check.check: check.ok for check in found.checks}, "problems": problems}


def _seen(found: FactCheck | ErratumCheck) -> Scope:
    return {**dict(found), "_evidence": fragments(sighting.passage for sighting in found.passages)}
