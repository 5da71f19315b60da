// Calls of /v1/memories.
import { say } from "./words.js";

/** Sends a call; gives whether it worked, what came back, and what to tell when it did not. */
export async function send(method, path, body) {
  const options = { method };
  if (body) Object.assign(options, { headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const reply = await fetch(path, options).catch(() => null);
  const document = reply && reply.status !== 204 ? await reply.json().catch(() => ({})) : {};
  return { ok: Boolean(reply?.ok), document, detail: document.detail ?? say("failed") };
}
