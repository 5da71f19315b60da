//! The matched control: what moved the same metric where nothing was deployed.

use crate::numbers::{count, median};

/// One series out of the same metric of other workloads: the mean of those that have a value at that time, each in median
/// absolute deviations of its own history, so that a large workload does not drown the others. `before` values, from the
/// first, are history. A peer that never moved is left out. Nothing where no peer has a value.
#[must_use]
pub fn matched_control(peers: &[&[Option<f64>]], before: usize) -> Vec<Option<f64>> {
    let scales: Vec<Option<f64>> = peers.iter().map(|peer| scale(peer, before)).collect();
    let length = peers.iter().map(|peer| peer.len()).max().unwrap_or(0);
    let at = |time: usize| {
        let values: Vec<f64> = peers
            .iter()
            .zip(&scales)
            .filter_map(|(peer, scale)| Some(peer.get(time).copied().flatten()? / (*scale)?))
            .filter(|value| value.is_finite())
            .collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / count(values.len()))
    };
    (0..length).map(at).collect()
}

fn scale(peer: &[Option<f64>], before: usize) -> Option<f64> {
    let history: Vec<f64> = peer.iter().take(before).flatten().copied().collect();
    let middle = median(&history)?;
    let away: Vec<f64> = history.iter().map(|value| (value - middle).abs()).collect();
    median(&away).filter(|scale| *scale > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peers_weigh_alike_and_missing_ones_are_left_out() {
        let small = [Some(1.0), Some(2.0), Some(3.0), None, Some(5.0)];
        let large = [Some(100.0), Some(200.0), Some(300.0), Some(400.0), None];
        let flat = [Some(7.0); 5];
        let control = matched_control(&[&small, &large, &flat], 3);
        assert_eq!(control, [Some(1.0), Some(2.0), Some(3.0), Some(4.0), Some(5.0)]);
        assert_eq!(matched_control(&[&flat], 3), [None; 5]);
        assert_eq!(matched_control(&[], 3), []);
    }
}
