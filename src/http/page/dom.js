// Builds elements from text. Nothing here reads markup: text stays text.

/** An element with attributes and children; a child is an element or a string. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "class") made.className = value;
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

const SVG_ELEMENTS = new Set(["svg", "g", "title", "desc", "rect", "line", "path", "polyline", "polygon", "circle", "text", "tspan"]);
const SVG_ATTRIBUTES = new Set([
  "viewbox", "width", "height", "class", "role", "aria-label", "aria-labelledby", "aria-hidden", "id", "x", "y", "x1", "x2", "y1", "y2",
  "dx", "dy", "cx", "cy", "r", "rx", "ry", "d", "points", "transform", "text-anchor", "dominant-baseline", "fill", "stroke", "stroke-width",
  "stroke-dasharray", "stroke-linejoin", "stroke-linecap", "opacity", "fill-opacity", "stroke-opacity", "font-size", "font-weight", "font-family",
  "preserveaspectratio", "xmlns", "lang", "xml:lang", "data-series", "focusable",
]);

/** A chart drawn by the server, kept only when it consists of shapes and text. */
export function chart(svg) {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
  const root = parsed.documentElement;
  if (root.localName !== "svg" || parsed.querySelector("parsererror")) return null;
  for (const part of [root, ...root.querySelectorAll("*")]) {
    if (!SVG_ELEMENTS.has(part.localName)) return null;
    for (const attribute of [...part.attributes]) {
      const allowed = SVG_ATTRIBUTES.has(attribute.name.toLowerCase());
      if (!allowed || /url\(|javascript:/i.test(attribute.value)) part.removeAttribute(attribute.name);
    }
  }
  return document.importNode(root, true);
}

/** Copies a text; resolves to whether it worked. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
