//! Intervals of shares over base series: the runs of one base are not independent, so whole bases are drawn anew.

use std::collections::BTreeMap;

use wherefore_incident::{drift::bar::SplitMix, numbers::quantile};

const DRAWS: usize = 1000;
const SEED: u64 = 11;

pub(super) fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Hits and runs of one base.
pub(super) type Counts = (usize, usize);

/// The share of hits and its 95 % interval: the percentiles of a bootstrap of bases (Davison and Hinkley, Bootstrap methods,
/// 1997). Where every base says the same, which a bootstrap cannot doubt, the other end is that of n bases without an
/// exception: 1 - 0.05^(1/n).
pub(super) fn share(bases: &BTreeMap<&str, Counts>) -> Option<(f64, f64, f64)> {
    let counts: Vec<Counts> = bases.values().copied().collect();
    let part = |counts: &[Counts]| {
        let (hits, all) = counts.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        number(hits) / number(all)
    };
    if counts.is_empty() {
        return None;
    }
    let share = part(&counts);
    let unseen = 1.0 - 0.05_f64.powf(1.0 / number(counts.len()));
    if counts.iter().all(|(hits, _)| *hits == 0) {
        return Some((share, 0.0, unseen));
    }
    if counts.iter().all(|(hits, all)| hits == all) {
        return Some((share, 1.0 - unseen, 1.0));
    }
    let mut random = SplitMix::new(SEED);
    let length = u64::try_from(counts.len()).unwrap_or(1);
    let drawn: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let pick =
                |_| counts.get(usize::try_from(random.draw() % length).unwrap_or(0)).copied();
            part(&(0..counts.len()).filter_map(pick).collect::<Vec<_>>())
        })
        .collect();
    Some((share, quantile(&drawn, 0.025)?, quantile(&drawn, 0.975)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_that_of_bases_and_not_of_runs() {
        let bases = |counts: &[Counts]| {
            let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
            share(&names.into_iter().zip(counts.iter().copied()).collect()).unwrap()
        };
        let (part, low, high) = bases(&[(100, 100), (0, 100), (0, 100), (0, 100)]);
        assert!((part - 0.25).abs() < 1e-12 && low < 0.05 && high >= 0.5);
        let (part, low, high) = bases(&[(0, 12); 8]);
        assert!(part == 0.0 && low == 0.0 && (0.3..0.32).contains(&high));
        assert!(bases(&[(12, 12); 8]).1 < 0.7);
    }
}
