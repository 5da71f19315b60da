//! English sentences about commitments: what to commit to, what it risks, and how the held ones do.

mod ends;
mod held;

use wherefore_contract::{
    draft::{CalcOp, Format, Sentence},
    evidence::FactRef,
};

pub(in crate::say) use self::ends::{
    can_return, cannot_return, ended_last, ends_next, lapse, nameless, no_end_told, none_ends,
    nothing_to_return, open_ends, return_rule, unnamed_ends,
};
pub(in crate::say) use self::held::{held, held_cost, hours_covered, hours_used, unpriced, wasted};
use super::super::line;
use crate::say::{line::Line, voice::Plan};

/// "hourly commitment $2.00 per hour, monthly saving $394.20".
fn figures(start: Line, figures: &[FactRef]) -> Line {
    figures.iter().enumerate().fold(start, |line, (index, figure)| {
        let line = if index > 0 { line.text(", ") } else { line };
        line.measure(figure.clone()).text(" ").value(figure.clone())
    })
}

fn of(plan: &Plan) -> Line {
    let start = line().name(plan.offer.clone());
    match &plan.payment {
        Some((term, payment)) => {
            start.text(" (").value(term.clone()).text(", ").name(payment.clone()).text(")")
        }
        None => start,
    }
}

pub(in crate::say) fn planned(plan: &Plan) -> Sentence {
    let start = line().text("For ").name(plan.covers.clone()).text(", the plan is ").join(of(plan));
    figures(start.text(": "), &plan.figures).text(".").done()
}

pub(in crate::say) fn planned_otherwise(plan: &Plan) -> Sentence {
    let start = line().text("With ").join(of(plan)).text(" for ").name(plan.covers.clone());
    figures(start.text(": "), &plan.figures).text(".").done()
}

pub(in crate::say) fn planned_together(savings: &[FactRef]) -> Sentence {
    let start = line().text("Together, the plans for all usage come to a ");
    let start = match savings.first() {
        Some(first) => start.measure(first.clone()),
        None => start,
    };
    start.text(" of ").calc(CalcOp::Sum, savings.to_vec(), Format::Auto).text(".").done()
}

pub(in crate::say) fn risked(plan: &Plan) -> Sentence {
    let start = line().text("How far ").name(plan.offer.clone()).text(" for ");
    let start = start.name(plan.covers.clone()).text(" would be used, and what it needs to pay: ");
    figures(start, &plan.figures).text(".").done()
}

pub(in crate::say) fn held_out(plan: &Plan) -> Sentence {
    let start = line().text("Sized on the earlier days for ").name(plan.covers.clone());
    let start = start.text(" and valued on the later days: ");
    figures(start, &plan.figures).text(".").done()
}

/// Where a discount is from.
pub(in crate::say) fn rated(plan: &Plan, own: bool) -> Sentence {
    let start = line().text("The ").measure(plan.discount.clone()).text(" of ");
    let start = start.value(plan.discount.clone()).text(" for ").name(plan.covers.clone());
    let start = start.text(" under ").name(plan.offer.clone());
    if own {
        start.text(" is what your held commitments show on this bill.").done()
    } else {
        let start = start.text(
            " is a typical published discount; the range spans the ends of what is published",
        );
        start.text(" and the worst and best stretch of the days read. Put your own quote in the table of offers.").done()
    }
}

pub(in crate::say) fn even_hours() -> Sentence {
    line().text("Charges are by the day, so the hours of a day are taken as even; hourly charges would show idle hours.").done()
}

pub(in crate::say) fn both_offers() -> Sentence {
    line()
        .text("AWS documents disagree on whether DynamoDB reserved capacity is still sold beside the Database Savings Plan; ")
        .text("both are in the table of offers, and neither is asserted.")
        .done()
}

pub(in crate::say) fn broken_even(plan: &Plan, pays: bool) -> Sentence {
    let start = line().join(of(plan)).text(" for ").name(plan.covers.clone());
    let verdict = if pays {
        " pays for itself at this use: "
    } else {
        " does not pay for itself at this use: "
    };
    figures(start.text(verdict), &plan.figures).text(".").done()
}

/// Offers that are told beside each other, none of them recommended.
pub(in crate::say) fn side_by_side(offers: &[Plan]) -> Sentence {
    let start = line().text("Side by side, none of them asserted: ");
    let all = offers.iter().enumerate().fold(start, |line, (index, plan)| {
        let line = if index > 0 { line.text("; ") } else { line };
        let line = if index == 0 { line.name(plan.covers.clone()).text(" with ") } else { line };
        figures(line.join(of(plan)).text(" "), &plan.figures)
    });
    all.text(".").done()
}

/// Provisioned units that nearly every hour needs, and what of them can be reserved.
pub(in crate::say) fn units_reserved(names: &[FactRef], told: &[FactRef]) -> Sentence {
    figures(line().text("Throughput of ").names(names).text(": "), told).text(".").done()
}
