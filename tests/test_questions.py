"""What belongs to every question, and where: what CONTRIBUTING says of a new command."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import psfacts
from conftest import CALLS
from psfacts.answers import QUESTIONS, Modules
from psfacts.answers.answer import Answer
from psfacts.cli.app import COMMANDS, Program, below
from psfacts.cli.options import Answering

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "psfacts"


def has(module: str, name: str) -> bool:
    """Return whether a module of psfacts is there and defines a public name."""
    path = PACKAGE.joinpath(*module.split(".")).with_suffix(".py")
    return path.exists() and callable(getattr(import_module(f"psfacts.{module}"), name, None))


def answered() -> set[str]:
    """Return the names of the commands that give an answer."""
    return {name for name, command in below(Program).items() if issubclass(command, Answering) and not command.sections}


def types(module: str) -> set[str]:
    """Return the commands of the types of answers in a module of ``answers``."""
    if not (PACKAGE / "answers" / f"{module}.py").exists():
        return set()
    found = vars(import_module(f"psfacts.answers.{module}")).values()
    return {kind.command for kind in found if isinstance(kind, type) and issubclass(kind, Answer) and kind.command}


@cache
def imported() -> set[tuple[str, str]]:
    """Return the public names that the facade imports for type checkers, with their modules."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    found = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    names = {(str(node.module), alias.name) for node in found for alias in node.names}
    return {(module, name) for module, name in names if name in psfacts.__all__}


def missing(name: str, modules: Modules) -> Iterator[str]:
    """Say what a question lacks, and where it belongs."""
    answer, page = modules
    if not has(f"answers.{answer}", name):
        yield f"src/psfacts/answers/{answer}.py has no function {name}"
    if name not in types(answer):
        yield f"src/psfacts/answers/{answer}.py has no type of answers whose command is {name}"
    if (f"psfacts.answers.{answer}", name) not in imported():
        yield f"src/psfacts/__init__.py does not import {name} for type checkers, or does not list it in __all__"
    if name not in COMMANDS:
        yield f"src/psfacts/cli has no command {name}"
    if not has(f"render.pages.{page}", name):
        yield f"src/psfacts/render/pages/{page}.py has no function {name}, the page for people"
    if not has("render.rows.answers", name):
        yield f"src/psfacts/render/rows/answers.py has no function {name}, the tables of the flat formats"
    if not (ROOT / "docs" / "schema" / f"{name}.json").exists():
        yield f"docs/schema/{name}.json is not there: run python tools/generate.py schema"
    if name not in {call.command for call in CALLS}:
        yield f"tests/conftest.py has no Call of {name}"


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_has_all_that_belongs_to_it(name: str) -> None:
    said = "\n".join(missing(name, QUESTIONS[name]))
    assert not said, said


def test_what_a_new_question_lacks_is_said_in_words() -> None:
    places = ("answers/new.py", "answers/new.py", "__init__.py", "cli", "render/pages/new.py", "render/rows/answers.py")
    said = list(missing("new", Modules("new", "new")))
    assert [line.split()[0] for line in said[: len(places)]] == [f"src/psfacts/{place}" for place in places]
    assert [line.split()[0] for line in said[len(places) :]] == ["docs/schema/new.json", "tests/conftest.py"]


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ("src/psfacts/cli has commands", answered),
        (
            "src/psfacts/answers has types of answers",
            lambda: set().union(*(types(path.stem) for path in (PACKAGE / "answers").glob("*.py"))) - {"answer"},
        ),
    ],
)
def test_no_question_is_left_out_of_the_register(where: str, names: Callable[[], set[str]]) -> None:
    left_out = ", ".join(sorted(names() - set(QUESTIONS)))
    assert not left_out, f"{where} that QUESTIONS in src/psfacts/answers/__init__.py lacks: {left_out}"
