// The chat page: asks over a stream, shows who is working, then the verified answer.
import { answerCard, progressList, questionBubble } from "./answer.js";
import { element } from "./dom.js";
import { closeEvidence } from "./evidence.js";
import { openMemories } from "./memory/panel.js";
import { say } from "./memory/words.js";
import { drawReports } from "./reports.js";
import { chooseLanguage, language, translate, word } from "./words.js";

const by = (id) => document.getElementById(id);
const turns = by("turns");
const box = by("question");
const narrow = window.matchMedia("(max-width: 860px)");

let conversation = null;
let running = null;
let status = null;

const keep = {
  get(key) { try { return localStorage.getItem(`wherefore.${key}`); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(`wherefore.${key}`, value); } catch { /* private windows keep nothing */ } },
};

// ---- asking

/** Reads server-sent events from a response and hands each to `on(name, data)`. */
async function readEvents(response, on) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    held += value;
    let stop;
    while ((stop = held.indexOf("\n\n")) >= 0) {
      const block = held.slice(0, stop);
      held = held.slice(stop + 2);
      let name = "message";
      const data = [];
      for (const line of block.split("\n")) {
        if (line.startsWith("event:")) name = line.slice(6).trim();
        else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
      }
      if (data.length) on(name, JSON.parse(data.join("\n")));
    }
  }
}

/** Asks in words, or with a corrected reading in `more.request`, whose words only stand above the answer. */
async function ask(question, more = {}) {
  const text = question.trim();
  if (!text || running) return;
  by("welcome").hidden = true;
  const progress = progressList();
  const preview = element("div", { class: "preview" });
  const corrected = Boolean(more.request);
  const turn = element("section", { class: "turn" }, questionBubble(text, corrected), progress.box, preview);
  turns.append(turn);
  turn.scrollIntoView({ block: "start" });
  if (!corrected) box.value = "";
  grow();
  announce(word("working"));
  running = new AbortController();
  busy(true);
  let ended = false;
  const end = (...content) => {
    ended = true;
    progress.box.remove();
    preview.replaceWith(...content);
  };
  const failed = (message) => end(failure(message, () => { turn.remove(); ask(text, more); }));
  try {
    const response = await fetch("/v1/ask/stream", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...(corrected ? more : { question: text }), conversation: conversation ?? "new" }),
      signal: running.signal,
    });
    if (!response.ok) {
      const problem = await response.json().catch(() => ({}));
      failed(problem.detail ?? word("failed"));
    } else {
      await readEvents(response, (name, data) => {
        if (name === "conversation") conversation = data.id;
        else if (name === "progress") progress.update(data);
        else if (name === "sentence") preview.append(element("p", {}, data.text));
        else if (name === "problem") failed(data.detail ?? word("failed"));
        else if (name === "answer") {
          const card = answerCard(data, ask, kept);
          end(card);
          if (corrected) turn.querySelector(".asked p").textContent = data.question;
          announce(`${word("ready")} ${data.headline}`);
        }
      });
      if (!ended) failed(word("lost"));
    }
  } catch (error) {
    if (!ended) failed(error.name === "AbortError" ? word("stopped") : word("lost"));
  }
  running = null;
  busy(false);
  await showHistory();
  by("title").textContent = titleOf(conversation) ?? text;
}

function failure(message, again) {
  return element("div", { class: "failure", role: "alert" }, element("p", {}, message), element("button", { type: "button", class: "small", onclick: again }, word("tryAgain")));
}

function busy(isBusy) {
  by("send").hidden = isBusy;
  by("stop").hidden = !isBusy;
  if (!isBusy && !narrow.matches && document.activeElement === document.body) box.focus();
}

function announce(text) { by("announce").textContent = text; }

function grow() {
  box.rows = Math.min(6, Math.max(1, box.value.split("\n").length + Math.floor(box.value.length / 90)));
}

// ---- conversations

let known = [];
const titleOf = (id) => known.find((one) => one.id === id)?.title ?? null;

async function showHistory() {
  const response = await fetch("/v1/conversations").catch(() => null);
  known = response?.ok ? (await response.json()).conversations : known;
  const items = known.map((one) => element("li", {},
    element("button", { type: "button", class: "plain kept", "aria-current": one.id === conversation ? "page" : undefined, onclick: () => open(one.id) }, one.title),
    element("button", { type: "button", class: "plain icon drop", "aria-label": `${word("delete")}: ${one.title}`, title: word("delete"), onclick: () => drop(one.id) }, "✕")));
  by("history").replaceChildren(...(items.length ? items : [element("li", { class: "quiet" }, word("noHistory"))]));
}

// What answers need to know of conversations.
const kept = { open: (id) => open(id), conversation: () => conversation };

async function open(id) {
  running?.abort();
  const response = await fetch(`/v1/conversations/${encodeURIComponent(id)}`).catch(() => null);
  if (!response?.ok) { announce(say("gone")); return; }
  const found = await response.json();
  conversation = found.id;
  closeEvidence();
  by("welcome").hidden = found.messages.length > 0;
  turns.replaceChildren(...found.messages.map((message) => element("section", { class: "turn" }, questionBubble(message.question), answerCard(message.answer, ask, kept))));
  by("title").textContent = found.title;
  showSide(false);
  await showHistory();
  turns.lastElementChild?.scrollIntoView({ block: "start" });
}

async function drop(id) {
  await fetch(`/v1/conversations/${encodeURIComponent(id)}`, { method: "DELETE" }).catch(() => null);
  if (id === conversation) fresh();
  announce(word("deleted"));
  await showHistory();
}

function fresh() {
  running?.abort();
  closeEvidence();
  conversation = null;
  turns.replaceChildren();
  by("welcome").hidden = false;
  by("title").textContent = word("newConversation");
  showSide(false);
  showHistory();
  box.focus();
}

// ---- what is loaded

async function showStatus() {
  const response = await fetch("/v1/status").catch(() => null);
  status = response?.ok ? await response.json() : null;
  drawStatus();
}

function drawStatus() {
  const questions = status?.suggestions?.[language()] ?? [];
  by("suggestions").replaceChildren(...questions.map((question) => element("li", {}, element("button", { type: "button", class: "suggestion", onclick: () => ask(question) }, question))));
  drawReports(status);
  if (!status) return;
  const lines = status.rows > 0
    ? [element("strong", {}, word("loaded")),
      element("span", {}, `${status.first_day} ${word("through")} ${status.last_day}`),
      element("span", {}, language() === "ko" ? `${status.rows.toLocaleString("ko")}${word("charges")}` : `${status.rows.toLocaleString("en")} ${word("charges")}`),
      element("span", {}, status.providers.join(", ")),
      element("span", {}, `${word("snapshot")} ${status.snapshot} · ${word("model")} ${status.model}`)]
    : [element("span", {}, word("nothingLoaded"))];
  by("loaded").replaceChildren(...lines);
}

// ---- theme, language, keys

function applyTheme(theme) {
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
}

function isDark() {
  return document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
}

function showSide(isOpen) {
  document.body.classList.toggle("siding", isOpen);
  by("side-open").setAttribute("aria-expanded", String(isOpen));
  if (isOpen) by("side-close").focus();
}

function speak(chosen) {
  chooseLanguage(chosen, "");
  keep.set("language", chosen);
  translate(document);
  by("remember-word").textContent = say("memory");
  if (titleOf(conversation)) by("title").textContent = titleOf(conversation);
  drawStatus();
  showHistory();
  if (conversation && !running) open(conversation);
}

by("composer").addEventListener("submit", (event) => { event.preventDefault(); ask(box.value); });
box.addEventListener("input", grow);
box.addEventListener("keydown", (event) => {
  // A Korean syllable that is still being composed also sends Enter.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); ask(box.value); }
});
by("stop").addEventListener("click", () => running?.abort());
by("remember").addEventListener("click", () => { showSide(false); openMemories(by("remember"), open, async () => {
  await showHistory();
  if (conversation && !titleOf(conversation)) fresh();
}); });
by("new").addEventListener("click", fresh);
by("side-open").addEventListener("click", () => showSide(true));
by("side-close").addEventListener("click", () => { showSide(false); by("side-open").focus(); });
by("theme").addEventListener("click", () => {
  const theme = isDark() ? "light" : "dark";
  applyTheme(theme);
  keep.set("theme", theme);
});
for (const choice of document.querySelectorAll("[data-language]")) choice.addEventListener("click", () => speak(choice.dataset.language));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing && !closeEvidence()) showSide(false);
  if (event.key === "/" && !/^(TEXTAREA|INPUT)$/.test(document.activeElement.tagName)) { event.preventDefault(); box.focus(); }
});

applyTheme(keep.get("theme"));
chooseLanguage(keep.get("language"), navigator.language);
translate(document);
by("remember-word").textContent = say("memory");
showStatus();
showHistory();
