/** What is wrong in the content, line by line, while its author writes. Nothing is there while all is well. */
import { fill, h } from "./dom.js";

export class ContentFaults {
  /** @param {{store: object, element: HTMLElement}} options */
  constructor({ store, element }) {
    this.element = element;
    for (const type of ["all", "content", "bot"]) store.on(type, () => this.draw(store.content, store.process));
  }

  draw({ faults, count }, { state }) {
    this.element.hidden = count === 0;
    if (count === 0) return fill(this.element);
    const rest = count - faults.length;
    return fill(this.element,
      h("p", { class: "content-head" },
        h("strong", {}, count === 1 ? "One mistake in the content" : `${count} mistakes in the content`),
        h("span", {}, state === "running" ? "Chats go on with what was there before." : "The bot starts by itself once this is mended.")),
      h("ul", {}, faults.map((line) => h("li", {}, h("code", {}, line))),
        rest > 0 && h("li", {}, `… and ${rest} more`)));
  }
}
