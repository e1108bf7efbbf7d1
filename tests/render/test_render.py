"""Every answer on screens of many widths, over the built-in fact base and the fictional one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from itertools import product

import pytest
from rich.cells import cell_len
from rich.text import Text

import psfacts
from psfacts.answers.answer import Answer, Wanted
from psfacts.answers.checks import Verification, verify
from psfacts.article.text import Copy
from psfacts.model import Erratum, Fact, When
from psfacts.render import View, svg
from psfacts.render.pages import page as page_of
from psfacts.render.times import brief, labels, reach
from psfacts.store.store import Store

VIEWS = {
    "brief": View(),
    "notes": View(notes=True),
    "region": View(region=True),
    "full": View(full=True),
    "spoken": View(spoken=True),
    "spoken in full": View(full=True, spoken=True),
    "in colour": View(colored=True),
    "full in colour": View(full=True, colored=True),
}

QUERIES = ("list all wars", "sanctions", "how many migrants", "grain", "who is president", "rivers of belmara", "pears")


@pytest.fixture(scope="module", params=[pytest.param("built-in", marks=pytest.mark.slow), "fiction"])
def base(request: pytest.FixtureRequest, store: Store) -> Store:
    return psfacts.load() if request.param == "built-in" else store


@cache
def everything(base: Store) -> tuple[Answer, ...]:
    """Ask everything that there is to ask, about one thing at a time."""
    return tuple(_everything(base))


def _everything(base: Store) -> Iterator[Answer]:
    yield from (
        psfacts.countries(store=base),
        psfacts.indicators(store=base),
        psfacts.timeline(store=base),
        psfacts.errata(store=base),
        psfacts.coverage(store=base),
    )
    yield from (psfacts.country(one.id, store=base) for one in psfacts.countries(store=base).countries)
    yield from (psfacts.about(one.id, store=base) for one in base.entities[::4])
    yield from (psfacts.compare(one.id, store=base) for one in base.indicators)
    yield from (psfacts.compare(one.id, store=base) for one in base.entities if one.type == "region")
    yield psfacts.compare(*[one.id for one in base.indicators], store=base)
    yield from (psfacts.search(query, store=base) for query in QUERIES)
    yield psfacts.fact(*[one.id for one in base.facts], store=base)


def squashed(text: str) -> str:
    """Drop white space and the lines of boxes: what is left is the same however it is wrapped."""
    return "".join(text.replace("│", "").split())


def plain(page: str) -> str:
    return Text.from_ansi(page).plain


def facts_in(answer: Answer) -> dict[str, Fact]:
    """Return the facts that an answer holds, by id."""

    def found(value: object) -> Iterator[Fact]:
        match value:
            case tuple():
                for item in value:
                    yield from found(item)
            case Mapping():
                for item in value.values():
                    yield from found(item)
            case _ if hasattr(value, "statement") and hasattr(value, "kind"):
                yield value  # type: ignore[misc]  # what has both is a fact
            case _:
                for name in getattr(type(value), "model_fields", ()):
                    yield from found(getattr(value, name))

    return {fact.id: fact for fact in found(answer)}


def notes_on(page: str, errata: Mapping[str, Erratum]) -> dict[int, str]:
    """Return the id that each note of a page ends in, by the number that it begins with."""
    lines = page.splitlines()
    starts = [number for number, line in enumerate(lines) if re.match(r"\[\d+\]( |$)", line)]
    notes = {}
    for start in starts:
        body = [lines[start]]
        for line in lines[start + 1 :]:
            if not line or re.match(r"\[\d+\]( |$)", line):
                break
            body.append(line)
        told = squashed("".join(body))
        number = int(told[1 : told.index("]")])
        ends = [key for key in errata if told.endswith(squashed(key))]
        notes[number] = max(ends, key=len)
    return notes


SCREENS = dict.fromkeys([*product([20, 40, 80, 120], ["brief", "full"]), *product([40, 80], VIEWS)])
FEW_SCREENS = [*product([20, 120], ["full"]), *product([40], VIEWS)]


@pytest.mark.parametrize(
    ("width", "view"),
    [screen if screen in FEW_SCREENS else pytest.param(*screen, marks=pytest.mark.slow) for screen in SCREENS],
)
def test_no_line_is_wider_than_the_screen(base: Store, width: int, view: str) -> None:
    for answer in everything(base):
        page = plain(page_of(answer, VIEWS[view]._replace(width=width)))
        assert [line for line in page.splitlines() if cell_len(line) > width] == []


@pytest.mark.parametrize("view", ["full", "spoken in full"])
@pytest.mark.parametrize("width", [40, 80])
def test_a_full_page_has_every_sentence_place_id_and_erratum_of_the_answer(base: Store, view: str, width: int) -> None:
    for answer in everything(base):
        page = page_of(answer, VIEWS[view]._replace(width=width))
        shown = squashed(page)
        facts = facts_in(answer)
        errata: tuple[Erratum, ...] = getattr(answer, "errata", ())
        assert [key for key, fact in facts.items() if squashed(fact.statement) not in shown] == []
        assert [erratum.id for erratum in errata if squashed(erratum.reading) not in shown] == []
        ids = [*facts, *(erratum.id for erratum in errata)]
        assert [key for key in ids if key not in (page if len(key) < width - 5 else shown)] == []
        sections = [base.locator(passage).section for fact in facts.values() for passage in fact.evidence]
        titles = [base.locator(passage).title for fact in facts.values() for passage in fact.evidence]
        places = zip(sections, titles, strict=True)
        assert [section for section, title in places if section not in page and squashed(title) not in shown] == []


@pytest.mark.parametrize(
    ("view", "width"), [("full", 40), ("full", 120), ("notes", 80), ("full in colour", 80), ("spoken in full", 80)]
)
def test_the_numbers_behind_a_sentence_are_those_of_its_errata(base: Store, view: str, width: int) -> None:
    for answer in everything(base):
        page = plain(page_of(answer, VIEWS[view]._replace(width=width)))
        notes = notes_on(page, {erratum.id: erratum for erratum in base.errata})
        assert sorted(notes) == list(range(1, len(notes) + 1))
        shown = squashed(page)
        for fact in facts_in(answer).values():
            for sentence in re.finditer(re.escape(squashed(fact.statement)) + r"((?:\[\d+\])*)", shown):
                numbers = map(int, re.findall(r"\d+", sentence[1]))
                if VIEWS[view].full or sentence[1]:
                    assert {notes[number] for number in numbers} == set(fact.errata)


@pytest.mark.parametrize("view", ["full", "notes"])
def test_a_page_explains_each_erratum_once(base: Store, view: str) -> None:
    for answer in everything(base):
        notes = re.findall(r"^\[\d+\]", page_of(answer, VIEWS[view]._replace(width=120)), flags=re.MULTILINE)
        assert len(notes) == len(set(notes))


def test_a_brief_page_marks_what_is_doubtful_and_only_that(base: Store) -> None:
    for answer in everything(base):
        if answer.command == "fact":  # which marks its id
            continue
        shown = squashed(page_of(answer, View(width=120)))
        for fact in facts_in(answer).values():
            doubtful = any(base.erratum(key).kind == "doubt" for key in fact.errata)
            title = squashed(fact.title or fact.statement)
            others = [other for other in base.facts if other != fact and title in squashed(other.headline)]
            if title in shown and not others and f"»{title}" not in shown:
                assert (f"{title}?" in shown) == doubtful or not doubtful


def test_no_title_stands_without_whoever_asserts_it(base: Store) -> None:
    """On each line of its own, or as the label that the lines below share."""
    for answer in everything(base):
        page = page_of(answer, View(width=120, spoken=True))
        for fact in facts_in(answer).values():
            if fact.standing == "reported" or not fact.title:
                continue
            names = [entity.short or entity.name for entity in map(base.entity, fact.asserted_by)] or ["author's view"]
            rows = [line for line in page.replace("\n ", " ").splitlines() if fact.title in line]
            assert [row for row in rows if not any(name in row for name in names)] == []


def test_a_brief_page_has_no_id_no_place_and_no_digest_in_a_row(base: Store) -> None:
    for answer in everything(base):
        if answer.command in ("fact", "indicators", "errata"):  # which are about ids, or explain a few
            continue
        page = page_of(answer, View(width=80))
        rows = page.split("\nSource  ")[0]
        assert [key for key in facts_in(answer) if re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", rows)] == []
        assert "par. " not in rows
        assert "sha256" not in page


def test_a_page_for_the_ear_has_no_bars_and_no_boxes(base: Store, fiction_article_text: str) -> None:
    answers = [*everything(base)]
    if base.get("sources", "coast-2031"):
        answers.append(verify(Copy(fiction_article_text), store=base))
        assert isinstance(answers[-1], Verification)
    for answer in answers:
        assert not set("─━│┃╭╮╰╯█▏▎▍▌▋▊▉●◐○") & set(page_of(answer, View(width=80, spoken=True)))


def test_a_sentence_to_be_heard_ends_in_its_point(base: Store) -> None:
    for answer in everything(base):
        page = page_of(answer, View(width=10_000, full=True, spoken=True))
        assert not re.search(r"\w{3}\.(?: \[\d+\])*, ", page)


def test_what_comes_after_the_best_hits_is_not_shown_as_the_answer(base: Store) -> None:
    query = "sanctions grain" if base.get("sources", "coast-2031") else "sanctions"
    every = psfacts.search(query, limit=1000, store=base)
    answer, *rest = (hit.fact.headline for hit in every.hits)
    further = page_of(psfacts.search(query, offset=1, limit=1000, store=base), View())
    assert answer not in further
    assert f"2 to {every.total} of {every.total} facts" in further
    assert all(Text(title).plain.split()[0] in further for title in rest)
    assert "answers" not in page_of(psfacts.search(query, offset=every.total, store=base), View())


def test_a_page_is_the_same_on_every_run(base: Store) -> None:
    profile = psfacts.country(psfacts.countries(store=base).countries[0].id, store=base)
    pages = {page_of(profile, View(width=80, colored=True, linked=True)) for _ in range(3)}
    assert len(pages) == 1
    assert "\x1b]8;;http" in pages.pop()


def test_no_colour_is_dim_and_each_has_enough_contrast(base: Store) -> None:
    used: set[str] = set()
    for answer in everything(base):
        used |= set(re.findall(r"\x1b\[([\d;]*)m", page_of(answer, View(width=80, colored=True))))
    assert used - {"0"}
    for code in used:
        assert not re.search(r"(?:^|;)2(?:;|$)", re.sub(r"38;5;\d+", "", code))
        for color in re.findall(r"38;5;(\d+)", code):
            light, dark = contrasts(int(color))
            assert light >= 4.5, color
            assert dark >= 4.5, color


def contrasts(number: int) -> tuple[float, float]:
    """Return the contrast of a colour of the 256 on white and on black, as WCAG 2.2 defines it."""
    if number >= 232:
        channels = [8 + 10 * (number - 232)] * 3
    else:
        steps = (0, 95, 135, 175, 215, 255)
        channels = [steps[(number - 16) // 36], steps[(number - 16) // 6 % 6], steps[(number - 16) % 6]]
    linear = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05), (luminance + 0.05) / 0.05


LIMITS = {"timeline": 50, "indicators": 24, "countries": 24, "coverage": 45, "errata": 130}


@pytest.mark.parametrize("command", LIMITS)
def test_the_answer_fits_a_screen(command: str) -> None:
    answer: Answer = getattr(psfacts, command)(store=psfacts.load())
    assert len(page_of(answer, View(width=80)).splitlines()) <= LIMITS[command]


@pytest.mark.parametrize(("name", "most"), [("remittances", 20), ("central-asia", 26), ("post-soviet-space", 36)])
def test_a_comparison_fits_a_screen(name: str, most: int) -> None:
    assert len(page_of(psfacts.compare(name, store=psfacts.load()), View(width=80)).splitlines()) <= most


def test_no_part_of_a_brief_page_leaves_out_one_or_two() -> None:
    store = psfacts.load()
    pages = [page_of(psfacts.errata(store=store), View(width=80))]
    pages += [page_of(psfacts.about(entity.id, store=store), View(width=80)) for entity in store.entities]
    cuts = [(int(some), int(all_)) for page in pages for some, all_ in re.findall(r"(\d+) of (\d+) \w+: --full", page)]
    assert cuts
    assert [cut for cut in cuts if cut[1] - cut[0] <= 2] == []


def test_a_country_and_what_is_about_it_count_the_facts_of_its_regions_alike() -> None:
    store = psfacts.load()
    for name in ("kazakhstan", "tajikistan", "moldova", "russia"):
        pages = [page_of(ask(name, store=store), View(width=200)) for ask in (psfacts.country, psfacts.about)]
        profile, other = (re.findall(r"(\d+) more on ([^:]+ as a whole)", page) for page in pages)
        assert profile == other != []


def test_a_country_fits_a_screen() -> None:
    store = psfacts.load()
    lines = {
        entity.id: len(page_of(psfacts.country(entity.id, store=store), View(width=80)).splitlines())
        for entity in store.entities
        if entity.type == "country"
    }
    assert max(lines.values()) <= 60
    assert lines["moldova"] <= 50


@pytest.mark.parametrize(
    ("earliest", "latest", "text", "told"),
    [
        ("2023-01-01", "2023-01-16", "from 1 to 16 January 2023", "from 1 to 16 January 2023"),
        ("2023-01-01", "2023-03-31", "between January and March 2023", "between January and March 2023"),
        ("2023-01-01", "2023-03-16", "from January to 16 March 2023", "from January to 16 March 2023"),
        ("2023-02-05", "2023-12-31", "5 February to December 2023", "5 February to December 2023"),
        ("2023-01-01", "2024-12-31", "from 2023 until 2024", "from 2023 until 2024"),
        ("2023-09-01", "2024-07-22", "from September 2023 to July 2024", "from September 2023 to July 2024"),
        ("2023-01-01", "2023-12-31", "some day in the year 2023", "some day in the year 2023"),
        ("2023-09-01", "2024-07-22", "since the war (September 2023)", "since Sep 2023"),
        ("2023-09-04", "2024-07-22", "since 4 September 2023", "since 4 Sep 2023"),
        ("2014-01-01", "2024-07-22", "the past ten years (2014 to 2024)", "since 2014"),
        ("2023-09-01", "2024-07-22", "after the ceasefire of 2023", "Sep 2023 or later"),
        ("2023-09-01", "2024-07-22", "at the beginning (not before September 2023)", "Sep 2023 or later"),
        ("2023-09-01", "2024-07-22", "since shortly after September 2023", "Sep 2023 or later"),
        ("2023-09-01", "2024-07-22", "since the ceasefire of 2023", "since the ceasefire of 2023"),
        ("2020-01-01", "2023-05-09", "before the ceasefire of 2023", "before the ceasefire of 2023"),
        ("2023-03-01", "2023-08-31", "spring and summer of 2023", "spring and summer of 2023"),
        ("2023-02-01", "2023-02-19", "early to mid-February 2023", "early to mid-February 2023"),
    ],
)
def test_a_time_in_few_words_has_no_bounds_but_those_that_its_own_words_name(
    earliest: str, latest: str, text: str, told: str
) -> None:
    assert brief(_when(earliest, latest, text), date(2024, 7, 22)) == told


@pytest.mark.parametrize("width", [50, 60, 80, 100, 120])
def test_the_sign_of_a_time_stands_on_its_first_line(width: int) -> None:
    """In a timeline and in a profile: the words of an event begin beside the sign, at the same column on all lines."""
    store = psfacts.load()
    answers = psfacts.timeline(store=store), psfacts.country("azerbaijan", store=store)
    lines = [line for answer in answers for line in page_of(answer, View(width=width)).splitlines()]
    column = max(16, width // 5)
    signed = [line for line in lines if line[column - 1 : column] in ("●", "◐", "○", "┃")]
    assert len(signed) > len(answers[0].events)
    assert all(line[column : column + 3].strip(" ") == line[column + 2] for line in signed)


@pytest.mark.parametrize("width", [40, 50, 60, 80])
def test_what_wraps_across_a_table_is_indented(width: int) -> None:
    store = psfacts.load()
    labels = {indicator.name[:12] for indicator in store.indicators} | {"Post-Soviet"}
    table, _, _ = page_of(psfacts.compare("all", store=store), View(width=width)).partition("\n– no value")
    flush = [line for line in table.splitlines() if not line.startswith((" ", "─", "AM  BY"))]
    assert [line for line in flush if not line.startswith(tuple(labels))] == []


def test_a_timeline_ends_no_more_precisely_than_is_known() -> None:
    war, vote = _when("2023-09-01", "2023-09-30", "September 2023"), _when("2024-03-07", "2024-03-07", "7 March 2024")
    vague, later = (
        _when("2024-01-01", "2024-07-22", "2024 (by July)"),
        _when("2023-10-01", "2024-07-22", "after the war"),
    )
    written = date(2024, 7, 22)
    for whens, told in (
        ([war, vote], "Sep 2023 to Mar 2024"),
        ([war, vague, vote], "Sep 2023 to 2024"),
        ([war, later], "Sep 2023 to Jul 2024 at the latest"),
        ([vague, vote], "2024"),
    ):
        assert reach([(when, written) for when in whens]) == told


def test_below_a_time_in_words_a_year_is_told_again() -> None:
    whens = [
        _when("2024-02-01", "2024-06-30", "after the second ceasefire"),
        _when("2024-03-01", "2024-03-31", "March"),
    ]
    assert list(labels((when, date(2024, 7, 22)) for when in whens)) == ["after the second ceasefire", "Mar 2024"]


def test_no_label_says_since_where_the_record_does_not() -> None:
    store = psfacts.load()
    timed = [(fact.when, store.source(fact.evidence[0].source).published) for fact in store.facts if fact.when]
    assert {when.text for when, written in timed if "since" in brief(when, written)} == {
        "since 23 June 2022",
        "since August 2020",
        "since the conflict broke out (February 2022)",
        "the past 30 years (1992 to 2022)",
    }
    for page in map(drawn, [psfacts.timeline(store=store), psfacts.country("russia", store=store)]):
        assert "since Sep 2020" not in page
        assert "Sep 2020–" not in page


def drawn(answer: Answer) -> str:
    return plain(page_of(answer, View(width=120))) + svg.answer(answer)


def _when(earliest: str, latest: str, text: str) -> When:
    return When(earliest=date.fromisoformat(earliest), latest=date.fromisoformat(latest), text=text, inferred=False)


def test_a_value_that_is_not_the_answer_is_named() -> None:
    page = page_of(psfacts.search("gdp of uzbekistan"), View(width=80))
    assert page.splitlines()[0].startswith("Remittances from Russia, Uzbekistan: 11% of GDP")
    assert page_of(psfacts.search("uzbekistan remittances"), View(width=80)).startswith("11% of GDP")


def test_a_very_long_query_is_repeated_in_part() -> None:
    lines = page_of(psfacts.search("karabakh war " * 400), View(width=80)).splitlines()
    assert len(lines) < 30
    assert any(line.endswith("…") for line in lines)


def test_a_country_whose_short_name_is_its_code_has_it_once() -> None:
    assert page_of(psfacts.country("usa"), View(width=80)).split()[:4] == ["United", "States", "US", "·"]
    assert "US · US" not in page_of(psfacts.country("usa"), View(width=80))


def test_an_empty_page_has_no_table_and_offers_no_more_of_nothing(store: Store) -> None:
    never = Wanted(since=date(2999, 1, 1))
    for ask in (psfacts.facts, psfacts.topics, psfacts.sources):
        told = page_of(ask(never, store=store), View(width=80))
        assert told.splitlines()[0] == f"0 {ask.__name__}"
        assert "─" not in told
        assert "--full" not in told
    assert page_of(psfacts.entities(None, never, store=store), View(width=80)).startswith("0 entities\n\n")
    assert "--format csv" not in page_of(psfacts.compare("grain", "drenlund", store=store), View(width=80))


def test_a_timeline_explains_the_signs_that_it_has(store: Store) -> None:
    found = psfacts.timeline(store=store)
    assert "◐ month" in page_of(found, View(width=80))
    for view in (View(full=True), View(spoken=True)):
        assert "month" not in "".join(page_of(found, view).splitlines()[:2])


def test_a_list_says_what_it_is_of_once(store: Store) -> None:
    for ask in (psfacts.facts, psfacts.entities, psfacts.indicators, psfacts.topics, psfacts.sources):
        for view in (View(width=40), View(width=120), View(spoken=True)):
            head, _, _ = page_of(ask(store=store), view).partition("\n")
            assert re.fullmatch(r"\d+ [a-z]+", head)
