/**
 * Makes one tree of elements like another one, and touches nothing that is alike already: focus, selection and what the
 * reader opened stay. Elements are told apart by `data-key`, `id` or their place.
 */

const key = (node) => node.nodeType === Node.ELEMENT_NODE ? node.dataset?.key ?? (node.id || null) : null;
const alike = (one, other) => one.nodeType === other.nodeType && one.nodeName === other.nodeName && key(one) === key(other);

/** What the reader did to an element stays: the page never says it. */
const READERS = { DETAILS: ["open"], INPUT: ["value", "checked"] };

function attributes(old, fresh) {
  const kept = READERS[old.nodeName] ?? [];
  let changed = false;
  for (const { name } of [...old.attributes]) {
    if (fresh.hasAttribute(name) || kept.includes(name) || (name === "class" && old.classList.contains("changed"))) continue;
    old.removeAttribute(name);
    changed = true;
  }
  for (const { name, value } of fresh.attributes) {
    if (kept.includes(name) || old.getAttribute(name) === value) continue;
    if (name === "class" && old.classList.contains("changed") && old.className.replace(/ ?changed/, "") === value) continue;
    old.setAttribute(name, value);
    changed = true;
  }
  return changed;
}

/**
 * @param {Element} old  becomes like `fresh`, which is used up
 * @param {(row: HTMLElement) => void} news  is told of each keyed row, and whatever else has a name, that is new or changed
 * @returns {boolean} whether anything changed
 */
export function morph(old, fresh, news) {
  let changed = attributes(old, fresh);
  // Times tell their distance by themselves.
  if (old.nodeName === "TIME" && !changed) return false;
  const keyed = new Map([...old.children].filter(key).map((child) => [key(child), child]));
  let next = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    const known = keyed.get(key(child));
    const same = known && alike(known, child) ? known : next && !key(child) && alike(next, child) ? next : null;
    if (same === null) {
      const made = document.importNode(child, true);
      old.insertBefore(made, next);
      for (const row of made.nodeType === Node.ELEMENT_NODE ? [made, ...made.querySelectorAll("[data-name]")] : []) told(row, news);
      changed = true;
      continue;
    }
    if (same === next) next = next.nextSibling;
    else { old.insertBefore(same, next); changed = true; }
    changed = become(same, child, news) || changed;
  }
  while (next) { const gone = next; next = next.nextSibling; gone.remove(); changed = true; }
  return changed;
}

function become(node, fresh, news) {
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (node.nodeValue === fresh.nodeValue) return false;
    node.nodeValue = fresh.nodeValue;
    return true;
  }
  const changed = morph(node, fresh, news);
  if (changed) told(node, news);
  return changed;
}

function told(node, news) {
  if (node.dataset?.key && (node.dataset.name || node.nodeName === "TR")) news(node);
}
