//! Korean words whose sense hangs on the word beside them: negation before a verb, and what is made or sent.

use wherefore_contract::cost::Measure;

use super::super::{
    lexicon::lexicon,
    word::{Category, Item, Meaning},
};

// What an answer is written as: to make one of these changes nothing.
const PAPERS: &[&str] = &[
    "표",
    "차트",
    "그래프",
    "보고서",
    "리포트",
    "목록",
    "리스트",
    "장표",
    "자료",
    "엑셀",
    "시트",
    "통계",
    "문서",
    "슬라이드",
    "요약",
    "도표",
    "보고",
    "현황",
    "내역",
    "순위",
    "추이",
    "정리",
    "비교",
];
// Asking is no negation: "이해가 안 되는데".
const SAID_SO: &[&str] = &["이해", "파악", "확인", "납득", "기억", "짐작"];

/// Settles such words.
pub(super) fn settle(text: &str, mut items: Vec<Item>) -> Vec<Item> {
    let words: Vec<&str> =
        items.iter().map(|item| text.get(item.start..item.end).unwrap_or_default()).collect();
    let mut changed = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let word = words.get(at).copied().unwrap_or_default();
        let before = |list: &[&str], ends: bool| {
            words.iter().take(at).rev().take(5).any(|word| {
                list.iter().any(|one| if ends { word.ends_with(one) } else { word == one })
            })
        };
        let made = word.starts_with("만들") && before(PAPERS, true);
        // "정리해서 보내주세요" asks for an answer; "메일로 보내주세요" does not.
        let sent = word.starts_with("보내")
            && at
                .checked_sub(1)
                .and_then(|prior| words.get(prior))
                .is_some_and(|word| word.ends_with('서'));
        if item.meaning == Meaning::Write && (made || sent) {
            changed.push((at, Meaning::Filler));
        }
        // "태그 없는 줄이 몇 줄이야": lines of the bill, no fall of anything.
        let line = matches!(word, "줄" | "줄이" | "줄은" | "줄의" | "줄을" | "줄도" | "줄들");
        let narrowed = at.checked_sub(1).and_then(|prior| items.get(prior)).is_some_and(|item| {
            matches!(item.meaning, Meaning::Without | Meaning::With | Meaning::Not)
        });
        let counted = words.iter().any(|word| word.replace(' ', "").starts_with("몇줄"));
        if line && (narrowed || counted) {
            changed.push((at, Meaning::Measure(Measure::Rows)));
        }
        // "가장 비싼 날은 며칠이야": which day, not how many.
        let ranked = items.iter().any(|item| matches!(item.meaning, Meaning::Rank(_)));
        if item.meaning == Meaning::HowMany && matches!(word, "며칠" | "몇일" | "몇 일") && ranked
        {
            changed.push((at, Meaning::Which));
        }
        // "구매랑 사용, 세금 각각": usage among other kinds of charges.
        if word == "사용" && item.meaning == Meaning::Filler && is_listed(&items, at) {
            changed.push((at, Meaning::Category(Category::Usage)));
        }
        let verb = words.get(at + 1).is_some_and(|next| is_verb(next));
        if matches!(word, "안" | "못")
            && item.meaning == Meaning::Filler
            && verb
            && !before(SAID_SO, false)
        {
            changed.push((at, Meaning::Not));
        }
    }
    for (at, meaning) in changed {
        if let Some(item) = items.get_mut(at) {
            item.meaning = meaning;
        }
    }
    items
}

// Whether kinds of charges stand on a side of the word, joined by "and" or a comma.
fn is_listed(items: &[Item], at: usize) -> bool {
    let kind = |index: Option<usize>| {
        index.and_then(|index| items.get(index)).is_some_and(|item| {
            matches!(
                item.meaning,
                Meaning::Category(
                    Category::Purchase | Category::Tax | Category::Credit | Category::Refund
                )
            )
        })
    };
    let joined = |index: Option<usize>| {
        index.and_then(|index| items.get(index)).is_some_and(|item| item.meaning == Meaning::And)
    };
    (joined(at.checked_sub(1)) && kind(at.checked_sub(2)))
        || (joined(Some(at + 1)) && kind(Some(at + 2)))
}

fn is_verb(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    lexicon().verbs(&letters).iter().any(|(length, _)| *length == letters.len())
}
