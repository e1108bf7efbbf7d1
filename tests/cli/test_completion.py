"""What TAB offers, and that no shell runs or draws any of it."""

from __future__ import annotations

import json
import os
import re
import select
import shutil
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

import psfacts
from conftest import ASCII, Cli, environment, posix, program
from psfacts.cli.app import COMMANDS

SHELLS = ("bash", "zsh", "fish", "powershell")


def asking(shell: str, typed: str) -> dict[str, str]:
    """Return what ``shell`` puts into the environment to have ``typed`` completed."""
    return {
        "_PSFACTS_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(typed.split(" ")) - 1),
        "_TYPER_COMPLETE_ARGS": typed,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": typed.rsplit(" ", maxsplit=1)[-1],
    }


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("psfacts country be", ["belmara"]),
        ("psfacts country Be", ["Belmara"]),
        ("psfacts countries amber", ["amber-coast", "amber-league"]),
        ("psfacts compare gra", ["grain"]),
        ("psfacts about il", ["ilsa-moren"]),
        ("psfacts fact grain-b", ["grain-belmara-2029", "grain-belmara-2030"]),
        ("psfacts country --data /nowhere be", []),
        ("psfacts country --data /dev/zero be", []),
        ("psfacts nope be", []),
        ("psfacts country \udcff", []),
        ("psfacts country 'be", ["belmara"]),
        ("psfacts tim", ["timeline"]),
        ("psfacts facts --kind ", ["observation", "event", "relation", "claim"]),
        ("psfacts search grain --kind cl", ["claim"]),
        ("psfacts facts --standing a", ["attributed", "assessed"]),
        ("psfacts facts --by ils", ["ilsa-moren"]),
        ("psfacts search grain --about il", ["ilsa-moren"]),
        ("psfacts entities per", ["person"]),
        ("psfacts country corvia --format v", ["vega-lite"]),
        ("psfacts --color n", ["never"]),
        ("psfacts export facts.x --format ma", ["markdown"]),
        ("psfacts compare grain --sort ", ["food-prices", "grain", "league-membership", "ship-ban-vote", "name"]),
        ("psfacts cite vote-corvia --style b", ["bibtex"]),
        ("psfacts cite coast-2", ["coast-2031"]),
        ("psfacts schema fact-", ["fact-base"]),
        ("psfacts timeline --since 19", ["1998"]),
        ("psfacts timeline --until 1998", ["1998"]),
        ("psfacts timeline --since 1998-", ["1998-03", "1998-05"]),
        ("psfacts facts --since 1998-03-", ["1998-03-01"]),
        ("psfacts facts --since May", []),
    ],
)
def test_completion_offers_ids_and_names(cli: Cli, typed: str, offered: list[str]) -> None:
    done = cli(env=asking("bash", typed))
    assert (done.stdout.split(), done.stderr) == (offered, "")


def test_topics_are_offered(cli: Cli) -> None:
    done = cli(env={**asking("bash", "psfacts facts --topic sanc"), "PSFACTS_DATA": ""})
    assert (done.stdout.split(), done.stderr) == (["sanctions"], "")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("psfacts country belm", '(("belmara"))'), ("psfacts fact vote-cor", '(("vote-corvia"))')],
)
def test_a_shell_shows_nothing_beside_a_word(cli: Cli, typed: str, offered: str) -> None:
    assert cli(env=asking("zsh", typed)).stdout.strip() == f"_arguments '*: :{offered}'"


def test_completion_reads_no_pipe(cli: Cli, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    for data in (str(tmp_path / "pipe.json"), "-", "/dev/stdin"):
        assert cli(env=asking("bash", f"psfacts country --data {data} be")).stdout.strip() == ""


PAYLOADS = (
    r"\$(touch ran)",
    "$(touch ran)",
    r"\`touch ran\`",
    "`touch ran`",
    '"); touch ran; ("',
    r"\"); touch ran; (\"",
    "'; touch ran; '",
    "'\\''; touch ran; '",
    "''; touch ran; ''",
    r"\\$(touch ran)\\",
    "=(touch ran)",
    "<(touch ran)",
    "$'\\x60touch ran\\x60'",
    "*(e:'touch ran':)",
    "(#qe:touch ran:)",
    "${(e):-$(touch ran)}",
    "; touch ran;",
    "&& touch ran",
    "| touch ran",
    "\ntouch ran\n",
    "{touch,ran}",
    "!touch ran",
    "%F{red}%{touch ran%}",
    "~+/ran",
    "/etc/pass*",
    "[bold]x[/bold] :smile:",
    "\x1b]0;owned\x07\x1b[31m",
    "\u202e\u200b\u3164",
    "::: touch ran",
    "\ttouch ran",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, fiction_path: Path) -> Path:
    """Write a base of which every name is one that a shell might run, each once as one word."""
    base = json.loads(fiction_path.read_text(encoding="utf-8"))
    pattern = next(entity for entity in base["entities"] if entity["id"] == "belmara")
    named = {"zed-land": "Zedland"}
    for number, payload in enumerate(PAYLOADS):
        named |= {f"zed-{number}-a": f"Zed{number} {payload}"}
        named |= {f"zed-{number}-b": f"Zedd{number}{payload.replace(' ', '${IFS}')}"}
    for key, name in named.items():
        base["entities"].append({**pattern, "id": key, "name": name, "aliases": [], "iso": None, "capital": None})
    base["entities"].sort(key=lambda entity: str(entity["id"]))
    for number, indicator in enumerate(base["indicators"]):
        indicator["name"] = f"Zeddd{number}{PAYLOADS[number]}"
    topics = {topic: f"Topic {topic}" for fact in base["facts"] for topic in fact["topics"]}
    topics |= {f"zed-{number}": f"Topic {payload.strip()}." for number, payload in enumerate(PAYLOADS)}
    base["topics"] = [{"id": key, "name": topics[key]} for key in sorted(topics)]
    for source in base["sources"]:
        source["title"] = f"Title {PAYLOADS[0]} {PAYLOADS[14]}"
    path = tmp_path_factory.mktemp("hostile") / "facts.json"
    path.write_text(json.dumps(base), encoding="utf-8")
    assert psfacts.validate(path).problems == ()
    return path


ZSH_OFFER = re.compile(r'"[\w-]+"')
OFFERS = {
    "bash": re.compile(r"[\w-]+"),
    "fish": re.compile(r"[\w-]+"),
    "powershell": re.compile(r"[\w-]+::: "),
}


@pytest.mark.parametrize(
    "typed",
    [
        *("country ", "country zed", "country Zed", "compare ", "about Zed", "search --about ", "facts --topic "),
        *("compare grain --sort ", "timeline --since ", "facts --kind ", "cite coast"),
    ],
)
@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("encoding", [{}, ASCII], ids=["utf-8", "ascii"])
def test_nothing_is_offered_that_a_shell_could_take_for_more_than_letters(
    cli: Cli, hostile: Path, shell: str, typed: str, encoding: dict[str, str]
) -> None:
    env = {**asking(shell, f"psfacts {typed}"), **encoding, "PSFACTS_DATA": str(hostile)}
    said = cli(env=env).stdout.strip("\n")
    if shell == "zsh":
        said = said.removeprefix("_arguments '*: :((").removesuffix("))'")
    offered = said.splitlines() if said != "_files" else []
    assert offered
    assert [line for line in offered if not (OFFERS.get(shell) or ZSH_OFFER).fullmatch(line)] == []
    assert not re.search(r"\u3164|\u202e|\u200b", said)


def test_ids_of_a_db_that_are_none_are_not_offered(cli: Cli, tmp_path: Path, fiction_path: Path) -> None:
    path = tmp_path / "base.db"
    psfacts.export(path, store=psfacts.load(fiction_path))
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE facts SET id = id || char(27) || ']0;owned' || char(7) WHERE id = 'vote-corvia'")
        database.execute("UPDATE facts SET id = id || ';touch ran;#' WHERE id = 'vote-belmara'")
        database.execute("UPDATE entities SET name = x'ff' WHERE id = 'belmara'")
    for typed in ("psfacts fact vote", "psfacts country be", "psfacts about "):
        done = cli(env={**asking("bash", typed), "PSFACTS_DATA": str(path)})
        assert re.fullmatch(r"[\w\n-]*", done.stdout)
        assert done.stderr == ""


@pytest.mark.parametrize(
    "env",
    [
        {"_PSFACTS_COMPLETE": "complete_bash"},
        {"_PSFACTS_COMPLETE": "complete_bash", "COMP_WORDS": "psfacts country", "COMP_CWORD": "x"},
        {"_PSFACTS_COMPLETE": "nonsense"},
        {"_PSFACTS_COMPLETE": "complete_tcsh"},
        {"_PSFACTS_COMPLETE": "install_bash"},
        {"_PSFACTS_COMPLETE": "_"},
    ],
)
def test_a_request_for_completion_that_no_shell_makes_is_said_in_one_line(cli: Cli, env: dict[str, str]) -> None:
    done = cli(env=env, code=2)
    said = "psfacts: _PSFACTS_COMPLETE is for shells, which set it on TAB (see: psfacts --install-completion)\n"
    assert (done.stdout, done.stderr) == ("", said)


def test_a_home_that_cannot_be_written_is_said_in_one_line(process: Cli, tmp_path: Path) -> None:
    (tmp_path / ".bashrc").write_bytes(b"# caf\xe9\n")
    for home in ("/proc", str(tmp_path)):
        done = process("--install-completion", "bash", env={"HOME": home, "SHELL": "/bin/bash"}, code=5)
        assert done.stdout == ""
        assert done.stderr.startswith("psfacts: completion cannot be installed: ")
        assert done.stderr.count("\n") == 1
    assert (tmp_path / ".bashrc").read_bytes() == b"# caf\xe9\n"


INTERACTIVE = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], 'eval "$(_PSFACTS_COMPLETE=source_bash psfacts)"'),
    "zsh": (
        ["zsh", "-f", "-i"],
        'autoload -Uz compinit; compinit -D; eval "$(_PSFACTS_COMPLETE=source_zsh psfacts)"',
    ),
    "fish": (["fish", "--no-config", "-i"], "_PSFACTS_COMPLETE=source_fish psfacts | source"),
}
"""Shells as a person starts them, without files of theirs, and how each learns to complete psfacts."""


class Terminal:
    """A shell on a terminal, with keys pressed and the screen read."""

    def __init__(self, command: list[str], folder: Path, env: dict[str, str]) -> None:
        import pty  # which Windows does not have

        self.screen = ""
        self._process, self._terminal = pty.fork()
        if not self._process:
            os.chdir(folder)
            os.execvpe(command[0], command, env)  # noqa: S606 -- a shell, to be typed into

    def press(self, keys: str, awaited: str) -> None:
        """Type ``keys`` and wait until ``awaited`` is on the screen anew."""
        os.write(self._terminal, keys.encode())
        self.wait(awaited)

    def wait(self, awaited: str) -> None:
        """Wait until ``awaited`` is shown, and then until nothing more is."""
        seen, end = len(self.screen), time.monotonic() + 30
        while self._read() or awaited not in self.screen[seen:]:
            assert time.monotonic() < end, self.screen

    def _read(self) -> bool:
        """Read what the shell writes, and return whether it wrote anything for a while."""
        written = bool(select.select([self._terminal], [], [], 0.5)[0])
        if written:
            self.screen += os.read(self._terminal, 65536).decode(errors="replace")
        return written

    def clear(self) -> None:
        """Take back what is typed: Ctrl-C, which may only close a list, then Ctrl-U."""
        for key in ("\x03", "\x15"):
            os.write(self._terminal, key.encode())
            time.sleep(0.5)

    def close(self) -> None:
        """End the shell."""
        os.close(self._terminal)
        with suppress(ProcessLookupError):
            os.kill(self._process, 9)
        os.waitpid(self._process, 0)


@posix
@pytest.mark.slow
@pytest.mark.parametrize("shell", INTERACTIVE)
def test_tab_runs_and_draws_nothing_of_a_name(shell: str, hostile: Path, tmp_path: Path) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    command, setup = INTERACTIVE[shell]
    path = f"{Path(program()[0]).parent}:{os.environ['PATH']}"
    env = {**environment(hostile), "PATH": path, "HOME": str(tmp_path), "TERM": "xterm", "LANG": "C.UTF-8"}
    work = tmp_path / "work"
    work.mkdir()
    terminal = Terminal(command, work, {key: value for key, value in env.items() if key != "COLUMNS"})
    try:
        terminal.press(f"{setup}; echo rea''dy\n", "ready\r\n")
        for typed, offered in {
            "country zed-": "zed-9-b",
            "country Zed": "Zedland",
            "compare gr": "grain",
            "countries amber-": "league",
            "fact grain-belmara-20": "2030",
            "": "timeline",
            "search --": "--about",
            "facts --topic zed-": "zed-9",
            "timeline --since 19": "1998",
            "facts --kind obs": "observation",
            "compare grain --sort ship": "ship-ban-vote",
        }.items():
            terminal.press(f"psfacts {typed}\t\t", offered)
            terminal.clear()
            terminal.press("echo do''ne\n", "done\r\n")
    finally:
        terminal.close()
    assert [name.name for name in work.iterdir()] == []
    assert not re.search(r"\x1b\]0;owned|\u202e|\u200b|\u3164|\x1b\[31m", terminal.screen)


def test_every_command_is_offered(cli: Cli) -> None:
    assert {*COMMANDS} <= {*cli(env=asking("bash", "psfacts ")).stdout.split()}
