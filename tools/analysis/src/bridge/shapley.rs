//! Shapley values of a product of factors: each factor's fair share of the product's change.
//!
//! A factor's value is its marginal contribution averaged over every order in which the factors
//! can change from their first to their second value. The values sum to the change of the
//! product. Source: Shorrocks, "Decomposition procedures for distributional analysis" (2013);
//! Sun, "Changes in energy consumption and energy intensity" (1998), for the product form.

use rust_decimal::Decimal;

/// A factor's value before and after.
pub(super) type Factor = (Decimal, Decimal);

/// The value of each of `N` factors; `None` when a product does not fit a decimal.
pub(super) fn values<const N: usize>(factors: [Factor; N]) -> Option<[Decimal; N]> {
    let mut found = [Decimal::ZERO; N];
    for (position, value) in found.iter_mut().enumerate() {
        let mut sum = Decimal::ZERO;
        for set in (0_u32..1 << N).filter(|set| set & (1 << position) == 0) {
            let without = product(&factors, set)?;
            let with = product(&factors, set | (1 << position))?;
            let weight = Decimal::from(orders(set.count_ones(), u32::try_from(N).ok()?));
            let gain = with.checked_sub(without)?.checked_mul(weight)?;
            sum = sum.checked_add(gain)?;
        }
        *value = sum.checked_div(Decimal::from(factorial(u32::try_from(N).ok()?)))?;
    }
    Some(found)
}

// The product where the factors in `set` have their second value and the others their first.
fn product(factors: &[Factor], set: u32) -> Option<Decimal> {
    factors.iter().enumerate().try_fold(Decimal::ONE, |product, (position, factor)| {
        product.checked_mul(if set & (1 << position) == 0 { factor.0 } else { factor.1 })
    })
}

// In how many of the N! orders exactly these `before` factors precede the one that is valued.
fn orders(before: u32, count: u32) -> u32 {
    factorial(before) * factorial(count - 1 - before)
}

fn factorial(of: u32) -> u32 {
    (1..=of).product()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_factors_share_their_cross_term_equally() {
        let factor = |from: i64, to: i64| (Decimal::from(from), Decimal::from(to));
        // 2 * 10 = 20 becomes 3 * 14 = 42: 1 * (10 + 14) / 2 = 12 and 4 * (2 + 3) / 2 = 10.
        assert_eq!(
            values([factor(2, 3), factor(10, 14)]),
            Some([Decimal::from(12), Decimal::from(10)])
        );
    }

    #[test]
    fn products_that_do_not_fit_give_none_and_never_panic() {
        assert_eq!(values([(Decimal::MAX, Decimal::ONE), (Decimal::ONE, Decimal::MAX)]), None);
    }
}
