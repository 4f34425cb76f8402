/** The inline keyboard under a message. One stop for the Tab key; arrow keys move between its buttons. */
import { append, h } from "./dom.js";
import { icon } from "./icons.js";
import { link } from "./entities.js";

/**
 * @param {object} message
 * @param {{tap: Function, waiting: Function, copy: Function, unsupported: Function, actions: object}} context
 */
export function keyboard(message, context) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  const lines = rows.map((row, y) =>
    h("div", { class: "keys" }, row.map((button, x) => place(key(button, message, context), button, x, y))));
  const board = h("div", { class: "keyboard", role: "group", "aria-label": "Buttons of this message" }, lines);
  rove(board);
  return board;
}

function place(element, button, x, y) {
  Object.assign(element.dataset, { x, y });
  if (button.callback_data !== undefined) element.dataset.data = button.callback_data;
  element.tabIndex = x === 0 && y === 0 ? 0 : -1;
  return element;
}

function key(button, message, context) {
  const style = ["primary", "success", "danger"].includes(button.style) ? ` key-${button.style}` : "";
  const face = (mark) => [h("span", { class: "key-text", dir: "auto" }, button.text), mark && icon(mark)];
  const press = (onclick, mark, extra = {}) =>
    h("button", { type: "button", class: `key${style}`, title: button.text, onclick, ...extra }, face(mark));
  if (button.url) {
    return append(link(button.url, [], context.actions, { class: `key${style}`, "aria-label": `${button.text} (opens ${button.url})` }), face("link"));
  }
  if (button.copy_text) return press(() => context.copy(button.copy_text.text), "copy");
  if (button.callback_data !== undefined) {
    const busy = context.waiting(message.message_id, button.callback_data);
    const extra = { "aria-busy": busy ? "true" : undefined };
    const element = press(() => context.tap(message.message_id, button.callback_data), null, extra);
    if (busy) element.classList.add("busy");
    return element;
  }
  return press(() => context.unsupported(Object.keys(button).find((name) => name !== "text" && name !== "style")));
}

function rove(board) {
  const at = (x, y) => board.querySelector(`[data-x="${x}"][data-y="${y}"]`);
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  board.addEventListener("keydown", (event) => {
    const move = moves[event.key];
    const from = event.target.closest(".key");
    if (!move || !from || event.altKey || event.ctrlKey || event.metaKey) return;
    const x = Number(from.dataset.x) + move[0];
    const y = Number(from.dataset.y) + move[1];
    const next = at(x, y) ?? (move[1] ? at(0, y) : null);
    if (!next) return;
    event.preventDefault();
    focusKey(board, next);
  });
  board.addEventListener("focusin", (event) => focusKey(board, event.target, false));
}

function focusKey(board, key, move = true) {
  for (const other of board.querySelectorAll(".key")) other.tabIndex = other === key ? 0 : -1;
  if (move) key.focus();
}

/**
 * After a message was replaced while one of its buttons had the focus: the button with the same meaning,
 * else the one in the same place, else the first.
 */
export function sameKey(board, old) {
  const keys = [...board.querySelectorAll(".key")];
  return keys.find((key) => old.data !== undefined && key.dataset.data === old.data)
    ?? keys.find((key) => key.dataset.x === old.x && key.dataset.y === old.y)
    ?? keys[0];
}
