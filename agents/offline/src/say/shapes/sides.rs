//! Answers with two sides: periods, parts and wholes, one thing over another.

use wherefore_contract::{
    Decimal,
    cost::{Direction, Measure},
    draft::{CalcOp, Draft, DraftResult, FactOrCalc, Format, Sentence},
    evidence::{Evidence, FactRef},
    filter::FilterOp,
};

use super::{all_rows, amounts, answered, chart, first_column, table};
use crate::{
    request::{Ask, Condition, Side},
    say::{
        explain,
        line::Line,
        scene::{Scene, at, period_of},
        voice::When,
    },
};

/// Two periods side by side, in one sentence.
pub(in crate::say) fn two_sides(scene: &Scene<'_>, held: &Evidence) -> Option<Sentence> {
    let column = first_column(scene);
    let side = |end: &str| {
        let name = format!("{column}_{end}");
        let period = period_of(held, 0, &name)?;
        Some((at(held, 0, &name), When::Period(period)))
    };
    let change = held.fact(0, "change").filter(|change| !change.value.is_zero());
    let change = change.map(|_| {
        let percent = held.fact(0, "change_percent").map(|_| at(held, 0, "change_percent"));
        (at(held, 0, "change"), percent)
    });
    Some(scene.voice().moved(&scene.about(None), [side("from")?, side("to")?], change))
}

pub(super) fn compare(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    if scene.reading.share_of_change
        && let Some(draft) = share_of_change(scene, held)
    {
        return Some(draft);
    }
    if !scene.reading.dimensions.is_empty() {
        let mut draft = answered(explain::largest_part(scene, held)?);
        draft.body.extend(explain::spans(scene).into_iter().take(explain::SPANS_TOLD));
        draft.result = explain::with_spans(scene, held).unwrap_or_else(|| all_rows(held));
        draft.tables.push(table(held));
        draft.charts.extend(chart(scene, held, "change"));
        return Some(draft);
    }
    let mut draft = answered(two_sides(scene, held)?);
    draft.result = all_rows(held);
    draft.tables.push(table(held));
    Some(draft)
}

// The rows of a whole change that the question names; all of them stand in the table.
fn share_of_change(scene: &Scene<'_>, held: &Evidence) -> Option<Draft> {
    let dimension = scene.reading.dimensions.first()?;
    let name = dimension.name();
    let named = scene.reading.conditions.iter().find(|condition| {
        condition.filter.op == FilterOp::In && condition.filter.dimension == *dimension
    })?;
    let rows: Vec<usize> = (0..held.facts.table.rows.len())
        .filter(|row| {
            let own = held.name(*row, &name).map(str::to_lowercase);
            named.filter.values.iter().any(|value| Some(value.to_lowercase()) == own)
        })
        .collect();
    let mut draft = answered(explain::part_moved(scene, held, *rows.first()?)?);
    let columns: Vec<String> =
        held.facts.table.columns.iter().map(|column| column.name.clone()).collect();
    let cells = rows
        .into_iter()
        .map(|row| columns.iter().map(|column| FactOrCalc::Fact(at(held, row, column))).collect());
    draft.result = DraftResult::Cells { rows: cells.collect(), columns: columns.clone() };
    draft.tables.push(table(held));
    Some(draft)
}

/// Two periods side by side, each divided by its loaded days, and what lies between them.
pub(super) fn compare_per_day(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    let column = first_column(scene);
    let [from, to] = ["from", "to"].map(|end| format!("{column}_per_day_{end}"));
    if held.facts.table.column(&from).is_none() {
        return compare(scene);
    }
    let [change, percent] = ["change_per_day", "change_per_day_percent"].map(str::to_owned);
    let cells = |row: usize| {
        let names = scene.row_names(held, row).into_iter().filter(|_| scene.is_grouped());
        let amounts = [&from, &to, &change, &percent].map(|name| at(held, row, name));
        names.chain(amounts).map(FactOrCalc::Fact).collect::<Vec<FactOrCalc>>()
    };
    let mut draft = if scene.is_grouped() {
        answered(explain::largest_part(scene, held)?)
    } else {
        let side = |name: &String| {
            let shown = Line::default().value(at(held, 0, name));
            (shown, period_of(held, 0, name))
        };
        let moved = daily_movement(scene, held, [&from, &to], [&change, &percent]);
        let sides = [side(&from), side(&to)];
        answered(moved.unwrap_or_else(|| {
            scene.voice().two_per_day(&scene.about(None), sides, at(held, 0, &to))
        }))
    };
    if !scene.is_grouped() {
        draft.tables.push(table(held));
    }
    let named = scene.row_names(held, 0).into_iter().filter(|_| scene.is_grouped());
    let columns = named
        .map(|name| name.column)
        .chain([from.clone(), to.clone(), "change".to_owned(), "change_percent".to_owned()])
        .collect();
    let rows = (0..held.facts.table.rows.len()).map(cells).collect();
    draft.result = DraftResult::Cells { columns, rows };
    Some(draft)
}

// By how much the daily amount moved from one period to the other.
fn daily_movement(
    scene: &Scene<'_>,
    held: &Evidence,
    ends: [&String; 2],
    [change, percent]: [&String; 2],
) -> Option<Sentence> {
    held.fact(0, change).filter(|change| !change.value.is_zero())?;
    let [from, to] =
        ends.map(|name| Some((at(held, 0, name), When::Period(period_of(held, 0, name)?))));
    let percent = held.fact(0, percent).map(|_| at(held, 0, percent));
    Some(scene.voice().moved(
        &scene.about(None),
        [from?, to?],
        Some((at(held, 0, change), percent)),
    ))
}

/// A part over the whole: the conditions that only the part has are what is asked for.
pub(super) fn share(scene: &Scene<'_>) -> Option<Draft> {
    let (part, whole) = (scene.found(0, "")?, scene.found(1, "")?);
    let column = first_column(scene);
    let time = scene.reading.dimensions.iter().map(ToString::to_string).next();
    let named = |held: &Evidence, row: usize| {
        time.as_ref().and_then(|time| held.name(row, time).map(str::to_owned))
    };
    let mut pairs = Vec::new();
    for row in 0..part.facts.table.rows.len() {
        let single = time.as_ref().is_some_and(|time| whole.facts.table.column(time).is_none());
        let other = (0..whole.facts.table.rows.len())
            .find(|other| single || named(whole, *other) == named(part, row));
        let share = other.map(|other| [at(part, row, &column), at(whole, other, &column)]);
        pairs.push((row, share?));
    }
    // Times end with the latest; other rows begin with the largest.
    let latest = scene.reading.dimensions.iter().any(|dimension| dimension.grain().is_some());
    let (row, facts) = if latest { pairs.last()? } else { pairs.first()? }.clone();
    let shown = Line::default().calc(CalcOp::Share, facts.to_vec(), Format::Auto);
    let when = time
        .as_ref()
        .map(|time| facts.clone().map(|fact| FactRef { column: time.clone(), ..fact }));
    let period = part.facts.period;
    let shared = |held: &&Condition| whole.facts.filters.contains(&held.filter);
    let about = scene.about_conditions(scene.reading.conditions.iter().filter(shared), period);
    let own = |held: &&Condition| !whole.facts.filters.contains(&held.filter);
    let of_part = scene.about_conditions(scene.reading.conditions.iter().filter(own), period);
    let voice = scene.voice();
    let timed = when.is_some();
    let single = time.as_ref().filter(|time| whole.facts.table.column(time).is_none());
    let measure = at(part, row, &column);
    let mut draft = answered(match single {
        Some(own) => voice.share_of_named(&about, at(part, row, own), measure, shown),
        None => voice.share(&about, &of_part, when, measure, shown),
    });
    if !timed && scene.reading.conditions.iter().filter(own).all(names_itself) {
        draft.body.push(voice.out_of(&of_part, facts));
    }
    // The name of an id stands behind it.
    let called = |time: &String| {
        let name = format!("{}_name", time.strip_suffix("_id").unwrap_or(time));
        Some(name).filter(|name| part.facts.table.column(name).is_some())
    };
    let keys: Vec<String> = time.iter().cloned().chain(time.as_ref().and_then(called)).collect();
    let beside = others(scene, part, row);
    if !timed && time.is_none() {
        let about = scene.about(period);
        let figures = beside.iter().map(|name| at(part, row, name));
        draft.body.extend(figures.map(|figure| amounts::one(scene, part, &figure, &about)));
    }
    let cells = pairs.into_iter().map(|(row, facts)| {
        let said = keys.iter().map(|key| FactOrCalc::Fact(at(part, row, key)));
        let amount = FactOrCalc::Fact(at(part, row, &column));
        let share = FactOrCalc::Calc { op: CalcOp::Share, facts: facts.to_vec() };
        let beside = beside.iter().map(|name| FactOrCalc::Fact(at(part, row, name)));
        said.chain([amount, share]).chain(beside).collect()
    });
    let rows: Vec<Vec<FactOrCalc>> = cells.collect();
    let columns = keys.iter().cloned().chain([column, "share".to_owned()]).chain(beside.clone());
    let columns = columns.collect();
    draft.result = DraftResult::Cells { columns, rows };
    Some(draft)
}

// What else is asked of the part: "the share of these rows, and what they cost".
fn others(scene: &Scene<'_>, part: &Evidence, row: usize) -> Vec<String> {
    let names = scene.reading.measures.iter().skip(1).map(Measure::column_name);
    names.filter(|name| part.fact(row, name).is_some()).collect()
}

// What a condition keeps can stand for the part: "EC2", not "all but EC2".
fn names_itself(condition: &Condition) -> bool {
    match condition.filter.op {
        FilterOp::In | FilterOp::Contains | FilterOp::IsNull | FilterOp::NotNull => true,
        FilterOp::NotIn | FilterOp::NotContains => false,
    }
}

pub(super) fn times(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    let column = first_column(scene);
    let ratio_of =
        |facts: &[FactRef]| Line::default().calc(CalcOp::Ratio, facts.to_vec(), Format::Auto);
    let (headline, facts) = if scene.reading.base.is_some() {
        let [from, to] = ["from", "to"].map(|end| format!("{column}_{end}"));
        let periods = [period_of(held, 0, &from)?, period_of(held, 0, &to)?];
        let facts = vec![at(held, 0, &to), at(held, 0, &from)];
        let (measure, ratio) = (at(held, 0, &to), ratio_of(&facts));
        (scene.voice().times_before(&scene.about(None), measure, periods, ratio), facts)
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
        let about = scene.about(held.facts.period);
        let (measure, ratio) = (at(held, left, &column), ratio_of(&facts));
        (scene.voice().times(&about, measure, [named(left), named(right)], ratio), facts)
    };
    let mut draft = answered(headline);
    let value = FactOrCalc::Calc { op: CalcOp::Ratio, facts };
    draft.result = DraftResult::Scalar { name: "ratio".to_owned(), value };
    draft.tables.push(table(held));
    Some(draft)
}

/// One side over another, each from a query of its own.
pub(super) fn ratio(scene: &Scene<'_>) -> Option<Draft> {
    let [above, below] = scene.reading.sides.as_slice() else { return None };
    if !scene.reading.dimensions.is_empty() {
        return ratios(scene);
    }
    let (over, under) = (scene.found(0, "")?, scene.found(1, "").or_else(|| scene.found(0, ""))?);
    let column = |measure: &Measure| measure.column_name();
    let (top, bottom) = (column(&above.measure), column(&below.measure));
    let facts = vec![at(over, 0, &top), at(under, 0, &bottom)];
    let (first, second) = (over.fact(0, &top)?, under.fact(0, &bottom)?);
    let about = [
        scene.about_conditions(&above.conditions, first.period),
        scene.about_conditions(&below.conditions, second.period),
    ];
    let [left, right] = &about;
    let op = operation(scene.reading.ask);
    let shown = Line::default().calc(op, facts.clone(), Format::Auto);
    let voice = scene.voice();
    let [one, other] = [at(over, 0, &top), at(under, 0, &bottom)];
    let between = [(left, one.clone()), (right, other.clone())];
    let headline = if op == CalcOp::PercentApart {
        voice.apart(between, shown)
    } else {
        voice.ratio(between, shown)
    };
    let mut draft = answered(headline);
    draft.body.push(voice.total(left, one.clone(), Line::default().value(one)));
    draft.body.push(voice.total(right, other.clone(), Line::default().value(other)));
    let calc = |op| FactOrCalc::Calc { op, facts: facts.clone() };
    let name = |op| ratio_name(op).to_owned();
    // A part is a percentage to one reader and a ratio to another: both are the same figure.
    draft.result = if op == CalcOp::Percent {
        let ops = [CalcOp::Percent, CalcOp::Ratio];
        DraftResult::Cells { columns: ops.map(name).to_vec(), rows: vec![ops.map(calc).to_vec()] }
    } else {
        DraftResult::Scalar { name: name(op), value: calc(op) }
    };
    Some(draft)
}

fn operation(ask: Ask) -> CalcOp {
    if ask == Ask::Percent {
        CalcOp::Percent
    } else if ask == Ask::PercentApart {
        CalcOp::PercentApart
    } else {
        CalcOp::Ratio
    }
}

fn ratio_name(op: CalcOp) -> &'static str {
    if op == CalcOp::Percent {
        "percent"
    } else if op == CalcOp::PercentApart {
        "percent_apart"
    } else {
        "ratio"
    }
}

// Two metrics of the same charges, one over the other in each row.
fn ratios(scene: &Scene<'_>) -> Option<Draft> {
    let [above, below] = scene.reading.sides.as_slice() else { return None };
    let held = scene.found(0, "")?;
    let (top, bottom) = (above.measure.column_name(), below.measure.column_name());
    let facts = |row: usize| vec![at(held, row, &top), at(held, row, &bottom)];
    let divisible = |row: &usize| {
        let base = held.facts.table.number(*row, &bottom);
        held.fact(*row, &top).is_some() && base.is_some_and(|base| base > Decimal::ZERO)
    };
    let rows: Vec<usize> = (0..held.facts.table.rows.len()).filter(divisible).collect();
    if above.measure == Measure::Transactions {
        return bought(scene, held, rows, [&top, &bottom]);
    }
    let first = *rows.first()?;
    let asked = operation(scene.reading.ask);
    let op = if asked == CalcOp::Ratio { CalcOp::Percent } else { asked };
    let about = scene.about(held.facts.period);
    let names = scene.row_names(held, first);
    let shown = Line::default().calc(op, facts(first), Format::Auto);
    let [one, other] = [at(held, first, &top), at(held, first, &bottom)];
    let mut draft = answered(scene.voice().percent_in_row(&about, &names, [one, other], shown));
    let dimensions: Vec<String> =
        scene.reading.dimensions.iter().map(ToString::to_string).collect();
    let cells = rows.iter().map(|row| {
        let names = dimensions.iter().map(|name| FactOrCalc::Fact(at(held, *row, name)));
        let share = FactOrCalc::Calc { op, facts: facts(*row) };
        let levels = facts(*row).into_iter().map(FactOrCalc::Fact);
        names.chain([share]).chain(levels).collect()
    });
    let rows = cells.collect();
    let columns =
        dimensions.iter().cloned().chain([ratio_name(op).to_owned(), top, bottom]).collect();
    draft.tables.push(table(held));
    draft.result = DraftResult::Cells { columns, rows };
    Some(draft)
}

// Transactions for the money, row by row: rows of things by what they buy, rows of time as they come.
fn bought(
    scene: &Scene<'_>,
    held: &Evidence,
    mut rows: Vec<usize>,
    [top, bottom]: [&String; 2],
) -> Option<Draft> {
    let facts = |row: usize| vec![at(held, row, top), at(held, row, bottom)];
    let number = |row: usize, name: &str| held.facts.table.number(row, name);
    let quotient = |row: &usize| number(*row, top)?.checked_div(number(*row, bottom)?);
    if scene.reading.dimensions.iter().all(|dimension| dimension.grain().is_none()) {
        rows.sort_by(|left, right| {
            let order = quotient(left).cmp(&quotient(right));
            let rising = scene.reading.direction == Direction::Ascending;
            (if rising { order } else { order.reverse() }).then(left.cmp(right))
        });
    }
    if let Some(limit) = scene.reading.limit.and_then(|limit| usize::try_from(limit).ok()) {
        rows.truncate(limit);
    }
    let first = *rows.first()?;
    let about = scene.about(held.facts.period);
    let names = scene.row_names(held, first);
    let shown = Line::default().calc(CalcOp::Ratio, facts(first), Format::Auto);
    let mut draft = answered(scene.voice().row(&about, &names, at(held, first, top), shown));
    let dimensions: Vec<String> =
        scene.reading.dimensions.iter().map(ToString::to_string).collect();
    let cells = rows.iter().map(|row| {
        let names = dimensions.iter().map(|name| FactOrCalc::Fact(at(held, *row, name)));
        let ratio = FactOrCalc::Calc { op: CalcOp::Ratio, facts: facts(*row) };
        let levels = facts(*row).into_iter().map(FactOrCalc::Fact);
        names.chain([ratio]).chain(levels).collect()
    });
    let rows = cells.collect();
    let own = ["ratio".to_owned(), top.clone(), bottom.clone()];
    let columns = dimensions.iter().cloned().chain(own).collect();
    draft.tables.push(table(held));
    draft.result = DraftResult::Cells { columns, rows };
    Some(draft)
}

/// One side less another, with both amounts.
pub(super) fn difference(scene: &Scene<'_>) -> Option<Draft> {
    let [one, other] = scene.reading.sides.as_slice() else { return None };
    let (left, right) = (scene.found(0, "")?, scene.found(1, "").or_else(|| scene.found(0, ""))?);
    let column = one.measure.column_name();
    let facts = [at(left, 0, &column), at(right, 0, &other.measure.column_name())];
    let about = [
        scene.about_conditions(&one.conditions, left.fact(0, &column)?.period),
        scene.about_conditions(&other.conditions, right.facts.period),
    ];
    let [first, second] = &about;
    let gap = Line::default().calc(CalcOp::Difference, facts.to_vec(), Format::Signed);
    let [one, other] = facts.clone();
    let sides = [(first, one.clone()), (second, other.clone())];
    let voice = scene.voice();
    let mut draft = answered(voice.apart(sides, gap));
    draft.body.push(voice.total(first, one.clone(), Line::default().value(one.clone())));
    draft.body.push(voice.total(second, other.clone(), Line::default().value(other.clone())));
    let calc = FactOrCalc::Calc { op: CalcOp::Difference, facts: facts.to_vec() };
    let columns = [format!("{column}_first"), format!("{column}_second"), "difference".to_owned()];
    let cells = vec![FactOrCalc::Fact(one), FactOrCalc::Fact(other), calc];
    draft.result = DraftResult::Cells { columns: columns.to_vec(), rows: vec![cells] };
    Some(draft)
}

/// Amounts of one measure beside each other, each from a query of its own.
pub(super) fn beside(scene: &Scene<'_>) -> Option<Draft> {
    let sides = &scene.reading.sides;
    let mut cells = Vec::new();
    let mut columns = Vec::new();
    let mut sentences = Vec::new();
    for (index, side) in sides.iter().enumerate() {
        let held = scene.found(index, "")?;
        let column = side.measure.column_name();
        let figure = at(held, 0, &column);
        let about = scene.about_conditions(&side.conditions, held.fact(0, &column)?.period);
        let value = Line::default().value(figure.clone());
        sentences.push(scene.voice().total(&about, figure.clone(), value));
        columns.push(format!("{column}_{}", kept(side)));
        cells.push(FactOrCalc::Fact(figure));
    }
    let mut sentences = sentences.into_iter();
    let mut draft = answered(sentences.next()?);
    draft.body.extend(sentences);
    draft.result = DraftResult::Cells { columns, rows: vec![cells] };
    Some(draft)
}

// What an amount holds of a bill, as a column says it.
fn kept(side: &Side) -> &'static str {
    let last = side.conditions.last().map(|held| &held.filter);
    match last.filter(|filter| filter.dimension.name() == "charge_category") {
        Some(filter) if filter.op == FilterOp::NotIn => "before_credits",
        Some(filter) if filter.values.iter().any(|value| value == "Credit") => "credits",
        Some(_) => "usage",
        None => "net",
    }
}
