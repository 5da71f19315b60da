//! What an answer is written from, and the voice it is written in.

use std::collections::BTreeSet;

use wherefore_contract::{
    cost::Measure,
    dimension::Dimension,
    draft::{Draft, Extreme, Sentence},
    evidence::{Evidence, FactRef},
    filter::FilterOp,
    period::Period,
    question::{Language, Question},
    table::ColumnKind,
};

use super::{en, ko, line::Line};
use crate::{
    playbook::{Step, analysis},
    request::{Ask, Condition, Reading, Slice},
};

/// Question, reading and figures of one answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene<'a> {
    pub question: &'a Question,
    pub reading: &'a Reading,
    pub evidence: &'a [Evidence],
}

/// What a sentence speaks of beside its figures.
#[derive(Debug, Clone, Default)]
pub(super) struct About {
    pub period: Option<Period>,
    /// The rows name their own time, so the sentence names none.
    pub dated_by_rows: bool,
    pub kept: Vec<Word>,
    pub left_out: Vec<Word>,
    /// Charges that hold no value of these dimensions.
    pub missing: Vec<Word>,
}

/// How a condition is named: as the data spell it, or in the words of the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Word {
    Name(FactRef),
    Asked(Slice),
}

/// The largest part of a change, seen from the side of one dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub dimension: Dimension,
    pub names: Vec<FactRef>,
    pub change: FactRef,
}

impl<'a> Scene<'a> {
    pub(super) fn voice(&self) -> Voice {
        Voice::of(self.question)
    }

    pub(super) fn steps(&self) -> Vec<Step> {
        analysis(self.reading)
    }

    /// The evidence of the analyzer's call at `index`.
    pub(super) fn found(&self, index: usize, table: &str) -> Option<&'a Evidence> {
        let found = self.steps().get(index)?.found(self.evidence, table)?;
        (!found.facts.table.rows.is_empty()).then_some(found)
    }

    pub(super) fn about(&self, period: Option<Period>) -> About {
        let timed = self.reading.dimensions.iter().any(|dimension| dimension.grain().is_some());
        let mut about = About { period, dated_by_rows: timed, ..About::default() };
        for condition in &self.reading.conditions {
            let words = self.words(condition);
            let list = match condition.filter.op {
                FilterOp::In | FilterOp::Contains | FilterOp::NotNull => &mut about.kept,
                FilterOp::NotIn | FilterOp::NotContains => &mut about.left_out,
                FilterOp::IsNull => &mut about.missing,
            };
            for word in words {
                if !list.iter().any(|held| self.same(held, &word)) {
                    list.push(word);
                }
            }
        }
        about
    }

    // "Savings Plans" and "savings plan" are one word.
    fn same(&self, left: &Word, right: &Word) -> bool {
        match (left, right) {
            (Word::Asked(left), Word::Asked(right)) => {
                let [left, right] = [left, right].map(|(start, end)| {
                    let text = self.question.text().get(*start..*end).unwrap_or_default();
                    text.to_lowercase().trim_end_matches('s').to_owned()
                });
                left == right
            }
            (left, right) => left == right,
        }
    }

    // Names come from the catalog's hits. Words of the question repeat what no catalog lists, and no
    // digits: those belong to assumptions and gaps.
    fn words(&self, condition: &Condition) -> Vec<Word> {
        let filter = &condition.filter;
        let (table, column, wanted) = match filter.op {
            FilterOp::IsNull | FilterOp::NotNull => {
                ("dimensions", "dimension", vec![filter.dimension.name()])
            }
            FilterOp::In | FilterOp::NotIn | FilterOp::Contains | FilterOp::NotContains => {
                ("hits", "value", filter.values.clone())
            }
        };
        // What neither the question nor the one before it said, the answer's assumptions say.
        let carried = !self.reading.inherited.is_empty() || self.question.request.is_some();
        if condition.asked.is_empty() && !carried {
            return Vec::new();
        }
        let tables = || self.evidence.iter().filter(|held| held.facts.name == table);
        let row_of = |value: &String| {
            tables().find_map(|held| {
                let mut rows = 0..held.facts.table.rows.len();
                let row = rows.find(|row| held.name(*row, column) == Some(value))?;
                Some(Word::Name(at(held, row, column)))
            })
        };
        let named: Option<Vec<Word>> = wanted.iter().map(row_of).collect();
        named.filter(|words| !words.is_empty()).unwrap_or_else(|| {
            let plain = |slice: &&Slice| {
                let text = self.question.text().get(slice.0..slice.1).unwrap_or_default();
                !text.chars().any(char::is_numeric)
            };
            condition.asked.iter().filter(plain).copied().map(Word::Asked).collect()
        })
    }

    /// The first measure of the first figures, for words about the reading.
    pub(super) fn first_measure(&self) -> Option<FactRef> {
        let levels = (self.reading.ask == Ask::Explain).then(|| self.found(1, "")).flatten();
        let held = levels.or_else(|| self.found(0, "")).or_else(|| self.found(0, "bridge"))?;
        let wanted = self.reading.measures.first().map(Measure::column_name);
        let column = held
            .facts
            .table
            .columns
            .iter()
            .filter(|column| column.kind == ColumnKind::Measure)
            .max_by_key(|column| {
                wanted.as_ref().is_some_and(|name| column.name.starts_with(name))
            })?;
        Some(FactRef::new(held.id.clone(), 0, column.name.clone()))
    }

    pub(super) fn shows_cost(&self) -> bool {
        self.reading.measures.first().is_some_and(Measure::is_cost)
            && !matches!(self.reading.ask, Ask::Completeness)
    }

    /// Periods that the evidence of this answer knows.
    pub(super) fn periods(&self, draft: &Draft) -> BTreeSet<Period> {
        let _ = draft;
        let mut all = BTreeSet::new();
        for held in self.evidence.iter().filter(|held| held.tool != "describe_cost_data") {
            all.extend(held.facts.period);
            all.extend(held.facts.table.columns.iter().filter_map(|column| column.period));
        }
        all
    }

    /// References to the naming cells of a row, in the order of the columns.
    pub(super) fn row_names(&self, held: &Evidence, row: usize) -> Vec<FactRef> {
        let wanted: Vec<String> = self.reading.dimensions.iter().map(Dimension::name).collect();
        let named = held.facts.table.columns.iter().filter(|column| {
            column.kind != ColumnKind::Measure
                && (wanted.contains(&column.name) || wanted.is_empty())
        });
        let all: Vec<FactRef> =
            named.map(|column| FactRef::new(held.id.clone(), row, column.name.clone())).collect();
        if !all.is_empty() {
            return all;
        }
        let first =
            held.facts.table.columns.iter().find(|column| column.kind != ColumnKind::Measure);
        first
            .map(|column| FactRef::new(held.id.clone(), row, column.name.clone()))
            .into_iter()
            .collect()
    }
}

/// A language to write in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Voice(pub Language);

macro_rules! spoken {
    ($($(#[$doc:meta])* $name:ident($($argument:ident: $kind:ty),*) -> $out:ty;)*) => {
        impl Voice {
            $($(#[$doc])*
            pub(super) fn $name(self, $($argument: $kind),*) -> $out {
                match self.0 {
                    Language::En => en::$name($($argument),*),
                    Language::Ko => ko::$name($($argument),*),
                }
            })*
        }
    };
}

spoken! {
    total(about: &About, measure: FactRef, value: Line) -> Sentence;
    row(about: &About, names: &[FactRef], measure: FactRef, value: FactRef, which: Option<Extreme>) -> Sentence;
    row_share(names: &[FactRef], share: FactRef) -> Sentence;
    moved(about: &About, sides: [(FactRef, Line); 2]) -> Sentence;
    moved_by(change: FactRef, percent: Option<FactRef>) -> Sentence;
    part_moved(about: &About, from: Option<Period>, names: &[FactRef], measure: FactRef, change: FactRef) -> Sentence;
    share(about: &About, at: Option<[FactRef; 2]>, measure: FactRef, share: Line) -> Sentence;
    two_per_day(about: &About, sides: [(Line, Option<Period>); 2], measure: FactRef) -> Sentence;
    jump(about: &About, sides: [(FactRef, FactRef); 2], change: Line) -> Sentence;
    times(about: &About, measure: FactRef, sides: [Line; 2], ratio: Line) -> Sentence;
    two_levels(about: &About, sides: [FactRef; 2]) -> Sentence;
    saving(about: &About, measures: [FactRef; 2], difference: Line) -> Sentence;
    fee_not_used(about: &About, sides: [(Vec<FactRef>, FactRef); 2], difference: Line) -> Sentence;
    fee_and_use(about: &About, sides: [(Vec<FactRef>, FactRef); 2]) -> Sentence;
    seen(about: &About, first: FactRef, last: FactRef) -> Sentence;
    loaded_between(about: &About, first: FactRef, last: FactRef) -> Sentence;
    loaded_days(days: FactRef) -> Sentence;
    loaded_to_the_end() -> Sentence;
    reach(about: &About, evidence: &str, names: &[FactRef], share: FactRef) -> Sentence;
    unit_cost_moved(workload: Option<FactRef>, sides: [(FactRef, Option<Period>); 2]) -> Sentence;
    main_cause(effect: &str, of_transactions: bool, names: &[FactRef], amount: FactRef, period: Option<Period>) -> Sentence;
    parts_moved(about: &About, from: Option<Period>, measure: FactRef, parts: &[Part]) -> Sentence;
    regime(name: FactRef, regime: &str) -> Sentence;
    with_non_operating(sides: [(FactRef, Option<Period>); 2]) -> Sentence;
    read_as(scene: &Scene<'_>, measure: FactRef) -> Sentence;
    cost_metric(measure: FactRef) -> Sentence;
    period_reading(asked: Slice, period: Period) -> Sentence;
    preceding(period: Period) -> Sentence;
    whole_period() -> Sentence;
    name_reading(asked: Slice) -> Sentence;
    partial_period(period: Period, first: FactRef, last: FactRef) -> Sentence;
    loaded(first: FactRef, last: FactRef) -> Sentence;
    next(ask: Ask) -> Vec<Sentence>;
    declined(decline: &crate::request::Decline) -> Sentence;
    reason(decline: &crate::request::Decline) -> Sentence;
    nearest(names: Vec<FactRef>) -> Sentence;
    asked_back(asked: Slice) -> Sentence;
    choice(asked: Slice, dimension: &Dimension) -> Sentence;
    no_figures() -> Sentence;
    instead() -> Vec<Sentence>;
}

impl Voice {
    pub(super) fn of(question: &Question) -> Self {
        Self(question.language())
    }
}

/// The period that a figure belongs to.
pub(super) fn period_of(held: &Evidence, row: usize, column: &str) -> Option<Period> {
    held.fact(row, column)?.period
}

/// A reference to a cell.
pub(super) fn at(held: &Evidence, row: usize, column: &str) -> FactRef {
    FactRef::new(held.id.clone(), row, column)
}
