"""How much of the article is used, and what it is silent on."""

from __future__ import annotations

from collections.abc import Mapping

from psfacts.answers.coverage import Coverage
from psfacts.render.pages import tables
from psfacts.render.pages.layout import BODY, PAIR, Page, way
from psfacts.render.pages.parts import STRONG, TONE, words
from psfacts.render.pages.tables import Column, Lines
from psfacts.text.phrases import listed


def coverage(found: Coverage, page: Page) -> Lines:
    """Show how much is used in a line and section by section, then what is left, then indicator by country."""
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
    """Tell in a line how much is accounted for, and how."""
    length, cited, uncited = (
        sum(getattr(section, size) for section in found.sections) for size in ("length", "cited", "uncited")
    )
    return (
        f"{percent(cited + uncited, length)} of {length:,} characters accounted for: "
        f"{percent(cited, length)} cited by facts, {percent(uncited, length)} set aside with a reason"
    )


def percent(part: int, whole: int) -> str:
    """Return a share, never rounded up to 100% nor down to 0%."""
    if part in (0, whole):
        return "100%" if part else "0%"
    return f"{min(99.9, max(0.1, 100 * part / whole)):.1f}%"


def _words(text: str | None) -> str:
    return "words not at hand" if text is None else " ".join(text.split()) or "white space"


def _reasons(reasons: Mapping[str, int]) -> str:
    return listed([f"{reason} ({count} characters)" for reason, count in reasons.items()])


def _matrix(found: Coverage, page: Page) -> Lines:
    """Show for which countries there are values: ticked off where that fits, else by their names."""
    if not found.indicators:
        yield words("There is nothing to compare.")
        return
    names = [words(indicator.name) for indicator in found.indicators]
    having = [[row for row in found.matrix if row.values[indicator.id]] for indicator in found.indicators]
    told = list(zip(names, having, strict=True))
    columns = [Column(wraps=BODY), *(Column(page.code(row.country), right=True) for row in found.matrix)]
    tick, dash = words(("✓", TONE)), words("–")
    cells = [[name, *(tick if row in rows else dash for row in found.matrix)] for name, rows in told]
    if not page.view.spoken and (made := tables.fitted(columns, cells, page.width)):
        yield from (*made, words("✓ the source gives a value  – it gives none"))
        return
    lines = [(name, ", ".join(row.name for row in rows) or "no value") for name, rows in told]
    yield from page.table([Column(wraps=20), *PAIR[1:]], lines)
