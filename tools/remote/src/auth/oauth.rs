//! Tokens of an OAuth client: asked for once, kept until shortly before they end.

use std::time::Duration;

use futures::StreamExt as _;
use serde::Deserialize;
use tokio::{sync::Mutex, time::Instant};

use super::{AuthError, OAuth, Secret};

/// A token is renewed so long before it ends: a request takes time to arrive.
const EARLY: Duration = Duration::from_secs(30);
/// How long a token holds whose answer does not say.
const DEFAULT_LIFE: Duration = Duration::from_mins(5);
/// Bytes of a token endpoint's answer that are read.
const ANSWER_BYTES: usize = 64 * 1024;
/// The longest time for an answer of the token endpoint.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The tokens of one client.
#[derive(Debug)]
pub(crate) struct Tokens {
    http: reqwest::Client,
    settings: OAuth,
    held: Mutex<Option<(Secret, Instant)>>,
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    #[serde(default)]
    token_type: Option<String>,
    #[serde(default)]
    expires_in: Option<u64>,
}

impl Tokens {
    pub(crate) fn new(http: reqwest::Client, settings: OAuth) -> Self {
        Self { http, settings, held: Mutex::new(None) }
    }

    /// A token that still holds. Requests that need one at the same time wait for the same answer.
    pub(crate) async fn current(&self) -> Result<String, AuthError> {
        let mut held = self.held.lock().await;
        if let Some((token, until)) = &*held
            && Instant::now() < *until
        {
            return Ok(token.reveal().to_owned());
        }
        let granted = self.ask().await?;
        let life = granted.expires_in.map_or(DEFAULT_LIFE, Duration::from_secs);
        let until = Instant::now() + life.saturating_sub(EARLY);
        *held = Some((Secret::new(granted.access_token.clone()), until));
        Ok(granted.access_token)
    }

    /// Forgets the token; whether there was one.
    pub(crate) async fn forget(&self) -> bool {
        self.held.lock().await.take().is_some()
    }

    async fn ask(&self) -> Result<Granted, AuthError> {
        let settings = &self.settings;
        let mut form = vec![("grant_type", "client_credentials")];
        form.extend(settings.scope.as_deref().map(|scope| ("scope", scope)));
        form.extend(settings.resource.as_deref().map(|resource| ("resource", resource)));
        let asked = self
            .http
            .post(&settings.token_url)
            .basic_auth(&settings.client_id, Some(settings.client_secret.reveal()))
            .header(http::header::ACCEPT, "application/json")
            .timeout(TIMEOUT)
            .form(&form)
            .send();
        // Errors of the client name the address alone; the answer's text may repeat what was sent, so it is not shown.
        let answer = asked.await.map_err(|error| AuthError::Token(error.to_string()))?;
        let status = answer.status();
        if !status.is_success() {
            return Err(AuthError::Token(format!("the token endpoint answered {status}")));
        }
        let mut body = Vec::new();
        let mut parts = answer.bytes_stream();
        while let Some(part) = parts.next().await {
            body.extend_from_slice(&part.map_err(|error| AuthError::Token(error.to_string()))?);
            if body.len() > ANSWER_BYTES {
                return Err(AuthError::Token("the token endpoint's answer is too long".to_owned()));
            }
        }
        let granted: Granted = serde_json::from_slice(&body).map_err(|_| {
            AuthError::Token("the token endpoint's answer holds no token".to_owned())
        })?;
        let kind = granted.token_type.as_deref().unwrap_or("Bearer");
        if !kind.eq_ignore_ascii_case("bearer") {
            return Err(AuthError::Token("the token endpoint gave no bearer token".to_owned()));
        }
        Ok(granted)
    }
}
