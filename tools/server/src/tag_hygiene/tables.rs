//! Writes what was read of tags as tables of facts: keys, allocation, look-alikes, untagged cost.

use rust_decimal::Decimal;
use wherefore_analysis::tagging::{Spelling, TaggingRules, near};
use wherefore_contract::{
    table::{Column, ColumnKind},
    tool::FactTable,
    unit::Unit,
};

use super::read::{OfKey, Story, Untagged};
use crate::fact_table::{Row, cell, computed, text};

const SOURCE: &str = "computed:tagging";
// Shares are told to as many digits as the store gives them.
const SHARE_SCALE: u32 = 10;

/// `tag_keys` answers; without any key, the allocation does.
pub(super) fn tables(story: &Story, rules: &TaggingRules) -> Vec<FactTable> {
    let mut tables = vec![keys(story, rules), allocation(story, rules), near_values(story, rules)];
    tables.retain(|table| !table.table.rows.is_empty());
    tables.extend(story.untagged.iter().filter_map(|untagged| missing(story, untagged)));
    tables
}

// What several statements gave is run again by all of them.
fn table(
    story: &Story,
    name: &str,
    reads: &[&FactTable],
    columns: Vec<Column>,
    rows: Vec<Row>,
) -> FactTable {
    let statements: Vec<&str> = reads.iter().filter_map(|read| read.statement.as_deref()).collect();
    FactTable {
        statement: (!statements.is_empty()).then(|| statements.join(";\n\n")),
        parameters: reads.iter().flat_map(|read| read.parameters.clone()).collect(),
        period: story.read.period,
        filters: story.request.filters.clone(),
        data_as_of: story.read.data_as_of.clone(),
        complete: story.read.complete,
        ..computed(name, SOURCE, columns, rows)
    }
}

fn rows_of(name: &str) -> Column {
    Column::measure(name, Unit::Count("rows".to_owned()))
}

// Percent of a whole. What lies outside of it, because some charges are below zero, has no share in it.
fn share(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let within = whole > Decimal::ZERO && part >= Decimal::ZERO && part <= whole;
    let of = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    within.then(|| of.round_dp(SHARE_SCALE).normalize())
}

fn exact(value: Decimal) -> Option<String> {
    cell(value.normalize())
}

fn keys(story: &Story, rules: &TaggingRules) -> FactTable {
    let columns = vec![
        Column::dimension("like_key"),
        Column::dimension("tagging_key"),
        Column::measure("tagged_cost", story.money.clone()),
        Column::measure("cost_share", Unit::Percent),
        rows_of("tagged_rows"),
        Column::measure("row_share", Unit::Percent),
        Column::measure("tag_values", Unit::Count("distinct".to_owned())),
    ];
    let mut all: Vec<&OfKey> = story.keys.iter().filter(|key| !key.tagged.rows.is_zero()).collect();
    all.sort_by(|left, right| {
        right.tagged.cost.cmp(&left.tagged.cost).then_with(|| left.key.cmp(&right.key))
    });
    let spellings: Vec<Spelling> =
        all.iter().map(|key| Spelling { word: key.key.clone(), cost: key.tagged.cost }).collect();
    let alike = near(&spellings, rules);
    let row = |(at, key): (usize, &&OfKey)| -> Row {
        let like = alike.iter().find(|near| near.at == at).and_then(|near| all.get(near.like));
        vec![
            like.and_then(|like| cell(&like.key)),
            cell(&key.key),
            exact(key.tagged.cost),
            share(key.tagged.cost, story.all.cost).and_then(cell),
            exact(key.tagged.rows),
            share(key.tagged.rows, story.all.rows).and_then(cell),
            exact(key.distinct),
        ]
    };
    let rows = all.iter().enumerate().map(row).collect();
    let reads: Vec<&FactTable> =
        std::iter::once(&story.read).chain(story.keys.iter().map(|key| &key.read)).collect();
    table(story, "tag_keys", &reads, columns, rows)
}

fn allocation(story: &Story, rules: &TaggingRules) -> FactTable {
    let columns = vec![
        Column::dimension("allocation_keys"),
        Column::measure(story.request.measure.column_name(), story.money.clone()),
        Column::measure("allocated_cost", story.money.clone()),
        Column::measure("unallocated_cost", story.money.clone()),
        Column::measure("allocated_share", Unit::Percent),
        rows_of("unallocated_rows"),
        Column::measure("target_crawl", Unit::Percent),
        Column::measure("target_run", Unit::Percent),
        Column::dimension("stage"),
    ];
    // Without any tag nothing is allocated by tags.
    let unallocated = if story.owners.is_empty() { story.all } else { story.unallocated };
    let allocated = story.all.cost - unallocated.cost;
    let reached = share(allocated, story.all.cost);
    let row = vec![
        text(&story.owners.join(", ")),
        exact(story.all.cost),
        exact(allocated),
        exact(unallocated.cost),
        reached.and_then(cell),
        exact(unallocated.rows),
        exact(rules.targets.crawl),
        exact(rules.targets.run),
        reached.and_then(|reached| cell(rules.stage(reached).name())),
    ];
    let reads = [&story.read, &story.unallocated_read];
    table(story, "allocation", &reads, columns, vec![row])
}

fn near_values(story: &Story, rules: &TaggingRules) -> FactTable {
    let columns = vec![
        Column::dimension("tagging_key"),
        Column::dimension("likeness"),
        Column::dimension("like_value"),
        Column::dimension("tagging_value"),
        Column::measure("tagged_cost", story.money.clone()),
        rows_of("tagged_rows"),
    ];
    let mut found: Vec<(Decimal, Row)> = Vec::new();
    let mut reads: Vec<&FactTable> = Vec::new();
    for key in &story.keys {
        let spellings: Vec<Spelling> = key.values.iter().map(|(own, _)| own.clone()).collect();
        let before = found.len();
        for near in near(&spellings, rules) {
            let (Some((own, rows)), Some((like, _))) =
                (key.values.get(near.at), key.values.get(near.like))
            else {
                continue;
            };
            let row = vec![
                cell(&key.key),
                cell(near.by.name()),
                cell(&like.word),
                cell(&own.word),
                exact(own.cost),
                exact(*rows),
            ];
            found.push((own.cost, row));
        }
        reads.extend((found.len() > before).then_some(&key.read));
    }
    found.sort_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.cmp(&right.1)));
    let rows = found.into_iter().map(|(_, row)| row).collect();
    table(story, "near_values", &reads, columns, rows)
}

// The largest first; what is below zero is nothing to tag.
fn missing(story: &Story, untagged: &Untagged) -> Option<FactTable> {
    let read = &untagged.read;
    let cost = story.request.measure.column_name();
    let names: Vec<&Column> =
        read.table.columns.iter().filter(|column| column.kind != ColumnKind::Measure).collect();
    let mut rows: Vec<(Decimal, Row)> = (0..read.table.rows.len())
        .filter_map(|row| {
            let own = read.table.number(row, &cost).filter(|own| *own > Decimal::ZERO)?;
            let mut cells: Row = names
                .iter()
                .map(|column| read.table.text(row, &column.name).map(str::to_owned))
                .collect();
            cells.extend([
                exact(own),
                share(own, story.unallocated.cost).and_then(cell),
                read.table.number(row, "rows").and_then(exact),
            ]);
            Some((own, cells))
        })
        .collect();
    rows.sort_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.cmp(&right.1)));
    let rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
    let mut columns: Vec<Column> = names.into_iter().cloned().collect();
    columns.extend([
        Column::measure("untagged_cost", story.money.clone()),
        Column::measure("untagged_share", Unit::Percent),
        rows_of("untagged_rows"),
    ]);
    let name = format!("untagged_{}", untagged.of);
    (!rows.is_empty()).then(|| table(story, &name, &[read], columns, rows))
}
