//! Amounts that rows or charges must reach: "over 100 dollars", "5% 이상", "negative".

use wherefore_contract::{
    Decimal,
    cost::Measure,
    filter::{AmountCondition, Comparison, RowCondition},
};

use super::super::word::Meaning;
use super::Draft;

/// A threshold of the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::understand) struct Bound {
    pub op: Comparison,
    pub value: Decimal,
    pub percent: bool,
    /// The thing that is counted: "more than 3 accounts".
    pub counts: Option<Measure>,
    /// It names a sign ("negative", "zero") and no amount.
    pub sign: bool,
}

impl Draft<'_> {
    /// Reads the thresholds and marks the words they use.
    pub(super) fn thresholds(&mut self) {
        for at in 0..self.items.len() {
            match self.meaning(at).cloned() {
                Some(Meaning::Sign(op)) => {
                    self.mark(at);
                    self.bounds.push(Bound {
                        op,
                        value: Decimal::ZERO,
                        percent: false,
                        counts: None,
                        sign: true,
                    });
                }
                Some(Meaning::Number { value: 0, .. })
                    if self.meaning(at + 1) == Some(&Meaning::Money)
                        && !self.flag(|meaning| matches!(meaning, Meaning::Bound(_))) =>
                {
                    self.mark(at);
                    self.bounds.push(Bound {
                        op: Comparison::Equal,
                        value: Decimal::ZERO,
                        percent: false,
                        counts: None,
                        sign: true,
                    });
                }
                Some(Meaning::Bound(op)) => {
                    if let Some(bound) = self.bound(at, op) {
                        self.mark(at);
                        self.bounds.push(bound);
                    }
                }
                _ => {}
            }
        }
    }

    fn bound(&mut self, at: usize, op: Comparison) -> Option<Bound> {
        let number = |draft: &Self, index: &usize| {
            matches!(draft.meaning(*index), Some(Meaning::Number { .. })) && !draft.is_used(*index)
        };
        let after = (at + 1..(at + 5).min(self.items.len())).find(|index| number(self, index));
        let before = (at.saturating_sub(6)..at).rev().find(|index| number(self, index));
        let korean = self.text_of(at).chars().any(|letter| letter >= '\u{1100}');
        let trails = korean || self.text_of(at).starts_with("or ");
        let place = if trails { before.or(after) } else { after.or(before) }?;
        // The sign and the first digits of "-0.5" or "1.25" stand in items of their own.
        let first = self.first_of_number(place);
        let start = self.items.get(first)?.start;
        let spelled = match self.meaning(first) {
            Some(Meaning::Number { value, digits: 0 }) => Some(Decimal::from(*value)),
            _ => None,
        };
        let (value, end) = if let Some(value) = spelled {
            (value, self.items.get(first)?.end)
        } else {
            let (value, length) = amount(self.text.get(start..)?)?;
            (value, start + length)
        };
        let negative = first.checked_sub(1).is_some_and(|sign| self.text_of(sign) == "-");
        for index in 0..self.items.len() {
            if self.items.get(index).is_some_and(|item| item.start >= start && item.end <= end) {
                self.mark(index);
            }
        }
        let last = (0..self.items.len())
            .rev()
            .find(|index| self.items.get(*index).is_some_and(|item| item.start < end))?;
        let percent = self
            .next_meaning(last)
            .filter(|next| self.meaning(*next) == Some(&Meaning::PercentSign));
        if let Some(sign) = percent {
            self.mark(sign);
        }
        let counts = self.counted_after(last);
        // Bills count in whole units of money: "5 cents" is 0.05.
        let cents = matches!(
            self.text_of(last + 1).to_lowercase().as_str(),
            "cent" | "cents" | "센트" | "¢"
        );
        let value = if cents { value / Decimal::from(100) } else { value };
        let value = if negative { -value } else { value };
        Some(Bound { op, value, percent: percent.is_some(), counts, sign: false })
    }

    fn first_of_number(&self, at: usize) -> usize {
        let mut first = at;
        while let Some(prior) = first.checked_sub(1)
            && self.items.get(first).is_some_and(|item| item.glued)
            && (matches!(self.meaning(prior), Some(Meaning::Number { .. }))
                || self.text_of(prior) == "."
                    && prior.checked_sub(1).is_some_and(|whole| {
                        matches!(self.meaning(whole), Some(Meaning::Number { .. }))
                    }))
        {
            first = prior;
        }
        first
    }

    // "more than 3 accounts", "2개 이상의 리전": a count, not money.
    fn counted_after(&mut self, last: usize) -> Option<Measure> {
        let next = self.items.get(last + 1)?;
        match next.meaning.clone() {
            Meaning::Dimension(dimension) => {
                self.mark(last + 1);
                Some(Measure::Distinct(dimension))
            }
            Meaning::Measure(Measure::Rows) => {
                self.mark(last + 1);
                Some(Measure::Rows)
            }
            _ => None,
        }
    }

    pub(in crate::understand) fn text_of(&self, at: usize) -> &str {
        let item = self.items.get(at);
        item.and_then(|item| self.text.get(item.start..item.end)).unwrap_or_default()
    }

    /// The thresholds as conditions on result rows and on charges. Without anything to group by, the
    /// charges themselves are meant.
    pub(super) fn settle_bounds(
        &mut self,
        compared: bool,
    ) -> (Vec<AmountCondition>, Vec<RowCondition>) {
        let mut having = Vec::new();
        let mut amounts = Vec::new();
        let cost = self.measures.iter().find(|measure| measure.is_cost()).cloned();
        let cost = self.bounded.clone().or(cost);
        let first = cost.clone().or_else(|| self.measures.first().cloned());
        let column = first.as_ref().map(Measure::column_name).unwrap_or_default();
        let grouped = !self.dimensions.is_empty() || self.counted.is_some();
        let of_rows = self.has(&Meaning::Single)
            || (self.has(&Meaning::Measure(Measure::Rows)) && self.dimensions.is_empty());
        let falls = self.has(&Meaning::Fall) && !self.has(&Meaning::Rise);
        let shares = self.has(&Meaning::Share);
        for bound in std::mem::take(&mut self.bounds) {
            if let Some(counts) = &bound.counts {
                if !self.measures.contains(counts) {
                    self.measures.push(counts.clone());
                }
                let column = counts.column_name();
                having.push(AmountCondition { column, op: bound.op, value: bound.value });
                continue;
            }
            let (op, value) = if compared && falls && !bound.sign {
                flipped(&bound)
            } else {
                (bound.op, bound.value)
            };
            // "moved by 5 % or more": whichever way, where the question names none.
            let either = compared
                && !bound.sign
                && matches!(bound.op, Comparison::Above | Comparison::AtLeast)
                && self.has(&Meaning::Rise) == self.has(&Meaning::Fall)
                && !self.has(&Meaning::Jump)
                && !self.has(&Meaning::New)
                && !self.has(&Meaning::Gone);
            if bound.percent {
                let column = match (compared && !shares, either) {
                    (true, true) => "absolute_change_percent",
                    (true, false) => "change_percent",
                    (false, _) => "share",
                };
                having.push(AmountCondition { column: column.to_owned(), op, value });
            } else if compared && grouped {
                let column = if either { "absolute_change" } else { "change" };
                having.push(AmountCondition { column: column.to_owned(), op, value });
            } else if grouped && !of_rows {
                having.push(AmountCondition { column: column.clone(), op, value });
            } else {
                let measure = cost.clone().or_else(|| self.known.description.default_cost.clone());
                let measure = measure.unwrap_or(Measure::BilledCost);
                amounts.push(RowCondition { measure, op, value });
            }
        }
        (having, amounts)
    }
}

// "fell by more than 10" means a change below minus ten.
fn flipped(bound: &Bound) -> (Comparison, Decimal) {
    let op = match bound.op {
        Comparison::Above => Comparison::Below,
        Comparison::AtLeast => Comparison::AtMost,
        Comparison::Below => Comparison::Above,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Equal => Comparison::Equal,
        Comparison::NotEqual => Comparison::NotEqual,
    };
    (op, -bound.value)
}

/// The amount at the start of `text` and the bytes that it takes: `1,250.50`, `10k`, `3만`.
pub(super) fn amount(text: &str) -> Option<(Decimal, usize)> {
    let mut digits = String::new();
    let mut end = 0;
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(end) {
        let follows = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        match byte {
            b'0'..=b'9' => digits.push(char::from(*byte)),
            b',' if follows => {}
            b'.' if follows && !digits.contains('.') => digits.push('.'),
            _ => break,
        }
        end += 1;
    }
    let value: Decimal = digits.parse().ok()?;
    let rest = text.get(end..)?;
    let spaced = rest.trim_start();
    let gap = rest.len() - spaced.len();
    let scales: [(&str, i64); 12] = [
        ("thousand", 1_000),
        ("million", 1_000_000),
        ("billion", 1_000_000_000),
        ("만", 10_000),
        ("억", 100_000_000),
        ("천", 1_000),
        ("백", 100),
        ("mio", 1_000_000),
        ("mn", 1_000_000),
        ("bn", 1_000_000_000),
        ("k", 1_000),
        ("m", 1_000_000),
    ];
    for (word, factor) in scales {
        let Some(after) = spaced.to_lowercase().strip_prefix(word).map(str::len) else { continue };
        let length = spaced.len().saturating_sub(after);
        let ends = spaced.get(length..).and_then(|rest| rest.chars().next());
        let letter = word.is_ascii() && ends.is_some_and(|next| next.is_ascii_alphanumeric());
        // A single letter belongs to the number only when it is written right behind it.
        if letter || (word.len() == 1 && gap > 0) {
            continue;
        }
        return Some((value.checked_mul(Decimal::from(factor))?, end + gap + length));
    }
    Some((value, end))
}
