//! An independent look at a finished answer: believes what the tools really gave and what was really called, and nothing
//! that the answer says of itself. It shares no code with the gate.

mod budget;
mod claims;
mod figures;
mod harmless;
mod on_the_way;
mod scan;
mod whole;

use wherefore_contract::{
    Decimal,
    answer::{Answer, ShownEvidence},
    question::Question,
    tool::{FactTable, ToolOutcome},
};

use super::spy::{Called, Replied};
pub(super) use budget::Bounds;
pub(super) use harmless::surfaces;
pub(super) use on_the_way::on_the_way;

/// What is known of one question beside its answer.
pub(super) struct Case<'a> {
    pub(super) question: &'a Question,
    pub(super) calls: &'a [Called],
    pub(super) replies: &'a [Replied],
    pub(super) bounds: &'a Bounds,
}

/// Something that must not have happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// `figure`, `write`, `scope`, `budget` or `markup`.
    pub(super) kind: &'static str,
    pub(super) text: String,
}

pub(super) fn fault(kind: &'static str, text: impl Into<String>) -> Fault {
    Fault { kind, text: text.into() }
}

/// Everything that is wrong with an answer and with how it came about.
pub(super) fn faults(answer: &Answer, case: &Case<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let given = Given::of(case.calls);
    for shown in &answer.evidence {
        if !given.holds(shown) {
            faults.push(fault("figure", format!("evidence {} is not what a tool gave", shown.id)));
        }
    }
    faults.extend(claims::check(answer));
    faults.extend(whole::check(answer, case));
    faults.extend(harmless::check(answer));
    faults.extend(budget::check(case));
    faults
}

/// What the tools gave.
struct Given<'a>(Vec<(&'a Called, &'a FactTable, &'a str)>);

impl<'a> Given<'a> {
    fn of(calls: &'a [Called]) -> Self {
        let tables = calls.iter().filter_map(|called| match called.outcome.as_ref()? {
            ToolOutcome::Data { data, .. } => Some((called, data)),
            ToolOutcome::NoData { .. } | ToolOutcome::Error { .. } => None,
        });
        Self(
            tables
                .flat_map(|(called, data)| {
                    data.tables.iter().map(move |table| (called, table, data.snapshot.as_str()))
                })
                .collect(),
        )
    }

    fn holds(&self, shown: &ShownEvidence) -> bool {
        self.0.iter().any(|(called, table, snapshot)| {
            called.call.name == shown.tool
                && called.call.arguments == shown.arguments
                && table.name == shown.table
                && *snapshot == shown.snapshot
                && table.table.columns == shown.columns
                && table.table.rows == shown.rows
                && table.complete == shown.complete
        })
    }
}

/// The number of a measure cell.
fn number(shown: &ShownEvidence, row: usize, column: &str) -> Option<Decimal> {
    cell(shown, row, column)?.parse().ok()
}

fn cell<'a>(shown: &'a ShownEvidence, row: usize, column: &str) -> Option<&'a str> {
    let at = shown.columns.iter().position(|one| one.name == column)?;
    shown.rows.get(row)?.get(at)?.as_deref()
}

/// `e1/0/billed_cost`, taken apart.
fn place(fact: &str) -> Option<(&str, usize, &str)> {
    let mut parts = fact.splitn(3, '/');
    let (evidence, row, column) = (parts.next()?, parts.next()?, parts.next()?);
    Some((evidence, row.parse().ok()?, column))
}

fn evidence<'a>(answer: &'a Answer, id: &str) -> Option<&'a ShownEvidence> {
    answer.evidence.iter().find(|one| one.id == id)
}
