//! What lies between billed and effective cost, line by line: the parts add up to the difference.

use std::collections::BTreeMap;

use wherefore_contract::{
    Decimal,
    cost::{CostMetric, CostQuery, Measure},
    dimension::{Dimension, FocusDimension},
    quality::CostDescription,
    table::{Column, Table},
    tool::FactTable,
};

use super::{Args, bases::Standing};
use crate::{
    fact_table::{Row, cell, computed},
    operating::is_filled,
};

/// Why a charge costs one amount in cash and another once fees are spread over what they pay for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Line {
    /// Paid at once for a term: nothing of it belongs to the line itself.
    UpfrontFees,
    /// The fee of a period, of which only what nobody used stays on the line.
    RecurringFees,
    /// Usage that commitments pay for: it carries its part of the fees.
    CoveredUsage,
    /// What was committed and not used.
    UnusedCommitment,
    /// Any other charge whose two costs differ.
    OtherCharges,
    /// Charges whose two costs are the same.
    SameOnBoth,
}

impl Line {
    fn name(self) -> &'static str {
        match self {
            Self::UpfrontFees => "upfront_fees",
            Self::RecurringFees => "recurring_fees",
            Self::CoveredUsage => "covered_usage",
            Self::UnusedCommitment => "unused_commitment",
            Self::OtherCharges => "other_charges",
            Self::SameOnBoth => "same_on_both",
        }
    }
}

// What tells the lines apart, as far as the bills hold it.
const TOLD_BY: [FocusDimension; 5] = [
    FocusDimension::LineItemType,
    FocusDimension::ChargeCategory,
    FocusDimension::ChargeFrequency,
    FocusDimension::CommitmentDiscountStatus,
    FocusDimension::CommitmentDiscountType,
];

pub(super) fn query(args: &Args, description: &CostDescription) -> CostQuery {
    let told = TOLD_BY.map(Dimension::Column);
    CostQuery {
        measures: vec![Measure::BilledCost, Measure::EffectiveCost],
        dimensions: told.into_iter().filter(|one| is_filled(description, one)).collect(),
        filters: args.filters.clone(),
        period: args.period,
        ..CostQuery::total(Measure::BilledCost)
    }
}

// Line types of AWS where the report has them, else the FOCUS columns that say the same.
fn line_of(table: &Table, row: usize) -> Line {
    let text = |column: FocusDimension| table.text(row, column.name()).unwrap_or_default();
    match text(FocusDimension::LineItemType) {
        "SavingsPlanUpfrontFee" | "Fee" => return Line::UpfrontFees,
        "SavingsPlanRecurringFee" | "RIFee" => return Line::RecurringFees,
        "SavingsPlanCoveredUsage" | "SavingsPlanNegation" | "DiscountedUsage" => {
            return Line::CoveredUsage;
        }
        _ => {}
    }
    let is = |column: FocusDimension, word: &str| text(column).eq_ignore_ascii_case(word);
    if is(FocusDimension::ChargeCategory, "Purchase") {
        let recurring = is(FocusDimension::ChargeFrequency, "Recurring");
        return if recurring { Line::RecurringFees } else { Line::UpfrontFees };
    }
    if is(FocusDimension::CommitmentDiscountStatus, "Used") {
        return Line::CoveredUsage;
    }
    if is(FocusDimension::CommitmentDiscountStatus, "Unused") {
        return Line::UnusedCommitment;
    }
    Line::OtherCharges
}

/// One row a line with both costs and effective less billed; `None` where either cannot be used.
pub(super) fn table(lines: &FactTable, standings: &[Standing]) -> Option<FactTable> {
    let shown = |metric| Standing::is_shown_of(standings, metric);
    if !shown(CostMetric::Billed) || !shown(CostMetric::Effective) {
        return None;
    }
    let read = &lines.table;
    let [billed, effective] =
        [Measure::BilledCost, Measure::EffectiveCost].map(|measure| measure.column_name());
    let currency = read.column("billing_currency").is_some();
    let mut sums: BTreeMap<(Option<String>, Line), (Decimal, Decimal)> = BTreeMap::new();
    for row in 0..read.rows.len() {
        let [cash, spread] =
            [&billed, &effective].map(|name| read.number(row, name).unwrap_or_default());
        let line = match line_of(read, row) {
            line if cash == spread && line != Line::CoveredUsage => Line::SameOnBoth,
            line => line,
        };
        let of = read.text(row, "billing_currency").filter(|_| currency).map(str::to_owned);
        let sum = sums.entry((of, line)).or_default();
        sum.0 = sum.0.checked_add(cash)?;
        sum.1 = sum.1.checked_add(spread)?;
    }
    let rows: Option<Vec<Row>> = sums
        .into_iter()
        .map(|((of, line), (cash, spread))| {
            let mut cells = vec![cell(line.name())];
            cells.extend(currency.then_some(of));
            cells
                .extend([cash, spread, spread.checked_sub(cash)?].map(|sum| cell(sum.normalize())));
            Some(cells)
        })
        .collect();
    let own = |name: &str| read.column(name).cloned();
    let gap = own(&billed).map(|column| Column { name: "difference".to_owned(), ..column })?;
    let columns = std::iter::once(Column::dimension("cost_line"))
        .chain(own("billing_currency"))
        .chain([own(&billed)?, own(&effective)?, gap])
        .collect();
    let mut table = computed("lines", &lines.source, columns, rows?);
    table.statement.clone_from(&lines.statement);
    table.parameters.clone_from(&lines.parameters);
    table.period = lines.period;
    table.filters.clone_from(&lines.filters);
    table.data_as_of.clone_from(&lines.data_as_of);
    table.complete = lines.complete;
    Some(table)
}
