"""The questions and their answers, a module each, named like its command: its type and its function.

Names in arguments are resolved by :func:`psfacts.store.resolve.resolve`; what it cannot resolve raises NotFoundError.
"""

QUESTIONS = (
    *("countries", "country", "indicators", "compare", "timeline", "about", "search", "fact", "errata"),
    *("coverage", "verify", "cite", "validate", "facts", "entities", "topics", "sources"),
)
"""All questions: each is a module here, a function of ``render/pages`` and ``render/rows/answers.py``, a command."""
