use serde_json::json;
use wherefore_contract::Decimal;

use super::{Estate, data, fakes::Charge, march, refusal, rows, searched, table};

// `checkout` and `search` cost 300 and 100; 40.01 of support stand beside them, owned by nobody.
fn estate() -> Estate {
    let mut estate = Estate::dearer_compute();
    let first = estate.charges[0].clone();
    let charge = |workload: Option<&str>, service: &str, cost: &str| {
        let mut names = first.names.clone();
        names.insert("cloud_service".into(), service.into());
        match workload {
            Some(workload) => names.insert("workload".into(), workload.into()),
            None => names.remove("workload"),
        };
        Charge { names, cost: cost.parse().unwrap(), ..first.clone() }
    };
    estate.charges = vec![
        charge(Some("checkout"), "Amazon EC2", "300"),
        charge(Some("search"), "Amazon EC2", "100"),
        charge(None, "AWS Support (Business)", "40.01"),
        charge(None, "Amazon VPC", "8"),
    ];
    estate
}

fn sum(table: &wherefore_contract::tool::FactTable, column: &str) -> Decimal {
    (0..table.table.rows.len()).filter_map(|row| table.table.number(row, column)).sum()
}

#[tokio::test]
async fn shared_cost_goes_by_direct_cost_and_every_cent_has_its_pool_and_weight() {
    let data = data(estate(), "allocate_cost", json!({"period": march()})).await;
    let allocation = table(&data, "allocation");
    let first = &rows(allocation)[0];
    assert_eq!((&first["workload"], &first["direct_cost"]), (&json!("checkout"), &json!("300")));
    // 30.0075 of the support, a cent's remainder to the larger one; 6 of the rest.
    assert_eq!((&first["shared_cost"], &first["total_cost"]), (&json!("36.01"), &json!("336.01")));
    assert_eq!(
        first["unit_cost"],
        json!((Decimal::new(33601, 2) / Decimal::from(28840)).round_dp(18).normalize().to_string())
    );
    let trace = table(&data, "trace");
    assert_eq!(trace.table.rows.len(), 4);
    assert_eq!(
        rows(trace)[0],
        json!({"workload": "checkout", "pool": "AWS Support (Business)", "allocation_basis": "proportional",
            "weight": "300", "share": "75", "shared_cost": "30.01"})
    );
    assert_eq!(sum(trace, "shared_cost"), Decimal::new(4801, 2));
    let totals = &rows(table(&data, "totals"))[0];
    assert_eq!(
        (&totals["total_cost"], &totals["unallocated_cost"]),
        (&json!("448.01"), &json!("0"))
    );
}

#[tokio::test]
async fn a_pool_that_is_named_leaves_the_rest_unallocated() {
    let filters = json!([{"dimension": "cloud_service", "op": "contains", "values": ["support"]}]);
    let arguments = json!({"period": march(), "filters": filters, "method": "even"});
    let data = data(estate(), "allocate_cost", arguments).await;
    let shares: Vec<_> =
        rows(table(&data, "trace")).iter().map(|row| row["shared_cost"].clone()).collect();
    assert_eq!(shares, [json!("20.01"), json!("20")]);
    assert_eq!(rows(table(&data, "totals"))[0]["unallocated_cost"], json!("8"));
}

#[tokio::test]
async fn agreed_shares_and_transactions_decide_where_they_are_asked_for() {
    let fixed =
        json!([{"owner": "checkout", "percent": "10"}, {"owner": "search", "percent": "90"}]);
    let agreed = data(estate(), "allocate_cost", json!({"period": march(), "fixed": fixed})).await;
    assert_eq!(rows(table(&agreed, "trace"))[0]["workload"], json!("search"));
    // Only checkout is counted: it bears all.
    let counted = json!({"period": march(), "method": "transactions", "owner": "checkout"});
    let counted = data(estate(), "allocate_cost", counted).await;
    assert_eq!(rows(table(&counted, "allocation"))[0]["shared_cost"], json!("48.01"));
    assert_eq!(table(&counted, "allocation").table.rows.len(), 1);
}

#[tokio::test]
async fn what_cannot_be_split_is_said() {
    let unknown =
        refusal(estate(), "allocate_cost", json!({"period": march(), "owner": "check"})).await;
    assert!(unknown.contains("`checkout` has"), "{unknown}");
    let lacking =
        refusal(estate(), "allocate_cost", json!({"period": march(), "method": "usage"})).await;
    assert!(lacking.contains("usage_type"), "{lacking}");
    let mut unowned = estate();
    unowned.description.dimensions.retain(|fill| fill.dimension != "workload");
    let nobody = searched(unowned, "allocate_cost", json!({"period": march()})).await;
    assert!(nobody.contains("no charge has a value of `workload`"), "{nobody}");
    let mut owned = estate();
    owned.charges.truncate(2);
    let nothing = searched(owned, "allocate_cost", json!({"period": march()})).await;
    assert!(nothing.contains("no such charge is shared"), "{nothing}");
}
