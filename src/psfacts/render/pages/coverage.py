"""How much of the article is used, and what it is silent on."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from psfacts.answers.coverage import CountryCoverage, Coverage, SectionCoverage
from psfacts.model import Entity
from psfacts.render.pages.parts import GAP, LABEL, MARK, NARROW, QUIET, STRONG, Body, heading, ledger, stacked, words
from psfacts.store.store import Store
from psfacts.text.phrases import counted, listed

_BAR = 24
"""Columns of a section's bar."""


def draw(found: Coverage, store: Store, width: int) -> Iterator[RenderableType]:
    """Show a bar a section, then what is left, then country by indicator."""
    yield heading("Of the article", width)
    yield ledger([(words(one.title), _section(one)) for one in found.sections], width)
    yield Text()
    yield words((totals(found), STRONG))
    if found.gaps:
        yield heading("Not accounted for", width)
        rows = [(words(f"{one.section} {one.start}-{one.end}"), [words(_words(one.text))]) for one in found.gaps]
        yield ledger(rows, width)
    yield heading("By country", width)
    yield from _matrix(found, store, width)


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
    if text is None:
        return "give your copy of the article (--article) to see the words"
    return " ".join(text.split()) or "white space"


def percent(part: int, whole: int) -> str:
    """Return a share, never rounded up to 100% nor down to 0%."""
    if part in (0, whole):
        return "100%" if part else "0%"
    return f"{min(99.9, max(0.1, 100 * part / whole)):.1f}%"


def _section(one: SectionCoverage) -> Body:
    cited, aside = (round(_BAR * part / one.length) for part in (one.cited, one.uncited))
    aside = min(max(aside, int(one.uncited > 0)), _BAR - min(cited, _BAR - int(one.uncited > 0)))
    cited = min(cited, _BAR - aside - int(one.unused > 0))
    bar = words(("█" * cited, LABEL), ("▒" * aside, QUIET), ("·" * (_BAR - cited - aside), MARK))
    told = [f"{percent(one.cited, one.length)} cited by {counted(one.facts, 'fact')}"]
    if one.uncited:
        reasons = listed([f"{reason} ({count})" for reason, count in one.reasons.items()])
        told.append(f"{percent(one.uncited, one.length)} set aside: {reasons}")
    if one.unused:
        told.append(f"{percent(one.unused, one.length)} not accounted for")
    return stacked(bar, f"{one.length:,} characters · {' · '.join(told)}")


def _matrix(found: Coverage, store: Store, width: int) -> Iterator[RenderableType]:
    """Show how many values there are: indicator by country where that fits, else country by country."""
    codes = [_code(store.entity(one.country)) for one in found.matrix]
    wide = max(map(len, codes), default=0)
    label = width - len(codes) * (wide + GAP)
    if not found.indicators:
        yield words("There is nothing to compare.")
        return
    if label < NARROW // 2:
        yield ledger([(words(row.name), _silence(row, store)) for row in found.matrix], width)
        return
    table = Table.grid(padding=(0, GAP, 0, 0))
    table.add_column(width=min(label, max(len(one.name) for one in found.indicators)), overflow="fold")
    for _ in codes:
        table.add_column(width=wide, justify="right")
    table.add_row(Text(), *(words((code, STRONG)) for code in codes))
    for one in found.indicators:
        table.add_row(words((one.name, LABEL)), *(_cell(row, one.id) for row in found.matrix))
    yield table
    yield Text()
    told = ", ".join(f"{code} {one.name}" for code, one in zip(codes, found.matrix, strict=True))
    yield words((f"How many values there are; – the source gives none. {told}.", QUIET))


def _code(country: Entity) -> str:
    return country.iso.alpha2 if country.iso else country.name[:3]


def _cell(row: CountryCoverage, indicator: str) -> Text:
    return words(str(row.values[indicator])) if row.values[indicator] else words(("–", QUIET))


def _silence(row: CountryCoverage, store: Store) -> Body:
    told = [store.indicator(key).name for key, count in row.values.items() if count]
    silent = [store.indicator(key).name for key, count in row.values.items() if not count]
    return stacked(
        f"tells: {', '.join(told)}" if told else "",
        (f"no value for: {', '.join(silent)}" if silent else "", QUIET),
    )
