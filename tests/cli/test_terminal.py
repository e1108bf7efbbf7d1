"""What the program does on a real terminal: the pager, colour of help and errors, and their layout."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Thread
from unittest.mock import patch

import pytest

from conftest import TAMPERED, Cli, environment, program, sharing
from psfacts.cli import main
from psfacts.store.store import Store

termios = pytest.importorskip("termios", reason="Windows has no terminals of this kind")

LINES = 24

Terminal = Callable[..., tuple[str, int]]


@pytest.fixture(scope="module")
def terminal(fiction_path: Path) -> Terminal:
    """Return what starts the program on a terminal, and gives what is shown there and the exit code."""

    def run(*arguments: str, lines: int = LINES, **variables: str) -> tuple[str, int]:
        with opened(lines) as (follower, shown):
            done = subprocess.run(
                [*program(), *arguments],
                env=variables_of(fiction_path, variables),
                stdin=follower,
                stdout=follower,
                stderr=follower,
                check=False,
            )
        return written(shown), done.returncode

    return run


@pytest.fixture(scope="module")
def screen(fiction_path: Path, store: Store) -> Terminal:
    """Return what calls the program in this process on a terminal; what a pager would show goes astray."""

    def run(*arguments: str, lines: int = LINES, **variables: str) -> tuple[str, int]:
        with (
            opened(lines) as (follower, shown),
            open(follower, encoding="utf-8", closefd=False) as keyboard,
            open(follower, "w", encoding="utf-8", closefd=False) as page,
            sharing(fiction_path, store),
            patch.dict(os.environ, variables_of(fiction_path, variables), clear=True),
            pytest.MonkeyPatch.context() as streams,
        ):
            for name, stream in {"stdin": keyboard, "stdout": page, "stderr": page}.items():
                streams.setattr(sys, name, stream)
                streams.setattr(sys, f"__{name}__", stream)
            code = main([*arguments])
        return written(shown), code

    return run


def variables_of(fiction_path: Path, given: dict[str, str]) -> dict[str, str]:
    """Return the environment of the program on a terminal, which tells its size itself."""
    unset = ("COLUMNS", "LINES", "PAGER", "PSFACTS_PAGER")
    kept = {name: value for name, value in environment(fiction_path).items() if name not in unset}
    return {**kept, "TERM": "xterm", **given}


@contextmanager
def opened(lines: int) -> Iterator[tuple[int, list[bytes]]]:
    """Open a terminal of 80 columns; return its end for the program, and what will have been shown on it."""
    leader, follower = os.openpty()
    termios.tcsetwinsize(follower, (lines, 80))
    shown: list[bytes] = []

    def read() -> None:
        while data := _read(leader):
            shown.append(data)

    reader = Thread(target=read)
    reader.start()
    try:
        yield follower, shown
    finally:
        os.close(follower)
        reader.join()
        os.close(leader)


def written(shown: list[bytes]) -> str:
    return b"".join(shown).decode().replace("\r\n", "\n")


@pytest.fixture(scope="module")
def timeline(screen: Terminal) -> Callable[[str], str]:
    """Return what shows the timeline on a terminal of a kind that is tall enough for it, asked once a kind."""
    return cache(lambda kind: screen("timeline", lines=500, TERM=kind)[0])


def _read(leader: int) -> bytes:
    try:
        return os.read(leader, 65536)
    except OSError:  # how Linux tells that the other end is closed
        return b""


def keeper(path: Path) -> str:
    """Return a pager that keeps what it is given."""
    return shlex.join(["cp", "/dev/stdin", str(path)])


@pytest.mark.parametrize("variable", ["PSFACTS_PAGER", "PAGER"])
def test_what_is_taller_than_the_terminal_goes_to_the_pager(
    terminal: Terminal, cli: Cli, tmp_path: Path, variable: str
) -> None:
    kept = tmp_path / "with a blank"
    shown, code = terminal("timeline", **{variable: keeper(kept)}, lines=10)
    assert (shown, code) == ("", 0)
    assert kept.read_bytes().decode() == cli("timeline", "--color", "always").stdout


def test_the_program_s_own_pager_comes_first(screen: Terminal, tmp_path: Path) -> None:
    own, usual = tmp_path / "own", tmp_path / "usual"
    screen("timeline", lines=5, PSFACTS_PAGER=keeper(own), PAGER=keeper(usual))
    assert own.exists()
    assert not usual.exists()


def test_help_and_every_format_are_paged_too(screen: Terminal, tmp_path: Path) -> None:
    for number, words in enumerate((["--help"], ["country", "corvia", "--json"], ["errata", "-f", "csv"])):
        kept = tmp_path / str(number)
        assert screen(*words, lines=5, PSFACTS_PAGER=keeper(kept)) == ("", 0)
        assert kept.stat().st_size


def test_there_is_no_pager_for_what_fits(screen: Terminal, tmp_path: Path) -> None:
    shown, _ = screen("timeline", lines=500, PSFACTS_PAGER=keeper(tmp_path / "kept"))
    assert shown
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize(
    ("arguments", "variables"),
    [
        (("timeline", "--no-pager"), {}),
        (("--no-pager", "timeline"), {}),
        (("timeline",), {"PSFACTS_PAGER": ""}),
        (("timeline",), {"PSFACTS_PAGER": " "}),
        (("timeline",), {"PSFACTS_PAGER": "/nowhere/pager"}),
        (("timeline",), {"PSFACTS_PAGER": "'"}),
        (("timeline",), {"TERM": "dumb"}),
    ],
)
def test_without_a_pager_all_is_printed(
    screen: Terminal,
    timeline: Callable[[str], str],
    tmp_path: Path,
    arguments: tuple[str, ...],
    variables: dict[str, str],
) -> None:
    full = timeline(variables.get("TERM", "xterm"))
    kept = tmp_path / "kept"
    assert screen(*arguments, **{"PAGER": keeper(kept), **variables}, lines=5) == (full, 0)
    assert not kept.exists()


def test_no_shell_runs_the_pager(screen: Terminal, tmp_path: Path) -> None:
    run = tmp_path / "run"
    screen("timeline", lines=5, PSFACTS_PAGER=f"cat $(touch {run}) ; touch {run} | touch {run}")
    assert not run.exists()


def test_who_leaves_the_pager_early_has_seen_enough(terminal: Terminal) -> None:
    shown, code = terminal("country", "corvia", "--json", lines=5, PSFACTS_PAGER="head -n 1")
    assert (shown, code) == ("{\n", 0)


def test_the_pager_leaves_the_exit_code(screen: Terminal, tmp_path: Path) -> None:
    _, code = screen("verify", TAMPERED, lines=5, PSFACTS_PAGER=keeper(tmp_path / "kept"))
    assert code == 6
    assert (tmp_path / "kept").exists()


def test_a_pipe_has_no_pager(cli: Cli, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    done = cli("timeline", env={"PSFACTS_PAGER": keeper(kept), "LINES": "3"})
    assert done.stdout
    assert not kept.exists()


def test_an_error_on_a_terminal_is_red_and_its_remedy_stands_below(terminal: Terminal, screen: Terminal) -> None:
    said = "no country is called 'belmarra'\n  did you mean Belmara?\n"
    for shows in (terminal, screen):
        assert shows("country", "belmarra") == (f"\x1b[1;31mpsfacts:\x1b[0m {said}", 3)
    assert screen("country", "belmarra", NO_COLOR="1") == (f"psfacts: {said}", 3)
    assert screen("country", "belmarra", "--color", "never") == (f"psfacts: {said}", 3)


def test_help_on_a_terminal_is_in_colour_and_says_the_same(terminal: Terminal, screen: Terminal, cli: Cli) -> None:
    assert terminal("--help", lines=500) == screen("--help", lines=500)
    for words in ((), ("--help",), ("country", "-h"), ("author", "build", "--help")):
        shown, code = screen(*words, lines=500)
        assert code == 0
        assert "\x1b[" in shown
        assert re.sub(r"\x1b\[[0-9;]*m", "", shown) == cli(*words).stdout
        assert "\x1b" not in screen(*words, lines=500, NO_COLOR="1")[0]
    assert "\x1b" not in screen("--help", "--color", "never", lines=500)[0]
