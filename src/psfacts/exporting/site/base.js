// @ts-check
// The fact base as Python wrote it into the page, and what is asked of it again and again.

/**
 * @typedef {[string, string, string, boolean, string]} When first day, last day, words, whether a part of it is
 *   concluded, and fewer words where these are many
 * @typedef {[number, number, number]} Passage first character, the one after the last, and which source
 *
 * @typedef {object} Fact
 * @property {string} id
 * @property {"observation" | "event" | "relation" | "claim"} kind
 * @property {string} [title]
 * @property {string} statement
 * @property {"reported" | "attributed" | "assessed"} standing
 * @property {string[]} [asserted_by]
 * @property {string[]} entities
 * @property {string[]} topics
 * @property {string[]} [errata]
 * @property {string[]} [context] those of `entities` that only the text around the passages names
 * @property {string[]} [replaces] earlier ids that have become part of it
 * @property {When} [when]
 * @property {string} [subject]
 * @property {string} [predicate]
 * @property {string} [object]
 * @property {string} [indicator]
 * @property {number | string} [value]
 * @property {string} [amount] the value with its unit
 * @property {string} place the sections and paragraphs that it stands in
 * @property {Passage[]} passages
 * @property {number} cite which patterns of citations it has
 *
 * @typedef {object} Erratum
 * @property {string} id
 * @property {string} kind
 * @property {string} printed
 * @property {string} reading
 * @property {string} reason
 * @property {"context" | "original" | "outside"} basis
 * @property {"certain" | "likely" | "possible"} certainty
 * @property {string} place
 * @property {Passage[]} passages
 *
 * @typedef {object} Entity
 * @property {string} id
 * @property {string} type
 * @property {string} name
 * @property {string} [short]
 * @property {string[]} [aliases]
 * @property {string} [capital]
 * @property {{alpha2: string, alpha3: string, numeric: string}} [iso]
 * @property {string[]} [members]
 * @property {string} [role]
 * @property {string} [of]
 * @property {string} [wikidata]
 *
 * @typedef {object} Indicator
 * @property {string} id
 * @property {string} name
 * @property {string} description
 * @property {"number" | "category"} type
 * @property {string} [unit]
 * @property {string[]} [categories]
 * @property {string[]} [aliases]
 * @property {string} [membership_of]
 *
 * @typedef {object} Source
 * @property {string} id
 * @property {string} title
 * @property {string} author
 * @property {string} publisher
 * @property {string} url
 * @property {string} published
 * @property {string} day
 * @property {string} read
 * @property {number} length
 * @property {[string, number][]} sections title and first character
 *
 * @typedef {{first: string, last: string, ticks: [string, string][]}} Panel
 *
 * @typedef {object} Base
 * @property {string} version
 * @property {Source[]} sources
 * @property {Entity[]} entities
 * @property {{id: string, regions?: string[]}[]} countries
 * @property {Record<string, string>} topics
 * @property {Indicator[]} indicators
 * @property {Fact[]} facts
 * @property {Erratum[]} errata
 * @property {{source: string, title: string, length: number, cited: number, uncited: number, unused: number, facts: number}[]} coverage
 * @property {string[][]} citations patterns, by style
 * @property {string[]} places
 * @property {When[]} times
 * @property {Panel[]} scale
 * @property {Record<string, string>} pictures
 * @property {Words} words
 */

document.documentElement.classList.add("scripted");

/** @type {Base} */
const base = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("base")).textContent || "");

/** Names of topics by their ids, which are told in order. @type {any} */
const topics = base.topics;
base.topics = Object.fromEntries(topics);

// An id may be a word that every object knows, such as "constructor".
for (const named of [base.topics, base.pictures, base.words.names]) Object.setPrototypeOf(named, null);

// Sentences stand in the page as they are read without scripts; what is told often stands in the data once.
base.facts.forEach((/** @type {any} */ fact, at) => {
  fact.entities = fact.entities.map((/** @type {number} */ place) => base.entities[place].id);
  fact.topics = fact.topics.map((/** @type {number} */ place) => topics[place][0]);
  fact.statement = document.getElementById(`f${at}`)?.firstChild?.textContent || "";
  fact.standing = fact.standing || "reported";
  fact.when = base.times[fact.when];
});
for (const record of [...base.facts, ...base.errata]) record.place = base.places[Number(record.place)];

/** @param {{id: string}[]} records @returns {Map<string, any>} */
const byId = (records) => new Map(records.map((record) => [record.id, record]));

/** @type {Map<string, Entity>} */
const entities = byId(base.entities);
/** @type {Map<string, Fact>} */
const facts = byId(base.facts);
for (const fact of base.facts) for (const id of fact.replaces || []) if (!facts.has(id)) facts.set(id, fact);
/** @type {Map<string, Erratum>} */
const errata = byId(base.errata);
/** @type {Map<string, Indicator>} */
const indicators = byId(base.indicators);
const home = base.countries.map((country) => country.id);
const isHome = new Set(home);

/** @template T @param {() => T} make @returns {() => T} what is made when it is first asked for */
function lazily(make) {
  /** @type {{made: T} | undefined} */
  let kept;
  return () => (kept = kept || { made: make() }).made;
}

/**
 * Records by each of their keys, sorted out when the first is asked for.
 * @template T @param {() => T[]} records @param {(record: T) => string[]} keysOf @returns {(key: string) => T[]}
 */
function by(records, keysOf) {
  const sorted = lazily(() => {
    /** @type {Map<string, T[]>} */
    const found = new Map();
    for (const record of records()) {
      for (const key of keysOf(record)) {
        const alike = found.get(key);
        if (alike) alike.push(record);
        else found.set(key, [record]);
      }
    }
    return found;
  });
  return (key) => sorted().get(key) || [];
}

/** @param {string} id */
const entity = (id) => /** @type {Entity} */ (entities.get(id));

/** @param {string} id */
const nameOf = (id) => entity(id).name;

/** @param {string} id */
const shortOf = (id) => entity(id).short || entity(id).name;

/** @param {Fact} fact */
const titleOf = (fact) => fact.title || fact.statement;

/** @param {string} id @returns {Indicator} */
const indicatorOf = (id) => /** @type {Indicator} */ (indicators.get(id));

/** @param {Fact} fact @returns {Erratum[]} */
const errataOf = (fact) => (fact.errata || []).map((id) => /** @type {Erratum} */ (errata.get(id)));

/** @param {Fact} fact */
const doubtsOf = (fact) => errataOf(fact).filter((erratum) => erratum.kind === "doubt");

/** @param {Fact} fact */
const repairsOf = (fact) => errataOf(fact).filter((erratum) => erratum.kind !== "doubt");

/** @param {Fact} fact */
const isDoubtful = (fact) => doubtsOf(fact).length > 0;

/** What the repairs of a print are called. */
const repair = base.sources.some((source) => source.read) ? "translation note" : "misprint";

/** Facts that name an entity, but for values of others. */
const factsAbout = by(
  () => base.facts,
  (fact) => (fact.kind === "observation" ? [fact.subject || ""] : fact.entities),
);

/** Facts on a topic. */
const factsOn = by(
  () => base.facts,
  (fact) => fact.topics,
);

/** Facts that rest on an erratum, or that a doubt bears on. */
const factsWith = by(
  () => base.facts,
  (fact) => fact.errata || [],
);

/** What somebody is quoted with. */
const saidBy = by(
  () => base.facts,
  (fact) => fact.asserted_by || [],
);

/** Those who are quoted, first who says most. */
const speakers = lazily(() =>
  base.entities
    .filter(({ id }) => saidBy(id).length)
    .sort((a, b) => saidBy(b.id).length - saidBy(a.id).length || compareText(a.name, b.name)),
);

/** Observations of an indicator: numbers falling, categories in their order, the latest of a subject first. */
const observationsOf = by(
  () =>
    base.indicators.flatMap((indicator) =>
      inOrder(
        base.facts.filter((fact) => fact.indicator === indicator.id),
        indicator,
      ),
    ),
  (fact) => [fact.indicator || ""],
);

/** @param {Fact[]} found @param {Indicator} indicator */
function inOrder(found, indicator) {
  const order = indicator.categories || [];
  /** @type {Map<string, Fact>} */
  const latest = new Map();
  for (const fact of found) {
    const before = latest.get(fact.subject || "");
    if (!before || byTime(before, fact) < 0) latest.set(fact.subject || "", fact);
  }
  /** @param {Fact} fact */
  const rank = (fact) => {
    const value = /** @type {Fact} */ (latest.get(fact.subject || "")).value;
    return typeof value === "number" ? -value : order.indexOf(String(value));
  };
  return found.sort(
    (a, b) => rank(a) - rank(b) || compareText(nameOf(a.subject || ""), nameOf(b.subject || "")) || byTime(b, a),
  );
}

/** @param {string} a @param {string} b */
const compareText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** @param {Fact} a @param {Fact} b */
const byTime = (a, b) =>
  compareText(a.when ? a.when[0] : "", b.when ? b.when[0] : "") ||
  compareText(a.when ? a.when[1] : "", b.when ? b.when[1] : "");

const events = base.facts.filter((fact) => fact.kind === "event").sort(byTime);

/** Regions that an entity belongs to, the narrowest first. */
const regionsOf = by(
  () => base.entities.filter((one) => one.members).sort((a, b) => (a.members || []).length - (b.members || []).length),
  (region) => region.members || [],
);

/** The countries that an entity is or has as members; of an organization, by its latest observations. @param {string} id */
function countriesOf(id) {
  const members = entity(id).members || [];
  if (members.length) return members.filter((member) => entity(member).type === "country");
  const told = base.indicators
    .filter((indicator) => indicator.membership_of === id)
    .flatMap((one) => observationsOf(one.id));
  const latest = new Map([...told].sort(byTime).map((fact) => [fact.subject || "", fact.value]));
  return [...latest].filter(([, value]) => value === "member").map(([subject]) => subject);
}

/** Where an entity has its view. @param {string} id */
const addressOf = (id) => `#/${entity(id).type === "country" ? "country" : "entity"}/${id}`;

/** Days since 1970. @param {string} day */
const dayNumber = (day) => {
  const [year, month, date] = day.split("-").map(Number);
  return new Date(0).setUTCFullYear(year, month - 1, date) / 86400000;
};

/** How precise a time is: what lies within 31 days is as good as a month. @param {When} when */
function precisionOf(when) {
  const days = dayNumber(when[1]) - dayNumber(when[0]);
  return days === 0 ? "day" : days < 31 ? "month" : days < 366 ? "year" : "span";
}

/** @param {string[]} words */
const listed = (words) =>
  words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}` : words.join("");

/** @param {number} count @param {string} noun @param {string} [nouns] */
const counted = (count, noun, nouns = `${noun}s`) => `${count.toLocaleString("en")} ${count === 1 ? noun : nouns}`;

const MONTHS = "January February March April May June July August September October November December".split(" ");

const NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split(" ");

/** A small number in words. @param {number} count */
const inWords = (count) => NUMBERS[count] || count.toLocaleString("en");

/** @param {string} text */
const capitalised = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** Who asserts a fact: the verb agrees with one of them or with several. @param {Fact} fact */
function speakerOf(fact) {
  const by = fact.asserted_by || [];
  const isOne = by.length === 1 && entity(by[0]).type !== "group";
  return `${listed(by.map(shortOf))} ${isOne ? "says" : "say"}`;
}

/** @param {Fact} fact @returns {Source} */
const sourceOf = (fact) => base.sources[fact.passages[0][2]];

const STYLES = ["plain", "bibtex", "csl-json"];

/** The section that a passage starts in. @param {Passage} passage */
const sectionOf = ([start, , source]) =>
  [...base.sources[source].sections].reverse().find((section) => section[1] <= start) ||
  base.sources[source].sections[0];

/** @param {Fact} fact */
const charactersOf = (fact) => fact.passages.map(([start, end]) => `${start}–${end}`).join(", ");

/** A citation as Python made it: its pattern with what is the fact's own. @param {Fact} fact @param {number} style */
function citationOf(fact, style) {
  const sections = [...new Set(fact.passages.map((passage) => sectionOf(passage)[0]))].join("; ");
  const own = [fact.id, fact.place, capitalised(fact.place), charactersOf(fact), sections];
  return base.citations[fact.cite][style].replace(/[\x01-\x05]/g, (mark) => own[mark.charCodeAt(0) - 1]);
}
