//! Metrics that follow from spans as they end: tokens, money, times, and sentences that the gate held back.

use std::{sync::Arc, time::Duration};

use opentelemetry::{
    Context, KeyValue, Value,
    metrics::{Counter, Histogram, Meter},
};
use opentelemetry_sdk::{
    error::OTelSdkResult,
    trace::{Span, SpanData, SpanProcessor},
};
use wherefore_model::conventions as names;

use crate::mask::Mask;

/// Buckets that the conventions advise for tokens (docs/gen-ai/gen-ai-metrics.md).
const TOKEN_BUCKETS: [f64; 14] = [
    1.0,
    4.0,
    16.0,
    64.0,
    256.0,
    1024.0,
    4096.0,
    16384.0,
    65536.0,
    262_144.0,
    1_048_576.0,
    4_194_304.0,
    16_777_216.0,
    67_108_864.0,
];
/// Buckets that the conventions advise for seconds.
const SECOND_BUCKETS: [f64; 14] =
    [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

/// What is copied from a span to its measurements: few values each, none of them content.
const LABELS: &[&str] = &[
    names::OPERATION,
    names::PROVIDER,
    names::REQUEST_MODEL,
    names::AGENT_NAME,
    names::ERROR_TYPE,
];

/// Measures spans as they end.
#[derive(Debug)]
pub(crate) struct FromSpans {
    mask: Arc<Mask>,
    tokens: Histogram<u64>,
    operations: Histogram<f64>,
    tools: Histogram<f64>,
    money: Counter<u64>,
    withheld: Counter<u64>,
}

impl FromSpans {
    pub(crate) fn new(meter: &Meter, mask: Arc<Mask>) -> Self {
        Self {
            mask,
            tokens: meter
                .u64_histogram("gen_ai.client.token.usage")
                .with_unit("{token}")
                .with_description("Tokens of model calls")
                .with_boundaries(TOKEN_BUCKETS.to_vec())
                .build(),
            operations: meter
                .f64_histogram("gen_ai.client.operation.duration")
                .with_unit("s")
                .with_description("Time of model calls and of roles")
                .with_boundaries(SECOND_BUCKETS.to_vec())
                .build(),
            tools: meter
                .f64_histogram("wherefore.tool.duration")
                .with_unit("s")
                .with_description("Time of tool calls")
                .with_boundaries(SECOND_BUCKETS.to_vec())
                .build(),
            // Money is counted whole: a price of a token has at most nine digits after the point.
            money: meter
                .u64_counter("wherefore.model.cost")
                .with_unit("nUSD")
                .with_description("Cost of model calls in billionths of a US dollar")
                .build(),
            withheld: meter
                .u64_counter("wherefore.sentences.withheld")
                .with_unit("{sentence}")
                .with_description("Sentences that the number gate held back")
                .build(),
        }
    }

    fn measure(&self, span: &SpanData) {
        let text =
            |key: &str| find(span, key).map(|value| self.mask.text(&value.as_str()).into_owned());
        let mut labels: Vec<KeyValue> = LABELS
            .iter()
            .filter_map(|key| text(key).map(|value| KeyValue::new(*key, value)))
            .collect();
        let seconds =
            span.end_time.duration_since(span.start_time).unwrap_or_default().as_secs_f64();
        match text(names::OPERATION).as_deref() {
            Some(names::CHAT) => {
                self.operations.record(seconds, &labels);
                self.money.add(billionths(&text(names::COST).unwrap_or_default()), &labels);
                for (kind, key) in
                    [("input", names::INPUT_TOKENS), ("output", names::OUTPUT_TOKENS)]
                {
                    if let Some(Value::I64(tokens)) = find(span, key) {
                        let mut labels = labels.clone();
                        labels.push(KeyValue::new("gen_ai.token.type", kind));
                        self.tokens.record(u64::try_from(*tokens).unwrap_or_default(), &labels);
                    }
                }
            }
            Some(names::INVOKE_AGENT) => {
                self.operations.record(seconds, &labels);
                if let Some(Value::I64(withheld)) = find(span, names::WITHHELD) {
                    self.withheld.add(u64::try_from(*withheld).unwrap_or_default(), &[]);
                }
            }
            Some(names::EXECUTE_TOOL) => {
                labels.extend(
                    text(names::TOOL_NAME).map(|tool| KeyValue::new(names::TOOL_NAME, tool)),
                );
                self.tools.record(seconds, &labels);
            }
            Some(_) | None => {}
        }
    }
}

fn find<'s>(span: &'s SpanData, key: &str) -> Option<&'s Value> {
    // The last one stands, as it does for receivers.
    span.attributes.iter().rev().find(|one| one.key.as_str() == key).map(|one| &one.value)
}

/// An exact decimal of US dollars in billionths; digits beyond the ninth are left out.
fn billionths(dollars: &str) -> u64 {
    let (whole, part) = dollars.split_once('.').unwrap_or((dollars, ""));
    let part: String = part.chars().chain(std::iter::repeat('0')).take(9).collect();
    format!("{whole}{part}").parse().unwrap_or(0)
}

impl SpanProcessor for FromSpans {
    fn on_start(&self, _span: &mut Span, _context: &Context) {}

    fn on_end(&self, span: SpanData) {
        self.measure(&span);
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _timeout: Duration) -> OTelSdkResult {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_counted_without_floats() {
        assert_eq!(billionths("0.00342"), 3_420_000);
        assert_eq!(billionths("12"), 12_000_000_000);
        assert_eq!(billionths("0.0000000019"), 1);
        assert_eq!(billionths(""), 0);
    }
}
