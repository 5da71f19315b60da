// The panel of memory: everything that is remembered, to add to, correct and forget.
import { element } from "../dom.js";
import { openPanel } from "../evidence.js";
import { memoryText, origin } from "./block.js";
import { send } from "./calls.js";
import { say } from "./words.js";

const LIMIT = "500";

/** Opens the panel. `open(id)` opens a conversation, `changed()` is called when conversations may be gone. */
export async function openMemories(from, open, changed) {
  const list = element("ul", { class: "memories" });
  const said = element("p", { class: "quiet", role: "status", "aria-live": "polite" });
  const state = element("p", { class: "quiet" });
  const refresh = async () => {
    const { ok, document, detail } = await send("GET", "/v1/memories");
    if (!ok) { said.textContent = detail; return; }
    state.textContent = document.on ? say("days")(document.days) : say("off");
    note.hidden = !document.on;
    forgetAll.hidden = document.memories.length === 0;
    list.replaceChildren(...(document.memories.length
      ? document.memories.map((memory) => item(memory, open, async (text) => { said.textContent = text; await refresh(); }))
      : [element("li", { class: "quiet" }, say("empty"))]));
  };
  const note = noteForm(async (text) => { said.textContent = text; await refresh(); });
  const forgetAll = forgetForm(async (text) => { said.textContent = text; await refresh(); changed(); });
  openPanel(say("memory"), from, element("div", { class: "memory-panel" }, element("p", {}, say("explain")), state, note, said, list, forgetAll));
  await refresh();
}

function item(memory, open, done) {
  const path = `/v1/memories/${encodeURIComponent(memory.id)}`;
  const forget = element("button", { type: "button", class: "small" }, say("forget"));
  forget.addEventListener("click", async () => {
    const { ok, detail } = await send("DELETE", path);
    await done(ok ? say("forgotten") : detail);
  });
  const correct = element("button", { type: "button", class: "small", "aria-expanded": "false" }, say("correct"));
  const tools = element("p", { class: "memory-tools" }, origin(memory, open), correct, forget);
  const line = element("li", {}, ...memoryText(memory), tools);
  correct.addEventListener("click", () => {
    const box = element("input", { type: "text", maxlength: LIMIT, required: true, value: memory.text, "aria-label": say("correct") });
    const close = () => { form.remove(); tools.hidden = false; correct.focus(); };
    const form = element("form", { class: "fields" }, box, element("button", { type: "submit", class: "small" }, say("save")), element("button", { type: "button", class: "small", onclick: close }, say("cancel")));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const { ok, detail } = await send("PATCH", path, { text: box.value });
      await done(ok ? "" : detail);
    });
    form.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); close(); } });
    tools.hidden = true;
    line.append(form);
    box.focus();
  });
  return line;
}

function noteForm(done) {
  const box = element("input", { type: "text", maxlength: LIMIT, required: true, "aria-label": say("noteLabel"), placeholder: say("noteHint") });
  const form = element("form", { class: "fields memory-note" }, box, element("button", { type: "submit", class: "small" }, say("addNote")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { ok, detail } = await send("POST", "/v1/memories", { kind: "note", text: box.value });
    if (ok) box.value = "";
    await done(ok ? "" : detail);
  });
  return form;
}

function forgetForm(done) {
  const also = element("input", { type: "checkbox" });
  const form = element("form", { class: "fields" }, element("label", {}, also, " ", say("alsoConversations")), element("button", { type: "submit", class: "small danger" }, say("sure")));
  const whole = element("details", { class: "memory-all" }, element("summary", {}, say("forgetAll")), form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { ok, detail } = await send("DELETE", `/v1/memories?with_conversations=${also.checked}`);
    whole.open = false;
    also.checked = false;
    await done(ok ? say("forgotten") : detail);
  });
  return whole;
}
