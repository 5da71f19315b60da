//! Writes how many transactions each counted workload served on each day.

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::Path,
};

use crate::{DemoError, calendar::date_of, company::Company};

/// Writes `period,workload,transactions`.
pub(crate) fn write(path: &Path, company: &Company) -> Result<(), DemoError> {
    let failed = |source| DemoError::File { path: path.into(), source };
    let mut file = BufWriter::new(File::create(path).map_err(failed)?);
    writeln!(file, "period,workload,transactions").map_err(failed)?;
    for workload in &company.workloads {
        for (day, count) in workload.transactions.iter().flatten().enumerate() {
            writeln!(file, "{},{},{count}", date_of(day), workload.name).map_err(failed)?;
        }
    }
    file.flush().map_err(failed)
}
