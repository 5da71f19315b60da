//! Reads the figures of a batch of mapped rows.

use std::collections::BTreeMap;

use arrow::{
    array::{Array, ArrayRef, AsArray, Decimal128Array, StringArray, TimestampMicrosecondArray},
    datatypes::{Decimal128Type, Int32Type, TimestampMicrosecondType},
};
use wherefore_contract::dimension::FocusDimension;

use super::{ChargeStats, VALUES_KEPT, joined};
use crate::{map::Mapped, moment, schema::ChargeColumn};

const DAY_MICROS: i64 = 86_400_000_000;
const ONE: i128 = 1_000_000_000_000_000_000;
// A product of a price and a quantity may differ from the printed cost by the rounding of the feed.
const PRODUCT_TOLERANCE: i128 = ONE / 1_000_000;

// Ids whose names stand beside them.
const NAMED: &[(ChargeColumn, ChargeColumn, &str)] = &[
    (ChargeColumn::SubAccountId, ChargeColumn::SubAccountName, "sub_account"),
    (ChargeColumn::BillingAccountId, ChargeColumn::BillingAccountName, "billing_account"),
    (ChargeColumn::RegionId, ChargeColumn::RegionName, "region"),
    (ChargeColumn::ResourceId, ChargeColumn::ResourceName, "resource_id"),
    (ChargeColumn::ServiceCode, ChargeColumn::ServiceName, "service_code"),
    (
        ChargeColumn::CommitmentDiscountId,
        ChargeColumn::CommitmentDiscountName,
        "commitment_discount",
    ),
];

/// A text column of a batch: dictionary codes and their values.
struct Texts {
    codes: Vec<Option<usize>>,
    values: Option<StringArray>,
}

impl Texts {
    fn of(array: &ArrayRef) -> Self {
        match array.as_dictionary_opt::<Int32Type>() {
            Some(dictionary) => {
                let code = |key: Option<i32>| key.and_then(|key| usize::try_from(key).ok());
                Self {
                    codes: dictionary.keys().iter().map(code).collect(),
                    values: Some(dictionary.values().as_string::<i32>().clone()),
                }
            }
            None => Self { codes: vec![None; array.len()], values: None },
        }
    }

    fn code(&self, row: usize) -> Option<usize> {
        self.codes.get(row).copied().flatten()
    }

    fn get(&self, row: usize) -> Option<&str> {
        let code = self.code(row)?;
        self.values.as_ref().map(|values| values.value(code))
    }

    /// Rows by value.
    fn counts(&self) -> Vec<(&str, u64)> {
        let Some(values) = &self.values else { return Vec::new() };
        let mut counts = vec![0_u64; values.len()];
        for code in self.codes.iter().flatten() {
            if let Some(count) = counts.get_mut(*code) {
                *count += 1;
            }
        }
        let counted = counts.into_iter().enumerate().filter(|(_, count)| *count > 0);
        counted.map(|(code, count)| (values.value(code), count)).collect()
    }
}

struct Columns {
    billed: Decimal128Array,
    effective: Decimal128Array,
    list: Decimal128Array,
    contracted: Decimal128Array,
    list_price: Decimal128Array,
    quantity: Decimal128Array,
    upfront: Decimal128Array,
    amortized: Decimal128Array,
    starts: TimestampMicrosecondArray,
    ends: TimestampMicrosecondArray,
    period_starts: TimestampMicrosecondArray,
    period_ends: TimestampMicrosecondArray,
    currency: Texts,
    category: Texts,
    class: Texts,
    commitment: Texts,
    line_type: Texts,
}

impl Columns {
    fn of(mapped: &Mapped) -> Self {
        let decimal = |column| mapped.column(column).as_primitive::<Decimal128Type>().clone();
        let time =
            |column| mapped.column(column).as_primitive::<TimestampMicrosecondType>().clone();
        let text = |column| Texts::of(&mapped.column(column));
        Self {
            billed: decimal(ChargeColumn::BilledCost),
            effective: decimal(ChargeColumn::EffectiveCost),
            list: decimal(ChargeColumn::ListCost),
            contracted: decimal(ChargeColumn::ContractedCost),
            list_price: decimal(ChargeColumn::ListUnitPrice),
            quantity: decimal(ChargeColumn::PricingQuantity),
            upfront: decimal(ChargeColumn::UpfrontFee),
            amortized: decimal(ChargeColumn::AmortizedUpfront),
            starts: time(ChargeColumn::ChargePeriodStart),
            ends: time(ChargeColumn::ChargePeriodEnd),
            period_starts: time(ChargeColumn::BillingPeriodStart),
            period_ends: time(ChargeColumn::BillingPeriodEnd),
            currency: text(ChargeColumn::BillingCurrency),
            category: text(ChargeColumn::ChargeCategory),
            class: text(ChargeColumn::ChargeClass),
            commitment: text(ChargeColumn::CommitmentDiscountId),
            line_type: text(ChargeColumn::LineItemType),
        }
    }
}

fn amount(array: &Decimal128Array, row: usize) -> Option<i128> {
    (!array.is_null(row)).then(|| array.value(row))
}

fn micros(array: &TimestampMicrosecondArray, row: usize) -> Option<i64> {
    (!array.is_null(row)).then(|| array.value(row))
}

impl ChargeStats {
    /// Adds the figures of a batch, all of one billing period.
    pub(crate) fn observe(&mut self, mapped: &Mapped) {
        let columns = Columns::of(mapped);
        self.rows += mapped.rows as u64;
        for row in 0..mapped.rows {
            self.observe_time(&columns, row);
            self.observe_metrics(&columns, row);
            self.observe_commitment(&columns, row);
        }
        self.observe_sums(&columns, mapped);
        self.observe_values(mapped);
        self.observe_names(mapped);
    }

    fn observe_time(&mut self, columns: &Columns, row: usize) {
        let Some(start) = micros(&columns.starts, row) else { return };
        self.starts = joined(self.starts, Some((start, start)));
        // Some feeds give only the start of a day.
        let end = micros(&columns.ends, row).filter(|end| *end > start).unwrap_or(start + 1);
        if end - start <= DAY_MICROS {
            let last_day = self.days.last().copied();
            let day = moment::date_of(start);
            if day != last_day {
                self.days.extend(day);
            }
            self.ordinary = joined(self.ordinary, Some((start, end)));
        }
        let period = micros(&columns.period_starts, row).zip(micros(&columns.period_ends, row));
        if period.is_some_and(|(from, to)| start < from || start >= to) {
            self.defects.elsewhere += 1;
            self.defects.elsewhere_cost += amount(&columns.billed, row).unwrap_or(0);
        }
    }

    fn observe_metrics(&mut self, columns: &Columns, row: usize) {
        let category = columns.category.get(row);
        let usage = category.is_none_or(|category| category.eq_ignore_ascii_case("Usage"));
        let purchase = category.is_some_and(|category| category.eq_ignore_ascii_case("Purchase"));
        let explained = purchase || columns.commitment.code(row).is_some();
        let billed = amount(&columns.billed, row);
        for (name, array) in [
            ("billed_cost", &columns.billed),
            ("effective_cost", &columns.effective),
            ("list_cost", &columns.list),
            ("contracted_cost", &columns.contracted),
        ] {
            if !self.metrics.contains_key(name) {
                self.metrics.insert(name.to_owned(), super::MetricStats::default());
            }
            let Some(metric) = self.metrics.get_mut(name) else { continue };
            match amount(array, row) {
                None => metric.absent_on_usage += u64::from(usage),
                Some(value) => {
                    metric.present += 1;
                    metric.whole += u64::from(value % ONE == 0);
                    let dropped = value == 0 && usage && !explained;
                    metric.zero += u64::from(dropped && billed.is_some_and(|billed| billed > 0));
                }
            }
        }
        if usage {
            let list = amount(&columns.list, row);
            let above =
                |array| list.zip(amount(array, row)).is_some_and(|(list, cost)| cost > list);
            self.defects.list_below_effective += u64::from(above(&columns.effective));
            self.defects.list_below_contracted += u64::from(above(&columns.contracted));
            let product = product(&columns.list_price, &columns.quantity, row);
            let differs = list.zip(product).is_some_and(|(list, product)| {
                (list - product).abs() > PRODUCT_TOLERANCE.max(list.abs() / 1_000_000)
            });
            let corrects = columns.class.get(row).is_some();
            self.defects.list_product += u64::from(differs && !corrects);
        }
        if columns.line_type.get(row) == Some("DiscountedUsage") {
            let free = amount(&columns.effective, row).is_none_or(|cost| cost == 0);
            self.defects.reserved_without_cost += u64::from(free);
        }
    }

    fn observe_commitment(&mut self, columns: &Columns, row: usize) {
        let Some(id) = columns.commitment.get(row) else { return };
        if !self.commitments.contains_key(id) {
            if self.commitments.len() >= VALUES_KEPT {
                return;
            }
            self.commitments.insert(id.to_owned(), super::CommitmentSums::default());
        }
        let Some(sums) = self.commitments.get_mut(id) else { return };
        if columns.category.get(row).is_some_and(|text| text.eq_ignore_ascii_case("Purchase")) {
            sums.purchased += amount(&columns.billed, row).unwrap_or(0);
            sums.purchases += 1;
            let end = micros(&columns.ends, row).zip(micros(&columns.period_ends, row));
            sums.reaches_beyond |= end.is_some_and(|(end, period)| end > period);
        } else {
            sums.effective += amount(&columns.effective, row).unwrap_or(0);
        }
    }

    fn observe_sums(&mut self, columns: &Columns, mapped: &Mapped) {
        let tags: BTreeMap<&String, Texts> =
            mapped.tags.iter().map(|(key, array)| (key, Texts::of(array))).collect();
        for row in 0..mapped.rows {
            let currency = columns.currency.get(row).unwrap_or_default();
            if !self.sums.contains_key(currency) {
                self.sums.insert(currency.to_owned(), super::Sums::default());
            }
            let Some(sums) = self.sums.get_mut(currency) else { continue };
            let billed = amount(&columns.billed, row).unwrap_or(0);
            let effective = amount(&columns.effective, row).unwrap_or(0);
            sums.rows += 1;
            sums.billed += billed;
            sums.effective += effective;
            sums.list += amount(&columns.list, row).unwrap_or(0);
            sums.contracted += amount(&columns.contracted, row).unwrap_or(0);
            sums.upfront += amount(&columns.upfront, row).unwrap_or(0);
            sums.amortized_upfront += amount(&columns.amortized, row).unwrap_or(0);
            if columns.category.get(row).is_some_and(|text| text.eq_ignore_ascii_case("Credit")) {
                sums.credits += billed;
            } else {
                sums.gross += billed;
            }
            match columns.line_type.get(row) {
                Some("SavingsPlanCoveredUsage") => {
                    sums.negated += billed;
                    sums.plan_used += effective;
                }
                Some("SavingsPlanNegation") => sums.negated += billed,
                Some("SavingsPlanRecurringFee") => sums.plan_fees += billed,
                Some(_) | None => {}
            }
            let mut tagged = false;
            for (key, texts) in &tags {
                if texts.code(row).is_some() {
                    tagged = true;
                    if let Some(cost) = sums.tagged.get_mut(*key) {
                        *cost += billed;
                    } else {
                        sums.tagged.insert((*key).clone(), billed);
                    }
                }
            }
            if !tagged {
                sums.untagged += billed;
            }
        }
    }

    fn observe_values(&mut self, mapped: &Mapped) {
        for dimension in FocusDimension::ALL {
            let Some(column) = ChargeColumn::by_name(dimension.column()) else { continue };
            if mapped.has(column) && *dimension != FocusDimension::BillingPeriod {
                self.count(dimension.name().to_owned(), &Texts::of(&mapped.column(column)));
            }
        }
        for (key, array) in &mapped.tags {
            self.count(format!("tag:{key}"), &Texts::of(array));
        }
    }

    fn count(&mut self, dimension: String, texts: &Texts) {
        let values = self.values.entry(dimension).or_default();
        for (value, rows) in texts.counts() {
            values.add(value, rows, VALUES_KEPT);
        }
    }

    fn observe_names(&mut self, mapped: &Mapped) {
        for (id, name, dimension) in NAMED {
            if !mapped.has(*id) || !mapped.has(*name) {
                continue;
            }
            let (ids, names) = (Texts::of(&mapped.column(*id)), Texts::of(&mapped.column(*name)));
            let pairs = self.names.entry((*dimension).to_owned()).or_default();
            let mut last = None;
            for row in 0..mapped.rows {
                let codes = ids.code(row).zip(names.code(row));
                if codes == last || codes.is_none() {
                    continue;
                }
                last = codes;
                if let Some((id, name)) = ids.get(row).zip(names.get(row))
                    && pairs.len() < VALUES_KEPT
                    && id != name
                {
                    pairs.insert((id.to_owned(), name.to_owned()));
                }
            }
        }
    }
}

// `None` when a factor is absent or the product is too large to matter for a check.
fn product(prices: &Decimal128Array, quantities: &Decimal128Array, row: usize) -> Option<i128> {
    let price = amount(prices, row)?;
    let quantity = amount(quantities, row)?;
    // Split at the point, so that 18 + 18 places fit: price * (whole + rest / 10^18).
    let whole = price.checked_mul(quantity / ONE)?;
    let rest = (price / 1_000_000_000).checked_mul((quantity % ONE) / 1_000_000_000)?;
    whole.checked_add(rest)
}
