// @ts-check
// What a search shows: the answer in the first line, or what there is instead.

/** The answer in the first line: a value, a name, a date, or a headline. @param {Fact} fact @param {Set<string>} wants */
function answerOf(fact, wants) {
  if (fact.amount) return { text: fact.amount, isLong: fact.amount.length > 30 };
  if (wants.has("person") && holderOf(fact)) return { text: nameOf(fact.subject || ""), isLong: false };
  if (wants.has("time") && fact.when) return { text: fact.when[2], isLong: fact.when[2].length > 30 };
  return { text: titleOf(fact), isLong: true };
}

/** Facts of the largest base that questions are made of: in others, looking for them takes too long. */
const MOST_ASKED = 2000;

/** @param {Fact} fact */
const valueOf = (fact) => `${indicatorOf(fact.indicator || "").name}, ${nameOf(fact.subject || "")}`;

/** Four questions with their answers, one of them doubtful where one can be. @returns {[string, Fact][]} */
function questions() {
  if (base.facts.length > MOST_ASKED) return [];
  /** @type {((fact: Fact) => string | false | undefined)[]} */
  const kinds = [
    (fact) => fact.kind === "observation" && typeof fact.value === "number" && isDoubtful(fact) && valueOf(fact),
    (fact) => isHome.has(holderOf(fact)) && `Who is ${entity(fact.subject || "").role} of ${nameOf(holderOf(fact))}?`,
    (fact) =>
      fact.kind === "observation" &&
      typeof fact.value === "string" &&
      !indicatorOf(fact.indicator || "").membership_of &&
      valueOf(fact),
    (fact) =>
      fact.kind === "event" &&
      precisionOf(/** @type {When} */ (fact.when)) === "day" &&
      `When did it happen: ${titleOf(fact)}?`,
  ];
  return kinds.flatMap((ask) => {
    for (const fact of base.facts) {
      const words = ask(fact);
      if (words && find(words).hits[0] === fact) return [/** @type {[string, Fact]} */ ([words, fact])];
    }
    return [];
  });
}

/** @param {string} query */
function hitsInWords(query) {
  const { hits } = find(query);
  return hits.length ? `${counted(hits.length, "fact")}; first: ${answerOf(hits[0], wantsOf(query)).text}` : "No fact";
}

/** @param {string} query @returns {View} */
function searchView(query) {
  const found = find(query);
  return {
    title: `Search: ${query}`,
    nav: "search",
    content: found.speaker
      ? quotedContent(query, found)
      : found.hits.length
        ? hitsContent(query, found)
        : nothingContent(query, found),
  };
}

/** @param {string} words @param {Found} found */
function hitsContent(words, { hits: [first, ...rest], query }) {
  const { text, isLong } = answerOf(first, query.wants);
  const others = first.indicator ? observationsOf(first.indicator).length : 0;
  return [
    h("h1", { class: `answer ${isLong ? "long" : ""}`, tabindex: "-1" }, marked(text, isDoubtful(first))),
    h("p", { class: "sentence found" }, highlighted(first.statement, query)),
    h(
      "p",
      { class: "meta" },
      first.standing === "reported" ? h("strong", {}, "Reported") : says(first),
      first.when && ` · ${first.when[2]}`,
      " · ",
      h("a", { class: "first", href: `#/fact/${first.id}` }, "fact and citation"),
      others > 1 && [" · ", link(`#/compare/${first.indicator}`, `all ${inWords(others)} values`)],
    ),
    doubtsOf(first).map((doubt) => objection(doubt)),
    rest.length > 0 &&
      section(
        "Also",
        `${rest.length} more`,
        h(
          "ul",
          { class: "rows labelled" },
          rest.map((fact) =>
            row(fact, { label: [fact.amount || (fact.when && precisionOf(fact.when) !== "span" ? fact.when[2] : "")] }),
          ),
        ),
      ),
    ways(query),
    knowsBetter(words),
  ];
}

const QUOTED = 100;

/** The first of what somebody is quoted with. @param {string} words @param {Found} found */
const quotedContent = (words, { hits, query, speaker = "" }) => [
  h("h1", { class: "answer long", tabindex: "-1" }, `${nameOf(speaker)}, as quoted`),
  h("p", { class: "sub" }, `${counted(hits.length, "fact")} that the source passes on`),
  bySpeaker(hits.slice(0, QUOTED)),
  ways(query),
  knowsBetter(words),
];

/** The views of what a query names. @param {Query} query */
function ways({ concepts }) {
  const named = [...new Set(concepts.flatMap((concept) => concept.ids))].slice(0, 3);
  const measured = [...new Set(concepts.flatMap((concept) => concept.indicators))].filter(
    (id) => observationsOf(id).length,
  );
  const links = [
    ...named.map((id) => link(addressOf(id), `All on ${nameOf(id)}`)),
    ...named.filter((id) => isHome.has(id)).map((id) => link(`#/compare/${id}`, `${nameOf(id)} by indicators`)),
    ...measured.map((id) => link(`#/compare/${id}`, `Compare: ${indicatorOf(id).name}`)),
  ];
  return links.length > 0 && h("p", { class: "ways" }, links);
}

/** @param {string} words @param {Found} found */
function nothingContent(words, { near, query, unknown }) {
  return [
    h("h1", { class: "answer long", tabindex: "-1" }, `No fact on “${words}”.`),
    unknown.length > 0 &&
      h("p", { class: "sub" }, `Nothing here is about ${listed(unknown.map((word) => `“${word}”`))}.`),
    near.length > 0 &&
      section(
        "Close to it",
        "without answering",
        h(
          "ul",
          { class: "rows plain" },
          near.map((fact) => row(fact, {})),
        ),
      ),
    ways(query),
    h("p", { class: "note" }, link("#/about", "What the source is silent on")),
    knowsBetter(words),
  ];
}

/** @param {string} words */
const knowsBetter = (words) =>
  h(
    "p",
    { class: "note last" },
    "The command line understands more: ",
    h("code", {}, `psfacts search ${/^[\w\s]*$/.test(words) ? words : `'${words.replaceAll("'", "’")}'`}`),
  );

/** A sentence with the words that were found. @param {string} text @param {Query} query */
function highlighted(text, { concepts }) {
  const found = new Set(
    concepts.flatMap((concept) => [
      ...concept.stems,
      ...concept.alike,
      ...concept.ids.flatMap((id) => split(nameOf(id)).map(stem)),
    ]),
  );
  return text
    .split(/([\p{L}\p{M}\p{N}]+)/u)
    .map((part, at) => (at % 2 && !STOP.has(fold(part)) && found.has(stem(fold(part))) ? h("mark", {}, part) : part));
}
