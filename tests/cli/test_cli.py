"""The program as a user runs it."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from pydantic import JsonValue

from conftest import ASCII, CALLS, TAMPERED, Call, Cli, environment, posix, program
from psfacts.cli import main
from psfacts.cli.app import COMMANDS
from psfacts.cli.console import Color, is_colored


def test_every_command_is_tried() -> None:
    assert {call.command for call in CALLS} == {*COMMANDS} - {"browse", "schema", "export", "mcp", "skill"}


def test_an_answer_is_on_stdout_alone_whatever_was_found(cli: Cli, call: Call) -> None:
    done = cli(*call.arguments, code=call.code)
    assert done.stdout.endswith("\n")
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_json_is_one_object_with_a_version(cli: Cli, call: Call) -> None:
    done = cli(*call.arguments, "--json", code=call.code)
    answer = json.loads(done.stdout)
    assert (answer["schema_version"], done.stderr) == (1, "")


def test_facts_in_json_are_the_objects_of_the_fact_base(cli: Cli, fiction_path: Path) -> None:
    base = json.loads(fiction_path.read_text(encoding="utf-8"))
    facts = {fact["id"]: fact for fact in base["facts"]}
    answer = json.loads(cli("fact", *facts, "--json").stdout)
    assert answer["facts"] == list(facts.values())


def test_the_module_runs_like_the_program(cli: Cli, fiction_path: Path) -> None:
    module = [sys.executable, "-m", "psfacts", "countries"]
    done = subprocess.run(module, env=environment(fiction_path), capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == cli("countries").stdout


COLOR = {"FORCE_COLOR": "1", "COLUMNS": "50"}


@pytest.mark.parametrize(
    ("arguments", "code", "env"),
    [
        (("country", "corvia"), 0, {}),
        pytest.param(("country", "corvia"), 0, ASCII, marks=pytest.mark.slow),
        (("country", "corvia"), 0, COLOR),
        (("country", "corvia", "--json"), 0, ASCII),
        pytest.param(("country", "corvia", "--format", "csv"), 0, {}, marks=pytest.mark.slow),
        (("verify", TAMPERED), 6, {}),
        pytest.param(("verify", TAMPERED), 6, COLOR, marks=pytest.mark.slow),
        (("country", "belmarra"), 3, {}),
        pytest.param(("country", "belmarra", "--json"), 3, ASCII, marks=pytest.mark.slow),
        pytest.param(("country",), 2, ASCII, marks=pytest.mark.slow),
        ((), 0, COLOR),
    ],
)
def test_the_program_says_what_is_said_in_process(
    cli: Cli, process: Cli, arguments: tuple[str, ...], code: int, env: dict[str, str]
) -> None:
    said, started = cli(*arguments, code=code, env=env), process(*arguments, code=code, env=env)
    assert (started.stdout, started.stderr) == (said.stdout, said.stderr)


def test_another_fact_base_is_read_by_option_before_environment(cli: Cli, fiction_path: Path) -> None:
    done = cli("countries", "--data", str(fiction_path), env={"PSFACTS_DATA": "/nowhere"})
    assert "Belmara" in done.stdout


@pytest.mark.parametrize("arguments", [(), ("-h",), ("--help",)])
def test_help_lists_every_command(cli: Cli, arguments: tuple[str, ...]) -> None:
    done = cli(*arguments)
    assert [name for name in COMMANDS if f"\n  {name} " not in done.stdout] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_has_examples(cli: Cli, command: str) -> None:
    said = cli(command, "--help").stdout
    assert f"\n  Examples:\n    psfacts {command}" in said
    assert cli(command, "-h").stdout == said


def test_the_version_is_the_distribution_s(cli: Cli) -> None:
    assert cli("--version").stdout == "psfacts 0.2.0\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["country"], "psfacts: missing argument NAME (for example: psfacts country moldova)\n"),
        (
            ["countri"],
            "psfacts: there is no command 'countri' (did you mean countries or country?)\n",
        ),
        (["countries", "--zzz"], "psfacts: there is no option '--zzz' (see: psfacts countries --help)\n"),
        (["timeline", "--since"], "psfacts: --since needs a value: DATE (see: psfacts timeline --help)\n"),
        (
            ["indicators", "belmara"],
            "psfacts: 'belmara' is one argument too many (see: psfacts indicators --help)\n",
        ),
        (
            ["countries", "--color", "red"],
            "psfacts: --color cannot be 'red' (give auto, always or never)\n",
        ),
        (
            ["timeline", "--since", "May"],
            "psfacts: 'May' is not a date (give a year, a month or a day: 2022, 2022-05 or 2022-05-17)\n",
        ),
    ],
)
def test_a_wrong_call_is_said_in_one_line(cli: Cli, arguments: list[str], said: str) -> None:
    done = cli(*arguments, code=2)
    assert (done.stdout, done.stderr) == ("", said)


def test_an_unknown_name_offers_the_nearest(cli: Cli) -> None:
    done = cli("country", "belmarra", code=3)
    assert (done.stdout, done.stderr) == ("", "psfacts: no country is called 'belmarra' (did you mean Belmara?)\n")


def test_an_error_is_json_where_an_answer_would_be(cli: Cli) -> None:
    done = cli("country", "belmarra", "--json", code=3)
    assert done.stdout == ""
    assert json.loads(done.stderr) == {
        "error": {
            "code": "not-found",
            "message": "no country is called 'belmarra'",
            "hint": "did you mean Belmara?",
            "suggestions": ["Belmara"],
        }
    }


def test_a_wrong_call_is_json_too(cli: Cli) -> None:
    error = json.loads(cli("country", "--json", code=2).stderr)["error"]
    assert error == {
        "code": "usage",
        "message": "missing argument NAME",
        "hint": "for example: psfacts country moldova",
    }


def test_a_name_after_two_dashes_is_no_option(cli: Cli) -> None:
    assert cli("country", "--", "--json", code=3).stderr.startswith("psfacts: no country is called '--json'")


def test_an_unusable_fact_base_is_said_in_one_line(cli: Cli, tmp_path: Path) -> None:
    missing = tmp_path / "none.json"
    done = cli("countries", "--data", str(missing), code=4)
    assert done.stderr.startswith(f"psfacts: {missing}: No such file or directory")
    assert done.stderr.count("\n") == 1
    error = json.loads(cli("countries", "--json", "--data", str(missing), code=4).stderr)["error"]
    assert (error["code"], len(error["problems"])) == ("invalid", 1)


def test_arguments_that_are_not_utf_8_are_shown_escaped(cli: Cli, process: Cli) -> None:
    for run in (cli, process):
        done = run("country", b"belmar\xff", code=3)
        assert done.stderr == "psfacts: no country is called 'belmar\\udcff' (did you mean Belmara?)\n"
    assert json.loads(cli("country", b"belmar\xff", "--json", code=3).stderr)["error"]["code"] == "not-found"
    assert "\\udcff" in cli("countries", "--data", b"/none\xff", code=4).stderr


def test_controls_in_arguments_are_shown_escaped(cli: Cli) -> None:
    for arguments in (["country", "\x1b[2J\u202e"], ["\x1b[2J\u202e"], ["country", "x", "--color", "\x1b\u202e"]):
        done = cli(*arguments, code=3 if arguments[-1] == "\x1b[2J\u202e" and len(arguments) == 2 else 2)
        assert not {"\x1b", "\u202e"} & set(done.stderr)
        assert done.stderr.count("\n") == 1


PROSE = {"author", "capital", "description", "name", "predicate", "publisher", "reading", "reason", "role", "statement"}
PROSE |= {"text", "title", "unit"}

HOSTILE = "\x1b[31m[bold]x[/nope]\u202e\u200b:smile:\x9b1m\x7f"
SHOWN = r"\x1b[31m[bold]x[/nope]\u202e\u200b:smile:\x9b1m\x7f"


def poisoned(node: JsonValue) -> JsonValue:
    """Return a fact base with ``HOSTILE`` after every piece of prose."""
    if isinstance(node, list):
        return [poisoned(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: value + HOSTILE if key in PROSE and isinstance(value, str) else poisoned(value)
        for key, value in node.items()
    }


def strings(node: JsonValue) -> Iterator[str]:
    """Return every string among the values of a JSON document."""
    if isinstance(node, str):
        yield node
    for item in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from strings(item)


@pytest.fixture
def hostile(fiction_path: Path, tmp_path: Path) -> str:
    """Write a fact base whose words would act on a screen, and give its path."""
    path = tmp_path / "hostile\u202e.json"
    path.write_text(json.dumps(poisoned(json.loads(fiction_path.read_bytes()))), encoding="utf-8")
    return str(path)


WITHOUT_PROSE = {"verify", "topics", "pears"}
HAVE_PROSE = [call for call in CALLS if call.takes_data and WITHOUT_PROSE.isdisjoint(call.arguments)]


@pytest.mark.parametrize("call", HAVE_PROSE, ids=str)
def test_hostile_words_in_a_fact_base_are_shown_as_text(cli: Cli, hostile: str, call: Call) -> None:
    said = cli(*call.arguments, "--data", hostile, env={"COLUMNS": "120"}).stdout
    assert SHOWN in said.replace("\n", "")
    assert not {"\x1b", "\u202e", "\u200b", "\x9b", "\x7f"} & set(said)


@pytest.mark.parametrize("call", HAVE_PROSE, ids=str)
def test_hostile_words_are_true_escapes_in_json(cli: Cli, hostile: str, call: Call) -> None:
    said = cli(*call.arguments, "--data", hostile, "--json").stdout
    assert HOSTILE in "".join(strings(json.loads(said)))
    assert not {"\x1b", "\u202e", "\u200b", "\x9b", "\x7f"} & set(said)


def test_a_stream_without_unicode_gets_ascii_and_json_the_same(cli: Cli, call: Call) -> None:
    assert cli(*call.arguments, code=call.code, env=ASCII).stdout.isascii()
    answer = cli(*call.arguments, "--json", code=call.code, env=ASCII).stdout
    assert answer.isascii()
    assert json.loads(answer) == json.loads(cli(*call.arguments, "--json", code=call.code).stdout)


def test_bars_and_lines_have_stand_ins_in_ascii(cli: Cli) -> None:
    said = cli("compare", "grain", env=ASCII).stdout.splitlines()
    assert said[1:3] == ["-" * 80, f"Belmara    40  {'#' * 59}  2030"]


def test_a_page_in_ascii_is_as_wide_as_another(cli: Cli, call: Call) -> None:
    said = cli(*call.arguments, code=call.code, env={**ASCII, "COLUMNS": "60"}).stdout.splitlines()
    plain = cli(*call.arguments, code=call.code, env={"COLUMNS": "60"}).stdout.splitlines()
    drawn = [line for line, other in zip(said, plain, strict=True) if set(other) & set("●◐○✓≈─█·–“”’")]
    assert [line for line in drawn if "\\u25" in line or "\\u27" in line] == []


def test_a_closed_pipe_ends_the_program_quietly(fiction_path: Path) -> None:
    for arguments in (["country", "corvia"], ["--help"], ["errata", "--json"]):
        read_end, write_end = os.pipe()
        os.close(read_end)
        with os.fdopen(write_end, "wb") as gone:
            done = subprocess.run(
                [*program(), *arguments],
                env=environment(fiction_path),
                stdout=gone,
                stderr=subprocess.PIPE,
                check=False,
            )
        assert (done.returncode, done.stderr) == (0, b"")


def test_a_full_disk_is_said_in_one_line(fiction_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    for arguments in (["country", "corvia"], ["--help"]):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [*program(), *arguments],
                env=environment(fiction_path),
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
            )
        said = b"psfacts: standard output cannot be written: No space left on device (look at its disk or device)\n"
        assert (done.returncode, done.stderr) == (5, said)


@posix
def test_a_closed_output_is_said_in_one_line(fiction_path: Path) -> None:
    shell = ["sh", "-c", '"$@" >&-', "sh", *program(), "country", "corvia"]
    done = subprocess.run(shell, env=environment(fiction_path), capture_output=True, check=False)
    assert done.returncode == 5
    assert done.stderr == b"psfacts: standard output is closed (open it, or send it to a file)\n"


@posix
def test_closed_streams_leave_the_exit_code(fiction_path: Path) -> None:
    shell = ["sh", "-c", '"$@" >&- 2>&-', "sh", *program(), "country", "nowhere"]
    assert subprocess.run(shell, env=environment(fiction_path), check=False).returncode == 3


def test_ctrl_c_ends_the_program_with_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fiction_path: Path
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt  # which Python makes of the signal, unless a shell in the background has it ignored

    monkeypatch.setattr("psfacts.answers.lists.countries", interrupted)
    monkeypatch.setenv("PSFACTS_DATA", str(fiction_path))
    assert main(["countries"]) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("color", "env", "on_terminal", "colored"),
    [
        (Color.AUTO, {}, True, True),
        (Color.AUTO, {}, False, False),
        (Color.AUTO, {"NO_COLOR": "1"}, True, False),
        (Color.AUTO, {"NO_COLOR": ""}, True, True),
        (Color.AUTO, {"FORCE_COLOR": "1"}, False, True),
        (Color.AUTO, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
        (Color.AUTO, {"TERM": "dumb"}, True, False),
        (Color.AUTO, {"TERM": "dumb", "FORCE_COLOR": "1"}, True, True),
        (Color.ALWAYS, {"NO_COLOR": "1", "TERM": "dumb"}, False, True),
        (Color.NEVER, {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_color_follows_the_option_then_the_environment_then_the_stream(
    color: Color, env: dict[str, str], on_terminal: bool, colored: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm", **env}.items():
        monkeypatch.setenv(name, value)
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: on_terminal)
    assert is_colored(color, stream) is colored


@pytest.mark.parametrize(("on_terminal", "asked"), [(True, ["fixed"]), (False, [])])
def test_a_classic_console_of_windows_is_told_to_take_escapes(
    on_terminal: bool, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    colorama = ModuleType("colorama")
    monkeypatch.setattr(colorama, "just_fix_windows_console", lambda: told.append("fixed"), raising=False)
    monkeypatch.setitem(sys.modules, "colorama", colorama)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("TERM", "xterm")
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: on_terminal)
    assert (is_colored(Color.AUTO, stream), told) == (on_terminal, asked)


@pytest.mark.parametrize(
    ("arguments", "env", "colored"),
    [
        ([], {}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        (["--color", "always"], {"NO_COLOR": "1", "TERM": "dumb"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colors_reach_the_output(cli: Cli, arguments: list[str], env: dict[str, str], colored: bool) -> None:
    plain = cli("country", "corvia").stdout
    said = cli("country", "corvia", *arguments, env=env).stdout
    assert ("\x1b[" in said) is colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", said) == plain


def test_the_layout_follows_a_real_terminal(fiction_path: Path) -> None:
    termios = pytest.importorskip("termios", reason="Windows has no terminals of this kind")
    leader, follower = os.openpty()
    termios.tcsetwinsize(follower, (24, 44))
    env = {key: value for key, value in environment(fiction_path).items() if key not in ("COLUMNS", "LINES")}
    with os.fdopen(follower, "wb") as terminal:
        call = [*program(), "country", "corvia", "--no-pager"]
        subprocess.run(call, env={**env, "TERM": "xterm"}, stdout=terminal, check=True)
    said = os.read(leader, 65536).decode()
    os.close(leader)
    assert re.search(f"At a glance\x1b\\[0m\x1b\\[38;5;243m {'─' * 32}\x1b\\[0m\r\n", said)
    assert "\x1b]8;;https://example.org/amber-coast\x1b\\" in said  # which has an id of its own on every run of rich's


@pytest.mark.parametrize("columns", ["0", "-5", "junk", ""])
def test_senseless_columns_are_passed_over(cli: Cli, columns: str) -> None:
    assert cli("countries", env={"COLUMNS": columns}).stdout == cli("countries").stdout


def test_an_answer_for_scripts_loads_neither_rich_nor_other_answers(fiction_path: Path) -> None:
    script = """
import sys
from psfacts.cli import main
for form in ("json", "jsonl", "csv", "tsv", "markdown"):
    main(["country", "corvia", "--format", form])
print(*sys.modules, sep="\\n", file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(fiction_path), capture_output=True, encoding="utf-8", check=True
    )
    modules = done.stderr.splitlines()
    assert [one for one in modules if one.startswith("psfacts.answers.")] == [
        "psfacts.answers.answer",
        "psfacts.answers.country",
    ]
    assert [one for one in modules if one.split(".")[0] == "rich" or one.startswith("psfacts.finding")] == []


def test_what_is_to_run_at_the_end_of_the_process_runs(process: Cli, tmp_path: Path) -> None:
    end = tmp_path / "end"
    hook = f"import atexit, pathlib\natexit.register(pathlib.Path({str(end)!r}).touch)\n"
    (tmp_path / "sitecustomize.py").write_text(hook, encoding="utf-8")
    for arguments, code in ((["countries"], 0), (["country", "nowhere"], 3), (["--help"], 0)):
        process(*arguments, code=code, env={"PYTHONPATH": str(tmp_path)})
        assert end.exists()
        end.unlink()


@pytest.mark.parametrize("words", [("-",), ("-", "--json"), ("--", "-"), ("-x",)])
def test_words_that_name_nothing_are_refused_in_a_line(cli: Cli, words: tuple[str, ...]) -> None:
    assert "Traceback" not in cli(*words, code=2).stderr
