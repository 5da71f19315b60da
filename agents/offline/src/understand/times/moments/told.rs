//! Times that a question tells more than once, and days without data that it fills.

use wherefore_contract::{
    cost::Scale,
    dimension::{Dimension, Grain},
    filter::FilterOp,
    period::Period,
};

use super::{
    super::super::{decide::Draft, word::Meaning},
    Named,
};
use crate::request::{Ask, Decline};

impl Draft<'_> {
    /// "if the missing day had cost the average of the others", "빠진 날을 일평균으로 채우면": the month at the
    /// daily amount of its loaded days.
    pub(super) fn fills_gaps(&mut self, ask: Ask, named: &mut Vec<Named>) -> Option<Ask> {
        let lacking = ["missing", "빠진", "누락", "결측", "없는날", "비는날"];
        let lacks = (0..self.items.len()).any(|at| {
            let text = self.text_of(at).to_lowercase().replace(' ', "");
            lacking.iter().any(|word| text.starts_with(word))
        });
        let averages = self.has(&Meaning::PerDay) || self.has(&Meaning::Average);
        let lower = self.text.to_lowercase();
        let supposed = ["채우", "채운", "채워", "메우", "메운", "보정", "가정", "같다"]
            .iter()
            .any(|word| lower.contains(word))
            || (0..self.items.len()).any(|at| {
                let text = self.text_of(at).to_lowercase();
                matches!(text.as_str(), "if" | "assuming" | "filled" | "fill" | "filling")
            });
        let filled = matches!(ask, Ask::Total | Ask::PerDay) && lacks && averages && supposed;
        if !filled {
            return None;
        }
        let month = named.iter().find(|one| one.period.single_month().is_some()).copied()?;
        let inside = |period: Period| {
            period.start() >= month.period.start() && period.end() <= month.period.end()
        };
        if !named.iter().all(|one| inside(one.period)) {
            return None;
        }
        let days = u32::try_from(month.period.days()).ok()?;
        named.retain(|one| one.period == month.period);
        let day = Dimension::Time(Grain::Day);
        self.dimensions.retain(|dimension| *dimension != day);
        self.per_day = false;
        self.counted = None;
        self.scale = Some(Scale::Days(days));
        Some(if self.dimensions.is_empty() { Ask::Total } else { Ask::Breakdown })
    }

    /// "Compare August, September and October": three times in a row, each against the one before it. Three that
    /// are no such row have no two sides, and one said twice is no side of a list.
    pub(super) fn lists_times(&self, ask: Ask, named: &[Named]) -> Result<bool, Decline> {
        if named.len() < 3 || matches!(ask, Ask::Explain | Ask::ExplainUnitCost) {
            return Ok(false);
        }
        let mut sorted: Vec<Period> = named.iter().map(|one| one.period).collect();
        sorted.sort_unstable();
        let nested = sorted.windows(2).any(|pair| match pair {
            [one, other] => one.end() > other.start(),
            _ => false,
        });
        if nested {
            return Ok(false);
        }
        let row = sorted.windows(2).all(|pair| match pair {
            [one, other] => one.end() == other.start(),
            _ => true,
        });
        let months = sorted.iter().all(|period| period.single_month().is_some());
        let said = self.items.iter().filter(|item| matches!(item.meaning, Meaning::When(_)));
        if !(row && months) || said.count() > named.len() {
            return Err(super::unread(named));
        }
        Ok(matches!(ask, Ask::Total | Ask::Breakdown | Ask::Trend))
    }

    /// "What share of the increase is due to ml-train?", "증가액 중 각 앱의 비중": parts of the whole change.
    pub(super) fn shares_the_change(&mut self, named: &[Named]) -> Result<(), Decline> {
        if !self.says_share_of_change() {
            return Ok(());
        }
        if self.dimensions.is_empty() {
            let mut things = self
                .conditions
                .iter()
                .filter(|held| held.filter.op == FilterOp::In && !held.asked.is_empty());
            match (things.next(), things.next()) {
                (Some(only), None) => self.dimensions.push(only.filter.dimension.clone()),
                _ => return Err(super::unread(named)),
            }
        }
        self.share_of_change = true;
        Ok(())
    }

    // The share stands before the movement in English, and behind it in Korean.
    fn says_share_of_change(&self) -> bool {
        let moving = |at: usize| {
            matches!(
                self.meaning(at),
                Some(Meaning::Rise | Meaning::Fall | Meaning::Change | Meaning::Difference)
            )
        };
        let shares = |at: usize| {
            self.meaning(at) == Some(&Meaning::Share)
                || matches!(self.text_of(at).to_lowercase().as_str(), "what part" | "part")
        };
        let passed = |at: &usize| {
            matches!(
                self.meaning(*at),
                Some(
                    Meaning::When(_)
                        | Meaning::Filler
                        | Meaning::Particle
                        | Meaning::Mark
                        | Meaning::Total
                        | Meaning::Cost
                        | Meaning::From
                        | Meaning::To
                )
            )
        };
        let english = (0..self.items.len()).filter(|at| shares(*at)).any(|at| {
            let of = self.text_of(at).to_lowercase().ends_with(" of")
                || self.text_of(at + 1).eq_ignore_ascii_case("of");
            // "by what percent did it rise" asks for no part.
            of && self.text_of(at).is_ascii()
                && (at + 1..self.items.len()).find(|next| !passed(next)).is_some_and(moving)
        });
        let korean = (0..self.items.len()).filter(|at| moving(*at)).any(|at| {
            let end = self.items.get(at).map_or(0, |item| item.end);
            let rest = self.text.get(end..).unwrap_or_default().trim_start();
            let rest = ["액", "분", "폭"]
                .into_iter()
                .find_map(|noun| rest.strip_prefix(noun))
                .unwrap_or(rest)
                .trim_start();
            ["중", "에서", "가운데", "의"].iter().any(|word| rest.starts_with(word))
                && (at + 1..self.items.len()).any(shares)
        });
        english || korean
    }

    /// "on 4 October and on 6 October": two days with others between them are no one time.
    pub(super) fn leaves_time_between(ask: Ask, named: &[Named]) -> bool {
        let [one, other] = named else { return false };
        let apart =
            one.period.end() < other.period.start() || other.period.end() < one.period.start();
        apart && matches!(ask, Ask::Count | Ask::Exists | Ask::List | Ask::Average | Ask::Place)
    }

    /// "How did it change after 5 October? Compare the 4th with the 5th": two times of the sentence that
    /// compares are its sides, whatever other times stand before it.
    pub(super) fn keep_to_the_comparison(&self, named: &mut Vec<Named>) {
        if named.len() < 3 {
            return;
        }
        let sentence = |at: usize| {
            let before = self.text.get(..at).unwrap_or_default();
            before.matches(['?', '!', '\n']).count() + before.matches(". ").count()
        };
        let compared: Vec<usize> = self
            .items
            .iter()
            .filter(|item| matches!(item.meaning, Meaning::Compare | Meaning::Difference))
            .map(|item| sentence(item.start))
            .collect();
        let Some(place) = compared.last().copied() else { return };
        let own = |one: &&Named| sentence(one.asked.0) == place;
        if place > 0 && named.iter().filter(own).count() == 2 {
            named.retain(|one| own(&one));
        }
    }
}
