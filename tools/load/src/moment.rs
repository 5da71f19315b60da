//! Moments as bills spell them, into microseconds since 1970 in UTC.

use jiff::civil::Date;

const DAY_MICROS: i64 = 86_400_000_000;

/// How a moment was spelled. Files mix spellings; the report names those of each file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Spelling {
    /// `2024-09-01T05:00:00Z`, with or without fraction and zone.
    Iso,
    /// `2023-11-13T10:00Z`, without seconds.
    IsoMinutes,
    /// `2024-09-01 05:00:00`.
    Spaced,
    /// `2024-09-01`.
    DateOnly,
    /// `9/2/2023`, `4/1/25`: month first, as the Azure and FOCUS files that use it do.
    MonthFirst,
}

/// A moment and how it was spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) micros: i64,
    pub(crate) spelling: Spelling,
}

/// Reads a moment; `None` when the text is none, or names an impossible one (`2023-02-01T30:00:00Z`).
///
/// A moment without a zone is UTC: every provider bills in it.
pub(crate) fn parse(text: &str) -> Option<Moment> {
    let text = text.trim();
    if text.contains('/') {
        return month_first(text);
    }
    let (date, rest) = (text.get(..10)?, text.get(10..)?);
    let days = iso_date(date)?;
    if rest.is_empty() {
        return Some(Moment { micros: days * DAY_MICROS, spelling: Spelling::DateOnly });
    }
    let spelling = match rest.as_bytes().first()? {
        b'T' | b't' if rest.bytes().filter(|byte| *byte == b':').count() == 1 => {
            Spelling::IsoMinutes
        }
        b'T' | b't' => Spelling::Iso,
        b' ' => Spelling::Spaced,
        _ => return None,
    };
    let micros = clock(rest.get(1..)?.trim())?;
    Some(Moment { micros: days * DAY_MICROS + micros, spelling })
}

/// Reads a moment to the nanosecond: as [`parse`] does, or as nanoseconds since 1970. `None` also for moments that no
/// 64 bits hold.
pub(crate) fn parse_nanos(text: &str) -> Option<i64> {
    let text = text.trim();
    if text.len() >= 18 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let micros = parse(text)?.micros.checked_mul(1_000)?;
    let fraction = text.split_once('.').map(|(_, fraction)| fraction).unwrap_or_default();
    let digits = fraction.bytes().take_while(u8::is_ascii_digit).chain(std::iter::repeat(b'0'));
    let rest = digits.skip(6).take(3).fold(0, |rest, digit| rest * 10 + i64::from(digit - b'0'));
    micros.checked_add(rest)
}

/// Midnight UTC of a day.
pub(crate) fn micros_of_date(date: Date) -> i64 {
    i64::from(days_from_civil(date.year().into(), date.month().into(), date.day().into()))
        * DAY_MICROS
}

/// The day a moment falls on, in UTC.
pub(crate) fn date_of(micros: i64) -> Option<Date> {
    let instant = jiff::Timestamp::from_microsecond(micros).ok()?;
    Some(jiff::tz::TimeZone::UTC.to_datetime(instant).date())
}

/// The moment as civil time in UTC.
pub(crate) fn datetime_of(micros: i64) -> Option<jiff::civil::DateTime> {
    let instant = jiff::Timestamp::from_microsecond(micros).ok()?;
    Some(jiff::tz::TimeZone::UTC.to_datetime(instant))
}

fn number(text: &str) -> Option<i32> {
    (!text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

fn iso_date(text: &str) -> Option<i64> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if (year.len(), month.len(), day.len()) != (4, 2, 2) {
        return None;
    }
    civil_days(number(year)?, number(month)?, number(day)?)
}

fn civil_days(year: i32, month: i32, day: i32) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        2 => 28 + i32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    // A year outside the span of public clouds is a damaged cell, not a bill.
    ((1970..=9999).contains(&year) && (1..=longest).contains(&day))
        .then(|| i64::from(days_from_civil(year, month, day)))
}

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
fn days_from_civil(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let shifted = if month > 2 { month - 3 } else { month + 9 };
    let of_year = (153 * shifted + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

// `05:00`, `05:00:00`, `05:00:00.123456789`, with `Z`, ` UTC` or an offset behind.
fn clock(text: &str) -> Option<i64> {
    let (text, offset_minutes) = zone(text)?;
    let mut parts = text.splitn(3, ':');
    let (hour, minute) = (parts.next()?, parts.next()?);
    let (second, fraction) = match parts.next() {
        Some(seconds) => seconds.split_once('.').unwrap_or((seconds, "")),
        None => ("0", ""),
    };
    let (hour, minute, second) = (number(hour)?, number(minute)?, number(second)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let seconds = i64::from(hour) * 3_600 + i64::from(minute) * 60 + i64::from(second);
    Some((seconds - offset_minutes * 60) * 1_000_000 + fraction_micros(fraction)?)
}

fn fraction_micros(text: &str) -> Option<i64> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits = text.bytes().chain(std::iter::repeat(b'0')).take(6);
    Some(digits.fold(0, |micros, digit| micros * 10 + i64::from(digit - b'0')))
}

fn zone(text: &str) -> Option<(&str, i64)> {
    if let Some(bare) = text.strip_suffix(['Z', 'z']) {
        return Some((bare, 0));
    }
    if let Some(bare) = text.strip_suffix("UTC") {
        return Some((bare.trim_end(), 0));
    }
    let Some(at) = text.rfind(['+', '-']) else { return Some((text, 0)) };
    let (bare, offset) = text.split_at_checked(at)?;
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let digits: String = offset.chars().skip(1).filter(|letter| *letter != ':').collect();
    let (hours, minutes) = match digits.len() {
        2 => (number(&digits)?, 0),
        4 => (number(digits.get(..2)?)?, number(digits.get(2..)?)?),
        _ => return None,
    };
    (hours <= 18 && minutes <= 59)
        .then(|| (bare.trim_end(), sign * (i64::from(hours) * 60 + i64::from(minutes))))
}

fn month_first(text: &str) -> Option<Moment> {
    let (date, rest) = text.split_once(' ').unwrap_or((text, ""));
    let mut parts = date.splitn(3, '/');
    let (month, day, year) =
        (number(parts.next()?)?, number(parts.next()?)?, number(parts.next()?)?);
    let year = if year < 100 { 2000 + year } else { year };
    let days = civil_days(year, month, day)?;
    let micros = if rest.is_empty() { 0 } else { clock(rest)? };
    Some(Moment { micros: days * DAY_MICROS + micros, spelling: Spelling::MonthFirst })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<String> {
        let moment = parse(text)?;
        Some(datetime_of(moment.micros)?.to_string())
    }

    #[test]
    fn every_spelling_of_a_bill_is_read_as_utc() {
        for (text, expected) in [
            ("2024-09-01T05:00:00Z", "2024-09-01T05:00:00"),
            ("2026-04-01T00:00:00.000Z", "2026-04-01T00:00:00"),
            ("2023-11-13T10:00Z", "2023-11-13T10:00:00"),
            ("2024-09-01T05:00:00+09:00", "2024-08-31T20:00:00"),
            ("2024-09-01T05:00:00-0330", "2024-09-01T08:30:00"),
            ("2024-09-01 05:00:00", "2024-09-01T05:00:00"),
            ("2024-09-01 05:00:00 UTC", "2024-09-01T05:00:00"),
            ("2024-09-01", "2024-09-01T00:00:00"),
            ("4/1/25", "2025-04-01T00:00:00"),
            ("9/2/2023", "2023-09-02T00:00:00"),
            ("12/31/2024 23:00:00", "2024-12-31T23:00:00"),
            ("2024-02-29T00:00:00.5Z", "2024-02-29T00:00:00.5"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn an_impossible_moment_is_none() {
        for text in [
            "2023-02-01T30:00:00Z",
            "2023-02-29",
            "2023-13-01",
            "13/1/2024",
            "2023-01-01T00:60:00Z",
            "20230101",
            "yesterday",
            "2023-01-01Tnoon",
            "0023-01-01",
            "",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn days_agree_with_the_calendar(days in 0_i64..2_000_000) {
            let micros = days * DAY_MICROS;
            let date = date_of(micros).unwrap();
            prop_assert_eq!(parse(&date.to_string()).unwrap().micros, micros);
            prop_assert_eq!(micros_of_date(date), micros);
        }

        #[test]
        fn no_text_makes_it_panic(text in "[-0-9T:Z/ +.]{0,30}") {
            let _ = parse(&text);
        }
    }
}
