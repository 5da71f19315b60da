//! The tools over standard input and output, as programs that start an MCP server expect.

use rmcp::{ServiceExt, transport::stdio};

use crate::serve::Tools;

/// The tools could not be served over standard input and output.
#[derive(Debug, thiserror::Error)]
pub enum StdioError {
    #[error("the MCP client on standard input did not begin as the protocol says")]
    Begin(#[source] Box<rmcp::service::ServerInitializeError>),
    #[error("the MCP server on standard input ended abnormally")]
    Ended(#[from] tokio::task::JoinError),
}

/// Serves until the client closes standard input.
///
/// # Errors
/// When the client does not speak MCP. Nothing else may write to standard output meanwhile.
pub async fn serve_stdio(tools: Tools) -> Result<(), StdioError> {
    let running =
        tools.serve(stdio()).await.map_err(|source| StdioError::Begin(Box::new(source)))?;
    running.waiting().await?;
    Ok(())
}
