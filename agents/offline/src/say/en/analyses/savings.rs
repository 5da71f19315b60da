//! English sentences about what can be saved.

use wherefore_contract::{draft::Sentence, evidence::FactRef, period::Period};

use super::super::{during, line};
use crate::say::{
    line::Line,
    voice::{Folded, Kind, Saved},
};

/// "Going by September 2026, the total monthly saving is $120.00. By kind of action, monthly saving: gp3 $80.00, idle gateways $40.00."
pub(in crate::say) fn savings_total(saved: &Saved, kinds: &[Kind]) -> Sentence {
    let start = match saved.period {
        Some(period) => line().text("Going by ").period(period).text(", the "),
        None => line().text("The "),
    };
    let start = start.measure(saved.total.clone()).text(" is ").value(saved.total.clone());
    let start = match kinds.first() {
        Some(first) => start.text(". By kind of action, ").measure(first.saving.clone()).text(": "),
        None => start,
    };
    listed(start, kinds).text(".").done()
}

pub(in crate::say) fn savings_range(saved: &Saved) -> Sentence {
    let [low, high] = [saved.low.clone(), saved.high.clone()];
    let range = line().text("The ").measure(low.clone()).text(" is ").value(low).text(", the ");
    range.measure(high.clone()).text(" ").value(high).text(".").done()
}

pub(in crate::say) fn savings_order() -> Sentence {
    line()
        .text(
            "The actions stand in the order of doing: delete, resize or schedule, move, commit. \
Usage under a commitment is left alone, as it is paid for anyway.",
        )
        .done()
}

/// "In the order of the saving, savings listed are 10; savings summed by kind are 204, and the monthly saving of the others is $1,000.00."
pub(in crate::say) fn savings_folded(folded: &Folded) -> Sentence {
    let Folded { listed, others, saving } = folded;
    let start = line().text("In the order of the saving, ").measure(listed.clone()).text(" are ");
    let start = start.value(listed.clone()).text("; ").measure(others.clone()).text(" are ");
    let start = start.value(others.clone()).text(", and the ").measure(saving.clone());
    start.text(" is ").value(saving.clone()).text(".").done()
}

/// What one check looked at, where it found nothing.
pub(in crate::say) fn looked_into(
    check: FactRef,
    period: Option<Period>,
    figures: [FactRef; 3],
) -> Sentence {
    let start = dated(line().text("For “").name(check).text("” nothing was found"), period);
    with_measures(start.text(": "), figures).text(".").done()
}

/// Checks whose usage is not on the bill.
pub(in crate::say) fn nothing_charged(checks: &[FactRef], period: Option<Period>) -> Sentence {
    let start = line().text("No usage of the kinds that these checks are about is charged");
    parted(dated(start, period).text(": "), checks).text(".").done()
}

pub(in crate::say) fn savings_overlap(saved: &Saved) -> Sentence {
    line()
        .text("The ")
        .measure(saved.apart.clone())
        .text(" would be ")
        .value(saved.apart.clone())
        .text("; here each action is counted on what the earlier actions leave, so that no saving is counted again.")
        .done()
}

pub(in crate::say) fn savings_published() -> Sentence {
    line()
        .text("Where the bill holds no own rate of the other kind, a published ratio stands in, with its range.")
        .done()
}

pub(in crate::say) fn no_savings(period: Option<Period>, figures: [FactRef; 2]) -> Sentence {
    let [lines, cost] = figures;
    let start = line().text("The checks found nothing to save. They looked at ").value(lines);
    let start = start.text(" of usage").text(", ").measure(cost.clone()).text(" ").value(cost);
    dated(start, period).text(".").done()
}

pub(in crate::say) fn found_nothing(checks: &[FactRef]) -> Sentence {
    parted(line().text("Looked at without a finding: "), checks).text(".").done()
}

pub(in crate::say) fn cannot_tell(checks: &[FactRef]) -> Sentence {
    let start = line().text("What is loaded does not fully tell for: ");
    parted(start, checks)
        .text(" (too few days are loaded, the bill charges use to other resources than the running time, or counts beside the bill are not loaded).")
        .done()
}

/// Checks that need metrics which are not loaded.
pub(in crate::say) fn not_measured(checks: &[FactRef]) -> Sentence {
    parted(line().text("Not looked into, as no metrics that would tell are loaded: "), checks)
        .text(".")
        .done()
}

/// "Telemetry was read beside the bill, 2026-09-30 to 2026-10-31: series read 40 series, …"
pub(in crate::say) fn savings_measured(days: [FactRef; 2], figures: &[FactRef]) -> Sentence {
    let [from, until] = days;
    let start = line().text("Telemetry was read beside the bill, ").name(from).text(" to ");
    measures(start.name(until).text(": "), figures)
        .text(". Where metrics are missing, a finding rests on the bill alone.")
        .done()
}

/// A finding of the bill that metrics contradict.
pub(in crate::say) fn savings_withdrawn(
    [check, resource, signal, statistic]: [FactRef; 4],
    figures: &[FactRef],
) -> Sentence {
    let start = line().text("Withdrawn, because metrics show that it is in use: ").name(check);
    let start = start.text(" (").name(resource).text("); ").name(signal).text(", ");
    measures(start.name(statistic).text(": "), figures).text(".").done()
}

fn measures(start: Line, figures: &[FactRef]) -> Line {
    figures.iter().enumerate().fold(start, |line, (index, figure)| {
        let line = if index > 0 { line.text(", ") } else { line };
        line.measure(figure.clone()).text(" ").value(figure.clone())
    })
}

/// What a plan cannot book before somebody has looked.
pub(in crate::say) fn to_examine(
    check: FactRef,
    resource: Option<FactRef>,
    up_to: FactRef,
) -> Sentence {
    let start = line().text("To look into before anything of it can be booked: ").name(check);
    let start = match resource {
        Some(resource) => start.text(" (").name(resource).text(")"),
        None => start,
    };
    start
        .text(", ")
        .measure(up_to.clone())
        .text(" ")
        .value(up_to)
        .text(". The table has the rest.")
        .done()
}

fn with_measures(start: Line, figures: [FactRef; 3]) -> Line {
    figures.into_iter().enumerate().fold(start, |line, (index, figure)| {
        let line = if index > 0 { line.text(", ") } else { line };
        line.measure(figure.clone()).text(" ").value(figure)
    })
}

fn dated(line: Line, period: Option<Period>) -> Line {
    match period {
        Some(period) => during(line, period),
        None => line,
    }
}

fn listed(start: Line, kinds: &[Kind]) -> Line {
    kinds.iter().enumerate().fold(start, |line, (index, kind)| {
        let line = if index > 0 { line.text("; ") } else { line };
        line.name(kind.name.clone()).text(" ").value(kind.saving.clone())
    })
}

fn parted(start: Line, names: &[FactRef]) -> Line {
    names.iter().enumerate().fold(start, |line, (index, name)| {
        let line = if index > 0 { line.text("; ") } else { line };
        line.name(name.clone())
    })
}
