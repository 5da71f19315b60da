//! Percentages and ratios that a question states, with where they stand.

use wherefore_contract::Decimal;

use crate::request::Slice;

// What a percentage ends in, after a space or none.
const SIGNS: &[&str] = &["%", "퍼센트", "프로", "percent", "per cent"];

/// A number of the question, and where it stands with its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stated {
    pub(super) value: Decimal,
    pub(super) at: Slice,
}

/// Every percentage, in the order of the question.
pub(super) fn percents(text: &str) -> Vec<Stated> {
    let percent = |(value, (start, end)): (Decimal, Slice)| {
        let rest = text.get(end..)?;
        let after = rest.trim_start();
        let lower = after.to_ascii_lowercase();
        let sign = SIGNS.iter().find(|sign| lower.starts_with(**sign))?;
        let end = end + (rest.len() - after.len()) + sign.len();
        Some(Stated { value, at: (start, end) })
    };
    numbers(text).into_iter().filter_map(percent).collect()
}

/// The sides of the first ratio, e.g. `6:4` or `5:3:2`; none where no ratio stands.
pub(super) fn ratio(text: &str) -> Vec<Stated> {
    let numbers = numbers(text);
    let joined = |left: &(Decimal, Slice), right: &(Decimal, Slice)| {
        let between = text.get(left.1.1..right.1.0).unwrap_or_default().trim();
        matches!(between, ":" | "대" | "to")
    };
    let mut sides: Vec<(Decimal, Slice)> = Vec::new();
    for number in numbers {
        match sides.last() {
            Some(last) if joined(last, &number) => sides.push(number),
            Some(_) if sides.len() > 1 => break,
            Some(_) | None => sides = vec![number],
        }
    }
    if sides.len() < 2 {
        return Vec::new();
    }
    sides.into_iter().map(|(value, at)| Stated { value, at }).collect()
}

/// Numbers that stand by themselves, not inside a name such as `m5`.
pub(super) fn numbers(text: &str) -> Vec<(Decimal, Slice)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(offset) =
        text.get(from..).and_then(|rest| rest.find(|letter: char| letter.is_ascii_digit()))
    {
        let start = from + offset;
        let rest = text.get(start..).unwrap_or_default();
        let length = rest
            .find(|letter: char| !letter.is_ascii_digit() && letter != '.')
            .unwrap_or(rest.len());
        let digits = rest.get(..length).unwrap_or_default().trim_end_matches('.');
        let end = start + digits.len();
        let before = text.get(..start).and_then(|text| text.chars().next_back());
        let is_own = !before.is_some_and(|letter| letter.is_ascii_alphanumeric() || letter == '-');
        if let Some(value) = digits.parse().ok().filter(|_| is_own) {
            found.push((value, (start, end)));
        }
        from = end.max(start + 1);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, stated: &[Stated]) -> Vec<(String, String)> {
        let one = |it: &Stated| (it.value.to_string(), text[it.at.0..it.at.1].to_owned());
        stated.iter().map(one).collect()
    }

    #[test]
    fn percentages_and_ratios_are_found_where_they_stand() {
        let pairs = |all: &[(&str, &str)]| -> Vec<(String, String)> {
            all.iter().map(|(one, two)| ((*one).to_owned(), (*two).to_owned())).collect()
        };
        let text = "checkout 60 %, search 40퍼센트 on m5 in 2026";
        assert_eq!(shown(text, &percents(text)), pairs(&[("60", "60 %"), ("40", "40퍼센트")]));
        let text = "checkout와 search를 6:4로 나눠줘";
        assert_eq!(shown(text, &ratio(text)), pairs(&[("6", "6"), ("4", "4")]));
        let text = "5 : 3 : 2";
        assert_eq!(ratio(text).len(), 3);
        assert!(ratio("in 2026 and 2025").is_empty());
        assert!(percents("top 5 of 7").is_empty());
    }
}
