//! Words of counting that mean one thing or another by the words beside them.

use wherefore_contract::cost::Measure;

use super::{
    super::super::word::{Item, Meaning, TimeWord},
    after, before, is_korean, slice, word,
};

const ROWS: Meaning = Meaning::Measure(Measure::Rows);

// "몇 팀", "몇 앱": how many of what stands right behind.
pub(super) fn how_many(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let spoken = slice(text, items.get(at)?);
    let next = items.get(at + 1)?;
    let thing =
        matches!(next.meaning, Meaning::Dimension(_) | Meaning::Service) || next.meaning == ROWS;
    (spoken == "몇" && thing).then_some(Meaning::HowMany)
}

// "how many tax lines", "count the lines", "share of the lines", "없는 줄은 몇 줄": rows of a bill.
pub(super) fn lines(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let spoken = word(text, items.get(at)?);
    let english = matches!(
        spoken.as_str(),
        "line" | "lines" | "charges" | "charge" | "items" | "item" | "entry" | "bills"
    );
    if english {
        return english_lines(text, items, at, &spoken);
    }
    let line = matches!(spoken.as_str(), "줄" | "줄은" | "줄이" | "건" | "건은" | "건이");
    let counted = items.iter().any(|item| counts_lines(text, item));
    let lacking = at
        .checked_sub(1)
        .and_then(|prior| items.get(prior))
        .is_some_and(|prior| matches!(prior.meaning, Meaning::Without | Meaning::Sign(_)));
    (line && counted && lacking).then_some(ROWS)
}

fn counts_lines(text: &str, item: &Item) -> bool {
    let spoken = slice(text, item).replace(' ', "");
    item.meaning == Meaning::HowMany
        && ["몇줄", "몇건", "몇행", "건수", "줄수"].iter().any(|word| spoken.starts_with(word))
}

fn english_lines(text: &str, items: &[Item], at: usize, spoken: &str) -> Option<Meaning> {
    let prior = before(items, at);
    // "the largest credit on a single line".
    let single = prior.is_some_and(|prior| {
        matches!(word(text, prior).as_str(), "a single" | "one" | "single")
            && items.get(at.saturating_sub(1)) == Some(prior)
    });
    if single && matches!(spoken, "line" | "charge" | "item" | "entry") {
        return Some(Meaning::Single);
    }
    let mut narrowed = 0;
    let mut place = at;
    while let Some(index) = place.checked_sub(1) {
        let item = items.get(index)?;
        let said = word(text, item);
        match item.meaning {
            Meaning::HowMany => return Some(ROWS),
            // "what share of the lines", but a share of charges is one of money.
            Meaning::Share => return spoken.starts_with("line").then_some(ROWS),
            Meaning::Sign(_) | Meaning::Category(_) | Meaning::Entity(_) if narrowed < 2 => {
                narrowed += 1;
            }
            Meaning::Filler
                if matches!(said.as_str(), "the" | "of" | "our" | "those" | "these") => {}
            Meaning::Total => {}
            _ => break,
        }
        place = index;
    }
    // "lines lacking a region", where nothing is said about their cost.
    let lacking = after(items, at).is_some_and(|next| next.meaning == Meaning::Without);
    let costs =
        items.iter().any(|item| matches!(item.meaning, Meaning::Cost | Meaning::Measure(_)));
    (lacking && spoken.starts_with("line") && !costs).then_some(ROWS)
}

// "rows missing the app tag", "리전이 누락된 행": no value there, where days that are missing are no rows.
pub(super) fn missing(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let item = items.get(at)?;
    let spoken = word(text, item).replace(' ', "");
    let lacks = matches!(
        spoken.as_str(),
        "missing" | "gap" | "gaps" | "누락" | "누락된" | "빠진" | "결측" | "비는" | "coverage"
    );
    if !lacks || spoken == "coverage" {
        return None;
    }
    let thing = |item: &Item| matches!(item.meaning, Meaning::Dimension(_) | Meaning::Tag);
    let beside = if is_korean(text, item) { before(items, at) } else { after(items, at) };
    let beside = beside.is_some_and(thing);
    let counted = items.iter().any(|item| {
        item.meaning == ROWS || matches!(item.meaning, Meaning::HowMany | Meaning::Share)
    });
    (beside && counted).then_some(Meaning::Without)
}

// "금액 말고 건수", "the count, not the cost": what is not asked for is no condition.
pub(super) fn not_the_cost(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let item = items.get(at)?;
    let counts = items.iter().any(|item| item.meaning == Meaning::HowMany || item.meaning == ROWS);
    if !counts {
        return None;
    }
    let turned = |item: &Item| {
        let said = word(text, item);
        said.starts_with("말고") || matches!(said.as_str(), "아니라" | "아니고" | "not")
    };
    let is_cost = |item: &Item| {
        matches!(
            word(text, item).as_str(),
            "금액"
                | "비용"
                | "돈"
                | "요금"
                | "액수"
                | "cost"
                | "costs"
                | "amount"
                | "amounts"
                | "money"
                | "dollars"
        )
    };
    let neighbour = |index: Option<usize>| index.and_then(|index| items.get(index));
    let skipped = |step: usize| {
        neighbour(at.checked_sub(step)).filter(|item| item.meaning != Meaning::Particle)
    };
    let korean = is_korean(text, item);
    let turns = turned(item)
        && if korean {
            skipped(1).or_else(|| skipped(2)).is_some_and(is_cost)
        } else {
            [at + 1, at + 2].into_iter().filter_map(|index| items.get(index)).any(is_cost)
        };
    let is_turned = is_cost(item)
        && if korean {
            [at + 1, at + 2].into_iter().filter_map(|index| items.get(index)).any(turned)
        } else {
            [1, 2].into_iter().filter_map(|step| neighbour(at.checked_sub(step))).any(turned)
        };
    (turns || is_turned).then_some(Meaning::Filler)
}

// "untagged not counted", "태그 없는 건 빼고": what holds a value stays.
pub(super) fn left_out(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let item = items.get(at)?;
    let beside = |index: Option<usize>, wanted: &dyn Fn(&Item) -> bool| {
        index.and_then(|index| items.get(index)).is_some_and(wanted)
    };
    let (other, this): (fn(&Item) -> bool, Meaning) = match item.meaning {
        Meaning::Without => (|item| item.meaning == Meaning::Exclude, Meaning::With),
        Meaning::Exclude => (|item| item.meaning == Meaning::With, Meaning::Filler),
        _ => return None,
    };
    let korean = is_korean(text, item);
    let near = |step: isize| {
        let mut index = at.checked_add_signed(step)?;
        for _ in 0..3 {
            let item = items.get(index)?;
            let slight = matches!(item.meaning, Meaning::Filler | Meaning::Particle)
                || item.meaning == ROWS
                || matches!(item.meaning, Meaning::Cost);
            if !slight {
                return Some(index);
            }
            index = index.checked_add_signed(step)?;
        }
        None
    };
    let found = if korean {
        let step = if item.meaning == Meaning::Without { 1 } else { -1 };
        beside(near(step), &other)
    } else {
        beside(near(1), &other) || beside(near(-1), &other)
    };
    found.then_some(this)
}

// "the largest line item", "제일 비싼 청구 라인": one row of a bill, no count of them.
pub(super) fn single_row(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let spoken = word(text, items.get(at)?);
    let plural = spoken.is_ascii() && spoken.ends_with('s');
    let counted = items.iter().any(|item| item.meaning == Meaning::HowMany);
    let prior = before(items, at)?;
    let said = word(text, prior);
    let ranked = matches!(prior.meaning, Meaning::Rank(_))
        && !matches!(said.as_str(), "most" | "the most" | "fewest" | "least")
        && !said.contains('많')
        && !said.contains('적');
    let sorted = matches!(prior.meaning, Meaning::Sort(_))
        && matches!(said.as_str(), "비싼" | "큰" | "expensive" | "costly")
        && items.iter().any(|item| matches!(item.meaning, Meaning::Rank(_)));
    let cost = matches!(prior.meaning, Meaning::Cost | Meaning::Single)
        && items.iter().any(|item| matches!(item.meaning, Meaning::Rank(_)));
    ((ranked || sorted || cost) && !plural && !counted).then_some(Meaning::Single)
}

// "몇 시에 제일 많이": which hour.
pub(super) fn which_hour(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let spoken = slice(text, items.get(at)?).replace(' ', "");
    let ranked = items.iter().any(|item| matches!(item.meaning, Meaning::Rank(_)));
    (spoken == "몇시" && ranked)
        .then_some(Meaning::Word(TimeWord::Unit(wherefore_contract::dimension::Grain::Hour)))
}
