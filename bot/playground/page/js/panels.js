/** The room at the right: one panel at a time, each with its line in this table. */
import { arrange, h, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { remembered } from "./store.js";
import { WirePanel } from "./wire.js";

const PANELS = [{ id: "wire", title: "Wire", icon: "wire", hint: "Each request of the bot and its answer", make: (store) => new WirePanel(store) }];

const KEPT = "playground.panel";

export class Panels {
  /** @param {{store: object, element: HTMLElement}} options */
  constructor({ store, element }) {
    Object.assign(this, { store, element });
    this.made = new Map();
    this.shown = null;
    const kept = remembered(KEPT, null);
    if (PANELS.some(({ id }) => id === kept) && matchMedia("(min-width: 1080px)").matches) this.show(kept);
  }

  /** Entries for `openMenu`. */
  items() {
    return PANELS.map(({ id, title, icon: glyph }) => ({ label: title, icon: glyph, checked: this.shown === id, run: () => this.toggle(id) }));
  }

  toggle(id) {
    if (this.shown === id) this.hide();
    else this.show(id);
  }

  show(id) {
    const { title, hint, make } = PANELS.find((panel) => panel.id === id);
    if (!this.made.has(id)) this.made.set(id, make(this.store));
    this.shown = id;
    const close = iconButton(icon("close"), `Close ${title}`, () => this.hide());
    arrange(this.element, [
      h("header", { class: "side-head" }, h("div", { class: "head-words" }, h("h2", {}, title), h("p", {}, hint)), close),
      this.made.get(id).element,
    ]);
    this.element.hidden = false;
    this.keep();
  }

  hide() {
    this.shown = null;
    this.element.hidden = true;
    this.keep();
  }

  keep() {
    localStorage.setItem(KEPT, JSON.stringify(this.shown));
  }
}
