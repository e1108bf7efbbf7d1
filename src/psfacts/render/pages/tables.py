"""Pages of tables: lists of records with their numbers of facts, and results of coverage, verify and validate."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from psfacts.model import NOUNS, Erratum, ErratumKind
from psfacts.render.pages import BODY, Page
from psfacts.render.pages.parts import RULE, STRONG, Column, Line, Lines, glued, joined, stacked, words
from psfacts.render.sources import access
from psfacts.text.phrases import command_for, counted, listed, shortened
from psfacts.text.visible import visible

if TYPE_CHECKING:
    from psfacts.answers.checks import Coverage, SectionCoverage, Validation, Verification, VerifiedSource
    from psfacts.answers.lists import Countries, Entities, Errata, Indicators, Sources, Topics
    from psfacts.checking.results import Change, CheckName, ErratumCheck, FactCheck, Sighting
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

_PROVES: dict[CheckName, str] = {
    "passage": "the cited words stand in the article, by their digest",
    "numbers": "every number of a statement or value stands in the cited words",
    "dates": "day, month and year stand there, or are marked as concluded, and fit the words for the time",
    "names": "everyone named is named there, or read there by an erratum, or declared to follow from the context",
    "errata": "the printed words of the errata stand exactly where they are said to",
    "statement": "value, subject and object of a fact are those of its sentence",
}

_LONGEST = 300
"""Maximum length of an extract from a copy."""

_NOT_PROVEN = (
    "This shows that the words are there. It does not show that the article is right, nor that a fact reads it rightly."
)


def countries(answer: Countries, page: Page) -> Lines:
    """Show one country per line, under the smallest region that it does not share with all others."""
    found = answer.countries
    shared = {region.id for region in answer.regions if all(region.id in country.regions for country in found)}
    names = page.names(answer.groups) or ", ".join(region.name for region in answer.regions if region.id in shared)
    lines: list[Line] = []
    region_of = {country.id: next((key for key in country.regions if key not in shared), "") for country in found}
    for region, group in groupby(found, key=lambda country: region_of[country.id]):
        heading = page.name(region) if region else "Others" if lines else ""
        lines += [[(heading, STRONG)]] if heading else []
        for country in group:
            iso = country.iso
            codes = (iso.alpha2, *((iso.alpha3, iso.numeric) if page.full else ())) if iso else ()
            memberships = joined((_membership(page, membership) for membership in country.memberships), ", ")
            name = words("  " if heading and not page.view.spoken else "", country.name)
            lines.append((name, " ".join(codes), country.capital or "", memberships, str(country.facts)))
    yield from page.head(*filter(None, [names, counted(len(found), "country")]))
    columns = [Column("Country", wraps=12), Column("Code"), Column("Capital", wraps=10), Column("Member of", wraps=12)]
    yield from page.table([*columns, Column("Facts about it", right=True)], lines)
    way = page.way("profile", *(f"psfacts country {country.id}" for country in found[:1]))
    yield from page.foot(way, more="codes" * bool(found))


def _membership(page: Page, membership: Membership) -> Text:
    """Return a membership in words: the bare name of an organization means a member."""
    fact = page.store.fact(membership.fact)
    standing = "" if membership.value == "member" else f" ({membership.value})"
    return page.marked(f"{page.short(membership.organization)}{standing}", fact)


def entities(answer: Entities, page: Page) -> Lines:
    """Show one entity per line, with its office or type and its number of facts."""
    found = answer.entities
    rows = [((entity.id, STRONG), entity.name, page.role(entity), str(answer.facts[entity.id])) for entity in found]
    yield from page.head(page.part(len(found), answer.total, "entity", ""))
    yield from page.table([_ID, Column("Name", wraps=16, grows=True), Column("What", wraps=12), _FACTS], rows)
    yield from page.foot(page.way("all about one", *map(command_for, found[:1])))


def indicators(answer: Indicators, page: Page) -> Lines:
    """Show one indicator per line, with its unit and the countries with values; those without values are last."""
    every = sorted(answer.indicators, key=lambda indicator: not indicator.subjects)
    rows: list[Line] = []
    for indicator in every:
        name = joined([indicator.name, indicator.unit or ""], ", ")
        if page.full:
            also = f"also: {', '.join(indicator.aliases)}" if indicator.aliases else ""
            name = stacked(name, ", ".join(indicator.categories), indicator.description, also)
        codes = " ".join(map(page.code, indicator.subjects)) or "no values"
        rows.append(((indicator.id, STRONG), name, codes))
    yield from page.head(counted(len(every), "indicator"))
    yield from page.table([_ID, Column("Indicator", wraps=24, grows=True), Column("Countries", wraps=12)], rows)
    way = page.way("values", *(f"psfacts compare {indicator.id}" for indicator in every[:1]))
    yield from page.foot(way, more="descriptions and aliases" * bool(every))


def sources(answer: Sources, page: Page) -> Lines:
    """Show each source as in a bibliography, with how it was read and its number of facts."""
    yield from page.head(page.part(len(answer.sources), answer.total, "source", ""), ruled=bool(answer.sources))
    rows = []
    for source in answer.sources:
        read, cited = access(source) if page.full else "", counted(answer.facts[source.id], "fact")
        rows.append(((source.id, STRONG), stacked((source.title, STRONG), page.cited(source), read, cited)))
    yield from page.pairs(rows)


def topics(answer: Topics, page: Page) -> Lines:
    """Show one topic per line, with its number of facts."""
    yield from page.head(page.part(len(answer.topics), answer.total, "topic", ""))
    rows = [((topic.id, STRONG), topic.name, str(topic.facts)) for topic in answer.topics]
    yield from page.table([_ID, Column("Topic", wraps=16), _FACTS], rows)
    yield from page.foot(page.way("its facts", *(f"psfacts facts --topic {topic.id}" for topic in answer.topics[:1])))


def errata(answer: Errata, page: Page) -> Lines:
    """Show the doubts with what speaks against them, then the repairs by kind; a few errata are explained in full."""
    page.shows(*answer.errata)
    kinds = {kind: [erratum for erratum in answer.errata if erratum.kind == kind] for kind in _KINDS}
    doubts = len(kinds["doubt"])
    counts = f"{counted(doubts, 'doubt')}, {counted(len(answer.errata) - doubts, 'repair')}"
    indicators = {indicator.id: indicator.name for indicator in page.store.indicators}
    names = ", ".join(indicators.get(key) or page.name(key) for key in answer.about)
    yield from page.head(f"Errata that touch {names}" if names else "Errata", counts)
    if page.explains or len(answer.errata) <= FEW:
        for kind, group in kinds.items():
            yield from page.notes(_KINDS[kind], group)
    else:
        read_as = "Read as, or what speaks against it and how sure that is"
        columns = (Column("Printed", wraps=22), Column(read_as, wraps=BODY, grows=True))
        groups = (_of_kind(page, kind, group) for kind, group in kinds.items() if group)
        yield from page.table(columns, chain.from_iterable(groups))
        page.offer("one of them", "psfacts errata ID")
    yield from page.foot(more="reasons, ids and places" * bool(answer.errata))


def _of_kind(page: Page, kind: ErratumKind, found: Sequence[Erratum]) -> Iterator[Line]:
    """Return the heading of a kind with the reason that many repairs share, and the doubts or the frequent repairs."""
    noun = "doubt" if kind == "doubt" else "repair"
    kept = found if kind == "doubt" else page.cut(sorted(found, key=lambda erratum: -len(erratum.evidence)))
    heading = words((_KINDS[kind], STRONG), " ", page.part(len(kept), len(found), noun))
    reasons = Counter(re.split(r"(?<=[.:]) ", erratum.reason, maxsplit=1)[0] for erratum in found)
    reason, times = reasons.most_common(1)[0]
    yield [stacked(heading, f"{times} of them: {reason.rstrip('.:')}" if times >= FEW else "")]
    yield from map(_row, kept)


def _row(erratum: Erratum) -> Line:
    """Return the printed words and their reading, with certainty and frequency unless certain and single."""
    is_told = erratum.kind == "doubt" or erratum.certainty != "certain"
    often = f"{len(erratum.evidence)} times" if len(erratum.evidence) > 1 else ""
    told = joined([erratum.certainty if is_told else "", often], ", ")
    return f"“{erratum.printed}”", joined([erratum.reading.rstrip("."), glued("(", told, ")") if told else ""], " ")


def validate(found: Validation, page: Page) -> Lines:  # noqa: ARG001 -- all pages have the same signature
    """Show every problem with its place, or the contents of the base."""
    if found.ok:
        held = ", ".join(f"{count} {NOUNS[name] if count == 1 else name}" for name, count in found.counts.items())
        yield words((f"{found.file}: a valid fact base", STRONG), f" ({held})")
        return
    yield from (words((f"{found.file}: {counted(found.total, 'problem')}", STRONG)), Text())
    for problem in found.problems:
        *place, what = problem.split(": ", 1)
        # A place is there to be copied, and so never broken.
        yield from (Text(visible(path), STRONG, overflow="ignore", no_wrap=True) for path in place)
        yield Padding(words(what), (0, 0, 1, 2))
    if found.total > len(found.problems):
        yield words(f"and {found.total - len(found.problems)} more")


def coverage(found: Coverage, page: Page) -> Lines:
    """Show the total coverage, that of each section, the gaps, and values by indicator and country."""
    yield from (words((totals(found), STRONG)), words())
    rows = []
    for section in found.sections:
        shares = (percent(part, section.length) for part in (section.cited, section.uncited, section.unused))
        rows.append((section.title, f"{section.length:,}", *shares, str(section.facts)))
    counts = [Column(head, right=True) for head in ("Characters", "Cited", "Set aside", "Left", "Facts")]
    yield from page.table([Column("Section", wraps=BODY, grows=True), *counts], rows)
    set_aside = page.pairs((section.title, _reasons(section)) for section in found.sections if page.full)
    yield from page.section("Set aside", set_aside)
    gaps = ((f"{gap.section} {gap.start}-{gap.end}", _words(gap.text)) for gap in found.gaps)
    yield from page.section("Not accounted for", page.pairs(gaps))
    if found.indicators:
        signs = ("no value", "value") if page.view.spoken else ("–", "✓")
        columns = [Column(wraps=BODY), *(Column(page.code(row.country), right=True) for row in found.matrix)]
        rows = [(known.name, *(signs[row.values[known.id] > 0] for row in found.matrix)) for known in found.indicators]
        yield from page.section("By country", page.table(columns, rows))
        yield from [] if page.view.spoken else [words("✓ the source gives a value  – it gives none")]
    way = page.way("words of the gaps", *["--article FILE" for gap in found.gaps if gap.text is None][:1])
    yield from page.foot(way, more="what is set aside, and why")


def totals(found: Coverage) -> str:
    """Return in one line how much is accounted for, and how."""
    sizes = (sum(getattr(section, size) for section in found.sections) for size in ("length", "cited", "uncited"))
    length, cited, uncited = sizes
    return (
        f"{percent(cited + uncited, length)} of {length:,} characters accounted for: "
        f"{percent(cited, length)} cited by facts, {percent(uncited, length)} set aside with a reason"
    )


def percent(part: int, whole: int) -> str:
    """Return a percentage, never rounded up to 100% or down to 0%."""
    if part in (0, whole):
        return "100%" if part else "0%"
    return f"{min(99.9, max(0.1, 100 * part / whole)):.1f}%"


def _reasons(section: SectionCoverage) -> str:
    return listed([f"{reason} ({size} characters)" for reason, size in section.reasons.items()])


def _words(text: str | None) -> str:
    return "words not at hand" if text is None else " ".join(text.split()) or "white space"


def verify(found: Verification, page: Page) -> Lines:
    """Show the verdict in a box, then counts, problems, and what this proves; on a full page also every check."""
    inner = page.width - 4
    named = listed([source.source for source in found.sources])
    head = page.head("All checks pass." if found.ok else "Problems found.", aside=named, width=inner)
    verdict = [*head, *page.pairs(_summary(found), inner)]
    boxed = Panel(Group(*verdict), border_style=RULE, width=page.width)
    yield from [*verdict, Text()] if page.view.spoken else [boxed]
    ok = Counter(check.check for fact in found.facts for check in fact.checks if check.ok)
    counts = ((name, (f"{ok[name]}/{len(found.facts)}", STRONG), proof) for name, proof in _PROVES.items())
    yield from page.table([Column(), Column(right=True), Column(wraps=BODY)], counts)
    yield from page.section("Found", page.pairs(_problems(found, page)))
    if page.full:
        yield from page.section("Every fact", page.pairs((check.status, _fact(page, check)) for check in found.facts))
        yield from page.section("Every erratum", page.pairs((check.status, _erratum(check)) for check in found.errata))
    yield from (Text(), words(_NOT_PROVEN))


def _summary(found: Verification) -> Iterator[tuple[str, str]]:
    """Describe the copies as a whole, and how many facts and errata hold."""
    for source in found.sources:
        named = f"{source.source}: " if len(found.sources) > 1 else ""
        how = "identical to" if source.identical else "differs from"
        yield "Copy", f"{named}{how} the text that the facts were drawn from"
        yield "Its words", "" if source.identical else _copied(source)
    yield "Facts", _counted([fact.status for fact in found.facts])
    yield "Errata", _counted([erratum.status for erratum in found.errata])
    if left := len(found.left_out):
        yield "Left out", f"{counted(left, 'fact')} that cite{'s' if left == 1 else ''} another source"
    yield "Coverage", totals(found.coverage)


def _copied(source: VerifiedSource) -> str:
    """Return how much of a copy its source has, and what the copy adds or lacks."""
    size = source.copy_coverage
    parts = [f"{percent(size.known, size.length)} of {size.length:,} characters are the source's"]
    parts += [f"{size.outside:,} in lines of their own before and after it"] if size.outside else []
    changes = Counter(change.kind for change in source.changed)
    parts += [f"words {kind} in {counted(count, 'place')}" for kind, count in changes.items()]
    return " · ".join(parts)


def _counted(statuses: Sequence[str]) -> str:
    moved, failed = statuses.count("moved"), statuses.count("failed")
    parts = [f"{len(statuses) - failed} of {len(statuses)} hold"]
    parts += [f"{moved} found elsewhere than recorded, or in another form"] if moved else []
    parts += [f"{failed} do{'es' if failed == 1 else ''} not"] if failed else []
    return " · ".join(parts)


def _problems(found: Verification, page: Page) -> Iterator[tuple[str, Text]]:
    """Return what was found: facts and errata that fail, words that a copy adds or lacks, and gaps."""
    yield from (("fact", _fact(page, fact)) for fact in found.facts if fact.status == "failed")
    yield from (("erratum", _erratum(erratum)) for erratum in found.errata if erratum.status == "failed")
    yield from ((change.kind, _change(source, change)) for source in found.sources for change in source.changed)
    gaps = counted(len(found.coverage.gaps), "part")
    told = f"{gaps} neither cited nor set aside; psfacts coverage lists them"
    yield "coverage", words(told if found.coverage.gaps else "")


def _change(source: VerifiedSource, change: Change) -> Text:
    """Show words that were added, removed or changed, and where."""
    at = f"before character {change.start}" if change.kind == "added" else f"characters {change.start} to {change.end}"
    copied = f" · {change.copy_start} to {change.copy_end} of the copy" if change.text else ""
    printed = f"“{shortened(change.text, _LONGEST)}”" if change.text else ""
    return stacked(printed, f"{source.source}, {change.section}: {at}{copied}")


def _fact(page: Page, fact: FactCheck) -> Text:
    """Show a fact with the checks that it passes, and why it does not pass the others."""
    passed = ", ".join(check.check for check in fact.checks if check.ok)
    failed = (words((f"{check.check}: ", STRONG), problem) for check in fact.checks for problem in check.problems)
    statement, told = page.store.fact(fact.id).statement, f"{passed}: ok" if passed else ""
    return stacked((fact.id, STRONG), statement, *failed, told, *map(_sighting, fact.passages))


def _erratum(erratum: ErratumCheck) -> Text:
    return stacked((erratum.id, STRONG), *erratum.problems, *map(_sighting, erratum.passages))


def _sighting(sighting: Sighting) -> str:
    place = f"characters {sighting.passage.start} to {sighting.passage.end}: {sighting.status}"
    if sighting.start is not None and sighting.status != "in place":
        place += f", at {sighting.start}"
        place += f", other {sighting.reading}" if sighting.reading not in (None, "exact") else ""
    return place
