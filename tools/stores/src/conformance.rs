//! What every [`CostStore`] must answer over one made-up bill: whole tables, scopes, completeness and refusals.
//!
//! The bill is a FOCUS file and a table of transactions as people keep them; `write` puts them into a folder, the store
//! under test is loaded from there, and `check` asks it.

mod beside;

use std::{fmt::Write as _, fs, path::Path, path::PathBuf};

use serde_json::{Value, json};
use wherefore_contract::{filter::Filter, ports::CostStore, scope::Scope, tool::FactTable};

const HEADER: &str = "ProviderName,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,SubAccountId,SubAccountName,RegionId,RegionName,BilledCost,EffectiveCost,ListCost,ContractedCost,ConsumedQuantity,ConsumedUnit,Tags";

const CHARGES: &str = r#"
AWS,111,USD,2024-08-01,2024-09-01,2024-08-05T00:00:00Z,2024-08-06T00:00:00Z,Usage,Amazon EC2,a1,Shop,us-east-1,N. Virginia,100,90,120,100,10,Hours,"{""workload"":""checkout"",""team"":""red""}"
AWS,111,USD,2024-08-01,2024-09-01,2024-08-31T23:00:00Z,2024-09-01T00:00:00Z,Usage,Amazon S3,a2,Research,us-east-1,N. Virginia,7.5,7.5,7.5,7.5,300,GB,"{""team"":""red""}"
AWS,111,USD,2024-09-01,2024-10-01,2024-09-02T00:00:00Z,2024-09-03T00:00:00Z,Usage,Amazon EC2,a1,Shop,us-east-1,N. Virginia,120.000000000000000001,100,150,125,12,Hours,"{""workload"":""checkout"",""team"":""red""}"
AWS,111,USD,2024-09-01,2024-10-01,2024-09-07T00:00:00Z,2024-09-08T00:00:00Z,Usage,Amazon EC2,a2,Research,ap-northeast-2,Seoul,30,30,30,30,3,Hours,"{""workload"":""search""}"
AWS,111,USD,2024-09-01,2024-10-01,2024-09-08T00:00:00Z,2024-09-09T00:00:00Z,Usage,amazon s3,a2,Research,,N. Virginia,2.5,2.5,2.5,2.5,100,GB,"{""team"":""blue""}"
AWS,111,USD,2024-09-01,2024-10-01,2024-09-08T00:00:00Z,2024-09-09T00:00:00Z,Credit,AWS Lambda,a1,Shop,us-east-1,N. Virginia,-0.5,0,0,0,1,Requests,"{""workload"":""checkout"",""team"":""blue""}"
Microsoft,E9,USD,2024-08-01,2024-09-01,2024-08-03T00:00:00Z,2024-08-04T00:00:00Z,Usage,Virtual Machines,m1,Office,koreacentral,Korea Central,40,36,40,40,4,Hours,"{""workload"":""checkout""}"
Microsoft,E9,USD,2024-09-01,2024-10-01,2024-09-03T00:00:00Z,2024-09-04T00:00:00Z,Usage,Virtual Machines,m1,Office,koreacentral,Korea Central,44,44,44,44,5,Hours,
"#;

const TRANSACTIONS: &str = "period,workload,transactions
2024-08-01,checkout,1000
2024-09-01,checkout,1500
2024-09-02,checkout,500
2024-09-01,batch,10
";

/// Writes the bill and the transactions; Microsoft's September ends after its tenth day.
pub(crate) fn write(folder: &Path) -> Vec<PathBuf> {
    let mut bill = format!("{HEADER}{}", CHARGES.trim_end());
    let months = [
        ("AWS,111", "08", 31),
        ("AWS,111", "09", 30),
        ("Microsoft,E9", "08", 31),
        ("Microsoft,E9", "09", 10),
    ];
    for (biller, month, days) in months {
        let next = if month == "08" { "09" } else { "10" };
        for day in 1..=days {
            let start = format!("2024-{month}-{day:02}T00:00:00Z");
            let after = if day == days && days >= 30 {
                format!("2024-{next}-01T00:00:00Z")
            } else {
                format!("2024-{month}-{:02}T00:00:00Z", day + 1)
            };
            write!(bill, "\n{biller},USD,2024-{month}-01,2024-{next}-01,{start},{after},Usage,Monitoring,z0,Operations,,,0,0,0,0,1,Checks,").unwrap();
        }
    }
    let paths = [("bill.csv", bill), ("transactions.csv", TRANSACTIONS.to_owned())];
    paths
        .map(|(name, text)| {
            let path = folder.join(name);
            fs::write(&path, text).unwrap();
            path
        })
        .to_vec()
}

/// Asks a store that holds the bill everything that a store must answer.
pub(crate) async fn check(store: &dyn CostStore) {
    sums_are_exact(store).await;
    conditions_hold(store).await;
    unit_costs_divide_matching_sides(store).await;
    periods_are_compared(store).await;
    beside::check(store).await;
    completeness_is_judged_by_biller(store).await;
    scopes_stand_below_every_table(store).await;
    nonsense_is_refused(store).await;
}

async fn facts(store: &dyn CostStore, query: Value, scope: &Scope) -> FactTable {
    let query = serde_json::from_value(query).unwrap();
    store.query(&query, scope).await.unwrap()
}

fn lines(facts: &FactTable) -> Vec<String> {
    let names = facts.table.columns.iter().map(|column| column.name.clone());
    let head = names.collect::<Vec<_>>().join(" | ");
    let rows = facts.table.rows.iter().map(|row| {
        row.iter().map(|cell| cell.as_deref().unwrap_or("-")).collect::<Vec<_>>().join(" | ")
    });
    std::iter::once(head).chain(rows).collect()
}

async fn gives(store: &dyn CostStore, query: Value, expected: &[&str]) {
    let found = lines(&facts(store, query.clone(), &Scope::local()).await);
    assert_eq!(found, expected, "{query}");
}

fn guest(dimension: &str, value: &str) -> Scope {
    let dimension = dimension.parse().unwrap();
    Scope { principal: "guest".to_owned(), rows: vec![Filter::any_of(dimension, [value])] }
}

const AUGUST: [&str; 2] = ["2024-08-01", "2024-09-01"];
const SEPTEMBER: [&str; 2] = ["2024-09-01", "2024-10-01"];

fn period([start, end]: [&str; 2]) -> Value {
    json!({"start": start, "end": end})
}

async fn sums_are_exact(store: &dyn CostStore) {
    let used = json!([{"dimension": "cloud_service", "op": "not_in", "values": ["monitoring"]}]);
    gives(
        store,
        json!({"measures": ["billed_cost", "effective_cost", "rows"], "dimensions": ["month", "provider"], "filters": used}),
        &[
            "month | provider | billed_cost | effective_cost | rows",
            "2024-08 | AWS | 107.5 | 97.5 | 2",
            "2024-08 | Microsoft | 40 | 36 | 1",
            "2024-09 | AWS | 152.000000000000000001 | 132.5 | 4",
            "2024-09 | Microsoft | 44 | 44 | 1",
        ],
    )
    .await;
    gives(
        store,
        json!({"measures": ["effective_cost"], "dimensions": ["cloud_service"], "limit": 2,
            "share": true, "cumulative": true, "period": period(SEPTEMBER), "filters": used}),
        &[
            "cloud_service | effective_cost | share | cumulative_share",
            "Amazon EC2 | 130 | 73.654390934844192635 | 73.654390934844192635",
            "Virtual Machines | 44 | 24.929178470254957507 | 98.583569405099150142",
        ],
    )
    .await;
    gives(
        store,
        json!({"measures": ["consumed_quantity"], "filters": used}),
        &["consumed_unit | consumed_quantity", "GB | 400", "Hours | 34", "Requests | 1"],
    )
    .await;
    gives(
        store,
        json!({"measures": ["distinct:sub_account", "first_charge", "last_charge"], "filters": used}),
        &[
            "distinct_sub_account | first_charge | last_charge",
            "3 | 2024-08-03T00:00:00 | 2024-09-08T00:00:00",
        ],
    )
    .await;
}

async fn conditions_hold(store: &dyn CostStore) {
    let rows = |filters: Value| json!({"measures": ["rows"], "filters": filters});
    let cases = [
        (json!([{"dimension": "region", "op": "in", "values": ["N. VIRGINIA"]}]), "1"),
        (json!([{"dimension": "region", "op": "in", "values": ["US-EAST-1"]}]), "4"),
        (json!([{"dimension": "cloud_service", "op": "in", "values": ["AMAZON S3"]}]), "2"),
        (
            json!([{"dimension": "cloud_service", "op": "contains", "values": ["lamb", "virtual"]}]),
            "3",
        ),
        (json!([{"dimension": "tag:team", "op": "not_null"}]), "5"),
        (
            json!([{"dimension": "tag:team", "op": "not_in", "values": ["Red"]},
                {"dimension": "workload", "op": "not_null"}]),
            "3",
        ),
        (json!([{"dimension": "charge_category", "op": "in", "values": ["credit"]}]), "1"),
    ];
    for (filters, expected) in cases {
        gives(store, rows(filters), &["rows", expected]).await;
    }
    let hostile = ["' or '1'='1", "x'; drop table charges --", "$1", "%"];
    for value in hostile {
        let filters = json!([{"dimension": "cloud_service", "op": "in", "values": [value]}]);
        gives(store, rows(filters), &["rows"]).await;
    }
    gives(store, rows(json!([])), &["rows", "110"]).await;
}

async fn unit_costs_divide_matching_sides(store: &dyn CostStore) {
    gives(
        store,
        json!({"measures": ["unit_cost", "effective_cost", "transactions"], "dimensions": ["month", "workload"]}),
        &[
            "month | workload | unit_cost | effective_cost | transactions",
            "2024-08 | checkout | 0.126 | 126 | 1000",
            "2024-09 | checkout | 0.05 | 100 | 2000",
            "2024-09 | batch | - | - | 10",
            "2024-09 | search | - | 30 | -",
        ],
    )
    .await;
    gives(
        store,
        json!({"measures": ["transactions"], "dimensions": ["day"], "period": period(SEPTEMBER)}),
        &["day | transactions", "2024-09-01 | 1510", "2024-09-02 | 500"],
    )
    .await;
}

async fn periods_are_compared(store: &dyn CostStore) {
    let query = json!({"measures": ["billed_cost"], "dimensions": ["provider"],
        "from": period(AUGUST), "to": period(SEPTEMBER)});
    let query = serde_json::from_value(query).unwrap();
    let found = store.compare(&query, &Scope::local()).await.unwrap();
    assert_eq!(
        lines(&found),
        [
            "provider | billed_cost_from | billed_cost_to | change | change_percent",
            "AWS | 107.5 | 152.000000000000000001 | 44.500000000000000001 | 41.395348837209302327",
            "Microsoft | 40 | 44 | 4 | 10",
        ]
    );
}

// Microsoft's September is half loaded; that says nothing about AWS.
async fn completeness_is_judged_by_biller(store: &dyn CostStore) {
    let of = |dimension: &str, value: &str| json!([{"dimension": dimension, "op": "in", "values": [value]}]);
    let aws = of("provider", "aws");
    let cases = [
        (json!([]), Some(AUGUST), true),
        (json!([]), Some(SEPTEMBER), false),
        (json!([]), Some(["2024-09-01", "2024-09-11"]), true),
        (json!([]), None, false),
        (aws.clone(), Some(SEPTEMBER), true),
        (aws.clone(), None, true),
        (aws.clone(), Some(["2024-09-15", "2024-10-02"]), false),
        (aws, Some(["2024-07-31", "2024-08-02"]), false),
        (of("provider", "Microsoft"), Some(SEPTEMBER), false),
        (of("cloud_service", "Amazon EC2"), Some(SEPTEMBER), true),
        (of("cloud_service", "Virtual Machines"), Some(SEPTEMBER), false),
        (of("workload", "search"), Some(SEPTEMBER), true),
        // Checkout ran with both providers.
        (of("workload", "checkout"), Some(SEPTEMBER), false),
    ];
    for (filters, asked, complete) in cases {
        let mut query = json!({"measures": ["billed_cost"], "filters": filters});
        if let Some(asked) = asked {
            query["period"] = period(asked);
        }
        let found = facts(store, query.clone(), &Scope::local()).await;
        assert_eq!(found.complete, complete, "{query}");
    }
    let query = json!({"measures": ["billed_cost"], "period": period(SEPTEMBER)});
    assert!(facts(store, query, &guest("sub_account", "a1")).await.complete);
    for (filters, complete) in [(json!([]), false), (of("sub_account", "a1"), true)] {
        let query = json!({"measures": ["billed_cost"], "filters": filters,
            "from": period(AUGUST), "to": period(SEPTEMBER)});
        let query = serde_json::from_value(query).unwrap();
        let found = store.compare(&query, &Scope::local()).await.unwrap();
        assert_eq!(found.complete, complete);
    }
}

async fn scopes_stand_below_every_table(store: &dyn CostStore) {
    let scope = guest("sub_account", "a2");
    let query = json!({"measures": ["unit_cost", "effective_cost", "transactions"], "dimensions": ["workload"]});
    // Sub-account a2 holds search and no charge of checkout: its transactions are out of sight too.
    let found = facts(store, query, &scope).await;
    assert_eq!(lines(&found)[1..], ["search | - | 30 | -"]);
    let wider = json!({"measures": ["effective_cost"],
        "filters": [{"dimension": "sub_account", "op": "in", "values": ["a1", "a2", "m1"]}]});
    assert_eq!(lines(&facts(store, wider, &scope).await), ["effective_cost", "40"]);
    let described = store.describe(&scope).await.unwrap();
    assert_eq!((described.rows, described.transactions.len()), (3, 0));
    assert_eq!(described.providers, ["AWS"]);
    let nobody = store.describe(&guest("sub_account", "a3")).await.unwrap();
    assert_eq!((nobody.rows, nobody.periods.len(), nobody.providers.len()), (0, 0, 0));
}

async fn nonsense_is_refused(store: &dyn CostStore) {
    let cases = [
        (json!({"measures": []}), "the query names no measure; ask for billed_cost, for example"),
        (
            json!({"measures": ["rows"], "dimensions": ["tag:teem"]}),
            "the loaded data has no `tag:teem`; the nearest tag keys are `team`, `workload`",
        ),
        (
            json!({"measures": ["transactions"], "dimensions": ["region"]}),
            "transactions cannot be grouped by `region`, only by time and workload; ask for unit_cost instead",
        ),
        (
            json!({"measures": ["rows"], "order": [{"by": "price"}]}),
            "the result has no column `price` to order by; it has rows",
        ),
    ];
    for (query, sentence) in cases {
        let query = serde_json::from_value(query).unwrap();
        let refused = store.query(&query, &Scope::local()).await.unwrap_err();
        assert_eq!(refused.to_string(), sentence);
    }
    let gone = store.at_snapshot("s999999").await.err().unwrap().to_string();
    assert!(gone.starts_with("snapshot `s999999` is not kept any more"), "{gone}");
}
