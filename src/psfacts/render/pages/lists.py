"""What the base has as lists: a record a line, with how many facts there are of it, and the command that tells more."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from psfacts.render.pages.layout import NOTES, Page, part_of, way
from psfacts.render.pages.parts import STRONG, joined, stacked, words
from psfacts.render.pages.tables import Column, Line, Lines
from psfacts.render.sources import access
from psfacts.text.names import command_for
from psfacts.text.phrases import counted

if TYPE_CHECKING:
    from psfacts.answers.countries import Countries
    from psfacts.answers.lists import Entities, Indicators, Sources, Topics
    from psfacts.store.groups import Membership


_ID = Column("Id")
_FACTS = Column("Facts", right=True)


def countries(answer: Countries, page: Page) -> Lines:
    """Show a country a line, under the narrowest region that it does not share with all others."""
    found = answer.countries
    shared = {region.id for region in answer.regions if all(region.id in country.regions for country in found)}
    names = page.names(answer.groups) or ", ".join(region.name for region in answer.regions if region.id in shared)
    lines: list[Line] = []
    region_of = {country.id: next((key for key in country.regions if key not in shared), "") for country in found}
    for region, group in groupby(found, key=lambda country: region_of[country.id]):
        heading = page.name(region) if region else "Others" if lines else ""
        lines += [words((heading, STRONG))] if heading else []
        for country in group:
            iso = country.iso
            codes = [iso.alpha2, *([iso.alpha3, iso.numeric] if page.full else [])] if iso else []
            memberships = joined((_membership(page, membership) for membership in country.memberships), ", ")
            name = words("  " if heading and not page.view.spoken else "", country.name)
            lines.append((name, " ".join(codes), country.capital or "", memberships, str(country.facts)))
    yield from page.head(names or "Countries", counted(len(found), "country"))
    columns = [Column("Country", wraps=12), Column("Code"), Column("Capital", wraps=10), Column("Member of", wraps=12)]
    yield from page.table([*columns, Column("Facts about it", right=True)], lines)
    ways = [way("profile", f"psfacts country {country.id}") for country in found[:1]]
    yield from page.foot(*ways, way("all codes", "--full"), more="")


def _membership(page: Page, membership: Membership) -> Text:
    """Return where a country stands with an organization: the bare name means a member."""
    fact = page.store.fact(membership.fact)
    standing = "" if membership.value == "member" else f" ({membership.value})"
    doubts = [key for key in fact.errata if page.store.erratum(key).kind == "doubt"]
    return page.marked(f"{page.short(membership.organization)}{standing}", fact, errata=doubts)


def entities(answer: Entities, page: Page) -> Lines:
    """Show an entity a line, with what it is and how many facts name it."""
    found = answer.entities
    names = [f"{entity.name} ({entity.short})" if entity.short else entity.name for entity in found]
    rows = [
        ((entity.id, STRONG), name, page.office(entity) or entity.type, str(answer.facts[entity.id]))
        for entity, name in zip(found, names, strict=True)
    ]
    yield from page.head("Entities", part_of(len(found), answer.total, "entity"))
    yield from page.table([_ID, Column("Name", wraps=16, grows=True), Column("What", wraps=12), _FACTS], rows)
    yield from page.foot(*(way("all about one", command_for(entity)) for entity in found[:1]))


def indicators(answer: Indicators, page: Page) -> Lines:
    """Show an indicator a line, with what its values are and who has one; then those for which nobody has."""
    every = answer.indicators
    found = [indicator for indicator in every if indicator.subjects]
    without = [indicator.id for indicator in every if not indicator.subjects]
    yield from page.head("Indicators", counted(len(every), "indicator"))
    rows: list[Line] = []
    if page.full:
        yield from page.rule()
        for indicator in every:
            told = [indicator.unit or ", ".join(indicator.categories), counted(indicator.countries, "country")]
            aliases = f"also: {', '.join(indicator.aliases)}" if indicator.aliases else ""
            body = stacked(joined([(indicator.name, STRONG), *told]), indicator.description, aliases)
            rows.append(((indicator.id, STRONG), Text("\n").join(body)))
        yield from page.table([Column(), Column(wraps=24, grows=True)], rows)
    else:
        columns = [_ID, Column("Indicator", wraps=24, grows=True), Column("Countries", wraps=12)]
        units = [f", {indicator.unit}" if indicator.unit else "" for indicator in found]
        rows = [
            ((indicator.id, STRONG), f"{indicator.name}{unit}", " ".join(map(page.code, indicator.subjects)))
            for indicator, unit in zip(found, units, strict=True)
        ]
        yield from page.table(columns, rows)
        yield from [words("No values: ", ", ".join(without))] if without else []
    example = sorted(found, key=lambda indicator: not indicator.unit)[:1]
    ways = [way("values", f"psfacts compare {indicator.id}") for indicator in example]
    yield from page.foot(*ways, *([] if page.full else [way("descriptions and aliases", "--full")]))


def sources(answer: Sources, page: Page) -> Lines:
    """Show each source as a bibliography names it, with how it was read and how many facts cite it."""
    yield from page.head("Sources", part_of(len(answer.sources), answer.total, "source"))
    yield from page.rule()
    rows = []
    for source in answer.sources:
        read = access(source) if page.full else ""
        cited = counted(answer.facts[source.id], "fact")
        body = stacked((source.title, STRONG), *page.cited(source, Text()), read, cited)
        rows.append(((source.id, STRONG), Text("\n").join(body)))
    yield from page.table(NOTES, rows)


def topics(answer: Topics, page: Page) -> Lines:
    """Show a topic a line, with how many facts belong to it."""
    yield from page.head("Topics", part_of(len(answer.topics), answer.total, "topic"))
    rows = [((topic.id, STRONG), topic.name, str(topic.facts)) for topic in answer.topics]
    yield from page.table([_ID, Column("Topic", wraps=16), _FACTS], rows)
    yield from page.foot(*(way("its facts", f"psfacts facts --topic {topic.id}") for topic in answer.topics[:1]))
