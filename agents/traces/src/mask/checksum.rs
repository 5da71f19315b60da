//! Check digits: what tells a card or a resident registration number from any other number.

/// The digits of a text, in order.
pub(super) fn digits(text: &str) -> Vec<u32> {
    text.chars().filter_map(|letter| letter.to_digit(10)).collect()
}

/// ISO/IEC 7812-1, annex B (Luhn): every second digit from the right counts double, the digits of all add up to a
/// multiple of ten.
pub(super) fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => *digit,
            (_, double) if double > 9 => double - 9,
            (_, double) => double,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Whether thirteen digits begin with a day of birth and a digit for century and sex (1 to 4 citizens, 5 to 8
/// foreigners). Source: 주민등록법 시행규칙 제2조.
pub(super) fn begins_like_resident(digits: &[u32]) -> bool {
    let [_, _, m1, m2, d1, d2, century, ..] = digits else { return false };
    let (month, day) = (m1 * 10 + m2, d1 * 10 + d2);
    (1..=12).contains(&month) && (1..=31).contains(&day) && (1..=8).contains(century)
}

/// The check digit of resident registration numbers given before October 2020; later ones have none. Citizens: eleven
/// less the weighted sum modulo eleven; foreigners two more.
pub(super) fn resident(digits: &[u32]) -> bool {
    const WEIGHTS: [u32; 12] = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
    let (Some(last), 13) = (digits.last(), digits.len()) else { return false };
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let check = |base: u32| (base - sum % 11) % 10;
    check(11) == *last || check(13) == *last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples_hold_and_their_neighbours_do_not() {
        // Test numbers that card networks publish.
        for card in ["4111111111111111", "5555555555554444", "378282246310005", "6011111111111117"]
        {
            assert!(luhn(&digits(card)), "{card}");
        }
        assert!(!luhn(&digits("4111111111111112")));
        // 800101-1 and five zeros: the weighted sum is 16+0+0+5+0+7+8 = 36, 36 mod 11 = 3, 11-3 = 8.
        assert!(resident(&digits("8001011000008")));
        assert!(!resident(&digits("8001011000007")));
        assert!(begins_like_resident(&digits("8001011000008")));
        assert!(!begins_like_resident(&digits("8013011000008")));
    }
}
