//! What can go wrong, where, and from when to when.

/// Something that acts on the flow of requests at full strength.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Effect {
    /// Time in the workload itself, times this.
    Slow { at: usize, factor: f64 },
    /// Part of requests that end in an exception.
    Errors { at: usize, share: f64 },
    /// Processor that others on the machine take from it.
    Stolen { at: usize, share: f64 },
    /// Processor that it uses without requests.
    Works { at: usize, share: f64 },
    /// Threads or connections, times this.
    Slots { at: usize, factor: f64 },
    /// Memory that fills to its limit.
    Leak { at: usize },
    /// Packets between two workloads late, or lost.
    Net { from: usize, to: usize, extra_ms: f64, loss: f64 },
    /// Handshakes with it fail before a request is sent.
    Refuse { to: usize, share: f64 },
    /// Timeouts of calls from it, times this.
    Timeouts { from: usize, factor: f64 },
    /// Requests from outside, times this.
    Surge { at: usize, factor: f64 },
    /// Calls a request, times this.
    More { from: usize, to: usize, factor: f64 },
    /// What the provider lets through a second; the rest is throttled.
    Limit { to: usize, rps: f64 },
    /// Callers of it try so often.
    Tries { to: usize, tries: i32 },
    /// Dollars a request, times this.
    Spend { at: usize, factor: f64 },
}

/// An effect in time; minutes since 1970.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fault {
    pub(super) effect: Effect,
    pub(super) start: f64,
    /// Minutes until it acts at full strength.
    pub(super) ramp: f64,
    pub(super) end: f64,
}

impl Fault {
    /// How strongly it acts, from 0 to 1.
    pub(super) fn level(&self, minute: f64) -> f64 {
        if minute < self.start || minute >= self.end {
            return 0.0;
        }
        if self.ramp <= 0.0 { 1.0 } else { ((minute - self.start) / self.ramp).min(1.0) }
    }

    /// The same, stronger or weaker.
    pub(super) fn scaled(&self, by: f64) -> Self {
        let times = |factor: f64| 1.0 + (factor - 1.0) * by;
        let part = |share: f64| (share * by).min(0.97);
        let effect = match self.effect {
            Effect::Slow { at, factor } => Effect::Slow { at, factor: times(factor) },
            Effect::Errors { at, share } => Effect::Errors { at, share: part(share) },
            Effect::Stolen { at, share } => Effect::Stolen { at, share: part(share) },
            Effect::Works { at, share } => Effect::Works { at, share: part(share) },
            Effect::Slots { at, factor } => Effect::Slots { at, factor: factor / by },
            Effect::Net { from, to, extra_ms, loss } => {
                Effect::Net { from, to, extra_ms: extra_ms * by, loss: part(loss) }
            }
            Effect::Timeouts { from, factor } => Effect::Timeouts { from, factor: factor / by },
            Effect::Surge { at, factor } => Effect::Surge { at, factor: times(factor) },
            Effect::More { from, to, factor } => Effect::More { from, to, factor: times(factor) },
            Effect::Limit { to, rps } => Effect::Limit { to, rps: rps / by },
            Effect::Spend { at, factor } => Effect::Spend { at, factor: times(factor) },
            whole @ (Effect::Leak { .. } | Effect::Refuse { .. } | Effect::Tries { .. }) => whole,
        };
        Self { effect, ..*self }
    }
}

/// What happens every day and is nobody's fault.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Habits {
    /// A gateway with a daily sale at an hour (Korean time), and its size.
    pub(super) peak: (usize, i64, f64),
    /// A workload whose time of a request jumps about from minute to minute.
    pub(super) restless: usize,
    /// A batch workload that works through this hour of the night (Korean time).
    pub(super) batch: (usize, i64),
}
