//! What stands in an answer, sentence by sentence: kept, composed by code, or struck.

use serde_json::{Map, Value};
use wherefore_contract::{
    answer::{AnswerResult, Chart, Claim, Status},
    draft::{
        Draft, DraftChart, DraftResult, DraftTable, FactOrCalc, Format, Scale, Sentence, Span,
    },
    evidence::FactRef,
    question::Language,
};

use super::{Place, chart_kind, hypotheses, judge, page::code};
use crate::{
    chart,
    context::Context,
    document::{Written, written},
    ledger::Ledger,
    overview::{self, Notes, Overview},
    reading,
    render::{Phrase, phrase},
    resolve::{self, Style},
    result, table,
};

/// What stands in the document, sentence by sentence.
pub(super) struct Parts {
    pub(super) status: Status,
    pub(super) reading: Option<Map<String, Value>>,
    pub(super) headline: Written,
    pub(super) body: Vec<Written>,
    pub(super) tables: Vec<Written>,
    pub(super) findings: Vec<(Written, Vec<String>)>,
    pub(super) hypotheses: Vec<hypotheses::Kept>,
    pub(super) assumptions: Vec<(String, Written)>,
    pub(super) gaps: Vec<(String, String, Written, Written)>,
    pub(super) charts: Vec<Chart>,
    pub(super) next: Vec<Written>,
    pub(super) result: AnswerResult,
    pub(super) result_claims: Vec<Claim>,
    pub(super) verdict: Option<Map<String, Value>>,
    pub(super) withheld: u32,
}

/// A part of the document that can be struck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    Headline,
    Body(usize),
    Table(usize),
    Finding(usize),
    Hypothesis(usize),
    Assumption(usize),
    Gap(usize),
    Next(usize),
}

impl Parts {
    pub(super) fn new(
        draft: &Draft,
        context: &Context,
        ledger: &Ledger,
        overview: &Overview,
    ) -> Self {
        let mut parts = Self::without_words(draft, context, ledger);
        let keep = |place: Place, sentence: &Sentence| {
            let (pieces, broken) = judge(place, sentence, context, ledger, overview);
            let words = written(&pieces);
            (broken.is_empty() && !words.text.is_empty()).then_some(words)
        };
        let mut withheld = 0;
        let mut kept = |place: Place, sentence: &Sentence| {
            let words = keep(place, sentence);
            withheld += u32::from(words.is_none());
            words
        };
        let headline = kept(Place::Headline, &draft.headline);
        for (index, sentence) in draft.body.iter().enumerate() {
            parts.body.extend(kept(Place::Body(index), sentence));
        }
        for (index, finding) in draft.findings.iter().enumerate() {
            let words = kept(Place::Finding(index), &finding.sentence);
            parts.findings.extend(words.map(|words| (words, finding.evidence.clone())));
        }
        let possible = if overview.declines { &[] } else { draft.hypotheses.as_slice() };
        let (possible, unfounded) = hypotheses::keep(possible, context, ledger, overview);
        parts.hypotheses = possible;
        parts.withheld += unfounded;
        for (index, assumption) in draft.assumptions.iter().enumerate() {
            let words = kept(Place::Assumption(index), &assumption.sentence);
            parts.assumptions.extend(words.map(|words| (code(&assumption.code), words)));
        }
        for (index, gap) in draft.gaps.iter().enumerate() {
            let effect = (!gap.effect.0.is_empty())
                .then(|| kept(Place::Effect(index), &gap.effect))
                .flatten()
                .unwrap_or_default();
            let words = kept(Place::Gap(index), &gap.sentence);
            parts
                .gaps
                .extend(words.map(|words| (code(&gap.code), code(&gap.source), words, effect)));
        }
        for (index, sentence) in draft.next.iter().enumerate() {
            parts.next.extend(kept(Place::Next(index), sentence));
        }
        let charts = if overview.declines { &[] } else { draft.charts.as_slice() };
        for (index, drawn) in charts.iter().enumerate() {
            let title = kept(Place::ChartTitle(index), &drawn.title).unwrap_or_default();
            parts.charts.extend(shown_chart(index, drawn, title, context));
        }
        parts.withheld += withheld;
        match headline {
            Some(headline) => parts.headline = headline,
            None => parts.compose_headline(draft, context, ledger),
        }
        parts.add_notes(overview::notes(draft, context, ledger, overview));
        if parts.withheld > 0 {
            parts.declare_withheld(context.question.language());
        }
        parts
    }

    fn without_words(draft: &Draft, context: &Context, ledger: &Ledger) -> Self {
        let style = Style { language: context.question.language(), scale: draft.scale };
        let mut withheld = 0;
        let declines = overview::declines(draft.status);
        let built = if declines {
            result::Built::default()
        } else {
            result::build(&draft.result, ledger).unwrap_or_else(|_| {
                withheld += 1;
                result::Built::default()
            })
        };
        let verdict =
            if declines { None } else { result::verdict(&draft.verdict, ledger).unwrap_or(None) };
        let tables: Vec<Written> = draft
            .tables
            .iter()
            .filter(|drawn| !(declines && table::holds_figures(drawn, ledger)))
            .filter_map(|drawn| table::markdown(drawn, ledger, style).ok())
            .collect();
        withheld += u32::try_from(draft.tables.len() - tables.len()).unwrap_or(u32::MAX);
        let computed = table::of_cells(&draft.result, ledger, style).filter(|_| !declines);
        let tables: Vec<Written> = computed.into_iter().chain(tables).collect();
        Self {
            status: draft.status,
            reading: kept_reading(draft, context),
            headline: Written::default(),
            body: Vec::new(),
            tables,
            findings: Vec::new(),
            hypotheses: Vec::new(),
            assumptions: Vec::new(),
            gaps: Vec::new(),
            charts: Vec::new(),
            next: Vec::new(),
            result: built.result,
            result_claims: built.claims,
            verdict,
            withheld,
        }
    }

    /// A headline by code, where the draft's could not be kept.
    fn compose_headline(&mut self, draft: &Draft, context: &Context, ledger: &Ledger) {
        let language = context.question.language();
        let style = Style { language, scale: draft.scale };
        let words = |which| Written::words(phrase(which, language));
        self.headline = match (draft.status, &draft.result) {
            (Status::Declined, _) => words(Phrase::HeadlineDeclined),
            (Status::NeedsClarification, _) => words(Phrase::HeadlineUnclear),
            (_, DraftResult::Scalar { value: FactOrCalc::Fact(at), .. }) => {
                scalar_headline(at, context, ledger, draft.scale)
                    .unwrap_or_else(|| words(Phrase::HeadlineWithheld))
            }
            (_, DraftResult::Rows { evidence, columns }) => {
                let drawn = DraftTable { evidence: evidence.clone(), columns: columns.clone() };
                if self.tables.is_empty() {
                    self.tables.extend(table::markdown(&drawn, ledger, style).ok());
                }
                let shown = !self.tables.is_empty();
                words(if shown { Phrase::HeadlineRows } else { Phrase::HeadlineWithheld })
            }
            _ => words(Phrase::HeadlineWithheld),
        };
    }

    fn add_notes(&mut self, notes: Notes) {
        if notes.partial && self.status == Status::Answered {
            self.status = Status::Partial;
        }
        self.assumptions.extend(notes.assumptions);
        self.gaps.extend(
            notes
                .gaps
                .into_iter()
                .map(|(code, source, words)| (code, source, words, Written::default())),
        );
    }

    fn declare_withheld(&mut self, language: Language) {
        if self.status == Status::Answered {
            self.status = Status::Partial;
        }
        if self.gaps.iter().all(|(code, ..)| code != "withheld") {
            self.gaps.push((
                "withheld".to_owned(),
                "question".to_owned(),
                Written::words(phrase(Phrase::Withheld, language)),
                Written::words(phrase(Phrase::WithheldEffect, language)),
            ));
        }
    }

    pub(super) fn strike(&mut self, block: Block, context: &Context) {
        let language = context.question.language();
        match block {
            Block::Headline => {
                self.headline = Written::words(phrase(Phrase::HeadlineWithheld, language));
            }
            Block::Body(index) => drop(self.body.remove(index)),
            Block::Table(index) => drop(self.tables.remove(index)),
            Block::Finding(index) => drop(self.findings.remove(index)),
            Block::Hypothesis(index) => drop(self.hypotheses.remove(index)),
            Block::Assumption(index) => drop(self.assumptions.remove(index)),
            Block::Gap(index) => drop(self.gaps.remove(index)),
            Block::Next(index) => drop(self.next.remove(index)),
        }
        self.withheld += 1;
        self.declare_withheld(language);
    }

    /// Leaves nothing but the statement that the answer was withheld.
    pub(super) fn strike_all(&mut self, context: &Context) {
        let language = context.question.language();
        self.withheld += 1;
        *self = Self {
            status: Status::Declined,
            reading: None,
            headline: Written::words(phrase(Phrase::HeadlineWithheld, language)),
            body: Vec::new(),
            tables: Vec::new(),
            findings: Vec::new(),
            hypotheses: Vec::new(),
            assumptions: Vec::new(),
            gaps: Vec::new(),
            charts: Vec::new(),
            next: Vec::new(),
            result: AnswerResult::default(),
            result_claims: Vec::new(),
            verdict: None,
            withheld: self.withheld,
        };
        self.declare_withheld(language);
    }
}

// A field for machines: a reading that says more than the evidence is left out, and no sentence with it.
fn kept_reading(draft: &Draft, context: &Context) -> Option<Map<String, Value>> {
    let reading = draft.reading.as_ref()?;
    let fault = reading::fault(reading, context.evidence, context.question.text());
    fault.is_none().then(|| reading.clone())
}

// "Billed cost (September 2024): $5.00", with the names of the row where it has some.
fn scalar_headline(
    at: &FactRef,
    context: &Context,
    ledger: &Ledger,
    scale: Option<Scale>,
) -> Option<Written> {
    let evidence = ledger.evidence(&at.evidence)?;
    let fact = ledger.fact(at)?;
    let text = |text: &str| Span::Text { text: text.to_owned() };
    let mut spans = Vec::new();
    if crate::ledger::needs_names(evidence) {
        for column in crate::ledger::naming_columns(evidence) {
            spans.push(Span::Name {
                fact: FactRef::new(at.evidence.clone(), at.row, column.name.clone()),
            });
            spans.push(text(", "));
        }
    }
    spans.push(Span::Measure { fact: at.clone() });
    if let Some(period) = fact.period {
        spans.extend([text(" ("), Span::Period { period }, text(")")]);
    }
    let format = match crate::ledger::role(&at.column) {
        crate::ledger::Role::Change | crate::ledger::Role::Part => Format::Signed,
        crate::ledger::Role::Level | crate::ledger::Role::Share => Format::Auto,
    };
    spans.extend([text(": "), Span::Value { fact: at.clone(), format }]);
    let (pieces, broken) = resolve::sentence(&Sentence(spans), context, ledger, scale);
    broken.is_empty().then(|| written(&pieces))
}

fn shown_chart(
    index: usize,
    drawn: &DraftChart,
    title: Written,
    context: &Context,
) -> Option<Chart> {
    let language = context.question.language();
    let svg = chart::draw(drawn, &title.text, context.evidence, language).ok()?;
    Some(Chart {
        id: format!("c{}", index + 1),
        title: title.text,
        kind: chart_kind(drawn.kind).to_owned(),
        evidence: drawn.evidence.clone(),
        svg,
        drawn: Some(drawn.clone()),
    })
}
