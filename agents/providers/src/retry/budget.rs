//! What all calls of one model may spend on retries.

use std::sync::{Mutex, PoisonError};

// In hundredths of a retry.
const RETRY: u32 = 100;
const DEPOSIT: u32 = 15;
const START: u32 = 10 * RETRY;
// So that a long calm does not pay for a long storm.
const MOST: u32 = 50 * RETRY;

/// A count of retries that may still be made.
#[derive(Debug)]
pub(super) struct Budget(Mutex<u32>);

impl Default for Budget {
    fn default() -> Self {
        Self(Mutex::new(START))
    }
}

impl Budget {
    /// A first attempt was made.
    pub(super) fn deposit(&self) {
        self.add(DEPOSIT);
    }

    /// A retry succeeded.
    pub(super) fn give_back(&self) {
        self.add(RETRY);
    }

    /// Takes one retry, if there is one.
    pub(super) fn take(&self) -> bool {
        let mut left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(rest) = left.checked_sub(RETRY) else { return false };
        *left = rest;
        true
    }

    fn add(&self, amount: u32) {
        let mut left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *left = left.saturating_add(amount).min(MOST);
    }
}
