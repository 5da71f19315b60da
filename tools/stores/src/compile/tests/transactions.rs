//! Transactions and unit costs as SQL.

use super::*;

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
