//! Servers that want to know who asks.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU32, Ordering},
};

use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
    routing::post,
};
use sha2::{Digest as _, Sha256};
use tokio::net::TcpListener;
use wherefore_contract::{ports::ToolCaller as _, tool::ToolOutcome};
use wherefore_remote::{Auth, OAuth, Secret, Servers, SigV4};

use crate::fake::{Own, Seen, call, outside, over_http, servers, start};

async fn is_served(servers: &Servers) -> bool {
    let own = Own::new();
    let toolbox = servers.beside(&own).await;
    matches!(toolbox.call(&call("logs__rows")).await, ToolOutcome::Data { .. })
}

fn unauthorised() -> Response {
    (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")]).into_response()
}

#[tokio::test]
async fn a_bearer_token_goes_with_every_request_and_into_no_output() {
    let seen = Arc::new(Seen::default());
    let url = start(&seen, |request: Request, next: Next| async move {
        let given =
            request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        if given == Some("Bearer secret-token") { next.run(request).await } else { unauthorised() }
    })
    .await;
    let bearer = Auth::Bearer(Secret::new("secret-token"));
    let settings = over_http(&url, bearer, &["rows"]);
    assert!(!format!("{settings:?}").contains("secret-token"));
    assert!(is_served(&servers(settings)).await);
    let wrong = servers(over_http(&url, Auth::Bearer(Secret::new("other-token")), &["rows"]));
    let problem = wrong.look().await.remove(0).tools.unwrap_err();
    assert!(!problem.contains("other-token"), "{problem}");
}

#[tokio::test]
async fn a_token_of_an_oauth_client_is_asked_for_once_and_again_when_it_is_refused() {
    let granted = Arc::new(AtomicU32::new(0));
    let forms = Arc::new(Mutex::new(Vec::new()));
    let (counted, heard) = (Arc::clone(&granted), Arc::clone(&forms));
    let tokens = axum::Router::new().route(
        "/token",
        post(move |headers: HeaderMap, form: String| async move {
            let basic = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
            // "client:secret" in base64.
            if basic != Some("Basic Y2xpZW50OnNlY3JldA==") {
                return StatusCode::UNAUTHORIZED.into_response();
            }
            heard.lock().unwrap().push(form);
            let number = counted.fetch_add(1, Ordering::SeqCst) + 1;
            axum::Json(serde_json::json!({"access_token": format!("t{number}"), "token_type": "Bearer", "expires_in": 3600}))
                .into_response()
        }),
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let token_url = format!("http://{}/token", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, tokens).await.unwrap() });

    let valid = Arc::new(Mutex::new("Bearer t1".to_owned()));
    let seen = Arc::new(Seen::default());
    let now_valid = Arc::clone(&valid);
    let url = start(&seen, move |request: Request, next: Next| {
        let expected = now_valid.lock().unwrap().clone();
        async move {
            let given =
                request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
            if given == Some(expected.as_str()) { next.run(request).await } else { unauthorised() }
        }
    })
    .await;
    let oauth = |secret: &str| {
        Auth::OAuth(OAuth {
            token_url: token_url.clone(),
            client_id: "client".to_owned(),
            client_secret: Secret::new(secret),
            scope: Some("gateway/read".to_owned()),
            resource: None,
        })
    };
    let servers_of = |secret: &str| servers(over_http(&url, oauth(secret), &["rows"]));
    let good = servers_of("secret");
    assert!(is_served(&good).await && is_served(&good).await);
    assert_eq!(granted.load(Ordering::SeqCst), 1);
    assert_eq!(forms.lock().unwrap()[0], "grant_type=client_credentials&scope=gateway%2Fread");
    "Bearer t2".clone_into(&mut valid.lock().unwrap());
    assert!(is_served(&good).await);
    assert_eq!(granted.load(Ordering::SeqCst), 2);
    let problem = servers_of("wrong").look().await.remove(0).tools.unwrap_err();
    assert!(problem.contains("401") && !problem.contains("wrong"), "{problem}");
}

fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", "very-secret", Some("session".to_owned()), None, "test")
}

// Signed again as a server does, by what arrived.
fn signature_of(method: &str, host: &str, path: &str, body: &[u8]) -> String {
    use aws_sigv4::{
        http_request::{SignableBody, SignableRequest, SigningSettings, sign},
        sign::v4,
    };
    let identity = credentials().into();
    let parameters = v4::SigningParams::builder()
        .identity(&identity)
        .region("ap-northeast-2")
        .name("bedrock-agentcore")
        .time((outside().clock)())
        .settings(SigningSettings::default())
        .build()
        .unwrap()
        .into();
    let uri = format!("http://{host}{path}");
    let headers = std::iter::once(("host", host));
    let signable = SignableRequest::new(method, uri, headers, SignableBody::Bytes(body)).unwrap();
    let (signed, _) = sign(signable, &parameters).unwrap().into_parts();
    signed.headers().find(|(name, _)| *name == "authorization").unwrap().1.to_owned()
}

#[tokio::test]
async fn a_signature_covers_host_date_and_body() {
    let seen = Arc::new(Seen::default());
    let bodies = Arc::new(Mutex::new(Vec::<String>::new()));
    let kept = Arc::clone(&bodies);
    let url = start(&seen, move |request: Request, next: Next| {
        let kept = Arc::clone(&kept);
        async move {
            let (parts, body) = request.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            let text = |name: &str| {
                parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
            };
            let expected =
                signature_of(parts.method.as_str(), text("host"), parts.uri.path(), &body);
            let is_good =
                text("authorization") == expected && text("x-amz-security-token") == "session";
            kept.lock().unwrap().push(format!("{:x?}", Sha256::digest(&body)));
            if !is_good {
                return StatusCode::FORBIDDEN.into_response();
            }
            next.run(Request::from_parts(parts, Body::from(body))).await
        }
    })
    .await;
    let signed = Auth::SigV4(SigV4 {
        region: "ap-northeast-2".to_owned(),
        service: "bedrock-agentcore".to_owned(),
    });
    let mut with = outside();
    with.credentials = Some(SharedCredentialsProvider::new(credentials()));
    let servers = Servers::new(vec![over_http(&url, signed.clone(), &["rows"])], &with).unwrap();
    assert!(is_served(&servers).await);
    assert!(bodies.lock().unwrap().len() >= 3);

    let other = Credentials::new("AKIDEXAMPLE", "another-secret", None, None, "test");
    with.credentials = Some(SharedCredentialsProvider::new(other));
    let wrong = Servers::new(vec![over_http(&url, signed, &["rows"])], &with).unwrap();
    let problem = wrong.look().await.remove(0).tools.unwrap_err();
    assert!(!problem.contains("secret"), "{problem}");
}

#[tokio::test]
async fn a_redirect_is_never_followed() {
    let seen = Arc::new(Seen::default());
    let target = crate::fake::start_open(&seen).await;
    let redirecting = start(&Arc::new(Seen::default()), move |_request: Request, _next: Next| {
        let target = target.clone();
        async move { (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, target)]).into_response() }
    })
    .await;
    let servers = servers(over_http(&redirecting, Auth::Bearer(Secret::new("t")), &["rows"]));
    assert!(servers.look().await[0].tools.is_err());
    assert_eq!(seen.calls.load(Ordering::SeqCst), 0);
}
