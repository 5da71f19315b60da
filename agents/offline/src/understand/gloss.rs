//! Brackets that only say how a measure is computed: "(정기 요금에서 SP 적용 비용을 뺀 값)".

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, FocusDimension},
};

use super::{
    link::Entity,
    word::{Category, Item, Meaning},
};

/// Takes such brackets out of the question when the words outside name the same measure: amortised
/// cost, savings or unused commitments are computed one way only. Brackets that hold a name, a
/// period, a number or a grouping stay, because they narrow the question.
pub(super) fn drop_definitions(text: &str, mut items: Vec<Item>, entities: &[Entity]) -> Vec<Item> {
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
    for (open, close) in found {
        let outside = items.iter().enumerate().filter(|(at, _)| *at < open || *at > close);
        let defined = outside.map(|(_, item)| &item.meaning).any(is_defined);
        let inside = items.get(open + 1..close).unwrap_or_default();
        if defined && inside.iter().all(|item| explains(&item.meaning, entities)) && costs(inside) {
            for item in items.iter_mut().take(close + 1).skip(open) {
                item.meaning = Meaning::Filler;
            }
        }
    }
    items
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
        Meaning::When(_) | Meaning::Number { .. } | Meaning::Dimension(_) | Meaning::By => false,
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
