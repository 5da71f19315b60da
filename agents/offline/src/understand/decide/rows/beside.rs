//! Figures that one question asks for beside each other: how many there are and what they cost, a quantity,
//! its price and its cost.

use wherefore_contract::{cost::Measure, dimension::Dimension};

use super::super::{
    super::{unread::THINGS, word::Meaning},
    Draft,
};
use crate::request::Ask;

// Words that begin another part of what is asked, beside "and" and commas.
const JOINS: &[&str] = &[
    "with",
    "along with",
    "together with",
    "alongside",
    "plus",
    "as well as",
    "this",
    "that",
    "또",
    "또한",
    "그리고",
    "함께",
];
// How a Korean clause ends that another one follows.
const CLAUSE_ENDS: &[&str] = &["이고", "고", "이며", "며", "였고", "했고", "하고"];
const ROWS: &[&str] =
    &["몇건", "몇 건", "몇행", "몇 행", "몇줄", "몇 줄", "건수", "행수", "행 수", "라인 수"];

impl Draft<'_> {
    /// Adds the figures that other parts of the question ask for, in the order in which they stand there.
    pub(in crate::understand::decide) fn figures_beside(&mut self, ask: Ask) {
        if !matches!(ask, Ask::Count | Ask::Total | Ask::Breakdown | Ask::Trend)
            || self.change
            || self.running
            || self.scale.is_some()
            || !self.bounds_allow()
        {
            return;
        }
        let mut asked: Vec<Measure> = Vec::new();
        for (from, to) in self.parts_of_question() {
            let figure = self.figure_of(from, to);
            asked.extend(figure.filter(|figure| !asked.contains(figure)));
        }
        if asked.len() < 2 || !self.measures.iter().all(is_plain) {
            return;
        }
        let costs = self.measures.iter().any(Measure::is_cost);
        for figure in asked {
            let said = self.measures.contains(&figure) || (costs && figure.is_cost());
            if !said {
                self.measures.push(figure);
            }
        }
    }

    // An amount that rows must reach is no figure that is asked for, but charges of one sign can be summed.
    fn bounds_allow(&self) -> bool {
        self.bounds.is_empty()
            || (self.measures == [Measure::Rows]
                && self.flag(|one| matches!(one, Meaning::Sign(_))))
    }

    // The stretches of items between words that join.
    fn parts_of_question(&self) -> Vec<(usize, usize)> {
        let mut parts = Vec::new();
        let mut from = 0;
        for at in 0..self.items.len() {
            if self.joins_parts(at) {
                parts.push((from, at));
                from = at + 1;
            }
        }
        parts.push((from, self.items.len()));
        parts
    }

    fn joins_parts(&self, at: usize) -> bool {
        let text = self.text_of(at).to_lowercase();
        match self.meaning(at) {
            Some(Meaning::And) => true,
            Some(Meaning::Mark) => matches!(text.as_str(), "?" | "." | "·" | ";" | "/"),
            Some(Meaning::Particle | Meaning::Filler | Meaning::Unknown | Meaning::Compare) => {
                JOINS.contains(&text.as_str())
                    || (!text.is_ascii() && CLAUSE_ENDS.iter().any(|end| text.ends_with(end)))
            }
            _ => false,
        }
    }

    // The figure that one part asks for: what is counted says more than the cost of it.
    fn figure_of(&self, from: usize, to: usize) -> Option<Measure> {
        let part = from..to;
        let finds = |wanted: fn(&Meaning) -> bool| {
            part.clone().find(|at| self.meaning(*at).is_some_and(wanted))
        };
        if self.prices_units()
            && finds(|one| matches!(one, Meaning::UnitPrice | Meaning::PricePer(_))).is_some()
        {
            return self.measures.iter().find(|one| matches!(one, Measure::UnitPrice(_))).cloned();
        }
        if finds(|one| {
            matches!(one, Meaning::Quantity(_) | Meaning::Measure(Measure::ConsumedQuantity))
        })
        .is_some()
        {
            return Some(Measure::ConsumedQuantity);
        }
        let rows = finds(|one| matches!(one, Meaning::Measure(Measure::Rows)));
        if let Some(count) = finds(|one| *one == Meaning::HowMany) {
            let of_rows = ROWS.iter().any(|word| self.text_of(count).starts_with(word));
            return match &self.counted {
                Some(Dimension::Time(_)) => None,
                Some(counted) if rows.is_none() => Some(Measure::Distinct(counted.clone())),
                _ => (rows.is_some() || of_rows).then_some(Measure::Rows),
            };
        }
        // "비용이 음수인": the cost that is bounded is not asked for.
        let bounded = |at: usize| {
            (at + 1..at + 3).any(|next| matches!(self.meaning(next), Some(Meaning::Sign(_))))
        };
        part.clone().find(|at| self.meaning(*at) == Some(&Meaning::Cost) && !bounded(*at))?;
        let metric = self.priced_by_use().or_else(|| self.known.description.default_cost.clone());
        Some(metric.unwrap_or(Measure::BilledCost))
    }

    /// "the accounts …, with the number of instances": English counts what stands behind the word, which is another
    /// thing than the one at `at`.
    pub(in crate::understand::decide) fn is_counted_behind(&self, at: usize) -> bool {
        let counts = |place: &usize| {
            let text = self.text_of(*place).to_lowercase();
            self.meaning(*place) == Some(&Meaning::HowMany)
                && (text.ends_with(" of") || text == "how many" || text == "how many different")
        };
        let Some(count) = (0..self.items.len()).find(counts) else { return false };
        let thing = |place: &usize| {
            self.meaning(*place) == Some(&Meaning::Measure(Measure::Rows))
                || self.dimension_at(*place).is_some()
                || THINGS.contains(&self.text_of(*place).to_lowercase().as_str())
        };
        let behind = (count + 1..(count + 4).min(self.items.len())).find(thing);
        let rows = behind
            .is_some_and(|place| self.meaning(place) == Some(&Meaning::Measure(Measure::Rows)));
        behind.is_some_and(|place| place != at) && (at < count || rows)
    }
}

// Measures that others may stand beside.
fn is_plain(measure: &Measure) -> bool {
    measure.is_cost()
        || matches!(
            measure,
            Measure::Rows
                | Measure::Distinct(_)
                | Measure::ConsumedQuantity
                | Measure::UnitPrice(_)
        )
}
