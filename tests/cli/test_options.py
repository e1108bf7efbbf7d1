"""The options that commands share: in front of a command, behind it, and into files."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from pathlib import Path

import pytest

from conftest import Call, Cli, environment, posix, program
from psfacts.cli.app import COMMANDS

OPTIONS = (
    ("--json",),
    ("--format", "csv", "--no-pager"),
    ("-fmd",),
    ("--full", "--notes", "--color=always"),
)


@pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
def test_an_option_means_the_same_in_front_of_a_command_and_behind_it(
    cli: Cli, call: Call, options: tuple[str, ...]
) -> None:
    behind = cli(*call.arguments, *options, code=call.code)
    front = cli(*options, *call.arguments, code=call.code)
    assert (front.stdout, front.stderr) == (behind.stdout, behind.stderr)


def test_data_is_read_from_in_front_of_a_command(cli: Cli, fiction_path: Path) -> None:
    env = {"PSFACTS_DATA": "/nowhere"}
    for data in (["--data", str(fiction_path)], [f"--data={fiction_path}"]):
        assert cli(*data, "countries", env=env).stdout == cli("countries", *data, env=env).stdout
    assert cli("--json", "countries", env=env, code=4).stderr == cli("countries", "--json", env=env, code=4).stderr


def test_options_stand_on_both_sides_and_the_last_of_a_kind_counts(cli: Cli) -> None:
    assert cli("--format", "csv", "countries", "--format", "json").stdout == cli("countries", "--json").stdout
    both = cli("--json", "countries", "--format", "csv", code=2)
    assert json.loads(both.stderr)["error"]["message"] == "--json and --format csv contradict each other"


def test_a_file_named_like_a_command_is_no_command(cli: Cli, fiction_path: Path, tmp_path: Path) -> None:
    named = tmp_path / "search"
    named.write_bytes(fiction_path.read_bytes())
    assert cli("--data", str(named), "country", "corvia").stdout == cli("country", "corvia").stdout


def test_a_family_of_commands_passes_options_on(cli: Cli, fiction_article: Path) -> None:
    words = (str(fiction_article), "Crow")
    behind = cli("author", "passage", *words, "--json").stdout
    assert cli("--json", "author", "passage", *words).stdout == behind
    assert cli("author", "--json", "passage", *words).stdout == behind


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_refuses_in_front_what_it_refuses_behind(cli: Cli, command: str) -> None:
    front, behind = cli("--limt", command, code=2), cli(command, "--limt", code=2)
    assert "there is no option '--limt'" in front.stderr
    assert "there is no option '--limt'" in behind.stderr


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("--full schema", "schema does not take --full (leave it out; see: psfacts schema --help)"),
        (
            "export x.csv --columns a",
            "export does not take --columns (leave it out; see: psfacts export --help)",
        ),
        ("--notes mcp", "mcp does not take --notes (leave it out; see: psfacts mcp --help)"),
        ("-f csv skill", "skill does not take -f (leave it out; see: psfacts skill --help)"),
        ("--article x country corvia", "psfacts does not take --article before a command (it is for fact or coverage)"),
        ("country corvia --sort name", "country does not take --sort (it is for compare)"),
        (
            "author --full build",
            "author build does not take --full (leave it out; see: psfacts author build --help)",
        ),
    ],
)
def test_an_option_of_other_commands_is_told_as_such(cli: Cli, typed: str, said: str) -> None:
    assert cli(*typed.split(), code=2).stderr == f"psfacts: {said}\n"


@pytest.mark.parametrize(
    "typed", ["--json schema", "--json export x.csv", "browse --json", "--json mcp", "skill --json"]
)
def test_json_that_a_command_does_not_print_is_told_in_json(cli: Cli, typed: str) -> None:
    message = json.loads(cli(*typed.split(), code=2).stderr)["error"]["message"]
    name = typed.replace("--json", "").split()[0]
    assert message == f"{name} does not take --json"


@pytest.mark.parametrize("command", ["country", "compare", "timeline", "verify", "coverage", "cite"])
def test_the_help_of_a_command_lists_the_common_options_under_a_heading(cli: Cli, command: str) -> None:
    _, _, common = cli(command, "--help").stdout.partition("\nCommon options:\n")
    for option in ("--data", "--json", "-f, --format", "--full", "--notes", "-o, --output", "--force", "--color"):
        assert f"\n  {option}" in f"\n{common}"


@pytest.mark.parametrize(
    ("ending", "form"),
    [
        (".txt", "table"),
        (".json", "json"),
        (".jsonl", "jsonl"),
        (".csv", "csv"),
        (".tsv", "tsv"),
        (".md", "markdown"),
        (".CSV", "csv"),
    ],
)
def test_a_file_gets_what_its_ending_names(cli: Cli, tmp_path: Path, ending: str, form: str) -> None:
    file = tmp_path / f"answer{ending}"
    done = cli("country", "corvia", "-o", str(file))
    assert (done.stdout, done.stderr) == (f"wrote {file}\n", "")
    assert file.read_bytes().decode() == cli("country", "corvia", "--format", form).stdout


def test_every_answer_goes_into_a_file(cli: Cli, tmp_path: Path, call: Call) -> None:
    file = tmp_path / "answer.md"
    done = cli(*call.arguments, "-o", str(file), code=call.code)
    assert (done.stdout, done.stderr) == (f"wrote {file}\n", "")
    assert file.read_bytes().decode() == cli(*call.arguments, "--format", "markdown", code=call.code).stdout


def test_a_format_that_is_given_wins_over_the_ending(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "answer.csv"
    cli("countries", "-o", str(file), "--json")
    assert file.read_text(encoding="utf-8") == cli("countries", "--json").stdout


def test_a_file_is_replaced_by_force_alone(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "answer.txt"
    file.write_text("mine", encoding="utf-8")
    done = cli("countries", "-o", str(file), code=5)
    assert (done.stdout, done.stderr) == ("", f"psfacts: {file}: already exists (use --force to replace it)\n")
    assert file.read_text(encoding="utf-8") == "mine"
    cli("--force", "countries", "-o", str(file))
    assert file.read_text(encoding="utf-8") == cli("countries").stdout


def test_a_file_is_never_in_colour_unless_that_is_said(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "answer.txt"
    cli("country", "corvia", "-o", str(file), env={"FORCE_COLOR": "1"})
    assert "\x1b" in cli("country", "corvia", env={"FORCE_COLOR": "1"}).stdout
    assert "\x1b" not in file.read_text(encoding="utf-8")
    cli("country", "corvia", "-o", str(file), "--force", "--color", "always")
    assert "\x1b" in file.read_text(encoding="utf-8")


def test_a_file_is_utf_8_whatever_the_terminal_takes(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    cli("country", "corvia", "-o", str(file), env={"PYTHONIOENCODING": "ascii"})
    assert file.read_bytes().decode() == cli("country", "corvia", "--json").stdout


def test_a_hyphen_is_standard_output(cli: Cli) -> None:
    assert cli("countries", "-o", "-").stdout == cli("countries").stdout
    assert cli("countries", "-o", "-", "-f", "csv").stdout == cli("countries", "-f", "csv").stdout


def test_an_ending_that_names_no_format_is_said_before_anything_is_read(cli: Cli, tmp_path: Path) -> None:
    for name in ("answer", "answer.doc", ".json.", "answer.vl"):
        done = cli("countries", "-o", str(tmp_path / name), "--data", "/nowhere", code=2)
        assert "the ending names no format" in done.stderr
        assert not (tmp_path / name).exists()


def test_text_that_is_no_answer_goes_into_files_too(cli: Cli, tmp_path: Path) -> None:
    bibliography, schema = tmp_path / "a.bib", tmp_path / "b.json"
    cite = ("cite", "skell-secession-1998", "--style", "bibtex")
    cli(*cite, "-o", str(bibliography))
    assert bibliography.read_text(encoding="utf-8") == cli(*cite).stdout
    cli("schema", "country", "-o", str(schema))
    assert schema.read_text(encoding="utf-8") == cli("schema", "country").stdout


@pytest.mark.parametrize(
    ("typed", "ending", "others"),
    [
        ("schema", ".txt", ".json .csv .tsv .jsonl .md .svg .vl.json"),
        ("schema country", ".json", ".csv .tsv .jsonl .md .svg .vl.json .CSV"),
        ("skill", ".md", ".json .csv .svg"),
        ("author passage {article} Crow", ".txt", ".json .csv .md"),
        ("author build /nowhere {article}", ".json", ".jsonl .csv .md"),
    ],
)
def test_what_has_one_format_goes_into_no_file_of_another(
    cli: Cli, tmp_path: Path, fiction_article: Path, typed: str, ending: str, others: str
) -> None:
    command = [word.format(article=fiction_article) for word in typed.split()]
    for other in others.split():
        file = tmp_path / f"out{other}"
        error = cli(*command, "-o", str(file), code=2).stderr
        assert error.startswith(f"psfacts: {file}: the ending names another format (end it in ")
        assert ending in error.partition("(end it in ")[2]
        assert not file.exists()
    if "/nowhere" not in command:
        for end in (ending, ".txt", "", ".dat"):
            file = tmp_path / f"fits{end}"
            cli(*command, "-o", str(file), "--force")
            assert file.read_text(encoding="utf-8") == cli(*command).stdout


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (["--data", "", "countries"], "--data"),
        (["countries", "-o", ""], "--output"),
        (["coverage", "--article", ""], "--article"),
        (["verify", ""], "ARTICLE"),
        (["validate", ""], "FILE"),
        (["author", "build", "", "x", "-o", "y.json"], "DRAFT"),
    ],
)
def test_an_empty_path_is_told_as_such(cli: Cli, typed: list[str], name: str) -> None:
    assert cli(*typed, code=2).stderr == f"psfacts: {name} is empty (give the path of a file)\n"


def test_a_file_keeps_the_exit_code_of_the_answer(cli: Cli, tmp_path: Path, fiction_path: Path) -> None:
    problems = fiction_path.with_name("problems.json")
    cli("validate", str(problems), "-o", str(tmp_path / "problems.csv"), code=4)
    assert (tmp_path / "problems.csv").exists()


def test_commands_answer_where_docstrings_are_gone(cli: Cli, process: Cli) -> None:
    bare = {"PYTHONOPTIMIZE": "2"}
    assert process("country", "corvia", env=bare).stdout == cli("country", "corvia").stdout
    assert "Usage: psfacts country" in process("country", "--help", env=bare).stdout


def test_own_options_stand_before_those_that_commands_share(cli: Cli) -> None:
    said = cli("facts", "--help").stdout
    headings = [line for line in said.splitlines() if line and not line.startswith(" ") and line.endswith(":")]
    assert headings[-1] == "Common options:"


def test_a_hyphen_is_standard_input_wherever_a_file_is_read(
    cli: Cli, fiction_path: Path, fiction_article: Path
) -> None:
    base, article = fiction_path.read_bytes(), fiction_article.read_bytes()
    nowhere = {"PSFACTS_DATA": "/nowhere"}
    assert cli("countries", "--data", "-", stdin=base, env=nowhere).stdout == cli("countries").stdout
    assert cli("countries", stdin=base, env={"PSFACTS_DATA": "-"}).stdout == cli("countries").stdout
    assert cli("validate", "-", stdin=base).stdout.startswith("-: a valid fact base")
    assert cli("verify", "-", stdin=article).stdout == cli("verify", str(fiction_article)).stdout
    for words in (["fact", "skell-secession-1998", "--article"], ["coverage", "--article"]):
        assert cli(*words, "-", stdin=article).stdout == cli(*words, str(fiction_article)).stdout
    found = cli("author", "passage", str(fiction_article), "Crow").stdout
    assert cli("author", "passage", "-", "Crow", stdin=article).stdout == found


def test_what_is_wrong_with_standard_input_is_said_in_one_line(cli: Cli) -> None:
    for stdin, words in ((b"", "empty"), (b"caf\xe9", "not UTF-8"), (b"x" * (16 * 2**20 + 1), "larger than 16 MiB")):
        said = cli("verify", "-", stdin=stdin, code=4).stderr
        assert said.startswith("psfacts: -: ")
        assert (words in said, said.count("\n")) == (True, 1)


@posix
def test_a_pipe_is_read_as_a_file_is(
    cli: Cli, process: Cli, fiction_path: Path, fiction_article: Path, tmp_path: Path
) -> None:
    verified = cli("verify", str(fiction_article)).stdout
    slow = f"(sleep 1; cat {shlex.quote(str(fiction_article))})"
    shell = ["bash", "-c", f'"$@" verify <{slow} && cat "$0" | "$@" countries --data /dev/stdin', str(fiction_path)]
    done = subprocess.run([*shell, *program()], env=environment(fiction_path), capture_output=True, check=True)
    assert done.stdout.decode() == verified + cli("countries").stdout
    named = tmp_path / "pipe"
    os.mkfifo(named)
    writer = subprocess.Popen(["/bin/sh", "-c", 'cat "$0" > "$1"', str(fiction_article), str(named)])
    assert process("verify", str(named)).stdout == verified
    assert writer.wait() == 0
    assert "nobody writes to the pipe" in process("verify", str(named), code=4).stderr


def test_a_base_that_is_made_goes_to_standard_output(cli: Cli, tmp_path: Path, fiction_article: Path) -> None:
    draft = (str(fiction_article.with_name("draft.json")), str(fiction_article))
    file = tmp_path / "made.json"
    cli("author", "build", *draft, "-o", str(file))
    assert cli("author", "build", *draft, "-o", "-").stdout == file.read_text(encoding="utf-8")


@posix
def test_a_base_that_is_made_is_all_that_a_stream_gets(
    process: Cli, tmp_path: Path, fiction_article: Path, fiction_path: Path
) -> None:
    draft = (str(fiction_article.with_name("draft.json")), str(fiction_article))
    assert process("author", "build", *draft, "-o", "/dev/stdout").stdout == fiction_path.read_text(encoding="utf-8")
    spoilt = tmp_path / "draft.json"
    spoilt.write_text(Path(draft[0]).read_text(encoding="utf-8").replace('"quote": "', '"quote": "No such word '))
    said = process("author", "build", str(spoilt), draft[1], "-o", str(tmp_path / "made.json"), code=4).stdout
    assert "No such word" in said
    assert not (tmp_path / "made.json").exists()


def test_a_file_may_be_called_a_hyphen(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli("countries", "-o", "./-", "-f", "csv").stdout == "wrote -\n"
    assert (tmp_path / "-").read_bytes().decode() == cli("countries", "-f", "csv").stdout
