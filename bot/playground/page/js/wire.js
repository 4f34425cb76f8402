/** What goes over the wire between the bot and Telegram's stand-in: each call with its answer, newest first. */
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { jsonView } from "./json_view.js";
import { milliseconds } from "./words.js";

const SHOWN = 200;

export class WirePanel {
  constructor(store) {
    this.store = store;
    this.cleared = 0;
    this.words = h("input", { type: "search", placeholder: "Filter: method or text", "aria-label": "Filter the calls", oninput: () => this.draw() });
    this.polls = h("input", { type: "checkbox", onchange: () => this.draw() });
    this.list = h("ol", { class: "calls", "aria-label": "Calls, newest first" });
    this.none = h("p", { class: "none" });
    const clear = h("button", { type: "button", class: "quiet", onclick: () => this.clear() }, icon("clear"), h("span", {}, "Clear"));
    this.element = h("div", { class: "wire" },
      h("div", { class: "wire-tools" }, this.words, clear, h("label", { class: "tick" }, this.polls, h("span", {}, "Empty polls too"))),
      this.none, this.list);
    store.on("all", () => this.draw());
    store.on("call", ({ call }) => this.add(call));
    this.draw();
  }

  wanted(call) {
    if (call.done <= this.cleared) return false;
    const idle = call.method === "getUpdates" && call.response?.ok && call.response.result.length === 0;
    if (idle && !this.polls.checked) return false;
    const words = this.words.value.trim().toLowerCase();
    if (words === "") return true;
    return `${call.method} ${JSON.stringify(call.params)} ${JSON.stringify(call.response)}`.toLowerCase().includes(words);
  }

  draw() {
    const calls = this.store.calls.filter((call) => this.wanted(call)).slice(-SHOWN).reverse();
    fill(this.list, calls.map(row));
    this.drawNone();
  }

  add(call) {
    if (!this.wanted(call)) return;
    this.list.prepend(row(call));
    while (this.list.children.length > SHOWN) this.list.lastChild.remove();
    this.drawNone();
  }

  drawNone() {
    this.none.hidden = this.list.children.length > 0;
    this.none.textContent = this.words.value.trim() ? "No call has this in it." : "Nothing yet. Say something to the bot.";
  }

  clear() {
    this.cleared = Math.max(0, ...this.store.calls.map((call) => call.done));
    this.draw();
  }
}

function row(call) {
  const ok = call.response?.ok === true;
  const status = ok ? "200" : String(call.response?.error_code ?? "–");
  const details = h("details", { class: ok ? "call" : "call failed" },
    h("summary", {},
      h("span", { class: "call-status", title: ok ? "ok" : call.response?.description ?? "no answer" }, status),
      h("b", { class: "call-method" }, call.method),
      call.fault && h("span", { class: "call-fault" }, call.fault),
      h("span", { class: "call-time" }, milliseconds(call.ms)),
      h("span", { class: "call-about", dir: "auto" }, about(call))));
  details.addEventListener("toggle", () => {
    details.append(section("Request", call.params), section("Answer", call.response));
  }, { once: true });
  return h("li", {}, details);
}

/** A few words that tell calls of one method apart. */
function about({ method, params, response }) {
  if (response?.ok === false) return response.description;
  if (method === "getUpdates") {
    const count = response?.result?.length ?? 0;
    return count === 1 ? "1 update" : `${count} updates`;
  }
  return params.text ?? params.caption ?? params.action ?? "";
}

function section(title, value) {
  const copy = h("button", { type: "button", class: "quiet", onclick: async () => {
    await navigator.clipboard.writeText(JSON.stringify(value, null, 2));
    copy.textContent = "Copied";
  } }, "Copy");
  return h("div", { class: "call-part" }, h("div", { class: "call-title" }, h("h3", {}, title), copy), jsonView(value));
}
