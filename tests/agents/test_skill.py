"""The skill: where tools look for it, and its examples as they run."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from conftest import BUILT_IN, Cli, environment, posix, program

SKILL = files("psfacts").joinpath(".agents/skills/psfacts/SKILL.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\$ (.+)\n((?:[^$`].*\n)+)", SKILL, re.MULTILINE)


def test_the_command_prints_it(cli: Cli) -> None:
    assert cli("skill").stdout == SKILL


def test_it_is_short_and_says_its_name_and_when_to_use_it() -> None:
    head, _, _ = SKILL.removeprefix("---\n").partition("---\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    assert fields["name"] == "psfacts"
    assert 100 < len(fields["description"]) <= 1024
    assert len(SKILL.splitlines()) < 120


@posix
@pytest.mark.slow
@pytest.mark.skipif(shutil.which("jq") is None, reason="the examples need jq")
@pytest.mark.parametrize(("command", "printed"), EXAMPLES)
def test_its_examples_print_what_they_show(command: str, printed: str, tmp_path: Path) -> None:
    (tmp_path / "psfacts").write_text(f'#!/bin/sh\nexec {" ".join(program())} "$@"\n', encoding="utf-8")
    (tmp_path / "psfacts").chmod(0o755)
    env = environment(BUILT_IN)
    env["PATH"] = f"{tmp_path}:{env['PATH']}"
    done = subprocess.run(["/bin/sh", "-c", command], env=env, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == printed
