//! Korean sentences (합니다체).

mod amounts;
mod analyses;
mod cause;
mod frame;
mod limits;
mod next;
mod parts;
mod rows;
mod sides;

use wherefore_contract::{draft::Particle, evidence::FactRef};

use super::{line::Line, scene::About};

pub(super) use amounts::{
    average, counted, daily, divided, exists, forecast, forecast_months, forecast_of, levels,
    priced, projected, running_to, saving, so_far, total, tried, two_levels,
};
pub(super) use analyses::allocation::{
    allocated, allocation_rule, borne, loaded_unit_cost, no_weights, pool_share,
};
pub(super) use analyses::bases::{
    basis, cost_line, discounts, failed, gross_and_credits, identities_hold, identities_not_kept,
    identities_unchecked, identity_fails, identity_gap, identity_unchecked,
};
pub(super) use analyses::budget::{
    budget, budget_basis, budget_days_missing, budget_shares, budgets_loaded, no_such_budget,
};
pub(super) use analyses::calls::{
    call_savings, called_by, calls_cost, calls_rate, calls_uncounted, no_clients,
};
pub(super) use analyses::commitments::{
    both_offers, broken_even, can_return, cannot_return, ended_last, ends_next, even_hours, held,
    held_cost, held_out, hours_covered, hours_used, lapse, nameless, no_end_told, none_ends,
    nothing_to_return, open_ends, planned, planned_otherwise, planned_together, rated, return_rule,
    risked, side_by_side, units_reserved, unnamed_ends, unpriced, wasted,
};
pub(super) use analyses::savings::{
    cannot_tell, found_nothing, looked_into, no_savings, not_measured, nothing_charged,
    savings_folded, savings_measured, savings_order, savings_overlap, savings_published,
    savings_range, savings_total, savings_withdrawn, to_examine,
};
pub(super) use analyses::schedule::{
    schedule_basis, schedule_by_day, schedule_committed, schedule_tested, scheduled, unscheduled,
};
pub(super) use analyses::tagging::{
    no_tags_alike, owners, tag_keys, tags_alike, tags_allocated, tags_missing, targets,
};
pub(super) use analyses::unusual::{looked_at, none_odd, odd, too_little_past};
pub(super) use cause::{
    charged_since, main_cause, part_moved, parts_moved, regime, unit_cost_moved, with_non_operating,
};
pub(super) use frame::{
    cost_metric, inherited, loaded, loaded_between, loaded_days, loaded_from, loaded_to_the_end,
    name_reading, partial_period, period_reading, preceding, read_as, remembered,
    reserved_without_fee, seen, unread, whole_period,
};
pub(super) use limits::{
    asked_back, choice, declined, formats, instead, nearest, no_figures, none_changed, reason,
    searched, which_one,
};
pub(super) use next::next;
pub(super) use parts::{interval, no_price_parts, price_parts, regime_reason};
pub(super) use rows::{
    absent, absent_count, ends, listed, matching, none_absent, ranked, reach, row, runners_up,
};
pub(super) use sides::{
    apart, jump, moved, out_of, percent_in_row, ratio, share, share_of_named, stepped, times,
    times_before, two_per_day,
};

fn line() -> Line {
    Line::default()
}

// "2024년 9월 ".
fn lead(line: Line, about: &About) -> Line {
    match about.period {
        _ if about.dated_by_rows => line,
        Some(period) => line.period(period).text(" "),
        None => line.text("적재된 기간의 "),
    }
}

// "Amazon EC2 청구 비용(크레딧 제외)".
fn subject(before: Line, about: &About, measure: FactRef) -> Line {
    left_out(scope(before, about).measure(measure), about)
}

// What stands before the measure: "app 태그가 없는 요금의 Amazon EC2 ".
fn scope(mut line: Line, about: &About) -> Line {
    if about.untagged {
        line = line.text("태그가 없는 요금의 ");
    }
    if !about.missing.is_empty() {
        line = line.words(&about.missing).particle(Particle::Subject).text(" 없는 요금의 ");
    }
    if !about.filled.is_empty() {
        line = line.words(&about.filled).particle(Particle::Subject).text(" 있는 요금의 ");
    }
    if !about.kept.is_empty() {
        line = line.words(&about.kept).text(" ");
    }
    line
}

fn left_out(line: Line, about: &About) -> Line {
    if about.left_out.is_empty() {
        return line;
    }
    line.text("(").words(&about.left_out).text(" 제외)")
}
