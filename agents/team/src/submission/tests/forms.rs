use wherefore_contract::draft::{DraftResult, FactOrCalc};

use super::*;
use crate::submission::{read_answer, read_findings};

fn headline(value: &Value) -> Sentence {
    read(json!({"status": "answered", "headline": value})).unwrap().headline
}

fn spans(value: &Value) -> Value {
    serde_json::to_value(headline(value)).unwrap()
}

#[test]
fn an_answer_in_form_is_read_as_it_stands() {
    let strict: Draft = serde_json::from_value(whole()).unwrap();
    assert_eq!(read(whole()), Ok(strict.clone()));
    assert_eq!(read_answer(&object(whole())), Ok(strict));
}

#[test]
fn a_text_with_placeholders_becomes_spans() {
    let text = "**Amazon EC2** cost ${{e1/0/billed_cost}}, {{share(e1/0/billed_cost, e2/0/billed_cost)}}% of \
                {{period 2024-09}} [e1, e2].";
    assert_eq!(
        spans(&json!(text)),
        json!([
            {"span": "text", "text": "Amazon EC2 cost "},
            {"span": "value", "fact": "e1/0/billed_cost", "format": "auto"},
            {"span": "text", "text": ", "},
            {"span": "calc", "op": "share", "facts": ["e1/0/billed_cost", "e2/0/billed_cost"], "format": "auto"},
            {"span": "text", "text": " of "},
            {"span": "period", "period": {"start": "2024-09-01", "end": "2024-10-01"}},
            {"span": "text", "text": "."},
        ])
    );
}

#[test]
fn references_in_the_words_of_a_span_are_seen_too() {
    let text =
        json!([{"span": "text", "text": "It is e2/0/billed_cost. See `e1/1/cloud_service`"}]);
    assert_eq!(
        spans(&text),
        json!([
            {"span": "text", "text": "It is "},
            {"span": "value", "fact": "e2/0/billed_cost", "format": "auto"},
            {"span": "text", "text": ". See "},
            {"span": "name", "fact": "e1/1/cloud_service"},
        ])
    );
}

#[test]
fn a_fact_is_read_in_every_way_it_is_written() {
    let ways = [
        json!("e1/0/billed_cost"),
        json!(" E1/0/Billed_Cost "),
        json!("e1#0#billed_cost"),
        json!("e1.0.billed_cost"),
        json!("e1:0:billed_cost"),
        json!("e1 0 billed_cost"),
        json!("e1[0].billed_cost"),
        json!("e1[0][\"billed_cost\"]"),
        json!("e1/rows/0/billed_cost"),
        json!("e1 row 0 column billed_cost"),
        json!("{{e1/0/billed_cost}}"),
        json!("`e1/0/billed cost`"),
        json!("fact:e1/0/billedCost"),
        json!({"evidence": "e1", "row": 0, "column": "billed_cost"}),
        json!({"evidence": "E1", "row": "0", "column": "Billed Cost"}),
        json!({"fact": {"id": 1, "row_index": 0.0, "col": "billed_cost"}}),
        json!(["e1", 0, "billed_cost"]),
        json!("{\"evidence\": \"e1\", \"row\": 0, \"column\": \"billed_cost\"}"),
    ];
    let meant = headline(&json!([{"span": "value", "fact": "e1/0/billed_cost"}]));
    for way in ways {
        assert_eq!(headline(&json!([{"span": "value", "fact": way}])), meant, "{way}");
    }
}

/// Spans as models write them and as they are meant: figures, names and calculations.
fn cells() -> Vec<(Value, Value)> {
    let fact = "e1/0/billed_cost";
    vec![
        (json!({"text": "so"}), json!({"span": "text", "text": "so"})),
        (json!("so"), json!({"span": "text", "text": "so"})),
        (json!({"type": "text", "content": "so"}), json!({"span": "text", "text": "so"})),
        (json!({"fact": fact}), json!({"span": "value", "fact": fact})),
        (json!({"value": fact}), json!({"span": "value", "fact": fact})),
        (json!({"value": {"fact": fact}}), json!({"span": "value", "fact": fact})),
        (json!({"span": {"value": {"fact": fact}}}), json!({"span": "value", "fact": fact})),
        (
            json!({"span": "Value", "fact": fact, "shown": "$9"}),
            json!({"span": "value", "fact": fact}),
        ),
        (
            json!({"span": "value", "fact": fact, "format": "usd"}),
            json!({"span": "value", "fact": fact}),
        ),
        (
            json!({"fact": "e1/0/cloud_service"}),
            json!({"span": "name", "fact": "e1/0/cloud_service"}),
        ),
        (
            json!({"span": "value", "fact": "e1/0/cloud_service"}),
            json!({"span": "name", "fact": "e1/0/cloud_service"}),
        ),
        (
            json!({"op": "Sum", "facts": fact}),
            json!({"span": "calc", "op": "sum", "facts": [fact]}),
        ),
        (
            json!({"span": "percent-change", "from": fact, "to": "e1/1/billed_cost"}),
            json!({"span": "calc", "op": "percent_change", "facts": [fact, "e1/1/billed_cost"]}),
        ),
        (
            json!({"calc": {"op": "difference", "facts": "e1/0/billed_cost, e1/1/billed_cost"}}),
            json!({"span": "calc", "op": "difference", "facts": [fact, "e1/1/billed_cost"]}),
        ),
    ]
}

/// The other kinds of spans.
fn others() -> Vec<(Value, Value)> {
    let fact = "e1/0/billed_cost";
    let month = json!({"span": "period", "period": {"start": "2024-09-01", "end": "2024-10-01"}});
    vec![
        (json!({"trend": {"to": fact}}), json!({"span": "trend", "to": fact})),
        (json!({"span": "trend", "fact": fact}), json!({"span": "trend", "to": fact})),
        (
            json!({"fact": fact, "which": "Highest"}),
            json!({"span": "extreme", "fact": fact, "which": "largest"}),
        ),
        (json!({"period": "2024-09"}), month.clone()),
        (json!({"span": "period", "start": "2024-09-01", "end": "2024-10-01"}), month.clone()),
        (json!({"span": "period", "period": "[2024-09-01, 2024-10-01)"}), month),
        (json!({"count": "E1"}), json!({"span": "count", "evidence": "e1"})),
        (
            json!({"span": "asked", "words": "Amazon EC2"}),
            json!({"span": "asked", "start": 9, "end": 19}),
        ),
        (
            json!({"span": "asked", "start": "9", "end": "19"}),
            json!({"span": "asked", "start": 9, "end": 19}),
        ),
        (
            json!({"span": "particle", "particle": "은/는"}),
            json!({"span": "particle", "particle": "topic"}),
        ),
        (
            json!({"dimension": "Cloud Service"}),
            json!({"span": "dimension", "dimension": "cloud_service"}),
        ),
    ]
}

#[test]
fn a_span_is_read_without_its_word_or_with_another() {
    let pairs = cells().into_iter().chain(others());
    for (written, meant) in pairs {
        assert_eq!(headline(&json!([written])), headline(&json!([meant])), "{written}");
    }
}

#[test]
fn arguments_are_taken_out_of_what_they_were_wrapped_in() {
    let meant = read(whole());
    let text = whole().to_string();
    let ways = [
        json!({"answer": whole()}),
        json!({"arguments": whole()}),
        json!({"name": "submit_answer", "arguments": {"answer": whole()}}),
        json!({"submit_answer": text}),
        json!({"input": format!("```json\n{text}\n```")}),
        json!({"draft": [whole()]}),
    ];
    for way in ways {
        assert_eq!(read(way.clone()), meant, "{way}");
    }
}

#[test]
fn the_body_is_cut_where_its_form_says() {
    let body = |value: Value| {
        read(json!({"status": "Answered", "headline": "So.", "body": value})).unwrap().body.len()
    };
    assert_eq!(body(json!("First.\n\nSecond.")), 2);
    assert_eq!(body(json!("- First\n- Second\n- Third")), 3);
    assert_eq!(body(json!(["First.", "Second."])), 2);
    assert_eq!(body(json!(["It is ", {"fact": "e2/0/billed_cost"}])), 1);
    assert_eq!(body(json!([{"sentence": "First."}, {"sentence": "Second."}])), 2);
    assert_eq!(body(json!([[{"text": "First."}], "Second.", null])), 2);
    assert_eq!(body(json!(null)), 0);
}

#[test]
fn a_result_is_read_in_every_way_it_is_written() {
    let result = |value: Value| {
        read(json!({"status": "answered", "headline": "So.", "result": value})).unwrap().result
    };
    let fact: wherefore_contract::evidence::FactRef = "e2/0/billed_cost".parse().unwrap();
    let scalar = DraftResult::Scalar { name: "billed_cost".into(), value: FactOrCalc::Fact(fact) };
    for way in [
        json!("e2/0/billed_cost"),
        json!({"type": "scalar", "value": "e2/0/billed_cost"}),
        json!({"scalar": {"name": "billed_cost", "value": {"fact": "e2/0/billed_cost"}}}),
        json!({"result": "Scalar", "fact": "e2#0#billed_cost"}),
        json!({"value": {"span": "value", "fact": "e2/0/billed_cost"}}),
    ] {
        assert_eq!(result(way.clone()), scalar, "{way}");
    }
    let rows = DraftResult::Rows { evidence: "e1".into(), columns: vec![] };
    for way in [
        json!({"evidence": "e1"}),
        json!({"result": "rows", "evidence": "E1", "columns": "all"}),
        json!({"rows": {"evidence": "e1"}}),
    ] {
        assert_eq!(result(way.clone()), rows, "{way}");
    }
    for way in [json!(null), json!("none"), json!({"result": "none"}), json!({})] {
        assert_eq!(result(way.clone()), DraftResult::None, "{way}");
    }
}

#[test]
fn findings_are_read_in_every_way_they_are_written() {
    let text = "It is {{e1/0/billed_cost}}.";
    let spans = json!([
        {"span": "text", "text": "It is "},
        {"span": "value", "fact": "e1/0/billed_cost"},
        {"span": "text", "text": "."},
    ]);
    let meant =
        read_findings(&object(json!({"findings": [{"sentence": spans, "evidence": ["e1"]}]})))
            .unwrap();
    for way in [
        json!({"findings": text}),
        json!({"findings": [text]}),
        json!({"findings": {"sentence": text, "evidence": "e1"}}),
        json!({"finding": {"text": ["It is ", {"fact": "e1/0/billed_cost"}, "."]}}),
        json!({"findings": spans}),
        json!({"sentence": text, "evidence": ["E1"]}),
        json!({"arguments": {"findings": [{"sentence": text, "evidence": "[e1]"}], "gaps": null}}),
        json!({"findings": "[{\"sentence\": \"It is {{e1/0/billed_cost}}.\"}]", "note": "extra"}),
    ] {
        assert_eq!(read_findings(&object(way.clone())).as_ref(), Ok(&meant), "{way}");
    }
    assert_eq!(read_findings(&Map::new()), Ok(wherefore_model::Findings::default()));
}

#[test]
fn what_has_no_meaning_is_named_by_its_place() {
    let wrong = json!({
        "status": "done",
        "body": [[{"span": "text", "text": "x"}, {"span": "value", "fact": 12.5}], [{"span": "gauge"}]],
        "result": {"result": "scalar", "value": "twelve"},
        "findings": [{"sentence": [{"span": "value", "fact": "e1/0/1"}], "evidence": ["first"]}],
    });
    insta::assert_snapshot!(read(wrong).unwrap_err(), @r#"
    The submission cannot be read. Mend these places and submit all of it again:
    - `status`: `"done"` is none of answered, partial, declined, needs_clarification
    - `headline`: it is missing; write one sentence as spans, as in [{"span": "text", "text": "We spent "}, {"span": "value", "fact": "e1/0/billed_cost"}, {"span": "text", "text": "."}]
    - `body[0][1].fact`: `12.5` is no fact; write evidence, row and column, as in "e1/0/billed_cost"
    - `body[1][0]`: `gauge` is no kind of span; write spans as in {"span": "text", "text": "…"}, {"span": "value", "fact": "e1/0/billed_cost"} or {"span": "name", "fact": "e1/0/cloud_service"}
    - `result.value`: `"twelve"` is no fact; write evidence, row and column, as in "e1/0/billed_cost"
    - `findings[0].sentence[0].fact`: name the column, not its place; the columns of e1 are cloud_service, billed_cost
    "#);
}
