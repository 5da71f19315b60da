//! Brackets that only say how a measure is computed: "(정기 요금에서 SP 적용 비용을 뺀 값)".

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, FocusDimension},
};

use super::super::{
    link::Entity,
    word::{Category, Item, Meaning},
};

/// Takes such brackets out of the question when the words outside name the same measure: amortised
/// cost, savings or unused commitments are computed one way only. Brackets that hold a name, a
/// period, a number or a grouping stay, because they narrow the question.
pub(in crate::understand) fn drop_definitions(
    text: &str,
    mut items: Vec<Item>,
    entities: &[Entity],
) -> Vec<Item> {
    let mut open = None;
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        match item.meaning {
            Meaning::Open => open = Some(at),
            Meaning::Close => found.extend(open.take().map(|open| (open, at))),
            _ => {}
        }
    }
    // "amortized cost in October: usage plus savings plan effective cost".
    let colon = items.iter().position(|item| {
        item.meaning == Meaning::Mark && text.get(item.start..item.end) == Some(":")
    });
    let spaced = |at: usize| items.get(at + 1).is_some_and(|next| !next.glued);
    found.extend(colon.filter(|at| spaced(*at)).map(|at| (at, items.len())));
    found.extend(last_sentence(text, &items));
    for (open, close) in found {
        apposed(text, &mut items, open, entities);
        let outside = items.iter().enumerate().filter(|(at, _)| *at < open || *at > close);
        let defined = outside.map(|(_, item)| &item.meaning).any(is_defined);
        if explains_a_quotient(text, &items, (open, close), entities) {
            for item in items.iter_mut().take(close + 1).skip(open) {
                item.meaning = Meaning::Filler;
            }
            continue;
        }
        if !defined {
            continue;
        }
        for (from, to) in clauses(text, &items, open, close) {
            let inside = items.get(from + 1..to).unwrap_or_default();
            if inside.iter().all(|item| explains(&item.meaning, entities)) && costs(inside) {
                for item in items.iter_mut().take(to + usize::from(to == close)).skip(from) {
                    item.meaning = Meaning::Filler;
                }
            }
        }
    }
    items
}

// "상각 비용은 얼마야? Usage에 SP 실질 비용을 더하고 정기 요금은 빼줘.": a sentence of its own that adds costs up.
fn last_sentence(text: &str, items: &[Item]) -> Option<(usize, usize)> {
    let ends = |item: &Item| {
        item.meaning == Meaning::Mark
            && matches!(text.get(item.start..item.end), Some("?" | "." | "!"))
    };
    let to = items.iter().rposition(|item| !ends(item))? + 1;
    let open = items.get(..to)?.iter().rposition(ends)?;
    let inside = items.get(open + 1..to)?;
    let added = inside
        .iter()
        .filter(|item| matches!(item.meaning, Meaning::Measure(_) | Meaning::Category(_)));
    let signs = inside.iter().any(|item| matches!(item.meaning, Meaning::Exclude | Meaning::And));
    (signs && added.count() >= 3).then_some((open, to))
}

// The parts between commas: where one of them narrows the question, the others still explain.
fn clauses(text: &str, items: &[Item], open: usize, close: usize) -> Vec<(usize, usize)> {
    let inside = items.get(open + 1..close).unwrap_or_default();
    let mut found = Vec::new();
    let mut from = open;
    for (at, item) in inside.iter().enumerate() {
        if text.get(item.start..item.end) == Some(",") {
            found.push((from, open + 1 + at));
            from = open + 1 + at;
        }
    }
    found.push((from, close));
    found
}

// A bracket that says what an average or a price is one thing over another of: "(비용 ÷ 리소스 수)".
fn explains_a_quotient(
    text: &str,
    items: &[Item],
    (open, close): (usize, usize),
    entities: &[Entity],
) -> bool {
    let inside = items.get(open + 1..close).unwrap_or_default();
    let explained = inside.iter().all(|item| {
        explains(&item.meaning, entities)
            || matches!(item.meaning, Meaning::Dimension(_) | Meaning::Service)
    });
    let averaged = items.iter().take(open).any(|item| {
        matches!(
            item.meaning,
            Meaning::Per | Meaning::UnitPrice | Meaning::PricePer(_) | Meaning::PerDay
        )
    });
    averaged && explained && costs(inside) && divides(text, items, open, close)
}

// "(cost divided by billed quantity)", "(비용 ÷ 리소스 수)".
fn divides(text: &str, items: &[Item], open: usize, close: usize) -> bool {
    let ends = items.get(open).zip(items.get(close.min(items.len().saturating_sub(1))));
    let inside = ends.and_then(|(open, close)| text.get(open.start..close.end));
    let inside = inside.unwrap_or_default().to_lowercase();
    ["÷", "divided by", " over ", " / ", "나눈", "나누"].iter().any(|sign| inside.contains(sign))
}

// "storage ('MySQL Database Service - Storage')": the word before a name in brackets that is part of it.
fn apposed(text: &str, items: &mut [Item], open: usize, entities: &[Entity]) {
    let inside = items.get(open + 1..).unwrap_or_default().iter();
    let inside = inside.take_while(|item| item.meaning != Meaning::Close);
    let mut names = inside.filter_map(|item| match item.meaning {
        Meaning::Entity(index) => entities.get(index),
        _ => None,
    });
    let Some(name) = names.next().and_then(|entity| text.get(entity.start..entity.end)) else {
        return;
    };
    let name = name.to_lowercase();
    let Some(item) = open.checked_sub(1).and_then(|at| items.get_mut(at)) else { return };
    let said = text.get(item.start..item.end).unwrap_or_default().to_lowercase();
    let part = name.split(|letter: char| !letter.is_alphanumeric()).any(|part| part == said);
    if item.meaning == Meaning::Unknown && part {
        item.meaning = Meaning::Filler;
    }
}

fn is_defined(meaning: &Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Measure(Measure::EffectiveCost)
            | Meaning::Category(Category::Unused)
            | Meaning::Discount
    )
}

fn costs(items: &[Item]) -> bool {
    items.iter().any(|item| {
        matches!(item.meaning, Meaning::Cost | Meaning::Measure(_) | Meaning::Category(_))
    })
}

fn explains(meaning: &Meaning, entities: &[Entity]) -> bool {
    match meaning {
        Meaning::When(_)
        | Meaning::Number { .. }
        | Meaning::Dimension(_)
        | Meaning::By
        | Meaning::Tag
        | Meaning::With
        | Meaning::Without => false,
        // Taxes and credits are no part of what commitments cost.
        Meaning::Category(category) => matches!(
            category,
            Category::Usage
                | Category::Purchase
                | Category::Committed
                | Category::OnDemand
                | Category::Unused
                | Category::Used
                | Category::Commitment
                | Category::Recurring
                | Category::Upfront
                | Category::Fee
                | Category::Negation
                | Category::SavingsPlan
                | Category::Reserved
        ),
        Meaning::Entity(index) => entities.get(*index).is_some_and(|entity| {
            entity.options.iter().all(|(dimension, _)| is_kind_of_charge(dimension))
        }),
        _ => true,
    }
}

fn is_kind_of_charge(dimension: &Dimension) -> bool {
    matches!(
        dimension,
        Dimension::Column(
            FocusDimension::CommitmentDiscountType
                | FocusDimension::ChargeCategory
                | FocusDimension::PricingCategory
                | FocusDimension::LineItemType
        )
    )
}
