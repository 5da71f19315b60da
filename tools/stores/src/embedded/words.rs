//! Texts cut into words with their places, the same way for questions and for names.

use unicode_normalization::UnicodeNormalization;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Compatible forms folded, lower case.
    pub(super) folded: String,
    /// Where it stands, as bytes.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Letters and digits in runs. Korean and Latin letters part where they meet: in `EC2의` the particle is its own word.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut run: Option<(usize, bool)> = None;
    for (at, letter) in text.char_indices() {
        let kind = letter.is_alphanumeric().then_some(letter.is_ascii());
        if let Some((start, ascii)) = run
            && kind != Some(ascii)
        {
            words.push(word(text, start, at));
            run = None;
        }
        if run.is_none() {
            run = kind.map(|ascii| (at, ascii));
        }
    }
    if let Some((start, _)) = run {
        words.push(word(text, start, text.len()));
    }
    words
}

fn word(text: &str, start: usize, end: usize) -> Word {
    Word { folded: fold(text.get(start..end).unwrap_or_default()), start, end }
}

/// Compatible forms folded, lower case.
pub(super) fn fold(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase()
}

/// A name without case, spaces and punctuation: two spellings of one name have the same key.
pub(super) fn key(text: &str) -> String {
    words(text).iter().map(|word| word.folded.as_str()).collect()
}

// Longest first, so that `에서는` is not read as `는`.
const PARTICLES: &[&str] = &[
    "에서는",
    "에서의",
    "으로는",
    "까지의",
    "부터의",
    "이라는",
    "에서",
    "에는",
    "에게",
    "으로",
    "부터",
    "까지",
    "별로",
    "이랑",
    "하고",
    "보다",
    "처럼",
    "만의",
    "라는",
    "의",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "와",
    "과",
    "도",
    "만",
    "로",
    "에",
    "별",
    "당",
    "랑",
];

/// The word without its particle, when it ends in one and something is left.
pub(super) fn without_particle(word: &str) -> Option<&str> {
    PARTICLES
        .iter()
        .find_map(|particle| word.strip_suffix(particle))
        .filter(|stem| !stem.is_empty() && !stem.is_ascii())
}

// Words of questions, not of names: alone they name nothing.
const EMPTY: &[&str] = &[
    "a",
    "about",
    "all",
    "amazon",
    "an",
    "and",
    "are",
    "as",
    "at",
    "aws",
    "be",
    "between",
    "bill",
    "by",
    "change",
    "cloud",
    "compare",
    "cost",
    "costs",
    "daily",
    "day",
    "did",
    "do",
    "does",
    "each",
    "effective",
    "for",
    "from",
    "give",
    "have",
    "highest",
    "how",
    "i",
    "in",
    "is",
    "it",
    "last",
    "list",
    "many",
    "me",
    "month",
    "monthly",
    "most",
    "much",
    "my",
    "of",
    "on",
    "or",
    "our",
    "over",
    "per",
    "quarter",
    "rate",
    "region",
    "service",
    "services",
    "show",
    "spend",
    "spending",
    "spent",
    "that",
    "the",
    "this",
    "to",
    "top",
    "total",
    "transaction",
    "transactions",
    "trend",
    "unit",
    "up",
    "us",
    "usage",
    "was",
    "we",
    "week",
    "were",
    "what",
    "when",
    "where",
    "which",
    "who",
    "why",
    "with",
    "year",
    "가장",
    "건당",
    "계정",
    "금액",
    "년",
    "대비",
    "리전",
    "많이",
    "매출",
    "변화",
    "분기",
    "비교",
    "비용",
    "사용량",
    "상위",
    "서비스",
    "얼마",
    "얼마나",
    "올해",
    "왜",
    "월",
    "월별",
    "이번",
    "이번달",
    "일별",
    "작년",
    "전체",
    "주",
    "지난",
    "지난달",
    "총",
    "총액",
    "추이",
    "클라우드",
];

/// Whether a word alone names nothing.
pub(super) fn is_empty_word(word: &str) -> bool {
    word.chars().count() < 2
        || EMPTY.binary_search(&word).is_ok()
        || word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_particle_parts_from_its_word() {
        let found: Vec<String> =
            words("EC2의 us-east-1 비용은?").into_iter().map(|word| word.folded).collect();
        assert_eq!(found, ["ec2", "의", "us", "east", "1", "비용은"]);
        assert_eq!(without_particle("서울에서는"), Some("서울"));
        assert_eq!(without_particle("는"), None);
        assert_eq!(key("Amazon EC2 - Other"), "amazonec2other");
    }

    #[test]
    fn the_list_of_empty_words_is_sorted_so_that_it_can_be_searched() {
        assert!(EMPTY.is_sorted());
    }
}
