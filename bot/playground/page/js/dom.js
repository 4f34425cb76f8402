/**
 * Building the page from nodes. Nothing in this folder parses markup: a name or a message is always a text node,
 * so it can never become an element.
 */

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "open", "selected", "tabIndex", "readOnly"]);

/** An element: `h("button", {class: "round", onclick: press, "aria-label": "Send"}, icon("send"))`. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "data") Object.assign(element.dataset, value);
    else if (PROPERTIES.has(name)) element[name] = value;
    else if (value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

/** Append strings as text, nodes as they are; skip what is null, undefined or false. */
export function append(element, children) {
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

/** Replace everything inside `element`. */
export function fill(element, ...children) {
  element.replaceChildren();
  return append(element, children);
}

/** Make `wanted` the children of `parent`, leaving those that are already in place untouched. */
export function arrange(parent, wanted) {
  const kept = new Set(wanted);
  for (const child of [...parent.children]) if (!kept.has(child)) child.remove();
  wanted.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
}

/** A round button that shows an icon only; `label` is its name for everybody who can't see it, and its tooltip. */
export function iconButton(glyph, label, onclick, attributes = {}) {
  return h("button", { type: "button", class: "round", "aria-label": label, title: label, onclick, ...attributes }, glyph);
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
/** Where there is a keyboard; on a phone the focus would open one over half of the chat. */
export const HAS_KEYS = matchMedia("(hover: hover)");

export const narrow = () => matchMedia("(max-width: 759px)").matches;
