//! Behaviour of the whole program: one binary, one file per behaviour.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail where it stands, and says what it skips"
)]

mod architecture;
mod ask;
mod binary;
mod conversations;
mod fuzz;
mod guard;
mod hostile;
mod investigations;
mod mcp;
mod memory;
mod models;
mod questions;
mod remote;
mod reports;
mod runs;
mod stream;
mod support;
mod tags;
mod verify;
