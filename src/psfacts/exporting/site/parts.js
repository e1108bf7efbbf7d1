// @ts-check
// Pieces that views are made of. Whatever comes from the base becomes text, never markup.

/** @typedef {Node | string | null | false | undefined | any[]} Child what an element may hold, in lists too; what is nothing is left out */

/**
 * Make an element. Words in `attributes` that begin with "on" are listened for.
 * @param {string} tag @param {Record<string, any>} [attributes] @param {...Child} children
 * @returns {HTMLElement}
 */
function h(tag, attributes = {}, ...children) {
  return /** @type {HTMLElement} */ (filled(document.createElement(tag), attributes, children));
}

/**
 * Make an element of a drawing.
 * @param {string} tag @param {Record<string, any>} [attributes] @param {...Child} children
 * @returns {SVGElement}
 */
function s(tag, attributes = {}, ...children) {
  return /** @type {SVGElement} */ (
    filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children)
  );
}

/** What there is of children. @param {Child[]} children @returns {(Node | string)[]} */
const nodes = (children) => /** @type {any[]} */ (children).flat(Infinity).filter(Boolean);

/** @param {Element} element @param {Record<string, any>} attributes @param {Child[]} children */
function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...nodes(children));
  return element;
}

/** @param {string} href @param {...Child} children */
const link = (href, ...children) => h("a", { href }, ...children);

/** The mark of doubt, which never breaks from the word before it. @param {string} text @param {boolean} doubtful @returns {Child[]} */
function marked(text, doubtful) {
  if (!doubtful) return [text];
  const at = text.lastIndexOf(" ") + 1;
  return [text.slice(0, at), h("span", { class: "kept" }, text.slice(at), doubtMark())];
}

const doubtMark = () => h("span", { class: "doubt" }, h("span", { "aria-hidden": "true" }, "?"), spoken("doubtful"));

/** Words for the ear alone. @param {string} text */
const spoken = (text) => h("span", { class: "spoken" }, ` ${text} `);

/** Who says so, after what is said. @param {Fact} fact */
function says(fact) {
  if (fact.standing === "attributed") return h("strong", { class: "by" }, speakerOf(fact));
  return fact.standing === "assessed"
    ? h("em", { class: "by" }, "author’s view")
    : h("span", { class: "by" }, "reported");
}

/** The same where it is not plainly reported. @param {Fact} fact */
const saysUnlessReported = (fact) => fact.standing !== "reported" && says(fact);

const BASES = {
  context: "it follows from the article itself",
  original: "it follows from the wording of the original",
  outside: "it comes from outside the article",
};

/**
 * What speaks against a fact.
 * @param {Erratum} doubt @param {string} [lead] @param {...Child} more
 */
function objection(doubt, lead = "Doubtful.", ...more) {
  const sure = `This objection is ${doubt.certainty}; ${BASES[doubt.basis]}.`;
  return h(
    "div",
    { class: "objection" },
    h("p", {}, h("strong", {}, lead), " ", doubt.reading),
    h("p", { class: "more" }, sure, ...more),
  );
}

/** @param {[string, Child][]} pairs @param {string} [more] */
const pairs = (pairs, more = "") =>
  h(
    "dl",
    { class: `pairs ${more}` },
    pairs.filter(([, told]) => told).flatMap(([name, told]) => [h("dt", {}, name), h("dd", {}, told)]),
  );

/** A repair: what is printed and how it is read. @param {Erratum} erratum @param {boolean} [withPlace] */
const repairNote = (erratum, withPlace) =>
  pairs(
    [
      [
        "Printed",
        h(
          "span",
          { class: "read printed" },
          "“",
          inScripts(erratum.printed, "u"),
          h("span", { class: "sic" }, "[sic]"),
          "”",
        ),
      ],
      ["Read as", h("span", { class: "read" }, inScripts(erratum.reading))],
      ["Why", inScripts(erratum.reason)],
      [
        "How sure",
        `${capitalised(erratum.certainty)}, from ${{ context: "the context", original: "the original", outside: "outside knowledge" }[erratum.basis]}`,
      ],
      ["Where", withPlace && capitalised(erratum.place.replace(/^section /, ""))],
    ],
    "parted",
  );

/** Text with its Chinese told to be Chinese. @param {string} text @param {string} [tag] @returns {Child[]} */
const inScripts = (text, tag = "span") => {
  const parts = text.split(/([\u2e80-\u9fff]+)/).map((part, at) => (at % 2 ? h("span", { lang: "zh" }, part) : part));
  return tag === "span" ? parts : [h(tag, {}, parts)];
};

/** "2 translation notes", closed. @param {Erratum[]} repairs */
const repairsNote = (repairs) =>
  repairs.length > 0 &&
  h(
    "details",
    { class: "more" },
    h("summary", {}, counted(repairs.length, repair)),
    repairs.map((one) => repairNote(one)),
  );

/** Entities as links. @param {string[]} ids */
const linked = (ids) =>
  ids.flatMap((id, at) => [at ? (at === ids.length - 1 ? " and " : ", ") : "", link(addressOf(id), nameOf(id))]);

/** @param {Fact} fact @returns {Child[]} */
const timeOf = (fact) =>
  fact.when ? [fact.when[2], fact.when[3] && h("span", { class: "note" }, " · in part concluded, not printed")] : [];

/** The address of a view as somebody else can open it. @param {string} hash */
const shared = (hash) => location.href.replace(/#.*$/, "") + hash;

/** Buttons that copy: citations in three styles, and the address. @param {Fact} fact */
const copyButtons = (fact) =>
  h(
    "div",
    { class: "buttons" },
    copyButton("Copy citation", () => citationOf(fact, 0)),
    copyButton("BibTeX", () => citationOf(fact, 1)),
    copyButton("CSL-JSON", () => citationOf(fact, 2)),
    copyButton("Copy link", () => shared(`#/fact/${fact.id}`)),
  );

/** @param {string} label @param {() => string} text */
function copyButton(label, text) {
  const button = h("button", { type: "button", onclick: copy }, label);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text());
    } catch {
      offerToCopy(button, text());
      return;
    }
    button.textContent = "Copied ✓";
    button.classList.add("done");
    tell(`${label}: copied`);
    setTimeout(() => {
      button.textContent = label;
      button.classList.remove("done");
    }, 2000);
  }
  return button;
}

/** Where the clipboard refuses, a selected field is left to copy from. @param {HTMLElement} button @param {string} text */
function offerToCopy(button, text) {
  const field = /** @type {HTMLTextAreaElement} */ (
    h("textarea", { readonly: true, rows: Math.min(12, text.split("\n").length + 1), "aria-label": "Copy this" })
  );
  field.value = text;
  const buttons = /** @type {HTMLElement} */ (button.parentElement);
  if (buttons.nextElementSibling instanceof HTMLTextAreaElement) buttons.nextElementSibling.remove();
  buttons.after(field);
  field.focus();
  field.select();
}

/** @param {string} label @param {() => void} onclick */
const button = (label, onclick) => h("button", { type: "button", onclick }, label);

/** Save text to a file. @param {string} name @param {string} type @param {string} text */
function save(name, type, text) {
  const href = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
}

/** Say something to those who listen. @param {string} text */
function tell(text) {
  /** @type {HTMLElement} */ (document.getElementById("told")).textContent = text;
}

/**
 * A fact as a row that opens.
 * @param {Fact} fact
 * @param {{label?: Child[], sign?: boolean, title?: string, aside?: Child, says?: boolean}} shown
 */
function row(fact, { label, sign, title = titleOf(fact), aside, says: isSaid = true }) {
  const speaker = isSaid && saysUnlessReported(fact);
  const summary = [
    label && h("span", { class: `label ${label.length === 1 && again(label[0]) ? "again" : ""}` }, label),
    sign && fact.when && h("span", { class: `sign ${precisionOf(fact.when)}` }),
    h("span", { class: "what" }, marked(title, isDoubtful(fact)), speaker && [" ", speaker]),
    aside && h("span", { class: "aside" }, aside),
  ];
  return h(
    "li",
    {},
    opening(summary, () => panelOf(fact), fact.id),
  );
}

/** What opens to a panel, which is made when it is first opened. @param {Child} summary @param {() => Child} panel @param {string} [id] */
function opening(summary, panel, id) {
  const inside = h("div", { class: "panel" });
  const details = h("details", { class: "row", "data-fact": id }, h("summary", {}, summary), inside);
  details.addEventListener("toggle", () => inside.hasChildNodes() || inside.append(...nodes([panel()])));
  return details;
}

/** Whether a label is only for the ear. @param {Child} part */
const again = (part) => part instanceof HTMLElement && part.className === "spoken";

/** What a row opens to. @param {Fact} fact */
const panelOf = (fact) => [
  h("p", { class: "sentence" }, fact.statement),
  ...doubtsOf(fact).map((doubt) => objection(doubt)),
  pairs([
    [
      "Who says so",
      fact.standing === "attributed"
        ? h("span", {}, linked(fact.asserted_by || []), ", as passed on by the article")
        : says(fact),
    ],
    ["When", timeOf(fact)],
    ["Value", fact.amount],
    ["In the source", capitalised(fact.place.replace(/^section /, ""))],
    ["Fact", h("a", { class: "id", href: `#/fact/${fact.id}` }, fact.id)],
  ]),
  repairsNote(repairsOf(fact)),
  copyButtons(fact),
];

/**
 * A section with its head.
 * @param {string} title @param {Child} more @param {...Child} children
 */
const section = (title, more, ...children) =>
  h("section", { class: "section" }, h("h2", {}, title, more && h("small", {}, more)), ...children);

/** What may be wider than the screen. @param {...Child} children */
const scrolling = (...children) =>
  h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Table" }, ...children);

/** Events in the order of time: a year is said once, a repeated date only for the ear. @param {Fact[]} found @param {(fact: Fact) => Child} [aside] */
function timeline(found, aside) {
  /** @type {HTMLElement[]} */
  const rows = [];
  let above = "";
  let year = "";
  let end = 0;
  for (const fact of found) {
    const [first, last, text, , short] = /** @type {When} */ (fact.when);
    const [begins, ends] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
    if (rows.length && begins - end >= 2)
      rows.push(h("li", { class: "gap" }, h("span", {}, `${begins - end} years later`)));
    rows.push(row(fact, { label: timeLabel(text, short, above, year), sign: true, aside: aside && aside(fact) }));
    above = text;
    year = (short || text).includes(String(ends)) ? String(ends) : "";
    end = Math.max(end, ends);
  }
  return h("ol", { class: "rows timed" }, rows);
}

const DATED = new RegExp(`^((?:(?:early|mid|late)[ -])?(?:\\d{1,2} )?(?:${MONTHS.join("|")})) (\\d{4})$`);

/** A time as a label: the year bold, and only where the row above is of another. @param {string} text @param {string} short @param {string} above @param {string} year @returns {Child[]} */
function timeLabel(text, short, above, year) {
  if (text === above) return [spoken(text)];
  if (short) return [h("span", { "aria-hidden": "true" }, short), spoken(text)];
  const match = DATED.exec(text);
  if (!match) return [h("strong", {}, text)];
  const [, rest, told] = match;
  return told === year ? [rest, spoken(told)] : [rest, " ", h("strong", {}, told)];
}

/** Claims by who says so: those who are named first, the author last. @param {Fact[]} found */
function bySpeaker(found) {
  const order = ["attributed", "reported", "assessed"];
  /** @type {Map<string, Fact[]>} */
  const groups = new Map();
  for (const standing of order) {
    for (const fact of found.filter((one) => one.standing === standing)) {
      const speaker = standing === "attributed" ? speakerOf(fact) : standing;
      groups.set(speaker, [...(groups.get(speaker) || []), fact]);
    }
  }
  return [...groups.values()]
    .map((group) => [
      h(
        "h3",
        {},
        group[0].standing === "reported"
          ? "Reported"
          : group[0].standing === "assessed"
            ? h("em", {}, "Author’s view")
            : says(group[0]),
      ),
      h(
        "ul",
        { class: "rows plain" },
        group.map((fact) => row(fact, { says: false })),
      ),
    ])
    .flat();
}

/** @param {Erratum[]} doubts @param {boolean} [wide] */
const doubtList = (doubts, wide) =>
  h(
    "ul",
    { class: `doubts ${wide ? "wide" : ""}` },
    doubts.map((doubt) =>
      h(
        "li",
        { id: doubt.id },
        h(
          "div",
          {},
          h("span", { class: "short" }, `“${doubt.printed}”`),
          " ",
          h("span", { class: "sure" }, `objection ${doubt.certainty}`),
        ),
        h("p", {}, doubt.reading),
      ),
    ),
  );
