"""Pages of lists: one record per line with its number of facts, and the command for more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from typing import TYPE_CHECKING

from rich.text import Text

from psfacts.model import Erratum, ErratumKind
from psfacts.render.pages.layout import BODY, Page
from psfacts.render.pages.parts import STRONG, Column, Line, Lines, glued, joined, stacked, words
from psfacts.render.sources import access
from psfacts.text.phrases import command_for, counted

if TYPE_CHECKING:
    from psfacts.answers.lists import Countries, Entities, Errata, Indicators, Sources, Topics
    from psfacts.store.resolve import Membership


_KINDS: dict[ErratumKind, str] = {
    "doubt": "Clear in print, but doubtful",
    "name": "Names that came out as other words",
    "person": "Persons misspelt or mistitled",
    "figure": "Figures beside the wrong name",
    "relation": "Who does what to whom",
    "tense": "Tenses that change the meaning",
    "wording": "Words mistranslated",
    "lost-text": "Words missing or scrambled",
}
"""Kinds of errata in the order of the page: doubts first."""

FEW = 3
"""Maximum number of errata explained without --full, and minimum number for stating a common reason."""

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
            codes = (iso.alpha2, *((iso.alpha3, iso.numeric) if page.full else ())) if iso else ()
            memberships = joined((_membership(page, membership) for membership in country.memberships), ", ")
            name = words("  " if heading and not page.view.spoken else "", country.name)
            lines.append((name, " ".join(codes), country.capital or "", memberships, str(country.facts)))
    yield from page.head(names or "Countries", counted(len(found), "country"))
    columns = [Column("Country", wraps=12), Column("Code"), Column("Capital", wraps=10), Column("Member of", wraps=12)]
    yield from page.table([*columns, Column("Facts about it", right=True)], lines)
    page.offer("profile", *(f"psfacts country {country.id}" for country in found[:1]))
    yield from page.foot(more="codes")


def _membership(page: Page, membership: Membership) -> Text:
    """Return a membership in words: the bare name of an organization means a member."""
    fact = page.store.fact(membership.fact)
    standing = "" if membership.value == "member" else f" ({membership.value})"
    return page.marked(f"{page.short(membership.organization)}{standing}", fact)


def entities(answer: Entities, page: Page) -> Lines:
    """Show one entity per line, with its office or type and its number of facts."""
    found = answer.entities
    rows = [
        ((entity.id, STRONG), entity.name, page.office(entity) or entity.type, str(answer.facts[entity.id]))
        for entity in found
    ]
    yield from page.head("Entities", page.part(len(found), answer.total, "entity", ""))
    yield from page.table([_ID, Column("Name", wraps=16, grows=True), Column("What", wraps=12), _FACTS], rows)
    page.offer("all about one", *map(command_for, found[:1]))
    yield from page.foot()


def indicators(answer: Indicators, page: Page) -> Lines:
    """Show one indicator per line, with its unit and the countries with values; those without values are last."""
    every = sorted(answer.indicators, key=lambda indicator: not indicator.subjects)
    rows: list[Line] = []
    for indicator in every:
        name = words(joined([indicator.name, indicator.unit or ""], ", "))
        if page.full:
            also = f"also: {', '.join(indicator.aliases)}" if indicator.aliases else ""
            name = stacked(name, ", ".join(indicator.categories), indicator.description, also)
        codes = " ".join(map(page.code, indicator.subjects)) or "no values"
        rows.append(((indicator.id, STRONG), name, codes))
    yield from page.head("Indicators", counted(len(every), "indicator"))
    yield from page.table([_ID, Column("Indicator", wraps=24, grows=True), Column("Countries", wraps=12)], rows)
    page.offer("values", *(f"psfacts compare {indicator.id}" for indicator in every[:1]))
    yield from page.foot(more="descriptions and aliases")


def sources(answer: Sources, page: Page) -> Lines:
    """Show each source as in a bibliography, with how it was read and its number of facts."""
    yield from page.head("Sources", page.part(len(answer.sources), answer.total, "source", ""), is_ruled=True)
    rows = []
    for source in answer.sources:
        read, cited = access(source) if page.full else "", counted(answer.facts[source.id], "fact")
        rows.append(((source.id, STRONG), stacked((source.title, STRONG), page.cited(source), read, cited)))
    yield from page.pairs(rows)


def topics(answer: Topics, page: Page) -> Lines:
    """Show one topic per line, with its number of facts."""
    yield from page.head("Topics", page.part(len(answer.topics), answer.total, "topic", ""))
    rows = [((topic.id, STRONG), topic.name, str(topic.facts)) for topic in answer.topics]
    yield from page.table([_ID, Column("Topic", wraps=16), _FACTS], rows)
    page.offer("its facts", *(f"psfacts facts --topic {topic.id}" for topic in answer.topics[:1]))
    yield from page.foot()


def errata(answer: Errata, page: Page) -> Lines:
    """Show the doubts with what speaks against them, then the repairs by kind; a few errata are explained in full."""
    page.shows(*answer.errata)
    kinds = {kind: [erratum for erratum in answer.errata if erratum.kind == kind] for kind in _KINDS}
    doubts = len(kinds["doubt"])
    counts = f"{counted(doubts, 'doubt')}, {counted(len(answer.errata) - doubts, 'repair')}"
    indicators = {indicator.id: indicator.name for indicator in page.store.indicators}
    names = [indicators.get(key) or page.name(key) for key in answer.about]
    title = "Errata" + (f" that touch {', '.join(names)}" if names else "")
    yield from page.head(title, counts)
    if page.explains or len(answer.errata) <= FEW:
        for kind, group in kinds.items():
            yield from page.notes(_KINDS[kind], group)
    else:
        read_as = "Read as, or what speaks against it and how sure that is"
        columns = (Column("Printed", wraps=22), Column(read_as, wraps=BODY, grows=True))
        groups = (_of_kind(page, kind, group) for kind, group in kinds.items() if group)
        yield from page.table(columns, chain.from_iterable(groups))
        page.offer("one of them", "psfacts errata ID")
    yield from page.foot(more="reasons, ids and places")


def _of_kind(page: Page, kind: ErratumKind, found: Sequence[Erratum]) -> Iterator[Line]:
    """Return the heading of a kind with the reason that many repairs share, and the doubts or the frequent repairs."""
    noun = "doubt" if kind == "doubt" else "repair"
    kept = found if kind == "doubt" else page.cut(sorted(found, key=lambda erratum: -len(erratum.evidence)))
    heading = words((_KINDS[kind], STRONG), " ", page.part(len(kept), len(found), noun))
    reasons = Counter(re.split(r"(?<=[.:]) ", erratum.reason, maxsplit=1)[0] for erratum in found)
    reason, times = reasons.most_common(1)[0]
    yield stacked(heading, f"{times} of them: {reason.rstrip('.:')}" if times >= FEW else "")
    yield from map(_row, kept)


def _row(erratum: Erratum) -> Line:
    """Return the printed words and their reading, with certainty and frequency unless certain and single."""
    is_told = erratum.kind == "doubt" or erratum.certainty != "certain"
    often = f"{len(erratum.evidence)} times" if len(erratum.evidence) > 1 else ""
    told = joined([erratum.certainty if is_told else "", often], ", ")
    return f"“{erratum.printed}”", joined([erratum.reading.rstrip("."), glued("(", told, ")") if told else ""], " ")
