"""What verify found, at a glance and in detail."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from psfacts.answers.verify import Verification
from psfacts.checking.results import Check, ErratumCheck, FactCheck, Sighting
from psfacts.render.pages.coverage import totals
from psfacts.render.pages.parts import MARK, QUIET, STRONG, Body, Piece, card, heading, joined, ledger, stacked, words
from psfacts.render.pages.sheet import Sheet
from psfacts.store.store import Store

_PROVES = {
    "passage": "the cited words stand in the article, by their digest",
    "numbers": "every number of a statement or value stands in the cited words",
    "dates": "day, month and year stand there, or are marked as concluded, and fit the words for the time",
    "names": "everyone named is named there, or read there by an erratum, or declared to follow from the context",
    "errata": "the printed words of the errata stand exactly where they are said to",
    "statement": "value, subject and object of a fact are those of its sentence",
}

_NOT_PROVEN = (
    "This shows that the words are there. It does not show that the article is right, nor that a fact reads it rightly."
)


def draw(found: Verification, store: Store, width: int, every: bool = False) -> Iterator[RenderableType]:
    """Show the verdict, each check's count, what was found, and what this proves; with ``every``, all of it."""
    sheet = Sheet(store, width)
    yield _verdict(found, store, width)
    yield ledger([(words(check), [_tally(found, check, told)]) for check, told in _PROVES.items()], width, spaced=False)
    failed = [one for one in found.facts if one.status == "failed"]
    wrong = [one for one in found.errata if one.status == "failed"]
    if failed or wrong:
        yield heading("Found", width)
        rows = [(words(_label("fact")), _failure(sheet, one)) for one in failed]
        rows += [(words(_label("erratum")), _erratum(one)) for one in wrong]
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


def _verdict(found: Verification, store: Store, width: int) -> RenderableType:
    facts, errata = found.facts, found.errata
    counts = [("Facts", [one.status for one in facts]), ("Errata", [one.status for one in errata])]
    lines = [(noun, words(_counted([str(status) for status in statuses]))) for noun, statuses in counts]
    if found.left_out:
        lines.append(("Left out", words(_left_out(len(found.left_out)))))
    source = store.source(found.source)
    copy = "identical to the text that the facts were drawn from" if found.identical else _shifts(found)
    covered = totals(found.coverage)
    title = words(("All checks pass." if found.ok else "Problems found.", STRONG))
    return card(title, words((source.id, QUIET)), [("Copy", words(copy)), *lines, ("Coverage", words(covered))], width)


def _counted(statuses: list[str]) -> str:
    parts = [f"{statuses.count('ok') + statuses.count('moved')} of {len(statuses)} hold"]
    if moved := statuses.count("moved"):
        parts.append(f"{moved} found elsewhere than recorded, or under another reading")
    if failed := statuses.count("failed"):
        parts.append(f"{failed} do{'es' if failed == 1 else ''} not")
    return " · ".join(parts)


def _left_out(count: int) -> str:
    return f"{count} fact{'s' if count != 1 else ''} that cite{'s' if count == 1 else ''} another source"


def _shifts(found: Verification) -> str:
    readings = {one.reading for fact in found.facts for one in fact.passages if one.reading} - {"exact"}
    return "differs from the text that the facts were drawn from" + (
        f"; read with: {', '.join(sorted(readings))}" if readings else ""
    )


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
    if one.status == "moved":
        place += f", at {one.start}, reading: {one.reading}"
    return place


def _erratum(one: ErratumCheck) -> Body:
    seen = [words((_sighting(passage), QUIET)) for passage in one.passages]
    return stacked(words((one.id, STRONG)), *(words(problem) for problem in one.problems), *seen)
