//! English sentences of one figure, or of a few that belong together.

use wherefore_contract::{draft::Sentence, evidence::FactRef, period::Period};

use super::{during, line, scope, subject, when};
use crate::say::{line::Line, scene::About, voice::Projection};

pub(in crate::say) fn total(about: &About, measure: FactRef, value: Line) -> Sentence {
    let start = when(subject(line().text("The "), about, measure), about);
    start.text(" was ").join(value).text(".").done()
}

/// Figures whose unit says what they count: "There were 216 rows of Amazon RDS in September 2024."
pub(in crate::say) fn counted(about: &About, _measure: FactRef, value: Line) -> Sentence {
    when(scope(line().text("There were ").join(value), about), about).text(".").done()
}

/// Money per something, which says its measure itself: "checkout cost $0.0183 per transaction".
pub(in crate::say) fn priced(about: &About, value: Line) -> Sentence {
    let start = if about.kept.is_empty() {
        line().text("Serving traffic cost ")
    } else {
        line().words(&about.kept).text(" cost ")
    };
    when(start.join(value), about).text(".").done()
}

pub(in crate::say) fn daily(about: &About, measure: FactRef, value: Line) -> Sentence {
    let start = when(subject(line().text("The "), about, measure), about);
    start.text(" averaged ").join(value).text(".").done()
}

pub(in crate::say) fn average(about: &About, measure: FactRef, value: Line) -> Sentence {
    let start = when(subject(line().text("The "), about, measure), about);
    start.text(" came to ").join(value).text(".").done()
}

/// What an average was made of.
pub(in crate::say) fn divided(about: &About, parts: [FactRef; 2]) -> Sentence {
    let [cost, count] = parts;
    let start = line().text("That is a ").measure(cost.clone()).text(" of ").value(cost);
    let start = start.text(" over a ").measure(count.clone()).text(" of ").value(count);
    when(start, about).text(".").done()
}

/// Several measures of one row: "billed cost $5.00, list cost $6.00".
pub(in crate::say) fn levels(about: &About, figures: &[FactRef]) -> Sentence {
    let start = scope(line().text("The costs"), about);
    let start = when(start, about).text(": ");
    let all = figures.iter().enumerate().fold(start, |line, (index, figure)| {
        let line = if index > 0 { line.text(", ") } else { line };
        line.measure(figure.clone()).text(" ").value(figure.clone())
    });
    all.text(".").done()
}

pub(in crate::say) fn exists(about: &About, rows: FactRef) -> Sentence {
    let start = when(scope(line().text("Yes, there are charges"), about), about);
    start.text(": ").value(rows).text(".").done()
}

pub(in crate::say) fn saving(
    about: &About,
    names: &[FactRef],
    measures: [FactRef; 2],
    difference: Line,
) -> Sentence {
    let [dear, cheap] = measures;
    let start = line().text("The difference between ").measure(dear).text(" and ");
    let start = subject(start, about, cheap);
    let start = if names.is_empty() { start } else { start.text(" for ").names(names) };
    let start = when(start, about);
    start.text(" was ").join(difference).text(".").done()
}

pub(in crate::say) fn two_levels(about: &About, sides: [FactRef; 2]) -> Sentence {
    let [dear, cheap] = sides;
    let start = line().text("The ").measure(dear.clone()).text(" was ").value(dear);
    let start = start.text(", the ").measure(cheap.clone()).text(" ").value(cheap);
    when(start, about).text(".").done()
}

/// "At the daily pace so far, the expected cost of November 2026 is $33,000.00 (low end …, high end …)."
pub(in crate::say) fn projected(about: &About, projection: &Projection) -> Sentence {
    bounded(line().text("At the daily pace so far, the "), about, projection)
}

fn bounded(start: Line, about: &About, projection: &Projection) -> Sentence {
    ended(when(subject(start, about, projection.expected.clone()), about), projection)
}

fn ended(start: Line, projection: &Projection) -> Sentence {
    let start = start.text(" is ").value(projection.expected.clone());
    match (&projection.low, &projection.high) {
        (Some(low), Some(high)) => start
            .text(" (")
            .measure(low.clone())
            .text(" ")
            .value(low.clone())
            .text(", ")
            .measure(high.clone())
            .text(" ")
            .value(high.clone())
            .text(").")
            .done(),
        _ => start.text(".").done(),
    }
}

/// "Going by the loaded days, the expected cost in December 2026 is $33,000.00 (low end …, high end …)."
pub(in crate::say) fn forecast(about: &About, projection: &Projection) -> Sentence {
    bounded(line().text("Going by the course of the loaded days, the "), about, projection)
}

/// "Expected cost of Amazon EC2 in December 2026: $33,000.00 (low end …, high end …)."
pub(in crate::say) fn forecast_of(
    about: &About,
    names: &[FactRef],
    projection: &Projection,
) -> Sentence {
    let start = subject(line().text("The "), about, projection.expected.clone());
    let start = when(start.text(" of ").names(names), about);
    ended(start, projection)
}

/// "Expected cost: November 2026 $1,100.00, December 2026 $1,150.00."
pub(in crate::say) fn forecast_months(about: &About, months: &[[FactRef; 2]]) -> Sentence {
    let Some([_, first]) = months.first() else { return line().done() };
    let start = line().text("Going by the course of the loaded days, the ");
    let start = subject(start, about, first.clone()).text(": ");
    let told = months.iter().enumerate().fold(start, |line, (index, [month, value])| {
        let line = if index > 0 { line.text(", ") } else { line };
        line.name(month.clone()).text(" ").value(value.clone())
    });
    told.text(".").done()
}

/// "Method: straight line with a weekly pattern; error on the past from 2025-09-01 to 2026-10-31: 2.1%."
pub(in crate::say) fn tried(method: FactRef, error: FactRef, learned: Option<Period>) -> Sentence {
    let start = line().text("Method: ").name(method).text("; ").measure(error.clone());
    let start = match learned {
        Some(learned) => during(start, learned).text(": "),
        None => start.text(": "),
    };
    start.value(error).text(".").done()
}

/// The part of a projection that is known: "From 2024-09-01 to 2024-09-10, the cost so far is $5.00."
pub(in crate::say) fn so_far(
    actual: FactRef,
    period: Option<Period>,
    days: Option<FactRef>,
) -> Sentence {
    let start = line().text("The ").measure(actual.clone());
    let start = match period {
        Some(period) => during(start, period),
        None => start,
    };
    let start = start.text(" is ").value(actual);
    match days {
        Some(days) => start.text(" (").value(days).text(").").done(),
        None => start.text(".").done(),
    }
}

pub(in crate::say) fn running_to(about: &About, until: FactRef, value: FactRef) -> Sentence {
    let start = line().text("By the end of ").name(until).text(", the ");
    let start = scope(start.measure(value.clone()), about);
    start.text(" had reached ").value(value).text(".").done()
}
