/** The list of the bot's commands above the field: filtered while typing, steered with the arrow keys. */
import { fill, h } from "./dom.js";

export class CommandMenu {
  /** @param {{id: string, commands: () => Array<{command: string, description: string}>, choose: (command: string) => void}} options */
  constructor({ id, commands, choose }) {
    Object.assign(this, { id, commands, choose });
    this.found = [];
    this.at = 0;
    this.element = h("div", { id, class: "commands", role: "listbox", "aria-label": "Commands of the bot", hidden: true });
    this.element.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  }

  get open() {
    return !this.element.hidden;
  }

  /** Show the commands that begin with what is typed (`/st`); nothing found, or no command being typed, hides the list. */
  filter(typed) {
    const match = /^\/([a-z0-9_]*)$/iu.exec(typed);
    const wanted = match?.[1].toLowerCase();
    this.found = match ? this.commands().filter(({ command }) => command.startsWith(wanted)) : [];
    this.at = 0;
    this.draw();
  }

  hide() {
    this.found = [];
    this.draw();
  }

  draw() {
    this.element.hidden = this.found.length === 0;
    fill(this.element, this.found.map(({ command, description }, index) =>
      h("div", {
        id: `${this.id}-${index}`, class: "command", role: "option", "aria-selected": String(index === this.at),
        onclick: () => this.choose(command),
      }, h("b", { dir: "ltr" }, `/${command}`), h("span", { dir: "auto" }, description))));
    this.element.children[this.at]?.scrollIntoView({ block: "nearest" });
  }

  /** The id of the chosen line, for `aria-activedescendant`. */
  get active() {
    return this.open ? `${this.id}-${this.at}` : null;
  }

  get current() {
    return this.found[this.at]?.command;
  }

  move(step) {
    this.at = (this.at + step + this.found.length) % this.found.length;
    this.draw();
  }
}
