//! Words of time that say something else by what stands beside them: what a week is, which day, what a
//! purpose names.

use wherefore_contract::{cost::Direction, dimension::Grain};

use crate::understand::word::{Category, Item, Meaning, TimeWord as T};

/// Settles such words before expressions of time are put together.
pub(crate) fn settle(text: &str, items: &mut [Item]) {
    for at in 0..items.len() {
        let words = Words { text, items };
        let changed = words
            .definition_of_weeks(at)
            .or_else(|| words.day_of_the_week(at))
            .or_else(|| words.one_of(at))
            .or_else(|| words.morning(at))
            .or_else(|| words.purpose(at));
        for (index, meaning) in changed.unwrap_or_default() {
            if let Some(item) = items.get_mut(index) {
                item.meaning = meaning;
            }
        }
    }
}

struct Words<'a> {
    text: &'a str,
    items: &'a [Item],
}

type Changed = Option<Vec<(usize, Meaning)>>;

impl Words<'_> {
    fn word(&self, at: usize) -> String {
        let slice = self.items.get(at).and_then(|item| self.text.get(item.start..item.end));
        slice.unwrap_or_default().to_lowercase()
    }

    fn meaning(&self, at: usize) -> Option<&Meaning> {
        self.items.get(at).map(|item| &item.meaning)
    }

    fn any(&self, wanted: impl Fn(&Meaning) -> bool) -> bool {
        self.items.iter().any(|item| wanted(&item.meaning))
    }

    // "weeks starting Monday", "(Monday to Sunday)", "월요일 시작", "월~일": the week that is meant anyway.
    fn definition_of_weeks(&self, at: usize) -> Changed {
        let weeks = self.any(|meaning| {
            matches!(
                meaning,
                Meaning::Word(T::Unit(Grain::IsoWeek) | T::WeekMark | T::IsoWeek(_))
                    | Meaning::WholeWeeks
            )
        });
        if !weeks {
            return None;
        }
        let fillers = |range: std::ops::RangeInclusive<usize>| {
            Some(range.map(|index| (index, Meaning::Filler)).collect())
        };
        // "월~일".
        let letters = [self.word(at), self.word(at + 1), self.word(at + 2)];
        if letters[0] == "월"
            && matches!(letters[1].as_str(), "~" | "-" | "–")
            && letters[2] == "일"
        {
            return fillers(at..=at + 2);
        }
        if self.meaning(at) != Some(&Meaning::Word(T::DayOfWeek(1))) {
            return None;
        }
        let sunday = (at + 1..at + 5)
            .find(|index| self.meaning(*index) == Some(&Meaning::Word(T::DayOfWeek(7))));
        if let Some(sunday) = sunday {
            let end = sunday + usize::from(self.meaning(sunday + 1) == Some(&Meaning::Until));
            return fillers(at..=end);
        }
        let starts = |word: &str| {
            ["start", "begin", "시작", "기준"].iter().any(|start| word.starts_with(start))
        };
        if let Some(behind) = (at + 1..at + 3).find(|index| starts(&self.word(*index))) {
            return fillers(at..=behind);
        }
        let before = (at.saturating_sub(2)..at).find(|index| starts(&self.word(*index)))?;
        fillers(before..=at)
    }

    // "which weekday", "by weekday": the days of the week rather than working days.
    fn day_of_the_week(&self, at: usize) -> Changed {
        let weekday = self.meaning(at) == Some(&Meaning::Category(Category::Weekday))
            && matches!(self.word(at).as_str(), "weekday" | "weekdays");
        let asked = at.checked_sub(1).is_some_and(|before| {
            matches!(self.meaning(before), Some(Meaning::Which | Meaning::By | Meaning::Per))
        });
        let parts = self.any(|meaning| *meaning == Meaning::Category(Category::Weekend));
        (weekday && asked && !parts).then(|| vec![(at, Meaning::Word(T::Unit(Grain::Weekday)))])
    }

    // "그날이 며칠이고", "어느 주가": which one, not how many, and a week, not a share price.
    fn one_of(&self, at: usize) -> Changed {
        let word = self.word(at);
        if word == "며칠" && self.any(|meaning| matches!(meaning, Meaning::Rank(_) | Meaning::Jump))
        {
            return Some(vec![(at, Meaning::Which)]);
        }
        let which =
            at.checked_sub(1).is_some_and(|before| self.meaning(before) == Some(&Meaning::Which));
        if word == "주가" && which {
            return Some(vec![(at, Meaning::Word(T::Unit(Grain::IsoWeek)))]);
        }
        // "제일 낮았던": the stem of an adjective that no list of superlatives holds.
        let superlative = at.checked_sub(1).is_some_and(|before| {
            self.meaning(before) == Some(&Meaning::Rank(Direction::Descending))
                && matches!(self.word(before).as_str(), "제일" | "가장")
        });
        let low = ["낮", "적", "쌌", "저렴"].iter().any(|stem| word.starts_with(stem));
        (superlative && low && self.meaning(at) == Some(&Meaning::Unknown))
            .then(|| vec![(at - 1, Meaning::Rank(Direction::Ascending)), (at, Meaning::Filler)])
    }

    // "before 8 am": the word between "I" and a verb stands behind a number here.
    fn morning(&self, at: usize) -> Changed {
        let number = at
            .checked_sub(1)
            .is_some_and(|before| matches!(self.meaning(before), Some(Meaning::Number { .. })));
        (number && self.word(at) == "am" && self.meaning(at) == Some(&Meaning::Filler))
            .then(|| vec![(at, Meaning::Word(T::Morning))])
    }

    // "…, so that I can see a half-loaded hour": what the answer is for narrows nothing.
    fn purpose(&self, at: usize) -> Changed {
        let opens = self.word(at) == "so"
            && matches!(self.word(at + 1).as_str(), "that" | "i" | "we")
            && matches!(self.word(at + 2).as_str(), "i" | "we" | "can" | "my" | "our");
        let end = (at..self.items.len())
            .find(|index| matches!(self.word(*index).as_str(), "?" | "." | ";"))
            .unwrap_or(self.items.len());
        (opens && at > 0).then(|| (at..end).map(|index| (index, Meaning::Filler)).collect())
    }
}
