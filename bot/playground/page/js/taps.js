/** Buttons that were pressed and wait for the bot's answer to the query. */

const PATIENCE = 15_000; // milliseconds; Telegram's apps give up after about as long

export class Taps {
  /**
   * @param {{press: (messageId: number, data: string) => Promise<{query_id: string} | undefined>,
   *          redraw: (messageId: number) => void, answered: (answer: object) => void, late: () => void}} hooks
   */
  constructor(hooks) {
    this.hooks = hooks;
    this.waiting = new Map(); // "message:data" -> {queryId, timer}
    this.early = new Map(); // answers that came before the press was confirmed, by query id
  }

  has(messageId, data) {
    return this.waiting.has(`${messageId}:${data}`);
  }

  async press(messageId, data) {
    const key = `${messageId}:${data}`;
    if (this.waiting.has(key)) return;
    const entry = { messageId, queryId: null, timer: setTimeout(() => this.giveUp(key), PATIENCE) };
    this.waiting.set(key, entry);
    this.hooks.redraw(messageId);
    const query = await this.hooks.press(messageId, data);
    entry.queryId = query?.query_id ?? null;
    const answer = this.early.get(entry.queryId);
    if (!query) this.end(key);
    else if (answer) this.finish(key, answer);
  }

  /** An answer of the bot: ends the waiting of the button it belongs to. */
  answer(answer) {
    const found = [...this.waiting].find(([, entry]) => entry.queryId === answer.query_id);
    if (found) return this.finish(found[0], answer);
    this.early.set(answer.query_id, answer);
    if (this.early.size > 20) this.early.delete(this.early.keys().next().value);
    return undefined;
  }

  finish(key, answer) {
    this.early.delete(answer.query_id);
    this.end(key);
    this.hooks.answered(answer);
  }

  giveUp(key) {
    this.end(key);
    this.hooks.late();
  }

  end(key) {
    const entry = this.waiting.get(key);
    if (!entry) return;
    clearTimeout(entry.timer);
    this.waiting.delete(key);
    this.hooks.redraw(entry.messageId);
  }
}
