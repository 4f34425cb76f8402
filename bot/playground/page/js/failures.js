/* Errors of this page are shown, not swallowed. A classic script, so that it also sees a module that fails to load. */
(() => {
  "use strict";

  const seen = new Set();

  function show(text) {
    const place = document.getElementById("failures");
    if (!place || seen.has(text)) return;
    seen.add(text);
    const line = document.createElement("p");
    line.textContent = `This page stumbled: ${text}`;
    const reload = document.createElement("button");
    reload.type = "button";
    reload.textContent = "Reload";
    reload.addEventListener("click", () => location.reload());
    line.append(" ", reload);
    place.append(line);
  }

  addEventListener("error", (event) => {
    if (event.target instanceof HTMLScriptElement) show(`${event.target.src} did not load`);
    else if (event.message && !event.message.startsWith("ResizeObserver loop")) show(event.message);
  }, true);

  addEventListener("unhandledrejection", (event) => {
    show(event.reason instanceof Error ? event.reason.message : String(event.reason));
  });
})();
