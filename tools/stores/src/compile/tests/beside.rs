//! What is computed beside a measure as SQL.

use super::*;

#[test]
fn shares_and_running_shares_come_before_the_cut() {
    insta::assert_snapshot!(sql(json!({
        "measures": ["billed_cost"], "dimensions": ["cloud_service"],
        "share": true, "cumulative": true, "limit": 5,
    })), @r#"
    select f.cloud_service, f.billed_cost, f.whole, f.so_far
    from (
      select f.cloud_service, f.billed_cost, f.whole, sum(f.billed_cost) over (order by f.billed_cost desc nulls last, f.cloud_service asc nulls last rows between unbounded preceding and current row) as so_far
      from (
      select f.cloud_service, f.billed_cost, sum(f.billed_cost) over () as whole
      from (
      select c.ServiceName as cloud_service, sum(c.BilledCost) as billed_cost
      from (select BilledCost, ServiceName from charges) c
      group by 1
    ) f
    ) f
    ) f
    order by f.billed_cost desc nulls last, f.cloud_service asc nulls last
    limit 5
    --
    "#);
}

#[test]
fn rows_are_kept_by_exact_amounts_and_by_rounded_quotients() {
    insta::assert_snapshot!(sql(json!({
        "measures": ["billed_cost"], "dimensions": ["cloud_service"], "share": true, "limit": 3,
        "having": [{"column": "billed_cost", "op": "at_least", "value": "0.10"},
                   {"column": "share", "op": "below", "value": "5"}],
        "amounts": [{"measure": "effective_cost", "op": "not_equal", "value": "0"}],
    })), @r#"
    select f.cloud_service, f.billed_cost, f.whole
    from (
      select f.cloud_service, f.billed_cost, sum(f.billed_cost) over () as whole
      from (
      select c.ServiceName as cloud_service, sum(c.BilledCost) as billed_cost
      from (select BilledCost, EffectiveCost, ServiceName from charges) c where c.EffectiveCost <> $1
      group by 1
    ) f
    ) f where f.billed_cost >= $2 and round(100 * cast(f.billed_cost as double precision) / nullif(cast(f.whole as double precision), 0), 9) < cast($3 as double precision)
    order by f.billed_cost desc nulls last, f.cloud_service asc nulls last
    limit 3
    -- 0 | 0.1 | 5
    "#);
}

#[test]
fn a_cut_within_each_value_numbers_the_rows_that_were_kept() {
    insta::assert_snapshot!(sql(json!({
        "measures": ["billed_cost"], "dimensions": ["month", "cloud_service"],
        "limit": 3, "limit_per": ["month"],
        "having": [{"column": "billed_cost", "op": "above", "value": "1"}],
    })), @r#"
    select f.month, f.cloud_service, f.billed_cost, f.place
    from (
      select f.month, f.cloud_service, f.billed_cost, row_number() over (partition by f.month order by f.billed_cost desc nulls last, f.month asc nulls last, f.cloud_service asc nulls last) as place
      from (
      select date_trunc('month', c.ChargePeriodStart) as month, c.ServiceName as cloud_service, sum(c.BilledCost) as billed_cost
      from (select BilledCost, ChargePeriodStart, ServiceName from charges) c
      group by 1, 2
    ) f where f.billed_cost > $1
    ) f where f.place <= 3
    order by f.month asc nulls last, f.place asc
    -- 1
    "#);
}

#[test]
fn a_change_looks_one_step_back_within_the_other_dimensions() {
    let query = serde_json::from_value(json!({
        "measures": ["billed_cost"], "dimensions": ["quarter", "month", "region"], "change": true, "running": true,
        "period": {"start": "2024-07-01", "end": "2024-10-01"},
        "order": [{"by": "change"}], "limit": 1,
    }));
    let loaded = loaded();
    insta::assert_snapshot!(shown(&compile_query(&query.unwrap(), &Scope::local(), &loaded).unwrap()), @r#"
    select f.quarter, f.month, f.region, f.billed_cost, f.previous_billed_cost, f.running_total
    from (
      select f.quarter, f.month, f.region, f.billed_cost, case when lag(f.month) over (partition by f.region order by f.month) = f.month - interval '1 month' then lag(f.billed_cost) over (partition by f.region order by f.month) when f.month - interval '1 month' >= $1 then 0 end as previous_billed_cost, sum(f.billed_cost) over (partition by f.region order by f.month rows between unbounded preceding and current row) as running_total
      from (
      select date_trunc('quarter', c.ChargePeriodStart) as quarter, date_trunc('month', c.ChargePeriodStart) as month, c.RegionId as region, sum(c.BilledCost) as billed_cost
      from (select BilledCost, ChargePeriodStart, RegionId from charges) c where c.ChargePeriodStart >= $1 and c.ChargePeriodStart < $2
      group by 1, 2, 3
    ) f
    ) f
    order by (f.billed_cost - f.previous_billed_cost) desc nulls last, f.quarter asc nulls last, f.month asc nulls last, f.region asc nulls last
    limit 1
    -- 2024-07-01T00:00:00 | 2024-10-01T00:00:00
    "#);
}

#[test]
fn a_changed_quotient_looks_back_at_both_of_its_parts() {
    insta::assert_snapshot!(sql(json!({
        "measures": ["mean:billed_cost"], "dimensions": ["day"], "change": true,
    })), @r#"
    select f.day, f.billed_cost, f.counted_billed_cost, f.previous_billed_cost, f.previous_counted_billed_cost
    from (
      select f.day, f.billed_cost, f.counted_billed_cost, case when lag(f.day) over (order by f.day) = f.day - interval '1 day' then lag(f.billed_cost) over (order by f.day) end as previous_billed_cost, case when lag(f.day) over (order by f.day) = f.day - interval '1 day' then lag(f.counted_billed_cost) over (order by f.day) end as previous_counted_billed_cost
      from (
      select date_trunc('day', c.ChargePeriodStart) as day, sum(c.BilledCost) as billed_cost, count(c.BilledCost) as counted_billed_cost
      from (select BilledCost, ChargePeriodStart from charges) c
      group by 1
    ) f
    ) f
    order by f.day asc nulls last, cast(f.billed_cost as double precision) / nullif(cast(f.counted_billed_cost as double precision), 0) desc nulls last
    --
    "#);
}

#[test]
fn days_are_counted_for_each_row_where_they_differ() {
    let query = serde_json::from_value(json!({
        "measures": ["billed_cost"], "dimensions": ["month", "week_part"], "per_day": true,
        "period": {"start": "2024-08-30", "end": "2024-12-01"},
    }));
    let loaded = loaded();
    insta::assert_snapshot!(shown(&compile_query(&query.unwrap(), &Scope::local(), &loaded).unwrap()), @r#"
    select f.month, f.week_part, f.billed_cost, f.days
    from (
      select f.month, f.week_part, f.billed_cost, case when f.month = $3 and f.week_part = $4 then 1 when f.month = $3 and f.week_part = $5 then 1 when f.month = $6 and f.week_part = $4 then 21 when f.month = $6 and f.week_part = $5 then 9 end as days
      from (
      select date_trunc('month', c.ChargePeriodStart) as month, case when extract(dow from c.ChargePeriodStart) in (0, 6) then 'weekend' else 'weekday' end as week_part, sum(c.BilledCost) as billed_cost
      from (select BilledCost, ChargePeriodStart from charges) c where c.ChargePeriodStart >= $1 and c.ChargePeriodStart < $2
      group by 1, 2
    ) f
    ) f
    order by f.month asc nulls last, f.week_part asc nulls last, f.billed_cost desc nulls last
    -- 2024-08-30T00:00:00 | 2024-12-01T00:00:00 | 2024-08-01T00:00:00 | weekday | weekend | 2024-09-01T00:00:00
    "#);
}

#[test]
fn prices_are_ratios_of_sums_for_each_pricing_unit() {
    insta::assert_snapshot!(sql(json!({
        "measures": ["list_unit_price"], "dimensions": ["cloud_service"],
        "having": [{"column": "list_unit_price", "op": "above", "value": "0.023"}],
    })), @r#"
    select f.cloud_service, f.pricing_unit, f.list_cost, f.pricing_quantity
    from (
      select c.ServiceName as cloud_service, c.PricingUnit as pricing_unit, sum(c.ListCost) as list_cost, sum(c.PricingQuantity) as pricing_quantity
      from (select ListCost, PricingQuantity, PricingUnit, ServiceName from charges) c
      group by 1, 2
    ) f where round(cast(f.list_cost as double precision) / nullif(cast(f.pricing_quantity as double precision), 0), 12) > cast($1 as double precision)
    order by cast(f.list_cost as double precision) / nullif(cast(f.pricing_quantity as double precision), 0) desc nulls last, f.cloud_service asc nulls last, f.pricing_unit asc nulls last
    -- 0.023
    "#);
    let query = serde_json::from_value(json!({"measures": ["list_unit_price"]})).unwrap();
    let statement = compile_query(&query, &Scope::local(), &shape()).unwrap();
    let units: Vec<(&str, &Source)> = statement
        .outputs
        .iter()
        .map(|output| (output.column.name.as_str(), &output.source))
        .collect();
    let unit = Word::Fixed("USD".to_owned());
    assert_eq!(
        units,
        [
            ("pricing_unit", &Source::Text(0)),
            (
                "list_unit_price",
                &Source::Number(Number::Over(Box::new(Number::Cell(1)), Box::new(Number::Cell(2))))
            ),
            ("price_unit", &Source::Per { unit, one: Word::Cell(0) }),
        ]
    );
}

#[test]
fn costs_of_kinds_of_charges_stand_beside_the_whole() {
    insta::assert_snapshot!(sql(json!({
        "measures": ["gross:billed_cost", "credit:billed_cost", "billed_cost"],
        "dimensions": ["cloud_service"],
    })), @r#"
    select f.cloud_service, f.gross_billed_cost, f.credit_billed_cost, f.billed_cost
    from (
      select c.ServiceName as cloud_service, sum(case when c.ChargeCategory <> 'Credit' then c.BilledCost else c.BilledCost - c.BilledCost end) as gross_billed_cost, sum(case when c.ChargeCategory = 'Credit' then c.BilledCost else c.BilledCost - c.BilledCost end) as credit_billed_cost, sum(c.BilledCost) as billed_cost
      from (select BilledCost, ChargeCategory, ServiceName from charges) c
      group by 1
    ) f
    order by f.gross_billed_cost desc nulls last, f.cloud_service asc nulls last
    --
    "#);
}
