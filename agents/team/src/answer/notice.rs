//! Notices about loaded data that qualify the figures of an answer become its gaps.

use std::collections::{BTreeMap, BTreeSet};

use wherefore_contract::{
    answer::Status,
    cost::Measure,
    draft::{Draft, DraftGap, Sentence, Span},
    evidence::{Evidence, FactRef},
    quality::{Notice, NoticeCode, Severity},
    question::Language,
};

use super::{notice_text, remap, words};

/// The table of `describe_cost_data` that holds every notice, one or more rows each.
const NOTICES_TABLE: &str = "notices";
/// The table of `describe_cost_data` that lists what is loaded of each bill.
const PERIODS_TABLE: &str = "periods";
/// So many bills are named in one gap; the rest are "others". They stand in the data report.
const SOURCE_LIMIT: usize = 3;

/// The gaps for every notice that changes how a figure of the answer is to be read. Tools attach to
/// their evidence the notices that touch what they read, so the evidence that an answer uses decides.
pub(crate) fn gaps(draft: &Draft, evidence: &[Evidence], language: Language) -> Vec<DraftGap> {
    let used = remap::used(draft);
    let touched: BTreeSet<&Notice> = evidence
        .iter()
        .filter(|entry| used.contains(&entry.id))
        .flat_map(|entry| &entry.notices)
        .filter(|notice| notice.severity >= Severity::Warning)
        .collect();
    let mut groups: BTreeMap<(NoticeCode, &str), Vec<&Notice>> = BTreeMap::new();
    for notice in touched {
        groups.entry((notice.code, notice.subject.as_str())).or_default().push(notice);
    }
    groups.into_values().filter_map(|group| gap(&group, evidence, language)).collect()
}

/// Whether a figure that such a notice touches is less than it claims to be: the answer is partial.
pub(crate) fn makes_partial(draft: &Draft, evidence: &[Evidence]) -> bool {
    let used = remap::used(draft);
    draft.status == Status::Answered
        && evidence.iter().filter(|entry| used.contains(&entry.id)).any(|entry| {
            entry.notices.iter().any(|notice| match notice.severity {
                Severity::Note => false,
                Severity::Warning => {
                    matches!(notice.code, NoticeCode::MissingDays | NoticeCode::PartialPeriod)
                }
                Severity::Bar => true,
            })
        })
}

/// One gap for notices that differ only in where they were seen and in their billing period.
fn gap(group: &[&Notice], evidence: &[Evidence], language: Language) -> Option<DraftGap> {
    let first = group.first()?;
    let mut labels: Vec<Span> = Vec::new();
    match first.subject.parse::<Measure>() {
        Ok(measure) => labels.extend(notice_text::measure(&measure, language).map(words::text)),
        Err(_) => labels.extend(cell(first, "subject", evidence)),
    }
    let mut seen = BTreeSet::new();
    let mut bills: Vec<Span> = group
        .iter()
        .filter(|notice| seen.insert(shown_source(notice, evidence)))
        .filter_map(|notice| {
            provider(notice, evidence).or_else(|| cell(notice, "source", evidence))
        })
        .collect();
    if bills.len() > SOURCE_LIMIT {
        bills.truncate(SOURCE_LIMIT);
        bills.push(words::text(notice_text::others(language)));
    }
    labels.append(&mut bills);
    let months: BTreeSet<_> = group.iter().map(|notice| notice.billing_period).collect();
    if months.len() == 1 {
        labels.extend(cell(first, "billing_period", evidence));
    }
    let mut spans = vec![words::text(notice_text::sentence(first.code, language))];
    for (index, label) in labels.into_iter().enumerate() {
        spans.push(words::text(if index == 0 { ": " } else { ", " }));
        spans.push(label);
    }
    spans.push(words::text("."));
    let effect = notice_text::effect(first.code, language);
    Some(DraftGap {
        code: notice_text::code(first.code),
        source: notice_text::source(first.code).to_owned(),
        sentence: Sentence(spans),
        effect: if effect.is_empty() { Sentence::default() } else { words::sentence(effect) },
    })
}

/// Where a notice was seen, as a reader is told it.
fn shown_source<'a>(notice: &'a Notice, evidence: &'a [Evidence]) -> &'a str {
    provider_cell(notice, evidence)
        .and_then(|(entry, row)| entry.facts.table.text(row, "provider"))
        .unwrap_or(notice.source.as_str())
}

/// The provider of the bill that a notice is about: readers know it better than the billing account.
fn provider(notice: &Notice, evidence: &[Evidence]) -> Option<Span> {
    let (entry, row) = provider_cell(notice, evidence)?;
    Some(Span::Name { fact: FactRef::new(entry.id.clone(), row, "provider") })
}

fn provider_cell<'a>(notice: &Notice, evidence: &'a [Evidence]) -> Option<(&'a Evidence, usize)> {
    evidence.iter().filter(|entry| entry.facts.name == PERIODS_TABLE).find_map(|entry| {
        let table = &entry.facts.table;
        let row = (0..table.rows.len()).find(|row| {
            let text = |column: &str| table.text(*row, column).unwrap_or_default();
            let (provider, account) = (text("provider"), text("billing_account"));
            !provider.is_empty() && notice.source == format!("{provider} {account}")
        })?;
        Some((entry, row))
    })
}

/// The cell of the table of notices that holds a part of this one; `None` when it was not read.
fn cell(notice: &Notice, column: &str, evidence: &[Evidence]) -> Option<Span> {
    let code = notice_text::code(notice.code);
    let month = notice.billing_period.map(|day| day.to_string());
    let is = |cell: Option<&str>, expected: &str| cell.unwrap_or_default() == expected;
    evidence.iter().filter(|entry| entry.facts.name == NOTICES_TABLE).find_map(|entry| {
        let table = &entry.facts.table;
        let row = (0..table.rows.len()).find(|row| {
            is(table.text(*row, "code"), &code)
                && is(table.text(*row, "subject"), &notice.subject)
                && is(table.text(*row, "source"), &notice.source)
                && is(table.text(*row, "billing_period"), month.as_deref().unwrap_or_default())
        })?;
        let filled = table.text(row, column).is_some_and(|text| !text.is_empty());
        filled.then(|| Span::Name { fact: FactRef::new(entry.id.clone(), row, column) })
    })
}
