//! Evidence as a Markdown table in which every cell carries its claim.

use wherefore_contract::{
    answer::Claim,
    draft::{DraftResult, DraftTable, FactOrCalc, Format},
    evidence::{Evidence, FactRef},
    question::Language,
    table::{Column, ColumnKind},
};

use crate::{
    calc::{Figure, is_change, op_name},
    document::Written,
    ledger::{Ledger, Role, role},
    number, render,
    resolve::{Kind, Piece, Style, calculation, plain, shown_name},
};

/// Rows of a table that are written out; the evidence holds the rest.
const ROWS_SHOWN: usize = 40;

/// The columns to show, in the order asked for; all of them when none is named.
pub(crate) fn columns<'a>(
    evidence: &'a Evidence,
    names: &[String],
) -> Result<Vec<&'a Column>, String> {
    let table = &evidence.facts.table;
    if names.is_empty() {
        return Ok(table.columns.iter().collect());
    }
    names
        .iter()
        .map(|name| {
            table.column(name).ok_or_else(|| format!("{} has no column `{name}`", evidence.id))
        })
        .collect()
}

/// Whether an answer without figures may show the table: what is loaded may be listed, costs not.
pub(crate) fn holds_figures(table: &DraftTable, ledger: &Ledger) -> bool {
    ledger.evidence(&table.evidence).is_some_and(|evidence| {
        let columns = columns(evidence, &table.columns).unwrap_or_default();
        let measures = columns.iter().any(|column| column.kind == ColumnKind::Measure);
        measures && evidence.tool != "describe_cost_data" && evidence.tool != "list_workloads"
    })
}

/// The table, or why it cannot be shown.
pub(crate) fn markdown(
    table: &DraftTable,
    ledger: &Ledger,
    style: Style,
) -> Result<Written, String> {
    let evidence = ledger
        .evidence(&table.evidence)
        .ok_or_else(|| format!("there is no evidence `{}`", table.evidence))?;
    let columns = columns(evidence, &table.columns)?;
    let names_missing = crate::ledger::needs_names(evidence)
        && !columns.iter().any(|column| column.kind != ColumnKind::Measure);
    if names_missing || columns.is_empty() {
        return Err(format!("a table of {} needs the column that names its rows", evidence.id));
    }
    let mut out = Written::words("|");
    for column in &columns {
        out.push(" ");
        push_head(&mut out, evidence, column, style.language);
        out.push(" |");
    }
    out.push("\n|");
    for column in &columns {
        out.push(if column.kind == ColumnKind::Measure { " ---: |" } else { " --- |" });
    }
    for row in 0..evidence.facts.table.rows.len().min(ROWS_SHOWN) {
        out.push("\n|");
        for column in &columns {
            out.push(" ");
            let at = FactRef::new(evidence.id.as_str(), row, column.name.as_str());
            out.push_piece(&cell(ledger, at, column, style));
            out.push(" |");
        }
    }
    if evidence.facts.table.rows.len() > ROWS_SHOWN {
        out.push("\n|");
        out.push(&" … |".repeat(columns.len()));
    }
    Ok(out)
}

/// The rows of a result that code computed, as a table: what evidence alone does not show, such as
/// shares month by month. `None` for one row, and where a row speaks of several rows of evidence.
pub(crate) fn of_cells(result: &DraftResult, ledger: &Ledger, style: Style) -> Option<Written> {
    let DraftResult::Cells { columns, rows } = result else { return None };
    let first = rows.first().filter(|_| rows.len() > 1)?;
    if rows.iter().any(|row| !of_one_row(row)) {
        return None;
    }
    let mut out = Written::words("|");
    for (name, cell) in columns.iter().zip(first) {
        out.push(" ");
        push_cell_head(&mut out, name, cell, ledger, style.language)?;
        out.push(" |");
    }
    out.push("\n|");
    for cell in first {
        let named = matches!(cell, FactOrCalc::Fact(at)
            if ledger.column(at).is_some_and(|column| column.kind != ColumnKind::Measure));
        out.push(if named { " --- |" } else { " ---: |" });
    }
    for row in rows.iter().take(ROWS_SHOWN) {
        out.push("\n|");
        for cell in row {
            out.push(" ");
            out.push_piece(&match cell {
                FactOrCalc::Fact(at) => self::cell(ledger, at.clone(), ledger.column(at)?, style),
                FactOrCalc::Calc { op, facts } => {
                    let format = if is_change(*op) { Format::Signed } else { Format::Auto };
                    calculation(ledger, *op, facts, format, style).ok()?
                }
            });
            out.push(" |");
        }
    }
    if rows.len() > ROWS_SHOWN {
        out.push("\n|");
        out.push(&" … |".repeat(columns.len()));
    }
    Some(out)
}

// Every cell takes its figure, or the first of them, from one row of one piece of evidence.
fn of_one_row(row: &[FactOrCalc]) -> bool {
    let mut own = row.iter().filter_map(|cell| cell.facts().first());
    let first = own.next();
    first.is_some_and(|first| own.all(|at| at.evidence == first.evidence && at.row == first.row))
}

fn push_cell_head(
    out: &mut Written,
    name: &str,
    cell: &FactOrCalc,
    ledger: &Ledger,
    language: Language,
) -> Option<()> {
    match cell {
        FactOrCalc::Fact(at) => {
            push_head(out, ledger.evidence(&at.evidence)?, ledger.column(at)?, language);
        }
        FactOrCalc::Calc { op, .. } => {
            let own = render::own_head(name, language).map(|shown| (name, shown));
            let (name, shown) = own
                .or_else(|| render::own_head(op_name(*op), language).map(|s| (op_name(*op), s)))?;
            out.push_claim(shown, "head", Some(name.to_owned()), &[]);
        }
    }
    Some(())
}

fn push_head(out: &mut Written, evidence: &Evidence, column: &Column, language: Language) {
    let start = out.text.len();
    let shown = render::head(column, language);
    out.push(&shown);
    out.claims.push(Claim {
        at: (start, out.text.len()),
        shown,
        kind: "column".to_owned(),
        facts: Vec::new(),
        op: None,
        exact: Some(format!("{}/{}", evidence.id, column.name)),
        format: None,
        scale: None,
    });
}

/// How a cell of a table is shown: changes and parts of changes with their sign.
fn cell(ledger: &Ledger, at: FactRef, column: &Column, style: Style) -> Piece {
    if column.kind != ColumnKind::Measure {
        let shown = shown_name(ledger, &at, style.language).unwrap_or_default();
        return Piece { facts: vec![at], ..plain(shown, Kind::Name) };
    }
    let Some(fact) = ledger.fact(&at) else {
        return plain("–".to_owned(), Kind::Text);
    };
    let format = match role(&column.name) {
        Role::Change | Role::Part => Format::Signed,
        Role::Level | Role::Share => Format::Auto,
    };
    Piece {
        shown: number::scaled(fact.value, &fact.unit, format, style.scale, style.language),
        facts: vec![at],
        format: Some(format),
        scale: style.scale,
        exact: Some(fact.value.to_string()),
        kind: Kind::Fact {
            figure: Figure {
                value: fact.value,
                unit: fact.unit,
                periods: fact.period.into_iter().collect(),
                complete: fact.complete,
            },
        },
    }
}
