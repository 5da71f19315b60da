//! The program: settings, wiring, and the surfaces that show verified answers (command line, HTTP, page, MCP).

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod correction;
pub mod http;
pub mod investigations;
pub mod reading;
pub mod recheck;
pub mod report;
pub mod rules;
pub mod runs;
pub mod state;
pub mod suggestions;
pub mod telemetry;
pub mod wiring;
