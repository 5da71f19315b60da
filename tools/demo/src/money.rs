//! Exact prices, quantities and amounts as integers: products of the first two are the third.

use rust_decimal::Decimal;

use crate::DemoError;

/// A unit price in `10^-12` dollars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Price(pub(crate) i64);

/// A quantity in millionths of its unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Quantity(pub(crate) i64);

/// An amount in `10^-18` dollars.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Amount(pub(crate) i128);

const PRICE_SCALE: u32 = 12;
const QUANTITY_SCALE: u32 = 6;
const AMOUNT_SCALE: u32 = 18;
const CENT: i128 = 10_i128.pow(AMOUNT_SCALE - 2);

impl Price {
    /// This many percent of it, cut to the scale.
    pub(crate) fn percent(self, percent: i64) -> Self {
        Self(self.0 / 100 * percent + self.0 % 100 * percent / 100)
    }

    /// Reads `0.096`. `None` when it is no price.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut value: Decimal = text.parse().ok()?;
        value.rescale(PRICE_SCALE);
        i64::try_from(value.mantissa()).ok().map(Self)
    }

    pub(crate) fn decimal(self) -> Decimal {
        Decimal::new(self.0, PRICE_SCALE).normalize()
    }

    #[expect(clippy::cast_precision_loss, reason = "sizes a made-up quantity, prices nothing")]
    pub(crate) fn dollars(self) -> f64 {
        self.0 as f64 / 1e12
    }
}

impl Quantity {
    /// The nearest quantity; none for what is negative or no number.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "made-up quantities stay below nine trillion, and casts saturate"
    )]
    pub(crate) fn nearest(units: f64) -> Self {
        Self((units.max(0.0) * 1e6).round() as i64)
    }

    pub(crate) fn times(self, price: Price) -> Amount {
        Amount(i128::from(self.0) * i128::from(price.0))
    }

    /// Part `index` of `parts` nearly equal parts that sum to the whole.
    pub(crate) fn part(self, index: u64, parts: u64) -> Self {
        let until = |index: u64| i128::from(self.0) * i128::from(index) / i128::from(parts);
        Self(i64::try_from(until(index + 1) - until(index)).unwrap_or(0))
    }

    pub(crate) fn decimal(self) -> Decimal {
        Decimal::new(self.0, QUANTITY_SCALE).normalize()
    }
}

impl Amount {
    /// Whole cents nearest to `dollars`.
    pub(crate) fn cents(dollars: f64) -> Self {
        Self(i128::from(Quantity::nearest(dollars * 100.0).0) / 1_000_000 * CENT)
    }

    /// This many percent of it, cut to whole cents.
    pub(crate) fn percent_in_cents(self, percent: i128) -> Self {
        Self(self.0 * percent / 100 / CENT * CENT)
    }

    /// `None` when it does not fit a decimal: over seventy billion dollars.
    pub(crate) fn decimal(self) -> Option<Decimal> {
        Decimal::try_from_i128_with_scale(self.0, AMOUNT_SCALE).ok().map(|value| value.normalize())
    }

    /// The decimal, or the error of an amount that does not fit one.
    pub(crate) fn exact(self) -> Result<Decimal, DemoError> {
        self.decimal().ok_or(DemoError::TooLarge)
    }
}

impl std::ops::AddAssign for Amount {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl std::ops::Sub for Amount {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl std::ops::Neg for Amount {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_exact_and_parts_sum_to_the_whole() {
        let price = Price::parse("0.0000166667").unwrap();
        let quantity = Quantity(1_234_567);
        assert_eq!(quantity.times(price).decimal().unwrap(), quantity.decimal() * price.decimal());
        for parts in [1, 7, 24, 100] {
            let sum: i64 = (0..parts).map(|index| quantity.part(index, parts).0).sum();
            assert_eq!(sum, quantity.0);
        }
        assert_eq!(Price(1_999).percent(50), Price(999));
        assert_eq!(Amount::cents(12.345).decimal().unwrap().to_string(), "12.34");
    }
}
