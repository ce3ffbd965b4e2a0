/**
 * Tables that stay: a row is the same element as long as it shows the same, so that focus, selection and what the
 * reader opened stay with it. Strings become text, never markup.
 *
 * @typedef {{key: string, name?: string, state?: string|null}} View  what one row shows, and all that it depends on
 */

/** An element with attributes and children; null leaves an attribute or a child out. */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Makes these the children of an element, and moves none that stands right: what is moved loses its focus. */
export function place(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  let next = parent.firstElementChild;
  for (const child of children) {
    if (child === next) next = next.nextElementSibling;
    else parent.insertBefore(child, next);
  }
}

/** A table with a caption and rows that come and go. */
export class Listing {
  /** @type {Map<string, {mark: string, view: View, row: HTMLElement}>} */
  #rows = new Map();
  #columns;
  #cells;
  #quiet;
  #count = make("span", { class: "count" });
  #body = make("tbody", { role: "rowgroup" });

  /**
   * @param {{id: string, heading: string, level?: string, columns: string[], quiet?: boolean,
   *   cells: (view: any) => (Node|string)[][]}} options  `quiet`: the first rows are no news
   */
  constructor({ id, heading, level = "h3", columns, cells, quiet = true }) {
    [this.#columns, this.#cells, this.#quiet] = [columns, cells, quiet];
    const heads = columns.map((column) => make("th", { scope: "col", role: "columnheader" }, column));
    // The roles are said again because a narrow page lays rows out as blocks, which some browsers take for no table.
    const table = make("table", { role: "table" }, make("caption", {}, make(level, {}, heading, " ", this.#count)),
      make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...heads)), this.#body);
    this.element = make("section", { id, class: "listing" }, table);
  }

  /** Shows these rows, and answers the views that are new or changed. @param {View[]} views */
  show(views) {
    const before = this.#rows;
    const focused = [...before.values()].find(({ row }) => row.contains(document.activeElement));
    this.#rows = new Map(views.map((view) => [view.key, this.#kept(before.get(view.key), view)]));
    place(this.#body, [...this.#rows.values()].map(({ row }) => row));
    if (focused && !focused.row.isConnected) this.#refocus(focused.view.key);
    const news = this.#quiet ? [] : views.filter(({ key }) => this.#rows.get(key) !== before.get(key));
    this.#quiet = false;
    return news;
  }

  #kept(old, view) {
    const mark = JSON.stringify(view);
    if (old?.mark === mark) return old;
    const cells = this.#cells(view).map((children, index) =>
      make("td", { role: "cell", "data-label": this.#columns[index] }, ...children));
    const row = make("tr", { role: "row", "data-key": view.key }, ...cells);
    row.classList.toggle("gone", Boolean(view.state));
    row.classList.toggle("changed", !this.#quiet);
    return { mark, view, row };
  }

  #refocus(key) {
    this.#rows.get(key)?.row.querySelector("a, button, summary")?.focus();
  }

  /** Hides the rows without this text, and those that are gone unless they are wanted; answers how many are left. */
  sift(text, withGone) {
    let seen = 0;
    for (const { view, row } of this.#rows.values()) {
      row.hidden = (Boolean(view.state) && !withGone) || !row.textContent.toLowerCase().includes(text);
      seen += row.hidden ? 0 : 1;
    }
    this.#count.textContent = String(seen);
    this.element.hidden = seen === 0;
    return seen;
  }
}
