//! Numbers as bills spell them, into exact decimals with 18 places.

use wherefore_contract::Decimal;

/// A number read from text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Number {
    /// Exactly the number that stood there, times 10^18.
    Exact(i128),
    /// The number had more than 18 decimals: those were cut.
    Cut(i128),
    /// Nothing stood there: empty, `null`, `NULL`.
    Absent,
    /// A word, `NaN`, an infinity, or more than 20 digits before the point.
    Word,
}

// 10^38 - 1, the largest DECIMAL(38).
const LARGEST: u128 = 99_999_999_999_999_999_999_999_999_999_999_999_999;
const SCALE: i32 = 18;

/// Whether the text stands for an absent value: empty, or `null` in any case.
pub(crate) fn is_absent(text: &str) -> bool {
    text.is_empty() || text.eq_ignore_ascii_case("null")
}

/// Reads `12.5`, `9.6314E-6`, `-0.1`, `$10,000.00 `, `(12.50)`.
///
/// A comma is a thousands separator only where it stands before three digits and left of the point; anything else with
/// a comma is no number, because `1,5` may mean either of two.
pub(crate) fn parse(text: &str) -> Number {
    // Most cells of a bill are plain digits with one point; they take one pass.
    match plain(text.as_bytes()) {
        Some(number) => number,
        None => dressed(text.trim()),
    }
}

// Digits with at most one point and a sign, nothing else. `None` sends the cell to the slow path.
fn plain(text: &[u8]) -> Option<Number> {
    let (negative, digits) = match text.split_first() {
        Some((b'-', rest)) => (true, rest),
        Some(_) => (false, text),
        None => return Some(Number::Absent),
    };
    if digits.len() > 36 {
        return None;
    }
    let mut value: u128 = 0;
    let mut places: Option<i32> = None;
    let mut seen = false;
    let mut cut = false;
    for &byte in digits {
        match byte {
            b'0'..=b'9' => {
                seen = true;
                match places.as_mut() {
                    Some(count) if *count == SCALE => cut |= byte != b'0',
                    Some(count) => {
                        *count += 1;
                        value = value * 10 + u128::from(byte - b'0');
                    }
                    None => value = value * 10 + u128::from(byte - b'0'),
                }
            }
            b'.' if places.is_none() => places = Some(0),
            _ => return None,
        }
    }
    seen.then(|| scaled(value, places.unwrap_or(0), negative, cut))
}

fn scaled(value: u128, places: i32, negative: bool, cut: bool) -> Number {
    let missing = u32::try_from(SCALE - places).unwrap_or(0);
    let scaled = 10_u128.checked_pow(missing).and_then(|factor| value.checked_mul(factor));
    match scaled.filter(|scaled| *scaled <= LARGEST).and_then(|scaled| i128::try_from(scaled).ok())
    {
        Some(amount) => {
            let amount = if negative { -amount } else { amount };
            if cut { Number::Cut(amount) } else { Number::Exact(amount) }
        }
        None => Number::Word,
    }
}

// Signs of currency that bills put before or after an amount.
const CURRENCY_SIGNS: &[char] = &['$', '€', '£', '¥', '₩', '₹'];

fn dressed(text: &str) -> Number {
    if is_absent(text) {
        return Number::Absent;
    }
    let (bracketed, text) = match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (true, inner.trim()),
        None => (false, text),
    };
    let (negative, text) = signed(text);
    let text = text.trim_start_matches(CURRENCY_SIGNS).trim_end_matches(CURRENCY_SIGNS).trim();
    let (inner_negative, text) = signed(text);
    match digits_of(text) {
        Some(Digits { value, places, cut }) => {
            rescaled(value, places, bracketed ^ negative ^ inner_negative, cut)
        }
        None => Number::Word,
    }
}

fn signed(text: &str) -> (bool, &str) {
    match text.as_bytes().first() {
        Some(b'-') => (true, text.get(1..).unwrap_or_default().trim_start()),
        Some(b'+') => (false, text.get(1..).unwrap_or_default().trim_start()),
        Some(_) | None => (false, text),
    }
}

struct Digits {
    value: u128,
    places: i32,
    cut: bool,
}

fn digits_of(text: &str) -> Option<Digits> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let whole = ungrouped(whole)?;
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(&whole) || !all_digits(fraction) {
        return None;
    }
    let mut digits = Digits { value: 0, places: 0, cut: false };
    let mut full = false;
    let points = std::iter::repeat_n(false, whole.len()).chain(std::iter::repeat(true));
    for (byte, after_point) in whole.bytes().chain(fraction.bytes()).zip(points) {
        let digit = u128::from(byte - b'0');
        let next = digits.value.checked_mul(10).and_then(|value| value.checked_add(digit));
        match next.filter(|next| *next <= LARGEST && !full) {
            Some(next) => {
                digits.value = next;
                digits.places += i32::from(after_point);
            }
            // 38 digits are full: what follows after the point can only be cut.
            None if after_point => {
                full = true;
                digits.cut |= digit != 0;
            }
            None => return None,
        }
    }
    digits.places = digits.places.checked_sub(exponent)?;
    Some(digits)
}

// `10,000` -> `10000`; `1,5` is refused.
fn ungrouped(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let mut joined = groups.next()?.to_owned();
    let mut grouped = false;
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        grouped = true;
        joined.push_str(group);
    }
    (!grouped || (1..=3).contains(&whole.find(',').unwrap_or(0))).then_some(joined)
}

// Moves a value of any number of places to 18, cutting what is beyond.
fn rescaled(value: u128, places: i32, negative: bool, cut: bool) -> Number {
    if value == 0 {
        return if cut { Number::Cut(0) } else { Number::Exact(0) };
    }
    if places <= SCALE {
        return scaled(value, places, negative, cut);
    }
    let surplus = u32::try_from(places - SCALE).unwrap_or(u32::MAX);
    let (kept, rest) = match 10_u128.checked_pow(surplus) {
        Some(factor) => (value / factor, value % factor),
        None => (0, value),
    };
    scaled(kept, SCALE, negative, cut || rest != 0)
}

/// A binary float by its shortest decimal that reads back the same.
pub(crate) fn of_f64(value: f64) -> Number {
    if !value.is_finite() {
        return Number::Word;
    }
    // Whole numbers below 2^53 are exact as they stand and common (quantities of 1).
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
    if value.abs() < 9e15 && value.fract() == 0.0 {
        return Number::Exact(i128::from(value as i64) * 1_000_000_000_000_000_000);
    }
    parse(&format!("{value:e}"))
}

/// A decimal of another scale.
pub(crate) fn of_decimal(value: i128, scale: i8) -> Number {
    rescaled(value.unsigned_abs(), i32::from(scale), value < 0, false)
}

/// `value` times `above` over `below`, all times 10^18; `None` when it leaves what can be told or divides by zero.
pub(crate) fn part(value: i128, above: i128, below: i128) -> Option<i128> {
    if above == below {
        return Some(value);
    }
    let decimal = |value: i128| Decimal::try_from_i128_with_scale(value, 18).ok();
    let ratio = decimal(above)?.checked_div(decimal(below)?)?;
    let part = decimal(value)?.checked_mul(ratio)?.round_dp(18);
    part.mantissa().checked_mul(10_i128.pow(18_u32.checked_sub(part.scale())?))
}

/// The shortest text of a number at 18 places, e.g. `-0.5`, `12`.
pub(crate) fn format(value: i128) -> String {
    let magnitude = value.unsigned_abs();
    let one = 1_000_000_000_000_000_000_u128;
    let sign = if value < 0 { "-" } else { "" };
    let fraction = format!("{:018}", magnitude % one);
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{}", magnitude / one),
        fraction => format!("{sign}{}.{fraction}", magnitude / one),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_spelling_of_a_bill_is_read_exactly() {
        let one = 1_000_000_000_000_000_000_i128;
        for (text, expected) in [
            ("0.00000080000", Number::Exact(800_000_000_000)),
            ("9.6314E-6", Number::Exact(9_631_400_000_000)),
            ("$10,000.00 ", Number::Exact(10_000 * one)),
            ("-$1,234,567.5", Number::Exact(-1_234_567 * one - one / 2)),
            ("(12.50)", Number::Exact(-12 * one - one / 2)),
            ("₩1,300", Number::Exact(1_300 * one)),
            (" 5 ", Number::Exact(5 * one)),
            ("+5", Number::Exact(5 * one)),
            (".5", Number::Exact(one / 2)),
            ("5.", Number::Exact(5 * one)),
            ("1e3", Number::Exact(1_000 * one)),
            ("0.012264277499950943", Number::Exact(12_264_277_499_950_943)),
            ("0.0000000000000000019", Number::Cut(1)),
            ("1E-400", Number::Cut(0)),
            ("0.10000000000000000000000000000000000000000000", Number::Exact(one / 10)),
            ("99999999999999999999", Number::Exact(99_999_999_999_999_999_999 * one)),
            ("100000000000000000000", Number::Word),
            ("1e30", Number::Word),
            ("convertible", Number::Word),
            ("NaN", Number::Word),
            ("inf", Number::Word),
            ("1,5", Number::Word),
            ("1,2345", Number::Word),
            ("1.2.3", Number::Word),
            ("-", Number::Word),
            ("e5", Number::Word),
            ("NULL", Number::Absent),
            ("null", Number::Absent),
            ("", Number::Absent),
            ("  ", Number::Absent),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }

    #[test]
    fn floats_are_read_by_their_shortest_decimal() {
        assert_eq!(of_f64(0.1), Number::Exact(100_000_000_000_000_000));
        assert_eq!(of_f64(-3.0), Number::Exact(-3_000_000_000_000_000_000));
        assert_eq!(of_f64(1e-7), Number::Exact(100_000_000_000));
        assert_eq!(of_f64(f64::NAN), Number::Word);
        assert_eq!(of_decimal(12_345, 3), Number::Exact(12_345_000_000_000_000_000));
        assert_eq!(of_decimal(-12_345, 20), Number::Cut(-123));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value in -LARGEST_I..=LARGEST_I) {
            prop_assert_eq!(parse(&format(value)), Number::Exact(value));
        }

        #[test]
        fn an_exponent_moves_the_point_and_nothing_else(
            value in -1_000_000_000_i64..1_000_000_000, places in 0_u32..9, shift in -6_i32..6,
        ) {
            let plain = rust_decimal::Decimal::new(value, places);
            let moved = if shift >= 0 {
                plain * rust_decimal::Decimal::from(10_i64.pow(shift.unsigned_abs()))
            } else {
                plain / rust_decimal::Decimal::from(10_i64.pow(shift.unsigned_abs()))
            };
            prop_assert_eq!(parse(&format!("{plain}e{shift}")), parse(&moved.to_string()));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,60}") {
            let _ = parse(&text);
        }

        #[test]
        fn number_like_text_makes_no_panic(text in "[-+$(]?[0-9,.]{0,50}([eE][-+]?[0-9]{0,12})?\\)?") {
            let _ = parse(&text);
        }

        #[test]
        fn floats_round_trip(value in -1e15_f64..1e15) {
            if let Number::Exact(amount) = of_f64(value) {
                prop_assert_eq!(format(amount).parse::<f64>().unwrap().to_bits(), value.to_bits());
            }
        }
    }

    const LARGEST_I: i128 = 99_999_999_999_999_999_999_999_999_999_999_999_999;
}
