//! Hours that commitments cover, and what no row of a bill tells of their rates.

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, FocusDimension},
    filter::{Filter, FilterOp},
    quality::NoticeCode,
};

use super::{STATUS, is_line, is_of_commitment, is_part};
use crate::{
    request::{Ask, Condition, Decline, Reason},
    understand::{
        decide::Draft,
        limits::holds,
        word::{Category, Meaning},
    },
};

impl Draft<'_> {
    // What one hour of a commitment costs, or how its rate differs from another, is no ratio of sums of all its lines.
    pub(super) fn rate_of_commitments(&self, ask: Ask) -> Option<Decline> {
        let apart = self
            .flag(|one| matches!(one, Meaning::Difference | Meaning::Compare | Meaning::Change));
        let rates = ask == Ask::Average || (self.prices_units() && apart);
        (rates && self.names_commitment()).then(|| Decline {
            reason: Reason::NotUnderstood,
            asked: Vec::new(),
            nearest: Vec::new(),
            period: None,
        })
    }

    /// "SP로 커버된 시간은 전체 사용 시간의 몇 %": covered hours over all that ran. Lines that take covered usage off
    /// again, and lines of fees, count hours that nothing ran.
    pub(in crate::understand) fn covered_part(&mut self) -> Option<Ask> {
        let shared = self.has(&Meaning::Share) || self.has(&Meaning::PercentSign);
        let quantity = self.measures == [Measure::ConsumedQuantity];
        let used = self.has_status("Used");
        let plain = self.dimensions.iter().all(|dimension| dimension.grain().is_some());
        if !shared || !quantity || !used || !plain {
            return None;
        }
        self.conditions
            .retain(|held| held.filter.dimension == STATUS || !is_line(&held.filter.dimension));
        let line = Dimension::Column(FocusDimension::LineItemType);
        if holds(self.known, &line) {
            let values = vec!["negation".to_owned(), "fee".to_owned()];
            let filter = Filter { dimension: line, op: FilterOp::NotContains, values };
            self.conditions.push(Condition { filter, asked: Vec::new() });
        }
        let whole = self.conditions.iter().filter(|held| {
            held.filter.dimension != STATUS && !is_of_commitment(&held.filter.dimension)
        });
        self.within = Some(whole.map(|held| held.filter.clone()).collect());
        Some(Ask::Share)
    }

    // Reserved usage that no row prices: what it costs after discounts, and at which rate, is not known.
    pub(super) fn unpriced_reservations(&self, ask: Ask) -> Option<Decline> {
        let unpriced = self.known.description.notices.iter().any(|notice| {
            notice.code == NoticeCode::UnknownCommitmentCost && notice.figures.contains_key("rows")
        });
        let reserved = Category::Reserved.filter();
        let held = self.conditions.iter().find(|held| held.filter == reserved)?;
        let rates = matches!(ask, Ask::Average | Ask::PerDay | Ask::Saving) || self.prices_units();
        let costs = self.measures.iter().all(|one| one.is_cost() || is_part(one));
        let effective = self.measures.contains(&Measure::EffectiveCost);
        (unpriced && costs && (rates || effective)).then(|| Decline {
            reason: Reason::NotInBills,
            asked: held.asked.clone(),
            nearest: Vec::new(),
            period: None,
        })
    }
}
