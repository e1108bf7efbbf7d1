"""Pages of coverage, verify and validate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from psfacts.model import NOUNS
from psfacts.render.pages.layout import BODY, Page
from psfacts.render.pages.parts import RULE, STRONG, Column, Lines, stacked, words
from psfacts.text.phrases import counted, listed, shortened

if TYPE_CHECKING:
    from psfacts.answers.coverage import Coverage, SectionCoverage
    from psfacts.answers.validate import Validation
    from psfacts.answers.verify import Verification, VerifiedSource
    from psfacts.checking.results import Change, ErratumCheck, FactCheck, Sighting

_PROVES = {
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


def validate(found: Validation, page: Page) -> Lines:  # noqa: ARG001 -- all pages have the same signature
    """Show every problem with its place, or the contents of the base."""
    if found.ok:
        held = ", ".join(f"{count} {NOUNS[name] if count == 1 else name}" for name, count in found.counts.items())
        yield words((f"{found.file}: a valid fact base", STRONG), f" ({held})")
        return
    yield from (words((f"{found.file}: {counted(found.total, 'problem')}", STRONG)), Text())
    for problem in found.problems:
        place, _, what = problem.partition(": ")
        # The place is there to be copied, and so never broken.
        yield Text(words(place).plain, style=STRONG, overflow="ignore", no_wrap=True) if what else words(place)
        yield from [Padding(words(what), (0, 0, 1, 2))] if what else []
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
    if page.full:
        yield from page.section("Set aside")
        yield from page.pairs((section.title, _reasons(section)) for section in found.sections)
    if found.gaps:
        yield from page.section("Not accounted for")
        yield from page.pairs((f"{gap.section} {gap.start}-{gap.end}", _words(gap.text)) for gap in found.gaps)
    if found.indicators:
        yield from page.section("By country")
        signs = ("no value", "value") if page.view.spoken else ("–", "✓")
        columns = [Column(wraps=BODY), *(Column(page.code(row.country), right=True) for row in found.matrix)]
        rows = [(known.name, *(signs[row.values[known.id] > 0] for row in found.matrix)) for known in found.indicators]
        yield from page.table(columns, rows)
        yield from [] if page.view.spoken else [words("✓ the source gives a value  – it gives none")]
    page.offer("words of the gaps", *["--article FILE" for gap in found.gaps if gap.text is None][:1])
    yield from page.foot(more="what is set aside, and why")


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
    """Show the verdict, counts, problems, and what this proves; on a full page also every check."""
    yield from _verdict(found, page)
    checks = [check for fact in found.facts for check in fact.checks]
    passed = {name: [check.ok for check in checks if check.check == name] for name in _PROVES}
    counts = ((name, (f"{sum(ok)}/{len(ok)}", STRONG), _PROVES[name]) for name, ok in passed.items())
    yield from page.table([Column(), Column(right=True), Column(wraps=BODY)], counts)
    parts = {"Found": list(_problems(found, page))}
    if page.full:
        parts["Every fact"] = [(fact.status, _fact(page, fact)) for fact in found.facts]
        parts["Every erratum"] = [(erratum.status, _erratum(erratum)) for erratum in found.errata]
    for title, part in parts.items():
        if part:
            yield from page.section(title)
            yield from page.pairs(part)
    yield from (Text(), words(_NOT_PROVEN))


def _verdict(found: Verification, page: Page) -> Lines:
    """Show the verdict with the counts of each kind, in a box unless the page is read aloud."""
    verdict = "All checks pass." if found.ok else "Problems found."
    named = listed([source.source for source in found.sources])
    if page.view.spoken:
        yield from (*page.head(verdict, aside=named), *page.pairs(_summary(found)), Text())
        return
    inner = page.width - 4
    body = Group(page.beside(words((verdict, STRONG)), words(named), inner), *page.pairs(_summary(found), inner))
    yield Panel(body, box=box.ROUNDED, border_style=RULE, padding=(0, 1), width=page.width)


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
    for source in found.sources:
        for change in source.changed:
            yield change.kind, _change(source, change)
    if found.coverage.gaps:
        gaps = counted(len(found.coverage.gaps), "part")
        yield "coverage", words(f"{gaps} neither cited nor set aside; psfacts coverage lists them")


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
