"""Assembly of the page: style, scripts and data in one file, which loads nothing."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape
from string import Template

from psfacts.errors import UsageError
from psfacts.exporting.site.data import content
from psfacts.hooks import Progress, unreported
from psfacts.loading.files import resource
from psfacts.model import Fact, Id, Indicator
from psfacts.render.json import safe
from psfacts.store.places import by_place
from psfacts.store.resolve import resolve_any
from psfacts.store.store import Store
from psfacts.text.phrases import counted
from psfacts.text.visible import visible

MOST_FACTS = 20_000
"""Maximum number of facts on a page."""

_SCRIPTS = ("base.js", "parts.js", "charts.js", "search.js", "found.js", "views.js", "app.js")
_COMMENTS = re.compile(r"^ *(?://[^\n]*|/\*(?:(?!\*/).)*\*/)\n|^ +|(?<=[{;,(\[])\n", re.MULTILINE | re.DOTALL)
"""Comment lines, indentation, and redundant line ends."""


def page(store: Store, start: str = "", tell: Progress = unreported) -> str:
    """Return ``store`` as one HTML page, the same for equal bases.

    ``start`` is the address shown first; ``tell`` is called with the number of facts done and their total.

    Raises UsageError if it has more than MOST_FACTS facts.
    """
    if len(store.facts) > MOST_FACTS:
        message = f"a page holds at most {MOST_FACTS:,} facts, and the base has {len(store.facts):,}"
        raise UsageError(message, "export a .db and look at it with Datasette: psfacts export facts.db")
    facts = sorted(store.facts, key=by_place)
    style, script = _text("style.css"), _text(*_SCRIPTS)
    return Template(_text("page.html")).substitute(
        policy=_policy(style, script),
        description=escape(_description(store)),
        style=style,
        about=_embedded(_about(store)),
        facts="".join(_plain(store, facts)),
        base=_embedded(content(store, facts, tell)),
        start=escape(start),
        script=script,
    )


def address(store: Store, name: str) -> str:
    """Return the address in the page of a fact by its id, or of an entity or indicator by a name.

    Raises NotFoundError if nothing has that name.
    """
    if store.get("facts", name):
        return f"#/fact/{name}"
    record = resolve_any(store, name)
    view = "compare" if isinstance(record, Indicator) else "country" if record.type == "country" else "entity"
    return f"#/{view}/{record.id}"


def _policy(style: str, script: str) -> str:
    """Return a content security policy that allows only our style and script, and loads nothing."""
    hashes = {tag: b64encode(sha256(text.encode()).digest()) for tag, text in (("style", style), ("script", script))}
    own = "; ".join(f"{tag}-src 'sha256-{digest.decode()}'" for tag, digest in hashes.items())
    return f"default-src 'none'; {own}; img-src data:; base-uri 'none'; form-action 'none'"


def _text(*names: str) -> str:
    """Return the files of the page joined, without comments and indentation."""
    return _COMMENTS.sub("", "\n".join(resource(f"exporting/site/{name}").decode() for name in names))


def _description(store: Store) -> str:
    counts = f"{counted(len(store.facts), 'fact')} from {counted(len(store.sources), 'source')}"
    return f"{counts}, each with who says so, when it held, and where it stands"


def _about(store: Store) -> dict[str, object]:
    """Return a description of the page in the vocabulary of schema.org."""
    sources = [
        {
            "@type": "Article",
            "headline": source.title,
            "author": {"@type": "Person", "name": source.author},
            "publisher": {"@type": "Organization", "name": source.publisher},
            "datePublished": source.published,
            "inLanguage": source.translated_from or source.language,
            "url": source.url,
        }
        for source in store.sources
    ]
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": "psfacts",
        "description": _description(store),
        "version": store.data_version,
        "isBasedOn": sources,
        "spatialCoverage": [{"@type": "Country", "name": country.name} for country in store.home_countries()],
        "variableMeasured": [indicator.name for indicator in store.indicators],
    }


def _plain(store: Store, facts: Sequence[Fact]) -> Iterator[str]:
    """Return the facts as a list by country, for browsers without scripts; scripts read the facts from it."""
    home = {country.id for country in store.home_countries()}
    counts = Counter(key for fact in facts for key in fact.entities)
    groups: dict[Id, list[int]] = defaultdict(list)
    for at, fact in enumerate(facts):
        # Of several countries, the one that fewest facts are about: what concerns all stands with it.
        mine = min((key for key in fact.entities if key in home), key=lambda key: (counts[key], key), default="")
        groups[mine].append(at)
    for key in sorted(groups, key=lambda key: (not key, key)):
        yield f"<h2>{escape(visible(store.entity(key).name)) if key else 'Others'}</h2>\n<ul>\n"
        for at in groups[key]:
            yield f'<li id="f{at}">{escape(visible(facts[at].statement))}{_beside(store, facts[at])}</li>\n'
        yield "</ul>\n"


def _beside(store: Store, fact: Fact) -> str:
    """Return the note for a sentence that does not say by itself that it is a view, or doubtful."""
    notes = ["Author’s view."] if fact.standing == "assessed" else []
    notes += [f"Doubtful: {each.reading}" for each in map(store.erratum, fact.errata) if each.kind == "doubt"]
    return f"<br><small>{escape(visible(' '.join(notes)))}</small>" if notes else ""


def _embedded(value: object) -> str:
    r"""Return JSON that is safe in HTML, with ``<`` escaped."""
    return safe(json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)).replace("<", "\\u003c")
