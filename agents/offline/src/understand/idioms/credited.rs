//! Amounts before credits, the credits, and what is left: which of them a question asks for beside each other.

use super::super::{
    metered::spelled,
    word::{Item, Meaning},
};

/// What of a bill is asked for, side by side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one amount that is asked for or not")]
pub(crate) struct Amounts {
    pub(crate) usage: bool,
    pub(crate) gross: bool,
    pub(crate) credits: bool,
    pub(crate) net: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Usage,
    Gross,
    Credits,
    Net,
    Both,
}

// What people say; a space also stands for a hyphen, a slash or nothing.
const SAID: &[(Part, &str)] = &[
    (
        Part::Both,
        "before and after credits|before and after the credits|before and after any credits|before after credits|gross and net of credits|gross and net|gross vs net|gross versus net|with and without credits|with and without the credits|with without credits|gross net",
    ),
    (
        Part::Gross,
        "gross of credits|gross of the credits|gross usage cost|gross usage|gross cost|gross spend|gross amount|gross total|gross bill|gross charges|gross|cost before credits|usage before credits|before credits are applied|before credits|before the credits|before any credits|before credit|pre credit|pre credits|without credits|without the credits|without any credits|excluding credits|excluding the credits",
    ),
    (
        Part::Net,
        "net of credits|net of the credits|after credits are applied|after credits|after the credits|after any credits|after credit|post credit|net cost|net amount|net spend|net bill|net total|net charges|net|with credits|with the credits|with them|including credits|including the credits|including them|what is left|what s left|what is left over|what remains|the remaining amount|what we actually pay|what we actually paid",
    ),
    (Part::Credits, "credits themselves|credits|credit amount|credit"),
    (Part::Usage, "usage charges|usage cost|usage"),
    (
        Part::Both,
        "크레딧 적용 전후|크레딧 적용 전 후|크레딧 차감 전후|크레딧 차감 전 후|크레딧 반영 전후|크레딧 반영 전 후|크레딧 전후|크레딧 전 후|크레딧 포함 미포함|적용 전후|적용 전 후|차감 전후|차감 전 후|반영 전후|반영 전 후",
    ),
    (
        Part::Gross,
        "크레딧 적용 전 금액|크레딧 적용 전|크레딧을 적용하기 전|크레딧 적용하기 전|크레딧 차감 전|크레딧을 차감하기 전|크레딧 반영 전|크레딧 빼기 전|크레딧을 빼기 전|크레딧 제외 금액|크레딧 제외|크레딧 없이|크레딧을 뺀 금액|크레딧을 뺀|크레딧 뺀|적용 전 금액|적용 전|차감 전|반영 전|그로스",
    ),
    (
        Part::Net,
        "크레딧 적용 후 금액|크레딧 적용 후|크레딧을 적용한 후|크레딧 적용한 후|크레딧을 적용한 뒤|크레딧 차감 후|크레딧을 차감한 후|크레딧 반영 후|크레딧을 반영한 후|적용 후 금액|적용 후|차감 후|반영 후|순액|순금액|순비용|순청구액|순청구금액|실청구액|실제 청구액|실제 낸 금액|실제로 낸 금액|실제 낸 돈|남는 금액|남은 금액|최종 금액|최종 청구 금액|최종 청구액|크레딧 포함 금액|크레딧 포함",
    ),
    (Part::Credits, "크레딧 금액|크레딧액|크레딧|크레디트"),
    (Part::Usage, "사용 금액|사용금액|사용 비용|사용분|사용 요금|사용료"),
];

/// Puts one word for the amounts where `items` ask for two or more of them.
pub(in crate::understand) fn mark(text: &str, mut items: Vec<Item>) -> Vec<Item> {
    let lower = text.to_lowercase();
    let speaks = ["credit", "크레딧", "크레디트", "gross", "그로스"];
    let spoken = speaks.iter().any(|word| lower.contains(word));
    if !spoken || lower.len() != text.len() || items.iter().any(|item| compares(&item.meaning)) {
        return items;
    }
    let found = found(&lower);
    let mut amounts = Amounts::default();
    for (_, _, part) in &found {
        amounts.usage |= *part == Part::Usage;
        amounts.gross |= matches!(part, Part::Gross | Part::Both);
        amounts.credits |= *part == Part::Credits;
        amounts.net |= matches!(part, Part::Net | Part::Both);
    }
    // Usage stands for what credits are taken from where nothing else does.
    amounts.usage &= !amounts.gross && amounts.credits && amounts.net;
    if found.iter().all(|(.., part)| *part == Part::Net) {
        for (start, end, _) in found {
            items = net_alone(&lower, items, (start, end));
        }
        return items;
    }
    let of_credits = amounts.credits || lower.contains("credit") || lower.contains("크레딧");
    let sides = [amounts.usage || amounts.gross, amounts.credits, amounts.net];
    let several = sides.iter().filter(|asked| **asked).count() > 1;
    let told_apart = amounts.gross || amounts.net;
    if !(of_credits || (amounts.gross && amounts.net)) || !several || !told_apart {
        return items;
    }
    let Some((first, ..)) = found.first() else { return items };
    let covered = |item: &Item| {
        found.iter().any(|(start, end, part)| {
            (*part != Part::Usage || amounts.usage || amounts.gross)
                && item.start < *end
                && *start < item.end
        })
    };
    for item in &mut items {
        if covered(item) {
            item.meaning = Meaning::Filler;
        }
    }
    let place = items.iter_mut().find(|item| item.start >= *first && covered(item));
    if let Some(item) = place {
        item.meaning = Meaning::Beside(amounts);
    }
    items
}

// "the cost after credits", "크레딧 적용 후": what the bill says, once credits are taken off. The bare word may
// belong to a name or to a column.
fn net_alone(lower: &str, mut items: Vec<Item>, (start, end): (usize, usize)) -> Vec<Item> {
    let said = lower.get(start..end).unwrap_or_default();
    if !["credit", "적용", "차감", "반영"].iter().any(|word| said.contains(word)) {
        return items;
    }
    for item in &mut items {
        if item.start < end && start < item.end {
            item.meaning = Meaning::Filler;
        }
    }
    items
}

// Questions of one figure made from two of the amounts.
fn compares(meaning: &Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Share
            | Meaning::Times
            | Meaning::Difference
            | Meaning::PercentSign
            | Meaning::Relatively
            | Meaning::Why
            | Meaning::Change
            | Meaning::Rank(_)
            | Meaning::HowMany
            | Meaning::UnitPrice
            | Meaning::PricePer(_)
    )
}

// The phrases, in the order of the text; the longest at each place.
fn found(lower: &str) -> Vec<(usize, usize, Part)> {
    let mut found = Vec::new();
    let mut past = 0;
    let mut before = ' ';
    for (start, letter) in lower.char_indices() {
        let begins = !(before.is_ascii_alphanumeric() && letter.is_ascii_alphanumeric());
        before = letter;
        if start < past || !begins {
            continue;
        }
        let rest = lower.get(start..).unwrap_or_default();
        let names = SAID.iter().flat_map(|(part, names)| {
            names.split('|').filter_map(move |name| Some((spelled(rest, name)?, *part)))
        });
        if let Some((length, part)) = names.max_by_key(|(length, _)| *length) {
            past = start + length;
            found.push((start, past, part));
        }
    }
    found
}
