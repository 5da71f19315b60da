//! A report as Markdown, and the parts of answers that every form of it shows.

use std::{collections::BTreeSet, fmt::Write as _};

use wherefore_contract::answer::{ShownEvidence, Status};
use wherefore_verify::{VerifiedAnswer, render};

use super::{
    Report, Section, shared,
    words::{self, Label, label},
};

/// The report's text.
pub(super) fn document(report: &Report) -> String {
    let language = report.language;
    let mut out = format!(
        "# {}: {}\n\n{}\n",
        words::report(report.kind, language),
        render::period(report.month, language),
        words::purpose(report.kind, language)
    );
    if shared::borne(report).is_some() {
        let _ = writeln!(out, "\n{}", words::sharing(report.sharing, language));
    }
    if let Some(closing) = &report.closing {
        let _ = writeln!(out, "\n> {}", words::closing(closing, language));
    }
    for section in &report.sections {
        let _ = writeln!(out, "\n## {}", words::title(section.key, language));
        for answer in &section.answers {
            out.push('\n');
            let nothing = label(Label::Nothing, language);
            out.push_str(if is_empty(answer) { nothing } else { main_part(answer) });
            out.push('\n');
        }
    }
    let caveats = caveats(report);
    if !caveats.is_empty() {
        let _ = writeln!(out, "\n## {}\n", label(Label::Caveats, language));
        for caveat in caveats {
            let _ = writeln!(out, "- {caveat}");
        }
    }
    let _ = write!(
        out,
        "\n{} {}: {}, {}: {}.\n",
        label(Label::MadeBy, language),
        label(Label::Snapshot, language),
        report.snapshot,
        label(Label::AsOf, language),
        report.as_of
    );
    out
}

/// Whether the tools were asked and found nothing.
pub(super) fn is_empty(answer: &VerifiedAnswer) -> bool {
    let own = answer.answer();
    own.status == Status::Declined && own.gaps.iter().any(|gap| gap.code == "no_data")
}

/// What an answer says and shows, without the lists at its end (how it was read, caveats, what to ask next).
pub(super) fn main_part(answer: &VerifiedAnswer) -> &str {
    let text = answer.markdown();
    let end = text.find("\n\n**").unwrap_or(text.len());
    text.get(..end).unwrap_or(text)
}

/// What qualifies the figures of the report, each said once, in the order of the sections.
pub(super) fn caveats(report: &Report) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    let answers = report.sections.iter().flat_map(|section| &section.answers);
    for gap in answers.flat_map(|answer| &answer.answer().gaps) {
        // What an analysis could not find stands in its own section.
        if gap.code == "no_data" {
            continue;
        }
        let words = format!("{} {}", gap.text, gap.effect).trim().to_owned();
        if seen.insert(words.clone()) {
            all.push(words);
        }
    }
    all
}

/// The evidence that the answers of a section rest on, without what is only looked up on the way.
pub(super) fn cited(section: &Section) -> Vec<&ShownEvidence> {
    section.answers.iter().flat_map(cited_by).collect()
}

/// The same of one answer.
pub(super) fn cited_by(answer: &VerifiedAnswer) -> Vec<&ShownEvidence> {
    let own = answer.answer();
    let used: BTreeSet<&str> = own
        .claims
        .iter()
        .flat_map(|claim| &claim.facts)
        .filter_map(|fact| fact.split('/').next())
        .chain(own.charts.iter().map(|chart| chart.evidence.as_str()))
        .collect();
    own.evidence.iter().filter(|held| used.contains(held.id.as_str())).collect()
}
