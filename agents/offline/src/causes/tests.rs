use jiff::civil::date;
use serde_json::Value;
use wherefore_contract::{
    quality::{CostDescription, DimensionFill},
    table::{Column, Table},
    tool::FactTable,
    unit::Unit,
};

use super::*;
use crate::request::Moment;

fn month(month: i8) -> Period {
    Period::month_of(date(2026, month, 1))
}

fn reading(parts: &[&str]) -> Reading {
    Reading {
        ask: Ask::Explain,
        measures: vec![Measure::BilledCost],
        parts: parts.iter().map(|name| name.parse().unwrap()).collect(),
        period: Some(Moment { period: month(9), asked: None }),
        loaded: Period::of_days(date(2026, 8, 1), date(2026, 11, 1)).ok(),
        base: Some(Moment { period: month(8), asked: None }),
        ..Reading::default()
    }
}

fn evidence(step: &Step, id: usize, rows: &[(&str, i64, i64)]) -> Evidence {
    let asked = step.arguments.get("dimensions").and_then(|list| list.get(0));
    let name = asked.and_then(Value::as_str).map(str::to_owned);
    let usd = || Unit::parse("USD");
    let columns = name.iter().map(Column::dimension).chain([
        Column::measure("billed_cost_from", usd()).in_period(month(8)),
        Column::measure("billed_cost_to", usd()).in_period(month(9)),
        Column::measure("change", usd()),
    ]);
    let row = |(value, from, to): &(&str, i64, i64)| {
        let amounts = [*from, *to, to - from].map(|amount| Some(amount.to_string()));
        let value = (!value.is_empty()).then(|| (*value).to_owned());
        name.iter().map(|_| value.clone()).chain(amounts).collect()
    };
    let table = Table { columns: columns.collect(), rows: rows.iter().map(row).collect() };
    Evidence {
        id: format!("e{id}"),
        tool: step.tool.to_owned(),
        arguments: step.arguments.clone(),
        snapshot: "s000001".to_owned(),
        facts: FactTable {
            name: "cost".to_owned(),
            table,
            source: "hand".to_owned(),
            statement: None,
            parameters: Vec::new(),
            period: None,
            filters: Vec::new(),
            data_as_of: None,
            complete: true,
        },
        notices: Vec::new(),
    }
}

/// A value of a dimension with its amounts in both periods.
type Row = (&'static str, i64, i64);

/// The dimension that explains a change, with its values.
fn told(total: (i64, i64), sides: &[(&str, &[Row])]) -> String {
    let names: Vec<&str> = sides.iter().map(|(name, _)| *name).collect();
    let reading = reading(&names);
    let first = overall(&reading).unwrap();
    let mut all = vec![evidence(&first, 1, &[("", total.0, total.1)])];
    for (index, (_, step)) in looks(&reading, &all).into_iter().enumerate() {
        all.push(evidence(&step, index + 2, sides[index].1));
    }
    let Some((dimension, held, rows)) = telling(&reading, &all) else { return String::new() };
    let name = dimension.name();
    let values: Vec<&str> = rows.iter().map(|row| held.name(*row, &name).unwrap()).collect();
    format!("{name}: {}", values.join(", "))
}

#[test]
fn a_new_thing_tells_more_than_the_account_that_it_runs_in() {
    let services: &[Row] = &[("EC2", 700, 900), ("RDS", 300, 290)];
    let accounts: &[Row] = &[("1", 200, 390), ("2", 800, 800)];
    let apps: &[Row] = &[("train", 0, 180), ("shop", 1000, 1010)];
    let sides: &[(&str, &[Row])] =
        &[("tag:app", apps), ("cloud_service", services), ("sub_account", accounts)];
    assert_eq!(told((1000, 1190), sides), "tag:app: train");
}

#[test]
fn what_covers_a_fall_tells_more_than_what_covers_a_part_of_it() {
    let apps: &[Row] = &[("misc", 720, 290), ("", 280, 110)];
    let machines: &[Row] = &[("t3", 500, 0), ("m6", 400, 400), ("", 100, 0)];
    let sides: &[(&str, &[Row])] = &[("tag:app", apps), ("instance_type", machines)];
    assert_eq!(told((1000, 400), sides), "instance_type: t3");
}

#[test]
fn what_is_nearly_the_whole_explains_nothing() {
    let kinds: &[Row] = &[("Usage", 1000, 1100)];
    let services: &[Row] = &[("EC2", 400, 455), ("RDS", 300, 345), ("S3", 300, 300)];
    let sides: &[(&str, &[Row])] = &[("charge_category", kinds), ("cloud_service", services)];
    assert_eq!(told((1000, 1100), sides), "cloud_service: EC2, RDS");
}

#[test]
fn charges_without_a_value_are_no_explanation() {
    let apps: &[Row] = &[("", 100, 300), ("shop", 100, 100)];
    let services: &[Row] = &[("EC2", 100, 300), ("RDS", 100, 100)];
    let sides: &[(&str, &[Row])] = &[("tag:app", apps), ("cloud_service", services)];
    assert_eq!(told((200, 400), sides), "cloud_service: EC2");
}

#[test]
fn a_spread_change_is_told_by_service() {
    let many: &[Row] = &[("a", 100, 103), ("b", 100, 103), ("c", 100, 103), ("d", 100, 103)];
    let sides: &[(&str, &[Row])] = &[("sub_account", many), ("cloud_service", many)];
    assert_eq!(told((1000, 1030), sides), "cloud_service: a, b, c");
}

#[test]
fn sides_are_what_the_data_hold_and_the_question_leaves_open() {
    let fill = |name: &str, distinct: u64, part: &str| DimensionFill {
        dimension: name.to_owned(),
        distinct,
        filled_percent: part.to_owned(),
    };
    let description = CostDescription {
        dimensions: vec![
            fill("cloud_service", 6, "100.00"),
            fill("charge_description", 60, "100.00"),
            fill("provider", 1, "100.00"),
            fill("sub_account", 6, "100.00"),
            fill("tag:app", 6, "76.19"),
            fill("tag:owner", 3, "4.00"),
        ],
        ..CostDescription::default()
    };
    let known = Known { description, ..Known::default() };
    let account = Condition {
        filter: Filter::any_of("sub_account".parse().unwrap(), ["1"]),
        asked: Vec::new(),
    };
    let names = |conditions: &[Condition]| {
        let all = sides(&known, conditions);
        all.iter().map(Dimension::name).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(names(&[]), "tag:app cloud_service sub_account charge_description");
    assert_eq!(names(&[account]), "tag:app cloud_service charge_description");
}

#[test]
fn the_parts_that_explain_are_looked_up_by_their_first_and_last_charge() {
    let mut reading = reading(&[]);
    reading.dimensions = vec!["tag:app".parse().unwrap()];
    let steps = crate::playbook::analysis(&reading);
    let rows = &[("train", 0, 180), ("", 0, 20), ("shop", 1000, 990)];
    let all = vec![evidence(&steps[0], 1, rows), evidence(&steps[1], 2, &[("", 1000, 1190)])];
    let step = spans(&reading, &all).unwrap();
    assert_eq!(step.arguments["filters"][0]["values"], serde_json::json!(["train"]));
    assert_eq!(step.arguments["period"]["end"], "2026-10-01");
}
