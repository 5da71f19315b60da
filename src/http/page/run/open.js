// The view of a run: a dialog over the page with the timeline, the graph and the detail of what is chosen.
import { element } from "../dom.js";
import { word } from "../words.js";
import { agentDetail, barDetail } from "./detail.js";
import { graph } from "./graph.js";
import { lay, sums } from "./lay.js";
import { shape } from "./shapes.js";
import { timeline } from "./timeline.js";
import { counted, dollars, number, say, shown } from "./words.js";

// Below this the times of bars are too close to each other to be read.
const SHORT_RUN_MS = 400;

/** A button that opens the run of an answer. */
export function runButton(answer) {
  const button = element("button", { type: "button", class: "small run-open" }, say("show"));
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const response = await fetch(`/v1/answers/${encodeURIComponent(answer.id)}/run`);
      if (response.status === 404) note(button, say("notKept"));
      else if (!response.ok) note(button, say("lost"));
      else open(await response.json());
    } catch {
      note(button, say("lost"));
    }
    button.disabled = false;
  });
  return button;
}

function note(button, words) {
  button.parentElement.querySelector(".run-lost")?.remove();
  button.after(element("span", { class: "quiet run-lost", role: "status" }, words));
}

function open(kept) {
  const { record } = kept;
  const laid = lay(record);
  const drawing = element("div", { class: "run-drawing" });
  const detail = element("div", { class: "run-detail", tabindex: "0", "aria-live": "polite" }, element("p", { class: "quiet" }, say("hint")));
  const view = { kind: "timeline", bySteps: laid.total < SHORT_RUN_MS };
  const show = (parts) => { detail.replaceChildren(...parts.filter(Boolean)); detail.scrollTop = 0; };
  const mark = (target) => {
    for (const chosen of drawing.querySelectorAll(".chosen")) chosen.classList.remove("chosen");
    target?.classList.add("chosen");
  };
  const choose = (bar, target) => { mark(target); show(barDetail(bar, record)); };
  const chooseAgent = (agent) => { mark(null); show(agentDetail(agent, record)); };
  const draw = () => {
    const width = Math.max(420, drawing.clientWidth - 4);
    const made = view.kind === "graph"
      ? graph(laid, record, { width, choose: chooseAgent, chooseTool: (bar) => choose(bar, null) })
      : timeline(laid, { width, bySteps: view.bySteps, choose, chooseAgent });
    drawing.replaceChildren(made, view.kind === "graph" ? "" : legend());
  };
  const axis = picks(say("axis"), [["time", say("byTime"), () => !view.bySteps], ["steps", say("bySteps"), () => view.bySteps]], (key) => { view.bySteps = key === "steps"; draw(); });
  const kinds = picks(say("view"), [["timeline", say("timeline"), () => view.kind === "timeline"], ["graph", say("graph"), () => view.kind === "graph"]], (key) => {
    view.kind = key;
    axis.hidden = key === "graph";
    draw();
  });
  const dialog = element("dialog", { class: "run", "aria-labelledby": "run-title" },
    element("header", { class: "run-bar-top" },
      element("div", {}, element("h2", { id: "run-title" }, say("title")), element("p", { class: "run-question" }, record.question.text)),
      element("button", { type: "button", class: "plain icon", "aria-label": word("close"), title: `${word("close")} (Esc)`, onclick: () => dialog.close() }, "✕")),
    element("div", { class: "run-tools" }, kinds, axis, summary(record, laid)),
    kept.kept === "full" ? null : element("p", { class: "run-note" }, say(kept.kept)),
    element("div", { class: "run-body" }, drawing, detail));
  const redraw = () => draw();
  window.addEventListener("resize", redraw);
  dialog.addEventListener("close", () => { window.removeEventListener("resize", redraw); dialog.remove(); });
  document.body.append(dialog);
  dialog.showModal();
  draw();
  const first = laid.lanes[0]?.agent;
  if (first) chooseAgent(first);
}

function legend() {
  const key = (kind, words) => element("li", {}, shape("svg", { width: 18, height: 12, "aria-hidden": "true", class: "run-key" }, shape("g", { class: `run-bar ${kind}` }, shape("rect", { x: 1, y: 1, width: 16, height: 10, rx: 3 }))), words);
  return element("ul", { class: "run-legend" }, key("run-chat", say("chat")), key("run-tool", say("tool")), key("run-chat run-failed", say("error")));
}

function picks(label, choices, on) {
  const buttons = choices.map(([key, words, isOn]) => element("button", { type: "button", class: "plain", "aria-pressed": String(isOn()), "data-key": key }, words));
  const box = element("div", { class: "pick", role: "group", "aria-label": label }, ...buttons);
  box.addEventListener("click", (event) => {
    const chosen = event.target.closest("button");
    if (!chosen) return;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button === chosen));
    on(chosen.dataset.key);
  });
  return box;
}

function summary(record, laid) {
  const all = sums(record);
  const tokens = all.read + all.written;
  const facts = [
    shown(laid.total),
    counted(record.agents.length, "agents"),
    counted(all.chats, "chats"),
    counted(all.tools, "tools"),
    tokens ? `${number(all.read)} → ${number(all.written)} ${say("tokens")}` : null,
    all.cost === null ? (tokens ? say("noPrice") : null) : dollars(all.cost),
    `${say("model")} ${record.model}`,
  ];
  return element("ul", { class: "run-sums" }, ...facts.filter(Boolean).map((fact) => element("li", {}, fact)));
}
