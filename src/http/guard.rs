//! What every request passes and every reply carries: Host and Origin checks, and the headers that bind the page.

use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
        header::{
            CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, ORIGIN, REFERRER_POLICY,
            X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
        },
    },
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::problem::{self, Problem};
use crate::app::App;

/// The page may run its own script, use its own style, show its own images and talk to its own server.
pub const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const LOOPBACK: &[&str] = &["localhost", "127.0.0.1", "[::1]"];

/// Refuses requests that name another host or come from another site's page. A page of an attacker whose name was made
/// to resolve to this machine (DNS rebinding) sends its own name as Host.
pub(super) async fn check(State(app): State<App>, request: Request, next: Next) -> Response {
    match refusal(
        request.headers(),
        request.uri().authority().map(axum::http::uri::Authority::as_str),
        &app.allowed_hosts,
    ) {
        Some(problem) => problem.into_response(),
        None => next.run(request).await,
    }
}

fn refusal(headers: &HeaderMap, authority: Option<&str>, allowed: &[String]) -> Option<Problem> {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).or(authority).unwrap_or("");
    if headers.get_all(HOST).iter().count() > 1 || !is_ours(host, allowed) {
        return Some(Problem::ForeignHost { host: problem::shown(host) });
    }
    // A page of another site may link here, but may not make the program work by naming it as its picture.
    let fetch = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if fetch("sec-fetch-site") == Some("cross-site") && fetch("sec-fetch-mode") != Some("navigate")
    {
        return Some(Problem::ForeignOrigin { origin: "another site".to_owned() });
    }
    let origin = headers.get(ORIGIN)?;
    let origin = origin.to_str().unwrap_or("");
    let named = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    // The port counts too: another program on this machine is another site.
    let is_same = named.is_some_and(|name| name.eq_ignore_ascii_case(host));
    (!is_same).then(|| Problem::ForeignOrigin { origin: problem::shown(origin) })
}

/// Whether a Host header names this program: loopback or a configured name, with any port.
fn is_ours(host: &str, allowed: &[String]) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.to_ascii_lowercase();
    LOOPBACK.contains(&name.as_str()) || allowed.contains(&name)
}

/// Puts the binding headers on every reply.
pub(super) async fn bind(request: Request, next: Next) -> Response {
    let is_preflight = request.method() == Method::OPTIONS;
    let mut reply = next.run(request).await;
    if is_preflight && reply.status() == StatusCode::OK {
        *reply.status_mut() = StatusCode::NO_CONTENT;
    }
    let headers = reply.headers_mut();
    // A document of its own kind brings its own.
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(CONTENT_POLICY));
    let mut put = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    put(X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(X_FRAME_OPTIONS, "DENY");
    put(REFERRER_POLICY, "no-referrer");
    put(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    put(HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()");
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    reply
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(host: &'static str, origin: Option<&'static str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_static(host));
        if let Some(origin) = origin {
            headers.insert(ORIGIN, HeaderValue::from_static(origin));
        }
        headers
    }

    #[test]
    fn only_our_own_names_are_served() {
        let allowed = ["costs.example.com".to_owned()];
        for host in
            ["localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:80", "[::1]", "costs.example.com"]
        {
            assert!(refusal(&headers(host, None), None, &allowed).is_none(), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example:80",
            "example.com",
            "localhost:x",
        ] {
            assert!(refusal(&headers(host, None), None, &allowed).is_some(), "{host}");
        }
    }

    #[test]
    fn pages_of_other_sites_are_refused() {
        let host = "127.0.0.1:8080";
        assert!(refusal(&headers(host, Some("http://127.0.0.1:8080")), None, &[]).is_none());
        for origin in [
            "null",
            "http://evil.example",
            "http://127.0.0.1:3000",
            "file://",
            "https://127.0.0.1:8080.evil.example",
        ] {
            assert!(refusal(&headers(host, Some(origin)), None, &[]).is_some(), "{origin}");
        }
    }
}
