//! How well confidences fit what turned out.

/// Pairs of a confidence and whether it was right.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Calibration {
    pairs: Vec<(f64, bool)>,
}

// Bins of the expected calibration error (Naeini et al. 2015 use ten).
const BINS: u8 = 10;

impl Calibration {
    pub(crate) fn add(&mut self, confidence: f64, is_right: bool) {
        self.pairs.push((confidence, is_right));
    }

    /// Mean squared difference (Brier 1950); None without pairs.
    #[expect(clippy::cast_precision_loss, reason = "counts of cases")]
    pub(crate) fn brier(&self) -> Option<f64> {
        let squares = self
            .pairs
            .iter()
            .map(|&(confidence, is_right)| (confidence - f64::from(u8::from(is_right))).powi(2));
        (!self.pairs.is_empty()).then(|| squares.sum::<f64>() / self.pairs.len() as f64)
    }

    /// Expected calibration error over ten equal bins; None without pairs.
    #[expect(clippy::cast_precision_loss, reason = "counts of cases")]
    pub(crate) fn error(&self) -> Option<f64> {
        if self.pairs.is_empty() {
            return None;
        }
        let mut whole = 0.0;
        for bin in 0..BINS {
            let (low, high) = (f64::from(bin) / 10.0, f64::from(bin + 1) / 10.0);
            let inside = self.pairs.iter().filter(|(confidence, _)| {
                *confidence >= low && (*confidence < high || bin + 1 == BINS)
            });
            let off: f64 = inside
                .map(|&(confidence, is_right)| f64::from(u8::from(is_right)) - confidence)
                .sum();
            whole += off.abs();
        }
        Some(whole / self.pairs.len() as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sure_and_right_is_best_and_sure_and_wrong_worst() {
        let mut good = Calibration::default();
        let mut bad = Calibration::default();
        for case in 0..10 {
            good.add(if case < 5 { 0.99 } else { 0.01 }, case < 5);
            bad.add(0.99, case < 5);
        }
        assert!(good.brier().unwrap() < 0.001 && good.error().unwrap() < 0.02);
        assert!(bad.brier().unwrap() > 0.4 && (bad.error().unwrap() - 0.49).abs() < 1e-9);
        assert!(Calibration::default().brier().is_none());
    }
}
