"""Answers as pictures: what stands in them, and that nothing in them acts or comes from elsewhere."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

import psfacts
from conftest import Call, Cli
from psfacts.answers.answer import Answer
from psfacts.errors import UsageError
from psfacts.model import Event, FactBase, When
from psfacts.render import View, charts, svg
from psfacts.store.store import Store
from psfacts.text.visible import visible

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"svg", "title", "desc", "style", "rect", "path", "circle", "text", "tspan", "g"}
ADDRESS = re.compile(r"https?://[^\s\"'<>]+")


def drawn(answer: Answer) -> ElementTree.Element:
    return ElementTree.fromstring(svg.answer(answer))  # noqa: S314 -- our own


def words(picture: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()) for text in picture.iter(f"{SVG}text")]


def changed(base: FactBase, **values: float) -> Store:
    """Return a store with other values of observations, by their ids with underscores."""
    ids = {key.replace("_", "-"): value for key, value in values.items()}
    facts = tuple(fact.model_copy(update={"value": ids[fact.id]}) if fact.id in ids else fact for fact in base.facts)
    return Store.of(base.model_copy(update={"facts": facts}))


def test_a_comparison_tells_value_unit_time_speaker_silence_and_source(store: Store) -> None:
    picture = drawn(psfacts.compare("grain", store=store))
    told = words(picture)
    assert told[0] == "Grain from Great Tarsk"
    assert told[1] == "% of food supply · reported"
    assert [line for line in told if "%" in line[:6] and line[0].isdigit()] == ["40% 2030", "35% 2029", "25.5% 2030"]
    assert "No value in the source for 1: Drenlund" in told
    assert told[-1] == "psfacts"
    assert any(line.startswith("Source: A. Nonne, The Orm Gazette, 1 July 2031") for line in told)
    description = picture.findtext(f"{SVG}desc") or ""
    assert all(part in description for part in ("Belmara 40%", "Corvia 25.5%", "% of food supply"))


def test_doubtful_bars_are_outlined_and_the_doubt_is_told() -> None:
    picture = drawn(psfacts.compare("remittances"))
    bars = [bar for bar in picture.iter(f"{SVG}rect") if bar.get("height") == "30"]
    assert [bar.get("fill") for bar in bars] == [svg.LIGHT["tint"]] * 3
    text = " ".join(words(picture))
    assert "World Bank says" in text
    for erratum in psfacts.compare("remittances").errata:
        if erratum.kind == "doubt":
            assert " ".join(erratum.reading.split()) in " ".join(text.split())
            assert f"This objection is {erratum.certainty}" in text


def test_bars_begin_at_zero_and_are_as_long_as_their_values(fiction_base: FactBase) -> None:
    store = changed(fiction_base, grain_belmara_2030=40.0, grain_belmara_2029=20.0, grain_corvia_2030=-10.0)
    picture = drawn(psfacts.compare("grain", store=store))
    bars = [bar for bar in picture.iter(f"{SVG}rect") if bar.get("height") == "30"]
    places = [(float(bar.get("x", 0)), float(bar.get("width", 0))) for bar in bars]
    (first, long), (second, half), (below, short) = places
    assert first == second == pytest.approx(below + short, abs=0.2)
    assert [half / long, short / long] == pytest.approx([0.5, 0.25], abs=0.01)


def test_a_comparison_without_any_length_can_be_drawn(fiction_base: FactBase) -> None:
    store = changed(fiction_base, grain_belmara_2030=0, grain_belmara_2029=0, grain_corvia_2030=0)
    assert "0%" in " ".join(words(drawn(psfacts.compare("grain", store=store))))


def test_categories_are_drawn_as_words(store: Store) -> None:
    told = words(drawn(psfacts.compare("ship-ban-vote", store=store)))
    names = {store.entity(one.subject).name for one in store.observations(indicators=["ship-ban-vote"])}
    assert all(any(name in line for line in told) for name in names)


def test_a_timeline_has_a_row_an_event_in_order_with_its_time() -> None:
    found = psfacts.timeline()
    told = words(drawn(found))
    places = [next(at for at, line in enumerate(told) if event.headline in line) for event in found.events]
    assert len(set(places)) == len(found.events)
    assert "28 events" in told[1] or f"{len(found.events)} events" in told[1]
    assert any("The scale changes at 2022" in line for line in told)


def test_all_of_a_picture_lies_within_it() -> None:
    for answer in (psfacts.timeline(), psfacts.timeline("moldova"), psfacts.compare("remittances")):
        picture = drawn(answer)
        width, height = float(picture.get("width", 0)), float(picture.get("height", 0))
        for shape in picture.iter():
            x, y = float(shape.get("x", 0)), float(shape.get("y", 0))
            assert 0 <= x <= width
            assert 0 <= y <= height
            if shape.tag == f"{SVG}rect" and shape.get("width") != "100%":
                assert x + float(shape.get("width", 0)) <= width


def event(number: int, earliest: date, latest: date, like: Event) -> Event:
    when = When(earliest=earliest, latest=latest, text=f"{earliest} to {latest}", inferred=False)
    return like.model_copy(update={"id": f"event-{number}", "when": when})


@pytest.mark.parametrize(
    "spans",
    [
        [("2022-05-01", "2022-05-01")],
        [("0001-01-01", "9999-12-31")],
        [("0001-01-01", "0001-01-01"), ("9999-12-31", "9999-12-31")],
        [("1200-01-01", "1300-12-31"), ("1450-01-01", "1450-12-31")],
        [("2030-01-01", "2031-12-31"), *[("2031-03-01", "2031-03-31")] * 4],
        [*[("2031-03-01", "2031-03-31")] * 4, ("2090-01-01", "2090-12-31")],
        [("2031-12-01", "2031-12-31")] * 5,
    ],
    ids=str,
)
def test_any_times_can_be_drawn(spans: list[tuple[str, str]], fiction_base: FactBase) -> None:
    like = next(fact for fact in fiction_base.facts if isinstance(fact, Event))
    others = tuple(fact for fact in fiction_base.facts if not isinstance(fact, Event))
    days = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in spans]
    events = tuple(event(at, first, last, like) for at, (first, last) in enumerate(days))
    store = Store.of(fiction_base.model_copy(update={"facts": (*others, *events)}))
    found = psfacts.timeline(store=store)
    picture = drawn(found)
    assert sum(like.headline in line for line in words(picture)) == len(spans)
    assert all(0 <= float(shape.get("x", 0)) <= 1080 for shape in picture.iter())
    assert json.loads(charts.vega_lite(found))["data"]["values"]


def test_a_scale_has_two_panels_where_one_year_is_dense() -> None:
    years, months = charts.scale(psfacts.timeline().events)
    assert months.first == date(2022, 1, 1)
    assert [label for _, label in months.ticks()][:2] == ["Jan 2022", "Feb"]
    assert all(label.isdigit() for _, label in years.ticks())
    assert charts.scale(()) == ()


def test_labels_of_an_axis_stand_apart(fiction_base: FactBase) -> None:
    like = next(fact for fact in fiction_base.facts if isinstance(fact, Event))
    months = [
        event(at, date(2025 + at // 12, at % 12 + 1, 3), date(2025 + at // 12, at % 12 + 1, 9), like)
        for at in range(20)
    ]
    early = event(20, date(1850, 1, 1), date(1850, 12, 31), like)
    for events in (months[:7], months[:12], months, [early, *months], [early, *months[:12]]):
        others = tuple(fact for fact in fiction_base.facts if not isinstance(fact, Event))
        store = Store.of(fiction_base.model_copy(update={"facts": (*others, *events)}))
        labels = re.compile(r"\d{4}|[A-Z][a-z]{2}( \d{4})?")
        texts = [
            text for text in drawn(psfacts.timeline(store=store)).iter(f"{SVG}text") if labels.fullmatch(said(text))
        ]
        spans = sorted(span(text, 13) for text in texts if text.get("y") == texts[0].get("y"))
        assert len(spans) > 2
        assert all(end < start for (_, end), (start, _) in pairwise(spans)), events


def said(text: ElementTree.Element) -> str:
    return "".join(text.itertext())


def span(text: ElementTree.Element, size: float) -> tuple[float, float]:
    """Return about where a text begins and ends: half an em a character."""
    x, wide = float(text.get("x", 0)), len(said(text)) * size / 2
    before = {"middle": wide / 2, "end": wide}.get(text.get("text-anchor", ""), 0)
    return x - before, x - before + wide


def test_names_of_any_length_and_what_stands_beside_a_value_have_room(fiction_base: FactBase) -> None:
    speaker = next(entity for entity in fiction_base.entities if entity.type == "person")
    update = {"name": "The United Republics of the Northern Coast and its Isles"}
    entities = [entity.model_copy(update=update if entity.id == "corvia" else {}) for entity in fiction_base.entities]
    facts = [
        fact.model_copy(update={"standing": "attributed", "asserted_by": (speaker.id,)})
        if fact.id == "grain-belmara-2030"
        else fact
        for fact in fiction_base.facts
    ]
    store = Store.of(fiction_base.model_copy(update={"entities": tuple(entities), "facts": tuple(facts)}))
    picture = drawn(psfacts.compare("grain", store=store))
    assert f"{speaker.short or speaker.name} says" in " ".join(words(picture))
    for text in picture.iter(f"{SVG}text"):
        start, end = span(text, float(text.get("font-size", 16)))
        assert 0 <= start < end <= 800, said(text)


def test_the_time_of_one_event_is_told_once(fiction_base: FactBase) -> None:
    like = next(fact for fact in fiction_base.facts if isinstance(fact, Event))
    others = tuple(fact for fact in fiction_base.facts if not isinstance(fact, Event))
    store = Store.of(fiction_base.model_copy(update={"facts": (*others, like)}))
    told = words(drawn(psfacts.timeline(store=store)))[1]
    assert told == f"1 event, {like.when.text} · reported unless someone is named"


def test_a_doubt_names_what_it_bears_on() -> None:
    for answer in (psfacts.timeline("georgia", "moldova"), psfacts.compare("remittances")):
        chart = charts.of(answer)
        assert chart is not None
        for mark in chart.marks:
            if mark.doubts:
                assert any(mark.name in lead or "all" in lead for lead, _, _ in chart.doubts)


def test_words_of_a_base_stay_text_in_pictures(hostile_store: Store) -> None:
    for answer in (
        psfacts.compare("grain", store=hostile_store),
        psfacts.compare("ship-ban-vote", store=hostile_store),
        psfacts.timeline(store=hostile_store),
        psfacts.country("corvia", store=hostile_store),
    ):
        text = svg.answer(answer)
        picture = ElementTree.fromstring(text)  # noqa: S314 -- our own
        assert {shape.tag.removeprefix(SVG) for shape in picture.iter()} <= SHAPES
        assert "javascript:" not in " ".join(shape.get("href", "") for shape in picture.iter())
        assert text.replace("\n", "") == visible(text.replace("\n", ""))


def test_every_answer_is_a_picture_without_addresses_of_others(call: Call, cli: Cli, tmp_path: Path) -> None:
    cli(*call.arguments, "-o", str(tmp_path / "picture.svg"), code=call.code)
    text = (tmp_path / "picture.svg").read_text(encoding="utf-8")
    ElementTree.fromstring(text)  # noqa: S314 -- our own
    shapes = re.sub(r">[^<]*<", "><", text.replace('xmlns="http://www.w3.org/2000/svg"', ""))
    assert all("gazette" in address or "example" in address for address in ADDRESS.findall(shapes)), shapes[:300]
    assert "prefers-color-scheme: dark" in text
    assert "@font-face" not in text


def test_a_picture_names_no_command_that_shows_more(call: Call, cli: Cli, tmp_path: Path) -> None:
    cli(*call.arguments, "-o", str(tmp_path / "picture.svg"), code=call.code)
    picture = ElementTree.parse(tmp_path / "picture.svg")  # noqa: S314 -- our own
    told = " ".join(text.replace("\u00a0", " ") for text in words(picture.getroot()))
    assert not re.search(r": (--\w|-o |psfacts )", told)


def test_a_picture_shows_the_address_of_its_source_where_it_has_room(store: Store, fiction_base: FactBase) -> None:
    (source,) = store.sources
    for found in (psfacts.compare("grain", store=store), psfacts.timeline(store=store)):
        assert source.url in words(drawn(found))
    long = source.model_copy(update={"url": f"{source.url}?{'x' * 300}"})
    other = Store.of(fiction_base.model_copy(update={"sources": (long,)}))
    picture = drawn(psfacts.compare("grain", store=other))
    assert "xxxx" not in " ".join(words(picture))
    assert long.url in [link.get("href") for link in picture.iter(f"{SVG}a")]


def test_bars_are_called_outlined_only_where_others_are_not(fiction_base: FactBase) -> None:
    assert "outlined" not in " ".join(words(drawn(psfacts.compare("remittances"))))
    doubt = fiction_base.errata[0].model_copy(update={"kind": "doubt"})
    facts = tuple(
        fact.model_copy(update={"errata": (doubt.id,) if fact.id == "grain-belmara-2030" else ()})
        for fact in fiction_base.facts
    )
    store = Store.of(fiction_base.model_copy(update={"facts": facts, "errata": (doubt,)}))
    picture = drawn(psfacts.compare("grain", store=store))
    assert "? Doubtful, Belmara (outlined)." in " ".join(words(picture))


def test_a_page_becomes_a_picture_as_wide_as_asked(store: Store) -> None:
    found = psfacts.country("corvia", store=store)
    narrow, wide = (ElementTree.fromstring(svg.answer(found, View(width=width))) for width in (60, 100))  # noqa: S314
    assert float(narrow.get("width", 0)) < float(wide.get("width", 0))
    assert "Corvia" in " ".join(words(narrow))


def test_pictures_of_the_same_answer_are_the_same(store: Store) -> None:
    for ask in (lambda: psfacts.country("corvia", store=store), lambda: psfacts.timeline(store=store)):
        assert svg.answer(ask()) == svg.answer(ask())


def test_a_specification_holds_values_with_what_they_need(store: Store) -> None:
    spec = json.loads(charts.vega_lite(psfacts.compare("grain", store=store)))
    assert [(bar["country"], bar["value"], bar["fact"]) for bar in spec["data"]["values"]] == [
        ("Belmara", 40.0, "grain-belmara-2030"),
        ("Belmara", 35.0, "grain-belmara-2029"),
        ("Corvia", 25.5, "grain-corvia-2030"),
    ]
    told = " ".join(spec["title"]["subtitle"])
    assert all(words in told for words in ("% of food supply", "reported", "Drenlund", "The Orm Gazette"))


@pytest.mark.parametrize("command", [["country", "corvia"], ["compare", "ship-ban-vote"], ["errata"]])
def test_what_is_no_chart_is_refused_as_one(command: list[str], cli: Cli, tmp_path: Path) -> None:
    done = cli(*command, "-o", str(tmp_path / "x.vl.json"), code=2)
    assert "is no chart" in done.stderr
    assert not (tmp_path / "x.vl.json").exists()


def test_an_answer_that_lost_its_store_cannot_be_drawn(store: Store) -> None:
    lost = type(found := psfacts.compare("grain", store=store)).model_validate_json(found.model_dump_json())
    with pytest.raises(UsageError, match="cannot be drawn"):
        svg.answer(lost)
