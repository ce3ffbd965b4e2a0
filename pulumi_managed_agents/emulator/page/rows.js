/**
 * What stands in the rows of each table.
 *
 * @typedef {{time: string, fingerprint: string}} Rotation
 * @typedef {{id: string, url?: string, path?: string, checkout?: string, fingerprint: string|null,
 *   rotated_at?: string|null, rotations?: Rotation[]}} Place  a mounted repository, or a secret of a credential
 * @typedef {{id: string, name: string|null, status: string|null, state: string|null, pending: boolean,
 *   changed_at: string, facts: string[][], rotated: Rotation|null, mounts?: Place[],
 *   error?: {type: string, message: string, time: string}|null}} Item
 */

import { make } from "./listing.js";

/** The time of the emulator's clock, and the names of everything known, by id. */
export const world = { now: 0, names: new Map() };

export const words = (text) => text.replaceAll("_", " ");
export const title = (text) => words(text).replace(/^./, (first) => first.toUpperCase());
export const called = (id) => world.names.get(id) ?? id;
export const repository = (url) => url.replace(/^https:\/\/(github\.com\/)?/, "");
export const pill = (text) => make("span", { class: "pill", "data-is": text }, words(text));
const mono = (text) => make("span", { class: "mono" }, text);
const small = (text) => make("span", { class: "id", title: text }, text);
const dim = (...children) => make("span", { class: "dim" }, ...children);
const note = (...children) => make("span", { class: "dim note" }, ...children);
const link = (id, text = called(id)) => make("a", { href: `#${id}` }, text);
const time = (moment, text, ages) => make("time", { datetime: moment, title: moment, "data-ages": ages }, text);

/** A moment as a distance, which grows while it is looked at, or as the time of day. */
export const since = (moment) => (moment ? time(moment, ago(moment), "") : "");
export const at = (moment) => (moment ? time(moment, new Date(moment).toLocaleTimeString([], { hourCycle: "h23" }), null) : "");

/** How long ago a moment of the emulator's clock was. */
export function ago(moment) {
  const seconds = Math.round((world.now - Date.parse(moment)) / 1000);
  if (seconds < 0 || seconds >= 86400) return new Date(moment).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  if (seconds < 10) return "just now";
  if (seconds < 60) return `${seconds - (seconds % 10)} s ago`;
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min ago` : `${Math.floor(seconds / 3600)} h ago`;
}

/** The last error of a session. One from before the last rotation may well be repaired. */
export function errorLine({ error, rotated }) {
  const past = rotated !== null && rotated.time > error.time;
  return make("span", { class: past ? "error past" : "error" },
    words(error.type), " ", note(past ? "before the last rotation, " : "", since(error.time)));
}

export function statusCell({ status, pending }) {
  return [status ? pill(status) : null, pending ? note("goes on when a request reads it") : null];
}

export const facts = (view) => view.facts.map(([label, text]) =>
  make("span", { class: "fact" }, dim(label), " ", world.names.has(text) ? link(text) : text));

const nameCell = (view) => [link(view.key, view.name), view.state ? pill(view.state) : null,
  view.name === view.key ? null : small(view.key), view.error ? errorLine(view) : null];
const aboutCell = (view) => [...statusCell(view), ...facts(view),
  view.rotated ? make("span", { class: "fact" }, dim("rotated "), since(view.rotated.time)) : null];
const tokenCell = (view) => [view.fingerprint ? mono(view.fingerprint) : dim("no token"), " ",
  view.rotated_at ? note("rotated ", since(view.rotated_at)) : null];
const checkoutCell = (view) => [view.checkout || (view.url ? dim("default branch") : "")];
const historyCell = ({ rotations }) => [rotations.length === 0 ? dim("never") : make("ol", { class: "history" },
  ...rotations.map((each) => make("li", {}, mono(each.fingerprint), " ", dim(since(each.time)))))];
const eventCell = (view) => [make("details", {}, make("summary", {}, view.type),
  make("pre", { tabindex: "0" }, view.document)), view.text ? make("span", { class: "text" }, view.text) : null];

/** A request leads to all that has to do with the object in its path, or else to its like. */
function operationCell(view) {
  const button = { type: "button", "data-about": view.about, title: `Show only ${view.about}` };
  return [make("button", button, view.operation ?? "unknown"), small(`${view.method} ${view.path}`)];
}

const answerCell = ({ status, fault }) => [
  make("span", { class: "code", "data-is": String(status ?? 0)[0] }, String(status ?? "dropped")), fault ? pill(fault) : null];

/** @type {Object<string, {columns: string[], cells: (view: any) => (Node|string|null)[][]}>} */
export const TABLES = {
  sessions: { columns: ["Session", "Status", "About", "Changed"],
    cells: (view) => [nameCell(view), statusCell(view), facts(view), [since(view.changed_at)]] },
  objects: { columns: ["Name", "About", "Changed"],
    cells: (view) => [nameCell(view), aboutCell(view), [since(view.changed_at)]] },
  mounts: { columns: ["Repository", "Checkout", "Path", "Session", "Token"],
    cells: (view) => [[repository(view.url)], checkoutCell(view), [mono(view.path)], [link(view.owner, view.name)], tokenCell(view)] },
  rotations: { columns: ["When", "What", "New token"],
    cells: (view) => [[since(view.time)], [link(view.owner, view.name), small(view.what)], [mono(view.fingerprint)]] },
  requests: { columns: ["Time", "Operation", "Status"],
    cells: (view) => [[at(view.time)], operationCell(view), answerCell(view)] },
  places: { columns: ["What", "Checkout", "Path", "Token", "Rotated"],
    cells: (view) => [[view.url ? repository(view.url) : view.key], checkoutCell(view), [mono(view.path ?? "")],
      tokenCell({ fingerprint: view.fingerprint }), historyCell(view)] },
  events: { columns: ["Time", "Event"], cells: (view) => [[at(view.time)], eventCell(view)] },
};
