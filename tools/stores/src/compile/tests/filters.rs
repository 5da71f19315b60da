//! Conditions on charges as SQL.

use super::*;

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
fn a_filter_without_values_of_its_own_binds_nothing() {
    insta::assert_snapshot!(sql(json!({"measures": ["rows"], "filters": [{"dimension": "region", "op": "is_null"}, {"dimension": "workload", "op": "is_null"}]})), @r#"
    select f.rows
    from (
      select count(*) as rows
      from (select RegionId, x_tag_workload from charges) c where c.RegionId is null and c.x_tag_workload is null
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
