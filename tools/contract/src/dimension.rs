//! What charges can be grouped and filtered by: FOCUS columns, tags and grains of time.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A way to group or filter charges, written as one word, or `tag:KEY`.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(into = "String", try_from = "String")]
#[schemars(with = "String")]
pub enum Dimension {
    /// A column of FOCUS 1.2 or one of our `x_` columns.
    Column(FocusDimension),
    /// A tag key, lower case and trimmed, e.g. `tag:environment`.
    Tag(String),
    /// The program of ours that a charge belongs to (the tag that the warehouse is set to).
    Workload,
    /// A grain of the charge period's start, in UTC.
    Time(Grain),
}

/// A grain of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    Hour,
    Day,
    /// ISO 8601 week, named by its Monday.
    IsoWeek,
    Month,
    Quarter,
    Year,
    /// `Monday` to `Sunday`; filters also take `1` to `7` (ISO 8601).
    Weekday,
    /// `weekday` (Monday to Friday) or `weekend`.
    WeekPart,
    /// The hour of the day, as `0` to `23`.
    HourOfDay,
}

macro_rules! focus_dimensions {
    ($($variant:ident => $name:literal, $column:literal;)*) => {
        /// A column of the charge table that can be grouped by.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FocusDimension { $(#[doc = concat!("FOCUS column `", $column, "`.")] $variant,)* }

        impl FocusDimension {
            /// Every column dimension, in a fixed order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Our word for it, as tool arguments and result columns spell it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The column of the charge table.
            #[must_use]
            pub fn column(self) -> &'static str {
                match self { $(Self::$variant => $column,)* }
            }
        }
    };
}

focus_dimensions! {
    AvailabilityZone => "availability_zone", "AvailabilityZone";
    BillingAccountId => "billing_account", "BillingAccountId";
    BillingAccountName => "billing_account_name", "BillingAccountName";
    BillingAccountType => "billing_account_type", "BillingAccountType";
    BillingCurrency => "billing_currency", "BillingCurrency";
    BillingPeriod => "billing_period", "BillingPeriodStart";
    CapacityReservationId => "capacity_reservation", "CapacityReservationId";
    CapacityReservationStatus => "capacity_reservation_status", "CapacityReservationStatus";
    ChargeCategory => "charge_category", "ChargeCategory";
    ChargeClass => "charge_class", "ChargeClass";
    ChargeDescription => "charge_description", "ChargeDescription";
    ChargeFrequency => "charge_frequency", "ChargeFrequency";
    CommitmentDiscountCategory => "commitment_discount_category", "CommitmentDiscountCategory";
    CommitmentDiscountId => "commitment_discount", "CommitmentDiscountId";
    CommitmentDiscountName => "commitment_discount_name", "CommitmentDiscountName";
    CommitmentDiscountStatus => "commitment_discount_status", "CommitmentDiscountStatus";
    CommitmentDiscountType => "commitment_discount_type", "CommitmentDiscountType";
    CommitmentDiscountUnit => "commitment_discount_unit", "CommitmentDiscountUnit";
    ConsumedUnit => "consumed_unit", "ConsumedUnit";
    InvoiceId => "invoice", "InvoiceId";
    InvoiceIssuer => "invoice_issuer", "InvoiceIssuerName";
    PricingCategory => "pricing_category", "PricingCategory";
    PricingCurrency => "pricing_currency", "PricingCurrency";
    PricingUnit => "pricing_unit", "PricingUnit";
    Provider => "provider", "ProviderName";
    Publisher => "publisher", "PublisherName";
    Region => "region", "RegionId";
    RegionName => "region_name", "RegionName";
    ResourceId => "resource_id", "ResourceId";
    ResourceName => "resource_name", "ResourceName";
    ResourceType => "resource_type", "ResourceType";
    ServiceCategory => "service_category", "ServiceCategory";
    ServiceName => "cloud_service", "ServiceName";
    ServiceSubcategory => "service_subcategory", "ServiceSubcategory";
    SkuId => "sku", "SkuId";
    SkuMeter => "sku_meter", "SkuMeter";
    SkuPriceId => "sku_price", "SkuPriceId";
    SubAccountId => "sub_account", "SubAccountId";
    SubAccountName => "sub_account_name", "SubAccountName";
    SubAccountType => "sub_account_type", "SubAccountType";
    CommitmentEnd => "commitment_end", "x_CommitmentEnd";
    CommitmentOffering => "commitment_offering", "x_CommitmentOffering";
    CommitmentPayment => "commitment_payment", "x_CommitmentPayment";
    CommitmentStart => "commitment_start", "x_CommitmentStart";
    CommitmentTerm => "commitment_term", "x_CommitmentTerm";
    InstanceType => "instance_type", "x_InstanceType";
    LineItemType => "line_item_type", "x_LineItemType";
    Operation => "operation", "x_Operation";
    ProductFamily => "product_family", "x_ProductFamily";
    ServiceCode => "service_code", "x_ServiceCode";
    UsageType => "usage_type", "x_UsageType";
}

impl Grain {
    /// Every grain, in a fixed order.
    pub const ALL: &'static [Self] = &[
        Self::Hour,
        Self::Day,
        Self::IsoWeek,
        Self::Month,
        Self::Quarter,
        Self::Year,
        Self::Weekday,
        Self::WeekPart,
        Self::HourOfDay,
    ];

    /// Whether its values follow one another in time; the parts of a week and of a day come again.
    #[must_use]
    pub fn is_ordered(self) -> bool {
        match self {
            Self::Hour | Self::Day | Self::IsoWeek | Self::Month | Self::Quarter | Self::Year => {
                true
            }
            Self::Weekday | Self::WeekPart | Self::HourOfDay => false,
        }
    }

    /// Our word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::IsoWeek => "iso_week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::Weekday => "weekday",
            Self::WeekPart => "week_part",
            Self::HourOfDay => "hour_of_day",
        }
    }
}

impl FocusDimension {
    /// The version of the FOCUS standard that brought the column (column lists of the tags v1.0, v1.1
    /// and v1.2 of the specification); `None` for our own `x_` columns.
    #[must_use]
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "all but the later columns are as old as 1.0"
    )]
    pub fn since(self) -> Option<&'static str> {
        match self {
            Self::CapacityReservationId
            | Self::CapacityReservationStatus
            | Self::CommitmentDiscountUnit
            | Self::ServiceSubcategory
            | Self::SkuMeter => Some("1.1"),
            Self::BillingAccountType
            | Self::InvoiceId
            | Self::PricingCurrency
            | Self::SubAccountType => Some("1.2"),
            other => (!other.column().starts_with("x_")).then_some("1.0"),
        }
    }
}

impl Dimension {
    /// Our word for it, as it stands in tool arguments and as the name of a result column.
    #[must_use]
    pub fn name(&self) -> String {
        self.to_string()
    }

    /// The grain, when it is one of time.
    #[must_use]
    pub fn grain(&self) -> Option<Grain> {
        match self {
            Self::Time(grain) => Some(*grain),
            Self::Column(_) | Self::Tag(_) | Self::Workload => None,
        }
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Column(column) => out.write_str(column.name()),
            Self::Tag(key) => write!(out, "tag:{key}"),
            Self::Workload => out.write_str("workload"),
            Self::Time(grain) => out.write_str(grain.name()),
        }
    }
}

/// No dimension has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "no dimension is called `{name}`; use one of the names that describe_cost_data lists, or tag:KEY"
)]
pub struct UnknownDimension {
    pub name: String,
}

impl FromStr for Dimension {
    type Err = UnknownDimension;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(key) = text.strip_prefix("tag:") {
            let key = key.trim().to_lowercase();
            if key.is_empty() {
                return Err(UnknownDimension { name: text.to_owned() });
            }
            return Ok(Self::Tag(key));
        }
        if text == "workload" {
            return Ok(Self::Workload);
        }
        if let Some(grain) = Grain::ALL.iter().find(|grain| grain.name() == text) {
            return Ok(Self::Time(*grain));
        }
        FocusDimension::ALL
            .iter()
            .find(|column| column.name() == text)
            .map(|column| Self::Column(*column))
            .ok_or_else(|| UnknownDimension { name: text.to_owned() })
    }
}

impl From<Dimension> for String {
    fn from(dimension: Dimension) -> Self {
        dimension.to_string()
    }
}

impl TryFrom<String> for Dimension {
    type Error = UnknownDimension;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dimension_reads_back_as_it_was_written() {
        let columns = FocusDimension::ALL.iter().map(|column| Dimension::Column(*column));
        let grains = Grain::ALL.iter().map(|grain| Dimension::Time(*grain));
        let others = [Dimension::Workload, Dimension::Tag("cost-center".into())];
        for dimension in columns.chain(grains).chain(others) {
            assert_eq!(dimension.to_string().parse::<Dimension>().unwrap(), dimension);
        }
        assert!("service".parse::<Dimension>().is_err());
        assert!("tag: ".parse::<Dimension>().is_err());
    }
}
