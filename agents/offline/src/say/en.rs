//! English sentences.

mod amounts;
mod analyses;
mod cause;
mod frame;
mod limits;
mod next;
mod parts;
mod rows;
mod sides;

use wherefore_contract::{evidence::FactRef, period::Period};

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

// "in September 2024", "on 2024-09-14", "from 2024-09-01 to 2024-09-14".
fn during(line: Line, period: Period) -> Line {
    let one = period.is_whole_months() && is_one_unit(period);
    let before = match period.days() {
        _ if one => " in ",
        1 => " on ",
        _ => " from ",
    };
    line.text(before).period(period)
}

// A month, a quarter or a year, which people say "in".
fn is_one_unit(period: Period) -> bool {
    let (start, end) = (period.start(), period.end());
    let months = i32::from(end.year() - start.year()) * 12 + i32::from(end.month() - start.month());
    match months {
        1 => true,
        3 => matches!(start.month(), 1 | 4 | 7 | 10),
        12 => start.month() == 1,
        _ => false,
    }
}

fn when(line: Line, about: &About) -> Line {
    match about.period {
        _ if about.dated_by_rows => line,
        Some(period) => during(line, period),
        None => line.text(" over the loaded period"),
    }
}

// "the billed cost of EC2, without credits".
fn subject(before: Line, about: &About, measure: FactRef) -> Line {
    scope(before.measure(measure), about)
}

fn scope(mut line: Line, about: &About) -> Line {
    if !about.kept.is_empty() {
        line = line.text(" of ").words(&about.kept);
    }
    if !about.filled.is_empty() {
        line = line.text(" of charges with a value of ").words(&about.filled);
    }
    if about.untagged {
        line = line.text(" of charges without any tag");
    }
    if !about.missing.is_empty() {
        line = line.text(" of charges without a value of ").words(&about.missing);
    }
    if !about.left_out.is_empty() {
        line = line.text(" without ").words(&about.left_out);
    }
    line
}
