/** The page from its parts. */
import { ContentFaults } from "./content.js";
import { Desk } from "./desk.js";
import { listen } from "./live.js";
import { Panels } from "./panels.js";
import { PeopleList } from "./people.js";
import { Store } from "./store.js";

const find = (id) => document.getElementById(id);

const store = new Store();
const desk = new Desk({ store, app: find("app"), place: find("panes") });
const panels = new Panels({ store, element: find("side") });
new PeopleList({ store, desk, panels, element: find("people") });
new ContentFaults({ store, element: find("content") });

function title() {
  const unread = [...store.people.keys()].reduce((sum, id) => sum + store.unreadCount(id), 0);
  document.title = `${unread > 0 ? `(${unread}) ` : ""}${store.bot.name || "Playground"}`;
}

for (const type of ["all", "people", "bot"]) store.on(type, title);

/** An address such as /?start=faq_taxes offers that deep link, once, in the chat in use. */
function offerDeepLink() {
  const payload = new URLSearchParams(location.search).get("start");
  if (payload === null) return;
  history.replaceState(history.state, "", location.pathname + location.hash);
  if (desk.active !== null) {
    desk.open(desk.active);
    desk.pane().offerStart(payload.slice(0, 64));
  }
}

const stop = store.on("all", () => {
  stop();
  offerDeepLink();
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) desk.step(event.key === "ArrowDown" ? 1 : -1);
  else if (event.altKey && event.code === "KeyW") panels.toggle("wire");
  else if (event.key === "Escape") desk.back();
  else if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.target.closest("input, textarea, select")) {
    desk.pane()?.composer.slash();
  } else return;
  event.preventDefault();
});

// A restart of the server is a state like any other; a line says so only while nobody answers.
listen((event) => store.apply(event), (connected) => {
  find("connection").hidden = connected;
});
