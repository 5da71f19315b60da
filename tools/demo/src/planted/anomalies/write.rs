//! Writes the bills of the research accounts.

use std::path::Path;

use wherefore_load::focus_file::{FocusFileWriter, FocusRow};

use super::{
    super::bill::{Payer, on_day},
    streams::Stream,
};
use crate::{
    DemoError,
    calendar::{Calendar, Month},
};

const PAYER: Payer = Payer {
    account: ("410000000910", "Moonjar Research"),
    folder: "aws-research",
    invoice: "research",
};

/// Writes `dir/bills/aws-research/<YYYY-MM>.parquet`.
pub(super) fn bills(dir: &Path, calendar: &Calendar, streams: &[Stream]) -> Result<(), DemoError> {
    PAYER.bill(dir, calendar, streams, write_month)
}

fn write_month(
    file: &mut FocusFileWriter,
    month: Month,
    row: &FocusRow<'_>,
    stream: &Stream,
) -> Result<(), DemoError> {
    let meter = stream.meter();
    let description = format!("{meter} in {}", stream.region.name);
    let row = FocusRow {
        charge_category: Some("Usage"),
        charge_description: Some(&description),
        charge_frequency: Some("Usage-Based"),
        consumed_unit: Some(stream.sku.unit),
        contracted_unit_price: Some(stream.price.decimal()),
        list_unit_price: Some(stream.price.decimal()),
        pricing_category: Some("Standard"),
        pricing_unit: Some(stream.sku.unit),
        region_id: Some(stream.region.id),
        region_name: Some(stream.region.name),
        resource_id: Some(&stream.resource_id),
        resource_type: Some(stream.sku.resource),
        service_category: Some(stream.sku.category),
        service_name: Some(stream.sku.cloud_service),
        sku_id: Some(&meter),
        sku_meter: Some(&meter),
        sub_account_id: Some(stream.account.0),
        sub_account_name: Some(stream.account.1),
        ..*row
    };
    for day in month.start..month.end {
        let used = stream.used.get(day).copied().unwrap_or_default();
        if used.0 == 0 {
            continue;
        }
        let cost = used.times(stream.price).exact()?;
        file.write(&FocusRow {
            consumed_quantity: Some(used.decimal()),
            pricing_quantity: Some(used.decimal()),
            billed_cost: Some(cost),
            effective_cost: Some(cost),
            contracted_cost: Some(cost),
            list_cost: Some(cost),
            ..on_day(&row, day)
        })?;
    }
    Ok(())
}
