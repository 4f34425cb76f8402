/** The list of people at the left. */
import { arrange, fill, h, iconButton } from "./dom.js";
import { ClockBar } from "./clock.js";
import { icon } from "./icons.js";
import { keysDialog } from "./dialogs.js";
import { openMenu } from "./menu.js";
import { addPerson, personItems } from "./person_menu.js";
import { flipTheme, followTheme, isDark } from "./theme.js";
import { initials, languageName, listTime, summary, tint } from "./words.js";

/** A person's initials on their colour. */
export function avatar(person, size = "") {
  return h("span", { class: `avatar ${size} ${tint(person.id)}`, "aria-hidden": "true" }, initials(person.name));
}

export class PeopleList {
  /** @param {{store: object, desk: object, panels: object, element: HTMLElement}} options */
  constructor({ store, desk, panels, element }) {
    Object.assign(this, { store, desk, panels });
    this.rows = new Map();
    this.theme = iconButton(icon("moon"), "", () => this.flip());
    this.more = iconButton(icon("more"), "More", () => this.openMore(), { "aria-haspopup": "menu" });
    this.clock = h("section", { class: "clock", "aria-label": "Clock" });
    new ClockBar({ store, element: this.clock });
    this.list = h("ul", { class: "people-list", onkeydown: (event) => this.steer(event) });
    fill(element,
      h("header", { class: "people-head" },
        h("img", { src: "/assets/img/logo.svg", alt: "", width: 34, height: 34 }),
        h("h1", {}, "Playground"), this.theme, this.more),
      h("nav", { class: "people-scroll", "aria-label": "People" }, this.list),
      h("footer", { class: "people-foot" },
        this.clock,
        h("button", { type: "button", class: "add-person", onclick: () => addPerson(desk) }, icon("add"), h("span", {}, "Add a person")),
        h("a", { class: "every-screen", href: "/gallery", target: "_blank", rel: "noopener" }, "Every screen on one page ↗"),
        h("p", { class: "private" }, icon("lock"), h("span", {}, "Everything here runs on your computer."))));
    followTheme(() => this.drawTheme());
    this.drawTheme();
    for (const type of ["all", "people"]) store.on(type, () => this.draw());
    desk.addEventListener("change", () => this.draw());
  }

  draw() {
    const people = [...this.store.people.values()];
    for (const id of this.rows.keys()) if (!this.store.people.has(id)) this.rows.delete(id);
    arrange(this.list, people.map((person) => this.row(person)));
  }

  row(person) {
    const last = person.chat.at(-1);
    const unread = this.store.unreadCount(person.id);
    const open = this.desk.isOpen(person.id);
    const current = this.desk.active === person.id;
    const mark = JSON.stringify([person.name, person.language, person.blocked, last?.message_id, last?.text, last?.date, unread, open, current]);
    const old = this.rows.get(person.id);
    if (old?.mark === mark) return old.node;
    const node = old?.node ?? h("li");
    const had = node.contains(document.activeElement) ? document.activeElement.className : null;
    fill(node, this.button(person, last, unread, open, current), this.moreOf(person));
    this.rows.set(person.id, { node, mark });
    if (had) node.getElementsByClassName(had)[0]?.focus();
    return node;
  }

  button(person, last, unread, open, current) {
    const said = last ? `${this.store.isOwn(person.id, last) ? "You: " : ""}${summary(last)}` : "Nothing said yet";
    return h("button", {
      type: "button", class: "person", "aria-current": current ? "true" : undefined,
      data: { open: String(open) }, onclick: () => this.desk.open(person.id, { focus: true }),
    },
    avatar(person),
    h("span", { class: "person-words" },
      h("span", { class: "person-line" },
        h("span", { class: "person-name", dir: "auto" }, person.name),
        h("span", { class: "language", title: languageName(person.language) }, person.language),
        last && h("time", {}, listTime(last.date, this.store.now()))),
      h("span", { class: "person-line" },
        h("span", { class: "person-last", dir: "auto" }, person.blocked ? "Has blocked the bot" : said),
        unread > 0 && h("span", { class: "badge", "aria-label": `${unread} unread` }, unread > 99 ? "99+" : String(unread)))));
  }

  moreOf(person) {
    const button = iconButton(icon("more"), `${person.name}: more`, () => openMenu(button, personItems(this.store.person(person.id), this.desk)),
      { class: "round person-more", "aria-haspopup": "menu" });
    return button;
  }

  steer(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = [...this.list.children].findIndex((row) => row.contains(event.target));
    if (!step || at < 0 || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.list.children[at + step]?.querySelector(".person").focus();
  }

  openMore() {
    openMenu(this.more, [
      { label: "Add a person…", icon: "add", run: () => addPerson(this.desk) },
      this.desk.canSplit() && { label: "Two chats side by side", icon: "beside", checked: this.desk.isSplit(), run: () => this.desk.toggleSplit() },
      ...this.panels.items(),
      null,
      { label: "Keyboard", icon: "keyboard", run: keysDialog },
    ].filter((item) => item !== false));
  }

  flip() {
    flipTheme();
    this.drawTheme();
  }

  drawTheme() {
    const label = isDark() ? "Use light colours" : "Use dark colours";
    fill(this.theme, icon(isDark() ? "sun" : "moon"));
    this.theme.setAttribute("aria-label", label);
    this.theme.title = label;
  }
}
