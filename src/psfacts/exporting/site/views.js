// @ts-check
// The views, each with its address.

/**
 * @typedef {object} View
 * @property {string} title what the window is called
 * @property {string} nav which part of the masthead it belongs to
 * @property {Child[]} content
 */

const COUNT = () => counted(base.facts.length, "fact");
const SPEAKERS = 24;

/** @returns {View} */
function homeView() {
  const shown = base.indicators.filter((indicator) => observationsOf(indicator.id).length);
  return {
    title: "",
    nav: "",
    content: [
      h(
        "h1",
        { class: "home", tabindex: "-1" },
        `Facts about ${inWords(home.length)} ${home.length === 1 ? "country" : "countries"}, and who says so`,
      ),
      h(
        "p",
        { class: "sub prose" },
        `${COUNT()} from ${sourcesInWords()}. Each one names its speaker, its time and its place in the source.`,
      ),
      largeSearch(),
      h(
        "ul",
        { class: "two pairlist questions" },
        questions().map(([words, fact]) =>
          h(
            "li",
            {},
            link(`#/q/${encodeURIComponent(words)}`, words),
            h("strong", {}, marked(answerOf(fact, wantsOf(words)).text, isDoubtful(fact))),
          ),
        ),
      ),
      events.length > 0 &&
        h(
          "section",
          { class: "section" },
          h(
            "div",
            { class: "over" },
            h("h2", {}, "What happened", h("small", {}, `${counted(events.length, "event")}, ${span(events)}`)),
            h("p", { class: "note" }, link("#/timeline", "Open the timeline")),
          ),
          strip(events),
        ),
      h(
        "div",
        { class: "columns" },
        section("Countries", "facts about each", countryCounts()),
        section(
          "Compare",
          `${counted(shown.length, "indicator")} with values`,
          h(
            "ul",
            { class: "pairlist" },
            shown.map((indicator) =>
              h(
                "li",
                {},
                link(`#/compare/${indicator.id}`, indicator.name),
                h("span", { class: "note" }, [indicator.unit, countriesWith(indicator.id)].filter(Boolean).join(" · ")),
              ),
            ),
          ),
        ),
      ),
      speakers().length > 0 &&
        section(
          "Who says what",
          "as the source passes it on",
          cut(
            h("ul", { class: "pairlist listing" }),
            speakers().map(({ id, name }) =>
              h("li", {}, link(addressOf(id), name), h("span", { class: "note" }, counted(saidBy(id).length, "fact"))),
            ),
            SPEAKERS,
          ),
        ),
      section("How to read a fact", "", howToRead()),
    ],
  };
}

/** @param {string} id */
const countriesWith = (id) => {
  const subjects = new Set(observationsOf(id).map((fact) => fact.subject || ""));
  const isCountries = [...subjects].every((subject) => entity(subject).type === "country");
  return isCountries ? counted(subjects.size, "country", "countries") : counted(subjects.size, "value");
};

function sourcesInWords() {
  const [source] = base.sources;
  return base.sources.length === 1
    ? `one source of ${monthYear(source.published)}`
    : `${inWords(base.sources.length)} sources`;
}

/** @param {string} day */
const monthYear = (day) => `${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;

const howToRead = () =>
  h(
    "dl",
    { class: "four" },
    h("div", {}, h("dt", {}, "Reported"), h("dd", {}, "The article says it in its own name, as news.")),
    h("div", {}, h("dt", {}, "Somebody says"), h("dd", {}, "The article passes on what somebody else says.")),
    h("div", {}, h("dt", {}, h("em", {}, "Author’s view")), h("dd", {}, "A judgement or forecast of the author.")),
    h("div", {}, h("dt", {}, "Doubtful", doubtMark()), h("dd", {}, "Something speaks against it. The note says what.")),
  );

/** The countries by region, each with a bar for the number of facts about it. */
function countryCounts() {
  const counts = new Map(home.map((id) => [id, factsAbout(id).length]));
  const most = Math.max(1, ...counts.values());
  return countryGroups()
    .map(([region, ids]) => [
      region && h("h3", {}, region),
      h(
        "ul",
        { class: "counts" },
        ids.map((id) => {
          const bar = h("span", { class: "bar" });
          bar.style.width = `${(80 * (counts.get(id) || 0)) / most}%`;
          return h(
            "li",
            {},
            link(addressOf(id), nameOf(id)),
            h("span", { class: "counted" }, bar, String(counts.get(id)), spoken("facts")),
          );
        }),
      ),
    ])
    .flat();
}

/** @returns {[string, string[]][]} regions by name, each with its countries; where a narrower one was listed, the others */
function countryGroups() {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const { id, regions } of base.countries) {
    const region = (regions || [])[0] || "";
    groups.set(region, [...(groups.get(region) || []), id]);
  }
  return [...groups].map(([region, ids]) => {
    const isRest = region && (entity(region).members || []).length > ids.length;
    return [region ? nameOf(region) + (isRest ? ", the others" : "") : groups.size > 1 ? "Others" : "", ids];
  });
}

/** @returns {View} */
function countriesView() {
  const counts = (/** @type {string} */ id) => String(factsAbout(id).length);
  return {
    title: "Countries",
    nav: "countries",
    content: [
      h("h1", { tabindex: "-1" }, "Countries"),
      h(
        "p",
        { class: "sub" },
        `${capitalised(inWords(home.length))} countries by region, each with its memberships and how many facts are about it.`,
      ),
      countryGroups().map(([region, ids]) =>
        section(
          region || "All",
          "",
          h(
            "ul",
            { class: "pairlist" },
            ids.map((id) =>
              h(
                "li",
                {},
                h(
                  "span",
                  {},
                  link(addressOf(id), nameOf(id)),
                  h(
                    "span",
                    { class: "note" },
                    [entity(id).capital, ...memberships(id).map(membershipWords)]
                      .filter(Boolean)
                      .map((part) => ` · ${part}`),
                  ),
                ),
                h("span", { class: "note" }, `${counts(id)} facts`),
              ),
            ),
          ),
        ),
      ),
      section(
        "Others",
        "persons, organizations, places and more",
        h(
          "ul",
          { class: "pairlist listing" },
          base.entities
            .filter((other) => !isHome.has(other.id))
            .map((other) => ({ other, count: factsAbout(other.id).length }))
            .filter(({ count }) => count)
            .sort((a, b) => compareText(a.other.name, b.other.name))
            .map(({ other, count }) =>
              h("li", {}, link(addressOf(other.id), other.name), h("span", { class: "note" }, counted(count, "fact"))),
            ),
        ),
      ),
    ],
  };
}

/** What the base tells of an entity's memberships: the latest of each. @param {string} id */
function memberships(id) {
  const told = factsAbout(id).filter(
    (fact) => fact.subject === id && fact.indicator && indicatorOf(fact.indicator).membership_of,
  );
  return [...new Map([...told].sort(byTime).map((fact) => [fact.indicator, fact])).values()];
}

/** @param {Fact} fact */
function membershipWords(fact) {
  const organization = indicatorOf(fact.indicator || "").membership_of || "";
  const since = fact.when && /^since /.test(fact.when[2]) ? ` ${fact.when[2]}` : "";
  return `${shortOf(organization)} ${fact.value}${since}`;
}

const GLANCE = 9;
const CLAIMS = 10;

/** A country, or whatever else has facts. @param {string} id @returns {View} */
function entityView(id) {
  const { type, name, capital, role, of, members, aliases } = entity(id);
  const found = factsAbout(id);
  const joined = memberships(id).filter((fact) => fact.standing === "reported" && !isDoubtful(fact));
  const told = [
    type !== "country" && role && [role, of ? [" of ", link(addressOf(of), nameOf(of))] : ""].flat(),
    type !== "country" && !role && capitalised(type),
    capital && ["Capital ", h("strong", {}, capital)],
    ...joined.map((fact) => [h("strong", {}, membershipWords(fact))]),
    members && [`Members: `, ...linked(members)],
    [counted(found.length, "fact")],
  ].filter(Boolean);
  return {
    title: name,
    nav: type === "country" ? "countries" : "",
    content: [
      h(
        "div",
        { class: "head" },
        h(
          "div",
          {},
          h("h1", { tabindex: "-1" }, name),
          h(
            "p",
            { class: "sub" },
            told.flatMap((part, at) => [at ? " · " : "", ...[part].flat()]),
          ),
        ),
        h(
          "div",
          { class: "buttons" },
          copyButton("Copy link", () => shared(addressOf(id))),
          button("Print", () => print()),
        ),
      ),
      profile(
        found.filter((fact) => !joined.includes(fact)),
        id,
      ),
      wayOn(id, found),
    ],
  };
}

/** @param {string} id @param {Fact[]} found */
function wayOn(id, found) {
  const repairs = new Set(found.flatMap(repairsOf)).size;
  return h(
    "p",
    { class: "ways" },
    regionsOf(id).map((region) =>
      link(addressOf(region.id), `${counted(factsAbout(region.id).length, "fact")} about ${region.name} as a whole`),
    ),
    repairs > 0 && link(`#/notes?about=${id}`, counted(repairs, repair)),
    h("button", { type: "button", class: "link", onclick: openAll }, "Open all rows"),
  );
}

/** @this {HTMLButtonElement} */
function openAll() {
  const rows = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll("main .row")]);
  const open = this.textContent === "Open all rows";
  for (const one of rows) one.open = open;
  this.textContent = open ? "Close all rows" : "Open all rows";
}

/** @param {string} id @returns {View} */
function topicView(id) {
  const found = factsOn(id);
  return {
    title: capitalised(base.topics[id]),
    nav: "",
    content: [
      h("h1", { tabindex: "-1" }, capitalised(base.topics[id])),
      h("p", { class: "sub" }, `Topic · ${counted(found.length, "fact")}`),
      profile(found, ""),
    ],
  };
}

/** Facts by kind: at a glance, in the order of time, by who says so, and what is doubtful. @param {Fact[]} found @param {string} id */
function profile(found, id) {
  const glances = found.filter((fact) => fact.kind === "observation" || fact.kind === "relation");
  const happened = found.filter((fact) => fact.kind === "event").sort(byTime);
  const claims = weightiest(
    found.filter((fact) => fact.kind === "claim"),
    id,
  );
  const doubts = [...new Set(found.flatMap(doubtsOf))];
  const isBare = happened.length === 0 || claims.length === 0;
  return [
    glances.length > 0 && glance(glances, id),
    h(
      "div",
      { class: isBare ? "" : "columns" },
      happened.length > 0 &&
        h(
          "div",
          {},
          section(
            "Timeline",
            `${counted(happened.length, "event")}, reported unless someone is named`,
            timeline(happened),
          ),
        ),
      h(
        "div",
        {},
        claims.length > 0 && whoSays(claims),
        doubts.length > 0 && section("What is doubtful", counted(doubts.length, "objection"), doubtList(doubts)),
      ),
    ),
  ];
}

/** @param {Fact[]} claims the weightiest first */
function whoSays(claims) {
  const list = h("div", {}, bySpeaker(claims.slice(0, CLAIMS)));
  const rest = claims.length - CLAIMS;
  const more = rest > 0 && h("button", { type: "button", class: "link", onclick: showAll }, `${rest} more`);
  function showAll() {
    list.replaceChildren(.../** @type {Node[]} */ (bySpeaker(claims)));
    if (more) more.remove();
  }
  return section(
    "Who says what",
    rest > 0 ? `${CLAIMS} of ${counted(claims.length, "claim")}` : counted(claims.length, "claim"),
    list,
    more,
  );
}

/** What concerns the fewest countries first; then what somebody says before what is reported; then the latest. @param {Fact[]} found @param {string} id */
function weightiest(found, id) {
  const order = ["attributed", "reported", "assessed"];
  /** @param {Fact} fact @returns {(number | string)[]} */
  const weight = (fact) => [
    fact.subject && ![fact.subject, fact.object].includes(id) ? 1 : 0,
    fact.entities.filter((key) => entity(key).type === "country").length,
    order.indexOf(fact.standing),
    fact.when ? -dayNumber(fact.when[1]) : 0,
  ];
  const weights = new Map(found.map((fact) => [fact, weight(fact)]));
  return [...found].sort((a, b) => {
    const [left, right] = [weights.get(a) || [], weights.get(b) || []];
    const at = left.findIndex((value, index) => value !== right[index]);
    return at < 0 ? 0 : Number(left[at]) - Number(right[at]);
  });
}

/** Values and relations: a label, what holds, and since when. @param {Fact[]} found @param {string} id */
function glance(found, id) {
  const ordered = weightiest(found, id).sort((a, b) => rankAtAGlance(a, id) - rankAtAGlance(b, id));
  const items = ordered.map((fact) => glanceItem(fact, id));
  return section(
    "At a glance",
    items.length > GLANCE ? `${GLANCE} of ${counted(items.length, "fact")}` : "",
    cut(h("dl", { class: "glance" }), items, GLANCE),
  );
}

/** A list with the first of its items, and the others when they are asked for. @param {HTMLElement} list @param {HTMLElement[]} items @param {number} most @returns {Child[]} */
function cut(list, items, most) {
  list.append(...items.slice(0, most));
  const rest = items.slice(most);
  const more = h("button", { type: "button", class: "link", onclick: showAll }, `${rest.length} more`);
  function showAll() {
    list.append(...rest);
    more.remove();
  }
  return [list, rest.length > 0 && more];
}

/** @param {Fact} fact @param {string} id */
const rankAtAGlance = (fact, id) => (id && holderOf(fact) === id ? 0 : fact.kind === "observation" ? 1 : 2);

/** Of a relation that says who holds an office: whose office it is. @param {Fact} fact @returns {string} */
function holderOf(fact) {
  if (fact.kind !== "relation") return "";
  const { role, of = "" } = entity(fact.subject || "");
  return role && of === fact.object && (fact.predicate || "").includes(role) ? of : "";
}

/** @param {Fact} fact @param {string} id */
function glanceItem(fact, id) {
  const other = fact.subject === id ? fact.object : fact.subject;
  let [label, value] = [other ? shortOf(other) : "", titleOf(fact)];
  if (fact.indicator) {
    const indicator = indicatorOf(fact.indicator);
    label = indicator.name;
    value = indicator.unit || !fact.title ? capitalised(fact.amount || "") : fact.title;
  } else if (id && holderOf(fact) === id) {
    [label, value] = [entity(fact.subject || "").role || "", nameOf(fact.subject || "")];
  }
  return h(
    "div",
    {},
    h("dt", {}, label),
    h("dd", {}, h("a", { class: "value", href: `#/fact/${fact.id}` }, marked(value, isDoubtful(fact)))),
    h(
      "dd",
      { class: "time" },
      [fact.when && fact.when[2], saysUnlessReported(fact)]
        .filter(Boolean)
        .flatMap((part, at) => [at ? " · " : "", part || ""]),
    ),
  );
}

/** @param {string} name an indicator, a group or a country; or nothing @param {URLSearchParams} query @returns {View} */
function compareView(name, query) {
  const isIndicator = indicators.has(name);
  const group = isIndicator ? query.get("across") || "" : name;
  const countries = group && isCompared(group) ? (countriesOf(group).length ? countriesOf(group) : [group]) : home;
  const shown = isIndicator
    ? [name]
    : base.indicators
        .map((indicator) => indicator.id)
        .filter((id) => observationsOf(id).some((fact) => countries.includes(fact.subject || "")));
  const isTable = !isIndicator && group !== "";
  const facts = shown.flatMap(observationsOf).filter((fact) => countries.includes(fact.subject || ""));
  const title = isIndicator ? indicatorOf(name).name : group ? nameOf(group) : "all indicators";
  const picture = isIndicator && !group && base.pictures[name];
  const go = () => {
    const [indicator, across] = [chosen("indicator"), chosen("across")];
    move(indicator ? `#/compare/${indicator}${across ? `?across=${across}` : ""}` : `#/compare/${across}`);
  };
  return {
    title,
    nav: "compare",
    content: [
      h("h1", { class: "spoken", tabindex: "-1" }, `Compare: ${title}`),
      h(
        "div",
        { class: "chooser" },
        h("label", { for: "indicator" }, "Compare"),
        chooser(
          "indicator",
          [
            ["", "all indicators"],
            ...base.indicators
              .filter((one) => observationsOf(one.id).length)
              .map((one) => /** @type {[string, string]} */ ([one.id, one.name])),
          ],
          isIndicator ? name : "",
          go,
        ),
        h("label", { for: "across" }, "across"),
        chooser("across", groupChoices(), group, go),
        h(
          "div",
          { class: "buttons told" },
          copyButton("Copy link", () => shared(location.hash)),
          picture && button("Save picture", () => save(`${name}.svg`, "image/svg+xml", picture)),
          button("Save CSV", () => save(`${name || "indicators"}.csv`, "text/csv", csvOf(facts))),
        ),
      ),
      isTable
        ? h(
            "section",
            { class: "section" },
            h("h2", { class: "chart" }, title),
            h("p", { class: "sub" }, `${counted(shown.length, "indicator")}, reported unless someone is named`),
            table(shown, countries),
            tableDoubts(facts),
          )
        : shown.map((id) => chart(id, countries)),
      isIndicator && h("p", { class: "note section" }, indicatorOf(name).description),
    ],
  };
}

/** @param {Fact[]} found */
function tableDoubts(found) {
  const doubts = [...new Set(found.flatMap(doubtsOf))];
  return doubts.length > 0 && section("What is doubtful", counted(doubts.length, "objection"), doubtList(doubts, true));
}

/** @returns {[string, string][]} */
function groupChoices() {
  const groups = base.entities.filter(
    (one) =>
      (one.type === "region" || one.type === "organization") &&
      countriesOf(one.id).length &&
      countriesOf(one.id).length < home.length,
  );
  return [
    ["", `all ${inWords(home.length)} countries`],
    ...groups.map((one) => /** @type {[string, string]} */ ([one.id, one.short || one.name])),
    ...[...home]
      .sort((a, b) => compareText(nameOf(a), nameOf(b)))
      .map((id) => /** @type {[string, string]} */ ([id, nameOf(id)])),
  ];
}

/** @param {string} id @param {[string, string][]} choices @param {string} value @param {() => void} onchange */
const chooser = (id, choices, value, onchange) =>
  h(
    "select",
    { id, onchange },
    choices.map(([key, words]) => h("option", { value: key, selected: key === value }, words)),
  );

/** @param {string} id */
const chosen = (id) => /** @type {HTMLSelectElement} */ (document.getElementById(id)).value;

/** Values for a spreadsheet, in which no text is a formula. @param {Fact[]} found */
function csvOf(found) {
  /** @param {string | number | undefined} value */
  const cell = (value) => {
    const text = typeof value === "string" && /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : String(value ?? "");
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const rows = found.map((fact) => [
    nameOf(fact.subject || ""),
    indicatorOf(fact.indicator || "").name,
    fact.value,
    indicatorOf(fact.indicator || "").unit,
    fact.when?.[2],
    fact.when?.[0],
    fact.when?.[1],
    fact.standing === "attributed" ? listed((fact.asserted_by || []).map(nameOf)) : fact.standing,
    doubtsOf(fact)
      .map((doubt) => doubt.reading)
      .join(" "),
    fact.place,
    fact.id,
  ]);
  const head = [
    "country",
    "indicator",
    "value",
    "unit",
    "when",
    "earliest",
    "latest",
    "who says so",
    "doubt",
    "place",
    "fact",
  ];
  return [head, ...rows].map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

/** @param {URLSearchParams} query @returns {View} */
function timelineView(query) {
  const [country, topic, from] = ["country", "topic", "from"].map((name) => query.get(name) || "");
  const around =
    country && entities.has(country)
      ? new Set([country, ...regionsOf(country).map((region) => region.id), ...(entity(country).members || [])])
      : null;
  const shown = events.filter(
    (event) =>
      (!around || event.entities.some((id) => around.has(id))) &&
      (!topic || event.topics.includes(topic)) &&
      (!from || /** @type {When} */ (event.when)[1] >= from),
  );
  const doubts = [...new Set(shown.flatMap(doubtsOf))];
  const topics = [...new Set(events.flatMap((event) => event.topics))].sort();
  const years = [...new Set(events.map((event) => /** @type {When} */ (event.when)[0].slice(0, 4)))];
  const concerned = [...new Set(events.flatMap((event) => event.entities))]
    .filter((id) => ["country", "region", "place"].includes(entity(id).type))
    .sort((a, b) => compareText(nameOf(a), nameOf(b)));
  const isAll = shown.length === events.length;
  const go = () => {
    const parts = ["country", "topic", "from"].filter(chosen).map((name) => `${name}=${chosen(name)}`);
    move(`#/timeline${parts.length ? `?${parts.join("&")}` : ""}`);
  };
  return {
    title: "Timeline",
    nav: "timeline",
    content: [
      h(
        "div",
        { class: "head" },
        h(
          "div",
          {},
          h("h1", { tabindex: "-1" }, "Timeline"),
          h(
            "p",
            { class: "sub" },
            `${counted(events.length, "event")}${events.length ? `, ${span(events)}` : ""}, reported unless someone is named`,
          ),
        ),
        h(
          "div",
          { class: "buttons" },
          copyButton("Copy link", () => shared(location.hash)),
          isAll &&
            base.pictures.timeline &&
            button("Save picture", () => save("timeline.svg", "image/svg+xml", base.pictures.timeline)),
        ),
      ),
      h(
        "div",
        { class: "chooser" },
        h("label", { for: "country" }, "Show"),
        chooser(
          "country",
          [["", "all countries"], ...concerned.map((id) => /** @type {[string, string]} */ ([id, nameOf(id)]))],
          country,
          go,
        ),
        h("label", { for: "topic" }, "on"),
        chooser(
          "topic",
          [["", "all topics"], ...topics.map((id) => /** @type {[string, string]} */ ([id, base.topics[id]]))],
          topic,
          go,
        ),
        h("label", { for: "from" }, "from"),
        chooser(
          "from",
          [["", "the beginning"], ...years.map((year) => /** @type {[string, string]} */ ([year, year]))],
          from,
          go,
        ),
        h("span", { class: "told", role: "status" }, `${shown.length} of ${counted(events.length, "event")}`),
      ),
      strip(shown),
      h(
        "section",
        { class: "section" },
        h("div", { class: "over" }, h("h2", {}, "Events"), signKey()),
        timeline(shown, (event) => whom(event)),
      ),
      doubts.length > 0 && section("What is doubtful", counted(doubts.length, "objection"), doubtList(doubts, true)),
    ],
  };
}

/** Whom an event concerns: its countries, or else its regions and places. @param {Fact} fact */
function whom(fact) {
  const regions = fact.entities.filter((id) => entity(id).type === "region");
  const countries = fact.entities.filter(
    (id) => entity(id).type === "country" && !regions.some((region) => (entity(region).members || []).includes(id)),
  );
  return [...countries, ...regions].map(shortOf).join(", ");
}

/** @param {string} id @returns {View} */
function factView(id) {
  const fact = /** @type {Fact} */ (facts.get(id));
  const repairs = repairsOf(fact);
  const source = sourceOf(fact);
  const share = Math.round((100 * fact.passages[0][0]) / source.length);
  const path = fact.indicator
    ? [
        link(addressOf(fact.subject || ""), nameOf(fact.subject || "")),
        " · ",
        link(`#/compare/${fact.indicator}`, indicatorOf(fact.indicator).name),
      ]
    : [...fact.entities]
        .filter((key) => isHome.has(key))
        .slice(0, 4)
        .flatMap((key, at) => [at ? " · " : "", link(addressOf(key), nameOf(key))]);
  return {
    title: titleOf(fact),
    nav: "",
    content: [
      h(
        "div",
        { class: "sides" },
        h(
          "article",
          {},
          h("p", { class: "path" }, path),
          h("h1", { class: "statement", tabindex: "-1" }, marked(fact.statement, isDoubtful(fact))),
          doubtsOf(fact).map((doubt) => objection(doubt, `Doubtful: “${doubt.printed}”.`, ` ${doubt.reason}`)),
          pairs([
            ["Who says so", whoInWords(fact)],
            ["When", timeOf(fact)],
            ["Value", valueInWords(fact)],
            ["About", linked(fact.entities)],
          ]),
          section(
            "In the source",
            `characters ${charactersOf(fact)} of ${source.length.toLocaleString("en")}`,
            placeBar(fact),
            h("p", { class: "note" }, `${share}% of the way in: ${fact.place}`),
            h(
              "p",
              { class: "note" },
              `${source.author}, “${source.title}”, `,
              outside(source.url, `${source.publisher}, ${source.day}`),
            ),
          ),
          repairs.length > 0 &&
            section(
              "As printed, as read",
              counted(repairs.length, repair),
              repairs.map((one) => repairNote(one)),
            ),
        ),
        h(
          "aside",
          { "aria-label": "Citation and related facts" },
          h(
            "div",
            {},
            h("h2", {}, "Cite this fact"),
            h("p", {}, citationOf(fact, 0)),
            h(
              "div",
              { class: "buttons" },
              copyButton("Copy citation", () => citationOf(fact, 0)),
              copyButton("BibTeX", () => citationOf(fact, 1)),
              copyButton("CSL-JSON", () => citationOf(fact, 2)),
            ),
          ),
          h(
            "div",
            {},
            h("h2", {}, "Address of this fact"),
            h("p", {}, h("code", {}, `#/fact/${fact.id}`)),
            h(
              "div",
              { class: "buttons" },
              copyButton("Copy link", () => shared(`#/fact/${fact.id}`)),
            ),
          ),
          h(
            "div",
            {},
            h("h2", {}, "Next to it"),
            h(
              "ul",
              {},
              nextTo(fact).map((other) =>
                h(
                  "li",
                  {},
                  link(`#/fact/${other.id}`, marked(titleOf(other), isDoubtful(other))),
                  other.kind === "observation" && ` ${other.amount}`,
                ),
              ),
            ),
          ),
          h(
            "div",
            {},
            h("h2", {}, "Topics"),
            h(
              "p",
              {},
              fact.topics.flatMap((topic, at) => [at ? ", " : "", link(`#/topic/${topic}`, base.topics[topic])]),
            ),
          ),
        ),
      ),
    ],
  };
}

/** A link out of the page, of which there is none but to a source. @param {string} url @param {string} words */
const outside = (url, words) =>
  /^https?:\/\//i.test(url) ? h("a", { href: url, rel: "noopener noreferrer" }, words) : words;

/** @param {Fact} fact */
function whoInWords(fact) {
  if (fact.standing === "attributed")
    return h("span", {}, h("strong", {}, linked(fact.asserted_by || [])), ", as passed on by the article");
  if (fact.standing === "assessed")
    return h("span", {}, h("em", {}, "Author’s view"), `: a judgement or forecast of ${sourceOf(fact).author}`);
  return h("span", {}, h("strong", {}, "Reported"), ": the article says it in its own name");
}

/** @param {Fact} fact */
function valueInWords(fact) {
  if (!fact.indicator) return "";
  const others = observationsOf(fact.indicator);
  const rank = others.indexOf(fact);
  const place =
    indicatorOf(fact.indicator).type === "number" && others.length > 2
      ? rank === 0
        ? ", the highest of "
        : rank === others.length - 1
          ? ", the lowest of "
          : ", one of "
      : others.length > 1
        ? ", one of "
        : "";
  return h(
    "span",
    {},
    h("strong", {}, fact.amount || ""),
    place,
    place &&
      link(
        `#/compare/${fact.indicator}`,
        counted(others.length, "value").replace(/^\d+/, (count) => inWords(Number(count))),
      ),
  );
}

const NEXT = 4;

/** Facts beside a fact: of the same indicator, then those that share its passages, then those around it. @param {Fact} fact @returns {Fact[]} */
function nextTo(fact) {
  const at = base.facts.indexOf(fact);
  const near = Array.from(
    { length: 100 },
    (_, step) => base.facts[at + (step % 2 ? 1 : -1) * Math.ceil((step + 1) / 2)],
  ).filter(Boolean);
  const shares = near.filter((other) => other.passages.some(([start]) => fact.passages.some(([own]) => own === start)));
  const alike = fact.indicator ? observationsOf(fact.indicator) : [];
  return [...new Set([...alike, ...shares, ...near])].filter((other) => other !== fact).slice(0, NEXT);
}

/** @param {URLSearchParams} query @returns {View} */
function notesView(query) {
  const about = query.get("about") || "";
  const within = entities.has(about) ? new Set(factsAbout(about).flatMap(errataOf)) : new Set(base.errata);
  const doubts = base.errata.filter((erratum) => erratum.kind === "doubt" && within.has(erratum));
  const repairs = base.errata.filter((erratum) => erratum.kind !== "doubt" && within.has(erratum));
  return {
    title: "Notes",
    nav: "notes",
    content: [
      h("h1", { tabindex: "-1" }, "Notes"),
      h(
        "p",
        { class: "sub" },
        `${counted(doubts.length, "doubt")} and ${counted(repairs.length, repair)}`,
        entities.has(about) && [
          " on facts about ",
          link(addressOf(about), nameOf(about)),
          " · ",
          link("#/notes", "all notes"),
        ],
      ),
      doubts.length > 0 &&
        section(
          "What is doubtful",
          "the print is clear, but something speaks against what it says",
          h(
            "ul",
            { class: "doubts" },
            doubts.map((doubt) =>
              h(
                "li",
                {},
                h(
                  "div",
                  {},
                  h("span", { class: "short" }, `“${doubt.printed}”`),
                  h("span", { class: "sure" }, `objection ${doubt.certainty}; ${BASES[doubt.basis]}`),
                ),
                h("p", {}, doubt.reading),
                h("p", { class: "note" }, doubt.reason),
                restingOn(doubt),
              ),
            ),
          ),
        ),
      repairs.length > 0 &&
        section(capitalised(`${repair}s`), "what is printed, and how it is read", repairRows(repairs)),
      section(
        "How much of the source is used",
        "",
        h("p", { class: "note" }, link("#/about", "About this base"), " tells it by section and country."),
      ),
      section(
        "The key /",
        "",
        h(
          "p",
          {},
          h(
            "label",
            {},
            h("input", {
              type: "checkbox",
              id: "key",
              onchange: switchKey,
              checked: !document.body.classList.contains("no-key"),
            }),
            " goes to the search, from anywhere but a field",
          ),
        ),
      ),
    ],
  };
}

/** @this {HTMLInputElement} */
function switchKey() {
  document.body.classList.toggle("no-key", !this.checked);
}

/** @param {Erratum} erratum */
function restingOn(erratum) {
  const found = factsWith(erratum.id);
  if (!found.length) return "";
  return h(
    "details",
    { class: "more" },
    h("summary", {}, `bears on ${counted(found.length, "fact")}`),
    h(
      "ul",
      {},
      found.map((fact) => h("li", {}, link(`#/fact/${fact.id}`, titleOf(fact)))),
    ),
  );
}

/** Repairs as rows; what begins the reasons of several is said once. @param {Erratum[]} repairs */
function repairRows(repairs) {
  /** @param {Erratum} one */
  const beginning = (one) => one.reason.split(": ")[0];
  const alike = by(
    () => repairs,
    (one) => [beginning(one)],
  );
  const shared = [...new Set(repairs.map(beginning))].filter((words) => alike(words).length > 1);
  const alone = repairs.filter((one) => alike(beginning(one)).length === 1);
  return [
    ...shared.map((words) => [
      h("p", { class: "note prose" }, inScripts(`${words}${words.endsWith(".") ? "" : "."}`)),
      repairList(alike(words)),
    ]),
    repairList(alone),
  ];
}

/** @param {Erratum[]} repairs */
const repairList = (repairs) =>
  h(
    "ul",
    { class: "rows plain" },
    repairs.map((one) =>
      h(
        "li",
        {},
        opening(
          [
            h(
              "span",
              { class: "what" },
              "“",
              inScripts(one.printed),
              "” ",
              h("span", { class: "note" }, "read as"),
              ` ${one.reading}`,
            ),
          ],
          () => [repairNote(one, true), restingOn(one)],
        ),
      ),
    ),
  );

/** @returns {View} */
function aboutView() {
  const shown = base.indicators.map((indicator) => indicator.id);
  return {
    title: "About this base",
    nav: "about",
    content: [
      h("h1", { tabindex: "-1" }, "About this base"),
      h(
        "p",
        { class: "sub" },
        `Version ${base.version} · ${COUNT()} · ${counted(base.entities.length, "entity", "entities")} · ${counted(base.indicators.length, "indicator")} · ${counted(base.errata.length, "note")}`,
      ),
      section(
        base.sources.length > 1 ? "Sources" : "Source",
        "",
        base.sources.map((source) =>
          h(
            "p",
            { class: "prose" },
            `${source.author}, “${source.title}”, `,
            outside(source.url, `${source.publisher}, ${source.day}`),
            source.read && `, read in a ${source.read}`,
            ".",
          ),
        ),
      ),
      section(
        "What is promised",
        "",
        h(
          "div",
          { class: "prose" },
          h(
            "p",
            {},
            "Each fact is one sentence in our own words. It says who stands behind it, when it held, and from which characters of the source it is drawn. The source itself is not included.",
          ),
          h(
            "p",
            {},
            "Whoever holds the source can have all of that checked by the program: ",
            h("code", {}, "psfacts verify article.txt"),
            ".",
          ),
          h("p", {}, "This page sends nothing and loads nothing: all of it is in this one file."),
        ),
      ),
      section("How to read a fact", "", howToRead()),
      section("What of the source is used", "by section, in characters", coverageTable()),
      section(
        "Where the source is silent",
        "– no value",
        scrolling(
          h(
            "table",
            {},
            h(
              "thead",
              {},
              h(
                "tr",
                {},
                h("th", { scope: "col" }, "Indicator"),
                [...home]
                  .sort((a, b) => compareText(nameOf(a), nameOf(b)))
                  .map((id) =>
                    h("th", { scope: "col" }, h("abbr", { title: nameOf(id) }, entity(id).iso?.alpha2 || shortOf(id))),
                  ),
              ),
            ),
            h(
              "tbody",
              {},
              shown.map((id) => {
                const having = new Set(observationsOf(id).map((fact) => fact.subject));
                return h(
                  "tr",
                  {},
                  h(
                    "th",
                    { scope: "row" },
                    having.size ? link(`#/compare/${id}`, indicatorOf(id).name) : indicatorOf(id).name,
                  ),
                  [...home]
                    .sort((a, b) => compareText(nameOf(a), nameOf(b)))
                    .map((country) =>
                      h(
                        "td",
                        {},
                        h("span", { "aria-hidden": "true" }, having.has(country) ? "✓" : "–"),
                        spoken(having.has(country) ? "has a value" : "no value"),
                      ),
                    ),
                );
              }),
            ),
          ),
        ),
      ),
    ],
  };
}

const coverageTable = () =>
  scrolling(
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ["Section", "facts", "cited", "set aside", "unused"].map((words) => h("th", { scope: "col" }, words)),
        ),
      ),
      h(
        "tbody",
        {},
        base.coverage.map((part) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, part.title),
            [part.facts || 0, part.cited || 0, part.uncited || 0, part.unused || 0].map((count) =>
              h("td", {}, count.toLocaleString("en")),
            ),
          ),
        ),
      ),
    ),
  );

/** @param {string} hash @returns {View} */
function unknownView(hash) {
  return {
    title: "Not found",
    nav: "",
    content: [
      h("h1", { tabindex: "-1" }, "Nothing has this address"),
      h("p", { class: "sub" }, h("code", {}, hash)),
      largeSearch(),
      h("p", { class: "ways" }, link("#/", "Home"), link("#/countries", "Countries"), link("#/timeline", "Timeline")),
    ],
  };
}
