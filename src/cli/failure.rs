//! Why a command failed, and with which exit status.

use std::{io, net::SocketAddr, path::PathBuf};

use wherefore_contract::{error::StoreError, memory::InvalidMemory, question::InvalidQuestion};
use wherefore_demo::DemoError;
use wherefore_evals::{
    benchmark::BenchmarkError,
    questions::{CaseError, HtmlError, JunitError, KeptError},
};
use wherefore_load::LoadError;
use wherefore_tools::StdioError;
use wherefore_traces::StartError;

use super::Exit;
use crate::{
    config::ConfigError, recheck::RecheckError, report::ReportError, runs::replay::ReplayError,
    wiring::WiringError,
};

/// A command failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Question(#[from] InvalidQuestion),
    #[error(transparent)]
    Wiring(#[from] WiringError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error(transparent)]
    Demo(#[from] DemoError),
    #[error(transparent)]
    Benchmark(#[from] BenchmarkError),
    #[error(transparent)]
    Mcp(#[from] StdioError),
    #[error(transparent)]
    Recheck(#[from] RecheckError),
    #[error(transparent)]
    Report(#[from] ReportError),
    #[error(transparent)]
    Traces(#[from] StartError),
    #[error("standard output could not be written")]
    Output(#[from] io::Error),
    #[error("the runtime could not start")]
    Runtime(#[source] io::Error),
    #[error("`{address}` could not be listened on; choose another with --listen")]
    Listen {
        address: SocketAddr,
        #[source]
        source: io::Error,
    },
    #[error("`{}` could not be read", .path.display())]
    Unreadable {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("`{}` could not be written", .path.display())]
    Unwritable {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("`{}` is no answer document; `wherefore ask --json` prints one", .path.display())]
    NoAnswer {
        path: PathBuf,
        #[source]
        source: serde_json::Error,
    },
    #[error(
        "no conversation is called `{id}`; leave --conversation out, or give `new` to begin one"
    )]
    UnknownConversation { id: String },
    #[error("no run of the answer `{id}` is kept; runs are kept with the answers of conversations")]
    UnknownRun { id: String },
    #[error("name the file of a run, or an answer with --answer")]
    NothingToReplay,
    #[error("`{}` is no run; `wherefore ask --record FILE` writes one", .path.display())]
    NoRun {
        path: PathBuf,
        #[source]
        source: serde_json::Error,
    },
    #[error(transparent)]
    Replay(#[from] ReplayError),
    #[error("no memory is called `{id}`; `wherefore memory list` shows them")]
    UnknownMemory { id: String },
    #[error("nothing is remembered: memory is off; WHEREFORE_MEMORY=on turns it on")]
    MemoryOff,
    #[error("`{text}` is no meaning; write a dimension and a value, e.g. workload=checkout-api")]
    NoMeaning { text: String },
    #[error(transparent)]
    Memory(#[from] InvalidMemory),
    #[error("the terminal could not be read")]
    Terminal(#[source] rustyline::error::ReadlineError),
    #[error("`{}` holds no question cases", .path.display())]
    NoCase {
        path: PathBuf,
        #[source]
        source: CaseError,
    },
    #[error("`{}` holds no kept answers", .path.display())]
    NoKept {
        path: PathBuf,
        #[source]
        source: KeptError,
    },
    #[error("`{}` is no earlier run; `wherefore eval questions --json` prints one", .path.display())]
    NoEarlier {
        path: PathBuf,
        #[source]
        source: serde_json::Error,
    },
    #[error(transparent)]
    Junit(#[from] JunitError),
    #[error(transparent)]
    Html(#[from] HtmlError),
    #[error("no case is left to ask; check --data, --part and --only")]
    NoCases,
    #[error(
        "no warehouse for {}; name a folder of warehouses with --warehouse, or of bills with --bills",
        .names.join(", ")
    )]
    NoDataset { names: Vec<String> },
    #[error("a worker thread ended early")]
    Worker,
    #[error("the suite could not run: {why}")]
    Suite { why: String },
}

impl Failure {
    /// Wrong usage is told apart from failure.
    pub(super) fn exit(&self) -> Exit {
        match self {
            Self::Config(_)
            | Self::Question(_)
            | Self::NoAnswer { .. }
            | Self::Report(
                ReportError::NotLoaded { .. } | ReportError::Owner { .. } | ReportError::Sharing,
            )
            | Self::UnknownConversation { .. }
            | Self::UnknownRun { .. }
            | Self::NothingToReplay
            | Self::NoRun { .. }
            | Self::UnknownMemory { .. }
            | Self::MemoryOff
            | Self::NoMeaning { .. }
            | Self::Memory(_)
            | Self::NoCase { .. }
            | Self::NoKept { .. }
            | Self::NoEarlier { .. }
            | Self::NoCases
            | Self::NoDataset { .. } => Exit::Usage,
            Self::Wiring(_)
            | Self::Store(_)
            | Self::Load(_)
            | Self::Demo(_)
            | Self::Benchmark(_)
            | Self::Mcp(_)
            | Self::Recheck(_)
            | Self::Traces(_)
            | Self::Replay(_)
            | Self::Report(
                ReportError::Store(_)
                | ReportError::Empty
                | ReportError::Workbook(_)
                | ReportError::Json(_),
            )
            | Self::Output(_)
            | Self::Runtime(_)
            | Self::Listen { .. }
            | Self::Unreadable { .. }
            | Self::Unwritable { .. }
            | Self::Junit(_)
            | Self::Html(_)
            | Self::Terminal(_)
            | Self::Worker
            | Self::Suite { .. } => Exit::Failed,
        }
    }
}
