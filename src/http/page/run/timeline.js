// The timeline: one lane an agent, its model calls and the tool calls they made.
import { word } from "../words.js";
import { CHAT } from "./lay.js";
import { fitting, rove, shape } from "./shapes.js";
import { dollars, number, rowsOf, say, shown, toolWord } from "./words.js";

const LABEL = 148;
const ROW = 24;
const GAP = 4;
const PAD = 10;
const HEAD = 26;
const NARROWEST = 5;
const STEP = 46;

/** Draws a laid-out run into a width; `choose(bar)` and `chooseAgent(agent)` are called for what is clicked. */
export function timeline(laid, { width, bySteps, choose, chooseAgent }) {
  const inner = bySteps ? Math.max(width - LABEL - 12, laid.columns * STEP) : Math.max(260, width - LABEL - 12);
  const scale = bySteps
    ? { x: (bar) => LABEL + (bar.column * inner) / laid.columns, wide: () => inner / laid.columns - GAP }
    : { x: (bar) => LABEL + (bar.started * inner) / laid.total, wide: (bar) => Math.max(NARROWEST, ((bar.ended - bar.started) * inner) / laid.total) };
  let y = HEAD;
  const tops = laid.lanes.map((lane) => {
    const top = y;
    y += lane.rows * (ROW + GAP) - GAP + 2 * PAD;
    return top;
  });
  const height = y + 4;
  const box = (bar) => ({ x: scale.x(bar), y: tops[bar.lane.index] + PAD + bar.row * (ROW + GAP), width: scale.wide(bar), height: ROW });
  const marks = [];
  const drawn = shape("svg", { class: "run-timeline", width: LABEL + inner + 12, height, role: "group", "aria-label": `${say("timeline")}. ${say("hint")}` });
  drawn.append(...grid(laid, { inner, height, bySteps }));
  laid.lanes.forEach((lane) => drawn.append(laneBox(lane, tops[lane.index], { inner, laid, scale, bySteps, chooseAgent, marks })));
  drawn.append(...links(laid, tops, box, bySteps));
  for (const bar of laid.bars) {
    const mark = barMark(bar, box(bar), choose);
    marks.push(mark);
    drawn.append(mark);
  }
  rove(drawn, marks, stepper(laid, marks));
  return drawn;
}

// Agents' labels come first in the order of tabs, then the bars as they follow from each other.
function stepper(laid, marks) {
  const lanes = laid.lanes.length;
  return (from, key) => {
    if (key === "Home") return 0;
    if (key === "End") return marks.length - 1;
    if (from < lanes) {
      if (key === "ArrowDown") return Math.min(lanes - 1, from + 1);
      if (key === "ArrowUp") return Math.max(0, from - 1);
      const first = laid.bars.findIndex((bar) => bar.lane.index === from);
      return key === "ArrowRight" && first >= 0 ? lanes + first : undefined;
    }
    const bar = laid.bars[from - lanes];
    if (key === "ArrowRight") return from + 1;
    if (key === "ArrowLeft") return from - 1;
    const down = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (!down) return undefined;
    const rank = (one) => one.lane.index * 1000 + one.row;
    const beyond = laid.bars.filter((one) => (rank(one) - rank(bar)) * down > 0);
    const near = (one) => Math.abs(rank(one) - rank(bar)) * 1000 + Math.abs(one.column - bar.column);
    const best = beyond.sort((a, b) => near(a) - near(b))[0];
    return best ? lanes + laid.bars.indexOf(best) : undefined;
  };
}

function grid(laid, { inner, height, bySteps }) {
  const line = (x, label) => shape("g", { class: "run-tick", "aria-hidden": "true" },
    shape("line", { x1: x, x2: x, y1: HEAD - 4, y2: height }),
    x + 46 < LABEL + inner + 12 ? shape("text", { x: x + 3, y: HEAD - 10 }, label) : null);
  if (bySteps) {
    const every = Math.max(1, Math.ceil(30 / (inner / laid.columns)));
    return Array.from({ length: Math.ceil(laid.columns / every) }, (_, index) => line(LABEL + (index * every * inner) / laid.columns, String(index * every + 1)));
  }
  const rough = laid.total / Math.max(2, Math.floor(inner / 110));
  const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
  const step = Math.max(1, [1, 2, 5, 10].map((times) => times * power).find((one) => one >= rough) ?? power);
  return Array.from({ length: Math.floor(laid.total / step) + 1 }, (_, index) => line(LABEL + (index * step * inner) / laid.total, shown(index * step)));
}

function laneBox(lane, top, { inner, laid, scale, bySteps, chooseAgent, marks }) {
  const { agent } = lane;
  const height = lane.rows * (ROW + GAP) - GAP + 2 * PAD;
  const empty = !Number.isFinite(lane.first);
  const from = bySteps ? LABEL + ((empty ? 0 : lane.first) * inner) / laid.columns : LABEL + (agent.started_ms * inner) / laid.total;
  const to = bySteps ? LABEL + ((lane.last + 1) * inner) / laid.columns : LABEL + (agent.ended_ms * inner) / laid.total;
  const role = word(agent.role, agent.role);
  const label = shape("g", { class: "run-lane-name", role: "button", "aria-label": `${say("agent")} ${role} ${agent.id}: ${agent.task}`, onclick: () => chooseAgent(agent) },
    shape("title", {}, agent.task),
    shape("rect", { class: "run-hit", x: 2, y: top + 3, width: LABEL - 12, height: Math.min(height - 6, 40), rx: 7 }),
    shape("text", { class: "run-role", x: 12, y: top + 20 }, fitting(role, LABEL - 24, 13)),
    shape("text", { class: "run-id", x: 12, y: top + 35 }, fitting(agent.stop === "done" || !agent.stop ? agent.id : `${agent.id} · ${say(`stop_${agent.stop}`, agent.stop)}`, LABEL - 18, 10.5)));
  marks.push(label);
  return shape("g", {},
    shape("line", { class: "run-rule", x1: 0, x2: LABEL + inner + 12, y1: top, y2: top }),
    shape("rect", { class: agent.stop === "done" ? "run-life" : "run-life run-life-cut", x: from - 3, y: top + 4, width: Math.max(NARROWEST + 4, to - from + 4), height: height - 8, rx: 8 }),
    label);
}

// From the model call that asked for an agent to the beginning of its lane.
function links(laid, tops, box, bySteps) {
  return laid.lanes.flatMap((lane) => {
    const { agent } = lane;
    const parent = laid.laneOf.get(agent.parent);
    const turn = Number(agent.id.split(".").at(-2));
    const asked = parent?.bars.find((bar) => bar.kind === CHAT && bar.source.turn === turn);
    const first = lane.bars[0];
    if (!asked || !first) return [];
    const from = box(asked);
    const to = box(first);
    const x = from.x + Math.min(from.width, bySteps ? from.width - 8 : from.width) - 2;
    const y = to.y + ROW / 2;
    const end = Math.max(to.x - 2, x + 2);
    return [shape("path", { class: "run-link", "aria-hidden": "true", d: `M${x} ${from.y + ROW}V${y - 6}Q${x} ${y} ${Math.min(x + 6, end)} ${y}H${end}` })];
  });
}

function barMark(bar, { x, y, width, height }, choose) {
  const label = describe(bar);
  const kind = bar.kind === CHAT ? "run-chat" : "run-tool";
  const mark = shape("g", { class: `run-bar ${kind}${failed(bar) ? " run-failed" : ""}`, role: "button", "aria-label": label },
    shape("title", {}, label),
    shape("rect", { x, y, width, height, rx: Math.min(5, width / 2) }),
    width > 34 ? shape("text", { x: x + 7, y: y + 16 }, fitting(short(bar), width - 6)) : null);
  mark.addEventListener("click", () => choose(bar, mark));
  return mark;
}

export function failed(bar) {
  return bar.kind === CHAT ? Boolean(bar.source.error) : bar.source.outcome?.outcome === "error";
}

/** What a bar says in a few letters. */
export function short(bar) {
  if (bar.kind !== CHAT) return word(bar.source.call.name, bar.source.call.name);
  if (bar.source.error) return bar.source.error;
  const calls = bar.source.reply?.calls ?? [];
  if (!calls.length) return say("says");
  return `→ ${[...new Set(calls.map((call) => toolWord(call.name)))].join(", ")}`;
}

/** What a bar says in one sentence: for screen readers and for hovering. */
export function describe(bar) {
  const { source } = bar;
  const took = shown(bar.ended - bar.started);
  const role = word(bar.lane.agent.role, bar.lane.agent.role);
  if (bar.kind !== CHAT) {
    const result = { data: rowsOf(rowCount(source.outcome)), no_data: say("noData"), error: say("error") }[source.outcome?.outcome] ?? "";
    return [`${say("tool")}: ${word(source.call.name, source.call.name)}`, role, result, took].filter(Boolean).join(" · ");
  }
  const usage = source.reply?.usage;
  const used = usage && (usage.input_tokens || usage.output_tokens) ? `${number(usage.input_tokens)} → ${number(usage.output_tokens)} ${say("tokens")}` : "";
  return [`${say("chat")}: ${short(bar)}`, role, used, dollars(source.cost_usd), took].filter(Boolean).join(" · ");
}

export function rowCount(outcome) {
  return (outcome?.data?.tables ?? []).reduce((sum, facts) => sum + (facts.table?.rows?.length ?? 0), 0);
}
