// @ts-check
// Addresses, keys, the search field: what happens when.

const main = /** @type {HTMLElement} */ (document.getElementById("main"));
const field = /** @type {HTMLInputElement} */ (document.getElementById("words"));

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @param {string} hash @returns {View} */
function viewOf(hash) {
  const [path, search] = (hash.replace(/^#/, "") || "/").split("?");
  const [, kind, ...rest] = path.split("/");
  const name = decoded(rest.join("/"));
  const query = new URLSearchParams(search);
  if (!kind) return homeView();
  if (kind === "q") return searchView(name);
  if (kind === "countries") return countriesView();
  if (kind === "timeline") return timelineView(query);
  if (kind === "notes") return notesView(query);
  if (kind === "about") return aboutView();
  if ((kind === "country" || kind === "entity") && entities.has(name)) return entityView(name);
  if (kind === "topic" && Object.hasOwn(base.topics, name)) return topicView(name);
  if (kind === "compare" && (!name || indicators.has(name) || isCompared(name))) return compareView(name, query);
  if (kind === "fact" && facts.has(name)) return factView(name);
  return unknownView(hash);
}

/** Whether something is a country or has countries. @param {string} id */
const isCompared = (id) => entities.has(id) && (entity(id).type === "country" || countriesOf(id).length > 0);

/** Whether the address is that of a search. */
const isSearching = () => location.hash.startsWith("#/q/");

/** Show what the address names. @param {boolean} arrives whether the reader goes to another view */
function show(arrives) {
  const view = viewOf(location.hash);
  const before = document.activeElement && document.activeElement.id;
  document.title = [view.title, "psfacts"].filter(Boolean).join(" – ");
  document.body.classList.toggle("at-home", view.nav === "" && view.title === "");
  for (const part of document.querySelectorAll(".mast nav a")) {
    if (part.getAttribute("href") === `#/${view.nav}`) part.setAttribute("aria-current", "page");
    else part.removeAttribute("aria-current");
  }
  main.replaceChildren(...nodes(view.content));
  if (!isSearching()) field.value = "";
  else if (document.activeElement !== field) field.value = decoded(location.hash.slice(4));
  if (arrives && !(isSearching() && before === "words")) {
    restore();
    main.querySelector("h1")?.focus({ preventScroll: true });
  } else if (before && before !== "words") {
    document.getElementById(before)?.focus({ preventScroll: true });
  }
}

/** Go to a view in the place of this one. @param {string} hash */
function move(hash) {
  history.replaceState(history.state, "", hash);
  show(false);
}

// Back brings a view as it was left: how far it was scrolled, and which rows stood open.

function remember() {
  const open = [...document.querySelectorAll("main details[open][data-fact]")].map((row) =>
    row.getAttribute("data-fact"),
  );
  history.replaceState({ ...history.state, scroll: scrollY, open }, "");
}

function restore() {
  const { scroll = 0, open = [] } = history.state || {};
  const isThere = (/** @type {string} */ id) => main.querySelector(`.row[data-fact="${id}"]`);
  if (open.some((/** @type {string} */ id) => !isThere(id)))
    for (const more of main.querySelectorAll("section > button.link")) /** @type {HTMLElement} */ (more).click();
  for (const id of open) isThere(id)?.setAttribute("open", "");
  scrollTo(0, scroll);
  requestAnimationFrame(() => scrollTo(0, scroll));
}

let resting = 0;
const rememberSoon = () => {
  clearTimeout(resting);
  resting = setTimeout(remember, 150);
};

// Search as one types.

let typing = 0;
let telling = 0;

/** @param {string} words */
function searchFor(words) {
  const hash = words.trim() ? `#/q/${encodeURIComponent(words.trim())}` : "";
  if (!hash) return isSearching() ? giveBack() : undefined;
  if (isSearching()) history.replaceState(history.state, "", hash);
  else {
    remember();
    history.pushState({ typed: true }, "", hash);
  }
  show(false);
  scrollTo(0, 0);
  clearTimeout(telling);
  telling = setTimeout(() => tell(hitsInWords(words)), 420);
}

/** Search for what is typed so far. */
function searchAtOnce() {
  clearTimeout(typing);
  if (!isSearching() || decoded(location.hash.slice(4)) !== field.value.trim()) searchFor(field.value);
}

/** Give back the view before the search. */
function giveBack() {
  if (history.state && history.state.typed) history.back();
  else location.hash = "#/";
}

/** @this {HTMLInputElement} */
function typed() {
  const words = this.value;
  if (this !== field) {
    field.value = words;
    document.body.classList.remove("at-home");
    field.focus();
    field.setSelectionRange(words.length, words.length);
  }
  clearTimeout(typing);
  typing = setTimeout(() => searchFor(words), 80);
}

/** The search of the first view. */
function largeSearch() {
  const input = h("input", {
    type: "search",
    id: "large",
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "search",
    placeholder: "A country, a person, a question in your own words",
    "aria-label": "Search the facts",
    oninput: typed,
  });
  const glass = s(
    "svg",
    { "aria-hidden": "true", viewBox: "0 0 20 20" },
    s("circle", { cx: 8, cy: 8, r: 5.5 }),
    s("path", { d: "M12.2 12.2 18 18" }),
  );
  return h(
    "form",
    { role: "search", class: "search large", onsubmit: (/** @type {Event} */ event) => event.preventDefault() },
    glass,
    input,
  );
}

field.addEventListener("input", typed);

/** @type {HTMLElement} */ (document.getElementById("search")).addEventListener("submit", (event) => {
  event.preventDefault();
  searchAtOnce();
  const first = main.querySelector("a.first, .row > summary");
  if (first instanceof HTMLElement) first.click();
});

// The words of a large base take a moment to sort out: that begins before the first letter is typed.
document.addEventListener("focusin", (event) => {
  if (event.target instanceof HTMLInputElement && event.target.type === "search") setTimeout(index);
});

document.addEventListener("keydown", (event) => {
  const at = /** @type {HTMLElement} */ (event.target);
  const isField = /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) || at.isContentEditable;
  if (
    event.key === "/" &&
    !isField &&
    !event.ctrlKey &&
    !event.metaKey &&
    !event.altKey &&
    !document.body.classList.contains("no-key")
  ) {
    event.preventDefault();
    const large = document.getElementById("large");
    (large || field).focus();
    if (!large) field.select();
  } else if (event.key === "Escape" && isSearching()) {
    event.preventDefault();
    giveBack();
  } else if (event.key === "ArrowDown" && at === field) {
    searchAtOnce();
    const first = main.querySelector("a.first, .row > summary, a");
    if (first instanceof HTMLElement) {
      event.preventDefault();
      first.focus();
    }
  }
});

history.scrollRestoration = "manual";
addEventListener("hashchange", () => show(true));
addEventListener("scroll", rememberSoon, { passive: true });
document.addEventListener("toggle", rememberSoon, true);
document.addEventListener(
  "click",
  (event) => {
    const target = event.target instanceof Element && event.target.closest("a[href^='#/']");
    if (!target) return;
    remember();
    if (target.getAttribute("href") === (location.hash || "#/")) show(true);
  },
  true,
);

/** @type {HTMLElement} */ (document.getElementById("foot")).append(
  h(
    "p",
    {},
    "Source: ",
    base.sources
      .slice(0, 3)
      .flatMap((source, at) => [
        at ? "; " : "",
        `${source.author}, `,
        outside(source.url, `${source.publisher}, ${source.day}`),
        source.read && `, read in a ${source.read}`,
      ]),
    base.sources.length > 3 && ` and ${base.sources.length - 3} more`,
    ". Facts are in our own words; the article is not included.",
  ),
  h("p", {}, link("#/about", `Base ${base.version} · ${COUNT()}`)),
);
if (!location.hash && document.body.dataset.start) history.replaceState(null, "", document.body.dataset.start);
field.placeholder = `Search ${COUNT()}`;
show(false);
restore();
