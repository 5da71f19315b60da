//! How requests to a server prove who we are: a bearer token, a token of an OAuth client, or a signature of AWS.

mod oauth;
mod sigv4;

use std::{collections::HashMap, fmt, io, sync::Arc, time::SystemTime};

use futures::stream::BoxStream;
use http::{HeaderName, HeaderValue};
use rmcp::{
    model::ClientJsonRpcMessage,
    transport::streamable_http_client::{
        SseError, StreamableHttpClient, StreamableHttpError, StreamableHttpPostResponse,
        StreamableHttpResponseLimits,
    },
};
use sse_stream::Sse;

use self::{oauth::Tokens, sigv4::Signer};
use crate::settings::Outside;

/// Tells the time by which requests are signed.
pub type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// Text that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps `text` out of every output.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("…")
    }
}

/// How requests are authorised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Auth {
    None,
    /// `Authorization: Bearer …`, the same token always.
    Bearer(Secret),
    OAuth(OAuth),
    SigV4(SigV4),
}

/// Client credentials of OAuth 2 (RFC 6749, 4.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuth {
    pub token_url: String,
    pub client_id: String,
    pub client_secret: Secret,
    /// Space-separated; `None` leaves it to the server.
    pub scope: Option<String>,
    /// The audience that is asked for (RFC 8707), where the server wants it named.
    pub resource: Option<String>,
}

/// A signature of AWS with the credentials of the usual chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SigV4 {
    pub region: String,
    /// `bedrock-agentcore` for a Gateway.
    pub service: String,
}

impl Auth {
    /// Addresses beside the server's own that are reached.
    pub(crate) fn addresses(&self) -> Option<&str> {
        match self {
            Self::OAuth(oauth) => Some(&oauth.token_url),
            Self::None | Self::Bearer(_) | Self::SigV4(_) => None,
        }
    }
}

type Headers = HashMap<HeaderName, HeaderValue>;
type HttpError = StreamableHttpError<reqwest::Error>;

/// A request could not be authorised.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AuthError {
    #[error("no token was given: {0}")]
    Token(String),
    #[error("the request could not be signed: {0}")]
    Signature(String),
}

impl From<AuthError> for HttpError {
    fn from(error: AuthError) -> Self {
        Self::Io(io::Error::other(error))
    }
}

#[derive(Debug)]
enum Proof {
    None,
    Token(Secret),
    Tokens(Tokens),
    Signature(Signer),
}

/// The HTTP client of one server: every request goes out authorised, none follows a redirect.
#[derive(Debug, Clone)]
pub(crate) struct AuthorisedHttp {
    http: reqwest::Client,
    proof: Arc<Proof>,
}

impl AuthorisedHttp {
    pub(crate) fn new(http: reqwest::Client, auth: &Auth, outside: &Outside) -> Self {
        let proof = match auth {
            Auth::None => Proof::None,
            Auth::Bearer(token) => Proof::Token(token.clone()),
            Auth::OAuth(oauth) => Proof::Tokens(Tokens::new(http.clone(), oauth.clone())),
            Auth::SigV4(settings) => Proof::Signature(Signer::new(settings.clone(), outside)),
        };
        Self { http, proof: Arc::new(proof) }
    }

    /// The bearer token, or the headers of a signature over `body`.
    async fn prove(
        &self,
        method: &'static str,
        uri: &str,
        body: &[u8],
        mut headers: Headers,
    ) -> Result<(Option<String>, Headers), AuthError> {
        match &*self.proof {
            Proof::None => Ok((None, headers)),
            Proof::Token(token) => Ok((Some(token.reveal().to_owned()), headers)),
            Proof::Tokens(tokens) => Ok((Some(tokens.current().await?), headers)),
            Proof::Signature(signer) => {
                headers.extend(signer.sign(method, uri, body).await?);
                Ok((None, headers))
            }
        }
    }

    /// Whether another token may be had after the server refused this one.
    async fn renew(&self) -> bool {
        match &*self.proof {
            Proof::Tokens(tokens) => tokens.forget().await,
            Proof::None | Proof::Token(_) | Proof::Signature(_) => false,
        }
    }
}

impl StreamableHttpClient for AuthorisedHttp {
    type Error = reqwest::Error;

    async fn post_message(
        &self,
        uri: Arc<str>,
        message: ClientJsonRpcMessage,
        session_id: Option<Arc<str>>,
        auth_header: Option<String>,
        custom_headers: Headers,
    ) -> Result<StreamableHttpPostResponse, HttpError> {
        let limits = StreamableHttpResponseLimits::default();
        self.post_message_with_response_limits(
            uri,
            message,
            session_id,
            auth_header,
            custom_headers,
            limits,
        )
        .await
    }

    async fn post_message_with_response_limits(
        &self,
        uri: Arc<str>,
        message: ClientJsonRpcMessage,
        session_id: Option<Arc<str>>,
        _auth_header: Option<String>,
        custom_headers: Headers,
        limits: StreamableHttpResponseLimits,
    ) -> Result<StreamableHttpPostResponse, HttpError> {
        // The same bytes that the client below writes: a signature covers them.
        let body = serde_json::to_vec(&message)?;
        let mut may_renew = true;
        loop {
            let (token, headers) = self.prove("POST", &uri, &body, custom_headers.clone()).await?;
            let sent = self.http.post_message_with_response_limits(
                Arc::clone(&uri),
                message.clone(),
                session_id.clone(),
                token,
                headers,
                limits,
            );
            match sent.await {
                Err(StreamableHttpError::AuthRequired(_)) if may_renew && self.renew().await => {
                    may_renew = false;
                }
                other => return other,
            }
        }
    }

    async fn delete_session(
        &self,
        uri: Arc<str>,
        session_id: Arc<str>,
        _auth_header: Option<String>,
        custom_headers: Headers,
    ) -> Result<(), HttpError> {
        let (token, headers) = self.prove("DELETE", &uri, &[], custom_headers).await?;
        self.http.delete_session(uri, session_id, token, headers).await
    }

    async fn get_stream(
        &self,
        uri: Arc<str>,
        session_id: Option<Arc<str>>,
        last_event_id: Option<String>,
        _auth_header: Option<String>,
        custom_headers: Headers,
    ) -> Result<BoxStream<'static, Result<Sse, SseError>>, HttpError> {
        let (token, headers) = self.prove("GET", &uri, &[], custom_headers).await?;
        self.http.get_stream(uri, session_id, last_event_id, token, headers).await
    }

    async fn get_stream_with_max_sse_event_size(
        &self,
        uri: Arc<str>,
        session_id: Option<Arc<str>>,
        last_event_id: Option<String>,
        _auth_header: Option<String>,
        custom_headers: Headers,
        max_sse_event_size: usize,
    ) -> Result<BoxStream<'static, Result<Sse, SseError>>, HttpError> {
        let (token, headers) = self.prove("GET", &uri, &[], custom_headers).await?;
        self.http
            .get_stream_with_max_sse_event_size(
                uri,
                session_id,
                last_event_id,
                token,
                headers,
                max_sse_event_size,
            )
            .await
    }
}
