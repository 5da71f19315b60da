//! Settings of traces: where they go, whether what was said goes along, and how runs are kept.

use std::fmt;

use wherefore_traces::Destination;

use super::ConfigError;

const TRACES: &str = "WHEREFORE_TRACES";
const CONTENT: &str = "WHEREFORE_TRACE_CONTENT";
const RUNS: &str = "WHEREFORE_RUNS";
const MASK_KEY: &str = "WHEREFORE_MASK_KEY";
// Names that OpenTelemetry gives to the same settings.
const ENDPOINT: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";
const HEADERS: &str = "OTEL_EXPORTER_OTLP_HEADERS";
const CAPTURE: &str = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

/// How the runs behind answers are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum KeepRuns {
    /// As they were: they can be replayed.
    #[default]
    Full,
    /// Masked, as traces are.
    Masked,
    Off,
}

/// Settings of traces and runs.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TraceSettings {
    /// `None` writes none.
    pub destination: Option<Destination>,
    /// Whether what was said goes along, masked.
    pub content: bool,
    pub runs: KeepRuns,
    /// The key of the mask, where one is set.
    pub mask_key: Option<String>,
}

// The key is a secret.
impl fmt::Debug for TraceSettings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("TraceSettings")
            .field("destination", &self.destination)
            .field("content", &self.content)
            .field("runs", &self.runs)
            .finish_non_exhaustive()
    }
}

/// What `wherefore.toml` says of them.
#[derive(Debug, Default, serde::Deserialize)]
pub(super) struct InFile {
    traces: Option<String>,
    trace_content: Option<String>,
    runs: Option<String>,
}

impl TraceSettings {
    pub(super) fn read(
        lookup: &dyn Fn(&str) -> Option<String>,
        file: InFile,
    ) -> Result<Self, ConfigError> {
        let chosen = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let named = chosen(lookup(TRACES)).or(chosen(file.traces)).or(chosen(lookup(ENDPOINT)));
        let destination = match named {
            Some(text) if text != "off" => {
                let parsed = Destination::parse(&text, lookup(HEADERS).as_deref());
                let expected = "file:/path or http://host:4318, and headers as name=value by comma";
                Some(parsed.map_err(|_| ConfigError::Invalid {
                    name: TRACES,
                    value: text,
                    expected,
                })?)
            }
            Some(_) | None => None,
        };
        let content = match chosen(lookup(CONTENT)).or(chosen(file.trace_content)) {
            Some(text) => switch(&text).ok_or(ConfigError::Invalid {
                name: CONTENT,
                value: text,
                expected: "on or off",
            })?,
            None => lookup(CAPTURE).is_some_and(|text| captures(&text)),
        };
        let runs = match chosen(lookup(RUNS)).or(chosen(file.runs)).as_deref() {
            None | Some("full") => KeepRuns::Full,
            Some("masked") => KeepRuns::Masked,
            Some("off") => KeepRuns::Off,
            Some(other) => {
                let (value, expected) = (other.to_owned(), "full, masked or off");
                return Err(ConfigError::Invalid { name: RUNS, value, expected });
            }
        };
        Ok(Self { destination, content, runs, mask_key: chosen(lookup(MASK_KEY)) })
    }
}

fn switch(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "on" | "true" | "1" => Some(true),
        "off" | "false" | "0" => Some(false),
        _ => None,
    }
}

// `SPAN_ONLY` and `SPAN_AND_EVENT`, or `true` as older readers have it; events of their own are not written.
fn captures(text: &str) -> bool {
    let text = text.to_ascii_uppercase();
    text.starts_with("SPAN") || text == "TRUE"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(settings: &[(&str, &str)]) -> Result<TraceSettings, ConfigError> {
        let lookup = |name: &str| {
            settings.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        };
        TraceSettings::read(&lookup, InFile::default())
    }

    #[test]
    fn nothing_is_traced_and_nothing_said_goes_along_unless_somebody_asks() {
        assert_eq!(read(&[]).unwrap(), TraceSettings::default());
        let open = read(&[(ENDPOINT, "http://localhost:4318"), (CAPTURE, "SPAN_ONLY")]).unwrap();
        assert!(open.destination.is_some() && open.content);
        let file =
            read(&[(TRACES, "file:/t.jsonl"), (CAPTURE, "NO_CONTENT"), (RUNS, "masked")]).unwrap();
        assert_eq!(file.destination, Some(Destination::File("/t.jsonl".into())));
        assert_eq!((file.content, file.runs), (false, KeepRuns::Masked));
        assert!(!read(&[(CAPTURE, "SPAN_ONLY"), (CONTENT, "off")]).unwrap().content);
        for (name, value) in [(TRACES, "here"), (CONTENT, "maybe"), (RUNS, "some")] {
            let refused = read(&[(name, value)]).unwrap_err().to_string();
            assert!(refused.contains(name) && refused.contains(value), "{refused}");
        }
    }

    #[test]
    fn secrets_are_not_shown() {
        let settings = [(TRACES, "http://h:4318"), (HEADERS, "x-key=tiger"), (MASK_KEY, "lion")];
        let shown = format!("{:?}", read(&settings).unwrap());
        assert!(!shown.contains("tiger") && !shown.contains("lion"), "{shown}");
    }
}
