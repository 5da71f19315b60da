//! English sentences about when commitments end, what that costs, and which can be given back.

use wherefore_contract::{
    dimension::{Dimension, FocusDimension},
    draft::Sentence,
    evidence::FactRef,
};

use super::{super::super::line, figures};

const COMMITMENT: Dimension = Dimension::Column(FocusDimension::CommitmentDiscountId);

pub(in crate::say) fn ends_next(name: FactRef, day: FactRef, left: FactRef) -> Sentence {
    let start = line().text("The next commitment to end is ").name(name).text(", on ").name(day);
    start.text(", with ").value(left).text(" left.").done()
}

pub(in crate::say) fn ended_last(name: FactRef, day: FactRef) -> Sentence {
    let start = line().text("No end to come is on the bill; the last commitment to end was ");
    start.name(name).text(", on ").name(day).text(".").done()
}

pub(in crate::say) fn none_ends() -> Sentence {
    line().text("No commitment ends in that time, as far as the bill tells ends.").done()
}

/// What is paid while it lasts, and for the same usage on demand.
pub(in crate::say) fn lapse(name: FactRef, told: &[FactRef]) -> Sentence {
    let start = line().text("If ").name(name).text(" is not renewed and the usage stays: ");
    figures(start, told).text(".").done()
}

pub(in crate::say) fn no_end_told() -> Sentence {
    line()
        .text("No end of a commitment is on the bill: all are charged to the last loaded day.")
        .done()
}

pub(in crate::say) fn open_ends() -> Sentence {
    line()
        .text("A commitment without an end in the table is charged to the last loaded day, and no charge says for how ")
        .text("long it was bought: FOCUS has no column for the end of a commitment, while AWS cost reports state it.")
        .done()
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

pub(in crate::say) fn can_return(name: FactRef, day: FactRef) -> Sentence {
    let start = line().text("Yes: ").name(name).text(" can still be given back, until ");
    start.name(day).text(".").done()
}

pub(in crate::say) fn cannot_return(name: FactRef, day: FactRef) -> Sentence {
    let start =
        line().text("No savings plan on the bill can be given back any more; the last day for ");
    start.name(name).text(" was ").name(day).text(".").done()
}

pub(in crate::say) fn return_rule(days: FactRef, most: FactRef) -> Sentence {
    let start = line().text("AWS takes a savings plan back within ").value(days);
    let start = start
        .text(" of its purchase, in the same calendar month, with a commitment no larger than ");
    start.value(most).text("; reservations cannot be given back.").done()
}

pub(in crate::say) fn nothing_to_return() -> Sentence {
    line()
        .text("No savings plan that is still running is named on the bill, so there is none to give back; ")
        .text("reservations cannot be given back.")
        .done()
}
