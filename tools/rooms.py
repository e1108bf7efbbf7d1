"""The rooms of the house: what they import, held to their order by a test, and drawn in docs/architecture.md."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "psfacts"
PAGE = ROOT / "docs" / "architecture.md"

ROOMS = (
    *("errors", "model", "hooks", "files", "text", "article", "loading", "store", "finding", "checking"),
    *("answers", "render", "exporting", "authoring", "agents", "cli"),
)
"""In the order of the house, from the ground up; the facade and the program's start stand above all of them."""

FACADE = {"__init__.py", "__main__.py"}

DRAWN = re.compile(r"(?s)(<!-- Drawn by tools/generate\.py\. -->\n).*(<!-- End of what is drawn\. -->)")


def room_of(path: Path) -> str | None:
    """Return the room that a file of the package stands in; ``None`` for the facade."""
    relative = path.relative_to(SOURCE)
    return None if relative.as_posix() in FACADE else relative.parts[0].removesuffix(".py")


def room(module: str) -> str | None:
    """Return the room of a module of psfacts by its dotted name; ``None`` for the facade and for other packages."""
    parts = module.split(".")
    return parts[1] if parts[0] == "psfacts" and len(parts) > 1 and parts[1] in ROOMS else None


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> list[tuple[int, str]]:
    """Return what a file imports anywhere in it, the strings of dynamic imports included, each with its line."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(tree(path)):
        match node:
            case ast.Import():
                found += [(node.lineno, alias.name) for alias in node.names]
            case ast.ImportFrom(module=str(module)):
                names = (f".{alias.name}" for alias in node.names) if module == "psfacts" else ("",)
                found += [(node.lineno, f"{module}{name}") for name in names]
            case ast.Constant(value=str(text)) if text.startswith("psfacts.") and " " not in text:
                found.append((node.lineno, text))
    return found


def module_of(path: Path) -> str:
    """Return the dotted name of the module in a file of the package."""
    return ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__")


def needs() -> dict[str, set[str]]:
    """Return the modules of the rooms, each with those that it imports anywhere in it.

    What a module takes from its own package is left out, and what type checkers alone read: nothing runs by that.
    """
    found: dict[str, set[str]] = {module_of(path): set() for path in sorted(SOURCE.rglob("*.py")) if room_of(path)}
    for path in filter(room_of, SOURCE.rglob("*.py")):
        own = module_of(path)
        for node in at_run_time(tree(path)):
            wanted: set[str] = set()
            if isinstance(node, ast.Import):
                wanted = {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names = (f"{node.module}.{alias.name}" for alias in node.names)
                wanted = {name if name in found else str(node.module) for name in names}
            found[own] |= {name for name in found.keys() & wanted if not own.startswith(f"{name}.")}
    return found


def at_run_time(node: ast.AST) -> Iterator[ast.AST]:
    """Return a node and all below it, except what only type checkers read."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"):
            yield from at_run_time(child)


@cache
def arrows() -> dict[str, set[str]]:
    """Return the rooms that there are, each with those that it imports, in the order of the house."""
    found: dict[str, set[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        if own := room_of(path):
            found.setdefault(own, set()).update(other for _, name in imported(path) if (other := room(name)))
    return {name: found[name] - {name} for name in ROOMS if name in found}


def below(name: str) -> set[str]:
    """Return all rooms that a room rests on, its neighbours' neighbours too."""
    return arrows()[name].union(*map(below, arrows()[name]))


def nearest(name: str) -> list[str]:
    """Return the rooms that a room imports and that none of the others which it imports rests on."""
    implied: set[str] = set().union(*map(below, arrows()[name]))
    return [other for other in arrows() if other in arrows()[name] - implied]


def purpose(name: str) -> str:
    """Return the first line of a room's docstring."""
    path = SOURCE / name / "__init__.py"
    text = (path if path.exists() else SOURCE / f"{name}.py").read_text(encoding="utf-8")
    return (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0].replace("``", "`")


def picture() -> str:
    """Return the rooms as a Mermaid chart, with the arrows that others do not imply, and as a table with all."""
    names = list(arrows())
    chart = [f"    {name} --> {other}" for name in reversed(names) for other in reversed(nearest(name))]
    rows = [
        f"| `{name}` | {purpose(name)} | {', '.join(other for other in names if other in arrows()[name]) or '–'} |"
        for name in reversed(names)
    ]
    return "\n".join(
        ["```mermaid", "flowchart TD", *chart, "```", "", "| room | what it is | imports |", "|---|---|---|", *rows, ""]
    )


def files() -> dict[Path, str | None]:
    """Return docs/architecture.md with the picture as the code is now."""
    text = PAGE.read_text(encoding="utf-8")
    return {PAGE: DRAWN.sub(lambda marks: f"{marks[1]}\n{picture()}\n{marks[2]}", text)}
