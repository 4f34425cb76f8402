/** Which chats are open, which one is in use, and what the address bar and the Back button make of it. */
import { arrange, fill, h, narrow } from "./dom.js";
import { Pane } from "./pane.js";
import { remembered } from "./store.js";

const KEPT = "playground.open";
const WIDE = matchMedia("(min-width: 1080px)");

export class Desk extends EventTarget {
  /** @param {{store: object, app: HTMLElement, place: HTMLElement}} options */
  constructor({ store, app, place }) {
    super();
    Object.assign(this, { store, app, place });
    this.panes = new Map();
    this.active = null;
    this.order = [];
    store.on("all", () => this.settle());
    store.on("removed", (detail) => this.replace(detail));
    addEventListener("popstate", () => this.follow());
    WIDE.addEventListener("change", () => this.arrange());
  }

  canSplit() {
    return WIDE.matches && this.store.people.size > 1;
  }

  isSplit() {
    return this.order.length > 1;
  }

  isOpen(id) {
    return this.panes.has(id);
  }

  pane(id = this.active) {
    return this.panes.get(id);
  }

  /** After the whole state came: what was open stays open; at first, what was open last time, or else the first chat. */
  settle() {
    const hash = Number(location.hash.slice(1));
    const before = this.active === null ? [hash, ...remembered(KEPT, [])] : this.order;
    this.order = [...new Set(before)].filter((id) => this.store.people.has(id)).slice(0, 2);
    if (this.order.length === 0) this.order = [...this.store.people.keys()].slice(0, 1);
    const first = this.active === null;
    if (!this.order.includes(this.active)) this.active = this.order[0] ?? null;
    if (first) this.view(this.store.people.has(hash) || this.store.people.size === 1 ? "chat" : "list");
    this.arrange();
    for (const pane of this.panes.values()) pane.draw();
  }

  /** Open a person's chat in place of the one in use, or beside it. */
  open(id, { beside = false, focus = true } = {}) {
    if (!this.store.people.has(id)) return this.later(id);
    if (!this.order.includes(id)) {
      if (beside && this.canSplit()) this.order = [this.active ?? id, id];
      else if (this.order.includes(this.active)) this.order[this.order.indexOf(this.active)] = id;
      else this.order = [id];
    }
    this.active = id;
    this.visit(id);
    this.arrange();
    if (focus) this.pane(id)?.composer.focus();
    return undefined;
  }

  /** Open a person of whom the server's event is still on the way. */
  later(id) {
    this.forgetLater?.();
    this.forgetLater = this.store.on("people", () => {
      if (!this.store.people.has(id)) return;
      this.forgetLater();
      this.open(id);
    });
  }

  visit(id) {
    const here = `#${id}`;
    if (narrow() && this.app.dataset.view === "list") history.pushState({ fromList: true }, "", here);
    else if (location.hash !== here) history.replaceState(history.state, "", here);
    this.view("chat");
  }

  /** On a narrow window: from the chat back to the list. */
  back() {
    if (history.state?.fromList) history.back();
    else {
      history.replaceState(null, "", location.pathname);
      this.follow();
    }
  }

  follow() {
    const id = Number(location.hash.slice(1));
    if (this.store.people.has(id)) this.open(id, { focus: false });
    else {
      if (id) this.later(id);
      this.view("list");
      document.querySelector(".person[aria-current]")?.focus();
    }
  }

  view(name) {
    this.app.dataset.view = name;
  }

  activate(id) {
    if (this.active === id || !this.panes.has(id)) return;
    this.active = id;
    history.replaceState(history.state, "", `#${id}`);
    this.mark();
  }

  close(id) {
    this.order = this.order.filter((other) => other !== id);
    this.active = this.order[0] ?? null;
    if (this.active !== null) this.visit(this.active);
    this.arrange();
  }

  toggleSplit() {
    if (this.isSplit()) return this.close(this.order.find((id) => id !== this.active));
    const other = [...this.store.people.keys()].find((id) => id !== this.active);
    return this.open(other, { beside: true });
  }

  /** The person before or after the one in use. */
  step(by) {
    const ids = [...this.store.people.keys()];
    const next = ids[(ids.indexOf(this.active) + by + ids.length) % ids.length];
    if (next !== undefined) this.open(next);
  }

  replace({ id, replacement }) {
    this.order = replacement === undefined
      ? this.order.filter((other) => other !== id)
      : this.order.map((other) => (other === id ? replacement : other));
    if (this.order.length === 0) this.order = [...this.store.people.keys()].slice(0, 1);
    if (this.active === id) {
      this.active = replacement ?? this.order[0] ?? null;
      history.replaceState(history.state, "", this.active === null ? location.pathname : `#${this.active}`);
      if (replacement === undefined && narrow()) this.view("list");
    }
    this.arrange();
  }

  /** Make the open panes those of `order`; only the one in use when there is no room for two. */
  arrange() {
    const shown = WIDE.matches ? this.order : this.order.filter((id) => id === this.active);
    for (const [id, pane] of this.panes) {
      if (shown.includes(id)) continue;
      pane.destroy();
      this.panes.delete(id);
    }
    for (const id of shown) if (!this.panes.has(id)) this.panes.set(id, new Pane({ store: this.store, id, desk: this }));
    if (shown.length > 0) arrange(this.place, shown.map((id) => this.panes.get(id).element));
    else fill(this.place, h("p", { class: "nobody" }, "Nobody is here. Add a person at the left to talk to the bot."));
    this.app.dataset.panes = String(shown.length);
    localStorage.setItem(KEPT, JSON.stringify(this.order));
    for (const pane of this.panes.values()) pane.log.update();
    this.mark();
  }

  mark() {
    for (const [id, pane] of this.panes) pane.element.classList.toggle("active", id === this.active);
    this.dispatchEvent(new Event("change"));
  }
}
