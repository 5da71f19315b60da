//! The team: an orchestrator with three sub-agents, one loop for all of them, and a ledger of evidence.

mod ledger;
mod merge;
mod notice;
mod notice_text;
mod orchestrator;
pub mod progress;
pub mod record;
mod remap;
pub mod role;
mod run;
mod spans;
mod spending;
mod stop;
pub mod submission;
mod task;
#[cfg(test)]
mod tests;
mod words;

pub use orchestrator::{Settings, Team};
pub use progress::{Answered, Progress, ProgressEvent, Silent};
pub use record::RunRecord;
pub use role::{Budget, Role, RolePrompt, Roster, RosterError};
pub use spending::Limits;
