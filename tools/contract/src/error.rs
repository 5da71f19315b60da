//! Why a store or tool could not answer, and who can act on it.

use std::{error::Error as StdError, time::Duration};

/// A store could not answer.
///
/// Messages are lowercase, carry the values involved, and leave the cause to `source`.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("no workload is called `{name}`; the nearest is `{nearest}`")]
    UnknownWorkload { name: String, nearest: String },

    #[error("the loaded data has no `{dimension}`; {hint}")]
    MissingDimension { dimension: String, hint: String },

    #[error("{reason}")]
    InvalidQuery { reason: String },

    #[error("snapshot `{snapshot}` is not kept any more; kept are {kept}")]
    UnknownSnapshot { snapshot: String, kept: String },

    #[error("no bill is loaded in `{warehouse}`; load one with `wherefore load PATH`")]
    Empty { warehouse: String },

    #[error("`{store}` gave no answer within {limit:?}")]
    Timeout { store: &'static str, limit: Duration },

    #[error("`{store}` could not run a statement")]
    Statement {
        store: &'static str,
        #[source]
        source: Box<dyn StdError + Send + Sync>,
    },

    #[error("`{store}` could not be read")]
    Unreadable {
        store: &'static str,
        #[source]
        source: Box<dyn StdError + Send + Sync>,
    },
}

/// Who can act on a failure, and so who is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The model chose badly and can choose again: it hears the message.
    Model,
    /// Nothing is wrong with the call: it may succeed when repeated.
    Runtime,
    /// We are at fault: the log keeps the message, the model hears only that it failed.
    Operator,
}

impl StoreError {
    /// Who is told.
    #[must_use]
    pub fn audience(&self) -> Audience {
        match self {
            Self::UnknownWorkload { .. }
            | Self::MissingDimension { .. }
            | Self::InvalidQuery { .. }
            | Self::UnknownSnapshot { .. }
            | Self::Empty { .. } => Audience::Model,
            Self::Timeout { .. } => Audience::Runtime,
            Self::Statement { .. } | Self::Unreadable { .. } => Audience::Operator,
        }
    }
}
