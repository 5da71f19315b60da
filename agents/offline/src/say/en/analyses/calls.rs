//! English sentences about calls of interfaces.

use wherefore_contract::{draft::Sentence, evidence::FactRef, period::Period};

use super::super::{during, line};
use crate::say::{line::Line, voice::Excessive};

/// What calls cost as a whole.
pub(in crate::say) fn calls_cost(period: Period, price: FactRef, whole: [FactRef; 2]) -> Sentence {
    let [calls, cost] = whole;
    let start = during(line().text("The ").measure(cost.clone()).text(" billed"), period);
    start
        .text(" was ")
        .value(cost)
        .text(" for ")
        .value(calls)
        .text(", ")
        .value(price)
        .text(".")
        .done()
}

fn with_range(line: Line, period: Period, saving: [FactRef; 3]) -> Sentence {
    let [expected, low, high] = saving;
    during(line.measure(expected.clone()), period)
        .text(" is ")
        .value(expected)
        .text(" (")
        .measure(low.clone())
        .text(" ")
        .value(low)
        .text(", ")
        .measure(high.clone())
        .text(" ")
        .value(high)
        .text(").")
        .done()
}

/// What a client's calls beyond its former ones, or its peers', cost.
pub(in crate::say) fn called_by(
    names: &[FactRef],
    period: Period,
    saving: [FactRef; 3],
) -> Sentence {
    let start = line().names(names).text(": without the calls beyond its usual rate, the ");
    with_range(start, period, saving)
}

/// The same for all clients.
pub(in crate::say) fn call_savings(period: Period, saving: [FactRef; 3]) -> Sentence {
    with_range(
        line().text("Without the calls that clients make beyond their usual rates, the "),
        period,
        saving,
    )
}

/// How often a client calls for the same business.
pub(in crate::say) fn calls_rate(names: &[FactRef], why: &Excessive) -> Sentence {
    let start = line().names(names).text(": ");
    match why {
        Excessive::Rose([(from, before), (to, now)]) => {
            let start = start.measure(from.clone()).text(" were ").value(from.clone());
            let start = during(start, *before).text(" and ").value(to.clone());
            during(start, *now).text(".").done()
        }
        Excessive::AbovePeers(times, period) => {
            let start = during(start.text("its calls per transaction"), *period);
            start
                .text(", ")
                .measure(times.clone())
                .text(": ")
                .value(times.clone())
                .text(". Clients differ in size, so the range is wide.")
                .done()
        }
    }
}

/// Lines that look like requests and count none.
pub(in crate::say) fn calls_uncounted(period: Period, cost: FactRef) -> Sentence {
    let start = line()
        .text("Lines named after requests whose unit counts no calls are left out; the ")
        .measure(cost.clone());
    during(start, period).text(" is ").value(cost).text(".").done()
}

/// No client stands out, or none is known.
pub(in crate::say) fn no_clients(loaded: bool) -> Sentence {
    let text = if loaded {
        "No client calls more often for the same business than it did before, or a multiple of what its peers do."
    } else {
        "Who makes the calls is not known: no calls by client are loaded (a table with the columns period, workload, operation, client and calls)."
    };
    line().text(text).done()
}
