//! What a caller hears when a tool cannot answer, by who can act on it.

use wherefore_contract::error::{Audience, StoreError};

/// Why a tool gives no figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The call failed; the message is for whoever chose the call.
    Failed(String),
    /// There is nothing to look in; the text says what was searched.
    NothingLoaded(String),
}

/// Turns a store's failure into what the caller may hear.
///
/// What a model can act on it hears word for word. What only an operator can act on goes to the log,
/// because it may hold statements and paths, and the model hears only that it failed.
pub(crate) fn refuse(error: &StoreError) -> Refusal {
    if let StoreError::Empty { .. } = error {
        return Refusal::NothingLoaded(error.to_string());
    }
    match error.audience() {
        Audience::Model => Refusal::Failed(error.to_string()),
        Audience::Runtime => {
            Refusal::Failed(format!("{error}; the same call may succeed when it is repeated"))
        }
        Audience::Operator => {
            tracing::error!(error = error as &dyn std::error::Error, "a store failed");
            Refusal::Failed(
                "the store failed and the operator's log says why; choosing other arguments will not help"
                    .to_owned(),
            )
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        refuse(&error)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_model_hears_what_it_can_act_on_and_nothing_else() {
        let model =
            StoreError::UnknownWorkload { name: "chekout".into(), nearest: "checkout".into() };
        assert_eq!(
            refuse(&model),
            Refusal::Failed("no workload is called `chekout`; the nearest is `checkout`".into())
        );
        let slow = StoreError::Timeout { store: "embedded", limit: Duration::from_secs(3) };
        assert_eq!(
            refuse(&slow),
            Refusal::Failed(
                "`embedded` gave no answer within 3s; the same call may succeed when it is repeated"
                    .into()
            )
        );
        let secret = StoreError::Statement {
            store: "embedded",
            source: "SELECT secret FROM /srv/warehouse".into(),
        };
        let Refusal::Failed(heard) = refuse(&secret) else { panic!("a failure was expected") };
        assert!(!heard.contains("secret") && !heard.contains("/srv"), "{heard}");
        let empty = StoreError::Empty { warehouse: "w".into() };
        assert!(matches!(refuse(&empty), Refusal::NothingLoaded(_)));
    }
}
