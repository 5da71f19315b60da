// The menu of reports: which month, by whom, and in what form; each choice is a link that the program answers.
import { element } from "./dom.js";
import { language, word } from "./words.js";

const by = (id) => document.getElementById(id);
const OWNERS = ["", "workload", "sub_account", "cloud_service", "region"];
const METHODS = ["rules", "proportional", "even", "transactions", "none"];

let months = [];

/** Months from the first loaded day to the last, newest first. */
function between(first, last) {
  const found = [];
  let [year, month] = last.split("-").map(Number);
  const [firstYear, firstMonth] = first.split("-").map(Number);
  while (year > firstYear || (year === firstYear && month >= firstMonth)) {
    found.push(`${year}-${String(month).padStart(2, "0")}`);
    month -= 1;
    if (month === 0) { month = 12; year -= 1; }
  }
  return found;
}

/** Whether the last loaded day is the last of its month. */
function ends(day) {
  const [year, month, date] = day.split("-").map(Number);
  return date === new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Fills the menu from what is loaded, and keeps what was chosen. */
export function drawReports(status) {
  const loaded = Boolean(status?.first_day && status?.last_day);
  by("reports").hidden = !loaded;
  if (!loaded) return;
  months = between(status.first_day, status.last_day);
  const usual = months.length > 1 && !ends(status.last_day) ? months[1] : months[0];
  options("report-kind", ["review", "chargeback", "showback"].map((kind) => [kind, word(`report_${kind}`)]), "review");
  options("report-month", months.map((month) => [month, month]), usual);
  options("report-by", OWNERS.map((name) => [name, word(`report_by_${name || "usual"}`)]), "");
  options("report-allocate", METHODS.map((name) => [name, word(`report_allocate_${name}`)]), "rules");
  link();
}

function options(id, choices, usual) {
  const box = by(id);
  const chosen = box.value || usual;
  box.replaceChildren(...choices.map(([value, name]) => element("option", { value, selected: value === chosen }, name)));
}

function link() {
  const kind = by("report-kind").value;
  const divided = kind !== "review";
  by("report-owners").hidden = !divided;
  const query = { month: by("report-month").value, language: language() };
  if (divided) {
    if (by("report-by").value) query.by = by("report-by").value;
    query.allocate = by("report-allocate").value;
  }
  for (const form of ["html", "xlsx", "csv"]) {
    by(`report-${form}`).href = `/v1/reports/${kind}?${new URLSearchParams({ ...query, format: form })}`;
  }
}

for (const id of ["report-kind", "report-month", "report-by", "report-allocate"]) by(id).addEventListener("change", link);
