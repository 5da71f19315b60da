//! Words that mean one thing or another by the words beside them, settled before anything is decided.

mod bounds;
mod counted;
mod included;
mod leaving;
mod moving;
mod orders;
mod relative;

use wherefore_contract::{
    cost::{Direction, Measure},
    dimension::{Dimension, FocusDimension},
    question::Language,
};

use self::bounds::unbounded;
use self::counted::{how_many, left_out, lines, missing, not_the_cost, single_row, which_hour};
use self::included::included;
use self::leaving::{
    around, carrying, covered_by_tags, covering_tag, lacking, leaving_out, parted, removing,
    row_of_its_own, subtracted, taken_in, untagged,
};
use self::moving::{actual, added_up, before_each, dearer};
use self::orders::{harmless, ordered, told};
use super::super::word::{Category, Item, Meaning, TimeWord, When, WhenKind};
pub(in crate::understand) use relative::moved_relatively;
use things::{
    clouds, hourly, listed_usage, narrowed_by_next, priced, priced_each, resources, rows_of,
    scaled, usage_cost,
};
pub(in crate::understand) use things::{halves, places};

mod things;

// What people have made or sent when they only want to see an answer.
const SHOWN: &[&str] =
    &["table", "chart", "report", "graph", "list", "summary", "breakdown", "overview", "me", "us"];

/// Settles the words of `items` in place.
pub(in crate::understand) fn settle(text: &str, items: &mut [Item]) {
    for at in 0..items.len() {
        let Some(meaning) = items.get(at).map(|item| item.meaning.clone()) else { continue };
        let settled = match meaning {
            Meaning::Measure(Measure::ListCost) => listing(text, items, at),
            Meaning::Exclude => left_out(text, items, at)
                .or_else(|| not_the_cost(text, items, at))
                .or_else(|| lacking(text, items, at))
                .or_else(|| removing(text, items, at))
                .or_else(|| subtracted(text, items, at)),
            Meaning::Write => harmless(text, items, at).or_else(|| told(text, items, at)),
            Meaning::Last | Meaning::First => ordered(text, items, at),
            Meaning::Not => leaving_out(items, at)
                .or_else(|| not_the_cost(text, items, at))
                .or_else(|| untagged(text, items, at)),
            Meaning::Complete => {
                covered_by_tags(text, items, at).or_else(|| missing(text, items, at))
            }
            Meaning::Cost => actual(text, items, at)
                .or_else(|| not_the_cost(text, items, at))
                .or_else(|| lines(text, items, at)),
            Meaning::Rise => dearer(text, items, at),
            Meaning::Fall => lines(text, items, at).or_else(|| dearer(text, items, at)),
            Meaning::Jump => risen(text, items, at),
            Meaning::Until | Meaning::Since => around(text, items, at),
            Meaning::Word(TimeWord::Unit(_)) => {
                priced(text, items, at).or_else(|| definite(text, items, at))
            }
            Meaning::When(when) => before_each(text, items, at)
                .or_else(|| scaled(text, items, at))
                .or_else(|| narrowed_by_next(items, at, when)),
            Meaning::Filler => clouds(text, items, at)
                .or_else(|| added_up(text, items, at))
                .or_else(|| accounts(text, items, at))
                .or_else(|| how_many(text, items, at))
                .or_else(|| which_hour(text, items, at))
                .or_else(|| lines(text, items, at))
                .or_else(|| parted(text, items, at))
                .or_else(|| listed_usage(text, items, at))
                .or_else(|| carrying(text, items, at))
                .or_else(|| covered_by_tags(text, items, at)),
            Meaning::Without => taken_in(text, items, at).or_else(|| left_out(text, items, at)),
            Meaning::Unknown => spaced_particle(text, items, at)
                .or_else(|| covered_by_tags(text, items, at))
                .or_else(|| resources(text, items, at))
                .or_else(|| parted(text, items, at)),
            Meaning::Dimension(dimension) => {
                by_name(text, items, at, &dimension).or_else(|| of_category(text, items, at))
            }
            Meaning::Bound(comparison) => unbounded(text, items, at, comparison),
            Meaning::Category(Category::Usage) => metered(items, at),
            Meaning::Category(kind) => included(text, items, at, kind),
            Meaning::By => attributed(text, items, at),
            Meaning::Tag => covering_tag(text, items, at),
            other => further(text, items, at, &other),
        };
        if let (Some(settled), Some(item)) = (settled, items.get_mut(at)) {
            item.meaning = settled;
        }
    }
}

// The words of what is measured and ranked.
fn further(text: &str, items: &[Item], at: usize, meaning: &Meaning) -> Option<Meaning> {
    match meaning {
        Meaning::Forecast => past(text, items, at),
        Meaning::Coming => extended(items, at),
        Meaning::Times => multiplied(items, at),
        Meaning::PercentSign => bare_percent(text, items, at),
        Meaning::Relatively => unmoved(items),
        Meaning::Difference => minus(text, items, at),
        Meaning::Measure(Measure::Transactions) => of_one(text, items, at),
        Meaning::Sort(direction) => vague(text, items, at, *direction),
        Meaning::Per => priced_each(text, items, at),
        Meaning::UnitPrice => hourly(text, items, at),
        Meaning::Measure(Measure::ConsumedQuantity) => usage_cost(text, items, at),
        Meaning::Measure(Measure::Rows) => rows_of(text, items, at)
            .or_else(|| row_of_its_own(text, items, at))
            .or_else(|| single_row(text, items, at)),
        _ => None,
    }
}

fn slice<'a>(text: &'a str, item: &Item) -> &'a str {
    text.get(item.start..item.end).unwrap_or_default()
}

fn word(text: &str, item: &Item) -> String {
    slice(text, item).to_lowercase()
}

fn is_korean(text: &str, item: &Item) -> bool {
    Language::detect(slice(text, item)) == Language::Ko
}

fn carries(meaning: &Meaning) -> bool {
    !matches!(meaning, Meaning::Filler | Meaning::Particle)
}

fn after(items: &[Item], at: usize) -> Option<&Item> {
    items.get(at + 1..)?.iter().find(|item| carries(&item.meaning))
}

fn before(items: &[Item], at: usize) -> Option<&Item> {
    items.get(..at)?.iter().rev().find(|item| carries(&item.meaning))
}

// "List the services": the verb, not the list price.
fn listing(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let item = items.get(at)?;
    let spoken = word(text, item);
    if spoken == "list costs" && at == 0 {
        return Some(Meaning::Cost);
    }
    if spoken != "list" {
        return None;
    }
    let listed = after(items, at)
        .is_some_and(|next| matches!(next.meaning, Meaning::And | Meaning::Compare));
    if listed || after(items, at).is_some_and(|next| next.meaning == Meaning::UnitPrice) {
        return None;
    }
    let starts = items.get(..at)?.iter().all(|item| !carries(&item.meaning));
    let bill = after(items, at)
        .is_some_and(|next| matches!(next.meaning, Meaning::Cost | Meaning::Measure(_)));
    let joins = |item: &&Item| carries(&item.meaning) && item.meaning != Meaning::And;
    let prior = items.get(..at).and_then(|earlier| earlier.iter().rev().find(joins));
    let with = prior.is_some_and(|prior| {
        matches!(prior.meaning, Meaning::Measure(_) | Meaning::Compare | Meaning::Difference)
    });
    (starts || !(bill || with)).then_some(Meaning::Breakdown)
}

// "over the month", "the monthly report": no grouping.
fn definite(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let item = items.get(at)?;
    let spoken = word(text, item);
    if !spoken.is_ascii() {
        let next = items.get(at + 1..)?.iter().take(2).map(|item| slice(text, item));
        return next
            .clone()
            .any(|next| matches!(next, "보고서" | "리포트" | "보고" | "회의"))
            .then_some(Meaning::Filler);
    }
    let next = items.get(at + 1).map(|item| word(text, item)).unwrap_or_default();
    let titled = spoken.ends_with("ly")
        && matches!(
            next.as_str(),
            "report"
                | "review"
                | "statement"
                | "summary"
                | "meeting"
                | "deck"
                | "overview"
                | "close"
        );
    let singular =
        matches!(spoken.as_str(), "hour" | "day" | "week" | "month" | "quarter" | "year");
    let article =
        at.checked_sub(1).and_then(|before| items.get(before)).map(|item| word(text, item));
    let the = article.is_some_and(|word| {
        matches!(word.as_str(), "the" | "whole" | "entire" | "full" | "that" | "this" | "a" | "one")
    });
    let grouped = at.checked_sub(2).and_then(|before| items.get(before)).is_some_and(|item| {
        matches!(item.meaning, Meaning::By | Meaning::Per | Meaning::Which | Meaning::Rank(_))
    });
    let asked = items
        .iter()
        .any(|item| matches!(item.meaning, Meaning::First | Meaning::Last | Meaning::HowMany));
    (titled || (singular && the && !grouped && !asked)).then_some(Meaning::Filler)
}

// "did cost jump in September compared with August": from one time to the other, not the largest step of a series.
fn risen(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let times = items.iter().filter(|item| {
        matches!(item.meaning, Meaning::When(When { kind: WhenKind::Period(_), .. }))
    });
    let ranked = items.iter().any(|item| matches!(item.meaning, Meaning::Rank(_) | Meaning::Which));
    let verb = matches!(word(text, items.get(at)?).as_str(), "jump" | "jumps");
    (verb && !ranked && times.count() == 2).then_some(Meaning::Rise)
}

// "how big a part …, in percent": a share, where nothing moved.
fn unmoved(items: &[Item]) -> Option<Meaning> {
    let moved = items.iter().any(|item| {
        matches!(
            item.meaning,
            Meaning::Change
                | Meaning::Rise
                | Meaning::Fall
                | Meaning::Compare
                | Meaning::Step(_)
                | Meaning::Share
                | Meaning::Jump
                | Meaning::Discount
                | Meaning::When(When { kind: WhenKind::Before(_), .. })
        )
    });
    (!moved).then_some(Meaning::Share)
}

// "minus any credits": left out.
fn minus(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let verb = matches!(word(text, items.get(at)?).as_str(), "minus" | "subtract");
    let kind = after(items, at).is_some_and(|next| matches!(next.meaning, Meaning::Category(_)));
    // "covered usage at list cost minus its effective cost": one cost less another.
    let costs = |items: Option<&[Item]>| {
        items.is_some_and(|items| {
            items.iter().any(|item| matches!(&item.meaning, Meaning::Measure(one) if one.is_cost()))
        })
    };
    if verb && costs(items.get(..at)) && costs(items.get(at + 1..(at + 4).min(items.len()))) {
        return Some(Meaning::Difference);
    }
    (verb && kind).then_some(Meaning::Exclude)
}

// "the cost of one transaction", "how expensive was each transaction": cost over their number.
fn of_one(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let costs = items.iter().any(|item| item.meaning == Meaning::Cost);
    let near = items.get(at.saturating_sub(5)..at)?.iter().map(|item| word(text, item));
    let one = near.into_iter().any(|word| {
        matches!(
            word.as_str(),
            "one" | "each" | "single" | "a single" | "per" | "every" | "for each"
        )
    });
    (costs && one).then_some(Meaning::Measure(Measure::UnitCost))
}

// "as % of total", "몇 %야": a share, unless something moved.
fn bare_percent(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let number =
        before(items, at).is_some_and(|prior| matches!(prior.meaning, Meaning::Number { .. }));
    let moved = items.iter().any(|item| {
        matches!(
            item.meaning,
            Meaning::Change
                | Meaning::Rise
                | Meaning::Fall
                | Meaning::Compare
                | Meaning::Step(_)
                | Meaning::Share
                | Meaning::Jump
                | Meaning::Relatively
                | Meaning::Discount
        )
    });
    let bracketed = at
        .checked_sub(1)
        .and_then(|before| items.get(before))
        .is_some_and(|item| item.meaning == Meaning::Open || slice(text, item) == "in");
    (!number && !moved && !bracketed).then_some(Meaning::Share)
}

// "by account for each month": the noun, where "account for" would be the verb.
fn accounts(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let spoken = word(text, items.get(at)?);
    let grouped = before(items, at).is_some_and(|prior| {
        matches!(
            prior.meaning,
            Meaning::By | Meaning::Per | Meaning::Which | Meaning::Number { .. }
        )
    });
    let noun = matches!(spoken.as_str(), "account for" | "account for the" | "accounts for");
    (noun && grouped).then_some(Meaning::Dimension(Dimension::Column(FocusDimension::SubAccountId)))
}

// "charges of category Usage": the word before a kind of charge.
fn of_category(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let plain = matches!(
        word(text, items.get(at)?).as_str(),
        "category" | "type" | "kind" | "카테고리" | "유형"
    );
    let kind = items.get(at + 1).is_some_and(|next| matches!(next.meaning, Meaning::Category(_)));
    (plain && kind).then_some(Meaning::Filler)
}

// "rds 가 몇 %": a particle that is written apart.
fn spaced_particle(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let spoken = slice(text, items.get(at)?);
    let particle = ["가", "이", "은", "는", "을", "를", "의", "에", "로", "도", "와", "과", "랑"]
        .contains(&spoken);
    let noun = before(items, at).is_some_and(|prior| {
        matches!(prior.meaning, Meaning::Dimension(_) | Meaning::Service | Meaning::Measure(_))
    });
    if spoken == "수" && noun {
        return Some(Meaning::HowMany);
    }
    (particle && at > 0).then_some(Meaning::Particle)
}

// "구독(하위 계정) 이름별", "the names of the accounts": by name, not by id.
fn by_name(text: &str, items: &[Item], at: usize, dimension: &Dimension) -> Option<Meaning> {
    let named = match dimension {
        Dimension::Column(FocusDimension::SubAccountId) => FocusDimension::SubAccountName,
        Dimension::Column(FocusDimension::BillingAccountId) => FocusDimension::BillingAccountName,
        Dimension::Column(FocusDimension::Region) => FocusDimension::RegionName,
        Dimension::Column(FocusDimension::ResourceId) => FocusDimension::ResourceName,
        Dimension::Column(FocusDimension::CommitmentDiscountId) => {
            FocusDimension::CommitmentDiscountName
        }
        _ => return None,
    };
    let rest = items.get(at + 1..)?.iter().take(8);
    let mut rest = rest.skip_while(|item| {
        matches!(
            item.meaning,
            Meaning::Open
                | Meaning::Close
                | Meaning::Particle
                | Meaning::Filler
                | Meaning::Entity(_)
                | Meaning::Dimension(_)
        ) && !matches!(slice(text, item), "이름" | "명")
    });
    let korean = rest.next().is_some_and(|item| matches!(slice(text, item), "이름" | "명"));
    let grouped = rest
        .next()
        .is_some_and(|item| item.glued && matches!(item.meaning, Meaning::By | Meaning::Per));
    let english = text.to_lowercase().contains("by name")
        && items.get(at).is_some_and(|item| slice(text, item).is_ascii());
    (english || (korean && grouped)).then_some(Meaning::Dimension(Dimension::Column(named)))
}

// "usage type", "usage of EC2 in hours" and "usage quantity" speak of no kind of charge.
fn metered(items: &[Item], at: usize) -> Option<Meaning> {
    let quantity = items.iter().any(|item| {
        matches!(
            item.meaning,
            Meaning::Measure(Measure::ConsumedQuantity | Measure::PricingQuantity)
        )
    });
    let _ = at;
    quantity.then_some(Meaning::Filler)
}

// "spent by EC2", "incurred by the payments account": by whom, not by what to group.
fn attributed(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let item = items.get(at)?;
    if word(text, item) != "by" {
        return None;
    }
    let next = after(items, at)?;
    // Google Cloud's accounts are of the type "Project": the word groups by them.
    if matches!(word(text, next).as_str(), "project" | "projects" | "subscription") {
        return None;
    }
    matches!(
        next.meaning,
        Meaning::Entity(_)
            | Meaning::When(_)
            | Meaning::Number { .. }
            | Meaning::Money
            | Meaning::Mark
    )
    .then_some(Meaning::Filler)
}

// "than expected", "estimated charges": words of doubt, where the time is over and no rate is named.
fn past(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let spoken = word(text, items.get(at)?);
    let doubt = matches!(
        spoken.as_str(),
        "estimate"
            | "estimated"
            | "expect"
            | "expected"
            | "month end"
            | "end of month"
            | "end of the month"
    );
    let other = items.iter().enumerate().any(|(index, item)| {
        index != at && matches!(item.meaning, Meaning::Forecast | Meaning::Coming)
    });
    let future = items.iter().any(|item| {
        matches!(word(text, item).as_str(), "will" | "going to" | "likely" | "projected")
    });
    let explicit = spoken.starts_with("estimate")
        && items.iter().all(|item| !matches!(item.meaning, Meaning::When(_)));
    (doubt && !other && !future && !explicit).then_some(Meaning::Filler)
}

// "by the end of the year" after a year that is named says until when.
fn extended(items: &[Item], at: usize) -> Option<Meaning> {
    let ends = before(items, at).is_some_and(|prior| {
        matches!(prior.meaning, Meaning::Until | Meaning::Range | Meaning::To | Meaning::Since)
    });
    let named = items
        .iter()
        .any(|item| matches!(item.meaning, Meaning::When(When { kind: WhenKind::Period(_), .. })));
    (ends && named).then_some(Meaning::Filler)
}

// "three times" after a verb of charging counts; "2배" without a question is no ratio.
fn multiplied(items: &[Item], at: usize) -> Option<Meaning> {
    let number =
        before(items, at).is_some_and(|prior| matches!(prior.meaning, Meaning::Number { .. }));
    let counted = number && items.iter().any(|item| item.meaning == Meaning::HowMany);
    counted.then_some(Meaning::Filler)
}

// "high" and "많이" alone order rows; beside a superlative or a movement they say how much.
fn vague(text: &str, items: &[Item], at: usize, direction: Direction) -> Option<Meaning> {
    let spoken = word(text, items.get(at)?);
    let adjective = matches!(
        spoken.as_str(),
        "big"
            | "large"
            | "high"
            | "expensive"
            | "costly"
            | "pricey"
            | "heavy"
            | "small"
            | "low"
            | "cheap"
            | "많이"
            | "적게"
            | "큰"
            | "작은"
            | "많은"
            | "적은"
            | "높은"
            | "낮은"
    );
    let adverb = spoken.starts_with("많이") || spoken.starts_with("적게");
    // "제일 높았던": one superlative in two words.
    let superlative = is_korean(text, items.get(at)?)
        && before(items, at).is_some_and(|prior| matches!(prior.meaning, Meaning::Rank(_)));
    if superlative && !spoken.contains('순') {
        return Some(Meaning::Filler);
    }
    if !(adjective || adverb) {
        return None;
    }
    let ranked =
        items.iter().any(|item| matches!(item.meaning, Meaning::Rank(_) | Meaning::Ordinal(_)));
    let listed = items.iter().any(|item| {
        matches!(item.meaning, Meaning::Dimension(_) | Meaning::Service | Meaning::Which)
    });
    let _ = direction;
    let ordinal = items.iter().any(|item| matches!(item.meaning, Meaning::Ordinal(_)));
    ((ranked && !ordinal) || !listed).then_some(Meaning::Filler)
}
