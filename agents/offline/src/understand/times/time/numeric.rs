//! Dates written in digits: 2024-09-15, 2024.9, 9/14, 09/14/2024, 20240914, 2024-W36, 14:00.

use jiff::{ToSpan, civil::Date};

use super::{Found, Reader, View, date, days, iso_week, stretch};
use crate::understand::word::{Meaning, TimeWord};

/// Digits with the mark before each: `2024-9-15` is `(' ', 2024), ('-', 9), ('-', 15)`.
type Groups = Vec<(char, i32, usize)>;

impl Reader<'_> {
    pub(super) fn numeric(&self, view: &View<'_>, at: usize) -> Found {
        let start = view.item(at)?.start;
        let Some(Meaning::Number { .. }) = view.at(at) else { return None };
        let rest = view.text.get(start..)?;
        let groups = groups(rest);
        let (when, used) = Self::iso_week_of(rest)
            .or_else(|| Self::year_first(&groups))
            .or_else(|| Self::year_last(&groups))
            .or_else(|| self.month_and_day(view, at, &groups))
            .or_else(|| compact(&groups))?;
        let next = view.place_of(start + used);
        (next > at).then_some((when, next))
    }

    fn iso_week_of(rest: &str) -> Option<(super::When, usize)> {
        let year: i16 = rest.get(..4)?.parse().ok()?;
        let tail = rest.get(4..)?.trim_start_matches('-');
        let tail_at = rest.len() - tail.len();
        let week = tail.strip_prefix(['W', 'w'])?;
        let digits: String = week.chars().take_while(char::is_ascii_digit).collect();
        let number: i8 = digits.parse().ok()?;
        Some((iso_week(year, number)?, tail_at + 1 + digits.len()))
    }

    // 2024-09-15, 2024.9, 2024/09/15, 2024-09-15T05:00.
    fn year_first(groups: &Groups) -> Option<(super::When, usize)> {
        let [(_, year, _), (mark, month, month_end), rest @ ..] = groups.as_slice() else {
            return None;
        };
        if !(1990..=2100).contains(year) || *mark == ':' {
            return None;
        }
        let (year, month) = (i16::try_from(*year).ok()?, i8::try_from(*month).ok()?);
        let first = date(year, month, 1)?;
        let day = rest.first().filter(|(other, _, _)| other == mark);
        let Some((_, day, day_end)) = day else {
            return Some((stretch(first, 1.month(), false)?, *month_end));
        };
        let Some(day) = date(year, month, i8::try_from(*day).ok()?) else {
            return Some((stretch(first, 1.month(), false)?, *month_end));
        };
        match rest.get(1) {
            Some((' ' | 'T', hour, _)) if rest.get(2).is_some_and(|(mark, _, _)| *mark == ':') => {
                let end = rest.iter().skip(2).take_while(|(mark, _, _)| *mark == ':').last()?.2;
                Some((super::clock::hour_of(day, *hour)?, end))
            }
            _ => Some((stretch(day, 1.day(), false)?, *day_end)),
        }
    }

    // 09/14/2024, 14/09/2024, 09/2024.
    fn year_last(groups: &Groups) -> Option<(super::When, usize)> {
        let year =
            |value: i32| i16::try_from(value).ok().filter(|year| (1990..=2100).contains(year));
        match groups.as_slice() {
            [(_, first, _), ('/' | '-' | '.', second, _), ('/' | '-' | '.', third, end), ..]
                if year(*third).is_some() =>
            {
                let (month, day) = if *first > 12 { (second, first) } else { (first, second) };
                let (month, day) = (i8::try_from(*month).ok()?, i8::try_from(*day).ok()?);
                Some((stretch(date(year(*third)?, month, day)?, 1.day(), *first <= 12)?, *end))
            }
            [(_, month, _), ('/' | '-', second, end), ..] if year(*second).is_some() => {
                let first = date(year(*second)?, i8::try_from(*month).ok()?, 1)?;
                Some((stretch(first, 1.month(), false)?, *end))
            }
            _ => None,
        }
    }

    // 9/14; with a point only inside a range, because 9.14 is a number elsewhere.
    fn month_and_day(
        &self,
        view: &View<'_>,
        at: usize,
        groups: &Groups,
    ) -> Option<(super::When, usize)> {
        let [(_, month, _), (mark @ ('/' | '.'), day, end), rest @ ..] = groups.as_slice() else {
            return None;
        };
        if rest.first().is_some_and(|(next, _, _)| next == mark && *next != '-') {
            return None;
        }
        let after =
            view.items.iter().find(|item| item.start >= view.item(at).map_or(0, |i| i.start) + end);
        let ranged = self.after_join() || after.is_some_and(|item| item.meaning == Meaning::Range);
        let percent = after.is_some_and(|item| {
            matches!(item.meaning, Meaning::PercentSign | Meaning::Word(TimeWord::QuarterMark))
        });
        if percent || (*mark == '.' && !ranged) {
            return None;
        }
        let (first, _) = self.month_first(None, i8::try_from(*month).ok()?)?;
        let day = date(first.year(), first.month(), i8::try_from(*day).ok()?)?;
        Some((stretch(day, 1.day(), true)?, *end))
    }
}

// 20240914 and 202409.
fn compact(groups: &Groups) -> Option<(super::When, usize)> {
    let (_, value, end) = groups.first()?;
    let year_of =
        |value: i32| i16::try_from(value).ok().filter(|year| (1990..=2100).contains(year));
    if *end == 8 {
        let month = i8::try_from(value / 100 % 100).ok()?;
        let day = date(year_of(value / 10_000)?, month, i8::try_from(value % 100).ok()?)?;
        return Some((stretch(day, 1.day(), false)?, *end));
    }
    let first: Date =
        date(year_of(value / 100).filter(|_| *end == 6)?, i8::try_from(value % 100).ok()?, 1)?;
    Some((days(first, first.checked_add(1.month()).ok()?, false)?, *end))
}

// Digits and single marks from the start of the text, at most six groups.
fn groups(text: &str) -> Groups {
    let mut groups: Groups = Vec::new();
    let mut mark = ' ';
    let mut letters = text.char_indices().peekable();
    while let Some((start, letter)) = letters.peek().copied() {
        if !letter.is_ascii_digit() {
            break;
        }
        let mut end = start;
        while letters.next_if(|(_, letter)| letter.is_ascii_digit()).is_some() {
            end += 1;
        }
        let Ok(value) = text.get(start..end).unwrap_or_default().parse() else { break };
        groups.push((mark, value, end));
        match letters.next() {
            Some((_, next @ ('-' | '/' | '.' | ':' | 'T' | ' '))) if groups.len() < 6 => {
                mark = next;
            }
            _ => break,
        }
    }
    // A space joins a date and the time of the day only.
    let cut = groups.iter().position(|(mark, _, end)| {
        *mark == ' ' && *end != groups.first().map_or(0, |(_, _, end)| *end)
    });
    if let Some(cut) = cut {
        let clock = cut == 3 && groups.get(cut + 1).is_some_and(|(mark, _, _)| *mark == ':');
        if !clock {
            groups.truncate(cut);
        }
    }
    groups
}
