"""Questions and their answers: a type and a function each, named like the command.

Names in arguments are resolved by :func:`psfacts.store.resolve.resolve`; what it cannot resolve raises NotFoundError.
"""

from __future__ import annotations

from typing import NamedTuple


class Modules(NamedTuple):
    """The modules of a question; in each, it has a function of its name."""

    answer: str
    """The module in ``answers`` with the answer's type and the function that gives it."""

    page: str
    """The module in ``render/pages`` that draws the answer."""


QUESTIONS = {
    "countries": Modules("lists", "tables"),
    "country": Modules("country", "facts"),
    "indicators": Modules("lists", "tables"),
    "compare": Modules("country", "compare"),
    "timeline": Modules("country", "facts"),
    "about": Modules("country", "facts"),
    "search": Modules("search", "facts"),
    "fact": Modules("fact", "facts"),
    "errata": Modules("lists", "tables"),
    "coverage": Modules("checks", "tables"),
    "verify": Modules("checks", "tables"),
    "cite": Modules("fact", "facts"),
    "validate": Modules("checks", "tables"),
    "facts": Modules("lists", "facts"),
    "entities": Modules("lists", "tables"),
    "topics": Modules("lists", "tables"),
    "sources": Modules("lists", "tables"),
}
"""All questions by name: each is also a function in ``render/rows/answers.py``, a command, and part of the API."""


def home(question: str) -> str:
    """Return the full name of the module of a question."""
    return f"psfacts.answers.{QUESTIONS[question].answer}"
