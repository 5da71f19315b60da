//! Answers without a figure: what is missing, the proof, and what can be asked instead.

use wherefore_contract::{
    answer::Status,
    cost::Measure,
    dimension::{Dimension, FocusDimension},
    draft::{Draft, DraftGap, Sentence},
    evidence::{Evidence, FactRef},
    question::Question,
};

use super::{
    bare, coverage,
    scene::{Scene, at},
    voice::Voice,
};
use crate::{
    causes,
    known::known,
    request::{Analysis, Ask, Choice, Decline, Reading, Reason, SplitBy},
};

// So many dimensions are named that could be asked for instead.
const INSTEAD_SHOWN: usize = 8;

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
    if let Reason::MissingColumn(_) = decline.reason {
        draft.body.extend(columns(voice, evidence));
    }
    if let Reason::MissingMeasure(_) = decline.reason {
        draft.body.extend(formats(voice, evidence));
    }
    if let Reason::Barred(measure) = &decline.reason {
        draft.body.extend(failed(voice, measure, evidence));
    }
    if let Some((first, last)) = coverage(evidence) {
        draft.body.push(voice.loaded(first, last));
        draft.next = voice.instead();
    }
    draft
}

// What failed, word for word as the data report has it.
fn failed(voice: Voice, measure: &Measure, evidence: &[Evidence]) -> Option<Sentence> {
    let held = evidence.iter().find(|held| held.facts.name == "notices")?;
    let subject = measure.to_string();
    let row = (0..held.facts.table.rows.len()).find(|row| {
        held.name(*row, "code") == Some("identity_failed")
            && held.name(*row, "subject") == Some(subject.as_str())
    })?;
    Some(voice.failed(at(held, row, "billing_period"), at(held, row, "text")))
}

fn formats(voice: Voice, evidence: &[Evidence]) -> Option<Sentence> {
    let described = evidence.iter().find(|held| held.facts.name == "coverage");
    described
        .filter(|held| held.name(0, "formats").is_some_and(|text| !text.is_empty()))
        .map(|held| voice.formats(at(held, 0, "formats")))
}

// The formats of the loaded bills, and what charges can be grouped by.
fn columns(voice: Voice, evidence: &[Evidence]) -> Vec<Sentence> {
    let formats = formats(voice, evidence);
    let known = known(evidence).description.dimensions;
    let filled: Vec<Dimension> = USEFUL
        .iter()
        .map(|column| Dimension::Column(*column))
        .filter(|dimension| {
            known.iter().any(|fill| fill.dimension == dimension.name() && fill.distinct > 1)
        })
        .take(INSTEAD_SHOWN)
        .collect();
    let instead = (!filled.is_empty()).then(|| voice.searched(&filled));
    formats.into_iter().chain(instead).collect()
}

// Columns that people group by, the likeliest first.
const USEFUL: &[FocusDimension] = &[
    FocusDimension::ServiceName,
    FocusDimension::SubAccountId,
    FocusDimension::Region,
    FocusDimension::Provider,
    FocusDimension::ServiceCategory,
    FocusDimension::ChargeCategory,
    FocusDimension::UsageType,
    FocusDimension::ProductFamily,
    FocusDimension::InstanceType,
    FocusDimension::AvailabilityZone,
    FocusDimension::ResourceId,
];

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
    draft.body = choices.iter().map(|choice| voice.choice(choice)).collect();
    draft.gaps.push(DraftGap {
        code: "ambiguous_name".to_owned(),
        source: "question".to_owned(),
        sentence: voice.which_one(),
        effect: Sentence::default(),
    });
    if let Some((first, last)) = coverage(evidence) {
        draft.body.push(voice.loaded(first, last));
    }
    draft
}

// A split by what metrics measured, which gave nothing.
fn lacks_metrics(reading: &Reading) -> bool {
    reading.ask == Ask::Analysis(Analysis::Allocation)
        && reading.allocation.as_ref().is_some_and(|ask| ask.method == Some(SplitBy::Telemetry))
}

/// The tools found nothing: that is said, with what was searched and what is loaded.
pub(super) fn no_figures(question: &Question, reading: &Reading, evidence: &[Evidence]) -> Draft {
    let scene = Scene { question, reading, evidence };
    let voice = scene.voice();
    let about = scene.about(reading.period.map(|moment| moment.period));
    let none = match (reading.base, reading.period) {
        (Some(from), Some(to)) if causes::is_one_sided(reading) => {
            let gone = reading.having.iter().any(|bound| bound.column == "rows_to");
            voice.none_changed(&reading.dimensions, from.period, to.period, gone)
        }
        _ if lacks_metrics(reading) => voice.no_weights(),
        _ => voice.no_figures(&about),
    };
    let mut draft = bare(Status::Declined, none.clone());
    let (code, source) = if lacks_metrics(reading) {
        ("missing_telemetry", "telemetry")
    } else {
        ("no_data", "cost")
    };
    draft.gaps.push(DraftGap {
        code: code.to_owned(),
        source: source.to_owned(),
        sentence: none,
        effect: Sentence::default(),
    });
    if let Some((first, last)) = coverage(evidence) {
        draft.body.push(voice.loaded(first, last));
        draft.next = voice.instead();
    }
    draft
}
