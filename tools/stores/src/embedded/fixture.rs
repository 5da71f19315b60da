//! Warehouses for tests, written by hand: a few charges as lines of text.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use datafusion::{
    arrow::{
        array::{ArrayRef, Decimal128Array, RecordBatch, StringArray, TimestampMicrosecondArray},
        datatypes::{DataType, SchemaRef},
    },
    parquet::arrow::ArrowWriter,
};
use jiff::{Timestamp, civil::date, tz::TimeZone};
use rust_decimal::Decimal;
use wherefore_contract::{
    period::{Period, parse_moment},
    quality::{CostDescription, DimensionFill, LoadedPeriod, TransactionCoverage},
};
use wherefore_load::{
    manifest::{Catalog, CatalogValue, ChargeFile, Manifest, PeriodKey, TransactionFile},
    schema::{charge_schema, transactions_schema},
};

/// Writes `header` and `lines` (fields between `|`, empty for null) as one Parquet file.
pub(super) fn write_parquet(path: &Path, schema: &SchemaRef, header: &str, lines: &[&str]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let names: Vec<&str> = header.split('|').collect();
    let cells: Vec<Vec<Option<&str>>> = lines
        .iter()
        .map(|line| line.split('|').map(|cell| (!cell.is_empty()).then_some(cell)).collect())
        .collect();
    #[expect(clippy::wildcard_enum_match_arm, reason = "the schema has three types")]
    let columns: Vec<ArrayRef> = schema
        .fields()
        .iter()
        .map(|field| {
            let at = names.iter().position(|name| name == field.name());
            let values = cells.iter().map(|row| at.and_then(|at| row[at]));
            match field.data_type() {
                DataType::Decimal128(_, _) => Arc::new(
                    values
                        .map(|value| value.map(units))
                        .collect::<Decimal128Array>()
                        .with_precision_and_scale(38, 18)
                        .unwrap(),
                ) as ArrayRef,
                DataType::Timestamp(_, _) => Arc::new(
                    values.map(|value| value.map(micros)).collect::<TimestampMicrosecondArray>(),
                ),
                DataType::Utf8 => Arc::new(values.collect::<StringArray>()),
                other => panic!("no column of type {other}"),
            }
        })
        .collect();
    let batch = RecordBatch::try_new(Arc::clone(schema), columns).unwrap();
    let file = fs::File::create(path).unwrap();
    let mut writer = ArrowWriter::try_new(file, Arc::clone(schema), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

fn units(text: &str) -> i128 {
    let mut decimal: Decimal = text.parse().unwrap();
    decimal.rescale(18);
    decimal.mantissa()
}

fn micros(text: &str) -> i64 {
    let moment = parse_moment(text).unwrap().to_zoned(TimeZone::UTC).unwrap();
    moment.timestamp().as_microsecond()
}

const HEADER: &str = "ProviderName|BillingAccountId|BillingCurrency|BillingPeriodStart|ChargePeriodStart|ServiceName|SubAccountId|RegionId|RegionName|BilledCost|EffectiveCost|ConsumedQuantity|ConsumedUnit|x_UsageType|x_tag_workload|x_tag_team";

const AUGUST: &[&str] = &[
    "AWS|111|USD|2024-08-01|2024-08-05|Amazon EC2|a1|us-east-1|N. Virginia|100|90|10|Hours|BoxUsage|checkout|red",
    "AWS|111|USD|2024-08-01|2024-08-31T23:00:00|Amazon S3|a2|us-east-1|N. Virginia|7.5|7.5|300|GB|Storage||red",
];

const SEPTEMBER: &[&str] = &[
    "AWS|111|USD|2024-09-01|2024-09-02|Amazon EC2|a1|us-east-1|N. Virginia|120.000000000000000001|100|12|Hours|BoxUsage|checkout|red",
    "AWS|111|USD|2024-09-01|2024-09-07|Amazon EC2|a2|ap-northeast-2|Seoul|30|30|3|Hours|BoxUsage|search|",
    "AWS|111|USD|2024-09-01|2024-09-08|amazon s3|a2||N. Virginia|2.5|2.5|100|GB|Storage||blue",
    "AWS|111|USD|2024-09-01|2024-09-08|AWS Lambda|a1|us-east-1|N. Virginia|-0.5|0|1|Requests|Lambda|checkout|blue",
];

const COUNTS: &[&str] = &[
    "2024-08-01|checkout|1000",
    "2024-09-01|checkout|1500",
    "2024-09-02|checkout|500",
    "2024-09-01|batch|10",
];

/// Writes the made-up bill of August and September 2024 as snapshot `s000001`.
pub(super) fn write_warehouse(root: &Path) {
    let tag_columns = tags(&["team", "workload"]);
    let schema = charge_schema(&tag_columns);
    let months = [(date(2024, 8, 1), "2024-08", AUGUST), (date(2024, 9, 1), "2024-09", SEPTEMBER)];
    let mut charge_files = Vec::new();
    for (month, name, lines) in months {
        let path = format!("charges/billing_period={name}/{name}.parquet");
        write_parquet(&root.join(&path), &schema, HEADER, lines);
        charge_files.push(ChargeFile {
            path,
            key: PeriodKey {
                billing_period: month,
                provider: "AWS".to_owned(),
                billing_account: "111".to_owned(),
            },
            rows: lines.len() as u64,
            bytes: 0,
            tag_columns: tag_columns.clone(),
            charge_start_micros: None,
        });
    }
    let path = "transactions/t.parquet".to_owned();
    let schema = transactions_schema();
    write_parquet(&root.join(&path), &schema, "PeriodStart|Workload|Transactions", COUNTS);
    let transaction_files = vec![TransactionFile { path, rows: COUNTS.len() as u64, bytes: 0 }];
    let manifest = Manifest {
        snapshot: "s000001".to_owned(),
        parent: None,
        created_at: Timestamp::UNIX_EPOCH,
        charge_files,
        transaction_files,
        call_files: Vec::new(),
        metric_files: Vec::new(),
        log_files: Vec::new(),
        span_files: Vec::new(),
        change_files: Vec::new(),
        tag_columns,
        workload_tag: "workload".to_owned(),
        description: description(),
        catalog: "catalog/s000001.json".to_owned(),
    };
    commit(root, &manifest, &catalog());
}

/// Makes a manifest the newest snapshot.
pub(super) fn commit(root: &Path, manifest: &Manifest, catalog: &Catalog) {
    for folder in ["snapshots", "catalog"] {
        fs::create_dir_all(root.join(folder)).unwrap();
    }
    fs::write(root.join(&manifest.catalog), serde_json::to_vec(catalog).unwrap()).unwrap();
    let path = root.join("snapshots").join(format!("{}.json", manifest.snapshot));
    fs::write(path, serde_json::to_vec(manifest).unwrap()).unwrap();
    fs::write(root.join("CURRENT"), &manifest.snapshot).unwrap();
}

pub(super) fn tags(keys: &[&str]) -> BTreeMap<String, String> {
    keys.iter().map(|key| ((*key).to_owned(), format!("x_tag_{key}"))).collect()
}

fn description() -> CostDescription {
    let days = |first, after| Period::of_days(first, after).ok();
    let loaded = |month, coverage, rows| LoadedPeriod {
        provider: "AWS".to_owned(),
        billing_account: "111".to_owned(),
        billing_period: month,
        rows,
        coverage,
        missing_days: vec![],
        complete: true,
    };
    let fill = |dimension: &str| DimensionFill {
        dimension: dimension.to_owned(),
        distinct: 2,
        filled_percent: "100".to_owned(),
    };
    let counted = |workload: &str| TransactionCoverage {
        workload: workload.to_owned(),
        period: Period::of_days(date(2024, 8, 1), date(2024, 10, 1)).unwrap(),
        grain: "day".to_owned(),
        has_charges: workload == "checkout",
        missing_days: vec![],
    };
    let august = days(date(2024, 8, 1), date(2024, 9, 1));
    let september = days(date(2024, 9, 1), date(2024, 10, 1));
    CostDescription {
        snapshot: "s000001".to_owned(),
        rows: 6,
        coverage: days(date(2024, 8, 1), date(2024, 10, 1)),
        periods: vec![loaded(date(2024, 8, 1), august, 2), loaded(date(2024, 9, 1), september, 4)],
        billing_currencies: vec!["USD".to_owned()],
        providers: vec!["AWS".to_owned()],
        dimensions: ["provider", "billing_account", "billing_period", "cloud_service", "region"]
            .map(fill)
            .to_vec(),
        workload_tag: "workload".to_owned(),
        transactions: vec![counted("batch"), counted("checkout")],
        formats: vec!["CUR 2.0".to_owned()],
        ..CostDescription::default()
    }
}

pub(super) fn catalog() -> Catalog {
    let values = |values: &[(&str, Option<&str>)]| {
        let value = |(value, label): &(&str, Option<&str>)| CatalogValue {
            value: (*value).to_owned(),
            label: label.map(str::to_owned),
            rows: 1,
        };
        values.iter().map(value).collect::<Vec<_>>()
    };
    let dimensions = [
        (
            "cloud_service",
            values(&[
                ("AWS Lambda", None),
                ("Amazon EC2", None),
                ("Amazon S3", None),
                ("amazon s3", None),
            ]),
        ),
        (
            "region",
            values(&[("ap-northeast-2", Some("Seoul")), ("us-east-1", Some("N. Virginia"))]),
        ),
        ("sub_account", values(&[("a1", Some("Shop")), ("a2", Some("Research"))])),
        ("tag:team", values(&[("blue", None), ("red", None)])),
        ("workload", values(&[("checkout", None), ("search", None)])),
    ];
    Catalog {
        dimensions: dimensions.map(|(name, values)| (name.to_owned(), values)).into(),
        cut: vec![],
    }
}
