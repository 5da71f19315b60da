//! Writes the accounts' hourly cost reports: CUR 2.0 as CSV, one file a month.

use std::{
    fs::{self, File},
    io::{BufWriter, Write as _},
    path::Path,
};

use jiff::{
    ToSpan,
    civil::{DateTime, Time},
};
use rust_decimal::Decimal;

use super::draw::{Estate, PAYER, Plan, Reservation, Usage};
use crate::{
    DemoError,
    calendar::{Month, date_of},
    catalog::Named,
};

const FOLDER: &str = "aws-foundry";
const HOURS: usize = 24;

macro_rules! columns {
    ($($name:ident),* $(,)?) => {
        /// One line of the report; what is empty is left empty.
        #[derive(Debug, Clone, Default)]
        struct Line { $($name: String,)* }

        const HEADER: &[&str] = &[$(stringify!($name),)*];

        impl Line {
            fn cells(&self) -> [&str; HEADER.len()] {
                [$(&self.$name,)*]
            }
        }
    };
}

columns! {
    bill_billing_entity, bill_billing_period_end_date, bill_billing_period_start_date, bill_invoice_id,
    bill_invoicing_entity, bill_payer_account_id, bill_payer_account_name,
    line_item_currency_code, line_item_legal_entity, line_item_line_item_description, line_item_line_item_type,
    line_item_operation, line_item_product_code, line_item_resource_id, line_item_unblended_cost,
    line_item_unblended_rate, line_item_usage_account_id, line_item_usage_account_name, line_item_usage_amount,
    line_item_usage_end_date, line_item_usage_start_date, line_item_usage_type,
    pricing_lease_contract_length, pricing_offering_class, pricing_public_on_demand_cost,
    pricing_public_on_demand_rate, pricing_purchase_option, pricing_unit,
    product, product_location, product_region_code,
    reservation_amortized_upfront_fee_for_billing_period, reservation_effective_cost, reservation_end_time,
    reservation_reservation_a_r_n, reservation_start_time,
    reservation_unused_amortized_upfront_fee_for_billing_period, reservation_unused_quantity,
    reservation_unused_recurring_fee,
    savings_plan_amortized_upfront_commitment_for_billing_period, savings_plan_end_time,
    savings_plan_offering_type, savings_plan_payment_option, savings_plan_purchase_term,
    savings_plan_recurring_commitment_for_billing_period, savings_plan_savings_plan_a_r_n,
    savings_plan_savings_plan_effective_cost, savings_plan_start_time, savings_plan_total_commitment_to_date,
    savings_plan_used_commitment,
}

/// Writes `dir/bills/aws-foundry/<YYYY-MM>.csv`.
pub(super) fn reports(dir: &Path, estate: &Estate) -> Result<(), DemoError> {
    let folder = dir.join("bills").join(FOLDER);
    fs::create_dir_all(&folder)
        .map_err(|source| DemoError::Folder { path: folder.clone(), source })?;
    let first = estate.months.first().map_or(0, |month| month.start * HOURS);
    for month in &estate.months {
        let path = folder.join(format!("{}.csv", month.first.strftime("%Y-%m")));
        let failed = |source| DemoError::File { path: path.clone(), source };
        let mut file = BufWriter::new(File::create(&path).map_err(failed)?);
        writeln!(file, "{}", HEADER.join(",")).map_err(failed)?;
        for line in lines(estate, *month, first) {
            let cells: Vec<String> = line.cells().iter().map(|cell| quoted(cell)).collect();
            writeln!(file, "{}", cells.join(",")).map_err(failed)?;
        }
        file.flush().map_err(failed)?;
    }
    Ok(())
}

// Texts hold commas and quotes where they are JSON.
fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn moment(at: DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn lines(estate: &Estate, month: Month, first: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for hour in month.start * HOURS..month.end * HOURS {
        let report = Report { month, hour, at: hour - first };
        report.plan(&estate.plan, &mut lines);
        for held in [&estate.idle, &estate.ending] {
            let running = held.running.get(report.at).copied().unwrap_or(0);
            lines.push(report.reserved(held, running));
        }
        for table in &estate.tables {
            let units = table.units.get(report.at).copied().unwrap_or(0);
            lines.extend((units > 0).then(|| report.open(&table.usage, units)));
        }
    }
    for held in [&estate.idle, &estate.ending] {
        lines.push(fee(held, month, first));
    }
    lines
}

/// An hour of a month.
#[derive(Clone, Copy)]
struct Report {
    month: Month,
    hour: usize,
    /// Counted from the first hour that is written.
    at: usize,
}

fn hour_of(hour: usize) -> DateTime {
    let day = date_of(hour / HOURS).to_datetime(Time::midnight());
    day.saturating_add(i64::try_from(hour % HOURS).unwrap_or(0).hours())
}

// What every line of a month has.
fn bare(month: Month, account: Named, from: usize, until: usize) -> Line {
    let period = month.period();
    let text = str::to_owned;
    Line {
        bill_billing_entity: text("AWS"),
        bill_billing_period_start_date: moment(period.start()),
        bill_billing_period_end_date: moment(period.end()),
        bill_invoice_id: format!("foundry-{}", month.first.strftime("%Y%m")),
        bill_invoicing_entity: text("Amazon Web Services, Inc."),
        bill_payer_account_id: text(PAYER.0),
        bill_payer_account_name: text(PAYER.1),
        line_item_currency_code: text("USD"),
        line_item_legal_entity: text("Amazon Web Services, Inc."),
        line_item_usage_account_id: text(account.0),
        line_item_usage_account_name: text(account.1),
        line_item_usage_start_date: moment(hour_of(from)),
        line_item_usage_end_date: moment(hour_of(until)),
        ..Line::default()
    }
}

fn used(report: Report, usage: &Usage, quantity: i64) -> Line {
    let amount = Decimal::from(quantity);
    let cost = (amount * usage.price).normalize().to_string();
    let meter = usage.meter();
    Line {
        line_item_line_item_description: format!("${} per {} of {meter}", usage.price, usage.unit),
        line_item_operation: usage.operation.to_owned(),
        line_item_product_code: usage.code.to_owned(),
        line_item_resource_id: usage.resource.to_owned(),
        line_item_unblended_rate: usage.price.to_string(),
        line_item_usage_amount: amount.to_string(),
        line_item_usage_type: meter,
        pricing_public_on_demand_cost: cost,
        pricing_public_on_demand_rate: usage.price.to_string(),
        pricing_unit: usage.unit.to_owned(),
        product: format!(r#"{{"product_name":"{}"}}"#, usage.cloud_service),
        product_location: usage.region.name.to_owned(),
        product_region_code: usage.region.id.to_owned(),
        ..bare(report.month, usage.account, report.hour, report.hour + 1)
    }
}

fn of_reservation(line: Line, held: &Reservation) -> Line {
    let text = str::to_owned;
    Line {
        pricing_lease_contract_length: text("1yr"),
        pricing_offering_class: text("standard"),
        pricing_purchase_option: text(if held.is_upfront { "All Upfront" } else { "No Upfront" }),
        reservation_reservation_a_r_n: held.id.clone(),
        reservation_start_time: moment(held.start),
        reservation_end_time: moment(held.end),
        ..line
    }
}

fn of_plan(line: Line, plan: &Plan) -> Line {
    let text = str::to_owned;
    Line {
        savings_plan_offering_type: text("ComputeSavingsPlans"),
        savings_plan_payment_option: text("No Upfront"),
        savings_plan_purchase_term: text("1yr"),
        savings_plan_savings_plan_a_r_n: plan.id.clone(),
        savings_plan_start_time: moment(plan.start),
        savings_plan_end_time: moment(plan.end),
        ..line
    }
}

fn exact(amount: Decimal) -> String {
    amount.normalize().to_string()
}

impl Report {
    fn open(self, usage: &Usage, quantity: i64) -> Line {
        let line = used(self, usage, quantity);
        let cost = line.pricing_public_on_demand_cost.clone();
        Line {
            line_item_line_item_type: "Usage".to_owned(),
            line_item_unblended_cost: cost,
            ..line
        }
    }

    // A covered line is cancelled by its negation; what the plan costs stands on its fee.
    fn plan(self, plan: &Plan, lines: &mut Vec<Line>) {
        let running = plan.running.get(self.at).copied().unwrap_or(0);
        let covered = running.min(plan.machines);
        if covered > 0 {
            let line = of_plan(self.open(&plan.covered, covered), plan);
            let effective = exact(Decimal::from(covered) * plan.rate());
            lines.push(Line {
                line_item_line_item_type: "SavingsPlanCoveredUsage".to_owned(),
                savings_plan_savings_plan_effective_cost: effective,
                ..line.clone()
            });
            lines.push(Line {
                line_item_line_item_type: "SavingsPlanNegation".to_owned(),
                line_item_unblended_cost: exact(-Decimal::from(covered) * plan.covered.price),
                line_item_resource_id: String::new(),
                ..line
            });
        }
        let text = str::to_owned;
        let hourly = exact(plan.hourly());
        lines.push(of_plan(
            Line {
                line_item_line_item_description: text("1 year No Upfront Compute Savings Plan"),
                line_item_line_item_type: text("SavingsPlanRecurringFee"),
                line_item_product_code: text("ComputeSavingsPlans"),
                line_item_resource_id: plan.id.clone(),
                line_item_unblended_cost: hourly.clone(),
                line_item_usage_amount: text("1"),
                line_item_usage_type: text("ComputeSP:1yrNoUpfront"),
                product: text(r#"{"product_name":"Savings Plans for AWS Compute usage"}"#),
                savings_plan_amortized_upfront_commitment_for_billing_period: text("0"),
                savings_plan_recurring_commitment_for_billing_period: hourly.clone(),
                savings_plan_total_commitment_to_date: hourly,
                savings_plan_used_commitment: exact(Decimal::from(covered) * plan.rate()),
                ..bare(self.month, plan.covered.account, self.hour, self.hour + 1)
            },
            plan,
        ));
        if running > covered {
            lines.push(self.open(&plan.covered, running - covered));
        }
        let beside = plan.running_beside.get(self.at).copied().unwrap_or(0);
        lines.extend((beside > 0).then(|| self.open(&plan.beside, beside)));
    }

    fn reserved(self, held: &Reservation, running: i64) -> Line {
        let line = used(self, &held.usage, running);
        of_reservation(
            Line {
                line_item_line_item_type: "DiscountedUsage".to_owned(),
                line_item_unblended_cost: "0".to_owned(),
                line_item_unblended_rate: "0".to_owned(),
                reservation_effective_cost: exact(Decimal::from(running) * held.rate),
                ..line
            },
            held,
        )
    }
}

// The fee of a whole month, with what of it nobody used.
fn fee(held: &Reservation, month: Month, first: usize) -> Line {
    let hours = month.start * HOURS..month.end * HOURS;
    let running = |hour: usize| held.running.get(hour - first).copied().unwrap_or(0);
    let bought: i64 = hours.clone().map(|_| held.machines).sum();
    let unused: i64 = hours.clone().map(|hour| held.machines - running(hour)).sum();
    let cost = exact(Decimal::from(bought) * held.rate);
    let idle = exact(Decimal::from(unused) * held.rate);
    let zero = || "0".to_owned();
    let upfront = |amount: &String| if held.is_upfront { amount.clone() } else { zero() };
    let recurring = |amount: &String| if held.is_upfront { zero() } else { amount.clone() };
    let usage = &held.usage;
    of_reservation(
        Line {
            line_item_line_item_description: "Fee of a reservation".to_owned(),
            line_item_line_item_type: "RIFee".to_owned(),
            line_item_operation: usage.operation.to_owned(),
            line_item_product_code: usage.code.to_owned(),
            line_item_unblended_cost: recurring(&cost),
            line_item_usage_amount: bought.to_string(),
            line_item_usage_type: format!("{}HeavyUsage:{}", usage.region.prefix, usage.name),
            pricing_unit: usage.unit.to_owned(),
            product: format!(r#"{{"product_name":"{}"}}"#, usage.cloud_service),
            product_location: usage.region.name.to_owned(),
            product_region_code: usage.region.id.to_owned(),
            reservation_amortized_upfront_fee_for_billing_period: upfront(&cost),
            reservation_unused_amortized_upfront_fee_for_billing_period: upfront(&idle),
            reservation_unused_quantity: unused.to_string(),
            reservation_unused_recurring_fee: recurring(&idle),
            ..bare(month, usage.account, month.start * HOURS, month.end * HOURS)
        },
        held,
    )
}
