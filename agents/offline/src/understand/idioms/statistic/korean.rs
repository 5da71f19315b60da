//! The Korean words of figures over rows.

use wherefore_contract::{Decimal, cost::Fold, filter::Comparison};

use super::Held;

// So many bytes behind "평균보다" say which way.
const REACH: usize = 60;
const ABOVE: &[&str] = &[
    "많", "높", "비싸", "비싼", "비쌌", "크", "큰", "컸", "넘", "초과", "웃도", "웃돈", "웃돌",
    "상회", "더 나", "더 썼", "더 쓴",
];
const BELOW: &[&str] =
    &["적", "낮", "싼", "쌌", "저렴", "작", "덜", "미만", "밑", "하회", "못 미", "못미"];
// Words in front of "평균" that belong to it.
const LEADS: &[&str] = &["하루", "일일", "일", "월", "주", "전체"];
// Words between "평균" and its particle.
const CARRIED: &[&str] = &["비용", "지출", "금액", "요금", "사용액", "값", "치", "액"];

/// "평균보다 많이 나온", "평균을 웃도는", "평균 이상인", "평균의 두 배가 넘는".
pub(super) fn against_mean(text: &str) -> Option<Held> {
    text.match_indices("평균").find_map(|(at, word)| {
        let mut from = at;
        let ahead = text.get(..at)?;
        let spaced = ahead.trim_end();
        if let Some(lead) = LEADS.iter().find(|lead| spaced.ends_with(**lead)) {
            let start = spaced.len() - lead.len();
            let begins =
                text.get(..start).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
            if begins {
                from = start;
            }
        }
        let mut rest = text.get(at + word.len()..)?;
        loop {
            let spaced = rest.trim_start();
            let Some(carried) = CARRIED.iter().find_map(|word| spaced.strip_prefix(word)) else {
                break;
            };
            rest = carried;
        }
        let (op, times, length) = behind(rest)?;
        let to = text.len() - rest.len() + length;
        Some(Held { op, times, from, to })
    })
}

// What stands behind the mean: the comparison, how many means, and the bytes that say so.
fn behind(rest: &str) -> Option<(Comparison, Decimal, usize)> {
    let spaced = rest.trim_start();
    let gap = rest.len() - spaced.len();
    let plain = [
        ("이상", Comparison::AtLeast),
        ("초과", Comparison::Above),
        ("이하", Comparison::AtMost),
        ("미만", Comparison::Below),
    ];
    if let Some((word, op)) = plain.into_iter().find(|(word, _)| spaced.starts_with(word)) {
        return Some((op, Decimal::ONE, gap + word.len()));
    }
    let object = ["보다", "을", "를"].iter().find(|particle| rest.starts_with(**particle));
    if let Some(particle) = object {
        let clause = clause(rest.get(particle.len()..)?);
        if clause.contains('배') {
            return None;
        }
        let way = way(clause)?;
        let (op, length) = way;
        let times = more(clause, op)?;
        let op = if clause.contains("이상") { reached(op) } else { op };
        return Some((op, times, particle.len() + length));
    }
    // "평균의 2배를 넘는", "평균의 두 배 이상".
    let owned = rest.strip_prefix('의')?;
    let clause = clause(owned);
    let fold = clause.find('배')?;
    let number = clause.get(..fold)?.trim();
    let times = match number {
        "두" => Decimal::TWO,
        "세" => Decimal::from(3),
        digits => digits.parse().ok()?,
    };
    let after = clause.get(fold..)?;
    if let Some((at, (word, op))) =
        plain.into_iter().find_map(|one| Some((after.find(one.0)?, one)))
    {
        return Some((op, times, '의'.len_utf8() + fold + at + word.len()));
    }
    let (op, length) = way(after)?;
    Some((op, times, '의'.len_utf8() + fold + length))
}

fn reached(op: Comparison) -> Comparison {
    if op == Comparison::Above { Comparison::AtLeast } else { Comparison::AtMost }
}

// As far as the next comma, and no further than the words of one comparison.
fn clause(rest: &str) -> &str {
    let end = rest
        .char_indices()
        .take_while(|(at, letter)| *at < REACH && !matches!(letter, ',' | '?' | '.' | '('))
        .last()
        .map_or(0, |(at, letter)| at + letter.len_utf8());
    rest.get(..end).unwrap_or_default()
}

// The first word that says which way, and the bytes up to the end of it.
fn way(clause: &str) -> Option<(Comparison, usize)> {
    let mut at = 0;
    for word in clause.split_inclusive(' ') {
        let own = word.trim_end();
        let joined = clause.get(at..).unwrap_or_default();
        let says = |list: &[&str]| {
            list.iter().any(|stem| {
                own.starts_with(stem) || (stem.contains(' ') && joined.starts_with(stem))
            })
        };
        let op = if says(ABOVE) {
            Some(Comparison::Above)
        } else if says(BELOW) {
            Some(Comparison::Below)
        } else {
            None
        };
        if let Some(op) = op {
            return Some((op, at + own.len()));
        }
        at += word.len();
    }
    None
}

// "평균보다 20% 높은": so many means; `None` where a number says something else.
fn more(clause: &str, op: Comparison) -> Option<Decimal> {
    let Some(start) = clause.find(|sign: char| sign.is_ascii_digit()) else {
        return Some(Decimal::ONE);
    };
    let rest = clause.get(start..)?;
    let end = rest.find(|sign: char| !(sign.is_ascii_digit() || sign == '.'))?;
    let number: Decimal = rest.get(..end)?.parse().ok()?;
    let after = rest.get(end..)?.trim_start();
    if !["%", "퍼센트", "프로"].iter().any(|sign| after.starts_with(sign)) {
        return None;
    }
    let part = number.checked_div(Decimal::ONE_HUNDRED)?;
    Some(if op == Comparison::Above { Decimal::ONE + part } else { Decimal::ONE - part })
}

/// "중앙값", "90백분위수", "표준편차".
pub(super) fn fold(text: &str) -> Option<(Fold, usize, usize)> {
    let plain = [
        (Fold::Median, "중앙값"),
        (Fold::Median, "중위값"),
        (Fold::Median, "중간값"),
        (Fold::Deviation, "표준편차"),
        (Fold::Deviation, "표준 편차"),
    ];
    if let Some((fold, at, word)) =
        plain.into_iter().find_map(|(fold, word)| Some((fold, text.find(word)?, word)))
    {
        return Some((fold, at, at + word.len()));
    }
    let (at, word) = ["백분위수", "백분위", "퍼센타일"]
        .into_iter()
        .find_map(|word| Some((text.find(word)?, word)))?;
    let ahead = text.get(..at)?.trim_end();
    let ahead = ahead.strip_suffix("번째").unwrap_or(ahead).trim_end();
    let start = ahead.rfind(|sign: char| !sign.is_ascii_digit()).map_or(0, |before| {
        before + ahead.get(before..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
    });
    let part: u8 = ahead.get(start..)?.parse().ok().filter(|part| (1..100).contains(part))?;
    Some((Fold::Percentile(part), start, at + word.len()))
}
