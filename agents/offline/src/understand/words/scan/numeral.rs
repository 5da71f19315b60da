//! Amounts of money with Korean numerals: "5천 달러", "2만 5천불", "십만 달러", "만원".

use super::{Class, Scanner};

// What follows an amount of money.
const MONEY: &[&str] = &["달러", "불", "원", "유로", "센트", "엔"];
// So many transactions: "천 건당", "백만 트랜잭션당".
const EACH: &[&str] = &["건당", "건 당", "트랜잭션당", "거래당", "요청당", "주문당"];

impl Scanner<'_> {
    /// The amount that begins here, as the place after it and its value: one that a word for money follows.
    pub(super) fn amount_in_words(&self, at: usize) -> Option<(usize, u64)> {
        let (mut total, mut section, mut digit) = (0_u64, 0_u64, None::<u64>);
        let (mut next, mut scaled) = (at, false);
        loop {
            while scaled && self.class(next) == Class::Space && next < self.glyphs.len() {
                next += 1;
            }
            let letter = self.glyphs.get(next)?.letter;
            if letter.is_ascii_digit() {
                if digit.is_some() {
                    return None;
                }
                let mut after = next;
                while self
                    .glyphs
                    .get(after)
                    .is_some_and(|glyph| glyph.letter.is_ascii_digit() || glyph.letter == ',')
                {
                    after += 1;
                }
                digit = Some(self.letters(next, after).replace(',', "").parse().ok()?);
                next = after;
            } else if let Some(value) = spoken_digit(letter) {
                if digit.replace(value).is_some() {
                    return None;
                }
                next += 1;
            } else if let Some(scale) = small_scale(letter) {
                section = section.checked_add(digit.take().unwrap_or(1).checked_mul(scale)?)?;
                (next, scaled) = (next + 1, true);
            } else if let Some(scale) = large_scale(letter) {
                let held = section.checked_add(digit.take().unwrap_or(0))?.max(1);
                total = total.checked_add(held.checked_mul(scale)?)?;
                section = 0;
                (next, scaled) = (next + 1, true);
            } else {
                break;
            }
        }
        let value = total.checked_add(section)?.checked_add(digit.unwrap_or(0))?;
        let money = MONEY.iter().chain(EACH).any(|word| {
            let letters: Vec<char> = word.chars().collect();
            self.spelled(next, &letters).is_some()
        });
        // The spaces before the word for money are no part of the amount.
        let end = (at..next).rev().find(|at| self.class(*at) != Class::Space)? + 1;
        (scaled && money).then_some((end, value))
    }
}

fn spoken_digit(letter: char) -> Option<u64> {
    let place = "일이삼사오육칠팔구".chars().position(|digit| digit == letter)?;
    u64::try_from(place + 1).ok()
}

fn small_scale(letter: char) -> Option<u64> {
    match letter {
        '십' => Some(10),
        '백' => Some(100),
        '천' => Some(1_000),
        _ => None,
    }
}

fn large_scale(letter: char) -> Option<u64> {
    match letter {
        '만' => Some(10_000),
        '억' => Some(100_000_000),
        _ => None,
    }
}
