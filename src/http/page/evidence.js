// The panel beside an answer: where a figure comes from, down to the statement and the rows.
import { copy, element } from "./dom.js";
import { language, word } from "./words.js";

const ROWS_SHOWN = 200;

const panel = () => document.getElementById("proof");
let cameFrom = null;

/** Closes the panel and returns the focus to the figure it was opened from. */
export function closeEvidence() {
  if (panel().hidden) return false;
  panel().hidden = true;
  document.body.classList.remove("proving");
  for (const marked of document.querySelectorAll(".figure[aria-expanded=true]")) marked.setAttribute("aria-expanded", "false");
  cameFrom?.focus();
  cameFrom = null;
  return true;
}

/** Opens the panel on one claim of an answer. */
export function openClaim(answer, claim, from) {
  const facts = claim.facts.map(readFact).filter(Boolean);
  // A count rests on a whole table: its `op` names the evidence.
  const ids = facts.length ? [...new Set(facts.map((fact) => fact.evidence))] : [claim.op].filter((id) => findEvidence(answer, id));
  const isComputed = claim.kind === "calc";
  const shown = element("header", { class: "proof-head" },
    element("p", { class: "proof-kind" }, word(isComputed ? claim.op : claim.kind, claim.kind)),
    element("p", { class: "proof-shown" }, claim.shown),
    claim.exact ? element("p", { class: "proof-exact" }, `${word("exact")}: `, element("code", {}, claim.exact)) : null);
  const operands = isComputed || facts.length > 1 ? operandList(answer, facts) : null;
  fill(shown, operands, ...ids.map((id) => evidenceBlock(answer, id, facts.filter((fact) => fact.evidence === id))));
  show(from);
}

/** Opens the panel on content of another kind. */
export function openPanel(title, from, ...content) {
  fill(content[0], null, ...content.slice(1));
  panel().querySelector("#proof-title").textContent = title;
  show(from);
}

/** Opens the panel on one piece of evidence. */
export function openEvidence(answer, id, from) {
  fill(element("header", { class: "proof-head" }, element("p", { class: "proof-shown" }, id)), null, evidenceBlock(answer, id, []));
  show(from);
}

function fill(head, operands, ...blocks) {
  const close = element("button", { type: "button", class: "plain icon proof-close", "aria-label": word("close"), title: `${word("close")} (Esc)`, onclick: closeEvidence }, "✕");
  panel().replaceChildren(
    element("div", { class: "proof-bar" }, element("h2", { id: "proof-title" }, word("proof")), close),
    head, ...(operands ? [operands] : []), ...blocks);
}

function show(from) {
  for (const marked of document.querySelectorAll(".figure[aria-expanded=true]")) marked.setAttribute("aria-expanded", "false");
  cameFrom = from;
  from?.setAttribute("aria-expanded", "true");
  panel().hidden = false;
  document.body.classList.add("proving");
  panel().scrollTop = 0;
  panel().focus();
  panel().querySelector("td.cited")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  panel().scrollTop = 0;
}

/** `e1/0/billed_cost` taken apart. */
function readFact(text) {
  const [evidence, row, ...column] = text.split("/");
  return column.length ? { evidence, row: Number(row), column: column.join("/"), text } : null;
}

const findEvidence = (answer, id) => answer.evidence.find((piece) => piece.id === id);

function cellOf(answer, fact) {
  const piece = findEvidence(answer, fact.evidence);
  const at = piece?.columns.findIndex((column) => column.name === fact.column) ?? -1;
  if (at < 0) return null;
  const row = piece.rows[fact.row];
  const column = piece.columns[at];
  const by = column.unit_column ? piece.columns.findIndex((other) => other.name === column.unit_column) : -1;
  return { value: row?.[at] ?? null, unit: column.unit ?? (by >= 0 ? row?.[by] : null), about: piece.columns.map((other, index) => (other.kind === "measure" ? null : row?.[index])).filter(Boolean) };
}

function operandList(answer, facts) {
  return element("section", { class: "operands" }, element("h3", {}, word("computed")),
    element("ol", {}, ...facts.map((fact) => {
      const cell = cellOf(answer, fact);
      return element("li", {}, element("code", {}, cell?.value ?? word("nullCell")), ` ${cell?.unit ?? ""} `, element("span", { class: "quiet" }, [...(cell?.about ?? []), fact.text].join(" · ")));
    })));
}

function evidenceBlock(answer, id, facts) {
  const piece = findEvidence(answer, id);
  if (!piece) return element("p", {}, id);
  const line = (name, value) => (value ? [element("dt", {}, name), element("dd", {}, value)] : []);
  return element("section", { class: "piece", "aria-label": id },
    element("h3", {}, element("span", { class: "badge" }, id), ` ${word(piece.tool, piece.tool)}`),
    element("dl", {},
      ...line(word("tool"), element("code", {}, piece.tool)),
      ...line(word("table"), element("code", {}, piece.table)),
      ...line(word("source"), piece.source),
      ...line(word("snapshot"), element("code", {}, piece.snapshot)),
      ...line(word("asOf"), piece.data_as_of),
      ...line(word("complete"), element("span", { class: piece.complete ? "whole" : "part" }, word(piece.complete ? "isComplete" : "isPartial")))),
    rowsBlock(piece, facts),
    statementBlock(piece),
    foldable("arguments", element("pre", { tabindex: "0" }, element("code", {}, JSON.stringify(piece.arguments, null, 2)))));
}

function foldable(name, content, isOpen) {
  return element("details", { open: isOpen }, element("summary", {}, word(name)), content);
}

function statementBlock(piece) {
  if (!piece.statement) return element("p", { class: "quiet" }, word("noStatement"));
  const button = element("button", { type: "button", class: "small" }, word("copySql"));
  button.addEventListener("click", async () => {
    button.textContent = (await copy(piece.statement)) ? word("copied") : word("copySql");
  });
  const bound = piece.parameters.length
    ? element("dl", { class: "bound" }, ...piece.parameters.flatMap((value, index) => [element("dt", {}, `$${index + 1}`), element("dd", {}, element("code", {}, value))]))
    : null;
  return foldable("statement", element("div", { class: "sql" }, element("pre", { tabindex: "0", class: "statement" }, element("code", {}, piece.statement)), button, bound ? element("h4", {}, word("parameters")) : null, bound), true);
}

// Shows the first rows, and the cited ones wherever they stand.
function rowsBlock(piece, facts) {
  const cited = new Set(facts.map((fact) => fact.row));
  const indexes = piece.rows.map((_, index) => index).filter((index) => index < ROWS_SHOWN || cited.has(index));
  const isCited = (row, column) => facts.some((fact) => fact.row === row && fact.column === column.name);
  const head = piece.columns.map((column) => element("th", { scope: "col", class: column.kind === "measure" ? "number" : undefined }, column.name, column.unit ? element("span", { class: "unit" }, ` ${column.unit}`) : null));
  const body = indexes.map((row) => element("tr", { class: cited.has(row) ? "cited-row" : undefined },
    ...piece.columns.map((column, at) => {
      const value = piece.rows[row][at];
      const kind = [column.kind === "measure" ? "number" : "", isCited(row, column) ? "cited" : "", value === null ? "empty" : ""].join(" ").trim();
      return element("td", { class: kind || undefined }, value ?? "∅");
    })));
  const count = language() === "ko" ? `${indexes.length}${word("shownRows")} ${piece.rows.length}` : `${indexes.length} ${word("shownRows")} ${piece.rows.length}`;
  return element("div", { class: "rows" },
    element("div", { class: "table", tabindex: "0", role: "region", "aria-label": word("rows") }, element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body))),
    element("p", { class: "quiet" }, count));
}
