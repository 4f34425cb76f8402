/** The server's JSON API. Every failure is an `ApiError` with one line fit to be shown. */

export class ApiError extends Error {}

async function call(method, path, body) {
  let response;
  try {
    response = await fetch(`/api/${path}`, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new ApiError("The playground is not answering. Is it still running?");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(answer.error ?? `The playground answered ${response.status}.`);
  return answer;
}

export const api = {
  addPerson: (name, language) => call("POST", "people", { name, language }),
  changePerson: (id, changes) => call("PATCH", `people/${id}`, changes),
  removePerson: (id) => call("DELETE", `people/${id}`),
  resetPerson: (id) => call("POST", `people/${id}/reset`, {}),
  block: (id) => call("POST", `people/${id}/block`, {}),
  unblock: (id) => call("POST", `people/${id}/unblock`, {}),
  say: (id, text) => call("POST", `people/${id}/messages`, { text }),
  edit: (id, messageId, text) => call("PATCH", `people/${id}/messages/${messageId}`, { text }),
  tap: (id, messageId, data) => call("POST", `people/${id}/taps`, { message_id: messageId, data }),
  askInline: (id, query) => call("POST", `people/${id}/inline`, { query }),
  vote: (id, messageId, options) => call("POST", `people/${id}/votes`, { message_id: messageId, options }),
  sendOther: (id, kind, caption) => call("POST", `people/${id}/others`, caption ? { kind, caption } : { kind }),
  jump: (jump) => call("POST", "clock", { jump }),
  setSpeed: (speed) => call("POST", "clock", { speed }),
  restartBot: () => call("POST", "bot/restart", {}),
};

export const fileUrl = (fileId) => `/api/files/${encodeURIComponent(fileId)}`;
