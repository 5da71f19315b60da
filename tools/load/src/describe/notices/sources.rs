//! What was noticed in names and in the files themselves.

use std::collections::{BTreeMap, BTreeSet};

use wherefore_contract::quality::{Notice, NoticeCode, Severity};

use super::{Draft, counted, some_of};
use crate::{describe::Content, layout::Layout, notes::SourceNotes};

const NAMED_DIMENSIONS: &[&str] = &["sub_account", "billing_account", "region"];

pub(super) fn of_names(content: &Content<'_>, notices: &mut Vec<Notice>) {
    for dimension in NAMED_DIMENSIONS {
        let mut by_name: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut by_id: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let stats = content.files.iter().filter_map(|(_, stats)| stats.names.get(*dimension));
        for (id, name) in stats.flatten() {
            by_name.entry(name).or_default().insert(id);
            by_id.entry(id).or_default().insert(name);
        }
        notices.extend(ambiguous(dimension, "name", "ids", &by_name));
        notices.extend(ambiguous(dimension, "id", "names", &by_id));
    }
}

fn ambiguous(
    dimension: &str,
    one: &str,
    many: &str,
    groups: &BTreeMap<&str, BTreeSet<&str>>,
) -> Option<Notice> {
    let several: Vec<_> = groups.iter().filter(|(_, others)| others.len() > 1).collect();
    if several.is_empty() {
        return None;
    }
    let named = several.iter().map(|(name, others)| {
        format!("`{name}` ({})", some_of(&others.iter().copied().collect::<Vec<_>>()))
    });
    let named: Vec<String> = named.collect();
    let subject = counted(several.len() as u64, &format!("{dimension} {one}"));
    let text = format!("{subject} with several {many}: {}", some_of(&named));
    let draft = Draft::new(NoticeCode::AmbiguousNames, Severity::Note, text).about(dimension);
    Some(draft.figure("count", several.len()).figure("one", one).done())
}

pub(super) fn of_files(content: &Content<'_>, notices: &mut Vec<Notice>) {
    for notes in content.files.iter().filter_map(|(_, stats)| stats.source.as_ref()) {
        of_cells(notes, notices);
        of_columns(notes, notices);
    }
}

fn of_cells(notes: &SourceNotes, notices: &mut Vec<Notice>) {
    let file = notes.file.as_str();
    for (column, (count, word)) in &notes.words {
        let text = format!(
            "{file}: no number in {} of {column}, e.g. `{word}`; read as absent",
            counted(*count, "cell")
        );
        let draft = Draft::new(NoticeCode::NotANumber, Severity::Warning, text);
        let draft = draft.about(column).in_file(file);
        notices.push(draft.figure("cells", count).figure("example", word).done());
    }
    for (column, count) in &notes.cut {
        let text = format!(
            "{file}: more than 18 decimals in {} of {column}; the rest was cut",
            counted(*count, "cell")
        );
        let draft = Draft::new(NoticeCode::TooManyDecimals, Severity::Note, text);
        notices.push(draft.about(column).in_file(file).figure("cells", count).done());
    }
    // A column of dates beside a column of moments is no mix; two spellings in one column are.
    let spellings: BTreeSet<&String> = notes.spellings.values().flatten().collect();
    let mixed: BTreeSet<&String> =
        notes.spellings.values().filter(|column| column.len() > 1).flatten().collect();
    if !mixed.is_empty() {
        let listed = mixed.iter().map(|text| text.as_str()).collect::<Vec<_>>().join(", ");
        let text =
            format!("{file}: moments are spelled in several ways ({listed}); all read as UTC");
        let draft = Draft::new(NoticeCode::MixedTimeSpellings, Severity::Note, text);
        notices.push(draft.in_file(file).figure("spellings", listed).done());
    } else if spellings.iter().any(|text| text.contains('/')) {
        let text = format!("{file}: dates such as 9/2/2023 are read month first");
        let draft = Draft::new(NoticeCode::MixedTimeSpellings, Severity::Note, text);
        notices.push(draft.in_file(file).done());
    }
    if notes.invalid_tags > 0 {
        let count = notes.invalid_tags;
        let text = format!(
            "{file}: tags that are no JSON object in {}; kept as text only",
            counted(count, "row")
        );
        let draft = Draft::new(NoticeCode::InvalidTags, Severity::Warning, text);
        notices.push(draft.about("tags").in_file(file).figure("rows", count).done());
    }
    if notes.split_cost_rows > 0 {
        let count = notes.split_cost_rows;
        let text = format!(
            "{file}: {count} split-cost rows were left out, because they repeat the cost of their node"
        );
        let draft = Draft::new(NoticeCode::SplitCostRows, Severity::Note, text);
        notices.push(draft.in_file(file).figure("rows", count).done());
    }
}

fn of_columns(notes: &SourceNotes, notices: &mut Vec<Notice>) {
    let file = notes.file.as_str();
    if !notes.unknown_columns.is_empty() {
        let count = notes.unknown_columns.len();
        let named: Vec<&str> = notes.unknown_columns.iter().map(String::as_str).collect();
        let text = format!(
            "{file}: left out {}, not of {}: {}",
            counted(count as u64, "column"),
            notes.layout,
            some_of(&named)
        );
        let draft = Draft::new(NoticeCode::UnknownColumns, Severity::Note, text);
        notices.push(draft.in_file(file).figure("columns", count).done());
    }
    let assumed = matches!(notes.layout, Layout::Cur2 | Layout::LegacyCur)
        && notes.absent.iter().any(|name| name == "line_item_currency_code");
    if assumed {
        let text = format!("{file}: no currency column; AWS reports are read as USD");
        let draft = Draft::new(NoticeCode::MissingMetric, Severity::Note, text);
        notices.push(draft.about("billing_currency").in_file(file).done());
    }
    if notes.surplus_tag_keys > 0 {
        let count = notes.surplus_tag_keys;
        let text =
            format!("{file}: {count} tags beyond the first 400 keys stay in the Tags text only");
        let draft = Draft::new(NoticeCode::InvalidTags, Severity::Note, text);
        notices.push(draft.about("tags").in_file(file).figure("tags", count).done());
    }
}
