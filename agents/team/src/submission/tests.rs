//! Submissions as real models write them, and every kind of nonsense.

mod forms;
mod nonsense;
mod sloppy;

use serde_json::{Map, Value, json};
use wherefore_contract::{
    draft::{Draft, Sentence, Span},
    evidence::Evidence,
    tool::FactTable,
};

use super::{Known, read_answer_knowing};

fn object(value: Value) -> Map<String, Value> {
    let Value::Object(map) = value else { panic!("{value} is no object") };
    map
}

/// Two pieces of evidence: costs by service, and a total.
fn evidence() -> Vec<Evidence> {
    let of = |id: &str, facts: FactTable| Evidence {
        id: id.to_owned(),
        tool: "query_cost".to_owned(),
        arguments: Map::new(),
        snapshot: "s000001".to_owned(),
        facts,
        notices: vec![],
    };
    let costs = crate::tests::fake::cost(&[("Amazon EC2", "9"), ("Amazon S3", "3.50")]);
    vec![of("e1", costs), of("e2", crate::tests::fake::total("12.50"))]
}

const QUESTION: &str = "What did Amazon EC2 cost in September?";

fn read(value: Value) -> Result<Draft, String> {
    let evidence = evidence();
    read_answer_knowing(&object(value), &Known::with(QUESTION, &evidence))
}

/// An answer in form, with every part that an answer can have.
fn whole() -> Value {
    let period = json!({"start": "2024-09-01", "end": "2024-10-01"});
    json!({
        "status": "answered",
        "headline": [
            {"span": "text", "text": "The "},
            {"span": "measure", "fact": "e2/0/billed_cost"},
            {"span": "text", "text": " in "},
            {"span": "period", "period": period},
            {"span": "text", "text": " is "},
            {"span": "value", "fact": "e2/0/billed_cost", "format": "auto"},
            {"span": "text", "text": "."},
        ],
        "body": [
            [
                {"span": "name", "fact": "e1/0/cloud_service"},
                {"span": "text", "text": " is "},
                {"span": "extreme", "fact": "e1/0/billed_cost", "which": "largest"},
                {"span": "text", "text": " with "},
                {"span": "calc", "op": "share", "facts": ["e1/0/billed_cost", "e2/0/billed_cost"], "format": "auto"},
                {"span": "text", "text": "."},
            ],
            [
                {"span": "trend", "from": "e1/1/billed_cost", "to": "e1/0/billed_cost", "style": "verb"},
                {"span": "text", "text": " over "},
                {"span": "count", "evidence": "e1"},
                {"span": "text", "text": " as asked for "},
                {"span": "asked", "start": 9, "end": 19},
                {"span": "particle", "particle": "topic"},
            ],
        ],
        "tables": [{"evidence": "e1", "columns": ["cloud_service", "billed_cost"]}],
        "result": {"result": "scalar", "name": "billed_cost", "value": {"fact": "e2/0/billed_cost"}},
        "verdict": {"unit_cost_from": "e2/0/billed_cost"},
        "findings": [{
            "sentence": [{"span": "text", "text": "So it stands."}, {"span": "dimension", "dimension": "tag:team"}],
            "evidence": ["e1"],
        }],
        "assumptions": [{"code": "cost_metric", "sentence": [{"span": "terms", "evidence": "e1"}]}],
        "gaps": [{
            "code": "partial_period",
            "source": "cost",
            "sentence": [{"span": "text", "text": "The bill is open."}],
            "effect": [{"span": "text", "text": "It may change."}],
        }],
        "charts": [{
            "title": [{"span": "text", "text": "Costs"}],
            "kind": "bars", "evidence": "e1", "x": "cloud_service", "y": ["billed_cost"],
        }],
        "next": [[{"span": "text", "text": "Why?"}]],
        "scale": "thousand",
    })
}

/// The draft with runs of text in one span, so that two ways to cut the same words compare as equal.
fn joined(mut draft: Draft) -> Draft {
    let mut sentences: Vec<&mut Sentence> = vec![&mut draft.headline];
    sentences.extend(&mut draft.body);
    sentences.extend(draft.findings.iter_mut().map(|finding| &mut finding.sentence));
    sentences.extend(draft.assumptions.iter_mut().map(|entry| &mut entry.sentence));
    sentences.extend(draft.gaps.iter_mut().flat_map(|gap| [&mut gap.sentence, &mut gap.effect]));
    sentences.extend(draft.charts.iter_mut().map(|chart| &mut chart.title));
    sentences.extend(&mut draft.next);
    for sentence in sentences {
        let mut spans: Vec<Span> = Vec::new();
        for span in std::mem::take(&mut sentence.0) {
            match (spans.last_mut(), span) {
                (Some(Span::Text { text }), Span::Text { text: more }) => text.push_str(&more),
                (_, span) => spans.push(span),
            }
        }
        sentence.0 = spans;
    }
    draft
}
