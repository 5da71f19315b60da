//! The only place that speaks to `DataFusion`: a session over the files of one snapshot, rows out of it.

use std::{fmt::Write as _, path::Path, sync::Arc};

use datafusion::{
    arrow::{
        array::{Array, AsArray, RecordBatch},
        datatypes::{
            DataType, Decimal128Type, Field, Int32Type, Int64Type, Schema, SchemaRef, TimeUnit,
            TimestampMicrosecondType, TimestampNanosecondType, UInt64Type,
        },
    },
    common::{DataFusionError, ParamValues, ScalarValue},
    datasource::{
        TableProvider,
        empty::EmptyTable,
        file_format::parquet::ParquetFormat,
        listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl},
    },
    execution::{
        context::{SQLOptions, SessionContext},
        runtime_env::RuntimeEnv,
    },
    logical_expr::ScalarUDF,
    physical_plan::SendableRecordBatchStream,
    prelude::{DataFrame, SessionConfig},
};
use jiff::tz::TimeZone;
use wherefore_load::{
    manifest::{Manifest, Warehouse},
    schema::{
        calls_schema, changes_schema, charge_schema, logs_schema, metrics_schema, spans_schema,
        transactions_schema,
    },
};

use super::truncate::Truncate;
use crate::{
    compile::{Statement, Value},
    exact::{SCALE, to_scale_18},
    finish::Cell,
};

// The machine class that we promise times for has two cores; more partitions only help where there are more.
const PARTITIONS: usize = 2;
// What 128 bits hold.
const DECIMAL_DIGITS: u8 = 38;
const NANOS_IN_MICROS: i64 = 1_000;

/// A session over one snapshot. The runtime, with its cache of Parquet footers, outlives snapshots: files never change.
pub(super) fn open_session(
    warehouse: &Warehouse,
    manifest: &Manifest,
    runtime: &Arc<RuntimeEnv>,
) -> Result<SessionContext, DataFusionError> {
    let session = session(PARTITIONS, runtime);
    session.register_udf(ScalarUDF::from(Truncate::new()));
    let charges = manifest.charge_files.iter().map(|file| file.path.as_str());
    let schema = charge_schema(&manifest.tag_columns);
    session.register_table("charges", table(warehouse, charges, &schema, runtime)?)?;
    let counts = manifest.transaction_files.iter().map(|file| file.path.as_str());
    let schema = transactions_schema();
    session.register_table("transactions", table(warehouse, counts, &schema, runtime)?)?;
    let calls = manifest.call_files.iter().map(|file| file.path.as_str());
    session.register_table("api_calls", table(warehouse, calls, &calls_schema(), runtime)?)?;
    let points = manifest.metric_files.iter().map(|file| file.path.as_str());
    session.register_table("metrics", table(warehouse, points, &metrics_schema(), runtime)?)?;
    let changed = manifest.change_files.iter().map(|file| file.path.as_str());
    session.register_table("changes", table(warehouse, changed, &changes_schema(), runtime)?)?;
    Ok(session)
}

fn session(partitions: usize, runtime: &Arc<RuntimeEnv>) -> SessionContext {
    let mut config = SessionConfig::new().with_target_partitions(partitions);
    let options = config.options_mut();
    options.sql_parser.enable_ident_normalization = false;
    options.catalog.information_schema = false;
    SessionContext::new_with_config_rt(config, Arc::clone(runtime))
}

/// Tables of telemetry that grow by the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Telemetry {
    Logs,
    Spans,
    Metrics,
}

/// How the files of a table are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// One after the other: rows come in the order of the files.
    InOrder,
    /// Several at once: for sums and sorts.
    AtOnce,
}

/// A session over some files of one table of telemetry, with what a scope may look up beside it.
pub(super) async fn open_telemetry(
    warehouse: &Warehouse,
    whole: &SessionContext,
    kind: Telemetry,
    files: &[&str],
    reading: Reading,
) -> Result<SessionContext, DataFusionError> {
    let runtime = whole.runtime_env();
    let session = session(if reading == Reading::InOrder { 1 } else { PARTITIONS }, &runtime);
    session.register_udf(ScalarUDF::from(Truncate::new()));
    session.register_table("charges", whole.table_provider("charges").await?)?;
    let (name, schema) = match kind {
        Telemetry::Logs => ("logs", logs_schema()),
        Telemetry::Spans => ("spans", spans_schema()),
        Telemetry::Metrics => ("metrics", metrics_schema()),
    };
    let files = files.iter().copied();
    session.register_table(name, table(warehouse, files, &schema, &runtime)?)?;
    Ok(session)
}

fn table<'a>(
    warehouse: &Warehouse,
    files: impl Iterator<Item = &'a str>,
    schema: &Schema,
    runtime: &RuntimeEnv,
) -> Result<Arc<dyn TableProvider>, DataFusionError> {
    let schema = with_views(schema);
    let mut urls = Vec::new();
    for file in files {
        urls.push(file_url(&warehouse.path_of(file))?);
    }
    if urls.is_empty() {
        return Ok(Arc::new(EmptyTable::new(schema)));
    }
    let options =
        ListingOptions::new(Arc::new(ParquetFormat::default())).with_file_extension("parquet");
    let config = ListingTableConfig::new_with_multi_paths(urls)
        .with_listing_options(options)
        .with_schema(schema);
    let cache = runtime.cache_manager.get_file_statistic_cache();
    Ok(Arc::new(ListingTable::try_new(config)?.with_cache(cache)))
}

// Views of text point into the pages as they were read; grouping compares them without copying.
fn with_views(schema: &Schema) -> SchemaRef {
    let fields = schema.fields().iter().map(|field| {
        if *field.data_type() == DataType::Utf8 {
            Arc::new(Field::new(field.name(), DataType::Utf8View, true))
        } else {
            Arc::clone(field)
        }
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

// As a URL, so that brackets and stars in a folder's name are no pattern.
fn file_url(path: &Path) -> Result<ListingTableUrl, DataFusionError> {
    let absolute = std::path::absolute(path)?;
    let mut url = String::from("file://");
    for byte in absolute.to_string_lossy().bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-=~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(url, "%{byte:02X}");
        }
    }
    ListingTableUrl::parse(url)
}

/// Runs a statement to its end.
pub(super) async fn run(
    session: &SessionContext,
    statement: &Statement,
) -> Result<Vec<Vec<Cell>>, DataFusionError> {
    let mut rows = Vec::new();
    for batch in frame(session, statement).await?.collect().await? {
        read_batch(&batch, &mut rows)?;
    }
    Ok(rows)
}

/// Runs a statement batch by batch.
pub(super) async fn stream(
    session: &SessionContext,
    statement: &Statement,
) -> Result<SendableRecordBatchStream, DataFusionError> {
    frame(session, statement).await?.execute_stream().await
}

async fn frame(
    session: &SessionContext,
    statement: &Statement,
) -> Result<DataFrame, DataFusionError> {
    // Our own compiler writes nothing else; this holds even if it ever did.
    let read_only =
        SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
    let values: Vec<ScalarValue> = statement.parameters.iter().map(scalar).collect();
    let frame = session.sql_with_options(&statement.sql, read_only).await?;
    if values.is_empty() { Ok(frame) } else { frame.with_param_values(ParamValues::from(values)) }
}

fn scalar(value: &Value) -> ScalarValue {
    match value {
        Value::Text(text) => ScalarValue::Utf8View(Some(text.clone())),
        Value::Integer(number) => ScalarValue::Int64(Some(*number)),
        Value::Exact(amount) => {
            let places = u8::try_from(SCALE).unwrap_or_default();
            let units = to_scale_18(amount.mantissa(), amount.scale());
            ScalarValue::Decimal128(units, DECIMAL_DIGITS, places.cast_signed())
        }
        Value::Moment(moment) => {
            let micros =
                moment.to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp().as_microsecond());
            ScalarValue::TimestampMicrosecond(micros.ok(), None)
        }
        Value::Instant(nanos) => ScalarValue::TimestampNanosecond(Some(*nanos), None),
    }
}

fn read_batch(batch: &RecordBatch, rows: &mut Vec<Vec<Cell>>) -> Result<(), DataFusionError> {
    let first = rows.len();
    rows.resize_with(first + batch.num_rows(), || Vec::with_capacity(batch.num_columns()));
    for column in batch.columns() {
        let added = rows.iter_mut().skip(first);
        for (index, row) in added.enumerate() {
            row.push(read_cell(column.as_ref(), index)?);
        }
    }
    Ok(())
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the engine has many more types than the compiler selects"
)]
fn read_cell(column: &dyn Array, row: usize) -> Result<Cell, DataFusionError> {
    if column.is_null(row) {
        return Ok(Cell::Null);
    }
    Ok(match column.data_type() {
        DataType::Utf8View => Cell::Text(column.as_string_view().value(row).to_owned()),
        DataType::Utf8 => Cell::Text(column.as_string::<i32>().value(row).to_owned()),
        DataType::Int32 => Cell::Integer(column.as_primitive::<Int32Type>().value(row).into()),
        DataType::Int64 => Cell::Integer(column.as_primitive::<Int64Type>().value(row)),
        DataType::UInt64 => {
            Cell::Exact { units: column.as_primitive::<UInt64Type>().value(row).into(), scale: 0 }
        }
        DataType::Decimal128(_, scale) => Cell::Exact {
            units: column.as_primitive::<Decimal128Type>().value(row),
            scale: u32::try_from(*scale).unwrap_or_default(),
        },
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            Cell::Moment(column.as_primitive::<TimestampMicrosecondType>().value(row))
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            let nanos = column.as_primitive::<TimestampNanosecondType>().value(row);
            Cell::Moment(nanos.div_euclid(NANOS_IN_MICROS))
        }
        other => {
            return Err(DataFusionError::Execution(format!("a column of unexpected type {other}")));
        }
    })
}
