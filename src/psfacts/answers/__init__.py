"""The questions and their answers: a type and a function, which is called like its command.

Names in arguments are resolved by :func:`psfacts.store.resolve.resolve`; what it cannot resolve raises NotFoundError.
"""

QUESTIONS = (
    *("countries", "country", "indicators", "compare", "timeline", "about", "search", "fact", "errata"),
    *("coverage", "verify", "cite", "validate", "facts", "entities", "topics", "sources"),
)
"""All questions: each is a function here, one of ``render/pages``, one of ``render/rows/answers.py``, and a command."""

_HOMES = {"about": "country", **dict.fromkeys(["entities", "facts", "indicators", "sources", "topics"], "lists")}
"""The modules of questions that have none of their own name."""


def home(question: str) -> str:
    """Return the full name of the module of a question."""
    return f"psfacts.answers.{_HOMES.get(question, question)}"
