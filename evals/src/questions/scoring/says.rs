//! Whether a text carries a statement, by rule.
//!
//! A statement between slashes is a pattern. Of any other, all dates, numbers and names must be
//! found in the text (dates in any form, numbers within the tolerance, names without case); a
//! statement that has none of them must share half of its words with the text, endings aside.

use std::sync::LazyLock;

use regex::{Captures, Regex, RegexBuilder};
use wherefore_contract::Decimal;

use super::cell::{decimal, fold, is_near};

/// The dates, numbers and names of a text, and the words that are left.
#[derive(Debug, Default, PartialEq, Eq)]
struct Anchors {
    dates: Vec<Moment>,
    numbers: Vec<Decimal>,
    names: Vec<String>,
}

/// A date or a part of one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Moment {
    year: Option<u32>,
    month: Option<u32>,
    day: Option<u32>,
}

/// Whether `heard` carries `statement`.
pub(super) fn is_said(statement: &str, heard: &str) -> bool {
    if let Some(pattern) = statement.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')) {
        return RegexBuilder::new(pattern)
            .case_insensitive(true)
            .build()
            .is_ok_and(|pattern| pattern.is_match(heard));
    }
    let wanted = Anchors::of(statement, Names::Marked);
    let found = Anchors::of(heard, Names::All);
    if wanted == Anchors::default() {
        return shares_half_of_the_words(statement, heard);
    }
    let tolerance = Decimal::new(5, 3);
    let heard = fold(heard);
    wanted.dates.iter().all(|day| found.dates.iter().any(|other| day.is_in(*other)))
        && wanted
            .numbers
            .iter()
            .all(|number| found.numbers.iter().any(|other| is_near(*other, *number, tolerance)))
        && wanted.names.iter().all(|name| heard.contains(name.as_str()))
}

impl Moment {
    // A year that the text leaves out is understood.
    fn is_in(self, other: Self) -> bool {
        let year = self.year.is_none() || other.year.is_none() || self.year == other.year;
        let is_year_alone = self.month.is_none() && self.year == other.year;
        let month = self.month.is_none() || self.month == other.month;
        let day = self.day.is_none() || self.day == other.day;
        (year && month && day && self.month.is_some()) || is_year_alone
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Names {
    /// Only words that are marked as names: digits, dots, underscores, two capitals, or Latin
    /// letters in a Korean statement.
    Marked,
    All,
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const MONTH_WORD: &str = r"(?P<w>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";

// The longer forms come first; what is read is cut out.
static DATES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let forms = [
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})".to_owned(),
        r"(?P<y>\d{4})년\s*(?P<m>\d{1,2})월\s*(?P<d>\d{1,2})일".to_owned(),
        r"(?P<y>\d{4})년\s*(?P<m>\d{1,2})월".to_owned(),
        r"(?P<m>\d{1,2})월\s*(?P<d>\d{1,2})일".to_owned(),
        r"(?P<y>\d{4})년".to_owned(),
        r"(?P<m>\d{1,2})월".to_owned(),
        r"\b(?P<y>\d{4})-(?P<m>\d{2})".to_owned(),
        format!(r"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+{MONTH_WORD}\b(?:,?\s+(?P<y>\d{{4}}))?"),
        format!(r"\b{MONTH_WORD}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y>\d{{4}}))?"),
        format!(r"\b{MONTH_WORD}\s+(?P<y>\d{{4}})\b"),
        format!(r"\b{MONTH_WORD}\b"),
    ];
    forms.iter().filter_map(|form| Regex::new(form).ok()).collect()
});

static NUMBERS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[^\p{L}\p{N}_.-])(-?\d[\d,]*(?:\.\d+)?)").ok());

static LATIN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"[A-Za-z][A-Za-z0-9]*(?:[-_.][A-Za-z0-9]+)*").ok());

// Shown as a sign before the amount.
const CURRENCIES: &[&str] = &["USD", "EUR", "KRW", "GBP", "JPY"];

impl Anchors {
    fn of(text: &str, names: Names) -> Self {
        let mut anchors = Self::default();
        let mut left = text.to_owned();
        for form in DATES.iter() {
            anchors.dates.extend(form.captures_iter(&left).map(|found| Moment::read(&found)));
            left = form.replace_all(&left, " ").into_owned();
        }
        if let Some(pattern) = &*LATIN {
            let is_korean = text.chars().any(|letter| ('\u{ac00}'..='\u{d7a3}').contains(&letter));
            let words = pattern.find_iter(&left).map(|word| word.as_str());
            if names == Names::Marked {
                anchors.names = words.flat_map(|word| marked(word, is_korean)).collect();
            }
            left = pattern.replace_all(&left, "a").into_owned();
        }
        if let Some(pattern) = &*NUMBERS {
            let numbers = pattern
                .captures_iter(&left)
                .filter_map(|found| decimal(&found.get(1)?.as_str().replace(',', "")));
            anchors.numbers = numbers.collect();
        }
        anchors
    }
}

impl Moment {
    fn read(found: &Captures<'_>) -> Self {
        let number = |name| found.name(name)?.as_str().parse().ok();
        let word = || {
            let word = found.name("w")?.as_str().to_lowercase();
            let index = MONTHS.iter().position(|month| word.starts_with(month))?;
            u32::try_from(index).ok()?.checked_add(1)
        };
        Self { year: number("y"), month: number("m").or_else(word), day: number("d") }
    }
}

fn marked(word: &str, is_korean: bool) -> Vec<String> {
    let capitals = |part: &str| part.chars().filter(char::is_ascii_uppercase).count() >= 2;
    let is_name = |part: &str| {
        !CURRENCIES.contains(&part)
            && (is_korean
                || capitals(part)
                || part.contains(['_', '.'])
                || part.bytes().any(|byte| byte.is_ascii_digit()))
    };
    // "RI-covered" names RI.
    let parts: Vec<&str> =
        if word.contains('-') && capitals(word) { word.split('-').collect() } else { vec![word] };
    parts.into_iter().filter(|part| is_name(part)).map(fold).collect()
}

fn shares_half_of_the_words(statement: &str, heard: &str) -> bool {
    let heard = fold(heard);
    let words: Vec<String> = fold(statement)
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.chars().count() >= 2)
        .map(str::to_owned)
        .collect();
    // Korean endings and English plurals: the first two syllables or all but the last letter.
    let stem = |word: &str| -> String {
        let is_korean = word.chars().all(|letter| ('\u{ac00}'..='\u{d7a3}').contains(&letter));
        let letters = word.chars().count();
        let kept = if is_korean { letters.min(2) } else { letters.saturating_sub(1).max(2) };
        word.chars().take(kept).collect()
    };
    let said = words.iter().filter(|word| heard.contains(&stem(word))).count();
    !words.is_empty() && said.saturating_mul(2) >= words.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_said_in_any_form() {
        for heard in
            ["2026-10-31 is missing", "no data for October 31", "10월 31일 자료가 없습니다"]
        {
            assert!(is_said("31 October is missing", heard), "{heard}");
            assert!(is_said("10월 31일 데이터 누락", heard), "{heard}");
        }
        assert!(!is_said("31 October is missing", "30 October is missing"));
        assert!(is_said("2025년 9월 데이터 없음", "2025-09-01부터 없습니다"));
        assert!(!is_said("2025년 9월 데이터 없음", "2026년 9월 데이터 없음"));
        assert!(is_said("data begin 2026-08-01", "Charges are loaded from Aug 1, 2026."));
    }

    #[test]
    fn numbers_and_names_must_all_be_there() {
        let statement = "21,600 RI-covered hours show 0 USD and there is no RIFee row";
        assert!(is_said(statement, "21600 hours covered by an RI cost $0.00; no RIFee is loaded"));
        assert!(!is_said(statement, "21600 hours covered by an RI cost $0.00"));
        assert!(!is_said(statement, "covered by an RI for $0.00, no RIFee is loaded"));
        let started = "ml-train 워크로드가 2026-09-14에 새로 시작됨";
        assert!(is_said(started, "ml-train이 2026년 9월 14일부터 나타납니다"));
        assert!(!is_said(started, "ML 워크로드가 2026년 9월 14일부터 나타납니다"));
    }

    #[test]
    fn a_statement_without_any_of_them_shares_half_of_its_words() {
        assert!(is_said("주문 수 데이터 없음", "주문 건수 데이터가 적재되어 있지 않습니다"));
        assert!(!is_said("주문 수 데이터 없음", "질문을 이해하지 못했습니다"));
        assert!(is_said("the tag is missing", "This bill has no such tag; it is missing"));
    }

    #[test]
    fn a_statement_between_slashes_is_a_pattern() {
        assert!(is_said("/no (orders|transactions)/", "There are No Orders."));
        assert!(!is_said("/no (orders|transactions)/", "There are orders."));
        assert!(!is_said("/(/", "("));
    }
}
