"""Names: folded, resolved, and the nearest ones offered."""

from __future__ import annotations

import time
from typing import get_args
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psfacts.errors import NotFoundError
from psfacts.model import Entity, EntityType, FactBase, Indicator
from psfacts.store.resolve import resolve, resolve_any
from psfacts.store.store import Store
from psfacts.text.names import fold, labels, near

ANY_TEXT = st.text(st.characters())


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Moldova", "moldova"),
        ("  Republic  of\tMoldova. ", "republic of moldova"),
        ("Côte-d’Ivoire", "cote divoire"),
        ("TÜRKİYE", "turkiye"),
        ("Straße", "strasse"),
        ("Россия", "россия"),
        ("Қазақстан Республикасы", "қазақстан республикасы"),
        ("摩尔多瓦", "摩尔多瓦"),
        ("საქართველო", "საქართველო"),
        ("Oʻzbekiston", "ozbekiston"),
        ("O'zbekiston", "ozbekiston"),
        ("Ｍｏｌｄｏｖａ", "moldova"),
        ("Mol\u00addo\u200bva\u200e", "moldova"),
        ("central_asia", "central asia"),
        ("\udcff?!", ""),
        ("Ἑλλάς", "ελλασ"),
        ("Ћёй", "ћеи"),
        ("भारत\u200dवर्ष 1\ufe0f\u20e3", "भारतवर्ष 1"),
    ],
)
def test_fold_levels_what_does_not_tell_names_apart(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(ANY_TEXT)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("கினியா", "கென்யா"),
        ("टोगो", "टोंगा"),
        ("សែប៊ី", "សំប៊ី"),
        ("गीत", "गत"),
        ("মালি", "মালা"),
        ("ಮಾಲಿ", "ಮಲ"),
        ("മാലി", "മാല"),
        ("మాలి", "మాల"),
        ("ਮਾਲੀ", "ਮਾਲਾ"),
        ("માલી", "માલા"),
        ("ମାଲି", "ମାଲା"),
        ("මාලි", "මාලා"),
        ("မာလီ", "မာလာ"),
        ("ไทย", "ไท้ย"),
        ("ລາວ", "ລ້າວ"),
        ("བོད", "བུད"),
        ("ガーナ", "カーナ"),
        ("عُمان", "عَمّان"),
        ("ދިވެހި", "ދަވަހަ"),
        ("क़", "क"),
    ],
)
def test_other_words_stay_other_words_in_every_script(one: str, other: str) -> None:
    assert fold(one) != fold(other)
    assert fold(f" {one}!") == fold(one)


@given(ANY_TEXT)
def test_fold_leaves_letters_digits_marks_and_single_spaces(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert all(one.isalnum() or category(one).startswith("M") for one in folded.replace(" ", ""))


def test_folding_takes_no_longer_than_the_text_is() -> None:
    started = time.process_time()
    assert fold("a" + "\u0315" * 50_000 + "\u0300" * 50_000) == "a"
    assert fold("ก" + "\u0e39" * 50_000 + "\u0e48" * 50_000).startswith("ก\u0e39")
    assert time.process_time() - started < 5


def test_labels_are_all_names_with_the_usual_one_first(store: Store) -> None:
    assert labels(store.entity("belmara")) == (
        "Belmara",
        "Belmaran",
        "Republic of Belmara",
        "Бельмара",
        "Hálmar",
        "BX",
        "BXM",
        "901",
        "belmara",
    )
    assert labels(store.indicator("grain")) == ("Grain from Great Tarsk", "grain imports", "grain")


@pytest.mark.parametrize(
    "name", ["Belmara", "belmara", "BX", "bxm", "901", "republic of BELMARA", "БЕЛЬМАРА", "halmar", " Hálmar! "]
)
def test_every_name_of_a_country_resolves_to_it(store: Store, name: str) -> None:
    assert resolve(store, name).id == "belmara"
    assert resolve(store, name, types=["country"]).id == "belmara"


def test_every_label_in_the_base_resolves_to_its_record(store: Store) -> None:
    records: tuple[Entity | Indicator, ...] = (*store.entities, *store.indicators)
    for record in records:
        assert {resolve_any(store, label).id for label in labels(record)} == {record.id}


@pytest.mark.parametrize(
    ("name", "hint", "suggestions"),
    [
        ("belmra", "did you mean Belmara?", ("Belmara",)),
        ("corvja", "did you mean Corvia?", ("Corvia",)),
        ("Halmr", "did you mean Hálmar?", ("Hálmar",)),
        ("republic", "did you mean Republic of Belmara?", ("Republic of Belmara",)),
        ("zzzzzz", "try: psfacts countries", ()),
    ],
)
def test_an_unknown_country_is_told_the_nearest_names(
    store: Store, name: str, hint: str, suggestions: tuple[str, ...]
) -> None:
    with pytest.raises(NotFoundError) as caught:
        resolve(store, name, types=["country"])
    assert caught.value.message == f"no country is called '{name}'"
    assert (caught.value.hint, caught.value.suggestions) == (hint, suggestions)


def test_suggestions_are_of_the_wanted_types_only(store: Store) -> None:
    with pytest.raises(NotFoundError) as caught:
        resolve(store, "amber cost", types=["region"])
    assert caught.value.suggestions == ("Amber Coast",)
    with pytest.raises(NotFoundError) as caught:
        resolve(store, "amber leage", types=["region"])
    assert caught.value.suggestions == ()


def test_near_gives_three_at_most_the_best_first_and_none_that_is_far_worse() -> None:
    candidates = [["moldova", "moldovan"], ["moldavia"], ["moldav"], ["moskva"], ["oslo"]]
    assert near("moldva", candidates) == ("moldova", "moldav")
    assert near("moldva", candidates[3:4]) == ()
    assert near("moldva", [candidates[0], candidates[3]]) == ("moldova",)


@pytest.mark.parametrize(
    ("name", "types", "message", "hint"),
    [
        ("AL", ["country"], "'AL' is an organization, not a country", "try: psfacts about amber-league"),
        ("Skellby", ["country"], "'Skellby' is a place, not a country", "try: psfacts about skell-isles"),
        ("grain", ["country"], "'grain' is an indicator, not a country", "try: psfacts compare grain"),
        ("grain", [*get_args(EntityType)], "'grain' is an indicator, not an entity", "try: psfacts compare grain"),
        (
            "BX",
            ["organization", "region"],
            "'BX' is a country, not an organization or a region",
            "try: psfacts country belmara",
        ),
    ],
)
def test_a_name_of_another_type_is_told_which_command_serves(
    store: Store, name: str, types: list[str], message: str, hint: str
) -> None:
    with pytest.raises(NotFoundError) as caught:
        resolve(store, name, types=types)  # type: ignore[arg-type]  # plain strings, for the table's sake
    assert (caught.value.message, caught.value.hint) == (message, hint)


@pytest.mark.parametrize("name", ["", "  ", "?!", "—", "\u200b"])
def test_a_name_without_letters_or_digits_is_told_so(store: Store, name: str) -> None:
    with pytest.raises(NotFoundError, match="is not a name: it has no letter or digit"):
        resolve(store, name)


def test_a_name_of_two_records_is_never_guessed(fiction_base: FactBase) -> None:
    doubled = [one.model_copy(update={"aliases": ("Twin",)}) if one.short else one for one in fiction_base.entities]
    store = Store.of(fiction_base.model_copy(update={"entities": tuple(doubled)}))
    with pytest.raises(NotFoundError) as caught:
        resolve(store, "twin")
    assert caught.value.message == "'twin' may be amber-league, great-tarsk or ilsa-moren"
    assert caught.value.suggestions == ("amber-league", "great-tarsk", "ilsa-moren")


def test_a_very_long_name_is_answered_quickly_and_shortened(store: Store) -> None:
    started = time.perf_counter()
    with pytest.raises(NotFoundError) as caught:
        resolve(store, "belmara" * 1500)
    assert time.perf_counter() - started < 0.5
    assert len(caught.value.message) < 100


def resolved(store: Store, name: str) -> Entity | Indicator | NotFoundError:
    try:
        return resolve_any(store, name)
    except NotFoundError as error:
        return error


@given(ANY_TEXT)
def test_any_text_resolves_or_is_not_found(store: Store, text: str) -> None:
    found = resolved(store, text)
    if isinstance(found, NotFoundError):
        assert "\n" not in found.message
        assert found.message.encode()
    else:
        assert fold(text) in map(fold, labels(found))


def test_a_leading_article_is_no_part_of_a_name(store: Store) -> None:
    assert resolve(store, "The Republic of Belmara").id == "belmara"
