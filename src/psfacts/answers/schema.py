"""JSON Schemas (2020-12) of the fact base and of every answer, made from their types.

Descriptions are the docstrings of the types and of their attributes, read from the source when a schema is made.
"""

from __future__ import annotations

import ast
import inspect
import re
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING

from psfacts.errors import NotFoundError
from psfacts.text.names import did_you_mean, near
from psfacts.text.phrases import quoted

if TYPE_CHECKING:
    from pydantic import BaseModel, JsonValue

FACT_BASE = "fact-base"

_TYPES = {
    FACT_BASE: "psfacts.model.FactBase",
    "countries": "psfacts.answers.countries.Countries",
    "country": "psfacts.answers.country.Profile",
    "indicators": "psfacts.answers.indicators.Indicators",
    "compare": "psfacts.answers.compare.Comparison",
    "timeline": "psfacts.answers.timeline.Timeline",
    "about": "psfacts.answers.about.About",
    "search": "psfacts.answers.search.Search",
    "fact": "psfacts.answers.fact.FactRecords",
    "errata": "psfacts.answers.errata.Errata",
    "coverage": "psfacts.answers.coverage.Coverage",
    "verify": "psfacts.answers.verify.Verification",
    "cite": "psfacts.answers.cite.Citation",
    "validate": "psfacts.answers.validate.Validation",
}

NAMES = tuple(_TYPES)
"""What there is a schema of: the fact base, and the JSON of each command by the command's name."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(name: str) -> dict[str, JsonValue]:
    """Return the JSON Schema of the fact base, or of what a command answers with ``--json``.

    That of the fact base refuses unknown keys, as reading one does. Those of answers let them pass, since keys may be
    added within a ``schema_version``; all keys that they name are always there.

    Raises NotFoundError where ``name`` is none of NAMES.
    """
    if name not in _TYPES:
        suggestions = near(name, ([one] for one in NAMES))
        hint = did_you_mean(suggestions) or "try: psfacts schema"
        raise NotFoundError(f"there is no schema of {quoted(name)}", hint, suggestions)
    module, _, type_name = _TYPES[name].rpartition(".")
    model: type[BaseModel] = getattr(import_module(module), type_name)
    return _schema(name, model)


def summary(name: str) -> str:
    """Tell in a line what the schema called ``name`` is of."""
    return "the fact base, data/facts.json" if name == FACT_BASE else f"the answer of psfacts {name} --json"


def _schema(name: str, model: type[BaseModel]) -> dict[str, JsonValue]:
    from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
    from pydantic_core.core_schema import ModelSchema

    class Described(GenerateJsonSchema):
        """Takes descriptions from docstrings."""

        def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
            made = super().model_schema(schema)
            made["description"] = plain(inspect.getdoc(schema["cls"]) or "")
            described = docstrings(schema["cls"])
            for key, value in made.get("properties", {}).items():
                value.pop("title", None)
                if key in described:
                    value["description"] = described[key]
            made["required"] = list(made.get("properties", ()))
            if name != FACT_BASE:
                made.pop("additionalProperties", None)
            return made

    made = model.model_json_schema(mode="serialization", schema_generator=Described)
    title = "A psfacts fact base" if name == FACT_BASE else f"What psfacts {name} --json answers"
    return {"$schema": _DIALECT, "$id": f"urn:psfacts:schema:1:{name}", "title": title, **(made | {"title": title})}


def docstrings(model: type) -> dict[str, str]:
    """Return the docstrings under the attributes of ``model`` and of what it inherits from, by attribute."""
    found: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if base.__module__.partition(".")[0] == "psfacts":
            found |= _docstrings_of(base.__module__).get(base.__name__, {})
    return found


@cache
def _docstrings_of(module: str) -> dict[str, dict[str, str]]:
    """Return the attributes' docstrings of the classes of a module; none where its source is not at hand."""
    try:
        tree = ast.parse(inspect.getsource(import_module(module)))
    except OSError:
        return {}
    classes = (node for node in tree.body if isinstance(node, ast.ClassDef))
    return {node.name: dict(_attributes(node.body)) for node in classes}


def _attributes(body: list[ast.stmt]) -> list[tuple[str, str]]:
    return [
        (statement.target.id, plain(inspect.cleandoc(following.value.value)))
        for statement, following in pairwise(body)
        if isinstance(statement, ast.AnnAssign)
        and isinstance(statement.target, ast.Name)
        and isinstance(following, ast.Expr)
        and isinstance(following.value, ast.Constant)
        and isinstance(following.value.value, str)
    ]


def plain(docstring: str) -> str:
    """Return a docstring as text: a line a paragraph, and plain backticks for what reStructuredText marks."""
    text = re.sub(r":\w+:`~?([^`]+)`", r"`\1`", docstring).replace("``", "`")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
