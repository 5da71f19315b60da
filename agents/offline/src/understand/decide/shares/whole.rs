//! Which conditions of a share belong to its whole: "within X", "of X's bill", "X 안에서", "X 비용 중".

use wherefore_contract::filter::{Filter, FilterOp};

use super::super::{super::word::Meaning, Draft};
use crate::request::Condition;

/// What the words around a condition say of its side in a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// "within X", "X 안에서": the whole is of X.
    Whole,
    /// "of X": the whole where something else is the part.
    Of,
    /// "is X", "X 비중": the part.
    Part,
    Open,
}

// Verbs after which a thing is what takes its part.
const TAKES: &[&str] = &[
    "is",
    "was",
    "are",
    "were",
    "be",
    "been",
    "comes",
    "come",
    "came",
    "goes",
    "go",
    "going",
    "went",
    "gone",
    "spent",
    "falls",
    "fell",
    "due",
    "attributable",
    "attributed",
    "belongs",
    "belonged",
    "sits",
    "incurred",
    "generated",
    "caused",
    "driven",
    "does",
    "did",
    "do",
];
const PLACES: &[&str] = &[
    "within", "inside", "in", "under", "among", "from", "on", "across", "for", "at", "into", "to",
];
// Words between a preposition and the name it leads.
const LED: &[&str] = &[
    "the",
    "our",
    "a",
    "an",
    "my",
    "all",
    "account",
    "project",
    "subscription",
    "service",
    "region",
    "tag",
    "environment",
    "env",
    "app",
    "team",
    "workload",
    "compartment",
    "total",
    "whole",
    "overall",
    "entire",
    "provider",
    "usage",
    "of",
];
// Words between a Korean name and what says its side.
const CARRIED: &[&str] = &[
    "계정",
    "프로젝트",
    "구독",
    "환경",
    "리전",
    "서비스",
    "팀",
    "앱",
    "태그",
    "워크로드",
    "비용",
    "지출",
    "요금",
    "금액",
    "사용액",
    "사용량",
    "청구액",
    "청구",
    "유효",
    "전체",
    "총",
    "쪽",
    "컴파트먼트",
    "공급자",
    "클라우드",
    "카테고리",
    "분류",
];
const WHOLE_AFTER: &[&str] = &[
    "안에서",
    "내에서",
    "에서",
    "중에서",
    "중에",
    "중의",
    "중 ",
    "중,",
    "가운데",
    "내 ",
    "대비",
    "안 ",
    "기준으로 ",
];
const PART_AFTER: &[&str] = &[
    "비중",
    "비율",
    "점유",
    "이 차지",
    "가 차지",
    "차지",
    "은 몇",
    "는 몇",
    "이 몇",
    "가 몇",
    "의 비중",
    "의 비율",
    "의 점유",
    "몇 ",
    "몇%",
    "몇퍼",
    "몇프",
    "퍼센트",
];

impl Draft<'_> {
    /// The filters of the whole, where the question says them.
    pub(in crate::understand::decide) fn whole_of_share(&self) -> Option<Vec<Filter>> {
        let mut sides: Vec<(&Condition, Side)> =
            self.conditions.iter().map(|held| (held, self.side(held))).collect();
        self.lacks_of_the_rest(&mut sides);
        let has = |wanted: Side| sides.iter().any(|(_, side)| *side == wanted);
        let part = has(Side::Part) || has(Side::Open);
        let common = |held: &Condition| {
            held.asked.is_empty()
                || matches!(held.filter.op, FilterOp::NotIn | FilterOp::NotContains)
        };
        let of_all = self.says_all();
        let whole = |held: &Condition, side: Side| match side {
            Side::Whole => part || has(Side::Of),
            Side::Of => part,
            Side::Part | Side::Open => false,
        } && (!of_all || self.opens(held));
        let named = sides.iter().any(|(held, side)| !common(held) && whole(held, *side));
        let parts = sides.iter().any(|(held, side)| !common(held) && !whole(held, *side));
        let several = sides.iter().filter(|(held, _)| !common(held)).count() > 1;
        if !parts || !(named || (of_all && several)) {
            return None;
        }
        let kept = sides.iter().filter(|(held, side)| common(held) || whole(held, *side));
        Some(kept.map(|(held, _)| held.filter.clone()).collect())
    }

    // "what percentage of usage charges carries no team tag": what lacks a value is the part, and what
    // stands beside it without a side of its own is what it is a part of.
    fn lacks_of_the_rest(&self, sides: &mut [(&Condition, Side)]) {
        let lacks = |held: &Condition| held.filter.op == FilterOp::IsNull && !held.asked.is_empty();
        let open = |side: Side| side == Side::Open;
        let part = sides.iter().any(|(held, side)| lacks(held) && open(*side));
        let other = sides.iter().any(|(held, side)| !lacks(held) && *side == Side::Part);
        if !part || other || self.says_all() {
            return;
        }
        for (held, side) in sides.iter_mut() {
            if lacks(held) {
                *side = Side::Part;
            } else if open(*side) && !held.asked.is_empty() {
                *side = Side::Whole;
            }
        }
    }

    /// "구독별로 VM이 차지하는 비중", "which share of the subscription": the part that one named thing has of
    /// each row, where rows of that thing alone would have shares of it.
    pub(in crate::understand::decide) fn shares_of_each(&self) -> bool {
        let [group] = self.dimensions.as_slice() else { return false };
        if group.grain().is_some() {
            return false;
        }
        let part = |held: &Condition| {
            held.filter.op == FilterOp::In
                && held.filter.dimension != *group
                && !held.asked.is_empty()
                && self.side(held) == Side::Part
        };
        let korean = self.text.chars().any(|letter| letter >= '\u{ac00}');
        let named = self.conditions.iter().any(|held| !held.asked.is_empty());
        let of_group = (0..self.items.len()).any(|at| {
            let group = Some(group);
            self.meaning(at) == Some(&Meaning::Share)
                && (at + 1..(at + 4).min(self.items.len()))
                    .any(|next| self.dimension_at(next).as_ref() == group)
                && (at + 1..(at + 3).min(self.items.len()))
                    .any(|next| self.text_of(next).eq_ignore_ascii_case("of"))
        });
        if korean { self.conditions.iter().any(part) } else { named && of_group }
    }

    // "of the total", "전체의": everything, unless the sentence opens with a narrower whole.
    fn says_all(&self) -> bool {
        (0..self.items.len()).any(|at| {
            let text = self.text_of(at).to_lowercase();
            self.meaning(at) == Some(&Meaning::Total)
                && matches!(
                    text.as_str(),
                    "total"
                        | "overall"
                        | "everything"
                        | "entire bill"
                        | "grand total"
                        | "in total"
                        | "전체"
                        | "총"
                )
                && !self.before_korean_whole(at)
        })
    }

    // "prod 환경 전체 비용 중": all of prod.
    fn before_korean_whole(&self, at: usize) -> bool {
        let Some(item) = self.items.get(at) else { return false };
        if self.text_of(at).is_ascii() {
            return false;
        }
        let named = self.conditions.iter().any(|held| {
            held.asked.iter().any(|(_, end)| {
                let between = self.text.get(*end..item.start).unwrap_or("-");
                stripped(between).is_empty()
            })
        });
        named
            && WHOLE_AFTER.iter().any(|mark| {
                stripped(self.text.get(item.end..).unwrap_or_default()).starts_with(mark.trim_end())
            })
    }

    // Whether the condition stands before the word of the share and so sets the scene.
    fn opens(&self, held: &Condition) -> bool {
        let share = self.items.iter().find(|item| item.meaning == Meaning::Share);
        share.is_some_and(|share| held.asked.iter().any(|(start, _)| *start < share.start))
    }

    fn side(&self, held: &Condition) -> Side {
        let (Some((start, _)), Some((_, end))) = (held.asked.first(), held.asked.last()) else {
            return Side::Open;
        };
        let before = self.text.get(..*start).unwrap_or_default().to_lowercase();
        let after = self.text.get(*end..).unwrap_or_default();
        let korean = self.text.chars().any(|letter| letter >= '\u{ac00}');
        if korean { korean_side(after) } else { english_side(&before, &after.to_lowercase()) }
    }
}

fn english_side(before: &str, after: &str) -> Side {
    let spoken: Vec<&str> = before
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let led = |count: usize| {
        let last = spoken.len().checked_sub(count + 1)?;
        spoken.get(last).copied()
    };
    let skipped =
        spoken.iter().rev().take_while(|word| LED.contains(word) && **word != "of").count();
    let (word, earlier) = (led(skipped).unwrap_or_default(), led(skipped + 1).unwrap_or_default());
    let owns = after.starts_with("'s") || after.starts_with("’s");
    if TAKES.contains(&word) {
        return Side::Part;
    }
    if PLACES.contains(&word) {
        return if TAKES.contains(&earlier) { Side::Part } else { Side::Whole };
    }
    if word == "of" {
        return Side::Of;
    }
    if owns { Side::Part } else { Side::Open }
}

fn korean_side(after: &str) -> Side {
    let rest = stripped(after);
    if PART_AFTER.iter().any(|mark| rest.starts_with(mark)) {
        return Side::Part;
    }
    if WHOLE_AFTER.iter().any(|mark| rest.starts_with(mark)) {
        return Side::Whole;
    }
    // "세금이 그 계정 전체 비용에서 차지하는".
    let takes = ["이 ", "가 "].iter().any(|mark| after.starts_with(mark));
    if takes && rest.contains("차지") && rest.contains("에서") {
        return Side::Part;
    }
    // "payments 계정의 RDS 비중".
    if rest.starts_with("의 ") { Side::Of } else { Side::Open }
}

// What follows once the words for kinds of things and of costs are taken off.
fn stripped(after: &str) -> &str {
    let mut rest = after.trim_start();
    while let Some(shorter) = CARRIED.iter().find_map(|word| rest.strip_prefix(word)) {
        // A particle of place stands right behind the word, a space is passed over.
        rest = shorter.trim_start();
    }
    rest
}
