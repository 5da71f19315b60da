//! `wherefore report` as people type it.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use wherefore_contract::dimension::Dimension;

use super::{Reading, Warehouse};
use crate::report::{Form, Kind, Month, Sharing};

/// What `wherefore report --help` teaches.
pub const EXAMPLES: &str = "\
review      the month in one document: spend and what moved it, cost per transaction, commitments,
            forecast, unusual days, savings, tags, caveats
chargeback  the bill by owner on the basis of the invoice: direct cost, shared cost borne, both together; what
            nobody bears stands in a row of its own, and the rows add up to the bill (exit status 1 when they
            do not)
showback    the same of what each owner used, commitments spread over the usage they cover

Every figure leads to the query that it comes from. CSV keeps every digit; cells that a spreadsheet would take
for a formula begin with an apostrophe there.

Examples:
  wherefore report review -o october.html
  wherefore report review --month 2024-10 --language ko --format html -o 10월.html
  wherefore report chargeback --by tag:team --format xlsx -o october.xlsx
  wherefore report showback --by workload --format csv --bom > october.csv";

#[derive(Debug, Args)]
pub struct Report {
    /// Which report
    #[arg(value_name = "REPORT")]
    pub kind: Which,
    /// The month, e.g. 2024-10 [default: the last one that is loaded in full]
    #[arg(long, value_name = "MONTH")]
    pub month: Option<Month>,
    /// What owners are told by: tag:KEY, workload, `sub_account`, `cloud_service` [default: workload or account]
    #[arg(long, value_name = "DIMENSION")]
    pub by: Option<Dimension>,
    /// What becomes of charges without an owner: rules, even, proportional, transactions, none
    #[arg(long, value_name = "METHOD", default_value = "rules")]
    pub allocate: Sharing,
    #[command(flatten)]
    pub warehouse: Warehouse,
    #[command(flatten)]
    pub reading: Reading,
    /// How it is written: html, md, csv, xlsx, json
    #[arg(long, value_name = "FORMAT", default_value = "html")]
    pub format: Form,
    /// File to write [default: standard output; XLSX: a file named after report and month]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Begin CSV with a byte order mark, by which Excel reads Korean as what it is
    #[arg(long)]
    pub bom: bool,
}

/// Kinds of reports, as they are typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Which {
    Review,
    Chargeback,
    Showback,
}

impl From<Which> for Kind {
    fn from(which: Which) -> Self {
        match which {
            Which::Review => Self::Review,
            Which::Chargeback => Self::Chargeback,
            Which::Showback => Self::Showback,
        }
    }
}
