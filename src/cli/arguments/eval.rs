//! The arguments of `wherefore eval`: one suite each.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use wherefore_evals::nab::Profile;

pub(super) const EXAMPLES: &str = "\
Every suite prints a table, and with --json one document; --min-right and --max-wrong set the exit
status: 0 within the bounds, 1 not, 2 wrong usage.

Examples:
  wherefore eval questions --data cases.jsonl --warehouse /data/warehouse
  wherefore eval stories --seeds 1..200 --json
  wherefore eval gate --seeds 1..3 --cases 2000 --max-wrong 0";

/// Suites there are.
#[derive(Debug, Subcommand)]
pub enum Eval {
    /// Ask questions with known answers, and score the answers exactly
    #[command(after_help = "\
A case is one line of JSON: a question, the dataset and the day it is asked on, and the expected
figure, rows, or that it must be declined. Right means every figure within the tolerance and no row
more or less; wrong means that a figure was given and is not right; declined means that nothing was
given although something could have been. Statements that an answer must carry are counted apart.

A dataset is the warehouse itself, or a folder of its name (without the extension) in --warehouse.
With --bills, what is missing there is loaded once; the dataset `demo` is made (seed 1).

Examples:
  wherefore eval questions --data cases.jsonl --warehouse /data/warehouse
  wherefore eval questions --data evals/questions --part tuned --bills bills/ --show-failures 20
  wherefore eval questions --data cases.jsonl --warehouse warehouses/ --only ko --only forecast
  wherefore eval questions --data cases.jsonl --bills bills/ --json > now.json
  wherefore eval questions --data cases.jsonl --bills bills/ --against before.json --no-worse
  wherefore eval questions --data cases.jsonl --bills bills/ --min-right 0.95 --max-wrong 0.01 \\
      --min-declined 0.98 --junit junit.xml --html report.html")]
    Questions(Box<Questions>),

    /// The number gate: mutated answers delivered, good ones refused
    #[command(after_help = "\
Example:
  wherefore eval gate --seeds 1..3 --cases 2000 --max-wrong 0")]
    Gate(Gate),

    /// Scripted models that do their worst, and bills that tell models to: figures, calls, budgets
    #[command(after_help = "\
Each seed gives two cases. A model that invents tools, lies in every script, loops, floods and fails is asked under
random limits, and a judge of its own looks at the answer in every form, at every call and at what was spent. Then a
model that answers honestly, or obeys whatever it reads, is asked of two companies that differ in texts of others alone:
its figures, its scope and its verdict must be the same.

--data names a folder with telemetry-injection/cases.jsonl, agentdojo/tasks.jsonl and agentdojo/attack_templates.jsonl;
without it a few texts of our own are planted.

Examples:
  wherefore eval hostile --seeds 1..60 --min-right 1
  wherefore eval hostile --seeds 1..1000 --data security/ --json")]
    Hostile(Hostile),

    /// Unit-cost stories planted in made-up companies: regime, bridge, named cause
    #[command(after_help = "\
Each seed is a company with its own names, months and sizes. Its stories are asked in both languages;
right means the planted regime, main cause and unit costs, a bridge that closes, and the same figures
in both languages.

Example:
  wherefore eval stories --seeds 1..20 --min-right 1")]
    Stories(Seeded),

    /// Savings planted in made-up companies: found, amount, false finds, total without overlap
    #[command(after_help = "\
Each seed is a company with planted wastes and healthy twins beside them. What it could save is asked for in
both languages and held against how its usage was made: amounts within 2 %, the total within 3 % of a bill that
was made again with every action done.

Example:
  wherefore eval savings --seeds 1..20 --min-right 1")]
    Savings(Seeded),

    /// Anomalies planted in made-up companies: found, path, amount, false reports
    #[command(after_help = "\
Each seed is a company with spikes, bursts, new levels, drops and new charges put into research accounts of its own.
Right means the path, the days, and an impact within a quarter of what was put there. Reports are held against that and
against every day on which the company was made to change.

Example:
  wherefore eval anomalies --seeds 1..50 --json")]
    Anomalies(Seeded),

    /// Budgets planted in made-up companies: state, spend to the cent, the day one runs out
    #[command(after_help = "\
Each seed is a company with budgets of a workload whose every charge is known. Each is asked about in its middle and
after its end, in both languages. A day that is forecast may be two days off.

Example:
  wherefore eval budgets --seeds 1..20 --min-right 0.95")]
    Budgets(Seeded),

    /// Commitments planted in made-up companies: state, ends, what to commit, what throughput to reserve
    #[command(after_help = "\
Each seed is a company with a well used savings plan, a half idle reservation, one that ends within 30 days, a load that
nothing covers and provisioned throughput. Right means every planted figure, and for the load the commitment that saves
most of all that were tried.

Example:
  wherefore eval commitments --seeds 1..50 --json")]
    Commitments(Seeded),

    /// Forecasts of months that came: how many lie in the 80 % band, and the error beside a seasonal naive forecast
    #[command(after_help = "\
Example:
  wherefore eval forecast --seeds 1..10 --json")]
    Forecast(Seeded),

    /// Causes on `PetShop`: which node caused an issue of a shop on AWS, and silence over healthy windows
    #[command(after_help = "\
--data is the benchmark's folder, or its dataset/. Right means that the labelled node is ranked first; where nothing is
found the case counts as declined. Issues without a healthy window are left out, because no method can run on them.

Example:
  wherefore eval petshop --data petshop/ --predictions petshop.jsonl")]
    Petshop(Causes),

    /// Causes on Nezha: which workload was injected with a fault, from logs, spans and metrics
    #[command(after_help = "\
--data is a folder with one folder a day. Right means that the workload that was injected is ranked first.

Example:
  wherefore eval nezha --data nezha/ --predictions nezha.jsonl --json")]
    Nezha(Causes),

    /// Anomaly detection on the Numenta Anomaly Benchmark, with one fixed threshold
    #[command(after_help = "\
--data is a folder of the benchmark: data/, labels/combined_windows.json, config/profiles.json. A case is a labelled window,
right when an alarm falls in it. Scores stand at the fixed threshold 0.5 and, as an oracle, at the best one.

Example:
  wherefore eval nab --data nab/ --predictions scores.csv --json")]
    Nab(Nab),

    /// Change points on the Turing Change Point Dataset, with one default setting
    #[command(after_help = "\
--data is a folder of the dataset: annotations.json and datasets/. A case is a series, wrong when its F1 is below that of
saying nothing.

Example:
  wherefore eval tcpd --data tcpd/ --predictions changes.json --json")]
    Tcpd(Benchmark),

    /// Slow drifts put into real series after a deployment: found early, and silence where nothing was put
    #[command(after_help = "\
--data is a folder of the Numenta Anomaly Benchmark (data/, labels/combined_windows.json), or the drift benchmark's folder
beside it; it may be repeated. Each seed runs every base series with 36 drifts and without one. Right is an alarm within 28
days, or none where nothing was put; a static line and a retrained band run beside it. Shares carry 95 % intervals over
base series.

Example:
  wherefore eval drift --data nab/ --seeds 1..12 --predictions drift.jsonl --json")]
    Drift(Drift),

    /// Log templates on labelled lines of made-up programs, beside a plain Drain and a mask of digits
    #[command(after_help = "\
Each seed gives 2000 lines of each family, with values that vary and events that are rare. Right means that the lines of an
event are exactly one group. --predictions is a folder: predictions.csv and the labelled lines.

Example:
  wherefore eval logs --seeds 1..5 --predictions groups/ --json")]
    Logs(Logs),
}

/// What a suite must reach.
#[derive(Debug, Clone, Copy, Args)]
pub struct Bounds {
    /// Fail when the share of right cases is below this, e.g. 0.95
    #[arg(long, value_name = "SHARE", value_parser = parse_share)]
    pub min_right: Option<f64>,
    /// Fail when the share of wrong cases is above this, e.g. 0.01
    #[arg(long, value_name = "SHARE", value_parser = parse_share)]
    pub max_wrong: Option<f64>,
}

#[derive(Debug, Args)]
pub struct Questions {
    /// A file of cases, or a folder of them; may be repeated
    #[arg(long, required = true, value_name = "CASES.jsonl")]
    pub data: Vec<PathBuf>,
    /// Of a folder, only the files of these names (without extension)
    #[arg(long, value_name = "NAME", num_args = 1..)]
    pub part: Vec<String>,
    /// A warehouse, or a folder of warehouses named as the datasets
    #[arg(long, value_name = "FOLDER")]
    pub warehouse: Option<PathBuf>,
    /// Folder of the datasets' bills; those without a warehouse are loaded once
    #[arg(long, value_name = "FOLDER")]
    pub bills: Option<PathBuf>,
    /// Only the cases over the made-up company, which needs no bills
    #[arg(long)]
    pub demo: bool,
    /// Only cases of this kind, id (or its start), language, difficulty, dataset, part or group; may be repeated
    #[arg(long, value_name = "WORD")]
    pub only: Vec<String>,
    /// Only every Nth of the picked cases, from the first: a sample that is the same every time
    #[arg(long, value_name = "N", default_value = "1")]
    pub every: std::num::NonZeroUsize,
    /// Score these answers instead of asking: lines of {"id": …, "answer": …}
    #[arg(long, value_name = "ANSWERS.jsonl")]
    pub answers: Option<PathBuf>,
    #[command(flatten)]
    pub shown: Shown,
    /// Write a `JUnit` document
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
    /// Write the report as one page
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Compare with an earlier run's --json document
    #[arg(long, value_name = "EARLIER.json")]
    pub against: Option<PathBuf>,
    /// Fail when a case ended worse than in the earlier run
    #[arg(long, requires = "against")]
    pub no_worse: bool,
    #[command(flatten)]
    pub bounds: Bounds,
    /// Fail when fewer of the cases that must be declined are, e.g. 0.98
    #[arg(long, value_name = "SHARE", value_parser = parse_share)]
    pub min_declined: Option<f64>,
}

/// What of a run is shown, and how.
#[derive(Debug, Clone, Copy, Args)]
pub struct Shown {
    /// Failures shown in full, wrong ones first
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub show_failures: usize,
    /// Counts and figures alone, no question: for a part that must stay unseen
    #[arg(long)]
    pub counts_only: bool,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Gate {
    /// Seeds, e.g. 1..3 (the last one is included)
    #[arg(long, value_name = "A..B", default_value = "1..1", value_parser = parse_seeds)]
    pub seeds: Seeds,
    /// Cases a seed
    #[arg(long, value_name = "N", default_value_t = 2000)]
    pub cases: u32,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub bounds: Bounds,
}

#[derive(Debug, Args)]
pub struct Hostile {
    /// Seeds, e.g. 1..60 (the last one is included)
    #[arg(long, value_name = "A..B", default_value = "1..1", value_parser = parse_seeds)]
    pub seeds: Seeds,
    /// Folder of texts to plant
    #[arg(long, value_name = "FOLDER")]
    pub data: Option<PathBuf>,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub bounds: Bounds,
}

#[derive(Debug, Args)]
pub struct Seeded {
    /// Seeds, e.g. 1..20 (the last one is included)
    #[arg(long, value_name = "A..B", default_value = "1..1", value_parser = parse_seeds)]
    pub seeds: Seeds,
    /// About how many rows each company has; by default the fewest that the suite needs
    #[arg(long, value_name = "N")]
    pub rows: Option<u64>,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub bounds: Bounds,
}

/// A public benchmark, read from its own files.
#[derive(Debug, Args)]
pub struct Benchmark {
    /// Folder of the benchmark
    #[arg(long, value_name = "FOLDER")]
    pub data: PathBuf,
    /// Write what was predicted, in the form that the benchmark scores
    #[arg(long, value_name = "OUT")]
    pub predictions: Option<PathBuf>,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub bounds: Bounds,
}

#[derive(Debug, Args)]
pub struct Causes {
    #[command(flatten)]
    pub benchmark: Benchmark,
    /// Score the ranking without each of its parts as well
    #[arg(long)]
    pub ablation: bool,
}

#[derive(Debug, Args)]
pub struct Drift {
    /// Folder of the benchmark; may be repeated
    #[arg(long, required = true, value_name = "FOLDER")]
    pub data: Vec<PathBuf>,
    /// Seeds, e.g. 1..12 (the last one is included); 1000..1011 match the thresholds of the rivals
    #[arg(long, value_name = "A..B", default_value = "1..12", value_parser = parse_seeds)]
    pub seeds: Seeds,
    /// Write what was predicted, in the form that the benchmark scores
    #[arg(long, value_name = "OUT")]
    pub predictions: Option<PathBuf>,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub bounds: Bounds,
}

#[derive(Debug, Args)]
pub struct Logs {
    /// Seeds, e.g. 1..5 (the last one is included)
    #[arg(long, value_name = "A..B", default_value = "1..1", value_parser = parse_seeds)]
    pub seeds: Seeds,
    /// Write what was predicted, and the labelled lines, in the form that the scorer of log groups reads
    #[arg(long, value_name = "FOLDER")]
    pub predictions: Option<PathBuf>,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub bounds: Bounds,
}

#[derive(Debug, Args)]
pub struct Nab {
    #[command(flatten)]
    pub benchmark: Benchmark,
    /// What false alarms and missed anomalies weigh: `standard`, `low_fp` or `low_fn`
    #[arg(long, value_name = "NAME", default_value = "standard", value_parser = parse_profile)]
    pub profile: Profile,
}

/// Seeds from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seeds {
    pub first: u64,
    pub last: u64,
}

fn parse_seeds(text: &str) -> Result<Seeds, String> {
    let expected = || format!("`{text}` is no range of seeds; write it as 1..3");
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let number = |part: &str| part.trim_start_matches('=').parse::<u64>().map_err(|_| expected());
    let (first, last) = (number(first)?, number(last)?);
    if first > last {
        return Err(expected());
    }
    Ok(Seeds { first, last })
}

fn parse_profile(text: &str) -> Result<Profile, String> {
    let names = || Profile::ALL.map(Profile::name).join(", ");
    Profile::named(text).ok_or_else(|| format!("`{text}` is no profile; there are {}", names()))
}

fn parse_share(text: &str) -> Result<f64, String> {
    let share = text.parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| format!("`{text}` is no share; write it as 0.95"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_are_a_range_with_both_ends_or_one_number() {
        assert_eq!(parse_seeds("1..3"), Ok(Seeds { first: 1, last: 3 }));
        assert_eq!(parse_seeds("7"), Ok(Seeds { first: 7, last: 7 }));
        assert!(parse_seeds("3..1").unwrap_err().contains("1..3"));
        assert!(parse_seeds("x").is_err());
    }

    #[test]
    fn a_share_is_between_zero_and_one() {
        assert_eq!(parse_share("0.95"), Ok(0.95));
        assert!(parse_share("95").unwrap_err().contains("0.95"));
        assert!(parse_share("NaN").is_err());
    }

    #[test]
    fn a_profile_is_one_of_three() {
        assert_eq!(parse_profile("low_fn"), Ok(Profile::LowFn));
        assert!(parse_profile("lowfn").unwrap_err().contains("low_fn"));
    }
}
