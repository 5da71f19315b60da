//! A report as one HTML page that loads nothing: its style and its drawings stand in it, and it runs no script.

mod evidence;
mod text;

use std::fmt::Write as _;

use wherefore_contract::{answer::Status, question::Language};
use wherefore_verify::{VerifiedAnswer, escape, render};

use super::{
    Closing, Report, Section,
    make::is_flat,
    markdown::{caveats, is_empty},
    shared,
    words::{self, Label, label},
};

/// Nothing is loaded and nothing runs; the style is the page's own.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
const STYLE: &str = include_str!("html/report.css");

/// The page.
pub(super) fn page(report: &Report) -> String {
    let language = report.language;
    let title = format!(
        "{}: {}",
        words::report(report.kind, language),
        render::period(report.month, language)
    );
    let mut out = String::new();
    let _ = write!(
        out,
        r#"<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{}</title>
<style>
{STYLE}</style>
</head>
<body>
"#,
        escape::xml(&title)
    );
    out.push_str(&masthead(report));
    out.push_str("<div class=\"frame\">\n");
    out.push_str(&contents(report));
    out.push_str("<main>\n");
    for (at, section) in report.sections.iter().enumerate() {
        out.push_str(&shown(at, section, language));
    }
    out.push_str(&caveat_list(report));
    out.push_str(&evidence::appendix(report));
    let _ = write!(
        out,
        "<footer>{} {}: {}. {}: {}.</footer>\n</main>\n</div>\n</body>\n</html>\n",
        label(Label::MadeBy, language),
        label(Label::Snapshot, language),
        escape::xml(&report.snapshot),
        label(Label::AsOf, language),
        report.as_of
    );
    out
}

fn masthead(report: &Report) -> String {
    let language = report.language;
    let mut out = format!(
        "<header class=\"mast\"><p class=\"kind\">{}</p>\n<h1>{}</h1>\n<p class=\"purpose\">{}</p>\n",
        escape::xml(words::report(report.kind, language)),
        escape::xml(&render::period(report.month, language)),
        escape::xml(words::purpose(report.kind, language))
    );
    if let Some(by) = &report.by {
        let name = render::dimension(by, language);
        let _ = writeln!(
            out,
            "<p class=\"by\"><span>{}</span> {}</p>",
            label(Label::Owner, language),
            escape::xml(&name)
        );
    }
    if shared::borne(report).is_some() {
        let words = escape::xml(words::sharing(report.sharing, language));
        let _ = writeln!(out, "<p class=\"purpose\">{words}</p>");
    }
    if let Some(closing) = &report.closing {
        let class = match closing {
            Closing::Exact => "closing exact",
            Closing::Open { .. } => "closing open",
        };
        let _ = writeln!(
            out,
            "<p class=\"{class}\">{}</p>",
            escape::xml(&words::closing(closing, language))
        );
    }
    out.push_str("</header>\n");
    out
}

fn contents(report: &Report) -> String {
    let language = report.language;
    let mut out =
        format!("<nav aria-label=\"{0}\"><p>{0}</p>\n<ol>\n", label(Label::Contents, language));
    for section in &report.sections {
        let _ = writeln!(
            out,
            "<li><a href=\"#{}\">{}</a></li>",
            section.key,
            escape::xml(words::title(section.key, language))
        );
    }
    for (key, name) in [("caveats", Label::Caveats), ("evidence", Label::Evidence)] {
        let _ = writeln!(out, "<li><a href=\"#{key}\">{}</a></li>", label(name, language));
    }
    out.push_str("</ol></nav>\n");
    out
}

fn shown(at: usize, section: &Section, language: Language) -> String {
    let mut out = format!(
        "<section id=\"{}\"><h2>{}</h2>\n",
        section.key,
        escape::xml(words::title(section.key, language))
    );
    for (number, answer) in section.answers.iter().enumerate() {
        out.push_str(&one(answer, &place(at, number)));
    }
    out.push_str("</section>\n");
    out
}

/// The name of an answer's place in the page: section and answer, from one.
fn place(section: usize, answer: usize) -> String {
    format!("s{}-{}", section + 1, answer + 1)
}

fn one(answer: &VerifiedAnswer, place: &str) -> String {
    let own = answer.answer();
    let class = match own.status {
        Status::Answered | Status::Partial => "answer",
        Status::Declined | Status::NeedsClarification => "answer none",
    };
    let mut out = format!("<article class=\"{class}\" id=\"{place}\">\n");
    if is_empty(answer) {
        let nothing = escape::xml(label(Label::Nothing, own.language));
        let _ = writeln!(out, "<p class=\"headline\">{nothing}</p>\n</article>");
        return out;
    }
    let (words, tables) = text::parts(answer, place);
    out.push_str(&words);
    // Of what did not move the words say enough; its rows stand in the evidence.
    if is_flat(answer) {
        out.push_str("</article>\n");
        return out;
    }
    // A chart stands between what is said and the rows that it is drawn from.
    for chart in &own.charts {
        let _ = writeln!(
            out,
            "<figure><figcaption>{}</figcaption>{}</figure>",
            escape::xml(&chart.title.replace('\\', "")),
            chart.svg
        );
    }
    out.push_str(&tables);
    if !own.assumptions.is_empty() {
        out.push_str("<ul class=\"read\">\n");
        for assumption in &own.assumptions {
            let _ = writeln!(out, "<li>{}</li>", text::plain(&assumption.text));
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</article>\n");
    out
}

fn caveat_list(report: &Report) -> String {
    let mut out = format!(
        "<section id=\"caveats\"><h2>{}</h2>\n<ul>\n",
        label(Label::Caveats, report.language)
    );
    for caveat in caveats(report) {
        let _ = writeln!(out, "<li>{}</li>", text::plain(&caveat));
    }
    out.push_str("</ul></section>\n");
    out
}
