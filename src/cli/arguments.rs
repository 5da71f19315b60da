//! The command line as people type it; `--help` teaches with examples.

pub mod eval;
pub mod memory;
pub mod report;

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use wherefore_contract::question::Language;

pub use self::{eval::Eval, memory::Memory, report::Report};

const EXAMPLES: &str = "\
Start here:
  wherefore demo                                     a made-up company: load it, ask it, browse it
  wherefore load bills/ && wherefore serve           your own bills, then http://127.0.0.1:8080

Exit status: 0 answered (also in part), 3 declined or a question back, 2 wrong usage, 1 failure.
Progress goes to standard error, results to standard output.";

/// Why a cloud estate costs what it costs: verified answers over your own bills.
#[derive(Debug, Parser)]
#[command(name = "wherefore", version, after_help = EXAMPLES, disable_help_subcommand = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Load bills, transactions, telemetry and changes into the warehouse
    #[command(after_help = "\
Formats are detected: legacy CUR, CUR 2.0, FOCUS 1.0 to 1.2, a table `period,workload,transactions`, and a table
`period,workload,operation,client,calls`;
metrics, logs and traces as OTLP JSON lines or in the columns of the ClickHouse exporter; changes as CloudTrail records,
AWS Config items, JSON lines or `git log`; CSV, CSV.gz, Parquet, and folders of them. Loading a billing period again replaces it.

Examples:
  wherefore load cur-2024-09.csv.gz
  wherefore load bills/ transactions.csv --workload-tag app
  wherefore load bills/ --json | jq .refused")]
    Load(Load),

    /// Ask one question
    #[command(after_help = "\
Examples:
  wherefore ask \"What did we spend last month, by provider?\"
  wherefore ask \"8월 대비 9월 비용이 왜 늘었어?\" --as-of 2024-10-15
  wherefore ask \"Why did checkout's unit cost rise in April?\" --json > answer.json
  wherefore ask \"and by region?\" --conversation c_01JD2K7W3V9Q8N4T6R5X0ZHBMA")]
    Ask(Ask),

    /// Hold a conversation in the terminal
    #[command(after_help = "\
Type a question; the next one may refine it (\"and by region?\", \"그럼 리전별로는?\").
:read shows how it was read, and :measure, :period, :compare, :by, :filter, :drop and :top correct it.
:confirm and :note keep a cause or a note, :new begins anew, :en and :ko fix the language, :evidence shows statements, :quit ends.

Example:
  wherefore chat --warehouse /data/warehouse")]
    Chat(Chat),

    /// See, correct and forget what conversations remember of you
    #[command(after_help = memory::EXAMPLES)]
    Memory(Memory),

    /// Make a company with known truths, load it, ask it, and serve it
    #[command(after_help = "\
The same seed and size make the same bills, byte for byte; a second run reuses what is there.

Examples:
  wherefore demo
  wherefore demo --dir /tmp/company --rows 60000 --seed 7 --no-serve")]
    Demo(Demo),

    /// Serve the chat page, the HTTP API and MCP
    #[command(after_help = "\
The page is at /, the API at /v1 (described by /openapi.json), MCP at /mcp.

Examples:
  wherefore serve
  wherefore serve --listen 127.0.0.1:9000 --warehouse /data/warehouse
  curl -s localhost:8080/v1/ask -H 'content-type: application/json' -d '{\"question\":\"total cost by month\"}'")]
    Serve(Serve),

    /// Serve the tools over MCP on standard input and output
    #[command(after_help = "\
Example, as an MCP client is told:
  {\"command\": \"wherefore\", \"args\": [\"mcp\", \"--warehouse\", \"/data/warehouse\"]}")]
    Mcp(Mcp),

    /// Say what is configured, reachable, fresh and permitted
    Doctor(Doctor),

    /// List the roles with their tools and budgets
    #[command(after_help = "\
Roles of your own are Markdown files in the folder that WHEREFORE_ROLES names:

  ---
  name: sre
  description: Looks after checkout. Use it for errors and latency.
  tools: [query_cost, logs__run_query]
  turns: 6          # also tool_calls, seconds, tokens, money_usd, model
  ---
  You are the SRE of checkout. Look for errors first, then for latency.

Example:
  WHEREFORE_ROLES=roles wherefore roles")]
    Roles(Roles),

    /// Run an answer's evidence again and compare every figure
    #[command(after_help = "\
Exit status 0 when every figure still comes out the same, 1 when one does not.

Example:
  wherefore ask \"total cost by month\" --json > answer.json && wherefore verify answer.json")]
    Verify(Verify),

    /// Run an answer again from its record, without the model and without the data
    #[command(after_help = "\
Exit status 0 when the same answer comes out, byte for byte; 1 when another one does, with the places where they part.

Examples:
  wherefore ask \"total cost by month\" --record run.json && wherefore replay run.json
  wherefore replay --answer a_01JD2K7W3V9Q8N4T6R5X0ZHBMA --json")]
    Replay(Replay),

    /// Write a month as a document: HTML, XLSX, CSV, Markdown or JSON
    #[command(after_help = report::EXAMPLES)]
    Report(Report),

    /// Score a suite
    #[command(subcommand, disable_help_subcommand = true, after_help = eval::EXAMPLES)]
    Eval(Eval),

    /// Print the description of the HTTP API (`OpenAPI`)
    Openapi,
}

/// Where the bills are.
#[derive(Debug, Args)]
pub struct Warehouse {
    /// Folder of loaded bills [default: ./warehouse, or `WHEREFORE_WAREHOUSE`]
    #[arg(long, value_name = "FOLDER")]
    pub warehouse: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Load {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub warehouse: Warehouse,
    /// Tag key that names the workload of a charge
    #[arg(long, value_name = "KEY")]
    pub workload_tag: Option<String>,
    /// Print the data report as one JSON document
    #[arg(long)]
    pub json: bool,
}

/// How questions are read.
#[derive(Debug, Args)]
pub struct Reading {
    /// The day on which it is asked, e.g. 2024-10-15 [default: today in UTC]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Language of the answer [default: the question's]
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<Spoken>,
}

/// A language an answer can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Spoken {
    En,
    Ko,
}

impl From<Spoken> for Language {
    fn from(spoken: Spoken) -> Self {
        match spoken {
            Spoken::En => Self::En,
            Spoken::Ko => Self::Ko,
        }
    }
}

#[derive(Debug, Args)]
pub struct Ask {
    /// The question, in English or Korean
    pub question: String,
    #[command(flatten)]
    pub warehouse: Warehouse,
    #[command(flatten)]
    pub reading: Reading,
    /// Conversation to ask in, so that a question may refine the one before: its id, or `new`
    #[arg(long, value_name = "ID")]
    pub conversation: Option<String>,
    /// Read and keep memories, as conversations do; a question by itself leaves nothing and is reminded of nothing
    #[arg(long)]
    pub memory: bool,
    /// Write how the answer was made, for `wherefore replay`
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
    /// Print the answer document (JSON) and nothing else
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Chat {
    #[command(flatten)]
    pub warehouse: Warehouse,
    #[command(flatten)]
    pub reading: Reading,
}

#[derive(Debug, Args)]
pub struct Demo {
    /// Folder for the company's bills and warehouse
    #[arg(long, value_name = "FOLDER", default_value = "wherefore-demo")]
    pub dir: PathBuf,
    /// Charge rows to make; the costs stay the same, only the split gets finer
    #[arg(long, value_name = "N")]
    pub rows: Option<u64>,
    /// Seed of the company
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Stop after the example answers
    #[arg(long)]
    pub no_serve: bool,
    /// Address to serve on [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
}

#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    pub warehouse: Warehouse,
    /// Address to serve on [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
}

#[derive(Debug, Args)]
pub struct Mcp {
    #[command(flatten)]
    pub warehouse: Warehouse,
}

#[derive(Debug, Args)]
pub struct Doctor {
    #[command(flatten)]
    pub warehouse: Warehouse,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Roles {
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Replay {
    /// A run, as `ask --record` writes it and GET /v1/answers/{id}/run gives it; `-` reads standard input
    #[arg(value_name = "RUN.json", conflicts_with = "answer")]
    pub run: Option<PathBuf>,
    /// An answer of a kept conversation
    #[arg(long, value_name = "ID")]
    pub answer: Option<String>,
    #[command(flatten)]
    pub warehouse: Warehouse,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Verify {
    /// An answer document, as `ask --json` prints it; `-` reads standard input
    #[arg(value_name = "ANSWER.json")]
    pub answer: PathBuf,
    #[command(flatten)]
    pub warehouse: Warehouse,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_command_that_takes_work_shows_an_example() {
        for command in Arguments::command().get_subcommands() {
            if matches!(command.get_name(), "doctor" | "openapi") {
                continue;
            }
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("Example"), "{}", command.get_name());
        }
    }
}
