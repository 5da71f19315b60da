//! Names, categories and commitments of AWS line items.

use std::{borrow::Cow, collections::HashMap};

use arrow::array::ArrayRef;

use crate::{
    cells::{Cells, Chunk},
    columns::TextColumn,
    error::Refusal,
    map::{self, Mapped, cur::CurPlan, line_type::LineType},
    schema::ChargeColumn,
};

/// Columns that are read here.
pub(super) const READ: &[&str] = &[
    "product",
    "product_product_name",
    "product_product_family",
    "line_item_currency_code",
    "line_item_product_code",
    "line_item_usage_type",
    "pricing_unit",
    "reservation_reservation_a_r_n",
    "savings_plan_savings_plan_a_r_n",
    "pricing_lease_contract_length",
    "pricing_offering_class",
    "pricing_purchase_option",
    "reservation_end_time",
    "reservation_start_time",
    "savings_plan_end_time",
    "savings_plan_offering_type",
    "savings_plan_payment_option",
    "savings_plan_purchase_term",
    "savings_plan_start_time",
];

// What a report says of a commitment: for a savings plan, and for a reservation.
const TERMS: [(ChargeColumn, &str, &str); 3] = [
    (ChargeColumn::CommitmentTerm, "savings_plan_purchase_term", "pricing_lease_contract_length"),
    (ChargeColumn::CommitmentOffering, "savings_plan_offering_type", "pricing_offering_class"),
    (ChargeColumn::CommitmentPayment, "savings_plan_payment_option", "pricing_purchase_option"),
];
const SPANS: [(ChargeColumn, &str, &str); 2] = [
    (ChargeColumn::CommitmentStart, "savings_plan_start_time", "reservation_start_time"),
    (ChargeColumn::CommitmentEnd, "savings_plan_end_time", "reservation_end_time"),
];

impl CurPlan {
    pub(super) fn set_labels(
        &self,
        mapped: &mut Mapped,
        chunk: &Chunk,
        types: &[LineType],
    ) -> Result<(), Refusal> {
        mapped.set(ChargeColumn::ProviderName, map::constant("AWS", chunk.rows)?);
        self.set_currency(mapped, chunk)?;
        self.set_service_name(mapped, chunk)?;
        self.set_product_family(mapped, chunk)?;
        self.set_regions(mapped, chunk)?;
        self.set_categories(mapped, chunk, types)?;
        self.set_commitments(mapped, chunk, types)
    }

    // AWS bills in USD unless a report says otherwise; a report without the column is read as USD.
    fn set_currency(&self, mapped: &mut Mapped, chunk: &Chunk) -> Result<(), Refusal> {
        let cells = chunk.at(self.place("line_item_currency_code"));
        let mut column = TextColumn::new();
        for row in 0..chunk.rows {
            column.push(Some(cells.text(row).as_deref().unwrap_or("USD")))?;
        }
        mapped.set(ChargeColumn::BillingCurrency, column.finish()?);
        Ok(())
    }

    fn set_service_name(&self, mapped: &mut Mapped, chunk: &Chunk) -> Result<(), Refusal> {
        let code = chunk.at(self.place("line_item_product_code"));
        let names = ("product_product_name", "product_name");
        let column = self.product(chunk, names, |row| code.text(row))?;
        mapped.set(ChargeColumn::ServiceName, column);
        Ok(())
    }

    fn set_product_family(&self, mapped: &mut Mapped, chunk: &Chunk) -> Result<(), Refusal> {
        let names = ("product_product_family", "product_family");
        let column = self.product(chunk, names, |_| None)?;
        mapped.set(ChargeColumn::ProductFamily, column);
        Ok(())
    }

    // An attribute of the product: its own column first, then the map of all attributes, then what stands
    // in for it.
    fn product<'a>(
        &self,
        chunk: &Chunk,
        (flat, key): (&str, &str),
        or: impl Fn(usize) -> Option<Cow<'a, str>>,
    ) -> Result<ArrayRef, Refusal> {
        let flat = chunk.at(self.place(flat));
        let json = chunk.at(self.place("product"));
        let mut named: HashMap<String, Option<String>> = HashMap::new();
        let mut column = TextColumn::new();
        for row in 0..chunk.rows {
            if let Some(name) = flat.text(row) {
                column.push(Some(&name))?;
                continue;
            }
            let json = json.text(row).unwrap_or_default();
            if !named.contains_key(json.as_ref()) {
                named.insert(json.clone().into_owned(), attribute(&json, key));
            }
            match named.get(json.as_ref()).and_then(Option::as_deref) {
                Some(name) => column.push(Some(name))?,
                None => column.push(or(row).as_deref())?,
            }
        }
        Ok(column.finish()?)
    }

    // Reports cut down to a few columns name only the zone: its region is the zone without the
    // letter.
    fn set_regions(&self, mapped: &mut Mapped, chunk: &Chunk) -> Result<(), Refusal> {
        if mapped.has(ChargeColumn::RegionId) {
            return Ok(());
        }
        let zones = chunk.at(self.place("line_item_availability_zone"));
        let mut column = TextColumn::new();
        for row in 0..chunk.rows {
            let zone = zones.text(row).unwrap_or_default();
            let region = zone.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
            column.push((!region.is_empty()).then_some(region))?;
        }
        mapped.set(ChargeColumn::RegionId, column.finish()?);
        Ok(())
    }

    fn set_categories(
        &self,
        mapped: &mut Mapped,
        chunk: &Chunk,
        types: &[LineType],
    ) -> Result<(), Refusal> {
        let usage_types = chunk.at(self.place("line_item_usage_type"));
        let units = chunk.at(self.place("pricing_unit"));
        let [mut category, mut class, mut frequency, mut pricing, mut unit, mut reserved] =
            std::array::from_fn(|_| TextColumn::new());
        for (row, kind) in types.iter().enumerate() {
            category.push(Some(kind.charge_category()))?;
            class.push((*kind == LineType::Refund).then_some("Correction"))?;
            frequency.push(kind.charge_frequency())?;
            pricing.push(kind.pricing_category(usage_types.text(row).as_deref()))?;
            let metered = kind.is_running_usage().then(|| units.text(row)).flatten();
            unit.push(metered.as_deref())?;
            let is_reserved = matches!(kind, LineType::DiscountedUsage | LineType::RiFee);
            let held = is_reserved.then(|| units.text(row)).flatten();
            reserved.push(held.as_deref())?;
        }
        mapped.set(ChargeColumn::ChargeCategory, category.finish()?);
        mapped.set(ChargeColumn::ChargeClass, class.finish()?);
        mapped.set(ChargeColumn::ChargeFrequency, frequency.finish()?);
        mapped.set(ChargeColumn::PricingCategory, pricing.finish()?);
        mapped.set(ChargeColumn::ConsumedUnit, unit.finish()?);
        mapped.set(ChargeColumn::CommitmentDiscountUnit, reserved.finish()?);
        Ok(())
    }

    fn set_commitments(
        &self,
        mapped: &mut Mapped,
        chunk: &Chunk,
        types: &[LineType],
    ) -> Result<(), Refusal> {
        let plans = chunk.at(self.place("savings_plan_savings_plan_a_r_n"));
        let reservations = chunk.at(self.place("reservation_reservation_a_r_n"));
        let [mut id, mut category, mut name, mut status] =
            std::array::from_fn(|_| TextColumn::new());
        for (row, kind) in types.iter().enumerate() {
            let reserved = reservations.text(row);
            let commitment = kind.commitment(reserved.is_some());
            id.push(commitment.and_then(|_| plans.text(row).or(reserved)).as_deref())?;
            category.push(commitment.map(|names| names.0))?;
            name.push(commitment.map(|names| names.1))?;
            status.push(kind.commitment_status())?;
        }
        mapped.set(ChargeColumn::CommitmentDiscountId, id.finish()?);
        mapped.set(ChargeColumn::CommitmentDiscountCategory, category.finish()?);
        mapped.set(ChargeColumn::CommitmentDiscountType, name.finish()?);
        mapped.set(ChargeColumn::CommitmentDiscountStatus, status.finish()?);
        self.set_terms(mapped, chunk, types)?;
        self.set_spans(mapped, chunk, types)
    }

    // Term, kind and payment stand on the lines of the commitment itself and on what it covered.
    fn set_terms(
        &self,
        mapped: &mut Mapped,
        chunk: &Chunk,
        types: &[LineType],
    ) -> Result<(), Refusal> {
        let reservations = chunk.at(self.place("reservation_reservation_a_r_n"));
        for (column, plan, reserved) in TERMS {
            let [plan, reserved] = [plan, reserved].map(|name| self.place(name));
            if plan.or(reserved).is_none() {
                continue;
            }
            let (plan, reserved) = (chunk.at(plan), chunk.at(reserved));
            let mut told = TextColumn::new();
            for (row, kind) in types.iter().enumerate() {
                let held = kind.commitment(reservations.text(row).is_some());
                let text = held.and_then(|_| plan.text(row).or_else(|| reserved.text(row)));
                told.push(text.as_deref())?;
            }
            mapped.set(column, told.finish()?);
        }
        Ok(())
    }

    // When a commitment began and ends. What is no moment is left out: it tells nothing.
    fn set_spans(
        &self,
        mapped: &mut Mapped,
        chunk: &Chunk,
        types: &[LineType],
    ) -> Result<(), Refusal> {
        let reservations = chunk.at(self.place("reservation_reservation_a_r_n"));
        for (column, plan, reserved) in SPANS {
            let [plan, reserved] = [plan, reserved].map(|name| self.place(name));
            if plan.or(reserved).is_none() {
                continue;
            }
            let cells = [chunk.at(plan), chunk.at(reserved)];
            let mut told = TextColumn::new();
            for (row, kind) in types.iter().enumerate() {
                let held = kind.commitment(reservations.text(row).is_some());
                let moment = |cells: &Cells| cells.moment(row).ok().flatten();
                let moment = held.and_then(|_| cells.into_iter().find_map(moment));
                let text = moment.and_then(|(micros, _)| spelled(micros));
                told.push(text.as_deref())?;
            }
            mapped.set(column, told.finish()?);
        }
        Ok(())
    }
}

/// `2026-11-15T07:59:59` of microseconds since 1970, in UTC.
fn spelled(micros: i64) -> Option<String> {
    let moment = jiff::Timestamp::from_microsecond(micros).ok()?;
    Some(moment.to_zoned(jiff::tz::TimeZone::UTC).datetime().to_string())
}

fn attribute(json: &str, name: &str) -> Option<String> {
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json).ok()?;
    object.get(name)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}
