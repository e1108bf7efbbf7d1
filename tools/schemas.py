"""The JSON Schemas of docs/schema, made of the types of the fact base and of the answers.

Descriptions are the docstrings of the types and of their attributes, read from the source.
"""

from __future__ import annotations

import ast
import inspect
import re
from functools import cache, reduce
from importlib import import_module
from itertools import pairwise
from operator import or_
from pathlib import Path

from pydantic import BaseModel, JsonValue, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import ModelSchema

from psfacts.answers import home
from psfacts.answers.answer import Answer
from psfacts.answers.schema import FACT_BASE, NAMES
from psfacts.model import FactBase
from psfacts.render.json import document

FOLDER = Path(__file__).parents[1] / "docs" / "schema"

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def files() -> dict[Path, str | None]:
    """Return all files of docs/schema; those that are of nothing any more have to go."""
    made: dict[Path, str | None] = dict.fromkeys(FOLDER.glob("*.json"))
    return {**made, **{FOLDER / f"{name}.json": document(schema(name)) for name in NAMES}}


def schema(name: str) -> dict[str, JsonValue]:
    """Return the schema of the fact base, or of the answer of a command."""
    generator = FactBaseSchema if name == FACT_BASE else AnswerSchema
    made = models_of(name).json_schema(mode="serialization", schema_generator=generator)
    title = "A psfacts fact base" if name == FACT_BASE else f"What psfacts {name} --json answers"
    head: dict[str, JsonValue] = {"$schema": DIALECT, "$id": f"urn:psfacts:schema:1:{name}", "title": title}
    return {**head, **{key: portable(value) for key, value in (made | {"title": title}).items()}}


def portable(node: JsonValue) -> JsonValue:
    """Return a part of a schema with patterns that say the same in every dialect.

    In some, ``$`` lets a line end by, and Java's stack grows with what a group repeats: all that have one are short.
    """
    if isinstance(node, list):
        return [portable(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: portable(value) for key, value in node.items()}
    if isinstance(pattern := node.get("pattern"), str) and pattern.endswith("$"):
        made["pattern"] = rf"{pattern[:-1]}(?![\s\S])".replace(")*", "){0,99}")
    return made


def models_of(name: str) -> TypeAdapter[BaseModel]:
    """Return the type that a schema is made of: of an answer, any of those that its command gives."""
    if name == FACT_BASE:
        return TypeAdapter(FactBase)
    types = [found for found in vars(import_module(home(name))).values() if inspect.isclass(found)]
    first, *others = (found for found in types if issubclass(found, Answer) and found.command == name)
    return TypeAdapter(reduce(or_, others, first))


class FactBaseSchema(GenerateJsonSchema):
    """Takes descriptions from docstrings, and requires the keys that have no default."""

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        """Return the schema of one type."""
        made = super().model_schema(schema)
        made["description"] = plain(inspect.getdoc(schema["cls"]) or "")
        described = docstrings(schema["cls"])
        for key, value in made.get("properties", {}).items():
            value.pop("title", None)
            if key in described:
                value["description"] = described[key]
        fields = schema["cls"].model_fields
        made["required"] = [key for key in made.get("properties", ()) if fields[key].is_required()]
        return made


class AnswerSchema(FactBaseSchema):
    """Requires every key, since each is always written, and lets unknown ones pass, since answers may gain some."""

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        """Return the schema of one type."""
        made = super().model_schema(schema)
        made["required"] = list(made.get("properties", ()))
        made.pop("additionalProperties", None)
        return made


def docstrings(model: type) -> dict[str, str]:
    """Return the docstrings under the attributes of ``model`` and of what it inherits from, by attribute."""
    found: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if base.__module__.partition(".")[0] == "psfacts":
            found |= _docstrings_of(base.__module__).get(base.__name__, {})
    return found


@cache
def _docstrings_of(module: str) -> dict[str, dict[str, str]]:
    """Return the attributes' docstrings of the classes of a module."""
    tree = ast.parse(inspect.getsource(import_module(module)))
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
