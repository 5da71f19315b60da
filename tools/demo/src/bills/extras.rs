//! What stands beside usage: support, tax, credits, refunds and corrections of older months.

use jiff::civil::DateTime;
use wherefore_load::focus_file::FocusRow;

use super::{Bill, Costs, midnight};
use crate::{
    DemoError,
    company::{Company, Workload},
    money::{Amount, Quantity},
};

// Tax that the company pays on its bills, in percent.
const TAX_PERCENT: i128 = 10;
// A correction reaches back this many months.
const CORRECTED_AFTER: usize = 2;
// Every this many months a bill corrects an older one, and every this many one has a refund.
const CORRECTED_EVERY: usize = 4;
const REFUNDED_EVERY: usize = 5;
const REFUND_DOLLARS: f64 = 180.0;

/// A charge that is no usage.
struct Extra<'a> {
    category: &'static str,
    frequency: &'static str,
    cloud_service: &'a str,
    service_category: &'static str,
    description: &'a str,
    period: (DateTime, DateTime),
    workload: Option<&'a Workload>,
}

impl Bill<'_> {
    pub(super) fn write_extras(&mut self) -> Result<(), DemoError> {
        let company = self.company;
        let number =
            company.calendar.months.iter().position(|month| *month == self.month).unwrap_or(0);
        self.write_credits(company)?;
        if number % REFUNDED_EVERY == REFUNDED_EVERY - 1 {
            self.write_refund(company, number)?;
        }
        if number % CORRECTED_EVERY == CORRECTED_EVERY - 1 {
            self.write_correction(company, number - CORRECTED_AFTER)?;
        }
        let (name, dollars) = self.provider.support();
        let fee = Amount::cents(dollars);
        self.write_extra(
            &Extra {
                category: "Purchase",
                frequency: "Recurring",
                cloud_service: name,
                service_category: "Other",
                description: "Support plan",
                period: self.whole_month(),
                workload: None,
            },
            fee,
        )?;
        let tax = self.sums.billed.percent_in_cents(TAX_PERCENT);
        self.write_extra(
            &Extra {
                category: "Tax",
                frequency: "One-Time",
                cloud_service: "Tax",
                service_category: "Other",
                description: "VAT",
                period: self.whole_month(),
                workload: None,
            },
            tax,
        )
    }

    fn whole_month(&self) -> (DateTime, DateTime) {
        let period = self.month.period();
        (period.start(), period.end())
    }

    fn write_credits(&mut self, company: &Company) -> Result<(), DemoError> {
        for (place, workload) in company.workloads.iter().enumerate() {
            let Some((dollars, until)) = workload.credit else { continue };
            if workload.provider != self.provider {
                continue;
            }
            for day in self.month.start..self.month.end.min(until) {
                let credit = -Amount::cents(dollars);
                let extra = Extra {
                    category: "Credit",
                    frequency: "One-Time",
                    cloud_service: "Promotional Credit",
                    service_category: "Other",
                    description: "Migration programme credit",
                    period: (midnight(day), midnight(day + 1)),
                    workload: Some(workload),
                };
                self.write_extra(&extra, credit)?;
                *self.ledger.beside.entry((place, self.month.start)).or_default() += credit;
            }
        }
        Ok(())
    }

    // To a workload without a story: the first of this provider after the stories.
    fn write_refund(&mut self, company: &Company, number: usize) -> Result<(), DemoError> {
        let stories = company.stories.len();
        let mut others = company.workloads.iter().enumerate().skip(stories + number);
        let Some((place, workload)) = others.find(|(_, other)| other.provider == self.provider)
        else {
            return Ok(());
        };
        let refund = -Amount::cents(REFUND_DOLLARS);
        let day = self.month.start + 9;
        let extra = Extra {
            category: "Adjustment",
            frequency: "One-Time",
            cloud_service: "Refund",
            service_category: "Other",
            description: "Refund after an interruption",
            period: (midnight(day), midnight(day + 1)),
            workload: Some(workload),
        };
        self.write_extra(&extra, refund)?;
        *self.ledger.beside.entry((place, self.month.start)).or_default() += refund;
        Ok(())
    }

    fn write_extra(&mut self, extra: &Extra<'_>, amount: Amount) -> Result<(), DemoError> {
        let place = extra.workload.map_or(0, |workload| workload.sub_account);
        let account = self.provider.sub_accounts().get(place).copied().unwrap_or(("", ""));
        let row = FocusRow {
            charge_category: Some(extra.category),
            charge_description: Some(extra.description),
            charge_frequency: Some(extra.frequency),
            charge_period_start: Some(extra.period.0),
            charge_period_end: Some(extra.period.1),
            service_category: Some(extra.service_category),
            service_name: Some(extra.cloud_service),
            sub_account_id: Some(account.0),
            sub_account_name: Some(account.1),
            sub_account_type: Some(self.provider.sub_account_type()),
            tags: extra.workload.map(|workload| workload.tags.as_str()),
            ..self.row()
        };
        let costs = match extra.category {
            "Purchase" => {
                Costs { billed: amount, effective: amount, contracted: amount, list: amount }
            }
            _ => Costs { billed: amount, effective: amount, ..Costs::default() },
        };
        self.put(&row, costs)
    }

    // A day of an older month was metered too high by a twentieth; this bill takes it back.
    fn write_correction(&mut self, company: &Company, number: usize) -> Result<(), DemoError> {
        let stories = company.stories.len();
        let Some(corrected) = company.calendar.months.get(number) else { return Ok(()) };
        let day = corrected.start + 14;
        let mut candidates = company.streams.iter().enumerate().filter(|(_, stream)| {
            stream.sku.provider == self.provider
                && stream.commitment.is_none()
                && stream.workload.is_some_and(|workload| workload >= stories)
                && stream.quantities.get(day).is_some_and(|used| used.0 > 0)
        });
        let Some((number, stream)) = candidates.next() else { return Ok(()) };
        let names = super::Names::of(company, number, stream);
        let used = stream.quantities.get(day).copied().unwrap_or_default();
        let back = Quantity(-(used.0 / 20));
        let list_price = stream.price_on(day);
        let contracted_price = list_price.percent(stream.contracted_percent);
        let contracted = back.times(contracted_price);
        let row = FocusRow {
            charge_category: Some("Usage"),
            charge_class: Some("Correction"),
            charge_frequency: Some("Usage-Based"),
            charge_description: Some("Correction of metered usage"),
            charge_period_start: Some(midnight(day)),
            charge_period_end: Some(midnight(day + 1)),
            consumed_quantity: Some(back.decimal()),
            pricing_quantity: Some(back.decimal()),
            list_unit_price: Some(list_price.decimal()),
            contracted_unit_price: Some(contracted_price.decimal()),
            pricing_category: Some("Standard"),
            resource_id: Some(&names.resource),
            ..names.apply(&self.row(), stream)
        };
        let list = back.times(list_price);
        self.put(&row, Costs { billed: contracted, effective: contracted, contracted, list })
    }
}
