// Where everything of a run stands: one lane an agent, model calls above the tool calls they made. Columns order what
// followed from what, so that a run of a few milliseconds can be read as well as one of a minute.

/** Kinds of bars. */
export const CHAT = "chat";
export const TOOL = "tool";

const parts = (id) => id.split(".").map(Number);

function compare(left, right) {
  const [a, b] = [parts(left), parts(right)];
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const step = (a[at] ?? -1) - (b[at] ?? -1);
    if (step) return step;
  }
  return 0;
}

/** Lays a record out: `{ lanes, bars, columns, total }`; each bar knows its lane, row, column and times. */
export function lay(record) {
  const agents = [...record.agents].sort((a, b) => compare(a.id, b.id));
  const lanes = agents.map((agent, index) => ({ agent, index, bars: [], rows: 1, first: Infinity, last: 0 }));
  const laneOf = new Map(lanes.map((lane) => [lane.agent.id, lane]));
  const bar = (kind, source, column, row) => {
    const lane = laneOf.get(source.agent);
    const made = { kind, source, lane, row, column, started: source.started_ms, ended: Math.max(source.ended_ms, source.started_ms) };
    lane.bars.push(made);
    lane.rows = Math.max(lane.rows, row + 1);
    lane.first = Math.min(lane.first, column);
    lane.last = Math.max(lane.last, column);
    return made;
  };
  const place = (agent, from) => {
    let column = from;
    const chats = record.chats.filter((chat) => chat.agent === agent.id).sort((a, b) => a.turn - b.turn || a.started_ms - b.started_ms);
    for (const chat of chats) {
      bar(CHAT, chat, column, 0);
      column += 1;
      const tools = record.tools.filter((tool) => tool.agent === agent.id && tool.turn === chat.turn);
      tools.sort((a, b) => a.place - b.place).forEach((tool, row) => bar(TOOL, tool, column, row + 1));
      let end = tools.length ? column + 1 : column;
      const prefix = `${agent.id}.${chat.turn}.`;
      for (const child of agents) {
        if (child.parent === agent.id && child.id.startsWith(prefix)) end = Math.max(end, place(child, column));
      }
      column = end;
    }
    return Math.max(column, from + 1);
  };
  let columns = 0;
  for (const agent of agents) {
    if (agent.parent === null || !laneOf.has(agent.parent)) columns = place(agent, columns);
  }
  const bars = lanes.flatMap((lane) => lane.bars).sort((a, b) => a.column - b.column || a.lane.index - b.lane.index || a.row - b.row);
  const ends = [...record.agents, ...record.chats, ...record.tools].map((one) => one.ended_ms);
  return { lanes, laneOf, bars, columns: Math.max(1, columns), total: Math.max(1, ...ends) };
}

/** The sums of a run, or of one agent in it. */
export function sums(record, agent) {
  const of = (list) => (agent ? list.filter((one) => one.agent === agent) : list);
  const chats = of(record.chats);
  const count = (key) => chats.reduce((sum, chat) => sum + Number(chat.reply?.usage?.[key] ?? 0), 0);
  const priced = chats.filter((chat) => chat.cost_usd !== null && chat.cost_usd !== undefined);
  return {
    chats: chats.length,
    tools: of(record.tools).length,
    read: count("input_tokens"),
    written: count("output_tokens"),
    cost: priced.length ? add(priced.map((chat) => String(chat.cost_usd))) : null,
  };
}

/** Adds decimals exactly, as text. */
export function add(decimals) {
  const places = Math.max(0, ...decimals.map((text) => (text.split(".")[1] ?? "").length));
  const scaled = decimals.map((text) => {
    const [whole, part = ""] = text.split(".");
    return BigInt(whole + part.padEnd(places, "0"));
  });
  const sum = scaled.reduce((total, one) => total + one, 0n).toString().padStart(places + 1, "0");
  return places ? `${sum.slice(0, -places)}.${sum.slice(-places)}` : sum;
}
