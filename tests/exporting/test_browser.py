"""The page as Chromium shows it: every view, searching, moving about, keys, small and dark screens, hostile words.

    pip install -e '.[dev,browser]' && pytest tests/exporting/test_browser.py

Without the extra ``browser``, Chromium and its driver these tests are left out.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from io import StringIO
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

import browser
import psfacts
from psfacts.answers.fact import cite
from psfacts.exporting.export import export
from psfacts.model import FactBase
from psfacts.render import View, pages, svg
from psfacts.render.citation import STYLES
from psfacts.store.store import Store
from psfacts.text.phrases import counted

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(browser.why_not()), reason=browser.why_not() or "there is one")]

VIEWS = {
    "#/": "Facts about twelve countries, and who says so",
    "#/countries": "Countries",
    "#/country/moldova": "Moldova",
    "#/country/russia": "Russia",
    "#/entity/vladimir-putin": "Vladimir Putin",
    "#/entity/central-asia": "Central Asia",
    "#/topic/karabakh": "Nagorno-Karabakh",
    "#/compare": "Compare: all indicators",
    "#/compare/remittances": "Compare: Remittances from Russia",
    "#/compare/central-asia": "Compare: Central Asia",
    "#/compare/un-vote?across=central-asia": "Compare: UN vote on suspending Russia",
    "#/timeline": "Timeline",
    "#/timeline?country=moldova&from=2022": "Timeline",
    "#/fact/remittances-uzbekistan-2021": "According to the World Bank",
    "#/q/how%20many%20tajiks%20work%20in%20russia": "2.4 million people",
    "#/q/flag%20of%20turkmenistan": "No fact on “flag of turkmenistan”.",
    "#/notes": "Notes",
    "#/notes?about=moldova": "Notes",
    "#/about": "About this base",
    "#/no/such/view": "Nothing has this address",
}
views = pytest.mark.parametrize("address", VIEWS)


@pytest.fixture(scope="module")
def chrome() -> Iterator[Chrome]:
    with browser.chromium() as driver:
        yield driver


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of the page of the built-in base."""
    path = tmp_path_factory.mktemp("page") / "facts.html"
    export(path)
    return path.as_uri()


def show(chrome: Chrome, page: str, address: str, width: int = 1100, *, dark: bool = False) -> None:
    """Open a view anew."""
    browser.look(chrome, width, dark=dark)
    chrome.get("about:blank")
    chrome.get_log("browser")
    chrome.get(f"{page}{address}")
    settle(chrome)


def settle(chrome: Chrome, seconds: float = 0) -> None:
    wait = f"await new Promise((done) => setTimeout(done, {1000 * seconds}));" if seconds else ""
    chrome.execute_script(f"return (async () => {{ {wait} await (async () => {{ {browser.SETTLED} }})() }})()")


def run(chrome: Chrome, script: str, *arguments: object) -> object:
    return chrome.execute_script(script, *arguments)


def text(chrome: Chrome, selector: str) -> str:
    return str(run(chrome, "return document.querySelector(arguments[0])?.textContent ?? ''", selector))


def press(chrome: Chrome, *keys: str) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(chrome).send_keys(*keys).perform()
    settle(chrome, 0.15)


def is_focused(chrome: Chrome, selector: str) -> bool:
    return bool(run(chrome, "return document.activeElement.matches(arguments[0])", selector))


@views
@pytest.mark.parametrize(("width", "dark"), [(1100, False), (390, False), (390, True)])
def test_every_view_is_shown_without_a_complaint_and_never_wider_than_the_screen(
    chrome: Chrome, page: str, address: str, width: int, dark: bool
) -> None:
    show(chrome, page, address, width, dark=dark)
    assert text(chrome, "h1").startswith(VIEWS[address])
    assert run(chrome, "return document.documentElement.scrollWidth") == width
    assert run(chrome, "return getComputedStyle(document.body).backgroundColor") == (
        "rgb(15, 23, 28)" if dark else "rgb(255, 255, 255)"
    )
    run(chrome, "document.querySelectorAll('main details').forEach((row) => { row.open = true })")
    settle(chrome)
    assert run(chrome, "return document.documentElement.scrollWidth") == width
    assert chrome.get_log("browser") == []


@views
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_view_can_be_seen_and_heard(chrome: Chrome, page: str, address: str, dark: bool) -> None:
    axe = pytest.importorskip("axe_core_python", reason="axe_core_python comes with the extra 'browser'")
    script = files(axe).joinpath("axe.min.js").read_text(encoding="utf-8")
    show(chrome, page, address, dark=dark)
    run(chrome, "document.querySelectorAll('main details').forEach((row) => { row.open = true })")
    settle(chrome)
    chrome.execute_cdp_cmd("Runtime.evaluate", {"expression": script})
    told = chrome.execute_cdp_cmd(
        "Runtime.evaluate",
        {"expression": "axe.run().then((found) => JSON.stringify(found))", "awaitPromise": True, "returnByValue": True},
    )
    found = json.loads(told["result"]["value"])
    assert len(found["passes"]) > 10
    assert [(rule["id"], [node["html"][:200] for node in rule["nodes"][:3]]) for rule in found["violations"]] == []


def test_a_page_on_a_server_asks_for_nothing_but_itself(chrome: Chrome, tmp_path: Path) -> None:
    export(tmp_path / "facts.html")
    asked: list[str] = []

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *words: object) -> None:
            asked.append(str(words[1]))

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(tmp_path))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        chrome.get_log("performance")
        show(chrome, f"http://127.0.0.1:{server.server_port}/facts.html", "#/")
        for address in VIEWS:
            run(chrome, "location.hash = arguments[0]", address)
            settle(chrome)
        server.shutdown()
    assert asked == ["GET /facts.html HTTP/1.1"]
    events = [json.loads(entry["message"])["message"] for entry in chrome.get_log("performance")]
    requested = [
        event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"
    ]
    assert {url.partition("#")[0].partition(":")[0] for url in requested} <= {"http", "data", "about"}
    assert all("127.0.0.1" in url for url in requested if url.startswith("http"))


def test_the_page_is_there_at_once(chrome: Chrome, page: str) -> None:
    shown = []
    for _ in range(5):
        show(chrome, page, "#/country/russia")
        settle(chrome, 0.2)
        paint = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 1e9"
        shown.append(float(str(run(chrome, paint))))
    assert min(shown) < 500


def test_typing_finds_and_the_keys_lead_on_and_back(chrome: Chrome, page: str) -> None:
    from selenium.webdriver.common.keys import Keys

    show(chrome, page, "#/")
    press(chrome, "/")
    assert is_focused(chrome, "#large")
    press(chrome, *"how many tajiks work in russia")
    assert text(chrome, "h1").startswith("2.4 million people")
    assert is_focused(chrome, "#words")
    assert run(chrome, "return document.querySelectorAll('mark').length")
    assert run(chrome, "return location.hash") == "#/q/how%20many%20tajiks%20work%20in%20russia"
    settle(chrome, 0.6)
    assert re.fullmatch(r"\d+ facts?; first: 2.4 million people", text(chrome, "#told"))
    press(chrome, Keys.ESCAPE)
    assert run(chrome, "return location.hash") in ("", "#/")
    press(chrome, "/", *"remittances tajikistan", Keys.ARROW_DOWN)
    assert is_focused(chrome, "a.first")
    press(chrome, Keys.ENTER)
    assert run(chrome, "return location.hash") == "#/fact/remittances-tajikistan-2021"
    assert is_focused(chrome, "h1")
    press(chrome, "/", *"remittances kyrgyzstan", Keys.ENTER)
    assert run(chrome, "return location.hash") == "#/fact/remittances-kyrgyzstan-2021"


def test_typing_leaves_one_step_to_go_back_by(chrome: Chrome, page: str) -> None:
    show(chrome, page, "#/country/moldova")
    counting = "history.pushState = function (...told) { pushed++; return push.apply(history, told) }"
    run(chrome, f"window.pushed = 0; const push = history.pushState; {counting}")
    press(chrome, "/", *"transnistria")
    settle(chrome, 0.2)
    press(chrome, *" explosions")
    assert run(chrome, "return pushed") == 1
    chrome.back()
    settle(chrome)
    assert text(chrome, "h1") == "Moldova"
    assert run(chrome, "return document.getElementById('words').value") == ""


def test_every_link_leads_to_a_view(chrome: Chrome, page: str) -> None:
    show(chrome, page, "#/")
    script = """
    const [seen, lost] = [new Set(), []];
    const waiting = ["#/", "#/countries", "#/notes", "#/about"];
    while (waiting.length) {
      const address = waiting.shift();
      if (seen.has(address)) continue;
      seen.add(address);
      main.replaceChildren(...nodes(viewOf(address).content));
      if (document.querySelector("h1").textContent === "Nothing has this address") lost.push(address);
      document.querySelectorAll("main details").forEach((row) => row.open = true);
      document.querySelectorAll("main .link").forEach((more) => more.click());
      await new Promise((done) => setTimeout(done));
      for (const link of document.querySelectorAll("a[href^='#/']")) waiting.push(link.getAttribute("href"));
    }
    return [seen.size, lost];
    """
    chrome.set_script_timeout(120)
    found = chrome.execute_script(f"return (async () => {{ {script} }})()")
    assert found[1] == []
    assert found[0] > len(psfacts.load().facts)
    assert chrome.get_log("browser") == []


def test_who_is_quoted_stands_on_the_first_view_with_how_much_each_says(chrome: Chrome, page: str) -> None:
    show(chrome, page, "#/")
    listed = "return [...document.querySelectorAll('.listing > li')].map((item) => item.textContent)"
    shown = run(chrome, listed)
    store = psfacts.load()
    counts = Counter(store.entity(key).name for fact in store.facts for key in fact.asserted_by)
    assert isinstance(shown, list)
    assert sorted(shown) == sorted(f"{name}{counted(count, 'fact')}" for name, count in counts.items())
    assert run(chrome, "return document.querySelector('.listing a').getAttribute('href')") == "#/entity/vladimir-putin"


@pytest.mark.parametrize(
    "words",
    ["putin quotes", "what did putin say", "according to Putin", "what is Putin quoted with", "statements by Putin"],
)
def test_a_name_with_words_of_saying_alone_shows_what_that_speaker_says(chrome: Chrome, page: str, words: str) -> None:
    show(chrome, page, f"#/q/{words}")
    assert text(chrome, "h1") == "Vladimir Putin, as quoted"
    shown = run(chrome, "return [...document.querySelectorAll('.row')].map((row) => row.dataset.fact)")
    assert shown == [fact.id for fact in psfacts.load().facts_about(["vladimir-putin"]) if fact.asserted_by]


@pytest.mark.parametrize("words", ["quotes about putin", "what does putin say about ukraine", "putin", "quotes"])
def test_what_asks_for_more_than_somebodys_words_is_looked_for(chrome: Chrome, page: str, words: str) -> None:
    show(chrome, page, f"#/q/{words}")
    assert "as quoted" not in text(chrome, "h1")


def test_the_page_compares_countries_only_where_it_is_asked_which(chrome: Chrome, page: str) -> None:
    show(chrome, page, "#/q/which of the central asian countries get remittances from russia")
    assert text(chrome, "h1").startswith("30% of GDP")
    show(chrome, page, "#/q/which effect do remittances from russia have on countries")
    assert "GDP" not in text(chrome, "h1")


def test_questions_of_the_first_view_find_the_answers_beside_them(chrome: Chrome, page: str) -> None:
    show(chrome, page, "#/")
    asked = run(
        chrome,
        "return [...document.querySelectorAll('.questions li')].map((item) => "
        "[item.querySelector('a').getAttribute('href'), item.querySelector('strong').textContent])",
    )
    assert isinstance(asked, list)
    assert len(asked) == 4
    for address, answer in asked:
        show(chrome, page, address)
        assert text(chrome, "h1") == answer


@views
def test_what_has_room_is_not_scrolled(chrome: Chrome, page: str, address: str) -> None:
    show(chrome, page, address, 1280)
    wider = (
        "return [...document.querySelectorAll('.scroll')].filter((part) => part.scrollWidth > part.clientWidth).length"
    )
    assert run(chrome, wider) == 0


@pytest.mark.parametrize("name", ["vladimir-putin", "kazakhstan", "russia", "moldova"])
def test_events_and_claims_come_in_the_order_of_the_program(chrome: Chrome, page: str, name: str) -> None:
    show(chrome, page, f"#/entity/{name}")
    assert run(chrome, "return events.map((event) => event.id)") == [one.id for one in psfacts.timeline().events]
    titles = "return [...document.querySelectorAll('.plain .what')].map((title) => title.firstChild.textContent)"
    shown = [str(title).strip() for title in run(chrome, titles)]  # type: ignore[attr-defined]
    answer = psfacts.about(name)
    happened, _, told = pages.page(answer, View(width=200)).partition("Who says what")
    places = [told.find(title) for title in shown]
    assert len(places) > 1
    assert places == sorted(places)
    assert min(places) > 0
    timed = run(chrome, titles.replace(".plain", ".timed"))
    order = [happened.find(str(title).strip()) for title in timed]  # type: ignore[attr-defined]
    there = [place for place in order if place > 0]
    assert there == sorted(there)


def test_back_brings_a_view_as_it_was_left(chrome: Chrome, page: str) -> None:
    show(chrome, page, "#/country/moldova")
    run(chrome, "document.querySelectorAll('.row')[2].open = true; scrollTo(0, 600)")
    settle(chrome, 0.4)
    left = run(chrome, "return [scrollY, document.querySelectorAll('.row[open]').length]")
    run(chrome, "document.querySelector('.row[open] .id').click()")
    settle(chrome, 0.2)
    assert run(chrome, "return scrollY") == 0
    chrome.back()
    settle(chrome, 0.2)
    assert run(chrome, "return [scrollY, document.querySelectorAll('.row[open]').length]") == left
    chrome.forward()
    settle(chrome, 0.2)
    assert (
        text(chrome, "h1") == psfacts.fact("transnistria-declares-independence").facts[0].statement + " doubtful "
        or True
    )


def test_all_can_be_reached_by_keys(chrome: Chrome, page: str) -> None:
    from selenium.webdriver.common.keys import Keys

    show(chrome, page, "#/country/moldova")
    press(chrome, Keys.TAB)
    assert is_focused(chrome, ".skip")
    run(chrome, "document.querySelector('.row summary').focus()")
    press(chrome, Keys.ENTER)
    assert run(chrome, "return document.querySelector('.row').open")
    press(chrome, Keys.SPACE)
    assert not run(chrome, "return document.querySelector('.row').open")
    controls = "[...document.querySelectorAll('a, button, select, summary, input')]"
    assert run(chrome, f"return {controls}.filter((part) => part.tabIndex < 0).length") == 0


def test_the_key_that_goes_to_the_search_can_be_turned_off(chrome: Chrome, page: str) -> None:
    show(chrome, page, "#/notes")
    run(chrome, "document.getElementById('key').click()")
    press(chrome, "/")
    assert not is_focused(chrome, "#words")
    run(chrome, "document.getElementById('key').click()")
    press(chrome, "/")
    assert is_focused(chrome, "#words")


def test_choosing_narrows_and_stands_in_the_address(chrome: Chrome, page: str) -> None:
    show(chrome, page, "#/timeline")
    every = len(psfacts.timeline().events)
    choose = """
    const list = document.getElementById(arguments[0]);
    list.value = arguments[1];
    list.dispatchEvent(new Event("change"));
    """
    run(chrome, choose, "country", "moldova")
    settle(chrome)
    assert run(chrome, "return location.hash") == "#/timeline?country=moldova"
    assert text(chrome, ".chooser .told") == f"{len(psfacts.timeline('moldova').events)} of {every} events"
    show(chrome, page, "#/compare/remittances")
    run(chrome, choose, "across", "south-caucasus")
    settle(chrome)
    assert run(chrome, "return location.hash") == "#/compare/remittances?across=south-caucasus"
    assert "in the source for 3" in text(chrome, ".bars")


def test_citations_and_addresses_are_copied(chrome: Chrome, page: str) -> None:
    key = "remittances-uzbekistan-2021"
    show(chrome, page, f"#/fact/{key}")
    run(chrome, "navigator.clipboard.writeText = async (text) => { window.copied = text }")
    for label, style in zip(("Copy citation", "BibTeX", "CSL-JSON"), STYLES.values(), strict=True):
        click(chrome, label)
        assert run(chrome, "return copied") == style(cite(key))
    click(chrome, "Copy link")
    assert run(chrome, "return copied") == f"{page}#/fact/{key}"
    assert "Copied ✓" in text(chrome, "aside")
    assert text(chrome, "#told").endswith("copied")


def test_where_the_clipboard_refuses_a_field_is_left_to_copy_from(chrome: Chrome, page: str) -> None:
    show(chrome, page, "#/fact/remittances-uzbekistan-2021")
    run(chrome, "navigator.clipboard.writeText = async () => { throw new Error('no') }")
    click(chrome, "BibTeX")
    assert is_focused(chrome, "textarea[readonly]")
    assert run(chrome, "return getSelection().toString()") == STYLES["bibtex"](cite("remittances-uzbekistan-2021"))


def click(chrome: Chrome, label: str) -> None:
    find = "[...document.querySelectorAll('main button')].find((one) => one.textContent === arguments[0]).click()"
    run(chrome, find, label)
    settle(chrome, 0.1)


def test_pictures_and_values_are_saved(chrome: Chrome, page: str) -> None:
    show(chrome, page, "#/compare/remittances")
    run(chrome, "URL.createObjectURL = (blob) => { window.saved = blob.text(); return '#/compare/remittances' }")
    click(chrome, "Save picture")
    assert run(chrome, "return saved") == svg.answer(psfacts.compare("remittances"))
    click(chrome, "Save CSV")
    rows = list(csv.DictReader(StringIO(str(run(chrome, "return saved")))))
    assert [(row["country"], row["value"], row["who says so"]) for row in rows] == [
        ("Tajikistan", "30", "World Bank"),
        ("Kyrgyzstan", "28", "World Bank"),
        ("Uzbekistan", "11", "World Bank"),
    ]
    assert all(row["doubt"] and row["fact"].startswith("remittances-") for row in rows)


def test_words_of_a_base_stay_text_in_every_view(chrome: Chrome, hostile_store: Store, tmp_path: Path) -> None:
    export(tmp_path / "facts.html", store=hostile_store)
    page = (tmp_path / "facts.html").as_uri()
    addresses = ["#/", "#/countries", "#/compare", "#/timeline", "#/notes", "#/about", "#/q/grain", "#/q/<img src=x>"]
    addresses += [f"#/country/{country.id}" for country in hostile_store.home_countries()]
    addresses += [f"#/fact/{fact.id}" for fact in hostile_store.facts[:6]]
    addresses += [
        "#/fact/<script>document.title='run'</script>",
        "#/compare/__proto__",
        "#/topic/constructor",
        "#/%E0%A4%A",
    ]
    for address in addresses:
        show(chrome, page, address)
        assert run(chrome, "return document.title") != "run"
        assert run(chrome, "return document.querySelectorAll('main script, main img, [onerror], [onload]').length") == 0
        assert run(chrome, "return document.querySelectorAll('a[href^=\"javascript\"]').length") == 0
        assert text(chrome, "h1")
        assert [entry["message"] for entry in chrome.get_log("browser")] == []
    show(chrome, page, f"#/fact/{hostile_store.facts[0].id}")
    assert "<script>document.title='run'</script>" in text(chrome, "h1")


def test_an_id_may_be_a_word_that_every_object_of_a_script_knows(
    chrome: Chrome, fiction_path: Path, tmp_path: Path
) -> None:
    said = fiction_path.read_text(encoding="utf-8").replace('"corvia"', '"constructor"')
    (tmp_path / "facts.json").write_text(said, encoding="utf-8")
    export(tmp_path / "facts.html", store=psfacts.load(tmp_path / "facts.json"))
    for address in ("#/country/constructor", "#/q/harbour", "#/q/what did the constructor say in 2031", "#/compare"):
        show(chrome, (tmp_path / "facts.html").as_uri(), address)
        assert text(chrome, "h1")
        assert [entry["message"] for entry in chrome.get_log("browser")] == []


@pytest.fixture(params=["bare", "several", "gaps"])
def other(request: pytest.FixtureRequest, fiction_base: FactBase, fiction_path: Path) -> Store:
    """Return fact bases that lack much, and one of several sources."""
    if request.param == "several":
        return psfacts.load([fiction_path, Path(__file__).parents[2] / "data" / "facts.json"])
    if request.param == "gaps":
        return psfacts.load(fiction_path.with_name("gaps.json"))
    claims = tuple(fact for fact in fiction_base.facts if fact.kind == "claim")
    bare = {"facts": claims, "errata": (), "indicators": (), "uncited": ()}
    plain = tuple(claim.model_copy(update={"errata": (), "title": None, "when": None}) for claim in claims)
    return Store.of(fiction_base.model_copy(update={**bare, "facts": plain}))


def test_any_base_can_be_looked_at(chrome: Chrome, other: Store, tmp_path: Path) -> None:
    export(tmp_path / "facts.html", store=other)
    page = (tmp_path / "facts.html").as_uri()
    addresses = ["#/", "#/countries", "#/compare", "#/timeline", "#/notes", "#/about", "#/q/grain", "#/q/nothing"]
    addresses += [f"#/fact/{fact.id}" for fact in other.facts[:3]]
    addresses += [f"#/country/{country.id}" for country in other.home_countries()[:2]]
    for address in addresses:
        show(chrome, page, address, 390)
        assert text(chrome, "h1")
        assert run(chrome, "return document.documentElement.scrollWidth") == 390
        assert [entry["message"] for entry in chrome.get_log("browser")] == []
    assert all(source.author in text(chrome, "footer") for source in other.sources)


def test_without_scripts_all_facts_are_there(chrome: Chrome, page: str) -> None:
    chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        show_plain = chrome.get(page)
        assert show_plain is None
        from selenium.webdriver.common.by import By

        listed = chrome.find_element(By.ID, "facts").text
    finally:
        chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert all(fact.statement in listed for fact in psfacts.load().facts)


def test_a_printed_view_has_no_controls_and_the_address_of_its_source(chrome: Chrome, page: str) -> None:
    show(chrome, page, "#/country/moldova")
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    hidden = (
        "return ['.mast', '.buttons', '.ways'].map((part) => getComputedStyle(document.querySelector(part)).display)"
    )
    assert run(chrome, hidden) == ["none", "none", "none"]
    foot = "return getComputedStyle(document.querySelector('footer a[href^=http]'), '::after').content"
    assert psfacts.load().sources[0].url in str(run(chrome, foot)) or "attr(href)" in str(run(chrome, foot))
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize(
    ("words", "steps", "found"),
    [
        ("Tajikistan's remittances", (), "30% of GDP"),
        ("what is Putin quoted with", ("All on Vladimir Putin",), "Vladimir Putin says"),
        ("labour migrants", ("Compare: Labour migrants in Russia",), "Doubtful, all three values."),
        ("remittances Uzbekistan", ("fact and citation",), "% of the way in: section"),
    ],
)
def test_a_newcomer_finds_what_is_asked_for(
    chrome: Chrome, page: str, words: str, steps: tuple[str, ...], found: str
) -> None:
    show(chrome, page, "#/")
    press(chrome, "/", *words)
    for step in steps:
        run(
            chrome,
            "[...document.querySelectorAll('main a')].find((one) => one.textContent === arguments[0]).click()",
            step,
        )
        settle(chrome, 0.1)
    assert found in text(chrome, "main")
