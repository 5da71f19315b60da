//! Dates in cells: one moment, however it is written.

use jiff::civil::{Date, DateTime};

/// The moment a text names: a time stamp, a day, a month (its first day), a quarter (its first day)
/// or an ISO week (its Monday). `None` for every other text, a bare year among them.
pub(super) fn moment(text: &str) -> Option<DateTime> {
    let text = text.trim();
    let bytes = text.as_bytes();
    if bytes.len() < 6 || !bytes.iter().take(4).all(u8::is_ascii_digit) {
        return None;
    }
    if let Some(date) = month(text).or_else(|| quarter(text)).or_else(|| week(text)) {
        return Some(date.to_datetime(jiff::civil::Time::midnight()));
    }
    let bare = ["Z", "z", "+00:00", "+0000", "+00", " UTC"]
        .iter()
        .find_map(|zone| text.strip_suffix(zone))
        .unwrap_or(text);
    // An hour without minutes, as some engines print it.
    let whole = if bare.len() == 13 { format!("{bare}:00") } else { bare.to_owned() };
    if whole.len() == 10 {
        return whole
            .parse::<Date>()
            .ok()
            .map(|date| date.to_datetime(jiff::civil::Time::midnight()));
    }
    if whole.contains(':') { whole.parse().ok() } else { None }
}

fn month(text: &str) -> Option<Date> {
    let (year, month) = text.split_once('-')?;
    if year.len() != 4 || month.len() != 2 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()
}

fn quarter(text: &str) -> Option<Date> {
    let (year, quarter) = text.split_at_checked(4)?;
    let quarter: i8 =
        quarter.trim_start_matches([' ', '-']).strip_prefix(['Q', 'q'])?.parse().ok()?;
    if !(1..=4).contains(&quarter) {
        return None;
    }
    Date::new(year.parse().ok()?, quarter * 3 - 2, 1).ok()
}

fn week(text: &str) -> Option<Date> {
    let (year, week) = text.split_at_checked(4)?;
    let week: i8 = week.trim_start_matches([' ', '-']).strip_prefix(['W', 'w'])?.parse().ok()?;
    let monday =
        jiff::civil::ISOWeekDate::new(year.parse().ok()?, week, jiff::civil::Weekday::Monday);
    Some(monday.ok()?.date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_moment_is_read_however_it_is_written() {
        let same = [
            "2026-08-01",
            "2026-08",
            "2026-08-01 00:00:00",
            "2026-08-01T00:00:00Z",
            "2026-08-01T00:00:00+00:00",
            "2026-08-01 00:00",
        ];
        for text in same {
            assert_eq!(moment(text), moment(same[0]), "{text}");
            assert!(moment(text).is_some(), "{text}");
        }
        assert_eq!(moment("2026-10-30 23:00:00"), moment("2026-10-30T23:00:00.000Z"));
        assert_eq!(moment("2026-Q3"), moment("2026-07-01"));
        assert_eq!(moment("2026-W38"), moment("2026-09-14"));
        assert_ne!(moment("2026-08-01T01:00:00Z"), moment("2026-08-01"));
    }

    #[test]
    fn names_and_numbers_are_no_moments() {
        for text in
            ["2026", "202608", "200000000011", "t3.medium", "2026-13", "1234.56", "2026-Q5", ""]
        {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
