//! Hands the conversation of a question down to every span of its trace: children end, and are exported, before the span
//! that knows it.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use opentelemetry::{
    Context, KeyValue, Value,
    trace::{Span as _, SpanId, TraceId},
};
use opentelemetry_sdk::{
    error::OTelSdkResult,
    trace::{Span, SpanData, SpanProcessor},
};
use wherefore_model::conventions as names;

/// The conversations of the traces that are under way.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    open: Mutex<HashMap<TraceId, Value>>,
}

impl Sessions {
    fn open(&self) -> MutexGuard<'_, HashMap<TraceId, Value>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SpanProcessor for Sessions {
    fn on_start(&self, span: &mut Span, _context: &Context) {
        let trace = span.span_context().trace_id();
        let attributes = span.exported_data().map(|data| data.attributes).unwrap_or_default();
        let own = attributes.into_iter().find(|one| one.key.as_str() == names::CONVERSATION);
        match own {
            Some(own) => {
                self.open().insert(trace, own.value);
            }
            None => {
                if let Some(conversation) = self.open().get(&trace).cloned() {
                    span.set_attribute(KeyValue::new(names::CONVERSATION, conversation));
                }
            }
        }
    }

    fn on_end(&self, span: SpanData) {
        if span.parent_span_id == SpanId::INVALID {
            self.open().remove(&span.span_context.trace_id());
        }
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _timeout: Duration) -> OTelSdkResult {
        Ok(())
    }
}
