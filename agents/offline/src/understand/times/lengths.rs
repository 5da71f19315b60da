//! Lengths of time to come: "the next 3 months", "향후 90일", "내년 1분기".

use jiff::{
    Span, ToSpan,
    civil::{Date, date},
};
use wherefore_contract::period::Period;

use super::super::word::{Item, Meaning};
use crate::request::Slice;

/// A stretch of days to come, as it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::understand) enum Length {
    Days(i64),
    Weeks(i64),
    Months(i64),
    Quarters(i64),
    Years(i64),
    /// A quarter of the year to come, from 1.
    QuarterOfNextYear(i8),
    /// A month of the year to come, from 1.
    MonthOfNextYear(i8),
}

const NEXT: &[&str] = &["next", "coming", "following", "upcoming"];
const NEXT_KOREAN: &[&str] = &["다음", "향후", "앞으로", "이후"];
const NEXT_YEAR_KOREAN: &[&str] = &["내년", "내년도"];
const NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];
const NUMBERS_KOREAN: &[(&str, i64)] =
    &[("한", 1), ("두", 2), ("세", 3), ("석", 3), ("네", 4), ("넉", 4), ("여섯", 6)];
/// What a unit is called, and the length of so many of it.
type Unit = (&'static str, fn(i64) -> Length);

const UNITS: &[Unit] = &[
    ("day", Length::Days),
    ("week", Length::Weeks),
    ("month", Length::Months),
    ("quarter", Length::Quarters),
    ("year", Length::Years),
];
const UNITS_KOREAN: &[Unit] = &[
    ("개월", Length::Months),
    ("달", Length::Months),
    ("개분기", Length::Quarters),
    ("분기", Length::Quarters),
    ("주", Length::Weeks),
    ("일", Length::Days),
    ("년", Length::Years),
];
// More of it is a number of something else.
const LONGEST: i64 = 3_660;

/// Makes one word of time to come out of each such stretch.
pub(in crate::understand) fn mark(text: &str, items: Vec<Item>) -> Vec<Item> {
    let Some((_, (start, end))) = find(text) else { return items };
    let covers = |item: &Item| item.start < end && start < item.end;
    let glued = items.iter().find(|item| covers(item)).is_some_and(|item| item.glued);
    let mut kept: Vec<Item> = items.into_iter().filter(|item| !covers(item)).collect();
    let place = kept.iter().position(|item| item.start >= end).unwrap_or(kept.len());
    kept.insert(place, Item { meaning: Meaning::Coming, start, end, glued });
    kept
}

/// The first such stretch of a text, and where it stands.
pub(in crate::understand) fn find(text: &str) -> Option<(Length, Slice)> {
    let lower = text.to_ascii_lowercase();
    let words = words(&lower);
    (0..words.len()).find_map(|at| {
        let (length, count) = english(&words, at).or_else(|| korean(&words, at))?;
        let first = words.get(at)?.1;
        let last = words.get(at + count - 1)?;
        Some((length, (first, last.1 + last.0.len())))
    })
}

fn words(text: &str) -> Vec<(&str, usize)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match (letter.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.extend(text.get(from..at).map(|word| (word, from)));
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn english(words: &[(&str, usize)], at: usize) -> Option<(Length, usize)> {
    let word = |step: usize| words.get(at + step).map(|(word, _)| *word);
    if let Some(quarter) = word(0)?.strip_prefix('q').and_then(|digit| digit.parse().ok()) {
        let of = usize::from(word(1) == Some("of"));
        let is_next = word(1 + of) == Some("next") && word(2 + of) == Some("year");
        return (is_next && (1..=4).contains(&quarter))
            .then_some((Length::QuarterOfNextYear(quarter), 3 + of));
    }
    if !NEXT.contains(&word(0)?) {
        return None;
    }
    let count = word(1)?;
    let spelled = NUMBERS.iter().position(|number| *number == count);
    let count = spelled
        .and_then(|index| i64::try_from(index + 1).ok())
        .or_else(|| count.parse().ok())
        .filter(|count| (1..=LONGEST).contains(count))?;
    let unit = word(2)?;
    let unit = UNITS.iter().find(|(name, _)| unit == *name || unit.strip_suffix('s') == Some(name));
    unit.map(|(_, length)| (length(count), 3))
}

fn korean(words: &[(&str, usize)], at: usize) -> Option<(Length, usize)> {
    let (first, next) = (words.get(at)?.0, words.get(at + 1).map(|(word, _)| *word));
    if NEXT_YEAR_KOREAN.contains(&first) {
        let (number, rest) = digits(next?)?;
        let part = i8::try_from(number).ok()?;
        return if rest.starts_with("분기") && (1..=4).contains(&part) {
            Some((Length::QuarterOfNextYear(part), 2))
        } else if rest.starts_with('월') && (1..=12).contains(&part) {
            Some((Length::MonthOfNextYear(part), 2))
        } else {
            None
        };
    }
    let said = NEXT_KOREAN.iter().find_map(|word| first.strip_prefix(word))?;
    // "향후3개월" is one word, "향후 세 달" are three.
    let (told, used) = if said.is_empty() { (next?, 2) } else { (said, 1) };
    if let Some((number, rest)) = numeral(told) {
        if let Some(length) = unit_of(rest, number) {
            return Some((length, used));
        }
        let unit = words.get(at + used).map(|(word, _)| *word).filter(|_| rest.is_empty())?;
        return unit_of(unit, number).map(|length| (length, used + 1));
    }
    None
}

fn unit_of(word: &str, number: i64) -> Option<Length> {
    let unit = UNITS_KOREAN.iter().find(|(name, _)| word.starts_with(name));
    unit.filter(|_| (1..=LONGEST).contains(&number)).map(|(_, length)| length(number))
}

fn numeral(word: &str) -> Option<(i64, &str)> {
    let native = || {
        NUMBERS_KOREAN.iter().find_map(|(name, number)| Some((*number, word.strip_prefix(name)?)))
    };
    digits(word).or_else(native)
}

fn digits(word: &str) -> Option<(i64, &str)> {
    let end = word.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(word.len());
    let (number, rest) = word.split_at_checked(end)?;
    Some((number.parse().ok()?, rest))
}

impl Length {
    /// The days that are meant on the day `today`. Days and weeks begin there; months, quarters and years are whole
    /// ones, from the next that begins.
    pub(super) fn period(self, today: Date) -> Option<Period> {
        let whole = |months: i64, span: Span| {
            let step = i8::try_from(months).ok()?;
            let first = (today.month() - 1) / step * step + 1;
            let running = date(today.year(), first, 1);
            let start = if running == today {
                running
            } else {
                running.checked_add(months.months()).ok()?
            };
            Period::of_days(start, start.checked_add(span).ok()?).ok()
        };
        let next_year = today.year().checked_add(1)?;
        let part = |first: i8, months: i64| {
            let start = date(next_year, first, 1);
            Period::of_days(start, start.checked_add(months.months()).ok()?).ok()
        };
        match self {
            Self::Days(days) => Period::of_days(today, today.checked_add(days.days()).ok()?).ok(),
            Self::Weeks(weeks) => {
                Period::of_days(today, today.checked_add(weeks.weeks()).ok()?).ok()
            }
            Self::Months(months) => whole(1, months.months()),
            Self::Quarters(quarters) => whole(3, (quarters * 3).months()),
            Self::Years(years) => whole(12, years.years()),
            Self::QuarterOfNextYear(quarter) => part((quarter - 1) * 3 + 1, 3),
            Self::MonthOfNextYear(month) => part(month, 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Length, &str)> {
        find(text).map(|(length, (start, end))| (length, &text[start..end]))
    }

    #[test]
    fn lengths_to_come_are_read_in_both_languages() {
        for (text, length, said) in [
            ("Forecast the next 3 months", Length::Months(3), "next 3 months"),
            ("cost over the coming two weeks?", Length::Weeks(2), "coming two weeks"),
            ("다음 3개월 비용을 예측해줘", Length::Months(3), "다음 3개월"),
            ("향후 90일간 비용", Length::Days(90), "향후 90일간"),
            ("앞으로 세 달 예상 비용", Length::Months(3), "앞으로 세 달"),
            ("내년 1분기 예측", Length::QuarterOfNextYear(1), "내년 1분기"),
            ("forecast Q1 of next year", Length::QuarterOfNextYear(1), "Q1 of next year"),
        ] {
            assert_eq!(read(text), Some((length, said)), "{text}");
        }
        for text in ["next month", "다음 달", "the last 3 months", "Q1 2026", "내년", "다음 질문"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn whole_months_and_quarters_begin_after_the_running_one() {
        let days = |length: Length, today| length.period(today).unwrap().to_string();
        let of = |first, after| Period::of_days(first, after).unwrap().to_string();
        let today = date(2026, 11, 3);
        assert_eq!(days(Length::Months(3), today), of(date(2026, 12, 1), date(2027, 3, 1)));
        assert_eq!(days(Length::Quarters(1), today), of(date(2027, 1, 1), date(2027, 4, 1)));
        assert_eq!(days(Length::Days(90), today), of(today, date(2027, 2, 1)));
        // On its first day the month itself is to come.
        let first = date(2026, 11, 1);
        assert_eq!(days(Length::Months(2), first), of(first, date(2027, 1, 1)));
        assert_eq!(
            days(Length::QuarterOfNextYear(1), today),
            of(date(2027, 1, 1), date(2027, 4, 1))
        );
    }
}
