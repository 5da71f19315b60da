//! Servers that behave well and badly, over real MCP: HTTP inside this process, and programs on standard input and output.

mod authorised;
mod fake;
mod http;
mod program;
