//! The models behind the agents, as the settings name them.

use std::{fs, io, path::PathBuf, sync::Arc};

use wherefore_model::{ChatModel, Prices};
use wherefore_offline::OfflineModel;
use wherefore_providers::{ConnectError, ModelChoice, connect};

use crate::config::Config;

/// A model could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum ModelSetupError {
    #[error(transparent)]
    Connect(#[from] ConnectError),
    #[error("`{0}`")]
    Unknown(String),
    #[error("the file of model prices `{}` could not be read", .path.display())]
    PricesUnreadable {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("the file of model prices{} is not valid", .path.as_ref().map_or_else(String::new, |path| format!(" `{}`", path.display())))]
    Prices {
        /// `None` for the built-in one.
        path: Option<PathBuf>,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// The model of the settings.
///
/// # Errors
/// When the settings do not describe one; nothing is sent yet.
pub async fn model(config: &Config) -> Result<Arc<dyn ChatModel>, ModelSetupError> {
    of_choice(config, &config.model.choice).await
}

/// The model of a role: `setting` is written like `WHEREFORE_MODEL`, everything else is as the settings say.
///
/// # Errors
/// When it names no model, or one that cannot be set up.
pub async fn of_setting(
    config: &Config,
    setting: &str,
) -> Result<Arc<dyn ChatModel>, ModelSetupError> {
    let choice: ModelChoice = setting.parse().map_err(ModelSetupError::Unknown)?;
    of_choice(config, &choice).await
}

/// The rules that need no language model, and answer when a language model cannot.
#[must_use]
pub fn rules(config: &Config) -> Arc<dyn ChatModel> {
    Arc::new(OfflineModel::with_fiscal_start(config.fiscal_start))
}

/// The prices of the settings.
///
/// # Errors
/// When their file cannot be read.
pub fn prices(config: &Config) -> Result<Prices, ModelSetupError> {
    let Some(path) = config.model.prices.clone() else {
        return Prices::built_in().map_err(|source| invalid(None, source));
    };
    let text = fs::read_to_string(&path)
        .map_err(|source| ModelSetupError::PricesUnreadable { path: path.clone(), source })?;
    Prices::parse(&text).map_err(|source| invalid(Some(path), source))
}

fn invalid(
    path: Option<PathBuf>,
    source: impl std::error::Error + Send + Sync + 'static,
) -> ModelSetupError {
    ModelSetupError::Prices { path, source: Box::new(source) }
}

async fn of_choice(
    config: &Config,
    choice: &ModelChoice,
) -> Result<Arc<dyn ChatModel>, ModelSetupError> {
    match choice {
        ModelChoice::Offline => Ok(rules(config)),
        ModelChoice::Bedrock(_) | ModelChoice::OpenAi(_) => {
            // Programs that start at once must not wait alike.
            let seed = std::process::id().into();
            Ok(connect(choice, &config.model.options, &prices(config)?, seed).await?)
        }
    }
}
