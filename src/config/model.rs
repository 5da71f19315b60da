//! Settings of language models: which one, how it is reached, and what a question may spend on it.

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use serde::Deserialize;
use wherefore_contract::Decimal;
use wherefore_providers::{ModelChoice, ModelOptions, Secret};
use wherefore_team::Limits;

use super::ConfigError;

/// The settings of models, with the names that they have in the environment and what they are for.
pub const MODEL_SETTINGS: &[(&str, &str)] = &[
    (
        "WHEREFORE_MODEL",
        "offline (default: rules, no network), bedrock:<model id or inference profile> or openai:<model>",
    ),
    (
        "WHEREFORE_MODEL_URL",
        "endpoint of the model, e.g. http://localhost:8000/v1 (default the provider's own)",
    ),
    (
        "WHEREFORE_MODEL_KEY",
        "key of an OpenAI-compatible endpoint, or a Bedrock API key (default the AWS credentials); in the environment alone",
    ),
    ("WHEREFORE_MODEL_REGION", "AWS region of Bedrock (default what the AWS settings say)"),
    ("WHEREFORE_MODEL_PROFILE", "AWS profile for Bedrock (default what the AWS settings say)"),
    ("WHEREFORE_MODEL_STREAM", "whether replies are streamed: true (default) or false"),
    ("WHEREFORE_MODEL_MAX_TOKENS", "most tokens of one reply (default 4096)"),
    ("WHEREFORE_MODEL_TEMPERATURE", "0 to 2 (default what the model has; some refuse to be told)"),
    (
        "WHEREFORE_MODEL_CONTEXT_TOKENS",
        "tokens that a conversation with its reply may have; older results are read more shortly beyond it",
    ),
    ("WHEREFORE_MODEL_TIMEOUT_SECONDS", "longest time one reply may take (default 60)"),
    ("WHEREFORE_MODEL_GUARDRAIL", "Bedrock guardrail, <id or ARN> or with :<version> behind it"),
    (
        "WHEREFORE_MODEL_CACHE",
        "cache points for Bedrock: auto (default: models that document them), on or off",
    ),
    ("WHEREFORE_MODEL_CONCURRENCY", "model calls that run at once; more wait (default 16)"),
    (
        "WHEREFORE_MODEL_LIMIT_FIELD",
        "what an OpenAI-compatible endpoint calls the bound of a reply: auto (default), max_tokens or max_completion_tokens",
    ),
    (
        "WHEREFORE_MODEL_ECHO_REASONING",
        "whether an OpenAI-compatible model reads its own reasoning again: true or false (default)",
    ),
    ("WHEREFORE_MODEL_PRICES", "file of model prices that stands for the built-in one"),
    (
        "WHEREFORE_QUESTION_TOKENS",
        "tokens that one question may use, all agents together (default 500000)",
    ),
    (
        "WHEREFORE_QUESTION_USD",
        "US dollars that one question may cost, where prices are known (default no bound)",
    ),
];

/// What the settings say about models.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelSettings {
    pub choice: ModelChoice,
    pub options: ModelOptions,
    /// A file of prices that stands for the built-in one.
    pub prices: Option<PathBuf>,
    pub limits: Limits,
}

/// The keys of `wherefore.toml`. There is none for the key of an endpoint: secrets do not belong into files.
#[derive(Debug, Default, Deserialize)]
pub(super) struct ModelFile {
    model: Option<String>,
    model_url: Option<String>,
    model_region: Option<String>,
    model_profile: Option<String>,
    model_stream: Option<bool>,
    model_max_tokens: Option<u32>,
    model_temperature: Option<toml::Value>,
    model_context_tokens: Option<u64>,
    model_timeout_seconds: Option<u64>,
    model_guardrail: Option<String>,
    model_cache: Option<String>,
    model_concurrency: Option<usize>,
    model_limit_field: Option<String>,
    model_echo_reasoning: Option<bool>,
    model_prices: Option<String>,
    question_tokens: Option<u64>,
    question_usd: Option<toml::Value>,
    /// Headers of an OpenAI-compatible endpoint, each with the variable of the environment that holds its value.
    #[serde(default)]
    model_headers: BTreeMap<String, String>,
    /// Labels of every Bedrock call.
    #[serde(default)]
    model_metadata: BTreeMap<String, String>,
}

struct Sources<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
}

impl Sources<'_> {
    /// A setting of the environment, or else of the file.
    fn text(&self, name: &str, from_file: Option<impl ToString>) -> Option<String> {
        (self.lookup)(name)
            .filter(|text| !text.trim().is_empty())
            .or_else(|| from_file.map(|value| value.to_string()))
    }

    fn read<T: std::str::FromStr>(
        &self,
        (name, expected): (&'static str, &'static str),
        from_file: Option<impl ToString>,
        fits: impl Fn(&T) -> bool,
    ) -> Result<Option<T>, ConfigError> {
        let Some(value) = self.text(name, from_file) else { return Ok(None) };
        match value.trim().parse() {
            Ok(parsed) if fits(&parsed) => Ok(Some(parsed)),
            Ok(_) | Err(_) => Err(ConfigError::Invalid { name, value, expected }),
        }
    }
}

const TOKENS: &str = "a whole number of tokens, at least 1";

impl ModelSettings {
    pub(super) fn read(
        lookup: &dyn Fn(&str) -> Option<String>,
        file: ModelFile,
    ) -> Result<Self, ConfigError> {
        let from = Sources { lookup };
        let choice = ("WHEREFORE_MODEL", wherefore_providers::setting::CHOICE_EXPECTED);
        let defaults = Limits::default();
        let usd = ("WHEREFORE_QUESTION_USD", "an amount such as 0.50");
        let limits = Limits {
            tokens: from
                .read(("WHEREFORE_QUESTION_TOKENS", TOKENS), file.question_tokens, |n| *n > 0)?
                .or(defaults.tokens),
            money_usd: from
                .read(usd, plain(file.question_usd.as_ref()), |usd: &Decimal| *usd > Decimal::ZERO)?
                .or(defaults.money_usd),
            ..defaults
        };
        Ok(Self {
            choice: from
                .read(choice, file.model.as_ref(), |_| true)?
                .unwrap_or(ModelChoice::Offline),
            prices: from
                .text("WHEREFORE_MODEL_PRICES", file.model_prices.as_ref())
                .map(PathBuf::from),
            limits,
            options: options(&from, file)?,
        })
    }
}

fn options(from: &Sources<'_>, file: ModelFile) -> Result<ModelOptions, ConfigError> {
    let usual = ModelOptions::default();
    let flag = "true or false";
    let temperature = ("WHEREFORE_MODEL_TEMPERATURE", "a number from 0 to 2 such as 0.2");
    let seconds = ("WHEREFORE_MODEL_TIMEOUT_SECONDS", "whole seconds such as 60");
    let at_once = ("WHEREFORE_MODEL_CONCURRENCY", "a whole number such as 16");
    let field = ("WHEREFORE_MODEL_LIMIT_FIELD", "auto, max_tokens or max_completion_tokens");
    let secret =
        |name: &str| (from.lookup)(name).filter(|value| !value.is_empty()).map(Secret::new);
    let headers = file.model_headers.into_iter();
    Ok(ModelOptions {
        url: from.text("WHEREFORE_MODEL_URL", file.model_url),
        key: secret("WHEREFORE_MODEL_KEY"),
        region: from.text("WHEREFORE_MODEL_REGION", file.model_region),
        profile: from.text("WHEREFORE_MODEL_PROFILE", file.model_profile),
        stream: from
            .read(("WHEREFORE_MODEL_STREAM", flag), file.model_stream, |_| true)?
            .unwrap_or(usual.stream),
        max_tokens: from
            .read(("WHEREFORE_MODEL_MAX_TOKENS", TOKENS), file.model_max_tokens, |n| *n > 0)?
            .unwrap_or(usual.max_tokens),
        temperature: from.read(temperature, plain(file.model_temperature.as_ref()), |value| {
            (Decimal::ZERO..=Decimal::TWO).contains(value)
        })?,
        context_tokens: from.read(
            ("WHEREFORE_MODEL_CONTEXT_TOKENS", TOKENS),
            file.model_context_tokens,
            |n| *n > 0,
        )?,
        timeout: from
            .read(seconds, file.model_timeout_seconds, |n| *n > 0)?
            .map_or(usual.timeout, Duration::from_secs),
        guardrail: from.read(
            ("WHEREFORE_MODEL_GUARDRAIL", "<id or ARN> or <id or ARN>:<version>"),
            file.model_guardrail,
            |_| true,
        )?,
        caching: from
            .read(("WHEREFORE_MODEL_CACHE", "auto, on or off"), file.model_cache, |_| true)?
            .unwrap_or_default(),
        concurrency: from
            .read(at_once, file.model_concurrency, |n| *n > 0)?
            .unwrap_or(usual.concurrency),
        headers: headers.filter_map(|(name, variable)| Some((name, secret(&variable)?))).collect(),
        limit_field: from.read(field, file.model_limit_field, |_| true)?.unwrap_or_default(),
        echo_reasoning: from
            .read(("WHEREFORE_MODEL_ECHO_REASONING", flag), file.model_echo_reasoning, |_| true)?
            .unwrap_or(usual.echo_reasoning),
        metadata: file.model_metadata,
    })
}

// Numbers may stand with or without quotes.
fn plain(value: Option<&toml::Value>) -> Option<String> {
    value.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(settings: &[(&str, &str)], file: &str) -> Result<ModelSettings, ConfigError> {
        let lookup = |name: &str| {
            settings.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        };
        ModelSettings::read(&lookup, toml::from_str(file).unwrap())
    }

    #[test]
    fn without_settings_there_is_no_language_model() {
        let settings = read(&[], "").unwrap();
        assert_eq!(settings.choice, ModelChoice::Offline);
        assert_eq!(settings.options, ModelOptions::default());
    }

    #[test]
    fn the_environment_stands_above_the_file_and_holds_the_secrets() {
        let file = "model = \"bedrock:a\"\nmodel_temperature = 0.2\nquestion_usd = \"0.5\"\n\
                    model_stream = false\n[model_headers]\nx-project = \"PROJECT\"\nx-none = \"ABSENT\"\n";
        let settings = read(
            &[
                ("WHEREFORE_MODEL", "openai:b"),
                ("WHEREFORE_MODEL_KEY", "sk-hidden"),
                ("PROJECT", "hidden-too"),
                ("WHEREFORE_MODEL_CONTEXT_TOKENS", "8192"),
            ],
            file,
        )
        .unwrap();
        assert_eq!(settings.choice, ModelChoice::OpenAi("b".to_owned()));
        assert_eq!(settings.options.temperature.unwrap().to_string(), "0.2");
        assert_eq!(settings.options.context_tokens, Some(8192));
        assert!(!settings.options.stream);
        assert_eq!(settings.limits.money_usd.unwrap().to_string(), "0.5");
        let shown = format!("{settings:?}");
        assert!(!shown.contains("hidden") && shown.contains("x-project"), "{shown}");
        assert!(!shown.contains("x-none"), "{shown}");
    }

    #[test]
    fn a_value_that_cannot_be_used_is_named_with_what_is_expected() {
        let said =
            |name: &'static str, value: &str| read(&[(name, value)], "").unwrap_err().to_string();
        assert_eq!(
            said("WHEREFORE_MODEL", "claude"),
            "`WHEREFORE_MODEL` is `claude`; expected offline, bedrock:<model id or inference profile> or openai:<model>"
        );
        for (name, value) in [
            ("WHEREFORE_MODEL_TEMPERATURE", "2.5"),
            ("WHEREFORE_MODEL_CONCURRENCY", "0"),
            ("WHEREFORE_MODEL_CACHE", "maybe"),
            ("WHEREFORE_MODEL_TIMEOUT_SECONDS", "soon"),
            ("WHEREFORE_QUESTION_USD", "-1"),
        ] {
            assert!(said(name, value).contains(name), "{name}");
        }
    }
}
