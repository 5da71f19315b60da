//! Words that mean something of their own where a question speaks of commitments.

use wherefore_contract::{
    cost::{CommitmentFigure, Direction, Measure},
    dimension::{Dimension, FocusDimension},
    filter::{Filter, FilterOp},
};

use super::{COMMITMENT, STATUS, is_of_commitment};
use crate::{
    request::Condition,
    understand::{
        decide::Draft,
        limits::holds,
        word::{Category, Meaning},
    },
};

const NAME: Dimension = Dimension::Column(FocusDimension::CommitmentDiscountName);

const USED: &[&str] = &[
    "used",
    "consumed",
    "사용된",
    "사용한",
    "사용분",
    "활용된",
    "활용한",
    "쓴",
    "약정사용",
    "약정사용분",
];
// With a part or a manner, these ask for the utilization: "what percent did we use", "how well do we use".
const USES: &[&str] = &[
    "use",
    "uses",
    "using",
    "utilize",
    "utilise",
    "used",
    "쓰고",
    "썼",
    "썼어",
    "썼나",
    "사용했",
    "활용하",
];
const MANNERS: &[&str] =
    &["how well", "how efficiently", "how effectively", "how fully", "얼마나 잘"];
// What commitments are told apart by, where the question says no more.
const KINDS: &[&str] = &["type", "types", "kind", "kinds", "유형", "종류", "타입"];
const COVERED: &[&str] = &[
    "covered",
    "cover",
    "covers",
    "covered usage",
    "covered by",
    "covered by commitments",
    "covered by a commitment",
    "commitment covered",
    "커버된",
    "커버되는",
    "커버한",
    "적용",
    "적용된",
    "적용되는",
    "적용받은",
    "적용분",
    "약정적용",
    "약정커버",
    "약정적용분",
];
const WASTED: &[&str] = &[
    "waste",
    "wasted",
    "wasting",
    "wastes",
    "wastage",
    "idle",
    "unutilized",
    "unutilised",
    "underused",
    "낭비",
    "낭비된",
    "낭비한",
    "낭비되는",
    "낭비되고",
    "낭비액",
    "낭비금액",
    "낭비비용",
    "낭",
    "버린",
    "버려진",
    "놀린",
    "놀고",
    "놀리는",
    "노는",
    "날린",
    "못쓰고",
    "유휴",
];
const RECURRING: &[&str] = &["recurring", "정기", "정기요금", "월정액"];
// A high utilization is a good one.
const WORST: &[&str] = &["worst", "poorest", "least efficient", "나쁜", "안좋은", "저조한"];
const BEST: &[&str] = &["best", "most efficient", "좋은"];
const UPFRONT: &[&str] =
    &["upfront", "upfront fee", "upfront fees", "one time", "선불", "선납", "선결제"];
// What a commitment is counted in (FOCUS 1.2 `CommitmentDiscountCategory`).
const BASES: [(&str, &[&str]); 2] = [
    ("Spend", &["spend based", "spend-based", "지출 기반", "지출기반", "금액 기반"]),
    (
        "Usage",
        &[
            "resource based",
            "resource-based",
            "usage based",
            "usage-based",
            "리소스 기반",
            "리소스기반",
        ],
    ),
];
const BOUGHT: &[&str] = &["buy", "buying", "bought", "to buy", "purchasing", "사는", "산", "샀"];

impl Draft<'_> {
    /// Whether the question speaks of commitments: reservations, savings plans, committed use discounts.
    pub(in crate::understand) fn of_commitments(&self) -> bool {
        self.flag(|meaning| match meaning {
            Meaning::Dimension(dimension) => is_of_commitment(dimension),
            Meaning::Category(category) => matches!(
                category,
                Category::SavingsPlan | Category::Reserved | Category::Committed | Category::Unused
            ),
            Meaning::Entity(index) => self.entities.get(*index).is_some_and(|entity| {
                entity.options.iter().any(|(dimension, _)| is_of_commitment(dimension))
            }),
            _ => false,
        })
    }

    /// Settles these words before names and kinds of charges become conditions.
    pub(in crate::understand) fn words_of_commitments(&mut self) {
        let known = self.of_commitments() && holds(self.known, &STATUS);
        for at in 0..self.items.len() {
            let word = self.text_of(at).to_lowercase();
            let Some(meaning) = self.meaning(at) else { continue };
            // "CPU utilization": what no bill holds.
            let settled = match meaning {
                Meaning::Measure(Measure::Commitment(_)) if known => None,
                Meaning::Measure(Measure::Commitment(_)) => Some(Meaning::NotInBills),
                _ if known => self.word_of_commitment(at, &word, meaning),
                _ => None,
            };
            if let (Some(settled), Some(item)) = (settled, self.items.get_mut(at)) {
                item.meaning = settled;
            }
        }
        if known {
            self.bases_of_commitments();
            self.charges_of_commitments();
        }
    }

    // "spend-based CUDs", "리소스 기반 CUD".
    fn bases_of_commitments(&mut self) {
        let category = Dimension::Column(FocusDimension::CommitmentDiscountCategory);
        if !holds(self.known, &category) {
            return;
        }
        let lower = self.text.to_lowercase();
        for (value, words) in BASES {
            let Some((start, end)) = words
                .iter()
                .find_map(|word| lower.find(word).map(|start| (start, start + word.len())))
            else {
                continue;
            };
            let held = self.conditions.iter_mut().find(|held| held.filter.dimension == category);
            match held {
                Some(held) => {
                    held.filter.values.push(value.to_owned());
                    held.asked.push((start, end));
                    self.dimensions.push(category.clone());
                }
                None => self.conditions.push(Condition {
                    filter: Filter::any_of(category.clone(), [value]),
                    asked: vec![(start, end)],
                }),
            }
            for item in &mut self.items {
                if item.start >= start && item.end <= end {
                    item.meaning = Meaning::Filler;
                }
            }
        }
    }

    // "what percent of our reservations did we use", "how well are we using our commitments".
    fn asks_utilization(&self, at: usize, word: &str) -> bool {
        let lower = self.text.to_lowercase();
        let ranked = (self.says(WORST) || self.says(BEST)) && !self.asks_cost();
        let manner = MANNERS.iter().any(|manner| lower.contains(manner)) || ranked;
        let part = self.has(&Meaning::PercentSign)
            || lower.contains("percent")
            || lower.contains("how much of");
        let told = self.flag(|meaning| matches!(meaning, Meaning::Measure(_)));
        // "of used commitments" says which ones.
        let which =
            word == "used" && self.next_meaning(at).is_some_and(|next| self.is_commitment(next));
        USES.contains(&word) && (manner || part) && !told && !which
    }

    fn word_of_commitment(&self, at: usize, word: &str, meaning: &Meaning) -> Option<Meaning> {
        let spelled: String = word.split_whitespace().collect();
        let word = if word.is_ascii() { word } else { spelled.as_str() };
        if self.asks_utilization(at, word) {
            return Some(Meaning::Measure(Measure::Commitment(CommitmentFigure::Utilization)));
        }
        let kind = Dimension::Column(FocusDimension::CommitmentDiscountType);
        if KINDS.contains(&word)
            && self.is_grouped(at)
            && matches!(meaning, Meaning::Unknown | Meaning::Filler)
        {
            return Some(Meaning::Dimension(kind));
        }
        // Names keep their sense, but for the charges that commitments price.
        if let Meaning::Entity(index) = meaning {
            let priced = self.entities.get(*index).is_some_and(|entity| {
                entity.options.iter().all(|(dimension, _)| super::is_line(dimension))
            });
            if !priced {
                return None;
            }
        }
        let is = |words: &[&str]| words.contains(&word);
        if is(WASTED) {
            return Some(Meaning::Category(Category::Unused));
        }
        if is(COVERED) {
            return Some(Meaning::Category(Category::Used));
        }
        let which = self.is_beside_commitment(at) || self.is_beside_unused(at);
        if is(USED) && (which || word.ends_with('분')) {
            return Some(Meaning::Category(Category::Used));
        }
        // "at on-demand rates": what covered usage would have cost, or what a saving is counted from.
        let priced = *meaning == Meaning::Category(Category::OnDemand)
            && (self.has(&Meaning::Discount) || self.says(COVERED));
        if priced {
            return Some(Meaning::Measure(Measure::ListCost));
        }
        let used = self.flag(|meaning| {
            *meaning == Meaning::Measure(Measure::Commitment(CommitmentFigure::Utilization))
        });
        if used && is(WORST) {
            return Some(Meaning::Rank(Direction::Ascending));
        }
        if used && is(BEST) {
            return Some(Meaning::Rank(Direction::Descending));
        }
        if is(RECURRING) {
            return Some(Meaning::Category(Category::Recurring));
        }
        if is(UPFRONT) {
            return Some(Meaning::Category(Category::Upfront));
        }
        (is(BOUGHT) && self.asks_cost()).then_some(Meaning::Category(Category::Purchase))
    }

    fn says(&self, words: &[&str]) -> bool {
        (0..self.items.len()).any(|at| words.contains(&self.text_of(at).to_lowercase().as_str()))
    }

    // "used commitments", "commitments used", "약정 사용분".
    fn is_beside_commitment(&self, at: usize) -> bool {
        let near = [self.next_meaning(at), self.previous_meaning(at)];
        near.into_iter().flatten().any(|index| self.is_commitment(index))
    }

    fn is_commitment(&self, at: usize) -> bool {
        match self.meaning(at) {
            Some(Meaning::Dimension(dimension)) => is_of_commitment(dimension),
            Some(Meaning::Category(category)) => matches!(
                category,
                Category::SavingsPlan | Category::Reserved | Category::Commitment
            ),
            _ => false,
        }
    }

    // "used vs unused", "used and unused".
    fn is_beside_unused(&self, at: usize) -> bool {
        let after = self.next_meaning(at);
        let beyond = after.and_then(|index| self.next_meaning(index));
        [after, beyond]
            .into_iter()
            .flatten()
            .any(|index| self.meaning(index) == Some(&Meaning::Category(Category::Unused)))
    }

    // "commitment utilization by region", "약정 구매 비용": charges of commitments, where nothing asks for rows of
    // them.
    fn charges_of_commitments(&mut self) {
        for at in 0..self.items.len() {
            if self.meaning(at) != Some(&Meaning::Dimension(COMMITMENT)) {
                continue;
            }
            let near = [self.previous_meaning(at), self.next_meaning(at)];
            let counted = near
                .into_iter()
                .flatten()
                .any(|index| self.meaning(index) == Some(&Meaning::HowMany));
            let rows = self.is_grouped(at)
                || counted
                || (self.has(&Meaning::HowMany) && !self.is_modifier(at));
            // "how many charges have a commitment discount" counts charges.
            let rows = rows && !self.has(&Meaning::Measure(Measure::Rows));
            let ranked = (self.ranks() || self.sorts()) && !self.groups_other(at);
            let kept = rows || (!self.is_modifier(at) && (ranked || !self.asks_cost()));
            if kept && (rows || !self.groups_other(at)) {
                continue;
            }
            if let Some(item) = self.items.get_mut(at) {
                item.meaning = Meaning::Category(Category::Commitment);
            }
        }
    }

    // "commitment spend", "약정 비용": the word says whose cost it is.
    fn is_modifier(&self, at: usize) -> bool {
        let next = self.next_meaning(at).filter(|next| {
            // A word in between ends the noun, "commitments that cost"; a Korean particle too, but for "의".
            (at + 1..*next).all(|between| matches!(self.text_of(between), "의" | " "))
        });
        next.and_then(|next| self.meaning(next)).is_some_and(|meaning| {
            matches!(
                meaning,
                Meaning::Cost
                    | Meaning::Measure(_)
                    | Meaning::Category(_)
                    | Meaning::Discount
                    | Meaning::Share
            )
        })
    }

    // Another thing is what rows are of: "which region", "by subscription", "구독별".
    fn groups_other(&self, at: usize) -> bool {
        (0..self.items.len()).any(|other| {
            let dimension = self.dimension_at(other);
            other != at
                && dimension.is_some_and(|dimension| dimension != COMMITMENT)
                && (self.is_grouped(other) || self.ranks())
        })
    }

    /// "how many reservations", "per savings plan": a kind of commitment, counted or as rows.
    pub(in crate::understand) fn rows_of_commitments(&mut self) {
        for at in 0..self.items.len() {
            let kind = matches!(
                self.meaning(at),
                Some(Meaning::Category(Category::SavingsPlan | Category::Reserved))
            );
            if !kind {
                continue;
            }
            let near = [self.previous_meaning(at), self.next_meaning(at)];
            let counted = near
                .into_iter()
                .flatten()
                .any(|index| self.meaning(index) == Some(&Meaning::HowMany));
            let listed = self
                .previous_meaning(at)
                .is_some_and(|index| matches!(self.meaning(index), Some(Meaning::Number { .. })))
                && (self.ranks() || self.sorts());
            if listed && !self.dimensions.contains(&COMMITMENT) {
                self.dimensions.push(COMMITMENT);
            } else if counted && self.counted.is_none() && self.measures.is_empty() {
                self.counted = Some(COMMITMENT);
                self.apart_by_kind();
            } else if self.is_grouped(at)
                && !self.is_covering(at)
                && !self.dimensions.contains(&COMMITMENT)
            {
                self.dimensions.push(COMMITMENT);
            }
        }
        // Charges of no commitment hold none to count.
        if self.counted == Some(COMMITMENT) && !self.dimensions.is_empty() {
            let filter =
                Filter { dimension: COMMITMENT, op: FilterOp::NotNull, values: Vec::new() };
            self.conditions.push(Condition { filter, asked: Vec::new() });
        }
        // "commitments by name" of a bill that names none are told by their ids.
        if self.dimensions.contains(&NAME) && !holds(self.known, &NAME) {
            self.dimensions.iter_mut().filter(|held| **held == NAME).for_each(|held| {
                *held = COMMITMENT;
            });
        }
    }

    // "covered by a savings plan", "적용받은 예약": the word before the kind says what it does.
    fn is_covering(&self, at: usize) -> bool {
        let before = self.previous_meaning(at).and_then(|by| self.previous_meaning(by));
        before.is_some_and(|index| {
            matches!(
                self.meaning(index),
                Some(Meaning::Category(Category::Used | Category::Committed))
            )
        })
    }

    // "how many reservations and how many savings plans": each kind by itself.
    fn apart_by_kind(&mut self) {
        let kind = Dimension::Column(FocusDimension::CommitmentDiscountType);
        let several = self
            .conditions
            .iter()
            .any(|held| held.filter.dimension == kind && held.filter.values.len() >= 2);
        if several && !self.dimensions.contains(&kind) {
            self.dimensions.push(kind);
        }
    }
}
