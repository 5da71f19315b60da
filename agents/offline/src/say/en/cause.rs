//! English sentences about why something moved.

use wherefore_contract::{
    draft::{CalcOp, Format, Sentence},
    evidence::FactRef,
    period::Period,
};

use super::line;
use crate::say::{
    line::Line,
    scene::{About, Part},
};

pub(in crate::say) fn part_moved(
    about: &About,
    from: Option<Period>,
    names: &[FactRef],
    measure: FactRef,
    change: FactRef,
    percent: Option<FactRef>,
) -> Sentence {
    let start = match (from, about.period) {
        (Some(from), Some(to)) => {
            line().text("From ").period(from).text(" to ").period(to).text(", the ")
        }
        _ => line().text("The "),
    };
    let start = start.measure(measure).text(" of ").names(names).text(" ");
    let start = start.trend(None, change.clone()).text(" by ").absolute(change);
    match percent {
        Some(percent) => start.text(" (").signed(percent).text(").").done(),
        None => start.text(".").done(),
    }
}

pub(in crate::say) fn unit_cost_moved(
    workload: Option<FactRef>,
    sides: [(FactRef, Option<Period>); 2],
) -> Sentence {
    let [(from, early), (to, late)] = sides;
    let start = match workload {
        Some(workload) => line().name(workload),
        None => line().text("Serving traffic"),
    };
    let dated = |line: Line, period: Option<Period>| match period {
        Some(period) => line.text(" in ").period(period),
        None => line,
    };
    let start = dated(start.text(" cost ").value(from.clone()), early).text(" and ");
    dated(start.value(to.clone()), late)
        .text(": it ")
        .trend(Some(from.clone()), to.clone())
        .text(" (")
        .calc(CalcOp::PercentChange, vec![from, to], Format::Signed)
        .text(").")
        .done()
}

pub(in crate::say) fn main_cause(
    effect: &str,
    of_transactions: bool,
    names: &[FactRef],
    amount: FactRef,
    period: Option<Period>,
) -> Sentence {
    let gloss = match effect {
        "volume" if !of_transactions => "the amount of traffic changed",
        "intensity" if !of_transactions => "its use changed",
        "volume" => "the same spend now serves a different amount of traffic",
        "intensity" => "each transaction now uses a different amount of it",
        "mix" => "the work moved to another kind of resource",
        "price" => "its unit price changed",
        "new" => "nothing of the kind was charged before",
        "gone" => "nothing of the kind is charged any more",
        "non_operating" => "credits, refunds, tax, purchases or support",
        _ => "what no other effect explains",
    };
    let start = match names {
        [effect, rest @ ..] if !rest.is_empty() => {
            line().text("The main cause is ").name(effect.clone()).text(" at ").names(rest)
        }
        names => line().text("The main cause is ").names(names),
    };
    let start = start.text(": ").signed(amount);
    let start = match period {
        Some(period) => start.text(" in ").period(period),
        None => start,
    };
    start.text(" – ").text(gloss).text(".").done()
}

pub(in crate::say) fn parts_moved(
    about: &About,
    from: Option<Period>,
    measure: FactRef,
    parts: &[Part],
) -> Sentence {
    let start = match (from, about.period) {
        (Some(from), Some(to)) => {
            line().text("From ").period(from).text(" to ").period(to).text(", ")
        }
        _ => line(),
    };
    let start = start.measure(measure);
    let parts = parts.iter().enumerate().fold(start, |line, (index, part)| {
        let line = if index > 0 { line.text(";") } else { line };
        line.text(" by ")
            .dimension(&part.dimension)
            .text(": ")
            .names(&part.names)
            .text(" ")
            .trend(None, part.change.clone())
            .text(" by ")
            .absolute(part.change.clone())
    });
    parts.text(".").done()
}

/// "ml-train is new: it was first charged on 2026-09-14."
pub(in crate::say) fn charged_since(
    about: &About,
    name: FactRef,
    first: Option<FactRef>,
    until: Option<FactRef>,
) -> Sentence {
    let start = line().name(name);
    let start =
        if about.kept.is_empty() { start } else { start.text(" (").words(&about.kept).text(")") };
    let start = match (&first, &until) {
        (Some(_), _) => start.text(" is new: it was first charged on "),
        (None, _) => start.text(" stopped: it was charged until "),
    };
    let end = match (first, until) {
        (Some(first), Some(until)) => {
            start.name(first).text(", and until ").name(until).text(" only")
        }
        (Some(one), None) => start.name(one),
        (None, Some(until)) => start.name(until),
        (None, None) => start,
    };
    end.text(".").done()
}

pub(in crate::say) fn regime(name: FactRef, regime: &str) -> Sentence {
    let words = match regime {
        "efficient_growth" => "traffic moved, and cost followed it only to some extent",
        "flat" => "the cost of serving a transaction moved within the range that counts as noise",
        "inefficient" => "serving a transaction takes more money, beyond what noise explains",
        "shrinking" => "traffic went away, and cost did not follow it in step",
        "pure_saving" => "the same traffic is served with less money",
        _ => "the days of both periods scatter too widely for a verdict",
    };
    line().text("Verdict: ").name(name).text(" – ").text(words).text(".").done()
}

pub(in crate::say) fn with_non_operating(sides: [(FactRef, Option<Period>); 2]) -> Sentence {
    let [(from, early), (to, late)] = sides;
    let dated = |line: Line, period: Option<Period>| match period {
        Some(period) => line.text(" in ").period(period),
        None => line,
    };
    let start = line()
        .text("With credits, refunds, tax, purchases and support counted in, it was ")
        .value(from);
    dated(dated(start, early).text(" and ").value(to), late).text(".").done()
}
