//! Writes the bills: one FOCUS 1.2 file a provider and month.

use std::{fs, path::Path};

use jiff::civil::DateTime;
use wherefore_load::focus_file::{FocusFileWriter, FocusRow};

use crate::{
    DemoError, DemoProgress,
    calendar::{Month, date_of, midnight},
    catalog::Provider,
    company::{Commitment, Company, Stream},
    ledger::{Ledger, LineKey, Sums},
    money::{Amount, Quantity},
};

mod commitments;
mod extras;
mod names;

use self::{commitments::held_row, names::Names};

/// Into how many rows the days of streams are split. More rows are never more cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Split {
    pub(crate) slices: Slices,
    /// This many percent of the streams have one more slice a day.
    pub(crate) finer_percent: usize,
}

/// Into how many rows each day of one stream is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slices {
    /// Slices of a day, 1 to 24.
    pub(crate) hours: u8,
    pub(crate) resources: u32,
}

impl Split {
    /// A row a day.
    pub(crate) const DAILY: Self =
        Self { slices: Slices { hours: 1, resources: 1 }, finer_percent: 0 };

    /// The split that comes nearest to `rows`, when a row a day gives `daily_rows`.
    pub(crate) fn towards(rows: u64, daily_rows: u64) -> Self {
        let percent = rows.saturating_mul(100) / daily_rows.max(1);
        match (u8::try_from(percent / 100), usize::try_from(percent % 100)) {
            (Ok(hours @ 0..24), Ok(finer_percent)) if hours > 0 => {
                Self { slices: Slices { hours, resources: 1 }, finer_percent }
            }
            (Ok(0), _) => Self::DAILY,
            _ => {
                let resources = u32::try_from((percent + 1200) / 2400).unwrap_or(u32::MAX);
                Self { slices: Slices { hours: 24, resources }, finer_percent: 0 }
            }
        }
    }

    /// The slices of a stream. The finer ones are spread over all providers and workloads.
    fn of(self, stream: usize) -> Slices {
        let is_finer = stream * 37 % 100 < self.finer_percent;
        Slices { hours: self.slices.hours + u8::from(is_finer), ..self.slices }
    }
}

impl Slices {
    pub(crate) fn parts(self) -> u64 {
        u64::from(self.hours) * u64::from(self.resources)
    }
}

/// Where the rows of one bill go.
pub(crate) trait Sink {
    fn put(&mut self, row: &FocusRow<'_>) -> Result<(), DemoError>;
    fn finish(self: Box<Self>) -> Result<(), DemoError>;
}

impl Sink for FocusFileWriter {
    fn put(&mut self, row: &FocusRow<'_>) -> Result<(), DemoError> {
        Ok(self.write(row)?)
    }

    fn finish(self: Box<Self>) -> Result<(), DemoError> {
        (*self).finish()?;
        Ok(())
    }
}

/// Opens the bill of a provider and month under `dir/bills`.
pub(crate) fn open_file(
    dir: &Path,
    provider: Provider,
    month: Month,
) -> Result<Box<dyn Sink>, DemoError> {
    let folder = dir.join("bills").join(provider.folder());
    fs::create_dir_all(&folder)
        .map_err(|source| DemoError::Folder { path: folder.clone(), source })?;
    let path = folder.join(format!("{}.parquet", month.first.strftime("%Y-%m")));
    Ok(Box::new(FocusFileWriter::create(path)?))
}

/// Opens the sink of a bill.
pub(crate) type Open<'a> = dyn Fn(Provider, Month) -> Result<Box<dyn Sink>, DemoError> + 'a;

/// Writes every bill and returns what was written, summed.
pub(crate) fn write(
    open: &Open<'_>,
    company: &Company,
    split: Split,
    progress: &mut dyn FnMut(DemoProgress),
) -> Result<Ledger, DemoError> {
    let coarse = company.daily_rows() * split.slices.parts();
    let expected = coarse + company.daily_rows() * split.finer_percent as u64 / 100;
    let mut ledger = Ledger::default();
    for provider in Provider::ALL {
        for month in &company.calendar.months {
            let sink = open(provider, *month)?;
            let bill = Bill::open(company, provider, *month, split, sink, &mut ledger);
            let sums = bill.write()?;
            ledger.bills.insert((provider, month.start), sums);
            progress(DemoProgress { rows: ledger.rows(), expected });
        }
    }
    Ok(ledger)
}

/// One file while it is written.
struct Bill<'a> {
    company: &'a Company,
    provider: Provider,
    month: Month,
    split: Split,
    invoice: String,
    sink: Box<dyn Sink>,
    ledger: &'a mut Ledger,
    sums: Sums,
}

/// Costs of one row that hang together.
#[derive(Clone, Copy, Default)]
struct Costs {
    billed: Amount,
    effective: Amount,
    contracted: Amount,
    list: Amount,
}

impl<'a> Bill<'a> {
    fn open(
        company: &'a Company,
        provider: Provider,
        month: Month,
        split: Split,
        sink: Box<dyn Sink>,
        ledger: &'a mut Ledger,
    ) -> Self {
        let invoice = format!("{}-{}", provider.folder(), month.first.strftime("%Y%m"));
        Self { company, provider, month, split, invoice, sink, ledger, sums: Sums::default() }
    }

    fn write(mut self) -> Result<Sums, DemoError> {
        let company = self.company;
        let provider = self.provider;
        let is_ours = |stream: &Stream| stream.sku.provider == provider;
        for (number, stream) in company.streams.iter().enumerate().filter(|(_, s)| is_ours(s)) {
            self.write_usage(number, stream)?;
        }
        for (number, commitment) in company.commitments.iter().enumerate() {
            if commitment.provider == provider {
                self.write_commitment(number, commitment)?;
            }
        }
        self.write_extras()?;
        let Self { sink, sums, .. } = self;
        sink.finish()?;
        Ok(sums)
    }

    // What all rows of the file share.
    fn row<'b>(&self) -> FocusRow<'b> {
        let period = self.month.period();
        let (id, name) = self.provider.billing_account();
        FocusRow {
            billing_account_id: Some(id),
            billing_account_name: Some(name),
            billing_account_type: Some("Billing Account"),
            billing_currency: Some("USD"),
            billing_period_start: Some(period.start()),
            billing_period_end: Some(period.end()),
            invoice_issuer_name: Some(self.provider.name()),
            provider_name: Some(self.provider.name()),
            publisher_name: Some(self.provider.name()),
            ..FocusRow::default()
        }
    }

    // Every row passes here, so the sums are those of the file.
    fn put(&mut self, row: &FocusRow<'_>, costs: Costs) -> Result<(), DemoError> {
        self.sink.put(&FocusRow {
            invoice_id: Some(&self.invoice),
            billed_cost: Some(costs.billed.exact()?),
            effective_cost: Some(costs.effective.exact()?),
            contracted_cost: Some(costs.contracted.exact()?),
            list_cost: Some(costs.list.exact()?),
            ..*row
        })?;
        self.sums.billed += costs.billed;
        self.sums.effective += costs.effective;
        self.sums.list += costs.list;
        self.sums.rows += 1;
        Ok(())
    }

    fn write_usage(&mut self, number: usize, stream: &Stream) -> Result<(), DemoError> {
        let names = Names::of(self.company, number, stream);
        let slices = self.split.of(number);
        let mut total = (Amount::default(), Quantity::default());
        for day in self.month.start..self.month.end {
            let used = stream.quantities.get(day).copied().unwrap_or_default();
            let reserved = stream.commitment.and_then(|place| {
                let commitment = self.company.commitments.get(place)?;
                let is_running = (commitment.start..commitment.end).contains(&day);
                is_running.then_some(commitment)
            });
            let covered = reserved.map_or(Quantity(0), |held| used.min(held.capacity));
            let rest = Quantity(used.0 - covered.0);
            for part in 0..slices.parts() {
                for (quantity, held) in [
                    (covered.part(part, slices.parts()), reserved),
                    (rest.part(part, slices.parts()), None),
                ] {
                    if quantity.0 > 0 {
                        let usage =
                            Usage { stream, names: &names, slices, day, part, quantity, held };
                        total.0 += self.write_slice(&usage)?;
                        total.1.0 += quantity.0;
                    }
                }
            }
        }
        if let Some(workload) = stream.workload.filter(|_| stream.is_tagged && total.1.0 > 0) {
            let key = LineKey {
                workload,
                month_start: self.month.start,
                cloud_service: stream.sku.cloud_service,
                usage_type: names.meter,
                unit: stream.sku.unit,
            };
            self.ledger.add_line(key, total.0, total.1);
        }
        Ok(())
    }

    fn write_slice(&mut self, usage: &Usage<'_>) -> Result<Amount, DemoError> {
        let Usage { stream, names, slices, day, part, quantity, held } = *usage;
        let list_price = stream.price_on(day);
        let contracted_price = list_price.percent(stream.contracted_percent);
        let (list, contracted) = (quantity.times(list_price), quantity.times(contracted_price));
        let resource = part / u64::from(slices.hours);
        let resource_id = names.resource_id(resource);
        let slot = part % u64::from(slices.hours);
        let (start, end) = slot_of(day, slot, slices.hours);
        let base = FocusRow {
            charge_category: Some("Usage"),
            charge_frequency: Some("Usage-Based"),
            charge_description: Some(&names.description),
            charge_period_start: Some(start),
            charge_period_end: Some(end),
            consumed_quantity: Some(quantity.decimal()),
            pricing_quantity: Some(quantity.decimal()),
            list_unit_price: Some(list_price.decimal()),
            contracted_unit_price: Some(contracted_price.decimal()),
            pricing_category: Some("Standard"),
            resource_id: Some(&resource_id),
            ..names.apply(&self.row(), stream)
        };
        let Some(commitment) = held else {
            let costs = Costs { billed: contracted, effective: contracted, contracted, list };
            self.put(&base, costs)?;
            return Ok(contracted);
        };
        let effective = quantity.times(commitment.rate);
        let row = FocusRow {
            pricing_category: Some("Committed"),
            commitment_discount_quantity: Some(quantity.decimal()),
            ..held_row(&base, commitment, &names.commitment, "Used", stream)
        };
        self.put(&row, Costs { billed: Amount(0), effective, contracted, list })?;
        Ok(effective)
    }
}

/// One slice of a stream's day.
#[derive(Clone, Copy)]
struct Usage<'a> {
    stream: &'a Stream,
    names: &'a Names,
    slices: Slices,
    day: usize,
    part: u64,
    quantity: Quantity,
    held: Option<&'a Commitment>,
}

/// The slices of a day cover it without gaps, in whole hours.
fn slot_of(day: usize, slot: u64, slots: u8) -> (DateTime, DateTime) {
    let hour = |slot: u64| 24 * slot / u64::from(slots);
    let at = |hour: u64| match i8::try_from(hour) {
        Ok(hour @ 0..24) => date_of(day).at(hour, 0, 0, 0),
        Ok(_) | Err(_) => midnight(day + 1),
    };
    (at(hour(slot)), at(hour(slot + 1)))
}
