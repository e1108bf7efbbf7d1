"""The rooms of the house, from the ground up: none imports one above it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "psfacts"

ROOMS = (
    *("errors", "model", "hooks", "files", "text", "article", "loading", "store", "finding", "checking"),
    *("answers", "render", "exporting", "authoring", "agents", "cli"),
)
"""In the order of the house; the facade and the program's start stand above all of them."""

FACADE = {"__init__.py", "__main__.py"}


def _room(module: str) -> str | None:
    """Return the room of a module of psfacts by its dotted name, ``None`` for the facade and for other packages."""
    parts = module.split(".")
    return parts[1] if parts[0] == "psfacts" and len(parts) > 1 and parts[1] in ROOMS else None


def _imported(path: Path) -> Iterator[tuple[int, str]]:
    """Return what a file imports anywhere in it, the strings of dynamic imports included, each with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import():
                yield from ((node.lineno, alias.name) for alias in node.names)
            case ast.ImportFrom(module=str(module)):
                names = (f".{alias.name}" for alias in node.names) if module == "psfacts" else ("",)
                yield from ((node.lineno, f"{module}{name}") for name in names)
            case ast.Constant(value=str(text)) if text.startswith("psfacts.") and " " not in text:
                yield node.lineno, text


FILES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_room_imports_one_above_it(path: Path) -> None:
    relative = path.relative_to(SOURCE)
    if relative.name in FACADE and len(relative.parts) == 1:
        return
    own = relative.parts[0].removesuffix(".py")
    assert own in ROOMS
    above = {
        f"{relative.as_posix()}:{line}: {module}"
        for line, module in _imported(path)
        if (room := _room(module)) and ROOMS.index(room) > ROOMS.index(own)
    }
    assert above == set()


def test_only_commands_use_the_facade() -> None:
    users = {
        path.relative_to(SOURCE).parts[0]
        for path in FILES
        for _, module in _imported(path)
        if module == "psfacts" or (module.startswith("psfacts.") and _room(module) is None)
    }
    assert users <= {"cli", "agents", *FACADE}
