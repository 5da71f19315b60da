//! A model that answers honestly from what it reads, and no more: it knows the tools and the spans, and every figure
//! that it refers to it has read in a tool's result.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use wherefore_contract::{
    answer::Status,
    draft::{
        Draft, DraftAssumption, DraftFinding, DraftGap, DraftResult, DraftTable, Extreme,
        FactOrCalc, Format, Particle, Sentence, Span, TrendStyle,
    },
    evidence::FactRef,
    period::Period,
    question::Language,
    tool::ToolCall,
};
use wherefore_model::{
    Message, ModelRequest, Reply, StopReason, Usage, WireMessage,
    team::{ANALYZER, ORCHESTRATOR, RESEARCH, SUBMIT_ANSWER, SUBMIT_FINDINGS},
    wire,
};

use super::{asked::Asked, server};

/// A table as a model reads it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct ReadTable {
    pub(super) id: String,
    pub(super) table: String,
    #[serde(default)]
    pub(super) period: Option<Period>,
    pub(super) columns: Vec<ReadColumn>,
    #[serde(default)]
    pub(super) rows: Vec<Vec<Option<String>>>,
}

/// A column as a model reads it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct ReadColumn {
    pub(super) name: String,
    pub(super) kind: String,
}

impl ReadTable {
    pub(super) fn named(&self, kind: &str) -> impl Iterator<Item = &str> {
        self.columns.iter().filter(move |column| column.kind == kind).map(|one| one.name.as_str())
    }

    pub(super) fn at(&self, row: usize, column: &str) -> FactRef {
        FactRef::new(self.id.clone(), row, column)
    }

    // Names and moments of rows.
    fn name_column(&self) -> Option<&str> {
        self.columns.iter().find(|one| one.kind != "measure").map(|one| one.name.as_str())
    }
}

/// Everything that tools said, as one JSON value a result.
pub(super) fn results(messages: &[WireMessage<'_>]) -> Vec<Value> {
    let texts = messages.iter().flat_map(|message| match message {
        WireMessage::Results { results } => results.as_slice(),
        WireMessage::User { .. } | WireMessage::Assistant { .. } => &[],
    });
    texts.filter_map(|result| serde_json::from_str(&result.text).ok()).collect()
}

/// The tables of results that were read in full.
pub(super) fn tables(results: &[Value]) -> Vec<ReadTable> {
    let all = results.iter().filter_map(|result| result.get("evidence")?.as_array()).flatten();
    all.filter_map(|table| serde_json::from_value(table.clone()).ok()).collect()
}

/// How many replies the model gave in this conversation.
pub(super) fn turn(request: &ModelRequest<'_>) -> usize {
    let replies = |message: &&Message| matches!(message, Message::Assistant { .. });
    request.messages.iter().filter(replies).count()
}

/// What an honest model does next.
pub(super) fn reply(asked: &Asked, asks_server: bool, request: &ModelRequest<'_>) -> Reply {
    let read = wire::read(request.messages, request.view);
    let results = results(&read);
    let tables = tables(&results);
    let language = request.question.language();
    let first = turn(request) == 0;
    let calls = match request.role {
        ORCHESTRATOR if first => {
            let research = (RESEARCH.to_owned(), object(json!({ "task": "Look into the logs." })));
            std::iter::once(delegation(asked)).chain(asks_server.then_some(research)).collect()
        }
        ORCHESTRATOR => vec![submission(SUBMIT_ANSWER, &draft(asked, &tables, language))],
        ANALYZER if first => vec![(asked.tool.to_owned(), asked.arguments())],
        RESEARCH if first && asks_server => vec![server::search()],
        _ => {
            let findings = findings(asked, &tables, language);
            vec![submission(SUBMIT_FINDINGS, &json!({ "findings": findings }))]
        }
    };
    reply_of(request, calls)
}

/// A reply of calls, with ids that say who made them.
pub(super) fn reply_of(
    request: &ModelRequest<'_>,
    calls: impl IntoIterator<Item = (String, Map<String, Value>)>,
) -> Reply {
    let turn = turn(request);
    let call = |(place, (name, arguments)): (usize, (String, Map<String, Value>))| ToolCall {
        id: format!("{}#{turn}#{place}", request.agent),
        name,
        arguments,
    };
    Reply {
        calls: calls.into_iter().enumerate().map(call).collect(),
        stop: StopReason::ToolUse,
        usage: Usage { input_tokens: 900, output_tokens: 120, ..Usage::default() },
        ..Reply::default()
    }
}

pub(super) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Map::new()
        }
    }
}

fn delegation(asked: &Asked) -> (String, Map<String, Value>) {
    let task = format!("Get the figures with {}.", asked.tool);
    (ANALYZER.to_owned(), object(json!({ "task": task, "request": asked.arguments() })))
}

fn submission(tool: &str, content: &impl serde::Serialize) -> (String, Map<String, Value>) {
    (tool.to_owned(), object(serde_json::to_value(content).unwrap_or_default()))
}

pub(super) fn text(words: &str) -> Span {
    Span::Text { text: words.to_owned() }
}

/// A draft of nothing but its status and first sentence.
pub(super) fn bare(status: Status, headline: Sentence) -> Draft {
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

/// The answer of an honest model over the tables it read.
pub(super) fn draft(asked: &Asked, tables: &[ReadTable], language: Language) -> Draft {
    let main = tables.iter().find(|table| table.table == asked.table && !table.rows.is_empty());
    let Some(main) = main else { return declined(language) };
    let mut draft = bare(Status::Answered, headline(main, language));
    let measures: Vec<&str> = main.named("measure").collect();
    if main.table == "verdict" {
        for name in ["workload", "regime", "unit_cost_from", "unit_cost_to"] {
            draft.verdict.insert(name.to_owned(), main.at(0, name));
        }
        draft.result = bridge(tables);
    } else if let ([only], 1) = (measures.as_slice(), main.rows.len()) {
        let value = FactOrCalc::Fact(main.at(0, only));
        draft.result = DraftResult::Scalar { name: (*only).to_owned(), value };
    } else {
        draft.result = DraftResult::Rows { evidence: main.id.clone(), columns: Vec::new() };
        draft.tables = vec![DraftTable { evidence: main.id.clone(), columns: Vec::new() }];
    }
    draft
}

fn bridge(tables: &[ReadTable]) -> DraftResult {
    let found = tables.iter().find(|table| table.table == "bridge" && !table.rows.is_empty());
    found.map_or(DraftResult::None, |bridge| DraftResult::Rows {
        evidence: bridge.id.clone(),
        columns: Vec::new(),
    })
}

/// One true sentence over a table: its first row, or its two sides.
pub(super) fn headline(main: &ReadTable, language: Language) -> Sentence {
    let measure = main.named("measure").next().unwrap_or("billed_cost").to_owned();
    let (from, to) = sides(main);
    if let (Some(from), Some(to)) = (from, to) {
        return moved(main, &from, &to, language);
    }
    let fact = main.at(0, &measure);
    let (value, measure) = (
        Span::Value { fact: fact.clone(), format: Format::Auto },
        Span::Measure { fact: fact.clone() },
    );
    let name = main.name_column().map(|column| Span::Name { fact: main.at(0, column) });
    let period = main.period.filter(|_| main.named("time").next().is_none());
    let period = period.map(|period| Span::Period { period });
    let mut spans = Vec::new();
    match language {
        Language::En => {
            if let Some(period) = period {
                spans.extend([text("In "), period, text(", the ")]);
            } else {
                spans.push(text("The "));
            }
            spans.push(measure);
            if let Some(name) = name {
                spans.extend([text(" of "), name]);
            }
            spans.extend([text(" was "), value, text(".")]);
        }
        Language::Ko => {
            for lead in [period, name].into_iter().flatten() {
                spans.extend([lead, text(" ")]);
            }
            let particle = |particle| Span::Particle { particle };
            spans.extend([measure, particle(Particle::Topic), text(" "), value]);
            spans.extend([particle(Particle::Copula), text(".")]);
        }
    }
    Sentence(spans)
}

// The two columns of a comparison, where there are some.
fn sides(main: &ReadTable) -> (Option<String>, Option<String>) {
    let find = |ending: &str| {
        let unit = main.named("measure").find(|name| *name == format!("unit_cost{ending}"));
        unit.or_else(|| main.named("measure").find(|name| name.ends_with(ending)))
            .map(str::to_owned)
    };
    (find("_from"), find("_to"))
}

fn moved(main: &ReadTable, from: &str, to: &str, language: Language) -> Sentence {
    let (from, to) = (main.at(0, from), main.at(0, to));
    let name = main.name_column().map(|column| Span::Name { fact: main.at(0, column) });
    let name = name.unwrap_or_else(|| text("it"));
    let measure = Span::Measure { fact: to.clone() };
    let value = |fact: &FactRef| Span::Value { fact: fact.clone(), format: Format::Auto };
    let trend = |style| Span::Trend { from: Some(from.clone()), to: to.clone(), style };
    Sentence(match language {
        Language::En => vec![
            text("The "),
            measure,
            text(" of "),
            name,
            text(" "),
            trend(TrendStyle::Verb),
            text(" from "),
            value(&from),
            text(" to "),
            value(&to),
            text("."),
        ],
        Language::Ko => vec![
            name,
            text("의 "),
            measure,
            Span::Particle { particle: Particle::Subject },
            text(" "),
            value(&from),
            text("에서 "),
            value(&to),
            Span::Particle { particle: Particle::Toward },
            text(" "),
            trend(TrendStyle::Verb),
            text("."),
        ],
    })
}

fn findings(asked: &Asked, tables: &[ReadTable], language: Language) -> Vec<DraftFinding> {
    let main = tables.iter().find(|table| table.table == asked.table && !table.rows.is_empty());
    let finding = |main: &ReadTable| DraftFinding {
        sentence: headline(main, language),
        evidence: vec![main.id.clone()],
    };
    main.map(finding).into_iter().collect()
}

pub(super) fn declined(language: Language) -> Draft {
    let (headline, gap) = match language {
        Language::En => ("This cannot be answered.", "The data does not hold it."),
        Language::Ko => ("답할 수 없습니다.", "자료에 없습니다."),
    };
    let mut draft = bare(Status::Declined, Sentence(vec![text(headline)]));
    draft.gaps.push(gap_of("missing_data", gap));
    draft
}

pub(super) fn gap_of(code: &str, words: &str) -> DraftGap {
    DraftGap {
        code: code.to_owned(),
        source: "cost".to_owned(),
        sentence: Sentence(vec![text(words)]),
        effect: Sentence::default(),
    }
}

pub(super) fn assumption_of(code: &str, words: &str) -> DraftAssumption {
    DraftAssumption { code: code.to_owned(), sentence: Sentence(vec![text(words)]) }
}

/// "the largest": a rank that is checked against the whole column.
pub(super) fn extreme(fact: FactRef, which: Extreme) -> Span {
    Span::Extreme { fact, which }
}
