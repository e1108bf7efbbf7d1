"""Citations: plain, as BibTeX that another parser reads, and as CSL-JSON that keeps to its schema."""

from __future__ import annotations

import json

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from jsonschema import Draft7Validator
from pydantic import JsonValue

from psfacts.answers.fact import Citation, cite
from psfacts.errors import NotFoundError
from psfacts.model import FactBase, Source
from psfacts.render.citation import bibtex, csl_json, plain
from psfacts.store.store import Store

HOSTILE = "50% & {a} }b{ $c_d #1 ~ ^ \\input{x}"
TEX = (
    r"50\% \& {\textbraceleft}a{\textbraceright} {\textbraceright}b{\textbraceleft} \$c\_d \#1 "
    r"{\textasciitilde} {\textasciicircum} {\textbackslash}input{\textbraceleft}x{\textbraceright}"
)
STRING: JsonValue = {"type": "string"}

CSL_ITEMS: dict[str, JsonValue] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "id": {"type": ["string", "number"]},
            "type": {"enum": ["article", "article-magazine", "article-newspaper", "document", "report", "webpage"]},
            "title": STRING,
            "author": {"type": "array", "items": {"$ref": "#/definitions/name"}},
            "container-title": STRING,
            "issued": {"$ref": "#/definitions/date"},
            "URL": STRING,
            "language": STRING,
            "section": STRING,
            "note": STRING,
        },
        "required": ["type", "id"],
        "additionalProperties": False,
    },
    "definitions": {
        "name": {
            "properties": {"family": STRING, "given": STRING, "literal": STRING},
            "additionalProperties": False,
        },
        "date": {
            "properties": {
                "date-parts": {
                    "type": "array",
                    "items": {"type": "array", "items": {"type": "number"}, "minItems": 1, "maxItems": 3},
                    "minItems": 1,
                    "maxItems": 2,
                }
            },
            "additionalProperties": False,
        },
    },
}
"""What csl-data.json of CSL 1.0.2 says of the fields that we use, in our own words.

The published schema comes with no package that the tests could read it from. This is stricter: of its types of items,
names and dates it lets in fewer, and nothing that the published one refuses.
"""


@pytest.fixture
def fact(store: Store) -> Citation:
    return cite("skell-secession-1998", store=store)


def of(base: FactBase, **changes: object) -> Citation:
    """Cite the source of ``base`` with some of its fields changed."""
    source: Source = base.sources[0].model_copy(update=changes)
    return cite(source.id, store=Store.of(base.model_copy(update={"sources": (source,)})))


def test_a_fact_is_cited_with_its_place_and_how_it_was_read(fact: Citation) -> None:
    assert plain(fact) == (
        "A. Nonne, “The Amber Coast after the closing of the Strait”, The Orm Gazette, 1 July 2031, section “Old "
        "quarrels return”, paragraph 1 (characters 648–744 of the normalised text), https://example.org/amber-coast. "
        "Read in a machine translation into English from tk, text with the SHA-256 digest "
        "1df2f35f0c22236069eb815226931b9222a86b9c0b8c80c0ec96bcdb6e9aa20c.\n"
    )


def test_a_source_is_cited_as_a_whole(fiction_base: FactBase) -> None:
    assert plain(of(fiction_base, translated_from=None, translation=None)) == (
        "A. Nonne, “The Amber Coast after the closing of the Strait”, The Orm Gazette, 1 July 2031, "
        "https://example.org/amber-coast. Read in English.\n"
    )
    assert "a human translation into English from Chinese" in plain(
        of(fiction_base, translated_from="zh", translation="human")
    )
    assert "Read in a translation into English" in plain(of(fiction_base, translation=None))


def test_an_unknown_id_offers_the_nearest(store: Store) -> None:
    with pytest.raises(NotFoundError) as caught:
        cite("skell-secession-1989", store=store)
    assert caught.value.suggestions == ("skell-secession-1998",)


def entry(text: str) -> tuple[str, str, dict[str, str]]:
    """Read one entry with another parser, TeX's commands turned back into characters."""
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    (found,) = library.entries
    return found.entry_type, found.key, {field.key: str(field.value) for field in found.fields}


def test_bibtex_is_read_by_another_parser(fact: Citation) -> None:
    assert entry(bibtex(fact)) == (
        "online",
        "skell-secession-1998",
        {
            "author": "A. Nonne",
            "title": "The Amber Coast after the closing of the Strait",
            "organization": "The Orm Gazette",
            "date": "2031-07-01",
            "url": "https://example.org/amber-coast",
            "language": "English",
            "note": "Section “Old quarrels return”, paragraph 1 (characters 648–744 of the normalised text). Read in a "
            "machine translation into English from tk, text with the SHA-256 digest "
            "1df2f35f0c22236069eb815226931b9222a86b9c0b8c80c0ec96bcdb6e9aa20c.",
        },
    )


def test_bibtex_survives_what_tex_would_run(fiction_base: FactBase) -> None:
    made = bibtex(of(fiction_base, title=HOSTILE, author=HOSTILE, publisher=HOSTILE, url="https://e.org/{a}}?b=%20"))
    assert made.count("{") == made.count("}")
    (found,) = parse_string(made).entries
    fields = {field.key: field.value for field in found.fields}
    assert (fields["title"], fields["author"], fields["organization"]) == (f"{{{TEX}}}", f"{{{TEX}}}", TEX)
    assert fields["url"] == "https://e.org/%7Ba%7D%7D?b=%20"


def test_bibtex_has_no_commands_made_of_controls(fiction_base: FactBase) -> None:
    made = bibtex(of(fiction_base, title="Two\nlines, a soft\u00adhyphen, a ZWNJ\u200chere"))
    (found,) = parse_string(made).entries
    assert found.fields_dict["title"].value == (
        r"{Two{\textbackslash}nlines, a soft{\textbackslash}xadhyphen, a ZWNJ{\textbackslash}u200chere}"
    )


@pytest.fixture
def two_sources(fiction_base: FactBase) -> Citation:
    """Cite a fact that rests on two sources."""
    first = fiction_base.sources[0]
    second = first.model_copy(update={"id": "second", "title": "Another look", "author": "B. Autre"})
    was = fiction_base.facts[0]
    cited = was.evidence[0].model_copy(update={"source": "second"})
    both = was.model_copy(update={"id": "both", "evidence": (*was.evidence, cited)})
    base = fiction_base.model_copy(update={"sources": (first, second), "facts": (*fiction_base.facts, both)})
    return cite("both", store=Store.of(base))


def test_a_fact_with_two_sources_names_both_each_with_its_own_places(two_sources: Citation) -> None:
    first, second = plain(two_sources).splitlines()
    place = "section “Introduction”, paragraph 1 (characters 51–151 of the normalised text)"
    assert first.startswith("A. Nonne, “The Amber Coast")
    assert second.startswith("B. Autre, “Another look”")
    assert (first.count(place), second.count(place)) == (1, 1)
    assert [source.id for source in two_sources.sources] == ["coast-2031", "second"]
    assert two_sources.source.id == "coast-2031"


def test_a_bibliography_gets_an_entry_a_source(two_sources: Citation) -> None:
    entries = parse_string(bibtex(two_sources)).entries
    assert [(one.key, one.fields_dict["title"].value) for one in entries] == [
        ("both-coast-2031", "{The Amber Coast after the closing of the Strait}"),
        ("both-second", "{Another look}"),
    ]
    items = json.loads(csl_json(two_sources))
    assert [(item["id"], item["title"], item["section"]) for item in items] == [
        ("both-coast-2031", "The Amber Coast after the closing of the Strait", "Introduction"),
        ("both-second", "Another look", "Introduction"),
    ]
    assert list(Draft7Validator(CSL_ITEMS).iter_errors(items)) == []


@pytest.mark.parametrize("key", ["skell-secession-1998", "coast-2031"])
def test_csl_json_keeps_to_the_schema(store: Store, key: str) -> None:
    items = json.loads(csl_json(cite(key, store=store)))
    Draft7Validator.check_schema(CSL_ITEMS)
    assert list(Draft7Validator(CSL_ITEMS).iter_errors(items)) == []


def test_csl_json_says_all_that_the_plain_citation_says(fact: Citation) -> None:
    assert json.loads(csl_json(fact)) == [
        {
            "id": "skell-secession-1998",
            "type": "webpage",
            "title": "The Amber Coast after the closing of the Strait",
            "author": [{"literal": "A. Nonne"}],
            "container-title": "The Orm Gazette",
            "issued": {"date-parts": [[2031, 7, 1]]},
            "URL": "https://example.org/amber-coast",
            "language": "en",
            "section": "Old quarrels return",
            "note": "Section “Old quarrels return”, paragraph 1 (characters 648–744 of the normalised text). Read in a "
            "machine translation into English from tk, text with the SHA-256 digest "
            "1df2f35f0c22236069eb815226931b9222a86b9c0b8c80c0ec96bcdb6e9aa20c.",
        }
    ]


def test_a_fact_with_several_passages_gives_them_all(fiction_base: FactBase) -> None:
    one, other = fiction_base.facts[0], fiction_base.facts[-1]
    both = one.model_copy(update={"evidence": (*other.evidence, *one.evidence)})
    base = fiction_base.model_copy(update={"facts": (both, *fiction_base.facts[1:])})
    assert "(characters 1022–1112, 51–151 of the normalised text)" in plain(cite(both.id, store=Store.of(base)))


@pytest.mark.parametrize("style", [plain, bibtex])
def test_controls_are_shown_escaped(fiction_base: FactBase, style: object) -> None:
    assert callable(style)
    said = style(of(fiction_base, title="a\x1b[2J\u202eb"))
    assert not {"\x1b", "\u202e"} & set(said)


def test_controls_are_true_escapes_in_csl_json(fiction_base: FactBase) -> None:
    said = csl_json(of(fiction_base, title="a\x1b[2J\u202eb"))
    assert not {"\x1b", "\u202e"} & set(said)
    assert json.loads(said)[0]["title"] == "a\x1b[2J\u202eb"
