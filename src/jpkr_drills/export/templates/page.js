"use strict";
// Without this script everything on the page can be read; it adds the filters and the reader's own copy of the article.
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);

// --- filters: the address says which are set, so that links, reloading and going back all work ---
const form = one("#filters");
const claims = all(".claim");
const facets = new Map(claims.map((claim) => [claim, new Set(claim.dataset.f.split(" "))]));

function wanted() {
  const [anchor, query = ""] = location.hash.slice(1).split("?");
  return new URLSearchParams(anchor === "claims" ? query : "");
}

function filter() {
  const asked = [...wanted()].filter(([key]) => form.elements.namedItem(key));
  const words = asked.filter(([key]) => key === "q").flatMap(([, value]) => value.toLowerCase().split(/\s+/));
  const tokens = asked.filter(([key]) => key !== "q").map((pair) => pair.join("="));
  let shown = 0;
  for (const claim of claims) {
    const text = words.length ? claim.textContent.toLowerCase() : "";
    const fits = tokens.every((x) => facets.get(claim).has(x)) && words.every((x) => text.includes(x));
    claim.hidden = !fits;
    shown += fits;
  }
  for (const part of all(".sentence")) part.hidden = !one(".claim:not([hidden])", part);
  const set = Object.fromEntries(asked);
  for (const control of form.elements) {
    const value = set[control.name] ?? "";
    if (control.value !== value) control.value = value;
    control.classList.toggle("set", value !== "");
  }
  const total = claims.length;
  one("#count").textContent = asked.length ? `${shown} of ${total} claims` : `${total} claim${total === 1 ? "" : "s"}`;
  one(".clear").hidden = !asked.length;
  one(".none").hidden = shown > 0;
}

function go(query, replace) {
  const address = query ? `#claims?${query}` : "#claims";
  if (address === location.hash) return;
  history[replace ? "replaceState" : "pushState"](null, "", address);
  filter();
}

function chosen() {
  const pairs = [...form.elements].map((control) => [control.name, control.value.trim()]);
  return new URLSearchParams(pairs.filter(([, value]) => value)).toString();
}

if (form) {
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  // Typing on changes the same entry of the history; every other choice is an entry of its own.
  form.addEventListener("input", ({ target }) => go(chosen(), target.name === "q" && wanted().has("q")));
  for (const link of all("a[data-filter]")) link.hash = `claims?${link.dataset.filter}`;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-filter], .clear");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(link.dataset.filter ?? "");
    one("#claims").scrollIntoView();
    one("#filters input").focus({ preventScroll: true });
  });
  const follow = () => {
    const filtered = !one(".clear").hidden;
    filter();
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    const folded = target.closest("details");
    if (folded) folded.open = true;
    if (filtered) target.scrollIntoView();
  };
  addEventListener("hashchange", follow);
  follow();
}

// --- where the reader is ---
const spy = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const link = one(`nav a[href="#${target.getAttribute("aria-labelledby")}"]`);
    link.toggleAttribute("aria-current", isIntersecting);
    if (isIntersecting) one("nav").scrollLeft = link.offsetLeft - 20;
  }
}, { rootMargin: "-30% 0px -70% 0px" });
for (const section of all("main > section")) spy.observe(section);

// --- the reader's own copy of the article: checked, shown in its places, never stored or sent ---
const box = one("#drop");

function tell(text) {
  one("#told").textContent = text;
  box.scrollIntoView();
}

async function take(file) {
  if (!file) return;
  const { sha256, bytes } = box.dataset;
  const not = `“${file.name}” isn’t the article that was coded`;
  if (bytes && file.size !== Number(bytes)) {
    return tell(`${not}: it has ${file.size} bytes, the article has ${bytes}.`);
  }
  const content = await file.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  const found = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== sha256) {
    return tell(`${not}: its SHA-256 is ${found.slice(0, 12)}…, the article’s is ${sha256.slice(0, 12)}….`);
  }
  // Positions count code points, not UTF-16 units; a byte-order mark counts as one.
  place(Array.from(new TextDecoder("utf-8", { ignoreBOM: true }).decode(content)));
  tell("This is the article that was coded: its sentences are in their places.");
}

const span = (element) => element.dataset.at.split(" ").map(Number);

function place(characters) {
  const words = (start, end) => characters.slice(start, end).join("").trim();
  for (const part of all(".sentence > .own")) part.textContent = words(...span(part));
  for (const claim of claims) {
    const quote = one(".words-of", claim) ?? document.createElement("p");
    quote.className = "own words-of";
    one(".say", claim).after(quote);
    quote.replaceChildren(Object.assign(document.createElement("q"), { textContent: words(...span(claim)) }));
  }
  for (const row of all(".map > li")) underline(row, characters);
}

const DASHES = "repeating-linear-gradient(90deg, var(--accent) 0 4px, transparent 0 7px)";

// The sentence, and below its words a line for each claim that rests on them, in the lanes of the bars.
function underline(row, characters) {
  const bars = all("svg a", row).map((link) => ({
    at: span(document.getElementById(link.getAttribute("href").slice(1))),
    lane: (Number(link.firstElementChild.getAttribute("y")) - 9) / 9,
    line: link.firstElementChild.matches(".f") ? "linear-gradient(var(--accent) 0 0)" : DASHES,
  }));
  const [start, end] = span(row);
  const cuts = [...new Set([start, end, ...bars.flatMap((bar) => bar.at)])].sort((a, b) => a - b);
  const lanes = Math.max(0, ...bars.map((bar) => bar.lane + 1));
  const text = one(".own", row);
  text.style.lineHeight = `${1.5 + lanes * 0.3}em`;
  text.replaceChildren(...cuts.slice(0, -1).map((cut, index) => {
    const piece = document.createElement("span");
    const here = bars.filter(({ at }) => at[0] <= cut && at[1] > cut);
    piece.textContent = characters.slice(cut, cuts[index + 1]).join("").replaceAll("\n", " ");
    piece.style.backgroundImage = here.map(({ line }) => line).join();
    piece.style.backgroundPosition = here.map(({ lane }) => `0 calc(1.25em + ${lane * 0.3}em)`).join();
    piece.style.paddingBottom = `${lanes * 0.3 + 0.1}em`;
    return piece;
  }));
}

if (box && globalThis.crypto?.subtle) {
  box.hidden = false;
  one("input", box).addEventListener("change", ({ target }) => take(target.files[0]));
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      event.preventDefault(); // or the browser leaves the page for the file
      box.classList.toggle("over", kind === "dragover");
      if (kind === "drop") take(event.dataTransfer.files[0]);
    });
  }
}
