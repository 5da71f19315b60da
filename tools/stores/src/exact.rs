//! Exact decimals of 18 places in 128 bits: written and divided without a float and without losing a digit.

/// Places after the point of every amount in the warehouse.
pub const SCALE: u32 = 18;

const ONE: i128 = 10_i128.pow(SCALE);

/// Writes a number of `scale` places in its shortest form, e.g. `1234.5`, `-0.000000000000000001`, `0`.
#[must_use]
pub fn format_exact(units: i128, scale: u32) -> String {
    let digits = units.unsigned_abs().to_string();
    let scale = usize::try_from(scale).unwrap_or_default();
    let padded = format!("{digits:0>width$}", width = scale + 1);
    let (whole, part) = padded.split_at(padded.len() - scale);
    let part = part.trim_end_matches('0');
    let sign = if units < 0 { "-" } else { "" };
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// Brings a number of `scale` places to 18 places; `None` when it does not fit.
#[must_use]
pub fn to_scale_18(units: i128, scale: u32) -> Option<i128> {
    if scale <= SCALE {
        units.checked_mul(10_i128.checked_pow(SCALE - scale)?)
    } else {
        Some(units / 10_i128.checked_pow(scale - SCALE)?)
    }
}

/// `over / under` to 18 places, half away from zero; both operands have the same places.
///
/// `None` when `under` is zero or the quotient does not fit.
#[must_use]
pub fn divide(over: i128, under: i128) -> Option<i128> {
    if under == 0 {
        return None;
    }
    let negative = (over < 0) != (under < 0);
    let (over, under) = (over.unsigned_abs(), under.unsigned_abs());
    let mut quotient = over / under;
    let mut rest = over % under;
    // Long division, digit by digit: a rest below 2^124 leaves room for its tenfold.
    for _ in 0..SCALE {
        rest = rest.checked_mul(10)?;
        quotient = quotient.checked_mul(10)?.checked_add(rest / under)?;
        rest %= under;
    }
    if rest >= under - rest {
        quotient = quotient.checked_add(1)?;
    }
    let quotient = i128::try_from(quotient).ok()?;
    Some(if negative { -quotient } else { quotient })
}

/// `part` as hundredths of `whole`, to 18 places.
#[must_use]
pub fn percent(part: i128, whole: i128) -> Option<i128> {
    divide(part.checked_mul(100)?, whole)
}

/// A whole number at 18 places.
#[must_use]
pub fn whole(number: i64) -> Option<i128> {
    i128::from(number).checked_mul(ONE)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_is_written_in_its_shortest_form() {
        let cases = [
            (0, "0"),
            (ONE, "1"),
            (-ONE, "-1"),
            (1, "0.000000000000000001"),
            (-1_500_000_000_000_000_000, "-1.5"),
            (1_234_567_891_234_000_000_000_000, "1234567.891234"),
            (i128::MAX, "170141183460469231731.687303715884105727"),
        ];
        for (units, text) in cases {
            assert_eq!(format_exact(units, SCALE), text);
        }
        assert_eq!(format_exact(120, 0), "120");
    }

    #[test]
    fn a_quotient_has_18_places_and_rounds_half_away_from_zero() {
        assert_eq!(divide(2 * ONE, 3 * ONE), Some(666_666_666_666_666_667));
        assert_eq!(divide(-2 * ONE, 3 * ONE), Some(-666_666_666_666_666_667));
        assert_eq!(divide(ONE, 0), None);
        assert_eq!(percent(ONE, 8 * ONE), Some(12 * ONE + ONE / 2));
        // An amount whose tenfold at 36 places would not fit 128 bits.
        let billion = 1_000_000_000 * ONE;
        assert_eq!(divide(billion, 7 * ONE), Some(142_857_142_857_142_857_142_857_143));
    }

    proptest! {
        #[test]
        fn a_quotient_times_its_divisor_is_the_dividend_to_half_a_unit(
            over in -1_000_000_000_000_i128..1_000_000_000_000,
            under in 1_i128..1_000_000,
        ) {
            let quotient = divide(over, under).unwrap();
            let miss = (quotient * under - over * ONE).abs();
            prop_assert!(2 * miss <= under);
        }
    }
}
