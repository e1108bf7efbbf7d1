"""Writing a whole fact base to a file, in the format of its ending or as requested."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from psfacts import files
from psfacts.answers.answer import BUILT_IN, built_in
from psfacts.answers.country import timeline
from psfacts.errors import UsageError, extra
from psfacts.exporting import Kind, dossier, json, sheets, sqlite
from psfacts.exporting.site.page import page
from psfacts.files import Target
from psfacts.hooks import Progress, counted, unreported
from psfacts.loading.json import Lines
from psfacts.render import charts, flat
from psfacts.render.rows.answers import FACT
from psfacts.store.open import is_lines, open_store
from psfacts.store.store import Store
from psfacts.text.phrases import either, quoted

_NAMED = (Kind.CSV, Kind.DB, Kind.HTML, Kind.JSON, Kind.JSONL, Kind.PARQUET, Kind.XLSX)
ENDINGS = {f".{kind}": kind for kind in _NAMED} | {".md": Kind.MARKDOWN}
"""Formats by file name ending. Those for TimelineJS and Datasette are JSON, too, and have to be named."""

_TEXTS: dict[Kind, Callable[[Store, Progress], Iterable[str]]] = {
    Kind.CSV: lambda store, progress: flat.csv_lines(FACT, sheets.rows(store, FACT, progress)),
    Kind.DATASETTE: lambda store, _: [sqlite.metadata(store)],
    Kind.HTML: lambda store, progress: [page(store, tell=progress)],
    Kind.JSON: lambda store, _: [json.text(store)],
    Kind.JSONL: lambda store, progress: counted(json.lines(store), store.size, progress),
    Kind.MARKDOWN: lambda store, progress: counted(dossier.pieces(store), store.size, progress),
    Kind.TIMELINEJS: lambda store, _: [charts.timelinejs(timeline(store=store))],
}
"""Formats that are text, each with what makes its pieces."""

_BINARIES = {Kind.PARQUET: sheets.write_parquet, Kind.XLSX: sheets.write_workbook}
"""Formats of optional modules, each with what writes it; the extra is named like the format."""


def kind_of(path: str | os.PathLike[str] | BinaryIO) -> Kind:
    """Return the format for a file's ending (case-insensitive); DATAPACKAGE for a folder, with or without a slash.

    Raises UsageError if the ending is not in ENDINGS; a stream has none.
    """
    name = os.fspath(path) if isinstance(path, str | os.PathLike) else "-"
    if name.endswith(("/", os.sep)) or os.path.isdir(name):  # noqa: PTH112 -- Path.is_dir raises where it may not look
        return Kind.DATAPACKAGE
    suffix = Path(name).suffix
    if suffix.lower() in ENDINGS:
        return ENDINGS[suffix.lower()]
    problem = f"has the ending {quoted(suffix)}, which names no format" if suffix else "has no ending"
    raise UsageError(f"{name}: {problem}", f"end it in {either(ENDINGS)}, or give --format {'|'.join(Kind)}")


def export(
    path: str | os.PathLike[str] | BinaryIO,
    *,
    format: str | None = None,  # noqa: A002 -- what the command line calls it
    force: bool = False,
    progress: Progress = unreported,
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
    base = store or built_in()
    if kind is Kind.DB:
        sqlite.export_database(base, target, progress, force)
    elif kind is Kind.DATAPACKAGE:
        files.write_folder(target, sheets.data_package(base, progress, is_built_in=not store), force)
    elif kind in _TEXTS:
        files.write(target, _TEXTS[kind](base, progress), force)
    else:
        try:
            with files.replacing(target, force) as temporary:
                _BINARIES[kind](temporary, base, progress)
        except ImportError as error:
            package, _, _ = (error.name or "").partition(".")
            raise UsageError(f"{kind.capitalize()} needs {package}, which is not installed", extra(kind)) from None


def convert(
    data: Sequence[Path], target: Target, kind: Kind, *, force: bool = False, progress: Progress = unreported
) -> None:
    """Write the fact base in the files ``data``, by default the built-in one, as :func:`export` does.

    A file of JSON Lines becomes a database record by record, so that memory stays flat however many there are. Raises
    InvalidError if there is no valid fact base.
    """
    if kind is Kind.DB and len(data) == 1 and is_lines(data[0]):
        sqlite.export_database(Lines(data[0]), target, progress, force)
    else:
        export(target, format=kind, force=force, progress=progress, store=open_store(data) if data else BUILT_IN)
