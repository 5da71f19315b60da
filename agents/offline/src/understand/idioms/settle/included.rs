//! Kinds of charges that are said to be taken in, so that they narrow nothing.

use super::{
    super::super::word::{Category, Item, Meaning},
    word,
};

// "tax included", "including tax and credits", "세금 포함 비용": everything is meant, and not that kind alone.
pub(super) fn included(text: &str, items: &[Item], at: usize, kind: Category) -> Option<Meaning> {
    let whole = matches!(
        kind,
        Category::Credit
            | Category::Tax
            | Category::Refund
            | Category::Correction
            | Category::Adjustment
            | Category::Purchase
            | Category::Support
            | Category::Marketplace
    );
    let slight = |item: &&Item| {
        matches!(item.meaning, Meaning::Particle | Meaning::And | Meaning::Category(_))
            || matches!(
                word(text, item).as_str(),
                "the"
                    | "any"
                    | "all"
                    | "both"
                    | "is"
                    | "are"
                    | "tax"
                    | "taxes"
                    | "credit"
                    | "credits"
                    | "refunds"
            )
    };
    let behind = items.get(at + 1..)?.iter().find(|item| !slight(item));
    let ahead = items.get(..at)?.iter().rev().find(|item| !slight(item));
    let behind = behind.map(|item| word(text, item)).unwrap_or_default();
    let said = ahead.map(|item| word(text, item)).unwrap_or_default();
    let english = matches!(behind.as_str(), "included" | "inclusive")
        || matches!(said.as_str(), "including" | "incl" | "inclusive of" | "inclusive");
    let korean = matches!(
        behind.as_str(),
        "포함"
            | "포함한"
            | "포함해"
            | "포함해서"
            | "포함하여"
            | "포함하면"
            | "포함하고"
            | "포함했을"
            | "포함시"
    );
    if !whole || !(english || korean) {
        return None;
    }
    // "세금을 포함한 금액과 제외한 금액": both are asked for, of one kind that is said once.
    let excludes = items.iter().any(|item| item.meaning == Meaning::Exclude);
    let kinds = items.iter().filter(|item| matches!(item.meaning, Meaning::Category(_))).count();
    Some(if excludes && kinds < 2 { Meaning::Not } else { Meaning::Filler })
}
