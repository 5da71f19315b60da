//! The team: an orchestrator with three sub-agents, one loop for all of them, and a ledger of evidence.

mod ledger;
pub mod progress;
mod remap;
pub mod role;
mod run;
mod spans;
mod stop;
mod task;
