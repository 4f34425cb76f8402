/** One chat: the bot as one person sees it. Several can stand side by side. */
import { fill, h, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { api } from "./api.js";
import { alertDialog, messageDialog } from "./dialogs.js";
import { avatar } from "./people.js";
import { keyboard } from "./keyboard.js";
import { rich } from "./entities.js";
import { Composer } from "./composer.js";
import { MessageLog } from "./log.js";
import { attempt, notify, toast } from "./notices.js";
import { openMenu } from "./menu.js";
import { personItems } from "./person_menu.js";
import { drawReplyKeys } from "./replykeys.js";
import { Taps } from "./taps.js";
import { pieces } from "./words.js";

const STATES = { starting: "starting…", running: "bot", stopped: "stopped" };

export class Pane {
  /** @param {{store: object, id: number, desk: object}} options `desk` opens and closes panes (see desk.js) */
  constructor({ store, id, desk }) {
    Object.assign(this, { store, id, desk });
    this.offer = null; // the payload of a deep link that was opened here
    this.taps = new Taps({
      press: (messageId, data) => attempt(() => api.tap(id, messageId, data)),
      redraw: (messageId) => this.log.redraw(messageId),
      answered: (answer) => this.answered(answer),
      late: () => toast(this.toasts, "The bot did not answer this button."),
    });
    this.toasts = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
    this.head = h("header", { class: "head" });
    this.trouble = h("div", { class: "trouble", role: "alert", hidden: true });
    this.replyKeys = h("div", { class: "reply-keys", role: "group", "aria-label": "Suggested answers", hidden: true });
    this.log = new MessageLog({ store, id, context: this.context(), empty: () => this.empty() });
    this.composer = new Composer(this.composerActions());
    this.composer.element.append(this.replyKeys);
    this.element = h("section", { class: "pane", data: { person: id } },
      this.head, this.trouble, h("div", { class: "middle" }, this.log.element, this.toasts), this.composer.element);
    this.element.addEventListener("focusin", () => desk.activate(id));
    this.element.addEventListener("pointerdown", (event) => {
      desk.activate(id);
      if (!this.composer.element.contains(event.target)) this.composer.closeCommands();
    });
    this.stops = [
      store.on("chat", (detail) => detail.id === id && this.chatChanged(detail)),
      store.on("bot", () => this.draw()),
      store.on("answer", (answer) => this.taps.answer(answer)),
      store.on("answer", (answer) => this.composer.cards.answer(answer)),
    ];
    this.draw();
    this.log.update();
  }

  destroy() {
    for (const stop of this.stops) stop();
    this.log.destroy();
    this.element.remove();
  }

  get person() {
    return this.store.person(this.id);
  }

  context() {
    return {
      own: (message) => this.store.isOwn(this.id, message),
      botName: () => this.store.bot.name,
      waiting: (messageId, data) => this.taps.has(messageId, data),
      tap: (messageId, data) => this.taps.press(messageId, data),
      vote: (messageId, options) => attempt(() => api.vote(this.id, messageId, options)),
      copy: (text) => this.copy(text),
      unsupported: (kind) => notify(`A "${kind}" button works in Telegram only.`),
      edit: (message) => this.composer.edit(message),
      actions: { command: (text) => this.say(text), start: (payload) => this.offerStart(payload), bot: this.store.bot.username },
    };
  }

  composerActions() {
    const { id } = this;
    return {
      id,
      commands: () => this.person?.commands ?? [],
      say: (text) => this.say(text),
      sendOther: (kind, caption) => attempt(() => api.sendOther(id, kind, caption)),
      saveEdit: (messageId, text) => attempt(() => api.edit(id, messageId, text)),
      editLast: () => this.editLast(),
      inline: {
        bot: () => this.store.bot.username,
        ask: (query) => attempt(() => api.askInline(id, query)),
        choose: (card) => this.showCard(card),
        start: (payload) => this.leaveCards(payload),
      },
      unblock: () => attempt(() => api.unblock(id)),
    };
  }

  chatChanged({ kind }) {
    if (!this.person) return;
    if (kind === "typing") this.log.showTyping();
    else if (kind === "read") this.log.showJump();
    else this.log.update({ fresh: kind === "added" || kind === "edited" });
    this.draw();
  }

  /** Everything around the messages. */
  draw() {
    if (!this.person) return;
    this.drawHead();
    this.drawTrouble();
    drawReplyKeys(this.replyKeys, this.person.keyboard, {
      say: (text) => this.say(text),
      sendOther: (kind) => attempt(() => api.sendOther(this.id, kind)),
    });
    this.element.setAttribute("aria-label", `Chat of ${this.person.name} with ${this.store.bot.name}`);
    const start = this.offer ? `/start ${this.offer}` : this.person.chat.length === 0 ? "/start" : null;
    this.composer.setMode({ start, blocked: this.person.blocked });
  }

  drawHead() {
    const { bot, process } = this.store;
    const typing = (this.person.typing?.until ?? 0) > Date.now();
    const mark = JSON.stringify([bot.name, bot.short_description, process.state, typing, this.person.name, this.person.id]);
    if (mark === this.headMark) return;
    this.headMark = mark;
    const status = typing ? "typing…" : process.state === "running" && bot.short_description ? bot.short_description : STATES[process.state];
    const more = h("button", { type: "button", class: "who", "aria-haspopup": "menu", "aria-label": `${this.person.name}: more`, title: this.person.name, onclick: () => this.openMore(more) },
      avatar(this.person, "small"), h("span", { class: "who-name", dir: "auto" }, this.person.name), icon("chevron"));
    fill(this.head,
      iconButton(icon("back"), "Back to the list of people", () => this.desk.back(), { class: "round only-narrow" }),
      h("img", { class: "bot-face", src: "/assets/img/logo.svg", alt: "", width: 42, height: 42 }),
      h("div", { class: "head-words" },
        h("h2", { dir: "auto" }, bot.name),
        h("p", { class: `status status-${process.state}`, dir: "auto", title: status }, status)),
      iconButton(icon("restart"), "Restart the bot", () => this.restart(), { class: "round restart only-wide", disabled: process.state === "starting" }),
      more,
      iconButton(icon("close"), "Close this chat", () => this.desk.close(this.id), { class: "round only-beside" }));
  }

  drawTrouble() {
    const { state, detail } = this.store.process;
    this.trouble.hidden = state !== "stopped";
    fill(this.trouble,
      h("div", {}, h("b", {}, "The bot is not running. "), detail && h("code", { dir: "ltr" }, detail)),
      h("button", { type: "button", class: "solid", onclick: () => this.restart() }, "Start it again"));
  }

  openMore(anchor) {
    openMenu(anchor, [...personItems(this.person, this.desk), null, { label: "Restart the bot", icon: "restart", run: () => this.restart() }]);
  }

  empty() {
    const { bot } = this.store;
    return h("div", { class: "empty-chat" },
      h("img", { src: "/assets/img/logo.svg", alt: "", width: 72, height: 72 }),
      h("h3", { dir: "auto" }, bot.name),
      bot.description && h("p", { class: "about", dir: "auto" }, bot.description),
      h("p", { class: "private" }, icon("lock"), h("span", {}, "Everything here runs on your computer. Nobody on Telegram sees it.")));
  }

  answered({ text, show_alert: alert, url }) {
    if (url) window.open(url, "_blank", "noopener");
    if (!text) return;
    if (alert) alertDialog(this.store.bot.name, text);
    else toast(this.toasts, text);
  }

  /** Send what was written, in as many messages as Telegram would need. Resolves to false if it did not get out. */
  async say(text) {
    for (const piece of pieces(text)) {
      if (!(await attempt(() => api.say(this.id, piece)))) return false;
    }
    if (this.offer && text.startsWith("/start")) {
      this.offer = null;
      this.draw();
      this.composer.focus();
    }
    return true;
  }

  offerStart(payload) {
    this.offer = payload || null;
    if (this.offer) this.draw();
    else this.say("/start");
    this.composer.focus();
  }

  /** What a card sends to the chat that it was chosen in, which is none of ours. */
  showCard({ title, message }) {
    const dialog = messageDialog(title, []);
    const context = { ...this.context(), actions: { ...this.context().actions, start: (payload) => {
      dialog.close();
      this.leaveCards(payload);
    } } };
    dialog.firstChild.after(h("div", { class: "text card-text", dir: "auto" }, rich(message.text, message.entities, context.actions)), keyboard({ message_id: 0, ...message }, context) ?? "");
  }

  leaveCards(payload) {
    this.composer.setText("");
    this.offerStart(payload);
  }

  editLast() {
    const last = this.person.chat.findLast((message) => this.store.isOwn(this.id, message) && message.text !== undefined);
    if (last) this.composer.edit(last);
  }

  async copy(text) {
    await navigator.clipboard.writeText(text).then(() => toast(this.toasts, "Copied"), () => toast(this.toasts, `Copy this by hand: ${text}`));
  }

  restart() {
    attempt(() => api.restartBot());
  }
}
