//! Puts the pipeline together: spans of the program to masked exports, without ever holding up an answer.

use std::{sync::Arc, time::Duration};

use opentelemetry::{
    InstrumentationScope, KeyValue, metrics::MeterProvider as _, trace::TracerProvider as _,
};
use opentelemetry_proto::transform::common::tonic::ResourceAttributesWithSchema;
use opentelemetry_sdk::{
    Resource,
    metrics::{PeriodicReader, SdkMeterProvider},
    trace::{
        BatchConfigBuilder, BatchSpanProcessor, Sampler, SdkTracer, SdkTracerProvider, SpanLimits,
    },
};
use tracing::{Metadata, Subscriber};
use tracing_opentelemetry::OpenTelemetryLayer;
use tracing_subscriber::{
    Layer,
    filter::{FilterFn, LevelFilter, filter_fn},
    registry::LookupSpan,
};
use wherefore_model::conventions as names;

use crate::{
    export::{Metrics, Spans},
    mask::{Mask, MaskError},
    meter::FromSpans,
    sessions::Sessions,
    shape::Shape,
    sink::{Destination, DestinationError, Signal, Sink},
};

/// The scope of our spans. Evaluators of Amazon Bedrock `AgentCore` read scopes that begin with
/// `opentelemetry.instrumentation.` (docs.aws.amazon.com/bedrock-agentcore/latest/devguide/evaluations.html).
const SCOPE: &str = "opentelemetry.instrumentation.wherefore";

/// Spans that wait for their export; those beyond are dropped and counted. With content a span can be large.
const QUEUE: usize = 4096;
const QUEUE_WITH_CONTENT: usize = 512;
const BATCH: usize = 256;
const SPAN_DELAY: Duration = Duration::from_secs(1);
const METRIC_INTERVAL: Duration = Duration::from_mins(1);
/// How long the end of the program waits for what is left.
const LAST_EXPORT: Duration = Duration::from_secs(15);

/// What is traced, and how.
pub struct Settings {
    pub destination: Destination,
    /// Whether prompts, replies, arguments and results go along, masked.
    pub content: bool,
    pub mask: Mask,
    /// The program's version.
    pub version: &'static str,
}

/// Traces cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Destination(#[from] DestinationError),
    #[error(transparent)]
    Mask(#[from] MaskError),
}

/// The running pipeline.
#[derive(Debug)]
pub struct Traces {
    spans: SdkTracerProvider,
    metrics: SdkMeterProvider,
    content: bool,
}

impl Traces {
    /// Opens the destination and starts the threads that export.
    ///
    /// # Errors
    /// When the file cannot be opened, or the client of the endpoint cannot be made.
    pub fn start(settings: Settings) -> Result<Self, StartError> {
        let Settings { destination, content, mask, version } = settings;
        let mask = Arc::new(mask);
        let resource = Resource::builder_empty()
            .with_attributes([
                KeyValue::new("service.name", "wherefore"),
                KeyValue::new("service.version", version),
            ])
            .build();
        let reader =
            PeriodicReader::builder(Metrics { sink: Sink::open(&destination, Signal::Metrics)? });
        let metrics = SdkMeterProvider::builder()
            .with_resource(resource.clone())
            .with_reader(reader.with_interval(METRIC_INTERVAL).build())
            .build();
        let exporter = Spans {
            sink: Sink::open(&destination, Signal::Traces)?,
            shape: Shape { mask: Arc::clone(&mask), content },
            resource: ResourceAttributesWithSchema::default(),
        };
        let config = BatchConfigBuilder::default()
            .with_max_queue_size(if content { QUEUE_WITH_CONTENT } else { QUEUE })
            .with_max_export_batch_size(BATCH)
            .with_scheduled_delay(SPAN_DELAY)
            .build();
        let spans = SdkTracerProvider::builder()
            .with_resource(resource)
            .with_sampler(Sampler::AlwaysOn)
            .with_span_limits(SpanLimits::default())
            .with_span_processor(Sessions::default())
            .with_span_processor(FromSpans::new(&metrics.meter(SCOPE), mask))
            .with_span_processor(
                BatchSpanProcessor::builder(exporter).with_batch_config(config).build(),
            )
            .build();
        Ok(Self { spans, metrics, content })
    }

    /// The layer that hears the program's spans: those of the conventions and nothing else. Events are heard only where
    /// they carry content that was asked for, so no text of an error or a log line can slip out.
    pub fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'span> LookupSpan<'span> + Send + Sync,
    {
        let scope = InstrumentationScope::builder(SCOPE).build();
        let layer: OpenTelemetryLayer<S, SdkTracer> = tracing_opentelemetry::layer()
            .with_tracer(self.spans.tracer_with_scope(scope))
            .with_location(false)
            .with_threads(false)
            .with_tracked_inactivity(false)
            .with_target(false)
            .with_error_events_to_status(false)
            .with_error_fields_to_exceptions(false)
            .with_error_records_to_exceptions(false);
        layer.with_filter(heard(self.content))
    }

    /// Exports what is left and stops. What a destination does not take in time is lost: the program ends all the same.
    pub fn finish(&self) {
        for ended in [
            self.spans.shutdown_with_timeout(LAST_EXPORT),
            self.metrics.shutdown_with_timeout(LAST_EXPORT),
        ] {
            if let Err(error) = ended {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "the last traces were lost"
                );
            }
        }
    }
}

fn heard(content: bool) -> FilterFn<impl Fn(&Metadata<'_>) -> bool> {
    let of_ours = move |metadata: &Metadata<'_>| {
        if metadata.is_span() {
            metadata.fields().field(names::OPERATION).is_some()
                || metadata.fields().field(names::MCP_METHOD).is_some()
        } else {
            content && metadata.target() == names::CONTENT_TARGET
        }
    };
    filter_fn(of_ours).with_max_level_hint(LevelFilter::INFO)
}

/// Keeps content out of a log: the filter for every other layer.
#[must_use]
pub fn without_content() -> FilterFn<impl Fn(&Metadata<'_>) -> bool> {
    filter_fn(|metadata: &Metadata<'_>| metadata.target() != names::CONTENT_TARGET)
        .with_max_level_hint(LevelFilter::TRACE)
}
