//! From a draft to a verified answer: judge every sentence, keep what holds, declare the rest.

mod hypotheses;
mod page;
mod parts;

use serde_json::Value;
use wherefore_contract::{
    Decimal,
    answer::{Answer, AnswerResult, ResultKind, Run},
    draft::{ChartKind, Draft, Sentence},
    memory::{Memory, REMEMBERED_LIMIT},
};

pub(crate) use hypotheses::document_faults;
pub(crate) use page::{id_of, shown_evidence};
use parts::Parts;

use crate::{
    chart,
    context::Context,
    fence,
    ledger::Ledger,
    overview::Overview,
    reading,
    resolve::{self, MeasureWords, Piece, Style},
    result, rules, table,
    violation::{Rule, Violation},
};

/// An answer of which every figure, name and direction stands in the evidence. Only this crate makes
/// one, and nothing else may be shown to a reader.
#[derive(Debug, Clone, PartialEq)]
pub struct VerifiedAnswer {
    answer: Answer,
    sentences: Vec<String>,
}

impl VerifiedAnswer {
    /// The document as plain data.
    #[must_use]
    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    /// The document, given away.
    #[must_use]
    pub fn into_answer(self) -> Answer {
        self.answer
    }

    /// The document as JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        serde_json::to_value(&self.answer).unwrap_or(Value::Null)
    }

    /// The whole answer as Markdown.
    #[must_use]
    pub fn markdown(&self) -> &str {
        &self.answer.text
    }

    /// The headline and the paragraphs in order, for surfaces that show them one at a time.
    pub fn sentences(&self) -> impl Iterator<Item = &str> {
        self.sentences.iter().map(String::as_str)
    }

    /// How the answer was made, replaced by its final account: times and counts, never content.
    #[must_use]
    pub fn with_run(mut self, run: Run) -> Self {
        let withheld = self.answer.run.withheld;
        self.answer.run = Run { withheld, ..run };
        self
    }

    /// What the person said before, beside the answer: no sentence, figure or id of it changes.
    #[must_use]
    pub fn with_remembered(mut self, mut remembered: Vec<Memory>) -> Self {
        remembered.truncate(REMEMBERED_LIMIT);
        self.answer.remembered = remembered;
        self
    }
}

/// Where a sentence of a draft stands; shown as the path that a model finds it by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Headline,
    Body(usize),
    Finding(usize),
    Hypothesis(usize),
    NextCheck(usize),
    Assumption(usize),
    Gap(usize),
    Effect(usize),
    ChartTitle(usize),
    Next(usize),
}

impl std::fmt::Display for Place {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Headline => write!(out, "headline"),
            Self::Body(index) => write!(out, "body[{index}]"),
            Self::Finding(index) => write!(out, "findings[{index}].sentence"),
            Self::Hypothesis(index) => write!(out, "hypotheses[{index}].cause"),
            Self::NextCheck(index) => write!(out, "hypotheses[{index}].next_check"),
            Self::Assumption(index) => write!(out, "assumptions[{index}].sentence"),
            Self::Gap(index) => write!(out, "gaps[{index}].sentence"),
            Self::Effect(index) => write!(out, "gaps[{index}].effect"),
            Self::ChartTitle(index) => write!(out, "charts[{index}].title"),
            Self::Next(index) => write!(out, "next[{index}]"),
        }
    }
}

/// Everything in a draft that no reader may see; empty when all of it holds.
#[must_use]
pub fn check(draft: &Draft, context: &Context) -> Vec<Violation> {
    let ledger = Ledger::new(context.evidence);
    let overview = Overview::of(draft, &ledger);
    let mut violations = Vec::new();
    for (place, sentence) in sentences(draft) {
        let (_, broken) = judge(place, sentence, context, &ledger, &overview);
        violations.extend(broken.into_iter().map(|(span, rule, message)| Violation {
            sentence: place.to_string(),
            span,
            rule,
            message,
        }));
    }
    let whole = |sentence: String, message: String| Violation {
        sentence,
        span: None,
        rule: Rule::Shape,
        message,
    };
    let language = context.question.language();
    let style = Style { language, scale: draft.scale };
    let reading = draft.reading.as_ref();
    let unfounded = |reading| reading::fault(reading, context.evidence, context.question.text());
    violations
        .extend(reading.and_then(unfounded).map(|message| whole("reading".to_owned(), message)));
    if let Err(message) = result::build(&draft.result, &ledger) {
        violations.push(whole("result".to_owned(), message));
    }
    if let Err(message) = result::verdict(&draft.verdict, &ledger) {
        violations.push(whole("verdict".to_owned(), message));
    }
    let mut last = Decimal::ONE;
    for (index, hypothesis) in draft.hypotheses.iter().enumerate() {
        let faults = hypotheses::faults(hypothesis, last, &ledger);
        violations
            .extend(faults.into_iter().map(|fault| whole(format!("hypotheses[{index}]"), fault)));
        last = ledger.fact(&hypothesis.score).map_or(last, |fact| fact.value);
    }
    for (index, drawn) in draft.tables.iter().enumerate() {
        if overview.declines && table::holds_figures(drawn, &ledger) {
            let message = "an answer that is declined or asks back shows no figures".to_owned();
            violations.push(whole(format!("tables[{index}]"), message));
        }
        if let Err(message) = table::markdown(drawn, &ledger, style) {
            violations.push(whole(format!("tables[{index}]"), message));
        }
    }
    for (index, drawn) in draft.charts.iter().enumerate() {
        if let Err(message) = chart::draw(drawn, "", context.evidence, language) {
            violations.push(whole(format!("charts[{index}]"), message));
        }
    }
    violations
}

fn sentences(draft: &Draft) -> Vec<(Place, &Sentence)> {
    let mut all = vec![(Place::Headline, &draft.headline)];
    all.extend(draft.body.iter().enumerate().map(|(i, s)| (Place::Body(i), s)));
    all.extend(draft.findings.iter().enumerate().map(|(i, f)| (Place::Finding(i), &f.sentence)));
    let hypotheses = || draft.hypotheses.iter().enumerate();
    all.extend(hypotheses().map(|(i, h)| (Place::Hypothesis(i), &h.cause)));
    all.extend(hypotheses().map(|(i, h)| (Place::NextCheck(i), &h.next_check)));
    all.extend(
        draft.assumptions.iter().enumerate().map(|(i, a)| (Place::Assumption(i), &a.sentence)),
    );
    all.extend(draft.gaps.iter().enumerate().map(|(i, g)| (Place::Gap(i), &g.sentence)));
    all.extend(draft.gaps.iter().enumerate().map(|(i, g)| (Place::Effect(i), &g.effect)));
    all.extend(draft.charts.iter().enumerate().map(|(i, c)| (Place::ChartTitle(i), &c.title)));
    all.extend(draft.next.iter().enumerate().map(|(i, s)| (Place::Next(i), s)));
    all
}

/// The pieces of one sentence and every rule it breaks.
pub(crate) fn judge(
    place: Place,
    sentence: &Sentence,
    context: &Context,
    ledger: &Ledger,
    overview: &Overview,
) -> (Vec<Piece>, Vec<resolve::Broken>) {
    let (pieces, mut broken) = resolve::sentence(sentence, context, ledger, overview.scale);
    let resolved = broken.is_empty();
    let free = !pieces.iter().any(Piece::is_figure)
        && (overview.declines
            || matches!(
                place,
                Place::Gap(_) | Place::Effect(_) | Place::Next(_) | Place::NextCheck(_)
            ));
    let measures = if free { MeasureWords::Allowed } else { MeasureWords::Refused };
    broken.extend(resolve::text_faults(sentence, measures));
    if resolved {
        broken.extend(rules::check(place, &pieces, context, ledger, overview));
    }
    (pieces, broken)
}

/// Turns a draft into an answer. Never fails: a sentence that breaks a rule is withheld and declared
/// as a gap, and `run.withheld` counts it.
#[must_use]
pub fn verify(draft: &Draft, context: &Context) -> VerifiedAnswer {
    let ledger = Ledger::new(context.evidence);
    let overview = Overview::of(draft, &ledger);
    let mut parts = Parts::new(draft, context, &ledger, &overview);
    // The last fence reads the finished bytes. What it finds is withheld, until nothing is found.
    loop {
        let (answer, blocks) = parts.assemble(context);
        let faults = fence::check_document(&answer, context.evidence);
        let struck = blocks.iter().find(|(_, start, end)| {
            faults.iter().any(|fault| fault.span.is_some_and(|at| *start <= at && at < *end))
        });
        match (faults.is_empty(), struck) {
            (true, _) => return parts.finish(answer),
            (false, Some((block, ..))) => parts.strike(*block, context),
            (false, None) => {
                parts.strike_all(context);
                let (answer, _) = parts.assemble(context);
                return parts.finish(answer);
            }
        }
    }
}

pub(crate) fn chart_kind(kind: ChartKind) -> &'static str {
    match kind {
        ChartKind::Bars => "bars",
        ChartKind::StackedBars => "stacked_bars",
        ChartKind::Line => "line",
        ChartKind::Waterfall => "waterfall",
    }
}

/// Whether the answer carries a figure for machines.
pub(crate) fn has_result(result: &AnswerResult) -> bool {
    match result.kind {
        ResultKind::None => false,
        ResultKind::Scalar | ResultKind::Rows => true,
    }
}
