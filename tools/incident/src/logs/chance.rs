//! How likely counts are by chance alone.

/// Largest `-log10 p` that is told apart: beyond it a smaller p-value says nothing more.
pub(super) const MOST_SURE: f64 = 30.0;
/// Counts up to here are tested exactly.
const EXACT: u64 = 1000;

/// A count as a float; exact below 2^53.
#[expect(clippy::cast_precision_loss, reason = "counts of log lines stay far below 2^53")]
pub(super) fn float(count: u64) -> f64 {
    count as f64
}

/// Two-sided p-value of `hits` of `all` where each is a hit with probability `share`: the conditional test of two Poisson
/// rates (Przyborowski and Wilenski, 1940). Exact for small counts, else normal with the correction for continuity.
pub(super) fn two_rates(hits: u64, all: u64, share: f64) -> f64 {
    if all == 0 || share <= 0.0 || share >= 1.0 {
        return 1.0;
    }
    if all > EXACT {
        let expected = float(all) * share;
        let apart = ((float(hits) - expected).abs() - 0.5).max(0.0);
        return normal_two_sided(apart / (expected * (1.0 - share)).sqrt());
    }
    let term =
        |k: u64| ln_choose(all, k) + float(k) * share.ln() + float(all - k) * (1.0 - share).ln();
    let upper: f64 = (hits..=all).map(|k| term(k).exp()).sum();
    let lower: f64 = (0..=hits).map(|k| term(k).exp()).sum();
    (2.0 * upper.min(lower)).min(1.0)
}

/// One-sided p-value of at least `hits` marked among `drawn` of `all`, of which `marked` are (Fisher's exact test); normal
/// with the correction for continuity where every expected count is at least 5.
pub(super) fn over_represented(hits: u64, drawn: u64, marked: u64, all: u64) -> f64 {
    if all == 0 || drawn == 0 || marked == 0 {
        return 1.0;
    }
    let expected = float(drawn) * float(marked) / float(all);
    let least = expected
        .min(float(drawn) - expected)
        .min(float(marked) - expected)
        .min(float(all) - float(drawn) - float(marked) + expected);
    if least >= 5.0 {
        let rest = (float(all) - float(drawn)) * (float(all) - float(marked));
        let variance = expected * rest / (float(all) * float(all - 1));
        let apart = float(hits) - expected - 0.5;
        return if apart <= 0.0 { 1.0 } else { normal_two_sided(apart / variance.sqrt()) / 2.0 };
    }
    let most = drawn.min(marked);
    let whole = ln_choose(all, drawn);
    let mut sum = 0.0;
    for k in hits..=most {
        if drawn - k > all - marked {
            continue;
        }
        let term = (ln_choose(marked, k) + ln_choose(all - marked, drawn - k) - whole).exp();
        sum += term;
        if float(k) > expected && term < sum * 1e-12 {
            break;
        }
    }
    sum.min(1.0)
}

/// `-log10 p`, at most [`MOST_SURE`].
pub(super) fn sureness(p: f64) -> f64 {
    if p <= 0.0 { MOST_SURE } else { (-p.log10()).clamp(0.0, MOST_SURE) }
}

/// P-values corrected for their number (Benjamini and Hochberg, 1995), in their order.
pub(super) fn corrected(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = values.iter().copied().enumerate().collect();
    order.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
    let mut out = vec![1.0; values.len()];
    let mut least = 1.0_f64;
    let mut rank = values.len();
    for (at, value) in order {
        let scaled = value * float(values.len() as u64) / float(rank as u64);
        least = least.min(scaled);
        rank -= 1;
        if let Some(slot) = out.get_mut(at) {
            *slot = least;
        }
    }
    out
}

// Two-sided tail of the normal distribution, by the continued fraction of Laplace for large values and the series of the
// error function for small ones (Abramowitz and Stegun, 1964, 26.2.14 and 7.1.6).
fn normal_two_sided(z: f64) -> f64 {
    let z = z.abs();
    let density = (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    if z < 2.5 {
        let mut term = z;
        let mut sum = z;
        for k in 1..60_u32 {
            term *= z * z / f64::from(2 * k + 1);
            sum += term;
        }
        (1.0 - 2.0 * density * sum).clamp(0.0, 1.0)
    } else {
        let fraction = (1..60_u32).rev().fold(z, |deeper, k| z + f64::from(k) / deeper);
        (2.0 * density / fraction).clamp(0.0, 1.0)
    }
}

fn ln_choose(all: u64, some: u64) -> f64 {
    ln_factorial(all) - ln_factorial(some) - ln_factorial(all - some.min(all))
}

// Stirling's series (Abramowitz and Stegun, 6.1.41) from 16 on, a product below.
fn ln_factorial(n: u64) -> f64 {
    if n < 16 {
        return (2..=n).map(|k| float(k).ln()).sum();
    }
    let x = float(n) + 1.0;
    (x - 0.5) * x.ln() - x + 0.5 * (2.0 * std::f64::consts::PI).ln() + 1.0 / (12.0 * x)
        - 1.0 / (360.0 * x.powi(3))
        + 1.0 / (1260.0 * x.powi(5))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(left: f64, right: f64) {
        assert!((left - right).abs() <= 1e-6 * right.abs().max(1e-9), "{left} {right}");
    }

    #[test]
    fn tails_are_those_of_tables() {
        near(normal_two_sided(1.959_963_985), 0.05);
        near(normal_two_sided(3.290_526_731), 0.001);
        near(two_rates(5, 5, 0.5), 2.0 / 32.0);
        near(two_rates(3, 6, 0.5), 1.0);
        // Fisher's tea: 4 of 4.
        near(over_represented(4, 4, 4, 8), 1.0 / 70.0);
        near(over_represented(3, 4, 4, 8), 17.0 / 70.0);
    }

    #[test]
    fn corrections_keep_the_order() {
        let corrected = corrected(&[0.01, 0.04, 0.03, 0.5]);
        for (got, expected) in corrected.iter().zip([0.04, 0.16 / 3.0, 0.16 / 3.0, 0.5]) {
            near(*got, expected);
        }
        near(sureness(1e-3), 3.0);
        near(sureness(0.0), MOST_SURE);
    }
}
