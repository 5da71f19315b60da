//! Makes a merged or corrected request whole, and declines it where the data do not hold it.

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, Grain},
    period::Period,
    question::Question,
};

use super::super::{
    limits::holds,
    time::{day_after, preceding},
};
use crate::{
    causes,
    request::{Ask, Decline, Known, Moment, Note, Reading, Reason, Slice, Understanding},
};

/// The request as it can be answered, or why it cannot.
pub(super) fn settled(mut reading: Reading, question: &Question, known: &Known) -> Understanding {
    if known.description.coverage.is_none() && known.description.rows == 0 {
        return Understanding::Declined(decline(Reason::NothingLoaded));
    }
    fit(&mut reading, question, known);
    if let Some(decline) = refused(&mut reading, known) {
        return Understanding::Declined(decline);
    }
    if matches!(reading.ask, Ask::PerDay | Ask::ComparePerDay | Ask::UnitCost) {
        keep_to_loaded_days(&mut reading, known);
    }
    if reading.period.is_none() && !reading.notes.contains(&Note::WholePeriod) {
        reading.notes.push(Note::WholePeriod);
    }
    Understanding::Reading(Box::new(reading))
}

/// Changes the kind of question to one that its parts allow.
fn fit(reading: &mut Reading, question: &Question, known: &Known) {
    let unit = reading.measures.contains(&Measure::UnitCost);
    match reading.ask {
        Ask::UnitCost | Ask::ExplainUnitCost => {}
        _ if unit => {
            reading.ask = if reading.base.is_some() { Ask::ExplainUnitCost } else { Ask::UnitCost }
        }
        _ => {}
    }
    match reading.ask {
        Ask::UnitCost if !unit => plain(reading),
        Ask::ExplainUnitCost if !unit => reading.ask = Ask::Explain,
        _ => {}
    }
    if matches!(reading.ask, Ask::UnitCost | Ask::ExplainUnitCost) {
        keep_to_the_workload(reading);
    }
    let grained = reading.dimensions.iter().any(|dimension| dimension.grain().is_some());
    match reading.ask {
        Ask::Compare | Ask::ComparePerDay | Ask::Explain | Ask::ExplainUnitCost => sided(reading),
        Ask::Total | Ask::Breakdown | Ask::Trend => {
            reading.base = None;
            let ranked = grained && reading.ask == Ask::Breakdown;
            if !ranked {
                plain(reading);
            }
        }
        Ask::Share if reading.conditions.is_empty() => plain(reading),
        Ask::PerDay if !reading.dimensions.is_empty() => {
            reading.per_day = true;
            plain(reading);
        }
        Ask::Jump if !grained => reading.dimensions = vec![Dimension::Time(Grain::Day)],
        Ask::Count if !reading.measures.iter().any(|one| matches!(one, Measure::Distinct(_))) => {
            plain(reading);
        }
        Ask::Saving | Ask::Average if reading.measures.len() < 2 => plain(reading),
        Ask::Ratio if reading.sides.len() < 2 => plain(reading),
        Ask::Times
            if reading.base.is_none()
                && reading.conditions.iter().all(|held| held.filter.values.len() < 2) =>
        {
            plain(reading);
        }
        Ask::Forecast | Ask::Analysis(_) => reading.as_of = Some(question.as_of),
        _ => {}
    }
    if reading.measures.is_empty() {
        let usual = known.description.default_cost.clone().unwrap_or(Measure::BilledCost);
        reading.measures.push(usual);
    }
    if reading.ask == Ask::Total {
        reading.limit = None;
        reading.nth = None;
    }
    look_for_causes(reading, known);
}

fn look_for_causes(reading: &mut Reading, known: &Known) {
    let caused = matches!(reading.ask, Ask::Explain | Ask::Compare);
    reading.loaded = known.description.coverage.filter(|_| caused);
    reading.parts = if reading.ask == Ask::Explain {
        causes::sides(known, &reading.conditions)
    } else {
        Vec::new()
    };
}

// Transactions are counted by workload alone, so nothing else can narrow what they divide.
fn keep_to_the_workload(reading: &mut Reading) {
    let (kept, left): (Vec<_>, Vec<_>) = std::mem::take(&mut reading.conditions)
        .into_iter()
        .partition(|held| held.filter.dimension == Dimension::Workload);
    reading.conditions = kept;
    reading.left_out.extend(left.into_iter().map(|held| held.filter));
}

// A comparison without its earlier side gets the stretch before; without any period it is none.
fn sided(reading: &mut Reading) {
    reading.dimensions.retain(|dimension| dimension.grain().is_none());
    match (reading.base, reading.period) {
        (Some(_), Some(_)) => {}
        (None, Some(moment)) if matches!(reading.ask, Ask::Explain | Ask::ExplainUnitCost) => {
            reading.base = preceding(moment.period).map(|period| Moment { period, asked: None });
            if let Some(base) = reading.base {
                reading.notes.push(Note::PrecedingPeriod { period: base.period });
            }
        }
        (Some(base), None) => {
            reading.period = Some(base);
            reading.base = None;
            plain(reading);
        }
        (None, _) => plain(reading),
    }
}

fn plain(reading: &mut Reading) {
    reading.base = None;
    reading.ask = if reading.measures.contains(&Measure::UnitCost) {
        Ask::UnitCost
    } else if reading.dimensions.is_empty() {
        Ask::Total
    } else if reading.dimensions.iter().any(|dimension| dimension.grain().is_some()) {
        Ask::Trend
    } else {
        Ask::Breakdown
    };
}

// What tells one line of a bill from the next, as far as the loaded format says it.
fn decline(reason: Reason) -> Decline {
    Decline { reason, asked: Vec::new(), nearest: Vec::new(), period: None }
}

fn refused(reading: &mut Reading, known: &Known) -> Option<Decline> {
    if matches!(reading.ask, Ask::UnitCost | Ask::ExplainUnitCost) && lacks_volumes(reading, known)
    {
        return Some(decline(Reason::MissingVolumes));
    }
    let counted = reading.measures.iter().filter_map(|measure| match measure {
        Measure::Distinct(dimension) => Some(dimension),
        _ => None,
    });
    let filtered = reading.conditions.iter().map(|held| &held.filter.dimension);
    let missing = reading
        .dimensions
        .iter()
        .chain(filtered)
        .chain(counted)
        .find(|dimension| !holds(known, dimension));
    if let Some(dimension) = missing {
        return Some(decline(Reason::MissingColumn(dimension.clone())));
    }
    missing_period(reading, known)
}

fn lacks_volumes(reading: &Reading, known: &Known) -> bool {
    let counted = &known.description.transactions;
    let has = |name: &str| counted.iter().any(|one| one.workload.eq_ignore_ascii_case(name));
    counted.is_empty() || reading.workload.as_deref().is_some_and(|name| !has(name))
}

fn missing_period(reading: &mut Reading, known: &Known) -> Option<Decline> {
    let cover = known.description.coverage?;
    // A projection goes beyond what is loaded by its nature.
    if reading.ask == Ask::Forecast {
        return None;
    }
    for moment in [reading.base, reading.period].into_iter().flatten() {
        if !cover.overlaps(moment.period) {
            let asked: Vec<Slice> = moment.asked.into_iter().collect();
            return Some(Decline {
                period: Some(moment.period),
                asked,
                ..decline(Reason::MissingPeriod)
            });
        }
        let note = Note::PartialPeriod { period: moment.period };
        if !cover.contains(moment.period) && !reading.notes.contains(&note) {
            reading.notes.push(note);
        }
    }
    None
}

// A mean over days divides by days that are loaded, not by days that are still to come.
fn keep_to_loaded_days(reading: &mut Reading, known: &Known) {
    let Some(cover) = known.description.coverage else { return };
    let after = day_after(cover).to_datetime(jiff::civil::Time::midnight());
    for moment in [&mut reading.base, &mut reading.period].into_iter().flatten() {
        let start = moment.period.start().max(cover.start());
        if let Ok(period) = Period::new(start, moment.period.end().min(after)) {
            moment.period = period;
        }
    }
    if reading.period.is_none() {
        reading.period = Some(Moment { period: cover, asked: None });
    }
}
