//! `wherefore mcp`: the tools over standard input and output.

use super::{Context, Exit, arguments::Mcp, failure::Failure};
use crate::wiring;

pub(super) async fn run(arguments: Mcp, context: Context) -> Result<Exit, Failure> {
    let config = context.config.with(arguments.warehouse.warehouse, None);
    let tools = wiring::tools(&config)?;
    wherefore_tools::serve_stdio(tools).await?;
    Ok(Exit::Done)
}
