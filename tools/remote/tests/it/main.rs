//! Servers that behave well and badly, over real MCP: HTTP inside this process, and programs on standard input and output.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "helpers of tests stop at the first thing that is wrong; programs are found by the PATH of whoever tests"
)]

mod authorised;
mod fake;
mod http;
mod program;
