//! The only place that reads the clock; everything else is handed a time.

use std::{sync::Arc, time::Instant};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// What time it is, and how long something has taken. Tests pass a clock that stands still.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    elapsed_ms: Arc<dyn Fn() -> u64 + Send + Sync>,
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        let started = Instant::now();
        Self {
            now: Arc::new(system_now),
            elapsed_ms: Arc::new(move || {
                u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX)
            }),
        }
    }

    /// A clock that always shows `moment`.
    #[must_use]
    pub fn standing_at(moment: Timestamp) -> Self {
        Self { now: Arc::new(move || moment), elapsed_ms: Arc::new(|| 0) }
    }

    /// The moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// The day in UTC, the zone in which every provider bills.
    #[must_use]
    pub fn today(&self) -> Date {
        self.now().to_zoned(TimeZone::UTC).date()
    }

    /// Milliseconds since some fixed moment, never going back.
    #[must_use]
    pub fn elapsed_ms(&self) -> Arc<dyn Fn() -> u64 + Send + Sync> {
        Arc::clone(&self.elapsed_ms)
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
fn system_now() -> Timestamp {
    Timestamp::now()
}
