//! Ends of columns, and places counted from them.

use wherefore_contract::{Decimal, draft::Extreme, evidence::FactRef, question::Language};

use super::{Kind, Piece, plain};
use crate::{
    ledger::{self, Ledger},
    render, terms,
    violation::Rule,
};

pub(super) fn extreme(
    ledger: &Ledger,
    at: &FactRef,
    which: Extreme,
    language: Language,
) -> Result<Piece, (Rule, String)> {
    is_extreme(ledger, at, which).map_err(|message| (Rule::Rank, message))?;
    Ok(Piece {
        facts: vec![at.clone()],
        ..plain(shown_extreme(ledger, at, which, language), Kind::Extreme { which })
    })
}

/// "the largest", in the words that its unit asks for.
pub(crate) fn shown_extreme(
    ledger: &Ledger,
    at: &FactRef,
    which: Extreme,
    language: Language,
) -> String {
    let unit = ledger.fact(at).map(|fact| fact.unit);
    render::extreme(which, unit.as_ref(), language).to_owned()
}

pub(super) fn place(
    ledger: &Ledger,
    at: &FactRef,
    which: Extreme,
    language: Language,
) -> Result<Piece, (Rule, String)> {
    let shown =
        shown_place(ledger, at, which, language).map_err(|message| (Rule::Rank, message))?;
    Ok(Piece { facts: vec![at.clone()], ..plain(shown, Kind::Place { which }) })
}

/// The place of a cell among the different values of its column, in words.
///
/// Every row before it in that order must be there: the cell's table holds that end of the column.
pub(crate) fn shown_place(
    ledger: &Ledger,
    at: &FactRef,
    which: Extreme,
    language: Language,
) -> Result<String, String> {
    let missing = || format!("no number stands at {at}");
    let evidence = ledger.evidence(&at.evidence).ok_or_else(missing)?;
    let own = evidence.facts.table.number(at.row, &at.column).ok_or_else(missing)?;
    let numbers = ledger::numbers(evidence, &at.column);
    let further = |one: Decimal, other: Decimal| match which {
        Extreme::Largest => one > other,
        Extreme::Smallest => one < other,
    };
    let end = numbers
        .iter()
        .copied()
        .reduce(|held, next| if further(next.1, held.1) { next } else { held })
        .ok_or_else(missing)?;
    is_extreme(ledger, &FactRef { row: end.0, ..at.clone() }, which)?;
    let ahead = numbers.iter().filter(|(_, other)| further(*other, own)).count();
    let unit = evidence.facts.table.unit(at.row, &at.column);
    Ok(render::place(ahead + 1, which, unit.as_ref(), language))
}

/// Whether the cell is an end of its whole column.
///
/// A table that was cut to its first rows bears out only the end it was ordered by.
pub(crate) fn is_extreme(ledger: &Ledger, at: &FactRef, which: Extreme) -> Result<(), String> {
    let missing = || format!("no number stands at {at}");
    let evidence = ledger.evidence(&at.evidence).ok_or_else(missing)?;
    let own = evidence.facts.table.number(at.row, &at.column).ok_or_else(missing)?;
    let numbers = ledger::numbers(evidence, &at.column);
    let unit = evidence.facts.table.unit(at.row, &at.column);
    if numbers.iter().any(|(row, _)| evidence.facts.table.unit(*row, &at.column) != unit) {
        return Err(format!("{at} stands among other units"));
    }
    let beaten = numbers.iter().find(|(_, other)| match which {
        Extreme::Largest => *other > own,
        Extreme::Smallest => *other < own,
    });
    if let Some((row, _)) = beaten {
        return Err(format!("{at} is not that end of its column; row {row} is further out"));
    }
    let cut = evidence.arguments.contains_key("limit")
        && evidence.arguments.get("limit") != Some(&serde_json::Value::Null);
    let ordered = numbers.is_sorted_by(|(_, a), (_, b)| match which {
        Extreme::Largest => a >= b,
        Extreme::Smallest => a <= b,
    });
    // A cut within groups keeps the first row of each, and so that end of the whole.
    let (by, falling) = terms::order(evidence);
    let from_that_end = by == at.column && falling == (which == Extreme::Largest);
    let in_groups = evidence.arguments.get("limit_per").and_then(|per| per.as_array());
    if in_groups.is_some_and(|per| !per.is_empty()) && from_that_end {
        return Ok(());
    }
    if cut && !ordered {
        return Err(format!("{at} is an end only of the rows that were kept"));
    }
    // One row, or rows of one value, stand in either order: what counts is the order of the call.
    let level = numbers.iter().all(|(_, other)| *other == own);
    if cut && level && !from_that_end {
        return Err(format!("{at} is not the end that the rows were kept from"));
    }
    Ok(())
}
