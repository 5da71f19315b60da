//! Words that say again what stands beside them: "10월 1일~7일 일주일간", "the first week (1 to 7 October)".

use wherefore_contract::dimension::Grain;

use super::super::word::{Item, Meaning, TimeWord};

/// Passes by the words that only repeat the time beside them. "What happened to the cost in October" asks how it
/// moved, where "it rose; what happened?" asks why.
pub(in crate::understand) fn read(text: &str, items: &mut [Item]) {
    for at in 0..items.len() {
        let again = says_length_again(items, at) || is_told_by_bracket(text, items, at);
        if let Some(item) = items.get_mut(at).filter(|_| again) {
            item.meaning = Meaning::Filler;
        }
    }
    let moved = items.iter().any(|item| matches!(item.meaning, Meaning::Rise | Meaning::Fall));
    for item in items.iter_mut().filter(|item| item.meaning == Meaning::Why && !moved) {
        let slice = text.get(item.start..item.end).unwrap_or_default();
        let rest = text.get(item.end..).unwrap_or_default().trim_start();
        let goes_on = rest.chars().next().is_some_and(char::is_alphanumeric);
        if slice.eq_ignore_ascii_case("what happened") && goes_on {
            item.meaning = Meaning::Change;
        }
    }
}

// "1일~7일 일주일간": both ends of the time stand before its length.
fn says_length_again(items: &[Item], at: usize) -> bool {
    let length = items.get(at).is_some_and(|item| {
        matches!(
            item.meaning,
            Meaning::Word(TimeWord::Span(7, Grain::Day) | TimeWord::Span(1, Grain::IsoWeek))
        )
    });
    let ends = at.checked_sub(1).and_then(|before| items.get(before));
    let day = ends.is_some_and(|item| item.meaning == Meaning::Word(TimeWord::DayMark));
    let ranged = items
        .iter()
        .take(at)
        .any(|item| matches!(item.meaning, Meaning::Range | Meaning::Since | Meaning::From));
    length && day && ranged
}

// "첫 주(10월 1일~7일)": the bracket says which days those are.
fn is_told_by_bracket(text: &str, items: &[Item], at: usize) -> bool {
    let week = |item: &Item| {
        matches!(
            item.meaning,
            Meaning::First
                | Meaning::Ordinal(_)
                | Meaning::Word(
                    TimeWord::WeekOfMonth(_)
                        | TimeWord::WeekMark
                        | TimeWord::Nth(_)
                        | TimeWord::Unit(Grain::IsoWeek)
                )
        )
    };
    let mut next = at;
    while items.get(next).is_some_and(week) && next < at + 3 {
        next += 1;
    }
    let Some(open) = items.get(next).filter(|item| next > at && item.meaning == Meaning::Open)
    else {
        return false;
    };
    let said = items.iter().skip(at).take(next - at).any(|item| {
        matches!(
            item.meaning,
            Meaning::Word(
                TimeWord::WeekOfMonth(_) | TimeWord::WeekMark | TimeWord::Unit(Grain::IsoWeek)
            )
        )
    });
    let inner = text.get(open.end..).unwrap_or_default();
    let inner = inner.split([')', '）']).next().unwrap_or_default();
    let ranged = inner.contains('~')
        || inner.contains("부터")
        || inner.contains(" to ")
        || inner.contains('–');
    said && ranged && inner.chars().any(|letter| letter.is_ascii_digit())
}
