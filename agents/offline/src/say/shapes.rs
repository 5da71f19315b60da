//! The shape of an answer, by kind of question: its headline, table, chart and result.

use wherefore_contract::{
    Decimal,
    answer::Status,
    cost::{Direction, Measure},
    draft::{
        CalcOp, ChartKind, Draft, DraftChart, DraftResult, DraftTable, Extreme, FactOrCalc, Format,
        Sentence,
    },
    evidence::{Evidence, FactRef},
    table::ColumnKind,
};

use super::{
    bare, explain,
    line::Line,
    scene::{Scene, at, period_of},
};
use crate::{
    playbook::further,
    request::{Ask, Note},
};

// Charts with more marks than this cannot be read.
const BARS_SHOWN: usize = 30;

/// The answer to the reading; `None` when the tools found nothing.
pub(super) fn shape(scene: &Scene<'_>) -> Option<Draft> {
    match scene.reading.ask {
        Ask::Total | Ask::Count | Ask::Exists => total(scene),
        Ask::Breakdown | Ask::Forecast | Ask::Ratio | Ask::Average => {
            rows(scene, scene.found(0, "")?)
        }
        Ask::Trend => trend(scene, scene.found(0, "")?),
        Ask::UnitCost => unit_cost(scene),
        Ask::Share => share(scene),
        Ask::PerDay => per_day(scene),
        Ask::Jump => jump(scene),
        Ask::Compare => compare(scene),
        Ask::ComparePerDay => compare_per_day(scene),
        Ask::Explain => explain::cost(scene),
        Ask::ExplainUnitCost => explain::unit_cost(scene),
        Ask::FirstSeen => first_seen(scene),
        Ask::Completeness | Ask::Coverage => completeness(scene),
        Ask::Cumulative(_) => cumulative(scene),
        Ask::Times => times(scene),
        Ask::Saving => saving(scene),
        Ask::Unused => unused(scene),
    }
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

/// All columns of a piece of evidence, as the result.
pub(super) fn all_rows(held: &Evidence) -> DraftResult {
    let columns = held.facts.table.columns.iter().map(|column| column.name.clone()).collect();
    DraftResult::Rows { evidence: held.id.clone(), columns }
}

pub(super) fn table(held: &Evidence) -> DraftTable {
    DraftTable { evidence: held.id.clone(), columns: Vec::new() }
}

fn total(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    if held.facts.table.rows.len() > 1 {
        return rows(scene, held);
    }
    let column = first_column(scene);
    let fact = at(held, 0, &column);
    let period = held.fact(0, &column)?.period;
    let mut draft =
        answered(scene.voice().total(&scene.about(period), fact.clone(), value(fact.clone())));
    if scene.reading.measures.get(1) == Some(&Measure::Rows) {
        let rows = at(held, 0, "rows");
        draft.body.push(scene.voice().total(&scene.about(period), rows.clone(), value(rows)));
    }
    draft.result = if scene.reading.measures.len() > 1 {
        draft.tables.push(table(held));
        all_rows(held)
    } else {
        DraftResult::Scalar { name: column, value: FactOrCalc::Fact(fact) }
    };
    Some(draft)
}

fn rows(scene: &Scene<'_>, held: &Evidence) -> Option<Draft> {
    let voice = scene.voice();
    let column = first_column(scene);
    let filled = |row: &usize| held.facts.table.number(*row, &column).is_some();
    let first = (0..held.facts.table.rows.len()).find(filled)?;
    let fact = at(held, first, &column);
    let names = scene.row_names(held, first);
    let which = match scene.reading.direction {
        Direction::Descending => Extreme::Largest,
        Direction::Ascending => Extreme::Smallest,
    };
    let ranked = held.facts.table.rows.len() > 1 && is_end(held, first, &column, which);
    let about = scene.about(held.facts.period);
    let mut draft =
        answered(voice.row(&about, &names, fact.clone(), fact, ranked.then_some(which)));
    if held.facts.table.number(first, "share").is_some() {
        draft.body.push(voice.row_share(&names, at(held, first, "share")));
    }
    draft.result = all_rows(held);
    if held.facts.table.rows.len() > 1 {
        draft.tables.push(table(held));
        draft.charts.extend(chart(scene, held, &column, ChartKind::Bars));
    }
    Some(draft)
}

// Whether the row stands at that end of its column, in one unit.
fn is_end(held: &Evidence, row: usize, column: &str, which: Extreme) -> bool {
    let table = &held.facts.table;
    let Some(own) = table.number(row, column) else { return false };
    (0..table.rows.len()).all(|other| {
        let same = table.unit(other, column) == table.unit(row, column);
        let fits = table.number(other, column).is_none_or(|number| match which {
            Extreme::Largest => number <= own,
            Extreme::Smallest => number >= own,
        });
        same && fits
    })
}

fn chart(scene: &Scene<'_>, held: &Evidence, column: &str, kind: ChartKind) -> Option<DraftChart> {
    let count = held.facts.table.rows.len();
    if count < 2 || (kind == ChartKind::Bars && count > BARS_SHOWN) {
        return None;
    }
    let mut named = held.facts.table.columns.iter().filter(|held| {
        held.kind != ColumnKind::Measure
            && scene.reading.dimensions.iter().any(|d| d.name() == held.name)
    });
    let x = named.next()?.name.clone();
    if named.next().is_some() {
        return None;
    }
    Some(DraftChart {
        title: Line::default().measure(at(held, 0, column)).done(),
        kind,
        evidence: held.id.clone(),
        x,
        y: vec![column.to_owned()],
        series: None,
    })
}

fn trend(scene: &Scene<'_>, held: &Evidence) -> Option<Draft> {
    let [dimension] = scene.reading.dimensions.as_slice() else { return rows(scene, held) };
    let column = first_column(scene);
    let last = held.facts.table.rows.len().checked_sub(1)?;
    let grain = dimension.grain().filter(|grain| grain.is_ordered());
    let same_unit = held.facts.table.unit(0, &column) == held.facts.table.unit(last, &column);
    if last == 0 || grain.is_none() || !same_unit {
        return rows(scene, held);
    }
    let name = dimension.name();
    held.fact(0, &column)?;
    held.fact(last, &column)?;
    let side = |row| (at(held, row, &column), Line::default().name(at(held, row, &name)));
    let mut draft = answered(scene.voice().moved(&scene.about(None), [side(0), side(last)]));
    draft.result = all_rows(held);
    draft.tables.push(table(held));
    let kind = if last >= 12 { ChartKind::Line } else { ChartKind::Bars };
    draft.charts.extend(chart(scene, held, &column, kind));
    Some(draft)
}

fn unit_cost(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    let column = "unit_cost";
    if held.facts.table.rows.len() > 1 {
        return if scene.reading.dimensions.is_empty() {
            rows(scene, held)
        } else {
            trend(scene, held)
        };
    }
    let fact = at(held, 0, column);
    let period = held.fact(0, column)?.period;
    let mut draft = answered(scene.voice().total(&scene.about(period), fact.clone(), value(fact)));
    draft.result = all_rows(held);
    draft.tables.push(table(held));
    Some(draft)
}

fn share(scene: &Scene<'_>) -> Option<Draft> {
    let (part, whole) = (scene.found(0, "")?, scene.found(1, "")?);
    let column = first_column(scene);
    let time = scene.reading.dimensions.iter().map(ToString::to_string).next();
    let named = |held: &Evidence, row: usize| {
        time.as_ref().and_then(|time| held.name(row, time).map(str::to_owned))
    };
    let mut pairs = Vec::new();
    for row in 0..part.facts.table.rows.len() {
        let other = (0..whole.facts.table.rows.len())
            .find(|other| named(whole, *other) == named(part, row));
        let share = other.map(|other| vec![at(part, row, &column), at(whole, other, &column)]);
        pairs.push((row, share?));
    }
    let (row, facts) = pairs.last()?.clone();
    let shown = Line::default().calc(CalcOp::Share, facts.clone(), Format::Auto);
    let other = facts_row(facts.get(1));
    let when =
        time.as_ref().zip(other).map(|(time, other)| [at(part, row, time), at(whole, other, time)]);
    let about = scene.about(part.facts.period);
    let mut draft = answered(scene.voice().share(&about, when, at(part, row, &column), shown));
    let cells = pairs.into_iter().map(|(row, facts)| {
        let name = time.as_ref().map(|time| FactOrCalc::Fact(at(part, row, time)));
        let amount = FactOrCalc::Fact(at(part, row, &column));
        let share = FactOrCalc::Calc { op: CalcOp::Share, facts };
        name.into_iter().chain([amount, share]).collect()
    });
    let rows: Vec<Vec<FactOrCalc>> = cells.collect();
    let columns = time.into_iter().chain([column, "share".to_owned()]).collect();
    if rows.len() > 1 {
        draft.tables.push(table(part));
    }
    draft.result = DraftResult::Cells { columns, rows };
    Some(draft)
}

fn facts_row(fact: Option<&FactRef>) -> Option<usize> {
    fact.map(|fact| fact.row)
}

fn per_day(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    let column = first_column(scene);
    let mean = |row| FactOrCalc::Calc { op: CalcOp::PerDay, facts: vec![at(held, row, &column)] };
    let rows: Vec<Vec<FactOrCalc>> = (0..held.facts.table.rows.len())
        .map(|row| {
            let names =
                scene.reading.dimensions.iter().map(|d| FactOrCalc::Fact(at(held, row, &d.name())));
            names.chain([mean(row)]).collect()
        })
        .collect();
    let name = format!("{column}_per_day");
    let period = period_of(held, 0, &column);
    let fact = at(held, 0, &column);
    let shown = Line::default().calc(CalcOp::PerDay, vec![fact.clone()], Format::Auto);
    if rows.len() > 1 {
        let mut draft = self::rows(scene, held)?;
        let columns =
            scene.reading.dimensions.iter().map(ToString::to_string).chain([name]).collect();
        draft.result = DraftResult::Cells { columns, rows };
        return Some(draft);
    }
    let mut draft = answered(scene.voice().total(&scene.about(period), fact, shown));
    draft.result = DraftResult::Scalar { name, value: mean(0) };
    Some(draft)
}

fn jump(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    let column = first_column(scene);
    let time = scene.reading.dimensions.first()?.name();
    let number = |row: usize| held.facts.table.number(row, &column);
    let steps = (1..held.facts.table.rows.len())
        .filter_map(|row| Some((row, number(row)?.checked_sub(number(row - 1)?)?)));
    let further = |left: &Decimal, right: &Decimal| match scene.reading.direction {
        Direction::Descending => left > right,
        Direction::Ascending => left < right,
    };
    let mut best: Option<(usize, Decimal)> = None;
    for (row, step) in steps {
        if best.as_ref().is_none_or(|(_, held)| further(&step, held)) {
            best = Some((row, step));
        }
    }
    let (row, _) = best?;
    let (from, to) = (at(held, row - 1, &column), at(held, row, &column));
    let facts = vec![to.clone(), from.clone()];
    let shown = Line::default().calc(CalcOp::Difference, facts.clone(), Format::Absolute);
    let sides = [(at(held, row - 1, &time), from), (at(held, row, &time), to)];
    let mut draft = answered(scene.voice().jump(&scene.about(None), sides, shown));
    let cells = vec![
        FactOrCalc::Fact(at(held, row, &time)),
        FactOrCalc::Calc { op: CalcOp::Difference, facts },
    ];
    draft.result =
        DraftResult::Cells { columns: vec![time, "change".to_owned()], rows: vec![cells] };
    draft.charts.extend(chart(scene, held, &column, ChartKind::Line));
    Some(draft)
}

/// Two periods side by side, in one sentence.
pub(super) fn two_sides(scene: &Scene<'_>, held: &Evidence) -> Option<Sentence> {
    let column = first_column(scene);
    let side = |end: &str| {
        let name = format!("{column}_{end}");
        let period = period_of(held, 0, &name)?;
        Some((at(held, 0, &name), Line::default().period(period)))
    };
    Some(scene.voice().moved(&scene.about(None), [side("from")?, side("to")?]))
}

fn compare(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    if !scene.reading.dimensions.is_empty() {
        let mut draft = answered(explain::largest_part(scene, held)?);
        draft.result = all_rows(held);
        draft.tables.push(table(held));
        draft.charts.extend(chart(scene, held, "change", ChartKind::Bars));
        return Some(draft);
    }
    let mut draft = answered(two_sides(scene, held)?);
    if held.fact(0, "change").is_some() {
        let percent = held.fact(0, "change_percent").map(|_| at(held, 0, "change_percent"));
        draft.body.push(scene.voice().moved_by(at(held, 0, "change"), percent));
    }
    draft.result = all_rows(held);
    draft.tables.push(table(held));
    Some(draft)
}

fn compare_per_day(scene: &Scene<'_>) -> Option<Draft> {
    let (early, late) = (scene.found(0, "")?, scene.found(1, "")?);
    let column = first_column(scene);
    let side = |held: &Evidence| {
        let facts = vec![at(held, 0, &column)];
        let shown = Line::default().calc(CalcOp::PerDay, facts, Format::Auto);
        (shown, period_of(held, 0, &column))
    };
    let cell = |held: &Evidence| FactOrCalc::Calc {
        op: CalcOp::PerDay,
        facts: vec![at(held, 0, &column)],
    };
    let sides = [side(early), side(late)];
    let mut draft =
        answered(scene.voice().two_per_day(&scene.about(None), sides, at(late, 0, &column)));
    let columns = ["from", "to"].map(|end| format!("{column}_per_day_{end}")).to_vec();
    draft.result = DraftResult::Cells { columns, rows: vec![vec![cell(early), cell(late)]] };
    Some(draft)
}

fn first_seen(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    held.name(0, "first_charge")?;
    let about = scene.about(held.facts.period);
    let (first, last) = (at(held, 0, "first_charge"), at(held, 0, "last_charge"));
    let mut draft = answered(scene.voice().seen(&about, first, last));
    let column = first_column(scene);
    if let Some(fact) = held.fact(0, &column) {
        let about = scene.about(fact.period);
        let figure = at(held, 0, &column);
        draft.body.push(scene.voice().total(&about, figure.clone(), value(figure)));
    }
    draft.result = all_rows(held);
    Some(draft)
}

fn completeness(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    held.name(0, "first_charge")?;
    let about = scene.about(held.facts.period);
    let (first, last) = (at(held, 0, "first_charge"), at(held, 0, "last_charge"));
    let mut draft = answered(scene.voice().loaded_between(&about, first, last));
    if held.fact(0, "distinct_day").is_some() {
        let days = at(held, 0, "distinct_day");
        draft.body.push(scene.voice().loaded_days(days));
    }
    let partial = |note: &Note| matches!(note, Note::PartialPeriod { .. });
    if scene.reading.period.is_some() && !scene.reading.notes.iter().any(partial) {
        draft.body.push(scene.voice().loaded_to_the_end());
    }
    draft.result = all_rows(held);
    draft.tables.push(table(held));
    Some(draft)
}

fn cumulative(scene: &Scene<'_>) -> Option<Draft> {
    let steps = further(scene.reading, scene.evidence);
    let held = steps.first().and_then(|step| step.found(scene.evidence, ""))?;
    let last = held.facts.table.rows.len().checked_sub(1)?;
    let names = scene.row_names(held, last);
    let about = scene.about(held.facts.period);
    let share = at(held, last, "cumulative_share");
    let mut draft = answered(scene.voice().reach(&about, &held.id, &names, share));
    draft.result = all_rows(held);
    draft.tables.push(table(held));
    draft.charts.extend(chart(scene, held, &first_column(scene), ChartKind::Bars));
    Some(draft)
}

fn times(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    let column = first_column(scene);
    let (sides, facts, period) = if scene.reading.base.is_some() {
        let (from, to) = (format!("{column}_from"), format!("{column}_to"));
        let dated = |name: &str| Some(Line::default().period(period_of(held, 0, name)?));
        let facts = vec![at(held, 0, &to), at(held, 0, &from)];
        ([dated(&to)?, dated(&from)?], facts, None)
    } else {
        let condition =
            scene.reading.conditions.iter().find(|held| held.filter.values.len() >= 2)?;
        let name = condition.filter.dimension.name();
        let row_of = |value: &String| {
            (0..held.facts.table.rows.len()).find(|row| {
                held.name(*row, &name).is_some_and(|cell| cell.eq_ignore_ascii_case(value))
            })
        };
        let (left, right) =
            (row_of(condition.filter.values.first()?)?, row_of(condition.filter.values.get(1)?)?);
        let named = |row| Line::default().name(at(held, row, &name));
        let facts = vec![at(held, left, &column), at(held, right, &column)];
        ([named(left), named(right)], facts, held.facts.period)
    };
    let measure = facts.first()?.clone();
    let ratio = Line::default().calc(CalcOp::Ratio, facts.clone(), Format::Auto);
    let mut draft = answered(scene.voice().times(&scene.about(period), measure, sides, ratio));
    let value = FactOrCalc::Calc { op: CalcOp::Ratio, facts };
    draft.result = DraftResult::Scalar { name: "ratio".to_owned(), value };
    draft.tables.push(table(held));
    Some(draft)
}

fn saving(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    let (dear, cheap) = (scene.reading.measures.first()?, scene.reading.measures.get(1)?);
    let facts = vec![at(held, 0, &dear.column_name()), at(held, 0, &cheap.column_name())];
    let shown = Line::default().calc(CalcOp::Difference, facts.clone(), Format::Signed);
    let about = scene.about(held.facts.period);
    let [first, second] = [facts.first()?.clone(), facts.get(1)?.clone()];
    let mut draft = answered(scene.voice().saving(&about, [first.clone(), second.clone()], shown));
    draft.body.push(scene.voice().two_levels(&about, [first.clone(), second.clone()]));
    let columns = vec![dear.column_name(), cheap.column_name(), "saved".to_owned()];
    let difference = FactOrCalc::Calc { op: CalcOp::Difference, facts };
    let cells = vec![FactOrCalc::Fact(first), FactOrCalc::Fact(second), difference];
    draft.result = DraftResult::Cells { columns, rows: vec![cells] };
    Some(draft)
}

// Bills that price unused commitments say it themselves; others leave what was paid and what was used.
fn unused(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    let (billed, effective) =
        (Measure::BilledCost.column_name(), Measure::EffectiveCost.column_name());
    let row_of = |category: &str, status: Option<&str>| {
        (0..held.facts.table.rows.len()).find(|row| {
            held.name(*row, "charge_category") == Some(category)
                && status.is_none_or(|status| {
                    held.name(*row, "commitment_discount_status") == Some(status)
                })
        })
    };
    // The status tells usage apart; a purchase is told by its category where there is one.
    let names = |row: usize, columns: &[&str]| -> Vec<FactRef> {
        let named = columns.iter().filter(|column| held.name(row, column).is_some());
        named.map(|column| at(held, row, column)).collect()
    };
    let (category, status) = ("charge_category", "commitment_discount_status");
    let purchases = (0..held.facts.table.rows.len())
        .filter(|row| held.name(*row, category) == Some("Purchase"))
        .count();
    let about = scene.about(held.facts.period);
    let stated = row_of("Usage", Some("Unused")).filter(|row| {
        held.facts.table.number(*row, &effective).is_some_and(|cost| cost != Decimal::ZERO)
    });
    if let Some(row) = stated {
        let fact = at(held, row, &effective);
        let mut draft =
            answered(scene.voice().row(&about, &names(row, &[status]), fact.clone(), fact, None));
        let value = FactOrCalc::Fact(at(held, row, &effective));
        draft.result = DraftResult::Scalar { name: "unused".to_owned(), value };
        draft.tables.push(table(held));
        return Some(draft);
    }
    let (paid, used) = (row_of("Purchase", None)?, row_of("Usage", Some("Used"))?);
    let (fee, drawn) = (at(held, paid, &billed), at(held, used, &effective));
    let facts = vec![fee.clone(), drawn.clone()];
    let shown = Line::default().calc(CalcOp::Difference, facts.clone(), Format::Signed);
    let paid_by: &[&str] = if purchases == 1 { &[category] } else { &[category, status] };
    let sides = [(names(paid, paid_by), fee.clone()), (names(used, &[status]), drawn.clone())];
    let mut draft = answered(scene.voice().fee_not_used(&about, sides.clone(), shown));
    draft.body.push(scene.voice().fee_and_use(&about, sides));
    let columns = ["fee", "used", "unused"].map(str::to_owned).to_vec();
    let difference = FactOrCalc::Calc { op: CalcOp::Difference, facts };
    let cells = vec![FactOrCalc::Fact(fee), FactOrCalc::Fact(drawn), difference];
    draft.result = DraftResult::Cells { columns, rows: vec![cells] };
    draft.tables.push(table(held));
    Some(draft)
}
