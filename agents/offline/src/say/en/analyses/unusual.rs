//! English sentences about days outside their expected range.

use wherefore_contract::{draft::Sentence, evidence::FactRef, period::Period};

use super::super::{during, line, scope, when};
use crate::say::{scene::About, voice::Odd};

/// "2 anomalies in April 2026, led by Amazon EC2 (BoxUsage:m5.large, us-east-1), 2026-04-03 to 2026-04-05: actual cost $12.00, expected cost $3.00, impact
/// +$9.00 (spike)."
pub(in crate::say) fn odd(odd: &Odd<'_>) -> Sentence {
    let start = match &odd.first_of {
        Some(count) => when(line().value(count.clone()), odd.about).text(", led by "),
        None => line(),
    };
    let start = if odd.names.is_empty() {
        scope(start.text("all charges"), odd.about)
    } else {
        start.names(odd.names)
    };
    let start = start.text(", ").period(odd.period).text(": ").measure(odd.actual.clone());
    let start = start.text(" ").value(odd.actual.clone()).text(", ");
    let start = start.measure(odd.expected.clone()).text(" ").value(odd.expected.clone());
    let start = start.text(", ").measure(odd.impact.clone()).text(" ").value(odd.impact.clone());
    start.text(" (").name(odd.kind.clone()).text(").").done()
}

pub(in crate::say) fn none_odd(about: &About) -> Sentence {
    let start = scope(line().text("No cost"), about).text(" lay outside its expected range");
    match about.period {
        Some(period) => during(start, period).text(".").done(),
        None => start.text(".").done(),
    }
}

/// "Looked at in April 2026: effective cost $9,000.00 on 30 days of 412 series, 2 anomalies; smallest impact reported:
/// $18.20."
pub(in crate::say) fn looked_at(
    period: Option<Period>,
    cost: FactRef,
    days: FactRef,
    [series, found]: [FactRef; 2],
    least: FactRef,
) -> Sentence {
    let start = match period {
        Some(period) => during(line().text("Looked at"), period).text(": "),
        None => line().text("Looked at: "),
    };
    let start = start.measure(cost.clone()).text(" ").value(cost).text(" on ").value(days);
    let start = start.text(" of ").value(series).text(", ").value(found).text("; ");
    let start = start.measure(least.clone()).text(": ").value(least).text(". ");
    start
        .text(
            "Credits, taxes, purchases and support are left out, and what comes on the same day of every month, or as a short burst again and again, is expected.")
        .done()
}

pub(in crate::say) fn too_little_past() -> Sentence {
    line()
        .text("What is unusual cannot be told yet: the loaded days are too few weeks to judge a day against its past.")
        .done()
}
