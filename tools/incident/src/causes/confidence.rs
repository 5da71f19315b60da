//! How sure a hypothesis is, on the scale of how often such hypotheses were right.

use super::settings::VerdictSettings;

/// Classes of confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    Weak,
    Moderate,
    Strong,
}

impl Class {
    /// The word in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Weak => "weak",
            Self::Moderate => "moderate",
            Self::Strong => "strong",
        }
    }
}

/// Platt's logistic form (1999) over the logarithm of the score and its share of all scores.
pub(super) fn confidence(score: f64, share: f64, settings: &VerdictSettings) -> (f64, Class) {
    let x =
        settings.intercept + settings.by_score * score.max(1e-6).ln() + settings.by_share * share;
    let confidence = 1.0 / (1.0 + (-x).exp());
    let class = if confidence >= settings.strong {
        Class::Strong
    } else if confidence >= settings.moderate {
        Class::Moderate
    } else {
        Class::Weak
    };
    (confidence, class)
}
