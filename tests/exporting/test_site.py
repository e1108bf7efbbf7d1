"""The page of a whole fact base, as it is written; what a browser makes of it is tried in test_browser."""

from __future__ import annotations

import json
import re
import tempfile
import webbrowser
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

import psfacts
from conftest import Cli
from psfacts.answers.fact import cite
from psfacts.errors import UsageError
from psfacts.exporting.site import page as pages
from psfacts.exporting.site.page import page
from psfacts.model import FactBase
from psfacts.render.citation import STYLES, characters, places
from psfacts.store.store import Store
from psfacts.text.visible import visible

SCREENLESS = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "BROWSER": ""}


class Parsed(HTMLParser):
    """A page taken apart: its tags with their attributes, and the text of each."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.texts.append((self.tags[-1][0] if self.tags else "", data))

    def attributes(self, name: str) -> list[str]:
        """Return the values of all attributes of a name."""
        return [value or "" for _, attributes in self.tags for key, value in attributes.items() if key == name]


def data_of(text: str) -> dict[str, list[dict[str, object]]]:
    match = re.search(r'<script type="application/json" id="base">(.*?)</script>', text, re.DOTALL)
    assert match
    found: dict[str, list[dict[str, object]]] = json.loads(match[1])
    return found


@pytest.fixture(scope="module")
def text(store: Store) -> str:
    return page(store)


@pytest.fixture(scope="module")
def built_in() -> str:
    return page(psfacts.load())


def test_the_same_base_gives_the_same_bytes(cli: Cli, tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        cli("export", str(tmp_path / name))
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_the_page_of_the_built_in_base_can_be_sent_by_mail(built_in: str) -> None:
    assert len(built_in.encode()) < 400_000


def test_nothing_is_loaded_and_no_script_runs_but_ours(built_in: str) -> None:
    parsed = Parsed(built_in)
    assert not parsed.attributes("src")
    assert {address.partition(":")[0] for address in parsed.attributes("href") if not address.startswith("#")} == {
        "data"
    }
    (policy,) = (content for content in parsed.attributes("content") if "-src" in content)
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (block,) = re.findall(rf"<{tag}>(.*?)</{tag}>", built_in, re.DOTALL)
        assert f"{tag}-src 'sha256-{b64encode(sha256(block.encode()).digest()).decode()}'" in policy


def test_words_of_a_base_make_no_markup(hostile_store: Store, text: str) -> None:
    hostile = page(hostile_store)
    assert [tag for tag, _ in Parsed(hostile).tags if tag != "small"] == [
        tag for tag, _ in Parsed(text).tags if tag != "small"
    ]
    assert "\u2028" not in hostile
    assert "\u202e" not in hostile
    titles = {fact["id"]: fact["title"] for fact in data_of(hostile)["facts"] if "title" in fact}
    assert titles == {fact.id: visible(fact.title) for fact in hostile_store.facts if fact.title}


def test_without_scripts_every_fact_stands_there_once_with_its_doubts(built_in: str) -> None:
    store = psfacts.load()
    (listed,) = re.findall(r'<div id="facts">(.*?)</div>', built_in, re.DOTALL)
    texts = [text for _, text in Parsed(listed).texts]
    for fact in store.facts:
        assert texts.count(visible(fact.statement)) == 1, fact.id
    doubts = {erratum.id: erratum.reading for erratum in store.errata if erratum.kind == "doubt"}
    for fact in store.facts:
        for key in fact.errata:
            assert key not in doubts or any(doubts[key] in text for text in texts), (fact.id, key)


def test_facts_stand_in_the_order_of_the_program(built_in: str) -> None:
    shown = [str(fact["id"]) for fact in data_of(built_in)["facts"]]
    for name in ("vladimir-putin", "kazakhstan"):
        told = [fact.id for fact in psfacts.about(name).facts]
        assert [key for key in shown if key in told] == told


@pytest.mark.parametrize("base", ["fiction", "hostile", "built-in"])
def test_citations_are_those_of_the_program(base: str, store: Store, hostile_store: Store) -> None:
    store = {"fiction": store, "hostile": hostile_store, "built-in": psfacts.load()}[base]
    content = data_of(page(store))
    patterns = content["citations"]
    for fact in content["facts"]:
        cited = cite(str(fact["id"]), store=store)
        place = places(cited.locators)
        sections = "; ".join(dict.fromkeys(locator.title for locator in cited.locators))
        own = [cited.id, place, place[:1].upper() + place[1:], characters(cited.passages), sections]
        for pattern, style in zip(patterns[int(str(fact["cite"]))], STYLES.values(), strict=True):
            made = str(pattern)
            for mark, value in enumerate(own, 1):
                made = made.replace(chr(mark), value)
            assert visible(made.replace("\n", "")) == visible(style(cited).replace("\n", ""))


def test_a_base_too_large_for_a_browser_is_refused_with_a_way_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_FACTS", len(store.facts) - 1)
    with pytest.raises(UsageError, match="at most") as error:
        page(store)
    assert "Datasette" in error.value.hint


def test_the_head_tells_machines_what_the_page_is(built_in: str) -> None:
    (about,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', built_in, re.DOTALL)
    told = json.loads(about)
    store = psfacts.load()
    assert (told["@context"], told["@type"]) == ("https://schema.org", "Dataset")
    assert [work["url"] for work in told["isBasedOn"]] == [source.url for source in store.sources]
    assert {country["name"] for country in told["spatialCoverage"]} == {one.name for one in store.home_countries()}


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that temporary files go to."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("words", "begin"),
    [
        ("", ""),
        ("corvia", "#/country/corvia"),
        ("grain", "#/compare/grain"),
        ("skell isles", "#/entity/skell-isles"),
        ("grain-corvia-2030", "#/fact/grain-corvia-2030"),
    ],
)
def test_browse_writes_a_page_that_begins_where_it_is_asked_to(
    words: str, begin: str, cli: Cli, temporary: Path
) -> None:
    written, opened = cli("browse", *words.split(), env=SCREENLESS).stdout.splitlines()
    path = Path(written.removeprefix("wrote "))
    assert path.is_relative_to(temporary)
    assert opened == f"open {path.as_uri()}"
    assert f'data-start="{begin}"' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("is_open", [True, False])
@pytest.mark.usefixtures("temporary")
def test_browse_opens_a_browser_and_says_where_the_page_is_if_it_cannot(
    is_open: bool, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def opens(address: str) -> bool:
        asked.append(address)
        return is_open

    monkeypatch.setattr(webbrowser, "open", opens)
    written, *more = cli("browse", env={**SCREENLESS, "BROWSER": "something"}).stdout.splitlines()
    (address,) = asked
    assert address == Path(written.removeprefix("wrote ")).as_uri()
    assert more == ([] if is_open else [f"open {address}"])


def test_browse_does_not_guess_names(cli: Cli, temporary: Path) -> None:
    assert "did you mean" in cli("browse", "corvea", code=3, env=SCREENLESS).stderr.lower()
    assert list(temporary.iterdir()) == []


def test_an_id_that_a_fact_took_the_place_of_leads_to_that_fact(fiction_base: FactBase) -> None:
    first, *others = fiction_base.facts
    facts = (first.model_copy(update={"replaces": ("an-earlier-id",)}), *others)
    told = data_of(page(Store.of(fiction_base.model_copy(update={"facts": facts}))))["facts"]
    assert [fact["id"] for fact in told if "replaces" in fact] == [first.id]
