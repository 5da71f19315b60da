//! English sentences about scaling schedules.

use wherefore_contract::{draft::Sentence, evidence::FactRef};

use super::super::line;
use crate::say::voice::{Schedule, Unscheduled};

/// What the schedule saves.
pub(in crate::say) fn scheduled(told: &Schedule) -> Sentence {
    line()
        .name(told.workload.clone())
        .text(": with a schedule by the hour of the week, the ")
        .measure(told.saving.clone())
        .text(" is ")
        .value(told.saving.clone())
        .text(" (")
        .measure(told.low.clone())
        .text(" ")
        .value(told.low.clone())
        .text(", ")
        .measure(told.high.clone())
        .text(" ")
        .value(told.high.clone())
        .text(").")
        .done()
}

/// Why no schedule is made.
pub(in crate::say) fn unscheduled(workload: &FactRef, why: Unscheduled) -> Sentence {
    let start = line().name(workload.clone());
    match why {
        Unscheduled::DailyCounts => start
            .text(": no schedule, because its transactions are counted by the day; a schedule needs them by the hour.")
            .done(),
        Unscheduled::NoUsage => start
            .text(": no schedule, because the bill holds no usage of it that scales by the hour, such as instances or virtual processors.")
            .done(),
        Unscheduled::TooFewWeeks(weeks) => start
            .text(": no schedule, because what is loaded with every hour of transactions and usage comes to ")
            .value(weeks)
            .text(" only; a schedule is tested on a week that it was not made from.")
            .done(),
        Unscheduled::NoSeason(strength) => start
            .text(": no schedule, because its hours differ by chance rather than by the hour of the week (")
            .measure(strength.clone())
            .text(" ")
            .value(strength)
            .text(").")
            .done(),
        Unscheduled::NothingToSpare(strength) => start
            .text(": the hours of the week differ (")
            .measure(strength.clone())
            .text(" ")
            .value(strength)
            .text("), but in none of them can a unit be taken away with the headroom kept.")
            .done(),
        Unscheduled::Committed(covered) => start
            .text(": nothing is saved by a schedule, because the share of its hours that commitments pay for, whether they run or not, is ")
            .value(covered)
            .text(".")
            .done(),
    }
}

/// How the schedule did on the week that was held back.
pub(in crate::say) fn schedule_tested(
    week: FactRef,
    hours: [FactRef; 2],
    saved: FactRef,
) -> Sentence {
    let [short, taken] = hours;
    line()
        .text("Made from the weeks before and tested on the week of ")
        .name(week)
        .text(", it ran short of demand in ")
        .value(short)
        .text(" of the ")
        .value(taken)
        .text(" in which it takes units away. The ")
        .measure(saved.clone())
        .text(" is ")
        .value(saved)
        .text(".")
        .done()
}

/// What the schedule rests on.
pub(in crate::say) fn schedule_basis(basis: [FactRef; 5]) -> Sentence {
    let [quantile, headroom, served, weeks, strength] = basis;
    line()
        .text("It rests on ")
        .value(weeks)
        .text(" of hourly transactions; in busy hours a unit has served ")
        .value(served)
        .text(" an hour. Planned for: ")
        .measure(quantile.clone())
        .text(" ")
        .value(quantile)
        .text(", ")
        .measure(headroom.clone())
        .text(" ")
        .value(headroom)
        .text(". Seen: ")
        .measure(strength.clone())
        .text(" ")
        .value(strength)
        .text(".")
        .done()
}

/// What commitments pay for is not saved.
pub(in crate::say) fn schedule_committed(covered: FactRef) -> Sentence {
    line()
        .text("The share of its hours that commitments pay for, whether they run or not, is ")
        .value(covered)
        .text("; taking those away saves nothing, and nothing is counted for them.")
        .done()
}

/// A bill by the day does not show what ran in each hour.
pub(in crate::say) fn schedule_by_day() -> Sentence {
    line()
        .text("The bill tells usage by the day, so every hour of a day is taken to run alike; a workload that scales already has saved some of this already.")
        .done()
}
