//! The appendix of a report: for every answer the calls, statements and rows that its figures come from.

use std::fmt::Write as _;

use serde_json::Value;
use wherefore_contract::answer::ShownEvidence;
use wherefore_verify::{escape, render};

use super::place;
use crate::report::{
    Report, cells,
    markdown::cited_by,
    words::{self, Label, label},
};

/// Rows of evidence that are written out; the statement gives all of them again.
const ROWS_SHOWN: usize = 25;

pub(super) fn appendix(report: &Report) -> String {
    let language = report.language;
    let mut out = format!(
        "<section id=\"evidence\"><h2>{}</h2>\n<p class=\"hint\">{}</p>\n",
        label(Label::Evidence, language),
        label(Label::EvidenceHint, language)
    );
    for (at, section) in report.sections.iter().enumerate() {
        for (number, answer) in section.answers.iter().enumerate() {
            let place = place(at, number);
            for held in cited_by(answer) {
                out.push_str(&one(report, words::title(section.key, language), &place, held));
            }
        }
    }
    out.push_str("</section>\n");
    out
}

fn one(report: &Report, title: &str, place: &str, held: &ShownEvidence) -> String {
    let language = report.language;
    let mut out = format!(
        "<article class=\"evidence\" id=\"{place}-{id}\"><h3><span>{id}</span> {} · {}</h3>\n<p class=\"back\"><a href=\"#{place}\">{title}: {}</a></p>\n<dl>\n",
        escape::xml(&held.tool),
        escape::xml(&held.table),
        label(Label::Back, language),
        id = escape::xml(&held.id),
    );
    let arguments = Value::Object(held.arguments.clone()).to_string();
    let mut line = |name: Label, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(
                out,
                "<dt>{}</dt><dd><code>{}</code></dd>",
                label(name, language),
                escape::xml(value)
            );
        }
    };
    line(Label::Source, &held.source);
    line(Label::Arguments, &arguments);
    if !held.parameters.is_empty() {
        line(Label::Parameters, &held.parameters.join(", "));
    }
    out.push_str("</dl>\n");
    if let Some(statement) = &held.statement {
        let lines: Vec<String> = statement.lines().map(escape::xml).collect();
        let _ = writeln!(
            out,
            "<details><summary>{}</summary><pre>{}</pre></details>",
            label(Label::Statement, language),
            lines.join("\n")
        );
    }
    out.push_str(&rows(report, held));
    out.push_str("</article>\n");
    out
}

// Exact cells, as the tool gave them.
fn rows(report: &Report, held: &ShownEvidence) -> String {
    let language = report.language;
    if held.rows.is_empty() {
        return String::new();
    }
    let mut out = String::from("<div class=\"table\" tabindex=\"0\"><table>\n<thead><tr>");
    for column in &held.columns {
        let class = if cells::is_measure(column) { " class=\"number\"" } else { "" };
        let _ = write!(
            out,
            "<th scope=\"col\"{class}>{}</th>",
            escape::xml(&render::head(column, language))
        );
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in cells::of_table(&held.columns, &held.rows).iter().take(ROWS_SHOWN) {
        out.push_str("<tr>");
        for (column, text) in row.cells() {
            let class = if cells::is_measure(column) { " class=\"number\"" } else { "" };
            let _ = write!(out, "<td{class}>{}</td>", escape::xml(text.unwrap_or_default()));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
    if held.rows.len() > ROWS_SHOWN {
        let _ = writeln!(out, "<p class=\"hint\">{}</p>", label(Label::MoreRows, language));
    }
    out
}
