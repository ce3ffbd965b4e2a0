/** The page by itself: asks again every second, changes what has changed, and tells the age of what it shows. */

import { morph } from "./morph.js";

const EVERY = 1000;
const element = (id) => document.getElementById(id);
// What is parsed came from the server of this page; nothing else can be made markup.
const policy = globalThis.trustedTypes?.createPolicy("page", { createHTML: (text) => text });

let [mark, shown, offset] = ["", location.search, null];
let asking = new AbortController();
let timer;

const parsed = (text) => new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");

// Time.

const now = () => Date.now() + (offset ?? 0);

/** A moment as its distance from now. */
function ago(moment) {
  const seconds = (now() - Date.parse(moment)) / 1000;
  const length = Math.abs(seconds);
  if (length < 5) return "just now";
  const [size, unit] = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]].find(([size]) => length >= size);
  const told = `${Math.floor(unit === "s" ? length - (length % 5) : length / size)} ${unit}`;
  return seconds < 0 ? `in ${told}` : `${told} ago`;
}

function tick() {
  if (offset === null) return;
  for (const each of document.querySelectorAll("time[data-ages]")) {
    const text = ago(each.dateTime);
    if (each.textContent !== text) each.textContent = text;
  }
}

// What changed.

/** Says what is new, for eyes that were elsewhere. */
function tell(names) {
  if (names.length === 0) return;
  const strong = document.createElement("strong");
  const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
  strong.textContent = names.slice(0, 3).join(", ");
  const time = new Date(now()).toLocaleTimeString([], { hourCycle: "h23" });
  element("news").replaceChildren(`Changed at ${time}: `, strong, more);
}

function accept(text, asked) {
  const fresh = parsed(text);
  const another = asked !== shown;
  const focused = document.activeElement?.closest("[data-key]")?.dataset.key;
  const rows = [];
  morph(element("live"), fresh.getElementById("live"), (row) => rows.push(row));
  document.title = fresh.title;
  element("world").textContent = fresh.getElementById("world").textContent;
  if (focused && document.activeElement === document.body) document.querySelector(`[data-key="${CSS.escape(focused)}"] a`)?.focus();
  shown = asked;
  if (another) return;
  for (const row of new Set(rows)) flash(row);
  tell([...new Set(rows.map((row) => row.dataset.name).filter(Boolean))]);
}

/** Marks a row as new, once more if it is already. */
function flash(row) {
  row.classList.remove("changed");
  requestAnimationFrame(() => row.classList.add("changed"));
}

// Where the reader was: focus goes along to an object, and comes back to the link that led away.

const LEFT = "left";

function arrive() {
  const left = sessionStorage.getItem(LEFT);
  sessionStorage.removeItem(LEFT);
  if (left === null) return;
  if (element("opened")) element("opened").focus();
  else document.querySelector(`#content a[href$="${CSS.escape(left)}"]`)?.focus();
}

document.addEventListener("click", ({ target }) => {
  const link = target.closest?.("a[href^='/']");
  if (!link) return;
  const opened = new URLSearchParams(location.search).get("open");
  const leads = new URL(link.href).searchParams.get("open");
  if (leads || opened) sessionStorage.setItem(LEFT, opened ? `open=${encodeURIComponent(opened)}` : "");
});

// What the server says.

function connected(is, text) {
  if (element("connection").dataset.is === is) return;
  element("connection").dataset.is = is;
  element("connection").textContent = text;
}

async function ask(search, signal) {
  const headers = mark && search === shown ? { "If-None-Match": mark } : {};
  const answer = await fetch(`/${search}`, { signal, cache: "no-store", headers });
  if (!answer.ok && answer.status !== 304) throw new Error(answer.statusText);
  return { status: answer.status, mark: answer.headers.get("etag"), now: answer.headers.get("page-now"), text: await answer.text() };
}

/** Looks once, and plans the next look. A page that nobody sees does not look. */
async function look() {
  clearTimeout(timer);
  asking.abort();
  const { signal } = (asking = new AbortController());
  const search = location.search;
  const answer = await ask(search, signal).catch(() => null);
  if (signal.aborted) return;
  if (answer) {
    offset = Date.parse(answer.now) - Date.now();
    if (answer.status === 200 && (mark !== answer.mark || search !== shown)) accept(answer.text, search);
    mark = answer.mark;
    tick();
  }
  connected(...(answer ? ["live", "Live"] : ["lost", "No answer, trying again"]));
  if (!document.hidden) timer = setTimeout(look, EVERY);
}

// What the reader does.

/** What the form says, as an address. */
function wanted() {
  const said = [...new FormData(document.querySelector("form.tools"))].filter(([, value]) => value);
  return said.length ? `/?${new URLSearchParams(said)}` : "/";
}

let typing;
function filter() {
  clearTimeout(typing);
  typing = setTimeout(() => {
    element("clear").hidden = element("filter").value === "";
    history.replaceState(null, "", wanted());
    look();
  }, 120);
}

element("filter").addEventListener("input", filter);
element("gone").addEventListener("change", filter);
document.querySelector("form.tools").addEventListener("submit", (event) => { event.preventDefault(); filter(); });
element("clear").addEventListener("click", (event) => {
  event.preventDefault();
  element("filter").value = "";
  filter();
  element("filter").focus();
});
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
// Older links name an object behind `#`.
if (/^#[a-z]+_\w+$/.test(location.hash)) location.replace(`/?open=${location.hash.slice(1)}`);
else { arrive(); look(); }
