//! Coverage, utilization, waste and ends of commitments.

use wherefore_contract::{
    answer::Status,
    draft::{Draft, DraftGap, Sentence},
    evidence::{Evidence, FactRef},
};

use crate::say::{
    bare,
    scene::{Scene, at},
    shapes::{all_rows, answered, table},
};

// So many commitments can be read beside each other.
const HELD_SHOWN: usize = 40;

/// Names as answer documents fix them.
const VERDICT: [&str; 7] = [
    "commitment_cost",
    "unused_commitment_cost",
    "utilization",
    "coverage",
    "net_saving",
    "commitment_savings_rate",
    "effective_savings_rate",
];

/// The answer; `None` when the tools found nothing.
pub(super) fn shape(scene: &Scene<'_>) -> Option<Draft> {
    let asked = scene.reading.commitment.clone().unwrap_or_default();
    if asked.returns {
        let held = scene.found(0, "returns");
        return held.map(|held| returning(scene, held)).or_else(|| {
            scene.found(0, "state").map(|_| answered(scene.voice().nothing_to_return()))
        });
    }
    match (asked.ends, scene.found(0, "ends")) {
        (true, Some(ends)) => Some(ending(scene, ends)),
        (true, None) => match scene.found(0, "other_ends") {
            Some(others) => Some(ending_otherwise(scene, others)),
            None => scene.found(0, "state").map(|_| unknown_ends(scene)),
        },
        (false, ends) => state(scene, scene.found(0, "state")?, ends),
    }
}

fn state(scene: &Scene<'_>, held: &Evidence, ends: Option<&Evidence>) -> Option<Draft> {
    let voice = scene.voice();
    let figures = |columns: &[&str]| -> Vec<FactRef> {
        let known = columns.iter().filter(|column| held.fact(0, column).is_some());
        known.map(|column| at(held, 0, column)).collect()
    };
    let period = held.facts.period?;
    let told = figures(&["utilization", "coverage", "net_saving", "effective_savings_rate"]);
    let mut draft = answered(voice.held(period, &told));
    let costs = ["commitment_cost", "used_commitment_cost", "unused_commitment_cost"];
    draft.body.push(voice.held_cost(period, &figures(&costs)));
    draft.body.extend(hours(scene, held));
    let each = scene.found(0, "commitments");
    draft.body.extend(each.and_then(|each| wasted(scene, each)));
    draft.body.extend(ends.and_then(|ends| next_end(scene, ends)));
    let priced = held.fact(0, "net_saving").is_some();
    draft.body.extend((!priced).then(|| voice.unpriced()));
    draft.tables.push(table(held));
    let few = |held: &&Evidence| held.facts.table.rows.len() <= HELD_SHOWN;
    for name in ["months", "covered_usage", "commitments", "ends"] {
        draft.tables.extend(scene.found(0, name).filter(few).map(table));
    }
    for name in VERDICT {
        if held.fact(0, name).is_some() {
            draft.verdict.insert(name.to_owned(), at(held, 0, name));
        }
    }
    let asks_each = scene.reading.commitment.as_ref().is_some_and(|asked| asked.each);
    let by_row = scene.found(0, "months").or_else(|| each.filter(|_| asks_each));
    draft.result = all_rows(by_row.unwrap_or(held));
    Some(draft)
}

// So many groups of usage are told in a sentence.
const GROUPS_TOLD: usize = 3;

// Utilization of what was reserved in hours, and how far it covers what runs.
fn hours(scene: &Scene<'_>, held: &Evidence) -> Vec<Sentence> {
    let voice = scene.voice();
    let figures = |held: &Evidence, row: usize, columns: &[&str]| -> Vec<FactRef> {
        let known = columns.iter().filter(|column| held.fact(row, column).is_some());
        known.map(|column| at(held, row, column)).collect()
    };
    let used = figures(held, 0, &["used_hours", "unused_hours", "hour_utilization"]);
    let mut told: Vec<Sentence> =
        held.fact(0, "hour_utilization").map(|_| voice.hours_used(&used)).into_iter().collect();
    let Some(covered) = scene.found(0, "covered_usage") else { return told };
    let reserved = |row: &usize| {
        let hours = covered.facts.table.number(*row, "reserved_hours");
        hours.is_some_and(|hours| !hours.is_zero())
    };
    let rows = (0..covered.facts.table.rows.len()).filter(reserved).take(GROUPS_TOLD);
    told.extend(rows.map(|row| {
        let columns = ["reserved_hours", "running_hours", "hour_coverage", "unit_coverage"];
        voice.hours_covered(at(covered, row, "covers"), &figures(covered, row, &columns))
    }));
    told
}

// The commitment with the most unused cost, which stands first.
fn wasted(scene: &Scene<'_>, each: &Evidence) -> Option<Sentence> {
    let unused = each.facts.table.number(0, "unused_commitment_cost")?;
    let name = named(each, 0)?;
    let figures =
        ["unused_commitment_cost", "utilization"].map(|column| at(each, 0, column)).to_vec();
    (!unused.is_zero()).then(|| scene.voice().wasted(name, &figures))
}

fn named(held: &Evidence, row: usize) -> Option<FactRef> {
    let columns = ["commitment_discount", "commitment_discount_type"];
    columns
        .into_iter()
        .find(|column| held.name(row, column).is_some())
        .map(|column| at(held, row, column))
}

// The first that ends on or after the day of asking; else the one that ended last.
fn next_end(scene: &Scene<'_>, ends: &Evidence) -> Option<Sentence> {
    let left = |row: usize| ends.facts.table.number(row, "days_left");
    let rows = || (0..ends.facts.table.rows.len()).filter(|row| left(*row).is_some());
    let to_come = rows().find(|row| left(*row).is_some_and(|left| !left.is_sign_negative()));
    let voice = scene.voice();
    let cells = |row: usize| {
        Some((named(ends, row)?, at(ends, row, "ends_on"), at(ends, row, "days_left")))
    };
    if let Some((name, day, left)) = to_come.and_then(cells) {
        return Some(voice.ends_next(name, day, left));
    }
    let last = rows().max_by_key(|row| left(*row))?;
    let (name, day, _) = cells(last)?;
    Some(voice.ended_last(name, day))
}

fn ending(scene: &Scene<'_>, ends: &Evidence) -> Draft {
    let voice = scene.voice();
    let mut draft = match next_end(scene, ends) {
        Some(sentence) => answered(sentence),
        None => answered(voice.no_end_told()),
    };
    draft.body.extend(lapse(scene, ends));
    let open = (0..ends.facts.table.rows.len())
        .any(|row| ends.name(row, "end_source") == Some("not_on_the_bill"));
    draft.body.extend(open.then(|| voice.open_ends()));
    draft.tables.push(table(ends));
    draft.result = all_rows(ends);
    draft
}

// The first to end whose usage is priced: what it costs while it lasts and afterwards.
fn lapse(scene: &Scene<'_>, ends: &Evidence) -> Option<Sentence> {
    let left = |row: &usize| {
        let left = ends.facts.table.number(*row, "days_left");
        left.is_some_and(|left| !left.is_sign_negative())
    };
    let priced = |row: &usize| ends.fact(*row, "monthly_lapse_cost").is_some();
    let row = (0..ends.facts.table.rows.len()).filter(left).find(priced)?;
    let figures = ["monthly_commitment_cost", "monthly_on_demand_cost", "monthly_lapse_cost"];
    Some(scene.voice().lapse(named(ends, row)?, &figures.map(|column| at(ends, row, column))))
}

// No commitment ends in the time that was asked for.
fn ending_otherwise(scene: &Scene<'_>, others: &Evidence) -> Draft {
    let mut draft = answered(scene.voice().none_ends());
    draft.body.extend(next_end(scene, others));
    let open = (0..others.facts.table.rows.len())
        .any(|row| others.name(row, "end_source") == Some("not_on_the_bill"));
    draft.body.extend(open.then(|| scene.voice().open_ends()));
    draft.tables.push(table(others));
    draft.result = all_rows(others);
    draft
}

fn returning(scene: &Scene<'_>, held: &Evidence) -> Draft {
    let voice = scene.voice();
    let rows = || 0..held.facts.table.rows.len();
    let is_open = |row: &usize| held.name(*row, "return_state") == Some("open");
    let told = |row: usize| (at(held, row, "commitment_discount"), at(held, row, "return_until"));
    let latest = rows().max_by_key(|row| held.facts.table.text(*row, "return_until"));
    let mut draft = match rows().find(is_open) {
        Some(row) => {
            let (name, day) = told(row);
            answered(voice.can_return(name, day))
        }
        None => match latest.map(told) {
            Some((name, day)) => answered(voice.cannot_return(name, day)),
            None => answered(voice.nothing_to_return()),
        },
    };
    draft.body.push(voice.return_rule(at(held, 0, "return_days"), at(held, 0, "most_hourly")));
    draft.tables.push(table(held));
    draft.result = all_rows(held);
    draft
}

// Bills that name no commitment do not say when one ends.
fn unknown_ends(scene: &Scene<'_>) -> Draft {
    let voice = scene.voice();
    let mut draft = bare(Status::Declined, voice.unnamed_ends());
    draft.gaps.push(DraftGap {
        code: "missing_column".to_owned(),
        source: "cost".to_owned(),
        sentence: voice.nameless(),
        effect: Sentence::default(),
    });
    draft
}
