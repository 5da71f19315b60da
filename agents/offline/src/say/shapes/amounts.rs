//! Answers of one figure, or of a few that belong together.

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, Grain},
    draft::{
        CalcOp, ChartKind, Draft, DraftChart, DraftResult, DraftTable, FactOrCalc, Format, Sentence,
    },
    evidence::{Evidence, FactRef},
    table::ColumnKind,
};

use super::{all_rows, answered, first_column, rows, says_itself, table, value};
use crate::{
    request::{Ask, Note},
    say::{
        line::Line,
        scene::{About, Scene, at, period_of},
        voice::Projection,
    },
};

// So many names of a list stand in its headline.
const NAMES_SHOWN: usize = 5;
// So many months of a forecast stand in its headline.
const MONTHS_TOLD: usize = 4;
// A question for names is answered with more of them.
const NAMES_LISTED: usize = 12;
// A count of no more things than this also lists them.
const COUNTED_SHOWN: usize = 50;

pub(super) fn total(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    if held.facts.table.rows.len() > 1 || !scene.reading.dimensions.is_empty() {
        return rows::rows(scene, held);
    }
    let column = scene.figure_column(held)?;
    let figure = at(held, 0, &column);
    let about = scene.about(held.fact(0, &column)?.period);
    let figures: Vec<FactRef> = scene
        .reading
        .measures
        .iter()
        .map(Measure::column_name)
        .filter(|name| held.fact(0, name).is_some())
        .map(|name| at(held, 0, &name))
        .collect();
    let costs = scene.reading.measures.iter().all(Measure::is_cost);
    let mut draft = if figures.len() > 1 && costs {
        answered(scene.voice().levels(&about, &figures))
    } else {
        let mut draft = answered(one(scene, held, &figure, &about));
        let further = figures.iter().filter(|other| **other != figure);
        draft.body.extend(further.map(|other| one(scene, held, other, &about)));
        draft
    };
    let computed = column.ends_with("_scaled") || column.ends_with("_per_day");
    if computed && figures.len() == 1 {
        draft.result = DraftResult::Scalar { name: column, value: FactOrCalc::Fact(figure) };
        return Some(draft);
    }
    draft.result = if figures.len() > 1 || column != first_column(scene) {
        draft.tables.push(table(held));
        all_rows(held)
    } else {
        DraftResult::Scalar { name: column, value: FactOrCalc::Fact(figure) }
    };
    draft.tables.extend(counted(scene).map(table));
    Some(draft)
}

// Which ones a bound keeps, beside how many they are.
fn counted<'a>(scene: &Scene<'a>) -> Option<&'a Evidence> {
    if scene.reading.ask != Ask::Count {
        return None;
    }
    scene.found(1, "").filter(|held| held.facts.table.rows.len() <= COUNTED_SHOWN)
}

/// One figure in the words that its unit asks for.
pub(super) fn one(scene: &Scene<'_>, held: &Evidence, figure: &FactRef, about: &About) -> Sentence {
    let voice = scene.voice();
    let unit = held.facts.table.unit(figure.row, &figure.column);
    let shown = value(figure.clone());
    if figure.column.ends_with("_per_day") {
        return voice.daily(about, figure.clone(), shown);
    }
    match unit {
        Some(unit) if figure.column == "unit_cost" && says_itself(&unit) => {
            voice.priced(about, shown)
        }
        Some(unit) if unit.currency().is_none() && says_itself(&unit) => {
            voice.counted(about, figure.clone(), shown)
        }
        _ => voice.total(about, figure.clone(), shown),
    }
}

/// One figure over rows, and the rows where they are few.
pub(super) fn folded(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    let column = scene.reading.fold?.column_name(&first_column(scene));
    let figure = at(held, 0, &column);
    let about = About { dated_by_rows: false, ..scene.about(held.fact(0, &column)?.period) };
    let several = held.facts.table.rows.len() > 1;
    let mut draft = if several {
        let names = scene.row_names(held, 0);
        answered(scene.voice().row(&about, &names, figure.clone(), value(figure.clone())))
    } else {
        answered(scene.voice().total(&about, figure.clone(), value(figure.clone())))
    };
    let share = held.fact(0, "share").filter(|_| !several).map(|_| at(held, 0, "share"));
    if let Some(share) = &share {
        draft.body.push(scene.voice().total(&about, share.clone(), value(share.clone())));
    }
    if several || share.is_some() {
        draft.tables.push(table(held));
        draft.result = all_rows(held);
    } else {
        draft.result = DraftResult::Scalar { name: column, value: FactOrCalc::Fact(figure) };
    }
    let rows = scene.found(1, "").filter(|rows| rows.facts.table.rows.len() <= COUNTED_SHOWN);
    draft.tables.extend(rows.map(table));
    Some(draft)
}

pub(super) fn exists(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    let Some(count) = held.fact(0, "rows").filter(|count| !count.value.is_zero()) else {
        return total(scene);
    };
    if held.facts.table.rows.len() > 1 {
        return rows::rows(scene, held);
    }
    let about = scene.about(count.period);
    let mut draft = answered(scene.voice().exists(&about, at(held, 0, "rows")));
    let costs = scene.reading.measures.iter().filter(|measure| measure.is_cost());
    for column in costs.map(Measure::column_name).filter(|name| held.fact(0, name).is_some()) {
        draft.body.push(one(scene, held, &at(held, 0, &column), &about));
    }
    draft.result = all_rows(held);
    Some(draft)
}

/// The first measure over the second, row by row.
pub(super) fn average(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    let cost = first_column(scene);
    let count = scene.reading.measures.get(1)?.column_name();
    let facts = |row: usize| vec![at(held, row, &cost), at(held, row, &count)];
    let divisible = |row: &usize| {
        let counted = held.facts.table.number(*row, &count);
        held.fact(*row, &cost).is_some() && counted.is_some_and(|counted| !counted.is_zero())
    };
    let shown = |row: usize| Line::default().calc(CalcOp::Ratio, facts(row), Format::Auto);
    let kept: Vec<usize> = (0..held.facts.table.rows.len()).filter(divisible).collect();
    let first = *kept.first()?;
    let about = scene.about(period_of(held, first, &cost));
    let names = scene.row_names(held, first);
    let mut draft = if scene.reading.dimensions.is_empty() {
        let mut draft =
            answered(scene.voice().average(&about, at(held, first, &cost), shown(first)));
        let parts = [at(held, first, &cost), at(held, first, &count)];
        draft.body.push(scene.voice().divided(&about, parts));
        draft
    } else {
        answered(scene.voice().row(&about, &names, at(held, first, &cost), shown(first)))
    };
    let mean = |row: usize| FactOrCalc::Calc { op: CalcOp::Ratio, facts: facts(row) };
    let name = format!("{cost}_per_{}", count.trim_start_matches("distinct_"));
    draft.result = if scene.reading.dimensions.is_empty() && kept.len() == 1 {
        DraftResult::Scalar { name, value: mean(first) }
    } else {
        let dimensions: Vec<String> =
            scene.reading.dimensions.iter().map(ToString::to_string).collect();
        let cells = kept.iter().map(|row| {
            let names = dimensions.iter().map(|name| FactOrCalc::Fact(at(held, *row, name)));
            names.chain([mean(*row)]).chain(facts(*row).into_iter().map(FactOrCalc::Fact)).collect()
        });
        let rows = cells.collect();
        let columns = dimensions.into_iter().chain([name, cost, count]).collect();
        DraftResult::Cells { columns, rows }
    };
    Some(draft)
}

pub(super) fn per_day(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    let column = first_column(scene);
    if held.facts.table.column(&format!("{column}_per_day")).is_some() {
        return if held.facts.table.rows.len() > 1 {
            rows::rows(scene, held)
        } else {
            total(scene)
        };
    }
    let mean = |row| FactOrCalc::Calc { op: CalcOp::PerDay, facts: vec![at(held, row, &column)] };
    let rows: Vec<Vec<FactOrCalc>> = (0..held.facts.table.rows.len())
        .map(|row| {
            let names =
                scene.reading.dimensions.iter().map(|d| FactOrCalc::Fact(at(held, row, &d.name())));
            names.chain([mean(row)]).collect()
        })
        .collect();
    let name = format!("{column}_per_day");
    let unit = |row: usize| held.facts.table.unit(row, &column);
    if (1..rows.len()).any(|row| unit(row) != unit(0)) {
        return rows::rows(scene, held);
    }
    if rows.len() > 1 {
        let mut draft = rows::rows(scene, held)?;
        let columns =
            scene.reading.dimensions.iter().map(ToString::to_string).chain([name]).collect();
        draft.result = DraftResult::Cells { columns, rows };
        draft.tables.clear();
        return Some(draft);
    }
    let period = period_of(held, 0, &column);
    let fact = at(held, 0, &column);
    let shown = Line::default().calc(CalcOp::PerDay, vec![fact.clone()], Format::Auto);
    let about = scene.about(period);
    let mut draft = answered(scene.voice().daily(&about, fact.clone(), shown));
    draft.body.push(scene.voice().total(&about, fact.clone(), value(fact)));
    draft.result = DraftResult::Scalar { name, value: mean(0) };
    Some(draft)
}

/// What a running period comes to at the pace of its loaded days.
pub(super) fn forecast(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "forecast").or_else(|| scene.found(0, ""))?;
    let cell = |name: &str| held.fact(0, name).map(|_| at(held, 0, name));
    let expected = cell("expected")?;
    let about = scene.about(period_of(held, 0, "expected"));
    let projection =
        Projection { expected: expected.clone(), low: cell("low"), high: cell("high") };
    let by_month = scene.reading.dimensions.contains(&Dimension::Time(Grain::Month));
    let of_all = scene.reading.dimensions.iter().all(|dimension| dimension.grain().is_some());
    let mut draft = if by_month && of_all {
        answered(months(scene, held))
    } else if scene.reading.dimensions.is_empty() {
        let method = cell("backtest_error").map(|error| [at(held, 0, "method"), error]);
        let mut draft = answered(match &method {
            Some(_) => scene.voice().forecast(&about, &projection),
            None => scene.voice().projected(&about, &projection),
        });
        if let Some([method, error]) = method {
            let learned = period_of(held, 0, "backtest_error");
            draft.body.push(scene.voice().tried(method.clone(), error.clone(), learned));
            draft.verdict.insert("method".to_owned(), method);
            draft.verdict.insert("backtest_error".to_owned(), error);
        }
        let actual = cell("actual_to_date").filter(|_| has_begun(held));
        if let Some(actual) = actual {
            let known = period_of(held, 0, "actual_to_date");
            let days = cell("days_loaded");
            draft.body.push(scene.voice().so_far(actual, known, days));
        }
        draft
    } else {
        let names = scene.row_names(held, 0);
        answered(scene.voice().forecast_of(&about, &names, &projection))
    };
    let fixed = ["period", "expected", "low", "high"];
    let others = held.facts.table.columns.iter().map(|column| column.name.as_str());
    let dimensions = scene.reading.dimensions.iter();
    let first = dimensions.filter(|dimension| dimension.grain().is_none()).map(ToString::to_string);
    let known = fixed.iter().filter(|name| held.facts.table.column(name).is_some());
    let mut columns: Vec<String> = first.chain(known.map(|name| (*name).to_owned())).collect();
    for name in others {
        if !columns.iter().any(|held| held == name) {
            columns.push(name.to_owned());
        }
    }
    if let Some(days) = scene.found(0, "days") {
        draft.charts.extend(daily_course(scene, days));
    }
    draft.tables.push(DraftTable { evidence: held.id.clone(), columns: columns.clone() });
    draft.result = DraftResult::Rows { evidence: held.id.clone(), columns };
    Some(draft)
}

// Every month with what it is expected to cost.
fn months(scene: &Scene<'_>, held: &Evidence) -> Sentence {
    let rows = 0..held.facts.table.rows.len().min(MONTHS_TOLD);
    let months: Vec<_> =
        rows.map(|row| ["period", "expected"].map(|of| at(held, row, of))).collect();
    scene.voice().forecast_months(&scene.about(None), &months)
}

// Whether a day of the period is loaded.
fn has_begun(held: &Evidence) -> bool {
    held.fact(0, "days_loaded").is_some_and(|days| !days.value.is_zero())
}

// The days that a projection goes by.
fn daily_course(scene: &Scene<'_>, days: &Evidence) -> Option<DraftChart> {
    let column = first_column(scene);
    let rows = days.facts.table.rows.len();
    days.facts.table.column(&column).filter(|_| rows > 1)?;
    Some(DraftChart {
        title: Line::default().measure(at(days, 0, &column)).done(),
        kind: ChartKind::Line,
        evidence: days.id.clone(),
        x: "day".to_owned(),
        y: vec![column],
        series: None,
    })
}

pub(super) fn first_seen(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    held.name(0, "first_charge")?;
    if held.facts.table.rows.len() > 1 {
        return listed_first(scene, held);
    }
    let about = scene.about(held.facts.period);
    let (first, last) = first_and_last(scene, held);
    let mut draft = answered(scene.voice().seen(&about, first, last));
    let column = first_column(scene);
    if let Some(fact) = held.fact(0, &column) {
        let about = scene.about(fact.period);
        draft.body.push(one(scene, held, &at(held, 0, &column), &about));
    }
    draft.result = all_rows(held);
    Some(draft)
}

// As days where days are asked for, else as moments.
fn first_and_last(scene: &Scene<'_>, held: &Evidence) -> (FactRef, FactRef) {
    let days = scene.reading.measures.contains(&Measure::FirstDay);
    let [first, last] =
        if days { ["first_day", "last_day"] } else { ["first_charge", "last_charge"] };
    (at(held, 0, first), at(held, 0, last))
}

/// The times without a charge, and how many there are.
fn absent(scene: &Scene<'_>) -> Option<Draft> {
    let counted = scene.found(0, "")?;
    let none = counted.facts.table.number(0, "absent")?.is_zero();
    let about = About { dated_by_rows: false, ..scene.about(counted.facts.period) };
    let dimensions = &scene.reading.dimensions;
    let voice = scene.voice();
    let whole = |column: &str| DraftResult::Scalar {
        name: column.to_owned(),
        value: FactOrCalc::Fact(at(counted, 0, column)),
    };
    let listed = scene.found(1, "").filter(|_| !none);
    let Some(held) = listed else {
        let mut draft = answered(voice.none_absent(&about, dimensions));
        draft.result = whole("absent");
        return Some(draft);
    };
    let shown = held.facts.table.rows.len().min(NAMES_LISTED);
    let names: Vec<Vec<FactRef>> = (0..shown).map(|row| scene.row_names(held, row)).collect();
    let all = names.len() == held.facts.table.rows.len();
    let only_count = scene.reading.only_count;
    let mut draft = answered(if only_count {
        voice.absent_count(&about, at(counted, 0, "absent"))
    } else {
        voice.absent(&about, dimensions, &held.id, (&names, all))
    });
    draft.result = if only_count { whole("absent") } else { all_rows(held) };
    if only_count || !all {
        draft.tables = vec![table(held)];
    }
    Some(draft)
}

/// The values of a dimension, with what each costs beside it.
pub(super) fn listed(scene: &Scene<'_>) -> Option<Draft> {
    if scene.reading.absent {
        return absent(scene);
    }
    let held = scene.found(0, "")?;
    let shown = held.facts.table.rows.len().min(NAMES_LISTED);
    let names: Vec<Vec<FactRef>> = (0..shown).map(|row| scene.row_names(held, row)).collect();
    let all = names.len() == held.facts.table.rows.len();
    let about = scene.about(held.facts.period);
    let mut draft = answered(scene.voice().listed(&about, &held.id, &names, all));
    draft.tables = vec![table(held)];
    draft.result = all_rows(held);
    Some(draft)
}

// First charges of several things: a table, with the first of them in the headline.
fn listed_first(scene: &Scene<'_>, held: &Evidence) -> Option<Draft> {
    let mut draft = if first_measure(held).is_some() {
        rows::rows(scene, held)?
    } else {
        let shown = held.facts.table.rows.len().min(NAMES_SHOWN);
        let names: Vec<Vec<FactRef>> = (0..shown).map(|row| scene.row_names(held, row)).collect();
        let all = names.len() == held.facts.table.rows.len();
        let about = scene.about(held.facts.period);
        answered(scene.voice().listed(&about, &held.id, &names, all))
    };
    draft.tables = vec![table(held)];
    draft.result = all_rows(held);
    Some(draft)
}

fn first_measure(held: &Evidence) -> Option<&str> {
    let mut columns = held.facts.table.columns.iter();
    columns.find(|column| column.kind == ColumnKind::Measure).map(|column| column.name.as_str())
}

pub(super) fn completeness(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    held.name(0, "first_charge")?;
    let voice = scene.voice();
    let about = scene.about(held.facts.period);
    let (first, last) = first_and_last(scene, held);
    let mut draft = answered(voice.loaded_between(&about, first, last));
    if held.fact(0, "distinct_day").is_some() {
        let rows = held.fact(0, "rows").map(|_| at(held, 0, "rows"));
        draft.body.push(voice.loaded_days(at(held, 0, "distinct_day"), rows));
    }
    let partial = |note: &Note| matches!(note, Note::PartialPeriod { .. });
    let whole = scene.reading.period.is_some() && !scene.reading.notes.iter().any(partial);
    if scene.reading.ask == Ask::Coverage {
        draft.body.extend(loaded_from(scene));
    } else if whole {
        draft.body.push(voice.loaded_to_the_end());
    }
    draft.result = all_rows(held);
    draft.tables.push(without_the_other_pair(scene, held));
    // Which tables are loaded, where charges are not the only one.
    let others = scene.evidence.iter().find(|held| held.facts.name == "loaded_tables");
    let others = others.filter(|held| held.facts.table.rows.len() > 1);
    if let Some(held) = others.filter(|_| scene.reading.ask == Ask::Coverage) {
        draft.tables.push(table(held));
    }
    Some(draft)
}

// Days and moments of the same two charges stand in one table once.
fn without_the_other_pair(scene: &Scene<'_>, held: &Evidence) -> DraftTable {
    let days = scene.reading.measures.contains(&Measure::FirstDay);
    let other = if days { "_charge" } else { "_day" };
    let pair = |name: &str| {
        matches!(name, "first_charge" | "last_charge" | "first_day" | "last_day")
            && name.ends_with(other)
    };
    let names = held.facts.table.columns.iter().map(|column| column.name.clone());
    DraftTable { evidence: held.id.clone(), columns: names.filter(|name| !pair(name)).collect() }
}

// Providers and formats of the loaded bills, as the description lists them.
fn loaded_from(scene: &Scene<'_>) -> Option<Sentence> {
    let coverage = scene.evidence.iter().find(|held| held.facts.name == "coverage")?;
    let cell = |name: &str| {
        let filled = coverage.name(0, name).is_some_and(|text| !text.is_empty());
        if filled { vec![at(coverage, 0, name)] } else { Vec::new() }
    };
    let (providers, formats) = (cell("providers"), cell("formats"));
    (!providers.is_empty()).then(|| scene.voice().loaded_from(providers, formats))
}
