//! Series with and without a drift, the same bit for bit in every language: `SplitMix64` and FNV-1a decide everything.

use wherefore_incident::{
    drift::{bar::SplitMix, robust::spread},
    numbers::median,
};

use super::bases::{Base, Kind};

pub(super) const TRAINED: usize = 21 * 24;
const JITTER: u64 = 72;
/// Hours that are watched.
pub(super) const WATCHED: usize = 28 * 24;
/// Hours of a run: training, jitter and watch.
pub(super) const HOURS: usize = TRAINED + 72 + WATCHED;

/// How a drift grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    Linear,
    Quad,
    Exp,
    Step,
}

impl Shape {
    const ALL: [Self; 4] = [Self::Linear, Self::Quad, Self::Exp, Self::Step];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Quad => "quad",
            Self::Exp => "exp",
            Self::Step => "step",
        }
    }

    fn at(self, part: f64) -> f64 {
        match self {
            Self::Linear => part,
            Self::Quad => part * part,
            Self::Exp => (3.0 * part).exp_m1() / 3.0_f64.exp_m1(),
            Self::Step => 1.0,
        }
    }
}

/// A drift: `size` robust standard deviations, whole after `days`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Drift {
    pub(super) shape: Shape,
    pub(super) days: u32,
    pub(super) size: u32,
}

impl Drift {
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let sizes = |shape, days| [1, 2, 4].map(|size| Self { shape, days, size });
        let days = move |shape| [7, 14, 28].into_iter().flat_map(move |days| sizes(shape, days));
        Shape::ALL.into_iter().flat_map(days)
    }

    pub(super) fn is_gradual(self) -> bool {
        self.shape != Shape::Step
    }
}

/// One series as it is without a drift.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Undisturbed {
    pub(super) values: Vec<f64>,
    /// Hours since 1970 of the first; 0 for class B, whose days have no dates.
    pub(super) first: i64,
    /// Whether weekends may differ.
    pub(super) is_weekly: bool,
    /// The hour of the deployment.
    pub(super) deployed: usize,
    ignored: Vec<bool>,
    sigma: f64,
}

impl Undisturbed {
    pub(super) fn new(base: &Base, seed: u64) -> Self {
        let start = fnv(&base.id) ^ seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut random = SplitMix::new(start);
        let deployed = TRAINED + usize::try_from(random.draw() % JITTER).unwrap_or(0);
        let mut series = match &base.kind {
            Kind::Pool(days) => {
                let count = u64::try_from(days.len()).unwrap_or(1).max(1);
                let drawn = (0..HOURS / 24)
                    .filter_map(|_| days.get(usize::try_from(random.draw() % count).unwrap_or(0)));
                Self {
                    values: drawn.flatten().copied().collect(),
                    first: 0,
                    is_weekly: false,
                    deployed,
                    ignored: vec![false; HOURS],
                    sigma: 0.0,
                }
            }
            Kind::Stretch { first, values, ignored } => Self {
                values: values.clone(),
                first: *first,
                is_weekly: true,
                deployed,
                ignored: ignored.clone(),
                sigma: 0.0,
            },
        };
        let usual = series.usual(&series.values, 0..deployed, true);
        let off: Vec<f64> = series
            .values
            .iter()
            .zip(&usual)
            .take(deployed)
            .map(|(value, usual)| value - usual)
            .collect();
        series.sigma = spread(&off);
        series
    }

    /// The series with a drift.
    pub(super) fn disturbed(&self, drift: Option<Drift>) -> Vec<f64> {
        let Some(drift) = drift else { return self.values.clone() };
        let full = f64::from(drift.days) * 24.0;
        let before = self.values.iter().take(self.deployed).copied();
        let after = self.values.iter().skip(self.deployed).zip(0_u32..).map(|(value, hour)| {
            let part = (f64::from(hour) / full).min(1.0);
            value + f64::from(drift.size) * self.sigma * drift.shape.at(part)
        });
        before.chain(after).collect()
    }

    /// The median of each hour of day over some hours, for weekdays and weekends apart where `by_class` and four are there.
    pub(super) fn usual(
        &self,
        values: &[f64],
        over: std::ops::Range<usize>,
        by_class: bool,
    ) -> Vec<f64> {
        let is_weekend = |hour: usize| by_class && self.is_weekend(hour);
        let of = |hour_of_day: usize, weekend: Option<bool>| {
            let inside: Vec<f64> = over
                .clone()
                .filter(|hour| hour % 24 == hour_of_day)
                .filter(|hour| weekend.is_none_or(|weekend| is_weekend(*hour) == weekend))
                .filter_map(|hour| values.get(hour).copied())
                .collect();
            (median(&inside).unwrap_or(0.0), inside.len())
        };
        let table: Vec<f64> = [false, true]
            .into_iter()
            .flat_map(|weekend| (0..24).map(move |hour| (hour, weekend)))
            .map(|(hour, weekend)| {
                let (own, count) = of(hour, Some(weekend));
                if count >= 4 { own } else { of(hour, None).0 }
            })
            .collect();
        let place = |hour: usize| hour % 24 + if is_weekend(hour) { 24 } else { 0 };
        (0..values.len()).filter_map(|hour| table.get(place(hour)).copied()).collect()
    }

    fn is_weekend(&self, hour: usize) -> bool {
        let day = (self.first + i64::try_from(hour).unwrap_or(0)).div_euclid(24);
        self.is_weekly && (day + 3).rem_euclid(7) >= 5
    }

    /// Whether an alarm `hour` hours after the deployment (1 is the first) does not count.
    pub(super) fn is_ignored(&self, hour: usize) -> bool {
        hour == 0
            || hour > WATCHED
            || self.ignored.get(self.deployed + hour - 1).copied().unwrap_or(true)
    }
}

fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_hashed_as_published() {
        assert_eq!(fnv("abc"), 0xe71f_a219_0541_574b);
    }

    #[test]
    fn days_are_drawn_whole_and_drifts_grow_to_their_size() {
        let days: Vec<Vec<f64>> = (0..7_u32)
            .map(|day| (0..24_u32).map(|hour| f64::from(day * 100 + hour * hour % 17)).collect())
            .collect();
        let base = Base { id: "made/up.csv".to_owned(), kind: Kind::Pool(days.clone()) };
        let series = Undisturbed::new(&base, 3);
        assert_eq!(series.values.len(), HOURS);
        assert!(series.values.chunks(24).all(|day| days.iter().any(|one| one == day)));
        assert!((TRAINED..TRAINED + 72).contains(&series.deployed));
        for drift in Drift::all() {
            let with = series.disturbed(Some(drift));
            let off: Vec<f64> =
                with.iter().zip(&series.values).map(|(with, without)| with - without).collect();
            assert!(off[..series.deployed].iter().all(|off| *off == 0.0));
            let full = f64::from(drift.size) * series.sigma;
            let late = (series.deployed + 28 * 24).min(HOURS - 1);
            assert!((off[late] - full).abs() < 1e-6 * full + 1e-9, "{drift:?}");
        }
        assert_eq!(Drift::all().count(), 36);
        assert!(series.is_ignored(0) && !series.is_ignored(1) && series.is_ignored(673));
    }
}
