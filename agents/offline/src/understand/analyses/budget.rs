//! How budgets stand: the words that ask for it.
//!
//! A budget is no column of a bill: without loaded budgets the question is left to what says so.

use super::{
    super::{
        decide::Draft,
        word::{Item, Meaning},
    },
    phrases::{self, Korean},
};
use crate::request::{Analysis, Slice};

// Any of these asks for it.
const TELLING: &[&str] = &[
    "budget*",
    "overbudget",
    "overspend*",
    "over spend*",
    "underspend*",
    "burn rate",
    "burn down",
    "burndown",
    "run over",
    "runs over",
    "running over",
    "against plan",
    "against the plan",
    "vs plan",
    "versus plan",
    "above plan",
    "below plan",
    "over plan",
    "under plan",
    "planned spend",
    "planned budget",
    "spending plan",
    "cost plan",
    "spend target*",
    "spending target*",
    "spending limit*",
    "spending cap*",
    "approved spend",
    "예산",
    "집행률",
    "집행율",
    "소진율",
    "소진률",
    "소진 속도",
    "번레이트",
    "계획 대비",
    "계획대비",
    "목표 대비",
    "목표대비",
    "목표액",
    "한도 초과",
    "한도초과",
    "초과 지출",
];
// Words beside them that add nothing: how much, how far, when, and of what.
const BESIDE: &[&str] = &[
    "within",
    "over",
    "under",
    "above",
    "below",
    "exceed*",
    "blow*",
    "blew",
    "blown",
    "bust*",
    "burn*",
    "left",
    "remain*",
    "run out",
    "runs out",
    "running out",
    "ran out",
    "run through",
    "running",
    "run",
    "last",
    "lasts",
    "exhaust*",
    "spent",
    "spend*",
    "used",
    "use",
    "using",
    "consum*",
    "status",
    "track",
    "tracking",
    "on track",
    "off track",
    "doing",
    "stand*",
    "position",
    "headroom",
    "room",
    "far",
    "pace",
    "rate",
    "current",
    "currently",
    "actual*",
    "versus",
    "vs",
    "against",
    "compare*",
    "variance",
    "overrun*",
    "hit",
    "hits",
    "reach*",
    "limit*",
    "cap",
    "date",
    "day",
    "will",
    "stay*",
    "keep*",
    "meet*",
    "breach*",
    "cross*",
    "utiliz*",
    "utilis*",
    "up",
    "gone",
    "already",
    "behind",
    "ahead",
    "project*",
    "forecast*",
    "expect*",
    "end",
    "finish*",
    "going",
    "go",
    "course",
    "percentage",
    "percent",
    "share",
    "progress",
    "health*",
    "check",
    "danger",
    "risk",
    "at risk",
    "safe",
    "okay",
    "ok",
    "fine",
    "set",
    "sets",
    "allowed",
    "allowance",
    "approved",
    "planned",
    "plan",
    "money",
    "soon",
    "still",
    "yet",
    "by when",
    "what date",
    "which day",
    "in trouble",
    "fit*",
    "cover*",
    "enough",
    "available",
    "balance",
    "line",
    "so far",
    "to date",
    "month end",
    "year end",
    "대비",
    "소진",
    "집행",
    "남은",
    "남았",
    "남아",
    "남을",
    "잔액",
    "잔여",
    "초과",
    "넘",
    "언제",
    "이내",
    "안에",
    "내에",
    "범위",
    "맞",
    "현황",
    "상태",
    "상황",
    "바닥",
    "다 쓰",
    "다 써",
    "다 썼",
    "여유",
    "지출",
    "썼",
    "쓰고",
    "쓸",
    "쓰나",
    "써",
    "사용",
    "계획",
    "목표",
    "한도",
    "비율",
    "속도",
    "추이",
    "진행",
    "비교",
    "차이",
    "부족",
    "충분",
    "모자",
    "가능",
    "지켜",
    "지키",
    "지켰",
    "벗어",
    "관리",
    "위험",
    "괜찮",
    "될까",
    "되나",
    "예상",
    "이대로",
    "이 속도",
    "지금",
    "현재",
    "얼마",
    "몇",
    "대로",
    "점검",
    "고갈",
    "책정",
    "배정",
    "편성",
    "달성",
    "중인",
];

/// Whether the question asks for it.
pub(super) fn asked(draft: &mut Draft<'_>) -> Option<Analysis> {
    let budgets = &draft.known.description.budgets;
    let heard = draft.heard;
    if budgets.is_empty() || !heard.says(TELLING, Korean::WordStart) {
        return None;
    }
    let named = named(draft);
    let mut parts: Vec<Slice> = heard.all(TELLING, Korean::WordStart);
    parts.extend(heard.all(BESIDE, Korean::WordStart));
    if let Some((name, place)) = named {
        draft.budget = Some(name);
        // What stands inside a name is of no other kind.
        for at in 0..draft.items.len() {
            let Some(item) = draft.items.get_mut(at) else { continue };
            if place.0 <= item.start && item.end <= place.1 {
                item.meaning = Meaning::Filler;
                draft.mark(at);
            }
        }
    }
    phrases::take(draft, &parts, Meaning::Advice, bears);
    phrases::silence(draft, phrases::asks_a_figure);
    Some(Analysis::Budgets)
}

// Names and times, and what is no question about how a budget stands.
fn bears(item: &Item) -> bool {
    phrases::is_name_or_time(item)
        || matches!(
            item.meaning,
            Meaning::Write | Meaning::Outside | Meaning::Coming | Meaning::Exclude
        )
}

const BUDGET: &[&str] = &["budget", "budgets", "예산"];

// The budget that the question names: the longest name that stands in it. A name of one word stands beside the word
// for budgets, as "all" and "total" mean something else elsewhere.
fn named(draft: &Draft<'_>) -> Option<(String, Slice)> {
    let said = draft.heard.all(BUDGET, Korean::Anywhere);
    let mut best: Option<(String, Slice)> = None;
    for budget in &draft.known.description.budgets {
        let name = budget.name.to_lowercase().replace('-', " ");
        let places = draft.heard.all(&[name.as_str()], Korean::WordStart);
        let one_word = !name.trim().contains(' ');
        let kept =
            places.into_iter().find(|place| !one_word || stands_beside(draft, *place, &said));
        let longer = best.as_ref().is_none_or(|(held, _)| held.len() < budget.name.len());
        if let Some(place) = kept.filter(|_| longer) {
            best = Some((budget.name.clone(), place));
        }
    }
    best
}

// "checkout budget", "budget for checkout", "checkout 예산": of one budget, not of all of them.
fn stands_beside(draft: &Draft<'_>, place: Slice, said: &[Slice]) -> bool {
    let between = |from: usize, to: usize| {
        draft.text.get(from..to).map(|text| text.trim().to_lowercase()).unwrap_or_default()
    };
    said.iter().any(|(start, end)| {
        let one = !between(*start, *end).ends_with('s');
        let before = *start >= place.1
            && matches!(between(place.1, *start).as_str(), "" | "'s" | "의" | "팀" | "서비스");
        let after = *end <= place.0
            && matches!(between(*end, place.0).as_str(), "for" | "of" | "for the" | "of the" | "");
        one && (before || after)
    })
}
