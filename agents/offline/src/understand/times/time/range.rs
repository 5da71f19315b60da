//! Joins two periods into one where the words between or around them say so.

use jiff::{ToSpan, civil::Time};
use wherefore_contract::{dimension::Grain, period::Period};

use super::{
    super::super::word::{Item, Meaning, TimeWord as T, When, WhenKind},
    Calendar, day_after,
};

/// Joins "from A to B", "A~B", "A부터 B까지" and "since A". With `compares`, "from A to B" stays two
/// periods: the question compares them.
pub(super) fn fold(text: &str, items: &[Item], calendar: Calendar, compares: bool) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::with_capacity(items.len());
    let mut rest = items;
    while let Some(first) = rest.first() {
        if let Some((to_date, shorter)) = until_within(rest, &out, calendar) {
            if let Some(held) = out.get_mut(to_date) {
                *held = shorter;
            }
            out.push(Item { meaning: Meaning::Filler, ..first.clone() });
            rest = rest.get(1..).unwrap_or_default();
        } else if let Some((item, used)) =
            pair(text, rest, &out, compares).or_else(|| open(rest, &out, calendar))
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

fn led(before: &[Item]) -> Option<&Meaning> {
    before.iter().rev().find(|item| !filler(item)).map(|item| &item.meaning)
}

fn begins(meaning: Option<&Meaning>) -> bool {
    matches!(meaning, Some(Meaning::Since | Meaning::Word(T::Starting)))
}

fn pair(text: &str, rest: &[Item], before: &[Item], compares: bool) -> Option<(Item, usize)> {
    let first = rest.first()?;
    let start = period(first)?;
    let from_before = matches!(led(before), Some(Meaning::From)) || begins(led(before));
    let next = rest.iter().skip(1).position(|item| period(item).is_some())? + 1;
    let between = rest.get(1..next)?;
    let words: Vec<&Item> = between.iter().filter(|item| !filler(item)).collect();
    let closed = rest.get(next + 1).is_some_and(|item| item.meaning == Meaning::Until);
    let meanings: Vec<&Meaning> = words.iter().map(|item| &item.meaning).collect();
    let joins = match meanings.as_slice() {
        [Meaning::Range] => true,
        [Meaning::Mark, ..] => words.iter().all(|item| hyphen(text, item)),
        [Meaning::Since | Meaning::From] => closed || !compares,
        [Meaning::To] if !from_before && is_bare_day(text, rest.get(next)?) => true,
        [Meaning::To | Meaning::Until] => !compares,
        [Meaning::And] if from_before => !compares,
        _ => !compares && spans(text, first, rest.get(next)?, closed),
    };
    if !joins {
        return None;
    }
    let last = rest.get(next)?;
    let end = later(start, period(last)?, resolved(last))?;
    // "14시부터 16시까지" ends when the clock strikes.
    let hours = start.hours() < 24 && end.hours() < 24 && end.start() > start.start();
    let joined = Period::new(start.start(), if hours { end.start() } else { end.end() }).ok()?;
    let used = next + 1 + usize::from(closed);
    Some((joined_item(first, last, joined, resolved(first) || resolved(last)), used))
}

// "10월 1일에서 15일까지", "10월 1일과 15일 사이에": the end stands behind the second time.
fn spans(text: &str, first: &Item, last: &Item, closed: bool) -> bool {
    let between = text.get(first.end..last.start).unwrap_or_default().trim();
    let behind = text.get(last.end..).unwrap_or_default().trim_start();
    // "9월에서 10월 사이" is what changed from one month to the other.
    let days = [first, last].iter().all(|item| period(item).is_some_and(|one| one.days() == 1));
    let amid = days && (behind.starts_with("사이") || behind.starts_with("동안"));
    match between {
        "에서" => closed || amid,
        "과" | "와" => amid,
        _ => false,
    }
}

// "weekdays against weekends, April 1 to 15": a day without its month ends a stretch.
fn is_bare_day(text: &str, item: &Item) -> bool {
    let said = text.get(item.start..item.end).unwrap_or_default();
    let day = said.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    matches!(day.len(), 1 | 2) && day.bytes().all(|byte| byte.is_ascii_digit())
}

fn hyphen(text: &str, item: &Item) -> bool {
    let mark = text.get(item.start..item.end).unwrap_or_default();
    item.meaning == Meaning::Mark && matches!(mark, "-" | "." | "/" | "−" | ">")
}

// "November to January": the later one belongs to the next year when it was only guessed.
fn later(start: Period, end: Period, guessed: bool) -> Option<Period> {
    if end.start() >= start.start() || !guessed {
        return Some(end);
    }
    let first = end.start().date().checked_add(1.year()).ok()?;
    let after = end.end().date().checked_add(1.year()).ok()?;
    Period::of_days(first, after).ok()
}

fn joined_item(first: &Item, last: &Item, period: Period, resolved: bool) -> Item {
    let when =
        When { kind: WhenKind::Period(period), resolved, anchor: Some(period.start().date()) };
    Item { meaning: Meaning::When(when), start: first.start, end: last.end, glued: first.glued }
}

// "YTD through September": a period that runs to the day of the question ends earlier.
fn until_within(rest: &[Item], before: &[Item], calendar: Calendar) -> Option<(usize, Item)> {
    let first = rest.first()?;
    let named = period(first)?;
    let until = matches!(led(before), Some(Meaning::Until | Meaning::Range))
        || rest.get(1).is_some_and(|item| item.meaning == Meaning::Until);
    let at = before.iter().rposition(|item| period(item).is_some()).filter(|_| until)?;
    let held = before.get(at)?;
    let to_date = period(held)?;
    let runs = to_date.end().date() == calendar.as_of && to_date.contains(named);
    let shorter = Period::new(to_date.start(), named.end()).ok().filter(|_| runs)?;
    Some((at, joined_item(held, held, shorter, true)))
}

// "since September" runs to the last loaded day; "through October" starts with the first one.
fn open(rest: &[Item], before: &[Item], calendar: Calendar) -> Option<(Item, usize)> {
    let first = rest.first()?;
    let named = period(first)?;
    let cover = calendar.coverage?;
    let led = led(before);
    let ahead: Vec<usize> = rest
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(_, item)| !filler(item))
        .map(|(at, _)| at)
        .take(3)
        .collect();
    let mut following = ahead.iter().filter_map(|at| rest.get(*at)).map(|item| &item.meaning);
    let trailed = following.find(|meaning| **meaning != Meaning::Since);
    let glued_to = |at: usize| rest.get(at).map(|item| &item.meaning);
    let trails = |wanted: &dyn Fn(&Meaning) -> bool| glued_to(1).is_some_and(wanted);
    let to_date = matches!(trailed, Some(Meaning::When(When { kind: WhenKind::All, .. })));
    let since = begins(led)
        || trails(&|meaning| *meaning == Meaning::Since)
        || (to_date && matches!(led, Some(Meaning::From)));
    let until = matches!(led, Some(Meaning::Until | Meaning::Range))
        || trails(&|meaning| *meaning == Meaning::Until);
    let after = matches!(led, Some(Meaning::Word(T::After)));
    let until_before = matches!(led, Some(Meaning::Word(T::Before)))
        || (named.days() == 1 && trails(&|meaning| *meaning == Meaning::Word(T::Ago)));
    let edge = trails(&|meaning| {
        matches!(meaning, Meaning::Since | Meaning::Until | Meaning::Word(T::Ago))
    });
    let used = 1 + usize::from(edge && (since || until || until_before));
    let last_loaded = day_after(cover).to_datetime(Time::midnight());
    let joined = if since {
        if let Some((period, used)) = counted(rest, &ahead, named) {
            return Some((joined_item(first, first, period, resolved(first)), used));
        }
        let to_date = to_date && ahead.get(usize::from(edge)).is_some_and(|at| *at == used);
        let item = joined_item(
            first,
            first,
            Period::new(named.start(), last_loaded.max(named.end())).ok()?,
            true,
        );
        return Some((item, used + usize::from(to_date)));
    } else if (until || until_before) && named.hours() < 24 {
        // "before 4 am on November 14": of that day.
        let end = if until { named.end() } else { named.start() };
        Period::new(named.start().date().to_datetime(Time::midnight()), end)
    } else if after && named.hours() < 24 {
        let day = named.start().date().tomorrow().ok()?;
        Period::new(named.end(), day.to_datetime(Time::midnight()))
    } else if after {
        Period::new(named.end(), last_loaded.max(named.end().checked_add(1.day()).ok()?))
    } else if until {
        Period::new(cover.start().min(named.start()), named.end())
    } else if until_before {
        Period::new(cover.start().min(named.start().checked_sub(1.day()).ok()?), named.start())
    } else {
        return None;
    };
    Some((joined_item(first, first, joined.ok()?, true), used))
}

// "9월 1일부터 7일간", "since September 1 for 7 days".
fn counted(rest: &[Item], ahead: &[usize], named: Period) -> Option<(Period, usize)> {
    let skip = usize::from(
        ahead
            .first()
            .and_then(|at| rest.get(*at))
            .is_some_and(|item| item.meaning == Meaning::Since),
    );
    let number = *ahead.get(skip)?;
    let unit = *ahead.get(skip + 1)?;
    let Meaning::Number { value, .. } = rest.get(number)?.meaning else { return None };
    let count = i64::try_from(value).ok().filter(|count| (1..=400).contains(count))?;
    let span = match rest.get(unit)?.meaning {
        Meaning::Word(T::Unit(Grain::Day)) => count.days(),
        Meaning::Word(T::Unit(Grain::IsoWeek)) => count.weeks(),
        Meaning::Word(T::Unit(Grain::Month)) => count.months(),
        _ => return None,
    };
    let first = named.start().date();
    Some((Period::of_days(first, first.checked_add(span).ok()?).ok()?, unit + 1))
}
