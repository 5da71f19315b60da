//! Comparisons of two periods as SQL.

use super::*;

#[test]
fn a_comparison_shares_its_change_and_divides_by_the_days_of_each_period() {
    let query = serde_json::from_value(json!({
        "measures": ["billed_cost"], "dimensions": ["region"],
        "from": {"start": "2024-08-01", "end": "2024-09-01"},
        "to": {"start": "2024-09-01", "end": "2024-10-01"},
        "share": true, "per_day": true,
        "having": [{"column": "change", "op": "above", "value": "0"}],
        "order": [{"by": "change_per_day"}], "limit": 3,
    }));
    let statement = compile_compare(&query.unwrap(), &Scope::local(), &loaded()).unwrap();
    insta::assert_snapshot!(shown(&statement), @r#"
    select f.region, f.billed_cost_from, f.billed_cost_to, f.whole_change
    from (
      select f.region, f.billed_cost_from, f.billed_cost_to, sum(f.billed_cost_to - f.billed_cost_from) over () as whole_change
      from (
      select g.region, case when coalesce(g.rows_in_from, 0) = 0 then 0 else g.billed_cost_from end as billed_cost_from, case when coalesce(g.rows_in_to, 0) = 0 then 0 else g.billed_cost_to end as billed_cost_to
      from (
      select c.RegionId as region, count(case when c.ChargePeriodStart >= $1 and c.ChargePeriodStart < $2 then 1 end) as rows_in_from, count(case when c.ChargePeriodStart >= $2 and c.ChargePeriodStart < $3 then 1 end) as rows_in_to, sum(case when c.ChargePeriodStart >= $1 and c.ChargePeriodStart < $2 then c.BilledCost end) as billed_cost_from, sum(case when c.ChargePeriodStart >= $2 and c.ChargePeriodStart < $3 then c.BilledCost end) as billed_cost_to
      from (select BilledCost, ChargePeriodStart, RegionId from charges) c where (c.ChargePeriodStart >= $1 and c.ChargePeriodStart < $2 or c.ChargePeriodStart >= $2 and c.ChargePeriodStart < $3)
      group by 1
    ) g
    ) f
    ) f where f.billed_cost_to - f.billed_cost_from > $4
    order by cast(f.billed_cost_to as double precision) / nullif(cast(30 as double precision), 0) - cast(f.billed_cost_from as double precision) / nullif(cast(31 as double precision), 0) desc nulls last, f.region asc nulls last
    limit 3
    -- 2024-08-01T00:00:00 | 2024-09-01T00:00:00 | 2024-10-01T00:00:00 | 0
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
