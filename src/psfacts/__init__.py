"""Checkable facts about the post-Soviet states, each with its place in the source.

>>> import psfacts
>>> psfacts.country("chisinau").country.name
'Moldova'

Every command that answers a question is also a function here. It takes its arguments first and
the fact base last, by default the built-in one; :func:`load` gives others:

>>> psfacts.compare("remittances", "migrants", store=psfacts.load("other.json"))  # doctest: +SKIP

Answers are frozen pydantic models that can display themselves: ``rich.print(answer)`` prints the command's page,
and a notebook shows it. Errors are raised as :class:`~psfacts.errors.PsfactsError`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from psfacts import hooks
from psfacts.answers import QUESTIONS, home

if TYPE_CHECKING:  # type checkers need the names once more; "as" makes them public
    from collections.abc import Sequence

    from rich.console import RenderableType

    from psfacts.answers.checks import coverage as coverage
    from psfacts.answers.checks import verify as verify
    from psfacts.answers.country import about as about
    from psfacts.answers.country import compare as compare
    from psfacts.answers.country import country as country
    from psfacts.answers.country import timeline as timeline
    from psfacts.answers.fact import cite as cite
    from psfacts.answers.fact import fact as fact
    from psfacts.answers.lists import countries as countries
    from psfacts.answers.lists import entities as entities
    from psfacts.answers.lists import errata as errata
    from psfacts.answers.lists import facts as facts
    from psfacts.answers.lists import indicators as indicators
    from psfacts.answers.lists import sources as sources
    from psfacts.answers.lists import topics as topics
    from psfacts.answers.schema import schema as schema
    from psfacts.answers.search import search as search
    from psfacts.answers.validate import validate as validate
    from psfacts.errors import InvalidError as InvalidError
    from psfacts.errors import NotFoundError as NotFoundError
    from psfacts.errors import OutputError as OutputError
    from psfacts.errors import PsfactsError as PsfactsError
    from psfacts.errors import UsageError as UsageError
    from psfacts.exporting.export import export as export
    from psfacts.model import Record
    from psfacts.store.store import Store as Store

    __version__: str

_HOMES = {
    **dict.fromkeys(["InvalidError", "NotFoundError", "OutputError", "PsfactsError", "UsageError"], "psfacts.errors"),
    "Store": "psfacts.store.store",
    "export": "psfacts.exporting.export",
    "schema": "psfacts.answers.schema",
    **{name: home(name) for name in QUESTIONS},
}
"""The modules of the public names."""


def load(path: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] | None = None) -> Store:
    """Open the fact base in the file ``path``, by default the built-in one; several files are read as one base.

    A file is JSON, JSON Lines (``.jsonl``) or SQLite. A single SQLite file is read only as far as questions need it.

    Raises InvalidError if there is no valid fact base; its ``problems`` lists everything found.
    """
    from pathlib import Path

    from psfacts.store.open import open_store

    paths = [path] if isinstance(path, str | os.PathLike) else path or ()
    return open_store([*map(Path, paths)])


def _page(answer: Record) -> RenderableType:
    from psfacts.render.pages import Shown  # with rich, which is imported when the first answer is shown

    return Shown(answer)


hooks.page = _page

if not TYPE_CHECKING:  # a type checker that saw it would take any misspelt name for an attribute
    __all__ = [*_HOMES, "load", "__version__"]  # noqa: PLE0604 -- they are all strings

    def __getattr__(name: str) -> object:
        """Import a public name on first access, so that ``import psfacts`` is cheap."""
        if name == "__version__":
            from importlib.metadata import version

            return version("psfacts")
        if name not in _HOMES:
            raise AttributeError(f"module 'psfacts' has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
