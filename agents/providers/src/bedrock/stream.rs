//! A reply that comes in events. Only one that was stopped by the model is a reply: a stream may end at the edge of a frame
//! without any error, with half a call in it.

use std::collections::BTreeMap;

use aws_sdk_bedrockruntime::{
    primitives::event_stream::EventReceiver,
    types::{
        ContentBlockDelta, ContentBlockStart, ConverseStreamOutput, ReasoningContentBlockDelta,
        error::ConverseStreamOutputError,
    },
};
use wherefore_model::{ModelError, Reasoning, Reply, Usage};

use super::{
    failure,
    reply::{Parts, Reading, usage},
};
use crate::arguments;

/// The most bytes of one reply that are kept: far more than any model's longest.
const BYTES_LIMIT: usize = 8 << 20;

#[derive(Debug)]
enum Block {
    Text(String),
    Call { id: String, name: String, arguments: String },
    Thought { text: String, signature: Option<String> },
    Redacted(Vec<u8>),
}

/// The events of one reply so far.
#[derive(Debug, Default)]
struct Assembly {
    /// By the index that the provider gives.
    blocks: BTreeMap<i32, Block>,
    stop: Option<String>,
    usage: Option<Usage>,
    bytes: usize,
}

/// Reads the stream to its end.
pub(super) async fn read(
    mut events: EventReceiver<ConverseStreamOutput, ConverseStreamOutputError>,
    reading: &Reading<'_>,
) -> Result<Reply, ModelError> {
    let mut assembly = Assembly::default();
    loop {
        match events.recv().await {
            Ok(Some(event)) => assembly.take(&event),
            Ok(None) => break,
            // What follows the stop is usage alone; without it the reply is whole.
            Err(_) if assembly.stop.is_some() => break,
            Err(error) => return Err(failure::of_event(reading.model, &error)),
        }
        if assembly.bytes > BYTES_LIMIT {
            return Err(reading.malformed("it is longer than any model's"));
        }
    }
    let Some(stop) = assembly.stop.take() else {
        return Err(ModelError::Cut {
            model: reading.model.to_owned(),
            reason: "the stream ended before the model stopped".to_owned(),
        });
    };
    reading.finish(assembly.parts(), &stop)
}

impl Assembly {
    fn take(&mut self, event: &ConverseStreamOutput) {
        if let ConverseStreamOutput::ContentBlockStart(start) = event {
            if let Some(ContentBlockStart::ToolUse(call)) = start.start() {
                let block = Block::Call {
                    id: call.tool_use_id().to_owned(),
                    name: call.name().to_owned(),
                    arguments: String::new(),
                };
                self.blocks.insert(start.content_block_index(), block);
            }
        } else if let ConverseStreamOutput::ContentBlockDelta(delta) = event {
            if let Some(part) = delta.delta() {
                self.delta(delta.content_block_index(), part);
            }
        } else if let ConverseStreamOutput::MessageStop(stop) = event {
            self.stop = Some(stop.stop_reason().as_str().to_owned());
        } else if let ConverseStreamOutput::Metadata(metadata) = event {
            self.usage = metadata.usage().map(usage);
        }
    }

    fn delta(&mut self, index: i32, delta: &ContentBlockDelta) {
        if let ContentBlockDelta::Text(part) = delta {
            self.bytes += part.len();
            let block = self.blocks.entry(index).or_insert_with(|| Block::Text(String::new()));
            if let Block::Text(text) = block {
                text.push_str(part);
            }
        } else if let ContentBlockDelta::ToolUse(part) = delta {
            self.bytes += part.input().len();
            if let Some(Block::Call { arguments, .. }) = self.blocks.get_mut(&index) {
                arguments.push_str(part.input());
            }
        } else if let ContentBlockDelta::ReasoningContent(part) = delta {
            self.thought(index, part);
        }
    }

    fn thought(&mut self, index: i32, delta: &ReasoningContentBlockDelta) {
        if let ReasoningContentBlockDelta::RedactedContent(part) = delta {
            self.bytes += part.as_ref().len();
            let block = self.blocks.entry(index).or_insert_with(|| Block::Redacted(Vec::new()));
            if let Block::Redacted(data) = block {
                data.extend_from_slice(part.as_ref());
            }
            return;
        }
        let block = self
            .blocks
            .entry(index)
            .or_insert_with(|| Block::Thought { text: String::new(), signature: None });
        let Block::Thought { text, signature } = block else { return };
        if let ReasoningContentBlockDelta::Text(part) = delta {
            self.bytes += part.len();
            text.push_str(part);
        } else if let ReasoningContentBlockDelta::Signature(part) = delta {
            self.bytes += part.len();
            signature.get_or_insert_default().push_str(part);
        }
    }

    fn parts(self) -> Parts {
        let mut parts = Parts { usage: self.usage, ..Parts::default() };
        for block in self.blocks.into_values() {
            match block {
                Block::Text(text) => parts.text.push_str(&text),
                Block::Call { id, name, arguments } => {
                    parts.calls.push((id, name, arguments::read(&arguments)));
                }
                Block::Thought { text, signature } => {
                    parts.reasoning.push(Reasoning::Text { text, signature });
                }
                Block::Redacted(data) => parts
                    .reasoning
                    .push(Reasoning::Redacted { data: aws_smithy_types::base64::encode(data) }),
            }
        }
        parts
    }
}
