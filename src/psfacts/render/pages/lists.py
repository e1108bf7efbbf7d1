"""Pages of lists: one record per line with its number of facts, and the command for more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from psfacts.model import Erratum, ErratumKind
from psfacts.render.pages.layout import BODY, NOTES, Page, most_of, part_of, way
from psfacts.render.pages.parts import STRONG, after, glued, joined, stacked, words
from psfacts.render.pages.tables import Cells, Column, Line, Lines
from psfacts.render.sources import access
from psfacts.text.names import command_for
from psfacts.text.phrases import counted

if TYPE_CHECKING:
    from psfacts.answers.countries import Countries
    from psfacts.answers.errata import Errata
    from psfacts.answers.lists import Entities, Indicators, Sources, Topics
    from psfacts.store.groups import Membership


_KINDS: dict[ErratumKind, str] = {
    "name": "Names that came out as other words",
    "person": "Persons misspelt or mistitled",
    "figure": "Figures beside the wrong name",
    "relation": "Who does what to whom",
    "tense": "Tenses that change the meaning",
    "wording": "Words mistranslated",
    "lost-text": "Words missing or scrambled",
    "doubt": "Clear in print, but doubtful",
}

FEW = 3
"""Maximum number of errata explained without --full, and minimum number for stating a common reason."""

MOST = 10
"""Maximum number of repairs of a kind on a brief page."""

_READ = "Read as"
_AGAINST = "What speaks against it, and how sure that is"

_ID = Column("Id")
_FACTS = Column("Facts", right=True)


def countries(answer: Countries, page: Page) -> Lines:
    """Show one country per line, under the smallest region that it does not share with all others."""
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
    """Return a membership in words: the bare name of an organization means a member."""
    fact = page.store.fact(membership.fact)
    standing = "" if membership.value == "member" else f" ({membership.value})"
    doubts = [key for key in fact.errata if page.store.erratum(key).kind == "doubt"]
    return page.marked(f"{page.short(membership.organization)}{standing}", fact, errata=doubts)


def entities(answer: Entities, page: Page) -> Lines:
    """Show one entity per line, with its office or type and its number of facts."""
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
    """Show one indicator per line, with its unit and the countries with values; then those without values."""
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
    """Show each source as in a bibliography, with how it was read and its number of facts."""
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
    """Show one topic per line, with its number of facts."""
    yield from page.head("Topics", part_of(len(answer.topics), answer.total, "topic"))
    rows = [((topic.id, STRONG), topic.name, str(topic.facts)) for topic in answer.topics]
    yield from page.table([_ID, Column("Topic", wraps=16), _FACTS], rows)
    yield from page.foot(*(way("its facts", f"psfacts facts --topic {topic.id}") for topic in answer.topics[:1]))


def errata(answer: Errata, page: Page) -> Lines:
    """Show the doubts with their reasons, then the repairs by kind; a few errata are explained in full."""
    page.shows(*answer.errata)
    kinds = {kind: list(group) for kind, group in groupby(answer.errata, key=lambda erratum: erratum.kind)}
    doubts = kinds.pop("doubt", [])
    repairs = len(answer.errata) - len(doubts)
    told = [counted(len(doubts), "doubt") if doubts else "", counted(repairs, "repair") if repairs else ""]
    indicators = {indicator.id: indicator.name for indicator in page.store.indicators}
    names = [indicators.get(key) or page.name(key) for key in answer.about]
    title = "Errata" + (f" that touch {', '.join(names)}" if names else "")
    yield from page.head(title, joined(told, ", ") or "none")
    if page.explains or len(answer.errata) <= FEW:
        for kind, group in {"doubt": doubts, **kinds}.items():
            yield from page.notes(_KINDS[kind], group)
        yield from page.foot()
        return
    if doubts:
        yield from page.section(_KINDS["doubt"], str(len(doubts)))
        yield from page.table(_columns(_AGAINST), list(map(_row, doubts)))
    yield Text()
    yield from page.table(
        _columns(_READ), [line for kind, group in kinds.items() for line in _of_kind(page, kind, group)]
    )
    yield from page.foot(way("one of them", "psfacts errata ID"), more="reasons, ids and places")


def _columns(reading: str) -> list[Column]:
    return [Column("Printed", wraps=22), Column(reading, wraps=BODY, grows=True)]


def _of_kind(page: Page, kind: ErratumKind, found: list[Erratum]) -> Iterator[Line]:
    """Return the heading of a kind with the reason that many share, and the rows of the most frequent errata."""
    kept = most_of(sorted(found, key=lambda erratum: -len(erratum.evidence)), MOST)
    yield words((_KINDS[kind], STRONG), f" {page.part(len(kept), len(found), 'repair')}")
    reasons = Counter(re.split(r"(?<=[.:]) ", erratum.reason, maxsplit=1)[0] for erratum in found)
    reason, times = reasons.most_common(1)[0]
    if times >= FEW:
        yield words(f"{times} of them: {reason.rstrip('.:')}")
    yield from map(_row, kept)


def _row(erratum: Erratum) -> Cells:
    """Return the printed words and their reading, with certainty and frequency unless certain and single."""
    is_told = erratum.kind == "doubt" or erratum.certainty != "certain"
    often = f"{len(erratum.evidence)} times" if len(erratum.evidence) > 1 else ""
    told = ", ".join(part for part in (erratum.certainty if is_told else "", often) if part)
    reading = words(erratum.reading.rstrip("."))
    return words(f"“{erratum.printed}”"), after(reading, glued(f"({told})") if told else Text(), " ")
