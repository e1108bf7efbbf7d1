"""The JSON Schemas, against the data and against what commands really answer."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Annotated

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import JsonValue, StringConstraints, TypeAdapter, ValidationError

from conftest import BUILT_IN, CALLS, FICTION, Call, Cli
from psfacts import model
from psfacts.answers.country import Profile
from psfacts.answers.schema import FACT_BASE, NAMES, schema
from psfacts.cli import main
from psfacts.cli.app import COMMANDS
from psfacts.model import Observation
from schemas import docstrings, plain

ROOT = Path(__file__).parents[1]
LATER = {"shared_names", "title", "replaces", "topics", "license"}
"""Fields that older fact bases lack."""

WITHOUT_AN_ANSWER = {"browse", "schema", "export", "mcp", "skill"}


@cache
def validator(name: str) -> Draft202012Validator:
    """Return an independent validator that lets no unknown keys pass."""
    shut = closed(schema(name))
    assert isinstance(shut, dict)
    return Draft202012Validator(shut, format_checker=FormatChecker())


def problems(name: str, document: JsonValue) -> list[str]:
    """Return what an independent validator finds wrong with ``document``, unknown keys included."""
    return [f"{error.json_path}: {error.message}" for error in validator(name).iter_errors(document)]


def closed(node: JsonValue) -> JsonValue:
    """Return a schema that lets no key pass which it does not name."""
    if isinstance(node, list):
        return [closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    shut = {"additionalProperties": False} if isinstance(node.get("properties"), dict) else {}
    return {**shut, **{key: closed(value) for key, value in node.items()}}


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one_of_the_2020_12_dialect(name: str) -> None:
    made = schema(name)
    assert made["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(made)


def test_every_command_that_answers_has_a_schema() -> None:
    assert {*NAMES} == {FACT_BASE, *COMMANDS} - WITHOUT_AN_ANSWER


def test_every_schema_is_tried_on_a_real_answer() -> None:
    assert {call.command for call in CALLS} == {*NAMES} - {FACT_BASE}


@pytest.mark.parametrize("path", [BUILT_IN, FICTION / "facts.json"], ids=["built-in", "fiction"])
def test_fact_bases_are_valid(path: Path) -> None:
    assert problems(FACT_BASE, json.loads(path.read_bytes())) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"unknown": 1}, "$: Additional properties are not allowed ('unknown' was unexpected)"),
        ({"schema_version": 2}, "$.schema_version: 1 was expected"),
        ({"sources": []}, "$.sources: [] should be non-empty"),
    ],
)
def test_the_schema_of_the_fact_base_refuses_what_reading_refuses(change: dict[str, JsonValue], problem: str) -> None:
    base = json.loads((FICTION / "facts.json").read_bytes())
    open_to_keys = Draft202012Validator(schema(FACT_BASE))
    assert [f"{error.json_path}: {error.message}" for error in open_to_keys.iter_errors(base | change)] == [problem]


def test_answers_are_valid(cli: Cli, call: Call) -> None:
    assert problems(call.command, json.loads(cli(*call.arguments, "--json", code=call.code).stdout)) == []


def test_a_draft_is_no_fact_base_and_what_is_said_of_it_is_valid(cli: Cli) -> None:
    said = cli("validate", str(FICTION / "draft.json"), "--json", code=4).stdout
    assert problems("validate", json.loads(said)) == []


def test_answers_over_the_built_in_base_are_valid(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PSFACTS_DATA", raising=False)
    for asked in (["countries"], ["country", "moldova"], ["compare", "remittances"], ["timeline"], ["errata"]):
        assert main([*asked, "--json"]) == 0
        assert problems(asked[0], json.loads(capsys.readouterr().out)) == []


@pytest.mark.parametrize("name", NAMES)
def test_all_that_a_schema_names_is_described_and_always_there(name: str) -> None:
    made = schema(name)
    definitions = made.get("$defs", {})
    assert isinstance(definitions, dict)
    for title, one in {**definitions, name: made}.items():
        assert isinstance(one, dict)
        if isinstance(properties := one.get("properties"), dict):
            assert one["description"]
            assert [
                key for key, value in properties.items() if isinstance(value, dict) and "description" not in value
            ] == []
            required = one["required"]
            assert isinstance(required, list)
            optional = [key for key in properties if key not in required]
            assert set(optional) <= (LATER if name == FACT_BASE else set()), title


def test_answers_may_gain_keys_and_fact_bases_may_not() -> None:
    assert '"additionalProperties": false' not in json.dumps(schema("country"))
    assert '"additionalProperties": false' in json.dumps(schema(FACT_BASE))


def test_descriptions_are_the_docstrings_of_attributes() -> None:
    assert docstrings(Profile)["country"] == "The country."
    assert docstrings(Profile)["schema_version"] == "Version of the shape."
    assert docstrings(Observation)["standing"] == "Who stands behind it."


def test_descriptions_are_plain_text() -> None:
    assert plain("One of :data:`psfacts.article.copy.READINGS`,\nsuch as ``exact``.\n\nMore.") == (
        "One of `psfacts.article.copy.READINGS`, such as `exact`.\n\nMore."
    )


@pytest.mark.parametrize("name", NAMES)
def test_no_schema_tells_of_modules_of_the_program(name: str) -> None:
    assert re.findall(r"psfacts(?:\.|__)\w+", json.dumps(schema(name))) == []


def test_the_command_prints_a_schema(cli: Cli) -> None:
    assert json.loads(cli("schema", "country").stdout) == schema("country")


def test_the_command_lists_what_there_is(cli: Cli) -> None:
    lines = cli("schema").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(NAMES)
    assert lines[0] == "fact-base   the fact base, data/facts.json"


def test_an_unknown_schema_offers_the_nearest(cli: Cli) -> None:
    done = cli("schema", "countrie", code=3)
    assert done.stdout == ""
    assert done.stderr.startswith("psfacts: there is no schema of 'countrie' (did you mean countr")


def test_completion_offers_schemas(cli: Cli) -> None:
    env = {"_PSFACTS_COMPLETE": "complete_bash", "COMP_WORDS": "psfacts schema co", "COMP_CWORD": "2"}
    assert cli(env=env).stdout.split() == ["countries", "country", "compare", "coverage"]


JAVA = """
import java.nio.file.*; import java.util.regex.*;
public class Patterns { public static void main(String[] given) throws Exception {
    String[] patterns = Files.readString(Path.of(given[0])).split("\\u0000");
    for (String text : Files.readString(Path.of(given[1])).split("\\u0000", -1)) {
        for (String pattern : patterns) System.out.print(Pattern.compile(pattern).matcher(text).find() ? 1 : 0);
        System.out.println();
    }
} }
"""
SCRIPT = """
const [patterns, texts] = process.argv.slice(1).map(name => require("fs").readFileSync(name, "utf8").split("\\0"));
for (const text of texts) console.log(patterns.map(one => new RegExp(one, FLAGS).test(text) ? 1 : 0).join(""));
"""


def patterns_in(node: JsonValue) -> set[str]:
    """Return all patterns of a schema."""
    if isinstance(node, list):
        return {found for item in node for found in patterns_in(item)}
    if not isinstance(node, dict):
        return set()
    own = {node["pattern"]} if isinstance(node.get("pattern"), str) else set()
    return {str(one) for one in own} | {found for item in node.values() for found in patterns_in(item)}


PATTERNS = sorted(patterns_in(schema(FACT_BASE)))
ENDS = ("", "\n", "\r", "\u2028", "\u0085", "\x1c", "\ufeff", "\u200b", "\u00a0", "\u3000", " ", "é", "😀", "x", "-")
TEXTS = [
    f"{start}{word}{end}"
    for start in ENDS
    for word in ("", "a", "a-b", "1.0", "Q1", "MD", "051", "2022-06-20", "0" * 64, "a" * 4000, "a" + "-a" * 5000)
    for end in ENDS
]


@cache
def read_by_pydantic(pattern: str) -> TypeAdapter[str]:
    """Return the type of the texts that a pattern lets in, in the dialect of pydantic."""
    own = pattern.replace(r"(?![\s\S])", "$").replace("){0,99}", ")*")
    return TypeAdapter(Annotated[str, StringConstraints(pattern=own)])


@cache
def accepted(pattern: str, text: str) -> bool:
    """Return whether pydantic, whose dialect validate follows, accepts a text."""
    try:
        read_by_pydantic(pattern).validate_python(text)
    except ValidationError:
        return False
    return len(text) <= 100 or "{0,99}" not in pattern  # which is for what has at most so many characters


@pytest.mark.parametrize("dialect", ["Python", "ECMA", "ECMA with u", pytest.param("Java", marks=pytest.mark.slow)])
def test_patterns_say_the_same_in_every_dialect(dialect: str, tmp_path: Path) -> None:
    texts = [text for text in TEXTS if len(text) <= 100 or dialect == "Java"]
    (tmp_path / "patterns").write_text("\0".join(PATTERNS), encoding="utf-8")
    (tmp_path / "texts").write_bytes("\0".join(texts).encode())
    files = [str(tmp_path / "patterns"), str(tmp_path / "texts")]
    if dialect == "Python":
        found = ["".join(str(int(bool(re.search(one, text)))) for one in PATTERNS) for text in texts]
    else:
        program = shutil.which("java" if dialect == "Java" else "node")
        if program is None:
            pytest.skip(f"nothing on this machine runs {dialect}")
        (tmp_path / "Patterns.java").write_text(JAVA, encoding="utf-8")
        script = SCRIPT.replace("FLAGS", '"u"' if dialect.endswith("u") else '""')
        command = ["-Xss1m", str(tmp_path / "Patterns.java")] if dialect == "Java" else ["-e", script]
        done = subprocess.run([program, *command, *files], capture_output=True, encoding="utf-8", check=True)
        found = done.stdout.splitlines()
    short = [(text, row) for text, row in zip(texts, found, strict=True) if len(text) <= 100]
    assert [row for _, row in short] == [
        "".join(str(int(accepted(one, text))) for one in PATTERNS) for text, _ in short
    ]


def test_only_fields_that_came_later_have_a_default() -> None:
    records = [
        record for record in vars(model).values() if isinstance(record, type) and issubclass(record, model.Record)
    ]
    assert len(records) > 10
    optional = {key for record in records for key, field in record.model_fields.items() if not field.is_required()}
    assert optional == LATER
