"""Write docs/schema, the JSON Schemas that ``psfacts schema`` prints; ``--check`` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

from psfacts.answers.schema import NAMES, schema
from psfacts.render.json import document

FOLDER = Path(__file__).parents[1] / "docs" / "schema"


def pages() -> dict[Path, str]:
    """Return the content of every file."""
    return {FOLDER / f"{name}.json": document(schema(name)) for name in NAMES}


def run(check: bool) -> int:
    """Write the files, or tell whether they are as the program has them."""
    made = pages()
    present = {path: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    if check:
        stale = sorted(path.name for path in made.keys() | present.keys() if made.get(path) != present.get(path))
        if stale:
            print(
                f"docs/schema is not what the models say ({', '.join(stale)}): run python tools/schema.py",
                file=sys.stderr,
            )
        return 1 if stale else 0
    FOLDER.mkdir(exist_ok=True)
    for path in present.keys() - made.keys():
        path.unlink()
    for path, text in made.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(run("--check" in sys.argv[1:]))
