//! `wherefore memory` as people type it.

use clap::{Args, Subcommand};

use super::Warehouse;

/// What `wherefore memory --help` teaches.
pub const EXAMPLES: &str = "\
Conversations (chat, the page, ask --conversation) remember what you asked and how it was read,
what you corrected and which causes you confirmed. A later question shows what it brings back,
marked as memory: no figure of an answer ever rests on it. WHEREFORE_MEMORY=off keeps nothing and
brings nothing back; WHEREFORE_MEMORY_DAYS says for how long.

Examples:
  wherefore memory list
  wherefore memory confirm \"the rise in March was the spring promotion\"
  wherefore memory mean checkout workload=checkout-api
  wherefore memory correct m_01JD2K7W3V9Q8N4T6R5X0ZHBMA \"the rise in March was the load test\"
  wherefore memory forget m_01JD2K7W3V9Q8N4T6R5X0ZHBMA
  wherefore memory forget --all --with-conversations";

#[derive(Debug, Args)]
pub struct Memory {
    #[command(flatten)]
    pub warehouse: Warehouse,
    /// Print one JSON document
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub action: MemoryAction,
}

/// What to do with memories.
#[derive(Debug, Subcommand)]
pub enum MemoryAction {
    /// Show what is remembered, newest first
    List {
        /// At most this many
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: usize,
    },
    /// Show one memory with its reading
    Show {
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Confirm a cause, in your own words
    Confirm(Said),
    /// Leave a note
    Note(Said),
    /// Say what you mean by a name
    Mean {
        /// The name as you say it
        #[arg(value_name = "NAME")]
        said: String,
        /// What it is, e.g. workload=checkout-api
        #[arg(value_name = "DIMENSION=VALUE")]
        value: String,
    },
    /// Put other words in the place of a memory's
    Correct {
        #[arg(value_name = "ID")]
        id: String,
        #[arg(value_name = "TEXT")]
        text: String,
    },
    /// Forget for good
    Forget {
        #[arg(value_name = "ID", required_unless_present = "all", conflicts_with = "all")]
        id: Option<String>,
        /// Everything that is remembered of you
        #[arg(long)]
        all: bool,
        /// Also delete the conversation that it comes from; with --all every conversation
        #[arg(long)]
        with_conversations: bool,
    },
}

#[derive(Debug, Args)]
pub struct Said {
    /// At most 500 characters
    #[arg(value_name = "TEXT")]
    pub text: String,
    /// The conversation it is about: what was asked last in it is kept beside the text
    #[arg(long, value_name = "ID")]
    pub conversation: Option<String>,
}
