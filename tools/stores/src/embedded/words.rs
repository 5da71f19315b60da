//! Texts cut into words with their places, the same way for questions and for names.

use std::{collections::HashSet, sync::LazyLock};

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
    "에서만",
    "에서는",
    "에서의",
    "으로는",
    "까지의",
    "부터의",
    "이라는",
    "이라고",
    "별로는",
    "보다는",
    "하고는",
    "이랑은",
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
    "라고",
    "이나",
    "에선",
    "로는",
    "로만",
    "은요",
    "는요",
    "이요",
    "마다",
    "끼리",
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
    "엔",
    "나",
    "야",
    "요",
    "용",
    "쪽",
    "비",
];

// Nouns that people write without a space behind a name: `서울리전`, `애저비용`.
const NOUNS: &[&str] = &[
    "클라우드",
    "워크로드",
    "인스턴스",
    "코스트센터",
    "서비스",
    "사용량",
    "사용료",
    "사용액",
    "청구서",
    "이용료",
    "지출액",
    "지역",
    "리전",
    "계정",
    "구독",
    "태그",
    "환경",
    "비용",
    "요금",
    "지출",
    "금액",
    "총액",
    "과금",
    "청구",
    "단가",
    "가격",
    "부서",
    "버킷",
    "앱",
    "팀",
    "건",
    "료",
];

/// The word without what stands behind its stem: particles, and nouns such as "리전" and "비용". The longest come first.
pub(super) fn stems(word: &str) -> Vec<&str> {
    let mut stems: Vec<&str> = Vec::new();
    let mut ahead = vec![word];
    // A particle, a noun, and once more both.
    for _ in 0..4 {
        let mut next = Vec::new();
        for word in ahead {
            for ending in PARTICLES.iter().chain(NOUNS) {
                let stem =
                    word.strip_suffix(ending).filter(|stem| !stem.is_empty() && !stem.is_ascii());
                if let Some(stem) = stem.filter(|stem| !stems.contains(stem)) {
                    stems.push(stem);
                    next.push(stem);
                }
            }
        }
        ahead = next;
    }
    stems.sort_by_key(|stem| std::cmp::Reverse(stem.len()));
    stems
}

// Words of questions, not of names: alone they name nothing. A constant of the program.
static ORDINARY: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("ordinary_words.txt").lines().collect());

/// Whether a word alone names nothing.
pub(super) fn is_empty_word(word: &str) -> bool {
    word.chars().count() < 2
        || ORDINARY.contains(word)
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
        assert_eq!(stems("서울에서는").last(), Some(&"서울"));
        assert_eq!(stems("애저비용은"), ["애저비용", "애저비", "애저"]);
        assert_eq!(stems("는"), Vec::<&str>::new());
        assert_eq!(key("Amazon EC2 - Other"), "amazonec2other");
    }
}
