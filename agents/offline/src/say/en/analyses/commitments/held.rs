//! English sentences about commitments that are held.

use wherefore_contract::{draft::Sentence, evidence::FactRef, period::Period};

use super::{
    super::super::{during, line},
    figures,
};

pub(in crate::say) fn held(period: Period, told: &[FactRef]) -> Sentence {
    let start = during(line().text("How the held commitments did"), period);
    figures(start.text(": "), told).text(".").done()
}

pub(in crate::say) fn held_cost(period: Period, told: &[FactRef]) -> Sentence {
    let start = during(line().text("What they cost"), period);
    figures(start.text(": "), told).text(".").done()
}

pub(in crate::say) fn wasted(name: FactRef, told: &[FactRef]) -> Sentence {
    let start = line().text("The first to look at is ").name(name);
    figures(start.text(": "), told).text(".").done()
}

pub(in crate::say) fn unpriced() -> Sentence {
    line().text("Some covered usage carries no price of its own on this bill, so what was saved is not known.").done()
}

/// Hours of reservations that were used.
pub(in crate::say) fn hours_used(told: &[FactRef]) -> Sentence {
    figures(line().text("In hours of reservations: "), told).text(".").done()
}

/// How far reservations cover the hours that run.
pub(in crate::say) fn hours_covered(covers: FactRef, told: &[FactRef]) -> Sentence {
    let start = line().text("Of the machine hours of ").name(covers).text(": ");
    figures(start, told).text(".").done()
}
