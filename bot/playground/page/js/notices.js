/** Short lines that come and go by themselves. */
import { h } from "./dom.js";

const SHOWN = 4200; // milliseconds; longer for longer lines

/** Show a line in `place` (an element with role="status") for a while; a newer one takes its place. */
export function toast(place, text, kind = "plain") {
  const note = h("div", { class: `toast toast-${kind}`, dir: "auto" }, text);
  place.replaceChildren(note);
  setTimeout(() => {
    note.classList.add("leaving");
    setTimeout(() => note.remove(), 250);
  }, SHOWN + text.length * 30);
}

const everywhere = () => document.getElementById("notices");

export const notify = (text) => toast(everywhere(), text);

/** Run something that talks to the server; a failure becomes a line on the page. Resolves to undefined then. */
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    toast(everywhere(), error.message, "fault");
    return undefined;
  }
}
