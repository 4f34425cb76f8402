/** The keyboard that a bot can put in place of the letters: its buttons write their text, or share what they ask for. */
import { arrange, h } from "./dom.js";
import { icon } from "./icons.js";

/** Draw the reply keyboard `markup` (or none) into `place`. */
export function drawReplyKeys(place, markup, { say, sendOther }) {
  const mark = JSON.stringify(markup ?? null);
  if (place.dataset.mark === mark) return;
  place.dataset.mark = mark;
  const rows = markup?.keyboard ?? [];
  place.hidden = rows.length === 0;
  arrange(place, rows.map((row) => h("div", { class: "keys" }, row.map((button) => replyKey(button, say, sendOther)))));
}

function replyKey(button, say, sendOther) {
  const { text } = typeof button === "string" ? { text: button } : button;
  const shared = button.request_location ? "location" : button.request_contact ? "contact" : null;
  return h("button", { type: "button", class: "key", onclick: () => (shared ? sendOther(shared) : say(text)) },
    h("span", { class: "key-text", dir: "auto" }, text), shared && icon(shared));
}
