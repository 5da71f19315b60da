//! How figures are written, in English and Korean: the one formatter behind every surface.
//!
//! Rounding is half-even on the exact decimal. Money shows its everyday digits (ISO 4217), small
//! amounts at least three significant digits, money per something at least four.

use rust_decimal::{Decimal, RoundingStrategy};
use wherefore_contract::{
    draft::{Format, Scale},
    money::Currency,
    question::Language,
    unit::Unit,
};

/// The figure as a reader sees it. Every format keeps the unit.
///
/// Dollars are written `$1,234.56` in both languages, as Korean cloud invoices do; won are
/// `₩1,234` in English and `1,234원` in Korean.
#[must_use]
pub fn figure(value: Decimal, unit: &Unit, format: Format, language: Language) -> String {
    let digits = match format {
        Format::Exact => separated(&value.abs().normalize().to_string()),
        Format::Auto | Format::Signed | Format::Absolute => everyday(value.abs(), unit),
    };
    with_unit(sign(value, format), &digits, unit, language)
}

fn sign(value: Decimal, format: Format) -> &'static str {
    match format {
        Format::Signed if value > Decimal::ZERO => "+",
        Format::Auto | Format::Exact | Format::Signed if value < Decimal::ZERO => "-",
        Format::Absolute | Format::Auto | Format::Exact | Format::Signed => "",
    }
}

/// The figure in a round unit: amounts of money of at least three significant digits, everything else
/// as [`figure`] writes it. Exact figures are never rounded.
#[must_use]
pub fn scaled(
    value: Decimal,
    unit: &Unit,
    format: Format,
    scale: Option<Scale>,
    language: Language,
) -> String {
    let (Unit::Currency(currency), Some(scale)) = (unit, scale) else {
        return figure(value, unit, format, language);
    };
    match digits_in(value.abs(), scale, language) {
        Some(digits) if format != Format::Exact => {
            round_money(sign(value, format), &digits, currency, language)
        }
        Some(_) | None => figure(value, unit, format, language),
    }
}

// The digits and the word of the round unit; `None` where the language has no word for it, or the
// value is smaller than what the unit can show.
fn digits_in(value: Decimal, scale: Scale, language: Language) -> Option<String> {
    let (power, word) = match (scale, language) {
        (Scale::Thousand, Language::En) => (3, " thousand"),
        (Scale::Thousand, Language::Ko) => (3, "천"),
        (Scale::Million, Language::En) => (6, " million"),
        (Scale::Million, Language::Ko) => (6, "백만"),
        (Scale::Billion, Language::En) => (9, " billion"),
        (Scale::Billion, Language::Ko) => (9, "십억"),
        (Scale::Man, Language::Ko) => (4, "만"),
        (Scale::Eok, Language::Ko) => (8, "억"),
        (Scale::Grouped, Language::Ko) => return grouped(value),
        (Scale::Man | Scale::Eok | Scale::Grouped, Language::En) => return None,
    };
    let whole = value.checked_div(Decimal::from(10_u64.pow(power)))?;
    // Below that, the round unit would need more zeros than it saves.
    if whole < Decimal::new(1, 3) && !value.is_zero() {
        return None;
    }
    Some(format!("{}{word}", separated(&rounded(whole, 0, decimals_for(whole, 3)))))
}

// "12억 3,456만 7,890": whole units in groups of four digits.
fn grouped(value: Decimal) -> Option<String> {
    let whole = value.round_dp_with_strategy(0, RoundingStrategy::MidpointNearestEven);
    let mut rest = u64::try_from(whole).ok().filter(|whole| *whole >= 10_000)?;
    let mut parts = Vec::new();
    for (size, word) in [(1_000_000_000_000, "조"), (100_000_000, "억"), (10_000, "만"), (1, "")]
    {
        let count = rest / size;
        rest %= size;
        if count > 0 {
            parts.push(format!("{}{word}", separated(&count.to_string())));
        }
    }
    Some(parts.join(" "))
}

fn round_money(sign: &str, digits: &str, currency: &Currency, language: Language) -> String {
    let word = match currency.code() {
        "USD" => "달러",
        "KRW" => "원",
        "EUR" => "유로",
        "GBP" => "파운드",
        "JPY" => "엔",
        code => code,
    };
    match language {
        Language::En => money(sign, digits, currency, language),
        Language::Ko if digits.ends_with(|last: char| last.is_ascii_digit()) => {
            format!("{sign}{digits}{word}")
        }
        Language::Ko => format!("{sign}{digits} {word}"),
    }
}

/// Everyday digits of a value without its sign, e.g. `1,234.56`.
fn everyday(value: Decimal, unit: &Unit) -> String {
    let (least, most) = match unit {
        Unit::Currency(currency) => {
            let minor = currency.minor_digits();
            (minor, decimals_for(value, 3).max(minor))
        }
        Unit::CurrencyPer { currency, .. } => {
            let minor = currency.minor_digits();
            (minor, decimals_for(value, 4).max(minor))
        }
        Unit::Percent => (1, decimals_for(value, 2).max(1)),
        Unit::Ratio => (1, decimals_for(value, 3).max(1)),
        Unit::Count(_) => (0, decimals_for(value, 3)),
        Unit::Quantity(_) => (0, decimals_for(value, 3).max(2)),
    };
    separated(&rounded(value, least, most))
}

/// Decimals that keep `significant` digits of `value`.
fn decimals_for(value: Decimal, significant: u32) -> u32 {
    if value.is_zero() {
        return 0;
    }
    let mut decimals = 0;
    let mut bound = Decimal::ONE;
    let ten = Decimal::TEN;
    let mut whole = 1;
    while whole < significant && value >= bound * ten {
        bound *= ten;
        whole += 1;
    }
    if value >= Decimal::ONE {
        return significant.saturating_sub(whole);
    }
    let mut scaled = value;
    while scaled < Decimal::ONE && decimals < 28 {
        scaled *= ten;
        decimals += 1;
    }
    (decimals + significant).saturating_sub(1).min(28)
}

/// Rounds half-even to `most` decimals and cuts zeros at the end down to `least` decimals.
fn rounded(value: Decimal, least: u32, most: u32) -> String {
    let value = value.round_dp_with_strategy(most, RoundingStrategy::MidpointNearestEven);
    let mut text = value.normalize().to_string();
    let have = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let least = usize::try_from(least).unwrap_or(0);
    if have < least {
        if have == 0 {
            text.push('.');
        }
        text.extend(std::iter::repeat_n('0', least - have));
    }
    text
}

/// Separates thousands of the whole part.
fn separated(digits: &str) -> String {
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let mut out = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

fn with_unit(sign: &str, digits: &str, unit: &Unit, language: Language) -> String {
    match (unit, language) {
        (Unit::Currency(currency), _) => money(sign, digits, currency, language),
        (Unit::CurrencyPer { currency, per }, Language::En) => {
            let per = many(per).map_or_else(
                || crate::render::counted(&per.replace(' ', "_"), Language::En),
                |(count, noun)| format!("{count} {noun}"),
            );
            format!("{} per {per}", money(sign, digits, currency, language))
        }
        (Unit::CurrencyPer { currency, per }, Language::Ko) => {
            format!("{} {}", per_korean(per), money(sign, digits, currency, language))
        }
        (Unit::Percent, _) => format!("{sign}{digits}%"),
        (Unit::Ratio, Language::En) => format!("{sign}{digits} times"),
        (Unit::Ratio, Language::Ko) => format!("{sign}{digits}배"),
        (Unit::Count(noun), Language::En) => {
            format!("{sign}{digits}{}", noun_english(noun, digits))
        }
        (Unit::Count(noun), Language::Ko) => format!("{sign}{digits}{}", counter_korean(noun)),
        // Another program's number, whose unit nobody said.
        (Unit::Quantity(noun), _) if noun.is_empty() => format!("{sign}{digits}"),
        (Unit::Quantity(noun), _) => format!("{sign}{digits} {}", crate::escape::name(noun)),
    }
}

fn money(sign: &str, digits: &str, currency: &Currency, language: Language) -> String {
    match (currency.code(), language) {
        ("USD", _) => format!("{sign}${digits}"),
        ("KRW", Language::Ko) => format!("{sign}{digits}원"),
        ("KRW", Language::En) => format!("{sign}₩{digits}"),
        ("EUR", _) => format!("{sign}€{digits}"),
        ("GBP", _) => format!("{sign}£{digits}"),
        (code, _) => format!("{sign}{code} {digits}"),
    }
}

// "1000 transactions": how many of what, with the thousands apart.
fn many(per: &str) -> Option<(String, &str)> {
    let (count, noun) = per.split_once(' ')?;
    let count: u32 = count.parse().ok()?;
    Some((separated(&count.to_string()), noun))
}

fn per_korean(per: &str) -> String {
    if let Some((count, noun)) = many(per) {
        return format!("{count}{}당", counter_korean(noun));
    }
    match per {
        "transaction" => "건당".to_owned(),
        "day" => "하루 평균".to_owned(),
        "hour" => "시간당".to_owned(),
        "row" => "요금 행당".to_owned(),
        other => {
            // A count of different values is named by its column: "sub account", "tag app".
            let column = other.replace(' ', "_");
            format!("{}당", crate::render::counted(&column, Language::Ko))
        }
    }
}

fn noun_english(noun: &str, digits: &str) -> String {
    match noun {
        "distinct" => String::new(),
        "series" => " series".to_owned(),
        "anomalies" if digits == "1" => " anomaly".to_owned(),
        noun if digits == "1" => format!(" {}", noun.strip_suffix('s').unwrap_or(noun)),
        noun => format!(" {noun}"),
    }
}

fn counter_korean(noun: &str) -> &'static str {
    match noun {
        "transactions" | "anomalies" | "건" | "checks" => "건",
        "rows" => "행",
        "days" => "일",
        "hours" => "시간",
        "calls" => "회",
        "instances" => "대",
        "weeks" => "주",
        "months" => "개월",
        _ => "개",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_units_change_how_money_is_written_and_nothing_else() {
        use Format::{Auto, Exact, Signed};
        use Language::{En, Ko};
        use Scale::{Billion, Eok, Grouped, Man, Million, Thousand};
        for (value, unit, format, scale, language, expected) in [
            ("32336.018", "USD", Auto, Thousand, En, "$32.3 thousand"),
            ("32336.018", "USD", Auto, Thousand, Ko, "32.3천 달러"),
            ("32336.018", "USD", Auto, Man, Ko, "3.23만 달러"),
            ("32336.018", "USD", Auto, Man, En, "$32,336.02"),
            ("1234567890", "KRW", Auto, Man, Ko, "123,457만 원"),
            ("1234567890", "KRW", Auto, Eok, Ko, "12.3억 원"),
            ("1234567890", "KRW", Auto, Grouped, Ko, "12억 3,456만 7,890원"),
            ("1200000000", "KRW", Auto, Grouped, Ko, "12억 원"),
            ("9876", "KRW", Auto, Grouped, Ko, "9,876원"),
            ("-1234567.8", "USD", Auto, Million, En, "-$1.23 million"),
            ("1234567.8", "USD", Signed, Million, Ko, "+1.23백만 달러"),
            ("2500000000", "USD", Auto, Billion, Ko, "2.5십억 달러"),
            ("1234567.8", "USD", Exact, Million, En, "$1,234,567.8"),
            ("0.5", "USD", Auto, Million, En, "$0.50"),
            ("0", "KRW", Auto, Man, Ko, "0만 원"),
            ("12.345", "%", Auto, Man, Ko, "12.3%"),
        ] {
            let value: Decimal = value.parse().unwrap();
            let shown = scaled(value, &Unit::parse(unit), format, Some(scale), language);
            assert_eq!(shown, expected, "{value} {unit}");
        }
    }

    fn shown(value: &str, unit: &str, format: Format, language: Language) -> String {
        figure(value.parse().unwrap(), &Unit::parse(unit), format, language)
    }

    #[test]
    fn figures_are_written_as_business_readers_expect() {
        use Format::{Absolute, Auto, Exact, Signed};
        use Language::{En, Ko};
        for (value, unit, format, language, expected) in [
            ("1234.5678", "USD", Auto, En, "$1,234.57"),
            ("1234.565", "USD", Auto, En, "$1,234.56"),
            ("-1.2", "USD", Auto, En, "-$1.20"),
            ("-1.2", "USD", Absolute, En, "$1.20"),
            ("1.2", "USD", Signed, Ko, "+$1.20"),
            ("0", "USD", Signed, En, "$0.00"),
            ("0.0000183", "USD", Auto, En, "$0.0000183"),
            ("0.5", "USD", Auto, En, "$0.50"),
            ("1234567.5", "KRW", Auto, Ko, "1,234,568원"),
            ("1234567.5", "KRW", Auto, En, "₩1,234,568"),
            ("12.34", "KRW", Auto, Ko, "12.3원"),
            ("9.5", "EUR", Auto, En, "€9.50"),
            ("9.5", "CHF", Auto, En, "CHF 9.50"),
            ("0.018312", "USD/transaction", Auto, En, "$0.01831 per transaction"),
            ("0.018312", "USD/transaction", Auto, Ko, "건당 $0.01831"),
            ("0.2017", "USD/1000 transactions", Auto, En, "$0.2017 per 1,000 transactions"),
            ("0.2017", "USD/1000 transactions", Auto, Ko, "1,000건당 $0.2017"),
            ("5", "USD/day", Auto, Ko, "하루 평균 $5.00"),
            ("12.345", "%", Auto, En, "12.3%"),
            ("-0.0123", "%", Signed, En, "-0.012%"),
            ("2.5", "x", Auto, En, "2.5 times"),
            ("2.5", "x", Auto, Ko, "2.5배"),
            ("1234567", "transactions", Auto, En, "1,234,567 transactions"),
            ("1", "transactions", Auto, En, "1 transaction"),
            ("1234567", "transactions", Auto, Ko, "1,234,567건"),
            ("17", "distinct", Auto, Ko, "17개"),
            ("17", "distinct", Auto, En, "17"),
            ("1234.5678", "GB", Auto, En, "1,234.57 GB"),
            ("1234.5678", "", Auto, Ko, "1,234.57"),
            ("1234.567800", "USD", Exact, En, "$1,234.5678"),
        ] {
            assert_eq!(shown(value, unit, format, language), expected, "{value} {unit}");
        }
    }
}
