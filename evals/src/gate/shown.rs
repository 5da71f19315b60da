//! The oracle's own way to write figures; it shares no code with the gate.

use wherefore_contract::{Decimal, question::Language};

// Two decimals, half-even, thousands apart; three significant digits below one.
pub(super) fn money(value: Decimal) -> String {
    let sign = if value < Decimal::ZERO { "-" } else { "" };
    let size = value.abs();
    if size < Decimal::ONE && !size.is_zero() {
        let leading =
            (1..20).find(|power| size * Decimal::from(10_u64.pow(*power)) >= Decimal::ONE);
        let rounded = size.round_dp(leading.unwrap_or(0) + 2).normalize();
        return if rounded.scale() <= 2 {
            format!("{sign}${rounded:.2}")
        } else {
            format!("{sign}${rounded}")
        };
    }
    let rounded = value.abs().round_dp(2);
    let cents = (rounded * Decimal::ONE_HUNDRED).trunc().to_string();
    let cents = format!("{cents:0>3}");
    let (whole, cents) = cents.split_at(cents.len() - 2);
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}${grouped}.{cents}")
}

pub(super) fn signed_money(value: Decimal) -> String {
    if value > Decimal::ZERO { format!("+{}", money(value)) } else { money(value) }
}

pub(super) fn measures(language: Language) -> [&'static str; 2] {
    match language {
        Language::En => ["billed cost", "effective cost"],
        Language::Ko => ["청구 비용", "유효 비용"],
    }
}

pub(super) const COLUMNS: [&str; 2] = ["billed_cost", "effective_cost"];

pub(super) fn month(language: Language, month: usize) -> String {
    let names = ["July", "August", "September"];
    match language {
        Language::En => {
            format!("{} 2024", names.get(month.saturating_sub(7)).copied().unwrap_or_default())
        }
        Language::Ko => format!("2024년 {month}월"),
    }
}

// One decimal; two significant digits below a tenth.
pub(super) fn percent(value: Decimal) -> String {
    let size = value.abs();
    let mut decimals = 1;
    while decimals < 20
        && !size.is_zero()
        && size * Decimal::from(10_u64.pow(decimals)) < Decimal::TEN
        && size < Decimal::ONE
    {
        decimals += 1;
    }
    let text = value.round_dp(decimals).normalize().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, "0"));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped}.{fraction}")
}

// Money per something keeps four significant digits, and at least cents.
pub(super) fn rate(value: Decimal) -> String {
    let decimals = if value < Decimal::TEN { 3 } else { 2 };
    let rounded = value.round_dp(decimals).normalize();
    if rounded.scale() <= 2 { money(rounded) } else { format!("${rounded}") }
}
