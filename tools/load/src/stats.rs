//! What a Parquet file of charges holds: sums, coverage, names and defects, kept beside the file.
//!
//! The description and the catalog of a snapshot are made from these alone, so that a load never
//! reads again what earlier loads wrote.

mod observe;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::notes::SourceNotes;

/// Values of one dimension that are kept for one file; beyond it they are only counted.
const VALUES_KEPT: usize = 5_000;

/// One file's figures. Amounts are decimals times 10^18.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ChargeStats {
    pub(crate) rows: u64,
    /// First and last `ChargePeriodStart`.
    pub(crate) starts: Option<(i64, i64)>,
    /// First start and last end of ordinary charges: those that span a day at most.
    pub(crate) ordinary: Option<(i64, i64)>,
    /// Days with an ordinary charge.
    pub(crate) days: BTreeSet<Date>,
    /// Billing currency (empty when absent) -> sums.
    pub(crate) sums: BTreeMap<String, Sums>,
    /// Cost metric -> how well it is filled.
    pub(crate) metrics: BTreeMap<String, MetricStats>,
    /// Dimension as tool arguments spell it -> its values.
    pub(crate) values: BTreeMap<String, Values>,
    /// Dimension of an id -> `(id, name)` pairs.
    pub(crate) names: BTreeMap<String, BTreeSet<(String, String)>>,
    /// Commitment -> both sides of its identity.
    pub(crate) commitments: BTreeMap<String, CommitmentSums>,
    pub(crate) defects: Defects,
    /// Columns that a cost basis or an identity needs and that the source lacks.
    pub(crate) absent: BTreeSet<String>,
    /// Whether any amount stands in a net column of the source.
    #[serde(default)]
    pub(crate) is_net: bool,
    /// Hashes of the line ids seen, while the file is written.
    #[serde(skip)]
    ids: HashSet<u64>,
    /// Present on the first file that came of a source file.
    pub(crate) source: Option<SourceNotes>,
}

/// Sums of one billing currency.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sums {
    pub(crate) rows: u64,
    pub(crate) billed: i128,
    pub(crate) effective: i128,
    pub(crate) list: i128,
    pub(crate) contracted: i128,
    pub(crate) upfront: i128,
    pub(crate) amortized_upfront: i128,
    /// Billed cost of credits, and of everything else.
    pub(crate) credits: i128,
    pub(crate) gross: i128,
    /// Tag key -> billed cost that carries it.
    pub(crate) tagged: BTreeMap<String, i128>,
    /// Billed cost that carries no tag at all.
    pub(crate) untagged: i128,
    /// Savings Plan usage at On-Demand rates plus its negation: zero for whole hours.
    pub(crate) negated: i128,
    /// Savings Plan fees, and the effective cost of the usage they covered.
    pub(crate) plan_fees: i128,
    pub(crate) plan_used: i128,
    /// Both costs after the discounts of net columns, and both sides of their upfront fees.
    #[serde(default)]
    pub(crate) net_billed: i128,
    #[serde(default)]
    pub(crate) net_effective: i128,
    #[serde(default)]
    pub(crate) net_upfront: i128,
    #[serde(default)]
    pub(crate) net_amortized_upfront: i128,
    /// Rows with a net cost.
    #[serde(default)]
    pub(crate) net_rows: u64,
    /// Billed cost of discounts on rows of their own.
    #[serde(default)]
    pub(crate) discounts: i128,
}

/// How well a cost metric is filled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MetricStats {
    pub(crate) present: u64,
    /// Whole numbers among them.
    pub(crate) whole: u64,
    /// Zero although the bill is positive and no commitment or purchase explains it.
    pub(crate) zero: u64,
    /// Absent on a usage row.
    pub(crate) absent_on_usage: u64,
}

/// Values of a dimension.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Values {
    /// Rows with a value.
    pub(crate) filled: u64,
    pub(crate) counts: BTreeMap<String, u64>,
    /// Whether there are values beyond those counted.
    pub(crate) cut: bool,
}

impl Values {
    pub(crate) fn add(&mut self, value: &str, rows: u64, limit: usize) {
        self.filled += rows;
        if let Some(count) = self.counts.get_mut(value) {
            *count += rows;
        } else if self.counts.len() < limit {
            self.counts.insert(value.to_owned(), rows);
        } else {
            self.cut = true;
        }
    }
}

/// Both sides of the FOCUS identity of one commitment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CommitmentSums {
    /// Effective cost of usage, used and unused.
    pub(crate) effective: i128,
    /// Billed cost of purchases.
    pub(crate) purchased: i128,
    pub(crate) purchases: u64,
    /// Whether a purchase was paid once for a term, or spans more than its billing period: usage of later periods is
    /// then part of its identity.
    #[serde(alias = "reaches_beyond")]
    pub(crate) for_a_term: bool,
    /// End of the last charge period of a purchase.
    #[serde(default)]
    pub(crate) paid_until: Option<i64>,
}

/// Rows that break a rule of the specification or of good sense.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Defects {
    /// Charge starts outside the billing period, and their billed cost.
    pub(crate) elsewhere: u64,
    pub(crate) elsewhere_cost: i128,
    pub(crate) list_below_effective: u64,
    pub(crate) list_below_contracted: u64,
    /// `ListUnitPrice` times `PricingQuantity` is not `ListCost`.
    pub(crate) list_product: u64,
    /// Rows with a list price, a quantity and a list cost, and the sums of both sides.
    #[serde(default)]
    pub(crate) list_checked: u64,
    #[serde(default)]
    pub(crate) list_costs: i128,
    #[serde(default)]
    pub(crate) list_products: i128,
    /// Reserved usage without a cost.
    pub(crate) reserved_without_cost: u64,
    /// Line ids that occur more than once.
    pub(crate) repeated_ids: u64,
}

impl ChargeStats {
    /// Drops what only serves while the file is written.
    pub(crate) fn forget_ids(&mut self) {
        self.ids = HashSet::new();
    }

    /// Adds another file of the same billing period.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        self.starts = joined(self.starts, other.starts);
        self.ordinary = joined(self.ordinary, other.ordinary);
        self.days.extend(other.days.iter().copied());
        self.absent.extend(other.absent.iter().cloned());
        self.is_net |= other.is_net;
        for (currency, sums) in &other.sums {
            self.sums.entry(currency.clone()).or_default().merge(sums);
        }
        for (name, metric) in &other.metrics {
            let mine = self.metrics.entry(name.clone()).or_default();
            mine.present += metric.present;
            mine.whole += metric.whole;
            mine.zero += metric.zero;
            mine.absent_on_usage += metric.absent_on_usage;
        }
        // The names of line types decide which identities apply; other values are merged by dimension.
        if let Some(types) = other.values.get("line_item_type") {
            let mine = self.values.entry("line_item_type".to_owned()).or_default();
            for (name, rows) in &types.counts {
                mine.add(name, *rows, VALUES_KEPT);
            }
        }
        for (id, sums) in &other.commitments {
            let mine = self.commitments.entry(id.clone()).or_default();
            mine.merge(sums);
        }
        let (mine, theirs) = (&mut self.defects, &other.defects);
        mine.elsewhere += theirs.elsewhere;
        mine.elsewhere_cost += theirs.elsewhere_cost;
        mine.list_below_effective += theirs.list_below_effective;
        mine.list_below_contracted += theirs.list_below_contracted;
        mine.list_product += theirs.list_product;
        mine.list_checked += theirs.list_checked;
        mine.list_costs += theirs.list_costs;
        mine.list_products += theirs.list_products;
        mine.reserved_without_cost += theirs.reserved_without_cost;
        mine.repeated_ids += theirs.repeated_ids;
    }
}

impl CommitmentSums {
    pub(crate) fn merge(&mut self, other: &Self) {
        self.effective += other.effective;
        self.purchased += other.purchased;
        self.purchases += other.purchases;
        self.for_a_term |= other.for_a_term;
        self.paid_until = self.paid_until.max(other.paid_until);
    }
}

impl Sums {
    pub(crate) fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        self.billed += other.billed;
        self.effective += other.effective;
        self.list += other.list;
        self.contracted += other.contracted;
        self.upfront += other.upfront;
        self.amortized_upfront += other.amortized_upfront;
        self.credits += other.credits;
        self.gross += other.gross;
        self.untagged += other.untagged;
        self.negated += other.negated;
        self.plan_fees += other.plan_fees;
        self.plan_used += other.plan_used;
        self.net_billed += other.net_billed;
        self.net_effective += other.net_effective;
        self.net_upfront += other.net_upfront;
        self.net_amortized_upfront += other.net_amortized_upfront;
        self.net_rows += other.net_rows;
        self.discounts += other.discounts;
        for (key, cost) in &other.tagged {
            *self.tagged.entry(key.clone()).or_default() += cost;
        }
    }
}

/// The span that covers both.
pub(crate) fn joined(one: Option<(i64, i64)>, other: Option<(i64, i64)>) -> Option<(i64, i64)> {
    match (one, other) {
        (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
        (Some(span), None) | (None, Some(span)) => Some(span),
        (None, None) => None,
    }
}
