"""Pages of coverage, verify and validate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from psfacts.model import NOUNS
from psfacts.render.pages.layout import BODY, PAIR, Page, way
from psfacts.render.pages.parts import RULE, STRONG, TONE, Body, Piece, joined, stacked, words
from psfacts.render.pages.tables import Column, Lines, fitted, laid
from psfacts.text.phrases import counted, listed, shortened

if TYPE_CHECKING:
    from psfacts.answers.coverage import Coverage
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

_LABELLED = (Column(), Column(wraps=20, grows=True))


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
    sections = []
    for section in found.sections:
        shares = (percent(part, section.length) for part in (section.cited, section.uncited, section.unused))
        sections.append((section.title, f"{section.length:,}", *shares, str(section.facts)))
    counts = [Column(head, right=True) for head in ("Characters", "Cited", "Set aside", "Left", "Facts")]
    yield from page.table([Column("Section", wraps=20, grows=True), *counts], sections)
    if page.full:
        yield from page.section("Set aside")
        aside = [(section.title, _reasons(section.reasons)) for section in found.sections if section.uncited]
        yield from page.table([Column(wraps=20), *PAIR[1:]], aside)
    if found.gaps:
        yield from page.section("Not accounted for")
        gaps = [(f"{gap.section} {gap.start}-{gap.end}", _words(gap.text)) for gap in found.gaps]
        yield from page.table(PAIR, gaps)
    yield from page.section("By country")
    yield from _matrix(found, page)
    ways = [] if page.full else [way("what is set aside, and why", "--full")]
    unread = [way("words of the gaps", "--article FILE")] if any(gap.text is None for gap in found.gaps) else []
    yield from page.foot(*unread, *ways)


def totals(found: Coverage) -> str:
    """Return in one line how much is accounted for, and how."""
    length, cited, uncited = (
        sum(getattr(section, size) for section in found.sections) for size in ("length", "cited", "uncited")
    )
    return (
        f"{percent(cited + uncited, length)} of {length:,} characters accounted for: "
        f"{percent(cited, length)} cited by facts, {percent(uncited, length)} set aside with a reason"
    )


def percent(part: int, whole: int) -> str:
    """Return a percentage, never rounded up to 100% or down to 0%."""
    if part in (0, whole):
        return "100%" if part else "0%"
    return f"{min(99.9, max(0.1, 100 * part / whole)):.1f}%"


def _words(text: str | None) -> str:
    return "words not at hand" if text is None else " ".join(text.split()) or "white space"


def _reasons(reasons: Mapping[str, int]) -> str:
    return listed([f"{reason} ({count} characters)" for reason, count in reasons.items()])


def _matrix(found: Coverage, page: Page) -> Lines:
    """Show which countries have values: as a matrix if it fits, otherwise by name."""
    if not found.indicators:
        yield words("There is nothing to compare.")
        return
    names = [words(indicator.name) for indicator in found.indicators]
    having = [[row for row in found.matrix if row.values[indicator.id]] for indicator in found.indicators]
    told = list(zip(names, having, strict=True))
    columns = [Column(wraps=BODY), *(Column(page.code(row.country), right=True) for row in found.matrix)]
    tick, dash = words(("✓", TONE)), words("–")
    cells = [[name, *(tick if row in rows else dash for row in found.matrix)] for name, rows in told]
    if not page.view.spoken and (made := fitted(columns, cells, page.width)):
        yield from (*made, words("✓ the source gives a value  – it gives none"))
        return
    lines = [(name, ", ".join(row.name for row in rows) or "no value") for name, rows in told]
    yield from page.table([Column(wraps=20), *PAIR[1:]], lines)


def verify(found: Verification, page: Page) -> Lines:
    """Show the verdict, counts, problems, and what this proves; on a full page also every check."""
    yield from _verdict(found, page)
    checks = [check for fact in found.facts for check in fact.checks]
    counts = []
    for name, told in _PROVES.items():
        passed = [check.ok for check in checks if check.check == name]
        counts.append((name, (f"{sum(passed)}/{len(passed)}", STRONG), told))
    yield from page.table([Column(), Column(right=True), _LABELLED[1]], counts)
    problems = [("fact", _failure(page, fact)) for fact in found.facts if fact.status == "failed"]
    problems += [("erratum", _erratum(erratum)) for erratum in found.errata if erratum.status == "failed"]
    changed = [(source, change) for source in found.sources for change in source.changed]
    problems += [(change.kind, _change(source, change)) for source, change in changed]
    problems += [("coverage", _gaps(source)) for source in found.sources if source.coverage.gaps]
    parts = {"Found": problems}
    if page.full:
        parts["Every fact"] = [(fact.status, _detail(page, fact)) for fact in found.facts]
        parts["Every erratum"] = [(erratum.status, _erratum(erratum)) for erratum in found.errata]
    between = "" if page.view.spoken else "\n"
    for title, part in parts.items():
        if part:
            yield from page.section(title)
            styles = {"ok": "", "moved": ""}
            rows = [((label, styles.get(label, STRONG)), Text("\n").join(body).append(between)) for label, body in part]
            yield from page.table(_LABELLED, rows)
    yield from (Text(), words(_NOT_PROVEN))


def _verdict(found: Verification, page: Page) -> Lines:
    """Show the verdict with the counts of each kind, in a box unless the page is read aloud."""
    lines = [line for source in found.sources for line in _copy(found, source)]
    lines.append(("Facts", _counted([fact.status for fact in found.facts])))
    lines.append(("Errata", _counted([erratum.status for erratum in found.errata])))
    if left := len(found.left_out):
        lines.append(("Left out", f"{counted(left, 'fact')} that cite{'s' if left == 1 else ''} another source"))
    lines += [("Coverage", _named(found, source) + totals(source.coverage)) for source in found.sources]
    title = words(("All checks pass." if found.ok else "Problems found.", STRONG))
    named = listed([source.source for source in found.sources])
    if page.view.spoken:
        yield from page.head(title, named)
        yield from page.table(_LABELLED, lines)
        return
    inner = page.width - 4
    room = inner - title.cell_len - len(named)
    top = [words(title, " " * room, named)] if room > 0 else [title, words(named)]
    body = Group(*top, *laid(_LABELLED, lines, inner, spoken=False))
    yield Panel(body, box=box.ROUNDED, border_style=RULE, padding=(0, 1), width=page.width)


def _copy(found: Verification, source: VerifiedSource) -> Iterator[tuple[str, str]]:
    """Describe a copy as a whole: whether it equals the source's text, and how much of it does."""
    named = _named(found, source)
    if source.identical:
        yield "Copy", f"{named}identical to the text that the facts were drawn from"
        return
    checked = [*(fact.passages for fact in found.facts), *(erratum.passages for erratum in found.errata)]
    sightings = [sighting for passages in checked for sighting in passages]
    own = (sighting.reading or "" for sighting in sightings if sighting.passage.source == source.source)
    kinds = sorted({kind for reading in own for kind in reading.split(", ")} - {"", "exact"})
    read = f" in {listed(kinds)}" if kinds else ""
    yield "Copy", f"{named}differs{read} from the text that the facts were drawn from"
    size = source.copy_coverage
    parts = [f"{percent(size.known, size.length)} of {size.length:,} characters are the source's"]
    if size.outside:
        parts.append(f"{size.outside:,} in lines of their own before and after it")
    counts = Counter(change.kind for change in source.changed)
    parts += [f"words {kind} in {counted(count, 'place')}" for kind, count in counts.items()]
    yield "Its words", " · ".join(parts)


def _named(found: Verification, source: VerifiedSource) -> str:
    return f"{source.source}: " if len(found.sources) > 1 else ""


def _change(source: VerifiedSource, change: Change) -> Body:
    """Show words that were added, removed or changed, and where."""
    at = f"before character {change.start}" if change.kind == "added" else f"characters {change.start} to {change.end}"
    copied = f" · {change.copy_start} to {change.copy_end} of the copy" if change.text else ""
    printed = f"“{shortened(change.text, _LONGEST)}”" if change.text else ""
    return stacked(printed, f"{source.source}, {change.section}: {at}{copied}")


def _gaps(source: VerifiedSource) -> Body:
    gaps = counted(len(source.coverage.gaps), "part")
    return [words(f"{gaps} of {source.source} neither cited nor set aside; psfacts coverage lists them")]


def _counted(statuses: Sequence[str]) -> str:
    moved, failed = statuses.count("moved"), statuses.count("failed")
    parts = [f"{len(statuses) - failed} of {len(statuses)} hold"]
    parts += [f"{moved} found elsewhere than recorded, or in another form"] if moved else []
    parts += [f"{failed} do{'es' if failed == 1 else ''} not"] if failed else []
    return " · ".join(parts)


def _failure(page: Page, fact: FactCheck) -> Body:
    problems = [words((f"{check.check}: ", STRONG), problem) for check in fact.checks for problem in check.problems]
    return stacked(*problems, fact.id, page.store.fact(fact.id).statement)


def _detail(page: Page, fact: FactCheck) -> Body:
    checks: list[Piece] = [
        f"{check.check} ok" if check.ok else (f"{check.check} FAILED: {'; '.join(check.problems)}", STRONG)
        for check in fact.checks
    ]
    statement = page.store.fact(fact.id).statement
    return stacked((fact.id, STRONG), statement, joined(checks, "  "), *map(_sighting, fact.passages))


def _sighting(sighting: Sighting) -> str:
    place = f"characters {sighting.passage.start} to {sighting.passage.end}: {sighting.status}"
    if sighting.start is not None and sighting.status != "in place":
        place += f", at {sighting.start}"
        place += f", other {sighting.reading}" if sighting.reading not in (None, "exact") else ""
    return place


def _erratum(erratum: ErratumCheck) -> Body:
    return stacked((erratum.id, STRONG), *erratum.problems, *map(_sighting, erratum.passages))
