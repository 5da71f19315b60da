//! What is bought ahead: its purchase, and what of it nobody used.

use wherefore_load::focus_file::FocusRow;

use super::{Bill, Costs};
use crate::{
    DemoError,
    calendar::midnight,
    company::{Commitment, Payment, Stream},
    money::{Amount, Quantity},
};

impl Bill<'_> {
    // The purchase, and what of it nobody used: both belong to the platform's account, untagged.
    pub(super) fn write_commitment(
        &mut self,
        place: usize,
        held: &Commitment,
    ) -> Result<(), DemoError> {
        let Some(stream) = self.company.streams.get(held.stream) else { return Ok(()) };
        let id = commitment_id(held, place);
        let daily = held.capacity.times(held.rate);
        for day in self.month.start.max(held.start)..self.month.end.min(held.end) {
            let days = i64::try_from(held.end - held.start).unwrap_or(0);
            let bought = match held.payment {
                Payment::Recurring => Some((Quantity(held.capacity.0), "Recurring")),
                Payment::Upfront if day == held.start => {
                    Some((Quantity(held.capacity.0 * days), "One-Time"))
                }
                Payment::Upfront => None,
            };
            if let Some((quantity, frequency)) = bought {
                self.write_purchase(stream, held, &id, day, quantity, frequency)?;
            }
            let used = stream.quantities.get(day).copied().unwrap_or_default().min(held.capacity);
            if used < held.capacity {
                let idle = Quantity(held.capacity.0 - used.0);
                let effective = daily - used.times(held.rate);
                let row = FocusRow {
                    charge_category: Some("Usage"),
                    charge_frequency: Some("Usage-Based"),
                    pricing_category: Some("Committed"),
                    commitment_discount_quantity: Some(idle.decimal()),
                    ..self.commitment_row(stream, held, &id, day, "Unused")
                };
                self.put(&row, Costs { effective, ..Costs::default() })?;
            }
        }
        Ok(())
    }

    fn write_purchase(
        &mut self,
        stream: &Stream,
        held: &Commitment,
        id: &str,
        day: usize,
        quantity: Quantity,
        frequency: &'static str,
    ) -> Result<(), DemoError> {
        let billed = quantity.times(held.rate);
        let row = FocusRow {
            charge_category: Some("Purchase"),
            charge_frequency: Some(frequency),
            pricing_category: Some("Committed"),
            pricing_quantity: Some(quantity.decimal()),
            pricing_unit: Some(stream.sku.unit),
            list_unit_price: Some(held.rate.decimal()),
            contracted_unit_price: Some(held.rate.decimal()),
            commitment_discount_quantity: Some(quantity.decimal()),
            commitment_discount_status: None,
            ..self.commitment_row(stream, held, id, day, "")
        };
        let costs = Costs { billed, effective: Amount(0), contracted: billed, list: billed };
        self.put(&row, costs)
    }

    fn commitment_row<'b>(
        &self,
        stream: &Stream,
        held: &Commitment,
        id: &'b str,
        day: usize,
        status: &'static str,
    ) -> FocusRow<'b> {
        let (account, name) = self.provider.sub_accounts().first().copied().unwrap_or(("", ""));
        let row = FocusRow {
            charge_description: Some("Commitment"),
            charge_period_start: Some(midnight(day)),
            charge_period_end: Some(midnight(day + 1)),
            region_id: Some(stream.region.id),
            region_name: Some(stream.region.name),
            resource_id: Some(id),
            service_category: Some(stream.sku.category),
            service_name: Some(stream.sku.cloud_service),
            sku_meter: Some("Commitment"),
            sub_account_id: Some(account),
            sub_account_name: Some(name),
            sub_account_type: Some(self.provider.sub_account_type()),
            ..self.row()
        };
        held_row(&row, held, id, status, stream)
    }
}

pub(super) fn held_row<'a>(
    row: &FocusRow<'a>,
    held: &Commitment,
    id: &'a str,
    status: &'static str,
    stream: &Stream,
) -> FocusRow<'a> {
    FocusRow {
        commitment_discount_category: Some("Usage"),
        commitment_discount_id: Some(id),
        commitment_discount_name: Some(id),
        commitment_discount_status: Some(status),
        commitment_discount_type: Some(held.provider.commitment().0),
        commitment_discount_unit: Some(stream.sku.unit),
        ..*row
    }
}

pub(super) fn commitment_id(held: &Commitment, place: usize) -> String {
    format!("{}{place:04}", held.provider.commitment().1)
}
