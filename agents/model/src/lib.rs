//! The port behind which every model stands: a language model, the offline rules, or a test's script.

pub mod chat;
pub mod scripted;
pub mod team;

pub use chat::{
    ChatModel, Message, ModelError, ModelRequest, Reply, StopReason, ToolResult, Usage,
};
pub use scripted::ScriptedModel;
pub use team::{Delegation, Findings};
