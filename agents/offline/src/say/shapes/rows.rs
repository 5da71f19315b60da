//! Answers of several rows: rankings, lists and courses over time.

use wherefore_contract::{
    Decimal,
    cost::Direction,
    draft::{CalcOp, Draft, DraftResult, Extreme, FactOrCalc, Format, Sentence},
    evidence::{Evidence, FactRef},
    filter::FilterOp,
};

use super::{
    all_rows, amounts, answered, chart, end_of, first_column, ranked_column, says_itself, table,
    timed, value,
};
use crate::{
    playbook::further,
    request::{Ask, Condition},
    say::{
        line::Line,
        scene::{About, Scene, at},
        voice::{Rank, Ranked, Step, When},
    },
};

// So many rows behind the first are named in words.
const RUNNERS_UP: usize = 2;

pub(super) fn rows(scene: &Scene<'_>, held: &Evidence) -> Option<Draft> {
    let voice = scene.voice();
    let column = ranked_column(scene, held);
    let count = held.facts.table.rows.len();
    let filled = |row: &usize| held.facts.table.number(*row, &column).is_some();
    let first = (0..count).find(filled)?;
    let spoken = scene.reading.nth.and_then(|nth| usize::try_from(nth).ok()?.checked_sub(1));
    // A course of steps that was not cut is told by its last step.
    let stepped_at = |row: &usize| held.fact(*row, "change").is_some();
    let last = (0..count).rev().find(stepped_at).filter(|_| {
        scene.reading.change && scene.reading.limit.is_none() && scene.reading.rank_by.is_none()
    });
    // Within groups the rows stand in the order of the groups: the end of all of them leads.
    let which = end_of(scene.reading.direction);
    let best = (!scene.reading.limit_per.is_empty())
        .then(|| (0..count).find(|row| is_end(held, *row, &column, which)))
        .flatten();
    let row = spoken.filter(|row| *row < count && filled(row)).or(last).or(best).unwrap_or(first);
    let about = scene.about(held.facts.period);
    let steps = scene.reading.change && held.fact(row, "change").is_some();
    let mut draft = answered(if steps {
        stepped(scene, held, row, &about)?
    } else {
        headline(scene, held, row, &column, &about)?
    });
    let conditioned = held.arguments.get("having").and_then(serde_json::Value::as_array);
    if conditioned.is_some_and(|list| !list.is_empty()) {
        draft.body.push(voice.matching(&held.id));
    }
    draft.body.extend(behind(scene, held, row, &column));
    draft.result = match spoken {
        Some(_) => one_row(held, row),
        None => all_rows(held),
    };
    if count > 1 {
        draft.tables.push(table(held));
        draft.charts.extend(chart(scene, held, &column));
    }
    Some(draft)
}

fn one_row(held: &Evidence, row: usize) -> DraftResult {
    let columns: Vec<String> =
        held.facts.table.columns.iter().map(|column| column.name.clone()).collect();
    let cells = columns.iter().map(|name| FactOrCalc::Fact(at(held, row, name))).collect();
    DraftResult::Cells { columns, rows: vec![cells] }
}

fn headline(
    scene: &Scene<'_>,
    held: &Evidence,
    row: usize,
    column: &str,
    about: &About,
) -> Option<Sentence> {
    let voice = scene.voice();
    let which = end_of(scene.reading.direction);
    let names = scene.row_names(held, row);
    let figure = at(held, row, column);
    held.fact(row, column)?;
    if scene.reading.dimensions.is_empty() || names.is_empty() {
        return Some(amounts::one(scene, held, &figure, about));
    }
    // A row behind the end has a place only where the whole order is known.
    let rank = if is_end(held, row, column, which) {
        Some(Rank::First)
    } else {
        let whole = is_end(held, 0, column, which) || held.arguments.get("limit").is_none();
        let counted = scene.reading.nth.is_some() || scene.reading.ask == Ask::Place;
        (whole && counted).then_some(Rank::Later)
    };
    // Amounts below zero (credits, refunds) have no largest that a reader would mean.
    let negative = held.facts.table.number(row, column).is_some_and(|own| own.is_sign_negative());
    let ranked = (held.facts.table.rows.len() > 1 || cut_to_one(held)) && !negative;
    let share = held.facts.table.number(row, "share").map(|_| at(held, row, "share"));
    let Some(rank) = rank.filter(|_| ranked) else {
        return Some(voice.row(about, &names, figure.clone(), value(figure)));
    };
    let dimensions = &scene.reading.dimensions;
    let ranked = Ranked { dimensions, names: &names, value: figure, which, rank, share };
    Some(voice.ranked(about, &ranked))
}

// The rows that follow in a ranking.
fn behind(scene: &Scene<'_>, held: &Evidence, row: usize, column: &str) -> Option<Sentence> {
    let which = end_of(scene.reading.direction);
    let dimensions = &scene.reading.dimensions;
    let positive = held.facts.table.number(0, column).is_some_and(|own| own > Decimal::ZERO);
    let plain = row == 0 && positive && !timed(dimensions) && scene.reading.measures.len() == 1;
    let ranked = is_end(held, 0, column, which) && scene.reading.nth.is_none();
    if !plain || !ranked || scene.reading.change || !scene.reading.limit_per.is_empty() {
        return None;
    }
    let next = (1..held.facts.table.rows.len().min(RUNNERS_UP + 1))
        .filter(|row| held.facts.table.number(*row, column).is_some_and(|n| !n.is_zero()));
    let next: Vec<(Vec<FactRef>, FactRef)> =
        next.map(|row| (scene.row_names(held, row), at(held, row, column))).collect();
    (!next.is_empty()).then(|| scene.voice().runners_up(&next))
}

// A call with a limit of one row keeps the end that it was ordered by.
fn cut_to_one(held: &Evidence) -> bool {
    held.facts.table.rows.len() == 1
        && held.arguments.get("limit").and_then(serde_json::Value::as_u64) == Some(1)
}

fn stepped(scene: &Scene<'_>, held: &Evidence, row: usize, about: &About) -> Option<Sentence> {
    let time = scene.reading.dimensions.iter().find(|dimension| dimension.grain().is_some())?;
    held.fact(row, "change")?;
    let percent = held.fact(row, "change_percent").map(|_| at(held, row, "change_percent"));
    let level = at(held, row, &first_column(scene));
    held.fact(row, &level.column)?;
    let dated = About { period: held.row_period(row), dated_by_rows: false, ..about.clone() };
    let names = scene.row_names(held, row);
    let others: Vec<FactRef> =
        names.into_iter().filter(|name| name.column != time.name()).collect();
    let step = Step {
        about: &dated,
        dimension: time,
        at: at(held, row, &time.name()),
        of: others,
        level,
        change: at(held, row, "change"),
        percent,
    };
    Some(scene.voice().stepped(&step))
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

/// A course over time: from its first to its last point, with its ends.
pub(super) fn trend(scene: &Scene<'_>, held: &Evidence) -> Option<Draft> {
    let [dimension] = scene.reading.dimensions.as_slice() else { return rows(scene, held) };
    let computed = scene.reading.per_day || scene.reading.scale.is_some();
    let column = if computed { ranked_column(scene, held) } else { first_column(scene) };
    let last = held.facts.table.rows.len().checked_sub(1)?;
    let grain = dimension.grain().filter(|grain| grain.is_ordered());
    let same_unit = held.facts.table.unit(0, &column) == held.facts.table.unit(last, &column);
    let asked = scene.reading.limit.is_some() || scene.reading.change;
    if last == 0 || grain.is_none() || !same_unit || asked {
        return rows(scene, held);
    }
    let name = dimension.name();
    held.fact(0, &column)?;
    held.fact(last, &column)?;
    let mut draft = if scene.reading.running && held.fact(last, "running_total").is_some() {
        let until = at(held, last, &name);
        let value = at(held, last, "running_total");
        answered(scene.voice().running_to(&scene.about(None), until, value))
    } else {
        let side = |row| (at(held, row, &column), When::Name(at(held, row, &name)));
        answered(scene.voice().moved(&scene.about(None), [side(0), side(last)], None))
    };
    if last >= 2 && !scene.reading.running {
        let end = |which: Extreme| {
            let row = (0..=last).find(|row| is_end(held, *row, &column, which))?;
            Some((scene.row_names(held, row), at(held, row, &column)))
        };
        let measure = at(held, 0, &column);
        if let (Some(high), Some(low)) = (end(Extreme::Largest), end(Extreme::Smallest))
            && high.1 != low.1
        {
            draft.body.push(scene.voice().ends(dimension, measure, [high, low]));
        }
    }
    draft.result = all_rows(held);
    draft.tables.push(table(held));
    draft.charts.extend(chart(scene, held, &column));
    Some(draft)
}

pub(super) fn unit_cost(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    let column = unit_cost_column(scene);
    let column = column.as_str();
    if held.facts.table.rows.len() > 1 {
        return match scene.reading.dimensions.as_slice() {
            [] => rows(scene, held),
            own if timed(own) => trend(scene, held),
            _ => ranked_unit_costs(scene, held).or_else(|| rows(scene, held)),
        };
    }
    let unit = held.facts.table.unit(0, column)?;
    let about = scene.about_workload(held, held.fact(0, column)?.period);
    let figure = at(held, 0, column);
    let mut draft = answered(if says_itself(&unit) {
        scene.voice().priced(&about, value(figure))
    } else {
        scene.voice().total(&about, figure.clone(), value(figure))
    });
    draft.result = all_rows(held);
    draft.tables.push(table(held));
    Some(draft)
}

// Of one transaction, or of as many as the question says.
fn unit_cost_column(scene: &Scene<'_>) -> String {
    scene.scaled_column().unwrap_or_else(|| "unit_cost".to_owned())
}

// The tool lists workloads by their cost: a ranking by unit cost is put in order here, and cut.
fn ranked_unit_costs(scene: &Scene<'_>, held: &Evidence) -> Option<Draft> {
    let column = unit_cost_column(scene);
    let column = column.as_str();
    let number = |row: &usize| held.facts.table.number(*row, column);
    let mut rows: Vec<usize> =
        (0..held.facts.table.rows.len()).filter(|row| number(row).is_some()).collect();
    rows.sort_by(|left, right| {
        let order = number(left).cmp(&number(right));
        let order = match scene.reading.direction {
            Direction::Descending => order.reverse(),
            Direction::Ascending => order,
        };
        order.then(left.cmp(right))
    });
    let nth = scene.reading.nth.and_then(|nth| usize::try_from(nth).ok()?.checked_sub(1));
    let lead = *rows.get(nth.unwrap_or_default())?;
    let about = scene.about(held.facts.period);
    let mut draft = answered(headline(scene, held, lead, column, &about)?);
    if let Some(limit) = scene.reading.limit.and_then(|limit| usize::try_from(limit).ok()) {
        rows.truncate(limit);
    }
    if nth.is_some() {
        rows = vec![lead];
    }
    let mut fixed = vec![column, "effective_cost", "transactions"];
    fixed.extend(Some("unit_cost").filter(|unit| *unit != column));
    let columns: Vec<String> = scene
        .reading
        .dimensions
        .iter()
        .map(ToString::to_string)
        .chain(fixed.into_iter().map(str::to_owned))
        .filter(|name| held.facts.table.column(name).is_some())
        .collect();
    let cells = rows
        .iter()
        .map(|row| columns.iter().map(|name| FactOrCalc::Fact(at(held, *row, name))).collect());
    draft.result = DraftResult::Cells { columns: columns.clone(), rows: cells.collect() };
    Some(draft)
}

pub(super) fn jump(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    if held.facts.table.column("change").is_some() {
        return rows(scene, held);
    }
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
    draft.charts.extend(chart(scene, held, &column));
    Some(draft)
}

/// The largest rows that together reach a share of the whole.
pub(super) fn cumulative(scene: &Scene<'_>) -> Option<Draft> {
    let steps = further(scene.reading, scene.evidence, 1);
    let together = scene.reading.ask == Ask::Cumulative(0);
    let held = if together {
        scene.found(0, "")?
    } else {
        steps.first().and_then(|step| step.found(scene.evidence, ""))?
    };
    let last = held.facts.table.rows.len().checked_sub(1)?;
    let names = scene.row_names(held, last);
    let about = scene.about(held.facts.period);
    let share = at(held, last, "cumulative_share");
    let mut draft = answered(scene.voice().reach(&about, &held.id, &names, share));
    let counted = scene.reading.only_count && held.fact(last, "rank").is_some();
    draft.result = if together {
        let value = FactOrCalc::Fact(at(held, last, "cumulative_share"));
        DraftResult::Scalar { name: "cumulative_share".to_owned(), value }
    } else if counted {
        let value = FactOrCalc::Fact(at(held, last, "rank"));
        DraftResult::Scalar { name: "rank".to_owned(), value }
    } else {
        all_rows(held)
    };
    draft.tables.push(table(held));
    draft.charts.extend(chart(scene, held, &first_column(scene)));
    Some(draft)
}

/// Where one named thing stands among all of its kind.
pub(super) fn place(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    let dimension = scene.reading.dimensions.first()?;
    let of_thing =
        |one: &&Condition| one.filter.op == FilterOp::In && one.filter.dimension == *dimension;
    let wanted = scene.reading.conditions.iter().find(of_thing)?.filter.values.first()?;
    let row = (0..held.facts.table.rows.len()).find(|row| {
        held.name(*row, &dimension.name()).is_some_and(|name| name.eq_ignore_ascii_case(wanted))
    })?;
    held.fact(row, "rank")?;
    let about = scene.about(held.facts.period);
    let mut draft = answered(headline(scene, held, row, &first_column(scene), &about)?);
    draft.result = one_row(held, row);
    draft.tables.push(table(held));
    Some(draft)
}
