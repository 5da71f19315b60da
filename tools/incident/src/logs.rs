//! Log lines: templates, patterns that differ between two windows, attributes that differ between two sets of rows.
//!
//! A line is cleaned (`clean`), its values are masked (`mask`), equal masked lines are one shape (`miner`), and shapes that
//! differ only where values stand become one template (`columns`, `cluster`). Drain (He et al., ICWS 2017) does the last
//! two steps line by line in order of arrival; here the second step runs over all distinct shapes in sorted order, so that
//! templates do not depend on the order of the lines.

mod chance;
mod clean;
mod cluster;
mod columns;
mod diff;
mod mask;
mod miner;
mod records;
mod rows;
mod settings;
mod template;

pub use clean::{Cleaned, clean};
pub use diff::{Difference, Differences, LogLine, PatternChange, Quote, Window, diff_patterns};
pub use miner::{LeftOut, LogMiner, Mined, Shape};
pub use records::{is_continuation, records};
pub use rows::{AttributeDifference, RowDifferences, SetAside, compare_rows};
pub use settings::{DiffSettings, InvalidLogSettings, LogSettings, MinerSettings, RowSettings};
pub use template::Template;
