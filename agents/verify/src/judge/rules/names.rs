//! Names and figures of one sentence belong to the same rows.

use std::collections::BTreeSet;

use wherefore_contract::evidence::{Evidence, FactRef};

use super::Sentence;
use crate::{
    ledger::{self, naming_columns, needs_names},
    overview::{self, figure_facts_of},
    pairing::{Event, agree},
    resolve::{Broken, Kind, Piece},
    violation::Rule,
};

pub(super) fn check(sentence: &Sentence) -> Vec<Broken> {
    let ids: BTreeSet<&str> = sentence
        .pieces
        .iter()
        .flat_map(|piece| &piece.facts)
        .map(|at| at.evidence.as_str())
        .collect();
    let mut broken = Vec::new();
    for id in ids {
        if let Some(evidence) = sentence.ledger.evidence(id)
            && needs_names(evidence)
        {
            broken.extend(rows_agree(sentence, evidence));
            broken.extend(taken_from_elsewhere(sentence, evidence));
        }
    }
    if sentence.claims_data() {
        broken.extend(foreign_names(sentence));
        broken.extend(conditions(sentence));
    }
    broken
}

fn rows_agree(sentence: &Sentence, evidence: &Evidence) -> Option<Broken> {
    let events = events(sentence, evidence);
    let figures: BTreeSet<usize> = events
        .iter()
        .filter_map(|event| match event {
            Event::Figure(row) => Some(*row),
            Event::Label(_) => None,
        })
        .collect();
    if figures.is_empty() {
        return None;
    }
    if let Some(row) = figures.iter().find(|row| !is_told_apart(sentence, evidence, **row)) {
        let message = format!(
            "row {row} of {} is not told apart from the others; name it with name spans of its row",
            evidence.id
        );
        return Some((None, Rule::Pairing, message));
    }
    (!agree(&events, sentence.repeats())).then(|| {
        let message = format!(
            "names and figures of {} are not in one order; put each figure beside the name of its own row",
            evidence.id
        );
        (None, Rule::Pairing, message)
    })
}

fn events(sentence: &Sentence, evidence: &Evidence) -> Vec<Event<usize>> {
    let shown: BTreeSet<usize> = sentence
        .pieces
        .iter()
        .filter(|piece| matches!(piece.kind, Kind::Fact { .. }))
        .flat_map(|piece| own(piece, evidence))
        .map(|at| at.row)
        .collect();
    let only_time = naming_columns(evidence)
        .all(|column| column.kind == wherefore_contract::table::ColumnKind::Time);
    let mut events = Vec::new();
    let mut compared: Vec<Vec<usize>> = Vec::new();
    for piece in sentence.pieces {
        let rows: Vec<usize> = own(piece, evidence).map(|at| at.row).collect();
        match &piece.kind {
            Kind::Name => events.extend(rows.into_iter().map(Event::Label)),
            Kind::Period { period } if only_time => {
                let count = evidence.facts.table.rows.len();
                let row = (0..count).find(|row| evidence.row_period(*row) == Some(*period));
                events.extend(row.map(Event::Label));
            }
            Kind::Fact { .. } | Kind::Extreme { .. } | Kind::Place { .. } => {
                events.extend(rows.into_iter().map(Event::Figure));
            }
            Kind::Calc { .. } | Kind::Trend { .. } => {
                let known = rows.len() > 1 && rows.iter().all(|row| shown.contains(row));
                if !known && !covers(piece, evidence) && !compared.contains(&rows) {
                    events.extend(rows.iter().copied().map(Event::Figure));
                    compared.extend((rows.len() > 1).then_some(rows));
                }
            }
            Kind::Text
            | Kind::Particle
            | Kind::Measure { .. }
            | Kind::Period { .. }
            | Kind::Count { .. }
            | Kind::Asked { .. }
            | Kind::Terms { .. }
            | Kind::Since
            | Kind::Dimension
            | Kind::Quote => {}
        }
    }
    events
}

fn own<'a>(piece: &'a Piece, evidence: &'a Evidence) -> impl Iterator<Item = &'a FactRef> {
    piece.facts.iter().filter(|at| at.evidence == evidence.id)
}

// A sum or mean over every number of a column is about the whole table, not about its rows.
fn covers(piece: &Piece, evidence: &Evidence) -> bool {
    let Some(first) = piece.facts.first() else { return false };
    let numbers = ledger::numbers(evidence, &first.column);
    numbers.len() > 1
        && numbers.len() == piece.facts.len()
        && numbers.iter().all(|(row, _)| {
            own(piece, evidence).any(|at| at.row == *row && at.column == first.column)
        })
}

// No other row has the same names in the columns that the sentence names; a period of the sentence
// names the time of a row.
fn is_told_apart(sentence: &Sentence, evidence: &Evidence, row: usize) -> bool {
    let table = &evidence.facts.table;
    let named: BTreeSet<&str> = sentence
        .pieces
        .iter()
        .filter(|piece| piece.kind == Kind::Name)
        .flat_map(|piece| own(piece, evidence))
        .filter(|at| at.row == row)
        .map(|at| at.column.as_str())
        .collect();
    let row_period = evidence.row_period(row);
    let period_said = row_period.is_some_and(|period| {
        sentence.pieces.iter().any(|piece| piece.kind == (Kind::Period { period }))
    });
    let any_name = !named.is_empty() || period_said;
    any_name
        && (0..table.rows.len()).filter(|other| *other != row).all(|other| {
            let names_differ =
                named.iter().any(|column| table.text(row, column) != table.text(other, column));
            names_differ || (period_said && evidence.row_period(other) != row_period)
        })
}

// A name beside figures comes from their own evidence, or is one of its names or conditions.
fn foreign_names(sentence: &Sentence) -> Option<Broken> {
    let sources: Vec<&Evidence> = figure_facts_of(sentence.pieces)
        .filter_map(|at| sentence.ledger.evidence(&at.evidence))
        .collect();
    sentence.pieces.iter().enumerate().find_map(|(index, piece)| {
        let at = piece.facts.first().filter(|_| piece.kind == Kind::Name)?;
        let text = sentence.ledger.evidence(&at.evidence)?.name(at.row, &at.column)?;
        let known = sources.iter().any(|source| {
            source.id == at.evidence
                || source.facts.filters.iter().any(|filter| {
                    ledger::filter_words(filter).iter().any(|word| word.eq_ignore_ascii_case(text))
                })
                || (source.facts.table.rows.len() == 1
                    && source.facts.table.rows.iter().flatten().flatten().any(|cell| cell == text))
        });
        (!known).then(|| {
            let message = format!(
                "the name at {at} has nothing to do with the figures of this sentence; cite a name of their evidence"
            );
            (Some(index), Rule::Pairing, message)
        })
    })
}

// Where figures of the answer rest on different conditions, each sentence says its own.
fn conditions(sentence: &Sentence) -> Option<Broken> {
    let filters = &sentence.overview.filters;
    let different = filters.values().any(|one| filters.values().any(|other| one != other));
    if !different {
        return None;
    }
    let told = |at: &FactRef| {
        let own = filters.get(&at.evidence).map(Vec::as_slice).unwrap_or_default();
        own.iter().all(|filter| {
            let shared = filters.values().all(|all| all.contains(filter));
            let untagged = overview::is_untagged(filter) && says_untagged(sentence);
            shared
                || untagged
                || sentence
                    .pieces
                    .iter()
                    .any(|piece| overview::piece_mentions(piece, filter, sentence.ledger))
        })
    };
    let untold = figure_facts_of(sentence.pieces).find(|at| !told(at))?;
    let message = format!(
        "{} holds under conditions that other figures of the answer do not; name them in this sentence",
        untold.evidence
    );
    Some((None, Rule::Pairing, message))
}

// "without any tag" tells of every tag at once.
fn says_untagged(sentence: &Sentence) -> bool {
    sentence.pieces.iter().any(|piece| {
        let any = |words: &str| piece.shown.contains(words);
        piece.kind == Kind::Text && (any("without any tag") || any("태그가 없는"))
    })
}

// A name whose next figure comes from another table would be read as the name of that figure.
fn taken_from_elsewhere(sentence: &Sentence, evidence: &Evidence) -> Option<Broken> {
    let mut waiting = false;
    let mut own_before = false;
    for (index, piece) in sentence.pieces.iter().enumerate() {
        let own = piece.facts.iter().any(|at| at.evidence == evidence.id);
        match &piece.kind {
            Kind::Name if own => waiting = true,
            Kind::Fact { .. } if own => (waiting, own_before) = (false, true),
            Kind::Calc { .. } | Kind::Trend { .. } | Kind::Extreme { .. } | Kind::Place { .. }
                if own =>
            {
                waiting = false;
            }
            Kind::Fact { .. } if waiting && own_before => {
                let message = "this figure follows a name of another table; put the name's own figure beside it";
                return Some((Some(index), Rule::Pairing, message.to_owned()));
            }
            Kind::Text
            | Kind::Particle
            | Kind::Fact { .. }
            | Kind::Calc { .. }
            | Kind::Name
            | Kind::Measure { .. }
            | Kind::Trend { .. }
            | Kind::Extreme { .. }
            | Kind::Place { .. }
            | Kind::Period { .. }
            | Kind::Count { .. }
            | Kind::Asked { .. }
            | Kind::Terms { .. }
            | Kind::Since
            | Kind::Dimension
            | Kind::Quote => {}
        }
    }
    None
}
