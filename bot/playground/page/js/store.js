/**
 * What the page knows: a copy of what the server told it. Nothing here touches the document.
 *
 * Changes are told as events of the store, each with a `detail`:
 * `all`, `people`, `chat` {id, message?, kind}, `removed` {id, replacement?}, `bot`, `content`, `clock`, `answer`, `call`.
 */
const SEEN = "playground.seen";

export class Store extends EventTarget {
  constructor() {
    super();
    this.bot = { name: "", username: "", description: "" };
    this.process = { state: "starting", detail: "" };
    this.people = new Map();
    this.calls = [];
    this.unread = new Map(); // person -> Map of message ids: "new", or "edited" since it was last seen
    this.clock = { at: 0, now: 0, speed: 1, ahead: false };
    this.content = { faults: [], count: 0 };
    this.ready = false;
    this.seen = remembered(SEEN, {});
  }

  /** Unix seconds on the playground's clock. */
  now() {
    return this.clock.now + (Date.now() / 1000 - this.clock.at) * this.clock.speed;
  }

  person(id) {
    return this.people.get(id);
  }

  message(id, messageId) {
    return this.person(id)?.chat.find((message) => message.message_id === messageId);
  }

  /** True for a message that the person wrote, false for one from the bot. */
  isOwn(id, message) {
    return message.from?.id === id;
  }

  unreadCount(id) {
    return this.unread.get(id)?.size ?? 0;
  }

  /** A message was seen: with it all new ones before it; edited ones must each be seen themselves. */
  markRead(id, messageId) {
    const unread = this.unread.get(id) ?? new Map();
    const seen = [...unread].filter(([other, why]) => other === messageId || (why === "new" && other < messageId));
    if (seen.length === 0) return;
    for (const [other] of seen) unread.delete(other);
    this.remember(id, messageId);
    this.tell("people");
    this.tell("chat", { id, kind: "read" });
  }

  remember(id, messageId) {
    this.seen[id] = Math.max(this.seen[id] ?? 0, messageId);
    localStorage.setItem(SEEN, JSON.stringify(this.seen));
  }

  /** Take one event of the server in. Applying the same one twice changes nothing. */
  apply(event) {
    HANDLERS[event.type]?.(this, event);
  }

  tell(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** Call `listener(detail)` on each event of this type, until the returned function is called. */
  on(type, listener) {
    const handler = (event) => listener(event.detail);
    this.addEventListener(type, handler);
    return () => this.removeEventListener(type, handler);
  }
}

const HANDLERS = {
  state(store, { state }) {
    store.bot = state.bot;
    store.process = state.process;
    store.content = state.content;
    store.clock = { ...state.clock, at: Date.now() / 1000 };
    store.calls = state.calls;
    store.people = new Map(state.people.map((person) => [person.id, person]));
    store.unread = new Map(state.people.map((person) => [person.id, unseen(store, person)]));
    store.ready = true;
    store.tell("all");
  },

  message(store, { chat_id: id, message }) {
    const person = store.person(id);
    if (!person || store.message(id, message.message_id)) return;
    person.chat.push(message);
    if (store.isOwn(id, message)) store.remember(id, message.message_id);
    else store.unread.get(id).set(message.message_id, "new");
    person.typing = null;
    store.tell("chat", { id, message, kind: "added" });
    store.tell("people");
  },

  edited(store, { chat_id: id, message }) {
    const person = store.person(id);
    const at = person?.chat.findIndex((old) => old.message_id === message.message_id) ?? -1;
    if (at < 0) return;
    person.chat[at] = message;
    const unread = store.unread.get(id);
    if (!store.isOwn(id, message) && !unread.has(message.message_id)) unread.set(message.message_id, "edited");
    store.tell("chat", { id, message, kind: "edited" });
    store.tell("people");
  },

  deleted(store, { chat_id: id, message_id: messageId }) {
    const person = store.person(id);
    if (!person) return;
    person.chat = person.chat.filter((message) => message.message_id !== messageId);
    store.unread.get(id).delete(messageId);
    store.tell("chat", { id, kind: "deleted" });
    store.tell("people");
  },

  reaction(store, { chat_id: id, message_id: messageId, reactions }) {
    const person = store.person(id);
    const at = person?.chat.findIndex((message) => message.message_id === messageId) ?? -1;
    if (at < 0) return;
    person.chat[at] = { ...person.chat[at], reactions };
    store.tell("chat", { id, kind: "reaction" });
  },

  keyboard(store, { chat_id: id, keyboard }) {
    const person = store.person(id);
    if (!person) return;
    person.keyboard = keyboard;
    store.tell("chat", { id, kind: "keyboard" });
  },

  typing(store, { chat_id: id, action }) {
    const person = store.person(id);
    if (!person) return;
    person.typing = { action, until: Date.now() + 5500 }; // Telegram shows an action for five seconds or less
    store.tell("chat", { id, kind: "typing" });
  },

  person(store, { person }) {
    const old = store.person(person.id);
    store.people.set(person.id, { ...person, chat: person.chat ?? old?.chat ?? [] });
    if (!old) store.unread.set(person.id, new Map());
    store.tell("chat", { id: person.id, kind: "person" });
    store.tell("people");
  },

  /** Gone, or going on under another id (`replacement`) in the same place of the list. */
  person_removed(store, { id, replacement }) {
    const heir = store.person(replacement);
    const entries = [...store.people].filter(([key]) => key !== replacement);
    store.people = new Map(entries.map((entry) => (entry[0] === id && heir ? [replacement, heir] : entry)));
    store.people.delete(id);
    store.unread.delete(id);
    delete store.seen[id];
    store.tell("removed", { id, replacement: heir?.id });
    store.tell("people");
  },

  commands(store, { commands }) {
    for (const [id, list] of Object.entries(commands)) {
      const person = store.person(Number(id));
      if (person) person.commands = list;
    }
  },

  bot(store, { bot }) {
    store.bot = bot;
    store.tell("bot");
  },

  clock(store, { clock }) {
    store.clock = { ...clock, at: Date.now() / 1000 };
    store.tell("clock");
    store.tell("people");
  },

  process(store, { process }) {
    store.process = process;
    store.tell("bot");
  },

  content(store, { content }) {
    store.content = content;
    store.tell("content");
  },

  answer(store, event) {
    store.tell("answer", event);
  },

  call(store, { call }) {
    store.calls.push(call);
    if (store.calls.length > 500) store.calls.splice(0, store.calls.length - 500);
    store.tell("call", { call });
  },
};

function unseen(store, person) {
  const last = store.seen[person.id] ?? 0;
  const fresh = person.chat.filter((message) => !store.isOwn(person.id, message) && message.message_id > last);
  return new Map(fresh.map((message) => [message.message_id, "new"]));
}

/** A value kept in this browser, or `fallback` when there is none or it can't be read. */
export function remembered(key, fallback) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? fallback;
  } catch {
    return fallback; // kept by something else, or cut short: as good as nothing kept
  }
}
