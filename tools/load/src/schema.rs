//! The charge and transactions tables as they stand in Parquet: FOCUS 1.2 columns, our `x_` columns, tags.

use std::{collections::BTreeMap, fmt, sync::Arc};

use arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use sha2::{Digest, Sha256};

/// Decimal digits of every cost, price and quantity.
pub const DECIMAL_PRECISION: u8 = 38;
/// Decimal places of every cost, price and quantity.
pub const DECIMAL_SCALE: i8 = 18;

/// What a column holds, and how Parquet keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColumnType {
    /// `DECIMAL(38,18)`: costs, prices and quantities.
    Decimal,
    /// `TIMESTAMP` in microseconds without a zone, meaning UTC.
    Time,
    /// UTF-8.
    Text,
}

impl ColumnType {
    /// The Arrow type that a reader of the Parquet files sees.
    #[must_use]
    pub fn data_type(self) -> DataType {
        match self {
            Self::Decimal => DataType::Decimal128(DECIMAL_PRECISION, DECIMAL_SCALE),
            Self::Time => DataType::Timestamp(TimeUnit::Microsecond, None),
            Self::Text => DataType::Utf8,
        }
    }
}

/// Which specification brought a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// FOCUS 1.0.
    Focus10,
    /// FOCUS 1.1.
    Focus11,
    /// FOCUS 1.2.
    Focus12,
    /// Ours: kept from the provider's own report, because FOCUS has no place for it.
    Own,
}

impl fmt::Display for Origin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Focus10 => "FOCUS 1.0",
            Self::Focus11 => "FOCUS 1.1",
            Self::Focus12 => "FOCUS 1.2",
            Self::Own => "the provider's own cost report",
        })
    }
}

/// A column of the charge table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnSpec {
    /// As SQL spells it, e.g. `BilledCost`, `x_UsageType`.
    pub name: &'static str,
    pub kind: ColumnType,
    pub origin: Origin,
}

macro_rules! charge_columns {
    ($($variant:ident $name:literal $kind:ident $origin:ident;)*) => {
        /// A column of the charge table, by name. The order is that of the files.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ChargeColumn { $(#[doc = concat!("`", $name, "`.")] $variant,)* }

        impl ChargeColumn {
            /// Every column, in the order of the files.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Name, type and origin.
            #[must_use]
            pub const fn spec(self) -> ColumnSpec {
                match self {
                    $(Self::$variant => ColumnSpec {
                        name: $name, kind: ColumnType::$kind, origin: Origin::$origin,
                    },)*
                }
            }
        }
    };
}

charge_columns! {
    AvailabilityZone "AvailabilityZone" Text Focus10;
    BilledCost "BilledCost" Decimal Focus10;
    BillingAccountId "BillingAccountId" Text Focus10;
    BillingAccountName "BillingAccountName" Text Focus10;
    BillingAccountType "BillingAccountType" Text Focus12;
    BillingCurrency "BillingCurrency" Text Focus10;
    BillingPeriodEnd "BillingPeriodEnd" Time Focus10;
    BillingPeriodStart "BillingPeriodStart" Time Focus10;
    CapacityReservationId "CapacityReservationId" Text Focus11;
    CapacityReservationStatus "CapacityReservationStatus" Text Focus11;
    ChargeCategory "ChargeCategory" Text Focus10;
    ChargeClass "ChargeClass" Text Focus10;
    ChargeDescription "ChargeDescription" Text Focus10;
    ChargeFrequency "ChargeFrequency" Text Focus10;
    ChargePeriodEnd "ChargePeriodEnd" Time Focus10;
    ChargePeriodStart "ChargePeriodStart" Time Focus10;
    CommitmentDiscountCategory "CommitmentDiscountCategory" Text Focus10;
    CommitmentDiscountId "CommitmentDiscountId" Text Focus10;
    CommitmentDiscountName "CommitmentDiscountName" Text Focus10;
    CommitmentDiscountQuantity "CommitmentDiscountQuantity" Decimal Focus11;
    CommitmentDiscountStatus "CommitmentDiscountStatus" Text Focus10;
    CommitmentDiscountType "CommitmentDiscountType" Text Focus10;
    CommitmentDiscountUnit "CommitmentDiscountUnit" Text Focus11;
    ConsumedQuantity "ConsumedQuantity" Decimal Focus10;
    ConsumedUnit "ConsumedUnit" Text Focus10;
    ContractedCost "ContractedCost" Decimal Focus10;
    ContractedUnitPrice "ContractedUnitPrice" Decimal Focus10;
    EffectiveCost "EffectiveCost" Decimal Focus10;
    InvoiceId "InvoiceId" Text Focus12;
    InvoiceIssuerName "InvoiceIssuerName" Text Focus10;
    ListCost "ListCost" Decimal Focus10;
    ListUnitPrice "ListUnitPrice" Decimal Focus10;
    PricingCategory "PricingCategory" Text Focus10;
    PricingCurrency "PricingCurrency" Text Focus12;
    PricingCurrencyContractedUnitPrice "PricingCurrencyContractedUnitPrice" Decimal Focus12;
    PricingCurrencyEffectiveCost "PricingCurrencyEffectiveCost" Decimal Focus12;
    PricingCurrencyListUnitPrice "PricingCurrencyListUnitPrice" Decimal Focus12;
    PricingQuantity "PricingQuantity" Decimal Focus10;
    PricingUnit "PricingUnit" Text Focus10;
    ProviderName "ProviderName" Text Focus10;
    PublisherName "PublisherName" Text Focus10;
    RegionId "RegionId" Text Focus10;
    RegionName "RegionName" Text Focus10;
    ResourceId "ResourceId" Text Focus10;
    ResourceName "ResourceName" Text Focus10;
    ResourceType "ResourceType" Text Focus10;
    ServiceCategory "ServiceCategory" Text Focus10;
    ServiceName "ServiceName" Text Focus10;
    ServiceSubcategory "ServiceSubcategory" Text Focus11;
    SkuId "SkuId" Text Focus10;
    SkuMeter "SkuMeter" Text Focus11;
    SkuPriceDetails "SkuPriceDetails" Text Focus11;
    SkuPriceId "SkuPriceId" Text Focus10;
    SubAccountId "SubAccountId" Text Focus10;
    SubAccountName "SubAccountName" Text Focus10;
    SubAccountType "SubAccountType" Text Focus12;
    Tags "Tags" Text Focus10;
    AmortizedUpfront "x_AmortizedUpfront" Decimal Own;
    CommitmentEnd "x_CommitmentEnd" Text Own;
    CommitmentOffering "x_CommitmentOffering" Text Own;
    CommitmentPayment "x_CommitmentPayment" Text Own;
    CommitmentStart "x_CommitmentStart" Text Own;
    CommitmentTerm "x_CommitmentTerm" Text Own;
    InstanceType "x_InstanceType" Text Own;
    LineItemId "x_LineItemId" Text Own;
    LineItemType "x_LineItemType" Text Own;
    NetAmortizedUpfront "x_NetAmortizedUpfront" Decimal Own;
    NetBilledCost "x_NetBilledCost" Decimal Own;
    NetEffectiveCost "x_NetEffectiveCost" Decimal Own;
    NetUpfrontFee "x_NetUpfrontFee" Decimal Own;
    Operation "x_Operation" Text Own;
    ProductFamily "x_ProductFamily" Text Own;
    ServiceCode "x_ServiceCode" Text Own;
    UpfrontFee "x_UpfrontFee" Decimal Own;
    UsageType "x_UsageType" Text Own;
}

impl ChargeColumn {
    /// As SQL spells it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.spec().name
    }

    /// Where it stands in a file.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The column of this name, compared without ASCII case: real feeds misspell (`SkuPriceid`).
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|column| column.name().eq_ignore_ascii_case(name))
    }
}

/// Every column of the charge table but the tags', in the order of the files.
pub fn columns() -> impl Iterator<Item = ColumnSpec> {
    ChargeColumn::ALL.iter().map(|column| column.spec())
}

/// The charge table as a reader of the Parquet files sees it, with these tag columns at the end.
///
/// `tag_columns` maps a normalised tag key to its column, as [`crate::manifest::Manifest`] does.
/// All columns are nullable: real feeds lack any of them.
#[must_use]
pub fn charge_schema(tag_columns: &BTreeMap<String, String>) -> SchemaRef {
    let fixed = columns().map(|column| Field::new(column.name, column.kind.data_type(), true));
    let tags = tag_columns.values().map(|name| Field::new(name, DataType::Utf8, true));
    Arc::new(Schema::new(fixed.chain(tags).collect::<Vec<_>>()))
}

/// Start of the hour or day that a count of transactions belongs to.
pub const TRANSACTIONS_PERIOD: &str = "PeriodStart";
/// The workload that served them.
pub const TRANSACTIONS_WORKLOAD: &str = "Workload";
/// How many it served.
pub const TRANSACTIONS_COUNT: &str = "Transactions";

/// The transactions table: `PeriodStart` time, `Workload` text, `Transactions` decimal.
#[must_use]
pub fn transactions_schema() -> SchemaRef {
    Arc::new(Schema::new(vec![
        Field::new(TRANSACTIONS_PERIOD, ColumnType::Time.data_type(), false),
        Field::new(TRANSACTIONS_WORKLOAD, ColumnType::Text.data_type(), false),
        Field::new(TRANSACTIONS_COUNT, ColumnType::Decimal.data_type(), false),
    ]))
}

/// The calls table: `PeriodStart` time, `Workload`, `Operation` and `Client` text, `Calls` decimal.
#[must_use]
pub fn calls_schema() -> SchemaRef {
    let text = |name: &str| Field::new(name, ColumnType::Text.data_type(), false);
    Arc::new(Schema::new(vec![
        Field::new(TRANSACTIONS_PERIOD, ColumnType::Time.data_type(), false),
        text(TRANSACTIONS_WORKLOAD),
        text("Operation"),
        text("Client"),
        Field::new("Calls", ColumnType::Decimal.data_type(), false),
    ]))
}

/// The metrics table: columns as the ClickHouse exporter of the OpenTelemetry Collector names them, with what a
/// series says of its resource beside them (`x_` columns). Attributes are JSON objects, moments are microseconds.
#[must_use]
pub fn metrics_schema() -> SchemaRef {
    let text = |name: &str| Field::new(name, DataType::Utf8, true);
    let time = |name: &str| Field::new(name, ColumnType::Time.data_type(), true);
    let float = |name: &str| Field::new(name, DataType::Float64, true);
    Arc::new(Schema::new(vec![
        text("ResourceAttributes"),
        text("ScopeName"),
        text("ServiceName"),
        text("MetricName"),
        text("MetricUnit"),
        text("Attributes"),
        time("StartTimeUnix"),
        time("TimeUnix"),
        float("Value"),
        Field::new("Count", DataType::Int64, true),
        float("Sum"),
        float("Min"),
        float("Max"),
        Field::new("AggregationTemporality", DataType::Int32, true),
        Field::new("IsMonotonic", DataType::Boolean, true),
        text("MetricType"),
        text("x_ResourceId"),
        text("x_SubAccountId"),
        text("x_RegionId"),
        text("x_State"),
        text("x_SeriesId"),
    ]))
}

/// The id of a log record or span, the last column of their tables.
pub const RECORD_ID: &str = "x_RecordId";

/// The logs table: columns as the ClickHouse exporter of the OpenTelemetry Collector names those of `otel_logs`, with
/// what a record says of its resource beside them (`x_` columns). Attributes are JSON objects, moments are nanoseconds.
#[must_use]
pub fn logs_schema() -> SchemaRef {
    records_schema(
        "SeverityNumber",
        &[
            "ServiceName",
            "Body",
            "SeverityText",
            "TraceId",
            "SpanId",
            "ScopeName",
            "LogAttributes",
            "ResourceAttributes",
        ],
    )
}

/// The spans table: columns as the exporter names those of `otel_traces`; `Duration` is in nanoseconds.
#[must_use]
pub fn spans_schema() -> SchemaRef {
    records_schema(
        "Duration",
        &[
            "ServiceName",
            "TraceId",
            "SpanId",
            "ParentSpanId",
            "SpanName",
            "SpanKind",
            "StatusCode",
            "StatusMessage",
            "ScopeName",
            "SpanAttributes",
            "ResourceAttributes",
        ],
    )
}

fn records_schema(number: &str, texts: &[&str]) -> SchemaRef {
    let text = |name: &&str| Field::new(*name, DataType::Utf8, true);
    let nanos = DataType::Timestamp(TimeUnit::Nanosecond, None);
    let mut fields =
        vec![Field::new("Timestamp", nanos, false), Field::new(number, DataType::Int64, false)];
    fields.extend(texts.iter().chain(&["x_SubAccountId", "x_RegionId", "x_ResourceId"]).map(text));
    fields.push(Field::new(RECORD_ID, DataType::Utf8, false));
    Arc::new(Schema::new(fields))
}

/// The same table with the number of the file of a load that each row came in.
pub(crate) fn with_file(schema: &SchemaRef) -> SchemaRef {
    let file = Arc::new(Field::new("x_File", DataType::Int64, false));
    Arc::new(Schema::new(schema.fields().iter().cloned().chain([file]).collect::<Vec<_>>()))
}

/// The changes table: time in microseconds, texts, and the fields before and after as JSON objects.
#[must_use]
pub fn changes_schema() -> SchemaRef {
    let text = |name: &str| Field::new(name, DataType::Utf8, true);
    let time = Field::new("Timestamp", ColumnType::Time.data_type(), false);
    let texts = [
        "Id",
        "Source",
        "ServiceName",
        "Kind",
        "Actor",
        "Summary",
        "x_SubAccountId",
        "x_RegionId",
        "x_ResourceId",
        "Before",
        "After",
    ];
    Arc::new(Schema::new(std::iter::once(time).chain(texts.map(text)).collect::<Vec<_>>()))
}

// Redshift cuts identifiers after 127 bytes; this leaves room for prefix and suffix.
const TAG_STEM_LIMIT: usize = 80;

/// The column that keeps the values of a normalised tag key, e.g. `x_tag_environment`.
///
/// A key with letters other than `a-z`, `0-9` and `_` gets the start of its SHA-256 appended, so that two keys never
/// share a column and the name does not depend on what was loaded before.
#[must_use]
pub fn tag_column(key: &str) -> String {
    let plain = |letter: char| matches!(letter, 'a'..='z' | '0'..='9' | '_');
    if key.len() <= TAG_STEM_LIMIT && key.chars().all(plain) {
        return format!("x_tag_{key}");
    }
    let stem: String = key
        .chars()
        .take(TAG_STEM_LIMIT)
        .map(|letter| if plain(letter) { letter } else { '_' })
        .collect();
    let digest = Sha256::digest(key.as_bytes());
    let suffix: String = digest
        .iter()
        .take(4)
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|nibble| char::from_digit(nibble.into(), 16))
        .collect();
    format!("x_tag_{stem}_{suffix}")
}

#[cfg(test)]
mod tests {
    use wherefore_contract::dimension::FocusDimension;

    use super::*;

    #[test]
    fn the_charge_table_holds_the_57_columns_of_focus_1_2_and_our_own() {
        let of = |origin| columns().filter(|column| column.origin == origin).count();
        assert_eq!((of(Origin::Focus10), of(Origin::Focus11), of(Origin::Focus12)), (43, 7, 7));
        assert_eq!(of(Origin::Own), 18);
    }

    #[test]
    fn every_dimension_has_its_column() {
        for dimension in FocusDimension::ALL {
            let column = ChargeColumn::by_name(dimension.column()).unwrap();
            assert_eq!(column.name(), dimension.column());
        }
    }

    #[test]
    fn different_tag_keys_never_share_a_column() {
        let names = ["cost_center", "cost-center", "cost center", "비용부서", "aws:createdby"]
            .map(tag_column);
        let distinct: std::collections::BTreeSet<_> = names.iter().collect();
        assert_eq!(distinct.len(), names.len());
        assert_eq!(tag_column("environment"), "x_tag_environment");
        assert!(names.iter().all(|name| name.is_ascii()));
    }
}
