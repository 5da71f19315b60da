//! Draws charts as SVG from evidence alone: the same evidence gives the same bytes.
//!
//! Colours are classes with a fallback (`series-1` …) and `currentColor`, so that light and dark
//! pages can both show them; there are no scripts and no styles. Every label goes through the
//! formatter of figures or is escaped.

mod axis;
mod columns;
mod rows;
mod svg;

use wherefore_contract::{
    Decimal,
    draft::{ChartKind, DraftChart, Format},
    evidence::Evidence,
    question::Language,
    table::ColumnKind,
    unit::Unit,
};

use crate::{escape, number, render};

/// One value to draw.
#[derive(Debug, Clone)]
pub(crate) struct Point {
    pub(crate) x: String,
    pub(crate) series: String,
    pub(crate) value: Decimal,
}

/// Everything a drawing needs.
#[derive(Debug)]
pub(crate) struct Plot {
    pub(crate) title: String,
    pub(crate) points: Vec<Point>,
    pub(crate) unit: Unit,
    pub(crate) language: Language,
    /// Changes and parts carry their sign.
    pub(crate) format: Format,
}

impl Plot {
    pub(crate) fn figure(&self, value: Decimal) -> String {
        number::figure(value, &self.unit, self.format, self.language)
    }

    /// The different positions along the axis, in the order of the rows.
    pub(crate) fn xs(&self) -> Vec<&str> {
        in_order(self.points.iter().map(|point| point.x.as_str()))
    }

    /// The different series, in the order of the rows.
    pub(crate) fn series(&self) -> Vec<&str> {
        in_order(self.points.iter().map(|point| point.series.as_str()))
    }
}

fn in_order<'a>(all: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = Vec::new();
    for each in all {
        if !seen.contains(&each) {
            seen.push(each);
        }
    }
    seen
}

/// The most points of one chart along its axis.
const POINTS_SHOWN: usize = 400;
/// The most bars, one below the other.
const BARS_SHOWN: usize = 30;

/// The chart, or why its evidence cannot give it.
///
/// # Errors
/// When the evidence or a column is missing, its numbers have several units, or there are none.
pub fn draw(
    drawn: &DraftChart,
    title: &str,
    evidence: &[Evidence],
    language: Language,
) -> Result<String, String> {
    let plot = plot(drawn, title, evidence, language)?;
    Ok(match drawn.kind {
        ChartKind::Bars => rows::bars(&plot),
        ChartKind::Waterfall => rows::waterfall(&plot),
        ChartKind::StackedBars => columns::stacked(&plot),
        ChartKind::Line => columns::line(&plot),
    })
}

fn plot(
    drawn: &DraftChart,
    title: &str,
    evidence: &[Evidence],
    language: Language,
) -> Result<Plot, String> {
    let id = &drawn.evidence;
    let evidence = evidence
        .iter()
        .find(|each| each.id == *id)
        .ok_or_else(|| format!("there is no evidence `{id}`"))?;
    let table = &evidence.facts.table;
    for name in std::iter::once(&drawn.x).chain(&drawn.series) {
        if table.column(name).is_none_or(|column| column.kind == ColumnKind::Measure) {
            return Err(format!("{id} has no column of names or moments `{name}`"));
        }
    }
    let name = |row: usize, column: &str| match table.text(row, column) {
        Some(text) if !text.is_empty() => {
            let own = render::own_word(column, text, language).map(str::to_owned);
            let shown = own.unwrap_or_else(|| escape::plain(text));
            if shown.trim().is_empty() { render::unreadable(language).to_owned() } else { shown }
        }
        _ => render::no_value(language).to_owned(),
    };
    let mut points = Vec::new();
    let mut unit: Option<Unit> = None;
    let most = match drawn.kind {
        ChartKind::Bars | ChartKind::Waterfall => BARS_SHOWN,
        ChartKind::StackedBars | ChartKind::Line => POINTS_SHOWN,
    };
    for column in &drawn.y {
        if table.column(column).is_none_or(|column| column.kind != ColumnKind::Measure) {
            return Err(format!("{id} has no measure `{column}`"));
        }
        for row in 0..table.rows.len().min(most) {
            let (Some(value), Some(own)) = (table.number(row, column), table.unit(row, column))
            else {
                continue;
            };
            if unit.get_or_insert_with(|| own.clone()) != &own {
                return Err(format!("column `{column}` of {id} is in another unit; draw one unit"));
            }
            let series = match &drawn.series {
                Some(by) => name(row, by),
                None => escape::plain(&render::column(column, language)),
            };
            points.push(Point { x: name(row, &drawn.x), series, value });
        }
    }
    let unit = unit.ok_or_else(|| format!("{id} holds no number to draw"))?;
    let signed = drawn.y.iter().all(|column| {
        matches!(
            crate::ledger::role(column),
            crate::ledger::Role::Change | crate::ledger::Role::Part
        )
    });
    let format = if signed { Format::Signed } else { Format::Auto };
    Ok(Plot { title: plain_title(title), points, unit, language, format })
}

// Titles come as Markdown text.
fn plain_title(title: &str) -> String {
    title.replace('\\', "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[cfg(test)]
mod tests;
