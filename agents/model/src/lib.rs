//! The port behind which every model stands: a language model, the offline rules, or a test's script.

pub mod chat;
pub mod conventions;
pub mod price;
pub mod scripted;
pub mod team;
pub mod wire;

pub use chat::{
    ChatModel, Message, ModelError, ModelRequest, Reasoning, Reply, StopReason, ToolResult, Usage,
};
pub use price::{Price, Prices};
pub use scripted::ScriptedModel;
pub use team::{Delegation, Findings};
pub use wire::{View, WireMessage};
