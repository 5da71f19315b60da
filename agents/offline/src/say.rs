//! Writes answers: figures and names by reference, words in the language of the question.

mod decline;
mod en;
mod explain;
mod follow;
mod gaps;
mod ko;
mod line;
mod next;
mod scene;
mod shapes;
mod voice;

#[cfg(test)]
mod tests;

use wherefore_contract::{
    answer::Status,
    cost::{CostMetric, Measure},
    draft::{Draft, DraftAssumption, DraftFinding, DraftResult, Sentence},
    evidence::{Evidence, FactRef},
    period::Period,
    question::Question,
};

use crate::{
    known::known,
    request::{Ask, Note, Reading, Slice},
};

pub(crate) use decline::{asked_back, declined};
pub(crate) use follow::asked_for_more;
use scene::Scene;
use voice::Voice;

/// A draft with nothing but its headline.
fn bare(status: Status, headline: Sentence) -> Draft {
    Draft {
        status,
        reading: None,
        headline,
        body: Vec::new(),
        tables: Vec::new(),
        result: DraftResult::None,
        verdict: std::collections::BTreeMap::new(),
        findings: Vec::new(),
        hypotheses: Vec::new(),
        assumptions: Vec::new(),
        gaps: Vec::new(),
        charts: Vec::new(),
        next: Vec::new(),
        scale: None,
    }
}

/// The answer to a reading, from the figures that were gathered.
pub(crate) fn answered(question: &Question, reading: &Reading, evidence: &[Evidence]) -> Draft {
    let scene = Scene { question, reading, evidence };
    let Some(mut draft) = shapes::shape(&scene) else {
        return decline::no_figures(question, reading, evidence);
    };
    // An analysis that the data do not allow says so itself.
    if draft.status == Status::Declined {
        return draft;
    }
    draft.body.extend(credits(&scene));
    draft.assumptions = assumptions(&scene);
    draft.gaps = gaps::all(&scene);
    if !draft.gaps.is_empty() {
        draft.status = Status::Partial;
    }
    draft.findings = findings(&draft, evidence);
    draft.next = next::questions(&scene, &draft);
    // Of days to come nothing more can be asked.
    if scene.looks_ahead() {
        draft.next = scene.voice().instead();
    }
    draft.scale = crate::scale::asked(question.text());
    draft
}

// A cost that credits cancel is told with what was used: a bare zero would hide it.
fn credits(scene: &Scene<'_>) -> Option<Sentence> {
    let step = crate::playbook::credits(scene.reading, scene.evidence)?;
    let held = step.found(scene.evidence, "")?;
    let [gross, credit] = ["gross_billed_cost", "credit_billed_cost"];
    let taken = held.facts.table.number(0, credit)?;
    if taken.is_zero() || held.facts.table.rows.len() != 1 {
        return None;
    }
    let cell = |column: &str| FactRef::new(held.id.clone(), 0, column);
    Some(scene.voice().gross_and_credits(cell(gross), cell(credit)))
}

fn findings(draft: &Draft, evidence: &[Evidence]) -> Vec<DraftFinding> {
    let cited = |held: &&Evidence| {
        let id = format!("{}/", held.id);
        serde_json::to_string(&draft.headline).is_ok_and(|text| text.contains(&id))
    };
    let ids: Vec<String> = evidence.iter().filter(cited).map(|held| held.id.clone()).collect();
    if ids.is_empty() {
        return Vec::new();
    }
    vec![DraftFinding { sentence: draft.headline.clone(), evidence: ids }]
}

fn assumptions(scene: &Scene<'_>) -> Vec<DraftAssumption> {
    let voice = scene.voice();
    let mut all = Vec::new();
    let mut push = |code: &str, sentence| {
        all.push(DraftAssumption { code: code.to_owned(), sentence });
    };
    let measures = scene.shown_measures();
    if !measures.is_empty() || scene.loading().is_some() {
        push("read_as", voice.read_as(scene, &measures, scene.terms()));
    }
    if let Some(first) = measures.first() {
        let whole = matches!(scene.reading.ask, Ask::Saving | Ask::Analysis(_));
        let named = scene.reading.measure_stated || whole;
        let own = scene.reading.measures.first().map(Measure::column_name).unwrap_or_default();
        if !named && scene.shows_cost() && first.column.starts_with(&own) {
            push("cost_metric", voice.cost_metric(first.clone()));
        }
    }
    if scene.reading.measures.iter().any(is_net) {
        let periods: Vec<Period> = scene.reading.period.iter().map(|held| held.period).collect();
        let layouts = known(scene.evidence).description.discount_layouts(&periods);
        if let [layout] = layouts.as_slice() {
            push("net_basis", voice.discounts(layout.name()));
        }
    }
    let unread: Vec<Slice> =
        scene.reading.unread.iter().copied().filter(|slice| repeatable(scene, *slice)).collect();
    if !unread.is_empty() {
        push("unread", voice.unread(&unread));
    }
    if let Some(sentence) = voice.inherited(&scene.reading.inherited) {
        push("inherited", sentence);
    }
    for filter in &scene.reading.left_out {
        let said = follow::left_out(filter, scene.question.language(), scene.evidence);
        if let Some(sentence) = said {
            push("left_out", sentence);
        }
    }
    let periods = scene.periods();
    for note in &scene.reading.notes {
        match note {
            Note::PeriodReading { asked, period } if periods.contains(period) => {
                push("period_reading", voice.period_reading(*asked, *period));
            }
            Note::PrecedingPeriod { period } if periods.contains(period) => {
                push("period_reading", voice.preceding(*period));
            }
            // An analysis takes the stretch of time that it needs, and says which.
            Note::WholePeriod if matches!(scene.reading.ask, Ask::Analysis(_)) => {}
            Note::WholePeriod => push("period_reading", voice.whole_period()),
            Note::NameReading { asked } => push("name_reading", voice.name_reading(*asked)),
            Note::Remembered { asked } => push("remembered", voice.remembered(*asked)),
            Note::PeriodReading { .. }
            | Note::PrecedingPeriod { .. }
            | Note::PartialPeriod { .. } => {}
        }
    }
    all
}

fn is_net(measure: &Measure) -> bool {
    matches!(measure.cost(), Some(CostMetric::NetBilled | CostMetric::NetEffective))
}

// Amounts of the question are not repeated: they would pass for figures.
fn repeatable(scene: &Scene<'_>, (start, end): Slice) -> bool {
    let words = scene.question.text().get(start..end).unwrap_or_default();
    !words.trim().is_empty()
        && !words.contains(['$', '€', '£', '¥', '₩', '%', '￦'])
        && !words.contains(char::is_numeric)
}

/// The first and the last loaded day.
fn coverage(evidence: &[Evidence]) -> Option<(FactRef, FactRef)> {
    let held = evidence.iter().find(|held| held.facts.name == "coverage")?;
    held.name(0, "first_day")?;
    held.name(0, "last_day")?;
    let cell = |column: &str| FactRef::new(held.id.clone(), 0, column);
    Some((cell("first_day"), cell("last_day")))
}

/// What the collector found, for the orchestrator.
pub(crate) fn collected(question: &Question, evidence: &[Evidence]) -> Vec<DraftFinding> {
    let Some((first, last)) = coverage(evidence) else { return Vec::new() };
    let id = first.evidence.clone();
    let sentence = Voice::of(question).loaded(first, last);
    vec![DraftFinding { sentence, evidence: vec![id] }]
}

/// What research found: the largest part of the change, seen from each side.
pub(crate) fn researched(
    question: &Question,
    reading: &Reading,
    evidence: &[Evidence],
) -> Vec<DraftFinding> {
    let scene = Scene { question, reading, evidence };
    crate::playbook::research(reading)
        .iter()
        .filter_map(|step| step.found(evidence, ""))
        .filter_map(|held| {
            let sentence = explain::largest_part(&scene, held)?;
            Some(DraftFinding { sentence, evidence: vec![held.id.clone()] })
        })
        .collect()
}
