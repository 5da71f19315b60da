use jiff::civil::date;
use serde_json::{Value, json};
use wherefore_contract::{
    quality::{
        DiscountLayout, DiscountState, Identity, IdentityResult, IdentityState, Notice, NoticeCode,
        Severity,
    },
    tool::ToolData,
};

use super::{Estate, april, data, march, refusal, rows, searched, table};

// Status and reason of each basis, with whether an amount is given.
fn standings(data: &ToolData) -> Vec<String> {
    let text = |row: &Value, name: &str| row.get(name).and_then(Value::as_str).map(str::to_owned);
    let told = rows(table(data, "bases")).into_iter().map(|row| {
        let amount = if row.get("cost").is_some() { "given" } else { "withheld" };
        let parts = [text(&row, "basis"), text(&row, "status"), text(&row, "reason")];
        format!("{} {amount}", parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
    });
    told.collect()
}

fn contradicted() -> Estate {
    let mut estate = Estate::dearer_compute();
    let state = |identity, result| IdentityState {
        provider: "AWS".into(),
        billing_account: "9".into(),
        billing_period: date(2026, 3, 1),
        identity,
        currency: "USD".into(),
        result,
        checks: 1,
        left: Some("32.7".into()),
        right: Some("31.7".into()),
        difference: Some("1".into()),
        tolerance: Some("0.0000327".into()),
        reason: String::new(),
    };
    estate.description.identities = vec![
        state(Identity::Amortization, IdentityResult::Failed),
        state(Identity::Negation, IdentityResult::Holds),
    ];
    estate.description.notices.push(Notice {
        code: NoticeCode::IdentityFailed,
        subject: "effective_cost".into(),
        source: "AWS 9".into(),
        billing_period: Some(date(2026, 3, 1)),
        severity: Severity::Bar,
        figures: std::collections::BTreeMap::new(),
        text: "32.7 against 31.7".into(),
    });
    estate
}

#[tokio::test]
async fn every_basis_stands_with_its_amount_or_with_why_it_has_none() {
    let mut estate = Estate::dearer_compute();
    estate.description.formats = vec!["FOCUS 1.2".into()];
    let found = data(estate, "cost_bases", json!({"period": march()})).await;
    assert_eq!(
        standings(&found),
        [
            "cash usable given",
            "net_cash usable in_the_costs given",
            "amortized usable given",
            "net_amortized usable in_the_costs given",
            "list usable given",
            "contracted usable given",
            "before_credits usable given",
            "credits usable given",
        ]
    );
    // Net costs that are their gross twins are no columns of their own.
    let costs = &table(&found, "costs").table;
    assert!(
        costs.column("effective_cost").is_some() && costs.column("net_effective_cost").is_none()
    );
}

#[tokio::test]
async fn a_contradicted_cost_has_no_amount_anywhere() {
    let found = data(contradicted(), "cost_bases", json!({"period": march()})).await;
    let told = standings(&found);
    assert_eq!(told[2], "amortized barred identity_failed withheld");
    assert_eq!(told[3], "net_amortized absent no_net_columns withheld");
    assert!(table(&found, "costs").table.column("effective_cost").is_none());
    assert!(found.tables.iter().all(|table| table.name != "lines"));
    let outcomes: Vec<_> = rows(table(&found, "identities"))
        .iter()
        .map(|row| format!("{} {}", row["identity"], row["outcome"]))
        .collect();
    assert_eq!(outcomes, [r#""amortization" "failed""#, r#""negation" "holds""#]);

    let asked = |tool: &'static str, arguments| refusal(contradicted(), tool, arguments);
    let query = json!({"measures": ["effective_cost"], "period": march()});
    let compare = json!({"measures": ["effective_cost"], "from": march(), "to": april()});
    let unit = json!({"workload": "checkout", "period": march()});
    let forecast = json!({"measure": "effective_cost", "period": {"start": "2026-03-01", "end": "2026-04-01"}});
    for (tool, arguments) in [
        ("query_cost", query),
        ("compare_cost", compare),
        ("unit_cost", unit),
        ("forecast_cost", forecast),
    ] {
        let refused = asked(tool, arguments).await;
        assert!(refused.contains("32.7 against 31.7"), "{tool}: {refused}");
    }
}

#[tokio::test]
async fn a_net_cost_that_no_bill_tells_is_refused_and_one_that_it_tells_is_not() {
    let query = || json!({"measures": ["net_effective_cost"], "period": march()});
    let mut estate = Estate::dearer_compute();
    estate.description.formats = vec!["AWS CUR 2.0".into()];
    let refused = refusal(estate.clone(), "query_cost", query()).await;
    assert!(refused.contains("use effective_cost"), "{refused}");
    estate.description.discounts = vec![DiscountState {
        provider: "AWS".into(),
        billing_account: "9".into(),
        billing_period: date(2026, 3, 1),
        layout: DiscountLayout::NetColumns,
    }];
    let found = data(estate, "cost_bases", json!({"period": march()})).await;
    assert_eq!(standings(&found)[3], "net_amortized usable given");
}

#[tokio::test]
async fn the_lines_between_two_costs_add_up_to_what_lies_between_them() {
    let mut estate = Estate::dearer_compute();
    for charge in &mut estate.charges {
        charge.names.insert("commitment_discount_status".into(), String::new());
    }
    let found = data(estate, "cost_bases", json!({"period": march()})).await;
    let number = |row: &Value, name: &str| -> wherefore_contract::Decimal {
        row[name].as_str().unwrap().parse().unwrap()
    };
    let lines = rows(table(&found, "lines"));
    let sum =
        |name: &str| lines.iter().map(|row| number(row, name)).sum::<wherefore_contract::Decimal>();
    let costs = rows(table(&found, "costs"));
    assert_eq!(sum("billed_cost"), number(&costs[0], "billed_cost"));
    assert_eq!(sum("effective_cost"), number(&costs[0], "effective_cost"));
    assert_eq!(sum("difference"), sum("effective_cost") - sum("billed_cost"));
}

#[tokio::test]
async fn a_period_without_charges_says_where_was_looked() {
    let period = json!({"start": "2025-01-01", "end": "2025-02-01"});
    let looked = searched(Estate::dearer_compute(), "cost_bases", json!({"period": period})).await;
    assert_eq!(looked, "costs on every basis in [2025-01-01, 2025-02-01)");
}
