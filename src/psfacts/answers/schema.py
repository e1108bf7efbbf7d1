"""JSON Schemas (2020-12) of the fact base and of every answer, shipped with the package.

``tools/generate.py`` makes them from the types and their docstrings.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from psfacts.answers import QUESTIONS
from psfacts.errors import NotFoundError
from psfacts.loading.files import resource
from psfacts.text.names import near
from psfacts.text.phrases import did_you_mean, quoted

if TYPE_CHECKING:
    from pydantic import JsonValue

FACT_BASE = "fact-base"

NAMES = (FACT_BASE, *QUESTIONS)
"""Names of the schemas: the fact base, and the commands that answer with JSON."""


def schema(name: str) -> dict[str, JsonValue]:
    """Return the JSON Schema of the fact base, or of a command's answer with ``--json``.

    The schema of the fact base refuses unknown keys, as reading does. Those of answers allow them, since keys may be
    added within a ``schema_version``; all keys that they name are always there.

    Raises NotFoundError if ``name`` is not one of NAMES.
    """
    if name not in NAMES:
        suggestions = near(name, ([known] for known in NAMES))
        hint = did_you_mean(suggestions) or "try: psfacts schema"
        raise NotFoundError(f"there is no schema of {quoted(name)}", hint, suggestions)
    found: dict[str, JsonValue] = json.loads(resource(f"docs/schema/{name}.json"))
    return found


def summary(name: str) -> str:
    """Return a one-line description of the schema ``name``."""
    return "the fact base, data/facts.json" if name == FACT_BASE else f"the answer of psfacts {name} --json"
