/** One message as a bubble with its attachment, text, marks and keyboard. */
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { rich } from "./entities.js";
import { attachment } from "./attachment.js";
import { keyboard } from "./keyboard.js";
import { clockTime, fullTime, loneEmoji, summary } from "./words.js";

/** @returns {HTMLElement} the message; `context` says whose it is and what a tap does (see pane.js). */
export function bubble(message, context) {
  const own = context.own(message);
  const text = message.text ?? message.caption ?? "";
  const big = message.text && !message.entities?.length ? loneEmoji(message.text) : 0;
  const thing = attachment(message, context);
  const bare = big > 0 || (message.sticker && !text);
  const words = text && h("div", { class: big ? `text emoji-${big}` : "text", dir: "auto" }, rich(text, message.entities ?? message.caption_entities, context.actions));
  // The time stands at the end of the last line; below, where the text ends in a block or there is none.
  const end = words ? words.lastChild : null;
  const inline = words && big === 0 && !(end instanceof HTMLElement && end.matches("blockquote, pre"));
  if (inline) words.append(meta(message));
  const body = h("div", { class: `bubble${bare ? " bare" : ""}${thing ? " with-thing" : ""}` },
    message.reply_to_message && reply(message.reply_to_message),
    thing,
    words,
    !inline && meta(message),
    tail());
  return h("article", {
    class: `message ${own ? "own" : "theirs"}`,
    data: { id: message.message_id },
    "aria-label": `${own ? "You" : context.botName()}, ${clockTime(message.date)}`,
  },
  h("div", { class: "message-column" },
    body,
    keyboard(message, context),
    message.reactions?.length > 0 && h("div", { class: "reactions" }, message.reactions.map((mark) => h("span", { class: "reaction" }, mark.emoji ?? "★")))),
  own && message.text !== undefined && editButton(message, context));
}

function meta(message) {
  const edited = message.edit_date !== undefined;
  return h("span", { class: "meta", dir: "ltr" },
    edited && h("span", { class: "edited", title: `Edited ${fullTime(message.edit_date)}` }, "edited"),
    h("time", { datetime: new Date(message.date * 1000).toISOString(), title: fullTime(message.date) }, clockTime(message.date)));
}

function reply(original) {
  return h("div", { class: "reply", dir: "auto" }, summary(original));
}

function tail() {
  return h("span", { class: "tail", "aria-hidden": "true" });
}

function editButton(message, context) {
  return h("button", { type: "button", class: "round edit-own", "aria-label": "Edit this message", title: "Edit", tabindex: "-1", onclick: () => context.edit(message) }, icon("edit"));
}
