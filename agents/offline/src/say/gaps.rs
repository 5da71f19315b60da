//! What qualifies an answer: days that are not loaded, and commitments whose cost no row shows.

use jiff::civil::Time;
use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, FocusDimension},
    draft::{DraftGap, Sentence},
    evidence::Evidence,
    filter::FilterOp,
    period::Period,
};

use super::{coverage, scene::Scene};
use crate::request::{Condition, Note};

/// Every gap that the answer to this reading has.
pub(super) fn all(scene: &Scene<'_>) -> Vec<DraftGap> {
    partial(scene).into_iter().chain(unpriced(scene)).collect()
}

fn gap(code: &str, sentence: Sentence) -> DraftGap {
    DraftGap {
        code: code.to_owned(),
        source: "cost".to_owned(),
        sentence,
        effect: Sentence::default(),
    }
}

fn partial(scene: &Scene<'_>) -> Option<DraftGap> {
    let period = scene.reading.notes.iter().rev().find_map(|note| match note {
        Note::PartialPeriod { period } => Some(*period),
        Note::PeriodReading { .. }
        | Note::NameReading { .. }
        | Note::Remembered { .. }
        | Note::WholePeriod
        | Note::PrecedingPeriod { .. } => None,
    })?;
    let (first, last) = coverage(scene.evidence)?;
    let missing = scene.coverage().and_then(|cover| missing(scene, period, cover));
    let sentence = scene.voice().partial_period(period, missing, first, last);
    Some(gap("partial_period", sentence))
}

// Days that are over and not loaded, where they are one stretch at the end of the period.
fn missing(scene: &Scene<'_>, period: Period, cover: Period) -> Option<Period> {
    let today = scene.question.as_of.to_datetime(Time::midnight());
    let whole = period.start() >= cover.start() && period.start() < cover.end();
    Period::new(cover.end(), period.end().min(today)).ok().filter(|_| whole)
}

// Usage under a reservation that costs nothing, and no fee anywhere: its cost is not nothing, but unknown.
fn unpriced(scene: &Scene<'_>) -> Option<DraftGap> {
    let cost = scene.reading.measures.iter().find(|measure| measure.is_cost())?;
    let held = scene.found(0, "")?;
    let free = held.fact(0, &Measure::column_name(cost)).is_some_and(|cost| cost.value.is_zero());
    let asked = scene.reading.conditions.iter().any(is_reserved);
    (free && asked && is_unpriced(scene.evidence))
        .then(|| gap("unknown_commitment_cost", scene.voice().reserved_without_fee()))
}

fn is_reserved(held: &Condition) -> bool {
    use FocusDimension as F;
    let about = matches!(
        held.filter.dimension,
        Dimension::Column(
            F::CommitmentDiscountType
                | F::CommitmentDiscountCategory
                | F::CommitmentDiscountStatus
                | F::PricingCategory
                | F::LineItemType
        )
    );
    let kept = matches!(held.filter.op, FilterOp::In | FilterOp::Contains);
    let reserved = |value: &String| {
        let value = value.to_lowercase();
        value.contains("reserv") || value.contains("discountedusage")
    };
    about && kept && held.filter.values.iter().any(reserved)
}

// The data report counts such rows.
fn is_unpriced(evidence: &[Evidence]) -> bool {
    evidence.iter().filter(|held| held.facts.name == "notices").any(|held| {
        (0..held.facts.table.rows.len()).any(|row| {
            held.name(row, "code") == Some("unknown_commitment_cost")
                && held.name(row, "figure") == Some("rows")
        })
    })
}
