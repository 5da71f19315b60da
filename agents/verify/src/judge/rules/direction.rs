//! Directions are over one measure, from the earlier to the later period; changes carry their sign.

use wherefore_contract::{
    draft::Format,
    evidence::{Evidence, FactRef},
    table::ColumnKind,
};

use super::{Sentence, measures::is_change};
use crate::{
    calc,
    ledger::{Role, role},
    resolve::{Broken, Kind, Piece},
    violation::Rule,
};

pub(super) fn check(sentence: &Sentence) -> Vec<Broken> {
    let mut broken = Vec::new();
    for (index, piece) in sentence.pieces.iter().enumerate() {
        let fault = if matches!(piece.kind, Kind::Trend { .. }) {
            ordered(piece, sentence)
        } else if piece.is_figure() {
            sign(piece, sentence)
        } else {
            None
        };
        broken.extend(fault.map(|message| (Some(index), Rule::Direction, message)));
    }
    broken.extend(absolute_in_order(sentence));
    broken
}

fn ordered(piece: &Piece, sentence: &Sentence) -> Option<String> {
    match piece.facts.as_slice() {
        [only] => (role(&only.column) == Role::Level || role(&only.column) == Role::Share)
            .then(|| format!("{only} is no change; give the fact before it as well")),
        [from, to] => between(from, to, sentence),
        _ => Some("a direction is over one change or two levels".to_owned()),
    }
}

fn between(from: &FactRef, to: &FactRef, sentence: &Sentence) -> Option<String> {
    let ledger = sentence.ledger;
    let (before, after) = (ledger.fact(from)?, ledger.fact(to)?);
    if from == to
        || ledger.measure(from) != ledger.measure(to)
        || role(&from.column) != role(&to.column)
    {
        return Some(format!("{from} and {to} are not one measure at two times"));
    }
    if !same_subject(from, to, sentence) {
        return Some(format!("{from} and {to} are about different things"));
    }
    match (before.period, after.period) {
        (Some(one), Some(other)) if one.start() >= other.start() => Some(format!(
            "{to} is not later than {from}; a direction goes from the earlier to the later"
        )),
        (Some(one), Some(other)) if after.unit.is_additive() && !calc::alike(one, other) => {
            Some(format!("{one} and {other} are not alike, so their totals cannot be compared"))
        }
        (Some(_), Some(_)) => None,
        _ if from.column.ends_with("_from") && to.column.ends_with("_to") => None,
        _ => Some(format!("{from} and {to} have no periods to put them in order")),
    }
}

// Two rows are about the same thing when all names but those of time are equal.
fn same_subject(from: &FactRef, to: &FactRef, sentence: &Sentence) -> bool {
    let names = |evidence: &Evidence, row: usize| -> Vec<Option<String>> {
        let columns = evidence.facts.table.columns.iter();
        let names =
            columns.filter(|column| column.kind == ColumnKind::Dimension && column.name != "side");
        names
            .map(|column| evidence.facts.table.text(row, &column.name).map(str::to_owned))
            .collect()
    };
    let (Some(one), Some(other)) =
        (sentence.ledger.evidence(&from.evidence), sentence.ledger.evidence(&to.evidence))
    else {
        return false;
    };
    names(one, from.row) == names(other, to.row) && one.facts.filters == other.facts.filters
}

fn sign(piece: &Piece, sentence: &Sentence) -> Option<String> {
    let format = piece.format?;
    if is_change(piece) {
        return match format {
            Format::Signed => None,
            Format::Absolute if sentence.pieces.iter().any(|each| carries(each, piece)) => None,
            Format::Absolute => {
                Some("a change without its sign needs a trend span over the same facts".to_owned())
            }
            Format::Auto | Format::Exact => Some(
                "this figure is a change; show it `signed`, or `absolute` beside a trend span"
                    .to_owned(),
            ),
        };
    }
    let part = piece.facts.iter().all(|at| role(&at.column) == Role::Part);
    match format {
        Format::Auto | Format::Exact => None,
        Format::Signed if part => None,
        Format::Absolute if part && sentence.pieces.iter().any(|each| carries(each, piece)) => None,
        Format::Signed | Format::Absolute => {
            Some("this figure is a level; show it `auto` or `exact`".to_owned())
        }
    }
}

// A direction carries the sign of a change over the same facts, or of a change cell of the same row.
fn carries(trend: &Piece, change: &Piece) -> bool {
    if !matches!(trend.kind, Kind::Trend { .. }) {
        return false;
    }
    let same =
        |one: &FactRef, other: &FactRef| one.evidence == other.evidence && one.row == other.row;
    let own = &change.facts;
    let levels = own.iter().all(|at| role(&at.column) == Role::Level);
    if levels && trend.facts.len() == own.len() {
        return trend.facts.iter().all(|at| own.contains(at));
    }
    trend.facts.iter().all(|at| own.iter().any(|mine| same(at, mine)))
}

// "A rose by x and B fell by y": the signs of bare changes follow the order of the directions.
fn absolute_in_order(sentence: &Sentence) -> Option<Broken> {
    let mut trends: Vec<Vec<&FactRef>> = Vec::new();
    let mut changes: Vec<Vec<&FactRef>> = Vec::new();
    for piece in sentence.pieces {
        let rows = || piece.facts.iter().collect::<Vec<_>>();
        if matches!(piece.kind, Kind::Trend { .. }) {
            trends.push(rows());
        } else if piece.format == Some(Format::Absolute) {
            changes.push(rows());
        }
    }
    let key = |facts: &Vec<&FactRef>| {
        let mut key: Vec<(String, usize)> =
            facts.iter().map(|at| (at.evidence.clone(), at.row)).collect();
        key.sort();
        key.dedup();
        key
    };
    let mut order: Vec<_> = changes.iter().map(key).collect();
    order.dedup();
    let mut said: Vec<_> = trends.iter().map(key).filter(|key| order.contains(key)).collect();
    said.dedup();
    (order.len() > 1 && said != order).then(|| {
        let message =
            "directions and changes are not in one order; put each direction beside its own change";
        (None, Rule::Direction, message.to_owned())
    })
}
