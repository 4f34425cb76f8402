/** The stream of events from the server. Each connection begins with the whole state, so nothing is missed by a gap. */

/**
 * @param {(event: object) => void} receive
 * @param {(connected: boolean) => void} changed
 */
export function listen(receive, changed) {
  const source = new EventSource("/api/events");
  source.addEventListener("message", (event) => {
    changed(true);
    receive(JSON.parse(event.data));
  });
  source.addEventListener("error", () => {
    changed(false);
    if (source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    setTimeout(() => listen(receive, changed), 2000);
  });
}
