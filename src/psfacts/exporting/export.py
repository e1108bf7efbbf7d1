"""A whole fact base written to a file, in the kind that its ending or the user names."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, Literal, TypeVar, assert_never

from psfacts import files
from psfacts.answers.answer import BUILT_IN, built_in
from psfacts.errors import UsageError, extra
from psfacts.exporting import Kind, datapackage, datasette, json, jsonl, parquet, sheets, xlsx
from psfacts.files import Target
from psfacts.render.csv import lines
from psfacts.render.rows.records import FACT
from psfacts.store.open import is_lines, open_store
from psfacts.store.store import Store
from psfacts.text.phrases import either, quoted

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Is told how many of how many records are done."""


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
"""The kinds by the endings of files; what TimelineJS and Datasette read is JSON too, and is asked for by its name."""


_NEEDS = {
    Kind.PARQUET: ("pyarrow", "Parquet needs pyarrow"),
    Kind.XLSX: ("xlsxwriter", "a workbook needs XlsxWriter"),
}
"""The modules that a kind needs and that may not be there; an extra is called like the kind."""


def kind_of(path: str | os.PathLike[str] | BinaryIO) -> Kind:
    """Return the kind of a file by its ending, in either case; of a folder, which may end in a slash, DATAPACKAGE.

    Raises UsageError where the ending is none of ENDINGS; a stream has none.
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
    """Write ``store`` to the file ``path``, or to a stream of bytes; a file is there whole, or not at all.

    ``format`` is one of :class:`Kind`, by default the one that the file's ending names.

    Raises OutputError where ``path`` exists and ``force`` is not given, or where it cannot be written, UsageError
    where the kind needs a package that is not installed or a folder, and NotFoundError where there is nothing of its
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
    """Raise UsageError where the package is not installed that a kind needs."""
    module, needs = _NEEDS[kind]
    try:
        import_module(module)
    except ImportError:
        raise UsageError(f"{needs}, which is not installed", extra(kind)) from None


Textual = Literal[Kind.CSV, Kind.DATASETTE, Kind.HTML, Kind.JSON, Kind.JSONL, Kind.MARKDOWN, Kind.TIMELINEJS]


def _text(kind: Textual, store: Store, tell: Progress) -> str | Iterable[str]:
    """Return what a file of text holds, in pieces where it may be long."""
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
    """Write the fact base in the files ``data``, or without any the built-in one, as :func:`export` does.

    A file of JSON Lines becomes a database record by record, so that memory stays flat however many there are. Raises
    InvalidError where there is no usable fact base.
    """
    if kind is Kind.DB and len(data) == 1 and is_lines(data[0]):
        from psfacts.exporting.sqlite import export_database
        from psfacts.loading.jsonl import Lines

        export_database(Lines(data[0]), target, progress, force)
    else:
        export(target, format=kind, force=force, progress=progress, store=open_store(data) if data else BUILT_IN)


def _quiet(done: int, total: int) -> None:
    """Tell nobody."""


def _counted(items: Iterable[T], total: int, progress: Progress) -> Iterator[T]:
    """Return ``items`` as they come, and tell how many of about ``total`` are done."""
    for done, item in enumerate(items, 1):
        yield item
        if done % _STEP == 0:
            progress(min(done, total), total)


_STEP = 100
"""Records between two reports of progress."""
