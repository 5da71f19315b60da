// One turn of the conversation: the question, who is working, and the verified answer.
import { chart, copy, element } from "./dom.js";
import { openClaim, openEvidence } from "./evidence.js";
import { causeForm, rememberedBlock } from "./memory/block.js";
import { render } from "./markdown.js";
import { readingLine } from "./reading.js";
import { runButton } from "./run/open.js";
import { language, word } from "./words.js";

const OPENS = new Set(["fact", "calc", "count", "trend", "extreme"]);

/** The element of one claim: figures open their evidence, names and periods are plain text. */
function figureFor(answer) {
  return ({ claim }, shown) => {
    if (!OPENS.has(claim.kind) || (claim.facts.length === 0 && claim.kind !== "count")) return document.createTextNode(shown);
    const button = element("button", { type: "button", class: `figure figure-${claim.kind}`, "aria-haspopup": "dialog", "aria-expanded": "false", title: word("figureOpens") }, shown);
    button.addEventListener("click", () => openClaim(answer, claim, button));
    return button;
  };
}

// Inside a table one figure takes part in the tab order and arrows move between them, so that a long
// table does not stand between a reader and the next question.
function rove(table) {
  const figures = [...table.querySelectorAll("button.figure")];
  figures.forEach((figure, index) => { figure.tabIndex = index === 0 ? 0 : -1; });
  table.addEventListener("keydown", (event) => {
    const at = figures.indexOf(document.activeElement);
    if (at < 0) return;
    const width = Math.max(1, document.activeElement.closest("tr").querySelectorAll("button.figure").length);
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: width, ArrowUp: -width }[event.key];
    const next = step === undefined ? undefined : figures[at + step];
    if (!next) return;
    event.preventDefault();
    figures[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}

/** A question as the person typed it. */
export function questionBubble(question, isCorrected = false) {
  return element("div", { class: "asked" }, element("span", { class: "unseen" }, `${word(isCorrected ? "youCorrected" : "you")}: `), element("p", isCorrected ? { class: "corrected", title: word("youCorrected") } : {}, question));
}

/** The list of who is working; `update(event)` follows the server's progress. */
export function progressList() {
  const agents = new Map();
  const list = element("ul", { class: "agents" });
  const box = element("div", { class: "progress", "aria-label": word("working"), "aria-busy": "true", role: "group" }, list);
  const line = (name) => {
    if (!agents.has(name)) {
      const doing = element("span", { class: "doing" }, word(`${name}Does`, ""));
      const item = element("li", { class: "agent running" }, element("span", { class: "dot", "aria-hidden": "true" }), element("strong", {}, word(name, name)), doing);
      agents.set(name, { item, doing });
      list.append(item);
    }
    return agents.get(name);
  };
  const steps = {
    agent_started: (event) => line(event.role).item.classList.add("running"),
    tool_called: (event) => { line(event.role).doing.textContent = `${word(event.tool, event.tool)}…`; },
    tool_answered: (event) => { line(event.role).doing.textContent = word(event.tool, event.tool); },
    agent_done: (event) => {
      const agent = line(event.role);
      agent.item.classList.replace("running", "done");
      agent.doing.textContent = word(`${event.role}Does`, "");
    },
    verifying: () => list.append(element("li", { class: "agent running" }, element("span", { class: "dot", "aria-hidden": "true" }), element("span", { class: "doing" }, word("verifying")))),
  };
  return { box, update: (event) => steps[event.event]?.(event) };
}

/**
 * The whole verified answer. `ask(question)` is called for a follow-up, `ask(words, request)` for a corrected reading,
 * `open(id)` for the conversation of a memory; `conversation()` is the one it stands in.
 */
export function answerCard(answer, ask, { open, conversation }) {
  const card = element("article", { class: `answer ${answer.status}`, lang: answer.language, "aria-label": answer.headline });
  if (answer.status !== "answered") card.append(element("p", { class: "status" }, word(answer.status)));
  const text = element("div", { class: "text" });
  text.append(render(answer, figureFor(answer)));
  for (const table of text.querySelectorAll(".table")) rove(table);
  card.append(text);
  const line = readingLine(answer, (request, words) => ask(words, { request, language: answer.language, as_of: answer.as_of, corrects: answer.question }));
  if (line) card.append(line);
  for (const drawn of answer.charts) {
    const svg = chart(drawn.svg);
    if (!svg) continue;
    const from = element("button", { type: "button", class: "badge", "aria-label": `${word("figureOpens")} ${drawn.evidence}` }, drawn.evidence);
    from.addEventListener("click", () => openEvidence(answer, drawn.evidence, from));
    card.append(element("figure", { class: "drawing" }, element("div", { class: "canvas", tabindex: "0", role: "region", "aria-label": drawn.title }, svg), element("figcaption", {}, drawn.title, " ", from)));
  }
  if (answer.next.length) {
    card.append(element("div", { class: "next" }, element("p", { class: "label" }, word("next")),
      element("ul", {}, ...answer.next.map((question) => element("li", {}, element("button", { type: "button", class: "chip", onclick: () => ask(question) }, question))))));
  }
  const cause = causeForm(answer, conversation);
  if (cause) card.append(cause);
  const remembered = rememberedBlock(answer, open);
  if (remembered) card.append(remembered);
  card.append(foot(answer));
  return card;
}

function foot(answer) {
  const badges = answer.evidence.map((piece) => {
    const button = element("button", { type: "button", class: "source", title: `${word(piece.tool, piece.tool)} · ${piece.table}` }, element("span", { class: "badge" }, piece.id), word(piece.tool, piece.tool));
    button.addEventListener("click", () => openEvidence(answer, piece.id, button));
    return element("li", {}, button);
  });
  const copied = element("button", { type: "button", class: "small" }, word("copyAnswer"));
  copied.addEventListener("click", async () => {
    copied.textContent = (await copy(JSON.stringify(answer, null, 2))) ? word("copied") : word("copyAnswer");
  });
  const run = answer.run;
  const calls = language() === "ko" ? `${run.tool_calls}${word("steps")}` : `${run.tool_calls} ${word("steps")}`;
  const held = run.withheld ? ` · ${run.withheld} ${word("withheld")}` : "";
  const agents = run.agents.map((agent) => element("li", {}, element("strong", {}, word(agent.role, agent.role)), ` ${agent.tools.map((tool) => word(tool, tool)).join(", ")}`));
  return element("details", { class: "made" },
    element("summary", {}, `${word("made")} `, element("span", { class: "quiet" }, `${calls} · ${run.elapsed_ms} ms · ${run.model}${held}`)),
    element("ul", { class: "agents-done" }, ...agents),
    element("p", { class: "label" }, word("sources")), element("ul", { class: "sources" }, ...badges),
    element("p", { class: "quiet" }, `${answer.id} · ${answer.as_of}`), element("div", {}, runButton(answer), copied));
}
