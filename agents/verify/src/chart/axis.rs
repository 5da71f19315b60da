//! Round numbers along an axis.

use wherefore_contract::Decimal;

use super::svg::width;

/// An axis from its first to its last tick; zero is always on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Axis {
    pub(super) ticks: Vec<Decimal>,
}

impl Axis {
    /// About four steps of 1, 2, 2.5 or 5 times a power of ten around all values and zero.
    pub(super) fn over(values: impl Iterator<Item = Decimal>) -> Self {
        let (mut low, mut high) = (Decimal::ZERO, Decimal::ZERO);
        for value in values {
            low = low.min(value);
            high = high.max(value);
        }
        if low == high {
            high = Decimal::ONE;
        }
        let step = step(high - low);
        let mut tick = (low / step).floor() * step;
        let mut ticks = vec![tick.normalize()];
        while tick < high && ticks.len() < 20 {
            tick += step;
            ticks.push(tick.normalize());
        }
        Self { ticks }
    }

    fn low(&self) -> Decimal {
        self.ticks.first().copied().unwrap_or(Decimal::ZERO)
    }

    fn high(&self) -> Decimal {
        self.ticks.last().copied().unwrap_or(Decimal::ONE)
    }

    /// How far along a length of pixels the value lies.
    pub(super) fn place(&self, value: Decimal, length: Decimal) -> Decimal {
        let span = self.high() - self.low();
        // Dividing first keeps very large amounts within the digits of a decimal.
        (value - self.low()).checked_div(span).unwrap_or(Decimal::ZERO) * length
    }
}

fn step(span: Decimal) -> Decimal {
    let raw = span / Decimal::from(4);
    let mut power = Decimal::ONE;
    while power <= raw && power < Decimal::from(10_u64.pow(18)) {
        power *= Decimal::TEN;
    }
    while power > raw && power.scale() < 20 {
        power /= Decimal::TEN;
    }
    for factor in [Decimal::ONE, Decimal::TWO, Decimal::new(25, 1), Decimal::from(5)] {
        if power * factor >= raw {
            return power * factor;
        }
    }
    power * Decimal::TEN
}

/// Every how many labels one is written, so that none runs into the next.
pub(super) fn every<'a>(labels: impl Iterator<Item = &'a str>, room: Decimal) -> usize {
    let widest = labels.map(width).max().unwrap_or_default() + Decimal::from(12);
    let every = widest.checked_div(room).unwrap_or(Decimal::ONE).ceil();
    usize::try_from(every).unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_every_value_and_zero() {
        let ticks = |values: &[&str]| {
            let values = values.iter().map(|value| value.parse().unwrap());
            Axis::over(values).ticks.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(ticks(&["7", "93"]), ["0", "25", "50", "75", "100"]);
        assert_eq!(ticks(&["-30", "60"]), ["-50", "-25", "0", "25", "50", "75"]);
        assert_eq!(ticks(&["0.0031"]), ["0", "0.001", "0.002", "0.003", "0.004"]);
        assert_eq!(ticks(&["0"]), ["0", "0.25", "0.5", "0.75", "1"]);
    }
}
