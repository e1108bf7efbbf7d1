"""What verify found, at a glance and in detail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from psfacts.answers.verify import ACCEPTED, Verification, VerifiedSource
from psfacts.checking.results import Change, Check, ErratumCheck, FactCheck, Sighting
from psfacts.render.pages import tables
from psfacts.render.pages.coverage import percent, totals
from psfacts.render.pages.layout import Page
from psfacts.render.pages.parts import ORNAMENT, STRONG, Body, Piece, joined, stacked, words
from psfacts.render.pages.tables import Column
from psfacts.text.phrases import counted, listed, shortened

_PROVES = {
    "passage": "the cited words stand in the article, by their digest",
    "numbers": "every number of a statement or value stands in the cited words",
    "dates": "day, month and year stand there, or are marked as concluded, and fit the words for the time",
    "names": "everyone named is named there, or read there by an erratum, or declared to follow from the context",
    "errata": "the printed words of the errata stand exactly where they are said to",
    "statement": "value, subject and object of a fact are those of its sentence",
}

_LONGEST = 300
"""How many characters of a copy's words are shown."""

_NOT_PROVEN = (
    "This shows that the words are there. It does not show that the article is right, nor that a fact reads it rightly."
)


def draw(found: Verification, page: Page) -> Iterator[RenderableType]:
    """Show the verdict, each check's count, what was found, and what this proves; on a full page every check."""
    yield from _verdict(found, page)
    checks = [(words(check), _tally(found, check), words(told)) for check, told in _PROVES.items()]
    yield from page.table([Column(), Column(right=True), Column(wraps=20, grows=True)], checks)
    rows = [(words(("fact", STRONG)), _failure(page, one)) for one in found.facts if one.status == "failed"]
    rows += [(words(("erratum", STRONG)), _erratum(one)) for one in found.errata if one.status == "failed"]
    changed = [(source, change) for source in found.sources for change in source.changes if change.kind not in ACCEPTED]
    rows += [(words((change.kind, STRONG)), _change(source, change)) for source, change in changed]
    rows += [(words(("coverage", STRONG)), _gaps(source)) for source in found.sources if source.coverage.gaps]
    parts = {"Found": rows}
    if page.full:
        parts["Every fact"] = [(_status(one.status), _detail(page, one)) for one in found.facts]
        parts["Every erratum"] = [(_status(one.status), _erratum(one)) for one in found.errata]
    between = "" if page.view.spoken else "\n"
    for title, part in parts.items():
        if part:
            yield from page.section(title)
            cells = [(label, Text("\n").join(body).append(between)) for label, body in part]
            yield from page.table([Column(), Column(wraps=20, grows=True)], cells)
    yield Text()
    yield words(_NOT_PROVEN)


def _verdict(found: Verification, page: Page) -> Iterator[RenderableType]:
    """Show whether all holds, and how much of each sort does, in a box that is left out where it would be heard."""
    lines = [line for source in found.sources for line in _copy(found, source)]
    lines.append(("Facts", words(_counted([one.status for one in found.facts]))))
    lines.append(("Errata", words(_counted([one.status for one in found.errata]))))
    if found.left_out:
        lines.append(("Left out", words(_left_out(len(found.left_out)))))
    lines += [("Coverage", words(_named(found, source), totals(source.coverage))) for source in found.sources]
    title = words(("All checks pass." if found.ok else "Problems found.", STRONG))
    named = listed([source.source for source in found.sources])
    told = [(words(label), line) for label, line in lines]
    columns = [Column(), Column(wraps=20, grows=True)]
    if page.view.spoken:
        yield from page.head(title, named)
        yield from page.table(columns, told)
        return
    inner = page.width - 4
    room = inner - title.cell_len - len(named)
    top = [words(title, " " * room, named)] if room > 0 else [title, words(named)]
    body = Group(*top, *tables.rows(columns, told, inner, spoken=False))
    yield Panel(body, box=box.ROUNDED, border_style=ORNAMENT, padding=(0, 1), width=page.width)


def _copy(found: Verification, source: VerifiedSource) -> Iterator[tuple[str, Text]]:
    """Tell of a copy as a whole: whether it is the source's text, and how much of it is."""
    if source.identical:
        yield "Copy", words(_named(found, source), "identical to the text that the facts were drawn from")
        return
    checked = [*(check.passages for check in found.facts), *(check.passages for check in found.errata)]
    sightings = [sighting for passages in checked for sighting in passages]
    readings = {one.reading for one in sightings if one.reading and one.passage.source == source.source} - {"exact"}
    kinds = sorted({kind for reading in readings for kind in reading.split(", ")})
    read = f" in {listed(kinds)}" if kinds else ""
    yield "Copy", words(_named(found, source), f"differs{read} from the text that the facts were drawn from")
    size = source.copy_coverage
    parts = [f"{percent(size.known, size.length)} of {size.length:,} characters are the source's"]
    if size.outside:
        parts.append(f"{size.outside:,} in lines of their own before and after it")
    counts = Counter(change.kind for change in source.changes if change.kind not in ACCEPTED)
    parts += [f"words {kind} in {counted(count, 'place')}" for kind, count in counts.items()]
    yield "Its words", words(" · ".join(parts))


def _named(found: Verification, source: VerifiedSource) -> str:
    return f"{source.source}: " if len(found.sources) > 1 else ""


def _change(source: VerifiedSource, change: Change) -> Body:
    """Show words that were added, taken out or changed, and where."""
    at = f"{source.source}, {change.section}: "
    if change.kind == "added":
        at += f"before character {change.start}"
    else:
        at += f"characters {change.start} to {change.end}"
    if change.text:
        at += f" · {change.copy_start} to {change.copy_end} of the copy"
    return stacked(words(f"“{shortened(change.text, _LONGEST)}”" if change.text else ""), at)


def _gaps(source: VerifiedSource) -> Body:
    gaps = counted(len(source.coverage.gaps), "part")
    return [words(f"{gaps} of {source.source} neither cited nor set aside; psfacts coverage lists them")]


def _counted(statuses: Sequence[str]) -> str:
    parts = [f"{statuses.count('ok') + statuses.count('moved')} of {len(statuses)} hold"]
    if moved := statuses.count("moved"):
        parts.append(f"{moved} found elsewhere than recorded, or in another form")
    if failed := statuses.count("failed"):
        parts.append(f"{failed} do{'es' if failed == 1 else ''} not")
    return " · ".join(parts)


def _left_out(count: int) -> str:
    return f"{counted(count, 'fact')} that cite{'s' if count == 1 else ''} another source"


def _tally(found: Verification, name: str) -> Text:
    checks = [check for fact in found.facts for check in fact.checks if check.check == name]
    good = sum(check.ok for check in checks)
    return words((f"{good}/{len(checks)}", STRONG))


def _failure(page: Page, one: FactCheck) -> Body:
    problems = [words((f"{check.check}: ", STRONG), problem) for check in one.checks for problem in check.problems]
    return stacked(*problems, one.id, page.store.fact(one.id).statement)


def _status(status: str) -> Text:
    return words((status, STRONG if status == "failed" else ""))


def _detail(page: Page, one: FactCheck) -> Body:
    return stacked(
        (one.id, STRONG),
        page.store.fact(one.id).statement,
        joined([_check(check) for check in one.checks], "  "),
        *(words(_sighting(passage)) for passage in one.passages),
    )


def _check(check: Check) -> Piece:
    return (
        f"{check.check} {'ok' if check.ok else 'FAILED: ' + '; '.join(check.problems)}",
        "" if check.ok else STRONG,
    )


def _sighting(one: Sighting) -> str:
    place = f"characters {one.passage.start} to {one.passage.end}: {one.status}"
    if one.start is not None and one.status != "in place":
        place += f", at {one.start}" + (f", other {one.reading}" if one.reading not in (None, "exact") else "")
    return place


def _erratum(one: ErratumCheck) -> Body:
    seen = [words(_sighting(passage)) for passage in one.passages]
    return stacked(words((one.id, STRONG)), *(words(problem) for problem in one.problems), *seen)
