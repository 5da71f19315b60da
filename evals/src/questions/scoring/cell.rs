//! One expected value against one cell of a result.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;
use wherefore_contract::{
    Decimal,
    table::{Column, ColumnKind},
};

use super::dates::moment;

/// The relative tolerance of a case that names none.
pub(super) const DEFAULT_TOLERANCE: &str = "0.005";

// An expected number of at most six places may have been rounded to six, so a difference below that
// says nothing; one with more places (a cost of one transaction) was not.
const ROUNDING_PLACES: u32 = 6;
const ROUNDING: Decimal = Decimal::from_parts(1, 0, 0, false, ROUNDING_PLACES);

/// An expected value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    Missing,
    Number(Decimal),
    Text {
        folded: String,
        /// Digits alone: an id in a column of names, a number in a column of figures.
        number: Option<Decimal>,
        moment: Option<jiff::civil::DateTime>,
        /// `(untagged)`, `(태그 없음)`: how a person writes that there is no value.
        stands_for_missing: bool,
    },
}

impl Wanted {
    pub(super) fn new(value: &Value) -> Self {
        match value {
            Value::Null => Self::Missing,
            Value::Number(number) => decimal(&number.to_string())
                .map_or_else(|| Self::text(&number.to_string()), Self::Number),
            Value::String(text) => Self::text(text),
            Value::Bool(_) | Value::Array(_) | Value::Object(_) => Self::text(&value.to_string()),
        }
    }

    fn text(text: &str) -> Self {
        let trimmed = text.trim();
        Self::Text {
            folded: fold(trimmed),
            number: decimal(trimmed),
            moment: moment(trimmed),
            stands_for_missing: trimmed.is_empty()
                || (trimmed.starts_with('(') && trimmed.ends_with(')')),
        }
    }

    /// Whether it is a number of a column of figures.
    pub(super) fn is_number(&self) -> bool {
        matches!(self, Self::Number(_))
    }

    /// Whether the cell holds this value.
    pub(super) fn is_in(&self, cell: &Cell, tolerance: Decimal) -> bool {
        match self {
            Self::Missing => cell.folded.is_empty(),
            Self::Number(wanted) => cell.holds(*wanted, tolerance),
            Self::Text { folded, number, moment, stands_for_missing } => {
                let is_same_moment = moment.is_some() && *moment == cell.moment;
                let is_same_number =
                    cell.is_measure && number.is_some_and(|wanted| cell.holds(wanted, tolerance));
                *folded == cell.folded
                    || is_same_moment
                    || is_same_number
                    || (*stands_for_missing && cell.folded.is_empty())
            }
        }
    }
}

/// A cell of a result, read once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    folded: String,
    number: Option<Decimal>,
    moment: Option<jiff::civil::DateTime>,
    is_measure: bool,
}

impl Cell {
    pub(super) fn new(text: Option<&str>, column: Option<&Column>) -> Self {
        let text = text.unwrap_or_default().trim();
        Self {
            folded: fold(text),
            number: decimal(text),
            moment: moment(text),
            is_measure: column.is_some_and(|column| column.kind == ColumnKind::Measure),
        }
    }

    /// Whether it is a figure that is there.
    pub(super) fn is_figure(&self) -> bool {
        self.is_measure && !self.folded.is_empty()
    }

    // A number that names something (an hour, a year, an account) has no tolerance.
    fn holds(&self, wanted: Decimal, tolerance: Decimal) -> bool {
        let Some(number) = self.number else { return false };
        if !self.is_measure {
            return number == wanted;
        }
        is_near(number, wanted, tolerance)
    }
}

pub(super) fn is_near(number: Decimal, wanted: Decimal, tolerance: Decimal) -> bool {
    let Some(distance) = number.checked_sub(wanted) else { return false };
    let rounding = if wanted.scale() <= ROUNDING_PLACES { ROUNDING } else { Decimal::default() };
    let allowed = wanted.abs().checked_mul(tolerance).unwrap_or(Decimal::MAX).max(rounding);
    distance.abs() <= allowed
}

/// A plain or scientific number.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    let is_number = text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    if !is_number {
        return None;
    }
    // More digits than a decimal holds are rounded.
    text.parse().ok().or_else(|| Decimal::from_scientific(text).ok())
}

/// Text as it is compared: compatibility forms, case and spacing do not matter.
pub(super) fn fold(text: &str) -> String {
    let folded = text.nfkc().collect::<String>().to_lowercase();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn is_in(wanted: &Value, cell: Option<&str>, kind: ColumnKind) -> bool {
        let column = Column { kind, ..Column::dimension("x") };
        let tolerance = DEFAULT_TOLERANCE.parse().unwrap();
        Wanted::new(wanted).is_in(&Cell::new(cell, Some(&column)), tolerance)
    }

    #[test]
    fn a_figure_is_right_within_the_tolerance_alone() {
        let figure = |wanted, cell| is_in(&wanted, Some(cell), ColumnKind::Measure);
        assert!(figure(json!(32336.018), "32336.0180000000"));
        assert!(figure(json!(100.0), "100.5") && figure(json!(100.0), "99.5"));
        assert!(!figure(json!(100.0), "100.51") && !figure(json!(100.0), "-100"));
        assert!(figure(json!(0.0), "0") && !figure(json!(0.0), "0.01"));
        assert!(figure(json!("9934.8512"), "9934.85120000"));
    }

    #[test]
    fn a_small_figure_with_many_places_has_no_more_than_its_tolerance() {
        let figure = |wanted, cell| is_in(&wanted, Some(cell), ColumnKind::Measure);
        assert!(figure(json!(2.01088e-5), "0.0000201090"));
        assert!(!figure(json!(2.01088e-5), "0.0000205000"));
        // Written with six places, it may stand for anything that rounds to it.
        assert!(figure(json!(2e-5), "0.0000205000"));
    }

    #[test]
    fn a_percent_is_not_a_fraction() {
        assert!(!is_in(&json!(12.3), Some("0.123"), ColumnKind::Measure));
    }

    #[test]
    fn numeric_names_are_compared_as_text_and_numbers_among_names_exactly() {
        let name = |wanted, cell| is_in(&wanted, Some(cell), ColumnKind::Dimension);
        assert!(name(json!("200000000011"), "200000000011"));
        assert!(!name(json!("200000000011"), "200000000012"));
        assert!(!name(json!("0123"), "123"));
        assert!(name(json!(14), "14") && !name(json!(2000), "2001"));
    }

    #[test]
    fn text_is_compared_without_case_width_and_spacing() {
        let name = |wanted, cell| is_in(&wanted, Some(cell), ColumnKind::Dimension);
        assert!(name(json!("Amazon EC2"), "amazon  ec2"));
        assert!(name(json!("ＥＣ２"), "ec2"));
        assert!(!name(json!("EC2"), "Amazon EC2"));
    }

    #[test]
    fn moments_are_equal_however_they_are_written() {
        let time = |wanted, cell| is_in(&wanted, Some(cell), ColumnKind::Time);
        assert!(time(json!("2026-10-30 23:00:00"), "2026-10-30T23:00:00Z"));
        assert!(time(json!("2026-08"), "2026-08-01"));
        assert!(time(json!("2026-08-01"), "2026-08-01T00:00:00"));
        assert!(!time(json!("2026-08-01"), "2026-08-01T01:00:00"));
    }

    #[test]
    fn a_missing_value_is_null_or_a_word_in_brackets() {
        assert!(is_in(&json!(null), None, ColumnKind::Dimension));
        assert!(is_in(&json!("(태그 없음)"), None, ColumnKind::Dimension));
        assert!(is_in(&json!("(untagged)"), Some("(untagged)"), ColumnKind::Dimension));
        assert!(!is_in(&json!("untagged"), None, ColumnKind::Dimension));
        assert!(!is_in(&json!(null), Some("x"), ColumnKind::Dimension));
        assert!(!is_in(&json!(0), None, ColumnKind::Measure));
    }

    #[test]
    fn numbers_of_json_keep_their_digits() {
        assert_eq!(Wanted::new(&json!(1e-7)), Wanted::Number("0.0000001".parse().unwrap()));
        assert_eq!(decimal("12-3.e"), None);
        assert_eq!(decimal("-"), None);
    }
}
