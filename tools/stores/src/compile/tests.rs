mod beside;
mod compare;
mod filters;
mod refused;
mod transactions;

use jiff::civil::Date;
use serde_json::json;
use wherefore_contract::{
    dimension::{Dimension, FocusDimension},
    filter::Filter,
    period::Period,
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

fn loaded() -> Shape {
    let (first, after) = (Date::constant(2024, 7, 1), Date::constant(2024, 10, 1));
    Shape { coverage: Period::of_days(first, after).ok(), ..shape() }
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
