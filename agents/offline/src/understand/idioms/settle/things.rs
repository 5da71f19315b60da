//! Words that name a thing, a price or a part of the whole by the words beside them.

use wherefore_contract::dimension::{Dimension, FocusDimension, Grain};

use super::{
    super::super::{
        unread::THINGS,
        word::{Category, Item, Meaning, TimeWord, When, WhenKind},
    },
    after, before, slice, word,
};

// "30일 기준으로 환산하면", "normalised to 30 days": a length to scale to, and no time of charges. It
// stays a number that nothing uses, so that no figure is given for another question.
pub(super) fn scaled(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let spoken = word(text, items.get(at)?);
    let value = spoken.strip_suffix('일').and_then(|digits| digits.trim().parse().ok())?;
    let based = items
        .get(at + 1..(at + 4).min(items.len()))?
        .iter()
        .any(|item| slice(text, item).starts_with("기준"));
    let scales = items.iter().any(|item| slice(text, item).starts_with("환산"));
    (based && scales).then_some(Meaning::Number { value, digits: 0 })
}

// "사용, 구매, 세금으로 나눠서": a kind of charge among others.
pub(super) fn listed_usage(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let usage = word(text, items.get(at)?) == "사용";
    let joins = |item: &Item| item.meaning == Meaning::And || slice(text, item) == ",";
    let kind =
        |item: Option<&Item>| item.is_some_and(|item| matches!(item.meaning, Meaning::Category(_)));
    let next = items.get(at + 1).is_some_and(joins) && kind(items.get(at + 2));
    let prior = at >= 2 && items.get(at - 1).is_some_and(joins) && kind(items.get(at - 2));
    (usage && (next || prior)).then_some(Meaning::Category(Category::Usage))
}

// "2026 year to date": a year, and right behind it the part of it that is meant.
pub(super) fn narrowed_by_next(items: &[Item], at: usize, when: When) -> Option<Meaning> {
    let WhenKind::Period(wide) = when.kind else { return None };
    let next = items.get(at + 1)?;
    let Meaning::When(When { kind: WhenKind::Period(narrow), resolved: true, .. }) = next.meaning
    else {
        return None;
    };
    (wide != narrow && wide.contains(narrow)).then_some(Meaning::Filler)
}

// "price per KMS key": what one unit of a named thing costs.
pub(super) fn priced_each(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let price = before(items, at).is_some_and(|prior| {
        prior.meaning == Meaning::Cost
            && matches!(word(text, prior).as_str(), "price" | "prices" | "priced")
    });
    let named = after(items, at)
        .is_some_and(|next| matches!(next.meaning, Meaning::Entity(_) | Meaning::Unknown));
    (price && named).then_some(Meaning::UnitPrice)
}

// "from the first half of September to the second": the second half.
pub(in crate::understand) fn halves(text: &str, items: &mut [Item]) {
    let mut halved = false;
    for at in 0..items.len() {
        let next = items.get(at + 1).map(|item| item.meaning.clone());
        let named = matches!(
            next,
            Some(
                Meaning::Word(TimeWord::Unit(_) | TimeWord::Month(_) | TimeWord::QuarterMark)
                    | Meaning::Rank(_)
                    | Meaning::Sort(_)
                    | Meaning::Dimension(_)
                    | Meaning::Service
            )
        );
        let the = at
            .checked_sub(1)
            .and_then(|prior| items.get(prior))
            .is_some_and(|prior| word(text, prior) == "the");
        let Some(item) = items.get_mut(at) else { continue };
        halved |= item.meaning == Meaning::Word(TimeWord::FirstHalf);
        if halved && the && !named && item.meaning == Meaning::Word(TimeWord::Nth(2)) {
            item.meaning = Meaning::Word(TimeWord::SecondHalf);
        }
    }
}

// "which service comes third in October": a place, no day of the month.
pub(in crate::understand) fn places(text: &str, items: &mut [Item]) {
    for at in 1..items.len() {
        let comes = items.get(at - 1).is_some_and(|prior| {
            matches!(
                word(text, prior).as_str(),
                "comes" | "come" | "came" | "ranks" | "rank" | "ranked" | "placed" | "stands"
            )
        });
        let Some(item) = items.get_mut(at).filter(|_| comes) else { continue };
        if let Meaning::Word(TimeWord::Nth(place)) = item.meaning
            && let Ok(place) = u32::try_from(place)
        {
            item.meaning = Meaning::Ordinal(place);
        }
    }
}

// "사용량(Usage) 비용": the kind of charge, said as a quantity.
pub(super) fn usage_cost(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let open = after(items, at).filter(|next| next.meaning == Meaning::Open)?;
    let index = items.iter().position(|item| item == open)?;
    let inner = items.get(index + 1)?;
    // "사용량(DiscountedUsage)": the kind of line that is named says it again.
    let line = matches!(inner.meaning, Meaning::Entity(_) | Meaning::Category(_))
        && word(text, inner).ends_with("usage");
    (line || inner.meaning == Meaning::Category(Category::Usage)).then_some(Meaning::Filler)
}

// "on-demand price per hour": what a unit costs.
pub(super) fn priced(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let hour = matches!(items.get(at)?.meaning, Meaning::Word(TimeWord::Unit(Grain::Hour)));
    let per = before(items, at).filter(|prior| prior.meaning == Meaning::Per)?;
    let index = items.iter().position(|item| item == per)?;
    let price = before(items, index).is_some_and(|prior| {
        let spoken = word(text, prior);
        matches!(prior.meaning, Meaning::Measure(_))
            && ["price", "prices", "rate", "rates"].iter().any(|end| spoken.ends_with(end))
    });
    (hour && price).then_some(Meaning::UnitPrice)
}

// "average cost of one m5.large instance", "per bucket", "인스턴스당": things of an estate are its
// resources, whatever they are called.
pub(super) fn resources(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let thing = THINGS.contains(&word(text, items.get(at)?).as_str());
    let per = before(items, at).is_some_and(|prior| prior.meaning == Meaning::Per)
        || items.get(at + 1).is_some_and(|next| next.glued && next.meaning == Meaning::Per);
    let averaged = items.iter().any(|item| item.meaning == Meaning::Average)
        && !items.iter().any(|item| {
            matches!(
                item.meaning,
                Meaning::Per
                    | Meaning::By
                    | Meaning::PerDay
                    | Meaning::Dimension(_)
                    | Meaning::Service
                    | Meaning::Word(TimeWord::Unit(_))
            )
        });
    (thing && (per || averaged))
        .then_some(Meaning::Dimension(Dimension::Column(FocusDimension::ResourceId)))
}

// "average cost per hour" divides by hours; "price per hour" is what a unit costs.
pub(super) fn hourly(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let spoken = word(text, items.get(at)?);
    let hours = matches!(spoken.as_str(), "cost per hour" | "시간당비용" | "시간당 비용");
    let averaged = items.iter().any(|item| item.meaning == Meaning::Average);
    (hours && averaged).then_some(Meaning::Word(TimeWord::Unit(Grain::Hour)))
}

// "the cost of rows without a resource", "행의 비용": the rows cost something and are not counted.
pub(super) fn rows_of(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let spoken = word(text, items.get(at)?);
    let noun = matches!(
        spoken.as_str(),
        "rows"
            | "line items"
            | "records"
            | "charge rows"
            | "charge lines"
            | "entries"
            | "행"
            | "레코드"
            | "항목"
            | "청구항목"
            | "과금항목"
            | "라인아이템"
            | "청구라인"
            | "청구행"
            | "과금행"
    );
    let next = items.get(at + 1..)?.iter().find(|item| item.meaning != Meaning::Filler)?;
    let korean = slice(text, next) == "의"
        && after(items, at)
            .is_some_and(|next| matches!(next.meaning, Meaning::Cost | Meaning::Measure(_)));
    let mut ahead = items.get(..at)?.iter().rev().filter(|item| {
        !matches!(word(text, item).as_str(), "the" | "all" | "those" | "of" | "for" | "charge")
    });
    let of = items
        .get(..at)?
        .iter()
        .rev()
        .take(3)
        .any(|item| matches!(word(text, item).as_str(), "of" | "for"));
    let english = of
        && ahead.next().is_some_and(|item| {
            matches!(item.meaning, Meaning::Cost | Meaning::Measure(_) | Meaning::Total)
        });
    // "(usage line items only)": the kind of charge narrows, and no line is counted.
    let kind = before(items, at).is_some_and(|prior| matches!(prior.meaning, Meaning::Category(_)));
    let only = after(items, at).is_some_and(|next| next.meaning == Meaning::Only);
    let counted = items.iter().any(|item| item.meaning == Meaning::HowMany);
    (noun && !counted && (korean || english || kind && only)).then_some(Meaning::Filler)
}

// "클라우드별", "by cloud": clouds are their providers.
pub(super) fn clouds(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let spoken = word(text, items.get(at)?);
    let by = |item: Option<&Item>| {
        item.is_some_and(|item| matches!(item.meaning, Meaning::By | Meaning::Per | Meaning::Which))
    };
    let korean = spoken == "클라우드"
        && (items.get(at + 1).is_some_and(|next| next.glued && next.meaning == Meaning::By)
            || by(before(items, at)));
    let english = matches!(spoken.as_str(), "cloud" | "clouds") && by(before(items, at));
    (korean || english).then_some(Meaning::Dimension(Dimension::Column(FocusDimension::Provider)))
}
