//! Jira's documents: the Atlassian Document Format, version 1 (developer.atlassian.com/cloud/jira/platform/apis/document/structure).

use serde_json::{Value, json};

use super::{
    super::watch::Event,
    plain::{figure, minute, signed},
    words::{Words, shown},
};

pub(super) fn document(words: Words, event: &Event) -> Value {
    let items: Vec<Value> = words
        .lines(event)
        .into_iter()
        .map(|(name, text)| {
            let mut inline = vec![json!({
                "type": "text", "text": format!("{name}: "), "marks": [{"type": "strong"}],
            })];
            inline.extend(spans(&text));
            json!({"type": "listItem", "content": [{"type": "paragraph", "content": inline}]})
        })
        .collect();
    let evidence: Vec<String> = shown(&event.facts)
        .iter()
        .map(|block| {
            let off = signed((block.off_sigma * 100.0).round() / 100.0);
            format!(
                "{}  {}  {}  {off}",
                minute(block.from),
                figure(block.usual),
                figure(block.actual)
            )
        })
        .collect();
    let mut content = vec![
        json!({"type": "bulletList", "content": items}),
        json!({"type": "paragraph", "content": [{"type": "text", "text": words.next_step(event)}]}),
    ];
    // A text node must not be empty.
    if !evidence.is_empty() {
        let text = evidence.join("\n");
        content.push(json!({"type": "codeBlock", "content": [{"type": "text", "text": text}]}));
    }
    json!({"type": "doc", "version": 1, "content": content})
}

// Every second part between backticks is code.
fn spans(text: &str) -> Vec<Value> {
    let parts = text.split('`').enumerate().filter(|(_, part)| !part.is_empty());
    parts
        .map(|(at, part)| {
            if at % 2 == 1 {
                json!({"type": "text", "text": part, "marks": [{"type": "code"}]})
            } else {
                json!({"type": "text", "text": part})
            }
        })
        .collect()
}
