"""The recipes, each run as it stands."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import FICTION, environment, program

PAGE = (Path(__file__).parents[1] / "docs" / "recipes.md").read_text(encoding="utf-8")
SHELL = re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
PYTHON = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def kitchen(tmp_path: Path) -> Path:
    """Return a folder with two fact bases, and with a choice that always falls on the first line after the head."""
    (tmp_path / "bin").mkdir()
    stand_ins = {"psfacts": f'exec {" ".join(program())} "$@"', "fzf": "sed -n 2p"}
    for name, line in stand_ins.items():
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    shutil.copy(FICTION / "facts.json", tmp_path / "coast.json")
    other = json.loads((FICTION / "facts.json").read_bytes())
    text = json.dumps(other).replace("coast-2031", "coast-2032")
    (tmp_path / "other.json").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("jq") is None, reason="a recipe needs jq")
@pytest.mark.parametrize("recipe", SHELL)
def test_a_recipe_gives_what_it_says(recipe: str, kitchen: Path) -> None:
    env = environment(Path(__file__).parents[1] / "data" / "facts.json")
    env["PATH"] = f"{kitchen / 'bin'}:{env['PATH']}"
    done = subprocess.run(
        ["/bin/sh", "-ec", recipe], cwd=kitchen, env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    written = re.findall(r"^wrote (\S+)$", done.stdout, re.MULTILINE)
    named = re.findall(r"(?:-o|export) (\S+)", recipe)
    assert written == named
    assert all((kitchen / name).stat().st_size > 500 for name in written)
    assert written or len(done.stdout.splitlines()) >= 3


@pytest.mark.parametrize("recipe", PYTHON)
def test_a_recipe_in_python_runs(recipe: str) -> None:
    made: dict[str, object] = {}
    exec(recipe, made)  # noqa: S102 -- our own words
    assert made["rows"] == [("Tajikistan", 30), ("Kyrgyzstan", 28), ("Uzbekistan", 11)]
