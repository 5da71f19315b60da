//! English sentences about cost bases and whether they close.

use wherefore_contract::{draft::Sentence, evidence::FactRef};

use super::super::line;

/// A basis that is not given, or not without a doubt: "Net amortised cost is absent: the bills have no net columns."
pub(in crate::say) fn basis(name: FactRef, status: FactRef, reason: FactRef) -> Sentence {
    line()
        .text("The basis ")
        .name(name)
        .text(" is ")
        .name(status)
        .text(": ")
        .name(reason)
        .text(".")
        .done()
}

/// One line between the two costs: "For upfront fees: billed cost $700.00, effective cost $0.00."
pub(in crate::say) fn cost_line(name: FactRef, costs: [FactRef; 2]) -> Sentence {
    let [billed, effective] = costs;
    let start =
        line().text("For ").name(name).text(": ").measure(billed.clone()).text(" ").value(billed);
    let start = start.text(", ").measure(effective.clone()).text(" ").value(effective);
    start.text(".").done()
}

/// Where a bill keeps its discounts.
pub(in crate::say) fn discounts(layout: &str) -> Sentence {
    line()
        .text(match layout {
            "in_the_costs" => {
                "The bills are in FOCUS, whose costs are after every discount already, so net of discounts they are the same."
            }
            "net_columns" => {
                "The bills keep discounts in net columns: the net bases are after them, the others before."
            }
            "separate_rows" => {
                "The bills keep discounts on negative rows of their own: sums are net of them, single charges are not."
            }
            "columns_and_rows" => {
                "The bills keep discounts both in net columns and on rows of their own."
            }
            _ => "The bills show no discount: their net columns are absent or empty.",
        })
        .done()
}

pub(in crate::say) fn identities_hold() -> Sentence {
    line().text("Yes: every closing identity that could be checked holds.").done()
}

pub(in crate::say) fn identities_unchecked() -> Sentence {
    line().text("No closing identity could be checked on the loaded bills.").done()
}

pub(in crate::say) fn identities_not_kept() -> Sentence {
    line()
        .text("The bills were loaded before closing identities were kept; load them again to check them.")
        .done()
}

pub(in crate::say) fn identity_fails(name: FactRef, month: FactRef) -> Sentence {
    line()
        .text("No: this identity does not hold in ")
        .name(month)
        .text(": ")
        .name(name)
        .text(".")
        .done()
}

/// How far both sides lie apart.
pub(in crate::say) fn identity_gap(name: FactRef, month: FactRef, sides: [FactRef; 3]) -> Sentence {
    let [left, right, gap] = sides;
    let start = line().text("In ").name(month).text(", ").name(name).text(": ");
    let start = start.measure(left.clone()).text(" ").value(left).text(", ");
    let start = start.measure(right.clone()).text(" ").value(right).text(", ");
    start.measure(gap.clone()).text(" ").value(gap).text(".").done()
}

pub(in crate::say) fn identity_unchecked(name: FactRef, reason: FactRef) -> Sentence {
    line().text("Not checked: ").name(name).text(", because ").name(reason).text(".").done()
}

/// What failed, as the data report has it.
pub(in crate::say) fn failed(month: FactRef, text: FactRef) -> Sentence {
    line().text("The data report of ").name(month).text(" says: ").name(text).text(".").done()
}

/// Both amounts where credits cancel what was used.
pub(in crate::say) fn gross_and_credits(gross: FactRef, credits: FactRef) -> Sentence {
    let start =
        line().text("Credits hide usage here: ").measure(gross.clone()).text(" ").value(gross);
    start.text(", ").measure(credits.clone()).text(" ").value(credits).text(".").done()
}
