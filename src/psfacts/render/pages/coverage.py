"""How much of the article is used, and what it is silent on."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from psfacts.answers.coverage import Coverage, SectionCoverage
from psfacts.render.pages import tables
from psfacts.render.pages.layout import BODY, Page, way
from psfacts.render.pages.parts import STRONG, TONE, words
from psfacts.render.pages.tables import Cells, Column
from psfacts.text.phrases import listed

_SECTIONS = (
    Column("Section", wraps=20, grows=True),
    Column("Characters", right=True),
    Column("Cited", right=True),
    Column("Set aside", right=True),
    Column("Left", right=True),
    Column("Facts", right=True),
)


def draw(found: Coverage, page: Page) -> Iterator[RenderableType]:
    """Show how much is used in a line and section by section, then what is left, then indicator by country."""
    yield words((totals(found), STRONG))
    yield Text()
    yield from page.table(_SECTIONS, [_section(one) for one in found.sections])
    if page.full:
        yield from page.section("Set aside")
        aside = [(words(one.title), words(_reasons(one))) for one in found.sections if one.uncited]
        yield from page.table([Column(wraps=20), Column(wraps=BODY, grows=True)], aside)
    if found.gaps:
        yield from page.section("Not accounted for")
        gaps = [(words(f"{one.section} {one.start}-{one.end}"), words(_words(one.text))) for one in found.gaps]
        yield from page.table([Column(), Column(wraps=BODY, grows=True)], gaps)
    yield from page.section("By country")
    yield from _matrix(found, page)
    unread = any(gap.text is None for gap in found.gaps)
    yield from page.foot(
        *([way("words of the gaps", "--article FILE")] if unread else []),
        *([] if page.full else [way("what is set aside, and why", "--full")]),
    )


def totals(found: Coverage) -> str:
    """Tell in a line how much is accounted for, and how."""
    length = sum(one.length for one in found.sections)
    cited, uncited = (sum(getattr(one, field) for one in found.sections) for field in ("cited", "uncited"))
    share = percent(cited + uncited, length)
    return (
        f"{share} of {length:,} characters accounted for: {percent(cited, length)} cited by facts, "
        f"{percent(uncited, length)} set aside with a reason"
    )


def _words(text: str | None) -> str:
    return "words not at hand" if text is None else " ".join(text.split()) or "white space"


def percent(part: int, whole: int) -> str:
    """Return a share, never rounded up to 100% nor down to 0%."""
    if part in (0, whole):
        return "100%" if part else "0%"
    return f"{min(99.9, max(0.1, 100 * part / whole)):.1f}%"


def _section(one: SectionCoverage) -> Cells:
    shares = (words(percent(part, one.length)) for part in (one.cited, one.uncited, one.unused))
    return words(one.title), words(f"{one.length:,}"), *shares, words(str(one.facts))


def _reasons(one: SectionCoverage) -> str:
    return listed([f"{reason} ({count} characters)" for reason, count in one.reasons.items()])


def _matrix(found: Coverage, page: Page) -> Iterator[RenderableType]:
    """Show for which countries there are values: ticked off where that fits, else by their names."""
    if not found.indicators:
        yield words("There is nothing to compare.")
        return
    told = [[row for row in found.matrix if row.values[one.id]] for one in found.indicators]
    columns = [Column(wraps=BODY), *(Column(page.code(row.country), right=True) for row in found.matrix)]
    cells = [
        (words(one.name), *(words(("✓", TONE)) if row in having else words("–") for row in found.matrix))
        for one, having in zip(found.indicators, told, strict=True)
    ]
    made = None if page.view.spoken else tables.table(columns, cells, page.width)
    if made:
        yield made
        yield words("✓ the source gives a value  – it gives none")
        return
    names = [words(", ".join(row.name for row in having) or "no value") for having in told]
    yield from page.table(
        [Column(wraps=20), Column(wraps=BODY, grows=True)],
        [(words(one.name), having) for one, having in zip(found.indicators, names, strict=True)],
    )
