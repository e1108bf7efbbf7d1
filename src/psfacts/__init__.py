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
from psfacts.errors import InvalidError, NotFoundError, OutputError, PsfactsError, UsageError

if TYPE_CHECKING:  # type checkers need these names, which are imported on first access
    from collections.abc import Sequence

    from rich.console import RenderableType

    from psfacts.answers.checks import coverage, validate, verify
    from psfacts.answers.country import about, compare, country, timeline
    from psfacts.answers.fact import cite, fact
    from psfacts.answers.lists import countries, entities, errata, facts, indicators, sources, topics
    from psfacts.answers.schema import schema
    from psfacts.answers.search import search
    from psfacts.exporting.export import export
    from psfacts.model import Record
    from psfacts.store.store import Store

    __version__: str

__all__ = ["InvalidError", "NotFoundError", "OutputError", "PsfactsError", "Store", "UsageError", "__version__"]
__all__ += ["about", "cite", "compare", "countries", "country", "coverage", "entities", "errata", "export", "fact"]
__all__ += ["facts", "indicators", "load", "schema", "search", "sources", "timeline", "topics", "validate", "verify"]

_HOMES = {
    "Store": "psfacts.store.store",
    "export": "psfacts.exporting.export",
    "schema": "psfacts.answers.schema",
    **{name: home(name) for name in QUESTIONS},
}
"""The modules of the names that are imported on first access."""


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
