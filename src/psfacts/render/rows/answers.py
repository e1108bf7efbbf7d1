"""The tables of every answer, one function per question, named like its command.

All answers of a type have the same tables, which may be empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, cast, get_args

from psfacts.model import Fact
from psfacts.render import store_of
from psfacts.render.rows import Scope, Table, columns, records
from psfacts.render.rows.records import CODES, ENTITY, FACT, FEW_OF_ANY, KINDS, PASSAGES, SECTIONS, TOLD, by_kind

if TYPE_CHECKING:  # no answer loads the others
    from psfacts.answers.compare import Comparison
    from psfacts.answers.country import About, Countries, Profile, Profiles, Timeline
    from psfacts.answers.coverage import Coverage
    from psfacts.answers.fact import Citation, FactRecords
    from psfacts.answers.lists import Entities, Errata, Facts, Indicators, Sources, Topics
    from psfacts.answers.search import Hit, Search
    from psfacts.answers.validate import Validation
    from psfacts.answers.verify import Verification
    from psfacts.checking.results import FactCheck

Tables = Iterator[Table]


def about(answer: About) -> Tables:
    """Return the entity, its indicators, its facts by kind, and the errata."""
    yield records.entities("entity", "Entity", [answer.entity])
    yield from _profile_of(answer, answer.facts)


def _profile_of(answer: About | Profile, facts: Iterable[Fact]) -> Tables:
    yield records.indicators(answer.indicators)
    yield from by_kind(records.facts(facts, store_of(answer)))
    yield records.errata(answer.errata, store_of(answer))


def cite(answer: Citation) -> Tables:
    """Return the citation, one row per source."""
    from psfacts.render.citation import plain, references

    about = ("author", "title", "publisher", "published", "url", "language", "translated_from", "translation")
    every = {**columns("id citation statement"), **{name: f"source.{name}" for name in about}}
    every |= columns(f"source=source.id source_sha256=source.sha256 {SECTIONS} {PASSAGES}")
    scopes = [
        {**dict(reference), "id": answer.id, "citation": line, "evidence": reference.passages}
        for reference, line in zip(references(answer), plain(answer).splitlines(), strict=True)
    ]
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
    scopes = [*records.facts(values, store_of(answer))]
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
    yield records.entities("region", "Regions", answer.regions)
    yield from _profile_of(answer, (*answer.observations, *answer.events, *answer.relations, *answer.claims))


def coverage(answer: Coverage) -> Tables:
    """Return the verdict, the sections, the gaps, and the number of values by country."""
    yield Table("coverage", "Coverage", [answer], columns("complete"))
    yield from _measured(answer)


def _measured(answer: Coverage) -> Tables:
    sizes = columns("source section section_title=title length cited uncited unused facts reasons")
    yield Table("section", "Sections", answer.sections, sizes)
    yield Table("gap", "Not accounted for", answer.gaps, columns("source section start end text"))
    matrix = [
        {**dict(country), "indicator": key, "observations": count}
        for country in answer.matrix
        for key, count in country.values.items()
    ]
    yield Table("silence", "By country", matrix, columns("country name indicator observations"))


def entities(answer: Entities) -> Tables:
    """Return one row per entity."""
    yield records.counted(records.entities("entity", "Entities", answer.entities), answer.facts)


def errata(answer: Errata) -> Tables:
    """Return one row per erratum."""
    yield records.errata(answer.errata, store_of(answer))


def fact(answer: FactRecords) -> Tables:
    """Return one row per fact, with lists parallel to ``evidence``: the words in a copy, and how their form differs."""
    scopes = [*records.facts(answer.facts, store_of(answer))]
    for scope in scopes:
        excerpts = tuple(passage.excerpt for passage in answer.passages if passage.fact == scope["id"])
        scope["excerpts"] = excerpts if any(excerpts) else ()
    words = columns("words=excerpts.text found_by=excerpts.reading")
    yield Table("fact", "Facts", scopes, {**FACT, **words}, FEW_OF_ANY)


def facts(answer: Facts) -> Tables:
    """Return one row per fact."""
    yield Table("fact", "Facts", [*records.facts(answer.facts, store_of(answer))], FACT, FEW_OF_ANY)


def indicators(answer: Indicators) -> Tables:
    """Return one row per indicator."""
    few = "id name description type unit countries subjects_names"
    yield records.indicators(answer.indicators, "countries subjects", few)


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
    scopes = [
        {"score": hit.score, "marks": tuple(f"{start}-{end}" for start, end in hit.marks), **scope}
        for hit, scope in zip(hits, records.facts([hit.fact for hit in hits], store_of(answer)), strict=True)
    ]
    return Table(record, title, scopes, {"score": "score", **FACT, "marks": "marks"}, f"score {FEW_OF_ANY}")


def sources(answer: Sources) -> Tables:
    """Return one row per source."""
    yield records.counted(records.sources(answer.sources), answer.facts)


def timeline(answer: Timeline) -> Tables:
    """Return one row per event."""
    yield from by_kind(records.facts(answer.events, store_of(answer)), ["event"])


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
