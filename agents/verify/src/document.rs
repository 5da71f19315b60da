//! Puts sentences and tables together and keeps where every claim stands.

use wherefore_contract::{answer::Claim, evidence::FactRef};

use crate::resolve::{Kind, Piece};

/// Words with the claims in them; positions are bytes of `text`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) claims: Vec<Claim>,
}

impl Written {
    pub(crate) fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), claims: Vec::new() }
    }

    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds what a piece shows, with its claim.
    pub(crate) fn push_piece(&mut self, piece: &Piece) {
        let start = self.text.len();
        self.text.push_str(&piece.shown);
        let Some(kind) = piece.claim_kind() else { return };
        self.claims.push(Claim {
            shown: piece.shown.clone(),
            at: (start, self.text.len()),
            kind: kind.to_owned(),
            facts: piece.facts.iter().map(ToString::to_string).collect(),
            op: op(piece),
            exact: piece.exact.clone(),
            format: piece.format,
            scale: piece.scale,
        });
    }

    /// Adds words of code's own with a claim of `kind`.
    pub(crate) fn push_claim(
        &mut self,
        shown: String,
        kind: &str,
        exact: Option<String>,
        facts: &[FactRef],
    ) {
        let start = self.text.len();
        self.text.push_str(&shown);
        self.claims.push(Claim {
            shown,
            at: (start, self.text.len()),
            kind: kind.to_owned(),
            facts: facts.iter().map(ToString::to_string).collect(),
            op: None,
            exact,
            format: None,
            scale: None,
        });
    }

    /// Adds other words behind these, their claims moved along.
    pub(crate) fn append(&mut self, other: &Self) {
        let offset = self.text.len();
        self.text.push_str(&other.text);
        self.claims.extend(
            other
                .claims
                .iter()
                .cloned()
                .map(|claim| Claim { at: (claim.at.0 + offset, claim.at.1 + offset), ..claim }),
        );
    }
}

fn op(piece: &Piece) -> Option<String> {
    match &piece.kind {
        Kind::Calc { op, .. } => Some(crate::calc::op_name(*op).to_owned()),
        Kind::Trend { style, .. } => Some(
            match style {
                wherefore_contract::draft::TrendStyle::Verb => "verb",
                wherefore_contract::draft::TrendStyle::Noun => "noun",
            }
            .to_owned(),
        ),
        Kind::Extreme { which } | Kind::Place { which } => Some(
            match which {
                wherefore_contract::draft::Extreme::Largest => "largest",
                wherefore_contract::draft::Extreme::Smallest => "smallest",
            }
            .to_owned(),
        ),
        Kind::Count { evidence } => Some(evidence.clone()),
        Kind::Text
        | Kind::Particle
        | Kind::Fact { .. }
        | Kind::Name
        | Kind::Measure { .. }
        | Kind::Period { .. }
        | Kind::Asked { .. }
        | Kind::Terms { .. }
        | Kind::Since
        | Kind::Dimension
        | Kind::Quote => None,
    }
}

/// The words of a sentence, without spaces at its ends.
pub(crate) fn written(pieces: &[Piece]) -> Written {
    let mut whole = Written::default();
    for piece in pieces {
        whole.push_piece(piece);
    }
    let lead = whole.text.len() - whole.text.trim_start().len();
    let text = whole.text.trim().to_owned();
    let claims = whole
        .claims
        .into_iter()
        .map(|claim| Claim {
            at: (claim.at.0.saturating_sub(lead), claim.at.1.saturating_sub(lead)),
            ..claim
        })
        .collect();
    Written { text, claims }
}
