//! OTLP in JSON, one export request a line, as the Collector's file exporter writes it.

use std::{
    fmt::Write as _,
    fs::File,
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
};

use super::estate::Workload;
use crate::DemoError;

/// A file of lines.
pub(super) struct Lines {
    path: PathBuf,
    file: BufWriter<File>,
}

impl Lines {
    pub(super) fn open(path: &Path) -> Result<Self, DemoError> {
        let failed = |source| DemoError::File { path: path.into(), source };
        let file = BufWriter::new(File::create(path).map_err(failed)?);
        Ok(Self { path: path.into(), file })
    }

    pub(super) fn put(&mut self, line: &str) -> Result<(), DemoError> {
        let written =
            self.file.write_all(line.as_bytes()).and_then(|()| self.file.write_all(b"\n"));
        written.map_err(|source| DemoError::File { path: self.path.clone(), source })
    }

    pub(super) fn close(mut self) -> Result<(), DemoError> {
        self.file.flush().map_err(|source| DemoError::File { path: self.path.clone(), source })
    }
}

/// Text as JSON.
pub(super) fn text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Attributes as JSON, all of them strings.
pub(super) fn attributes(pairs: &[(&str, &str)]) -> String {
    let mut out = String::from("[");
    for (number, (key, value)) in pairs.iter().enumerate() {
        let comma = if number > 0 { "," } else { "" };
        let _ = write!(
            out,
            "{comma}{{\"key\":{},\"value\":{{\"stringValue\":{}}}}}",
            text(key),
            text(value)
        );
    }
    out.push(']');
    out
}

/// The resource that writes for a workload; spans and logs know its version too.
pub(super) fn resource(workload: &Workload, version: Option<&str>) -> String {
    let mut pairs = vec![
        ("service.name", workload.name.as_str()),
        ("cloud.provider", "aws"),
        ("cloud.account.id", workload.place.account),
        ("cloud.region", workload.place.region),
        ("host.name", workload.host.as_str()),
        ("deployment.environment.name", "prod"),
    ];
    pairs.extend(version.map(|version| ("service.version", version)));
    format!("{{\"attributes\":{}}}", attributes(&pairs))
}

/// Nanoseconds since 1970 of a minute and seconds into it.
pub(super) fn nanos(minute: i64, seconds: f64) -> u128 {
    let whole = u128::try_from(minute).unwrap_or_default() * 60_000_000_000;
    whole + std::time::Duration::try_from_secs_f64(seconds).map_or(0, |into| into.as_nanos())
}
