//! Exporters of spans and metrics: shape, encode, hand over. The SDK calls them from threads of their own.

use std::time::Duration;

use opentelemetry_proto::{
    tonic::collector::{
        metrics::v1::ExportMetricsServiceRequest, trace::v1::ExportTraceServiceRequest,
    },
    transform::{
        common::tonic::ResourceAttributesWithSchema,
        trace::tonic::group_spans_by_resource_and_scope,
    },
};
use opentelemetry_sdk::{
    Resource,
    error::{OTelSdkError, OTelSdkResult},
    metrics::{Temporality, data::ResourceMetrics, exporter::PushMetricExporter},
    trace::{SpanData, SpanExporter},
};
use prost::Message as _;

use crate::{
    shape::Shape,
    sink::{Request, Sink, SinkError},
};

/// Bytes of one request with traces. `CloudWatch` takes 5 MB and collectors 4 MiB or more
/// (docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html).
const REQUEST_BYTES: usize = 3_500_000;

#[derive(Debug)]
pub(crate) struct Spans {
    pub(crate) sink: Sink,
    pub(crate) shape: Shape,
    pub(crate) resource: ResourceAttributesWithSchema,
}

impl Spans {
    fn send(&self, batch: Vec<SpanData>) -> Result<(), SinkError> {
        let mut spans = Vec::with_capacity(batch.len());
        let mut bytes = 0;
        for span in batch {
            let span = self.shape.span(span);
            let size = size(&span);
            if bytes + size > REQUEST_BYTES && !spans.is_empty() {
                self.send_request(std::mem::take(&mut spans))?;
                bytes = 0;
            }
            bytes += size;
            spans.push(span);
        }
        if spans.is_empty() { Ok(()) } else { self.send_request(spans) }
    }

    fn send_request(&self, spans: Vec<SpanData>) -> Result<(), SinkError> {
        let resource_spans = group_spans_by_resource_and_scope(spans, &self.resource);
        self.sink.send(&ExportTraceServiceRequest { resource_spans })
    }
}

// An upper bound that is near enough: what attributes hold, and room for ids and times.
fn size(span: &SpanData) -> usize {
    let attributes = span.attributes.iter();
    let bytes = attributes.map(|one| one.key.as_str().len() + one.value.as_str().len() + 16);
    bytes.sum::<usize>() + span.name.len() + 128
}

impl SpanExporter for Spans {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        self.send(batch).map_err(|error| failed(&error))
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.resource = resource.into();
    }
}

#[derive(Debug)]
pub(crate) struct Metrics {
    pub(crate) sink: Sink,
}

impl PushMetricExporter for Metrics {
    async fn export(&self, metrics: &ResourceMetrics) -> OTelSdkResult {
        let request = ExportMetricsServiceRequest::from(metrics);
        let is_empty = request.resource_metrics.iter().all(|one| one.scope_metrics.is_empty());
        if is_empty { Ok(()) } else { self.sink.send(&request).map_err(|error| failed(&error)) }
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _timeout: Duration) -> OTelSdkResult {
        Ok(())
    }

    fn temporality(&self) -> Temporality {
        Temporality::Cumulative
    }
}

fn failed(error: &SinkError) -> OTelSdkError {
    tracing::warn!(error = error as &dyn std::error::Error, "a batch of traces was lost");
    OTelSdkError::InternalFailure(error.to_string())
}

impl Request for ExportTraceServiceRequest {
    fn protobuf(&self) -> Vec<u8> {
        self.encode_to_vec()
    }

    fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

impl Request for ExportMetricsServiceRequest {
    fn protobuf(&self) -> Vec<u8> {
        self.encode_to_vec()
    }

    fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}
