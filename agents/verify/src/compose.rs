//! From a draft to a verified answer: judge every sentence, keep what holds, declare the rest.

use serde_json::Value;
use sha2::{Digest, Sha256};
use wherefore_contract::{
    answer::{
        Answer, AnswerResult, Assumption, Chart, Claim, Finding, Gap, ResultKind, Run,
        ShownEvidence, Status,
    },
    draft::{ChartKind, Draft, DraftResult, DraftTable, FactOrCalc, Format, Sentence, Span},
    evidence::{Evidence, FactRef},
    question::Language,
};

use crate::{
    chart,
    context::Context,
    document::{Written, written},
    fence,
    ledger::Ledger,
    overview::{self, Notes, Overview},
    render::{Phrase, phrase},
    resolve::{self, MeasureWords, Piece},
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
}

/// Where a sentence of a draft stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Headline,
    Body(usize),
    Finding(usize),
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
            Self::Body(index) => write!(out, "body {index}"),
            Self::Finding(index) => write!(out, "finding {index}"),
            Self::Assumption(index) => write!(out, "assumption {index}"),
            Self::Gap(index) => write!(out, "gap {index}"),
            Self::Effect(index) => write!(out, "effect of gap {index}"),
            Self::ChartTitle(index) => write!(out, "title of chart {index}"),
            Self::Next(index) => write!(out, "next {index}"),
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
    if let Err(message) = result::build(&draft.result, &ledger) {
        violations.push(whole("result".to_owned(), message));
    }
    if let Err(message) = result::verdict(&draft.verdict, &ledger) {
        violations.push(whole("verdict".to_owned(), message));
    }
    for (index, drawn) in draft.tables.iter().enumerate() {
        if overview.declines && table::holds_figures(drawn, &ledger) {
            let message = "an answer that is declined or asks back shows no figures".to_owned();
            violations.push(whole(format!("table {index}"), message));
        }
        if let Err(message) = table::markdown(drawn, &ledger, language) {
            violations.push(whole(format!("table {index}"), message));
        }
    }
    for (index, drawn) in draft.charts.iter().enumerate() {
        if let Err(message) = chart::draw(drawn, "", context.evidence, language) {
            violations.push(whole(format!("chart {index}"), message));
        }
    }
    violations
}

fn sentences(draft: &Draft) -> Vec<(Place, &Sentence)> {
    let mut all = vec![(Place::Headline, &draft.headline)];
    all.extend(draft.body.iter().enumerate().map(|(i, s)| (Place::Body(i), s)));
    all.extend(draft.findings.iter().enumerate().map(|(i, f)| (Place::Finding(i), &f.sentence)));
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
    let (pieces, mut broken) = resolve::sentence(sentence, context, ledger);
    let resolved = broken.is_empty();
    let free = !pieces.iter().any(Piece::is_figure)
        && (overview.declines
            || matches!(place, Place::Gap(_) | Place::Effect(_) | Place::Next(_)));
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

/// What stands in the document, sentence by sentence.
struct Parts {
    status: Status,
    headline: Written,
    body: Vec<Written>,
    tables: Vec<Written>,
    findings: Vec<(Written, Vec<String>)>,
    assumptions: Vec<(String, Written)>,
    gaps: Vec<(String, String, Written, Written)>,
    charts: Vec<Chart>,
    next: Vec<Written>,
    result: AnswerResult,
    result_claims: Vec<Claim>,
    verdict: Option<serde_json::Map<String, Value>>,
    withheld: u32,
}

/// A part of the document that can be struck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    Headline,
    Body(usize),
    Table(usize),
    Finding(usize),
    Assumption(usize),
    Gap(usize),
    Next(usize),
}

impl Parts {
    fn new(draft: &Draft, context: &Context, ledger: &Ledger, overview: &Overview) -> Self {
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
            let svg =
                chart::draw(drawn, &title.text, context.evidence, context.question.language());
            parts.charts.extend(svg.ok().map(|svg| Chart {
                id: format!("c{}", index + 1),
                title: title.text,
                kind: chart_kind(drawn.kind).to_owned(),
                evidence: drawn.evidence.clone(),
                svg,
                drawn: Some(drawn.clone()),
            }));
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
        let language = context.question.language();
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
            .filter_map(|drawn| table::markdown(drawn, ledger, language).ok())
            .collect();
        withheld += u32::try_from(draft.tables.len() - tables.len()).unwrap_or(u32::MAX);
        Self {
            status: draft.status,
            headline: Written::default(),
            body: Vec::new(),
            tables,
            findings: Vec::new(),
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
        let words = |which| Written::words(phrase(which, language));
        self.headline = match (draft.status, &draft.result) {
            (Status::Declined, _) => words(Phrase::HeadlineDeclined),
            (Status::NeedsClarification, _) => words(Phrase::HeadlineUnclear),
            (_, DraftResult::Scalar { value: FactOrCalc::Fact(at), .. }) => {
                scalar_headline(at, context, ledger)
                    .unwrap_or_else(|| words(Phrase::HeadlineWithheld))
            }
            (_, DraftResult::Rows { evidence, columns }) => {
                let drawn = DraftTable { evidence: evidence.clone(), columns: columns.clone() };
                if self.tables.is_empty() {
                    self.tables.extend(table::markdown(&drawn, ledger, language).ok());
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

    fn strike(&mut self, block: Block, context: &Context) {
        let language = context.question.language();
        match block {
            Block::Headline => {
                self.headline = Written::words(phrase(Phrase::HeadlineWithheld, language));
            }
            Block::Body(index) => drop(self.body.remove(index)),
            Block::Table(index) => drop(self.tables.remove(index)),
            Block::Finding(index) => drop(self.findings.remove(index)),
            Block::Assumption(index) => drop(self.assumptions.remove(index)),
            Block::Gap(index) => drop(self.gaps.remove(index)),
            Block::Next(index) => drop(self.next.remove(index)),
        }
        self.withheld += 1;
        self.declare_withheld(language);
    }

    /// Leaves nothing but the statement that the answer was withheld.
    fn strike_all(&mut self, context: &Context) {
        let language = context.question.language();
        self.withheld += 1;
        *self = Self {
            status: Status::Declined,
            headline: Written::words(phrase(Phrase::HeadlineWithheld, language)),
            body: Vec::new(),
            tables: Vec::new(),
            findings: Vec::new(),
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

    /// The document and where each part of it stands in its text.
    fn assemble(&self, context: &Context) -> (Answer, Vec<(Block, usize, usize)>) {
        let language = context.question.language();
        let mut page = Page::default();
        page.paragraph(Block::Headline, &self.headline);
        for (index, words) in self.body.iter().enumerate() {
            page.paragraph(Block::Body(index), words);
        }
        for (index, words) in self.tables.iter().enumerate() {
            page.paragraph(Block::Table(index), words);
        }
        let findings: Vec<(Block, &Written)> = (self.findings.iter().enumerate())
            .filter(|(_, (words, _))| !page.holds(&words.text))
            .map(|(index, (words, _))| (Block::Finding(index), words))
            .collect();
        page.list(phrase(Phrase::Findings, language), &findings);
        let assumptions: Vec<(Block, &Written)> = (self.assumptions.iter().enumerate())
            .map(|(index, (_, words))| (Block::Assumption(index), words))
            .collect();
        page.list(phrase(Phrase::Assumptions, language), &assumptions);
        let gaps: Vec<Written> =
            self.gaps.iter().map(|(_, _, words, effect)| both(words, effect)).collect();
        let gaps: Vec<(Block, &Written)> =
            gaps.iter().enumerate().map(|(index, words)| (Block::Gap(index), words)).collect();
        page.list(phrase(Phrase::Gaps, language), &gaps);
        let next: Vec<(Block, &Written)> = self
            .next
            .iter()
            .enumerate()
            .map(|(index, words)| (Block::Next(index), words))
            .collect();
        page.list(phrase(Phrase::Next, language), &next);
        let Page { mut whole, blocks } = page;
        whole.claims.extend(self.result_claims.iter().cloned());
        (self.answer(whole, context), blocks)
    }

    fn answer(&self, whole: Written, context: &Context) -> Answer {
        let question = context.question;
        let mut answer = Answer {
            id: String::new(),
            question: question.text().to_owned(),
            language: question.language(),
            as_of: question.as_of.to_string(),
            status: self.status,
            headline: self.headline.text.clone(),
            text: whole.text,
            result: self.result.clone(),
            verdict: self.verdict.clone(),
            findings: self
                .findings
                .iter()
                .map(|(words, ids)| finding(words, ids, context))
                .collect(),
            hypotheses: Vec::new(),
            assumptions: (self.assumptions.iter())
                .map(|(code, words)| Assumption { code: code.clone(), text: words.text.clone() })
                .collect(),
            gaps: (self.gaps.iter())
                .map(|(code, source, words, effect)| Gap {
                    code: code.clone(),
                    source: source.clone(),
                    text: words.text.clone(),
                    effect: effect.text.clone(),
                })
                .collect(),
            charts: self.charts.clone(),
            next: self.next.iter().map(|words| words.text.clone()).collect(),
            evidence: context.evidence.iter().map(shown_evidence).collect(),
            claims: whole.claims,
            run: Run { withheld: self.withheld, ..context.run.clone() },
        };
        answer.id = id_of(&answer, context.evidence);
        answer
    }

    fn finish(&self, answer: Answer) -> VerifiedAnswer {
        let headline = std::iter::once(self.headline.text.clone());
        let sentences = headline.chain(self.body.iter().map(|words| words.text.clone())).collect();
        VerifiedAnswer { answer, sentences }
    }
}

/// Markdown as it grows.
#[derive(Default)]
struct Page {
    whole: Written,
    blocks: Vec<(Block, usize, usize)>,
}

impl Page {
    fn holds(&self, text: &str) -> bool {
        self.whole.text.split("\n\n").any(|paragraph| paragraph == text)
    }

    fn paragraph(&mut self, block: Block, words: &Written) {
        if !self.whole.text.is_empty() {
            self.whole.push("\n\n");
        }
        self.add(block, words);
    }

    fn list(&mut self, head: &str, items: &[(Block, &Written)]) {
        if items.is_empty() {
            return;
        }
        self.whole.push("\n\n**");
        self.whole.push(head);
        self.whole.push("**\n");
        for (block, words) in items {
            self.whole.push("\n- ");
            self.add(*block, words);
        }
    }

    fn add(&mut self, block: Block, words: &Written) {
        let start = self.whole.text.len();
        self.whole.append(words);
        self.blocks.push((block, start, self.whole.text.len()));
    }
}

fn both(words: &Written, effect: &Written) -> Written {
    let mut whole = words.clone();
    if !effect.text.is_empty() {
        whole.push(" ");
        whole.append(effect);
    }
    whole
}

fn finding(words: &Written, ids: &[String], context: &Context) -> Finding {
    let known = |id: &&String| context.evidence.iter().any(|evidence| evidence.id == **id);
    Finding {
        text: words.text.clone(),
        evidence: ids.iter().filter(known).cloned().collect(),
        confidence: None,
    }
}

// "Billed cost (September 2024): $5.00", with the names of the row where it has some.
fn scalar_headline(at: &FactRef, context: &Context, ledger: &Ledger) -> Option<Written> {
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
    let (pieces, broken) = resolve::sentence(&Sentence(spans), context, ledger);
    broken.is_empty().then(|| written(&pieces))
}

/// A code as one word: what is none becomes `other`.
fn code(raw: &str) -> String {
    let plain = !raw.is_empty() && raw.len() <= 40;
    let word = raw.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_');
    if plain && word { raw.to_owned() } else { "other".to_owned() }
}

pub(crate) fn chart_kind(kind: ChartKind) -> &'static str {
    match kind {
        ChartKind::Bars => "bars",
        ChartKind::StackedBars => "stacked_bars",
        ChartKind::Line => "line",
        ChartKind::Waterfall => "waterfall",
    }
}

pub(crate) fn shown_evidence(evidence: &Evidence) -> ShownEvidence {
    let facts = &evidence.facts;
    ShownEvidence {
        id: evidence.id.clone(),
        tool: evidence.tool.clone(),
        arguments: evidence.arguments.clone(),
        table: facts.name.clone(),
        source: facts.source.clone(),
        snapshot: evidence.snapshot.clone(),
        statement: facts.statement.clone(),
        parameters: facts.parameters.clone(),
        data_as_of: facts.data_as_of.clone(),
        complete: facts.complete,
        columns: facts.table.columns.clone(),
        rows: facts.table.rows.clone(),
    }
}

/// The same question on the same data with the same content has the same id.
fn id_of(answer: &Answer, evidence: &[Evidence]) -> String {
    let mut hash = Sha256::new();
    let mut add = |part: &str| {
        hash.update(part.len().to_le_bytes());
        hash.update(part.as_bytes());
    };
    add(&answer.question);
    add(&answer.as_of);
    let mut snapshots: Vec<&str> = evidence.iter().map(|each| each.snapshot.as_str()).collect();
    snapshots.sort_unstable();
    snapshots.dedup();
    snapshots.into_iter().for_each(&mut add);
    add(&answer.text);
    add(&serde_json::to_string(&answer.result).unwrap_or_default());
    let digest = hash.finalize();
    let hex: String = digest.iter().take(13).map(|byte| format!("{byte:02x}")).collect();
    format!("a_{hex}")
}

/// Whether the answer carries a figure for machines.
pub(crate) fn has_result(result: &AnswerResult) -> bool {
    match result.kind {
        ResultKind::None => false,
        ResultKind::Scalar | ResultKind::Rows => true,
    }
}
