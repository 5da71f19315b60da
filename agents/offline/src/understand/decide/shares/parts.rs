//! Questions about parts of a whole: shares, running totals, ratios, differences and savings.

use wherefore_contract::{
    cost::{ChargeKind, CostMetric, Measure},
    dimension::{Dimension, FocusDimension},
    filter::{Filter, FilterOp},
};

use super::super::{
    super::{
        credited::Amounts,
        word::{Category, Meaning},
    },
    Draft,
};
use crate::request::{Ask, Condition, Side};

// The share that "the largest parts" reach when the question names none: the usual Pareto cut.
const USUAL_REACH: u32 = 80;

impl Draft<'_> {
    // Parts of a whole: shares, running totals, ratios and savings.
    pub(in crate::understand::decide) fn about_parts(&mut self) -> Option<Ask> {
        if let Some(ask) = self.beside_credits() {
            return Some(ask);
        }
        if self.takes_no_share() {
            return None;
        }
        if let Some(ask) = self.covered_part() {
            return Some(ask);
        }
        let shared = self.has(&Meaning::Share);
        let parts = shared || !self.dimensions.is_empty();
        let running = self.has(&Meaning::Running);
        let reaches = self.has(&Meaning::Reach) || (self.percent.is_some() && parts);
        let by_things = self.dimensions.iter().any(|dimension| dimension.grain().is_none());
        if reaches || (running && by_things && (shared || !self.is_grained())) {
            self.default_parts();
            return Some(Ask::Cumulative(self.percent.unwrap_or(USUAL_REACH)));
        }
        if running && (self.is_grained() || self.has(&Meaning::Trend)) {
            self.running = true;
            return Some(Ask::Trend);
        }
        if self.takes_the_top_together() {
            return Some(Ask::Cumulative(0));
        }
        if let Some(ask) = self.in_percent() {
            return Some(ask);
        }
        if let Some(ask) = self.difference().or_else(|| self.metrics_apart()) {
            return Some(ask);
        }
        if self.has(&Meaning::Times) {
            return Some(self.ratio());
        }
        let counts = |one: &Measure| matches!(one, Measure::Rows | Measure::Distinct(_));
        let alike = !self.measures.iter().any(counts) || self.measures.iter().all(counts);
        if shared && self.measures.len() == 2 && alike && self.dimensions.is_empty() {
            return Some(self.ratio());
        }
        let credited = self.conditions.iter().any(|held| {
            held.filter == Category::Credit.filter() || held.filter == Category::Refund.filter()
        });
        // "how much did the account save in October compared with September": a cost that fell.
        let fell = self.has(&Meaning::Compare) && self.periods_named() == 2;
        if (self.has(&Meaning::Discount) && !credited && !fell)
            || (self.has(&Meaning::Difference) && self.measures.len() == 2)
        {
            return Some(Ask::Saving);
        }
        if !shared || (self.moves_in_time() && !self.is_grained()) {
            return None;
        }
        self.within = self.whole_of_share();
        if self.shares_of_rivals() {
            return Some(Ask::Share);
        }
        Some(self.share())
    }

    // "상위 5개 서비스를 합치면 전체의 몇 %", "what share do the top 3 services account for": one share of all of
    // them. Of what has no such name the whole would not be told, so rows stay rows there.
    pub(in crate::understand::decide) fn takes_the_top_together(&self) -> bool {
        let [only] = self.dimensions.as_slice() else { return false };
        let plain = matches!(
            only,
            Dimension::Column(
                FocusDimension::ServiceName
                    | FocusDimension::ServiceCategory
                    | FocusDimension::Provider
                    | FocusDimension::SubAccountId
                    | FocusDimension::SubAccountName
                    | FocusDimension::ChargeDescription
            )
        );
        let lower = self.text.to_lowercase();
        let spoken =
            ["합치면", "합쳐", "합친", "합하면", "합산", "together", "combined", "taken together"]
                .iter()
                .any(|word| lower.contains(word));
        let asked = ["what", "how much", "which"].iter().any(|word| lower.contains(word))
            && ["account for", "make up", "makes up", "represent", "contribute", "amount to"]
                .iter()
                .any(|word| lower.contains(word));
        let percent =
            self.has(&Meaning::Share) || self.asks_percent() || self.has(&Meaning::Relatively);
        plain
            && percent
            && (spoken || asked)
            && (self.ranks() || self.sorts())
            && self.limit.is_some_and(|limit| limit > 1)
            && self.limit_per.is_empty()
            && self.bounds.is_empty()
            && !self.moves_in_time()
    }

    // "gross of credits and net of credits": each amount with its own condition.
    fn beside_credits(&mut self) -> Option<Ask> {
        let (at, amounts) = (0..self.items.len()).find_map(|at| match self.meaning(at) {
            Some(Meaning::Beside(amounts)) => Some((at, *amounts)),
            _ => None,
        })?;
        let asked: Vec<_> =
            self.items.get(at).map(|item| (item.start, item.end)).into_iter().collect();
        let measure = self.measures.iter().find(|measure| measure.is_cost()).cloned();
        let default = self.known.description.default_cost.clone();
        let measure = measure.or(default).unwrap_or(Measure::BilledCost);
        // "gross and net": without the word for credits, nothing names what the gross amount leaves out.
        let lower = self.text.to_lowercase();
        let says_credits = ["credit", "크레딧", "크레디트"].iter().any(|said| lower.contains(said));
        if !self.dimensions.is_empty() || !says_credits {
            let cost = measure.cost().unwrap_or(CostMetric::Billed);
            return Some(self.kinds_by_row(amounts, cost));
        }
        let credit = Category::Credit.filter();
        let gross = Filter { op: FilterOp::NotIn, ..credit.clone() };
        let kinds = [
            (amounts.usage, Some(Category::Usage.filter())),
            (amounts.gross, Some(gross)),
            (amounts.credits, Some(credit)),
            (amounts.net, None),
        ];
        let side = |filter: Option<Filter>| Side {
            measure: measure.clone(),
            conditions: self
                .conditions
                .iter()
                .cloned()
                .chain(filter.map(|filter| Condition { filter, asked: asked.clone() }))
                .collect(),
            period: None,
        };
        let sides = kinds.into_iter().filter(|(wanted, _)| *wanted).map(|(_, filter)| side(filter));
        self.sides = sides.collect();
        Some(Ask::Beside)
    }

    // "the gross cost, the credits and the net of each service": columns of one table.
    fn kinds_by_row(&mut self, amounts: Amounts, cost: CostMetric) -> Ask {
        let kinds = [
            (amounts.usage, Measure::OfKind(ChargeKind::Usage, cost)),
            (amounts.gross, Measure::OfKind(ChargeKind::Gross, cost)),
            (amounts.credits, Measure::OfKind(ChargeKind::Credit, cost)),
            (amounts.net, cost.measure()),
        ];
        self.measures.retain(|measure| !measure.is_cost());
        let asked = kinds.into_iter().filter(|(asked, _)| *asked).map(|(_, measure)| measure);
        self.measures.extend(asked);
        self.plain()
    }

    /// "usage cost and tax side by side, by service": a column for each kind.
    pub(in crate::understand::decide) fn kinds_side_by_side(&mut self) {
        let apart = [
            "나란히",
            "각각",
            "따로",
            "side by side",
            "separately",
            "next to",
            "respectively",
            "columns",
        ];
        let lower = self.text.to_lowercase();
        let kinds = Category::Usage.filter().dimension;
        if self.dimensions.is_empty()
            || self.dimensions.contains(&kinds)
            || !apart.iter().any(|word| lower.contains(word))
            || self.has(&Meaning::Share)
            || self.measures.iter().any(|measure| !measure.is_cost())
            || self.measures.len() > 1
        {
            return;
        }
        let listed = self.conditions.iter().position(|held| {
            held.filter.dimension == kinds
                && held.filter.op == FilterOp::In
                && held.filter.values.len() >= 2
                && held.asked.len() >= held.filter.values.len()
        });
        let Some(at) = listed else { return };
        let values = self.conditions.get(at).map(|held| held.filter.values.clone());
        let cost = self.measures.iter().find_map(Measure::cost);
        let default = self.known.description.default_cost.as_ref().and_then(Measure::cost);
        let cost = cost.or(default).unwrap_or(CostMetric::Billed);
        let mut found: Vec<Measure> = Vec::new();
        for value in values.unwrap_or_default() {
            let kind =
                ChargeKind::ALL.into_iter().find(|kind| kind.category() == (value.as_str(), false));
            let Some(kind) = kind else { return };
            let measure = Measure::OfKind(kind, cost);
            if !found.contains(&measure) {
                found.push(measure);
            }
        }
        self.conditions.remove(at);
        self.measures = found;
    }

    /// The dimension of which the question names several values.
    pub(in crate::understand::decide) fn rivals_named(&self) -> Option<Dimension> {
        let several = |held: &&Condition| {
            held.filter.op == FilterOp::In
                && held.filter.values.len() > 1
                && held.asked.len() == held.filter.values.len()
        };
        self.conditions.iter().find(several).map(|held| held.filter.dimension.clone())
    }

    fn default_parts(&mut self) {
        if self.dimensions.is_empty() {
            self.dimensions.push(Dimension::Column(FocusDimension::ServiceName));
        }
    }

    // "how much more than", "차이": two values of one dimension, one less the other.
    fn difference(&mut self) -> Option<Ask> {
        let apart = self.has(&Meaning::Difference)
            || ((self.has(&Meaning::Compare) || self.weighs()) && self.asks_how_much_more());
        let cost = self.measures.iter().filter(|measure| measure.is_cost()).count() < 2;
        if !apart || !cost || self.periods_named() >= 2 {
            return None;
        }
        let two = |held: &Condition| {
            held.filter.op == FilterOp::In && held.filter.values.len() == 2 && held.asked.len() == 2
        };
        // "각각 얼마이고 차이는": both amounts stand beside the difference anyway.
        let own = self.conditions.iter().find(|held| two(held));
        if own.is_some_and(|held| self.dimensions == [held.filter.dimension.clone()]) {
            self.dimensions.clear();
        }
        if !self.dimensions.is_empty() {
            return None;
        }
        self.base_last();
        let at = self.conditions.iter().position(two)?;
        self.sides = self.sides_of(at)?;
        Some(Ask::Difference)
    }

    // "얼마나 더", "how much more": the gap is asked for, not which is larger.
    fn asks_how_much_more(&self) -> bool {
        let lower = self.text.to_lowercase();
        let english = lower.contains("how much more")
            || lower.contains("how much less")
            || lower.contains("by how much");
        english || (lower.contains("보다") && (lower.contains("얼마나") || lower.contains("얼마")))
    }

    // "how many times": two values or two periods of one cost, else two sides of their own.
    fn ratio(&mut self) -> Ask {
        if self.several_of_another().is_some() {
            return Ask::Ratio;
        }
        self.base_last();
        let listed = self
            .conditions
            .iter()
            .any(|held| held.filter.op == FilterOp::In && held.filter.values.len() >= 2);
        let costs: Vec<Measure> =
            self.measures.iter().filter(|measure| measure.is_cost()).cloned().collect();
        if costs.len() == 2 && !listed {
            let korean = self.has_korean_base();
            let mut sides: Vec<Side> = costs
                .into_iter()
                .map(|measure| Side { measure, conditions: self.conditions.clone(), period: None })
                .collect();
            if korean {
                sides.reverse();
            }
            self.sides = sides;
            return Ask::Ratio;
        }
        let named: Vec<usize> = (0..self.conditions.len())
            .filter(|at| {
                self.conditions.get(*at).is_some_and(|held| {
                    matches!(
                        held.filter.op,
                        FilterOp::In | FilterOp::Contains | FilterOp::IsNull | FilterOp::NotNull
                    ) && !held.asked.is_empty()
                })
            })
            .collect();
        if let Some(ask) = self.sides_around_than(&named) {
            return ask;
        }
        if !listed && named.len() == 2 && self.periods_named() < 2 {
            let measure = costs.first().cloned().unwrap_or_else(|| {
                self.known.description.default_cost.clone().unwrap_or(Measure::BilledCost)
            });
            let mut own: Vec<_> =
                named.iter().filter_map(|at| self.conditions.get(*at).cloned()).collect();
            own.sort_by_key(|held| held.asked.first().copied());
            let common: Vec<_> =
                self.conditions.iter().filter(|held| !own.contains(held)).cloned().collect();
            self.sides = own
                .into_iter()
                .map(|held| Side {
                    measure: measure.clone(),
                    conditions: common.iter().cloned().chain([held]).collect(),
                    period: None,
                })
                .collect();
            return Ask::Ratio;
        }
        Ask::Times
    }

    // "how many times dearer is the NAT gateway than EC2 instance hours": all that stands on one side of
    // the word narrows that side.
    fn sides_around_than(&mut self, named: &[usize]) -> Option<Ask> {
        let held: Vec<Condition> =
            named.iter().filter_map(|at| self.conditions.get(*at).cloned()).collect();
        let own: Vec<Condition> = held.iter().flat_map(one_by_one).collect();
        let starts = || own.iter().flat_map(|held| held.asked.iter().map(|(start, _)| *start));
        let (first, last) = (starts().min()?, starts().max()?);
        let between = self.items.iter().find(|item| {
            item.meaning == Meaning::Compare
                && item.start > first
                && item.start < last
                && self.text.get(item.start..item.end).is_some_and(|word| {
                    matches!(word.to_lowercase().as_str(), "than" | "versus" | "vs" | "보다")
                })
        })?;
        let (middle, korean) =
            (between.start, !self.text.get(between.start..between.end)?.is_ascii());
        let apart = |held: &Condition| {
            let ahead = held.asked.iter().filter(|(start, _)| *start < middle).count();
            ahead == 0 || ahead == held.asked.len()
        };
        if own.len() < 3 || self.periods_named() >= 2 || !own.iter().all(apart) {
            return None;
        }
        let measure = self.measures.iter().find(|measure| measure.is_cost()).cloned();
        let default = || self.known.description.default_cost.clone().unwrap_or(Measure::BilledCost);
        let measure = measure.unwrap_or_else(default);
        let common: Vec<Condition> =
            self.conditions.iter().filter(|one| !held.contains(one)).cloned().collect();
        let (ahead, behind): (Vec<Condition>, Vec<Condition>) =
            own.into_iter().partition(|held| held.asked.iter().all(|(start, _)| *start < middle));
        let side = |held: Vec<Condition>| Side {
            measure: measure.clone(),
            conditions: common.iter().cloned().chain(held).collect(),
            period: None,
        };
        self.sides =
            if korean { vec![side(behind), side(ahead)] } else { vec![side(ahead), side(behind)] };
        Some(Ask::Ratio)
    }

    // "정가 대비 청구 비용": what stands before 대비 is divided by.
    fn has_korean_base(&self) -> bool {
        (0..self.items.len()).any(|at| {
            let measure = |index: Option<usize>| {
                index.is_some_and(|index| {
                    matches!(self.meaning(index), Some(Meaning::Measure(_) | Meaning::Cost))
                })
            };
            self.meaning(at) == Some(&Meaning::Compare)
                && self.text_of(at).contains("대비")
                && measure(self.previous_meaning(at))
        })
    }

    // "shares of AWS and Oracle each": a part of the whole for each of them, and not of both together.
    fn shares_of_rivals(&mut self) -> bool {
        let Some(dimension) = self.rivals_named() else { return false };
        let alone = self.dimensions.iter().all(|held| *held == dimension)
            && !self.groups_explicitly(&dimension);
        let each = (0..self.items.len()).any(|at| {
            let text = self.text_of(at).to_lowercase();
            text.starts_with("각각") || matches!(text.as_str(), "each" | "respectively")
        });
        let last = self
            .conditions
            .iter()
            .find(|held| held.filter.dimension == dimension)
            .and_then(|held| held.asked.iter().map(|(_, end)| *end).max());
        let rest = last.and_then(|last| self.text.get(last..)).unwrap_or_default();
        let owned = ["의 비중", "의 비율"].iter().any(|words| rest.contains(words))
            && !["차지", "합"].iter().any(|word| rest.contains(word));
        if !alone || !(each || owned) {
            return false;
        }
        self.dimensions = vec![dimension];
        true
    }

    // "share by service" gives shares to all rows; "the share of EC2" is one part over the whole.
    fn share(&self) -> Ask {
        let grouped = self.dimensions.iter().any(|dimension| dimension.grain().is_none());
        let narrowed = self.conditions.iter().any(|held| !held.asked.is_empty());
        let missing = self.conditions.iter().any(|held| {
            matches!(held.filter.op, FilterOp::IsNull | FilterOp::NotNull) && !held.asked.is_empty()
        });
        // "the untagged share of each account": a part over the whole of every row.
        if self.dimensions.len() == 1 && (missing || self.shares_of_each()) {
            return Ask::Share;
        }
        if grouped || !narrowed { Ask::Breakdown } else { Ask::Share }
    }

    /// "구매 요금이랑 사용 요금을 나눠서", "split into usage and tax": kinds that stand right beside the word of
    /// the split are its parts.
    pub(in crate::understand::decide) fn parts_listed(&self) -> bool {
        self.conditions.iter().any(|held| {
            let several = held.filter.op == FilterOp::In
                && held.filter.values.len() >= 2
                && held.asked.len() >= 2;
            let first = held.asked.iter().map(|(start, _)| *start).min();
            let last = held.asked.iter().map(|(_, end)| *end).max();
            several
                && (0..self.items.len()).any(|at| {
                    let Some(item) = self.items.get(at) else { return false };
                    let korean = !self.text_of(at).is_ascii();
                    let between = if korean {
                        last.and_then(|last| self.text.get(last..item.start))
                    } else {
                        first.and_then(|first| self.text.get(item.end..first))
                    };
                    let near = |words: &str| {
                        words.split_whitespace().all(|word| {
                            matches!(
                                word,
                                "을" | "를"
                                    | "으로"
                                    | "로"
                                    | "요금을"
                                    | "비용을"
                                    | "비용으로"
                                    | "요금으로"
                                    | "각각"
                                    | "into"
                                    | "by"
                                    | "between"
                                    | "the"
                                    | "it"
                                    | "them"
                            )
                        })
                    };
                    self.meaning(at) == Some(&Meaning::Breakdown) && between.is_some_and(near)
                })
        })
    }

    // "AWS against Azure": two values of one dimension stand side by side.
    pub(in crate::understand::decide) fn sides_of_values(&mut self) {
        let sides = self
            .conditions
            .iter()
            .find(|held| held.filter.op == FilterOp::In && held.filter.values.len() >= 2);
        if let Some(dimension) = sides.map(|held| held.filter.dimension.clone())
            && !self.dimensions.contains(&dimension)
        {
            self.dimensions.push(dimension);
        }
    }
}

// A list of values as one condition each, with the words of each.
fn one_by_one(held: &Condition) -> Vec<Condition> {
    if held.filter.op != FilterOp::In || held.filter.values.len() != held.asked.len() {
        return vec![held.clone()];
    }
    let each = held.filter.values.iter().zip(&held.asked).map(|(value, asked)| Condition {
        filter: Filter { values: vec![value.clone()], ..held.filter.clone() },
        asked: vec![*asked],
    });
    each.collect()
}
