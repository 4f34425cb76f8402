/** The messages of one chat: kept in step with the store by replacing only what changed, and scrolled with care. */
import { arrange, calm, h, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { bubble } from "./bubble.js";
import { sameKey } from "./keyboard.js";
import { dayLabel, sameDay } from "./words.js";

const TOGETHER = 300; // seconds within which messages of one side stand close, with one tail
const NEAR = 80; // pixels from the end that still count as being at the end

export class MessageLog {
  /** @param {{store: object, id: number, context: object, empty: () => Node}} options */
  constructor({ store, id, context, empty }) {
    Object.assign(this, { store, id, context, empty });
    this.shown = new Map(); // message id -> {node, mark}; the mark tells whether it changed
    this.days = new Map(); // label -> node, kept so that screen readers hear of a day once
    this.list = h("div", { class: "messages", role: "log", "aria-live": "polite", "aria-label": "Messages", tabindex: "0" });
    this.typing = h("div", { class: "typing", role: "status", hidden: true }, h("i"), h("i"), h("i"), h("span", { class: "unseen" }, "The bot is typing"));
    this.count = h("span", { class: "badge" });
    this.jump = iconButton(icon("arrowDown"), "Go to the newest message", () => this.jumpOn(), { class: "round jump", hidden: true });
    this.jump.append(this.count);
    this.column = h("div", { class: "column" }, this.list, this.typing);
    this.scroller = h("div", { class: "scroller" }, this.column);
    this.element = h("div", { class: "log" }, this.scroller, this.jump);
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.list.addEventListener("unfold", () => {
      this.atEnd = false; // a quote opens downwards, it does not push itself out of sight
    });
    this.watcher = new IntersectionObserver((entries) => this.sawSome(entries), { root: this.scroller, threshold: 0 });
    this.sizes = new ResizeObserver(() => this.stick());
    this.sizes.observe(this.scroller);
    this.sizes.observe(this.column);
    this.atEnd = true;
    this.wake = () => document.visibilityState === "visible" && this.watchUnread();
    document.addEventListener("visibilitychange", this.wake);
  }

  destroy() {
    this.watcher.disconnect();
    this.sizes.disconnect();
    document.removeEventListener("visibilitychange", this.wake);
  }

  /** Bring the document in step with the store. `fresh`: whether what is new may be pointed out. */
  update({ fresh = false } = {}) {
    const chat = this.store.person(this.id)?.chat ?? [];
    const last = Math.max(0, ...this.shown.keys());
    const focus = this.focused();
    arrange(this.list, this.wanted(chat, fresh));
    if (focus) this.refocus(focus);
    const newest = chat.at(-1);
    if (newest && newest.message_id > last && this.context.own(newest)) this.atEnd = true;
    this.showTyping();
    this.stick();
    this.watchUnread();
  }

  /** All nodes of the list in order: days, messages, or what an empty chat shows. */
  wanted(chat, fresh) {
    const present = new Set(chat.map((message) => message.message_id));
    for (const id of this.shown.keys()) if (!present.has(id)) this.shown.delete(id);
    if (chat.length === 0) return [this.empty()];
    const nodes = [];
    chat.forEach((message, index) => {
      const previous = chat[index - 1];
      if (!previous || !sameDay(previous.date, message.date)) nodes.push(this.day(message.date));
      const node = this.node(message, fresh);
      this.group(node, message, previous, chat[index + 1]);
      nodes.push(node);
    });
    return nodes;
  }

  node(message, fresh) {
    const mark = JSON.stringify(message);
    const old = this.shown.get(message.message_id);
    if (old?.mark === mark) return old.node;
    const node = bubble(message, this.context);
    if (old) {
      old.node.replaceWith(node);
      if (fresh) node.classList.add("changed");
    } else if (fresh) node.classList.add("arriving");
    this.shown.set(message.message_id, { node, mark });
    return node;
  }

  group(node, message, previous, next) {
    const close = (other) => other && this.context.own(other) === this.context.own(message)
      && sameDay(other.date, message.date) && Math.abs(other.date - message.date) < TOGETHER;
    node.classList.toggle("first", !close(previous));
    node.classList.toggle("last", !close(next));
  }

  day(date) {
    const label = dayLabel(date, this.store.now());
    if (!this.days.has(label)) this.days.set(label, h("div", { class: "day", role: "separator" }, h("span", {}, label)));
    return this.days.get(label);
  }

  /** Draw one message anew, though it is the same: its button is waiting, or no longer. */
  redraw(messageId) {
    const known = this.shown.get(messageId);
    if (!known) return;
    const focus = this.focused();
    known.mark = "";
    const message = this.store.message(this.id, messageId);
    if (!message) return;
    const classes = ["first", "last"].filter((name) => known.node.classList.contains(name));
    this.node(message, false).classList.add(...classes);
    if (focus) this.refocus(focus);
    this.watchUnread(); // the node that was watched is gone
  }

  focused() {
    const key = this.list.contains(document.activeElement) ? document.activeElement.closest(".key") : null;
    return key && { id: Number(key.closest(".message").dataset.id), key: { ...key.dataset }, element: key };
  }

  refocus({ id, key, element }) {
    if (element.isConnected) return;
    const node = this.shown.get(id)?.node;
    const target = node && sameKey(node, key);
    (target ?? this.list).focus({ preventScroll: true });
  }

  showTyping() {
    clearTimeout(this.typingTimer);
    const typing = this.store.person(this.id)?.typing;
    const left = typing ? typing.until - Date.now() : 0;
    this.typing.hidden = left <= 0;
    if (left <= 0) return;
    this.typingTimer = setTimeout(() => this.showTyping(), left);
    this.stick();
  }

  /** The person scrolled, unless the layout changed too: then `stick` follows and decides. */
  scrolled() {
    if (this.layout === this.measure()) this.atEnd = this.isAtEnd();
    this.showJump();
  }

  measure() {
    return `${this.column.offsetHeight}/${this.scroller.clientHeight}`;
  }

  isAtEnd() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < NEAR;
  }

  stick() {
    this.layout = this.measure();
    if (this.atEnd) this.scroller.scrollTop = this.scroller.scrollHeight;
    this.showJump();
  }

  unreadNodes() {
    const ids = this.store.unread.get(this.id) ?? new Map();
    return [...ids.keys()].sort((a, b) => a - b).map((id) => this.shown.get(id)?.node).filter(Boolean);
  }

  watchUnread() {
    this.watcher.disconnect(); // observing anew reports at once whether it is in view
    for (const node of this.unreadNodes()) this.watcher.observe(node);
  }

  sawSome(entries) {
    if (document.visibilityState !== "visible") return;
    for (const entry of entries) {
      if (entry.isIntersecting) this.store.markRead(this.id, Number(entry.target.dataset.id));
    }
  }

  /** The button that leads to what was not seen yet: upwards too, when an old message was edited. */
  showJump() {
    const unread = this.unreadNodes();
    const above = unread.length > 0 && unread[0].getBoundingClientRect().bottom < this.scroller.getBoundingClientRect().top;
    this.jump.hidden = this.isAtEnd() && !above;
    this.jump.classList.toggle("up", above);
    this.count.textContent = unread.length > 0 ? String(unread.length) : "";
    this.count.hidden = unread.length === 0;
    const label = above ? "Go to the edited message above" : "Go to the newest message";
    this.jump.setAttribute("aria-label", unread.length ? `${label}, ${unread.length} unread` : label);
  }

  jumpOn() {
    const [first] = this.unreadNodes();
    if (first) first.scrollIntoView({ block: "nearest", behavior: calm() ? "instant" : "smooth" });
    else this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: calm() ? "instant" : "smooth" });
  }
}
