//! Puts the parts of an answer on one page and into one document.

use std::fmt::Write as _;

use serde_json::Value;
use sha2::{Digest, Sha256};
use wherefore_contract::{
    answer::{Answer, Assumption, Finding, Gap, Run, ShownEvidence, Status},
    evidence::Evidence,
    quality::NoticeCode,
};

use super::{
    VerifiedAnswer,
    hypotheses::Kept,
    parts::{Block, Parts},
};
use crate::{
    context::Context,
    document::Written,
    lexicon::{self, TextFault, WordKind},
    render::{Phrase, phrase},
};

impl Parts {
    /// The document and where each part of it stands in its text.
    pub(super) fn assemble(&self, context: &Context) -> (Answer, Vec<(Block, usize, usize)>) {
        let language = context.question.language();
        let mut page = Page::default();
        page.paragraph(Block::Headline, &self.headline);
        for (index, words) in self.body.iter().enumerate() {
            page.paragraph(Block::Body(index), words);
        }
        for (index, words) in self.tables.iter().enumerate() {
            page.paragraph(Block::Table(index), words);
        }
        let causes: Vec<Written> = self.hypotheses.iter().map(Kept::line).collect();
        let causes: Vec<(Block, &Written)> = (causes.iter().enumerate())
            .map(|(index, words)| (Block::Hypothesis(index), words))
            .collect();
        page.list(phrase(Phrase::Hypotheses, language), &causes);
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
        let head = if self.status == Status::Declined { Phrase::Missing } else { Phrase::Gaps };
        page.list(phrase(head, language), &gaps);
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
            reading: self.reading.clone(),
            headline: self.headline.text.clone(),
            text: whole.text,
            result: self.result.clone(),
            verdict: self.verdict.clone(),
            findings: self
                .findings
                .iter()
                .map(|(words, ids)| finding(words, ids, context))
                .collect(),
            hypotheses: (self.hypotheses.iter().enumerate())
                .map(|(index, kept)| kept.shown(index + 1))
                .collect(),
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
            remembered: Vec::new(),
            run: Run { withheld: self.withheld, ..context.run.clone() },
        };
        answer.id = id_of(&answer);
        answer
    }

    pub(super) fn finish(&self, answer: Answer) -> VerifiedAnswer {
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

/// A code as one word: what is none, or says a number or a direction, becomes `other`. The codes of our own notices are words
/// of the house: `zero_metric` says no number.
pub(super) fn code(raw: &str) -> String {
    let own = serde_json::from_value::<NoticeCode>(Value::String(raw.to_owned()));
    if own.is_ok() {
        return raw.to_owned();
    }
    let plain = !raw.is_empty() && raw.len() <= 40;
    let word = raw.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_');
    let tells = |fault: &TextFault| match fault {
        TextFault::Word(kind, _) => match kind {
            WordKind::Number | WordKind::Direction | WordKind::Rank => true,
            WordKind::Unit | WordKind::Measure => false,
        },
        TextFault::Character(_) | TextFault::Address(_) => false,
    };
    let is_silent = !lexicon::faults(&raw.replace('_', " ")).iter().any(tells);
    if plain && word && is_silent { raw.to_owned() } else { "other".to_owned() }
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
pub(crate) fn id_of(answer: &Answer) -> String {
    let mut hash = Sha256::new();
    let mut add = |part: &str| {
        hash.update(part.len().to_le_bytes());
        hash.update(part.as_bytes());
    };
    add(&answer.question);
    add(&answer.as_of);
    let mut snapshots: Vec<&str> =
        answer.evidence.iter().map(|each| each.snapshot.as_str()).collect();
    snapshots.sort_unstable();
    snapshots.dedup();
    snapshots.into_iter().for_each(&mut add);
    add(&answer.text);
    add(&serde_json::to_string(&answer.result).unwrap_or_default());
    // Answers from before readings were kept have none, and keep their id.
    if let Some(reading) = &answer.reading {
        add(&serde_json::to_string(reading).unwrap_or_default());
    }
    if !answer.hypotheses.is_empty() {
        add(&serde_json::to_string(&answer.hypotheses).unwrap_or_default());
    }
    let digest = hash.finalize();
    let mut id = "a_".to_owned();
    for byte in digest.iter().take(13) {
        let _ = write!(id, "{byte:02x}");
    }
    id
}
