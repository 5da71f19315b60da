//! Measures that a sentence names are those of its figures, in their order.

use wherefore_contract::draft::CalcOp;

use super::Sentence;
use crate::{
    calc,
    ledger::{Role, role},
    overview::{needs_measure, says_itself},
    pairing::{Event, agree},
    resolve::{Broken, Kind, Piece, unit_of},
    violation::Rule,
};

pub(super) fn check(sentence: &Sentence) -> Option<Broken> {
    let labels: Vec<&str> = sentence.pieces.iter().filter_map(label).collect();
    if !sentence.claims_data() {
        return stray(sentence);
    }
    if labels.is_empty() {
        let needed = sentence.pieces.iter().any(|piece| !measures(piece, sentence).is_empty());
        if needed && sentence.overview.measures.len() > 1 {
            let message = "the answer speaks of several measures; name the measure of each figure with a measure span";
            return Some((None, Rule::Measure, message.to_owned()));
        }
        return None;
    }
    let events = events(sentence, &labels);
    let all_labels_only = !events.iter().any(|event| matches!(event, Event::Figure(_)));
    if all_labels_only {
        // The figures say what they are (changes, shares); the label must still be their measure.
        let cited = sentence.pieces.iter().flat_map(|piece| &piece.facts);
        let known: Vec<String> = cited
            .filter(|at| sentence.ledger.fact(at).is_some())
            .map(|at| sentence.ledger.measure(at))
            .collect();
        let own = labels.iter().all(|label| known.iter().any(|measure| measure == label));
        return (!own).then(not_one_order);
    }
    (!agree(&events, sentence.repeats())).then(not_one_order)
}

fn not_one_order() -> Broken {
    let message =
        "measures and figures are not in one order; put each figure beside its own measure";
    (None, Rule::Measure, message.to_owned())
}

fn label(piece: &Piece) -> Option<&str> {
    if let Kind::Measure { base } = &piece.kind { Some(base) } else { None }
}

fn events(sentence: &Sentence, labels: &[&str]) -> Vec<Event<String>> {
    let mut events = Vec::new();
    for piece in sentence.pieces {
        if let Some(base) = label(piece) {
            events.push(Event::Label(base.to_owned()));
        }
        let strict = measures(piece, sentence);
        if strict.is_empty() {
            // A figure whose unit says what it is counts only where its measure is named.
            let own = piece.facts.first().filter(|_| unit_of(piece).is_some_and(says_itself));
            let own = own.map(|at| sentence.ledger.measure(at));
            events.extend(own.filter(|own| labels.contains(&own.as_str())).map(Event::Figure));
        }
        events.extend(strict.into_iter().map(Event::Figure));
    }
    events
}

/// The measures that a piece shows and whose name it needs.
fn measures(piece: &Piece, sentence: &Sentence) -> Vec<String> {
    let skip = match &piece.kind {
        Kind::Fact { .. } | Kind::Trend { .. } | Kind::Extreme { .. } | Kind::Place { .. } => false,
        Kind::Calc { op, .. } => matches!(op, CalcOp::Share | CalcOp::Ratio),
        Kind::Text
        | Kind::Particle
        | Kind::Name
        | Kind::Measure { .. }
        | Kind::Period { .. }
        | Kind::Count { .. }
        | Kind::Asked { .. }
        | Kind::Terms { .. }
        | Kind::Since
        | Kind::Dimension
        | Kind::Quote => true,
    };
    if skip {
        return Vec::new();
    }
    let mut measures: Vec<String> = Vec::new();
    for at in &piece.facts {
        let Some(fact) = sentence.ledger.fact(at) else { continue };
        let shown = needs_measure(at, &fact.unit);
        if shown && matches!(role(&at.column), Role::Level | Role::Change) {
            measures.push(sentence.ledger.measure(at));
        }
    }
    measures.dedup();
    measures
}

// Without figures, a measure must be one that the answer is about.
fn stray(sentence: &Sentence) -> Option<Broken> {
    let cited = &sentence.overview.cited_measures;
    if cited.is_empty() {
        return None;
    }
    sentence.pieces.iter().enumerate().find_map(|(index, piece)| {
        let base = label(piece)?;
        (!cited.contains(base)).then(|| {
            let message = format!("no figure of the answer is of the measure `{base}`");
            (Some(index), Rule::Measure, message)
        })
    })
}

/// Whether a figure is a change: shown with its sign or beside a direction.
pub(super) fn is_change(piece: &Piece) -> bool {
    if let Kind::Calc { op, .. } = &piece.kind {
        return calc::is_change(*op);
    }
    piece.is_figure() && piece.facts.iter().all(|at| role(&at.column) == Role::Change)
}
