"""Writing a whole fact base to a file, in the format of its ending or as requested."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, Literal, TypeVar, assert_never

from psfacts import files
from psfacts.answers.answer import BUILT_IN, built_in
from psfacts.errors import UsageError, extra
from psfacts.exporting import Kind, datapackage, datasette, json, jsonl, parquet, sheets, xlsx
from psfacts.files import Target
from psfacts.hooks import Progress
from psfacts.render.csv import lines
from psfacts.render.rows.records import FACT
from psfacts.store.open import is_lines, open_store
from psfacts.store.store import Store
from psfacts.text.phrases import either, quoted

T = TypeVar("T")


ENDINGS = {
    ".csv": Kind.CSV,
    ".db": Kind.DB,
    ".html": Kind.HTML,
    ".json": Kind.JSON,
    ".jsonl": Kind.JSONL,
    ".md": Kind.MARKDOWN,
    ".parquet": Kind.PARQUET,
    ".xlsx": Kind.XLSX,
}
"""Formats by file name ending. Those for TimelineJS and Datasette are JSON, too, and have to be named."""


_NEEDS = {
    Kind.PARQUET: ("pyarrow", "Parquet needs pyarrow"),
    Kind.XLSX: ("xlsxwriter", "a workbook needs XlsxWriter"),
}
"""Optional modules that a format needs; the extra is named like the format."""


def kind_of(path: str | os.PathLike[str] | BinaryIO) -> Kind:
    """Return the format for a file's ending (case-insensitive); DATAPACKAGE for a folder, with or without a slash.

    Raises UsageError if the ending is not in ENDINGS; a stream has none.
    """
    name = os.fspath(path) if isinstance(path, str | os.PathLike) else "-"
    if name.endswith(("/", os.sep)) or os.path.isdir(name):  # noqa: PTH112 -- Path.is_dir raises where it may not look
        return Kind.DATAPACKAGE
    suffix = Path(name).suffix
    kind = ENDINGS.get(suffix.lower())
    if kind is None:
        problem = f"has the ending {quoted(suffix)}, which names no format" if suffix else "has no ending"
        hint = f"end it in {either(ENDINGS)}, or give --format {'|'.join(Kind)}"
        raise UsageError(f"{name}: {problem}", hint)
    return kind


def export(
    path: str | os.PathLike[str] | BinaryIO,
    *,
    format: str | None = None,  # noqa: A002 -- what the command line calls it
    force: bool = False,
    progress: Progress | None = None,
    store: Store = BUILT_IN,
) -> None:
    """Write ``store`` to the file ``path``, or to a binary stream; a file is written whole or not at all.

    ``format`` is one of :class:`Kind`, by default that of the file's ending.

    Raises OutputError if ``path`` exists and ``force`` is not given, or if it cannot be written, UsageError
    if the format needs a package that is not installed or a folder, and NotFoundError if there is nothing of its
    sort.
    """
    kind = Kind(format) if format else kind_of(path)
    target: Target = Path(path) if isinstance(path, str | os.PathLike) else path
    is_built_in = not store
    store = store or built_in()
    tell = progress or _quiet
    if kind in _NEEDS:
        _require(kind)

    match kind:
        case Kind.DB:
            from psfacts.exporting.sqlite import export_database

            export_database(store, target, progress, force)
        case Kind.PARQUET:
            with files.replacing(target, force) as temporary:
                parquet.write(temporary, lambda: _counted(sheets.rows(store, sheets.TYPED), len(store.facts), tell))
        case Kind.XLSX:
            with files.replacing(target, force) as temporary:
                xlsx.write(temporary, store, tell)
        case Kind.DATAPACKAGE:
            files.write_folder(target, datapackage.files(store, is_built_in), force)
        case _:
            files.write(target, _text(kind, store, tell), force)


def _require(kind: Kind) -> None:
    """Raise UsageError if the package that a format needs is not installed."""
    module, needs = _NEEDS[kind]
    try:
        import_module(module)
    except ImportError:
        raise UsageError(f"{needs}, which is not installed", extra(kind)) from None


Textual = Literal[Kind.CSV, Kind.DATASETTE, Kind.HTML, Kind.JSON, Kind.JSONL, Kind.MARKDOWN, Kind.TIMELINEJS]


def _text(kind: Textual, store: Store, tell: Progress) -> str | Iterable[str]:
    """Return the contents of a text file, in pieces if it may be long."""
    match kind:
        case Kind.CSV:
            return lines(FACT, _counted(sheets.rows(store), len(store.facts), tell))
        case Kind.DATASETTE:
            return datasette.metadata(store)
        case Kind.HTML:
            from psfacts.exporting.site.page import page

            return page(store, tell=tell)
        case Kind.JSON:
            return json.text(store)
        case Kind.JSONL:
            return _counted(jsonl.lines(store), jsonl.count(store), tell)
        case Kind.MARKDOWN:
            from psfacts.exporting.dossier import pieces

            return _counted(pieces(store), len(store.facts) + len(store.errata), tell)
        case Kind.TIMELINEJS:
            from psfacts.answers.timeline import timeline
            from psfacts.render import timelinejs

            return timelinejs.answer(timeline(store=store))
    assert_never(kind)


def convert(
    data: Sequence[Path], target: Target, kind: Kind, *, force: bool = False, progress: Progress | None = None
) -> None:
    """Write the fact base in the files ``data``, by default the built-in one, as :func:`export` does.

    A file of JSON Lines becomes a database record by record, so that memory stays flat however many there are. Raises
    InvalidError if there is no valid fact base.
    """
    if kind is Kind.DB and len(data) == 1 and is_lines(data[0]):
        from psfacts.exporting.sqlite import export_database
        from psfacts.loading.jsonl import Lines

        export_database(Lines(data[0]), target, progress, force)
    else:
        export(target, format=kind, force=force, progress=progress, store=open_store(data) if data else BUILT_IN)


def _quiet(done: int, total: int) -> None:
    """Report no progress."""


def _counted(items: Iterable[T], total: int, progress: Progress) -> Iterator[T]:
    """Yield ``items``, and report how many of about ``total`` are done."""
    for done, item in enumerate(items, 1):
        yield item
        if done % _STEP == 0:
            progress(min(done, total), total)


_STEP = 100
"""Number of records between reports of progress."""
