//! The direct answer for machines, taken from evidence cell by cell.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use wherefore_contract::{
    answer::{AnswerResult, Claim, ResultKind},
    draft::{CalcOp, DraftResult, FactOrCalc},
    evidence::FactRef,
    table::{Column, ColumnKind},
    unit::Unit,
};

use crate::{calc, ledger::Ledger, resolve, table};

/// A result with the claims of its computed cells.
#[derive(Debug, Clone, Default)]
pub(crate) struct Built {
    pub(crate) result: AnswerResult,
    pub(crate) claims: Vec<Claim>,
}

struct Cell {
    text: Option<String>,
    kind: ColumnKind,
    unit: Option<Unit>,
}

/// The result that the draft asks for, or why its evidence cannot give it.
pub(crate) fn build(draft: &DraftResult, ledger: &Ledger) -> Result<Built, String> {
    match draft {
        DraftResult::None => Ok(Built::default()),
        DraftResult::Scalar { name, value } => {
            let mut claims = Vec::new();
            let cell = cell(value, ledger, &mut claims)?;
            let name = name_of(name, value);
            let column = Column { kind: cell.kind, unit: cell.unit, ..Column::dimension(name) };
            let rows = vec![vec![cell.text]];
            let result = AnswerResult { kind: ResultKind::Scalar, columns: vec![column], rows };
            Ok(Built { result, claims })
        }
        DraftResult::Rows { evidence, columns } => rows(evidence, columns, ledger),
        DraftResult::Cells { columns, rows } => cells(columns, rows, ledger),
    }
}

fn rows(id: &str, names: &[String], ledger: &Ledger) -> Result<Built, String> {
    let evidence = ledger.evidence(id).ok_or_else(|| format!("there is no evidence `{id}`"))?;
    let columns: Vec<Column> = table::columns(evidence, names)?.into_iter().cloned().collect();
    let cells = &evidence.facts.table;
    let rows = (0..cells.rows.len())
        .map(|row| {
            let text = |column: &Column| cells.text(row, &column.name).map(str::to_owned);
            columns.iter().map(text).collect()
        })
        .collect();
    let result = AnswerResult { kind: ResultKind::Rows, columns, rows };
    Ok(Built { result, claims: Vec::new() })
}

fn cells(names: &[String], drafts: &[Vec<FactOrCalc>], ledger: &Ledger) -> Result<Built, String> {
    let mut claims = Vec::new();
    let own = |(name, cell): (&String, &FactOrCalc)| Column::dimension(name_of(name, cell));
    let first = drafts.first().map(Vec::as_slice).unwrap_or_default();
    let mut columns: Vec<Column> = names.iter().zip(first).map(own).collect();
    let mut rows = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        if draft.len() != names.len() {
            return Err(format!(
                "row {index} of the result has {} cells for {} columns",
                draft.len(),
                names.len()
            ));
        }
        let mut row = Vec::new();
        for (column, draft) in columns.iter_mut().zip(draft) {
            let cell = cell(draft, ledger, &mut claims)?;
            if index == 0 {
                (column.kind, column.unit) = (cell.kind, cell.unit);
            } else if column.unit != cell.unit {
                return Err(format!("column `{}` of the result mixes units", column.name));
            }
            row.push(cell.text);
        }
        rows.push(row);
    }
    Ok(Built { result: AnswerResult { kind: ResultKind::Rows, columns, rows }, claims })
}

// Words that names of computed columns are put together with, beside the names of the columns that they are made of.
const JOINING: &[&str] = &[
    "per",
    "day",
    "share",
    "change",
    "percent",
    "apart",
    "ratio",
    "mean",
    "sum",
    "difference",
    "saved",
    "unit",
    "cost",
    "of",
    "total",
    "average",
    "first",
    "second",
];

/// The name under which machines read a cell. It says nothing of its own: a fact stands under the name of its column, a
/// computed figure under what it is computed from and how; any other name gives way to that.
fn name_of(name: &str, cell: &FactOrCalc) -> String {
    match cell {
        FactOrCalc::Fact(at) => {
            let side = name.strip_suffix("_first").or_else(|| name.strip_suffix("_second"));
            // A change per day stands beside amounts per day as the change.
            let is_own = name == at.column
                || side == Some(at.column.as_str())
                || name == at.column.replace("_per_day", "");
            if is_own { name.to_owned() } else { at.column.clone() }
        }
        FactOrCalc::Calc { op, facts } => {
            let mut rest = name.to_owned();
            for at in facts {
                rest = rest.replace(&at.column, "");
                rest = rest.replace(at.column.trim_start_matches("distinct_"), "");
            }
            let mut words = rest.split('_').filter(|word| !word.is_empty());
            let is_own = words.all(|word| JOINING.contains(&word)) && !name.is_empty();
            if is_own { name.to_owned() } else { calc::op_name(*op).to_owned() }
        }
    }
}

fn cell(draft: &FactOrCalc, ledger: &Ledger, claims: &mut Vec<Claim>) -> Result<Cell, String> {
    match draft {
        FactOrCalc::Fact(at) => fact(at, ledger),
        FactOrCalc::Calc { op, facts } => {
            let figure =
                calc::calculate(ledger, *op, facts).map_err(|refused| refused.to_string())?;
            let text = resolve::exact(figure.value);
            claims.push(claim(*op, facts, &text));
            Ok(Cell { text: Some(text), kind: ColumnKind::Measure, unit: Some(figure.unit) })
        }
    }
}

fn fact(at: &FactRef, ledger: &Ledger) -> Result<Cell, String> {
    let missing = || format!("no cell stands at {at}");
    let evidence = ledger.evidence(&at.evidence).ok_or_else(missing)?;
    let table = &evidence.facts.table;
    let column = table.column(&at.column).ok_or_else(missing)?;
    if at.row >= table.rows.len() {
        return Err(missing());
    }
    Ok(Cell {
        text: table.text(at.row, &at.column).map(str::to_owned),
        kind: column.kind,
        unit: table.unit(at.row, &at.column),
    })
}

fn claim(op: CalcOp, facts: &[FactRef], exact: &str) -> Claim {
    Claim {
        shown: String::new(),
        at: (0, 0),
        kind: "result".to_owned(),
        facts: facts.iter().map(ToString::to_string).collect(),
        op: Some(calc::op_name(op).to_owned()),
        exact: Some(exact.to_owned()),
        format: None,
        scale: None,
    }
}

/// Named scalars beside the result; `main_cause_effect` and its siblings become one object. Each stands under the name
/// of its column (`main_effect` for those), whatever the draft calls it.
pub(crate) fn verdict(
    draft: &BTreeMap<String, FactRef>,
    ledger: &Ledger,
) -> Result<Option<Map<String, Value>>, String> {
    let mut verdict = Map::new();
    let mut cause = Map::new();
    for (name, at) in draft {
        let text = fact(at, ledger)?.text.map_or(Value::Null, Value::String);
        let part = name.strip_prefix("main_cause_");
        match part.filter(|part| at.column.strip_prefix("main_") == Some(*part)) {
            Some(part) => cause.insert(part.to_owned(), text),
            None => verdict.insert(at.column.clone(), text),
        };
    }
    if !cause.is_empty() {
        verdict.insert("main_cause".to_owned(), Value::Object(cause));
    }
    Ok((!verdict.is_empty()).then_some(verdict))
}
