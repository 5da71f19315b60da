//! Two things weighed against each other: "Is AWS or Azure dearer?", and amounts that one thing has to reach.

use wherefore_contract::{dimension::Dimension, filter::FilterOp};

use super::super::{
    super::word::{Meaning, When, WhenKind},
    Draft,
};

impl Draft<'_> {
    /// "Is AWS or Microsoft the dearer?", "do we spend more on S3 or on RDS?": the figures of both are
    /// asked for, not their sum.
    pub(in crate::understand::decide) fn weighs(&self) -> bool {
        let compares = self.flag(|meaning| {
            matches!(meaning, Meaning::Rise | Meaning::Fall | Meaning::Rank(_) | Meaning::Sort(_))
        });
        let moved = self.items.iter().any(|item| {
            matches!(item.meaning, Meaning::When(When { kind: WhenKind::Before(_), .. }))
        });
        compares
            && !moved
            && self.dimensions.is_empty()
            && self.periods_named() < 2
            && self.conditions.iter().any(|held| {
                held.filter.op == FilterOp::In
                    && held.filter.values.len() >= 2
                    && held.asked.len() >= 2
                    && (self.stands_between(&held.asked, &["or"])
                        || self.has(&Meaning::Which) && self.stands_between(&held.asked, &["and"]))
            })
    }

    /// "What do team-data's resources cost in total?": the sum, no row for each.
    pub(in crate::understand::decide) fn sums_all(&self, at: usize) -> bool {
        let plural = self.text_of(at).to_lowercase();
        let plural = plural.is_ascii() && plural.ends_with('s') && !plural.ends_with("ss");
        let summed = (0..self.items.len()).any(|index| {
            self.meaning(index) == Some(&Meaning::Total)
                && matches!(
                    self.text_of(index).to_lowercase().as_str(),
                    "in total" | "altogether" | "combined" | "all in all" | "overall"
                )
        });
        let listed = self.flag(|meaning| {
            matches!(
                meaning,
                Meaning::By
                    | Meaning::Per
                    | Meaning::Which
                    | Meaning::HowMany
                    | Meaning::Rank(_)
                    | Meaning::Sort(_)
                    | Meaning::Breakdown
                    | Meaning::Compare
                    | Meaning::Share
            )
        });
        let narrowed = self.conditions.iter().any(|held| !held.asked.is_empty());
        plural && summed && narrowed && !listed && !self.is_grouped(at)
    }

    // Whether one of these words stands between two of the slices.
    fn stands_between(&self, asked: &[(usize, usize)], words: &[&str]) -> bool {
        let first = asked.iter().map(|(_, end)| *end).min().unwrap_or(0);
        let last = asked.iter().map(|(start, _)| *start).max().unwrap_or(0);
        self.items.iter().any(|item| {
            item.start >= first
                && item.end <= last
                && self
                    .text
                    .get(item.start..item.end)
                    .is_some_and(|word| words.contains(&word.to_lowercase().as_str()))
        })
    }

    /// "Did the payments team go over $60k?": the amount is one of the team, not of its charges.
    pub(in crate::understand::decide) fn bounds_one_thing(&mut self) {
        let opening = self.items.first().map(|item| (item.start, item.end));
        let opening =
            opening.and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default();
        let whether = matches!(
            opening.to_lowercase().as_str(),
            "did" | "does" | "do" | "is" | "was" | "were" | "has" | "have" | "are"
        );
        let amounts = self.bounds.iter().any(|bound| !bound.sign && bound.counts.is_none());
        if !whether || !amounts || !self.dimensions.is_empty() || self.counted.is_some() {
            return;
        }
        let named = self.conditions.iter().find(|held| {
            held.filter.op == FilterOp::In
                && held.filter.values.len() == 1
                && !held.asked.is_empty()
                && !matches!(held.filter.dimension, Dimension::Time(_))
        });
        if let Some(dimension) = named.map(|held| held.filter.dimension.clone()) {
            self.dimensions.push(dimension);
        }
    }
}
