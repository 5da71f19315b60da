//! Hand-made tools: they answer any query of the playbooks with plausible figures.

#![expect(
    clippy::wildcard_enum_match_arm,
    clippy::unnecessary_wraps,
    clippy::too_many_lines,
    reason = "figures made by hand, in the shape of the tools"
)]

use wherefore_contract::{
    Decimal,
    cost::{CompareQuery, CostQuery, Direction, Measure},
    dimension::{Dimension, Grain},
    filter::Filter,
    money::Currency,
};

use super::*;

mod seasons;

mod savings;

pub(crate) fn answer_call(call: &ToolCall, question: &str) -> Vec<FactTable> {
    let arguments = Value::Object(call.arguments.clone());
    match call.name.as_str() {
        "describe_cost_data" => described(),
        "find_metadata" => vec![hits(question)],
        "query_cost" => vec![queried(&serde_json::from_value(arguments).unwrap())],
        "compare_cost" => vec![compared(&serde_json::from_value(arguments).unwrap())],
        "unit_cost" => {
            let period =
                call.arguments.get("period").map(|p| serde_json::from_value(p.clone()).unwrap());
            let mut query = CostQuery::total(Measure::UnitCost);
            query.measures.extend([Measure::EffectiveCost, Measure::Transactions]);
            query.period = period;
            if let Some(workload) = call.arguments.get("workload").and_then(Value::as_str) {
                query.filters.push(Filter::any_of(Dimension::Workload, [workload]));
            }
            vec![queried(&query)]
        }
        "explain_unit_cost" => explained(call),
        "forecast_cost" => vec![projected(call)],
        "scaling_schedule" => seasons::scaled(call),
        "api_call_cost" => seasons::called(),
        "find_anomalies" => unusual(),
        "find_savings" => savings::found(call),
        "tag_hygiene" => tagged(),
        other => panic!("no tool {other}"),
    }
}

fn facts(
    name: &str,
    columns: Vec<Column>,
    rows: Vec<Vec<Option<String>>>,
    period: Option<Period>,
) -> FactTable {
    FactTable {
        name: name.to_owned(),
        table: Table { columns, rows },
        source: "hand".to_owned(),
        statement: None,
        parameters: Vec::new(),
        period,
        filters: Vec::new(),
        data_as_of: None,
        complete: true,
    }
}

fn text(word: &str) -> Option<String> {
    Some(word.to_owned())
}

fn loaded() -> Period {
    Period::of_days(date(2026, 8, 1), date(2026, 11, 1)).unwrap()
}

fn described() -> Vec<FactTable> {
    let known = crate::understand::tests::description(date(2026, 8, 1), date(2026, 11, 1));
    let columns = vec![
        Column::time("first_day"),
        Column::time("last_day"),
        Column::measure("rows", Unit::Count("rows".to_owned())),
        Column::dimension("default_cost"),
        Column::dimension("workload_tag"),
    ];
    let row = vec![
        text("2026-08-01"),
        text("2026-10-31"),
        text("1000"),
        text("billed_cost"),
        text("workload"),
    ];
    let coverage = facts("coverage", columns, vec![row], Some(loaded()));
    let fills =
        known.dimensions.iter().map(|fill| vec![text(&fill.dimension), text("3"), text("100.00")]);
    let columns = vec![
        Column::dimension("dimension"),
        Column::measure("distinct", Unit::Count("distinct".to_owned())),
        Column::measure("filled_percent", Unit::Percent),
    ];
    let dimensions = facts("dimensions", columns, fills.collect(), Some(loaded()));
    let columns = ["workload", "first_day", "last_day", "grain", "has_charges"]
        .map(Column::dimension)
        .to_vec();
    let row = ["checkout", "2026-08-01", "2026-10-31", "day", "true"].map(text).to_vec();
    vec![coverage, dimensions, facts("transactions", columns, vec![row], Some(loaded()))]
}

fn hits(question: &str) -> FactTable {
    let bytes = || Unit::Quantity("bytes".to_owned());
    let columns = vec![
        Column::dimension("dimension"),
        Column::dimension("value"),
        Column::dimension("label"),
        Column::measure("matched_start", bytes()),
        Column::measure("matched_end", bytes()),
        Column::dimension("how"),
        Column::measure("score", Unit::Quantity("points".to_owned())),
    ];
    let rows = crate::understand::tests::hits(question)
        .iter()
        .map(|hit| {
            let number = |number: usize| Some(number.to_string());
            vec![
                Some(hit.dimension.to_string()),
                text(&hit.value),
                None,
                number(hit.matched.0),
                number(hit.matched.1),
                text("exact"),
                text("1000"),
            ]
        })
        .collect();
    facts("hits", columns, rows, None)
}

fn usd() -> Unit {
    Unit::Currency(Currency::parse("USD").unwrap())
}

fn column(measure: &Measure, name: String) -> Column {
    match measure {
        measure if measure.is_moment() => Column::time(name),
        Measure::UnitCost => Column::measure(name, Unit::parse("USD/transaction")),
        Measure::ConsumedQuantity | Measure::PricingQuantity | Measure::CommitmentQuantity => {
            Column::measure(name, Unit::parse("Hrs"))
        }
        measure => Column::measure(name, measure.fixed_unit().unwrap_or_else(usd)),
    }
}

fn names(dimension: &Dimension, query: &CostQuery) -> Vec<String> {
    if let Some(filter) = query.filters.iter().find(|f| f.dimension == *dimension) {
        return filter.values.clone();
    }
    let fixed =
        |names: &[&str]| -> Vec<String> { names.iter().map(|name| (*name).to_owned()).collect() };
    match (dimension.name().as_str(), dimension.grain()) {
        // A commitment's fee, and the usage that it covered.
        ("charge_category", _) => return fixed(&["Purchase", "Usage"]),
        ("commitment_discount_status", _) => return fixed(&["Unused", "Used"]),
        _ => {}
    }
    match dimension.grain() {
        Some(Grain::Month) => fixed(&["2026-08", "2026-09", "2026-10"]),
        Some(Grain::Day) => fixed(&["2026-09-01", "2026-09-02", "2026-09-03", "2026-09-04"]),
        Some(_) => fixed(&["weekday", "weekend"]),
        None => fixed(&["alpha", "beta", "gamma"]),
    }
}

fn figure(measure: &Measure, row: usize, seed: usize) -> Decimal {
    let base = Decimal::from(1000 / (row + 1) + seed % 37);
    match measure {
        Measure::UnitCost => base / Decimal::from(1_000_000),
        Measure::ListCost => base + Decimal::from(50),
        Measure::EffectiveCost => base - Decimal::ONE,
        _ => base,
    }
}

fn queried(query: &CostQuery) -> FactTable {
    let mut columns: Vec<Column> =
        query
            .dimensions
            .iter()
            .map(|d| {
                if d.grain().is_some() {
                    Column::time(d.name())
                } else {
                    Column::dimension(d.name())
                }
            })
            .collect();
    columns.extend(query.measures.iter().map(|m| column(m, m.column_name())));
    let lists: Vec<Vec<String>> = query.dimensions.iter().map(|d| names(d, query)).collect();
    let count = lists.first().map_or(1, Vec::len);
    let seed = query.filters.len() * 11;
    let mut rows: Vec<Vec<Option<String>>> = (0..count)
        .map(|row| {
            let mut cells: Vec<Option<String>> =
                lists.iter().map(|list| list.get(row.min(list.len() - 1)).cloned()).collect();
            cells.extend(query.measures.iter().map(|m| match m {
                Measure::FirstCharge => text("2026-09-14T05:00:00"),
                Measure::LastCharge => text("2026-10-30T23:00:00"),
                Measure::ChargedUntil => text("2026-10-31T00:00:00"),
                Measure::FirstDay => text("2026-09-14"),
                Measure::LastDay => text("2026-10-30"),
                m => Some(figure(m, row, seed).to_string()),
            }));
            cells
        })
        .collect();
    if query.order.iter().any(|o| o.direction == Direction::Ascending) {
        rows.reverse();
    }
    let shares = ["60", "25", "15"];
    let running = ["60", "85", "100"];
    if query.share {
        columns.push(Column::measure("share", Unit::Percent));
        rows.iter_mut().zip(shares).for_each(|(row, share)| row.push(text(share)));
    }
    if query.cumulative {
        columns.push(Column::measure("cumulative_share", Unit::Percent));
        rows.iter_mut().zip(running).for_each(|(row, share)| row.push(text(share)));
    }
    along(query, &mut columns, &mut rows);
    rows.truncate(query.limit.unwrap_or(1000) as usize);
    FactTable {
        filters: query.filters.clone(),
        ..facts("cost", columns, rows, query.period.or(Some(loaded())))
    }
}

// Columns that follow the course of the rows, as the store adds them.
fn along(query: &CostQuery, columns: &mut Vec<Column>, rows: &mut [Vec<Option<String>>]) {
    let first = query.dimensions.len();
    let levels: Vec<Decimal> = rows
        .iter()
        .map(|row| {
            row.get(first).cloned().flatten().unwrap_or_default().parse().unwrap_or_default()
        })
        .collect();
    let mut add = |name: String, unit: Unit, value: &dyn Fn(usize) -> Option<Decimal>| {
        columns.push(Column::measure(name, unit));
        for (index, row) in rows.iter_mut().enumerate() {
            row.push(value(index).map(|value| value.round_dp(6).normalize().to_string()));
        }
    };
    let name = query.measures[0].column_name();
    if query.per_day {
        let per_day = Unit::parse("USD/day");
        add(format!("{name}_per_day"), per_day, &|row| Some(levels[row] / Decimal::from(30)));
    }
    if query.change {
        let before = |row: usize| row.checked_sub(1).map(|row| levels[row]);
        add("change".to_owned(), usd(), &|row| Some(levels[row] - before(row)?));
        add("change_percent".to_owned(), Unit::Percent, &|row| {
            let before = before(row)?;
            Some((levels[row] - before) * Decimal::ONE_HUNDRED / before)
        });
    }
    if query.running {
        add("running_total".to_owned(), usd(), &|row| Some(levels[..=row].iter().sum()));
    }
}

fn projected(call: &ToolCall) -> FactTable {
    let period: Period = serde_json::from_value(call.arguments["period"].clone()).unwrap();
    let known = Period::new(period.start(), loaded().end()).unwrap_or(loaded());
    let days = || Unit::Count("days".to_owned());
    let columns = vec![
        Column::time("period"),
        Column::measure("actual_to_date", usd()).in_period(known),
        Column::measure("days_loaded", days()).in_period(known),
        Column::measure("days_total", days()),
        Column::measure("per_day", Unit::parse("USD/day")).in_period(known),
        Column::measure("expected", usd()),
        Column::measure("low", usd()),
        Column::measure("high", usd()),
        Column::dimension("method"),
    ];
    let row =
        ["2026-10", "1000", "30", "31", "33.333333", "1033.33", "1020", "1046.66", "run_rate"];
    let mut table = facts("forecast", columns, vec![row.map(text).to_vec()], Some(period));
    table.complete = false;
    table
}

fn compared(query: &CompareQuery) -> FactTable {
    let mut columns: Vec<Column> =
        query.dimensions.iter().map(|d| Column::dimension(d.name())).collect();
    for measure in &query.measures {
        columns
            .push(column(measure, format!("{}_from", measure.column_name())).in_period(query.from));
        columns.push(column(measure, format!("{}_to", measure.column_name())).in_period(query.to));
    }
    columns.push(Column::measure("change", usd()));
    columns.push(Column::measure("change_percent", Unit::Percent));
    if query.per_day {
        let name = query.measures[0].column_name();
        let daily = |name: String| Column::measure(name, Unit::parse("USD/day"));
        columns.push(daily(format!("{name}_per_day_from")).in_period(query.from));
        columns.push(daily(format!("{name}_per_day_to")).in_period(query.to));
        columns.push(daily("change_per_day".to_owned()));
        columns.push(Column::measure("change_per_day_percent", Unit::Percent));
    }
    let count = if query.dimensions.is_empty() { 1 } else { 3 };
    let rows = (0..count)
        .map(|row| {
            let mut cells: Vec<Option<String>> =
                query.dimensions.iter().map(|_| text(["alpha", "beta", "gamma"][row])).collect();
            for _ in &query.measures {
                cells.extend([Some("100".to_owned()), Some((150 - row * 20).to_string())]);
            }
            cells.extend([Some((50 - row * 20).to_string()), Some((50 - row * 20).to_string())]);
            if query.per_day {
                cells.extend(["4", "5", "1", "25"].map(text));
            }
            cells
        })
        .collect();
    FactTable { filters: query.filters.clone(), ..facts("cost", columns, rows, Some(query.to)) }
}

fn explained(call: &ToolCall) -> Vec<FactTable> {
    let side =
        |name: &str| -> Period { serde_json::from_value(call.arguments[name].clone()).unwrap() };
    let (from, to) = (side("from"), side("to"));
    let per = || Unit::parse("USD/transaction");
    let workload = call.arguments.contains_key("workload");
    let unit = |value: &str| workload.then(|| value.to_owned());
    let columns = vec![
        Column::dimension("effect"),
        Column::dimension("cloud_service"),
        Column::dimension("usage_type"),
        Column::measure("amount", usd()),
        Column::measure("unit_amount", per()),
    ];
    let line = |effect: &str, amount: &str, each: &str| {
        vec![text(effect), text("Amazon RDS"), text("InstanceUsage"), text(amount), unit(each)]
    };
    let rows = vec![line("price", "40", "0.004"), line("volume", "10", "0.001")];
    let bridge = facts("bridge", columns, rows, Some(to));
    let columns = vec![
        Column::dimension("effect"),
        Column::measure("amount", usd()),
        Column::measure("unit_amount", per()),
    ];
    let rows = vec![
        vec![text("volume"), text("10"), unit("0.001")],
        vec![text("price"), text("40"), unit("0.004")],
    ];
    let effects = facts("effects", columns, rows, Some(to));
    let columns = vec![
        Column::dimension("workload"),
        Column::dimension("regime"),
        Column::measure("change_low", Unit::Ratio),
        Column::measure("change_high", Unit::Ratio),
        Column::measure("unit_cost_from", per()).in_period(from),
        Column::measure("unit_cost_to", per()).in_period(to),
        Column::measure("unit_cost_total_from", per()).in_period(from),
        Column::measure("unit_cost_total_to", per()).in_period(to),
        Column::dimension("main_effect"),
        Column::dimension("main_cloud_service"),
        Column::dimension("main_usage_type"),
        Column::measure("main_share", Unit::Ratio),
        Column::measure("main_amount", usd()),
        Column::measure("main_unit_amount", per()),
    ];
    let row = vec![
        unit("checkout"),
        unit("inefficient"),
        unit("0.1"),
        unit("0.3"),
        unit("0.010"),
        unit("0.015"),
        unit("0.011"),
        unit("0.016"),
        text("price"),
        text("Amazon RDS"),
        text("InstanceUsage"),
        text("0.8"),
        text("40"),
        unit("0.004"),
    ];
    let mut filters: Vec<Filter> = call
        .arguments
        .get("filters")
        .map(|filters| serde_json::from_value(filters.clone()).unwrap())
        .unwrap_or_default();
    if let Some(workload) = call.arguments.get("workload").and_then(Value::as_str) {
        filters.push(Filter::any_of(Dimension::Workload, [workload]));
    }
    let tables = vec![bridge, facts("verdict", columns, vec![row], Some(to)), effects];
    tables.into_iter().map(|table| FactTable { filters: filters.clone(), ..table }).collect()
}

fn unusual() -> Vec<FactTable> {
    let count = |name: &str, of: &str| Column::measure(name, Unit::Count(of.to_owned()));
    let mut columns = vec![Column::time("period")];
    columns.extend(["dimension", "value", "kind"].map(Column::dimension));
    columns.extend(["expected", "actual", "impact"].map(|name| Column::measure(name, usd())));
    columns.push(Column::measure("score", Unit::Ratio));
    columns.extend(["sub_account", "cloud_service", "workload"].map(Column::dimension));
    let ec2 = "Amazon Elastic Compute Cloud";
    let rows = [
        [
            "2026-09-14/2026-09-17",
            "cloud_service",
            ec2,
            "spike",
            "90",
            "390",
            "300",
            "9.5",
            "200000000012",
            ec2,
            "",
        ],
        [
            "2026-10-05",
            "sub_account",
            "200000000015",
            "drop",
            "50",
            "10",
            "-40",
            "5",
            "200000000015",
            "",
            "",
        ],
    ];
    let cells = |row: &[&str; 11]| {
        row.iter().map(|cell| text(cell).filter(|cell| !cell.is_empty())).collect()
    };
    let looked = vec![
        Column::measure("effective_cost", usd()),
        count("days_judged", "days"),
        count("series_judged", "series"),
        count("anomalies_found", "anomalies"),
        Column::measure("least_impact", usd()),
    ];
    let course = vec![Column::time("day"), Column::measure("effective_cost", usd())];
    let days = ["2026-09-13", "2026-09-14", "2026-09-15"];
    vec![
        facts("anomalies", columns, rows.iter().map(cells).collect(), Some(loaded())),
        facts(
            "looked_at",
            looked,
            vec![["9000", "70", "12", "2", "4.5"].map(text).to_vec()],
            Some(loaded()),
        ),
        facts(
            "course",
            course,
            days.map(|day| vec![text(day), text("130")]).to_vec(),
            Some(loaded()),
        ),
    ]
}

fn tagged() -> Vec<FactTable> {
    let rows_of = |name: &str| Column::measure(name, Unit::Count("rows".to_owned()));
    let percent = |name: &str| Column::measure(name, Unit::Percent);
    let keys = facts(
        "tag_keys",
        vec![
            Column::dimension("like_key"),
            Column::dimension("tagging_key"),
            Column::measure("tagged_cost", usd()),
            percent("cost_share"),
            rows_of("tagged_rows"),
            percent("row_share"),
            Column::measure("tag_values", Unit::Count("distinct".to_owned())),
        ],
        vec![
            vec![None, text("team"), text("85"), text("85"), text("8"), text("80"), text("3")],
            vec![
                text("team"),
                text("teams"),
                text("5"),
                text("5"),
                text("1"),
                text("10"),
                text("1"),
            ],
        ],
        Some(loaded()),
    );
    let allocation = facts(
        "allocation",
        vec![
            Column::dimension("allocation_keys"),
            Column::measure("effective_cost", usd()),
            Column::measure("allocated_cost", usd()),
            Column::measure("unallocated_cost", usd()),
            percent("allocated_share"),
            rows_of("unallocated_rows"),
            percent("target_crawl"),
            percent("target_run"),
            Column::dimension("stage"),
        ],
        vec![["team", "100", "85", "15", "85", "2", "80", "90", "crawl"].map(text).to_vec()],
        Some(loaded()),
    );
    let near = facts(
        "near_values",
        vec![
            Column::dimension("tagging_key"),
            Column::dimension("likeness"),
            Column::dimension("like_value"),
            Column::dimension("tagging_value"),
            Column::measure("tagged_cost", usd()),
            rows_of("tagged_rows"),
        ],
        vec![
            ["team", "case", "core", "Core", "7", "1"].map(text).to_vec(),
            ["team", "slip", "search", "serach", "2", "1"].map(text).to_vec(),
        ],
        Some(loaded()),
    );
    let missing = |of: &str, names: [&str; 2]| {
        facts(
            &format!("untagged_{of}"),
            vec![
                Column::dimension(of),
                Column::measure("untagged_cost", usd()),
                percent("untagged_share"),
                rows_of("untagged_rows"),
            ],
            vec![
                [names[0], "10", "66.7", "1"].map(text).to_vec(),
                [names[1], "5", "33.3", "1"].map(text).to_vec(),
            ],
            Some(loaded()),
        )
    };
    let services = missing("cloud_service", ["alpha", "beta"]);
    let accounts = missing("sub_account", ["200000000012", "200000000015"]);
    vec![keys, allocation, near, services, accounts]
}
