//! Questions that could be asked next, built from the reading and from what is loaded.

use jiff::{ToSpan as _, civil::Date};
use wherefore_contract::{
    dimension::{Dimension, FocusDimension, Grain},
    draft::{Draft, Sentence},
    evidence::{Evidence, FactRef},
    period::Period,
};

use super::scene::{About, Scene, Word};
use crate::{
    known::known,
    request::{Analysis, Ask, Condition},
};

/// So many questions are proposed.
const SHOWN: usize = 3;
// A dimension with more values than this gives a table that nobody reads.
const VALUES_LIMIT: u64 = 200;

/// A question of its own, about what the answer was about.
#[derive(Debug, Clone)]
pub(super) struct Idea {
    /// A measure that the answer speaks of.
    pub measure: FactRef,
    pub about: About,
    pub kind: Kind,
}

/// What is asked.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// By a dimension, in a period.
    By(Dimension, Option<Period>),
    /// By month, over everything that is loaded.
    ByMonth,
    /// By day, within a period.
    ByDay(Period),
    /// How it changed between two periods.
    Change(Period, Period),
    /// What of each value of a dimension changed between two periods.
    ChangeBy(Dimension, Period, Period),
    /// Why it changed between two periods.
    Why(Period, Period),
}

/// The questions to propose under an answer.
pub(super) fn questions(scene: &Scene<'_>, draft: &Draft) -> Vec<Sentence> {
    // What to do is the plan itself.
    if scene.reading.ask == Ask::Analysis(Analysis::Savings) {
        return Vec::new();
    }
    let measures = scene.shown_measures();
    let Some(measure) = measures.into_iter().next() else { return scene.voice().instead() };
    let served = scene.reading.workload.is_some();
    if !(scene.shows_cost() || served) || scene.loading().is_some() {
        return scene.voice().instead();
    }
    let about = if served { scene.about_all() } else { scene.about(None) };
    let idea = |kind: Kind| Idea { measure: measure.clone(), about: about.clone(), kind };
    let mut ideas: Vec<Idea> = Vec::new();
    let period = scene.shown_period();
    if served {
        let explains = scene.reading.ask == Ask::ExplainUnitCost;
        ideas.push(idea(Kind::ByMonth));
        let steps = before(scene, period).filter(|_| !explains);
        ideas.extend(steps.map(|(from, to)| idea(Kind::Why(from, to))));
        return ideas.iter().map(|idea| scene.voice().next(idea)).collect();
    }
    if let (Some(from), Some(to)) = (scene.shown_base(), period) {
        let why = !matches!(scene.reading.ask, Ask::Explain | Ask::ExplainUnitCost);
        ideas.extend(why.then(|| idea(Kind::Why(from, to))));
        ideas.extend(open(scene).into_iter().take(2).map(|by| idea(Kind::ChangeBy(by, from, to))));
        ideas.push(idea(Kind::ByDay(to)));
    } else {
        ideas.extend(last_step(scene).map(|(from, to)| idea(Kind::Why(from, to))));
        ideas.extend(drill(scene, draft, &measure, period));
        ideas.extend(open(scene).into_iter().take(1).map(|by| idea(Kind::By(by, period))));
        ideas.extend(before(scene, period).map(|(from, to)| idea(Kind::Change(from, to))));
        ideas.extend(by_time(scene, period).map(&idea));
    }
    let voice = scene.voice();
    ideas.iter().take(SHOWN).map(|idea| voice.next(idea)).collect()
}

// Dimensions that neither the answer nor its conditions use, and that hold several values.
fn open(scene: &Scene<'_>) -> Vec<Dimension> {
    let described = known(scene.evidence).description.dimensions;
    let filled = |dimension: &Dimension| {
        described.iter().any(|fill| {
            fill.dimension == dimension.name() && (2..=VALUES_LIMIT).contains(&fill.distinct)
        })
    };
    let fixed = |dimension: &Dimension| {
        let own = |held: &Condition| held.filter.dimension == *dimension;
        scene.reading.dimensions.contains(dimension) || scene.reading.conditions.iter().any(own)
    };
    [
        FocusDimension::ServiceName,
        FocusDimension::SubAccountId,
        FocusDimension::Region,
        FocusDimension::UsageType,
        FocusDimension::ChargeCategory,
    ]
    .into_iter()
    .map(Dimension::Column)
    .filter(|dimension| filled(dimension) && !fixed(dimension))
    .collect()
}

// The first row of a breakdown, looked at from another side.
fn drill(
    scene: &Scene<'_>,
    draft: &Draft,
    measure: &FactRef,
    period: Option<Period>,
) -> Option<Idea> {
    let [Dimension::Column(column)] = scene.reading.dimensions.as_slice() else { return None };
    let held: &Evidence = scene.found(0, "")?;
    let shown = draft.tables.iter().any(|table| table.evidence == held.id);
    let name = held.name(0, column.name()).filter(|name| !name.is_empty() && shown);
    name?;
    let by = open(scene).into_iter().next()?;
    let mut about = scene.about(None);
    about.kept.push(Word::Name(FactRef::new(held.id.clone(), 0, column.name())));
    Some(Idea { measure: measure.clone(), about, kind: Kind::By(by, period) })
}

// The last two months of a course, where both are loaded.
fn last_step(scene: &Scene<'_>) -> Option<(Period, Period)> {
    let [Dimension::Time(Grain::Month)] = scene.reading.dimensions.as_slice() else { return None };
    let (held, coverage) = (scene.found(0, "")?, scene.coverage()?);
    let last = held.facts.table.rows.len().checked_sub(1)?;
    let (from, to) = (held.row_period(last.checked_sub(1)?)?, held.row_period(last)?);
    let follow = from.end() == to.start() && coverage.overlaps(to) && coverage.contains(from);
    follow.then_some((from, to))
}

// The period before the one that was asked for, where all of it is loaded.
fn before(scene: &Scene<'_>, period: Option<Period>) -> Option<(Period, Period)> {
    let to = period?;
    let coverage = scene.coverage()?;
    let first: Date = to.start().date();
    let from = match to.single_month() {
        Some(month) => Period::month_of(month.checked_sub(1.month()).ok()?),
        None => Period::of_days(first.checked_sub(to.days().days()).ok()?, first).ok()?,
    };
    (coverage.contains(from) && coverage.contains(to)).then_some((from, to))
}

// A course over time, at the grain that the period leaves room for.
fn by_time(scene: &Scene<'_>, period: Option<Period>) -> Option<Kind> {
    let timed = scene.reading.dimensions.iter().any(|dimension| dimension.grain().is_some());
    if timed {
        return None;
    }
    let coverage = scene.coverage()?;
    if coverage.days() > 45 {
        return Some(Kind::ByMonth);
    }
    period.or(Some(coverage)).filter(|period| period.days() > 1).map(Kind::ByDay)
}
