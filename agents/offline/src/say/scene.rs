//! What an answer is written from, and the voice it is written in.

use std::collections::BTreeSet;

use wherefore_contract::{
    cost::{Measure, Scale},
    dimension::Dimension,
    evidence::{Evidence, FactRef},
    filter::FilterOp,
    period::Period,
    question::Question,
    table::ColumnKind,
};

use super::voice::Voice;
use crate::{
    known::known,
    playbook::{Step, analysis, overall},
    request::{Analysis, Ask, Condition, Reading, Slice},
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
    /// Charges that hold no tag at all.
    pub untagged: bool,
    /// Charges that hold some value of these dimensions.
    pub filled: Vec<Word>,
}

/// How a condition is named: as the data spell it, in the words of the question, or by its dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Word {
    Name(FactRef),
    Asked(Slice),
    Dimension(Dimension),
}

/// Questions about the data rather than about cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loading {
    /// How far the loaded charges reach.
    Extent,
    /// When something was charged first and last.
    FirstAndLast,
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

    /// What a sentence speaks of. Conditions on what the rows are grouped by are told by the rows.
    pub(super) fn about(&self, period: Option<Period>) -> About {
        let told = |held: &&Condition| {
            matches!(held.filter.op, FilterOp::In | FilterOp::Contains)
                && self.reading.dimensions.contains(&held.filter.dimension)
        };
        let conditions = self.reading.conditions.iter().filter(|held| !told(held));
        self.about_conditions(conditions, period)
    }

    /// Every condition of the reading.
    pub(super) fn about_all(&self) -> About {
        let mut about = self.about_conditions(&self.reading.conditions, None);
        if about.kept.is_empty() {
            about.kept.extend(self.workload_name().map(Word::Name));
        }
        about
    }

    /// The same for some conditions alone.
    pub(super) fn about_conditions<'c>(
        &self,
        conditions: impl IntoIterator<Item = &'c Condition>,
        period: Option<Period>,
    ) -> About {
        let timed = self.reading.dimensions.iter().any(|dimension| dimension.grain().is_some());
        let mut about = About { period, dated_by_rows: timed, ..About::default() };
        let conditions: Vec<&Condition> = conditions.into_iter().collect();
        about.untagged =
            conditions.iter().filter(|held| is_untagged(held)).count() >= UNTAGGED_FROM;
        for condition in conditions {
            if about.untagged && is_untagged(condition) {
                continue;
            }
            let words = self.words(condition);
            let list = match condition.filter.op {
                FilterOp::In | FilterOp::Contains => &mut about.kept,
                FilterOp::NotNull => &mut about.filled,
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
        // What neither the question nor the one before it said, the answer's assumptions say.
        let carried = !self.reading.inherited.is_empty() || self.question.request.is_some();
        if condition.asked.is_empty() && !carried {
            return Vec::new();
        }
        if matches!(filter.op, FilterOp::IsNull | FilterOp::NotNull) {
            return vec![Word::Dimension(filter.dimension.clone())];
        }
        let (column, wanted) = ("value", filter.values.clone());
        let tables = || self.evidence.iter().filter(|held| held.facts.name == "hits");
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

    /// The column of the first measure that holds a figure.
    pub(super) fn figure_column(&self, held: &Evidence) -> Option<String> {
        let columns = self.reading.measures.iter().map(Measure::column_name);
        let per_day = (self.reading.per_day || self.reading.ask == Ask::PerDay).then(|| {
            self.reading.measures.first().map(|first| format!("{}_per_day", first.column_name()))
        });
        let scaled = self.scaled_column();
        scaled
            .into_iter()
            .chain(per_day.flatten())
            .chain(columns)
            .find(|name| held.fact(0, name).is_some())
    }

    /// Whether the forecast is of a model rather than the pace of the running month.
    pub(super) fn looks_ahead(&self) -> bool {
        self.found(0, "forecast").is_some_and(|held| held.fact(0, "backtest_error").is_some())
    }

    /// The column of the first measure at another length of time.
    pub(super) fn scaled_column(&self) -> Option<String> {
        let first = self.reading.measures.first()?.column_name();
        Some(match self.reading.scale? {
            Scale::Days(_) | Scale::Times(_) => format!("{first}_scaled"),
            Scale::OverDays(_) => format!("{first}_per_day"),
        })
    }

    /// The same as [`Self::about`], with the workload of a unit cost among what is kept.
    pub(super) fn about_workload(&self, held: &Evidence, period: Option<Period>) -> About {
        let mut about = self.about(period);
        if about.kept.is_empty() {
            let own = held.name(0, "workload").map(|_| at(held, 0, "workload"));
            about.kept.extend(self.workload_name().or(own).map(Word::Name));
        }
        about
    }

    // Where the evidence spells the workload of the reading.
    fn workload_name(&self) -> Option<FactRef> {
        let wanted = self.reading.workload.as_deref()?;
        let rows =
            |held: &'a Evidence| (0..held.facts.table.rows.len()).map(move |row| (held, row));
        ["workload", "value"].into_iter().find_map(|column| {
            let mut cells = self.evidence.iter().flat_map(rows);
            cells
                .find(|(held, row)| held.name(*row, column) == Some(wanted))
                .map(|(held, row)| at(held, row, column))
        })
    }

    /// What of the loaded data is asked about, where it is not its cost.
    pub(super) fn loading(&self) -> Option<Loading> {
        if matches!(self.reading.ask, Ask::Completeness | Ask::Coverage) {
            return Some(Loading::Extent);
        }
        (self.reading.ask == Ask::FirstSeen).then_some(Loading::FirstAndLast)
    }

    /// The period of the reading as the evidence knows it; that of the figures where none was named.
    pub(super) fn shown_period(&self) -> Option<Period> {
        let own = || self.found(0, "")?.facts.period;
        match self.reading.period.map(|moment| moment.period) {
            Some(period) if self.knows(period) => Some(period),
            Some(_) | None => own(),
        }
    }

    /// The earlier period of a comparison.
    pub(super) fn shown_base(&self) -> Option<Period> {
        self.reading.base.map(|moment| moment.period).filter(|period| self.knows(*period))
    }

    // Whether some call was about this period.
    fn knows(&self, period: Period) -> bool {
        let asked = |held: &Evidence| {
            ["period", "from", "to"].iter().any(|name| {
                let argument = held.arguments.get(*name).cloned();
                argument.and_then(|value| serde_json::from_value(value).ok()) == Some(period)
            })
        };
        self.periods().contains(&period)
            || self.evidence.iter().filter(|held| held.tool != "describe_cost_data").any(asked)
    }

    /// The measures of the reading, as cells of the figures.
    pub(super) fn shown_measures(&self) -> Vec<FactRef> {
        let mut all: Vec<FactRef> = Vec::new();
        if self.loading() == Some(Loading::Extent) {
            return all;
        }
        if self.reading.ask == Ask::Analysis(Analysis::Bases) {
            return self.bases();
        }
        if self.reading.ask == Ask::Analysis(Analysis::Closing) {
            return all;
        }
        if self.reading.ask == Ask::Analysis(Analysis::Savings) {
            let total = self.found(0, "verdict");
            let total = total.map(|held| at(held, 0, "total_monthly_saving"));
            return total.into_iter().collect();
        }
        // A projection names what it projects in the days that it goes by.
        let table = if self.reading.ask == Ask::Forecast { "days" } else { "" };
        for index in 0..self.steps().len() {
            let Some(held) = self.found(index, table) else { continue };
            let sides = self.reading.sides.iter().map(|side| &side.measure);
            for measure in self.reading.measures.iter().chain(sides) {
                let name = measure.column_name();
                let mut columns = held.facts.table.columns.iter();
                let column = columns.find(|column| {
                    let base = column.name.trim_end_matches("_from").trim_end_matches("_to");
                    column.kind == ColumnKind::Measure && base == name
                });
                let Some(column) = column else { continue };
                let known = |own: &FactRef| own.column == column.name;
                if !all.iter().any(known) {
                    all.push(at(held, 0, &column.name));
                }
            }
        }
        // A unit cost stands with what it is made of, which nobody asked for.
        if self.reading.ask == Ask::UnitCost {
            all.truncate(1);
        }
        // An analysis brings measures of its own and says of which cost they are.
        let own = matches!(self.reading.ask, Ask::Analysis(_));
        if all.is_empty() && !own { self.first_measure().into_iter().collect() } else { all }
    }

    // Every cost basis that is given.
    fn bases(&self) -> Vec<FactRef> {
        let Some(held) = self.found(0, "costs") else { return Vec::new() };
        let columns = held.facts.table.columns.iter();
        let cost = |name: &str| name.parse::<Measure>().is_ok_and(|measure| measure.is_cost());
        columns
            .filter(|column| cost(&column.name))
            .map(|column| at(held, 0, &column.name))
            .collect()
    }

    /// The evidence whose call kept only some rows, by a threshold or a limit.
    pub(super) fn terms(&self) -> Option<&'a str> {
        let held = self.found(0, "")?;
        let set = |name: &str| match held.arguments.get(name) {
            Some(serde_json::Value::Array(list)) => !list.is_empty(),
            Some(serde_json::Value::Number(_)) => true,
            Some(_) | None => false,
        };
        let scaled = self.reading.scale.is_some();
        let kept = ["having", "amounts", "limit"].into_iter().any(set);
        (scaled || kept).then_some(held.id.as_str())
    }

    /// The first measure of the first figures, for words about the reading.
    pub(super) fn first_measure(&self) -> Option<FactRef> {
        if self.reading.ask == Ask::Analysis(Analysis::Unusual) {
            // What was looked at names the cost; the anomalies name what is odd about it.
            let looked = self.found(0, "looked_at")?;
            let mut columns = looked.facts.table.columns.iter();
            let cost = columns.find(|column| column.name.parse::<Measure>().is_ok())?;
            return Some(at(looked, 0, &cost.name));
        }
        let levels = (self.reading.ask == Ask::Explain)
            .then(|| overall(self.reading)?.found(self.evidence, ""))
            .flatten()
            .filter(|held| !held.facts.table.rows.is_empty());
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
    pub(super) fn periods(&self) -> BTreeSet<Period> {
        let mut all = BTreeSet::new();
        for held in self.evidence.iter().filter(|held| held.tool != "describe_cost_data") {
            all.extend(held.facts.period);
            all.extend(held.facts.table.columns.iter().filter_map(|column| column.period));
        }
        all
    }

    /// From the first to the last loaded day.
    pub(super) fn coverage(&self) -> Option<Period> {
        known(self.evidence).description.coverage
    }

    /// Whether rows stand for values of a dimension.
    pub(super) fn is_grouped(&self) -> bool {
        !self.reading.dimensions.is_empty()
    }

    /// References to the naming cells of a row, in the order of the columns.
    pub(super) fn row_names(&self, held: &Evidence, row: usize) -> Vec<FactRef> {
        let wanted: Vec<String> = self.reading.dimensions.iter().map(Dimension::name).collect();
        let named = held.facts.table.columns.iter().filter(|column| {
            column.kind != ColumnKind::Measure
                && (wanted.contains(&column.name) || wanted.is_empty())
        });
        let all: Vec<FactRef> = named.flat_map(|column| called(held, row, &column.name)).collect();
        if !all.is_empty() {
            return with_unit(held, row, all);
        }
        let first =
            held.facts.table.columns.iter().find(|column| column.kind != ColumnKind::Measure);
        first
            .map(|column| FactRef::new(held.id.clone(), row, column.name.clone()))
            .into_iter()
            .collect()
    }
}

// From so many keys on, charges without tags are said to have none.
const UNTAGGED_FROM: usize = 4;

fn is_untagged(condition: &Condition) -> bool {
    condition.filter.op == FilterOp::IsNull
        && matches!(condition.filter.dimension, Dimension::Tag(_))
}

// Rows that differ in their unit alone are told apart by it: "Usage (Hrs)".
fn with_unit(held: &Evidence, row: usize, mut names: Vec<FactRef>) -> Vec<FactRef> {
    let table = &held.facts.table;
    let alike = |other: usize| {
        names.iter().all(|name| table.text(other, &name.column) == table.text(row, &name.column))
    };
    if (0..table.rows.len()).any(|other| other != row && alike(other)) {
        let units = table.columns.iter().filter_map(|column| column.unit_column.as_deref());
        let unit = units.into_iter().find(|unit| table.column(unit).is_some());
        names.extend(unit.map(|unit| at(held, row, unit)));
    }
    names
}

// A name says more than an id; where several rows have one name, the id stands behind it.
fn called(held: &Evidence, row: usize, column: &str) -> Vec<FactRef> {
    let stem = column.strip_suffix("_id").unwrap_or(column);
    let name = format!("{stem}_name");
    let own = held.name(row, &name);
    let id = at(held, row, column);
    if own.is_none() {
        return vec![id];
    }
    let alike = (0..held.facts.table.rows.len()).any(|other| {
        held.name(other, &name) == own && held.name(other, column) != held.name(row, column)
    });
    if alike { vec![at(held, row, &name), id] } else { vec![at(held, row, &name)] }
}

/// The period that a figure belongs to.
pub(super) fn period_of(held: &Evidence, row: usize, column: &str) -> Option<Period> {
    held.fact(row, column)?.period
}

/// A reference to a cell.
pub(super) fn at(held: &Evidence, row: usize, column: &str) -> FactRef {
    FactRef::new(held.id.clone(), row, column)
}
