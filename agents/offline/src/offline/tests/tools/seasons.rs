//! Hand-made schedules of scaling, in the shape of the tool.

use super::*;

fn instances(name: &str) -> Column {
    Column::measure(name, Unit::parse("instances"))
}

/// One workload with a schedule; without a named one, beside another that has no season.
pub(super) fn scaled(call: &ToolCall) -> Vec<FactTable> {
    let transactions = |name: &str| Column::measure(name, Unit::parse("transactions"));
    let columns = vec![
        Column::dimension("workload"),
        Column::dimension("days"),
        Column::time("from_hour"),
        Column::time("to_hour"),
        instances("min_capacity"),
        instances("max_capacity"),
        instances("running_capacity"),
        transactions("expected_transactions"),
        Column::dimension("capacity_unit"),
    ];
    let blocks = [
        ["checkout", "Monday-Friday", "00:00", "09:00", "3", "4", "20", "2000", "instances"],
        ["checkout", "Monday-Friday", "09:00", "24:00", "18", "20", "20", "20000", "instances"],
        ["checkout", "Saturday-Sunday", "00:00", "24:00", "5", "6", "20", "3000", "instances"],
    ];
    let schedule = facts(
        "schedule",
        columns,
        blocks.map(|row| row.map(text).to_vec()).to_vec(),
        Some(loaded()),
    );
    let mut rows = vec![judged("checkout", "schedule", Some("1234.5"))];
    let hours = call.arguments.contains_key("workload").then(week);
    if hours.is_none() {
        rows.push(judged("search", "no_season", None));
    }
    let verdict = facts("verdict", verdict_columns(), rows, Some(loaded()));
    [Some(schedule), Some(verdict), hours].into_iter().flatten().collect()
}

fn verdict_columns() -> Vec<Column> {
    let money = |name: &str| Column::measure(name, usd());
    let percent = |name: &str| Column::measure(name, Unit::Percent);
    let count = |name: &str, noun: &str| Column::measure(name, Unit::parse(noun));
    vec![
        Column::dimension("workload"),
        Column::dimension("state"),
        money("monthly_saving"),
        money("low"),
        money("high"),
        money("monthly_cost"),
        percent("seasonal_strength"),
        percent("breach_share"),
        count("breach_hours", "hours"),
        count("reduced_hours", "hours"),
        money("backtest_saving"),
        Column::time("backtest_week"),
        count("weeks_used", "weeks"),
        count("days_left_out", "days"),
        count("served_per_unit", "transactions"),
        percent("committed_share"),
        percent("headroom"),
        percent("demand_quantile"),
        Column::dimension("usage_grain"),
        Column::dimension("capacity_unit"),
    ]
}

fn judged(workload: &str, state: &str, saving: Option<&str>) -> Vec<Option<String>> {
    let of_saving = |value: &str| saving.map(|_| value.to_owned());
    vec![
        text(workload),
        text(state),
        saving.map(str::to_owned),
        of_saving("1100"),
        of_saving("1300"),
        of_saving("3400"),
        text("97.5"),
        of_saving("0.5952"),
        of_saving("1"),
        of_saving("98"),
        of_saving("281.2"),
        of_saving("2026-10-19"),
        text("12"),
        text("1"),
        text("1000"),
        text("10"),
        text("30"),
        text("95"),
        text("day"),
        text("instances"),
    ]
}

fn week() -> FactTable {
    let transactions = |name: &str| Column::measure(name, Unit::parse("transactions"));
    let columns = vec![
        Column::dimension("weekday"),
        Column::dimension("hour_of_day"),
        transactions("expected_transactions"),
        instances("needed_capacity"),
    ];
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let row = |day: &str, hour: usize| {
        vec![text(day), Some(hour.to_string()), Some((1000 + hour * 10).to_string()), text("4")]
    };
    let rows = days.iter().flat_map(|day| (0..24).map(|hour| row(day, hour))).collect();
    facts("hours", columns, rows, Some(loaded()))
}

/// Two operations of the bill, and two clients of which one calls more than it did.
pub(super) fn called() -> Vec<FactTable> {
    let now = Period::of_days(date(2026, 10, 1), date(2026, 11, 1)).unwrap();
    let before = Period::of_days(date(2026, 9, 1), date(2026, 10, 1)).unwrap();
    let money = |name: &str| Column::measure(name, usd());
    let count = || Column::measure("calls", Unit::parse("calls"));
    let price = || Column::measure("call_price", Unit::parse("USD/1000000 calls"));
    let names = |names: &[&str]| -> Vec<Column> {
        names.iter().map(|name| Column::dimension(*name)).collect()
    };
    let mut columns = names(&["cloud_service", "usage_type", "operation"]);
    columns.extend([count(), money("call_cost"), price()]);
    let lines = [
        ["Amazon DynamoDB", "ReadRequestUnits", "GetItem", "2000000", "260", "130"],
        ["Amazon S3", "Requests-Tier1", "PutObject", "1000000", "5", "5"],
    ];
    let rows = lines.map(|row| row.map(text).to_vec()).to_vec();
    let calls = facts("calls", columns, rows, Some(now));
    let columns = vec![
        count(),
        money("call_cost"),
        price(),
        money("uncounted_cost"),
        money("monthly_saving"),
        money("low"),
        money("high"),
    ];
    let row = ["3000000", "265", "88.33", "12", "120", "110", "130"].map(text).to_vec();
    let verdict = facts("verdict", columns, vec![row], Some(now));
    let rate = |name: &str| Column::measure(name, Unit::parse("calls/transaction"));
    let mut columns = names(&["workload", "operation", "client"]);
    columns.extend([
        count(),
        money("call_cost"),
        rate("calls_per_transaction_from").in_period(before),
        rate("calls_per_transaction_to").in_period(now),
        Column::measure("times_peers", Unit::Ratio),
        Column::dimension("excess"),
        money("monthly_saving"),
        money("low"),
        money("high"),
        Column::dimension("rate_basis"),
    ]);
    let loud = [
        "checkout",
        "GetItem",
        "android-app",
        "1500000",
        "195",
        "1.1",
        "2.9",
        "3.2",
        "rose",
        "120",
        "110",
        "130",
        "metered",
    ];
    let mut quiet =
        ["checkout", "GetItem", "web-shop", "500000", "65", "0.9", "0.9", "0.5"].map(text).to_vec();
    quiet.extend([None, None, None, None, text("metered")]);
    let clients = facts("clients", columns, vec![loud.map(text).to_vec(), quiet], Some(now));
    vec![calls, verdict, clients]
}
