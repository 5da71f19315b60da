//! The English words of figures over rows.

use wherefore_contract::{Decimal, cost::Fold, filter::Comparison};

use super::Held;

// Words that stand between a comparison and its mean.
const BETWEEN: usize = 5;
const ABOVE: &[&str] =
    &["more", "higher", "greater", "larger", "bigger", "dearer", "pricier", "costlier"];
const BELOW: &[&str] = &["less", "lower", "smaller", "cheaper", "fewer"];
const OVER: &[&str] =
    &["above", "over", "exceed", "exceeds", "exceeded", "exceeding", "beat", "topped"];
const UNDER: &[&str] = &["below", "under", "beneath"];
// Words that begin another part of the sentence.
const PARTS: &[&str] = &[
    "in", "on", "at", "by", "for", "from", "to", "and", "or", "of", "per", "last", "past",
    "period", "month", "year", "week", "quarter", "what", "which", "how", "was", "is", "are",
    "were",
];
// Words that say what the mean is of.
const MEAN_OF: &[&str] = &[
    "of",
    "the",
    "all",
    "per",
    "a",
    "cost",
    "costs",
    "spend",
    "spending",
    "bill",
    "charge",
    "daily",
    "monthly",
    "weekly",
    "hourly",
    "day",
    "days",
    "month",
    "week",
    "hour",
    "service",
    "services",
    "account",
    "accounts",
    "subscription",
    "subscriptions",
    "project",
    "projects",
    "region",
    "regions",
    "team",
    "teams",
    "app",
    "apps",
    "workload",
    "workloads",
    "resource",
    "compartment",
    "compartments",
    "across",
    "them",
    "amount",
    "value",
    "figure",
    "billed",
    "effective",
];

struct Word<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    /// A comma or another sign of a pause stands behind it.
    pauses: bool,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    let letter = |sign: char| sign.is_alphanumeric() || matches!(sign, '.' | '%' | '-');
    while let Some(start) = text.get(at..).and_then(|rest| rest.find(letter)).map(|skip| at + skip)
    {
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.find(|sign: char| !letter(sign)).unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default();
        let trimmed = word.trim_end_matches(['.', '-']);
        let pauses = trimmed.len() < word.len()
            || rest.get(length..).is_some_and(|after| after.starts_with([',', ';', '?', '(', ')']));
        found.push(Word { text: trimmed, start, end: start + trimmed.len(), pauses });
        at = start + length.max(1);
    }
    found
}

/// "more than the average", "above the September daily average", "at least twice the mean".
pub(super) fn against_mean(text: &str) -> Option<Held> {
    let words = words(text);
    let word = |at: usize| words.get(at).map_or("", |word| word.text);
    (0..words.len()).find_map(|mean| {
        if !matches!(word(mean), "average" | "mean" | "avg") {
            return None;
        }
        let mut times = Decimal::ONE;
        let mut first = mean;
        let mut found = None;
        for at in (mean.saturating_sub(BETWEEN + 1)..mean).rev() {
            if words.get(at).is_some_and(|word| word.pauses) {
                break;
            }
            first = at;
            match word(at) {
                "twice" | "double" => times = Decimal::TWO,
                "times" => times = word(at.checked_sub(1)?).parse().ok()?,
                number if number.parse::<Decimal>().is_ok() && word(at + 1) == "times" => {}
                "than" => {
                    let how = word(at.checked_sub(1)?);
                    found = side(how, ABOVE, BELOW);
                    first = at - 1;
                    break;
                }
                single if OVER.contains(&single) || UNDER.contains(&single) => {
                    found = side(single, OVER, UNDER);
                    break;
                }
                "least" => {
                    found = Some(Comparison::AtLeast);
                    break;
                }
                other if PARTS.contains(&other) => break,
                _ => {}
            }
        }
        let op = found?;
        if let Some((parts, start)) = percent(&words, first) {
            let part = parts.checked_div(Decimal::ONE_HUNDRED)?;
            let up = matches!(op, Comparison::Above | Comparison::AtLeast);
            times = if up { Decimal::ONE + part } else { Decimal::ONE - part };
            first = start;
        }
        let mut last = mean;
        while !words.get(last).is_some_and(|word| word.pauses) && MEAN_OF.contains(&word(last + 1))
        {
            last += 1;
        }
        // "the average of October" keeps its "of".
        while last > mean && matches!(word(last), "of" | "the" | "per" | "across" | "a") {
            last -= 1;
        }
        Some(Held { op, times, from: words.get(first)?.start, to: words.get(last)?.end })
    })
}

fn side(word: &str, above: &[&str], below: &[&str]) -> Option<Comparison> {
    if above.contains(&word) {
        Some(Comparison::Above)
    } else {
        below.contains(&word).then_some(Comparison::Below)
    }
}

// "20% above", "20 percent more than": the percent and where they begin.
fn percent(words: &[Word<'_>], before: usize) -> Option<(Decimal, usize)> {
    let last = words.get(before.checked_sub(1)?)?;
    if let Some(number) = last.text.strip_suffix('%').filter(|number| !number.is_empty()) {
        return Some((number.parse().ok()?, before - 1));
    }
    if !matches!(last.text, "percent" | "%") {
        return None;
    }
    let number = words.get(before.checked_sub(2)?)?;
    Some((number.text.parse().ok()?, before - 2))
}

/// "median", "90th percentile", "p95", "standard deviation".
pub(super) fn fold(text: &str) -> Option<(Fold, usize, usize)> {
    let words = words(text);
    let word = |at: usize| words.get(at).map_or("", |word| word.text);
    (0..words.len()).find_map(|at| {
        let own = words.get(at)?;
        let part = |text: &str| {
            let digits = text.trim_end_matches(|sign: char| sign.is_ascii_alphabetic());
            digits.parse::<u8>().ok().filter(|part| (1..100).contains(part))
        };
        match own.text {
            "median" => Some((Fold::Median, own.start, own.end)),
            "stdev" | "stddev" => Some((Fold::Deviation, own.start, own.end)),
            "standard" | "std" if matches!(word(at + 1), "deviation" | "dev") => {
                Some((Fold::Deviation, own.start, words.get(at + 1)?.end))
            }
            "percentile" => {
                let before = at.checked_sub(1).and_then(|before| words.get(before));
                let led =
                    before.and_then(|before| Some((part(before.text)?, before.start, own.end)));
                let after = words.get(at + 1);
                let found = led.or_else(|| {
                    after.and_then(|after| Some((part(after.text)?, own.start, after.end)))
                });
                found.map(|(part, from, to)| (Fold::Percentile(part), from, to))
            }
            short => {
                let digits = short.strip_prefix('p').filter(|digits| digits.len() == 2)?;
                Some((Fold::Percentile(part(digits)?), own.start, own.end))
            }
        }
    })
}
