//! What the settings say about a language model, and the model made of it.

use std::{collections::BTreeMap, str::FromStr, sync::Arc, time::Duration};

use wherefore_contract::Decimal;
use wherefore_model::{ChatModel, Prices};

use crate::{
    bedrock::Bedrock,
    openai::OpenAi,
    retry::{Patience, Patient},
};

/// Which model drives a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelChoice {
    /// Rules, no language model and no network.
    Offline,
    /// The id of a Bedrock model or inference profile, or the ARN of a profile.
    Bedrock(String),
    /// The name of a model at an OpenAI-compatible endpoint.
    OpenAi(String),
}

/// What [`ModelChoice`] expects, for messages.
pub const CHOICE_EXPECTED: &str =
    "offline, bedrock:<model id or inference profile> or openai:<model>";

impl FromStr for ModelChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("offline") {
            return Ok(Self::Offline);
        }
        let (kind, model) = text.split_once(':').unwrap_or((text, ""));
        let model = model.trim();
        let is_name = !model.is_empty() && !model.contains(char::is_whitespace);
        match kind.to_ascii_lowercase().as_str() {
            "bedrock" if is_name => Ok(Self::Bedrock(model.to_owned())),
            "openai" if is_name => Ok(Self::OpenAi(model.to_owned())),
            _ => Err(format!("`{text}` names no model; expected {CHOICE_EXPECTED}")),
        }
    }
}

impl std::fmt::Display for ModelChoice {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Offline => out.write_str("offline"),
            Self::Bedrock(model) => write!(out, "bedrock:{model}"),
            Self::OpenAi(model) => write!(out, "openai:{model}"),
        }
    }
}

/// A text that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Secret(…)")
    }
}

/// A guardrail that Bedrock applies to what goes in and what comes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guardrail {
    /// Its id or ARN.
    pub id: String,
    /// Its version, or `DRAFT`.
    pub version: String,
}

impl FromStr for Guardrail {
    type Err = String;

    /// `<id>`, whose version is `DRAFT`, or `<id>:<version>`. The id may be an ARN.
    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let is_version = |end: &str| {
            end == "DRAFT" || (!end.is_empty() && end.chars().all(|digit| digit.is_ascii_digit()))
        };
        let (id, version) = match text.rsplit_once(':') {
            Some((id, version)) if is_version(version) => (id, version),
            _ => (text, "DRAFT"),
        };
        if id.is_empty() || id.contains(char::is_whitespace) {
            return Err(format!("`{text}` is no guardrail; expected <id> or <id>:<version>"));
        }
        Ok(Self { id: id.to_owned(), version: version.to_owned() })
    }
}

/// Whether Bedrock is told where what it reads may be cached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Caching {
    /// For the families that document it: Claude behind tools and system, Nova behind system.
    #[default]
    Auto,
    On,
    Off,
}

impl FromStr for Caching {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().to_ascii_lowercase().as_str() {
            "auto" => Ok(Self::Auto),
            "on" | "true" => Ok(Self::On),
            "off" | "false" => Ok(Self::Off),
            _ => Err(format!("`{text}` is none of auto, on, off")),
        }
    }
}

/// What the field is called that bounds a reply at an OpenAI-compatible endpoint.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LimitField {
    /// `max_completion_tokens` at OpenAI itself, whose newer models refuse the other; `max_tokens` elsewhere, because
    /// many servers know only that.
    #[default]
    Auto,
    MaxTokens,
    MaxCompletionTokens,
}

impl FromStr for LimitField {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim() {
            "auto" => Ok(Self::Auto),
            "max_tokens" => Ok(Self::MaxTokens),
            "max_completion_tokens" => Ok(Self::MaxCompletionTokens),
            _ => Err(format!("`{text}` is none of auto, max_tokens, max_completion_tokens")),
        }
    }
}

/// How a language model is reached and asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelOptions {
    /// The endpoint; `None` is the provider's own. For OpenAI-compatible ones up to and with `/v1`.
    pub url: Option<String>,
    /// The key of an OpenAI-compatible endpoint, or a Bedrock API key; without one Bedrock takes the AWS credentials.
    pub key: Option<Secret>,
    /// The AWS region; `None` leaves it to the AWS settings.
    pub region: Option<String>,
    /// The AWS profile; `None` leaves it to the AWS settings.
    pub profile: Option<String>,
    /// Whether replies are streamed. Default yes: a cut or hanging reply shows sooner.
    pub stream: bool,
    /// The most tokens of one reply. Default 4,096.
    pub max_tokens: u32,
    /// `None` leaves it to the model: some refuse to be told.
    pub temperature: Option<Decimal>,
    /// How many tokens a conversation with its reply may have; `None` leaves it to the model to refuse.
    pub context_tokens: Option<u64>,
    /// The longest that one reply may take, retries not counted. Default 60 s.
    pub timeout: Duration,
    pub guardrail: Option<Guardrail>,
    pub caching: Caching,
    /// Calls that run at once; more wait. Default 16.
    pub concurrency: usize,
    /// Further headers for an OpenAI-compatible endpoint, such as a gateway's project.
    pub headers: BTreeMap<String, Secret>,
    pub limit_field: LimitField,
    /// Whether an OpenAI-compatible model gets its reasoning back in the next turn: some need it, some refuse it.
    pub echo_reasoning: bool,
    /// Labels of every Bedrock call, for the invocation log: at most 16.
    pub metadata: BTreeMap<String, String>,
}

impl Default for ModelOptions {
    fn default() -> Self {
        Self {
            url: None,
            key: None,
            region: None,
            profile: None,
            stream: true,
            max_tokens: 4096,
            temperature: None,
            context_tokens: None,
            timeout: Duration::from_mins(1),
            guardrail: None,
            caching: Caching::Auto,
            concurrency: 16,
            headers: BTreeMap::new(),
            limit_field: LimitField::Auto,
            echo_reasoning: false,
            metadata: BTreeMap::new(),
        }
    }
}

/// A language model could not be set up. Nothing was sent yet.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    #[error("`{0}` is not a language model")]
    Offline(ModelChoice),
    #[error("no AWS region is set for `{0}`: set WHEREFORE_MODEL_REGION or AWS_REGION")]
    NoRegion(ModelChoice),
    #[error("the HTTP client for `{choice}` could not be made")]
    Client {
        choice: ModelChoice,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    #[error("`{name}` cannot be a header of requests to `{choice}`")]
    Header { choice: ModelChoice, name: String },
    #[error("`{url}` is no address for `{choice}`; expected one such as http://localhost:8000/v1")]
    Address { choice: ModelChoice, url: String },
}

/// The model of a choice, with retries and a bound on calls at once around it. `seed` spreads the waits between retries.
///
/// # Errors
/// When the settings do not describe a model; no call is made.
pub async fn connect(
    choice: &ModelChoice,
    options: &ModelOptions,
    prices: &Prices,
    seed: u64,
) -> Result<Arc<dyn ChatModel>, ConnectError> {
    let model = connect_bare(choice, options, prices).await?;
    let patience = Patience { concurrency: options.concurrency, ..Patience::default() };
    Ok(Arc::new(Patient::new(model, patience, seed)))
}

/// The same without retries, for probes that want to see each failure.
///
/// # Errors
/// Like [`connect`].
pub async fn connect_bare(
    choice: &ModelChoice,
    options: &ModelOptions,
    prices: &Prices,
) -> Result<Arc<dyn ChatModel>, ConnectError> {
    Ok(match choice {
        ModelChoice::Offline => return Err(ConnectError::Offline(choice.clone())),
        ModelChoice::Bedrock(model) => Arc::new(Bedrock::connect(model, options, prices).await?),
        ModelChoice::OpenAi(model) => Arc::new(OpenAi::connect(model, options, prices)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_named_by_its_provider_and_id() {
        let arn = "bedrock:arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.x";
        for text in ["offline", "bedrock:us.anthropic.claude-x:0", "openai:qwen3:32b", arn] {
            let choice: ModelChoice = text.parse().unwrap();
            assert_eq!(choice.to_string(), text);
        }
        assert_eq!(
            " OpenAI: gpt-x ".parse::<ModelChoice>().unwrap(),
            ModelChoice::OpenAi("gpt-x".to_owned())
        );
        for text in ["", "bedrock", "openai:", "anthropic:claude", "openai:two words"] {
            assert!(text.parse::<ModelChoice>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_guardrail_may_be_an_arn_and_have_a_version() {
        let read = |text: &str| {
            text.parse::<Guardrail>().map(|guardrail| (guardrail.id, guardrail.version))
        };
        let arn = "arn:aws:bedrock:us-east-1:123456789012:guardrail/abc";
        assert_eq!(read("abc"), Ok(("abc".to_owned(), "DRAFT".to_owned())));
        assert_eq!(read("abc:3"), Ok(("abc".to_owned(), "3".to_owned())));
        assert_eq!(read(&format!("{arn}:DRAFT")), Ok((arn.to_owned(), "DRAFT".to_owned())));
        assert_eq!(read(arn), Ok((arn.to_owned(), "DRAFT".to_owned())));
        assert!(read(":1").is_err());
    }

    #[test]
    fn a_secret_is_never_shown() {
        let options = ModelOptions {
            key: Some(Secret::new("sk-hidden".to_owned())),
            ..ModelOptions::default()
        };
        assert!(!format!("{options:?}").contains("hidden"));
    }
}
