//! Answers without a figure: what is missing, the proof, and what can be asked instead.

use wherefore_contract::{
    answer::Status,
    dimension::{Dimension, FocusDimension},
    draft::{Draft, DraftGap, Sentence},
    evidence::{Evidence, FactRef},
    question::Question,
};

use super::{bare, coverage, scene::Voice};
use crate::request::{Choice, Decline, Reading};

/// Declines, with the reason and what is loaded.
pub(crate) fn declined(question: &Question, decline: &Decline, evidence: &[Evidence]) -> Draft {
    let voice = Voice::of(question);
    let mut draft = bare(Status::Declined, voice.declined(decline));
    draft.gaps.push(DraftGap {
        code: decline.reason.code().to_owned(),
        source: decline.reason.source().to_owned(),
        sentence: voice.reason(decline),
        effect: Sentence::default(),
    });
    let near = nearest(decline, evidence);
    if !near.is_empty() {
        draft.body.push(voice.nearest(near));
    }
    if let Some((first, last)) = coverage(evidence) {
        draft.body.push(voice.loaded(first, last));
        draft.next = voice.instead();
    }
    draft
}

fn nearest(decline: &Decline, evidence: &[Evidence]) -> Vec<FactRef> {
    let Some(hits) = evidence.iter().find(|held| held.facts.name == "hits") else {
        return Vec::new();
    };
    let row_of = |(dimension, value): &(Dimension, String)| {
        (0..hits.facts.table.rows.len()).find(|row| {
            hits.name(*row, "value") == Some(value)
                && hits.name(*row, "dimension") == Some(dimension.name().as_str())
        })
    };
    let rows = decline.nearest.iter().filter_map(row_of);
    rows.map(|row| FactRef::new(hits.id.clone(), row, "value")).collect()
}

/// Asks back, with every reading.
pub(crate) fn asked_back(question: &Question, choices: &[Choice], evidence: &[Evidence]) -> Draft {
    let voice = Voice::of(question);
    let asked = choices.first().map_or((0, 0), |choice| choice.asked);
    let mut draft = bare(Status::NeedsClarification, voice.asked_back(asked));
    draft.body =
        choices.iter().map(|choice| voice.choice(choice.asked, &choice.dimension)).collect();
    draft.gaps.push(DraftGap {
        code: "ambiguous_name".to_owned(),
        source: "question".to_owned(),
        sentence: voice.asked_back(asked),
        effect: Sentence::default(),
    });
    if let Some((first, last)) = coverage(evidence) {
        draft.body.push(voice.loaded(first, last));
    }
    draft
}

/// The tools found nothing: that is said, with what is loaded.
pub(super) fn no_figures(question: &Question, reading: &Reading, evidence: &[Evidence]) -> Draft {
    let voice = Voice::of(question);
    let _ = reading;
    let mut draft = bare(Status::Declined, voice.no_figures());
    draft.gaps.push(DraftGap {
        code: "no_data".to_owned(),
        source: "cost".to_owned(),
        sentence: voice.no_figures(),
        effect: Sentence::default(),
    });
    if let Some((first, last)) = coverage(evidence) {
        draft.body.push(voice.loaded(first, last));
        draft.next = voice.instead();
    }
    draft
}

/// Whether FOCUS 1.1 or 1.2 brought this column (column lists of the FOCUS specification's tags).
pub(super) fn later_column(dimension: &Dimension) -> bool {
    matches!(
        dimension,
        Dimension::Column(
            FocusDimension::CapacityReservationId
                | FocusDimension::CapacityReservationStatus
                | FocusDimension::ServiceSubcategory
                | FocusDimension::SkuMeter
                | FocusDimension::BillingAccountType
                | FocusDimension::InvoiceId
                | FocusDimension::PricingCurrency
                | FocusDimension::SubAccountType
        )
    )
}
