//! Words for a kind of things that say what a condition is about, and group nothing.

use wherefore_contract::{
    dimension::{Dimension, FocusDimension},
    filter::{Filter, FilterOp},
};

use super::super::{
    super::{
        limits::holds,
        link::same_family,
        word::{Category, Meaning},
    },
    Draft,
};
use crate::request::Condition;

impl Draft<'_> {
    // "org 태그가 trey인", "PricingCategory가 Committed인": the word says what a condition is about.
    pub(super) fn says_condition(&mut self, at: usize, dimension: &Dimension) -> bool {
        let text = self.text_of(at).to_lowercase();
        let plural = text.is_ascii() && text.ends_with('s');
        let line = Dimension::Column(FocusDimension::LineItemType);
        let kind = Category::Usage.filter().dimension;
        if *dimension == line && !self.is_grouped(at) && holds(self.known, &line) {
            // The kinds of lines have the same names: "line item type이 Usage인".
            let of_kind = self
                .conditions
                .iter_mut()
                .find(|held| held.filter.dimension == kind && held.filter.op == FilterOp::In);
            if let Some(held) = of_kind {
                held.filter.dimension = line;
                return true;
            }
        }
        let held = self.conditions.iter().any(|held| {
            same_family(&held.filter.dimension, dimension)
                && matches!(
                    held.filter.op,
                    FilterOp::In | FilterOp::Contains | FilterOp::IsNull | FilterOp::NotNull
                )
                && held.filter.values.len() < 2
        });
        held && !plural
            && !self.is_asked_how_many(at)
            && !self.is_grouped(at)
            && !self.joins_a_group(at)
            && !self.ranks()
            && !self.sorts()
    }

    // "services other than EC2", "EC2가 아닌 서비스": what is left out is said with its kind; "세금이 그 계정 전체
    // 비용에서": the kind is said again.
    pub(super) fn says_whose(&self, at: usize, dimension: &Dimension) -> bool {
        let word = |place: Option<usize>| {
            place.map(|place| self.text_of(place).to_lowercase()).unwrap_or_default()
        };
        let korean = !self.text_of(at).is_ascii();
        let turned = |place: Option<usize>| {
            place.is_some_and(|place| {
                matches!(self.meaning(place), Some(Meaning::Exclude | Meaning::Not))
            })
        };
        let left_out = self.conditions.iter().any(|held| {
            same_family(&held.filter.dimension, dimension)
                && matches!(held.filter.op, FilterOp::NotIn | FilterOp::NotContains)
        });
        let beside = if korean {
            turned(self.previous_meaning(at))
        } else {
            let next = self.next_meaning(at);
            turned(next) && next.is_some_and(|next| next <= at + 3)
        };
        if left_out && beside && !self.is_grouped(at) && !self.ranks() && !self.sorts() {
            return true;
        }
        let again = matches!(word(at.checked_sub(1)).as_str(), "그" | "해당" | "that" | "its own");
        again && self.dimensions.iter().any(|held| is_narrower(dimension, held))
    }

    // "SKU 미터", "SKU price": the longer name of a column, in two words.
    pub(super) fn leads_a_longer(&self, at: usize, dimension: &Dimension) -> bool {
        *dimension == Dimension::Column(FocusDimension::SkuId)
            && matches!(
                self.dimension_at(at + 1),
                Some(Dimension::Column(FocusDimension::SkuMeter | FocusDimension::SkuPriceId))
            )
    }

    // "by month and service for EC2": no name stands right behind the second one.
    pub(super) fn joins_a_group_alone(&self, at: usize) -> bool {
        self.joins_a_group(at) && !matches!(self.meaning(at + 1), Some(Meaning::Entity(_)))
    }

    // "by month and service": the second of two that rows are grouped by.
    fn joins_a_group(&self, at: usize) -> bool {
        let and = self.previous_meaning(at).filter(|and| self.meaning(*and) == Some(&Meaning::And));
        let first = and.and_then(|and| self.previous_meaning(and));
        first.is_some_and(|first| self.dimension_at(first).is_some() && self.is_grouped_by(first))
    }

    // "in all regions together", "모든 리전에서": all of them as one.
    pub(super) fn takes_all(&self, at: usize) -> bool {
        let prior = at.checked_sub(1).map(|before| self.text_of(before).to_lowercase());
        let all = prior.is_some_and(|prior| matches!(prior.as_str(), "all" | "모든"));
        let place = at.checked_sub(2).is_some_and(|before| {
            matches!(self.meaning(before), Some(Meaning::And | Meaning::Mark | Meaning::Range))
                || matches!(
                    self.text_of(before).to_lowercase().as_str(),
                    "in" | "across" | "over" | "of" | "from" | "on"
                )
        });
        let korean = self.text_of(at).chars().any(|letter| letter >= '\u{1100}');
        // "how many transactions did all workloads together serve".
        let together = matches!(
            self.text_of(at + 1).to_lowercase().as_str(),
            "together" | "combined" | "altogether" | "taken together"
        );
        all && together
            || all && (place || korean) && !self.is_grouped_by(at) && !self.has(&Meaning::HowMany)
    }

    // "what commitments cost", "약정(Savings Plan)": charges of commitments, not rows of them.
    pub(super) fn says_commitment(&mut self, at: usize, dimension: &Dimension) -> bool {
        let commitment = Dimension::Column(FocusDimension::CommitmentDiscountId);
        let rows =
            self.is_grouped(at) || self.has(&Meaning::HowMany) || self.ranks() || self.sorts();
        if *dimension != commitment || rows {
            return false;
        }
        let of_kind = self.conditions.iter().any(|held| {
            matches!(
                held.filter.dimension,
                Dimension::Column(
                    FocusDimension::CommitmentDiscountType
                        | FocusDimension::CommitmentDiscountStatus
                        | FocusDimension::PricingCategory
                )
            )
        });
        if of_kind {
            return true;
        }
        if holds(self.known, &commitment) && !self.dimensions.is_empty() {
            let item = self.items.get(at).map(|item| (item.start, item.end));
            let filter =
                Filter { dimension: commitment, op: FilterOp::NotNull, values: Vec::new() };
            self.conditions.push(Condition { filter, asked: item.into_iter().collect() });
            return true;
        }
        false
    }
}

// "계정" said again of a "청구 계정".
fn is_narrower(said: &Dimension, held: &Dimension) -> bool {
    use FocusDimension as F;
    let account = |one: &Dimension| {
        matches!(
            one,
            Dimension::Column(
                F::SubAccountId | F::SubAccountName | F::BillingAccountId | F::BillingAccountName
            )
        )
    };
    said == held || same_family(said, held) || (account(said) && account(held))
}
