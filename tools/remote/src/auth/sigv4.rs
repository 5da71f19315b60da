//! Signs requests as AWS asks for (Signature Version 4), with credentials that are kept until shortly before they end.

use std::{
    fmt,
    time::{Duration, SystemTime},
};

use aws_config::BehaviorVersion;
use aws_credential_types::{
    Credentials,
    provider::{ProvideCredentials as _, SharedCredentialsProvider},
};
use aws_sigv4::{
    http_request::{SignableBody, SignableRequest, SigningSettings, sign},
    sign::v4,
};
use http::{HeaderName, HeaderValue, Uri};
use tokio::sync::Mutex;

use super::{AuthError, Clock, SigV4};
use crate::settings::Outside;

/// Credentials are asked for again so long before they end.
const EARLY: Duration = Duration::from_mins(5);
/// How long credentials without an end are kept: they may have been changed where they stand.
const KEPT: Duration = Duration::from_mins(15);

/// Signs for one service in one region.
pub(crate) struct Signer {
    settings: SigV4,
    clock: Clock,
    held: Mutex<Held>,
}

struct Held {
    provider: Option<SharedCredentialsProvider>,
    credentials: Option<(Credentials, SystemTime)>,
}

impl fmt::Debug for Signer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Signer").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Signer {
    pub(crate) fn new(settings: SigV4, outside: &Outside) -> Self {
        let held = Held { provider: outside.credentials.clone(), credentials: None };
        Self { settings, clock: outside.clock.clone(), held: Mutex::new(held) }
    }

    /// The headers that sign a request with this body: host and date are covered, as is the session token where there is
    /// one.
    pub(crate) async fn sign(
        &self,
        method: &'static str,
        uri: &str,
        body: &[u8],
    ) -> Result<Vec<(HeaderName, HeaderValue)>, AuthError> {
        let now = (self.clock)();
        let identity = self.credentials(now).await?.into();
        let problem = |error: &dyn std::error::Error| AuthError::Signature(error.to_string());
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.settings.region)
            .name(&self.settings.service)
            .time(now)
            .settings(SigningSettings::default())
            .build()
            .map_err(|error| problem(&error))?
            .into();
        let host = host_of(uri)?;
        let headers = std::iter::once(("host", host.as_str()));
        let request = SignableRequest::new(method, uri, headers, SignableBody::Bytes(body))
            .map_err(|error| problem(&error))?;
        let (signed, _) = sign(request, &parameters).map_err(|error| problem(&error))?.into_parts();
        signed
            .headers()
            .map(|(name, value)| {
                let name = HeaderName::try_from(name).map_err(|error| problem(&error))?;
                let mut value = HeaderValue::try_from(value).map_err(|error| problem(&error))?;
                value.set_sensitive(true);
                Ok((name, value))
            })
            .collect()
    }

    async fn credentials(&self, now: SystemTime) -> Result<Credentials, AuthError> {
        let mut held = self.held.lock().await;
        if let Some((credentials, until)) = &held.credentials
            && now < *until
        {
            return Ok(credentials.clone());
        }
        let provider = if let Some(provider) = &held.provider {
            provider.clone()
        } else {
            let loaded = aws_config::defaults(BehaviorVersion::latest()).load().await;
            let none = || AuthError::Signature("there are no AWS credentials".to_owned());
            held.provider.insert(loaded.credentials_provider().ok_or_else(none)?).clone()
        };
        let credentials = provider
            .provide_credentials()
            .await
            .map_err(|error| AuthError::Signature(format!("no AWS credentials: {error}")))?;
        let until = credentials
            .expiry()
            .map_or(now + KEPT, |expiry| expiry.checked_sub(EARLY).unwrap_or(expiry));
        held.credentials = Some((credentials.clone(), until));
        Ok(credentials)
    }
}

// As the HTTP client writes it: without the port that the scheme has anyway.
fn host_of(uri: &str) -> Result<String, AuthError> {
    let malformed = || AuthError::Signature(format!("`{uri}` has no host"));
    let uri: Uri = uri.parse().map_err(|_| malformed())?;
    let authority = uri.authority().ok_or_else(malformed)?;
    let usual = match uri.scheme_str() {
        Some("https") => 443,
        _ => 80,
    };
    Ok(match authority.port_u16().filter(|port| *port != usual) {
        Some(port) => format!("{}:{port}", authority.host()),
        None => authority.host().to_owned(),
    })
}
