//! Shown figures read back, and arithmetic done again.

use wherefore_contract::{Decimal, answer::ShownEvidence, table::Column};

use super::cell;

/// A shown figure: its number and half a unit of its last digit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) value: Decimal,
    pub(super) slack: Decimal,
    pub(super) is_signed: bool,
}

// Round units, longest first.
const MULTIPLES: &[(&str, u64)] = &[
    (" thousand", 1_000),
    (" million", 1_000_000),
    (" billion", 1_000_000_000),
    ("십억", 1_000_000_000),
    ("백만", 1_000_000),
    ("억", 100_000_000),
    ("만", 10_000),
    ("천", 1_000),
];

/// Reads a figure as people do; `None` when there is none. "per 1,000 transactions" is part of a unit.
pub(super) fn read(shown: &str) -> Option<Shown> {
    let mut text = shown.split(" per ").next()?.to_owned();
    if let Some((_, figure)) = text.split_once('당')
        && figure.chars().any(|letter| letter.is_ascii_digit())
    {
        text = figure.to_owned();
    }
    let negative = text.trim_start().starts_with(['-', '−']);
    let is_signed = negative || text.trim_start().starts_with('+');
    let (mut value, mut slack) = (Decimal::ZERO, Decimal::ONE);
    let mut seen = false;
    let mut rest = text.as_str();
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let tail = rest.get(start..)?;
        let end = tail
            .find(|letter: char| !letter.is_ascii_digit() && letter != ',' && letter != '.')
            .unwrap_or(tail.len());
        let digits: String = tail.get(..end)?.trim_end_matches(['.', ',']).replace(',', "");
        rest = tail.get(end..)?;
        let multiple = MULTIPLES.iter().find(|(word, _)| rest.starts_with(word));
        let multiple = Decimal::from(multiple.map_or(1, |(_, times)| *times));
        let part: Decimal = digits.parse().ok()?;
        value += part * multiple;
        slack = multiple * Decimal::new(5, part.scale() + 1);
        seen = true;
    }
    let value = if negative { -value } else { value };
    seen.then_some(Shown { value, slack, is_signed })
}

impl Shown {
    /// Whether it is this number, rounded; `unsigned` where a word beside it says the direction.
    pub(super) fn is(&self, exact: Decimal, unsigned: bool) -> bool {
        let near = |exact: Decimal| (self.value - exact).abs() <= self.slack;
        near(exact) || (unsigned && !self.is_signed && near(exact.abs()))
    }
}

/// The unit of a cell, as text.
pub(super) fn unit(shown: &ShownEvidence, row: usize, column: &Column) -> String {
    match (&column.unit, &column.unit_column) {
        (Some(unit), _) => unit.to_string(),
        (None, Some(by)) => cell(shown, row, by).unwrap_or_default().to_owned(),
        (None, None) => String::new(),
    }
}

/// Whether the sign of money or percent that is shown is that of the unit.
pub(super) fn unit_agrees(shown: &str, unit: &str) -> bool {
    let money = |code: &str| unit == code || unit.starts_with(&format!("{code}/"));
    let has = |signs: &[&str]| signs.iter().any(|sign| shown.contains(sign));
    let dollars = has(&["$", "달러"]);
    let won = has(&["₩"]) || (shown.ends_with('원') && !shown.contains('$'));
    let euros = has(&["€"]);
    dollars == money("USD")
        && won == money("KRW")
        && euros == money("EUR")
        && has(&["%"]) == (unit == "%")
}

/// Arithmetic over cells, written again.
pub(super) fn calculate(op: &str, cells: &[Decimal], days: Option<i64>) -> Option<Decimal> {
    let sum = || cells.iter().copied().sum::<Decimal>();
    let percent =
        |part: Decimal, of: Decimal| (of > Decimal::ZERO).then(|| part * Decimal::ONE_HUNDRED / of);
    match (op, cells) {
        ("sum", [_, ..]) => Some(sum()),
        ("mean", [_, ..]) => Some(sum() / Decimal::from(cells.len())),
        ("per_day", [only]) => Some(*only / Decimal::from(days.filter(|days| *days > 0)?)),
        ("difference", [a, b]) => Some(*a - *b),
        ("ratio", [a, b]) => a.checked_div(*b),
        ("share" | "percent", [a, b]) => percent(*a, *b),
        ("percent_apart", [a, b]) => percent((*a - *b).abs(), *b),
        ("percent_change", [a, b]) => percent(*b - *a, *a),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_figures_read_back_within_half_of_their_last_digit() {
        for (shown, exact) in [
            ("$1,234.57", "1234.5678"),
            ("-$1.20", "-1.2"),
            ("+10.9%", "10.864745"),
            ("건당 $0.01831", "0.018312"),
            ("1,000건당 $0.2017", "0.20171"),
            ("$0.2017 per 1,000 transactions", "0.20171"),
            ("12억 3,456만 7,890원", "1234567890.2"),
            ("$32.3 thousand", "32336.018"),
            ("1.23십억 달러", "1234567890"),
            ("2.5 times", "2.5"),
        ] {
            let read = read(shown).unwrap();
            assert!(read.is(exact.parse().unwrap(), false), "{shown}: {read:?}");
            assert!(
                !read.is((exact.parse::<Decimal>().unwrap()) * Decimal::new(11, 1), false),
                "{shown}"
            );
        }
        assert_eq!(read("rose"), None);
    }

    #[test]
    fn a_sign_of_money_belongs_to_its_unit() {
        assert!(unit_agrees("$1.00 per day", "USD/day") && unit_agrees("1,234원", "KRW"));
        assert!(unit_agrees("12건", "transactions") && unit_agrees("1.5%", "%"));
        assert!(
            !unit_agrees("$1.00", "EUR") && !unit_agrees("3 GB", "USD") && !unit_agrees("5%", "x")
        );
    }
}
