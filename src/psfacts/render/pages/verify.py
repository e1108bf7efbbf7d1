"""What verify found, at a glance and in detail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from psfacts.answers.verify import ACCEPTED, Verification, VerifiedSource
from psfacts.checking.results import Change, Check, ErratumCheck, FactCheck, Sighting
from psfacts.render.pages.coverage import percent, totals
from psfacts.render.pages.parts import MARK, QUIET, STRONG, Body, Piece, card, heading, joined, ledger, stacked, words
from psfacts.render.pages.sheet import Sheet
from psfacts.store.store import Store
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


def draw(found: Verification, store: Store, width: int, every: bool = False) -> Iterator[RenderableType]:
    """Show the verdict, each check's count, what was found, and what this proves; with ``every``, all of it."""
    sheet = Sheet(store, width)
    yield _verdict(found, width)
    yield ledger([(words(check), [_tally(found, check, told)]) for check, told in _PROVES.items()], width, spaced=False)
    failed = [one for one in found.facts if one.status == "failed"]
    wrong = [one for one in found.errata if one.status == "failed"]
    changed = [(source, change) for source in found.sources for change in source.changes if change.kind not in ACCEPTED]
    left = [source for source in found.sources if source.coverage.gaps]
    if failed or wrong or changed or left:
        yield heading("Found", width)
        rows = [(words(_label("fact")), _failure(sheet, one)) for one in failed]
        rows += [(words(_label("erratum")), _erratum(one)) for one in wrong]
        rows += [(words(_label(change.kind)), _change(source, change)) for source, change in changed]
        rows += [(words(_label("coverage")), _gaps(source)) for source in left]
        yield ledger(rows, width, sheet.label)
    if every:
        yield heading("Every fact", width)
        yield ledger([(_status(one.status), _detail(sheet, one)) for one in found.facts], width, sheet.label)
        yield heading("Every erratum", width)
        yield ledger([(_status(one.status), _erratum(one)) for one in found.errata], width, sheet.label)
    yield Text()
    yield words((_NOT_PROVEN, QUIET))


def draw_all(found: Verification, store: Store, width: int) -> Iterator[RenderableType]:
    """Show every check of every fact and erratum, too."""
    return draw(found, store, width, every=True)


def _label(noun: str) -> tuple[str, str]:
    return noun, MARK


def _verdict(found: Verification, width: int) -> RenderableType:
    lines = [line for source in found.sources for line in _copy(found, source)]
    for noun, statuses in (
        ("Facts", [check.status for check in found.facts]),
        ("Errata", [check.status for check in found.errata]),
    ):
        lines.append((noun, words(_counted(statuses))))
    if found.left_out:
        lines.append(("Left out", words(_left_out(len(found.left_out)))))
    lines += [("Coverage", words(_named(found, source), totals(source.coverage))) for source in found.sources]
    title = words(("All checks pass." if found.ok else "Problems found.", STRONG))
    return card(title, words((listed([source.source for source in found.sources]), QUIET)), lines, width)


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
    return stacked(words(f"“{shortened(change.text, _LONGEST)}”" if change.text else ""), (at, QUIET))


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


def _tally(found: Verification, name: str, told: str) -> Text:
    checks = [check for fact in found.facts for check in fact.checks if check.check == name]
    good = sum(check.ok for check in checks)
    count = words((f"{good}/{len(checks)}", STRONG if good == len(checks) else MARK))
    return joined([count, (told, QUIET)], "  ")


def _failure(sheet: Sheet, one: FactCheck) -> Body:
    problems = [words((f"{check.check}: ", STRONG), problem) for check in one.checks for problem in check.problems]
    return stacked(*problems, (one.id, QUIET), (sheet.store.fact(one.id).statement, QUIET))


def _status(status: str) -> Text:
    return words((status, MARK if status == "failed" else QUIET))


def _detail(sheet: Sheet, one: FactCheck) -> Body:
    return stacked(
        (one.id, STRONG),
        sheet.store.fact(one.id).statement,
        joined([_check(check) for check in one.checks], "  "),
        *(words((_sighting(passage), QUIET)) for passage in one.passages),
    )


def _check(check: Check) -> Piece:
    return (
        f"{check.check} {'ok' if check.ok else 'FAILED: ' + '; '.join(check.problems)}",
        QUIET if check.ok else MARK,
    )


def _sighting(one: Sighting) -> str:
    place = f"characters {one.passage.start} to {one.passage.end}: {one.status}"
    if one.start is not None and one.status != "in place":
        place += f", at {one.start}" + (f", other {one.reading}" if one.reading not in (None, "exact") else "")
    return place


def _erratum(one: ErratumCheck) -> Body:
    seen = [words((_sighting(passage), QUIET)) for passage in one.passages]
    return stacked(words((one.id, STRONG)), *(words(problem) for problem in one.problems), *seen)
