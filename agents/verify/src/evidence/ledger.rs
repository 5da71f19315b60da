//! Looks up the cells that spans point at.

use std::collections::BTreeMap;

use wherefore_contract::{
    Decimal,
    evidence::{Evidence, Fact, FactRef},
    filter::{Filter, FilterOp},
    period::Period,
    table::{Column, ColumnKind},
};

use crate::render;

/// The evidence of one question by its id.
#[derive(Debug, Clone)]
pub(crate) struct Ledger<'a> {
    by_id: BTreeMap<&'a str, &'a Evidence>,
}

/// What a measure column stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A level, e.g. a cost in a month.
    Level,
    /// A change between two periods: shown with its sign or beside a direction.
    Change,
    /// A part of a change, positive or negative, e.g. an effect of a bridge.
    Part,
    /// A share of a whole.
    Share,
}

pub(crate) fn role(column: &str) -> Role {
    match column {
        "amount" | "unit_amount" | "residual" => Role::Part,
        "share" | "main_share" | "share_of_change" => Role::Share,
        name if name.starts_with("cumulative") || name.ends_with("_share") => Role::Share,
        "change"
        | "change_low"
        | "change_high"
        | "change_percent"
        | "change_per_day"
        | "change_per_day_percent" => Role::Change,
        name if name.ends_with("_change") || name.ends_with("_change_percent") => Role::Change,
        _ => Role::Level,
    }
}

/// Whether figures of a column do not add up although their unit does: an extreme, a rate, a total so far, the end of
/// an interval.
pub(crate) fn stands_alone(column: &str) -> bool {
    let base = render::base_measure(column);
    matches!(base, "running_total" | "low" | "high")
        || base.ends_with("per_day")
        || base.ends_with("_scaled")
        || render::is_folded(base)
        || ["max_", "min_", "mean_", "median_"].iter().any(|prefix| base.starts_with(prefix))
        || base.split(['_', '.', '-']).any(is_statistic)
}

// Words of other programs for what is no amount: their columns are named as they like.
fn is_statistic(word: &str) -> bool {
    let quantile = word.strip_prefix(['p', 'P']).is_some_and(|digits| {
        (2..=4).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit())
    });
    quantile
        || ["avg", "average", "minimum", "maximum", "percentile", "stddev", "rate", "ratio"]
            .iter()
            .any(|known| word.eq_ignore_ascii_case(known))
}

impl<'a> Ledger<'a> {
    pub(crate) fn new(evidence: &'a [Evidence]) -> Self {
        let mut by_id = BTreeMap::new();
        for piece in evidence {
            by_id.entry(piece.id.as_str()).or_insert(piece);
        }
        Self { by_id }
    }

    pub(crate) fn evidence(&self, id: &str) -> Option<&'a Evidence> {
        self.by_id.get(id).copied()
    }

    /// The ids that there are, for a message.
    pub(crate) fn ids(&self) -> String {
        let ids: Vec<&str> = self.by_id.keys().copied().collect();
        if ids.is_empty() { "none".to_owned() } else { ids.join(", ") }
    }

    pub(crate) fn fact(&self, at: &FactRef) -> Option<Fact> {
        self.evidence(&at.evidence)?.fact(at.row, &at.column)
    }

    pub(crate) fn column(&self, at: &FactRef) -> Option<&'a Column> {
        self.evidence(&at.evidence)?.facts.table.column(&at.column)
    }

    /// The measure a cell belongs to; a change, a share and a part belong to the first measure, the change of a
    /// daily amount to the first daily one.
    pub(crate) fn measure(&self, at: &FactRef) -> String {
        let base = render::base_measure(&at.column);
        if role(&at.column) == Role::Level {
            return base.to_owned();
        }
        self.evidence(&at.evidence)
            .and_then(|evidence| {
                let daily = at.column.starts_with("change_per_day");
                let mut columns = evidence.facts.table.columns.iter();
                columns.find(|c| {
                    c.kind == ColumnKind::Measure
                        && role(&c.name) == Role::Level
                        && (!daily || render::base_measure(&c.name).ends_with("per_day"))
                })
            })
            .map_or_else(|| base.to_owned(), |first| render::base_measure(&first.name).to_owned())
    }
}

/// The columns that say what a row is about; a column that only holds the unit is not one of them.
pub(crate) fn naming_columns(evidence: &Evidence) -> impl Iterator<Item = &Column> {
    let table = &evidence.facts.table;
    let holds_unit =
        |name: &str| table.columns.iter().any(|c| c.unit_column.as_deref() == Some(name));
    table
        .columns
        .iter()
        .filter(move |column| column.kind != ColumnKind::Measure && !holds_unit(&column.name))
}

/// Whether a value of this evidence needs the name of its row beside it.
pub(crate) fn needs_names(evidence: &Evidence) -> bool {
    evidence.facts.table.rows.len() > 1 && naming_columns(evidence).next().is_some()
}

/// All periods that this evidence speaks of.
pub(crate) fn periods(evidence: &Evidence) -> Vec<Period> {
    let table = &evidence.facts.table;
    let mut periods: Vec<Period> = evidence.facts.period.into_iter().collect();
    periods.extend(table.columns.iter().filter_map(|column| column.period));
    periods.extend((0..table.rows.len()).filter_map(|row| evidence.row_period(row)));
    periods.extend(
        evidence
            .arguments
            .values()
            .filter_map(|value| serde_json::from_value::<Period>(value.clone()).ok()),
    );
    periods
}

/// The numbers of a column with their rows.
pub(crate) fn numbers(evidence: &Evidence, column: &str) -> Vec<(usize, Decimal)> {
    let table = &evidence.facts.table;
    (0..table.rows.len()).filter_map(|row| Some((row, table.number(row, column)?))).collect()
}

/// The words of the filters that a reader must see somewhere.
pub(crate) fn filter_words(filter: &Filter) -> Vec<String> {
    match filter.op {
        FilterOp::IsNull | FilterOp::NotNull => vec![filter.dimension.name()],
        FilterOp::In | FilterOp::NotIn | FilterOp::Contains | FilterOp::NotContains => {
            filter.values.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extremes_rates_and_totals_so_far_do_not_add_up() {
        for column in [
            "running_total",
            "max_billed_cost",
            "mean_list_cost_from",
            "billed_cost_per_day_to",
            "rows_per_day",
            "per_day",
            "high",
            "avg_latency",
            "Datapoints.Average",
            "latency.p99",
        ] {
            assert!(stands_alone(column), "{column}");
        }
        for column in ["billed_cost", "billed_cost_to", "change", "expected", "actual_to_date"] {
            assert!(!stands_alone(column), "{column}");
        }
    }
}
