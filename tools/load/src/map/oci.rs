//! Oracle Cloud cost reports.

use std::collections::BTreeMap;

use crate::{
    cells::Chunk,
    error::Refusal,
    map::{
        self, Mapped,
        tags::{FlatTags, focus_key},
    },
    notes::SourceNotes,
    schema::{ChargeColumn, ColumnType},
};

// Source: Oracle, "Cost and Usage Reports", and the FOCUS converter of the FinOps Foundation for OCI. Oracle reports no
// amortisation: what is billed is what is effective. The overage columns repeat a part of the amounts beside them.
const COLUMNS: &[(ChargeColumn, &[&str])] = &[
    (ChargeColumn::AvailabilityZone, &["product/availabilityDomain"]),
    (ChargeColumn::BilledCost, &["cost/myCost"]),
    (ChargeColumn::BillingAccountId, &["cost/subscriptionId", "lineItem/tenantId"]),
    (ChargeColumn::BillingCurrency, &["cost/currencyCode"]),
    (ChargeColumn::ChargeDescription, &["product/Description"]),
    (ChargeColumn::ChargePeriodEnd, &["lineItem/intervalUsageEnd"]),
    (ChargeColumn::ChargePeriodStart, &["lineItem/intervalUsageStart"]),
    (ChargeColumn::ConsumedQuantity, &["usage/billedQuantity"]),
    (ChargeColumn::ConsumedUnit, &["cost/skuUnitDescription"]),
    (ChargeColumn::ContractedUnitPrice, &["cost/unitPrice"]),
    (ChargeColumn::EffectiveCost, &["cost/myCost"]),
    (ChargeColumn::LineItemId, &["lineItem/referenceNo"]),
    (ChargeColumn::PricingQuantity, &["usage/billedQuantity"]),
    (ChargeColumn::PricingUnit, &["cost/skuUnitDescription"]),
    (ChargeColumn::RegionId, &["product/region"]),
    (ChargeColumn::ResourceId, &["product/resourceId"]),
    (ChargeColumn::ServiceCode, &["product/service"]),
    (ChargeColumn::ServiceName, &["product/service"]),
    (ChargeColumn::SkuId, &["cost/productSku"]),
    (ChargeColumn::SkuMeter, &["product/Description"]),
    (ChargeColumn::SubAccountId, &["lineItem/tenantId"]),
    (ChargeColumn::UsageType, &["product/Description"]),
];

// Read beside the columns above, or known to repeat them.
const OTHER_COLUMNS: &[&str] = &[
    "product/compartmentId",
    "product/compartmentName",
    "usage/billedQuantityOverage",
    "cost/unitPriceOverage",
    "cost/myCostOverage",
    "cost/billingUnitReadable",
    "cost/overageFlag",
    "lineItem/isCorrection",
    "lineItem/backreferenceNo",
];

/// Where each column stands in the file.
pub(crate) struct OciPlan {
    places: BTreeMap<ChargeColumn, Vec<Option<usize>>>,
    correction: Option<usize>,
    tags: FlatTags,
}

impl OciPlan {
    pub(crate) fn of(header: &[String], notes: &mut SourceNotes) -> Self {
        let place = |name: &str| header.iter().position(|column| column.eq_ignore_ascii_case(name));
        let places = COLUMNS
            .iter()
            .map(|(column, names)| (*column, names.iter().map(|name| place(name)).collect()))
            .collect();
        let mut tags = FlatTags::default();
        for (place, name) in header.iter().enumerate() {
            let known = COLUMNS.iter().flat_map(|(_, names)| names.iter()).chain(OTHER_COLUMNS);
            if let Some(key) = name.strip_prefix("tags/") {
                if let Some(key) = focus_key(key) {
                    tags.add(key, place);
                }
            } else if name.eq_ignore_ascii_case("product/compartmentName") {
                tags.add("oci:compartment".to_owned(), place);
            } else if !known.into_iter().any(|known| known.eq_ignore_ascii_case(name)) {
                notes.unknown_columns.push(name.clone());
            }
        }
        for needed in ["cost/myCost", "cost/currencyCode"] {
            if place(needed).is_none() {
                notes.absent.push(needed.to_owned());
            }
        }
        Self { places, correction: place("lineItem/isCorrection"), tags }
    }

    pub(crate) fn wanted(&self) -> Vec<usize> {
        let named = self.places.values().flatten().flatten().copied();
        named.chain(self.correction).chain(self.tags.places()).collect()
    }

    pub(crate) fn map(&self, chunk: &Chunk, notes: &mut SourceNotes) -> Result<Mapped, Refusal> {
        let mut mapped = Mapped::new(chunk.rows);
        for (column, places) in &self.places {
            let first = places.iter().flatten().next().copied();
            let array = match column.spec().kind {
                ColumnType::Text => map::text(chunk, places)?,
                ColumnType::Decimal => {
                    map::numbers(chunk, first, column.name(), notes).map(map::decimals)
                }
                ColumnType::Time => map::moments(chunk, first, column.name(), notes)?,
            };
            if let Some(array) = array {
                mapped.set(*column, array);
            }
        }
        let mut class = crate::columns::TextColumn::new();
        let correction = chunk.at(self.correction);
        for row in 0..chunk.rows {
            let corrects =
                correction.text(row).is_some_and(|text| text.eq_ignore_ascii_case("true"));
            class.push(corrects.then_some("Correction"))?;
        }
        mapped.set(ChargeColumn::ChargeClass, class.finish()?);
        for (column, value) in [
            (ChargeColumn::ProviderName, "Oracle"),
            (ChargeColumn::PublisherName, "Oracle"),
            (ChargeColumn::InvoiceIssuerName, "Oracle"),
            (ChargeColumn::ChargeCategory, "Usage"),
            (ChargeColumn::ChargeFrequency, "Usage-Based"),
            (ChargeColumn::PricingCategory, "Standard"),
        ] {
            mapped.set(column, map::constant(value, chunk.rows)?);
        }
        mapped.tags = self.tags.read(chunk)?;
        Ok(mapped)
    }
}
