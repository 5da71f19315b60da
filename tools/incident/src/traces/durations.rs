//! Many durations in little memory: counts by size, with exact sum and extremes.

/// Sizes between two powers of two are told apart in so many steps: a quantile is off by at most 1/128 of its value.
const STEPS: u32 = 6;

/// Durations in nanoseconds. The order in which they come, and in which two are joined, changes nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Durations {
    /// Counts by [`place`], sorted.
    counts: std::collections::BTreeMap<u16, u64>,
    count: u64,
    sum: u128,
    least: u64,
    most: u64,
}

impl Durations {
    pub fn add(&mut self, duration: u64) {
        *self.counts.entry(place(duration)).or_default() += 1;
        self.least = if self.count == 0 { duration } else { self.least.min(duration) };
        self.most = self.most.max(duration);
        self.count += 1;
        self.sum += u128::from(duration);
    }

    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The exact sum.
    #[must_use]
    pub fn sum(&self) -> u128 {
        self.sum
    }

    /// The mean, rounded down; 0 of none.
    #[must_use]
    pub fn mean(&self) -> u64 {
        if self.count == 0 {
            0
        } else {
            u64::try_from(self.sum / u128::from(self.count)).unwrap_or(u64::MAX)
        }
    }

    #[must_use]
    pub fn most(&self) -> u64 {
        self.most
    }

    /// The value below which `percent` of 100 lie (nearest rank); 0 of none, the exact greatest at 100.
    #[must_use]
    pub fn percentile(&self, percent: u64) -> u64 {
        let rank = (u128::from(self.count) * u128::from(percent.min(100))).div_ceil(100).max(1);
        if rank >= u128::from(self.count) {
            return self.most;
        }
        let mut passed = 0_u128;
        for (place, count) in &self.counts {
            passed += u128::from(*count);
            if passed >= rank {
                return middle(*place).clamp(self.least, self.most);
            }
        }
        self.most
    }
}

/// Power of two and step within it; values below 64 stand for themselves.
fn place(value: u64) -> u16 {
    let power = value.checked_ilog2().unwrap_or(0);
    if power < STEPS {
        return u16::try_from(value).unwrap_or(0);
    }
    let step = (value >> (power - STEPS)) & ((1 << STEPS) - 1);
    u16::try_from((u64::from(power - STEPS + 1) << STEPS) + step).unwrap_or(u16::MAX)
}

fn middle(place: u16) -> u64 {
    let place = u64::from(place);
    let block = place >> STEPS;
    if block == 0 {
        return place;
    }
    let low = ((1 << STEPS) + (place & ((1 << STEPS) - 1))) << (block - 1);
    low + ((1_u64 << (block - 1)) >> 1)
}
