//! Reads the figures of a batch of mapped rows.

use std::{
    collections::BTreeMap,
    hash::{Hash, Hasher},
};

use arrow::{
    array::{Array, ArrayRef, AsArray, Decimal128Array, StringArray, TimestampMicrosecondArray},
    datatypes::{Decimal128Type, Int32Type, TimestampMicrosecondType},
};
use wherefore_contract::dimension::FocusDimension;

use super::{ChargeStats, Sums, VALUES_KEPT, joined};
use crate::{map::Mapped, moment, schema::ChargeColumn};

const DAY_MICROS: i64 = 86_400_000_000;
// Line ids beyond it are not compared any more: bounds memory.
const IDS_KEPT: usize = 2_000_000;
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

    /// The codes whose value fits.
    fn flags(&self, fits: impl Fn(&str) -> bool) -> Flags {
        let values = self.values.iter().flat_map(|values| values.iter());
        Flags(values.map(|value| value.is_some_and(&fits)).collect())
    }

    fn name(&self, code: Option<usize>) -> Option<&str> {
        let values = self.values.as_ref()?;
        code.map(|code| values.value(code))
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

struct Flags(Vec<bool>);

impl Flags {
    fn contains(&self, code: usize) -> bool {
        self.0.get(code).copied().unwrap_or(false)
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
    net: [Decimal128Array; 4],
    starts: TimestampMicrosecondArray,
    ends: TimestampMicrosecondArray,
    period_starts: TimestampMicrosecondArray,
    period_ends: TimestampMicrosecondArray,
    currency: Texts,
    category: Texts,
    class: Texts,
    commitment: Texts,
    status: Texts,
    frequency: Texts,
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
            net: [
                ChargeColumn::NetBilledCost,
                ChargeColumn::NetEffectiveCost,
                ChargeColumn::NetUpfrontFee,
                ChargeColumn::NetAmortizedUpfront,
            ]
            .map(decimal),
            starts: time(ChargeColumn::ChargePeriodStart),
            ends: time(ChargeColumn::ChargePeriodEnd),
            period_starts: time(ChargeColumn::BillingPeriodStart),
            period_ends: time(ChargeColumn::BillingPeriodEnd),
            currency: text(ChargeColumn::BillingCurrency),
            category: text(ChargeColumn::ChargeCategory),
            class: text(ChargeColumn::ChargeClass),
            commitment: text(ChargeColumn::CommitmentDiscountId),
            status: text(ChargeColumn::CommitmentDiscountStatus),
            frequency: text(ChargeColumn::ChargeFrequency),
            line_type: text(ChargeColumn::LineItemType),
        }
    }
}

impl Sums {
    fn add_net(&mut self, columns: &Columns, row: usize) {
        let [billed, effective, upfront, amortized] =
            columns.net.each_ref().map(|array| amount(array, row));
        self.net_rows += u64::from(billed.is_some());
        self.net_billed += billed.unwrap_or(0);
        self.net_effective += effective.unwrap_or(0);
        self.net_upfront += upfront.unwrap_or(0);
        self.net_amortized_upfront += amortized.unwrap_or(0);
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
            self.observe_commitment(&columns, row);
        }
        self.observe_metrics(&columns, mapped.rows);
        self.observe_ids(mapped);
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

    fn observe_metrics(&mut self, columns: &Columns, rows: usize) {
        let usage = columns.category.flags(|text| text.eq_ignore_ascii_case("Usage"));
        let purchase = columns.category.flags(|text| text.eq_ignore_ascii_case("Purchase"));
        for (name, array) in [
            ("billed_cost", &columns.billed),
            ("effective_cost", &columns.effective),
            ("list_cost", &columns.list),
            ("contracted_cost", &columns.contracted),
        ] {
            let metric = self.metrics.entry(name.to_owned()).or_default();
            for row in 0..rows {
                // A feed without categories holds usage.
                let code = columns.category.code(row);
                let is_usage = code.is_none_or(|code| usage.contains(code));
                let Some(value) = amount(array, row) else {
                    metric.absent_on_usage += u64::from(is_usage);
                    continue;
                };
                metric.present += 1;
                metric.whole += u64::from(value % ONE == 0);
                if value == 0 && is_usage && columns.commitment.code(row).is_none() {
                    let bought = code.is_some_and(|code| purchase.contains(code));
                    let billed = amount(&columns.billed, row).is_some_and(|billed| billed > 0);
                    metric.zero += u64::from(billed && !bought);
                }
            }
        }
        let reserved = columns.line_type.flags(|text| text == "DiscountedUsage");
        for row in 0..rows {
            if columns.category.code(row).is_none_or(|code| usage.contains(code)) {
                self.observe_list(columns, row);
            }
            if columns.line_type.code(row).is_some_and(|code| reserved.contains(code)) {
                let free = amount(&columns.effective, row).is_none_or(|cost| cost == 0);
                self.defects.reserved_without_cost += u64::from(free);
            }
        }
    }

    fn observe_list(&mut self, columns: &Columns, row: usize) {
        let Some(list) = amount(&columns.list, row) else { return };
        // Corrections may break every relation between the costs (FOCUS 1.2, ChargeClass), and the unused part of a
        // commitment has a cost but nothing that could be listed.
        let corrects = columns.class.code(row).is_some();
        let is_unused =
            columns.status.get(row).is_some_and(|text| text.eq_ignore_ascii_case("Unused"));
        let above =
            |array| !corrects && !is_unused && amount(array, row).is_some_and(|cost| cost > list);
        self.defects.list_below_effective += u64::from(above(&columns.effective));
        self.defects.list_below_contracted += u64::from(above(&columns.contracted));
        let Some(product) = product(&columns.list_price, &columns.quantity, row) else { return };
        if !corrects {
            let tolerance = PRODUCT_TOLERANCE.max(list.abs() / 1_000_000);
            self.defects.list_product += u64::from((list - product).abs() > tolerance);
            self.defects.list_checked += 1;
            self.defects.list_costs += list;
            self.defects.list_products += product;
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
            let once = columns
                .frequency
                .get(row)
                .is_some_and(|text| text.eq_ignore_ascii_case("One-Time"));
            sums.paid_until = sums.paid_until.max(micros(&columns.ends, row));
            sums.for_a_term |= once || end.is_some_and(|(end, period)| end > period);
        } else {
            sums.effective += amount(&columns.effective, row).unwrap_or(0);
        }
    }

    fn observe_sums(&mut self, columns: &Columns, mapped: &Mapped) {
        let tags: Vec<(&String, Texts)> =
            mapped.tags.iter().map(|(key, array)| (key, Texts::of(array))).collect();
        let credit = columns.category.flags(|text| text.eq_ignore_ascii_case("Credit"));
        let [covered, negation, fee] =
            ["SavingsPlanCoveredUsage", "SavingsPlanNegation", "SavingsPlanRecurringFee"]
                .map(|kind| columns.line_type.flags(|text| text == kind));
        let discount = columns.line_type.flags(|text| text.ends_with("Discount"));
        // Summed by code of the batch; names are looked up once at its end.
        let mut batch: BTreeMap<Option<usize>, (Sums, Vec<i128>)> = BTreeMap::new();
        for row in 0..mapped.rows {
            let (sums, tagged) = batch
                .entry(columns.currency.code(row))
                .or_insert_with(|| (Sums::default(), vec![0; tags.len()]));
            let billed = amount(&columns.billed, row).unwrap_or(0);
            let effective = amount(&columns.effective, row).unwrap_or(0);
            sums.rows += 1;
            sums.billed += billed;
            sums.effective += effective;
            sums.list += amount(&columns.list, row).unwrap_or(0);
            sums.contracted += amount(&columns.contracted, row).unwrap_or(0);
            sums.upfront += amount(&columns.upfront, row).unwrap_or(0);
            sums.amortized_upfront += amount(&columns.amortized, row).unwrap_or(0);
            if columns.category.code(row).is_some_and(|code| credit.contains(code)) {
                sums.credits += billed;
            } else {
                sums.gross += billed;
            }
            sums.add_net(columns, row);
            if let Some(code) = columns.line_type.code(row) {
                sums.discounts += if discount.contains(code) { billed } else { 0 };
                let is_covered = covered.contains(code);
                sums.negated += if is_covered || negation.contains(code) { billed } else { 0 };
                sums.plan_used += if is_covered { effective } else { 0 };
                sums.plan_fees += if fee.contains(code) { billed } else { 0 };
            }
            let mut any = false;
            for ((_, texts), cost) in tags.iter().zip(tagged) {
                if texts.code(row).is_some() {
                    any = true;
                    *cost += billed;
                }
            }
            sums.untagged += if any { 0 } else { billed };
        }
        for (code, (mut sums, tagged)) in batch {
            let keys = tags.iter().map(|(key, _)| (*key).clone());
            sums.tagged = keys.zip(tagged).collect();
            let currency = columns.currency.name(code).unwrap_or_default();
            self.sums.entry(currency.to_owned()).or_default().merge(&sums);
        }
    }

    // Line ids of AWS repeat over time on purpose: told, never acted upon.
    fn observe_ids(&mut self, mapped: &Mapped) {
        if !mapped.has(ChargeColumn::LineItemId) || self.ids.len() >= IDS_KEPT {
            return;
        }
        let ids = Texts::of(&mapped.column(ChargeColumn::LineItemId));
        for (id, rows) in ids.counts() {
            let mut hasher = std::hash::DefaultHasher::new();
            id.hash(&mut hasher);
            let first = self.ids.insert(hasher.finish());
            self.defects.repeated_ids += rows - u64::from(first);
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
