/** The clock that the bot and its people go by: what it shows, and jumps ahead. Shown in this computer's zone. */
import { api } from "./api.js";
import { fill, h } from "./dom.js";
import { attempt } from "./notices.js";

const shown = new Intl.DateTimeFormat(undefined, {
  weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit",
});
const JUMPS = [["next", "Next tip"], ["day", "1 day"], ["week", "1 week"]];
const SPEEDS = [[1, "Real speed"], [60, "A minute a second"], [3600, "An hour a second"]];

export class ClockBar {
  /** @param {{store: object, element: HTMLElement}} options */
  constructor({ store, element }) {
    this.store = store;
    this.time = h("time", { class: "clock-time" });
    this.mark = h("span", { class: "clock-mark" });
    this.speed = h("select", { "aria-label": "How fast the clock runs", onchange: () => attempt(() => api.setSpeed(Number(this.speed.value))) },
      SPEEDS.map(([value, label]) => h("option", { value: String(value) }, label)));
    fill(element,
      h("p", { class: "clock-line" }, this.time, this.mark),
      h("div", { class: "clock-tools", role: "group", "aria-label": "Let time pass" },
        JUMPS.map(([jump, label]) => h("button", {
          type: "button", class: "quiet", "aria-label": `Jump ahead: ${label}`, onclick: () => attempt(() => api.jump(jump)),
        }, label)),
        this.speed));
    for (const type of ["all", "clock"]) store.on(type, () => this.draw());
    setInterval(() => this.draw(), 1000);
  }

  draw() {
    if (!this.store.ready) return;
    const { speed, ahead } = this.store.clock;
    const text = shown.format(this.store.now() * 1000);
    if (this.time.textContent !== text) this.time.textContent = text;
    const mark = ahead || speed !== 1 ? "the playground's own time" : "";
    if (this.mark.textContent !== mark) this.mark.textContent = mark;
    this.speed.value = String(speed);
  }
}
