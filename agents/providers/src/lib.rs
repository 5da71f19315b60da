//! Language models behind the model port: Amazon Bedrock and any OpenAI-compatible endpoint.

mod arguments;
pub mod bedrock;
mod canonical;
mod causes;
mod names;
pub mod openai;
pub mod probe;
pub mod retry;
mod schema;
pub mod setting;

pub use setting::{Caching, ConnectError, Guardrail, ModelChoice, ModelOptions, Secret, connect};
