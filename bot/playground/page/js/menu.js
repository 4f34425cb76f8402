/** A small menu at a button: arrow keys, Home, End, first letters, Escape; focus goes back to the button. */
import { h } from "./dom.js";
import { icon } from "./icons.js";

let close = null;

/**
 * @param {HTMLElement} anchor the button it belongs to
 * @param {Array<{label: string, icon?: string, run: () => void, danger?: boolean, checked?: boolean} | null>} items null is a line
 */
export function openMenu(anchor, items) {
  if (close) {
    const again = close.anchor === anchor;
    close();
    if (again) return;
  }
  const menu = h("div", { class: "menu", role: "menu", "aria-label": anchor.getAttribute("aria-label") ?? "Menu" }, items.map(entry));
  document.body.append(menu);
  position(menu, anchor);
  anchor.setAttribute("aria-expanded", "true");
  close = Object.assign((refocus = true) => {
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    removeEventListener("resize", dismiss);
    close = null;
    if (refocus) anchor.focus();
  }, { anchor });
  const outside = (event) => {
    if (!menu.contains(event.target) && !anchor.contains(event.target)) close?.(false);
  };
  document.addEventListener("pointerdown", outside, true);
  addEventListener("resize", dismiss);
  menu.addEventListener("keydown", (event) => steer(event, menu));
  menu.querySelector("[role^=menuitem]")?.focus();
}

const dismiss = () => close?.(false);

function entry(item) {
  if (item === null) return h("hr");
  const role = item.checked === undefined ? "menuitem" : "menuitemcheckbox";
  return h("button", {
    type: "button", role, tabindex: "-1", class: item.danger ? "danger" : null,
    "aria-checked": item.checked === undefined ? undefined : String(item.checked),
    onclick: () => {
      close();
      item.run();
    },
  }, item.icon && icon(item.icon), h("span", {}, item.label), item.checked && icon("check"));
}

function steer(event, menu) {
  const items = [...menu.querySelectorAll("[role^=menuitem]")];
  const at = items.indexOf(document.activeElement);
  const goto = (index) => items[(index + items.length) % items.length].focus();
  const moves = { ArrowDown: () => goto(at + 1), ArrowUp: () => goto(at - 1), Home: () => goto(0), End: () => goto(-1), Escape: () => close(), Tab: () => close() };
  const letter = event.key.length === 1 && event.key !== " " ? event.key.toLowerCase() : null;
  const named = letter && items.find((item) => item.textContent.trim().toLowerCase().startsWith(letter));
  const move = moves[event.key] ?? (named && (() => named.focus()));
  if (!move) return;
  event.preventDefault();
  event.stopPropagation();
  move();
}

/** Below the anchor or above it, wherever there is room, and never over the edge of the window. */
function position(menu, anchor) {
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = box.bottom + 6 + height <= innerHeight || box.top < height + 6;
  const top = below ? Math.min(box.bottom + 6, innerHeight - height - 8) : box.top - height - 6;
  const left = Math.min(Math.max(8, box.right - width), innerWidth - width - 8);
  menu.style.setProperty("top", `${Math.max(8, top)}px`);
  menu.style.setProperty("left", `${Math.max(8, left)}px`);
}
