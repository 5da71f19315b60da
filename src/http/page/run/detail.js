// What stands beside the drawing: everything that is known of one bar or one agent. All of it is text that others wrote.
import { element } from "../dom.js";
import { word } from "../words.js";
import { CHAT, sums } from "./lay.js";
import { rowCount, short } from "./timeline.js";
import { dollars, number, rowsOf, say, shown, toolWord } from "./words.js";

const ROWS_SHOWN = 50;
const TEXT_SHOWN = 20_000;

/** The parts of the detail of a bar. */
export function barDetail(bar, record) {
  return bar.kind === CHAT ? chatDetail(bar, record) : toolDetail(bar);
}

function head(kind, title) {
  return element("header", { class: "run-detail-head" }, element("p", { class: "quiet" }, kind), element("h3", {}, title));
}

function list(pairs) {
  const lines = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return element("dl", {}, ...lines.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));
}

function fold(title, isOpen, ...content) {
  return element("details", { open: isOpen }, element("summary", {}, title), ...content);
}

function text(words) {
  const whole = String(words ?? "");
  const cut = whole.length > TEXT_SHOWN ? `${whole.slice(0, TEXT_SHOWN)}… (${number(whole.length)})` : whole;
  return element("pre", { tabindex: "0" }, element("code", {}, cut));
}

const json = (value) => text(JSON.stringify(value, null, 2));

function tokensOf(usage) {
  if (!usage) return [];
  const cached = usage.cache_read_tokens ? ` (${number(usage.cache_read_tokens)} ${say("cached")})` : "";
  return [
    [say("read"), usage.input_tokens ? `${number(usage.input_tokens)}${cached}` : null],
    [say("written"), usage.output_tokens ? number(usage.output_tokens) : null],
  ];
}

function chatDetail(bar, record) {
  const chat = bar.source;
  const role = bar.lane.agent.role;
  const reply = chat.reply;
  return [
    head(`${say("chat")} · ${word(role, role)} · ${say("turn")} ${chat.turn + 1}`, short(bar)),
    list([
      [say("model"), chat.model],
      [say("started"), shown(bar.started)],
      [say("took"), shown(bar.ended - bar.started)],
      ...tokensOf(reply?.usage),
      [say("cost"), dollars(chat.cost_usd)],
      [say("ended"), reply ? say(`end_${reply.stop}`, reply.stop) : chat.error],
    ]),
    reply ? replyBlock(reply) : element("p", { class: "run-note run-bad" }, `${say("noReply")}: ${chat.error ?? ""}`),
    fold(say("whatRead"), true, ...chat.read.map(message)),
    fold(say("prompt"), false, text(record.prompts?.[role])),
    fold(say("offered"), false, element("ul", { class: "run-names" }, ...chat.tools.map((name) => element("li", {}, element("code", {}, name))))),
  ];
}

function replyBlock(reply) {
  const thought = (reply.reasoning ?? []).map((block) => block.text ?? "…").join("\n");
  return element("section", { class: "run-block" },
    element("h4", {}, say("reply")),
    reply.text ? text(reply.text) : null,
    thought ? fold(say("thought"), false, text(thought)) : null,
    ...reply.calls.map(callBlock));
}

function callBlock(call) {
  return fold(`→ ${toolWord(call.name)}`, true, element("p", { class: "quiet" }, element("code", {}, call.name)), json(call.arguments));
}

function message(one) {
  if (one.from === "user") {
    return element("section", { class: "run-block" }, element("h4", {}, say("fromUser")), text(one.text), one.request ? fold(say("request"), false, json(one.request)) : null);
  }
  if (one.from === "assistant") {
    return element("section", { class: "run-block" }, element("h4", {}, say("fromModel")), one.text ? text(one.text) : null, ...(one.calls ?? []).map(callBlock));
  }
  return element("section", { class: "run-block" }, element("h4", {}, say("fromTools")), ...(one.results ?? []).map(resultBlock));
}

function resultBlock(result) {
  const ids = result.evidence.map((piece) => piece.id).join(", ");
  const title = [word(result.tool, result.tool), outcomeWord(result.outcome, result.evidence.reduce((sum, piece) => sum + (piece.facts?.table?.rows?.length ?? 0), 0)), ids].filter(Boolean).join(" · ");
  return fold(title, false,
    ...gaveWords(result.outcome),
    result.note ? element("div", {}, element("p", { class: "label" }, say("said")), json(result.note)) : null,
    ...result.evidence.map((piece) => tableBlock(piece.facts, piece.id)));
}

function outcomeWord(outcome, rows) {
  return { data: rowsOf(rows), no_data: say("noData"), error: say("error") }[outcome?.outcome] ?? "";
}

function gaveWords(outcome) {
  const notices = (outcome?.data ? outcome.notices : outcome?.notices) ?? [];
  return [
    outcome?.message ? element("p", { class: "run-note run-bad" }, outcome.message) : null,
    outcome?.searched ? element("p", { class: "run-note" }, `${say("searched")}: ${outcome.searched}`) : null,
    notices.length ? fold(`${say("notices")} · ${number(notices.length)}`, false, element("ul", { class: "run-names" }, ...notices.map((notice) => element("li", {}, notice.text || `${notice.code} ${notice.subject}`)))) : null,
  ].filter(Boolean);
}

function toolDetail(bar) {
  const { call, outcome } = bar.source;
  const role = bar.lane.agent.role;
  return [
    head(`${say("tool")} · ${word(role, role)} · ${say("turn")} ${bar.source.turn + 1}`, word(call.name, call.name)),
    list([
      [say("call"), element("code", {}, `${call.name} ${call.id}`)],
      [say("started"), shown(bar.started)],
      [say("took"), shown(bar.ended - bar.started)],
      [say("gave"), outcomeWord(outcome, rowCount(outcome))],
    ]),
    ...gaveWords(outcome),
    fold(say("arguments"), true, json(call.arguments)),
    ...(outcome?.data?.tables ?? []).map((facts) => tableBlock(facts, null)),
  ];
}

function tableBlock(facts, id) {
  const { columns, rows } = facts.table;
  const shownRows = rows.slice(0, ROWS_SHOWN);
  const title = [id, facts.name, rowsOf(rows.length)].filter(Boolean).join(" · ");
  const cells = element("table", {},
    element("thead", {}, element("tr", {}, ...columns.map((one) => element("th", { scope: "col", class: one.kind === "measure" ? "number" : undefined }, one.name, one.unit ? element("span", { class: "unit" }, ` ${one.unit}`) : null)))),
    element("tbody", {}, ...shownRows.map((row) => element("tr", {}, ...row.map((cell, at) => element("td", { class: columns[at]?.kind === "measure" ? "number" : undefined }, cell ?? "∅"))))));
  return element("section", { class: "run-block" },
    element("h4", {}, title),
    columns.length ? element("div", { class: "table", tabindex: "0", role: "region", "aria-label": title }, cells) : null,
    shownRows.length < rows.length ? element("p", { class: "quiet" }, `${number(rows.length - shownRows.length)}${say("moreRows")}`) : null,
    facts.statement ? fold(say("statement"), false, text(facts.statement), facts.parameters?.length ? json(facts.parameters) : null) : null);
}

/** The parts of the detail of an agent. */
export function agentDetail(agent, record) {
  const own = sums(record, agent.id);
  const parent = record.agents.find((one) => one.id === agent.parent);
  return [
    head(`${say("agent")} · ${agent.id}`, word(agent.role, agent.role)),
    list([
      [say("asks"), parent ? `${word(parent.role, parent.role)} ${parent.id}` : say("person")],
      [say("started"), shown(agent.started_ms)],
      [say("took"), shown(agent.ended_ms - agent.started_ms)],
      [say("chats"), number(own.chats)],
      [say("tools"), number(own.tools)],
      ...tokensOf(agent.usage),
      [say("cost"), dollars(agent.cost_usd)],
      [say("why"), say(`stop_${agent.stop}`, agent.stop)],
    ]),
    element("section", { class: "run-block" }, element("h4", {}, say("task")), text(agent.task)),
    fold(say("prompt"), false, text(record.prompts?.[agent.role])),
  ];
}
