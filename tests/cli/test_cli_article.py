"""The commands that hold facts against an article, and those that help authors, as a user runs them."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import JsonValue

from conftest import ARTICLE, ASCII, FICTION, TAMPERED, Cli, environment, posix, program
from psfacts.article.text import digest, passage

DRAFT = str(FICTION / "draft.json")
PROBLEMS = str(FICTION / "problems.json")


def test_passages_are_said_on_stdout_alone_in_any_encoding(cli: Cli) -> None:
    call = ("author", "passage", ARTICLE, "Crow")
    done = cli(*call)
    assert done.stdout.endswith("\n")
    assert "\x1b" not in done.stdout
    assert done.stderr == ""
    assert cli(*call, env=ASCII).stdout.isascii()
    in_json = cli(*call, "--json")
    assert in_json.stderr == ""
    assert json.loads(in_json.stdout)
    answer = cli(*call, "--json", env=ASCII).stdout
    assert answer.isascii()
    assert json.loads(answer) == json.loads(in_json.stdout)


def test_csl_json_stays_json_on_a_stream_without_unicode(cli: Cli) -> None:
    call = ("cite", "skell-secession-1998", "--style", "csl-json")
    said = cli(*call, env=ASCII).stdout
    assert said.isascii()
    assert json.loads(said) == json.loads(cli(*call).stdout)


def test_the_json_of_verify_is_complete(cli: Cli, fiction_path: Path) -> None:
    base = json.loads(fiction_path.read_bytes())
    answer = json.loads(cli("verify", TAMPERED, "--json", code=6).stdout)
    assert list(answer) == [
        *("schema_version", "ok", "source", "identical", "sources", "facts", "left_out", "errata", "coverage"),
    ]
    assert (answer["ok"], answer["source"], answer["identical"], answer["left_out"]) == (
        *(False, "coast-2031", False, []),
    )
    assert {one["id"] for one in answer["facts"]} == {one["id"] for one in base["facts"]}
    assert {one["id"] for one in answer["errata"]} == {one["id"] for one in base["errata"]}
    checks = ["passage", "numbers", "dates", "names", "errata", "statement"]
    assert [[check["check"] for check in one["checks"]] for one in answer["facts"]] == [checks] * 18
    failed = {one["id"] for one in [*answer["facts"], *answer["errata"]] if one["status"] == "failed"}
    assert failed == {"strait-closed-2031", "grain-belmara-2030", "grain-corvia-2030", "moren-harbours", "moran-moren"}
    (strait,) = (one for one in answer["facts"] if one["id"] == "strait-closed-2031")
    assert strait["passages"] == [
        {
            "passage": next(one for one in base["facts"] if one["id"] == "strait-closed-2031")["evidence"][0],
            "status": "missing",
            "start": None,
            "reading": None,
        }
    ]
    assert [check["problems"] for check in strait["checks"]] == [
        ["the passage 230-299 is not in the article"],
        [],
        ["the month March: the passages print May"],
        [],
        [],
        [],
    ]


def test_the_json_of_coverage_has_words_where_the_article_is_at_hand(cli: Cli) -> None:
    gaps = str(FICTION / "gaps.json")
    without = json.loads(cli("coverage", "--data", gaps, "--json").stdout)
    given = json.loads(cli("coverage", "--data", gaps, "--article", ARTICLE, "--json").stdout)
    assert (without["complete"], [one["text"] for one in without["gaps"]]) == (False, [None] * 3)
    assert [one["text"] for one in given["gaps"]] == [
        "Trade falls",
        "In March 2031 Great Tarsk closed the Strait of Orm to foreign ships. ",
        "In late April, shots were fired at the garrison. ",
    ]


def test_the_environment_names_the_article_for_every_command(cli: Cli) -> None:
    env = {"PSFACTS_ARTICLE": ARTICLE}
    assert cli("verify", env=env).stdout == cli("verify", ARTICLE).stdout
    fact = ("fact", "skell-secession-1998")
    assert cli(*fact, env=env).stdout == cli(*fact, "--article", ARTICLE).stdout
    coverage = ("coverage", "--data", str(FICTION / "gaps.json"))
    assert cli(*coverage, env=env).stdout == cli(*coverage, "--article", ARTICLE).stdout
    assert cli("verify", ARTICLE, env={"PSFACTS_ARTICLE": TAMPERED}).stdout == cli("verify", ARTICLE).stdout


@pytest.mark.parametrize(
    "name", ["none.txt", "folder", pytest.param("pipe", marks=posix), "empty.txt", "latin.txt", "other.txt"]
)
@pytest.mark.parametrize("command", [["verify"], ["fact", "vote-corvia", "--article"], ["coverage", "--article"]])
def test_what_is_no_article_ends_in_one_line(cli: Cli, tmp_path: Path, name: str, command: list[str]) -> None:
    path = tmp_path / name
    if name == "folder":
        path.mkdir()
    elif name == "pipe":
        os.mkfifo(path)
    elif name != "none.txt":
        path.write_bytes({"empty.txt": b"", "latin.txt": b"caf\xe9", "other.txt": b"Another text.\n" * 99}[name])
    is_read = name == "other.txt" and command[0] == "fact"  # which says that the words are not there
    done = cli(*command, str(path), code=0 if is_read else 4)
    if not is_read:
        assert (done.stdout, done.stderr.count("\n")) == ("", 1)
        assert done.stderr.startswith("psfacts: ")
        error = json.loads(cli(*command, str(path), "--json", code=4).stderr)["error"]
        assert error["code"] == "invalid"


TWO = "The port office says that Aland had 5 harbours in 2021.\n"


@pytest.fixture
def two_sources(tmp_path: Path) -> list[str]:
    """Write a base in which a fact rests on two sources, and their articles; give the paths, the base first."""
    texts = ["Aland had 5 harbours in 2021.\n", TWO]
    base = json.loads((FICTION / "facts.json").read_bytes())
    was = base["sources"][0]
    base["sources"] = [
        was
        | {
            "id": f"s{number}",
            "title": f"Title {number}",
            "length": len(text),
            "sha256": digest(text),
            "sections": [{"id": "all", "title": "All", "start": 0, "paragraphs": [0]}],
        }
        for number, text in enumerate(texts, 1)
    ]
    base["entities"] = [
        next(one for one in base["entities"] if one["id"] == "belmara")
        | {"id": "aland", "name": "Aland", "aliases": [], "capital": None}
    ]
    claim = next(one for one in base["facts"] if one["kind"] == "claim")
    base["facts"] = [
        claim
        | {
            "id": "harbours",
            "title": "Harbours of Aland",
            "statement": "Aland had 5 harbours in 2021.",
            "entities": ["aland"],
            "context": [],
            "standing": "reported",
            "asserted_by": [],
            "errata": [],
            "when": {"earliest": "2021-01-01", "latest": "2021-12-31", "text": "2021", "inferred": False},
            "evidence": [
                passage(text, f"s{number}", 0, len(text) - 1).model_dump(mode="json")
                for number, text in enumerate(texts, 1)
            ],
        }
    ]
    base |= {"indicators": [], "errata": [], "uncited": []}
    paths = [tmp_path / "base.json", tmp_path / "first.txt", tmp_path / "second.txt"]
    for path, text in zip(paths, [json.dumps(base), *texts], strict=True):
        path.write_text(text, encoding="utf-8")
    return [str(path) for path in paths]


def test_a_fact_with_two_sources_is_checked_where_both_articles_are_given(cli: Cli, two_sources: list[str]) -> None:
    base, *articles = two_sources
    alone = json.loads(cli("verify", articles[0], "--data", base, "--json").stdout)
    assert (alone["source"], alone["facts"], alone["left_out"]) == ("s1", [], ["harbours"])
    both = json.loads(cli("verify", *articles, "--data", base, "--json").stdout)
    assert (both["ok"], both["source"], both["left_out"]) == (True, None, [])
    assert [one["id"] for one in both["facts"]] == ["harbours"]
    assert [(one["source"], one["coverage"]["complete"]) for one in both["sources"]] == [("s1", True), ("s2", True)]
    Path(articles[1]).write_text(TWO.replace("5", "6"), encoding="utf-8")
    changed = json.loads(cli("verify", *articles, "--data", base, "--json", code=6).stdout)
    assert [one["status"] for one in changed["facts"]] == ["failed"]


def test_the_environment_may_name_several_articles(cli: Cli, two_sources: list[str]) -> None:
    base, *articles = two_sources
    env = {"PSFACTS_ARTICLE": os.pathsep.join(articles), "PSFACTS_DATA": base}
    assert cli("verify", env=env).stdout == cli("verify", *articles, "--data", base).stdout
    shown = cli("fact", "harbours", env=env).stdout
    assert "«Aland had 5 harbours in 2021.»" in shown
    assert "«The port office says that Aland had 5 harbours in 2021.»" in shown


def test_a_citation_names_both_sources(cli: Cli, two_sources: list[str]) -> None:
    said = cli("cite", "harbours", "--data", two_sources[0], env={"COLUMNS": "999"}).stdout.splitlines()
    assert ["Title 1" in said[0], "Title 2" in said[1], len(said)] == [True, True, 2]
    rows = list(
        csv.DictReader(cli("cite", "harbours", "--data", two_sources[0], "--format", "csv").stdout.splitlines())
    )
    assert [(row["source"], row["evidence"]) for row in rows] == [("s1", "s1#char=0,29"), ("s2", "s2#char=0,55")]


def test_a_fact_says_where_a_copy_lacks_its_words(cli: Cli) -> None:
    call = ("fact", "grain-belmara-2030", "--article", TAMPERED)
    assert "Your copy of the article does not have these words." in cli(*call).stdout
    (passage,) = json.loads(cli(*call, "--json").stdout)["passages"]
    assert (passage["found"], passage["excerpt"]) == (False, None)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["verify"], "missing argument ARTICLE (for example: psfacts verify article.txt)"),
        (["cite"], "missing argument ID (for example: psfacts cite remittances-uzbekistan-2021)"),
        (["validate"], "missing argument FILE (for example: psfacts validate facts.json)"),
        (
            ["author", "passage"],
            'missing argument ARTICLE (for example: psfacts author passage article.txt "closed the strait")',
        ),
        (
            ["author", "passage", ARTICLE],
            'missing argument WORDS (for example: psfacts author passage article.txt "closed the strait")',
        ),
        (
            ["author", "build", DRAFT, ARTICLE],
            "missing option --output (for example: psfacts author build draft.json article.txt -o facts.json)",
        ),
        (["author", "bild"], "there is no command 'bild' (did you mean build?)"),
    ],
)
def test_a_wrong_call_is_said_in_one_line(cli: Cli, arguments: list[str], said: str) -> None:
    done = cli(*arguments, code=2)
    assert (done.stdout, done.stderr) == ("", f"psfacts: {said}\n")


def test_author_alone_shows_its_help(cli: Cli) -> None:
    assert cli("author").stdout == cli("author", "--help").stdout
    assert "\n  passage  " in cli("author").stdout


def test_passages_are_given_as_they_stand_in_a_base(cli: Cli, fiction_path: Path) -> None:
    errata = json.loads(fiction_path.read_bytes())["errata"]
    said = json.loads(cli("author", "passage", ARTICLE, "Crow", "--source", "coast-2031", "--json").stdout)
    assert [one["start"] for one in said] == [one["start"] for one in errata[0]["evidence"]]
    assert set(said[0]) == {"source", "start", "end", "sha256"}


def test_words_that_the_article_lacks_are_said(cli: Cli) -> None:
    done = cli("author", "passage", ARTICLE, "no", "such", "words", code=4)
    assert (done.stdout, done.stderr) == ("", "psfacts: the article does not have 'no such words'\n")


def test_a_draft_is_built_once_and_again_by_force(cli: Cli, fiction_path: Path, tmp_path: Path) -> None:
    made = tmp_path / "made.json"
    build = ("author", "build", DRAFT, ARTICLE, "-o", str(made))
    assert cli(*build).stdout == f"wrote {made}\n"
    assert made.read_bytes() == fiction_path.read_bytes()
    done = cli(*build, code=5)
    assert done.stderr == f"psfacts: {made}: already exists (use --force to replace it)\n"
    assert cli(*build, "--force").stdout == f"wrote {made}\n"


def test_quotes_that_are_not_found_are_all_named_and_nothing_is_written(cli: Cli, tmp_path: Path) -> None:
    made = tmp_path / "made.json"
    done = cli("author", "build", DRAFT, TAMPERED, "-o", str(made), code=4)
    assert done.stdout.splitlines() == [
        f"{DRAFT}: 2 problems",
        "",
        "facts[13] (strait-closed-2031).evidence[0]",
        "  the article does not have 'In March 2031 … ships.'",
        "",
        "errata[1] (moran-moren).evidence[0]",
        "  the article does not have 'Moran'",
    ]
    assert not made.exists()
    one = tmp_path / "one.txt"
    one.write_text(Path(ARTICLE).read_text(encoding="utf-8").replace("Moran", "Maron"), encoding="utf-8")
    done = cli("author", "build", DRAFT, str(one), "-o", str(made), code=4)
    assert done.stderr == "psfacts: errata[1] (moran-moren).evidence[0]: the article does not have 'Moran'\n"


@pytest.mark.parametrize("arguments", [["verify", ARTICLE, "--all"], ["verify", TAMPERED, "--json"], ["coverage"]])
def test_a_closed_pipe_ends_the_program_quietly(arguments: list[str]) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "wb") as gone:
        done = subprocess.run(
            [*program(), *arguments],
            env=environment(FICTION / "facts.json"),
            stdout=gone,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, b"")


HOSTILE = "\x1b[2J[bold]\u202e\u2066\x07"


@pytest.fixture
def hostile(tmp_path: Path) -> str:
    """Write a copy of the article with controls in it, and give its path."""
    path = tmp_path / "hostile\x1b[2J\u202e.txt"
    text = Path(ARTICLE).read_text(encoding="utf-8")
    path.write_text(text.replace("garrison. Corvian", f"garrison. {HOSTILE}Corvian"), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    "command",
    [
        ["verify", "{}", "--all"],
        ["fact", "skell-secession-1998", "--article", "{}"],
        ["author", "passage", "{}", "garrison. … Corvian"],
        ["coverage", "--article", "{}"],
    ],
    ids=lambda command: command[0],
)
def test_controls_in_an_article_are_shown_escaped(cli: Cli, hostile: str, command: list[str]) -> None:
    arguments = [one.format(hostile) for one in command]
    code = 6 if command[0] == "verify" else 0
    for said in (cli(*arguments, code=code).stdout, cli(*arguments, "--json", code=code).stdout):
        assert not {"\x1b", "\u202e", "\u2066", "\x07"} & set(said)
    if command[0] != "coverage":
        shown = r"\x1b[2J[bold]\u202e\u2066\x07"
        assert shown in cli(*arguments, code=code, env={"COLUMNS": "120"}).stdout.replace("\n", "")


def test_controls_in_names_of_files_are_shown_escaped(cli: Cli, hostile: str) -> None:
    for arguments in (
        ["validate", hostile],
        ["author", "build", hostile, ARTICLE, "-o", "x"],
        ["verify", hostile + "x"],
    ):
        done = cli(*arguments, code=4)
        assert not {"\x1b", "\u202e"} & set(done.stdout + done.stderr)


def test_a_citation_refuses_two_formats_at_once(cli: Cli) -> None:
    done = cli("cite", "coast-2031", "--style", "bibtex", "--json", code=2)
    assert json.loads(done.stderr)["error"]["code"] == "usage"


def test_verify_needs_no_rich_for_json() -> None:
    asked = [sys.executable, "-X", "importtime", "-m", "psfacts", "verify", ARTICLE, "--json"]
    done = subprocess.run(
        asked, env=environment(FICTION / "facts.json"), capture_output=True, encoding="utf-8", check=True
    )
    assert " rich" not in done.stderr


def test_the_schema_of_an_answer_is_what_it_says(cli: Cli) -> None:
    answer: dict[str, JsonValue] = json.loads(cli("validate", PROBLEMS, "--json", code=4).stdout)
    assert list(answer) == ["schema_version", "ok", "file", "problems", "counts", "total"]
    assert isinstance(answer["problems"], list)
    assert len(answer["problems"]) == 10
