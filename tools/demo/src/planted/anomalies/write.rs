//! Writes the bills of the research accounts: FOCUS 1.2 files of their own payer, one a month.

use std::{fs, path::Path};

use jiff::civil::Time;
use wherefore_load::focus_file::{FocusFileWriter, FocusRow};

use super::streams::Stream;
use crate::{
    DemoError,
    calendar::{Calendar, Month, date_of},
    catalog::{Named, Provider},
};

const PAYER: Named = ("410000000910", "Moonjar Research");
const FOLDER: &str = "aws-research";

/// Writes `dir/bills/aws-research/<YYYY-MM>.parquet`.
pub(super) fn bills(dir: &Path, calendar: &Calendar, streams: &[Stream]) -> Result<(), DemoError> {
    let folder = dir.join("bills").join(FOLDER);
    fs::create_dir_all(&folder)
        .map_err(|source| DemoError::Folder { path: folder.clone(), source })?;
    for month in &calendar.months {
        let path = folder.join(format!("{}.parquet", month.first.strftime("%Y-%m")));
        let mut file = FocusFileWriter::create(path)?;
        for stream in streams {
            write_month(&mut file, *month, stream)?;
        }
        file.finish()?;
    }
    Ok(())
}

fn write_month(file: &mut FocusFileWriter, month: Month, stream: &Stream) -> Result<(), DemoError> {
    let meter = stream.meter();
    let description = format!("{meter} in {}", stream.region.name);
    let invoice = format!("research-{}", month.first.strftime("%Y%m"));
    let period = month.period();
    let row = FocusRow {
        billing_account_id: Some(PAYER.0),
        billing_account_name: Some(PAYER.1),
        billing_account_type: Some("Billing Account"),
        billing_currency: Some("USD"),
        billing_period_start: Some(period.start()),
        billing_period_end: Some(period.end()),
        charge_category: Some("Usage"),
        charge_description: Some(&description),
        charge_frequency: Some("Usage-Based"),
        consumed_unit: Some(stream.sku.unit),
        contracted_unit_price: Some(stream.price.decimal()),
        invoice_id: Some(&invoice),
        invoice_issuer_name: Some(Provider::Aws.name()),
        list_unit_price: Some(stream.price.decimal()),
        pricing_category: Some("Standard"),
        pricing_unit: Some(stream.sku.unit),
        provider_name: Some(Provider::Aws.name()),
        publisher_name: Some(Provider::Aws.name()),
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
        sub_account_type: Some(Provider::Aws.sub_account_type()),
        ..FocusRow::default()
    };
    for day in month.start..month.end {
        let used = stream.used.get(day).copied().unwrap_or_default();
        if used.0 == 0 {
            continue;
        }
        let cost = used.times(stream.price).decimal().ok_or(DemoError::TooLarge)?;
        let midnight = |day: usize| date_of(day).to_datetime(Time::midnight());
        file.write(&FocusRow {
            charge_period_start: Some(midnight(day)),
            charge_period_end: Some(midnight(day + 1)),
            consumed_quantity: Some(used.decimal()),
            pricing_quantity: Some(used.decimal()),
            billed_cost: Some(cost),
            effective_cost: Some(cost),
            contracted_cost: Some(cost),
            list_cost: Some(cost),
            ..row
        })?;
    }
    Ok(())
}
