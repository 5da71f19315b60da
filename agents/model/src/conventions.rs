//! Names of spans' attributes by the OpenTelemetry conventions for generative AI. The conventions are still in development,
//! so every name stands here and nowhere else.
//!
//! Source: github.com/open-telemetry/semantic-conventions-genai (docs/gen-ai), without a release yet. Names that begin with
//! `wherefore.` are ours.

/// What a span is: [`INVOKE_AGENT`], [`CHAT`] or [`EXECUTE_TOOL`].
pub const OPERATION: &str = "gen_ai.operation.name";
/// The whole team on one question, or one role of it at work.
pub const INVOKE_AGENT: &str = "invoke_agent";
/// One reply of a model.
pub const CHAT: &str = "chat";
/// One call of a tool of the data.
pub const EXECUTE_TOOL: &str = "execute_tool";

/// Who serves the model, e.g. `aws.bedrock`.
pub const PROVIDER: &str = "gen_ai.provider.name";
pub const AGENT_ID: &str = "gen_ai.agent.id";
pub const AGENT_NAME: &str = "gen_ai.agent.name";
pub const CONVERSATION: &str = "gen_ai.conversation.id";
/// The conversation, or the trace where there is none: readers of sessions ask every span for it.
pub const SESSION: &str = "session.id";
pub const REQUEST_MODEL: &str = "gen_ai.request.model";
pub const RESPONSE_MODEL: &str = "gen_ai.response.model";
pub const RESPONSE_ID: &str = "gen_ai.response.id";
pub const FINISH_REASONS: &str = "gen_ai.response.finish_reasons";
pub const INPUT_TOKENS: &str = "gen_ai.usage.input_tokens";
pub const OUTPUT_TOKENS: &str = "gen_ai.usage.output_tokens";
pub const CACHE_READ_TOKENS: &str = "gen_ai.usage.cache_read.input_tokens";
pub const CACHE_WRITE_TOKENS: &str = "gen_ai.usage.cache_creation.input_tokens";
pub const TOOL_NAME: &str = "gen_ai.tool.name";
pub const TOOL_TYPE: &str = "gen_ai.tool.type";
pub const TOOL_CALL_ID: &str = "gen_ai.tool.call.id";
/// The kind of an error, never its text.
pub const ERROR_TYPE: &str = "error.type";

/// What it cost, in US dollars: an exact decimal as text.
pub const COST: &str = "wherefore.cost_usd";
/// Why a role stopped, e.g. `done`.
pub const STOP: &str = "wherefore.stop";
/// Rows that a tool gave.
pub const ROWS: &str = "wherefore.rows";
/// Id of the answer document.
pub const ANSWER: &str = "wherefore.answer.id";
/// How the question ended, e.g. `partial`.
pub const STATUS: &str = "wherefore.answer.status";
/// Sentences that the gate held back.
pub const WITHHELD: &str = "wherefore.answer.withheld";

/// Spans of calls of remote MCP servers.
pub const MCP_METHOD: &str = "mcp.method.name";
pub const MCP_PROTOCOL: &str = "mcp.protocol.version";
pub const MCP_SESSION: &str = "mcp.session.id";
pub const JSONRPC_REQUEST: &str = "jsonrpc.request.id";
pub const SERVER_ADDRESS: &str = "server.address";
pub const SERVER_PORT: &str = "server.port";

/// Every attribute that may leave the process while content is off.
pub const PLAIN: &[&str] = &[
    OPERATION,
    PROVIDER,
    AGENT_ID,
    AGENT_NAME,
    CONVERSATION,
    SESSION,
    REQUEST_MODEL,
    RESPONSE_MODEL,
    RESPONSE_ID,
    FINISH_REASONS,
    INPUT_TOKENS,
    OUTPUT_TOKENS,
    CACHE_READ_TOKENS,
    CACHE_WRITE_TOKENS,
    TOOL_NAME,
    TOOL_TYPE,
    TOOL_CALL_ID,
    ERROR_TYPE,
    COST,
    STOP,
    ROWS,
    ANSWER,
    STATUS,
    WITHHELD,
    MCP_METHOD,
    MCP_PROTOCOL,
    MCP_SESSION,
    JSONRPC_REQUEST,
    SERVER_ADDRESS,
    SERVER_PORT,
];

/// What people, models and data said: JSON as text, only where whoever runs the program asked for it.
pub const SYSTEM_INSTRUCTIONS: &str = "gen_ai.system_instructions";
pub const INPUT_MESSAGES: &str = "gen_ai.input.messages";
pub const OUTPUT_MESSAGES: &str = "gen_ai.output.messages";
pub const TOOL_DEFINITIONS: &str = "gen_ai.tool.definitions";
pub const TOOL_ARGUMENTS: &str = "gen_ai.tool.call.arguments";
pub const TOOL_RESULT: &str = "gen_ai.tool.call.result";
/// The question and the answer once more on the first span of a trace, as evaluators of Amazon Bedrock `AgentCore` read them.
pub const USER_PROMPT: &str = "agentcore.invocation.user_prompt";
pub const AGENT_RESPONSE: &str = "agentcore.invocation.agent_response";

/// Every attribute of content.
pub const CONTENT: &[&str] = &[
    SYSTEM_INSTRUCTIONS,
    INPUT_MESSAGES,
    OUTPUT_MESSAGES,
    TOOL_DEFINITIONS,
    TOOL_ARGUMENTS,
    TOOL_RESULT,
    USER_PROMPT,
    AGENT_RESPONSE,
];

/// The target of the events that carry content to their span. Logs never show it; without a reader that asks for it
/// nothing is written at all.
pub const CONTENT_TARGET: &str = "wherefore::content";
