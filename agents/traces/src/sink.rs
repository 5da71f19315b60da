//! Where exports go: a file with one request a line, or an OTLP/HTTP endpoint.

use std::{
    fmt,
    fs::{File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use reqwest::{
    StatusCode,
    header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER},
};
use tokio::runtime::Runtime;

/// The longest time that one request may take.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);
/// Waits between attempts: a receiver that is down for longer loses the batch.
const WAITS: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Where traces and metrics go.
#[derive(Clone, PartialEq, Eq)]
pub enum Destination {
    /// JSON lines as the file exporter of the OpenTelemetry Collector writes them, one export request a line; metrics stand
    /// in a second file, `traces.jsonl` beside `traces.metrics.jsonl`.
    File(PathBuf),
    /// The base of an OTLP/HTTP endpoint, e.g. `http://localhost:4318`: `/v1/traces` and `/v1/metrics` are added.
    Http { endpoint: String, headers: Vec<(String, String)> },
}

// Headers hold keys.
impl fmt::Debug for Destination {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => out.debug_tuple("File").field(path).finish(),
            Self::Http { endpoint, .. } => {
                out.debug_struct("Http").field("endpoint", endpoint).finish_non_exhaustive()
            }
        }
    }
}

/// A destination cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DestinationError {
    #[error("`{text}` is no destination of traces: expected `file:/path` or `http://host:4318`")]
    Unknown { text: String },
    #[error("headers of the traces' endpoint must be `name=value`, by comma")]
    Header,
    #[error("`{}` could not be opened for traces", .path.display())]
    File {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("the client of the traces' endpoint could not start")]
    Client(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Destination {
    /// Reads `file:/path` or `http(s)://…`; `headers` as in `OTEL_EXPORTER_OTLP_HEADERS`: `name=value` by comma, values
    /// percent-encoded.
    ///
    /// # Errors
    /// When the text is neither.
    pub fn parse(text: &str, headers: Option<&str>) -> Result<Self, DestinationError> {
        if let Some(path) = text.strip_prefix("file:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return Ok(Self::File(PathBuf::from(path)));
        }
        if !text.starts_with("http://") && !text.starts_with("https://") {
            return Err(DestinationError::Unknown { text: text.to_owned() });
        }
        let pairs = headers.unwrap_or_default().split(',').filter(|pair| !pair.trim().is_empty());
        let header = |pair: &str| {
            let (name, value) = pair.split_once('=').ok_or(DestinationError::Header)?;
            Ok((name.trim().to_owned(), decoded(value.trim())))
        };
        let headers = pairs.map(header).collect::<Result<_, DestinationError>>()?;
        Ok(Self::Http { endpoint: text.trim_end_matches('/').to_owned(), headers })
    }
}

// `%20` for a space; anything else stays.
fn decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.as_bytes().iter();
    while let Some(byte) = bytes.next() {
        let ahead = bytes.as_slice();
        let pair = ahead.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        let code =
            pair.filter(|_| *byte == b'%').and_then(|pair| u8::from_str_radix(pair, 16).ok());
        out.push(code.unwrap_or(*byte));
        if code.is_some() {
            bytes.nth(1);
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signal {
    Traces,
    Metrics,
}

/// One export request in both of its encodings; only the one that is needed is made.
pub(crate) trait Request {
    fn protobuf(&self) -> Vec<u8>;
    fn json(&self) -> serde_json::Result<String>;
}

/// An open destination. Called from the exporters' own threads, so it may block.
pub(crate) enum Sink {
    File(Mutex<File>),
    Http { runtime: Runtime, client: reqwest::Client, url: String, headers: HeaderMap },
}

impl fmt::Debug for Sink {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::File(_) => "File",
            Self::Http { .. } => "Http",
        })
    }
}

/// A batch could not be handed over.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SinkError {
    #[error("the file of traces could not be written")]
    File(#[from] io::Error),
    #[error("a batch could not be written as JSON")]
    Json(#[from] serde_json::Error),
    #[error("the endpoint could not be reached")]
    Unreachable(#[from] reqwest::Error),
    #[error("the endpoint refused a batch with status {0}")]
    Refused(StatusCode),
}

impl Sink {
    pub(crate) fn open(
        destination: &Destination,
        signal: Signal,
    ) -> Result<Self, DestinationError> {
        match destination {
            Destination::File(path) => {
                let path = match signal {
                    Signal::Traces => path.clone(),
                    Signal::Metrics => metrics_path(path),
                };
                let file = open(&path).map_err(|source| DestinationError::File { path, source })?;
                Ok(Self::File(Mutex::new(file)))
            }
            Destination::Http { endpoint, headers } => {
                let client = reqwest::Client::builder().timeout(REQUEST_TIMEOUT).build();
                let client = client.map_err(|error| DestinationError::Client(error.into()))?;
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                let runtime = runtime.map_err(|error| DestinationError::Client(error.into()))?;
                let place = match signal {
                    Signal::Traces => "v1/traces",
                    Signal::Metrics => "v1/metrics",
                };
                let url = format!("{endpoint}/{place}");
                Ok(Self::Http { runtime, client, url, headers: header_map(headers)? })
            }
        }
    }

    /// Hands over one request.
    pub(crate) fn send(&self, request: &impl Request) -> Result<(), SinkError> {
        match self {
            Self::File(file) => {
                let mut line = request.json()?;
                line.push('\n');
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(file.write_all(line.as_bytes())?)
            }
            Self::Http { runtime, client, url, headers } => {
                let body = request.protobuf();
                runtime.block_on(post(client, url, headers, body))
            }
        }
    }
}

async fn post(
    client: &reqwest::Client,
    url: &str,
    headers: &HeaderMap,
    body: Vec<u8>,
) -> Result<(), SinkError> {
    let mut waits = WAITS.iter();
    loop {
        let request = client
            .post(url)
            .headers(headers.clone())
            .header(CONTENT_TYPE, "application/x-protobuf")
            .body(body.clone());
        let (error, asked) = match request.send().await {
            Ok(reply) if reply.status().is_success() => return Ok(()),
            Ok(reply) => {
                let status = reply.status();
                // The statuses that OTLP calls retryable: opentelemetry.io/docs/specs/otlp/#failures-1.
                if !matches!(status.as_u16(), 429 | 502 | 503 | 504) {
                    return Err(SinkError::Refused(status));
                }
                let after = reply.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
                (SinkError::Refused(status), after.and_then(|text| text.parse().ok()))
            }
            Err(error) => (SinkError::Unreachable(error), None),
        };
        let Some(wait) = waits.next() else { return Err(error) };
        let wait = asked.map_or(*wait, Duration::from_secs).min(LONGEST_WAIT);
        tokio::time::sleep(wait).await;
    }
}

fn header_map(headers: &[(String, String)]) -> Result<HeaderMap, DestinationError> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let name = HeaderName::try_from(name.as_str()).map_err(|_| DestinationError::Header)?;
        let mut value =
            HeaderValue::try_from(value.as_str()).map_err(|_| DestinationError::Header)?;
        value.set_sensitive(true);
        map.insert(name, value);
    }
    Ok(map)
}

fn metrics_path(path: &Path) -> PathBuf {
    let extension = path.extension().map_or_else(|| "jsonl".into(), std::ffi::OsStr::to_os_string);
    let mut name = path.file_stem().unwrap_or_default().to_os_string();
    name.push(".metrics.");
    name.push(extension);
    path.with_file_name(name)
}

// Traces can hold what people said: the file is for its owner alone.
fn open(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_destination_is_a_file_or_an_endpoint() {
        let parse = |text| Destination::parse(text, Some("x-key=a%20b, y=c"));
        assert_eq!(parse("file:/t/a.jsonl").unwrap(), Destination::File("/t/a.jsonl".into()));
        assert_eq!(parse("file:///t/a.jsonl").unwrap(), Destination::File("/t/a.jsonl".into()));
        let headers =
            vec![("x-key".to_owned(), "a b".to_owned()), ("y".to_owned(), "c".to_owned())];
        let http = Destination::Http { endpoint: "http://localhost:4318".to_owned(), headers };
        assert!(!format!("{http:?}").contains("a b"), "headers hold keys");
        assert_eq!(parse("http://localhost:4318/").unwrap(), http);
        assert!(parse("localhost:4318").is_err());
        assert_eq!(metrics_path(Path::new("/t/a.jsonl")), Path::new("/t/a.metrics.jsonl"));
        assert_eq!(metrics_path(Path::new("/t/a")), Path::new("/t/a.metrics.jsonl"));
    }
}
