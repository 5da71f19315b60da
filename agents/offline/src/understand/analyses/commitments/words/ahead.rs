//! Stretches of time that begin today: "within 30 days", "한 달 안에".

use super::numbers;
use crate::{
    request::{Ahead, Slice},
    understand::analyses::phrases::{Heard, Korean},
};

const MARKS: &[&str] = &[
    "within",
    "in the next",
    "in the coming",
    "over the next",
    "next",
    "coming",
    "in",
    "이내",
    "안에",
    "안으로",
    "내에",
    "내로",
    "뒤",
    "후",
    "앞으로",
];

/// A unit of time, with its length in days or months.
const UNITS: &[(&str, Ahead)] = &[
    ("days", Ahead::Days(1)),
    ("day", Ahead::Days(1)),
    ("weeks", Ahead::Days(7)),
    ("week", Ahead::Days(7)),
    ("months", Ahead::Months(1)),
    ("month", Ahead::Months(1)),
    ("quarters", Ahead::Months(3)),
    ("개월", Ahead::Months(1)),
    ("달", Ahead::Months(1)),
    ("주", Ahead::Days(7)),
    ("일", Ahead::Days(1)),
];

/// Lengths that are written without digits.
const WORDS: &[(&str, Ahead)] = &[
    ("a week", Ahead::Days(7)),
    ("two weeks", Ahead::Days(14)),
    ("fortnight", Ahead::Days(14)),
    ("a month", Ahead::Months(1)),
    ("one month", Ahead::Months(1)),
    ("two months", Ahead::Months(2)),
    ("three months", Ahead::Months(3)),
    ("six months", Ahead::Months(6)),
    ("half a year", Ahead::Months(6)),
    ("일주일", Ahead::Days(7)),
    ("보름", Ahead::Days(15)),
    ("한 달", Ahead::Months(1)),
    ("한달", Ahead::Months(1)),
    ("두 달", Ahead::Months(2)),
    ("두달", Ahead::Months(2)),
    ("세 달", Ahead::Months(3)),
    ("석 달", Ahead::Months(3)),
    ("반년", Ahead::Months(6)),
    ("반 년", Ahead::Months(6)),
];

/// The stretch that a question names, and where; longer ones than ten years are no calendar's.
pub(super) fn ahead(heard: &Heard) -> Option<(Ahead, Vec<Slice>)> {
    let marks = heard.all(MARKS, Korean::Anywhere);
    if marks.is_empty() {
        return None;
    }
    let (length, at) = counted(heard.spelled()).or_else(|| {
        let found = |(word, length): &(&str, Ahead)| {
            heard.first(&[word], Korean::Anywhere).map(|at| (*length, at))
        };
        WORDS.iter().find_map(found)
    })?;
    Some((length, marks.into_iter().chain([at]).collect()))
}

fn counted(text: &str) -> Option<(Ahead, Slice)> {
    numbers(text).into_iter().find_map(|number| {
        let count: u32 = text.get(number.clone())?.parse().ok()?;
        let rest = text.get(number.end..)?;
        let gap = rest.len() - rest.trim_start_matches(' ').len();
        let unit = UNITS.iter().find(|(unit, _)| {
            rest.get(gap..).is_some_and(|rest| rest.starts_with(unit) && whole(rest, unit))
        })?;
        let length = match unit.1 {
            Ahead::Days(days) => Ahead::Days(days.checked_mul(count)?),
            Ahead::Months(months) => Ahead::Months(months.checked_mul(count)?),
        };
        let short = match length {
            Ahead::Days(days) => days <= 3_660,
            Ahead::Months(months) => months <= 120,
        };
        let at = (number.start, number.end + gap + unit.0.len());
        short.then_some((length, at))
    })
}

fn whole(rest: &str, unit: &str) -> bool {
    let after = rest.get(unit.len()..).and_then(|rest| rest.chars().next());
    !unit.is_ascii() || after.is_none_or(|letter| !letter.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_ahead_are_read_in_both_languages() {
        let read = |text: &str| ahead(&Heard::new(text)).map(|(length, _)| length);
        for (text, length) in [
            ("which commitments expire within 30 days?", Ahead::Days(30)),
            ("reservations ending in the next 2 months", Ahead::Months(2)),
            ("do any savings plans run out in a month?", Ahead::Months(1)),
            ("ris that lapse in the coming two weeks", Ahead::Days(14)),
            ("60일 이내에 만료되는 약정", Ahead::Days(60)),
            ("한 달 뒤에 끝나는 약정 있어?", Ahead::Months(1)),
            ("3개월 안에 끝나는 ri", Ahead::Months(3)),
            ("앞으로 2주 안에 만기인 약정", Ahead::Days(14)),
        ] {
            assert_eq!(read(text), Some(length), "{text}");
        }
        assert_eq!(read("when does the 3-year plan end?"), None);
        assert_eq!(read("12월에 끝나는 약정"), None);
    }
}
