//! When to run more and when less: the schedule, what it saves, and how it was tested.

use wherefore_contract::{
    draft::{ChartKind, Draft, DraftChart, DraftTable},
    evidence::Evidence,
};

use crate::say::{
    line::Line,
    scene::{Scene, at},
    shapes::{all_rows, answered},
    voice::{Schedule, Unscheduled},
};

const SHOWN: [&str; 7] = [
    "days",
    "from_hour",
    "to_hour",
    "min_capacity",
    "max_capacity",
    "running_capacity",
    "expected_transactions",
];
const JUDGED: [&str; 7] =
    ["workload", "state", "monthly_saving", "low", "high", "breach_share", "seasonal_strength"];
// What callers read beside the rows.
const VERDICT: [&str; 10] = [
    "workload",
    "state",
    "monthly_saving",
    "low",
    "high",
    "monthly_cost",
    "seasonal_strength",
    "breach_share",
    "breach_hours",
    "backtest_saving",
];

/// The answer; `None` when the tools found nothing.
pub(super) fn shape(scene: &Scene<'_>) -> Option<Draft> {
    let verdict = scene.found(0, "verdict")?;
    let schedule = scene.found(0, "schedule");
    let voice = scene.voice();
    let cell = |column: &str| at(verdict, 0, column);
    let told = Schedule {
        workload: cell("workload"),
        saving: cell("monthly_saving"),
        low: cell("low"),
        high: cell("high"),
    };
    let state = verdict.name(0, "state")?;
    let mut draft = answered(match (schedule, unscheduled(verdict, state)) {
        (Some(_), _) => voice.scheduled(&told),
        (None, Some(why)) => voice.unscheduled(&told.workload, why),
        (None, None) => return None,
    });
    draft.result = schedule.map_or_else(|| all_rows(verdict), all_rows);
    for column in VERDICT {
        if verdict.name(0, column).is_some() {
            draft.verdict.insert(column.to_owned(), cell(column));
        }
    }
    let is_one = verdict.facts.table.rows.len() == 1;
    if schedule.is_some() && is_one {
        tested(scene, &mut draft, verdict);
    }
    if schedule.is_some() && verdict.name(0, "usage_grain") == Some("day") {
        draft.body.push(voice.schedule_by_day());
    }
    draft.tables.extend(schedule.map(|held| shown(held, verdict)));
    if !is_one {
        draft.tables.push(listed(verdict, &JUDGED));
        if schedule.is_some() {
            draft.result = all_rows(verdict);
        }
    }
    if let Some(hours) = scene.found(0, "hours").filter(|_| schedule.is_some()) {
        draft.charts.push(week(hours));
    }
    Some(draft)
}

// Why there is no schedule.
fn unscheduled(verdict: &Evidence, state: &str) -> Option<Unscheduled> {
    let cell = |column: &str| at(verdict, 0, column);
    Some(match state {
        "daily_counts" => Unscheduled::DailyCounts,
        "no_usage" => Unscheduled::NoUsage,
        "too_few_weeks" => Unscheduled::TooFewWeeks(cell("weeks_used")),
        "no_season" => Unscheduled::NoSeason(cell("seasonal_strength")),
        "nothing_to_spare" => {
            let committed = verdict.facts.table.number(0, "committed_share");
            let is_all =
                committed.is_some_and(|share| share >= wherefore_contract::Decimal::ONE_HUNDRED);
            if is_all {
                Unscheduled::Committed(cell("committed_share"))
            } else {
                Unscheduled::NothingToSpare(cell("seasonal_strength"))
            }
        }
        _ => return None,
    })
}

fn tested(scene: &Scene<'_>, draft: &mut Draft, verdict: &Evidence) {
    let voice = scene.voice();
    let cell = |column: &str| at(verdict, 0, column);
    if verdict.fact(0, "breach_hours").is_some() {
        let hours = [cell("breach_hours"), cell("reduced_hours")];
        draft.body.push(voice.schedule_tested(
            cell("backtest_week"),
            hours,
            cell("backtest_saving"),
        ));
    }
    let basis =
        ["demand_quantile", "headroom", "served_per_unit", "weeks_used", "seasonal_strength"];
    draft.body.push(voice.schedule_basis(basis.map(cell)));
    let committed = verdict.facts.table.number(0, "committed_share");
    if committed.is_some_and(|share| !share.is_zero()) {
        draft.body.push(voice.schedule_committed(cell("committed_share")));
    }
}

fn shown(schedule: &Evidence, verdict: &Evidence) -> DraftTable {
    if verdict.facts.table.rows.len() > 1 {
        let columns: Vec<&str> = std::iter::once("workload").chain(SHOWN).collect();
        return listed(schedule, &columns);
    }
    listed(schedule, &SHOWN)
}

fn listed(held: &Evidence, columns: &[&str]) -> DraftTable {
    let columns = columns.iter().map(|name| (*name).to_owned()).collect();
    DraftTable { evidence: held.id.clone(), columns }
}

// Expected demand over the hours of the day, a line for each day of the week.
fn week(hours: &Evidence) -> DraftChart {
    DraftChart {
        title: Line::default().measure(at(hours, 0, "expected_transactions")).done(),
        kind: ChartKind::Line,
        evidence: hours.id.clone(),
        x: "hour_of_day".to_owned(),
        y: vec!["expected_transactions".to_owned()],
        series: Some("weekday".to_owned()),
    }
}
