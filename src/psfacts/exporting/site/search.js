// @ts-check
// A small scorer on what Python computed: words in, facts out. The program knows better.

/**
 * @typedef {object} Words
 * @property {Record<number, string>} keys further words that facts are looked up by
 * @property {string} asked how much words of queries speak for there being no answer, and for facts, packed: how much of
 * the one before each begins with, the steps from one of its facts to the next, and its own weight and those of the facts
 * @property {number[]} known the facts that this is known of
 * @property {string} steps characters for the lengths of steps; a step goes on behind the last of them
 * @property {string[]} alike groups of phrases that mean the same, by their stems
 * @property {Record<string, string>} names other names of entities; a star stands for any ending
 * @property {string[]} elsewhere names of what the base does not have, and codes in capitals
 * @property {number[]} numbers facts that state a number
 * @property {Record<string, number> & {lacking: Record<string, number>}} weights what counts how much, as the program has it
 * @property {string} stop words that say nothing
 * @property {string} weak words that say little
 *
 * @typedef {object} Concept one thing that a query names
 * @property {string[]} words
 * @property {number} at the place of the first of them
 * @property {string[]} stems
 * @property {string[]} ids entities that go by these words
 * @property {boolean} isName
 * @property {string[]} indicators
 * @property {string[]} alike phrases that mean the same
 * @property {boolean} [isLeftOut] whether it is named only to be left out
 *
 * @typedef {"since" | "after" | "until" | "before"} Bound
 *
 * @typedef {object} Period
 * @property {[number, number] | null} years
 * @property {[number, number]} months
 * @property {Bound | ""} bound whether it only begins or ends a time; `before` and `after` leave it out
 *
 * @typedef {{concepts: Concept[], period: Period | null, wants: Set<string>, words: string[], asked: Set<string>}} Query
 * @typedef {{hits: Fact[], near: Fact[], query: Query, unknown: string[], speaker?: string}} Found
 */

/** A text as it is compared: without case, accents and punctuation. @param {string} text */
const fold = (text) =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .normalize("NFKD")
    .replace(/['`‘’ʹʻʼʽʾʿ＇]|\p{M}|\p{Cf}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** @param {string} text */
const split = (text) => fold(text).split(" ").filter(Boolean);

const STEP2 = pairsOf(
  "ational ate tional tion enci ence anci ance izer ize logi log bli ble alli al entli ent eli e ousli ous ization ize ation ate ator ate alism al iveness ive fulness ful ousness ous aliti al iviti ive biliti ble",
);
const STEP3 = pairsOf("icate ic ative - alize al iciti ic ical ic ful - ness -");
const STEP4 = "ement ance ence able ible ment ant ent ism ate iti ous ive ize ion al er ic ou".split(" ");
const CONSONANT = "[^aeiou]";
const VOWEL = "[aeiouy]";
const C = `${CONSONANT}[^aeiouy]*`;
const V = `${VOWEL}[aeiou]*`;
const MEASURE = [`^(${C})?${V}${C}`, `^(${C})?${V}${C}${V}${C}`].map((pattern) => new RegExp(pattern));
const HAS_VOWEL = new RegExp(`^(${C})?${VOWEL}`);
const SHORT = new RegExp(`^${C}${VOWEL}[^aeiouwxy]$`);

/** @param {string} text @returns {[string, string][]} */
function pairsOf(text) {
  const words = text.split(" ");
  return words.flatMap((word, at) =>
    at % 2 ? [] : [/** @type {[string, string]} */ ([word, words[at + 1].replace("-", "")])],
  );
}

/** @type {Map<string, string>} */
const stems = new Map();

/** The stem of a word, as the full-text index of the program has it (M. Porter, An algorithm for suffix stripping). @param {string} word */
function stem(word) {
  let known = stems.get(word);
  if (known === undefined) stems.set(word, (known = /^[a-z\d]{3,63}$/.test(word) ? porter(word) : word));
  return known;
}

/** @param {string} word */
function porter(word) {
  const isMeasured = (/** @type {string} */ part, more = 0) => MEASURE[more].test(part);
  word = word
    .replace(/sses$/, "ss")
    .replace(/ies$/, "i")
    .replace(/([^s])s$/, "$1");
  if (/eed$/.test(word)) {
    if (isMeasured(word.slice(0, -3))) word = word.slice(0, -1);
  } else {
    const cut = /^(.+?)(ed|ing)$/.exec(word);
    if (cut && HAS_VOWEL.test(cut[1])) {
      word = cut[1];
      if (/(at|bl|iz)$/.test(word) || SHORT.test(word)) word += "e";
      else if (/([^aeioulsz])\1$/.test(word)) word = word.slice(0, -1);
    }
  }
  if (/y$/.test(word) && HAS_VOWEL.test(word.slice(0, -1))) word = `${word.slice(0, -1)}i`;
  for (const step of [STEP2, STEP3]) {
    const found = step.find(([end]) => word.endsWith(end));
    if (found && isMeasured(word.slice(0, -found[0].length))) word = word.slice(0, -found[0].length) + found[1];
  }
  const end = STEP4.find((suffix) => word.endsWith(suffix));
  if (end) {
    const rest = word.slice(0, -end.length);
    if (isMeasured(rest, 1) && (end !== "ion" || /[st]$/.test(rest))) word = rest;
  }
  if (/e$/.test(word)) {
    const rest = word.slice(0, -1);
    if (isMeasured(rest, 1) || (isMeasured(rest) && !SHORT.test(rest))) word = rest;
  }
  return /ll$/.test(word) && isMeasured(word, 1) ? word.slice(0, -1) : word;
}

const [STOP, WEAK] = [base.words.stop, base.words.weak].map((words) => new Set(words.split(" ")));
/** @type {Map<string, Bound>} */
const BOUNDS = new Map([
  ["since", "since"],
  ["from", "since"],
  ["after", "after"],
  ["until", "until"],
  ["till", "until"],
  ["by", "until"],
  ["before", "before"],
]);
const WITHIN = new Set("in of during over this that last since until".split(" "));
const AMBIGUOUS = new Set(["may", "spring", "fall"]);
const MARCHED = new Set("through on into across to towards past over in".split(" "));
/** @type {Map<string, [number, number]>} */
const SEASONS = new Map([
  ["spring", [3, 5]],
  ["summer", [6, 8]],
  ["autumn", [9, 11]],
  ["fall", [9, 11]],
  ["winter", [12, 12]],
]);
const MEMBERSHIP = /\b(members?|memberships?|belongs?|join(ed)?)\b/;
const OFFICES = new Set(
  "president presidents premier premiers chancellor minister ministers king queen monarch leader leaders head secretary commander chairman chief governor mayor ambassador ruler".split(
    " ",
  ),
);

/** @type {[string, RegExp][]} */
const WANTS = [
  [
    "number",
    /\b(how (many|much(?! (support|help|influence)\b)|high|long|big|large|far|old)|what (percentage|share|number|proportion)|(?<!\b(a|any) )number|figures?|statistics|headcount|percent|percentage|rates?|volume|value of|share of|per|population|casualties|deaths|killed|death toll|fatalities|tonnage|tonnes|tons|square (kilometres|miles))\b/,
  ],
  ["time", /\b(when|(what|which) (day|date|year))\b/],
  ["person", /\b(who|whom|name of)\b/],
  ["words", /\b(said|says?|claims?|according)\b/],
];

/** What kinds of answer are asked for. @param {string} words */
const wantsOf = (words) => new Set(WANTS.filter(([, pattern]) => pattern.test(fold(words))).map(([want]) => want));

/** What facts are looked up by, made when the first is looked for. */
const index = lazily(() => {
  /** @type {Map<string, Set<number>>} by stem, the facts that have it */
  const postings = new Map();
  /** @type {Set<string>} words as they are spelt */
  const spelt = new Set();
  const texts = base.facts.map((fact, at) => {
    const told = fact.entities.flatMap((id) => [nameOf(id), shortOf(id)]);
    const topics = [
      ...fact.topics.map((topic) => base.topics[topic]),
      ...(fact.indicator ? [indicatorOf(fact.indicator).name, ...(indicatorOf(fact.indicator).aliases || [])] : []),
    ];
    const columns = [
      split(fact.statement),
      split(titleOf(fact)),
      split(base.words.keys[at] || ""),
      told.flatMap(split),
      topics.flatMap(split),
      [...(fact.asserted_by || []).flatMap((id) => split(nameOf(id))), ...split(fact.when ? fact.when[2] : "")],
    ];
    for (const word of columns.flat()) {
      const key = stem(word);
      postings.set(key, (postings.get(key) || new Set()).add(at));
      spelt.add(word);
    }
    return ` ${columns.map((words) => words.map(stem).join(" ")).join(" | ")} `;
  });
  return { postings, spelt, texts };
});

/** The weights of each key: its own, and those of facts. @param {string} packed */
function unpacked(packed) {
  /** @type {Map<string, {own: number, facts: Map<number, number>}>} */
  const found = new Map();
  const all = base.words.steps;
  /** @param {string} character */
  const weight = (character) => W.step * (all.indexOf(character) - Math.floor(all.length / 2));
  let key = "";
  for (const [rest, steps, weights] of packed
    .split(";")
    .filter(Boolean)
    .map((entry) => entry.split(" "))) {
    key = key.slice(0, Number(rest[0])) + rest.slice(1);
    /** @type {Map<number, number>} */
    const facts = new Map();
    let at = 0;
    for (const step of steps) {
      const length = all.indexOf(step);
      at += length;
      if (length < all.length - 1) facts.set(at, weight(weights[facts.size + 1]));
    }
    found.set(key, { own: weight(weights[0]), facts });
  }
  return found;
}

/** How much words of queries, and the entities in them, speak for there being no answer, and for facts. */
const weights = lazily(() => unpacked(base.words.asked));

/** What words mean: names, indicators and phrases that mean the same. */
const lexicon = lazily(() => {
  /** @type {Map<string, string[]>} */
  const names = new Map();
  /** @type {Map<string, string[]>} */
  const beginnings = new Map();
  /** @type {Map<string, string[]>} */
  const codes = new Map();
  const others = base.words.elsewhere.flatMap((line) => line.split(","));
  const elsewhere = new Set(others.filter((name) => !/^[A-Z]{2,3}$/.test(name)).map(fold));
  const codesElsewhere = new Set(others.filter((name) => /^[A-Z]{2,3}$/.test(name)).map(fold));
  /** @param {string} label @param {string} id */
  const add = (label, id) => {
    const [table, key] = label.endsWith("*") ? [beginnings, fold(label)] : [names, fold(label)];
    if (!(table.get(key) || []).includes(id)) table.set(key, [...(table.get(key) || []), id]);
  };
  for (const { id, name, short, aliases, capital, iso } of base.entities) {
    for (const label of [name, short, ...(aliases || []), capital, ...(base.words.names[id] || "").split(",")])
      if (label) add(label, id);
    for (const code of Object.values(iso || {})) codes.set(code.toLowerCase(), [id]);
  }
  /** @type {Map<string, string[]>} */
  const measured = new Map();
  for (const { id, name, aliases } of base.indicators)
    for (const label of [name, id, ...(aliases || [])]) measured.set(fold(label), [id]);
  /** @type {Map<string, string[][]>} */
  const groups = new Map();
  for (const line of base.words.alike) {
    const phrases = line.split(",");
    for (const phrase of phrases) groups.set(phrase, [...(groups.get(phrase) || []), phrases]);
  }
  const stemmed = new Map([...measured].map(([label, ids]) => [split(label).map(stem).join(" "), ids]));
  const words = new Set([...names.keys(), ...elsewhere].flatMap((name) => name.split(" ")));
  return {
    names,
    beginnings,
    codes,
    measured: new Map([...stemmed, ...measured]),
    groups,
    elsewhere,
    codesElsewhere,
    words,
  };
});

/** Whether a word needs no putting right. @param {string} word */
function isKnown(word) {
  const { names, codes, groups, words } = lexicon();
  const key = stem(word);
  return (
    STOP.has(word) ||
    WEAK.has(word) ||
    /[^a-z]/.test(word) ||
    word.length < 4 ||
    index().postings.has(key) ||
    weights().has(key) ||
    names.has(word) ||
    words.has(word) ||
    codes.has(word) ||
    groups.has(key) ||
    monthOfWord(word) > 0
  );
}

/** Words that others are put right by: each with how much further off it counts, names being the nearest. */
const spellings = lazily(() => {
  /** @type {Map<string, number>} */
  const found = new Map();
  /** @param {Iterable<string>} words @param {number} far */
  const add = (words, far) => {
    for (const word of words) if (/^[a-z]{4,}$/.test(word) && !found.has(word)) found.set(word, far);
  };
  add(lexicon().names.keys(), 0);
  add(
    [...lexicon().names.keys()].flatMap((name) => name.split(" ")),
    0.1,
  );
  add(
    [...lexicon().elsewhere].flatMap((name) => name.split(" ")),
    0.2,
  );
  add(index().spelt, 0.25);
  add(lexicon().groups.keys(), 0.3);
  return [...found];
});

/** @type {Map<string, string>} */
const right = new Map();

/** The word that a misspelt one is most likely meant to be: one with few letters changed. @param {string} word */
function putRight(word) {
  const known = right.get(word);
  if (known) return known;
  const most = word.length < 7 ? 1 : word.length < 9 ? 2 : 3;
  let [best, least] = [word, most + 0.5];
  for (const [other, far] of spellings()) {
    if (Math.abs(other.length - word.length) > most) continue;
    const startsAlike = other[0] === word[0];
    // Another first letter is seldom mistyped, and hardly ever beside another mistake at the end.
    if (!startsAlike && other.slice(-2) !== word.slice(-2)) continue;
    const distance = changes(word, other, most) + far + (startsAlike ? 0 : 0.75);
    if (distance < least) [best, least] = [other, distance];
  }
  right.set(word, best);
  return best;
}

/** Letters that are to be changed, left out, put in or swapped. @param {string} a @param {string} b @param {number} most */
function changes(a, b, most) {
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return most + 1;
    [before, row] = [row, next];
  }
  return row[b.length];
}

/** @param {string} word */
const monthOfWord = (word) =>
  MONTHS.findIndex((month) => [month.toLowerCase(), month.slice(0, 3).toLowerCase()].includes(word)) + 1 ||
  (word === "sept" ? 9 : 0);

/** The time that a query names, and the places of its words. @param {string[]} words @returns {[Period | null, Set<number>]} */
function periodOf(words) {
  const used = new Set(words.flatMap((word, at) => (/^((1[0-9]|20)\d\d|(1[0-9]|20)\d0s)$/.test(word) ? [at] : [])));
  const years = [...used].flatMap((at) => [
    Number(words[at].slice(0, 4)),
    Number(words[at].slice(0, 4)) + (words[at].endsWith("s") ? 9 : 0),
  ]);
  /** @type {[number, number] | null} */
  let months = null;
  words.forEach((word, at) => {
    const season = SEASONS.get(word);
    if (!months && season && (years.length || !AMBIGUOUS.has(word) || WITHIN.has(words[at - 1]))) {
      months = season;
      used.add(at);
    }
    const number = monthOfWord(word);
    const day = [at - 1, at + 1].find((beside) => /^(0?[1-9]|[12]\d|3[01])(st|nd|rd|th)?$/.test(words[beside] || ""));
    if (!number || months || (word === "march" && MARCHED.has(words[at + 1]))) return;
    if (word === "may" && day === undefined && !years.length && !WITHIN.has(words[at - 1])) return;
    months = [number, number];
    used.add(at);
    if (day !== undefined) used.add(day);
  });
  if (!years.length && !months) return [null, new Set()];
  const first = Math.min(...used);
  if (/^(early|mid|late|beginning|start|middle|end)$/.test(words[first - 1] || "")) used.add(first - 1);
  const bound = BOUNDS.get(words[first - 1]) || BOUNDS.get(words[first - 2]) || "";
  return [
    { years: years.length ? [Math.min(...years), Math.max(...years)] : null, months: months || [1, 12], bound },
    used,
  ];
}

/** How much of a fact's time may fall into a period, from 0 to 1. @param {Fact} fact @param {Period} period */
function shareOf(fact, { years, months, bound }) {
  if (!fact.when) return 0;
  const [from, to] = [dayNumber(fact.when[0]), dayNumber(fact.when[1])];
  const [first, last] = years || [Number(fact.when[0].slice(0, 4)), Number(fact.when[1].slice(0, 4))];
  if (!years && to - from > 100) return 0;
  let most = 0;
  for (let year = years ? last : first; year <= last; year++) {
    const [start, end] = [Date.UTC(years ? first : year, months[0] - 1, 1), Date.UTC(year, months[1], 0)].map(
      (time) => time / 86400000,
    );
    const open = bound === "until" || bound === "before" ? from : bound === "after" ? end + 1 : start;
    const close = bound === "since" || bound === "after" ? to : bound === "before" ? start - 1 : end;
    most = Math.max(most, Math.min(to, close) - Math.max(from, open) + 1);
  }
  return most / (to - from + 1);
}

const LEFT_OUT = new Set("besides except excluding apart".split(" "));

/** @param {string} text @returns {Query} */
function read(text) {
  const pieces = text
    .replace(/(?<=\p{L})['’]s?(?!\p{L})/gu, "")
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 60);
  const isShouted = pieces.every((piece) => piece === piece.toUpperCase()) && pieces.some((piece) => piece.length > 5);
  const written = pieces.flatMap((piece) =>
    split(piece)
      .flatMap(unspaced)
      .map((word) => ({ word, isUpper: !isShouted && /^\P{Ll}*\p{Lu}\P{Ll}*$/u.test(piece) })),
  );
  const words = written.map(({ word }) => (isKnown(word) ? word : putRight(word)));
  const [period, used] = periodOf(words);
  /** @type {Concept[]} */
  const concepts = [];
  let isLeftOut = false;
  for (let at = 0; at < words.length;) {
    let concept = used.has(at) ? null : conceptAt(words, at, written[at].isUpper);
    // A phrase that ends in the middle of a name, as "the world" of the World Bank.
    if (concept && !concept.isName && concept.words.length > 1 && STOP.has(words[at])) {
      const next = conceptAt(words, at + 1, written[at + 1].isUpper);
      if (next?.isName && next.words.length >= concept.words.length) concept = null;
    }
    if (concept) {
      // Besides Russia and the West: named only to be left out.
      const before = words.slice(Math.max(0, at - 2), at).filter((word) => word !== "the");
      isLeftOut =
        before.some((word) => LEFT_OUT.has(word)) || (isLeftOut && ["and", "or"].includes(before.pop() || ""));
      concept.isLeftOut = isLeftOut;
    }
    if (concept && !concepts.some((other) => other.words.join(" ") === concept.words.join(" "))) concepts.push(concept);
    at += concept ? concept.words.length : 1;
  }
  const asked = new Set(concepts.flatMap((concept) => concept.ids));
  return { concepts, period, wants: wantsOf(words.join(" ")), words, asked };
}

/** A run of a script without spaces, cut into the names in it. @param {string} word @returns {string[]} */
function unspaced(word) {
  if (!/[\u2e80-\u9fff]/.test(word)) return [word];
  const parts = [""];
  for (let at = 0; at < word.length;) {
    const length = [8, 7, 6, 5, 4, 3, 2].find((size) => lexicon().names.has(word.slice(at, at + size))) || 0;
    if (length) parts.push(word.slice(at, at + length), "");
    else parts[parts.length - 1] += word[at];
    at += length || 1;
  }
  return parts.filter(Boolean);
}

/** The longest run of words from a place on that has a meaning, or else the word there. @param {string[]} words @param {number} at @param {boolean} isUpper @returns {Concept | null} */
function conceptAt(words, at, isUpper) {
  const { names, measured, groups, elsewhere, codesElsewhere } = lexicon();
  for (let length = Math.min(8, words.length - at); length > 0; length--) {
    const own = words.slice(at, at + length);
    const phrase = own.join(" ");
    const roots = own.map(stem);
    const isMeant = length > 1 || isMeantAsName(phrase, words[at - 1] || "", isUpper);
    const ids = isMeant
      ? names.get(phrase) ||
        (length === 1 && byBeginning(phrase)) ||
        (length === 1 && codeOf(phrase, words[at - 1] || "", isUpper)) ||
        []
      : [];
    const isElsewhere =
      ids.length === 0 &&
      ((isUpper && length === 1 && codesElsewhere.has(phrase)) ||
        (elsewhere.has(phrase) && (length > 1 || (!STOP.has(phrase) && !index().postings.has(roots[0])))));
    const alike = (groups.get(roots.join(" ")) || []).flat();
    const indicator = measured.get(phrase) || measured.get(roots.join(" "));
    if (ids.length || isElsewhere || alike.length || indicator || length === 1) {
      if (length === 1 && !ids.length && STOP.has(phrase)) return null;
      const indicators = indicator || alike.flatMap((other) => measured.get(other) || []).slice(0, 1);
      return {
        words: own,
        at,
        stems: roots,
        ids,
        isName: ids.length > 0 || isElsewhere,
        indicators,
        alike: [...new Set(alike)].filter((other) => other !== roots.join(" ")),
      };
    }
  }
  return null;
}

/** @param {string} word @param {string} before @param {boolean} isUpper */
function isMeantAsName(word, before, isUpper) {
  if (word === "us") return isUpper || !/^(tell|give|show|let|help|inform|remind|teach)$/.test(before);
  return isUpper || !STOP.has(word);
}

/** @param {string} word */
function byBeginning(word) {
  if (/^[a-z]*$/.test(word)) return undefined;
  for (let length = word.length; length > 2; length--) {
    const ids = lexicon().beginnings.get(word.slice(0, length));
    if (ids) return ids;
  }
  return undefined;
}

/** @param {string} word @param {string} before @param {boolean} isUpper */
const codeOf = (word, before, isUpper) =>
  !/\d/.test(word + before) && (isUpper || !index().postings.has(word)) ? lexicon().codes.get(word) : undefined;

const W = base.words.weights;

/** The names of an entity as they stand in text. */
const patternOf = byEntity((id) => {
  const { name, short, aliases = [], capital } = entity(id);
  const names = [name, short, ...aliases, capital]
    .filter(Boolean)
    .map((label) => String(label).replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${names.join("|")})`, "iu");
});

/** @template T @param {(id: string) => T} make @returns {(id: string) => T} what is made once for each entity */
function byEntity(make) {
  /** @type {Map<string, T>} */
  const made = new Map();
  return (id) => {
    if (!made.has(id)) made.set(id, make(id));
    return /** @type {T} */ (made.get(id));
  };
}

/** How much facts are about an entity, or say about it by way of a region. @param {string} id @returns {(fact: Fact) => number} */
function aboutness(id) {
  const members = entity(id).members || [];
  const regions = regionsOf(id);
  /** @param {Fact} fact @param {string[]} others */
  const hasAny = (fact, others) =>
    others.some((other) => (fact.kind === "observation" ? fact.subject === other : fact.entities.includes(other)));
  return (fact) => {
    if (fact.entities.includes(id)) {
      return patternOf(id).test(titleOf(fact)) ? 1 : W.named;
    }
    if (hasAny(fact, members)) return W.named;
    const told = regions.filter((region) => fact.entities.includes(region.id));
    return told.length && !told.some((region) => hasAny(fact, region.members || [])) ? W.around : 0;
  };
}

/** Facts that have all of some stems. @param {string[]} roots @returns {number[]} */
function having(roots) {
  const lists = roots.map((root) => index().postings.get(root) || new Set()).sort((a, b) => a.size - b.size);
  return [...(lists[0] || [])].filter((at) => lists.every((list) => list.has(at)));
}

/** What one concept finds: how well each fact has it, and how much it counts. @param {Concept} concept */
function evidenceOf(concept) {
  /** @type {Map<number, number>} */
  const quality = new Map();
  const { texts } = index();
  const isOnlyName = concept.isName && concept.indicators.length === 0;
  let count = 0;
  if (!isOnlyName) {
    const apart = having(concept.stems);
    const exact = apart.filter(
      (at) => concept.stems.length === 1 || texts[at].includes(` ${concept.stems.join(" ")} `),
    );
    for (const other of concept.alike) {
      const roots = other.split(" ");
      for (const at of having(roots))
        if (roots.length === 1 || texts[at].includes(` ${other} `)) quality.set(at, W.synonym);
    }
    for (const at of apart) quality.set(at, W.synonym);
    for (const at of exact) quality.set(at, 1);
    count = quality.size;
  }
  const around = new Set(
    concept.ids.flatMap((id) => [id, ...(entity(id).members || []), ...regionsOf(id).map((region) => region.id)]),
  );
  const about = concept.ids.map(aboutness);
  base.facts.forEach((fact, at) => {
    const own = concept.indicators.includes(fact.indicator || "")
      ? 1
      : Math.max(0, ...about.map((measure) => measure(fact)));
    if (around.size && !quality.has(at) && fact.entities.some((id) => around.has(id))) count++;
    if (own > (quality.get(at) || 0)) quality.set(at, own);
  });
  const isGroup = concept.ids.length > 0 && concept.ids.every((id) => entity(id).type === "group");
  return {
    concept,
    quality,
    weight: weightOf(concept, count),
    isRequired: isOnlyName && !isGroup && !concept.isLeftOut,
  };
}

/** How likely a query is to be answered, and by which fact. @param {Query} query */
function usageOf(query) {
  const roots = new Set(query.words.map(stem));
  const found = ["*", ...roots, ...[...query.asked].map((id) => `@${id}`)].flatMap((key) => weights().get(key) || []);
  const nothing = found.reduce((sum, { own }) => sum + own, 0);
  const speaking = new Map(base.words.known.map((at) => [at, 0]));
  for (const { facts } of found) for (const [at, weight] of facts) speaking.set(at, (speaking.get(at) || 0) + weight);
  const total = Math.log([...speaking.values()].reduce((sum, value) => sum + Math.exp(value), 0));
  const unknown = [...roots].filter((key) => !weights().has(key)).length / (roots.size || 1);
  return { speaking, total, nothing, unknown };
}

/** How much a concept counts: the rarer, the more. @param {Concept} concept @param {number} count how many facts have it */
function weightOf(concept, count) {
  if (concept.isLeftOut) return 0;
  const text = concept.words.join(" ");
  if (!concept.isName && (WEAK.has(text) || (!count && /[^\x00-\x7f]/.test(text)))) return W.weak;
  if (!count) return 1;
  const size = base.facts.length + 1;
  return Math.max(W.common, Math.log(size / count) / Math.log(size));
}

/** @type {{text: string, found: Found} | undefined} */
let last;

/** Facts that answer a query: none rather than a wrong one. @param {string} text */
function find(text) {
  if (!last || last.text !== text) last = { text, found: lookUp(text) };
  return last.found;
}

/** @param {string} text @returns {Found} */
function lookUp(text) {
  const query = read(text);
  const quoted = quotedIn(query);
  if (quoted) return { ...quoted, near: [], query, unknown: [] };
  const evidence = query.concepts.map(evidenceOf);
  const joined = MEMBERSHIP.test(query.words.join(" "))
    ? base.indicators.filter((indicator) => query.asked.has(indicator.membership_of || "")).map((one) => one.id)
    : [];
  const measured = new Set([...query.concepts.flatMap((concept) => concept.indicators), ...joined]);
  const content = evidence.filter((one) => !one.isRequired && one.weight > W.weak);
  const names = evidence.filter((one) => one.isRequired);
  const total = evidence.reduce((sum, one) => sum + one.weight, query.period ? 1 : 0) || 1;
  const usage = usageOf(query);
  const contents = content.reduce((sum, one) => sum + one.weight, 0);
  const numbers = new Set(base.words.numbers);
  const said = new Set(query.concepts.filter((concept) => !concept.isName).flatMap((concept) => concept.stems));
  const roles = rolesOf(query);

  /** @param {Fact} fact @param {number} at */
  const scoreOf = (fact, at) => {
    let reached = evidence.reduce((sum, one) => sum + one.weight * (one.quality.get(at) || 0), 0);
    if (query.period && shareOf(fact, query.period) > 0) reached += 1;
    const headline = new Set(
      split(titleOf(fact))
        .filter((word) => !STOP.has(word))
        .map(stem),
    );
    const asked = [...headline].filter((word) => said.has(word)).length / (headline.size || 1);
    const by = fact.kind === "observation" ? [fact.subject || ""] : fact.asserted_by || [];
    const isOfAnother = by.length > 0 && !by.some((id) => query.asked.has(id));
    const match = (reached / total) * (1 + W.headline * asked) * (isOfAnother ? W.of_another : 1);
    const own = usage.speaking.get(at);
    if (own === undefined) return { match, score: match };
    const share = Math.max(0, 1 + (own - usage.total) / W.unlikely);
    return { match, score: match + W.asked * (share - match) };
  };

  /** @param {typeof names[0]} one @param {number} at */
  const isAskedBy = ({ concept }, at) =>
    concept.stems.flatMap((key) => weights().get(key) || []).some((one) => (one.facts.get(at) || 0) > one.own);

  /** @param {{fact: Fact, at: number, match: number}} one */
  const answers = ({ fact, at, match }) => {
    const around = measured.size ? W.around : 0;
    const { period, wants } = query;
    const told = content.filter((one) => one.quality.has(at)).reduce((sum, one) => sum + one.weight, 0);
    const share = contents ? told / contents : 1;
    const isOpen = names.length > 0 && !content.length && !wants.size;
    const held = {
      names: names.every((one) => (one.quality.get(at) || 0) > around || (!isOpen && isAskedBy(one, at))),
      office: hasOffice(query, fact),
      time: !period || shareOf(fact, period) > 0,
      speaker: roles.areSaid(fact),
      number: !wants.has("number") || numbers.has(at),
      content: share > 0 || content.some((one) => isAskedBy(one, at)),
      roles: !roles.areSwapped(fact),
      date: !wants.has("time") || isDated(fact),
    };
    const lacking = Object.entries(held).reduce((sum, [what, has]) => sum + (has ? 0 : W.lacking[what]), 0);
    const own = usage.speaking.get(at);
    if (own === undefined || isOpen) return !lacking && share >= W.least;
    if (names.some((one) => !one.concept.ids.length && !isAskedBy(one, at))) return false;
    // Halfway between the odds that this fact answers, and that any does.
    const odds = (1 - usage.unknown) * ((own + usage.total) / 2 - usage.nothing);
    const isMeasured = !lacking && measured.has(fact.indicator || "") && fact.subject === [...query.asked].join();
    return odds + (isMeasured ? W.measured : W.match) * match + W.unknown * usage.unknown - lacking >= W.enough;
  };
  const ranked = base.facts
    .map((fact, at) => ({ fact, at, ...scoreOf(fact, at) }))
    .filter(({ score }) => score > 0)
    .sort(
      (a, b) =>
        Number(roles.areSaid(b.fact)) - Number(roles.areSaid(a.fact)) ||
        b.score - a.score ||
        compareText(b.fact.when ? b.fact.when[1] : "", a.fact.when ? a.fact.when[1] : "") ||
        compareText(a.fact.id, b.fact.id),
    );
  const isAnswered = ranked.length > 0 && answers(ranked[0]);
  const hits = isAnswered ? ranked.filter((one) => one.score >= W.close * ranked[0].score && answers(one)) : [];
  const compared = measured.size === 1 ? comparedBy(query, [...measured][0], joined.length > 0) : [];
  const every = [...new Set([...compared, ...hits.map(({ fact }) => fact)])];
  const unknown = names.filter((one) => one.concept.ids.length === 0).map((one) => one.concept.words.join(" "));
  const near = every.length
    ? []
    : ranked.filter(({ at, score }) => score >= 0.2 && names.every((one) => one.quality.has(at)));
  return { hits: every.slice(0, 5), near: near.slice(0, 3).map(({ fact }) => fact), query, unknown };
}

const RANKED =
  /\b(most|highest|largest|biggest|greatest|top|rank|ranking|compare|comparison|least|lowest|smallest|fewest|bottom)\b/;
const LEAST = /\b(least|lowest|smallest|fewest|bottom)\b/;
const WHICH = /^(which|what)$/;
const BESIDE_WHICH = /^(which|what|are|is|the|of|other|all|former|these|those)$/;
const COUNTRIES = /^(countr(y|ies)|states?|nations?|republics?)$/;

/** Whether what one of is asked for are countries, names and little words left out. @param {Query} query */
function asksWhichCountries({ concepts, words }) {
  const names = new Set(concepts.filter((concept) => concept.isName).flatMap((concept) => concept.words));
  const at = words.findIndex((word) => WHICH.test(word));
  const isBeside = /** @param {string} word */ (word) => names.has(word) || BESIDE_WHICH.test(word);
  const kind = at < 0 ? "" : words.slice(at).find((word) => COUNTRIES.test(word) || !isBeside(word));
  return COUNTRIES.test(kind || "");
}

/** Values that are asked to be compared, the first one first. @param {Query} query @param {string} id @param {boolean} isMembership @returns {Fact[]} */
function comparedBy(query, id, isMembership) {
  const words = query.words.join(" ");
  const isAsked = RANKED.test(words) || asksWhichCountries(query);
  if (!isAsked || [...query.asked].some((one) => !["region", "organization"].includes(entity(one).type))) return [];
  const groups = [...query.asked].filter((one) => one !== indicatorOf(id).membership_of);
  const among = new Set(groups.flatMap(countriesOf));
  const found = observationsOf(id).filter((fact) => !groups.length || among.has(fact.subject || ""));
  if (indicatorOf(id).type === "number") {
    if (found.length < 2) return []; // the most of one is no comparison
    return LEAST.test(words) ? found.reverse() : found;
  }
  const named = found.filter((fact) => ` ${words} `.includes(` ${fold(String(fact.value))} `));
  return named.length ? named : isMembership ? found : [];
}

const ASKING = new Set(
  "did do does has have had will would can could should may might didnt doesnt dont wont".split(" "),
);
const BESIDE = new Set(
  "and or with between among from of about over by as than like is was are were be".split(" "),
);
const TOWARDS = new Set("to on against towards".split(" "));
const SAYING = new Set(
  "say says said claim claims claimed quote quotes quotation quotations statement statements remarks speech".split(" "),
);

const SAYINGS = new Set([...SAYING, "words"].map(stem));

/** @param {string} word */
const isSaying = (word) => SAYINGS.has(stem(word)) || wantsOf(word).has("words");

/** What somebody says, where a query asks for somebody's words and names nothing else. @param {Query} query @returns {{speaker: string, hits: Fact[]} | undefined} */
function quotedIn({ concepts, period, words }) {
  const [named, ...others] = concepts.filter((concept) => concept.isName);
  if (!named || !named.ids.length || others.length || period || !words.some(isSaying)) return undefined;
  const [before, above] = [words[named.at - 1] || "by", words[named.at - 2]];
  const isSpeaker =
    (/^(by|of|from|the)$/.test(before) && above !== "about") ||
    (before === "to" && above === "according") ||
    ASKING.has(before) ||
    isSaying(words[named.at + named.words.length] || "");
  const isAll = concepts.every(
    (concept) => concept === named || concept.words.every((word) => STOP.has(word) || WEAK.has(word) || isSaying(word)),
  );
  const [speaker] = named.ids;
  const own = [speaker, ...base.entities.filter((other) => other.of === speaker).map((other) => other.id)];
  const hits = base.facts.filter((fact) => own.some((id) => saidBy(id).includes(fact)));
  return isAll && isSpeaker && hits.length ? { speaker, hits } : undefined;
}

/** Who does what to whom: in a question by its grammar, in a fact by its types, or by the order of its headline. @param {Query} query */
function rolesOf({ concepts, words }) {
  const named = concepts.filter((concept) => concept.ids.length);
  /** @param {number} at */
  const before = (at) =>
    words
      .slice(0, at)
      .filter((word) => word !== "the")
      .pop() || "";
  const asked = named.find((concept) => ASKING.has(before(concept.at)));
  const actor = asked || named.find((concept) => concept.at === 0);
  const others =
    asked || ["who", "whom", "which"].includes(words[0])
      ? named.filter((concept) => concept.at > (asked ? asked.at : 1) && !BESIDE.has(before(concept.at)))
      : named.filter((concept) => concept.at && TOWARDS.has(before(concept.at)));
  const everybody = new Set(named.flatMap((concept) => concept.ids));
  const speaker = named.find(({ at, words: own }) => {
    const [said, by] = words.slice(Math.max(0, at - 2), at);
    const isSource = ["by", "of", "from", "to"].includes(by) && (said === "according" || SAYING.has(said));
    return isSource || SAYING.has(words[at + own.length]);
  });

  /** @param {Fact} fact */
  const areSwapped = (fact) => {
    if (everybody.size && /^(who|whom)$/.test(words[0]) && fact.entities.every((id) => everybody.has(id))) return true;
    if (!others.length || (fact.kind === "relation" && / with$|^borders$/.test(fact.predicate || ""))) return false;
    const order = orderOf(fact);
    const done = others
      .flatMap((concept) => concept.ids)
      .map((id) => order.indexOf(id))
      .filter((at) => at >= 0);
    if (!done.length) return false;
    if (!actor) return Math.min(...done) === 0 && order.length > 1 && ["relation", "event"].includes(fact.kind);
    const acting = actor.ids.map((id) => order.indexOf(id)).filter((at) => at >= 0);
    return Math.min(...done) < (acting.length ? Math.min(...acting) : fact.kind === "relation" ? order.length : 0);
  };

  /** @param {Fact} fact */
  const areSaid = (fact) => {
    if (!speaker) return true;
    const by = (fact.asserted_by || []).flatMap((id) => [id, entity(id).of || ""]);
    return (
      speaker.ids.some((id) => by.includes(id)) || (fact.kind === "event" && speaker.ids.includes(orderOf(fact)[0]))
    );
  };
  return { areSwapped, areSaid };
}

/** The entities of a fact, those that act first. @param {Fact} fact @returns {string[]} */
function orderOf(fact) {
  if (fact.kind === "relation") return [fact.subject || "", fact.object || ""];
  if (fact.kind === "observation") return [fact.subject || ""];
  const title = titleOf(fact);
  const places = fact.entities.flatMap((id) => {
    const at = title.search(patternOf(id));
    if (at < 0 || (fact.asserted_by || []).includes(id)) return [];
    const place = title.slice(0, at).endsWith(" by ") ? -1 : at;
    // Whoever is in office acts for the country.
    const { of } = entity(id);
    return [{ id, place }, ...(of && fact.entities.includes(of) ? [{ id: of, place }] : [])];
  });
  return [...new Set(places.sort((a, b) => a.place - b.place || compareText(a.id, b.id)).map(({ id }) => id))];
}

/** Whether a fact tells a time of its own, and not only that it held when the source was written. @param {Fact} fact */
const isDated = (fact) =>
  fact.when !== undefined && !(fact.when[0] === fact.when[1] && fact.when[1] === sourceOf(fact).published);

/** Whether a fact names who holds the office that is asked for. @param {Query} query @param {Fact} fact */
function hasOffice({ concepts, wants, asked }, fact) {
  const offices = wants.has("person")
    ? concepts.filter((concept) => concept.words.some((word) => OFFICES.has(word)))
    : [];
  if (!offices.length || !asked.size) return true;
  const held = fact.entities.map(entity).filter((one) => one.role && asked.has(one.of || ""));
  const roles = held.map((one) =>
    split(one.role || "")
      .map(stem)
      .join(" "),
  );
  return offices.some((office) =>
    [office.stems.join(" "), ...office.alike].some((words) => roles.some((role) => role.includes(words))),
  );
}
