// Builds SVG from numbers and text. Nothing here reads markup: text stays text.

const SVG = "http://www.w3.org/2000/svg";

/** An SVG element with attributes and children; a child is an element or a string. */
export function shape(name, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** As much of a text as fits a width, by rough widths of letters: Korean ones are wide. */
export function fitting(text, width, size = 11) {
  let used = 0;
  let out = "";
  for (const letter of text) {
    used += size * (letter.charCodeAt(0) > 0x2e80 ? 0.98 : 0.58);
    if (used > width - size) return out.length < 2 ? "" : `${out.trimEnd()}…`;
    out += letter;
  }
  return out;
}

/** Arrow keys move the one tab stop among many marks; `at` and `move` work on their order. */
export function rove(root, marks, next) {
  marks.forEach((mark, index) => mark.setAttribute("tabindex", index === 0 ? "0" : "-1"));
  root.addEventListener("keydown", (event) => {
    const from = marks.indexOf(document.activeElement);
    if (from < 0) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      marks[from].dispatchEvent(new MouseEvent("click", { bubbles: true }));
      return;
    }
    const to = next(from, event.key);
    if (to === undefined || !marks[to]) return;
    event.preventDefault();
    marks[from].setAttribute("tabindex", "-1");
    marks[to].setAttribute("tabindex", "0");
    marks[to].focus();
  });
}
