//! What was found as tables: the anomalies, what was looked at, and the course of the largest one.

use wherefore_analysis::{Anomaly, Unusual};
use wherefore_contract::{
    Decimal, dimension::Dimension, period::Period, table::Column, tool::FactTable, unit::Unit,
};

use super::{
    closer::Closer,
    read::{Leaves, Look},
};
use crate::fact_table::{Row, cell, computed, text};

// The course is shown from so many days before the anomaly.
const SHOWN_BEFORE: usize = 28;
const SHOWN_AFTER: usize = 7;
// Digits of a score.
const SCORE_PLACES: u32 = 1;
// What the narrowest step of the whole is called.
const WHOLE: &str = "total";

pub(super) struct Story<'a> {
    pub(super) look: &'a Look<'a>,
    pub(super) leaves: &'a Leaves,
    pub(super) unusual: &'a Unusual,
    pub(super) closer: &'a [Closer],
    /// Anomalies in all, shown or not.
    pub(super) found: usize,
    /// Days of past without which no day is judged.
    pub(super) days_needed: usize,
}

impl Story<'_> {
    /// `anomalies`, `looked_at`, and `course` where there is an anomaly.
    pub(super) fn tables(&self) -> Vec<FactTable> {
        let mut tables = vec![self.anomalies(), self.looked_at()];
        tables.extend(self.unusual.anomalies.first().map(|largest| self.course(largest)));
        tables
    }

    fn table(&self, name: &str, columns: Vec<Column>, rows: Vec<Row>, period: Period) -> FactTable {
        let source = &self.leaves.table;
        let mut table = computed(name, &source.source, columns, rows);
        table.statement.clone_from(&source.statement);
        table.parameters.clone_from(&source.parameters);
        table.period = Some(period);
        table.filters = self.look.filters.to_vec();
        table.data_as_of.clone_from(&source.data_as_of);
        table
    }

    fn anomalies(&self) -> FactTable {
        let steps = self.look.dimensions.iter().map(Dimension::name);
        let money = |name: &str| Column::measure(name, self.leaves.unit.clone());
        let names = ["dimension", "value", "kind"];
        let mut columns = vec![Column::time("period")];
        columns.extend(names.map(Column::dimension));
        columns.extend([money("expected"), money("actual"), money("impact")]);
        columns.push(Column::measure("score", Unit::Ratio));
        columns.extend(steps.map(Column::dimension));
        columns.extend(["workload", "resource_id"].map(Column::dimension));
        let found = self.unusual.anomalies.iter();
        let rows = found.enumerate().map(|(at, one)| self.row(one, self.closer.get(at))).collect();
        self.table("anomalies", columns, rows, self.look.judged())
    }

    fn row(&self, anomaly: &Anomaly, closer: Option<&Closer>) -> Row {
        let mut steps = self.look.dimensions.iter().zip(&anomaly.path);
        let narrowest = steps.rfind(|(_, value)| value.is_some());
        let days = self.look.period(&anomaly.days);
        let score = Decimal::try_from(anomaly.score).unwrap_or_default().round_dp(SCORE_PLACES);
        let mut cells = vec![
            days.and_then(|days| cell(named(days))),
            cell(narrowest.map_or_else(|| WHOLE.to_owned(), |(step, _)| step.name())),
            narrowest.and_then(|(_, value)| text(value.as_deref()?)),
            cell(anomaly.kind.name()),
            cell(anomaly.expected.normalize()),
            cell(anomaly.actual.normalize()),
            cell(anomaly.impact.normalize()),
            cell(score.normalize()),
        ];
        cells.extend(anomaly.path.iter().map(|value| text(value.as_deref()?)));
        let closer = closer.cloned().unwrap_or_default();
        cells.extend([closer.workload, closer.resource]);
        cells
    }

    fn looked_at(&self) -> FactTable {
        let count = |name: &str, of: &str| Column::measure(name, Unit::Count(of.to_owned()));
        let cost = self.look.measure.column_name();
        let judged = self.look.days.judged.clone();
        let looked: Decimal = self
            .leaves
            .series
            .iter()
            .filter_map(|leaf| leaf.days.get(judged.clone()))
            .flatten()
            .sum();
        let columns = vec![
            Column::measure(cost, self.leaves.unit.clone()),
            count("days_judged", "days"),
            count("series_judged", "series"),
            count("anomalies_found", "anomalies"),
            count("days_loaded", "days"),
            count("days_needed", "days"),
            Column::measure("least_impact", self.leaves.unit.clone()),
        ];
        let row = vec![
            cell(looked.normalize()),
            cell(self.unusual.days),
            cell(self.unusual.series),
            cell(self.found),
            cell(self.look.days.loaded.iter().filter(|loaded| **loaded).count()),
            cell(self.days_needed),
            cell(self.unusual.least_impact.normalize()),
        ];
        self.table("looked_at", columns, vec![row], self.look.judged())
    }

    // The days around the largest anomaly, of its own path.
    fn course(&self, largest: &Anomaly) -> FactTable {
        let end = (largest.days.end + SHOWN_AFTER).min(self.look.days.loaded.len());
        let days = largest.days.start.saturating_sub(SHOWN_BEFORE)..end;
        let inside = |path: &[Option<String>]| {
            let steps = largest.path.iter().zip(path);
            steps.clone().all(|(wanted, own)| {
                wanted.as_ref().is_none_or(|wanted| own.as_deref().unwrap_or_default() == wanted)
            })
        };
        let cost = |day: usize| -> Decimal {
            let own = self.leaves.series.iter().filter(|leaf| inside(&leaf.path));
            own.filter_map(|leaf| leaf.days.get(day)).sum()
        };
        let loaded = |day: &usize| self.look.days.loaded.get(*day).copied().unwrap_or(false);
        let rows = days
            .clone()
            .filter(loaded)
            .map(|day| vec![cell(self.look.date(day)), cell(cost(day).normalize())])
            .collect();
        let cost = Column::measure(self.look.measure.column_name(), self.leaves.unit.clone());
        let period = self.look.period(&days).unwrap_or_else(|| self.look.judged());
        self.table("course", vec![Column::time("day"), cost], rows, period)
    }
}

/// Days as ISO 8601 writes an interval; one day by itself.
fn named(days: Period) -> String {
    let (start, end) = (days.start().date(), days.end().date());
    if days.days() == 1 { start.to_string() } else { format!("{start}/{end}") }
}
