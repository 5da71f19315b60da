//! Texts from addresses outside, bounded in size and time; never followed elsewhere.

use std::{sync::Arc, time::Duration};

use futures::{FutureExt as _, StreamExt as _};

use crate::investigations::sns::Fetch;

const LIMIT_BYTES: usize = 64 * 1024;
const TIME: Duration = Duration::from_secs(10);

/// Fetches texts over HTTPS.
pub(super) fn text() -> Fetch {
    Arc::new(|address| async move { fetched(&address).await }.boxed())
}

async fn fetched(address: &str) -> Result<String, String> {
    let client = reqwest::Client::builder()
        .https_only(true)
        .timeout(TIME)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(|error| error.to_string())?;
    let reply = client.get(address).send().await.map_err(|error| error.to_string())?;
    if !reply.status().is_success() {
        return Err(format!("status {}", reply.status().as_u16()));
    }
    let mut bytes = Vec::new();
    let mut parts = reply.bytes_stream();
    while let Some(part) = parts.next().await {
        bytes.extend(part.map_err(|error| error.to_string())?);
        if bytes.len() > LIMIT_BYTES {
            return Err("it is too large".to_owned());
        }
    }
    String::from_utf8(bytes).map_err(|_| "it is no text".to_owned())
}
