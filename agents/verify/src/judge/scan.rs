//! Finds everything in finished text that reads as a number, a direction or a rank.
//!
//! This scanner shares no list and no code with the lexicon of drafts: what one misses, the other
//! may find.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

// Dates, hexadecimal numbers, quarters, amounts in brackets, amounts with sign, currency, Korean
// multiples and units, and then words; addresses of resources are identifiers and are skipped.
static NUMBERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let digits = r"\p{Nd}+(?:[,\u{a0}\u{2009}\u{202f} ]\p{Nd}{3}\b)*(?:[.,]\p{Nd}+)*";
    let multiple = "[십백천만억조]";
    let unit = r"(?:%p|％|%|[KMGTP]i?B\b|배|\s?원|\s?달러|\s?유로|\s?엔)";
    let parts = [
        r"(?P<skip>arn:[^\s]+)".to_owned(),
        r"\p{Nd}{4}-\p{Nd}{2}-\p{Nd}{2}(?:[T ]\p{Nd}{2}:\p{Nd}{2}(?::\p{Nd}{2})?Z?)?".to_owned(),
        r"\b0x[0-9A-Fa-f]+".to_owned(),
        r"\p{Nd}/\p{Nd}\s?분기".to_owned(),
        format!(r"\([$€£₩]?{digits}%?\)"),
        format!(
            r"[±+\-−–]?(?:[$€£¥₩＄￦]\s?)?{digits}(?:\s?{multiple}+(?:\s?{digits}{multiple}+)*)?{unit}?"
        ),
        r"[\p{Nl}½⅓⅔¼¾⅛⅜⅝⅞²³¹⁰-⁹₀-₉]+".to_owned(),
        english(),
        korean(),
    ];
    Regex::new(&parts.join("|")).ok()
});

fn english() -> String {
    let one = "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|\
               sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|\
               thousand|million|billion|trillion|dozen";
    format!(
        r"(?i:\b(?:(?:a|an)\s+)?(?:{one})s?(?:(?:\s+|-|\s+and\s+)(?:{one})s?)*\b(?:\s+(?:dollars?|percent|euros?|won|cents?)\b)?|\b(?:a\s+)?(?:half|third|thirds|fourths?|fifths?)\b|\b(?:doubled?|doubling|doubles|tripled?|triples|tripling|quadrupled?|twice|thrice|halved|halves|tenfold|twofold|threefold|most|majority|percent)\b)"
    )
}

fn korean() -> String {
    let digit = "[영공일이삼사오육칠팔구]";
    let multiple = "[십백천만억조]";
    let unit = r"(?:\s?(?:원|달러|배|퍼센트|프로|건|개|명|번))";
    format!(
        r"절반|과반|대부분|제로|갑절|곱절|(?:하나|다섯|여섯|일곱|여덟|아홉)|(?:한|두|세|네|열|몇)\s?배|(?:{digit}?{multiple}){{2,}}{unit}?|{digit}{multiple}{unit}|(?:십|백|천|만|억|조)\s(?:원|달러|건|개|배)|{digit}\s?(?:배|퍼센트|프로|분의)|퍼센트|달러"
    )
}

static DIRECTIONS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i:\b(?:rose|rises?|rising|risen|fell|falls?|falling|fallen|increas\w*|decreas\w*|grew|grows?|growing|growth|drop(?:s|ped|ping)?|declining|shr[aiu]nk\w*|higher|lower|climb\w*|jump(?:s|ed)?|surg\w+|plung\w+|largest|smallest|biggest|highest|lowest|greatest|cheapest|did not change|unchanged)\b)|증가|감소|상승|하락|급증|급감|늘었|늘어났|줄었|줄어들|올랐|내렸|높아졌|낮아졌|변하지 않|변동 없음|가장 (?:큰|작은|많|적|높|낮)|최대|최소|최고|최저",
    )
    .ok()
});

static TIMES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i:\p{Nd}{4}-\p{Nd}{2}(?:-\p{Nd}{2})?|\p{Nd}+\s?(?:년|월|일|분기|반기|주|개월|시간|시)|\b[qhw]\p{Nd}{1,2}\b|\b(?:19|20)\p{Nd}{2}\b|\p{Nd}+\s?(?:years?|months?|weeks?|days?|hours?|quarters?)\b|\p{Nd}{1,2}(?:st|nd|rd|th)\b)",
    )
    .ok()
});

/// The number-like stretches of `text`, as bytes: digits of any script with their signs, currencies,
/// separators and units, and numbers in English and Korean words.
#[must_use]
pub fn number_spans(text: &str) -> Vec<Range<usize>> {
    let Some(numbers) = &*NUMBERS else { return std::iter::once(0..text.len()).collect() };
    numbers
        .captures_iter(text)
        .filter(|found| found.name("skip").is_none())
        .filter_map(|found| found.get(0))
        .map(|found| found.start()..found.end())
        .collect()
}

/// Whether a number span is part of a date or another name of time.
#[must_use]
pub fn is_time(text: &str, span: &Range<usize>) -> bool {
    let Some(times) = &*TIMES else { return false };
    times.find_iter(text).any(|found| found.start() < span.end && span.start < found.end())
}

/// The stretches of `text` that say a direction or a rank.
#[must_use]
pub fn direction_spans(text: &str) -> Vec<Range<usize>> {
    let Some(directions) = &*DIRECTIONS else { return std::iter::once(0..text.len()).collect() };
    directions.find_iter(text).map(|found| found.start()..found.end()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // The strings of the numeric red team, with the spans a number finder must find in them.
    #[test]
    fn every_number_of_the_red_team_is_found() {
        for (text, expected) in [
            ("Cost per transaction rose 12.5% to $0.0183.", vec!["12.5%", "$0.0183"]),
            ("Costs doubled month over month.", vec!["doubled"]),
            ("A third of requests failed; twice the usual rate.", vec!["A third", "twice"]),
            ("(1,234.50)", vec!["(1,234.50)"]),
            ("1\u{202f}234\u{202f}567,89", vec!["1\u{202f}234\u{202f}567,89"]),
            ("1 234 567,89", vec!["1 234 567,89"]),
            ("ten thousand dollars", vec!["ten thousand dollars"]),
            ("the top 3 services account for most of it", vec!["3", "most"]),
            ("arn:aws:iam::123456789012:role/x", vec![]),
            ("2025-11-22T10:03:07Z", vec!["2025-11-22T10:03:07Z"]),
            ("±3%", vec!["±3%"]),
            ("0x1F retries", vec!["0x1F"]),
            ("٣٤ دولار", vec!["٣٤"]),
            ("①  ②", vec![]),
            ("월 3천만 원", vec!["3천만 원"]),
            ("전월 대비 10.4% 감소", vec!["10.4%"]),
            ("절반 가까이 줄었습니다", vec!["절반"]),
            ("3배 늘었다", vec!["3배"]),
            ("1.5%p 상승", vec!["1.5%p"]),
            ("하루 20TB", vec!["20TB"]),
            ("1조 2천억", vec!["1조 2천억"]),
            ("제로에 가깝다", vec!["제로"]),
            ("1/4분기", vec!["1/4분기"]),
            ("₩1,200,000(부가세 별도)", vec!["₩1,200,000"]),
        ] {
            let found: Vec<&str> =
                number_spans(text).into_iter().map(|span| text.get(span).unwrap()).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn directions_and_ranks_are_found() {
        for text in ["it rose", "비용이 늘었습니다", "the largest", "가장 큰", "감소"]
        {
            assert_eq!(direction_spans(text).len(), 1, "{text}");
        }
        assert!(direction_spans("the cost of compute").is_empty());
    }
}
