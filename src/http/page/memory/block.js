// Memory beside an answer: what it brings back, and the form that confirms a cause. Everything is text, never markup.
import { element } from "../dom.js";
import { nameWords, readingWords } from "../reading.js";
import { send } from "./calls.js";
import { say } from "./words.js";

const LIMIT = "500";

/** What a memory says: its kind and day, the person's words in quotes, and what they correct. */
export function memoryText(memory) {
  const more = memory.means
    ? `${memory.means.said === memory.text ? "" : `${memory.means.said} `}${say("means")} ${nameWords(memory.means.dimension)}: ${memory.means.value}`
    : memory.kind === "correction" && memory.reading ? `${say("readAs")} ${readingWords(memory.reading)}` : "";
  return [
    element("p", { class: "memory-kind" }, `${say(memory.kind)} · `, element("time", { datetime: memory.asked_at }, memory.asked_at.slice(0, 10))),
    element("blockquote", { class: "memory-text" }, memory.text),
    more ? element("p", { class: "quiet" }, more) : null,
  ];
}

/** The button that opens the conversation a memory comes from; null where it comes from none. */
export function origin(memory, open) {
  if (!memory.conversation) return null;
  return element("button", { type: "button", class: "small", onclick: () => open(memory.conversation) }, say("openConversation"));
}

/** What an answer brings back, apart from its verified text; null when it brings nothing back. */
export function rememberedBlock(answer, open) {
  if (!answer.remembered?.length) return null;
  const list = element("ul", {});
  const box = element("aside", { class: "remembered", "aria-label": say("remembered") },
    element("p", { class: "label" }, say("remembered")), element("p", { class: "quiet" }, say("notEvidence")), list);
  for (const memory of answer.remembered) {
    const forget = element("button", { type: "button", class: "small" }, say("forget"));
    const item = element("li", {}, ...memoryText(memory), element("p", { class: "memory-tools" }, origin(memory, open), forget));
    forget.addEventListener("click", async () => {
      const { ok, detail } = await send("DELETE", `/v1/memories/${encodeURIComponent(memory.id)}`);
      item.replaceChildren(element("p", { class: "quiet", role: "status" }, ok ? say("forgotten") : detail));
    });
    list.append(item);
  }
  return box;
}

const explains = (reading) => /^(explain|compare|jump)/.test(String(reading?.ask)) || reading?.ask?.analysis === "unusual";

/** The form that keeps a cause which the person confirms, under answers that explain; null under others. */
export function causeForm(answer, conversation) {
  if (!explains(answer.reading) || (answer.status !== "answered" && answer.status !== "partial")) return null;
  const box = element("input", { type: "text", maxlength: LIMIT, required: true, "aria-label": say("causeLabel"), placeholder: say("causeHint") });
  const said = element("p", { class: "quiet", role: "status" });
  const form = element("form", { class: "fields" }, box, element("button", { type: "submit", class: "small" }, say("keep")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = { kind: "cause", text: box.value, reading: answer.reading };
    if (conversation()) body.conversation = conversation();
    const { ok, detail } = await send("POST", "/v1/memories", body);
    said.textContent = ok ? say("kept") : detail;
    if (ok) form.hidden = true;
  });
  const whole = element("details", { class: "confirm" }, element("summary", {}, say("confirmCause")), element("p", { class: "quiet" }, say("causeLabel")), form, said);
  whole.addEventListener("toggle", () => { if (whole.open) box.focus(); });
  return whole;
}
