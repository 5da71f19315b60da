//! Korean words whose sense hangs on the word beside them: negation before a verb, and what is made or sent.

use wherefore_contract::{cost::Measure, dimension::Dimension};

use super::super::super::{
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
        changed.extend(among_others(&items, &words, at));
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

// Words that the words right beside them settle.
fn among_others(items: &[Item], words: &[&str], at: usize) -> Vec<(usize, Meaning)> {
    let mut changed = Vec::new();
    let Some(item) = items.get(at) else { return changed };
    let word = words.get(at).copied().unwrap_or_default();
    // "구매랑 사용, 세금 각각": usage among other kinds of charges.
    if word == "사용" && item.meaning == Meaning::Filler && is_listed(items, at) {
        changed.push((at, Meaning::Category(Category::Usage)));
    }
    // "팀 태그가 빠진 비용": charges without the tag, no gap in the data.
    let lacks = item.meaning == Meaning::Complete
        && ["빠진", "빠져", "누락", "비는", "빈"].iter().any(|start| word.starts_with(start));
    if lacks && follows_a_tag(items, at) {
        changed.push((at, Meaning::Without));
    }
    if let Some(meaning) = beside_names(items, words, at) {
        changed.push((at, meaning));
    }
    if at + 5 < items.len() && opens_a_list_of_places(items, at) {
        changed.extend((at..at + 3).map(|at| (at, Meaning::Filler)));
    }
    changed
}

// The word before, particles apart, is a tag.
fn follows_a_tag(items: &[Item], at: usize) -> bool {
    let before = items.get(..at).unwrap_or_default().iter().rev();
    let mut said = before.filter(|item| item.meaning != Meaning::Particle);
    said.next().is_some_and(|item| {
        matches!(
            item.meaning,
            Meaning::Tag | Meaning::Dimension(Dimension::Tag(_) | Dimension::Workload)
        )
    })
}

// "EC2 대 RDS" joins two names, "m5.large 타입" says what a name is, "정가에서 청구액을 뺀 차액" says how a difference is taken.
fn beside_names(items: &[Item], words: &[&str], at: usize) -> Option<Meaning> {
    let item = items.get(at)?;
    let named = |index: Option<usize>| {
        index
            .and_then(|index| items.get(index))
            .is_some_and(|item| matches!(item.meaning, Meaning::Entity(_)))
    };
    let word = words.get(at).copied().unwrap_or_default();
    let next = items.get(at + 1).map(|item| &item.meaning);
    match word {
        "대" if named(at.checked_sub(1)) && named(Some(at + 1)) => Some(Meaning::And),
        "타입" | "유형" | "종류" | "계열"
            if item.meaning == Meaning::Unknown
                && named(at.checked_sub(1))
                && !matches!(next, Some(Meaning::By | Meaning::Per)) =>
        {
            Some(Meaning::Filler)
        }
        _ if item.meaning == Meaning::Exclude && next == Some(&Meaning::Difference) => {
            Some(Meaning::Filler)
        }
        _ => None,
    }
}

// "1위부터 5위까지": the first place opens the list and narrows nothing.
fn opens_a_list_of_places(items: &[Item], at: usize) -> bool {
    let meaning = |index: usize| items.get(index).map(|item| &item.meaning);
    matches!(meaning(at), Some(Meaning::Number { value: 1, .. }))
        && meaning(at + 1) == Some(&Meaning::OrdinalMark)
        && meaning(at + 2) == Some(&Meaning::Since)
        && matches!(meaning(at + 3), Some(Meaning::Number { .. }))
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
        index
            .and_then(|index| items.get(index))
            .is_some_and(|item| matches!(item.meaning, Meaning::And | Meaning::Mark))
    };
    (joined(at.checked_sub(1)) && kind(at.checked_sub(2)))
        || (joined(Some(at + 1)) && kind(Some(at + 2)))
}

fn is_verb(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    lexicon().verbs(&letters).iter().any(|(length, _)| *length == letters.len())
}
