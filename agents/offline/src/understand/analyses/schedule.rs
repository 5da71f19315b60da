//! When to run more and when less: the words that ask for a schedule.

use super::{
    super::{decide::Draft, word::Meaning},
    percents::{Stated, numbers, percents},
    phrases::{self, Korean},
};
use crate::request::{Analysis, ScheduleAsk, Slice};

// Any of these asks for it.
const TELLING: &[&str] = &[
    "scaling schedule",
    "scaling schedules",
    "scale schedule",
    "schedule for scaling",
    "scheduled scaling",
    "scheduled scale",
    "autoscaling schedule",
    "auto scaling schedule",
    "scaling plan",
    "scaling calendar",
    "scale in",
    "scale down",
    "scale back",
    "scale in schedule",
    "scale out schedule",
    "scale out",
    "scaled in",
    "scaled down",
    "scaling in",
    "scaling down",
    "hour of week capacity",
    "capacity by hour of week",
    "capacity by hour",
    "capacity schedule",
    "스케일링 일정",
    "스케일링 스케줄",
    "스케일링 계획",
    "스케일링 시간",
    "스케일 인",
    "스케일인",
    "스케일 다운",
    "스케일다운",
    "스케일 아웃",
    "스케일아웃",
    "스케일 조정",
    "예약 스케일링",
    "오토스케일링 일정",
    "오토스케일링 스케줄",
    "오토 스케일링 일정",
    "오토 스케일링 스케줄",
    "증설 일정",
    "축소 일정",
    "용량 일정",
    "요일·시간대별 용량",
    "시간대별 용량",
];
// What runs, how it becomes less, and when: all three ask for it, too.
const UNITS: &[&str] = &[
    "instance",
    "instances",
    "server",
    "servers",
    "machine",
    "machines",
    "vm",
    "vms",
    "nodes",
    "capacity",
    "fleet",
    "인스턴스",
    "서버",
    "노드",
    "대수",
    "용량",
    "장비",
];
const LESS: &[&str] = &[
    "fewer",
    "less",
    "reduce",
    "shrink",
    "cut",
    "turn down",
    "turn off",
    "switch off",
    "run on",
    "run with",
    "take away",
    "drop",
    "lower",
    "need",
    "needed",
    "줄이",
    "줄여",
    "줄일",
    "줄인",
    "줄였",
    "감축",
    "축소",
    "내리",
    "내려",
    "내릴",
    "끄",
    "꺼",
    "필요한",
    "필요해",
    "필요하",
    "돌려",
    "돌릴",
    "운영",
];
const TIMES: &[&str] = &[
    "at night",
    "overnight",
    "nights",
    "nighttime",
    "night time",
    "off peak",
    "offpeak",
    "quiet hours",
    "quiet times",
    "after hours",
    "out of hours",
    "outside business hours",
    "on weekends",
    "at weekends",
    "at the weekend",
    "by hour",
    "by the hour",
    "hour of the week",
    "hour of week",
    "traffic pattern",
    "traffic patterns",
    "season",
    "seasonality",
    "야간",
    "밤",
    "새벽",
    "심야",
    "주말",
    "한가한",
    "비수기",
    "업무 시간 외",
    "업무시간 외",
    "시간대",
    "트래픽 패턴",
    "거래 패턴",
    "요일",
];
// "트래픽 패턴에 맞춘 스케일링", "scaling with the traffic": the pattern and what follows it.
const SCALING: &[&str] =
    &["scaling", "autoscaling", "auto scaling", "스케일링", "오토스케일링", "증설", "증감"];
const PATTERNS: &[&str] = &[
    "traffic",
    "transactions",
    "transaction",
    "demand",
    "pattern",
    "patterns",
    "season",
    "seasonality",
    "seasonal",
    "hour of week",
    "by hour",
    "트래픽",
    "거래",
    "수요",
    "패턴",
    "계절성",
    "시간대",
    "요일",
];
// Words beside them that change nothing.
const BESIDE: &[&str] = &[
    "build",
    "make",
    "allow",
    "allows",
    "짜줘",
    "짜 줘",
    "만들어",
    "safely",
    "safe",
    "when",
    "how",
    "how much",
    "could",
    "recommend",
    "recommended",
    "suggest",
    "workload",
    "workloads",
    "headroom",
    "slo",
    "minimum",
    "maximum",
    "min",
    "max",
    "during",
    "traffic",
    "busy",
    "quiet",
    "hours",
    "weekly",
    "timetable",
    "run",
    "running",
    "auto",
    "match",
    "matches",
    "matching",
    "matched",
    "fit",
    "fits",
    "follow",
    "follows",
    "following",
    "based",
    "according",
    "언제",
    "어떻게",
    "안전하게",
    "안전한",
    "추천",
    "제안",
    "맞춘",
    "맞춰",
    "맞추",
    "맞게",
    "따른",
    "따라",
    "기반",
    "일정",
    "스케줄",
    "여유",
    "야간에",
    "밤에",
    "새벽에",
    "심야에",
    "주말에는",
    "대로",
    "정도",
    "몇 대",
    "몇대",
    "대까지",
    "가능",
    "적정",
    "자동",
    "수를",
    "수는",
];
// What was done or saved, and what a schedule of another kind is, are other questions.
const OTHERS: &[&str] = &[
    "why",
    "왜",
    "payment schedule",
    "expiry schedule",
    "did scaling",
    "after scaling",
    "since scaling",
    "savings plan",
    "savings plans",
    "reserved",
    "시간대별 비용",
    "시간대별 청구",
    "요일별 비용",
];

// Room that stays free above the demand.
const HEADROOM: &[&str] = &[
    "headroom",
    "head room",
    "spare capacity",
    "spare",
    "buffer",
    "slack",
    "safety margin",
    "margin",
    "reserve capacity",
    "여유율",
    "여유분",
    "여유 용량",
    "여유",
    "버퍼",
    "안전 마진",
];
// What a quantile is called behind its number.
const QUANTILES: &[&str] = &[
    "th percentile",
    "st percentile",
    "nd percentile",
    "rd percentile",
    " percentile",
    "th quantile",
    "백분위",
    " 백분위",
    "분위",
    "퍼센타일",
    " 퍼센타일",
];

/// Whether the question asks for it.
pub(super) fn asked(draft: &mut Draft<'_>) -> Option<Analysis> {
    let heard = draft.heard;
    let all = |lists: &[&[&str]]| lists.iter().all(|list| heard.says(list, Korean::Anywhere));
    let is_asked = heard.says(TELLING, Korean::Anywhere)
        || is_scaled_in(draft.text)
        || all(&[UNITS, LESS, TIMES])
        || all(&[SCALING, PATTERNS]);
    // "set the dev instances to stop at night": to do it is no question.
    let acts = draft.has(&Meaning::Write) && !heard.says(TELLING, Korean::Anywhere);
    if !is_asked || acts || heard.says(OTHERS, Korean::Anywhere) {
        return None;
    }
    let lists = [TELLING, UNITS, LESS, TIMES, SCALING, PATTERNS, BESIDE];
    let mut parts: Vec<_> =
        lists.iter().flat_map(|list| heard.all(list, Korean::Anywhere)).collect();
    let headroom = heard.all(HEADROOM, Korean::Anywhere);
    let (kept, said) = kept(draft.text, &headroom);
    parts.extend(headroom.into_iter().chain(said));
    draft.schedule = Some(kept).filter(|kept| *kept != ScheduleAsk::default());
    phrases::take(draft, &parts, Meaning::Advice, phrases::is_name_or_time);
    phrases::silence(draft, phrases::asks_a_figure);
    Some(Analysis::Schedule)
}

// "scale checkout in", "scaled the checkout workload down": the particle ends the thought.
fn is_scaled_in(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let is_verb = |word: &str| matches!(word, "scale" | "scaled" | "scaling");
    words.iter().enumerate().filter(|(_, word)| is_verb(word)).any(|(at, _)| {
        (at + 2..=at + 5).any(|end| {
            let Some(word) = words.get(end) else { return false };
            let bare = word.trim_end_matches(['?', '.', ',', '!']);
            let is_end = bare.len() < word.len()
                || words.get(end + 1).is_none_or(|next| {
                    matches!(*next, "at" | "on" | "by" | "overnight" | "during" | "safely" | "and")
                });
            matches!(bare, "in" | "down" | "back" | "out") && is_end
        })
    })
}

// Headroom and quantile as they are stated, and where.
fn kept(text: &str, headroom: &[Slice]) -> (ScheduleAsk, Vec<Slice>) {
    let mut kept = ScheduleAsk::default();
    let mut said = Vec::new();
    if let Some((value, at)) = quantile(text) {
        kept.quantile = Some(value);
        said.push(at);
    }
    let is_free = |stated: &Stated| !said.iter().any(|at| at.0 < stated.at.1 && stated.at.0 < at.1);
    let stated: Vec<Stated> = percents(text).into_iter().filter(is_free).collect();
    // The percentage that stands nearest to the word.
    let away = |at: Slice| {
        let apart = |word: &Slice| word.0.saturating_sub(at.1).max(at.0.saturating_sub(word.1));
        headroom.iter().map(apart).min()
    };
    let nearest = stated.iter().filter_map(|it| Some((away(it.at)?, it))).min_by_key(|it| it.0);
    if let Some((_, it)) = nearest
        && let Ok(value) = u32::try_from(it.value)
    {
        kept.headroom = Some(value);
        said.push(it.at);
    }
    (kept, said)
}

// "p99", "99th percentile", "99분위".
fn quantile(text: &str) -> Option<(u32, Slice)> {
    let lower = text.to_ascii_lowercase();
    let is_quantile = |value: &u32| (50..=100).contains(value);
    let named = lower.match_indices('p').find_map(|(at, _)| {
        let before = lower.get(..at)?.chars().next_back();
        let rest = lower.get(at + 1..)?;
        let length = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        let value = rest.get(..length)?.parse().ok().filter(is_quantile)?;
        let after = rest.get(length..)?.chars().next();
        let is_whole = |letter: Option<char>| !letter.is_some_and(|it| it.is_ascii_alphanumeric());
        (is_whole(before) && is_whole(after)).then_some((value, (at, at + 1 + length)))
    });
    named.or_else(|| {
        numbers(&lower).into_iter().find_map(|(value, (start, end))| {
            let rest = lower.get(end..)?;
            let word = QUANTILES.iter().find(|word| rest.starts_with(**word))?;
            let value = u32::try_from(value).ok().filter(is_quantile)?;
            Some((value, (start, end + word.len())))
        })
    })
}
