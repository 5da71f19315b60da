use serde_json::json;
use wherefore_contract::{
    dimension::{Dimension, FocusDimension},
    filter::Filter,
};

use super::*;

fn shape() -> Shape {
    let tags = [("cost-center", "x_tag_cost_center_1a2b3c4d"), ("workload", "x_tag_workload")];
    Shape {
        tag_columns: tags.map(|(key, column)| (key.to_owned(), column.to_owned())).into(),
        workload_tag: "workload".to_owned(),
        billing_currencies: vec!["USD".to_owned()],
        ..Shape::default()
    }
}

fn guest() -> Scope {
    let account = Dimension::Column(FocusDimension::SubAccountId);
    Scope { principal: "guest".to_owned(), rows: vec![Filter::any_of(account, ["A1"])] }
}

fn shown(statement: &Statement) -> String {
    let parameters: Vec<String> = statement.parameters.iter().map(ToString::to_string).collect();
    format!("{}\n-- {}", statement.sql, parameters.join(" | "))
}

fn sql(query: serde_json::Value) -> String {
    let query = serde_json::from_value(query).unwrap();
    shown(&compile_query(&query, &Scope::local(), &shape()).unwrap())
}

fn refused(query: serde_json::Value) -> String {
    let query = serde_json::from_value(query).unwrap();
    compile_query(&query, &Scope::local(), &shape()).unwrap_err().to_string()
}

#[test]
fn every_measure_has_its_aggregate() {
    let measures = [
        "billed_cost",
        "effective_cost",
        "list_cost",
        "contracted_cost",
        "rows",
        "distinct:sub_account",
        "distinct:tag:cost-center",
        "first_charge",
        "last_charge",
    ];
    insta::assert_snapshot!(sql(json!({"measures": measures})), @r#"
    select f.billed_cost, f.effective_cost, f.list_cost, f.contracted_cost, f.rows, f.distinct_sub_account, f.distinct_tag_cost_center, f.first_charge, f.last_charge
    from (
      select sum(c.BilledCost) as billed_cost, sum(c.EffectiveCost) as effective_cost, sum(c.ListCost) as list_cost, sum(c.ContractedCost) as contracted_cost, count(*) as rows, count(distinct c.SubAccountId) as distinct_sub_account, count(distinct c.x_tag_cost_center_1a2b3c4d) as distinct_tag_cost_center, min(c.ChargePeriodStart) as first_charge, max(c.ChargePeriodStart) as last_charge
      from (select BilledCost, ChargePeriodStart, ContractedCost, EffectiveCost, ListCost, SubAccountId, x_tag_cost_center_1a2b3c4d from charges) c
      having count(*) > 0
    ) f
    order by f.billed_cost desc nulls last
    --
    "#);
}

#[test]
fn a_quantity_brings_its_unit() {
    insta::assert_snapshot!(sql(json!({"measures": ["consumed_quantity", "pricing_quantity"]})), @r#"
    select f.consumed_unit, f.pricing_unit, f.consumed_quantity, f.pricing_quantity
    from (
      select c.ConsumedUnit as consumed_unit, c.PricingUnit as pricing_unit, sum(c.ConsumedQuantity) as consumed_quantity, sum(c.PricingQuantity) as pricing_quantity
      from (select ConsumedQuantity, ConsumedUnit, PricingQuantity, PricingUnit from charges) c
      group by 1, 2
    ) f
    order by f.consumed_quantity desc nulls last, f.consumed_unit asc nulls last, f.pricing_unit asc nulls last
    --
    "#);
}

#[test]
fn every_grain_is_grouped_as_a_moment_or_number() {
    let grains = ["hour", "day", "iso_week", "month", "quarter", "year", "weekday", "week_part"];
    insta::assert_snapshot!(sql(json!({"measures": ["rows"], "dimensions": grains})), @r#"
    select f.hour, f.day, f.iso_week, f.month, f.quarter, f.year, f.weekday, f.week_part, f.rows
    from (
      select date_trunc('hour', c.ChargePeriodStart) as hour, date_trunc('day', c.ChargePeriodStart) as day, date_trunc('week', c.ChargePeriodStart) as iso_week, date_trunc('month', c.ChargePeriodStart) as month, date_trunc('quarter', c.ChargePeriodStart) as quarter, date_trunc('year', c.ChargePeriodStart) as year, case extract(dow from c.ChargePeriodStart) when 0 then 7 else extract(dow from c.ChargePeriodStart) end as weekday, case when extract(dow from c.ChargePeriodStart) in (0, 6) then 'weekend' else 'weekday' end as week_part, count(*) as rows
      from (select ChargePeriodStart from charges) c
      group by 1, 2, 3, 4, 5, 6, 7, 8
    ) f
    order by f.hour asc nulls last, f.day asc nulls last, f.iso_week asc nulls last, f.month asc nulls last, f.quarter asc nulls last, f.year asc nulls last, f.weekday asc nulls last, f.week_part asc nulls last, f.rows desc nulls last
    --
    "#);
}

#[test]
fn every_filter_binds_its_values() {
    insta::assert_snapshot!(sql(json!({
        "measures": ["billed_cost"],
        "filters": [
            {"dimension": "cloud_service", "op": "in", "values": ["Amazon EC2", "x' or 1=1 --"]},
            {"dimension": "region", "op": "not_in", "values": ["us-east-1"]},
            {"dimension": "usage_type", "op": "contains", "values": ["50%_\\", "Box"]},
            {"dimension": "resource_id", "op": "not_contains", "values": ["i-0"]},
            {"dimension": "workload", "op": "is_null"},
            {"dimension": "tag:cost-center", "op": "not_null"},
        ],
    })), @r#"
    select f.billed_cost
    from (
      select sum(c.BilledCost) as billed_cost
      from (select BilledCost, RegionId, RegionName, ResourceId, ServiceName, x_UsageType, x_tag_cost_center_1a2b3c4d, x_tag_workload from charges) c where lower(c.ServiceName) in ($1, $2) and (coalesce(c.RegionId, c.RegionName) is null or lower(coalesce(c.RegionId, c.RegionName)) not in ($3)) and (lower(c.x_UsageType) like $4 or lower(c.x_UsageType) like $5) and (c.ResourceId is null or (lower(c.ResourceId) not like $6)) and c.x_tag_workload is null and c.x_tag_cost_center_1a2b3c4d is not null
      having count(*) > 0
    ) f
    order by f.billed_cost desc nulls last
    -- amazon ec2 | x' or 1=1 -- | us-east-1 | %50\%\_\\% | %box% | %i-0%
    "#);
}

#[test]
fn filters_on_time_compare_moments() {
    insta::assert_snapshot!(sql(json!({
        "measures": ["billed_cost"],
        "filters": [
            {"dimension": "month", "op": "in", "values": ["2024-08", "2024-09-01"]},
            {"dimension": "quarter", "op": "not_in", "values": ["2024-Q3"]},
            {"dimension": "hour", "op": "in", "values": ["2024-09-01T05:00:00"]},
            {"dimension": "iso_week", "op": "in", "values": ["2024-09-02"]},
            {"dimension": "weekday", "op": "in", "values": ["6", "Sunday"]},
            {"dimension": "week_part", "op": "in", "values": ["weekend"]},
            {"dimension": "billing_period", "op": "in", "values": ["2024-09"]},
        ],
    })), @r#"
    select f.billed_cost
    from (
      select sum(c.BilledCost) as billed_cost
      from (select BilledCost, BillingPeriodStart, ChargePeriodStart from charges) c where ((c.ChargePeriodStart >= $1 and c.ChargePeriodStart < $2) or (c.ChargePeriodStart >= $2 and c.ChargePeriodStart < $3)) and (c.ChargePeriodStart is null or not ((c.ChargePeriodStart >= $4 and c.ChargePeriodStart < $3))) and ((c.ChargePeriodStart >= $5 and c.ChargePeriodStart < $6)) and ((c.ChargePeriodStart >= $7 and c.ChargePeriodStart < $8)) and (case extract(dow from c.ChargePeriodStart) when 0 then 7 else extract(dow from c.ChargePeriodStart) end = $9 or case extract(dow from c.ChargePeriodStart) when 0 then 7 else extract(dow from c.ChargePeriodStart) end = $10) and (extract(dow from c.ChargePeriodStart) in (0, 6)) and ((c.BillingPeriodStart >= $2 and c.BillingPeriodStart < $3))
      having count(*) > 0
    ) f
    order by f.billed_cost desc nulls last
    -- 2024-08-01T00:00:00 | 2024-09-01T00:00:00 | 2024-10-01T00:00:00 | 2024-07-01T00:00:00 | 2024-09-01T05:00:00 | 2024-09-01T06:00:00 | 2024-09-02T00:00:00 | 2024-09-09T00:00:00 | 6 | 7
    "#);
}

#[test]
fn shares_and_running_shares_come_before_the_cut() {
    insta::assert_snapshot!(sql(json!({
        "measures": ["billed_cost"], "dimensions": ["cloud_service"],
        "share": true, "cumulative": true, "limit": 5,
    })), @r#"
    select f.cloud_service, f.billed_cost, f.whole, f.so_far
    from (
      select f.cloud_service, f.billed_cost, sum(f.billed_cost) over () as whole, sum(f.billed_cost) over (order by f.billed_cost desc nulls last, f.cloud_service asc nulls last rows between unbounded preceding and current row) as so_far
      from (
      select c.ServiceName as cloud_service, sum(c.BilledCost) as billed_cost
      from (select BilledCost, ServiceName from charges) c
      group by 1
    ) f
    ) f
    order by f.billed_cost desc nulls last, f.cloud_service asc nulls last
    limit 5
    --
    "#);
}

#[test]
fn a_billing_period_is_compared_with_the_invoice() {
    insta::assert_snapshot!(sql(json!({
        "measures": ["billed_cost"], "dimensions": ["billing_period"], "period_basis": "billing",
        "period": {"start": "2024-09-01", "end": "2024-10-01"},
        "order": [{"by": "billed_cost", "direction": "ascending"}],
    })), @r#"
    select f.billing_period, f.billed_cost
    from (
      select c.BillingPeriodStart as billing_period, sum(c.BilledCost) as billed_cost
      from (select BilledCost, BillingPeriodStart from charges) c where c.BillingPeriodStart >= $1 and c.BillingPeriodStart < $2
      group by 1
    ) f
    order by f.billed_cost asc nulls last, f.billing_period asc nulls last
    -- 2024-09-01T00:00:00 | 2024-10-01T00:00:00
    "#);
}

#[test]
fn transactions_alone_read_no_charge() {
    insta::assert_snapshot!(sql(json!({
        "measures": ["transactions"], "dimensions": ["month", "workload"],
        "filters": [{"dimension": "workload", "op": "in", "values": ["Checkout"]}],
    })), @r#"
    select f.month, f.workload, f.transactions
    from (
      select date_trunc('month', t.PeriodStart) as month, t.Workload as workload, sum(t.Transactions) as transactions
      from (select PeriodStart, Transactions, Workload from transactions) t where lower(t.Workload) in ($1)
      group by 1, 2
    ) f
    order by f.month asc nulls last, f.transactions desc nulls last, f.workload asc nulls last
    -- checkout
    "#);
}

#[test]
fn a_unit_cost_joins_the_two_tables_on_what_both_know() {
    insta::assert_snapshot!(sql(json!({
        "measures": ["unit_cost"], "dimensions": ["month", "cloud_service"],
        "period": {"start": "2024-09-01", "end": "2024-10-01"},
        "order": [{"by": "unit_cost"}],
    })), @r#"
    select f.month, f.cloud_service, f.effective_cost, f.transactions
    from (
      select a.month, a.cloud_service, a.effective_cost, b.transactions
      from (
      select date_trunc('month', c.ChargePeriodStart) as month, c.ServiceName as cloud_service, sum(c.EffectiveCost) as effective_cost
      from (select ChargePeriodStart, EffectiveCost, ServiceName, x_tag_workload from charges) c where c.ChargePeriodStart >= $1 and c.ChargePeriodStart < $2 and c.x_tag_workload in (select t.Workload from (select PeriodStart, Workload from transactions) t where t.PeriodStart >= $1 and t.PeriodStart < $2)
      group by 1, 2
    ) a
    left join (
      select date_trunc('month', t.PeriodStart) as month, sum(t.Transactions) as transactions
      from (select PeriodStart, Transactions from transactions) t where t.PeriodStart >= $1 and t.PeriodStart < $2
      group by 1
    ) b on a.month = b.month
    ) f
    order by cast(f.effective_cost as double precision) / nullif(cast(f.transactions as double precision), 0) desc nulls last, f.month asc nulls last, f.cloud_service asc nulls last
    -- 2024-09-01T00:00:00 | 2024-10-01T00:00:00
    "#);
}

#[test]
fn the_scope_is_on_every_relation() {
    let query = serde_json::from_value(json!({
        "measures": ["unit_cost", "billed_cost"], "dimensions": ["workload"],
    }));
    let statement = compile_query(&query.unwrap(), &guest(), &shape()).unwrap();
    assert_eq!(
        statement.sql.matches("from charges").count(),
        statement.sql.matches("from charges where lower(SubAccountId) in ($1)").count(),
    );
    insta::assert_snapshot!(shown(&statement), @r#"
    select f.workload, f.billed_cost, f.effective_cost, f.transactions
    from (
      select coalesce(a.workload, b.workload) as workload, a.billed_cost, a.effective_cost, b.transactions
      from (
      select c.x_tag_workload as workload, sum(c.BilledCost) as billed_cost, sum(c.EffectiveCost) as effective_cost
      from (select BilledCost, EffectiveCost, x_tag_workload from charges where lower(SubAccountId) in ($1)) c where c.x_tag_workload is not null
      group by 1
    ) a
    full outer join (
      select t.Workload as workload, sum(t.Transactions) as transactions
      from (select Transactions, Workload from transactions where Workload in (select x_tag_workload from charges where lower(SubAccountId) in ($1))) t
      group by 1
    ) b on a.workload = b.workload
    ) f
    order by cast(f.effective_cost as double precision) / nullif(cast(f.transactions as double precision), 0) desc nulls last, f.workload asc nulls last
    -- a1
    "#);
}

#[test]
fn two_currencies_are_never_added_up() {
    let shape = Shape { billing_currencies: vec!["KRW".into(), "USD".into()], ..shape() };
    let query = json!({"measures": ["billed_cost"], "dimensions": ["month"], "share": true});
    let query = serde_json::from_value(query).unwrap();
    let statement = compile_query(&query, &Scope::local(), &shape).unwrap();
    let cost = &statement.outputs[2].column;
    assert_eq!(cost.unit_column.as_deref(), Some("billing_currency"));
    insta::assert_snapshot!(shown(&statement), @r#"
    select f.month, f.billing_currency, f.billed_cost, f.whole
    from (
      select f.month, f.billing_currency, f.billed_cost, sum(f.billed_cost) over (partition by f.billing_currency) as whole
      from (
      select date_trunc('month', c.ChargePeriodStart) as month, c.BillingCurrency as billing_currency, sum(c.BilledCost) as billed_cost
      from (select BilledCost, BillingCurrency, ChargePeriodStart from charges) c
      group by 1, 2
    ) f
    ) f
    order by f.month asc nulls last, f.billed_cost desc nulls last, f.billing_currency asc nulls last
    --
    "#);
}

#[test]
fn known_spellings_are_compared_as_they_are() {
    let service = Dimension::Column(FocusDimension::ServiceName);
    let mut shape = shape();
    let known = [("amazon s3", vec!["Amazon S3", "amazon s3"]), ("aws lambda", vec!["AWS Lambda"])];
    let known = known.map(|(lower, all)| {
        (lower.to_owned(), all.into_iter().map(str::to_owned).collect::<Vec<_>>())
    });
    shape.spellings.insert(service, known.into());
    let query = json!({
        "measures": ["rows"],
        "filters": [{"dimension": "cloud_service", "op": "in", "values": ["AMAZON S3", "nothing"]},
                    {"dimension": "cloud_service", "op": "not_contains", "values": ["LAMBDA"]}],
    });
    let query = serde_json::from_value(query).unwrap();
    let statement = compile_query(&query, &Scope::local(), &shape).unwrap();
    insta::assert_snapshot!(shown(&statement), @r#"
    select f.rows
    from (
      select count(*) as rows
      from (select ServiceName from charges) c where c.ServiceName in ($1, $2) and (c.ServiceName is null or c.ServiceName not in ($3))
      having count(*) > 0
    ) f
    order by f.rows desc nulls last
    -- Amazon S3 | amazon s3 | AWS Lambda
    "#);
}

#[test]
fn a_comparison_reads_both_periods_in_one_pass() {
    let query = serde_json::from_value(json!({
        "measures": ["effective_cost", "distinct:resource_id"], "dimensions": ["cloud_service"], "limit": 10,
        "from": {"start": "2024-08-01", "end": "2024-09-01"},
        "to": {"start": "2024-09-01", "end": "2024-10-01"},
    }));
    let statement = compile_compare(&query.unwrap(), &Scope::local(), &shape()).unwrap();
    insta::assert_snapshot!(shown(&statement), @r#"
    select f.cloud_service, f.effective_cost_from, f.effective_cost_to, f.distinct_resource_id_from, f.distinct_resource_id_to
    from (
      select g.cloud_service, case when coalesce(g.rows_in_from, 0) = 0 then 0 else g.effective_cost_from end as effective_cost_from, case when coalesce(g.rows_in_to, 0) = 0 then 0 else g.effective_cost_to end as effective_cost_to, case when coalesce(g.rows_in_from, 0) = 0 then 0 else g.distinct_resource_id_from end as distinct_resource_id_from, case when coalesce(g.rows_in_to, 0) = 0 then 0 else g.distinct_resource_id_to end as distinct_resource_id_to
      from (
      select c.ServiceName as cloud_service, count(case when c.ChargePeriodStart >= $1 and c.ChargePeriodStart < $2 then 1 end) as rows_in_from, count(case when c.ChargePeriodStart >= $2 and c.ChargePeriodStart < $3 then 1 end) as rows_in_to, sum(case when c.ChargePeriodStart >= $1 and c.ChargePeriodStart < $2 then c.EffectiveCost end) as effective_cost_from, sum(case when c.ChargePeriodStart >= $2 and c.ChargePeriodStart < $3 then c.EffectiveCost end) as effective_cost_to, count(distinct case when c.ChargePeriodStart >= $1 and c.ChargePeriodStart < $2 then c.ResourceId end) as distinct_resource_id_from, count(distinct case when c.ChargePeriodStart >= $2 and c.ChargePeriodStart < $3 then c.ResourceId end) as distinct_resource_id_to
      from (select ChargePeriodStart, EffectiveCost, ResourceId, ServiceName from charges) c where (c.ChargePeriodStart >= $1 and c.ChargePeriodStart < $2 or c.ChargePeriodStart >= $2 and c.ChargePeriodStart < $3)
      group by 1
    ) g
    ) f
    order by f.effective_cost_to - f.effective_cost_from desc nulls last, f.cloud_service asc nulls last
    limit 10
    -- 2024-08-01T00:00:00 | 2024-09-01T00:00:00 | 2024-10-01T00:00:00
    "#);
}

#[test]
fn a_compared_unit_cost_is_ordered_by_its_change() {
    let query = serde_json::from_value(json!({
        "measures": ["unit_cost"], "dimensions": ["workload"],
        "from": {"start": "2024-08-01", "end": "2024-09-01"},
        "to": {"start": "2024-09-01", "end": "2024-10-01"},
    }));
    let statement = compile_compare(&query.unwrap(), &Scope::local(), &shape()).unwrap();
    insta::assert_snapshot!(shown(&statement), @r#"
    select f.workload, f.effective_cost_from, f.effective_cost_to, f.transactions_from, f.transactions_to
    from (
      select g.workload, case when coalesce(g.rows_in_from, 0) = 0 then 0 else g.effective_cost_from end as effective_cost_from, case when coalesce(g.rows_in_to, 0) = 0 then 0 else g.effective_cost_to end as effective_cost_to, g.transactions_from, g.transactions_to
      from (
      select coalesce(a.workload, b.workload) as workload, a.rows_in_from, a.rows_in_to, a.effective_cost_from, a.effective_cost_to, b.transactions_from, b.transactions_to
      from (
      select c.x_tag_workload as workload, count(case when c.ChargePeriodStart >= $1 and c.ChargePeriodStart < $2 then 1 end) as rows_in_from, count(case when c.ChargePeriodStart >= $2 and c.ChargePeriodStart < $3 then 1 end) as rows_in_to, sum(case when c.ChargePeriodStart >= $1 and c.ChargePeriodStart < $2 then c.EffectiveCost end) as effective_cost_from, sum(case when c.ChargePeriodStart >= $2 and c.ChargePeriodStart < $3 then c.EffectiveCost end) as effective_cost_to
      from (select ChargePeriodStart, EffectiveCost, x_tag_workload from charges) c where (c.ChargePeriodStart >= $1 and c.ChargePeriodStart < $2 or c.ChargePeriodStart >= $2 and c.ChargePeriodStart < $3) and c.x_tag_workload is not null
      group by 1
    ) a
    full outer join (
      select t.Workload as workload, sum(case when t.PeriodStart >= $1 and t.PeriodStart < $2 then t.Transactions end) as transactions_from, sum(case when t.PeriodStart >= $2 and t.PeriodStart < $3 then t.Transactions end) as transactions_to
      from (select PeriodStart, Transactions, Workload from transactions) t where (t.PeriodStart >= $1 and t.PeriodStart < $2 or t.PeriodStart >= $2 and t.PeriodStart < $3)
      group by 1
    ) b on a.workload = b.workload
    ) g
    ) f
    order by (cast(f.effective_cost_to as double precision) / nullif(cast(f.transactions_to as double precision), 0)) - (cast(f.effective_cost_from as double precision) / nullif(cast(f.transactions_from as double precision), 0)) desc nulls last, f.workload asc nulls last
    -- 2024-08-01T00:00:00 | 2024-09-01T00:00:00 | 2024-10-01T00:00:00
    "#);
}

#[test]
fn what_has_no_meaning_is_refused_in_one_sentence() {
    let cases = [
        (json!({"measures": []}), "the query names no measure; ask for billed_cost, for example"),
        (
            json!({"measures": ["billed_cost"], "limit": 0}),
            "a limit of 0 keeps no row; leave it out or ask for at least 1",
        ),
        (
            json!({"measures": ["transactions"], "dimensions": ["cloud_service"]}),
            "transactions cannot be grouped by `cloud_service`, only by time and workload; ask for unit_cost instead",
        ),
        (
            json!({"measures": ["transactions"], "filters": [{"dimension": "region", "op": "is_null"}]}),
            "transactions are known by time and workload only; leave out the filter on `region`, or ask for unit_cost",
        ),
        (
            json!({"measures": ["unit_cost"], "share": true}),
            "a share needs a first measure that adds up: a cost, a quantity, rows or transactions",
        ),
        (
            json!({"measures": ["rows"], "filters": [{"dimension": "region", "op": "in"}]}),
            "the filter on `region` needs at least one value",
        ),
        (
            json!({"measures": ["rows"], "filters": [{"dimension": "quarter", "op": "in", "values": ["3"]}]}),
            "`3` is no quarter; write it as 2024-Q3",
        ),
        (
            json!({"measures": ["rows"], "dimensions": ["tag:costcenter"]}),
            "the loaded data has no `tag:costcenter`; the nearest tag keys are `cost-center`, `workload`",
        ),
    ];
    for (query, reason) in cases {
        assert_eq!(refused(query), reason);
    }
}

#[test]
fn a_column_that_no_loaded_format_knows_is_missing_and_not_empty() {
    let shape = Shape {
        filled: ["cloud_service".to_owned()].into(),
        formats: vec!["FOCUS 1.0".to_owned()],
        ..shape()
    };
    let ask = |dimension: &str| {
        let query = json!({"measures": ["rows"], "dimensions": [dimension]});
        compile_query(&serde_json::from_value(query).unwrap(), &Scope::local(), &shape)
    };
    assert!(ask("cloud_service").is_ok());
    assert!(ask("region").is_ok());
    assert_eq!(
        ask("invoice").unwrap_err().to_string(),
        "the loaded data has no `invoice`; the column InvoiceId comes with FOCUS 1.2, and what is loaded is FOCUS 1.0"
    );
    assert!(ask("usage_type").is_err());
}

#[test]
fn someone_with_a_scope_learns_no_tag_key_from_an_error() {
    let query = json!({"measures": ["rows"], "dimensions": ["tag:costcenter"]});
    let query = serde_json::from_value(query).unwrap();
    let refused = compile_query(&query, &guest(), &shape()).unwrap_err().to_string();
    assert!(!refused.contains("cost-center"), "{refused}");
}

#[test]
fn a_column_map_cannot_carry_sql() {
    let mut shape = shape();
    shape.tag_columns.insert("evil".into(), "x_tag from charges; drop table charges --".into());
    let query = json!({"measures": ["rows"], "dimensions": ["tag:evil"]});
    let query = serde_json::from_value(query).unwrap();
    assert!(compile_query(&query, &Scope::local(), &shape).is_err());
}

#[test]
fn a_total_is_one_row_over_all_charges() {
    insta::assert_snapshot!(sql(json!({"measures": ["billed_cost"]})), @r#"
    select f.billed_cost
    from (
      select sum(c.BilledCost) as billed_cost
      from (select BilledCost from charges) c
      having count(*) > 0
    ) f
    order by f.billed_cost desc nulls last
    --
    "#);
}

#[test]
fn rows_of_a_cloud_service_come_largest_first() {
    insta::assert_snapshot!(sql(json!({"measures": ["effective_cost"], "dimensions": ["cloud_service"], "limit": 10})), @r#"
    select f.cloud_service, f.effective_cost
    from (
      select c.ServiceName as cloud_service, sum(c.EffectiveCost) as effective_cost
      from (select EffectiveCost, ServiceName from charges) c
      group by 1
    ) f
    order by f.effective_cost desc nulls last, f.cloud_service asc nulls last
    limit 10
    --
    "#);
}

#[test]
fn a_month_of_days_comes_in_their_order() {
    insta::assert_snapshot!(sql(json!({"measures": ["billed_cost"], "dimensions": ["day"], "period": {"start": "2024-09-01", "end": "2024-10-01"}})), @r#"
    select f.day, f.billed_cost
    from (
      select date_trunc('day', c.ChargePeriodStart) as day, sum(c.BilledCost) as billed_cost
      from (select BilledCost, ChargePeriodStart from charges) c where c.ChargePeriodStart >= $1 and c.ChargePeriodStart < $2
      group by 1
    ) f
    order by f.day asc nulls last, f.billed_cost desc nulls last
    -- 2024-09-01T00:00:00 | 2024-10-01T00:00:00
    "#);
}

#[test]
fn a_region_falls_back_to_its_name_in_groups() {
    insta::assert_snapshot!(sql(json!({"measures": ["list_cost"], "dimensions": ["region"]})), @r#"
    select f.region, f.list_cost
    from (
      select c.RegionId as region, sum(c.ListCost) as list_cost
      from (select ListCost, RegionId from charges) c
      group by 1
    ) f
    order by f.list_cost desc nulls last, f.region asc nulls last
    --
    "#);
}

#[test]
fn a_tag_is_its_own_column() {
    insta::assert_snapshot!(sql(json!({"measures": ["rows"], "dimensions": ["tag:cost-center"], "filters": [{"dimension": "tag:cost-center", "op": "not_null"}]})), @r#"
    select f.x_tag_cost_center_1a2b3c4d, f.rows
    from (
      select c.x_tag_cost_center_1a2b3c4d as x_tag_cost_center_1a2b3c4d, count(*) as rows
      from (select x_tag_cost_center_1a2b3c4d from charges) c where c.x_tag_cost_center_1a2b3c4d is not null
      group by 1
    ) f
    order by f.rows desc nulls last, f.x_tag_cost_center_1a2b3c4d asc nulls last
    --
    "#);
}

#[test]
fn an_asked_order_ends_in_every_key() {
    insta::assert_snapshot!(sql(json!({"measures": ["billed_cost", "rows"], "dimensions": ["provider", "sub_account"], "order": [{"by": "rows", "direction": "ascending"}]})), @r#"
    select f.provider, f.sub_account, f.billed_cost, f.rows
    from (
      select c.ProviderName as provider, c.SubAccountId as sub_account, sum(c.BilledCost) as billed_cost, count(*) as rows
      from (select BilledCost, ProviderName, SubAccountId from charges) c
      group by 1, 2
    ) f
    order by f.rows asc nulls last, f.provider asc nulls last, f.sub_account asc nulls last
    --
    "#);
}

#[test]
fn a_filter_without_values_of_its_own_binds_nothing() {
    insta::assert_snapshot!(sql(json!({"measures": ["rows"], "filters": [{"dimension": "region", "op": "is_null"}, {"dimension": "workload", "op": "is_null"}]})), @r#"
    select f.rows
    from (
      select count(*) as rows
      from (select RegionId, RegionName, x_tag_workload from charges) c where coalesce(c.RegionId, c.RegionName) is null and c.x_tag_workload is null
      having count(*) > 0
    ) f
    order by f.rows desc nulls last
    --
    "#);
}

#[test]
fn what_differs_includes_what_is_missing() {
    insta::assert_snapshot!(sql(json!({"measures": ["rows"], "filters": [{"dimension": "charge_category", "op": "not_in", "values": ["Tax"]}, {"dimension": "sku", "op": "not_contains", "values": ["spot"]}]})), @r#"
    select f.rows
    from (
      select count(*) as rows
      from (select ChargeCategory, SkuId from charges) c where (c.ChargeCategory is null or lower(c.ChargeCategory) not in ($1)) and (c.SkuId is null or (lower(c.SkuId) not like $2))
      having count(*) > 0
    ) f
    order by f.rows desc nulls last
    -- tax | %spot%
    "#);
}

#[test]
fn hours_of_a_day_are_bound_as_moments() {
    insta::assert_snapshot!(sql(json!({"measures": ["consumed_quantity"], "dimensions": ["hour", "usage_type"], "period": {"start": "2024-09-02T05:00:00", "end": "2024-09-02T08:00:00"}})), @r#"
    select f.hour, f.usage_type, f.consumed_unit, f.consumed_quantity
    from (
      select date_trunc('hour', c.ChargePeriodStart) as hour, c.x_UsageType as usage_type, c.ConsumedUnit as consumed_unit, sum(c.ConsumedQuantity) as consumed_quantity
      from (select ChargePeriodStart, ConsumedQuantity, ConsumedUnit, x_UsageType from charges) c where c.ChargePeriodStart >= $1 and c.ChargePeriodStart < $2
      group by 1, 2, 3
    ) f
    order by f.hour asc nulls last, f.consumed_quantity desc nulls last, f.usage_type asc nulls last, f.consumed_unit asc nulls last
    -- 2024-09-02T05:00:00 | 2024-09-02T08:00:00
    "#);
}

#[test]
fn transactions_by_workload_read_their_own_table() {
    insta::assert_snapshot!(sql(json!({"measures": ["transactions"], "dimensions": ["workload"], "period": {"start": "2024-09-01", "end": "2024-10-01"}, "limit": 5})), @r#"
    select f.workload, f.transactions
    from (
      select t.Workload as workload, sum(t.Transactions) as transactions
      from (select PeriodStart, Transactions, Workload from transactions) t where t.PeriodStart >= $1 and t.PeriodStart < $2
      group by 1
    ) f
    order by f.transactions desc nulls last, f.workload asc nulls last
    limit 5
    -- 2024-09-01T00:00:00 | 2024-10-01T00:00:00
    "#);
}

#[test]
fn a_unit_cost_without_groups_counts_workloads_with_both_sides() {
    insta::assert_snapshot!(sql(json!({"measures": ["unit_cost"], "period": {"start": "2024-09-01", "end": "2024-10-01"}})), @r#"
    select f.effective_cost, f.transactions
    from (
      select a.effective_cost, b.transactions
      from (
      select sum(c.EffectiveCost) as effective_cost
      from (select ChargePeriodStart, EffectiveCost, x_tag_workload from charges) c where c.ChargePeriodStart >= $1 and c.ChargePeriodStart < $2 and c.x_tag_workload in (select t.Workload from (select PeriodStart, Workload from transactions) t where t.PeriodStart >= $1 and t.PeriodStart < $2)
      having count(*) > 0
    ) a
    cross join (
      select sum(t.Transactions) as transactions
      from (select PeriodStart, Transactions from transactions) t where t.PeriodStart >= $1 and t.PeriodStart < $2
    ) b
    ) f
    order by cast(f.effective_cost as double precision) / nullif(cast(f.transactions as double precision), 0) desc nulls last
    -- 2024-09-01T00:00:00 | 2024-10-01T00:00:00
    "#);
}

#[test]
fn parts_of_a_unit_cost_stand_over_the_whole_count() {
    insta::assert_snapshot!(sql(json!({"measures": ["unit_cost"], "dimensions": ["month", "cloud_service"], "filters": [{"dimension": "workload", "op": "in", "values": ["checkout"]}]})), @r#"
    select f.month, f.cloud_service, f.effective_cost, f.transactions
    from (
      select a.month, a.cloud_service, a.effective_cost, b.transactions
      from (
      select date_trunc('month', c.ChargePeriodStart) as month, c.ServiceName as cloud_service, sum(c.EffectiveCost) as effective_cost
      from (select ChargePeriodStart, EffectiveCost, ServiceName, x_tag_workload from charges) c where lower(c.x_tag_workload) in ($1) and c.x_tag_workload is not null
      group by 1, 2
    ) a
    left join (
      select date_trunc('month', t.PeriodStart) as month, sum(t.Transactions) as transactions
      from (select PeriodStart, Transactions, Workload from transactions) t where lower(t.Workload) in ($1)
      group by 1
    ) b on a.month = b.month
    ) f
    order by f.month asc nulls last, cast(f.effective_cost as double precision) / nullif(cast(f.transactions as double precision), 0) desc nulls last, f.cloud_service asc nulls last
    -- checkout
    "#);
}
