//! Periods that a sentence names are those of its figures, in their order.

use std::collections::BTreeSet;

use wherefore_contract::{evidence::Evidence, period::Period, table::ColumnKind};

use super::Sentence;
use crate::{
    compose::Place,
    ledger::{self, Role, role},
    overview,
    pairing::{Event, Repeats, agree},
    resolve::{Broken, Kind, Piece},
    violation::Rule,
};

pub(super) fn check(sentence: &Sentence) -> Option<Broken> {
    let figures = FigurePeriods::of(sentence);
    let labels = labels(sentence);
    if figures.all().is_empty() {
        return labels_alone(sentence);
    }
    stray_label(sentence, &figures).or_else(|| match labels.first() {
        Some(first) => labelled(sentence, *first, &labels, &figures),
        None => unlabelled(sentence, &figures),
    })
}

/// The periods of the figures in a sentence: of single ones, and of pairs that are compared.
struct FigurePeriods {
    single: Vec<Period>,
    pairs: Vec<(Period, Period)>,
}

impl FigurePeriods {
    fn of(sentence: &Sentence) -> Self {
        let mut single = Vec::new();
        let mut pairs = Vec::new();
        for piece in sentence.pieces {
            match of_piece(piece).as_slice() {
                [only] => single.push(*only),
                [from, to] => pairs.push(in_order(*from, *to)),
                _ => {}
            }
        }
        Self { single, pairs }
    }

    fn all(&self) -> BTreeSet<Period> {
        let pairs = self.pairs.iter().flat_map(|(from, to)| [*from, *to]);
        self.single.iter().copied().chain(pairs).collect()
    }
}

fn in_order(one: Period, other: Period) -> (Period, Period) {
    if one.start() <= other.start() { (one, other) } else { (other, one) }
}

// A change or a part of one has no period of its own, but lies between two.
fn of_piece(piece: &Piece) -> Vec<Period> {
    let levels = piece.facts.iter().all(|at| matches!(role(&at.column), Role::Level | Role::Share));
    match &piece.kind {
        Kind::Fact { figure } | Kind::Calc { figure, .. } if levels => {
            match figure.periods.as_slice() {
                [from, to] => vec![*from, *to],
                [first, .., last] => {
                    Period::new(first.start().min(last.start()), first.end().max(last.end()))
                        .into_iter()
                        .collect()
                }
                one => one.to_vec(),
            }
        }
        Kind::Trend { periods, .. } if levels => {
            let mut periods = periods.clone();
            periods.dedup();
            periods
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
        | Kind::Quote => Vec::new(),
    }
}

fn label(piece: &Piece, sentence: &Sentence) -> Option<Period> {
    if let Kind::Period { period } = &piece.kind {
        return Some(*period);
    }
    let at = piece.facts.first().filter(|_| piece.kind == Kind::Name)?;
    let time = sentence.ledger.column(at).is_some_and(|c| c.kind == ColumnKind::Time);
    sentence.ledger.evidence(&at.evidence).filter(|_| time)?.row_period(at.row)
}

fn labels(sentence: &Sentence) -> Vec<Period> {
    sentence.pieces.iter().filter_map(|piece| label(piece, sentence)).collect()
}

fn stray_label(sentence: &Sentence, figures: &FigurePeriods) -> Option<Broken> {
    let mut known = figures.all();
    let first = known.iter().map(|period| period.start()).min();
    let last = known.iter().map(|period| period.end()).max();
    if let (Some(first), Some(last)) = (first, last) {
        known.extend(Period::new(first, last));
    }
    sentence.pieces.iter().enumerate().find_map(|(index, piece)| {
        let Kind::Period { period } = &piece.kind else { return None };
        (!known.contains(period)).then(|| {
            let message = format!("{period} is the period of no figure in this sentence");
            (Some(index), Rule::Period, message)
        })
    })
}

fn labelled(
    sentence: &Sentence,
    first: Period,
    labels: &[Period],
    figures: &FigurePeriods,
) -> Option<Broken> {
    let alone = labels.iter().all(|label| *label == first);
    // "In September it rose by A to B": the one period named is that of every level and the later
    // one of every comparison.
    let later = figures.single.iter().all(|period| *period == first)
        && figures.pairs.iter().all(|(_, to)| *to == first);
    let whole =
        labels.iter().all(|label| figures.all().iter().all(|period| label.contains(*period)))
            && !figures.all().contains(&first);
    if (alone && later)
        || (whole && figures.single.is_empty())
        || agree(&events(sentence, figures), Repeats::Count)
    {
        return None;
    }
    let message = "periods and figures are not in one order; name the period of each figure beside it, the \
                   earlier one first where two are compared";
    Some((None, Rule::Period, message.to_owned()))
}

fn events(sentence: &Sentence, figures: &FigurePeriods) -> Vec<Event<Period>> {
    let mut events = Vec::new();
    let mut compared = Vec::new();
    for piece in sentence.pieces {
        events.extend(label(piece, sentence).map(Event::Label));
        match of_piece(piece).as_slice() {
            [only] => events.push(Event::Figure(*only)),
            [one, other] => {
                let (from, to) = in_order(*one, *other);
                let shown = figures.single.contains(&from) && figures.single.contains(&to);
                if !shown && !compared.contains(&(from, to)) {
                    events.extend([Event::Figure(from), Event::Figure(to)]);
                    compared.push((from, to));
                }
            }
            _ => {}
        }
    }
    events
}

// Without a period in the sentence, its figures share the only period of the answer, or are the two
// ends of a change in order: "rose from A to B".
fn unlabelled(sentence: &Sentence, figures: &FigurePeriods) -> Option<Broken> {
    let all = figures.all();
    let said = &sentence.overview.said_periods;
    let as_said = said.is_empty() || all.iter().any(|period| said.contains(period));
    if all.len() == 1 && sentence.overview.figure_periods.len() <= 1 && as_said {
        return None;
    }
    let mut single = figures.single.clone();
    single.dedup();
    let in_order = figures.pairs.iter().all(|pair| Some(pair) == figures.pairs.first());
    let ends =
        figures.pairs.first().is_some_and(|(from, to)| single.is_empty() || single == [*from, *to]);
    if in_order && ends && sentence.overview.figure_periods.len() <= 2 {
        return None;
    }
    let message =
        "the answer speaks of several periods; name the period of each figure with a period span";
    Some((None, Rule::Period, message.to_owned()))
}

// A sentence without figures names periods that the answer is about.
fn labels_alone(sentence: &Sentence) -> Option<Broken> {
    let asked: BTreeSet<Period> = sentence.context.periods.iter().copied().collect();
    let evidence: BTreeSet<Period> =
        sentence.context.evidence.iter().flat_map(ledger::periods).collect();
    let cited = &sentence.overview.cited_periods;
    if sentence.claims_data() {
        return labels_of_changes(sentence);
    }
    let about_data = matches!(sentence.place, Place::Gap(_) | Place::Effect(_) | Place::Next(_));
    // What could be asked next may be about any part of what is loaded.
    let next = matches!(sentence.place, Place::Next(_));
    let gap = matches!(sentence.place, Place::Gap(_));
    sentence.pieces.iter().enumerate().find_map(|(index, piece)| {
        let Kind::Period { period } = &piece.kind else { return None };
        let known = asked.contains(period)
            || cited.contains(period)
            || ((about_data || cited.is_empty()) && evidence.contains(period))
            || (next && evidence.iter().any(|own| own.contains(*period)))
            || (gap && is_missing(*period, sentence, &asked, &evidence));
        (!known).then(|| {
            (Some(index), Rule::Period, format!("the answer has nothing to do with {period}"))
        })
    })
}

// A part of a period in question of which nothing is loaded: the coverage proves that it is missing.
fn is_missing(
    period: Period,
    sentence: &Sentence,
    asked: &BTreeSet<Period>,
    evidence: &BTreeSet<Period>,
) -> bool {
    let covered = sentence.context.evidence.iter().filter(|held| held.facts.name == "coverage");
    let mut covered = covered.filter_map(|held| held.facts.period).peekable();
    covered.peek().is_some()
        && covered.all(|cover| !cover.overlaps(period))
        && asked.iter().chain(evidence).any(|own| own.contains(period))
}

// A change has no period of its own: beside it stand periods of its table, the earlier one first.
// Alone stands the later of the two that its table compares.
fn labels_of_changes(sentence: &Sentence) -> Option<Broken> {
    let tables: Vec<&Evidence> = overview::figure_facts_of(sentence.pieces)
        .filter_map(|at| sentence.ledger.evidence(&at.evidence))
        .collect();
    let own: BTreeSet<Period> = tables.iter().flat_map(|each| ledger::periods(each)).collect();
    let said: Vec<Period> =
        sentence.pieces.iter().filter_map(|piece| label(piece, sentence)).collect();
    if let [only] = said.as_slice()
        && tables.iter().filter_map(|each| compared_to(each)).any(|later| later != *only)
    {
        let message =
            format!("the change goes to a later period than {only}; name both or the later one");
        return Some((None, Rule::Period, message));
    }
    let mut before: Option<Period> = None;
    sentence.pieces.iter().enumerate().find_map(|(index, piece)| {
        let Kind::Period { period } = &piece.kind else { return None };
        let in_order = before.is_none_or(|before| before.start() < period.start());
        before = Some(*period);
        (!own.contains(period) || !in_order).then(|| {
            let message =
                format!("{period} is no period of this change, or stands before an earlier one");
            (Some(index), Rule::Period, message)
        })
    })
}

// The later period of a table that compares two.
fn compared_to(evidence: &Evidence) -> Option<Period> {
    let columns = evidence.facts.table.columns.iter();
    columns.filter(|column| column.name.ends_with("_to")).find_map(|column| column.period)
}
