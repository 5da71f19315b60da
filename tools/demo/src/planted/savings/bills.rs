//! Writes the laboratory's bills: FOCUS 1.2 files of its own payer, one a month.

use std::path::Path;

use wherefore_load::focus_file::{FocusFileWriter, FocusRow};

use super::{
    super::bill::{Payer, on_day},
    labs,
    things::{Day, Thing},
};
use crate::{
    DemoError,
    calendar::{Calendar, Month},
    catalog::Provider,
    money::{Amount, Quantity},
};

const PAYER: Payer = Payer { account: labs::PAYER, folder: "aws-labs", invoice: "labs" };
const RESERVATION: &str = "arn:aws:ec2:ap-northeast-2:410000000901:reserved-instances/labs";

/// Writes `dir/bills/aws-labs/<YYYY-MM>.parquet`.
pub(super) fn write(dir: &Path, calendar: &Calendar, things: &[Thing]) -> Result<(), DemoError> {
    PAYER.bill(dir, calendar, things, write_month)
}

fn write_month(
    file: &mut FocusFileWriter,
    month: Month,
    row: &FocusRow<'_>,
    thing: &Thing,
) -> Result<(), DemoError> {
    let meter = thing.meter();
    let tags = thing
        .environment
        .as_deref()
        .map(|environment| format!(r#"{{"environment":"{environment}","team":"labs"}}"#));
    let row = FocusRow {
        region_id: Some(thing.region),
        region_name: Some(thing.region_name),
        service_category: Some(thing.category),
        service_name: Some(thing.cloud_service),
        sub_account_id: Some(thing.account),
        sub_account_name: Some(thing.account_name),
        tags: tags.as_deref(),
        ..*row
    };
    for day in month.start..month.end {
        let Some(used) = thing.days.get(day).filter(|used| used.is_used()) else { continue };
        write_usage(file, &on_day(&row, day), thing, &meter, used)?;
    }
    Ok(())
}

fn write_usage(
    file: &mut FocusFileWriter,
    row: &FocusRow<'_>,
    thing: &Thing,
    meter: &str,
    used: &Day,
) -> Result<(), DemoError> {
    let usage = FocusRow {
        charge_category: Some("Usage"),
        charge_frequency: Some("Usage-Based"),
        charge_description: Some(meter),
        consumed_unit: Some(thing.unit),
        pricing_unit: Some(thing.unit),
        pricing_category: Some("Standard"),
        list_unit_price: Some(thing.list_price.decimal()),
        contracted_unit_price: Some(thing.contracted_price.decimal()),
        resource_id: Some(&thing.resource_id),
        sku_id: Some(meter),
        sku_meter: Some(meter),
        ..*row
    };
    let at_list = |quantity: Quantity| quantity.times(thing.list_price);
    let counted = |quantity: Quantity, billed: Amount, effective: Amount| {
        Ok::<_, DemoError>(FocusRow {
            consumed_quantity: Some(quantity.decimal()),
            pricing_quantity: Some(quantity.decimal()),
            billed_cost: Some(billed.exact()?),
            effective_cost: Some(effective.exact()?),
            contracted_cost: Some(quantity.times(thing.contracted_price).exact()?),
            list_cost: Some(at_list(quantity).exact()?),
            ..usage
        })
    };
    if used.open.0 > 0 {
        file.write(&counted(used.open, used.open_cost, used.open_cost)?)?;
    }
    if used.held.0 == 0 {
        return Ok(());
    }
    let held = FocusRow {
        pricing_category: Some("Committed"),
        commitment_discount_category: Some("Usage"),
        commitment_discount_id: Some(RESERVATION),
        commitment_discount_name: Some(RESERVATION),
        commitment_discount_quantity: Some(used.held.decimal()),
        commitment_discount_status: Some("Used"),
        commitment_discount_type: Some(Provider::Aws.commitment().0),
        commitment_discount_unit: Some(thing.unit),
        ..counted(used.held, Amount(0), used.held_cost)?
    };
    file.write(&held)?;
    write_purchase(file, &held, thing, used)
}

// The same hours are bought on the same day.
fn write_purchase(
    file: &mut FocusFileWriter,
    held: &FocusRow<'_>,
    thing: &Thing,
    used: &Day,
) -> Result<(), DemoError> {
    let price = thing.held_price.decimal();
    file.write(&FocusRow {
        charge_category: Some("Purchase"),
        charge_frequency: Some("Recurring"),
        charge_description: Some("Commitment"),
        sku_id: None,
        sku_meter: Some("Commitment"),
        resource_id: Some(RESERVATION),
        commitment_discount_status: None,
        consumed_quantity: None,
        consumed_unit: None,
        list_unit_price: Some(price),
        contracted_unit_price: Some(price),
        billed_cost: Some(used.held_cost.exact()?),
        effective_cost: Some(Amount(0).exact()?),
        contracted_cost: Some(used.held_cost.exact()?),
        list_cost: Some(used.held_cost.exact()?),
        ..*held
    })?;
    Ok(())
}
