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

from typing import TYPE_CHECKING

from psfacts import hooks

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from rich.console import RenderableType

    from psfacts.answers.cite import cite
    from psfacts.answers.compare import compare
    from psfacts.answers.countries import countries
    from psfacts.answers.country import about, country
    from psfacts.answers.coverage import coverage
    from psfacts.answers.errata import errata
    from psfacts.answers.fact import fact
    from psfacts.answers.lists import entities, facts, indicators, sources, topics
    from psfacts.answers.schema import schema
    from psfacts.answers.search import search
    from psfacts.answers.timeline import timeline
    from psfacts.answers.validate import validate
    from psfacts.answers.verify import verify
    from psfacts.errors import InvalidError, NotFoundError, OutputError, PsfactsError, UsageError
    from psfacts.exporting.export import export
    from psfacts.model import Record
    from psfacts.store.store import Store

    __version__: str

__all__ = [
    "InvalidError",
    "NotFoundError",
    "OutputError",
    "PsfactsError",
    "Store",
    "UsageError",
    "__version__",
    "about",
    "cite",
    "compare",
    "countries",
    "country",
    "coverage",
    "entities",
    "errata",
    "export",
    "fact",
    "facts",
    "indicators",
    "load",
    "schema",
    "search",
    "sources",
    "timeline",
    "topics",
    "validate",
    "verify",
]

_HOMES = {
    **dict.fromkeys(["InvalidError", "NotFoundError", "OutputError", "PsfactsError", "UsageError"], "psfacts.errors"),
    "Store": "psfacts.store.store",
    "export": "psfacts.exporting.export",
    "schema": "psfacts.answers.schema",
}
"""The modules of the names that are not questions."""


def load(path: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] | None = None) -> Store:
    """Open the fact base in the file ``path``, by default the built-in one; several files are read as one base.

    A file is JSON, JSON Lines (``.jsonl``) or SQLite. A single SQLite file is read only as far as questions need it.

    Raises InvalidError if there is no valid fact base; its ``problems`` lists everything found.
    """
    import os
    from pathlib import Path

    from psfacts.store.open import open_store

    paths = [path] if isinstance(path, str | os.PathLike) else path or ()
    return open_store([Path(one) for one in paths])


class _Renderer:
    """Renders answers with :mod:`psfacts.render`, imported when the first answer is shown."""

    def page(self, answer: Record) -> RenderableType:
        from psfacts.render.pages import Shown

        return Shown(answer)

    def html(self, answer: Record) -> str:
        from psfacts.render.pages import html

        return html(answer)


hooks.renderer = _Renderer()


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


if not TYPE_CHECKING:  # a type checker that saw it would take any misspelt name for an attribute

    def __getattr__(name: str) -> object:
        """Import a public name on first access, so that ``import psfacts`` is cheap."""
        if name == "__version__":
            from importlib.metadata import version

            return version("psfacts")
        from importlib import import_module

        from psfacts.answers import QUESTIONS, home

        module = home(name) if name in QUESTIONS else _HOMES.get(name)
        if not module:
            raise AttributeError(f"module 'psfacts' has no attribute {name!r}")
        return getattr(import_module(module), name)
