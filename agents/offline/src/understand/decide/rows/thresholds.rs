//! Amounts that rows or charges must reach: "over 100 dollars", "5% 이상", "negative".

mod amount;
mod signs;

use wherefore_contract::{
    Decimal,
    cost::{ChargeKind, Measure},
    filter::{Against, AmountCondition, Comparison, RowCondition},
};

use self::amount::amount;
use super::super::super::word::{Category, Meaning};
use super::super::Draft;

/// A threshold of the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::understand) struct Bound {
    pub op: Comparison,
    pub value: Decimal,
    pub percent: bool,
    /// The thing that is counted: "more than 3 accounts".
    pub counts: Option<Measure>,
    /// The value is so many means of all rows.
    pub mean: bool,
    /// It names a sign ("negative", "zero") and no amount.
    pub sign: bool,
}

impl Bound {
    fn of(op: Comparison, value: Decimal) -> Self {
        Self { op, value, percent: false, counts: None, mean: false, sign: false }
    }
}

impl Draft<'_> {
    /// Reads the thresholds and marks the words they use.
    pub(in crate::understand::decide) fn thresholds(&mut self) {
        self.signs_of_costs();
        self.ranges();
        for at in 0..self.items.len() {
            match self.meaning(at).cloned() {
                Some(Meaning::Sign(op)) => {
                    self.mark(at);
                    self.bounds.push(Bound { sign: true, ..Bound::of(op, Decimal::ZERO) });
                }
                Some(Meaning::Number { value: 0, .. })
                    if (self.meaning(at + 1) == Some(&Meaning::Money)
                        || self.is_a_cost_of_zero(at))
                        && !self.flag(|meaning| matches!(meaning, Meaning::Bound(_))) =>
                {
                    self.mark(at);
                    let zero = Bound::of(Comparison::Equal, Decimal::ZERO);
                    self.bounds.push(Bound { sign: true, ..zero });
                }
                Some(Meaning::AgainstMean { op, times }) => {
                    self.mark(at);
                    self.bounds.push(Bound { mean: true, ..Bound::of(op, times) });
                }
                Some(Meaning::Number { value: 0, .. }) => {
                    if let Some(op) = self.zero_of_a_cost(at) {
                        self.mark(at);
                        let value = Decimal::ZERO;
                        self.bounds.push(Bound { sign: true, ..Bound::of(op, value) });
                    }
                }
                Some(Meaning::Bound(op)) => {
                    if let Some(bound) = self.bound(at, op) {
                        self.mark(at);
                        self.bounds.push(bound);
                    }
                }
                _ => {}
            }
        }
    }

    // "services with a gross cost above a dollar", where the net stands beside it: the kind that is named nearest.
    fn kind_bounded(&self) -> Option<Measure> {
        let kind = |wanted: ChargeKind| {
            self.measures
                .iter()
                .find(|measure| matches!(measure, Measure::OfKind(kind, _) if *kind == wanted))
        };
        let at = self
            .items
            .iter()
            .position(|item| matches!(item.meaning, Meaning::Bound(_) | Meaning::Sign(_)))?;
        let named = self.items.get(..at)?.iter().rev().find_map(|item| match item.meaning {
            Meaning::Category(Category::Usage) => Some(ChargeKind::Usage),
            Meaning::Category(Category::Tax) => Some(ChargeKind::Tax),
            Meaning::Category(Category::Credit) => Some(ChargeKind::Credit),
            Meaning::Category(Category::Purchase) => Some(ChargeKind::Purchase),
            _ => None,
        });
        if let Some(named) = named.and_then(kind) {
            return Some(named.clone());
        }
        let main = kind(ChargeKind::Gross).or_else(|| kind(ChargeKind::Usage))?;
        let start = self.items.get(at)?.start;
        let ahead = self.text.get(..start).unwrap_or_default().to_lowercase();
        let said = |words: &[&str]| words.iter().filter_map(|word| ahead.rfind(word)).max();
        let net = said(&["net", "순액", "순비용", "적용 후"]);
        let gross = said(&["gross", "usage", "before credit", "적용 전", "크레딧 전", "사용"]);
        (net <= gross).then(|| main.clone())
    }

    // "비용이 0인 서비스", "services whose cost is 0": the amount alone, without what it counts.
    fn is_a_cost_of_zero(&self, at: usize) -> bool {
        let cost = self.previous_meaning(at).is_some_and(|prior| {
            matches!(
                self.meaning(prior),
                Some(Meaning::Cost | Meaning::Measure(_) | Meaning::Gross)
            )
        });
        let next = self.text_of(at + 1);
        let decimal =
            self.items.get(at + 1).is_some_and(|item| item.glued && next.starts_with('.'));
        cost && !decimal && self.meaning(at + 1) != Some(&Meaning::PercentSign)
    }

    fn bound(&mut self, at: usize, op: Comparison) -> Option<Bound> {
        let number = |draft: &Self, index: &usize| {
            matches!(draft.meaning(*index), Some(Meaning::Number { .. })) && !draft.is_used(*index)
        };
        let after = (at + 1..(at + 5).min(self.items.len())).find(|index| number(self, index));
        let before = (at.saturating_sub(6)..at).rev().find(|index| number(self, index));
        let korean = self.text_of(at).chars().any(|letter| letter >= '\u{1100}');
        let trails = korean || self.text_of(at).starts_with("or ");
        let place = if trails { before.or(after) } else { after.or(before) };
        let Some(place) = place else { return self.one_of_money(at, op) };
        let (value, last) = self.amount_at(place)?;
        let percent = self
            .next_meaning(last)
            .filter(|next| self.meaning(*next) == Some(&Meaning::PercentSign));
        if let Some(sign) = percent {
            self.mark(sign);
        }
        let counts = self.counted_after(last);
        Some(Bound { percent: percent.is_some(), counts, ..Bound::of(op, value) })
    }

    // "under a dollar", "less than a cent".
    fn one_of_money(&mut self, at: usize, op: Comparison) -> Option<Bound> {
        let article = matches!(self.text_of(at + 1).to_lowercase().as_str(), "a" | "one");
        let unit = self.meaning(at + 2) == Some(&Meaning::Money);
        let cents = self.text_of(at + 2).to_lowercase().starts_with("cent");
        let one = if cents { Decimal::new(1, 2) } else { Decimal::ONE };
        (article && unit).then_some(Bound::of(op, one))
    }

    // The amount whose number stands at `place`, and its last word.
    fn amount_at(&mut self, place: usize) -> Option<(Decimal, usize)> {
        // The sign and the first digits of "-0.5" or "1.25" stand in items of their own.
        let first = self.first_of_number(place);
        let start = self.items.get(first)?.start;
        let spelled = match self.meaning(first) {
            Some(Meaning::Number { value, digits: 0 }) => Some(Decimal::from(*value)),
            _ => None,
        };
        let (value, end) = if let Some(value) = spelled {
            (value, self.items.get(first)?.end)
        } else {
            let (value, length) = amount(self.text.get(start..)?)?;
            (value, start + length)
        };
        let negative = first.checked_sub(1).is_some_and(|sign| self.text_of(sign) == "-");
        for index in 0..self.items.len() {
            if self.items.get(index).is_some_and(|item| item.start >= start && item.end <= end) {
                self.mark(index);
            }
        }
        let last = (0..self.items.len())
            .rev()
            .find(|index| self.items.get(*index).is_some_and(|item| item.start < end))?;
        // Bills count in whole units of money: "5 cents" is 0.05.
        let cents = matches!(
            self.text_of(last + 1).to_lowercase().as_str(),
            "cent" | "cents" | "센트" | "¢"
        );
        let value = if cents { value / Decimal::from(100) } else { value };
        Some((if negative { -value } else { value }, last))
    }

    // "between 10 and 100 dollars", "10달러에서 100달러 사이": both ends belong to it.
    fn ranges(&mut self) {
        for at in 0..self.items.len() {
            let text = self.text_of(at).to_lowercase();
            let english = matches!(text.as_str(), "between" | "in between");
            let korean = text.starts_with("사이");
            if !(english || korean) {
                continue;
            }
            let number = |draft: &Self, index: &usize| {
                matches!(draft.meaning(*index), Some(Meaning::Number { .. }))
                    && !draft.is_used(*index)
                    && draft.first_of_number(*index) == *index
            };
            let near = if english {
                at + 1..(at + 12).min(self.items.len())
            } else {
                at.saturating_sub(14)..at
            };
            let found: Vec<usize> = near.filter(|index| number(self, index)).collect();
            let pair = if english {
                found.get(..2)
            } else {
                found.len().checked_sub(2).and_then(|from| found.get(from..))
            };
            let Some([low, high]) = pair else { continue };
            let joined = (*low + 1..*high).any(|index| {
                matches!(
                    self.meaning(index),
                    Some(
                        Meaning::And
                            | Meaning::To
                            | Meaning::Range
                            | Meaning::From
                            | Meaning::Until
                            | Meaning::Since
                    )
                ) || matches!(self.text_of(index), "에서" | "부터" | "-" | "~")
            });
            let (low, high) = (*low, *high);
            let (Some((low, _)), Some((high, last)), true) =
                (self.amount_at(low), self.amount_at(high), joined)
            else {
                continue;
            };
            let percent = self
                .next_meaning(last)
                .filter(|next| self.meaning(*next) == Some(&Meaning::PercentSign));
            if let Some(sign) = percent {
                self.mark(sign);
            }
            let counts = self.counted_after(last);
            self.mark(at);
            let (low, high) = if low <= high { (low, high) } else { (high, low) };
            for (op, value) in [(Comparison::AtLeast, low), (Comparison::AtMost, high)] {
                let percent = percent.is_some();
                self.bounds.push(Bound { percent, counts: counts.clone(), ..Bound::of(op, value) });
            }
        }
    }

    fn first_of_number(&self, at: usize) -> usize {
        let mut first = at;
        while let Some(prior) = first.checked_sub(1)
            && self.items.get(first).is_some_and(|item| item.glued)
            && (matches!(self.meaning(prior), Some(Meaning::Number { .. }))
                || self.text_of(prior) == "."
                    && prior.checked_sub(1).is_some_and(|whole| {
                        matches!(self.meaning(whole), Some(Meaning::Number { .. }))
                    }))
        {
            first = prior;
        }
        first
    }

    // "more than 3 accounts", "2개 이상의 리전": a count, not money.
    fn counted_after(&mut self, last: usize) -> Option<Measure> {
        let next = self.items.get(last + 1)?;
        match next.meaning.clone() {
            Meaning::Dimension(dimension) => {
                self.mark(last + 1);
                Some(Measure::Distinct(dimension))
            }
            Meaning::Measure(Measure::Rows) => {
                self.mark(last + 1);
                Some(Measure::Rows)
            }
            _ => None,
        }
    }

    pub(in crate::understand) fn text_of(&self, at: usize) -> &str {
        let item = self.items.get(at);
        item.and_then(|item| self.text.get(item.start..item.end)).unwrap_or_default()
    }

    // "zero-cost rows by month", "음수 비용 행": rows of the bill have the sign, whatever they are grouped by.
    fn signs_rows(&self) -> bool {
        (0..self.items.len()).any(|at| {
            matches!(self.meaning(at), Some(Meaning::Sign(_)))
                && (at + 1..at + 4)
                    .any(|next| self.meaning(next) == Some(&Meaning::Measure(Measure::Rows)))
        })
    }

    /// The thresholds as conditions on result rows and on charges. Without anything to group by, the
    /// charges themselves are meant.
    pub(in crate::understand::decide) fn settle_bounds(
        &mut self,
        compared: bool,
    ) -> (Vec<AmountCondition>, Vec<RowCondition>) {
        let (mut having, mut amounts) = self.settle_signs();
        let cost = self.measures.iter().find(|measure| measure.is_cost()).cloned();
        let cost = self.bounded.clone().or_else(|| self.kind_bounded()).or(cost);
        let first = cost.clone().or_else(|| self.measures.first().cloned());
        let column = first.as_ref().map(Measure::column_name).unwrap_or_default();
        let grouped = !self.dimensions.is_empty() || self.counted.is_some();
        let of_rows = self.has(&Meaning::Single)
            || (self.has(&Meaning::Measure(Measure::Rows)) && self.dimensions.is_empty());
        let falls = self.has(&Meaning::Fall) && !self.has(&Meaning::Rise);
        let shares = self.has(&Meaning::Share);
        for bound in std::mem::take(&mut self.bounds) {
            if let Some(counts) = &bound.counts {
                if !self.measures.contains(counts) {
                    self.measures.push(counts.clone());
                }
                let column = counts.column_name();
                having.push(AmountCondition::amount(column, bound.op, bound.value));
                continue;
            }
            let (op, value) = if compared && falls && !bound.sign {
                flipped(&bound)
            } else {
                (bound.op, bound.value)
            };
            // "moved by 5 % or more": whichever way, where the question names none.
            let either = compared
                && !bound.sign
                && matches!(bound.op, Comparison::Above | Comparison::AtLeast)
                && self.has(&Meaning::Rise) == self.has(&Meaning::Fall)
                && !self.has(&Meaning::Jump)
                && !self.has(&Meaning::New)
                && !self.has(&Meaning::Gone);
            if bound.mean {
                let held = AmountCondition::amount(column.clone(), bound.op, bound.value);
                having.push(AmountCondition { of: Against::Mean, ..held });
            } else if bound.percent {
                let column = match (compared && !shares, either) {
                    (true, true) => "absolute_change_percent",
                    (true, false) => "change_percent",
                    (false, _) => "share",
                };
                having.push(AmountCondition::amount(column, op, value));
            } else if compared && grouped {
                let column = if either { "absolute_change" } else { "change" };
                having.push(AmountCondition::amount(column, op, value));
            } else if grouped && !of_rows && !(bound.sign && self.signs_rows()) {
                having.push(AmountCondition::amount(column.clone(), op, value));
            } else {
                let measure = cost.clone().or_else(|| self.known.description.default_cost.clone());
                let measure = measure.unwrap_or(Measure::BilledCost);
                amounts.push(RowCondition { measure, op, value });
            }
        }
        (having, amounts)
    }
}

// "fell by more than 10" means a change below minus ten.
fn flipped(bound: &Bound) -> (Comparison, Decimal) {
    let op = match bound.op {
        Comparison::Above => Comparison::Below,
        Comparison::AtLeast => Comparison::AtMost,
        Comparison::Below => Comparison::Above,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Equal => Comparison::Equal,
        Comparison::NotEqual => Comparison::NotEqual,
    };
    (op, -bound.value)
}
