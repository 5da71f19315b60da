//! English sentences about what stands behind a price effect and a verdict.

use wherefore_contract::{
    draft::{CalcOp, Format, Sentence},
    evidence::FactRef,
    period::Period,
};

use super::line;

pub(in crate::say) fn price_parts(
    names: &[FactRef],
    period: Option<Period>,
    parts: &[(FactRef, FactRef)],
    main: (&str, bool),
) -> Sentence {
    let gloss = match main {
        ("price_list", _) => "the list price of the provider changed",
        ("price_negotiated", _) => "the negotiated discount changed",
        ("price_commitment", true) => "a commitment ended, or does not reach this usage any longer",
        ("price_commitment", false) => "commitments reach this usage now, or at another rate",
        (_, true) => "commitments were paid for that nobody used",
        (_, false) => "commitments that stood unused found use, or ended",
    };
    let start = line().text("The price effect at ").names(names);
    let start = match period {
        Some(period) => start.text(" in ").period(period),
        None => start,
    };
    let start = parts.iter().enumerate().fold(start, |line, (index, (part, amount))| {
        let line = if index == 0 { line.text(" comes from ") } else { line.text(", ") };
        line.name(part.clone()).text(": ").signed(amount.clone())
    });
    start.text(" – ").text(gloss).text(".").done()
}

pub(in crate::say) fn no_price_parts() -> Sentence {
    line()
        .text("The price effect is not split further: the bill does not give, or not reliably, what this usage would have been charged without discounts and commitments.")
        .done()
}

/// What the verdict rests on: how cost and transactions moved, and what that does to a transaction.
pub(in crate::say) fn regime_reason(
    regime: &str,
    cost: &[FactRef; 2],
    transactions: &[FactRef; 2],
    periods: [Period; 2],
) -> Sentence {
    let words = match regime {
        "efficient_growth" => {
            "cost did not keep pace with the transactions, so each of them carries a smaller piece of it"
        }
        "flat" => {
            "cost and transactions moved alongside each other, so a transaction costs what it did, within noise"
        }
        "inefficient" => {
            "cost moved without the transactions, so each of them carries a bigger piece of it"
        }
        "shrinking" => "transactions and cost both went away, but not in step",
        "pure_saving" => {
            "cost went away and the transactions stayed, so each of them carries a smaller piece of it"
        }
        _ => "whether a transaction costs something else than before cannot be told from noise",
    };
    let [from, to] = periods;
    let [before, _] = cost;
    let start = line().text("From ").period(from).text(" to ").period(to);
    let start = start.text(", transactions moved by ");
    let start = start.calc(CalcOp::PercentChange, transactions.to_vec(), Format::Signed);
    let start = start.text(" and ").measure(before.clone()).text(" by ");
    let start = start.calc(CalcOp::PercentChange, cost.to_vec(), Format::Signed);
    start.text(": ").text(words).text(".").done()
}

/// The interval that a verdict could not be given over.
pub(in crate::say) fn interval(
    workload: Option<FactRef>,
    ends: [FactRef; 2],
    period: Period,
) -> Sentence {
    let [low, high] = ends;
    let start = line().text("In ").period(period).text(", the ").measure(low.clone());
    let start = match workload {
        Some(workload) => start.text(" of ").name(workload),
        None => start,
    };
    let start = start.text(" was ").value(low).text(" and the ").measure(high.clone());
    start
        .text(" ")
        .value(high)
        .text(", as far as the days of both periods can tell: the range that counts as noise ends between them.")
        .done()
}
