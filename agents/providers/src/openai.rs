//! Chat completions at OpenAI or any endpoint that speaks like it: vLLM, Ollama, llama.cpp, gateways.

mod assembly;
mod failure;
mod reply;
mod request;
mod stream;

use std::time::Duration;

use futures::{FutureExt as _, future::BoxFuture};
use reqwest::{
    Client, Response,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
};
use wherefore_model::{ChatModel, ModelError, ModelRequest, Price, Prices, Reply};

pub(crate) use self::failure::says_too_long;
use self::reply::Reading;
use crate::{
    causes,
    names::Names,
    setting::{ConnectError, LimitField, ModelChoice, ModelOptions},
};

const OPENAI: &str = "https://api.openai.com/v1";
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// The most bytes of one reply that are read: far more than any model's longest.
const BYTES_LIMIT: usize = 8 << 20;

/// A model at an OpenAI-compatible endpoint.
#[derive(Debug)]
pub struct OpenAi {
    client: Client,
    address: String,
    model: String,
    limit_field: &'static str,
    options: ModelOptions,
    price: Option<Price>,
}

impl OpenAi {
    /// A client of the endpoint in `options`, or of OpenAI's own.
    ///
    /// # Errors
    /// When the address or a header cannot be used.
    pub fn connect(
        model: &str,
        options: &ModelOptions,
        prices: &Prices,
    ) -> Result<Self, ConnectError> {
        let choice = ModelChoice::OpenAi(model.to_owned());
        let base = options.url.as_deref().unwrap_or(OPENAI).trim_end_matches('/');
        let base = base.strip_suffix("/chat/completions").unwrap_or(base);
        let address = format!("{base}/chat/completions");
        let is_address = reqwest::Url::parse(&address)
            .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        if !is_address {
            return Err(ConnectError::Address { choice, url: base.to_owned() });
        }
        let is_own = options.url.is_none() || base == OPENAI;
        let limit_field = match options.limit_field {
            LimitField::MaxTokens => "max_tokens",
            LimitField::Auto if !is_own => "max_tokens",
            LimitField::Auto | LimitField::MaxCompletionTokens => "max_completion_tokens",
        };
        let client = Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(options.timeout)
            // A key must not follow a redirect to another host.
            .redirect(reqwest::redirect::Policy::none())
            .default_headers(headers(&choice, options)?)
            .build()
            .map_err(|source| ConnectError::Client { choice, source: Box::new(source) })?;
        Ok(Self {
            client,
            address,
            model: model.to_owned(),
            limit_field,
            options: options.clone(),
            price: prices.of(model).cloned(),
        })
    }

    /// Where calls go.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    async fn exchange(&self, request: &ModelRequest<'_>) -> Result<Reply, ModelError> {
        let body = request::body(request, &self.model, self.limit_field, &self.options);
        let names = Names::of(request.tools);
        let reading = Reading {
            model: &self.model,
            names: &names,
            turn: request.messages.len(),
            asked_bytes: body.len(),
        };
        let sent = self.client.post(&self.address).header(CONTENT_TYPE, "application/json");
        let response = sent
            .body(body)
            .send()
            .await
            .map_err(|error| failure::of_transport(&self.model, self.options.timeout, error))?;
        let status = response.status();
        if !status.is_success() {
            let wait = failure::wait(response.headers());
            // What a broken error says is lost; its status counts.
            let body = whole(response).await.unwrap_or_default();
            return Err(failure::of_status(&reading, status.as_u16(), &body, wait));
        }
        // Some servers ignore `stream` and answer at once.
        let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let is_stream = kind.is_some_and(|kind| kind.contains("event-stream"))
            || (self.options.stream && !kind.is_some_and(|kind| kind.contains("json")));
        if is_stream {
            return stream::read(response.bytes_stream(), &reading).await;
        }
        let body = whole(response).await.map_err(|problem| match problem {
            Unread::Broken(error) => {
                ModelError::Cut { model: self.model.clone(), reason: causes::in_line(&error) }
            }
            Unread::TooLong => reading.malformed("it is longer than any model's"),
        })?;
        reply::of_body(&body, &reading)
    }
}

enum Unread {
    Broken(reqwest::Error),
    TooLong,
}

async fn whole(mut response: Response) -> Result<Vec<u8>, Unread> {
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await.map_err(Unread::Broken)? {
        if body.len() + part.len() > BYTES_LIMIT {
            return Err(Unread::TooLong);
        }
        body.extend_from_slice(&part);
    }
    Ok(body)
}

fn headers(choice: &ModelChoice, options: &ModelOptions) -> Result<HeaderMap, ConnectError> {
    let mut headers = HeaderMap::new();
    let refused =
        |name: &str| ConnectError::Header { choice: choice.clone(), name: name.to_owned() };
    let secret = |name: &str, value: &str| {
        let mut value = HeaderValue::from_str(value).map_err(|_| refused(name))?;
        value.set_sensitive(true);
        Ok(value)
    };
    if let Some(key) = &options.key {
        let value = secret("authorization", &format!("Bearer {}", key.expose()))?;
        headers.insert(AUTHORIZATION, value);
    }
    for (name, value) in &options.headers {
        let value = secret(name, value.expose())?;
        headers.insert(HeaderName::try_from(name.as_str()).map_err(|_| refused(name))?, value);
    }
    Ok(headers)
}

impl ChatModel for OpenAi {
    fn name(&self) -> &str {
        &self.model
    }

    fn provider(&self) -> &'static str {
        "openai"
    }

    fn context_tokens(&self) -> Option<u64> {
        self.options.context_tokens
    }

    fn max_output_tokens(&self) -> u64 {
        self.options.max_tokens.into()
    }

    fn price(&self) -> Option<&Price> {
        self.price.as_ref()
    }

    fn reply<'a>(&'a self, request: ModelRequest<'a>) -> BoxFuture<'a, Result<Reply, ModelError>> {
        async move {
            let limit = self.options.timeout;
            tokio::time::timeout(limit, self.exchange(&request))
                .await
                .unwrap_or_else(|_| Err(ModelError::Timeout { model: self.model.clone(), limit }))
        }
        .boxed()
    }
}
