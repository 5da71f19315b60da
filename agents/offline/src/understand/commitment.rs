//! What commitments cost, how far they were used, and what they and other discounts saved.

mod rates;
mod words;

use wherefore_contract::{
    cost::{CommitmentFigure, CostMetric, Measure},
    dimension::{Dimension, FocusDimension},
    filter::{Filter, FilterOp},
    quality::NoticeCode,
};

use super::{
    decide::Draft,
    limits::holds,
    word::{Category, Meaning},
};
use crate::request::{Ask, Condition, Decline, Reason, Slice};

const COMMITMENT: Dimension = Dimension::Column(FocusDimension::CommitmentDiscountId);
const STATUS: Dimension = Dimension::Column(FocusDimension::CommitmentDiscountStatus);
const PRICING: Dimension = Dimension::Column(FocusDimension::PricingCategory);

/// Whether a dimension tells commitments apart.
fn is_of_commitment(dimension: &Dimension) -> bool {
    matches!(
        dimension,
        Dimension::Column(
            FocusDimension::CommitmentDiscountType
                | FocusDimension::CommitmentDiscountCategory
                | FocusDimension::CommitmentDiscountId
                | FocusDimension::CommitmentDiscountName
        )
    )
}

// Lines of commitments, which a figure of commitments picks by itself.
fn is_line(dimension: &Dimension) -> bool {
    matches!(
        dimension,
        Dimension::Column(
            FocusDimension::ChargeCategory
                | FocusDimension::ChargeFrequency
                | FocusDimension::CommitmentDiscountStatus
                | FocusDimension::LineItemType
                | FocusDimension::PricingCategory
        )
    )
}

impl Draft<'_> {
    pub(super) fn names_commitment(&self) -> bool {
        self.conditions.iter().any(|held| is_of_commitment(&held.filter.dimension))
    }

    fn has_status(&self, status: &str) -> bool {
        self.conditions.iter().any(|held| {
            held.filter.dimension == STATUS
                && held.filter.op == FilterOp::In
                && held.filter.values == [status.to_owned()]
        })
    }

    /// Whether a measure is a part in percent by itself, so that no share is taken of it.
    pub(super) fn tells_a_part(&self) -> bool {
        self.measures.iter().any(is_part)
    }

    /// Whether no share is taken: a part in percent is one, and "how much of it was unused" asks for an amount.
    pub(super) fn takes_no_share(&self) -> bool {
        self.tells_a_part() || (self.measures.iter().any(is_figure) && !self.says_percent())
    }

    /// Measures of commitments and discounts, once conditions and groups are known.
    pub(super) fn figures_of_commitments(&mut self) {
        self.rows_of_commitments();
        self.used_and_unused();
        self.unused_cost();
        self.only_figures();
        self.discount_in_percent();
    }

    // "used and unused", "사용분/미사용분": one beside the other.
    fn used_and_unused(&mut self) {
        let both = self.conditions.iter().any(|held| {
            held.filter.dimension == STATUS
                && held.filter.op == FilterOp::In
                && held.filter.values.len() >= 2
        });
        let whole = self.has(&Meaning::Total) || self.tells_a_part();
        // "정기 요금에서 적용 비용을 뺀": how the unused part is computed.
        let computed = self.has(&Meaning::Category(Category::Recurring))
            || self.has(&Meaning::Exclude)
            || self.has(&Meaning::Difference);
        if both && computed {
            let unused = Category::Unused.filter();
            let status = self.conditions.iter_mut().filter(|held| held.filter.dimension == STATUS);
            status.for_each(|held| held.filter.values.clone_from(&unused.values));
        } else if both && !whole && !self.dimensions.contains(&STATUS) {
            self.dimensions.push(STATUS);
        }
    }

    // "wasted commitment money": what was paid for and not used. Where a bill prices it, it stands in effective
    // cost alone, because purchases carry the billed cost (FOCUS 1.2).
    fn unused_cost(&mut self) {
        let other = |measure: &Measure| *measure != Measure::EffectiveCost && !is_figure(measure);
        if !self.has_status("Unused")
            || self.counted.is_some()
            || self.has(&Meaning::HowMany)
            || self.measures.iter().any(other)
            || self.dimensions.contains(&STATUS)
        {
            return;
        }
        // "unused commitments as a percentage of total effective cost": a part of everything.
        if self.says_percent() && self.is_of_all_costs() {
            self.measures = vec![Measure::EffectiveCost];
            self.conditions.retain(|held| !is_any_commitment(held));
            return;
        }
        let share = self.says_percent() && !self.is_share_of_unused();
        let figure = if share { CommitmentFigure::UnusedPart } else { CommitmentFigure::Unused };
        if !self.measures.iter().any(is_figure) {
            self.measures = vec![Measure::Commitment(figure)];
        } else if !self.tells_a_part() || self.has(&Meaning::And) {
            self.measures.push(Measure::Commitment(CommitmentFigure::Unused));
        }
    }

    // "of total effective cost", "전체 유효 비용의": the whole is every cost, and not what commitments cost.
    fn is_of_all_costs(&self) -> bool {
        (0..self.items.len()).any(|at| {
            let next = self.next_meaning(at).and_then(|next| self.meaning(next));
            let cost = match next {
                Some(Meaning::Cost) => true,
                Some(Meaning::Measure(measure)) => measure.is_cost(),
                _ => false,
            };
            let all = matches!(
                self.text_of(at).to_lowercase().as_str(),
                "total" | "overall" | "all" | "whole" | "전체" | "총" | "모든"
            );
            self.meaning(at) == Some(&Meaning::Total) && all && cost
        })
    }

    // "share of the unused commitments that eastus has": the unused cost is the whole.
    fn is_share_of_unused(&self) -> bool {
        let narrowed = self.conditions.iter().any(|held| {
            !is_of_commitment(&held.filter.dimension)
                && !is_line(&held.filter.dimension)
                && !held.asked.is_empty()
        });
        narrowed && self.dimensions.is_empty()
    }

    // A figure of commitments picks its own lines; words that only define it narrow nothing.
    fn only_figures(&mut self) {
        if !self.measures.iter().any(is_figure) {
            return;
        }
        let marks = |held: &Condition| is_line(&held.filter.dimension) || is_any_commitment(held);
        self.conditions.retain(|held| !marks(held));
        self.measures.retain(is_figure);
        // Charges that were used leave nothing unused; fees alone do not say it, but with what was used.
        let unused = self.measures == [Measure::Commitment(CommitmentFigure::Unused)];
        let filter = if unused && !self.states_fees_alone() {
            Category::Unused.filter()
        } else {
            Filter { dimension: STATUS, op: FilterOp::NotNull, values: Vec::new() }
        };
        self.conditions.push(Condition { filter, asked: Vec::new() });
        // Where fees alone say it, the unused part is what remains of them: both stand beside it.
        let remains = unused && self.states_fees_alone() && self.dimensions.is_empty();
        if self.tells_a_part() || remains {
            for figure in [CommitmentFigure::Used, CommitmentFigure::Committed] {
                let beside = Measure::Commitment(figure);
                if !self.measures.contains(&beside) {
                    self.measures.push(beside);
                }
            }
        }
    }

    // "by what percentage is effective cost below list", "정가 대비 할인율".
    fn discount_in_percent(&mut self) {
        let off = self.has(&Meaning::Discount) || self.says_below();
        if !off || !self.says_percent() || self.measures.iter().any(is_figure) {
            return;
        }
        let (dear, cheap) = self.priced_apart();
        if self.has(&Meaning::Discount)
            || self.measures.iter().any(|measure| measure.is_cost() && *measure == dear.measure())
        {
            self.measures = vec![Measure::Discount(dear, cheap), dear.measure(), cheap.measure()];
            self.used_where_covered();
        }
    }

    fn says_percent(&self) -> bool {
        let rate = (0..self.items.len()).any(|at| {
            let word = self.text_of(at).to_lowercase();
            (self.meaning(at) == Some(&Meaning::Discount)
                && (word.ends_with('율') || word.ends_with('률') || word.ends_with("rate")))
                || matches!(
                    word.as_str(),
                    "percent"
                        | "percentage"
                        | "pct"
                        | "rate"
                        | "%"
                        | "퍼센트"
                        | "프로"
                        | "퍼센티지"
                )
        });
        // "how much of it" asks for an amount.
        let share = (0..self.items.len()).any(|at| {
            self.meaning(at) == Some(&Meaning::Share)
                && !self.text_of(at).to_lowercase().starts_with("how much")
        });
        rate || share || self.has(&Meaning::Relatively) || self.has(&Meaning::PercentSign)
    }

    // "below list", "정가보다 낮아": one cost lies under another at the same time.
    fn says_below(&self) -> bool {
        let lower = |at: usize| {
            let word = self.text_of(at).to_lowercase();
            matches!(
                word.as_str(),
                "below"
                    | "lower"
                    | "lower than"
                    | "under"
                    | "cheaper"
                    | "cheaper than"
                    | "less"
                    | "less than"
                    | "off"
                    | "beneath"
            ) || ["낮", "저렴", "싸", "싼", "절감", "할인"]
                .iter()
                .any(|stem| word.starts_with(stem))
        };
        let cost = self
            .measures
            .iter()
            .any(|measure| matches!(measure, Measure::ListCost | Measure::ContractedCost));
        cost && self.periods_named() < 2 && (0..self.items.len()).any(lower)
    }

    /// The dearer and the cheaper cost that a discount lies between: list and effective cost, unless others are
    /// named.
    fn priced_apart(&self) -> (CostMetric, CostMetric) {
        let mut named: Vec<CostMetric> = self
            .measures
            .iter()
            .filter(|measure| measure.is_cost())
            .filter_map(Measure::cost)
            .collect();
        named.sort_by_key(|cost| dearness(*cost));
        match named.as_slice() {
            [CostMetric::List] | [] => (CostMetric::List, CostMetric::Effective),
            [cheap] => (CostMetric::List, *cheap),
            [dear, .., cheap] => (*dear, *cheap),
        }
    }

    // Prices without the commitment exist for the usage that it covered alone (FOCUS 1.2:
    // `CommitmentDiscountStatus` is "Used" there).
    fn used_where_covered(&mut self) {
        if !self.names_commitment() {
            return;
        }
        self.conditions.retain(|held| held.filter.dimension != PRICING && !is_any_commitment(held));
        let said = self.conditions.iter().any(|held| held.filter.dimension == STATUS);
        if !said && holds(self.known, &STATUS) {
            let filter =
                Filter { dimension: STATUS, op: FilterOp::In, values: vec!["Used".into()] };
            self.conditions.push(Condition { filter, asked: Vec::new() });
        }
    }

    /// Settles the conditions and measures of questions about commitments.
    pub(super) fn settle_commitment(&mut self, ask: Ask) {
        match ask {
            Ask::Saving => {
                let (dear, cheap) = self.priced_apart();
                self.used_where_covered();
                self.measures = vec![dear.measure(), cheap.measure()];
            }
            // Charges that a commitment covers can cost nothing: how many there are says more.
            Ask::Total if self.names_kind() => {
                let costs = self.measures.iter().all(Measure::is_cost);
                if costs && self.measures.len() == 1 {
                    self.measures.push(Measure::Rows);
                }
            }
            _ => {}
        }
    }

    fn names_kind(&self) -> bool {
        self.conditions.iter().any(|held| {
            is_of_commitment(&held.filter.dimension) && held.filter.op != FilterOp::NotNull
        })
    }

    fn states_fees_alone(&self) -> bool {
        self.known.description.notices.iter().any(|notice| {
            notice.code == NoticeCode::UnknownCommitmentCost && notice.figures.contains_key("fees")
        })
    }

    /// Reports that state fees alone do not say which usage a fee was for: what nothing used is known for times and
    /// kinds of commitments only.
    pub(super) fn unknown_parts(&self, ask: Ask) -> Option<Decline> {
        let unsaid = self.unpriced_reservations(ask).or_else(|| self.rate_of_commitments(ask));
        if let Some(decline) = unsaid {
            return Some(decline);
        }
        let figures = self.measures.iter().any(is_figure);
        let fees = self.states_fees_alone();
        let told = |dimension: &Dimension| {
            is_of_commitment(dimension)
                || *dimension == STATUS
                || matches!(
                    dimension,
                    Dimension::Time(_)
                        | Dimension::Column(
                            FocusDimension::Provider
                                | FocusDimension::BillingAccountId
                                | FocusDimension::BillingPeriod
                        )
                )
        };
        let filtered = self.conditions.iter().map(|held| &held.filter.dimension);
        let beyond = self.dimensions.iter().chain(filtered).any(|dimension| !told(dimension));
        if !figures || !fees || !beyond {
            return None;
        }
        let figure = |at: &usize| matches!(self.meaning(*at), Some(Meaning::Measure(measure)) if is_figure(measure));
        let asked: Vec<Slice> = (0..self.items.len())
            .filter(figure)
            .filter_map(|at| self.items.get(at).map(|item| (item.start, item.end)))
            .collect();
        Some(Decline { reason: Reason::NotInBills, asked, nearest: Vec::new(), period: None })
    }

    /// What commitments cover can be counted in list, contracted or effective cost, or in hours; and what would have
    /// been without them is on no bill.
    pub(super) fn unsaid_of_commitments(&self) -> Option<Decline> {
        if !self.of_commitments() {
            return None;
        }
        let lower = self.text.to_lowercase();
        let supposed = (lower.contains("would") && lower.contains("without"))
            || (lower.contains("없었다면")
                || lower.contains("없었으면")
                || lower.contains("안 썼다면"));
        let covered = |at: &usize| {
            matches!(
                self.text_of(*at).to_lowercase().as_str(),
                "coverage"
                    | "coverage rate"
                    | "커버리지"
                    | "커버율"
                    | "커버률"
                    | "적용률"
                    | "적용율"
            )
        };
        let at = (0..self.items.len()).find(covered);
        let asked = at.and_then(|at| self.items.get(at)).map(|item| (item.start, item.end));
        let told =
            self.has(&Meaning::Discount) || (self.has_status("Used") && self.has(&Meaning::Share));
        (supposed || (at.is_some() && !told)).then(|| Decline {
            reason: Reason::NotUnderstood,
            asked: asked.into_iter().collect(),
            nearest: Vec::new(),
            period: None,
        })
    }

    /// The share of commitments that was used or not is a share of what commitments cost.
    pub(super) fn whole_of_commitments(&mut self, ask: Ask) {
        let named = self.flag(|meaning| *meaning == Meaning::Dimension(COMMITMENT));
        let status = self.conditions.iter().any(|held| held.filter.dimension == STATUS);
        let held = self.conditions.iter().any(|held| held.filter.dimension == COMMITMENT);
        if ask == Ask::Share && named && status && !held && holds(self.known, &COMMITMENT) {
            let filter =
                Filter { dimension: COMMITMENT, op: FilterOp::NotNull, values: Vec::new() };
            self.conditions.push(Condition { filter, asked: Vec::new() });
        }
    }

    /// What commitments were used or not costs nothing once more on the invoice: their effective cost is
    /// meant where no metric is named (FOCUS 1.2: purchases carry the billed cost).
    pub(super) fn priced_by_use(&self) -> Option<Measure> {
        let status = self
            .conditions
            .iter()
            .any(|held| held.filter.dimension == STATUS && matches!(held.filter.op, FilterOp::In));
        status.then_some(Measure::EffectiveCost)
    }

    /// The filter of a kind of charge, where the loaded bills tell it.
    pub(super) fn filter_of(&self, category: Category) -> Filter {
        match category {
            // What was covered has no status in some reports.
            Category::Used if !holds(self.known, &STATUS) => Category::Committed.filter(),
            Category::Commitment if !holds(self.known, &COMMITMENT) => Filter {
                dimension: Dimension::Column(FocusDimension::CommitmentDiscountType),
                ..Category::Commitment.filter()
            },
            other => other.filter(),
        }
    }
}

// Charges of any commitment.
fn is_any_commitment(held: &Condition) -> bool {
    is_of_commitment(&held.filter.dimension) && held.filter.op == FilterOp::NotNull
}

fn is_figure(measure: &Measure) -> bool {
    matches!(measure, Measure::Commitment(_))
}

fn is_part(measure: &Measure) -> bool {
    match measure {
        Measure::Commitment(figure) => figure.is_part(),
        Measure::Discount(..) => true,
        _ => false,
    }
}

// List prices are dearer than contracted ones, and these than billed and effective cost.
pub(super) fn dearness(cost: CostMetric) -> u8 {
    match cost {
        CostMetric::List => 0,
        CostMetric::Contracted => 1,
        CostMetric::Billed | CostMetric::NetBilled => 2,
        CostMetric::Effective | CostMetric::NetEffective => 3,
    }
}
