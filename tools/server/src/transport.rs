//! How the tools are reached: in process, over standard input and output, over streamable HTTP.

#[cfg(feature = "http")]
pub mod http;
pub(crate) mod in_process;
pub(crate) mod serve;
pub(crate) mod stdio;
