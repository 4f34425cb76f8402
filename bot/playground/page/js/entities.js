/**
 * A message's text and its entities as nodes. Offsets are UTF-16 units, which is what JavaScript strings count in,
 * so no conversion is needed. https://core.telegram.org/bots/api#messageentity
 */
import { h } from "./dom.js";
import { icon } from "./icons.js";

const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);
const SAFE_LINK = /^(?:https?|tg|mailto|tel):/iu;

/**
 * @param {string} text
 * @param {Array<object>} entities Bot API entities, in any order
 * @param {{command?: (text: string) => void, start?: (payload: string) => void, bot?: string}} actions what a tap does
 * @returns {Node[]}
 */
export function rich(text, entities = [], actions = {}) {
  const ordered = entities
    .map((entity) => ({ ...entity, end: entity.offset + entity.length }))
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  return spans(text, 0, text.length, ordered, actions);
}

/** Nodes for text[start:end]; `entities` lie inside it, the outer ones first. */
function spans(text, start, end, entities, actions) {
  const nodes = [];
  let at = start;
  for (let i = 0; i < entities.length; i += 1) {
    const entity = entities[i];
    if (entity.offset < at || entity.offset >= end) continue;
    const stop = Math.min(entity.end, end);
    const inner = [];
    while (i + 1 < entities.length && entities[i + 1].offset < stop) inner.push(entities[(i += 1)]);
    const block = BLOCKS.has(entity.type);
    let before = text.slice(at, entity.offset);
    if (block && before.endsWith("\n")) before = before.slice(0, -1);
    if (before) nodes.push(before);
    nodes.push(element(entity, text.slice(entity.offset, stop), spans(text, entity.offset, stop, inner, actions), actions));
    at = block && text[stop] === "\n" && stop < end ? stop + 1 : stop;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

const WRAPPERS = {
  bold: (_, __, inner) => h("strong", {}, inner),
  italic: (_, __, inner) => h("em", {}, inner),
  underline: (_, __, inner) => h("u", {}, inner),
  strikethrough: (_, __, inner) => h("s", {}, inner),
  code: (_, plain) => h("code", { dir: "ltr" }, plain),
  pre: (entity, plain) => h("pre", { dir: "ltr", tabindex: "0" }, entity.language && h("b", {}, entity.language), h("code", {}, plain)),
  blockquote: (_, __, inner) => h("blockquote", { dir: "auto" }, inner),
  expandable_blockquote: (_, __, inner) => expandable(inner),
  spoiler: (_, __, inner) => spoiler(inner),
  text_link: (entity, _, inner, actions) => link(entity.url, inner, actions),
  url: (_, plain, inner, actions) => link(/^[a-z][a-z0-9+.-]*:/iu.test(plain) ? plain : `https://${plain}`, inner, actions),
  email: (_, plain, inner, actions) => link(`mailto:${plain}`, inner, actions),
  phone_number: (_, plain, inner, actions) => link(`tel:${plain.replace(/[^+\d]/gu, "")}`, inner, actions),
  mention: (_, plain, inner, actions) => link(`https://t.me/${plain.slice(1)}`, inner, actions),
  bot_command: (_, plain, inner, actions) =>
    h("button", { type: "button", class: "command-link", onclick: () => actions.command?.(plain) }, inner),
};

function element(entity, plain, inner, actions) {
  const wrap = WRAPPERS[entity.type];
  return wrap ? wrap(entity, plain, inner, actions) : h("span", { class: `entity entity-${entity.type}` }, inner);
}

/** A link that opens in a new tab; a deep link to this very bot is offered here instead of leaving for Telegram. */
export function link(url, inner, actions = {}, attributes = {}) {
  if (!SAFE_LINK.test(url ?? "")) return h("span", { title: "This kind of link is not opened" }, inner);
  const payload = startPayload(url, actions.bot);
  const onclick = payload === null ? undefined : (event) => {
    event.preventDefault();
    actions.start?.(payload);
  };
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer", onclick, title: url, ...attributes }, inner);
}

/** The payload of `https://t.me/<bot>?start=payload` (empty without one), or null when the link leads elsewhere. */
export function startPayload(url, bot) {
  if (!bot || !URL.canParse(url)) return null;
  const target = new URL(url);
  const name = target.pathname.replaceAll("/", "");
  if (target.hostname !== "t.me" || name.toLowerCase() !== bot.toLowerCase()) return null;
  return target.searchParams.get("start") ?? "";
}

function spoiler(inner) {
  const cover = h("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text. Press to show it." }, h("span", {}, inner));
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    cover.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) cover.removeAttribute(name);
  };
  cover.addEventListener("click", reveal, { once: true });
  cover.addEventListener("keydown", reveal);
  return cover;
}

/** A quote of which three lines are seen until it is opened. Short ones need no opening, and get no button. */
function expandable(inner) {
  const text = h("div", { class: "quote-text" }, inner);
  const toggle = h("button", { type: "button", class: "quote-toggle", "aria-expanded": "false", "aria-label": "Show all of the quote" }, icon("chevron"));
  const quote = h("blockquote", { class: "expandable", dir: "auto", data: { state: "closed" } }, text, toggle);
  const flip = () => {
    const open = quote.dataset.state === "closed";
    quote.dispatchEvent(new CustomEvent("unfold", { bubbles: true }));
    quote.dataset.state = open ? "open" : "closed";
    toggle.setAttribute("aria-expanded", String(open));
    toggle.setAttribute("aria-label", open ? "Show less of the quote" : "Show all of the quote");
  };
  quote.addEventListener("click", (event) => {
    const chosen = String(getSelection()) !== "";
    if (quote.classList.contains("fits") || chosen || event.target.closest("a, .command-link, .spoiler:not(.shown)")) return;
    flip();
  });
  new ResizeObserver(() => {
    if (quote.dataset.state === "closed") quote.classList.toggle("fits", text.scrollHeight <= text.clientHeight + 1);
  }).observe(text);
  return quote;
}
