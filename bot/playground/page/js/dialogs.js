/** Windows over the page, as native dialogs: they hold the focus, close with Escape and give the focus back. */
import { h } from "./dom.js";
import { LANGUAGES, languageName } from "./words.js";

function show(dialog) {
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // outside of the box itself
  });
  dialog.showModal();
}

let number = 0;

function frame(title, role = "dialog") {
  const id = `dialog-${(number += 1)}`;
  return h("dialog", { class: "dialog", role, "aria-labelledby": id }, h("h2", { id, dir: "auto" }, title));
}

/**
 * Ask for a person's name and language. `save(name, language)` may reject, and the dialog then stays with the reason;
 * else `done` gets what it resolved to, once the dialog is closed.
 */
export function personDialog({ title, action, name = "", language = "en", save, done }) {
  const dialog = frame(title);
  const codes = LANGUAGES.includes(language) ? LANGUAGES : [language, ...LANGUAGES];
  const field = h("input", { type: "text", name: "name", maxlength: "64", required: true, autocomplete: "off", dir: "auto", value: name });
  const choice = h("select", { name: "language" }, codes.map((code) => h("option", { value: code, selected: code === language }, `${languageName(code)} (${code})`)));
  const fault = h("p", { class: "fault", role: "alert" });
  const send = async (event) => {
    event.preventDefault();
    try {
      const saved = await save(field.value.trim(), choice.value);
      dialog.close();
      done?.(saved);
    } catch (error) {
      fault.textContent = error.message;
    }
  };
  dialog.append(h("form", { method: "dialog", onsubmit: send },
    h("label", {}, h("span", {}, "Name"), field),
    h("label", {}, h("span", {}, "Language of their Telegram app"), choice),
    fault,
    h("div", { class: "dialog-actions" },
      h("button", { type: "button", class: "quiet", onclick: () => dialog.close() }, "Cancel"),
      h("button", { type: "submit", class: "solid" }, action))));
  show(dialog);
  field.select();
}

/** Ask before something that can't be undone. */
export function confirmDialog({ title, text, action, run }) {
  const dialog = frame(title, "alertdialog");
  dialog.append(
    h("p", {}, text),
    h("div", { class: "dialog-actions" },
      h("button", { type: "button", class: "quiet", onclick: () => dialog.close() }, "Cancel"),
      h("button", { type: "button", class: "solid danger", onclick: () => {
        dialog.close();
        run();
      } }, action)));
  show(dialog);
}

/** What the bot says with `show_alert`: it stays until it is confirmed. */
export function alertDialog(title, text) {
  const dialog = frame(title, "alertdialog");
  dialog.append(
    h("p", { class: "alert-text", dir: "auto" }, text),
    h("div", { class: "dialog-actions" }, h("button", { type: "button", class: "solid", autofocus: true, onclick: () => dialog.close() }, "OK")));
  show(dialog);
}

/** A message in a window of its own; returns the window, which can be closed. */
export function messageDialog(title, nodes) {
  const dialog = frame(title);
  dialog.append(...nodes, h("div", { class: "dialog-actions" }, h("button", { type: "button", class: "solid", onclick: () => dialog.close() }, "Close")));
  show(dialog);
  return dialog;
}

const KEYS = [
  ["/", "Write to the bot, or open its commands"], ["@bot words", "What it offers in any chat: type its name first"], ["↑", "In an empty field: edit your last message"], ["Enter", "Send"],
  ["Shift + Enter", "New line"], ["Alt + ↑ ↓", "Previous or next person"], ["Alt + W", "Show or hide the wire"],
  ["Arrows", "Move between the buttons of a message"], ["Esc", "Close, or back to the list"],
];

export function keysDialog() {
  const dialog = frame("Keyboard");
  dialog.append(
    h("dl", { class: "keys-list" }, KEYS.map(([key, does]) => h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, does)))),
    h("div", { class: "dialog-actions" }, h("button", { type: "button", class: "solid", autofocus: true, onclick: () => dialog.close() }, "Close")));
  show(dialog);
}
