"""Checkable facts about the post-Soviet states, each with its place in the source.

>>> import psfacts
>>> store = psfacts.load()
>>> psfacts.country(store, "chisinau").country.name
'Moldova'

:func:`load` gives a :class:`~psfacts.store.store.Store`; every question that the command line answers is a function
here by the command's name, which takes the store and gives a typed answer, a module each in :mod:`psfacts.answers`.
What fails raises a :class:`~psfacts.errors.PsfactsError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from psfacts.answers.about import about
    from psfacts.answers.compare import compare
    from psfacts.answers.countries import countries
    from psfacts.answers.country import country
    from psfacts.answers.errata import errata
    from psfacts.answers.fact import fact
    from psfacts.answers.indicators import indicators
    from psfacts.answers.search import search
    from psfacts.answers.timeline import timeline
    from psfacts.errors import InvalidError, NotFoundError, OutputError, PsfactsError, UsageError
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
    "compare",
    "countries",
    "country",
    "errata",
    "fact",
    "indicators",
    "load",
    "search",
    "timeline",
]

_HOMES = {
    **dict.fromkeys(["InvalidError", "NotFoundError", "OutputError", "PsfactsError", "UsageError"], "psfacts.errors"),
    "about": "psfacts.answers.about",
    "compare": "psfacts.answers.compare",
    "countries": "psfacts.answers.countries",
    "country": "psfacts.answers.country",
    "errata": "psfacts.answers.errata",
    "fact": "psfacts.answers.fact",
    "indicators": "psfacts.answers.indicators",
    "timeline": "psfacts.answers.timeline",
    "search": "psfacts.answers.search",
    "Store": "psfacts.store.store",
}


def load(path: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] | None = None) -> Store:
    """Return the fact base in the file ``path``, or the built-in one, ready to be asked; several files are one base.

    A file is JSON, JSON Lines (``.jsonl``) or SQLite; of a single SQLite file, no more is read than is asked for.

    Raises InvalidError where there is no usable fact base; its ``problems`` are all that were found.
    """
    import os
    from pathlib import Path

    from psfacts.store.open import store

    paths = [path] if isinstance(path, str | os.PathLike) else path or ()
    return store([Path(one) for one in paths])


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


if not TYPE_CHECKING:  # a type checker that saw it would take any misspelt name for an attribute

    def __getattr__(name: str) -> object:
        """Import what is asked for when it is first asked for, so that ``import psfacts`` costs nearly nothing."""
        if name == "__version__":
            from importlib.metadata import version

            return version("psfacts")
        if name not in _HOMES:
            raise AttributeError(f"module 'psfacts' has no attribute {name!r}")
        from importlib import import_module

        found = getattr(import_module(_HOMES[name]), name)
        globals()[name] = found
        return found
