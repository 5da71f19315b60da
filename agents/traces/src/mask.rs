//! Replaces what points at a person, an account or a secret by stable tokens, before anything leaves the process.

mod boundary;
mod checksum;
mod json;
mod rules;
#[cfg(test)]
mod tests;

use std::{borrow::Cow, fmt, ops::Range};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use self::rules::{Rule, Rules};

/// Hexadecimal digits of a token: 48 bits, so that a million different values hardly ever share one.
const TOKEN_DIGITS: usize = 12;

/// What was found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Account,
    Card,
    Email,
    Ip,
    Key,
    Phone,
    Resident,
    Secret,
}

impl Kind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Card => "card",
            Self::Email => "email",
            Self::Ip => "ip",
            Self::Key => "key",
            Self::Phone => "phone",
            Self::Resident => "resident",
            Self::Secret => "secret",
        }
    }
}

/// Masks texts with one key: the same value becomes the same token, e.g. `<account:3f9a17c204be>`, and nobody without the
/// key can tell which value it was.
pub struct Mask {
    hash: Hmac<Sha256>,
    rules: Rules,
}

impl fmt::Debug for Mask {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Mask").finish_non_exhaustive()
    }
}

/// A mask cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum MaskError {
    #[error("a rule of what is masked is not valid")]
    Rule(#[from] regex::Error),
    #[error("the key of the mask cannot be used")]
    Key,
}

/// A stretch of a text and what it is; `None` is a token that stands already.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    range: Range<usize>,
    kind: Option<Kind>,
}

impl Mask {
    /// A mask with this key. Tokens of two processes are the same only where their keys are.
    ///
    /// # Errors
    /// When a rule is not valid: a mistake in a file of the house.
    pub fn new(key: &[u8]) -> Result<Self, MaskError> {
        let hash = Hmac::new_from_slice(key).map_err(|_| MaskError::Key)?;
        Ok(Self { hash, rules: Rules::new()? })
    }

    /// The text with every find replaced. Text that was masked before stays as it is.
    #[must_use]
    pub fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let plain = rules::plain(text);
        let found = self.find(&plain);
        if found.iter().all(|found| found.kind.is_none()) {
            return plain;
        }
        let mut out = String::with_capacity(plain.len());
        let mut at = 0;
        for Found { range, kind } in found {
            let Some(kind) = kind else { continue };
            out.push_str(plain.get(at..range.start).unwrap_or_default());
            out.push_str(&self.token(kind, plain.get(range.clone()).unwrap_or_default()));
            at = range.end;
        }
        out.push_str(plain.get(at..).unwrap_or_default());
        Cow::Owned(out)
    }

    /// Everything in the text that is masked, in order and without overlap.
    fn find(&self, text: &str) -> Vec<Found> {
        let mut all: Vec<(usize, Found)> = Vec::new();
        for (priority, rule) in self.rules.fitting(text) {
            all.extend(rule_finds(rule, text).map(|found| (priority, found)));
        }
        all.sort_by_key(|(priority, found)| {
            (found.range.start, *priority, std::cmp::Reverse(found.range.end))
        });
        let mut kept: Vec<Found> = Vec::with_capacity(all.len());
        for (_, found) in all {
            match kept.last_mut() {
                // A token that stands already may look like something itself.
                Some(last) if last.kind.is_none() && found.range.end <= last.range.end => {}
                // What overlaps is masked as one, so that no part of either stays.
                Some(last) if found.range.start < last.range.end => {
                    last.range.end = last.range.end.max(found.range.end);
                    last.kind = last.kind.or(found.kind);
                }
                Some(_) | None => kept.push(found),
            }
        }
        kept
    }

    fn token(&self, kind: Kind, value: &str) -> String {
        let mut hash = self.hash.clone();
        hash.update(kind.word().as_bytes());
        hash.update(&[0]);
        hash.update(rules::normal(kind, value).as_bytes());
        let digest = hash.finalize().into_bytes();
        let head = digest.iter().take(8).fold(0_u64, |all, byte| (all << 8) | u64::from(*byte));
        let digits = head >> (64 - 4 * TOKEN_DIGITS);
        format!("<{}:{digits:0TOKEN_DIGITS$x}>", kind.word())
    }
}

fn rule_finds<'t>(rule: &'t Rule, text: &'t str) -> impl Iterator<Item = Found> + 't {
    rule.pattern.captures_iter(text).filter_map(|captures| {
        let whole = captures.get(usize::from(captures.len() > 1)).or_else(|| captures.get(0))?;
        let range = (rule.settle)(text, whole.range())?;
        Some(Found { range, kind: rule.kind })
    })
}
