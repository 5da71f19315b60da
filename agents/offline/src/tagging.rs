//! Whether a question is about the tags themselves: their keys, their spelling, where they are missing, how
//! much cost they allocate.

/// What of the tags is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Focus {
    /// How good tagging is as a whole.
    Hygiene,
    /// Which keys there are.
    Keys,
    /// Which values or keys look alike.
    Alike,
    /// Where tags are missing.
    Missing,
    /// How much cost has an owner.
    Allocation,
}

/// Turns of speech of one focus. Each turn is a list of words that must all stand in the question.
type Turns = &'static [(Focus, &'static [&'static str])];

// From the most to the least telling. English words are whole words, with `*` for any ending; Korean words
// are found inside others, without spaces.
const ENGLISH: Turns = &[
    (Focus::Alike, &["tag*", "typo*"]),
    (Focus::Alike, &["tag*", "misspel*"]),
    (Focus::Alike, &["tag*", "mistyped"]),
    (Focus::Alike, &["tag*", "wrong", "values"]),
    (Focus::Alike, &["tag*", "bad", "values"]),
    (Focus::Alike, &["tag*", "spell*"]),
    (Focus::Alike, &["tag*", "spelt"]),
    (Focus::Alike, &["tag*", "alike"]),
    (Focus::Alike, &["tag*", "near-duplicate*"]),
    (Focus::Alike, &["tag*", "duplicate*"]),
    (Focus::Alike, &["tag*", "duplicated"]),
    (Focus::Alike, &["tag*", "inconsisten*"]),
    (Focus::Alike, &["tag*", "consistent*"]),
    (Focus::Alike, &["tag*", "variants"]),
    (Focus::Alike, &["tag*", "same", "thing"]),
    (Focus::Alike, &["tag", "values", "similar"]),
    (Focus::Alike, &["tag", "keys", "similar"]),
    (Focus::Keys, &["tag", "keys", "which", "use*"]),
    (Focus::Keys, &["tag", "keys", "what", "use*"]),
    (Focus::Keys, &["which", "tag", "keys", "are"]),
    (Focus::Keys, &["what", "tag", "keys", "are"]),
    (Focus::Keys, &["what", "are", "tag", "keys"]),
    (Focus::Keys, &["which", "tag", "keys", "have"]),
    (Focus::Keys, &["what", "tag", "keys", "have"]),
    (Focus::Keys, &["which", "tag", "keys", "exist"]),
    (Focus::Keys, &["what", "tag", "keys", "exist"]),
    (Focus::Keys, &["list", "tag", "keys"]),
    (Focus::Keys, &["show", "tag", "keys"]),
    (Focus::Keys, &["tag", "keys", "coverage"]),
    (Focus::Missing, &["where", "tags", "missing"]),
    (Focus::Missing, &["which", "tags", "missing"]),
    (Focus::Missing, &["which", "tag", "missing", "most"]),
    (Focus::Missing, &["where", "tag", "missing"]),
    (Focus::Missing, &["where", "lack*", "tag*"]),
    (Focus::Missing, &["where", "tagging", "poor*"]),
    (Focus::Missing, &["where", "tagging", "bad"]),
    (Focus::Missing, &["where", "tagging", "worst"]),
    (Focus::Missing, &["tagging", "gaps"]),
    (Focus::Missing, &["should", "tag", "first"]),
    (Focus::Missing, &["need*", "tagging"]),
    (Focus::Missing, &["need", "to", "tag"]),
    (Focus::Missing, &["should", "we", "tag"]),
    (Focus::Allocation, &["allocation", "coverage"]),
    (Focus::Allocation, &["allocation", "rate", "tag*"]),
    (Focus::Allocation, &["allocated", "owner*"]),
    (Focus::Allocation, &["allocatable"]),
    (Focus::Allocation, &["cost*", "has", "owner"]),
    (Focus::Allocation, &["cost*", "without", "owner"]),
    (Focus::Allocation, &["spend*", "has", "owner"]),
    (Focus::Allocation, &["spend*", "without", "owner"]),
    (Focus::Hygiene, &["tag", "hygiene"]),
    (Focus::Hygiene, &["tagging", "hygiene"]),
    (Focus::Hygiene, &["tag*", "quality"]),
    (Focus::Hygiene, &["tag*", "health*"]),
    (Focus::Hygiene, &["tag*", "maturity"]),
    (Focus::Hygiene, &["tagging", "mature"]),
    (Focus::Hygiene, &["tagging", "discipline"]),
    (Focus::Hygiene, &["tagging", "compliance"]),
    (Focus::Hygiene, &["tagging", "compliant"]),
    (Focus::Hygiene, &["tagging", "coverage"]),
    (Focus::Hygiene, &["tagging", "complete*"]),
    (Focus::Hygiene, &["tagging", "review"]),
    (Focus::Hygiene, &["tagging", "audit"]),
    (Focus::Hygiene, &["audit", "tags"]),
    (Focus::Hygiene, &["how", "good", "tag*"]),
    (Focus::Hygiene, &["how", "well", "tag*"]),
    (Focus::Hygiene, &["how", "bad", "tag*"]),
    (Focus::Hygiene, &["how", "clean", "tag*"]),
    (Focus::Hygiene, &["how", "is", "our", "tagging"]),
    (Focus::Hygiene, &["clean", "up", "tags"]),
    (Focus::Hygiene, &["cleanup", "tag*"]),
    (Focus::Hygiene, &["tidy", "tags"]),
    (Focus::Hygiene, &["improve", "tagging"]),
    (Focus::Hygiene, &["improve", "tags"]),
    (Focus::Hygiene, &["fix", "tagging"]),
    (Focus::Hygiene, &["fix", "tags"]),
    (Focus::Hygiene, &["state", "tagging"]),
    (Focus::Hygiene, &["state", "of", "our", "tags"]),
];

const KOREAN: Turns = &[
    (Focus::Alike, &["태그", "오타"]),
    (Focus::Alike, &["태그", "철자"]),
    (Focus::Alike, &["태그", "잘못된값"]),
    (Focus::Alike, &["태그", "잘못입력"]),
    (Focus::Alike, &["태그", "잘못적"]),
    (Focus::Alike, &["태그", "틀린"]),
    (Focus::Alike, &["태그", "오기"]),
    (Focus::Alike, &["태그", "표기"]),
    (Focus::Alike, &["태그", "불일치"]),
    (Focus::Alike, &["태그", "일관"]),
    (Focus::Alike, &["태그", "비슷한"]),
    (Focus::Alike, &["태그", "유사"]),
    (Focus::Alike, &["태그", "중복"]),
    (Focus::Alike, &["태그", "제각각"]),
    (Focus::Alike, &["태그", "같은", "다르게"]),
    (Focus::Keys, &["태그키", "쓰"]),
    (Focus::Keys, &["태그키", "사용"]),
    (Focus::Keys, &["태그키", "어떤"]),
    (Focus::Keys, &["태그키", "뭐"]),
    (Focus::Keys, &["태그키", "뭔"]),
    (Focus::Keys, &["태그키", "무엇"]),
    (Focus::Keys, &["태그키", "목록"]),
    (Focus::Keys, &["태그키", "종류"]),
    (Focus::Keys, &["태그키", "알려"]),
    (Focus::Keys, &["태그키", "보여"]),
    (Focus::Keys, &["태그키", "커버리지"]),
    (Focus::Missing, &["태그", "빠진곳"]),
    (Focus::Missing, &["태그", "빠진데"]),
    (Focus::Missing, &["태그", "누락"]),
    (Focus::Missing, &["태그", "많이빠진"]),
    (Focus::Missing, &["태그", "많이빠져"]),
    (Focus::Missing, &["태깅", "누락"]),
    (Focus::Missing, &["태깅", "부족"]),
    (Focus::Missing, &["태그", "부족"]),
    (Focus::Missing, &["태깅", "필요"]),
    (Focus::Missing, &["태깅", "안된곳"]),
    (Focus::Missing, &["태그", "달아야"]),
    (Focus::Missing, &["태그", "붙여야"]),
    (Focus::Allocation, &["할당커버리지"]),
    (Focus::Allocation, &["배분커버리지"]),
    (Focus::Allocation, &["배부커버리지"]),
    (Focus::Allocation, &["비용할당률"]),
    (Focus::Allocation, &["비용배부율"]),
    (Focus::Allocation, &["비용배분율"]),
    (Focus::Allocation, &["할당률", "비용"]),
    (Focus::Allocation, &["주인없는비용"]),
    (Focus::Allocation, &["주인이없는비용"]),
    (Focus::Allocation, &["주인있는비용"]),
    (Focus::Allocation, &["귀속", "소유자"]),
    (Focus::Hygiene, &["태그", "위생"]),
    (Focus::Hygiene, &["태그", "품질"]),
    (Focus::Hygiene, &["태그", "정리"]),
    (Focus::Hygiene, &["태그", "점검"]),
    (Focus::Hygiene, &["태그", "상태"]),
    (Focus::Hygiene, &["태그", "현황"]),
    (Focus::Hygiene, &["태그", "관리", "잘"]),
    (Focus::Hygiene, &["태그", "관리", "어떻"]),
    (Focus::Hygiene, &["태그", "관리", "수준"]),
    (Focus::Hygiene, &["태깅", "수준"]),
    (Focus::Hygiene, &["태깅", "상태"]),
    (Focus::Hygiene, &["태깅", "품질"]),
    (Focus::Hygiene, &["태깅", "현황"]),
    (Focus::Hygiene, &["태깅", "점검"]),
    (Focus::Hygiene, &["태깅", "정리"]),
    (Focus::Hygiene, &["태깅", "커버리지"]),
    (Focus::Hygiene, &["태깅", "준수"]),
    (Focus::Hygiene, &["태깅", "개선"]),
    (Focus::Hygiene, &["태깅", "잘"]),
    (Focus::Hygiene, &["태깅", "어때"]),
    (Focus::Hygiene, &["태깅", "어떤"]),
    (Focus::Hygiene, &["태깅", "성숙"]),
];

/// Words of these questions that no name of an estate has, beside those of the turns.
const OWN: &[&str] = &[
    "tag",
    "tags",
    "tagged",
    "tagging",
    "key",
    "keys",
    "value",
    "values",
    "hygiene",
    "clean",
    "cleaning",
    "cleanup",
    "tidying",
    "owners",
    "owner",
    "look",
    "looks",
    "fixing",
    "improving",
    "checked",
    "review",
    "audit",
    "coverage",
    "allocation",
    "allocated",
    "allocatable",
    "someone",
    "somebody",
    "place",
    "places",
    "similar",
    "written",
    "spelled",
    "spelt",
    "differently",
    "wrong",
    "wrongly",
    "typos",
    "typo",
    "worst",
    "missing",
    "poor",
    "poorly",
    "good",
    "bad",
    "badly",
    "well",
    "mature",
    "maturity",
    "quality",
    "health",
    "healthy",
    "compliance",
    "compliant",
    "discipline",
    "gaps",
    "lack",
    "lacking",
    "variants",
    "exist",
    "태그",
    "태깅",
    "키",
    "값",
    "위생",
    "품질",
    "정리",
    "점검",
    "상태",
    "현황",
    "수준",
    "오타",
    "철자",
    "표기",
    "불일치",
    "일관",
    "비슷",
    "유사",
    "중복",
    "제각각",
    "누락",
    "빠진",
    "부족",
    "커버리지",
    "할당",
    "배분",
    "배부",
    "귀속",
    "소유자",
    "주인",
    "준수",
    "개선",
    "성숙",
    "관리",
    "의심",
    "다르게",
    "달아야",
    "붙여야",
    "어때",
    "곳",
    "데",
    "되어",
    "돼",
];

// What an amount is asked of.
const MONEY: &[&str] = &[
    "cost",
    "spend",
    "spent",
    "paid",
    "charge",
    "dollar",
    "비용",
    "금액",
    "지출",
    "요금",
    "얼마썼",
    "청구",
];

/// What of the tags `text` asks about; `None` for a question about costs.
pub(crate) fn asked(text: &str) -> Option<Focus> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|letter: char| !(letter.is_alphanumeric() || letter == '-'))
        .filter(|word| !word.is_empty())
        .collect();
    let close: String = lower.split_whitespace().collect();
    let english = |word: &str| match word.strip_suffix('*') {
        Some(stem) => words.iter().any(|own| own.starts_with(stem)),
        None => words.contains(&word),
    };
    // "비용을 태그별로 정리": who names money asks for amounts, unless it is about who bears them.
    let money = words.iter().any(|word| MONEY.iter().any(|own| word.starts_with(own)))
        || MONEY.iter().any(|own| !own.is_ascii() && close.contains(own));
    let found = |turns: Turns, said: &dyn Fn(&str) -> bool| {
        let open = turns.iter().filter(|(focus, _)| !money || *focus == Focus::Allocation);
        let mut turns = open.filter(|(_, turn)| turn.iter().all(|word| said(word)));
        turns.next().map(|(focus, _)| *focus)
    };
    found(ENGLISH, &english).or_else(|| found(KOREAN, &|word| close.contains(word)))
}

/// Whether a word belongs to such a question, so that it is no name.
pub(crate) fn is_own(word: &str) -> bool {
    let lower = word.to_lowercase();
    if lower.is_ascii() {
        return OWN.contains(&lower.as_str())
            || ENGLISH.iter().flat_map(|(_, turn)| *turn).any(|own| match own.strip_suffix('*') {
                Some(stem) => lower.starts_with(stem),
                None => *own == lower,
            });
    }
    OWN.iter().any(|own| !own.is_ascii() && lower.starts_with(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_about_tags_are_told_from_each_other() {
        for (focus, text) in [
            (Focus::Hygiene, "How good is our tagging?"),
            (Focus::Hygiene, "tag hygiene report for October"),
            (Focus::Hygiene, "How well are our resources tagged?"),
            (Focus::Hygiene, "What is the state of our tagging?"),
            (Focus::Hygiene, "Which tags should we clean up?"),
            (Focus::Hygiene, "show me tagging coverage"),
            (Focus::Hygiene, "how mature is our tagging maturity"),
            (Focus::Keys, "Which tag keys do we use?"),
            (Focus::Keys, "what tag keys are in use in October 2026"),
            (Focus::Keys, "List our tag keys"),
            (Focus::Keys, "what are the tag keys?"),
            (Focus::Alike, "Which tag values look like typos?"),
            (Focus::Alike, "Are there misspelled tags?"),
            (Focus::Alike, "are our tags spelled consistently"),
            (Focus::Alike, "near-duplicate tag values"),
            (Focus::Missing, "Where are tags missing?"),
            (Focus::Missing, "What should we tag first?"),
            (Focus::Missing, "which accounts need better tagging"),
            (Focus::Missing, "where is tagging worst"),
            (Focus::Allocation, "allocation coverage"),
            (Focus::Allocation, "How much of our cost is allocated to an owner?"),
            (Focus::Allocation, "what is our allocation coverage against the target"),
            (Focus::Hygiene, "태그 정리가 필요한 곳은 어디야?"),
            (Focus::Hygiene, "우리 태깅 수준이 어때?"),
            (Focus::Hygiene, "태그 상태 점검해줘"),
            (Focus::Hygiene, "10월 태깅 현황 알려줘"),
            (Focus::Hygiene, "태깅이 잘 되어 있나요?"),
            (Focus::Hygiene, "태그 품질 보여줘"),
            (Focus::Keys, "우리가 쓰는 태그 키는?"),
            (Focus::Keys, "우리가 쓰는 태그 키는 어떤 게 있어?"),
            (Focus::Keys, "태그 키 목록"),
            (Focus::Keys, "태그 키가 뭐야"),
            (Focus::Alike, "오타로 보이는 태그 값 찾아줘"),
            (Focus::Alike, "태그 값 표기가 제각각인 것은?"),
            (Focus::Alike, "비슷한 태그 값이 있나요?"),
            (Focus::Missing, "태그가 빠진 곳은 어디인가요?"),
            (Focus::Missing, "태그 누락이 많은 계정"),
            (Focus::Missing, "어디부터 태그를 달아야 해?"),
            (Focus::Allocation, "할당 커버리지가 얼마야?"),
            (Focus::Allocation, "비용 할당률 알려줘"),
            (Focus::Allocation, "주인 없는 비용이 얼마나 돼?"),
        ] {
            assert_eq!(asked(text), Some(focus), "{text}");
        }
    }

    #[test]
    fn costs_by_a_tag_stay_questions_about_costs() {
        for text in [
            "What share of cost has the team tag?",
            "cost by team tag in October",
            "untagged cost by service",
            "How much did charges without an environment tag cost?",
            "Which tag key has the highest cost?",
            "top 5 teams by cost",
            "태그가 없는 비용은 얼마야?",
            "team 태그별 비용",
            "environment 태그가 있는 비용의 비중은?",
            "how many different team tags are there",
            "how many tag keys do we have",
            "앱 태그별 9월 비용 현황 공유 바랍니다",
            "9월 비용을 app 태그 값별로 정리한 자료 부탁드립니다",
            "10월에 workload 태그가 누락된 비용 규모는 얼마인가요",
        ] {
            assert_eq!(asked(text), None, "{text}");
        }
    }
}
