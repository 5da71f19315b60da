//! How far the cost metrics of a billing period can be trusted.

use wherefore_contract::quality::{Notice, NoticeCode, Severity};

use super::{Draft, counted};
use crate::{
    describe::percent,
    manifest::PeriodKey,
    number,
    stats::{ChargeStats, MetricStats},
};

// A metric is called rounded when this share of its amounts is whole while the bill's are not, in
// percent; below ten amounts nothing is said.
const WHOLE_FROM: u64 = 90;
const BILL_WHOLE_BELOW: u64 = 50;
const ROWS_FROM: u64 = 10;
// A metric is called zeroed when it drops at least this share of the rows, in percent.
const ZERO_FROM: u64 = 5;

pub(super) fn of_metrics(key: &PeriodKey, stats: &ChargeStats, notices: &mut Vec<Notice>) {
    let nothing = MetricStats::default();
    let billed = stats.metrics.get("billed_cost").unwrap_or(&nothing);
    for (name, metric) in &stats.metrics {
        if metric.present == 0 {
            let text = format!("no row holds {name}");
            let draft = Draft::new(NoticeCode::MissingMetric, Severity::Bar, text);
            notices.push(draft.about(name).of(key).figure("rows", stats.rows).done());
            continue;
        }
        if metric.absent_on_usage > 0 {
            let text = format!("no {name} on {}", counted(metric.absent_on_usage, "usage row"));
            let draft = Draft::new(NoticeCode::MissingMetric, Severity::Warning, text);
            notices.push(draft.about(name).of(key).figure("rows", metric.absent_on_usage).done());
        }
        if name != "billed_cost" {
            notices.extend(rounded(key, name, metric, billed));
            notices.extend(zeroed(key, name, metric, stats));
        }
    }
    if let Some(sums) = stats.sums.get("") {
        let text = format!("no billing currency on {}", counted(sums.rows, "row"));
        let draft = Draft::new(NoticeCode::MissingMetric, Severity::Warning, text);
        notices.push(draft.about("billing_currency").of(key).figure("rows", sums.rows).done());
    }
}

fn is_rounded(metric: &MetricStats, billed: &MetricStats) -> bool {
    metric.present >= ROWS_FROM
        && metric.whole * 100 >= metric.present * WHOLE_FROM
        && billed.present >= ROWS_FROM
        && billed.whole * 100 < billed.present * BILL_WHOLE_BELOW
}

fn rounded(
    key: &PeriodKey,
    name: &str,
    metric: &MetricStats,
    billed: &MetricStats,
) -> Option<Notice> {
    is_rounded(metric, billed).then(|| {
        let text = format!(
            "{name} is rounded to whole units: {} of {} amounts are whole, {} of {} of billed_cost; use billed_cost",
            metric.whole, metric.present, billed.whole, billed.present
        );
        Draft::new(NoticeCode::RoundedMetric, Severity::Bar, text)
            .about(name)
            .of(key)
            .figure("whole", metric.whole)
            .figure("rows", metric.present)
            .done()
    })
}

fn zeroed(
    key: &PeriodKey,
    name: &str,
    metric: &MetricStats,
    stats: &ChargeStats,
) -> Option<Notice> {
    (metric.zero * 100 >= stats.rows * ZERO_FROM && metric.zero > 0).then(|| {
        let text = format!(
            "{name} is 0 on {} of {} rows that are billed and that no commitment covers",
            metric.zero, stats.rows
        );
        let severity =
            if metric.zero * 2 >= stats.rows { Severity::Bar } else { Severity::Warning };
        Draft::new(NoticeCode::ZeroMetric, severity, text)
            .about(name)
            .of(key)
            .figure("zero_rows", metric.zero)
            .figure("rows", stats.rows)
            .done()
    })
}

pub(super) fn of_defects(key: &PeriodKey, stats: &ChargeStats, notices: &mut Vec<Notice>) {
    let defects = &stats.defects;
    // Where a metric is rounded, its notice says so: that it then exceeds the list cost is no news.
    let exact = |name: &str, count: u64| {
        let billed = stats.metrics.get("billed_cost");
        let rounded = stats.metrics.get(name).zip(billed);
        if rounded.is_some_and(|(metric, billed)| is_rounded(metric, billed)) { 0 } else { count }
    };
    let mut rows = |code, subject: &str, count: u64, what: &str| {
        if count > 0 {
            let text = format!("{what} on {}", counted(count, "row"));
            let draft = Draft::new(code, Severity::Note, text);
            notices.push(draft.about(subject).of(key).figure("rows", count).done());
        }
    };
    let list = NoticeCode::ListBelowEffective;
    rows(
        list,
        "list_cost",
        exact("effective_cost", defects.list_below_effective),
        "list cost is below effective cost",
    );
    rows(
        list,
        "contracted_cost",
        exact("contracted_cost", defects.list_below_contracted),
        "list cost is below contracted cost",
    );
    rows(list, "list_unit_price", defects.list_product, "list cost is not price times quantity");
    let repeated = defects.repeated_ids;
    rows(NoticeCode::RepeatedIds, "line_item", repeated, "the line id of another row stands");
    if defects.elsewhere > 0 {
        let cost = number::format(defects.elsewhere_cost);
        let text = format!(
            "{} outside the time of the billing period; billed {cost}",
            counted(defects.elsewhere, "row")
        );
        notices.push(
            Draft::new(NoticeCode::BilledElsewhere, Severity::Note, text)
                .about("billing_period")
                .of(key)
                .figure("rows", defects.elsewhere)
                .figure("billed_cost", cost)
                .done(),
        );
    }
    notices.extend(of_commitments(key, stats));
}

// Commitments whose cost the data cannot show: effective cost is then a lower bound.
fn of_commitments(key: &PeriodKey, stats: &ChargeStats) -> Vec<Notice> {
    let mut notices = Vec::new();
    let reserved = stats.defects.reserved_without_cost;
    if reserved > 0 {
        let text = format!(
            "{reserved} rows of reserved usage cost 0 and no fee or effective cost stands against them; their true cost is unknown"
        );
        notices.push(
            Draft::new(NoticeCode::UnknownCommitmentCost, Severity::Warning, text)
                .about("effective_cost")
                .of(key)
                .figure("rows", reserved)
                .done(),
        );
    }
    for (currency, sums) in &stats.sums {
        let unused = sums.plan_fees - sums.plan_used;
        let counted = sums.effective - sums.billed;
        if sums.plan_fees > 0 && unused > 0 && counted < 0 && counted == -unused {
            let (fees, used) = (number::format(sums.plan_fees), number::format(sums.plan_used));
            let text = format!(
                "the unused part of Savings Plans, {} {currency} ({fees} fees less {used} used, {} %), is on no row: effective_cost lacks it",
                number::format(unused),
                percent(unused, sums.plan_fees)
            );
            notices.push(
                Draft::new(NoticeCode::UnknownCommitmentCost, Severity::Warning, text)
                    .about("effective_cost")
                    .of(key)
                    .figure("fees", fees)
                    .figure("used", used)
                    .figure("unused", number::format(unused))
                    .figure("currency", currency)
                    .done(),
            );
        }
    }
    notices
}
