/** The lower edge of a chat: the field, the commands, what else can be sent, and the Start button of an empty chat. */
import { HAS_KEYS, fill, h, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { CommandMenu } from "./commands.js";
import { InlineCards } from "./inline.js";
import { openMenu } from "./menu.js";

const LIMIT = 4096;
const OTHERS = [
  ["photo", "Photo", "photo"], ["document", "File", "document"], ["voice", "Voice message", "voice"],
  ["sticker", "Sticker", "sticker"], ["video", "Video", "video"], ["location", "Location", "location"],
  ["contact", "Contact", "contact"], ["poll", "Poll", "poll"], ["dice", "Dice", "dice"],
];
const CAPTIONED = ["photo", "document", "voice", "video"];

const keepFocus = (event) => event.preventDefault();

export class Composer {
  /** @param {{id: number, commands: Function, say: Function, saveEdit: Function, inline: object, sendOther: Function, editLast: Function, unblock: Function}} actions */
  constructor(actions) {
    this.actions = actions;
    this.editing = null;
    this.menu = new CommandMenu({ id: `commands-${actions.id}`, commands: actions.commands, choose: (command) => this.sendText(`/${command}`) });
    this.cards = new InlineCards(actions.inline);
    this.field = this.makeField();
    this.note = h("div", { class: "composer-note", hidden: true });
    this.counter = h("span", { class: "counter", role: "status", hidden: true });
    this.commandsButton = h("button", { type: "button", class: "commands-button", "aria-label": "Commands of the bot", onmousedown: keepFocus, onclick: () => this.toggleCommands() }, icon("menu"), h("span", {}, "Menu"));
    this.attach = iconButton(icon("attach"), "Send something else", () => this.openAttach(), { "aria-haspopup": "menu" });
    this.send = h("button", { type: "submit", class: "round send", "aria-label": "Send", title: "Send" }, icon("send"));
    this.form = h("form", { class: "composer", onsubmit: (event) => this.submit(event) },
      this.commandsButton, h("div", { class: "field" }, this.field, this.counter, this.attach), this.send);
    this.bar = h("div", { class: "start-bar", hidden: true });
    this.element = h("div", { class: "foot" }, this.menu.element, this.cards.element, this.note, this.form, this.bar);
  }

  makeField() {
    return h("textarea", {
      rows: "1", dir: "auto", placeholder: "Message", "aria-label": "Message to the bot", autocomplete: "off", enterkeyhint: "send",
      role: "combobox", "aria-expanded": "false", "aria-controls": `commands-${this.actions.id}`, "aria-autocomplete": "list",
      oninput: () => this.typed(), onkeydown: (event) => this.key(event), onblur: () => this.closeCommands(),
    });
  }

  /** Show the field, a Start button, or that the bot is blocked. `start`: null, or the text that the button sends. */
  setMode({ start = null, blocked = false }) {
    const button = (label, onclick) => h("button", { type: "button", class: "solid start", onclick }, label);
    const mode = blocked ? "blocked" : start;
    if (mode === this.mode) return;
    this.mode = mode;
    const focused = this.element.contains(document.activeElement);
    this.form.hidden = blocked || start !== null;
    this.bar.hidden = !this.form.hidden;
    if (blocked) fill(this.bar, button("Unblock the bot", () => this.actions.unblock()));
    else if (start !== null) fill(this.bar, button("Start", () => this.actions.say(start)), start !== "/start" && h("code", { class: "start-text" }, start));
    else fill(this.bar);
    if (focused) this.focus();
  }

  focus() {
    if (!HAS_KEYS.matches) return;
    (this.form.hidden ? this.bar.querySelector("button") : this.field)?.focus({ preventScroll: true });
  }

  /** Put the field in order after its text changed, by hand or by program. */
  typed() {
    this.menu.filter(this.field.value);
    this.cards.typed(this.field.value);
    const over = this.field.value.length > LIMIT - 200;
    const parts = Math.ceil(this.field.value.length / LIMIT);
    this.counter.hidden = !over;
    this.counter.textContent = parts > 1 ? `goes out as ${parts} messages` : `${LIMIT - this.field.value.length} left`;
    this.field.setAttribute("aria-expanded", String(this.menu.open));
    this.describe();
    this.field.style.setProperty("height", "auto");
    this.field.style.setProperty("height", `${this.field.scrollHeight}px`);
    this.form.classList.toggle("written", this.field.value.trim() !== "");
  }

  describe() {
    if (this.menu.active) this.field.setAttribute("aria-activedescendant", this.menu.active);
    else this.field.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (event.isComposing) return;
    if (this.menu.open && this.menuKey(event)) return;
    if (event.key === "Enter" && !event.shiftKey) this.submit(event);
    else if (event.key === "Escape" && this.editing) this.stopEditing();
    else if (event.key === "ArrowUp" && this.field.value === "" && !event.altKey) this.actions.editLast();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  menuKey(event) {
    const moves = {
      ArrowDown: () => this.menu.move(1),
      ArrowUp: () => this.menu.move(-1),
      Enter: () => this.sendText(`/${this.menu.current}`),
      Tab: () => this.setText(`/${this.menu.current} `),
      Escape: () => this.closeCommands(),
    };
    if (!moves[event.key] || event.altKey || event.shiftKey) return false;
    event.preventDefault();
    event.stopPropagation();
    moves[event.key]();
    this.describe();
    return true;
  }

  toggleCommands() {
    if (this.menu.open) this.closeCommands();
    else this.setText("/");
    if (HAS_KEYS.matches) this.field.focus();
  }

  /** Close the list; the slash that only opened it goes too. */
  closeCommands() {
    if (this.field.value === "/") this.setText("");
    this.menu.hide();
    this.field.setAttribute("aria-expanded", "false");
    this.describe();
  }

  /** The "/" key anywhere on the page: into the field, with the list of commands if it is empty. */
  slash() {
    if (!this.form.hidden && this.field.value === "") this.setText("/");
    this.focus();
  }

  setText(text) {
    this.field.value = text;
    this.typed();
  }

  async submit(event) {
    event.preventDefault();
    const text = this.field.value;
    if (text.trim() === "") return;
    await (this.editing ? this.finishEdit(text) : this.sendText(text));
  }

  /** Send; the text stays in the field if it could not be sent. */
  async sendText(text) {
    this.setText("");
    if (HAS_KEYS.matches) this.field.focus();
    if (!(await this.actions.say(text)) && this.field.value === "") this.setText(text);
  }

  edit(message) {
    this.editing = message;
    fill(this.note, icon("edit"), h("span", {}, "Editing your message"), iconButton(icon("close"), "Stop editing", () => this.stopEditing()));
    this.note.hidden = false;
    this.setText(message.text);
    this.field.focus();
  }

  stopEditing() {
    this.editing = null;
    this.note.hidden = true;
    this.setText("");
    this.field.focus();
  }

  async finishEdit(text) {
    if (await this.actions.saveEdit(this.editing.message_id, text)) this.stopEditing();
  }

  openAttach() {
    openMenu(this.attach, OTHERS.map(([kind, label, glyph]) => ({ label, icon: glyph, run: () => this.sendOther(kind) })));
  }

  /** As in Telegram, the words in the field go below what is attached, if it can have any; they stay if it could not be sent. */
  async sendOther(kind) {
    const caption = this.editing || !CAPTIONED.includes(kind) ? "" : this.field.value.trim();
    if (caption) this.setText("");
    if (!(await this.actions.sendOther(kind, caption)) && caption && this.field.value === "") this.setText(caption);
  }
}
