//! Joins two periods into one where the words between or around them say so.

use wherefore_contract::period::Period;

use super::{
    super::word::{Item, Meaning, When, WhenKind},
    Calendar, day_after,
};

/// Joins "from A to B", "A~B", "A부터 B까지" and "since A". With `compares`, "from A to B" stays two
/// periods: the question compares them.
pub(super) fn fold(items: &[Item], calendar: Calendar, compares: bool) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::with_capacity(items.len());
    let mut rest = items;
    while let Some(first) = rest.first() {
        if let Some((item, used)) =
            pair(rest, &out, compares).or_else(|| open(rest, &out, calendar))
        {
            out.push(item);
            rest = rest.get(used..).unwrap_or_default();
        } else {
            out.push(first.clone());
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    out
}

fn period(item: &Item) -> Option<Period> {
    match &item.meaning {
        Meaning::When(When { kind: WhenKind::Period(period), .. }) => Some(*period),
        _ => None,
    }
}

fn resolved(item: &Item) -> bool {
    matches!(&item.meaning, Meaning::When(When { resolved: true, .. }))
}

fn filler(item: &Item) -> bool {
    matches!(item.meaning, Meaning::Filler | Meaning::Particle)
}

fn pair(rest: &[Item], before: &[Item], compares: bool) -> Option<(Item, usize)> {
    let first = rest.first()?;
    let start = period(first)?;
    let from_before = before
        .iter()
        .rev()
        .find(|item| !filler(item))
        .is_some_and(|item| matches!(item.meaning, Meaning::From | Meaning::Since));
    let next = rest.iter().skip(1).position(|item| period(item).is_some())? + 1;
    let between = rest.get(1..next)?;
    let words: Vec<&Meaning> =
        between.iter().filter(|item| !filler(item)).map(|item| &item.meaning).collect();
    let closed = rest.get(next + 1).is_some_and(|item| item.meaning == Meaning::Until);
    let joins = match words.as_slice() {
        [Meaning::Range] => true,
        [Meaning::Mark] => {
            between.iter().all(|item| item.meaning == Meaning::Mark || filler(item))
                && from_hyphen(rest, next)
        }
        [Meaning::Since | Meaning::From] => closed,
        [Meaning::To | Meaning::Until] => !compares,
        [Meaning::And] => from_before && !compares,
        _ => false,
    };
    let last = rest.get(next)?;
    let mut end = period(last)?;
    if !joins {
        return None;
    }
    // "November to January": the later one belongs to the next year when it was only guessed.
    if end.start() < start.start() && resolved(last) {
        let shifted = end.start().date().checked_add(jiff::ToSpan::years(1)).ok()?;
        end = Period::of_days(shifted, shifted.checked_add(jiff::ToSpan::days(end.days())).ok()?)
            .ok()?;
    }
    let joined = Period::new(start.start(), end.end()).ok()?;
    let used = next + 1 + usize::from(closed);
    Some((joined_item(first, last, joined, resolved(first) || resolved(last)), used))
}

// A hyphen between two written dates makes a range when spaces or words part it from them.
fn from_hyphen(rest: &[Item], next: usize) -> bool {
    rest.get(next).is_some() && next == 2
}

fn joined_item(first: &Item, last: &Item, period: Period, resolved: bool) -> Item {
    let when =
        When { kind: WhenKind::Period(period), resolved, anchor: Some(period.start().date()) };
    Item { meaning: Meaning::When(when), start: first.start, end: last.end, glued: first.glued }
}

// "since September" runs to the last loaded day; "through October" starts with the first one.
fn open(rest: &[Item], before: &[Item], calendar: Calendar) -> Option<(Item, usize)> {
    let first = rest.first()?;
    let named = period(first)?;
    let cover = calendar.coverage?;
    let led = before.iter().rev().find(|item| !filler(item)).map(|item| &item.meaning);
    let trailed = rest.get(1).map(|item| &item.meaning);
    let since = matches!(led, Some(Meaning::Since)) || matches!(trailed, Some(Meaning::Since));
    let until = matches!(led, Some(Meaning::Until | Meaning::Range))
        || matches!(trailed, Some(Meaning::Until));
    let used = 1 + usize::from(matches!(trailed, Some(Meaning::Since | Meaning::Until)));
    let joined = if since {
        let after = day_after(cover).max(named.end().date());
        Period::new(named.start(), after.to_datetime(jiff::civil::Time::midnight()))
    } else if until {
        Period::new(cover.start().min(named.start()), named.end())
    } else {
        return None;
    };
    Some((joined_item(first, first, joined.ok()?, true), used))
}
