"""What people type without knowing how a command wants it: it does what was meant, or says what to type."""

from __future__ import annotations

import json

import pytest

from conftest import Cli


def test_several_countries_are_told_one_by_one(cli: Cli) -> None:
    both = cli("country", "belmara", "Corvia").stdout
    for name in ("belmara", "CX"):
        rows, _, foot = cli("country", name).stdout.partition("\n\n2 ")
        assert rows in both
        assert "Source  A. Nonne" in foot
    assert both.count("Source  A. Nonne") == 1


def test_several_countries_in_json_are_the_answers_for_each(cli: Cli) -> None:
    both = json.loads(cli("country", "belmara", "corvia", "belmara", "--json").stdout)
    one = [json.loads(cli("country", key, "--json").stdout) for key in ("belmara", "corvia")]
    assert both == {"schema_version": 1, "countries": one}


def test_rows_of_several_countries_name_whose_they_are(cli: Cli) -> None:
    both = [json.loads(line) for line in cli("country", "belmara", "corvia", "-f", "jsonl").stdout.splitlines()]
    for key in ("belmara", "corvia"):
        one = [json.loads(line) for line in cli("country", key, "-f", "jsonl").stdout.splitlines()]
        rows = [row for row in both if row["profile"] == key]
        assert [{**row, "profile": None} for row in rows] == [{**row, "profile": None} for row in one]


def test_all_is_no_name_but_everything(cli: Cli) -> None:
    for command in ("countries", "timeline", "errata"):
        assert cli(command, "all").stdout == cli(command).stdout
    assert cli("compare", "ALL", "grain").stdout == cli("compare", "grain").stdout
    everything = json.loads(cli("compare", "all", "--json").stdout)
    assert {row["country"] for row in everything["rows"]} >= {"belmara", "corvia"}
    assert len(everything["indicators"]) > 1
    countries = [one["id"] for one in json.loads(cli("countries", "--json").stdout)["countries"]]
    told = json.loads(cli("country", "all", "--json").stdout)["countries"]
    assert sorted(one["country"]["id"] for one in told) == sorted(countries)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["about", "ilsa", "moren"], ["about", "Ilsa Moren"]),
        (["timeline", "amber", "coast"], ["timeline", "Amber Coast"]),
        (["timeline", "corvia", "amber", "coast"], ["timeline", "corvia", "Amber Coast"]),
        (["compare", "amber", "coast", "grain"], ["compare", "Amber Coast", "grain"]),
        (["countries", "the", "amber", "coast"], ["countries", "Amber Coast"]),
        (["errata", "Ilsa", "Moren", "corvia"], ["errata", "Ilsa Moren", "corvia"]),
        (["timeline", "2030"], ["timeline", "--since", "2030", "--until", "2030"]),
        (["timeline", "2030-05", "corvia"], ["timeline", "corvia", "--since", "2030-05", "--until", "2030-05"]),
        (["timeline", "2029", "2031"], ["timeline", "--since", "2029", "--until", "2031"]),
        (["timeline", "2030", "--until", "2031"], ["timeline", "--since", "2030", "--until", "2031"]),
        (["help"], ["--help"]),
        (["help", "country"], ["country", "--help"]),
        (["help", "author", "build"], ["author", "build", "--help"]),
    ],
)
def test_what_was_meant_is_done(cli: Cli, typed: list[str], meant: list[str]) -> None:
    assert cli(*typed).stdout == cli(*meant).stdout


def test_an_erratum_goes_by_its_id(cli: Cli) -> None:
    every = json.loads(cli("errata", "--json").stdout)["errata"]
    keys = [erratum["id"] for erratum in every]
    assert len(keys) > 1
    assert json.loads(cli("errata", keys[1], "--json").stdout)["errata"] == [every[1]]
    assert json.loads(cli("errata", *keys[1::-1], "--json").stdout)["errata"] == every[:2]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        (["belmara"], "psfacts country belmara"),
        (["Belmara", "--json"], "psfacts country belmara"),
        (["amber", "coast"], "psfacts about amber-coast"),
        (["grain"], "psfacts compare grain"),
        (["grain-corvia-2030"], "psfacts fact grain-corvia-2030"),
        (["2030"], "psfacts timeline 2030"),
        (["who", "closed", "it?"], "psfacts search who closed 'it?'"),
        (["contry", "belmara"], "did you mean country?"),
        (["countri"], "did you mean countries or country?"),
        (["?"], "see: psfacts --help"),
        (["-"], "see: psfacts --help"),
        (["author", "bild"], "did you mean build?"),
        (["author", "belmara"], "see: psfacts author --help"),
        (["--json"], "see: psfacts --help"),
        (["--"], "see: psfacts --help"),
        (["country"], "for example: psfacts country moldova"),
    ],
)
def test_a_wrong_call_says_what_to_type(cli: Cli, typed: list[str], hint: str) -> None:
    assert hint in cli(*typed, code=2).stderr


def test_unknown_names_are_told_with_the_nearest(cli: Cli) -> None:
    assert "did you mean Belmara?" in cli("country", "corvia", "belmarra", code=3).stderr
    assert "'amber coast' is a region" in cli("country", "amber", "coast", code=3).stderr
    assert "'no such land'" in cli("country", "no", "such", "land", code=3).stderr
    cli("timeline", *["nowhere"] * 500, code=3)


@pytest.mark.parametrize("word", ["-5% growth", "-5", "- who closed it?", "-x y", "--limt of grain", "-1998"])
def test_a_word_with_a_digit_or_a_blank_is_text_though_it_begins_with_a_hyphen(cli: Cli, word: str) -> None:
    assert cli("search", word).stdout == cli("search", "--", word).stdout
    assert json.loads(cli("search", word, "--json").stdout)["query"] == word
    assert f"'{word}'" in cli("country", word, code=3).stderr


def test_an_option_may_be_given_text_with_a_hyphen(cli: Cli) -> None:
    assert "'-5'" in cli("search", "grain", "--limit", "-5", code=2).stderr
    assert "'-1 x'" in cli("timeline", "--since=-1 x", code=2).stderr
    assert cli("search", "grain", "--about=Ilsa Moren").stdout == cli("search", "grain", "--about", "Ilsa Moren").stdout


@pytest.mark.parametrize("word", ["--limt", "-x", "-limit", "--5", "--limt=2 3"])
def test_other_words_with_a_hyphen_are_options(cli: Cli, word: str) -> None:
    assert "there is no option" in cli("search", "grain", word, code=2).stderr


def test_line_ends_of_other_systems_are_no_part_of_a_word(cli: Cli) -> None:
    for word in ("grain-corvia-2030\r", "grain-corvia-2030\r\n", "grain-corvia-2030\n"):
        assert cli("fact", word).stdout == cli("fact", "grain-corvia-2030").stdout
    assert cli("compare\r", "grain\r", "--format\r", "csv\r").stdout == cli("compare", "grain", "-f", "csv").stdout


@pytest.mark.parametrize("named", [":{}", "{}:", "::{}::"])
def test_an_empty_part_of_the_named_fact_bases_means_nothing(cli: Cli, fiction_path: str, named: str) -> None:
    env = {"PSFACTS_DATA": named.format(fiction_path)}
    assert cli("countries", env=env).stdout == cli("countries").stdout
    assert "Moldova" in cli("countries", env={"PSFACTS_DATA": ":"}).stdout


SENSELESS = ("0", "-1", "1.5", "x", "", "9" * 5000, "1e3", " 1")


@pytest.mark.parametrize("word", SENSELESS)
def test_a_senseless_number_is_said_in_our_words(cli: Cli, word: str) -> None:
    said = cli("search", "grain", "--limit", word, code=2).stderr
    assert said.startswith("psfacts: --limit cannot be '")
    assert said.endswith("' (give a whole number, 1 or more)\n")


WORDS_OF_LIBRARIES = ("Invalid value", "Input should", "validation error", "Got unexpected", "No such", "Error:")


@pytest.mark.parametrize(
    "typed",
    [
        *(
            ["search", "x", option, word]
            for option in ("--limit", "--kind", "--since")
            for word in ("", "0", "\x1b[2J")
        ),
        *(["countries", option, word] for option in ("--format", "--color", "-f") for word in ("", "xml", "\u202e")),
        *(["cite", "x", "--style", word] for word in ("", "apa")),
        *(["export", "x.out", "--format", word] for word in ("", "doc")),
        *(["countries", "--json=1"], ["countries", "--full=yes"], ["countries", "--data"], ["--data"], ["-o"]),
        *(["indicators", "x"], ["validate", "a", "b"], ["schema", "a", "b"], ["cite"], ["author", "build"]),
    ],
)
def test_no_message_is_in_the_words_of_a_library(cli: Cli, typed: list[str]) -> None:
    said = cli(*typed, code=2).stderr
    assert said.startswith("psfacts: ")
    assert said.count("\n") == 1
    assert [words for words in WORDS_OF_LIBRARIES if words in said] == []
    assert said.isprintable() or said.removesuffix("\n").isprintable()


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("country zzzzzz", "psfacts countries"),
        ("countries zzzzzz", "psfacts entities"),
        ("about zzzzzz", "psfacts entities"),
        ("timeline zzzzzz", "psfacts entities"),
        ("facts --by zzzzzz", "psfacts entities"),
        ("search grain --about zzzzzz", "psfacts entities"),
        ("errata zzzzzz", "psfacts indicators or psfacts entities"),
        ("compare zzzzzz", "psfacts indicators, psfacts countries or psfacts entities"),
        ("compare grain --sort zzzzzz", "psfacts indicators"),
    ],
)
def test_the_hint_for_a_name_unlike_any_lists_what_is_wanted(cli: Cli, typed: str, hint: str) -> None:
    assert cli(*typed.split(), code=3).stderr.endswith(f"is called 'zzzzzz' (try: {hint})\n")
