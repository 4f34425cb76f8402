/** A JSON value, indented and coloured. Strings that hold JSON themselves (as forms send them) are opened up. */
import { h } from "./dom.js";

export function jsonView(value) {
  return h("pre", { class: "json", tabindex: "0", dir: "ltr" }, nodes(opened(value), ""));
}

function opened(value) {
  if (typeof value === "string" && /^[[{]/u.test(value)) {
    try {
      return JSON.parse(value);
    } catch {
      return value; // it only looked like JSON
    }
  }
  if (Array.isArray(value)) return value.map(opened);
  if (value !== null && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, opened(inner)]));
  return value;
}

function nodes(value, indent) {
  if (Array.isArray(value)) return group("[", "]", value.map((inner) => nodes(inner, `${indent}  `)), indent);
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).map(([key, inner]) => [h("span", { class: "json-key" }, JSON.stringify(key)), ": ", ...nodes(inner, `${indent}  `)]);
    return group("{", "}", entries, indent);
  }
  return [h("span", { class: `json-${value === null ? "null" : typeof value}` }, JSON.stringify(value) ?? "null")];
}

function group(open, close, entries, indent) {
  if (entries.length === 0) return [open + close];
  const lines = entries.flatMap((entry, index) => [`\n${indent}  `, ...entry, index < entries.length - 1 ? "," : ""]);
  return [open, ...lines, `\n${indent}`, close];
}
