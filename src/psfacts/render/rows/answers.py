"""The tables of every answer, one function per question, named like its command, and of the records in them.

All answers of a type have the same tables, which may be empty. A row of a fact is complete: every number comes with its
unit, the time that it holds for, who stands behind it, the place in the source, and the errata that it depends on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, cast, get_args

from psfacts.model import Entity, Erratum, Fact, Id, Indicator, Kind, Source
from psfacts.render import store_of
from psfacts.render.rows import Scope, Table, cell, columns
from psfacts.store.store import Store
from psfacts.text.phrases import in_words

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.checks import Coverage, Validation, Verification
    from psfacts.answers.country import About, Comparison, Profile, Profiles, Timeline
    from psfacts.answers.fact import Citation, FactRecords
    from psfacts.answers.lists import Countries, Entities, Errata, Facts, Indicators, Sources, Topics
    from psfacts.answers.search import Hit, Search
    from psfacts.checking.results import FactCheck

SECTIONS = "section=locators.section section_title=locators.title paragraph=locators.paragraph"
PLACES = f"source=locators.source {SECTIONS}"
"""Columns of places: parallel lists with one item per place."""

PASSAGES = "evidence=evidence.fragment sha256=evidence.sha256"
"""Columns of passages: parallel lists with one item per passage."""


def _fact(own: str) -> dict[str, str]:
    """Return the columns of a fact with its ``own``. ``when`` is the time in words; ``errata`` has ``errata_notes``."""
    time = "when=when.text earliest=when.earliest latest=when.latest inferred=when.inferred"
    named = f"id kind statement title {own} {time} standing asserted_by {PLACES} entities topics errata errata_notes"
    return columns(f"{named} {PASSAGES} context keywords replaces")


FACT = _fact("subject predicate object indicator value unit")
"""Columns of a fact of any kind."""

_OWN = {"observation": "subject indicator value unit", "relation": "subject predicate object"}
KINDS: dict[Kind, dict[str, str]] = {kind: _fact(_OWN.get(kind, "")) for kind in get_args(Kind)}
"""Columns of a fact of one kind."""

TOLD = "when standing asserted_by_names doubts section_title id"
"""Columns for human readers: when a fact held, who says so, what speaks against it, and its place."""

_FEW = {
    "observation": "subject_name indicator_name value unit",
    "relation": "subject_name predicate object_name statement",
}
"""Columns of a fact for human readers, where they are others than its title and statement."""

FEW_OF_ANY = f"kind statement value unit {TOLD}"
"""Columns of a fact of any kind, for human readers."""

CODES = "alpha2=iso.alpha2 alpha3=iso.alpha3 numeric=iso.numeric"
ENTITY = columns(f"id type name short aliases {CODES} capital members role of wikidata")
"""Columns of an entity."""


def fact_scopes(found: Iterable[Fact], store: Store) -> Iterator[dict[str, object]]:
    """Return the sources of the rows of facts, with their places and the records that they refer to."""
    for fact in found:
        errata = [*map(store.erratum, fact.errata)]
        unit = store.indicator(fact.indicator).unit if fact.kind == "observation" else None
        notes = {"errata_notes": tuple(map(in_words, errata)), "locators": store.locators([fact])[fact.id]}
        doubts = tuple(erratum.id for erratum in errata if erratum.kind == "doubt")
        yield {**vars(fact), "unit": unit, **notes, "doubts": doubts}


def by_kind(scopes: Iterable[Mapping[str, object]], kinds: Iterable[Kind] = KINDS) -> Iterator[Table]:
    """Return the tables of facts, one per kind."""
    known = [*scopes]
    for kind in kinds:
        own = [scope for scope in known if scope["kind"] == kind]
        yield Table(kind, f"{kind.capitalize()}s", own, KINDS[kind], f"{_FEW.get(kind, 'title statement')} {TOLD}")


def errata_table(records: Iterable[Erratum], store: Store) -> Table:
    """Return the table of errata."""
    first = "kind printed reading reason basis certainty"
    scopes = [{**dict(erratum), "locators": store.locators([erratum])[erratum.id]} for erratum in records]
    every = columns(f"id {first} entities {PLACES} {PASSAGES} replaces")
    return Table("erratum", "Errata", scopes, every, f"{first} entities_names section_title id")


def entity_table(record: str, title: str, records: Sequence[Entity]) -> Table:
    """Return the table of entities, each called a ``record``."""
    return Table(record, title, records, ENTITY, "id type name short alpha2 capital members_names role of_name")


def source_table(records: Sequence[Source]) -> Table:
    """Return the table of sources."""
    few = "id title author publisher published url language translated_from"
    return Table("source", "Sources", records, columns(f"{few} translation length sha256"), few)


def indicator_table(records: Sequence[Indicator], more: str = "", few: str = "") -> Table:
    """Return the table of indicators, with ``more`` columns."""
    every = columns(f"id name description type unit categories aliases membership_of {more}")
    return Table("indicator", "Indicators", records, every, few)


def counted(table: Table, facts: Mapping[Id, int]) -> Table:
    """Return ``table`` with a column for the number of ``facts`` of each record."""
    scopes = [{**dict(scope), "facts": facts[str(cell(scope, "id"))]} for scope in table.scopes]
    return replace(table, scopes=scopes, columns={**table.columns, "facts": "facts"}, few=f"{table.few} facts")


Tables = Iterator[Table]


def about(answer: About) -> Tables:
    """Return the entity, its indicators, its facts by kind, and the errata."""
    yield entity_table("entity", "Entity", [answer.entity])
    yield from _profile_of(answer, answer.facts)


def _profile_of(answer: About | Profile, facts: Iterable[Fact]) -> Tables:
    yield indicator_table(answer.indicators)
    yield from by_kind(fact_scopes(facts, store_of(answer)))
    yield errata_table(answer.errata, store_of(answer))


def cite(answer: Citation) -> Tables:
    """Return the citation, one row per source."""
    from psfacts.render.citation import plain, references

    about = ("author", "title", "publisher", "published", "url", "language", "translated_from", "translation")
    every = {**columns("id citation statement"), **{name: f"source.{name}" for name in about}}
    every |= columns(f"source=source.id source_sha256=source.sha256 {SECTIONS} {PASSAGES}")
    own = zip(references(answer), plain(answer).splitlines(), strict=True)
    scopes = [{**dict(cited), "id": answer.id, "citation": line, "evidence": cited.passages} for cited, line in own]
    yield Table("citation", "Citation", scopes, every, "citation statement url id")


def compare(answer: Comparison) -> Tables:
    """Return one row per value, and then those without a value, where the source is silent."""
    fact = {name: path for name, path in KINDS["observation"].items() if name not in ("subject", "kind")}
    first = ("indicator", "value", "unit", "when", "earliest", "latest", "inferred", "standing", "asserted_by")
    every = {"country": "subject", **{name: fact[name] for name in first}, **fact}
    values = [value for row in answer.rows for value in row.values.values() if value]
    known = {(value.subject, value.indicator) for value in values}
    countries = dict.fromkeys([*(row.country for row in answer.rows), *answer.silent])
    pairs = product(countries, (indicator.id for indicator in answer.indicators))
    scopes = [*fact_scopes(values, store_of(answer))]
    scopes += [{"subject": country, "indicator": key} for country, key in pairs if (country, key) not in known]
    yield Table("value", "Comparison", scopes, every, f"country_name indicator_name value unit {TOLD}")


_MEMBERSHIPS = "memberships=memberships.in_words membership_facts=memberships.fact"
"""Parallel lists: memberships of a country, and the observations that state them."""


def countries(answer: Countries) -> Tables:
    """Return one row per country."""
    every = columns(f"id name {CODES} capital regions {_MEMBERSHIPS} facts")
    yield Table("country", "Countries", answer.countries, every)


def country(answer: Profile | Profiles) -> Tables:
    """Return countries, regions, indicators, facts by kind, and errata; with several countries, rows name theirs."""
    profiles = cast("tuple[Profile, ...]", answer.parts)
    for parts in zip(*map(_profile, profiles), strict=True):
        first, pairs = parts[0], zip(profiles, parts, strict=True)
        scopes = [{"profile": profile.country.id, **dict(scope)} for profile, part in pairs for scope in part.scopes]
        few = f"profile_name {first.few}" if first.few else ""
        named = replace(first, scopes=scopes, columns={"profile": "profile", **first.columns}, few=few)
        yield named if len(parts) > 1 else first


def _profile(answer: Profile) -> Tables:
    scope = {**dict(answer.country), "memberships": answer.memberships}
    every = {**ENTITY, **columns(_MEMBERSHIPS)}
    yield Table("country", "Country", [scope], every, "id name alpha2 capital memberships")
    yield entity_table("region", "Regions", answer.regions)
    yield from _profile_of(answer, (*answer.observations, *answer.events, *answer.relations, *answer.claims))


def coverage(answer: Coverage) -> Tables:
    """Return the verdict, the sections, the gaps, and the number of values by country."""
    yield Table("coverage", "Coverage", [answer], columns("complete"))
    yield from _measured(answer)


def _measured(answer: Coverage) -> Tables:
    sizes = columns("source section section_title=title length cited uncited unused facts reasons")
    yield Table("section", "Sections", answer.sections, sizes)
    yield Table("gap", "Not accounted for", answer.gaps, columns("source section start end text"))
    counts = ((country, *count) for country in answer.matrix for count in country.values.items())
    matrix = [{**dict(country), "indicator": key, "observations": count} for country, key, count in counts]
    yield Table("silence", "By country", matrix, columns("country name indicator observations"))


def entities(answer: Entities) -> Tables:
    """Return one row per entity."""
    yield counted(entity_table("entity", "Entities", answer.entities), answer.facts)


def errata(answer: Errata) -> Tables:
    """Return one row per erratum."""
    yield errata_table(answer.errata, store_of(answer))


def fact(answer: FactRecords) -> Tables:
    """Return one row per fact, with lists parallel to ``evidence``: the words in a copy, and how their form differs."""
    scopes = [*fact_scopes(answer.facts, store_of(answer))]
    for scope in scopes:
        excerpts = tuple(passage.excerpt for passage in answer.passages if passage.fact == scope["id"])
        scope["excerpts"] = excerpts if any(excerpts) else ()
    words = columns("words=excerpts.text found_by=excerpts.reading")
    yield Table("fact", "Facts", scopes, {**FACT, **words}, FEW_OF_ANY)


def facts(answer: Facts) -> Tables:
    """Return one row per fact."""
    yield Table("fact", "Facts", [*fact_scopes(answer.facts, store_of(answer))], FACT, FEW_OF_ANY)


def indicators(answer: Indicators) -> Tables:
    """Return one row per indicator."""
    few = "id name description type unit countries subjects_names"
    yield indicator_table(answer.indicators, "countries subjects", few)


def search(answer: Search) -> Tables:
    """Return hits, related facts, missing items, corrections, the short answer, and related commands."""
    yield _found(answer, answer.hits, "hit", "Hits")
    yield _found(answer, answer.related, "related", "Related")
    yield Table("missing", "Missing", answer.missing, columns("text words entities indicators"))
    yield Table("correction", "Corrections", answer.corrections, columns("written read"))
    short = [answer.answer] if answer.answer else []
    yield Table("answer", "Answer", short, columns("kind text fact entity"))
    yield Table("way", "Ways on", [{"command": command} for command in answer.ways], columns("command"))


def _found(answer: Search, hits: Sequence[Hit], record: str, title: str) -> Table:
    marks = (tuple(f"{start}-{end}" for start, end in hit.marks) for hit in hits)
    found = zip(hits, marks, fact_scopes([hit.fact for hit in hits], store_of(answer)), strict=True)
    scopes = [{"score": hit.score, "marks": spans, **scope} for hit, spans, scope in found]
    return Table(record, title, scopes, {"score": "score", **FACT, "marks": "marks"}, f"score {FEW_OF_ANY}")


def sources(answer: Sources) -> Tables:
    """Return one row per source."""
    yield counted(source_table(answer.sources), answer.facts)


def timeline(answer: Timeline) -> Tables:
    """Return one row per event."""
    yield from by_kind(fact_scopes(answer.events, store_of(answer)), ["event"])


def topics(answer: Topics) -> Tables:
    """Return one row per topic."""
    yield Table("topic", "Topics", answer.topics, columns("id name facts"))


def validate(answer: Validation) -> Tables:
    """Return the file, and one row per problem."""
    yield Table("file", "File", [answer], columns("file ok records=counts"))
    yield Table("problem", "Problems", [{"problem": problem} for problem in answer.problems], columns("problem"))


def verify(answer: Verification) -> Tables:
    """Return the verdict, the copies, changes, facts and errata, and the coverage."""
    from psfacts.checking.results import Change, CheckName, CopyCoverage

    sizes = " ".join(f"{size}=copy_coverage.{size}" for size in CopyCoverage.model_fields)
    changes = [{"source": copy.source, **dict(change)} for copy in answer.sources for change in copy.changes]
    # Lists that go together: a passage, what became of it, where it is in the copy, and the reading that it took.
    sightings = "evidence=passages.passage.fragment found=passages.status found_at=passages.start"
    sightings += " found_by=passages.reading"
    verdict = columns("ok source identical complete=coverage.complete left_out")
    yield Table("verification", "Verification", [answer], verdict)
    yield Table("copy", "Copies", answer.sources, columns(f"source identical complete=coverage.complete {sizes}"))
    own = columns(f"source {' '.join(Change.model_fields)}")
    yield Table("change", "Words added, taken out or changed", changes, own)
    checks = columns(f"id status {' '.join(get_args(CheckName))} problems {sightings}")
    yield Table("fact", "Facts", [*map(_checked, answer.facts)], checks)
    yield Table("erratum", "Errata", answer.errata, columns(f"id status problems {sightings}"))
    yield from _measured(answer.coverage)


def _checked(found: FactCheck) -> Scope:
    """Return the source of the row of a fact, with the verdict of each check."""
    problems = tuple(f"{check.check}: {problem}" for check in found.checks for problem in check.problems)
    return {**dict(found), **{check.check: check.ok for check in found.checks}, "problems": problems}
