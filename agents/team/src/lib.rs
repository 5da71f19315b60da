//! The team: an orchestrator with three sub-agents, one loop for all of them, and a ledger of evidence.

mod answer;
mod ledger;
mod orchestrator;
pub mod progress;
pub mod record;
pub mod role;
mod run;
mod spans;
mod spending;
mod stop;
pub mod submission;
mod task;
#[cfg(test)]
mod tests;

pub use orchestrator::{Settings, Team, Wrap};
pub use progress::{Answered, Progress, ProgressEvent, Silent};
pub use record::RunRecord;
pub use role::{Budget, Role, RolePrompt, Roster, RosterError};
pub use spending::Limits;
