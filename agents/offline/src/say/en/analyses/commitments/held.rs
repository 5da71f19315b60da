//! English sentences about commitments that are held.

use wherefore_contract::{
    dimension::{Dimension, FocusDimension},
    draft::Sentence,
    evidence::FactRef,
    period::Period,
};

use super::{
    super::super::{during, line},
    figures,
};

const COMMITMENT: Dimension = Dimension::Column(FocusDimension::CommitmentDiscountId);

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

pub(in crate::say) fn ends_next(name: FactRef, day: FactRef, left: FactRef) -> Sentence {
    let start = line().text("The next commitment to end is ").name(name).text(", on ").name(day);
    start.text(", with ").value(left).text(" left.").done()
}

pub(in crate::say) fn ended_last(name: FactRef, day: FactRef) -> Sentence {
    let start = line().text("No end to come is on the bill; the last commitment to end was ");
    start.name(name).text(", on ").name(day).text(".").done()
}

pub(in crate::say) fn no_end_told() -> Sentence {
    line()
        .text("No end of a commitment is on the bill: all are charged to the last loaded day.")
        .done()
}

pub(in crate::say) fn open_ends() -> Sentence {
    line().text("A commitment without an end in the table is charged to the last loaded day, and no charge says for how long it was bought.").done()
}

pub(in crate::say) fn unnamed_ends() -> Sentence {
    line()
        .text("When commitments end cannot be told: no charge of this bill names a commitment.")
        .done()
}

/// Why ends are not known.
pub(in crate::say) fn nameless() -> Sentence {
    line().text("No loaded charge has a value of ").dimension(&COMMITMENT).text(".").done()
}

pub(in crate::say) fn unpriced() -> Sentence {
    line().text("Some covered usage carries no price of its own on this bill, so what was saved is not known.").done()
}
