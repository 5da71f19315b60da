//! Other people's MCP servers behind the tool port: named apart, bounded, their output treated as data.
