//! How much of a conversation its model reads: all of it while it fits, then less, by fixed steps.

use serde_json::Value;
use wherefore_contract::tool::ToolSpec;
use wherefore_model::{ChatModel, Message, View, wire};

/// What a model reads of one conversation. Only ever gets shorter, so that the beginning stays the same and can be cached.
#[derive(Debug)]
pub(super) struct Reading {
    /// Rules read everything and need no measure.
    is_bounded: bool,
    level: usize,
    /// Bytes of what does not change: the role's text and its tools.
    fixed: usize,
    /// Messages whose bytes are counted, and the bytes, both as the widest view reads them.
    counted: usize,
    widest: usize,
    /// Bytes of what is read now.
    bytes: usize,
}

impl Reading {
    pub(super) fn new(model: &dyn ChatModel, system: &str, tools: &[ToolSpec]) -> Self {
        let is_bounded = model.can_repair();
        let spec = |spec: &ToolSpec| {
            let schema = Value::Object(spec.input_schema.clone()).to_string();
            spec.name.len() + spec.description.len() + schema.len()
        };
        let tools: usize = if is_bounded { tools.iter().map(spec).sum() } else { 0 };
        Self { is_bounded, level: 0, fixed: system.len() + tools, counted: 0, widest: 0, bytes: 0 }
    }

    /// The view in which the conversation fits the model; `None` when not even the shortest does.
    pub(super) fn view(&mut self, messages: &[Message], model: &dyn ChatModel) -> Option<View> {
        if !self.is_bounded {
            return Some(View::default());
        }
        let new = messages.get(self.counted..).unwrap_or_default();
        self.widest += wire::bytes(&wire::read(new, View::default()));
        self.counted = messages.len();
        let room = model.context_tokens().map(|all| all.saturating_sub(model.max_output_tokens()));
        for (level, view) in View::LEVELS.iter().enumerate().skip(self.level) {
            self.bytes =
                if level == 0 { self.widest } else { wire::bytes(&wire::read(messages, *view)) };
            if room.is_none_or(|room| self.tokens() <= room) {
                self.level = level;
                return Some(*view);
            }
        }
        None
    }

    /// About how many tokens the model reads now.
    pub(super) fn tokens(&self) -> u64 {
        if self.is_bounded { wire::estimated_tokens(self.fixed + self.bytes) } else { 0 }
    }

    /// Reads less from now on; false when there is nothing less.
    pub(super) fn shorten(&mut self) -> bool {
        self.level += 1;
        self.level < View::LEVELS.len()
    }
}
