//! The gate from outside: drafts over small tables, what is delivered and what is refused.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests may panic and say that they were skipped"
)]

#[path = "gate/bench.rs"]
mod bench;
#[path = "gate/causes.rs"]
mod causes;
#[path = "gate/delivered.rs"]
mod delivered;
#[path = "gate/document.rs"]
mod document;
#[path = "gate/hostile.rs"]
mod hostile;
#[path = "gate/refused.rs"]
mod refused;
#[path = "gate/reported.rs"]
mod reported;
