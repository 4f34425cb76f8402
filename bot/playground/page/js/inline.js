/** Inline mode: what the bot offers in any chat while somebody types `@bot …`; here in the field of its own chat. */
import { fill, h } from "./dom.js";

const PAUSE = 250; // milliseconds without a letter before the bot is asked, about as in Telegram's apps
const REMEMBERED = 20;

export class InlineCards {
  /**
   * @param {{bot: () => string, ask: (query: string) => Promise<{query_id: string} | undefined>,
   *          choose: (card: object) => void, start: (payload: string) => void}} options
   */
  constructor(options) {
    this.options = options;
    this.query = null; // what is typed behind the bot's name
    this.wanted = null; // the id of the query whose cards are shown
    this.answers = new Map(); // by query id: an answer may come before its query's id does
    this.element = h("div", { class: "commands cards", role: "group", "aria-label": "What the bot offers for this", hidden: true });
    this.element.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  }

  /** Look at what stands in the field. */
  typed(text) {
    const name = `@${this.options.bot()} `.toLowerCase();
    const query = text.toLowerCase().startsWith(name) ? text.slice(name.length) : null;
    if (query === this.query) return;
    this.query = query;
    clearTimeout(this.timer);
    if (query === null) this.hide();
    else this.timer = setTimeout(() => this.ask(query), PAUSE);
  }

  async ask(query) {
    const asked = await this.options.ask(query);
    if (!asked || query !== this.query) return;
    this.wanted = asked.query_id;
    if (this.answers.has(this.wanted)) this.draw(this.answers.get(this.wanted));
  }

  /** An answer of the bot to whatever query. */
  answer(answer) {
    if (!answer.cards) return;
    this.answers.set(answer.query_id, answer);
    if (this.answers.size > REMEMBERED) this.answers.delete(this.answers.keys().next().value);
    if (answer.query_id === this.wanted) this.draw(answer);
  }

  hide() {
    this.wanted = null;
    this.element.hidden = true;
  }

  draw({ cards, button }) {
    const line = (title, about, onclick) =>
      h("button", { type: "button", class: "card", onclick }, h("b", { dir: "auto" }, title), about && h("span", { dir: "auto" }, about));
    fill(this.element,
      button && line(button.text, "", () => this.options.start(button.start_parameter)),
      cards.map((card) => line(card.title, card.description, () => this.options.choose(card))));
    this.element.hidden = this.element.children.length === 0;
  }
}
