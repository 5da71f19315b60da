//! Writes FOCUS 1.2 Parquet files, row by row, at any size with bounded memory.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use arrow::{
    array::{Decimal128Builder, RecordBatch, TimestampMicrosecondBuilder},
    datatypes::{Field, Schema, SchemaRef},
    error::ArrowError,
};
use jiff::civil::DateTime;
use parquet::{arrow::ArrowWriter, errors::ParquetError};
use rust_decimal::Decimal;

use crate::{
    columns::{TextColumn, decimal_at_scale, decimal_builder, micros_of, time_builder},
    parquet_file::writer_options,
    schema::{ChargeColumn, ColumnType, Origin},
};

const BATCH_ROWS: usize = 16_384;
// A row group is closed early when its encoded pages reach this: bounds memory with wide rows.
const ROW_GROUP_BYTES: usize = 128 << 20;

macro_rules! focus_row {
    ($($field:ident: $kind:ident $column:ident,)*) => {
        /// One charge in the columns of FOCUS 1.2. Times are UTC.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub struct FocusRow<'a> {
            $(#[doc = concat!("FOCUS `", stringify!($column), "`.")] pub $field: focus_row!(@type $kind 'a),)*
        }

        impl FocusRow<'_> {
            fn push_to(&self, columns: &mut [Builder]) -> Result<(), Unfit> {
                let mut columns = columns.iter_mut();
                $(if let Some(column) = columns.next() {
                    focus_row!(@push $kind column, self.$field, ChargeColumn::$column)?;
                })*
                Ok(())
            }
        }

        const ROW_COLUMNS: &[ChargeColumn] = &[$(ChargeColumn::$column,)*];
    };
    (@type text $life:lifetime) => { Option<&$life str> };
    (@type decimal $life:lifetime) => { Option<Decimal> };
    (@type time $life:lifetime) => { Option<DateTime> };
    (@push text $column:ident, $value:expr, $name:expr) => { $column.push_text($value) };
    (@push decimal $column:ident, $value:expr, $name:expr) => { $column.push_decimal($value, $name) };
    (@push time $column:ident, $value:expr, $name:expr) => { $column.push_time($value, $name) };
}

focus_row! {
    availability_zone: text AvailabilityZone,
    billed_cost: decimal BilledCost,
    billing_account_id: text BillingAccountId,
    billing_account_name: text BillingAccountName,
    billing_account_type: text BillingAccountType,
    billing_currency: text BillingCurrency,
    billing_period_end: time BillingPeriodEnd,
    billing_period_start: time BillingPeriodStart,
    capacity_reservation_id: text CapacityReservationId,
    capacity_reservation_status: text CapacityReservationStatus,
    charge_category: text ChargeCategory,
    charge_class: text ChargeClass,
    charge_description: text ChargeDescription,
    charge_frequency: text ChargeFrequency,
    charge_period_end: time ChargePeriodEnd,
    charge_period_start: time ChargePeriodStart,
    commitment_discount_category: text CommitmentDiscountCategory,
    commitment_discount_id: text CommitmentDiscountId,
    commitment_discount_name: text CommitmentDiscountName,
    commitment_discount_quantity: decimal CommitmentDiscountQuantity,
    commitment_discount_status: text CommitmentDiscountStatus,
    commitment_discount_type: text CommitmentDiscountType,
    commitment_discount_unit: text CommitmentDiscountUnit,
    consumed_quantity: decimal ConsumedQuantity,
    consumed_unit: text ConsumedUnit,
    contracted_cost: decimal ContractedCost,
    contracted_unit_price: decimal ContractedUnitPrice,
    effective_cost: decimal EffectiveCost,
    invoice_id: text InvoiceId,
    invoice_issuer_name: text InvoiceIssuerName,
    list_cost: decimal ListCost,
    list_unit_price: decimal ListUnitPrice,
    pricing_category: text PricingCategory,
    pricing_currency: text PricingCurrency,
    pricing_currency_contracted_unit_price: decimal PricingCurrencyContractedUnitPrice,
    pricing_currency_effective_cost: decimal PricingCurrencyEffectiveCost,
    pricing_currency_list_unit_price: decimal PricingCurrencyListUnitPrice,
    pricing_quantity: decimal PricingQuantity,
    pricing_unit: text PricingUnit,
    provider_name: text ProviderName,
    publisher_name: text PublisherName,
    region_id: text RegionId,
    region_name: text RegionName,
    resource_id: text ResourceId,
    resource_name: text ResourceName,
    resource_type: text ResourceType,
    service_category: text ServiceCategory,
    service_name: text ServiceName,
    service_subcategory: text ServiceSubcategory,
    sku_id: text SkuId,
    sku_meter: text SkuMeter,
    sku_price_details: text SkuPriceDetails,
    sku_price_id: text SkuPriceId,
    sub_account_id: text SubAccountId,
    sub_account_name: text SubAccountName,
    sub_account_type: text SubAccountType,
    tags: text Tags,
}

/// A FOCUS file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum FocusFileError {
    #[error("`{}` could not be created", .path.display())]
    Create {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("row {row}: {column} does not fit DECIMAL(38,18) or a timestamp")]
    Unfit { row: u64, column: &'static str },
    #[error("row {row} could not be encoded")]
    Encode {
        row: u64,
        #[source]
        source: ArrowError,
    },
    #[error("`{}` could not be written", .path.display())]
    Write {
        path: PathBuf,
        #[source]
        source: ParquetError,
    },
}

enum Unfit {
    Value(&'static str),
    Arrow(ArrowError),
}

enum Builder {
    Text(Box<TextColumn>),
    Decimal(Decimal128Builder),
    Time(TimestampMicrosecondBuilder),
}

impl Builder {
    fn of(kind: ColumnType) -> Self {
        match kind {
            ColumnType::Text => Self::Text(Box::new(TextColumn::new())),
            ColumnType::Decimal => Self::Decimal(decimal_builder(BATCH_ROWS)),
            ColumnType::Time => Self::Time(time_builder(BATCH_ROWS)),
        }
    }

    fn push_text(&mut self, value: Option<&str>) -> Result<(), Unfit> {
        if let Self::Text(column) = self {
            column.push(value).map_err(Unfit::Arrow)?;
        }
        Ok(())
    }

    fn push_decimal(&mut self, value: Option<Decimal>, name: ChargeColumn) -> Result<(), Unfit> {
        if let Self::Decimal(column) = self {
            let unfit = || Unfit::Value(name.name());
            let value = value.map(|value| decimal_at_scale(value).ok_or_else(unfit)).transpose()?;
            column.append_option(value);
        }
        Ok(())
    }

    fn push_time(&mut self, value: Option<DateTime>, name: ChargeColumn) -> Result<(), Unfit> {
        if let Self::Time(column) = self {
            let unfit = || Unfit::Value(name.name());
            let value = value.map(|value| micros_of(value).ok_or_else(unfit)).transpose()?;
            column.append_option(value);
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<arrow::array::ArrayRef, ArrowError> {
        Ok(match self {
            Self::Text(column) => column.finish()?,
            Self::Decimal(column) => Arc::new(column.finish()),
            Self::Time(column) => Arc::new(column.finish()),
        })
    }
}

/// Writes one FOCUS 1.2 file. The same rows give the same bytes.
pub struct FocusFileWriter {
    path: PathBuf,
    schema: SchemaRef,
    columns: Vec<Builder>,
    pending: usize,
    rows: u64,
    writer: ArrowWriter<io::BufWriter<File>>,
}

impl FocusFileWriter {
    /// Starts a file at `path`, over whatever stood there. The folder must exist.
    ///
    /// # Errors
    /// When the file cannot be created.
    pub fn create(path: impl AsRef<Path>) -> Result<Self, FocusFileError> {
        let path = path.as_ref().to_owned();
        let file = File::create(&path)
            .map_err(|source| FocusFileError::Create { path: path.clone(), source })?;
        let schema = focus_schema();
        let writer = ArrowWriter::try_new_with_options(
            io::BufWriter::new(file),
            Arc::clone(&schema),
            writer_options(),
        )
        .map_err(|source| FocusFileError::Write { path: path.clone(), source })?;
        let columns = ROW_COLUMNS.iter().map(|column| Builder::of(column.spec().kind)).collect();
        Ok(Self { path, schema, columns, pending: 0, rows: 0, writer })
    }

    /// Adds a charge.
    ///
    /// # Errors
    /// When a number has more than 18 decimals or more than 20 digits before the point, or the disk fails.
    pub fn write(&mut self, row: &FocusRow<'_>) -> Result<(), FocusFileError> {
        self.rows += 1;
        row.push_to(&mut self.columns).map_err(|unfit| match unfit {
            Unfit::Value(column) => FocusFileError::Unfit { row: self.rows, column },
            Unfit::Arrow(source) => FocusFileError::Encode { row: self.rows, source },
        })?;
        self.pending += 1;
        if self.pending >= BATCH_ROWS {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), FocusFileError> {
        let encode = |source| FocusFileError::Encode { row: self.rows, source };
        let arrays = self
            .columns
            .iter_mut()
            .map(Builder::finish)
            .collect::<Result<Vec<_>, _>>()
            .map_err(encode)?;
        // The arrays are dictionaries where the schema says text: the batch takes its own types.
        let fields = self
            .schema
            .fields()
            .iter()
            .zip(&arrays)
            .map(|(field, array)| Field::new(field.name(), array.data_type().clone(), true));
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let batch = RecordBatch::try_new(schema, arrays).map_err(encode)?;
        let failed = |source| FocusFileError::Write { path: self.path.clone(), source };
        self.writer.write(&batch).map_err(failed)?;
        if self.writer.in_progress_size() > ROW_GROUP_BYTES {
            self.writer.flush().map_err(failed)?;
        }
        self.pending = 0;
        Ok(())
    }

    /// Ends the file and returns how many rows it holds.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn finish(mut self) -> Result<u64, FocusFileError> {
        if self.pending > 0 {
            self.flush()?;
        }
        let Self { path, writer, rows, .. } = self;
        writer.close().map_err(|source| FocusFileError::Write { path, source })?;
        Ok(rows)
    }
}

fn focus_schema() -> SchemaRef {
    let fields = ROW_COLUMNS.iter().map(|column| {
        let spec = column.spec();
        Field::new(spec.name, spec.kind.data_type(), true)
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

// A row that lacked a column of the specification would leave it out of every file.
const _: () = {
    let mut focus = 0;
    let mut index = 0;
    while index < ChargeColumn::ALL.len() {
        #[expect(clippy::indexing_slicing, reason = "constant evaluation has no iterators")]
        if !matches!(ChargeColumn::ALL[index].spec().origin, Origin::Own) {
            focus += 1;
        }
        index += 1;
    }
    assert!(ROW_COLUMNS.len() == focus);
};

#[cfg(test)]
mod tests {
    use arrow::array::{Array, AsArray};
    use arrow::datatypes::Decimal128Type;
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    use super::*;

    fn row(index: i64) -> FocusRow<'static> {
        FocusRow {
            billed_cost: Some(Decimal::new(index, 9)),
            provider_name: Some(if index % 3 == 0 { "Google Cloud" } else { "AWS" }),
            charge_period_start: Some(jiff::civil::date(2026, 8, 1).at(5, 0, 0, 0)),
            tags: (index % 2 == 0).then_some(r#"{"workload":"checkout"}"#),
            ..FocusRow::default()
        }
    }

    fn bytes_of(bytes: &[u8]) -> impl parquet::file::reader::ChunkReader + 'static {
        let mut file = tempfile::tempfile().unwrap();
        std::io::Write::write_all(&mut file, bytes).unwrap();
        file
    }

    fn written(rows: i64) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bill.parquet");
        let mut file = FocusFileWriter::create(&path).unwrap();
        for index in 0..rows {
            file.write(&row(index)).unwrap();
        }
        assert_eq!(file.finish().unwrap(), u64::try_from(rows).unwrap());
        std::fs::read(path).unwrap()
    }

    #[test]
    fn the_same_rows_give_the_same_bytes_and_read_back_exactly() {
        let bytes = written(40_000);
        assert_eq!(bytes, written(40_000));
        let reader = ParquetRecordBatchReaderBuilder::try_new(bytes_of(&bytes)).unwrap();
        assert_eq!(reader.schema().as_ref(), focus_schema().as_ref());
        let mut index = 0;
        for batch in reader.build().unwrap() {
            let batch = batch.unwrap();
            let cost = batch.column_by_name("BilledCost").unwrap();
            let provider = batch.column_by_name("ProviderName").unwrap().as_string::<i32>();
            let tags = batch.column_by_name("Tags").unwrap();
            for position in 0..batch.num_rows() {
                let cost = cost.as_primitive::<Decimal128Type>().value(position);
                assert_eq!(cost, i128::from(index) * 1_000_000_000);
                assert_eq!(provider.value(position), row(index).provider_name.unwrap());
                assert_eq!(tags.is_null(position), row(index).tags.is_none());
                index += 1;
            }
        }
        assert_eq!(index, 40_000);
    }

    #[test]
    fn a_number_with_nineteen_decimals_is_refused_with_its_row_and_column() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = FocusFileWriter::create(folder.path().join("bill.parquet")).unwrap();
        let row = FocusRow { list_cost: Some(Decimal::new(1, 19)), ..FocusRow::default() };
        let refused = file.write(&row).unwrap_err().to_string();
        assert_eq!(refused, "row 1: ListCost does not fit DECIMAL(38,18) or a timestamp");
    }
}
