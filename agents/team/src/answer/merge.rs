//! Joins what sub-agents found into the answer, and composes one by code where the model gave none.

use std::collections::BTreeSet;

use wherefore_contract::{
    answer::{AgentRun, Status},
    draft::{
        Draft, DraftGap, DraftResult, DraftTable, FactOrCalc, Format, Particle, Sentence, Span,
    },
    evidence::{Evidence, FactRef},
    question::{Language, Question},
    table::{Column, ColumnKind},
};
use wherefore_model::Findings;
use wherefore_verify::{Context, check};

use super::{notice, words};
use crate::{role::roster::ANALYSES, stop::Stop};

/// An answer by code: the largest table that answers, or the statement that there is none.
pub(crate) fn compose(stop: Stop, evidence: &[Evidence], question: &Question) -> Draft {
    let language = question.language();
    let mut draft = Draft {
        status: Status::Declined,
        reading: None,
        headline: words::no_answer(language),
        body: Vec::new(),
        tables: Vec::new(),
        result: DraftResult::None,
        verdict: std::collections::BTreeMap::default(),
        findings: Vec::new(),
        hypotheses: Vec::new(),
        assumptions: Vec::new(),
        gaps: vec![words::stopped(stop, language)],
        charts: Vec::new(),
        next: Vec::new(),
        scale: None,
    };
    if let Some(main) = main_evidence(evidence) {
        draft.headline = match scalar(main) {
            Some(fact) => headline_of(&fact, main, language),
            None => words::table_below(language),
        };
        show(&mut draft, main);
    }
    draft
}

/// Makes one table the result of a composed answer.
fn show(draft: &mut Draft, main: &Evidence) {
    draft.status = Status::Partial;
    draft.result = match scalar(main) {
        Some(fact) => {
            DraftResult::Scalar { name: fact.column.clone(), value: FactOrCalc::Fact(fact) }
        }
        None => DraftResult::Rows { evidence: main.id.clone(), columns: Vec::new() },
    };
    draft.tables = vec![DraftTable { evidence: main.id.clone(), columns: Vec::new() }];
}

/// Lets the first finding with a figure of an analysis lead a composed answer, before the table that it stands on. Sub-agents
/// put their strongest finding first. One that the gate refuses does not lead.
pub(crate) fn lead(draft: &mut Draft, found: &mut [Findings], context: &Context<'_>) {
    for findings in found {
        for at in 0..findings.findings.len() {
            let Some(led) = findings
                .findings
                .get(at)
                .and_then(|finding| led(draft, &finding.sentence, context))
            else {
                continue;
            };
            *draft = led;
            findings.findings.remove(at);
            return;
        }
    }
}

/// The composed answer with this sentence at its head; `None` where the gate would cut something of it.
fn led(draft: &Draft, sentence: &Sentence, context: &Context<'_>) -> Option<Draft> {
    let shows = |span: &&Span| matches!(span, Span::Value { .. } | Span::Calc { .. });
    let id = sentence.0.iter().find(shows)?.evidence().next()?;
    let is_analysis = |entry: &&Evidence| ANALYSES.contains(&entry.tool.as_str());
    let main = context.evidence.iter().filter(is_analysis).find(|entry| entry.id == id)?;
    let mut led = draft.clone();
    led.headline = sentence.clone();
    show(&mut led, main);
    check(&led, context).is_empty().then_some(led)
}

/// The first table of the call that gave the most rows of figures; the first such call on ties.
fn main_evidence(evidence: &[Evidence]) -> Option<&Evidence> {
    let mut calls = BTreeSet::new();
    let mut main: Option<&Evidence> = None;
    for entry in evidence {
        let arguments = serde_json::to_string(&entry.arguments).unwrap_or_default();
        let first_table = calls.insert((&entry.tool, arguments));
        let figures = ANALYSES.contains(&entry.tool.as_str()) && measures(entry).next().is_some();
        let rows = entry.facts.table.rows.len();
        if first_table && figures && main.is_none_or(|main| rows > main.facts.table.rows.len()) {
            main = Some(entry);
        }
    }
    main.filter(|entry| !entry.facts.table.rows.is_empty())
}

fn measures(evidence: &Evidence) -> impl Iterator<Item = &Column> {
    evidence.facts.table.columns.iter().filter(|column| column.kind == ColumnKind::Measure)
}

/// The figure of a table that holds one row and one figure.
fn scalar(evidence: &Evidence) -> Option<FactRef> {
    let mut measures = measures(evidence);
    let (only, more) = (measures.next()?, measures.next());
    let single = evidence.facts.table.rows.len() == 1 && more.is_none();
    let fact = FactRef::new(evidence.id.clone(), 0, only.name.clone());
    (single && evidence.fact(0, &only.name).is_some()).then_some(fact)
}

fn headline_of(fact: &FactRef, evidence: &Evidence, language: Language) -> Sentence {
    let Some(period) = evidence.fact(fact.row, &fact.column).and_then(|fact| fact.period) else {
        return words::table_below(language);
    };
    let fact = fact.clone();
    let measure = Span::Measure { fact: fact.clone() };
    let (period, value) = (Span::Period { period }, Span::Value { fact, format: Format::Auto });
    Sentence(match language {
        Language::En => vec![
            words::text("The "),
            measure,
            words::text(" of "),
            period,
            words::text(" is "),
            value,
            words::text("."),
        ],
        Language::Ko => vec![
            period,
            words::text(" "),
            measure,
            Span::Particle { particle: Particle::Topic },
            words::text(" "),
            value,
            Span::Particle { particle: Particle::Copula },
            words::text("."),
        ],
    })
}

/// Adds what sub-agents found where the draft says nothing of it, the notices that qualify its
/// figures, and which sub-agents were cut off. Only sentences that pass the gate are added: a
/// sub-agent's mistake is no reason for a gap of its own.
pub(crate) fn complete(
    draft: &mut Draft,
    found: Vec<Findings>,
    children: &[AgentRun],
    context: &Context<'_>,
) {
    let language = context.question.language();
    let (findings, gaps): (Vec<_>, Vec<_>) =
        found.into_iter().map(|found| (found.findings, found.gaps)).unzip();
    let answers = match draft.status {
        Status::Answered | Status::Partial => true,
        Status::Declined | Status::NeedsClarification => false,
    };
    if answers {
        let mut gate = Gate { context, broken: None };
        if draft.findings.is_empty() {
            let findings = findings.into_iter().flatten().collect();
            gate.admit(draft, findings, |draft| &mut draft.findings);
        }
        gate.add_gaps(draft, gaps.into_iter().flatten());
        if notice::makes_partial(draft, context.evidence) {
            draft.status = Status::Partial;
        }
        let notices = notice::gaps(draft, context.evidence, language);
        gate.add_gaps(draft, notices);
    }
    for child in children {
        let code = child.stop.as_str();
        if code != Stop::Done.as_str() && draft.gaps.iter().all(|gap| gap.code != code) {
            draft.gaps.push(words::cut_off(&child.role, code, language));
            if draft.status == Status::Answered {
                draft.status = Status::Partial;
            }
        }
    }
}

/// The number gate at the door of a draft that others add to.
struct Gate<'a> {
    context: &'a Context<'a>,
    /// How many rules the draft breaks as it stands; unknown until the first look.
    broken: Option<usize>,
}

impl Gate<'_> {
    /// Adds the gaps whose code the draft does not have yet.
    fn add_gaps(&mut self, draft: &mut Draft, gaps: impl IntoIterator<Item = DraftGap>) {
        let known: BTreeSet<String> = draft.gaps.iter().map(|gap| gap.code.clone()).collect();
        let gaps = gaps.into_iter().filter(|gap| !known.contains(&gap.code)).collect();
        self.admit(draft, gaps, |draft| &mut draft.gaps);
    }

    /// Adds to a list of the draft what the gate lets pass. An entry is left out when it breaks a
    /// rule itself, and also when another sentence does so because of it: sentences share what they
    /// speak of.
    fn admit<T: Clone>(
        &mut self,
        draft: &mut Draft,
        entries: Vec<T>,
        list: fn(&mut Draft) -> &mut Vec<T>,
    ) {
        if entries.is_empty() {
            return;
        }
        let own = list(draft).len();
        let broken = self.broken.unwrap_or_else(|| check(draft, self.context).len());
        self.broken = Some(broken);
        list(draft).extend(entries.iter().cloned());
        if check(draft, self.context).len() == broken {
            return;
        }
        list(draft).truncate(own);
        for entry in entries {
            list(draft).push(entry);
            let now = check(draft, self.context).len();
            if now > broken {
                list(draft).pop();
            } else {
                self.broken = Some(now);
            }
        }
    }
}
