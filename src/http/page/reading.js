// How a question was read, as chips that can be corrected: a change asks again with the corrected reading.
import { element } from "./dom.js";
import { word } from "./words.js";

const MEASURES = ["billed_cost", "effective_cost", "list_cost", "contracted_cost"];
const GROUPS = ["provider", "cloud_service", "service_category", "region", "sub_account", "charge_category", "usage_type", "instance_type", "resource_id", "month", "iso_week", "day"];
const KEEPS = { in: "in", not_in: "not_in", contains: "contains", not_contains: "not_contains" };
const DAY = 86_400_000;

const wordOf = (name) => (name.startsWith("tag:") ? `${word("tag")} ${name.slice(4)}` : word(`name_${name}`, name.replaceAll("_", " ")));
const clone = (reading) => JSON.parse(JSON.stringify(reading));
const day = (moment) => moment.slice(0, 10);
const shift = (text, days) => new Date(Date.parse(`${text}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** A period as people write it: `2026-09`, `2026`, one day, or first to last day. */
function periodWords({ start, end }) {
  const [first, after] = [day(start), day(end)];
  const last = shift(after, -1);
  const isMidnight = (moment) => ["", "00:00"].includes(moment.slice(11, 16));
  if (!isMidnight(start) || !isMidnight(end)) return `${start.slice(0, 16).replace("T", " ")} – ${end.slice(0, 16).replace("T", " ")}`;
  if (first.endsWith("-01-01") && last.endsWith("-12-31") && first.slice(0, 4) === last.slice(0, 4)) return first.slice(0, 4);
  if (first.endsWith("-01") && after.endsWith("-01") && first.slice(0, 7) === last.slice(0, 7)) return first.slice(0, 7);
  return first === last ? first : `${first} – ${last}`;
}

function filterWords({ dimension, op, values }) {
  const names = values.join(", ");
  const name = wordOf(dimension);
  const words = { in: `${name}: ${names}`, contains: `${name}: ${names} (${word("contains")})`, not_in: `${name}: ${names} ${word("leftOut")}`, not_contains: `${name}: ${names} ${word("leftOut")}`, is_null: `${name}: ${word("hasNone")}`, not_null: `${name}: ${word("hasSome")}` };
  return words[op] ?? name;
}

const select = (label, choices, chosen, attributes = {}) => element("select", { "aria-label": label, ...attributes }, ...choices.map(([value, shown]) => element("option", { value, selected: value === chosen }, shown)));
const input = (label, type, value, attributes = {}) => element("input", { "aria-label": label, type, value, ...attributes });

function periodFields(period) {
  const first = input(word("firstDay"), "date", period ? day(period.start) : "", { required: true });
  const last = input(word("lastDay"), "date", period ? shift(day(period.end), -1) : "", { required: true });
  const read = () => (first.value && last.value && first.value <= last.value ? { period: { start: `${first.value}T00:00:00`, end: `${shift(last.value, 1)}T00:00:00` }, asked: null } : undefined);
  return { fields: [first, element("span", { "aria-hidden": "true" }, "–"), last], read };
}

// Each part: what it says, how it goes away, and how it is changed.
function partsOf(reading, loaded) {
  const inherited = new Set(reading.inherited ?? []);
  const parts = [];
  const add = (part) => parts.push(part);
  const measures = reading.measures ?? [];
  add({
    kind: "measure", shown: measures.map((name) => wordOf(name)).join(" + "), inherited: inherited.has("measures"),
    editor: () => {
      const known = [...new Set([...MEASURES, ...measures])];
      const box = select(word("measure"), known.map((name) => [name, wordOf(name)]), measures[0]);
      return { fields: [box], change: (next) => { next.measures = [box.value]; next.measure_stated = true; delete next.rank_by; return next; } };
    },
  });
  (reading.conditions ?? []).forEach((held, at) => add({
    kind: "filter", shown: filterWords(held.filter), inherited: inherited.has("conditions") && (held.asked ?? []).length === 0,
    remove: (next) => { next.conditions.splice(at, 1); if (held.filter.dimension === "workload") next.workload = null; return next; },
    editor: () => {
      if (!KEEPS[held.filter.op]) return null;
      const op = select(word("filterKind"), Object.keys(KEEPS).map((name) => [name, word(`op_${name}`)]), held.filter.op);
      const values = input(wordOf(held.filter.dimension), "text", held.filter.values.join(", "), { required: true, maxlength: "400" });
      return { fields: [element("span", {}, wordOf(held.filter.dimension)), op, values], change: (next) => {
        const typed = values.value === held.filter.values.join(", ") ? held.filter.values : values.value.split(",").map((value) => value.trim()).filter(Boolean);
        if (!typed.length) return undefined;
        next.conditions[at] = { filter: { ...held.filter, op: op.value, values: typed }, asked: [] };
        if (held.filter.dimension === "workload") next.workload = typed[0];
        return next;
      } };
    },
  }));
  (reading.dimensions ?? []).forEach((name, at) => add({
    kind: "by", shown: `${word("byStart")}${wordOf(name)}${word("byEnd")}`, inherited: inherited.has("dimensions"),
    remove: (next) => { next.dimensions.splice(at, 1); return next; },
    editor: () => groupEditor(name, (next, chosen) => { next.dimensions[at] = chosen; return next; }),
  }));
  add({
    kind: "period", shown: reading.period ? periodWords(reading.period.period) : word("allLoaded"), inherited: inherited.has("period"),
    remove: reading.period ? (next) => { next.period = null; next.base = null; return next; } : undefined,
    editor: () => { const { fields, read } = periodFields(reading.period?.period ?? loaded); return { fields, change: (next) => { const period = read(); if (!period) return undefined; next.period = period; return next; } }; },
  });
  if (reading.base) {
    add({
      kind: "compare", shown: `${word("against")} ${periodWords(reading.base.period)}`, inherited: inherited.has("base"),
      remove: (next) => { next.base = null; if (/^(compare|explain)/.test(String(next.ask))) next.ask = next.dimensions?.length ? "breakdown" : "total"; return next; },
      editor: () => { const { fields, read } = periodFields(reading.base.period); return { fields, change: (next) => { const base = read(); if (!base) return undefined; next.base = base; return next; } }; },
    });
  }
  if (reading.limit) {
    add({
      kind: "top", shown: `${word(reading.direction === "ascending" ? "bottom" : "top")} ${reading.limit}`,
      remove: (next) => { next.limit = null; return next; },
      editor: () => { const rows = input(word("rows"), "number", reading.limit, { min: "1", max: "1000", required: true }); return { fields: [rows], change: (next) => { next.limit = Number(rows.value); return next.limit > 0 ? next : undefined; } }; },
    });
  }
  return parts;
}

function groupEditor(chosen, put) {
  const known = [...new Set([...(chosen ? [chosen] : []), ...GROUPS])];
  const box = select(word("groupBy"), known.map((name) => [name, wordOf(name)]), chosen ?? GROUPS[1]);
  return { fields: [box], change: (next) => put(next, box.value) };
}

// The first and the last loaded day, from the answer's own evidence.
function loadedPeriod(answer) {
  const piece = answer.evidence.find((one) => one.table === "coverage");
  const cell = (name) => piece?.rows[0]?.[piece.columns.findIndex((column) => column.name === name)] ?? null;
  const [first, last] = [cell("first_day"), cell("last_day")];
  return first && last ? { start: first, end: shift(day(last), 1) } : undefined;
}

/** What a dimension or measure is called. */
export const nameWords = wordOf;

/** A reading in one line. */
export const readingWords = (reading) => partsOf(reading).map((part) => part.shown).join(", ");

/** The line under an answer that says how its question was read. `again(request, words)` asks with a corrected reading. */
export function readingLine(answer, again) {
  if (!answer.reading) return null;
  const line = element("div", { class: "reading", role: "group", "aria-label": word("readAs") });
  const list = element("ul", { class: "parts" });
  const place = element("div", { class: "part-editor", hidden: true });
  let opened = null;
  const close = () => { place.hidden = true; place.replaceChildren(); opened?.setAttribute("aria-expanded", "false"); opened?.focus(); opened = null; };
  const send = (next) => {
    if (!next) return;
    again(next, readingWords(next));
  };
  const open = (button, editor) => {
    const same = opened === button;
    if (opened) close();
    if (same) return;
    const form = element("form", { class: "fields" }, ...editor.fields, element("button", { type: "submit", class: "small" }, word("apply")), element("button", { type: "button", class: "small", onclick: close }, word("cancel")));
    form.addEventListener("submit", (event) => { event.preventDefault(); send(editor.change(clone(answer.reading))); });
    form.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); close(); } });
    place.replaceChildren(form);
    place.hidden = false;
    opened = button;
    button.setAttribute("aria-expanded", "true");
    form.querySelector("select, input")?.focus();
  };
  for (const part of partsOf(answer.reading, loadedPeriod(answer))) {
    const editor = part.editor?.();
    const label = `${word(`part_${part.kind}`)}: ${part.shown}`;
    const body = editor
      ? element("button", { type: "button", class: "part-body", "aria-expanded": "false", "aria-label": `${label}. ${word("change")}`, title: part.inherited ? word("inherited") : word("change") }, part.shown)
      : element("span", { class: "part-body" }, part.shown);
    if (editor) body.addEventListener("click", () => open(body, part.editor()));
    const drop = part.remove
      ? element("button", { type: "button", class: "part-drop", "aria-label": `${label}. ${word("remove")}`, title: word("remove"), onclick: () => send(part.remove(clone(answer.reading))) }, "✕")
      : null;
    list.append(element("li", { class: `part part-${part.kind}${part.inherited ? " part-inherited" : ""}` }, body, drop));
  }
  const more = element("button", { type: "button", class: "part-more", "aria-expanded": "false", "aria-label": word("addGroup"), title: word("addGroup") }, "+");
  more.addEventListener("click", () => open(more, groupEditor(null, (next, chosen) => { next.dimensions = [...(next.dimensions ?? []), chosen]; return next; })));
  list.append(element("li", {}, more));
  line.append(element("span", { class: "label" }, word("readAs")), list, place);
  return line;
}
