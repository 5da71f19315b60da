//! Why a role stopped.

/// Why a role stopped, as the run record spells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// It submitted.
    Done,
    /// It wrote plain text where a submission belongs, twice.
    FreeText,
    TurnLimit,
    ToolCallLimit,
    /// The tokens of the question, or of the role, are spent.
    TokenLimit,
    /// The money of the question, or of the role, is spent.
    MoneyLimit,
    Deadline,
    /// It made the same call again and again.
    Repetition,
    /// Its calls gave nothing new, again and again.
    NoProgress,
    /// The conversation outgrew what the model can read, even at its shortest.
    TooLong,
    /// The model gave no reply that can be read.
    ModelFailed,
    /// The model declined to go on.
    Refused,
}

impl Stop {
    /// One word.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::FreeText => "free_text",
            Self::TurnLimit => "turn_limit",
            Self::ToolCallLimit => "tool_call_limit",
            Self::TokenLimit => "token_limit",
            Self::MoneyLimit => "money_limit",
            Self::Deadline => "deadline",
            Self::Repetition => "repetition",
            Self::NoProgress => "no_progress",
            Self::TooLong => "too_long",
            Self::ModelFailed => "model_failed",
            Self::Refused => "refused",
        }
    }
}
