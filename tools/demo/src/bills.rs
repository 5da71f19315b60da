//! Writes the bills: one FOCUS 1.2 file a provider and month.

use std::{fs, path::Path};

use jiff::civil::{DateTime, Time};
use wherefore_load::focus_file::{FocusFileWriter, FocusRow};

use crate::{
    DemoError, DemoProgress,
    calendar::{Month, date_of},
    catalog::Provider,
    company::{Commitment, Company, Payment, Stream},
    ledger::{Ledger, LineKey, Sums},
    money::{Amount, Quantity},
};

mod extras;

/// Into how many rows each day of a stream is split. More rows are never more cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Split {
    /// Slices of a day, 1 to 24.
    pub(crate) hours: u8,
    pub(crate) resources: u32,
}

impl Split {
    /// The split that comes nearest to `rows`, when a row a day gives `daily_rows`.
    pub(crate) fn towards(rows: u64, daily_rows: u64) -> Self {
        let times = rows.saturating_add(daily_rows / 2) / daily_rows.max(1);
        match u8::try_from(times) {
            Ok(hours) if hours <= 24 => Self { hours: hours.max(1), resources: 1 },
            Ok(_) | Err(_) => {
                let resources = u32::try_from((times + 12) / 24).unwrap_or(u32::MAX);
                Self { hours: 24, resources }
            }
        }
    }

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
    let expected = company.daily_rows() * split.parts();
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
        let invoice = self.invoice.clone();
        self.sink.put(&FocusRow {
            invoice_id: Some(&invoice),
            billed_cost: Some(exact(costs.billed)?),
            effective_cost: Some(exact(costs.effective)?),
            contracted_cost: Some(exact(costs.contracted)?),
            list_cost: Some(exact(costs.list)?),
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
        let mut total = (Amount::default(), Quantity::default());
        for day in self.month.start..self.month.end {
            let used = stream.quantities.get(day).copied().unwrap_or_default();
            let reserved = stream.commitment.and_then(|place| {
                let commitment = self.company.commitments.get(place)?;
                let is_running = (commitment.start..commitment.end).contains(&day);
                is_running.then_some((place, commitment))
            });
            let covered = reserved.map_or(Quantity(0), |(_, held)| used.min(held.capacity));
            let rest = Quantity(used.0 - covered.0);
            for part in 0..self.split.parts() {
                for (quantity, held) in [
                    (covered.part(part, self.split.parts()), reserved),
                    (rest.part(part, self.split.parts()), None),
                ] {
                    if quantity.0 > 0 {
                        let usage = Usage { stream, names: &names, day, part, quantity, held };
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
        let Usage { stream, names, day, part, quantity, held } = *usage;
        let list_price = stream.price_on(day);
        let contracted_price = list_price.percent(stream.contracted_percent);
        let (list, contracted) = (quantity.times(list_price), quantity.times(contracted_price));
        let resource = part / u64::from(self.split.hours);
        let resource_id = names.resource_id(resource);
        let slot = part % u64::from(self.split.hours);
        let (start, end) = slot_of(day, slot, self.split.hours);
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
        let Some((place, commitment)) = held else {
            let costs = Costs { billed: contracted, effective: contracted, contracted, list };
            self.put(&base, costs)?;
            return Ok(contracted);
        };
        let effective = quantity.times(commitment.rate);
        let id = commitment_id(commitment, place);
        let row = FocusRow {
            pricing_category: Some("Committed"),
            commitment_discount_quantity: Some(quantity.decimal()),
            ..held_row(&base, commitment, &id, "Used", stream)
        };
        self.put(&row, Costs { billed: Amount(0), effective, contracted, list })?;
        Ok(effective)
    }

    // The purchase, and what of it nobody used: both belong to the platform's account, untagged.
    fn write_commitment(&mut self, place: usize, held: &Commitment) -> Result<(), DemoError> {
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

/// One slice of a stream's day.
#[derive(Clone, Copy)]
struct Usage<'a> {
    stream: &'a Stream,
    names: &'a Names,
    day: usize,
    part: u64,
    quantity: Quantity,
    held: Option<(usize, &'a Commitment)>,
}

/// Texts that all rows of a stream share.
struct Names {
    meter: String,
    description: String,
    tags: Option<String>,
    sku: String,
    sku_price: String,
    resource: String,
    resource_name: String,
    account: (&'static str, &'static str),
}

impl Names {
    fn of(company: &Company, number: usize, stream: &Stream) -> Self {
        let meter = stream.meter();
        let workload = stream.workload.and_then(|place| company.workloads.get(place));
        let owner = workload.map_or("shared", |workload| workload.name.as_str());
        let sku = format!("{}-{}", stream.sku.provider.folder(), meter.replace(' ', "-"));
        let accounts = stream.sku.provider.sub_accounts();
        Self {
            description: format!("{meter} in {}", stream.region.name),
            tags: workload.filter(|_| stream.is_tagged).map(|workload| workload.tags.clone()),
            sku_price: format!("{sku}-standard"),
            sku,
            resource: format!("{}/{}-{number:05}", stream.sku.resource, owner),
            resource_name: format!("{owner}-{}", stream.sku.resource),
            account: accounts.get(stream.sub_account).copied().unwrap_or(("", "")),
            meter,
        }
    }

    fn resource_id(&self, number: u64) -> String {
        if number == 0 { self.resource.clone() } else { format!("{}-{number}", self.resource) }
    }

    fn apply<'a>(&'a self, row: &FocusRow<'a>, stream: &Stream) -> FocusRow<'a> {
        FocusRow {
            consumed_unit: Some(stream.sku.unit),
            pricing_unit: Some(stream.sku.unit),
            region_id: Some(stream.region.id),
            region_name: Some(stream.region.name),
            resource_name: Some(&self.resource_name),
            resource_type: Some(stream.sku.resource),
            service_category: Some(stream.sku.category),
            service_name: Some(stream.sku.cloud_service),
            sku_id: Some(&self.sku),
            sku_meter: Some(&self.meter),
            sku_price_id: Some(&self.sku_price),
            sub_account_id: Some(self.account.0),
            sub_account_name: Some(self.account.1),
            sub_account_type: Some(stream.sku.provider.sub_account_type()),
            tags: self.tags.as_deref(),
            ..*row
        }
    }
}

fn held_row<'a>(
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

fn commitment_id(held: &Commitment, place: usize) -> String {
    format!("{}{place:04}", held.provider.commitment().1)
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

fn midnight(day: usize) -> DateTime {
    date_of(day).to_datetime(Time::midnight())
}

fn exact(amount: Amount) -> Result<rust_decimal::Decimal, DemoError> {
    amount.decimal().ok_or(DemoError::TooLarge)
}
