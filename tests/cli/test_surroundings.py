"""Answers do not depend on the process around them: not on its locale, its time zone or its working directory."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import FICTION, environment

SCRIPT = """
import locale, sys
locale.setlocale(locale.LC_ALL, sys.argv[1])
from conftest import ARTICLE, CALLS
from psfacts.cli import main
for call in CALLS:
    main([*call.arguments])
main(["verify", ARTICLE, "--json"])
main(["timeline", "--format", "csv"])
for style in ("plain", "bibtex", "csl-json"):
    main(["cite", "coast-2031", "--style", style])
"""


def answers(name: str, folder: Path, **variables: str) -> str:
    """Return what all commands print in a program that sets the locale ``name`` before it loads psfacts."""
    env = {**environment(FICTION / "facts.json"), "PYTHONPATH": str(FICTION.parent), **variables}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, name], env=env, cwd=folder, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def usual() -> str:
    said = answers("C", FICTION)
    assert len(said) > 10_000
    return said


@pytest.mark.slow
@pytest.mark.parametrize("language", ["de_DE", "tr_TR", "fa_IR"])
def test_the_locale_of_the_host_program_changes_no_answer(usual: str, tmp_path: Path, language: str) -> None:
    localedef = shutil.which("localedef")
    if not localedef:
        pytest.skip("no localedef on this machine")
    made = [localedef, "-i", language, "-f", "UTF-8", str(tmp_path / f"{language}.UTF-8")]
    if subprocess.run(made, capture_output=True, check=False).returncode > 1:
        pytest.skip(f"no sources of the locale {language} on this machine")
    assert answers(f"{language}.UTF-8", tmp_path, LOCPATH=str(tmp_path)) == usual


@pytest.mark.slow
def test_the_time_zone_and_the_folder_change_no_answer(usual: str, tmp_path: Path) -> None:
    assert answers("C", tmp_path, TZ="Pacific/Kiritimati") == usual
