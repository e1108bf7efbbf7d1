"""What the program does on a real terminal: the pager, colour of help and errors, and their layout."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import Thread

import pytest

from conftest import TAMPERED, Cli, environment, program

termios = pytest.importorskip("termios", reason="Windows has no terminals of this kind")

LINES = 24

Terminal = Callable[..., tuple[str, int]]


@pytest.fixture(scope="module")
def terminal(fiction_path: Path) -> Terminal:
    """Return what runs the program on a terminal, and gives what is shown there and the exit code."""

    def run(*arguments: str, lines: int = LINES, **variables: str) -> tuple[str, int]:
        leader, follower = os.openpty()
        termios.tcsetwinsize(follower, (lines, 80))
        unset = ("COLUMNS", "LINES", "PAGER", "PSFACTS_PAGER")
        kept = {name: value for name, value in environment(fiction_path).items() if name not in unset}
        shown: list[bytes] = []

        def read() -> None:
            while data := _read(leader):
                shown.append(data)

        reader = Thread(target=read)
        reader.start()
        done = subprocess.run(
            [*program(), *arguments],
            env={**kept, "TERM": "xterm", **variables},
            stdin=follower,
            stdout=follower,
            stderr=follower,
            check=False,
        )
        os.close(follower)
        reader.join()
        os.close(leader)
        return b"".join(shown).decode().replace("\r\n", "\n"), done.returncode

    return run


@pytest.fixture(scope="module")
def timeline(terminal: Terminal) -> Callable[[str], str]:
    """Return what shows the timeline on a terminal of a kind that is tall enough for it, asked once a kind."""
    return cache(lambda kind: terminal("timeline", lines=500, TERM=kind)[0])


def _read(leader: int) -> bytes:
    try:
        return os.read(leader, 65536)
    except OSError:  # how Linux tells that the other end is closed
        return b""


def pager(code: str, *words: str) -> str:
    """Return a pager that runs ``code`` in Python."""
    return shlex.join([sys.executable, "-c", code, *words])


KEEPS = "import sys, pathlib; pathlib.Path(sys.argv[1]).write_bytes(sys.stdin.buffer.read())"


@pytest.mark.parametrize("variable", ["PSFACTS_PAGER", "PAGER"])
def test_what_is_taller_than_the_terminal_goes_to_the_pager(
    terminal: Terminal, cli: Cli, tmp_path: Path, variable: str
) -> None:
    kept = tmp_path / "with a blank"
    shown, code = terminal("timeline", **{variable: pager(KEEPS, str(kept))}, lines=10)
    assert (shown, code) == ("", 0)
    assert kept.read_bytes().decode() == cli("timeline", "--color", "always").stdout


def test_the_program_s_own_pager_comes_first(terminal: Terminal, tmp_path: Path) -> None:
    own, usual = tmp_path / "own", tmp_path / "usual"
    terminal("timeline", lines=5, PSFACTS_PAGER=pager(KEEPS, str(own)), PAGER=pager(KEEPS, str(usual)))
    assert own.exists()
    assert not usual.exists()


def test_help_and_every_format_are_paged_too(terminal: Terminal, tmp_path: Path) -> None:
    for number, words in enumerate((["--help"], ["country", "corvia", "--json"], ["errata", "-f", "csv"])):
        kept = tmp_path / str(number)
        assert terminal(*words, lines=5, PSFACTS_PAGER=pager(KEEPS, str(kept))) == ("", 0)
        assert kept.stat().st_size


def test_there_is_no_pager_for_what_fits(terminal: Terminal, tmp_path: Path) -> None:
    shown, _ = terminal("timeline", lines=500, PSFACTS_PAGER=pager(KEEPS, str(tmp_path / "kept")))
    assert shown
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize(
    ("arguments", "variables"),
    [
        (("timeline", "--no-pager"), {}),
        pytest.param(("--no-pager", "timeline"), {}, marks=pytest.mark.slow),
        (("timeline",), {"PSFACTS_PAGER": ""}),
        pytest.param(("timeline",), {"PSFACTS_PAGER": " "}, marks=pytest.mark.slow),
        (("timeline",), {"PSFACTS_PAGER": "/nowhere/pager"}),
        pytest.param(("timeline",), {"PSFACTS_PAGER": "'"}, marks=pytest.mark.slow),
        (("timeline",), {"TERM": "dumb"}),
    ],
)
def test_without_a_pager_all_is_printed(
    terminal: Terminal,
    timeline: Callable[[str], str],
    tmp_path: Path,
    arguments: tuple[str, ...],
    variables: dict[str, str],
) -> None:
    full = timeline(variables.get("TERM", "xterm"))
    kept = tmp_path / "kept"
    assert terminal(*arguments, **{"PAGER": pager(KEEPS, str(kept)), **variables}, lines=5) == (full, 0)
    assert not kept.exists()


def test_no_shell_runs_the_pager(terminal: Terminal, tmp_path: Path) -> None:
    run = tmp_path / "run"
    terminal("timeline", lines=5, PSFACTS_PAGER=f"cat $(touch {run}) ; touch {run} | touch {run}")
    assert not run.exists()


def test_who_leaves_the_pager_early_has_seen_enough(terminal: Terminal) -> None:
    shown, code = terminal("country", "corvia", "--json", lines=5, PSFACTS_PAGER=pager("print(input())"))
    assert (shown, code) == ("{\n", 0)


def test_the_pager_leaves_the_exit_code(terminal: Terminal, tmp_path: Path) -> None:
    _, code = terminal("verify", TAMPERED, lines=5, PSFACTS_PAGER=pager(KEEPS, str(tmp_path / "kept")))
    assert code == 6
    assert (tmp_path / "kept").exists()


def test_a_pipe_has_no_pager(process: Cli, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    done = process("timeline", env={"PSFACTS_PAGER": pager(KEEPS, str(kept)), "LINES": "3"})
    assert done.stdout
    assert not kept.exists()


def test_an_error_on_a_terminal_is_red_and_its_remedy_stands_below(terminal: Terminal) -> None:
    said = "no country is called 'belmarra'\n  did you mean Belmara?\n"
    assert terminal("country", "belmarra") == (f"\x1b[1;31mpsfacts:\x1b[0m {said}", 3)
    assert terminal("country", "belmarra", NO_COLOR="1") == (f"psfacts: {said}", 3)
    assert terminal("country", "belmarra", "--color", "never") == (f"psfacts: {said}", 3)


def test_help_on_a_terminal_is_in_colour_and_says_the_same(terminal: Terminal, cli: Cli) -> None:
    for words in ((), ("--help",), ("country", "-h"), ("author", "build", "--help")):
        shown, code = terminal(*words, lines=500)
        assert code == 0
        assert "\x1b[" in shown
        assert re.sub(r"\x1b\[[0-9;]*m", "", shown) == cli(*words).stdout
        assert "\x1b" not in terminal(*words, lines=500, NO_COLOR="1")[0]
    assert "\x1b" not in terminal("--help", "--color", "never", lines=500)[0]
