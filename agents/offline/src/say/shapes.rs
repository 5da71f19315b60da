//! The shape of an answer, by kind of question: its headline, table, chart and result.

mod amounts;
mod analyses;
mod commitments;
mod rows;
mod sides;

use wherefore_contract::{
    answer::Status,
    cost::{Direction, Measure},
    dimension::Dimension,
    draft::{ChartKind, Draft, DraftChart, DraftResult, DraftTable, Extreme, Sentence},
    evidence::{Evidence, FactRef},
    table::ColumnKind,
    unit::Unit,
};

use super::{
    bare, explain,
    line::Line,
    scene::{Scene, at},
};
use crate::request::Ask;

pub(super) use sides::two_sides;

// Charts with more marks than this cannot be read.
const BARS_SHOWN: usize = 30;
const SERIES_SHOWN: usize = 12;
// From so many points on, a course over time is a line.
const LINE_FROM: usize = 12;

/// The answer to the reading; `None` when the tools found nothing.
pub(super) fn shape(scene: &Scene<'_>) -> Option<Draft> {
    if is_unknown_part(scene) {
        return None;
    }
    match scene.reading.ask {
        Ask::Total | Ask::Count => amounts::total(scene),
        Ask::Average => amounts::average(scene),
        Ask::Exists => amounts::exists(scene),
        Ask::PerDay => amounts::per_day(scene),
        Ask::Forecast => amounts::forecast(scene),
        Ask::FirstSeen => amounts::first_seen(scene),
        Ask::List => amounts::listed(scene),
        Ask::Completeness | Ask::Coverage => amounts::completeness(scene),
        Ask::Breakdown if scene.reading.fold.is_some() => amounts::folded(scene),
        Ask::Breakdown => rows::rows(scene, scene.found(0, "")?),
        Ask::Trend => rows::trend(scene, scene.found(0, "")?),
        Ask::UnitCost => rows::unit_cost(scene),
        Ask::Cumulative(_) => rows::cumulative(scene),
        Ask::Place => rows::place(scene),
        Ask::Jump => rows::jump(scene),
        Ask::Share => sides::share(scene),
        Ask::Compare => sides::compare(scene),
        Ask::ComparePerDay => sides::compare_per_day(scene),
        Ask::Times => sides::times(scene),
        Ask::Ratio | Ask::Percent | Ask::PercentApart => sides::ratio(scene),
        Ask::Difference => sides::difference(scene),
        Ask::Beside => sides::beside(scene),
        Ask::Explain => explain::cost(scene),
        Ask::ExplainUnitCost => explain::unit_cost(scene),
        Ask::Saving => commitments::saving(scene),
        Ask::Analysis(analysis) => analyses::shape(scene, analysis),
    }
}

// A part of nothing, such as the utilization of commitments whose cost no bill states, is no figure; the amounts
// beside it do not answer.
fn is_unknown_part(scene: &Scene<'_>) -> bool {
    let Some(first) = scene.reading.measures.first() else { return false };
    if first.fixed_unit() != Some(Unit::Percent) {
        return false;
    }
    let name = first.column_name();
    scene.found(0, "").is_some_and(|held| {
        let known = |row: usize| held.facts.table.number(row, &name).is_some();
        held.facts.table.column(&name).is_some() && !(0..held.facts.table.rows.len()).any(known)
    })
}

pub(super) fn answered(headline: Sentence) -> Draft {
    bare(Status::Answered, headline)
}

fn value(fact: FactRef) -> Line {
    Line::default().value(fact)
}

fn first_column(scene: &Scene<'_>) -> String {
    scene.reading.measures.first().map(Measure::column_name).unwrap_or_default()
}

/// The column that the rows were put in order by: what the question is about.
fn ranked_column(scene: &Scene<'_>, held: &Evidence) -> String {
    let first = first_column(scene);
    let per_day = format!("{first}_per_day");
    let asked = scene.reading.rank_by.clone();
    let mut names = asked.into_iter();
    let known = |name: &String| {
        held.facts.table.column(name).is_some_and(|column| column.kind == ColumnKind::Measure)
    };
    names
        .find(known)
        .or_else(|| scene.scaled_column().filter(known))
        .or_else(|| {
            Some(per_day)
                .filter(known)
                .filter(|_| scene.reading.per_day || scene.reading.ask == Ask::PerDay)
        })
        .unwrap_or(first)
}

/// All columns of a piece of evidence, as the result.
pub(super) fn all_rows(held: &Evidence) -> DraftResult {
    let columns = held.facts.table.columns.iter().map(|column| column.name.clone()).collect();
    DraftResult::Rows { evidence: held.id.clone(), columns }
}

pub(super) fn table(held: &Evidence) -> DraftTable {
    DraftTable { evidence: held.id.clone(), columns: Vec::new() }
}

/// Whether the unit of a figure already says what is counted, so that no measure stands beside it.
fn says_itself(unit: &Unit) -> bool {
    match unit {
        Unit::Count(noun) => noun != "distinct",
        Unit::CurrencyPer { .. } => true,
        Unit::Currency(_) | Unit::Quantity(_) | Unit::Percent | Unit::Ratio => false,
    }
}

fn end_of(direction: Direction) -> Extreme {
    match direction {
        Direction::Descending => Extreme::Largest,
        Direction::Ascending => Extreme::Smallest,
    }
}

fn timed(dimensions: &[Dimension]) -> bool {
    dimensions.iter().any(|dimension| dimension.grain().is_some())
}

/// The chart of a table: a line over time, bars of a ranking, stacked bars of two dimensions.
fn chart(scene: &Scene<'_>, held: &Evidence, column: &str) -> Option<DraftChart> {
    let facts = &held.facts.table;
    let named: Vec<&Dimension> = scene
        .reading
        .dimensions
        .iter()
        .filter(|dimension| {
            let column = facts.column(&dimension.name());
            column.is_some_and(|column| column.kind != ColumnKind::Measure)
        })
        .collect();
    let count = facts.rows.len();
    facts.column(column).filter(|found| found.kind == ColumnKind::Measure)?;
    if count < 2 {
        return None;
    }
    let (kind, x, series) = match named.as_slice() {
        [one] if one.grain().is_some() && count >= LINE_FROM => (ChartKind::Line, one.name(), None),
        [one] if count <= BARS_SHOWN => (ChartKind::Bars, one.name(), None),
        [one, other] => {
            let (x, by) = if other.grain().is_some() { (other, one) } else { (one, other) };
            if different(held, &by.name()) > SERIES_SHOWN || different(held, &x.name()) > BARS_SHOWN
            {
                return None;
            }
            (ChartKind::StackedBars, x.name(), Some(by.name()))
        }
        _ => return None,
    };
    let title = Line::default().measure(at(held, 0, column)).done();
    let y = vec![column.to_owned()];
    Some(DraftChart { title, kind, evidence: held.id.clone(), x, y, series })
}

fn different(held: &Evidence, column: &str) -> usize {
    let rows = 0..held.facts.table.rows.len();
    let names: std::collections::BTreeSet<Option<&str>> =
        rows.map(|row| held.name(row, column)).collect();
    names.len()
}
