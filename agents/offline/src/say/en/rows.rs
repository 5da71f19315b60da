//! English sentences about rows: the first of a ranking, what follows it, and ends of a course.

use wherefore_contract::{
    dimension::Dimension, draft::Extreme, draft::Sentence, evidence::FactRef,
};

use super::{line, scope, subject, when};
use crate::say::{
    line::Line,
    scene::About,
    voice::{Rank, Ranked},
};

/// "The cloud service with the largest billed cost in September 2024 was Amazon EC2: $5.00, 61.0% of
/// the total."
pub(in crate::say) fn ranked(about: &About, ranked: &Ranked<'_>) -> Sentence {
    let start = match ranked.dimensions {
        [] => line().text("The row"),
        [one] => line().text("The ").dimension(one),
        several => line().text("The combination of ").dimensions(several, " and "),
    };
    let start = start.text(" with ");
    let start = match ranked.rank {
        Rank::First => start.extreme(ranked.value.clone(), ranked.which),
        Rank::Later => start.place(ranked.value.clone(), ranked.which),
    };
    let start = when(subject(start.text(" "), about, ranked.value.clone()), about);
    let start = start.text(" was ").names(ranked.names).text(": ").value(ranked.value.clone());
    match &ranked.share {
        Some(share) => start.text(", ").value(share.clone()).text(" of the total.").done(),
        None => start.text(".").done(),
    }
}

pub(in crate::say) fn row(
    about: &About,
    names: &[FactRef],
    measure: FactRef,
    value: Line,
) -> Sentence {
    let start = subject(line().text("The "), about, measure);
    let start = start.text(if about.kept.is_empty() { " of " } else { " for " }).names(names);
    when(start, about).text(" was ").join(value).text(".").done()
}

pub(in crate::say) fn runners_up(rows: &[(Vec<FactRef>, FactRef)]) -> Sentence {
    let start = line().text(if rows.len() > 1 { "Next come " } else { "Next comes " });
    let all = rows.iter().enumerate().fold(start, |line, (index, (names, value))| {
        let line = if index > 0 { line.text(" and ") } else { line };
        line.names(names).text(" with ").value(value.clone())
    });
    all.text(".").done()
}

pub(in crate::say) fn ends(
    dimension: &Dimension,
    measure: FactRef,
    sides: [(Vec<FactRef>, FactRef); 2],
) -> Sentence {
    let [(high_names, high), (low_names, low)] = sides;
    let start = line().text("By ").dimension(dimension).text(", ");
    let start = start.extreme(high.clone(), Extreme::Largest).text(" ").measure(measure);
    let start = start.text(" was that of ").names(&high_names).text(" with ").value(high);
    let start = start.text(", and ").extreme(low.clone(), Extreme::Smallest);
    start.text(" that of ").names(&low_names).text(" with ").value(low).text(".").done()
}

pub(in crate::say) fn matching(evidence: &str) -> Sentence {
    line().text("Matching the condition: ").count(evidence).text(".").done()
}

/// "There are 5 regions: …".
pub(in crate::say) fn listed(
    about: &About,
    evidence: &str,
    names: &[Vec<FactRef>],
    all: bool,
) -> Sentence {
    let start = when(scope(line().text("The charges"), about), about);
    let start = start.text(" hold ").count(evidence).text(if all { ": " } else { ", among them " });
    let words = names.iter().enumerate().fold(start, |line, (index, names)| {
        let line = if index > 0 { line.text(", ") } else { line };
        line.names(names)
    });
    words.text(".").done()
}

/// "1 day without charges in October 2026: 2026-10-31."
pub(in crate::say) fn absent(
    about: &About,
    _dimensions: &[Dimension],
    evidence: &str,
    (names, all): (&[Vec<FactRef>], bool),
) -> Sentence {
    let start = when(scope(line().count(evidence).text(" without any charge"), about), about);
    let start = start.text(if all { ": " } else { ", among them " });
    let words = names.iter().enumerate().fold(start, |line, (index, names)| {
        let line = if index > 0 { line.text(", ") } else { line };
        line.names(names)
    });
    words.text(".").done()
}

pub(in crate::say) fn absent_count(about: &About, count: FactRef) -> Sentence {
    let start = scope(line().text("The time without any charge"), about);
    when(start, about).text(" is ").value(count).text(".").done()
}

pub(in crate::say) fn none_absent(about: &About, dimensions: &[Dimension]) -> Sentence {
    let start = line().text("There is no ").dimensions(dimensions, ", ");
    when(scope(start.text(" without a charge"), about), about).text(".").done()
}

pub(in crate::say) fn reach(
    about: &About,
    evidence: &str,
    names: &[FactRef],
    share: FactRef,
) -> Sentence {
    let start = when(scope(line().count(evidence), about), about);
    let start = start.text(", the last of them ").names(names);
    start.text(", reach a share of ").value(share).text(" of the total.").done()
}
