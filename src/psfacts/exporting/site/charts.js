// @ts-check
// Drawings: events to scale, values as bars, places in a source.

const BREAK = 40;
const LANE = 13;

/** Events to scale, drawn anew whenever the width changes. @param {Fact[]} found */
function strip(found) {
  const figure = h("figure", { class: "strip-figure" });
  const caption = `A bar covers the time within which the event happened; a solid dot is an exact day.${base.scale.length > 1 ? " The scale changes at the break." : ""}`;
  const draw = () => {
    const width = Math.round(figure.clientWidth);
    if (width) figure.replaceChildren(stripAt(found, width), h("p", { class: "note" }, caption));
  };
  new ResizeObserver(draw).observe(figure);
  return figure;
}

/** Where a day stands: by the panel that it falls into. @param {number} width @returns {{x: (day: number) => number, ends: [number, number][]}} */
function scaleOf(width) {
  const panels = base.scale.map((panel) => ({ from: dayNumber(panel.first), to: dayNumber(panel.last) + 1 }));
  const left = panels.length > 1 ? Math.round(0.38 * (width - BREAK)) : width;
  /** @type {[number, number][]} */
  const ends =
    panels.length > 1
      ? [
          [0, left],
          [left + BREAK, width],
        ]
      : [[0, width]];
  return {
    ends,
    x: (day) => {
      const at = panels.findIndex((panel) => day < panel.to);
      const { from, to } = panels[at < 0 ? panels.length - 1 : at];
      const [start, end] = ends[at < 0 ? panels.length - 1 : at];
      return Math.min(end, Math.max(start, start + ((day - from) / (to - from)) * (end - start)));
    },
  };
}

/** @param {Fact[]} found @param {number} width */
function stripAt(found, width) {
  const { x, ends } = scaleOf(width);
  /** @type {number[]} */
  const lanes = [];
  const marks = found.map((fact) => {
    const [first, last] = /** @type {When} */ (fact.when);
    const isDay = first === last;
    const from = x(dayNumber(first));
    const start = isDay ? x(dayNumber(first) + 0.5) - 5 : Math.min(from, width - 10);
    const end = isDay ? start + 10 : Math.max(start + 10, x(dayNumber(last) + 0.99));
    const free = lanes.findIndex((taken) => taken + 2 <= start);
    const lane = free < 0 ? lanes.length : free;
    lanes[lane] = end;
    return { fact, isDay, start, end, lane };
  });
  const floor = lanes.length * LANE + 4;
  const svg = s("svg", {
    class: "strip",
    role: "img",
    viewBox: `0 0 ${width} ${floor + 24}`,
    height: floor + 24,
    "aria-label": stripWords(found),
  });
  for (const [start, end] of ends) svg.append(s("line", { x1: start, x2: end, y1: floor + 0.5, y2: floor + 0.5 }));
  if (ends.length > 1) {
    const middle = (ends[0][1] + ends[1][0]) / 2;
    svg.append(s("path", { d: `M${middle - 6} ${floor + 5}l5 -10m3 10l5 -10` }));
  }
  base.scale.forEach((panel, at) => svg.append(...ticksOf(panel, x, ends[at], floor)));
  for (const { fact, isDay, start, end, lane } of marks) {
    const y = floor - 3 - (lane + 1) * LANE + 4;
    const mark = isDay
      ? s("circle", { class: "mark firm", cx: start + 5, cy: y + 4, r: 4 })
      : s("rect", { class: "mark", x: start + 0.75, y: y, width: end - start - 1.5, height: 8, rx: 4 });
    mark.addEventListener("pointerenter", () => point(fact.id, true));
    mark.addEventListener("pointerleave", () => point(fact.id, false));
    svg.append(mark);
  }
  return svg;
}

/** @param {string} id @param {boolean} is */
const point = (id, is) => document.querySelector(`.row[data-fact="${id}"]`)?.classList.toggle("pointed", is);

/** @param {Panel} panel @param {(day: number) => number} x @param {[number, number]} ends @param {number} floor */
function ticksOf(panel, x, [start, end], floor) {
  const room = (end - start) / Math.max(1, panel.ticks.length);
  let free = start - 20;
  return panel.ticks.flatMap(([day, label]) => {
    const at = x(dayNumber(day));
    const text = room < 44 && /^[A-Z]/.test(label) ? label[0] : label;
    const width = 8 * text.length;
    const left = Math.max(start, Math.min(end - width, at - (room < 44 || text.length < 5 ? width / 2 : 0)));
    const tick = s("line", { x1: at + 0.5, x2: at + 0.5, y1: floor, y2: floor + 4 });
    if (left < free) return [tick];
    free = left + width + 6;
    return [tick, s("text", { x: left, y: floor + 19 }, text)];
  });
}

/** @param {Fact[]} found */
const stripWords = (found) =>
  found.length ? `${counted(found.length, "event")} drawn to scale, ${span(found)}` : "No events";

/** From when to when, no more precisely than the end is known. @param {Fact[]} found */
function span(found) {
  const [, , text, , short] = /** @type {When} */ (found[0].when);
  const [earliest, latest] = [0, 1].map((bound) =>
    found.map((fact) => String(/** @type {When} */ (fact.when)[bound])).reduce((a, b) => (a > b ? a : b)),
  );
  const [year, month] = latest.split("-").map(Number);
  const known = `${MONTHS[month - 1]} ${year}`;
  const isSameYear = earliest.slice(0, 4) === latest.slice(0, 4);
  const end = !isSameYear
    ? `${known} at the latest`
    : earliest.slice(0, 7) === latest.slice(0, 7)
      ? known
      : String(year);
  const begin = short || text;
  if (found.length === 1) return text;
  return begin.includes(end) ? end : `${begin} to ${end}`;
}

/** The signs of the rows, explained. */
const signKey = () =>
  h(
    "p",
    { class: "key" },
    h("span", {}, "When it happened is known to the"),
    [
      ["day", "day"],
      ["month", "month"],
      ["year", "year"],
      ["span", "longer"],
    ].map(([sign, words]) => h("span", {}, h("span", { class: `sign ${sign}` }), words)),
  );

/**
 * Values of one indicator: bars for numbers, names for categories; who has none is said.
 * @param {string} id @param {string[]} countries
 */
function chart(id, countries) {
  const indicator = indicatorOf(id);
  const among = new Set(countries);
  const found = observationsOf(id).filter((fact) => among.has(fact.subject || ""));
  const having = new Set(found.map((fact) => fact.subject));
  const doubtful = found.filter(isDoubtful);
  const isAll = found.length > 0 && doubtful.length === found.length;
  const times = [...new Set(found.map((fact) => (fact.when ? fact.when[2] : "")))];
  const speakers = [
    ...new Set(found.map((fact) => (fact.standing === "attributed" ? speakerOf(fact) : fact.standing))),
  ];
  /** @type {Shared} */
  const common = { time: times.length < 2, speaker: speakers.length < 2, doubt: isAll };
  const silent = countries
    .filter((country) => !having.has(country))
    .map(nameOf)
    .sort();
  return h(
    "section",
    { class: "section" },
    h("h2", { class: "chart" }, marked(indicator.name, isAll)),
    h(
      "p",
      { class: "sub" },
      [
        indicator.unit || "",
        common.time && times[0],
        found.length > 0 && (common.speaker ? says(found[0]) : "reported unless someone is named"),
      ]
        .filter(Boolean)
        .flatMap((part, at) => [at ? " · " : "", part || ""]),
    ),
    indicator.type === "number" ? bars(found, common, silent) : names(indicator, found, common, silent),
    chartDoubts(found, indicator),
  );
}

/** @typedef {{time: boolean, speaker: boolean, doubt: boolean}} Shared what all values of a chart have in common, and its head says */

/** What stands beside a value that the head does not say. @param {Fact} fact @param {Shared} common */
const apart = (fact, common) => [
  !common.time && fact.when && [h("span", { class: "note" }, fact.when[2]), " "],
  !common.speaker && saysUnlessReported(fact),
];

/** Bars from zero on, which is further right where a value is below it. @param {Fact[]} found @param {Shared} common @param {string[]} silent */
function bars(found, common, silent) {
  const values = found.map((fact) => Number(fact.value));
  const least = Math.min(0, ...values);
  const unit = 1 / (Math.max(0, ...values) - least || 1);
  const list = h("dl", { class: "bars" });
  found.forEach((fact, at) => {
    const bar = h("span", { class: `bar ${isDoubtful(fact) ? "loose" : ""}` });
    bar.style.setProperty("--from", String((Math.min(0, values[at]) - least) * unit));
    bar.style.setProperty("--long", String(Math.abs(values[at]) * unit));
    const words = indicatorOf(fact.indicator || "").unit || "";
    const value = (fact.amount || "").replace(words, words.startsWith("%") ? "%" : "").trim();
    list.append(
      h("dt", {}, link(`#/fact/${fact.id}`, nameOf(fact.subject || ""))),
      h("dd", {}, bar, h("span", {}, marked(value, isDoubtful(fact) && !common.doubt), " ", apart(fact, common))),
    );
  });
  list.append(...noValue(silent));
  return list;
}

/** @param {Indicator} indicator @param {Fact[]} found @param {Shared} common @param {string[]} silent */
function names(indicator, found, common, silent) {
  const list = h("dl", { class: "bars names" });
  for (const category of indicator.categories || []) {
    const having = found.filter((fact) => fact.value === category);
    if (having.length === 0) continue;
    list.append(
      h("dt", {}, capitalised(category), h("span", {}, String(having.length))),
      h(
        "dd",
        {},
        having.flatMap((fact) => [
          h(
            "span",
            {},
            link(`#/fact/${fact.id}`, nameOf(fact.subject || "")),
            isDoubtful(fact) && !common.doubt && doubtMark(),
            " ",
            apart(fact, common),
          ),
        ]),
      ),
    );
    for (const named of list.querySelectorAll("dd a")) named.classList.add("name");
  }
  list.append(...noValue(silent));
  return list;
}

/** @param {string[]} silent */
const noValue = (silent) =>
  silent.length
    ? [
        h("dt", { class: "silent" }, "No value"),
        h("dd", { class: "silent" }, h("span", {}, `in the source for ${silent.length}: ${silent.join(", ")}`)),
      ]
    : [];

/** @param {Fact[]} found @param {Indicator} indicator */
function chartDoubts(found, indicator) {
  const doubts = [...new Set(found.flatMap(doubtsOf))];
  const repairs = [...new Set(found.flatMap(repairsOf))];
  const isTold = indicator.type === "number" && !found.every(isDoubtful);
  const loose = isTold ? " Outlined bars are doubtful values." : "";
  return h(
    "div",
    { class: "axis-aligned" },
    doubts.map((doubt) => {
      const having = found.filter((fact) => doubtsOf(fact).includes(doubt));
      const whose =
        having.length === found.length
          ? found.length > 1
            ? `, all ${inWords(found.length)} values`
            : ""
          : `, ${listed(having.map((fact) => nameOf(fact.subject || "")))}`;
      return objection(doubt, `Doubtful${whose}.`, loose);
    }),
    repairsNote(repairs),
  );
}

/** Several indicators for a few countries. @param {string[]} ids @param {string[]} countries */
function table(ids, countries) {
  const isNarrow = countries.length > 6;
  const ordered = [...countries].sort((a, b) => compareText(nameOf(a), nameOf(b)));
  /** @param {string} country */
  const short = (country) => entity(country).iso?.alpha2 || shortOf(country);
  return h(
    "div",
    {},
    scrolling(
      h(
        "table",
        { class: "side" },
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th", { scope: "col" }, "Indicator"),
            ordered.map((country) =>
              h(
                "th",
                { scope: "col" },
                isNarrow ? h("abbr", { title: nameOf(country) }, short(country)) : nameOf(country),
              ),
            ),
          ),
        ),
        h(
          "tbody",
          {},
          ids.map((id) => tableRow(id, ordered)),
        ),
      ),
    ),
    h("p", { class: "note" }, "– the source gives no value"),
  );
}

/** @param {string} id @param {string[]} countries */
function tableRow(id, countries) {
  const found = observationsOf(id).filter((fact) => countries.includes(fact.subject || ""));
  const isAll = found.every(isDoubtful);
  const times = [...new Set(found.map((fact) => (fact.when ? fact.when[2] : "")))];
  const speakers = [
    ...new Set(found.map((fact) => (fact.standing === "attributed" ? speakerOf(fact) : fact.standing))),
  ];
  const silent = countries.filter((country) => !found.some((fact) => fact.subject === country)).map(nameOf);
  const unit = indicatorOf(id).unit || "";
  const inMillions =
    found.length > 0 &&
    found.every((fact) => typeof fact.value === "number" && Math.abs(fact.value) >= 1e5 && fact.value % 1e4 === 0);
  const told = [
    [inMillions ? `million ${unit}` : unit, times.length === 1 && times[0]].filter(Boolean).join(", "),
    ...(speakers.length === 1 && speakers[0] !== "reported" ? [says(found[0])] : []),
  ].filter(Boolean);
  /** @param {Fact} fact */
  const cell = (fact) =>
    [
      marked(
        inMillions
          ? String(Number(fact.value) / 1e6)
          : typeof fact.value === "number"
            ? fact.value.toLocaleString("en")
            : String(fact.value),
        isDoubtful(fact) && !isAll,
      ),
      times.length > 1 && fact.when ? h("span", { class: "note" }, ` ${fact.when[2]}`) : "",
      speakers.length > 1 && fact.standing !== "reported" ? [" ", says(fact)] : "",
    ].flat(2);
  return h(
    "tr",
    {},
    h(
      "th",
      { scope: "row" },
      link(`#/compare/${id}`, indicatorOf(id).name),
      isAll && doubtMark(),
      h(
        "span",
        { class: "note" },
        told.flatMap((part, at) => [at ? " · " : "", part]),
      ),
    ),
    countries.map((country) => {
      const values = found.filter((fact) => fact.subject === country);
      return values.length
        ? h(
            "td",
            { "data-name": nameOf(country) },
            h(
              "span",
              {},
              values.flatMap((fact, at) => [at ? h("br") : "", ...cell(fact)]),
            ),
          )
        : h("td", { class: "none" }, h("span", { "aria-hidden": "true" }, "–"), spoken("no value"));
    }),
    silent.length > 0 && h("td", { class: "silent", "aria-hidden": "true" }, `No value: ${listed(silent)}`),
  );
}

/** The length of a source cut into its sections, with the passages of a fact. @param {Fact} fact */
function placeBar(fact) {
  const at = fact.passages[0][2];
  const source = base.sources[at];
  const passages = fact.passages.filter((passage) => passage[2] === at);
  const bar = h("div", { class: "place", "aria-hidden": "true" });
  source.sections.forEach(([, start], index) => {
    const end = index + 1 < source.sections.length ? source.sections[index + 1][1] : source.length;
    const isHere = passages.some((passage) => passage[0] >= start && passage[0] < end);
    const part = h("span", { class: isHere ? "here" : "" });
    part.style.flexGrow = String(end - start);
    bar.append(part);
  });
  for (const [start, end] of passages) {
    const mark = h("i");
    mark.style.left = `${(100 * start) / source.length}%`;
    mark.style.width = `${(100 * (end - start)) / source.length}%`;
    bar.append(mark);
  }
  return bar;
}
