//! Half-open charge periods in UTC, the zone in which every provider bills.

use std::fmt;

use jiff::{
    ToSpan,
    civil::{Date, DateTime},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::Error as _};

/// A half-open stretch of time `[start, end)` in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
pub struct Period {
    /// E.g. `2026-04-01` or `2026-04-01T05:00:00`.
    #[serde(serialize_with = "write_moment")]
    #[schemars(with = "String")]
    start: DateTime,
    /// First moment not counted, e.g. `2026-05-01`.
    #[serde(serialize_with = "write_moment")]
    #[schemars(with = "String")]
    end: DateTime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    start: String,
    end: String,
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let Raw { start, end } = Raw::deserialize(from)?;
        let start = parse_moment(&start).map_err(D::Error::custom)?;
        let end = parse_moment(&end).map_err(D::Error::custom)?;
        Self::new(start, end).map_err(D::Error::custom)
    }
}

/// The two ends of a period do not make one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPeriod {
    #[error("a period must start before it ends, but {start} is not before {end}")]
    Reversed { start: DateTime, end: DateTime },
    #[error("`{text}` is no date; write it as 2026-04-01 or 2026-04-01T05:00:00")]
    Moment { text: String },
}

/// Reads `2026-04-01` or `2026-04-01T05:00:00` (UTC; a final `Z` is accepted).
pub fn parse_moment(text: &str) -> Result<DateTime, InvalidPeriod> {
    let bare = text.trim().trim_end_matches('Z');
    let date_only =
        || bare.parse::<Date>().map(|date| date.to_datetime(jiff::civil::Time::midnight()));
    let moment = if bare.len() <= 10 { date_only() } else { bare.parse::<DateTime>() };
    moment.map_err(|_| InvalidPeriod::Moment { text: text.to_owned() })
}

/// Writes midnight as a bare date and every other moment to the second.
#[must_use]
pub fn format_moment(moment: DateTime) -> String {
    if moment.time() == jiff::civil::Time::midnight() {
        moment.date().to_string()
    } else {
        moment.strftime("%Y-%m-%dT%H:%M:%S").to_string()
    }
}

fn write_moment<S: serde::Serializer>(moment: &DateTime, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(&format_moment(*moment))
}

impl Period {
    /// A period from `start` to `end`.
    ///
    /// # Errors
    /// When `start` is not before `end`.
    pub fn new(start: DateTime, end: DateTime) -> Result<Self, InvalidPeriod> {
        if start < end {
            Ok(Self { start, end })
        } else {
            Err(InvalidPeriod::Reversed { start, end })
        }
    }

    /// A period of whole days.
    ///
    /// # Errors
    /// When `first` is not before `after_last`.
    pub fn of_days(first: Date, after_last: Date) -> Result<Self, InvalidPeriod> {
        let midnight = jiff::civil::Time::midnight();
        Self::new(first.to_datetime(midnight), after_last.to_datetime(midnight))
    }

    /// The calendar month that holds `day`.
    #[must_use]
    pub fn month_of(day: Date) -> Self {
        let first = day.first_of_month();
        let after_last = day.last_of_month().saturating_add(1.day());
        let midnight = jiff::civil::Time::midnight();
        Self { start: first.to_datetime(midnight), end: after_last.to_datetime(midnight) }
    }

    /// First moment counted.
    #[must_use]
    pub fn start(self) -> DateTime {
        self.start
    }

    /// First moment not counted.
    #[must_use]
    pub fn end(self) -> DateTime {
        self.end
    }

    /// Whole days covered, rounded down.
    #[must_use]
    pub fn days(self) -> i64 {
        i64::from(self.start.until((jiff::Unit::Day, self.end)).map_or(0, |span| span.get_days()))
    }

    /// The calendar days that it touches, in part or in full.
    #[must_use]
    pub fn touched_days(self) -> i64 {
        let after = match self.end {
            end if end.time() == jiff::civil::Time::midnight() => end.date(),
            end => end.date().saturating_add(1.day()),
        };
        let span = self.start.date().until((jiff::Unit::Day, after));
        i64::from(span.map_or(0, |span| span.get_days()))
    }

    /// Whole hours covered, rounded down.
    #[must_use]
    pub fn hours(self) -> i64 {
        i64::from(self.start.until((jiff::Unit::Hour, self.end)).map_or(0, |span| span.get_hours()))
    }

    /// Whether `other` lies inside this period.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a moment.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether both ends are midnight on the first of a month.
    #[must_use]
    pub fn is_whole_months(self) -> bool {
        let first =
            |moment: DateTime| moment.day() == 1 && moment.time() == jiff::civil::Time::midnight();
        first(self.start) && first(self.end)
    }

    /// The calendar month this is, as its first day, when it is exactly one.
    #[must_use]
    pub fn single_month(self) -> Option<Date> {
        (Self::month_of(self.start.date()) == self).then(|| self.start.date())
    }
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "[{}, {})", format_moment(self.start), format_moment(self.end))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_period_reads_back_as_it_was_written() {
        let month = Period::month_of(date(2024, 9, 15));
        let json = serde_json::to_string(&month).unwrap();
        assert_eq!(json, r#"{"start":"2024-09-01","end":"2024-10-01"}"#);
        assert_eq!(serde_json::from_str::<Period>(&json).unwrap(), month);
        assert_eq!((month.days(), month.hours()), (30, 720));
        assert_eq!(month.single_month(), Some(date(2024, 9, 1)));
    }

    #[test]
    fn a_period_touches_the_days_of_its_first_and_last_hour() {
        let period = |start, end| {
            Period::new(parse_moment(start).unwrap(), parse_moment(end).unwrap()).unwrap()
        };
        let morning = period("2023-11-13T05:00:00", "2023-11-13T12:00:00");
        assert_eq!((morning.days(), morning.touched_days()), (0, 1));
        let half = period("2026-04-01", "2026-04-16T07:00:00");
        assert_eq!((half.days(), half.touched_days()), (15, 16));
        assert_eq!(period("2026-04-01", "2026-05-01").touched_days(), 30);
    }

    #[test]
    fn a_reversed_period_is_refused_with_both_ends() {
        let refused = Period::of_days(date(2024, 9, 2), date(2024, 9, 1)).unwrap_err();
        assert!(refused.to_string().contains("2024-09-02"));
    }
}
