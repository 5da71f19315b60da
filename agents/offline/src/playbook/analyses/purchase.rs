//! What to commit to.

use serde_json::{Map, json};

use super::super::Step;
use crate::request::{Payment, Reading};

/// The calls that answer it.
pub(super) fn steps(reading: &Reading) -> Vec<Step> {
    let mut arguments = Map::new();
    if !reading.conditions.is_empty() {
        arguments.insert("filters".to_owned(), json!(reading.filters()));
    }
    if let Some(moment) = reading.period {
        arguments.insert("period".to_owned(), json!(moment.period));
    }
    if let Some(day) = reading.as_of {
        arguments.insert("as_of".to_owned(), json!(day));
    }
    let Some(asked) = &reading.commitment else {
        return vec![Step { tool: "plan_commitment", arguments }];
    };
    let payment = asked.payment.map(|payment| match payment {
        Payment::NoUpfront => "no_upfront",
        Payment::PartialUpfront => "partial_upfront",
        Payment::AllUpfront => "all_upfront",
    });
    let used = asked.utilization.filter(|_| asked.break_even);
    let named = [
        ("offer", asked.offer.as_ref().map(|offer| json!(offer))),
        ("term_months", asked.term_months.map(|months| json!(months))),
        ("payment", payment.map(|payment| json!(payment))),
        ("hourly_commitment", asked.hourly_commitment.map(|hourly| json!(hourly))),
        ("utilization", used.map(|used| json!(used))),
    ];
    for (name, value) in named {
        arguments.extend(value.map(|value| (name.to_owned(), value)));
    }
    vec![Step { tool: "plan_commitment", arguments }]
}
