/** The page of the emulator: asks for a snapshot every second and draws what changed. */

import { Listing, make, place } from "./listing.js";
import { TABLES, ago, at, called, errorLine, facts, pill, repository, since, statusCell, title, world } from "./rows.js";

const EVERY = 1000;
const TITLE = document.title;
const element = (id) => document.getElementById(id);

/** @type {Map<string, Listing>} every table but those of the opened object */
const listings = new Map();
/** @type {Set<Listing>} tables with nothing to show any more: a reset takes whole kinds away */
let stale = new Set();
/** @type {Map<string, HTMLElement>} */
const counts = new Map();
/** The number of the world that is drawn, and the object that is open in it. */
let [drawn, open] = ["", ""];
/** @type {{id: string, update: (item: import("./rows.js").Item|null) => void}|null} */
let details = null;
let asking = new AbortController();
let timer;

// What exists, and what happened.

/** Shows views in the table of this name, which is put at the end of `parent` first if need be; answers the news. */
function show(parent, name, heading, table, views, level = "h3") {
  if (!listings.has(name)) {
    listings.set(name, new Listing({ id: `at-${name}`, heading, level, quiet: drawn === "", ...TABLES[table] }));
    parent.append(listings.get(name).element);
  }
  stale.delete(listings.get(name));
  return listings.get(name).show(views);
}

// A view holds the names that its row shows, so that a row is made anew when one of them changes.
const itemView = (item) => ({ ...item, key: item.id, name: called(item.id), links: item.facts.map(([, text]) => called(text)) });
const mountViews = (session) => session.mounts.map((mount) =>
  ({ ...mount, key: `${session.id} ${mount.id}`, owner: session.id, name: called(session.id), state: session.state }));
const requestView = (request) => ({ ...request, key: String(request.n), about:
  request.path.split("/").findLast((part) => world.names.has(part)) ?? request.operation ?? request.path });

/** How many there are of each kind, beside the platform's name. */
function drawCounts(parent, platform, kinds) {
  const first = ([one], [other]) => (other === "sessions") - (one === "sessions");
  const links = Object.entries(kinds).sort(first).map(([kind, { live }]) => {
    const key = `${platform}-${kind}`;
    if (!counts.has(key)) counts.set(key, make("a", { href: `#at-${key}` }, make("strong", {}), ` ${title(kind)}`));
    counts.get(key).firstChild.textContent = String(live);
    return counts.get(key);
  });
  place(parent, links);
}

/** The part of the page for one platform. */
function partOf(platform) {
  const id = `at-${platform}`;
  if (!element(id)) {
    const counts = make("nav", { "aria-label": `Kinds of ${title(platform)}` });
    element("platforms").append(make("section", { id }, make("div", { class: "head" }, make("h2", {}, title(platform)), counts)));
  }
  return element(id);
}

function drawPlatform(platform, kinds) {
  const parent = partOf(platform);
  drawCounts(parent.querySelector("nav"), platform, kinds);
  const sessions = kinds.sessions?.objects ?? [];
  const news = show(parent, `${platform}-sessions`, "Sessions", "sessions", sessions.map(itemView));
  show(parent, `${platform}-mounts`, "Mounted repositories", "mounts", sessions.flatMap(mountViews));
  return news.concat(Object.keys(kinds).filter((kind) => kind !== "sessions").flatMap((kind) =>
    show(parent, `${platform}-${kind}`, title(kind), "objects", kinds[kind].objects.map(itemView))));
}

function drawLog({ platforms, rotations, requests }) {
  const mounts = Object.values(platforms).flatMap((kinds) => kinds.sessions?.objects ?? []).flatMap((each) => each.mounts);
  const what = new Map(mounts.map((mount) => [mount.id, repository(mount.url)]));
  show(element("log"), "rotations", "Token rotations", "rotations", rotations.map((each) =>
    ({ ...each, key: `${each.time} ${each.place}`, name: called(each.owner), what: what.get(each.place) ?? each.place })), "h2");
  show(element("log"), "requests", "Last requests", "requests", requests.map(requestView), "h2");
}

/** What is odd about this world: a clock that was set, faults that strike. */
function drawOddities({ clock, faults }) {
  const told = [clock.still ? `The clock stands still at ${clock.still}.` : null,
    clock.offset ? `The clock is ${clock.offset} s off.` : null, faults ? `Fault rules in force: ${faults}.` : null];
  element("world").textContent = told.filter(Boolean).join(" ");
}

/** Says what is new, for eyes that were elsewhere. */
function tell(news) {
  if (news.length === 0) return;
  const told = news.slice(0, 3).map(({ name, state }) => (state ? `${name} (${state})` : name)).join(", ");
  const more = news.length > 3 ? ` and ${news.length - 3} more` : "";
  element("news").replaceChildren("Changed at ", at(new Date(world.now).toISOString()), ": ", make("strong", {}, told), more);
}

function draw(snapshot) {
  const { platforms } = snapshot;
  stale = new Set(listings.values());
  const items = Object.values(platforms).flatMap((kinds) => Object.values(kinds)).flatMap(({ objects }) => objects);
  for (const item of items) world.names.set(item.id, item.name ?? item.id);
  drawOddities(snapshot);
  tell(Object.entries(platforms).flatMap(([platform, kinds]) => drawPlatform(platform, kinds)));
  drawLog(snapshot);
  for (const each of stale) each.show([]);
  if (open) drawDetails(snapshot.opened);
  sift();
}

// The opened object.

/** The frame of an object, and what fills it. */
function frame(id, item) {
  const heading = make("h2", { id: "opened", tabindex: "-1" });
  const summary = make("div", { class: "facts" });
  const text = make("pre", { tabindex: "0" });
  const places = new Listing({ id: "places", heading: item?.mounts ? "Mounts" : "Secrets", ...TABLES.places });
  const events = new Listing({ id: "events", heading: "Events, the newest first", ...TABLES.events });
  element("details").replaceChildren(make("p", { class: "back" }, make("a", { href: "#" }, "Everything")), heading,
    make("span", { class: "id" }, id), summary, places.element, events.element,
    make("details", { class: "whole" }, make("summary", {}, "As the API shows it"), text));
  let mark;
  return (found) => {
    heading.textContent = found ? called(id) : "Nothing has this id";
    if (mark !== (mark = JSON.stringify(found && itemView(found)))) summary.replaceChildren(...(found ? about(itemView(found)) : []));
    places.show(found ? [...(found.mounts ?? []), ...found.secrets].map((each) => ({ ...each, key: each.id })) : []);
    events.show(found ? found.events.map((each) => ({ ...each, key: each.id })) : []);
    for (const each of [places, events]) each.sift("", true);
    if (text.textContent !== (found?.document ?? "")) text.textContent = found?.document ?? "";
    text.parentElement.hidden = !found;
  };
}

/** An object in a few lines. */
function about(view) {
  const status = [view.state ? pill(view.state) : null, ...statusCell(view)];
  const error = view.error ? make("p", {}, errorLine(view), make("span", { class: "text" }, view.error.message)) : "";
  return [make("p", {}, ...status, make("span", { class: "dim" }, "changed "), since(view.changed_at)), make("p", {}, ...facts(view)), error];
}

function drawDetails(item) {
  if (details?.id !== open) details = { id: open, update: frame(open, item) };
  details.update(item);
}

/** Shows the opened object, or everything. Focus goes along, and comes back to the link that led away. */
function turn(left) {
  element("overview").hidden = open !== "";
  element("details").hidden = open === "";
  document.title = open ? `${called(open)} - ${TITLE}` : TITLE;
  if (left === open || drawn === "") return;
  if (open) element("opened").focus();
  else document.querySelector(`#overview a[href="#${CSS.escape(left)}"]`)?.focus();
}

// What the reader does.

/** Applies the filter and the toggle to everything but the opened object. */
function sift() {
  const text = element("filter").value.trim().toLowerCase();
  const seen = [...listings.values()].map((each) => each.sift(text, element("gone").checked));
  for (const each of element("platforms").children) each.hidden = !each.querySelector(".listing:not([hidden])");
  element("clear").hidden = text === "";
  element("empty").hidden = seen.some(Boolean);
  element("empty").textContent = text ? "Nothing here matches the filter." : "Nothing is here yet. What is created appears by itself.";
}

function filterBy(text) {
  element("filter").value = text;
  sift();
}

/** The object that the address names; `#at-…` names a part of the page. */
function named() {
  const name = location.hash.slice(1);
  return name.startsWith("at-") ? "" : name;
}

// What the emulator answers.

async function ask(id, signal) {
  const query = new URLSearchParams(id === open ? { open: id, since: drawn } : { open: id });
  const answer = await fetch(`/_emulator/snapshot?${query}`, { signal, cache: "no-store" });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

function accept(snapshot, id) {
  const left = open;
  [world.now, open] = [Date.parse(snapshot.now), id];
  if (snapshot.platforms) draw(snapshot);
  if (left !== open || drawn === "") turn(left);
  drawn = snapshot.number;
  for (const each of document.querySelectorAll("time[data-ages]")) {
    if (each.textContent !== ago(each.dateTime)) each.textContent = ago(each.dateTime);
  }
}

function connected(is, text) {
  if (element("connection").dataset.is === is) return;
  element("connection").dataset.is = is;
  element("connection").textContent = text;
}

/** Looks at the world once, and plans the next look. A page that nobody sees does not look. */
async function look() {
  clearTimeout(timer);
  asking.abort();
  const { signal } = (asking = new AbortController());
  const id = named();
  const snapshot = await ask(id, signal).catch(() => null);
  if (signal.aborted) return;
  if (snapshot) accept(snapshot, id);
  connected(...(snapshot ? ["live", "Live"] : ["lost", "No answer, trying again"]));
  if (!document.hidden) timer = setTimeout(look, EVERY);
}

element("filter").addEventListener("input", sift);
element("gone").addEventListener("change", sift);
element("clear").addEventListener("click", () => { filterBy(""); element("filter").focus(); });
element("log").addEventListener("click", ({ target }) => { if (target.dataset.about) filterBy(target.dataset.about); });
addEventListener("hashchange", look);
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
look();
