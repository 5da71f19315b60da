// Turns an answer's Markdown into elements, and marks the figures at the bytes where its claims say they stand.
import { element } from "./dom.js";

/** Maps byte offsets of UTF-8 to offsets of the string. */
function byteMap(text) {
  const map = new Map();
  let bytes = 0;
  let units = 0;
  for (const letter of text) {
    map.set(bytes, units);
    const point = letter.codePointAt(0);
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    units += letter.length;
  }
  map.set(bytes, units);
  return map;
}

/** Claims with string offsets, in the order of the text; ones that do not fit the text are left out. */
export function placedClaims(answer) {
  const map = byteMap(answer.text);
  return answer.claims
    .map((claim, index) => ({ claim, index, start: map.get(claim.at[0]), end: map.get(claim.at[1]) }))
    .filter(({ start, end }) => start !== undefined && end !== undefined && start < end)
    .sort((left, right) => left.start - right.start);
}

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'", "&#x27;": "'", "&nbsp;": "\u00a0", "&#124;": "|" };

/** Inline text of `source[from, to)`: escapes, strong, code and figures. */
function inline(source, from, to, claims, figure) {
  const root = document.createDocumentFragment();
  const open = [{ into: root, mark: null }];
  let text = "";
  const top = () => open[open.length - 1];
  const flush = () => {
    if (text) top().into.append(text);
    text = "";
  };
  const pending = claims.filter((claim) => claim.start >= from && claim.end <= to);
  let at = from;
  while (at < to) {
    const claim = pending.find((candidate) => candidate.start === at);
    if (claim) {
      flush();
      top().into.append(figure(claim, plain(source.slice(claim.start, claim.end))));
      at = claim.end;
      continue;
    }
    const letter = source[at];
    if (letter === "\\" && at + 1 < to && /[!-/:-@[-`{-~]/.test(source[at + 1])) {
      text += source[at + 1];
      at += 2;
    } else if (source.startsWith("**", at)) {
      flush();
      if (top().mark === "**") open.pop();
      else {
        const strong = element("strong");
        top().into.append(strong);
        open.push({ into: strong, mark: "**" });
      }
      at += 2;
    } else if (letter === "`" && source.indexOf("`", at + 1) > at && source.indexOf("`", at + 1) < to) {
      flush();
      const close = source.indexOf("`", at + 1);
      top().into.append(element("code", {}, source.slice(at + 1, close)));
      at = close + 1;
    } else if (letter === "&" && entityAt(source, at)) {
      const entity = entityAt(source, at);
      text += ENTITIES[entity];
      at += entity.length;
    } else {
      text += letter;
      at += 1;
    }
  }
  flush();
  return root;
}

function entityAt(source, at) {
  return Object.keys(ENTITIES).find((entity) => source.startsWith(entity, at));
}

/** The text of a piece of Markdown without its escapes. */
export function plain(piece) {
  let text = piece.replace(/\\([!-/:-@[-`{-~])/g, "$1");
  for (const [entity, letter] of Object.entries(ENTITIES)) text = text.replaceAll(entity, letter);
  return text;
}

/** The cells of a table line as [start, end) offsets. */
function cells(source, from, to) {
  const found = [];
  let start = from;
  for (let at = from; at < to; at += 1) {
    if (source[at] === "\\") at += 1;
    else if (source[at] === "|") {
      found.push([start, at]);
      start = at + 1;
    }
  }
  found.push([start, to]);
  const trimmed = found.map(([left, right]) => {
    while (left < right && source[left] === " ") left += 1;
    while (right > left && source[right - 1] === " ") right -= 1;
    return [left, right];
  });
  if (trimmed.length && trimmed[0][0] === trimmed[0][1]) trimmed.shift();
  if (trimmed.length && trimmed.at(-1)[0] === trimmed.at(-1)[1]) trimmed.pop();
  return trimmed;
}

const isRule = (line) => /^\s*\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)*\|?\s*$/.test(line);

/**
 * The answer's text as elements. `figure(claim, shown)` makes the element of a claim.
 * The first paragraph, which is the direct answer, becomes the headline.
 */
export function render(answer, figure) {
  const source = answer.text;
  const claims = placedClaims(answer);
  const lines = [];
  for (let at = 0; at <= source.length; ) {
    const stop = source.indexOf("\n", at);
    const end = stop < 0 ? source.length : stop;
    lines.push([at, end]);
    at = end + 1;
  }
  const body = document.createDocumentFragment();
  const say = (from, to) => inline(source, from, to, claims, figure);
  let headlined = false;
  for (let index = 0; index < lines.length; ) {
    const [from, to] = lines[index];
    const line = source.slice(from, to);
    const next = lines[index + 1] ? source.slice(...lines[index + 1]) : "";
    if (!line.trim()) {
      index += 1;
    } else if (line.includes("|") && isRule(next)) {
      const taken = [];
      let row = index + 2;
      while (row < lines.length && source.slice(...lines[row]).includes("|")) taken.push(lines[row++]);
      body.append(table(source, lines[index], lines[index + 1], taken, say));
      index = row;
    } else if (/^#{1,6} /.test(line)) {
      const depth = line.indexOf(" ");
      body.append(element("h3", {}, say(from + depth + 1, to)));
      index += 1;
    } else if (/^\s*([-*]|\d+\.) /.test(line)) {
      const list = element(/^\s*\d/.test(line) ? "ol" : "ul");
      while (index < lines.length && /^\s*([-*]|\d+\.) /.test(source.slice(...lines[index]))) {
        const [start, end] = lines[index];
        const mark = source.slice(start, end).match(/^\s*([-*]|\d+\.) /)[0].length;
        list.append(element("li", {}, say(start + mark, end)));
        index += 1;
      }
      body.append(list);
    } else if (line.startsWith("> ")) {
      body.append(element("blockquote", {}, say(from + 2, to)));
      index += 1;
    } else {
      body.append(element(headlined ? "p" : "h2", headlined ? {} : { class: "headline" }, say(from, to)));
      headlined = true;
      index += 1;
    }
  }
  return body;
}

function table(source, head, rule, rows, say) {
  const numeric = cells(source, ...rule).map(([from, to]) => source.slice(from, to).endsWith(":"));
  const line = (name, [from, to]) =>
    element("tr", {}, ...cells(source, from, to).map(([start, end], index) =>
      element(name, { class: numeric[index] ? "number" : undefined, scope: name === "th" ? "col" : undefined }, say(start, end))));
  const made = element("table", {}, element("thead", {}, line("th", head)), element("tbody", {}, ...rows.map((row) => line("td", row))));
  return element("div", { class: "table", tabindex: "-1" }, made);
}
