//! Coverage, utilization, waste and ends of commitments.

use serde_json::{Map, json};
use wherefore_contract::period::Period;

use super::super::Step;
use crate::request::{Ahead, Reading};

fn asked_period(reading: &Reading) -> Option<Period> {
    let ahead = reading.commitment.as_ref().and_then(|asked| asked.ahead);
    let from = ahead.and(reading.as_of);
    let until = from.zip(ahead).and_then(|(from, ahead)| {
        let span = match ahead {
            Ahead::Days(days) => jiff::Span::new().try_days(days).ok()?,
            Ahead::Months(months) => jiff::Span::new().try_months(months).ok()?,
        };
        // The last day counts.
        from.checked_add(span).ok()?.tomorrow().ok()
    });
    let stretch = from.zip(until).and_then(|(from, until)| Period::of_days(from, until).ok());
    stretch.or_else(|| reading.period.map(|moment| moment.period))
}

/// The calls that answer it.
pub(super) fn steps(reading: &Reading) -> Vec<Step> {
    let mut arguments = Map::new();
    if !reading.conditions.is_empty() {
        arguments.insert("filters".to_owned(), json!(reading.filters()));
    }
    let asks_ends = reading.commitment.as_ref().is_some_and(|asked| asked.ends);
    if let Some(period) = asked_period(reading) {
        // What is asked of ends is when they are, which may lie ahead of every charge.
        let name = if asks_ends { "ending" } else { "period" };
        arguments.insert(name.to_owned(), json!(period));
    }
    if let Some(day) = reading.as_of {
        arguments.insert("as_of".to_owned(), json!(day));
    }
    if let Some(asked) = &reading.commitment {
        let flags =
            [("ends", asked.ends), ("returns", asked.returns), ("by_month", asked.by_month)];
        for (name, set) in flags {
            if set {
                arguments.insert(name.to_owned(), json!(true));
            }
        }
    }
    vec![Step { tool: "commitment_state", arguments }]
}
