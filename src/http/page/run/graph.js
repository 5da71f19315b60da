// Who asked whom: the person, the orchestrator, its agents and their tools, with how often.
import { word } from "../words.js";
import { sums } from "./lay.js";
import { fitting, rove, shape } from "./shapes.js";
import { counted, dollars, number, say, shown } from "./words.js";

const BOX = { width: 178, height: 62 };
const TOOL_BOX = { width: 168, height: 36 };
const GAP = 16;
const TOP = 14;

/** Draws who asked whom; `choose(agent)` is called for an agent, `chooseTool(bar)` for the first call of a tool. */
export function graph(laid, record, { width, choose, chooseTool }) {
  const roots = laid.lanes.filter((lane) => !laid.laneOf.has(lane.agent.parent));
  const children = laid.lanes.filter((lane) => laid.laneOf.has(lane.agent.parent));
  const tools = toolsOf(laid);
  const has = { person: true, roots: true, children: children.length > 0, tools: tools.length > 0 };
  const columns = Object.values(has).filter(Boolean).length;
  const step = Math.max(BOX.width + 56, (width - BOX.width - 24) / Math.max(1, columns - 1));
  const xs = Object.keys(has).filter((key) => has[key]).reduce((out, key, at) => ({ ...out, [key]: 8 + at * step }), {});
  const height = TOP * 2 + Math.max(column(roots.length, BOX), column(children.length, BOX), column(tools.length, TOOL_BOX), BOX.height);
  const drawn = shape("svg", { class: "run-graph", width: 8 + (columns - 1) * step + BOX.width + 12, height, role: "group", "aria-label": say("graph") });
  const at = new Map();
  const stand = (list, x, size, key) => list.forEach((one, index) => at.set(key(one), { x, y: TOP + (height - 2 * TOP - column(list.length, size)) / 2 + index * (size.height + GAP), ...size }));
  stand([null], xs.person, BOX, () => "person");
  stand(roots, xs.roots, BOX, (lane) => lane.agent.id);
  stand(children, xs.children, BOX, (lane) => lane.agent.id);
  stand(tools, xs.tools, TOOL_BOX, (tool) => `tool ${tool.name}`);
  for (const lane of roots) drawn.append(edge(at.get("person"), at.get(lane.agent.id), 1));
  for (const lane of children) drawn.append(edge(at.get(lane.agent.parent), at.get(lane.agent.id), 1));
  for (const tool of tools) {
    for (const [agent, times] of tool.by) drawn.append(edge(at.get(agent), at.get(`tool ${tool.name}`), times));
  }
  drawn.append(node(at.get("person"), "run-person", say("person"), [fitting(record.question.text, BOX.width - 16, 11)], record.question.text));
  const marks = [];
  for (const lane of laid.lanes) {
    const mark = agentNode(lane.agent, record, at.get(lane.agent.id), choose);
    marks.push(mark);
    drawn.append(mark);
  }
  for (const tool of tools) {
    const times = [...tool.by.values()].reduce((sum, one) => sum + one, 0);
    const mark = node(at.get(`tool ${tool.name}`), tool.failed ? "run-tool run-failed" : "run-tool", word(tool.name, tool.name), [], `${word(tool.name, tool.name)} · ${number(times)} ${say("times")}`, () => chooseTool(tool.first));
    marks.push(mark);
    drawn.append(mark);
  }
  const order = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  rove(drawn, marks, (from, key) => (order[key] ? from + order[key] : undefined));
  return drawn;
}

function toolsOf(laid) {
  const tools = new Map();
  for (const bar of laid.bars.filter((one) => one.source.call)) {
    const { name } = bar.source.call;
    if (!tools.has(name)) tools.set(name, { name, by: new Map(), first: bar, failed: false });
    const tool = tools.get(name);
    tool.by.set(bar.source.agent, (tool.by.get(bar.source.agent) ?? 0) + 1);
    tool.failed ||= bar.source.outcome?.outcome === "error";
  }
  return [...tools.values()];
}

const column = (count, size) => count * (size.height + GAP) - GAP;

function edge(from, to, times) {
  if (!from || !to) return "";
  const [x1, y1, x2, y2] = [from.x + from.width, from.y + from.height / 2, to.x - 5, to.y + to.height / 2];
  const bend = Math.max(24, (x2 - x1) / 2);
  return shape("g", { class: "run-edge", "aria-hidden": "true" },
    shape("path", { d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`, "stroke-width": Math.min(5, 1.2 + times * 0.5) }),
    shape("path", { class: "run-arrow", d: `M${x2} ${y2 - 4}L${x2 + 5} ${y2}L${x2} ${y2 + 4}Z` }),
    times > 1 ? shape("text", { x: x2 - 22, y: y2 - 6 }, `×${times}`) : null);
}

function agentNode(agent, record, box, choose) {
  const own = sums(record, agent.id);
  const tokens = own.read + own.written;
  const used = [counted(own.chats, "chats"), tokens ? `${number(tokens)} ${say("tokens")}` : null].filter(Boolean).join(" · ");
  const spent = [shown(agent.ended_ms - agent.started_ms), dollars(agent.cost_usd)].filter(Boolean).join(" · ");
  const role = word(agent.role, agent.role);
  return node(box, agent.stop === "done" ? "run-agent" : "run-agent run-failed", role, [used, spent], `${say("agent")} ${role} ${agent.id}: ${agent.task}`, () => choose(agent));
}

function node(box, kind, title, lines, label, choose) {
  const { x, y, width, height } = box;
  const single = lines.length === 0;
  return shape("g", { class: `run-node ${kind}`, role: choose ? "button" : "img", "aria-label": label, onclick: choose },
    shape("title", {}, label),
    shape("rect", { x, y, width, height, rx: 10 }),
    shape("text", { class: "run-role", x: x + 12, y: y + (single ? height / 2 + 5 : 21) }, fitting(title, width - 20, 13)),
    ...lines.map((line, index) => shape("text", { class: "run-id", x: x + 12, y: y + 38 + index * 15 }, fitting(line, width - 16, 10.5))));
}
