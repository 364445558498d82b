// The server, and nothing else: one place for addresses and errors.

export class Refused extends Error {
  constructor(status, message, retryAfter) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

async function answer(response) {
  if (response.ok) return response;
  let message = `the server answered ${response.status}`;
  try { message = (await response.json()).error || message; } catch { /* no JSON, no further word */ }
  throw new Refused(response.status, message, Number(response.headers.get("Retry-After")) || 0);
}

export async function get(path) {
  return (await answer(await fetch(path))).json();
}

/** Whether the gallery has anything of a take yet. */
export async function isCollected(take) {
  return (await get(`/gallery/takes?id=${encodeURIComponent(take)}`)).total > 0;
}

/** What is known of a take on its way in, or nothing. */
export async function onItsWay(take) {
  return (await get("/takes")).find(status => status.take === take);
}

export async function bytes(path, signal) {
  return (await answer(await fetch(path, {signal}))).arrayBuffer();
}

/** Changes what is named of something, and gives what it is then. */
export async function patch(path, what) {
  return (await answer(await fetch(path, {method: "PATCH", headers: {"Content-Type": "application/json"}, body: JSON.stringify(what)}))).json();
}

export async function change(method, path) {
  await answer(await fetch(path, {method}));
}

export const takePath = take => `/gallery/takes/${encodeURIComponent(take)}`;

export const filePath = (take, file) => `${takePath(take)}/files/${file.split("/").map(encodeURIComponent).join("/")}`;

/** Sends a sound with its recipe; where too many arrive at once, waits and tries again. */
export async function send(blob, name, recipe, waiting) {
  const query = new URLSearchParams({name});
  for (const [option, value] of Object.entries(recipe)) {
    for (const one of [value].flat()) if (one !== "" && one != null) query.append(option, one);
  }
  for (;;) {
    try {
      return await (await answer(await fetch(`/takes?${query}`, {method: "POST", body: blob}))).json();
    } catch (e) {
      if (!(e instanceof Refused) || e.status !== 429) throw e;
      waiting(e.message);
      await new Promise(done => setTimeout(done, 1000 * (e.retryAfter || 5)));
    }
  }
}

/**
 * News of one take or of all; `again` is told whenever the line stands. A browser reconnects by itself unless it was
 * refused, as by a server that is still starting: then it is asked to.
 */
export function news(take, told, again) {
  let source;
  let later;
  const listen = () => {
    source = new EventSource(`/gallery/events${take ? `?take=${encodeURIComponent(take)}` : ""}`);
    for (const kind of ["drawn", "preview", "painted", "heard", "failed", "changed", "deleted"]) {
      source.addEventListener(kind, event => told(kind, JSON.parse(event.data)));
    }
    source.addEventListener("open", again);
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) later = setTimeout(listen, 2000);
    });
  };
  listen();
  return {close() { clearTimeout(later); source.close(); }};
}
