/** Light or dark: what the system says until the person chooses, then what they chose. */
const KEPT = "playground.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

const chosen = () => localStorage.getItem(KEPT);
export const isDark = () => (chosen() ?? (dark.matches ? "dark" : "light")) === "dark";

function apply() {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
}

export function flipTheme() {
  localStorage.setItem(KEPT, isDark() ? "light" : "dark");
  apply();
}

export function followTheme(changed) {
  apply();
  dark.addEventListener("change", () => {
    apply();
    changed();
  });
}
