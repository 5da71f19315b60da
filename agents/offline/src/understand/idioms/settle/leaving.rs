//! Words that leave something out, or take it in.

use wherefore_contract::dimension::Dimension;

use super::{
    super::super::word::{Item, Meaning, When, WhenKind},
    after, before, is_korean, slice, word,
};

// "without a region", "태그 없이": charges that hold no value there.
pub(super) fn lacking(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let thing = |item: &Item| matches!(item.meaning, Meaning::Dimension(_) | Meaning::Tag);
    let named = |item: &Item| matches!(item.meaning, Meaning::Entity(_) | Meaning::Category(_));
    let next = after(items, at).filter(|next| thing(next));
    let beyond = next.and_then(|next| {
        let index = items.iter().position(|item| item == next)?;
        after(items, index)
    });
    let last = before(items, at).filter(|prior| thing(prior));
    let earlier = last.and_then(|prior| {
        let index = items.iter().position(|item| item == prior)?;
        before(items, index)
    });
    let english = next.is_some() && !beyond.is_some_and(named);
    let korean = last.is_some()
        && after(items, at).is_none_or(|next| !named(next))
        && !earlier.is_some_and(named);
    let spoken = slice(text, items.get(at)?);
    let english = english && spoken.is_ascii();
    let korean = korean && next.is_none() && spoken == "없이";
    (english || korean).then_some(Meaning::Without)
}

// "remove the instance" asks for an action; "remove the credits" and "credits removed" leave out.
pub(super) fn removing(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let verb = matches!(word(text, items.get(at)?).as_str(), "remove" | "take out");
    let costs =
        items.iter().any(|item| matches!(item.meaning, Meaning::Cost | Meaning::Measure(_)));
    let kinds = items.iter().any(|item| matches!(item.meaning, Meaning::Category(_)));
    (verb && !costs && !kinds).then_some(Meaning::Write)
}

// "9월 비용에서 8월 비용 빼면": two times, one less the other.
pub(super) fn subtracted(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let slight = |item: &&Item| {
        matches!(
            item.meaning,
            Meaning::Filler | Meaning::Particle | Meaning::Cost | Meaning::From | Meaning::Open
        )
    };
    // Korean takes away what stands before the word, English what follows it.
    let taken = if is_korean(text, items.get(at)?) {
        items.get(..at)?.iter().rev().find(|item| !slight(item))
    } else {
        items.get(at + 1..)?.iter().find(|item| !slight(item))
    };
    let period = |item: &Item| match &item.meaning {
        Meaning::When(When { kind: WhenKind::Period(period), .. }) => Some(*period),
        _ => None,
    };
    let taken = taken.and_then(period)?;
    let others: Vec<_> = items.iter().filter_map(period).filter(|one| *one != taken).collect();
    // "September without 10 September": a part of it is left out.
    let within = others.iter().any(|other| other.contains(taken));
    (!others.is_empty() && !within).then_some(Meaning::Difference)
}

// "no credits", "credits not counted".
pub(super) fn leaving_out(items: &[Item], at: usize) -> Option<Meaning> {
    let kind = |item: &Item| matches!(item.meaning, Meaning::Category(_) | Meaning::Entity(_));
    let near = after(items, at).is_some_and(kind);
    near.then_some(Meaning::Exclude)
}

// "(no app tag)", "no team tag": the key of a tag and its word, which are lacked.
pub(super) fn untagged(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let bare = word(text, items.get(at)?) == "no";
    let mut near = items.get(at + 1..)?.iter().take(3);
    let key = near.next().is_some_and(|item| {
        matches!(item.meaning, Meaning::Dimension(Dimension::Tag(_)) | Meaning::Tag)
    });
    (bare && key).then_some(Meaning::Without)
}

// "including what has no tag", "태그 없는 것도": taken in, not asked for alone.
pub(super) fn taken_in(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let english = items
        .get(at.saturating_sub(5)..at)?
        .iter()
        .any(|item| matches!(word(text, item).as_str(), "including" | "include" | "even" | "also"));
    let stays = items.get(at + 1..)?.iter().take(5).any(|item| {
        matches!(
            word(text, item).as_str(),
            "stay" | "stays" | "remain" | "included" | "too" | "as well" | "also"
        )
    });
    let rest = text.get(items.get(at)?.end..).unwrap_or_default().trim_start().to_lowercase();
    let apart = ["as its own", "as their own", "as a separate", "as one row", "as a row"]
        .iter()
        .any(|words| rest.contains(words));
    let english = english || stays || apart;
    let korean = items.get(at + 1..)?.iter().take(4).any(|item| {
        let spoken = slice(text, item);
        spoken == "도"
            || spoken.starts_with("포함")
            || matches!(spoken, "따로" | "별도" | "별도로" | "한줄로")
    });
    (english || korean).then_some(Meaning::Filler)
}

// "before the promotional credit", "regions after us-east-1": left out, no time.
pub(super) fn around(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let spoken = word(text, items.get(at)?);
    let next = after(items, at)?;
    let credit = spoken == "before" && matches!(next.meaning, Meaning::Category(_));
    let ranked =
        items.iter().any(|item| matches!(item.meaning, Meaning::Rank(_) | Meaning::Sort(_)));
    let rest = spoken == "after" && ranked && matches!(next.meaning, Meaning::Entity(_));
    (credit || rest).then_some(Meaning::Exclude)
}

// "leave the untagged out", "take credits out": what stands between is left out.
pub(super) fn parted(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let verb = matches!(
        word(text, items.get(at)?).as_str(),
        "leave"
            | "leaves"
            | "leaving"
            | "take"
            | "taking"
            | "filter"
            | "filtering"
            | "keep"
            | "cut"
            | "drop"
    );
    let out = items.get(at + 1..)?.iter().take(8).any(|item| word(text, item) == "out");
    let named = items.get(at + 1..)?.iter().take(6).any(|item| {
        matches!(item.meaning, Meaning::Category(_) | Meaning::Entity(_) | Meaning::Without)
    });
    (verb && out && named).then_some(Meaning::Exclude)
}

// "carried an app tag", "has a team tag": a value stands there.
pub(super) fn carrying(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let verb = matches!(
        word(text, items.get(at)?).as_str(),
        "carry"
            | "carries"
            | "carried"
            | "carrying"
            | "has"
            | "have"
            | "had"
            | "having"
            | "bears"
            | "bear"
    );
    let article = items.get(at + 1).is_some_and(|next| {
        matches!(word(text, next).as_str(), "a" | "an" | "any" | "the" | "some")
    });
    let next = after(items, at)?;
    let key = matches!(next.meaning, Meaning::Dimension(Dimension::Tag(_)) | Meaning::Tag);
    (verb && article && key).then_some(Meaning::With)
}

// "app tag coverage", "team 태그 커버리지": the share of what holds a value.
pub(super) fn covered_by_tags(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let spoken = word(text, items.get(at)?);
    let noun = matches!(
        spoken.as_str(),
        "coverage"
            | "coverage rate"
            | "compliance"
            | "커버리지"
            | "커버율"
            | "부착률"
            | "부착율"
            | "적용률"
            | "적용율"
            | "준수율"
    );
    let of_tag = |item: &Item| {
        matches!(item.meaning, Meaning::Tag | Meaning::With | Meaning::Dimension(Dimension::Tag(_)))
    };
    let tagged = before(items, at).is_some_and(of_tag);
    (noun && tagged).then_some(Meaning::Share)
}

// The word "tag" before it says what is covered.
pub(super) fn covering_tag(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let next = items.iter().skip(at + 1).position(|item| super::carries(&item.meaning))? + at + 1;
    let covered = covered_by_tags(text, items, next).is_some();
    covered.then_some(Meaning::With)
}

// "as its own row": a row of the answer, not of the bill.
pub(super) fn row_of_its_own(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let prior = at.checked_sub(1).and_then(|prior| items.get(prior))?;
    matches!(word(text, prior).as_str(), "own" | "separate" | "one" | "single")
        .then_some(())
        .filter(|()| {
            items.get(..at).is_some_and(|ahead| {
                ahead.iter().rev().take(4).any(|item| word(text, item) == "as")
            })
        })
        .map(|()| Meaning::Filler)
}
