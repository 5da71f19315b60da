//! Amazon Bedrock over Converse and ConverseStream.

mod body;
mod document;
mod failure;
mod prefix;
mod reply;
mod request;
mod stream;

use std::time::Duration;

use aws_config::{BehaviorVersion, Region, SdkConfig, timeout::TimeoutConfig};
use aws_credential_types::{
    credential_feature::AwsCredentialFeature, provider::ProvideCredentials as _,
};
use aws_sdk_bedrockruntime::{
    Client,
    config::{StalledStreamProtectionConfig, Token, retry::RetryConfig},
};
use aws_smithy_runtime_api::client::auth::http::HTTP_BEARER_AUTH_SCHEME_ID;
use futures::{FutureExt as _, future::BoxFuture};
use wherefore_model::{ChatModel, ModelError, ModelRequest, Price, Prices, Reply};

use self::{body::Body, prefix::Prefixes, request::Parts};
use crate::{
    causes,
    names::Names,
    setting::{ConnectError, ModelChoice, ModelOptions},
};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// A model of Amazon Bedrock.
#[derive(Debug)]
pub struct Bedrock {
    client: Client,
    model: String,
    options: ModelOptions,
    price: Option<Price>,
    prefixes: Prefixes,
}

impl Bedrock {
    /// A client with the credentials, region and endpoint that the AWS settings give, where `options` says nothing else.
    /// The SDK's own retries are off: [`crate::retry`] counts every attempt.
    ///
    /// # Errors
    /// When no region is set.
    pub async fn connect(
        model: &str,
        options: &ModelOptions,
        prices: &Prices,
    ) -> Result<Self, ConnectError> {
        let shared = shared(options).await;
        if shared.region().is_none() {
            return Err(ConnectError::NoRegion(ModelChoice::Bedrock(model.to_owned())));
        }
        let mut config = aws_sdk_bedrockruntime::config::Builder::from(&shared);
        if let Some(url) = &options.url {
            config = config.endpoint_url(url);
        }
        if let Some(key) = &options.key {
            config = config
                .bearer_token(Token::new(key.expose(), None))
                .auth_scheme_preference([HTTP_BEARER_AUTH_SCHEME_ID]);
        }
        Ok(Self {
            client: Client::from_conf(config.build()),
            model: model.to_owned(),
            options: options.clone(),
            price: prices.of(request::family(model)).cloned(),
            prefixes: Prefixes::default(),
        })
    }

    /// The region that calls go to.
    pub(crate) fn region(&self) -> String {
        self.client.config().region().map_or_else(String::new, ToString::to_string)
    }

    async fn exchange(&self, request: &ModelRequest<'_>) -> Result<Reply, ModelError> {
        let parts = Parts::of(request, &self.model, &self.options)?;
        let body = Body(self.prefixes.of(request, &self.model, self.options.caching));
        let names = Names::of(request.tools);
        let reading = reply::Reading {
            model: &self.model,
            names: &names,
            turn: request.messages.len(),
            asked_bytes: parts.bytes,
        };
        if self.options.stream {
            let call = self
                .client
                .converse_stream()
                .model_id(&self.model)
                .set_messages(Some(parts.messages))
                .set_guardrail_config(request::stream_guardrail(&self.options))
                .set_request_metadata(Some(parts.metadata))
                .inference_config(parts.inference)
                .customize()
                .interceptor(body);
            let output = call
                .send()
                .await
                .map_err(|error| failure::of_call(&self.model, self.options.timeout, error))?;
            stream::read(output.stream, &reading).await
        } else {
            let call = self
                .client
                .converse()
                .model_id(&self.model)
                .set_messages(Some(parts.messages))
                .set_guardrail_config(request::guardrail(&self.options))
                .set_request_metadata(Some(parts.metadata))
                .inference_config(parts.inference)
                .customize()
                .interceptor(body);
            let output = call
                .send()
                .await
                .map_err(|error| failure::of_call(&self.model, self.options.timeout, error))?;
            reply::of_output(&output, &reading)
        }
    }
}

/// What the AWS settings give, below what `options` say. The SDK's own retries are off.
async fn shared(options: &ModelOptions) -> SdkConfig {
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .retry_config(RetryConfig::disabled())
        // Thinking models may say nothing for longer than the SDK's grace; the bound of a reply stands around it all.
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .timeout_config(
            TimeoutConfig::builder()
                .connect_timeout(CONNECT_TIMEOUT)
                .operation_attempt_timeout(options.timeout)
                .operation_timeout(options.timeout)
                .build(),
        );
    if let Some(region) = &options.region {
        loader = loader.region(Region::new(region.clone()));
    }
    if let Some(profile) = &options.profile {
        loader = loader.profile_name(profile);
    }
    loader.load().await
}

/// Where the AWS credentials come from, or why there are none; never what they are.
pub(crate) async fn credentials(options: &ModelOptions) -> Result<String, String> {
    let shared = shared(options).await;
    let Some(provider) = shared.credentials_provider() else {
        return Err("the AWS settings name none".to_owned());
    };
    let found = provider.provide_credentials().await;
    let found = found.map_err(|error| causes::in_line(&error))?;
    let ways = found.get_property::<Vec<AwsCredentialFeature>>();
    let ways = ways.into_iter().flatten().map(|way| format!("{way:?}"));
    let ways: Vec<String> =
        ways.map(|way| way.trim_start_matches("Credentials").to_owned()).collect();
    Ok(if ways.is_empty() { "found".to_owned() } else { ways.join(", ") })
}

impl ChatModel for Bedrock {
    fn name(&self) -> &str {
        &self.model
    }

    fn provider(&self) -> &'static str {
        "aws.bedrock"
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
            // The SDK's own bound ends with the head of a streamed reply; this one covers its last event.
            tokio::time::timeout(limit, self.exchange(&request))
                .await
                .unwrap_or_else(|_| Err(ModelError::Timeout { model: self.model.clone(), limit }))
        }
        .boxed()
    }
}
