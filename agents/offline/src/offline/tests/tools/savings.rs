//! A hand-made plan of savings, and one that found nothing.

use super::*;

const AMOUNTS: [&str; 3] = ["monthly_saving", "low", "high"];

pub(super) fn found(call: &ToolCall) -> Vec<FactTable> {
    let period = Period::of_days(date(2026, 9, 1), date(2026, 10, 1)).unwrap();
    let none = call.arguments["checks"].as_array().is_some_and(|checks| !checks.is_empty());
    let table = |name: &str, columns: Vec<Column>, rows: Vec<Vec<Option<String>>>| {
        facts(name, columns, rows, Some(period))
    };
    let row = |cells: &[&str]| cells.iter().map(|cell| text(cell)).collect::<Vec<_>>();
    let names = |names: &[&str], figures: &[&str]| {
        let names = names.iter().map(|name| Column::dimension(*name));
        let figures = figures.iter().map(|name| Column::measure(*name, usd()));
        names.chain(figures).collect::<Vec<_>>()
    };
    let gp3 = ["gp2_to_gp3", "Move gp2 volumes to gp3", "gp2 볼륨을 gp3로 전환"];
    let nat = ["idle_nat_gateway", "Delete idle NAT gateways", "사용하지 않는 NAT 게이트웨이 삭제"];
    let columns = names(
        &[
            "check",
            "resource_id",
            "cloud_service",
            "sub_account",
            "title_en",
            "title_ko",
            "effort",
            "risk",
            "rate_basis",
        ],
        &AMOUNTS,
    );
    let saving = |[check, en, ko]: [&str; 3], resource: &str, basis: &str, amounts: [&str; 3]| {
        let names = [check, resource, "Amazon EC2", "1", en, ko, "low", "low", basis];
        row(&[names.as_slice(), amounts.as_slice()].concat())
    };
    let rows = vec![
        saving(nat, "nat-1", "own_rate", ["40", "40", "40"]),
        saving(gp3, "vol-1", "published", ["80", "60", "80"]),
    ];
    let largest = table("largest", columns.clone(), rows.iter().skip(1).cloned().collect());
    let savings = table("savings", columns, if none { Vec::new() } else { rows });
    let totals = [
        "total_monthly_saving",
        "least_saving",
        "greatest_saving",
        "total_without_order",
        "cost_examined",
        "folded_saving",
    ];
    let mut columns = names(&[], &totals);
    columns.push(Column::measure("lines_examined", Unit::Count("rows".to_owned())));
    for count in ["findings", "findings_listed", "findings_folded"] {
        columns.push(Column::measure(count, Unit::Count("distinct".to_owned())));
    }
    let amounts = if none {
        ["0", "0", "0", "0", "500", "0", "12", "0", "0", "0"]
    } else {
        ["120", "100", "120", "150", "500", "40", "12", "2", "1", "1"]
    };
    let verdict = table("verdict", columns, vec![row(&amounts)]);
    let mut columns = names(&["check", "title_en", "title_ko"], &AMOUNTS);
    columns.push(Column::measure("findings", Unit::Count("distinct".to_owned())));
    let kinds = [(gp3, ["80", "60", "80", "1"]), (nat, ["40", "40", "40", "1"])];
    let rows = kinds.map(|(names, figures)| row(&[names.as_slice(), figures.as_slice()].concat()));
    let folded = table("folded", columns.clone(), rows.iter().skip(1).cloned().collect());
    let by_check = table("by_check", columns, if none { Vec::new() } else { rows.to_vec() });
    let mut columns = names(&["check", "title_en", "title_ko", "reach"], &["cost_examined"]);
    columns.push(Column::measure("lines_examined", Unit::Count("rows".to_owned())));
    columns.push(Column::measure("usage_types_examined", Unit::Count("distinct".to_owned())));
    columns.push(Column::measure("findings", Unit::Count("distinct".to_owned())));
    let looked = [
        (gp3, ["told", "400", "9", "2", if none { "0" } else { "1" }]),
        (
            ["old_snapshot", "Delete snapshots older than a year", "오래된 스냅샷 삭제"],
            ["short_history", "100", "3", "1", "0"],
        ),
    ];
    let rows = looked.map(|(names, figures)| row(&[names.as_slice(), figures.as_slice()].concat()));
    let looked_at = table("looked_at", columns, rows.to_vec());
    let columns = names(
        &["check", "resource_id", "sub_account", "title_en", "title_ko"],
        &["cost_before", "possible_saving"],
    );
    let logs = row(&[
        "log_ingestion",
        "group-1",
        "1",
        "Look into log volume",
        "로그 수집량 점검",
        "60",
        "30",
    ]);
    let to_examine = table("to_examine", columns, if none { Vec::new() } else { vec![logs] });
    let tables = vec![savings, verdict, by_check, looked_at, to_examine];
    if none { tables } else { tables.into_iter().chain([largest, folded]).collect() }
}
