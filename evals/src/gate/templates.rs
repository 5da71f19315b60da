//! Sentences over a small world, each with every sentence of its kind that is true.

use std::collections::BTreeSet;

use wherefore_contract::{
    Decimal,
    draft::{CalcOp, Extreme, Format, Span, TrendStyle},
    evidence::FactRef,
    question::Language,
};

use super::{
    Dice,
    numbers::{Numbers, span},
    shown::{COLUMNS, measures, money, month, percent, rate, signed_money},
};

/// A sentence and the true ones of its kind.
pub(super) struct Made {
    pub(super) spans: Vec<Span>,
    pub(super) truths: BTreeSet<String>,
}

pub(super) type Template = fn(&Numbers, &mut Dice) -> Made;

/// Every template by its name.
pub(super) const TEMPLATES: &[(&str, Template)] = &[
    ("bare", bare),
    ("total", total),
    ("row", row),
    ("two_rows", two_rows),
    ("share", share),
    ("months", months),
    ("signed", signed),
    ("directed", directed),
    ("extreme", extreme),
    ("sum", sum),
    ("mean", mean),
    ("per_day", per_day),
    ("bridge", bridge),
];

pub(super) fn at(evidence: &str, row: usize, column: &str) -> FactRef {
    FactRef::new(evidence, row, column)
}

pub(super) fn t(text: &str) -> Span {
    Span::Text { text: text.to_owned() }
}

fn v(at: FactRef) -> Span {
    Span::Value { fact: at, format: Format::Auto }
}

fn n(evidence: &str, row: usize, column: &str) -> Span {
    Span::Name { fact: at(evidence, row, column) }
}

fn m(at: FactRef) -> Span {
    Span::Measure { fact: at }
}

pub(super) fn p(month: i8) -> Span {
    span(month, month + 1).map_or_else(|| t(""), |period| Span::Period { period })
}

fn total(numbers: &Numbers, dice: &mut Dice) -> Made {
    let column = COLUMNS.get(dice.below(2)).copied().unwrap_or_default();
    let cell = || at("e1", 0, column);
    let en = numbers.language == Language::En;
    let spans = if en {
        vec![t("The "), m(cell()), t(" in "), p(9), t(" was "), v(cell()), t(".")]
    } else {
        vec![p(9), t("의 "), m(cell()), t(": "), v(cell()), t(".")]
    };
    let mut truths = BTreeSet::new();
    for (index, measure) in measures(numbers.language).iter().enumerate() {
        let sum = money(numbers.costs.iter().filter_map(|pair| pair.get(index)).sum());
        let when = month(numbers.language, 9);
        truths.insert(if en {
            format!("The {measure} in {when} was {sum}.")
        } else {
            format!("{when}의 {measure}: {sum}.")
        });
    }
    if let Some(last) = numbers.months.last() {
        let (when, sum) = (month(numbers.language, 9), money(*last));
        let measure = measures(numbers.language)[0];
        truths.insert(if en {
            format!("The {measure} in {when} was {sum}.")
        } else {
            format!("{when}의 {measure}: {sum}.")
        });
    }
    Made { spans, truths }
}

fn row(numbers: &Numbers, dice: &mut Dice) -> Made {
    let (index, column) =
        (dice.below(numbers.names.len()), COLUMNS.get(dice.below(2)).copied().unwrap_or_default());
    let cell = || at("e2", index, column);
    let en = numbers.language == Language::En;
    let spans = if en {
        vec![n("e2", index, "cloud_service"), t(" had a "), m(cell()), t(" of "), v(cell()), t(".")]
    } else {
        vec![n("e2", index, "cloud_service"), t("의 "), m(cell()), t(": "), v(cell()), t(".")]
    };
    let mut truths = BTreeSet::new();
    for (name, pair) in numbers.names.iter().zip(&numbers.costs) {
        for (measure, cost) in measures(numbers.language).iter().zip(pair) {
            let cost = money(*cost);
            truths.insert(if en {
                format!("{name} had a {measure} of {cost}.")
            } else {
                format!("{name}의 {measure}: {cost}.")
            });
        }
    }
    Made { spans, truths }
}

fn two_rows(numbers: &Numbers, dice: &mut Dice) -> Made {
    let first = dice.below(numbers.names.len());
    let second = (first + 1 + dice.below(numbers.names.len() - 1)) % numbers.names.len();
    let column = COLUMNS.get(dice.below(2)).copied().unwrap_or_default();
    let en = numbers.language == Language::En;
    let (cost, and) = if en { (" cost ", " and ") } else { (": ", ", ") };
    let spans = vec![
        m(at("e2", first, column)),
        t(", "),
        n("e2", first, "cloud_service"),
        t(cost),
        v(at("e2", first, column)),
        t(and),
        n("e2", second, "cloud_service"),
        t(cost),
        v(at("e2", second, column)),
        t("."),
    ];
    let mut truths = BTreeSet::new();
    for (index, measure) in measures(numbers.language).iter().enumerate() {
        for (one, a) in numbers.names.iter().zip(&numbers.costs) {
            for (other, b) in numbers.names.iter().zip(&numbers.costs) {
                let (a, b) = (a.get(index).copied(), b.get(index).copied());
                let (a, b) = (money(a.unwrap_or_default()), money(b.unwrap_or_default()));
                truths.insert(format!("{measure}, {one}{cost}{a}{and}{other}{cost}{b}."));
            }
        }
    }
    Made { spans, truths }
}

fn share(numbers: &Numbers, dice: &mut Dice) -> Made {
    let index = dice.below(numbers.names.len());
    let en = numbers.language == Language::En;
    let (has, end) = if en { (" has a share of ", ".") } else { ("의 비중: ", ".") };
    let spans = vec![n("e2", index, "cloud_service"), t(has), v(at("e2", index, "share")), t(end)];
    let total: Decimal = numbers.costs.iter().map(|pair| pair[0]).sum();
    let truths = (numbers.names.iter().zip(&numbers.costs))
        .map(|(name, pair)| {
            let exact = (pair[0] * Decimal::ONE_HUNDRED / total).round_dp(6);
            format!("{name}{has}{}%{end}", percent(exact))
        })
        .collect();
    Made { spans, truths }
}

fn months(numbers: &Numbers, dice: &mut Dice) -> Made {
    let from = dice.below(2);
    let (a, b) = (at("e3", from, "billed_cost"), at("e3", from + 1, "billed_cost"));
    let (pa, pb) = if from == 0 { (p(7), p(8)) } else { (p(8), p(9)) };
    let trend = Span::Trend { from: Some(a.clone()), to: b.clone(), style: TrendStyle::Noun };
    let change = Span::Calc {
        op: CalcOp::PercentChange,
        facts: vec![a.clone(), b.clone()],
        format: Format::Absolute,
    };
    let en = numbers.language == Language::En;
    let words = if en {
        ["From ", " in ", " to ", " in ", ": a ", " of ", "."]
    } else {
        ["비용 ", ", ", "에서 ", ", ", "로: ", ", 비율 ", "."]
    };
    let [w0, w1, w2, w3, w4, w5, w6] = words;
    let spans =
        vec![t(w0), v(a), t(w1), pa, t(w2), v(b), t(w3), pb, t(w4), trend, t(w5), change, t(w6)];
    let mut truths = BTreeSet::new();
    for (i, one) in numbers.months.iter().enumerate() {
        for (k, other) in numbers.months.iter().enumerate().skip(i + 1) {
            let direction = match (other.cmp(one), en) {
                (std::cmp::Ordering::Greater, true) => "rise",
                (std::cmp::Ordering::Less, true) => "fall",
                (std::cmp::Ordering::Equal, true) => "no change",
                (std::cmp::Ordering::Greater, false) => "증가",
                (std::cmp::Ordering::Less, false) => "감소",
                (std::cmp::Ordering::Equal, false) => "변동 없음",
            };
            let rate = percent(((*other - *one) * Decimal::ONE_HUNDRED / *one).abs());
            let (ma, mb) = (month(numbers.language, 7 + i), month(numbers.language, 7 + k));
            truths.insert(
                format!(
                    "{w0}{}{w1}{ma}{w2}{}{w3}{mb}{w4}{direction}{w5}{rate}%{w6}",
                    money(*one),
                    money(*other)
                )
                .trim()
                .to_owned(),
            );
        }
    }
    Made { spans, truths }
}

fn signed(numbers: &Numbers, dice: &mut Dice) -> Made {
    let index = dice.below(numbers.names.len());
    let en = numbers.language == Language::En;
    let words = if en {
        ["From ", " to ", ", ", " changed by ", "."]
    } else {
        ["", " 대비 ", ", ", "의 변화: ", "."]
    };
    let [w0, w1, w2, w3, w4] = words;
    let value = Span::Value { fact: at("e4", index, "change"), format: Format::Signed };
    let mut spans =
        vec![p(8), t(w1), p(9), t(w2), n("e4", index, "cloud_service"), t(w3), value, t(w4)];
    if en {
        spans.insert(0, t(w0));
    }
    let (from, to) = (month(numbers.language, 8), month(numbers.language, 9));
    let truths = (numbers.names.iter().zip(&numbers.compared))
        .map(|(name, [a, b])| {
            format!("{w0}{from}{w1}{to}{w2}{name}{w3}{}{w4}", signed_money(*b - *a))
        })
        .collect();
    Made { spans, truths }
}

fn directed(numbers: &Numbers, dice: &mut Dice) -> Made {
    let index = dice.below(numbers.names.len());
    let en = numbers.language == Language::En;
    let (by, end) = if en { (": a ", " of ") } else { (": ", ", ") };
    let trend = Span::Trend {
        from: Some(at("e4", index, "billed_cost_from")),
        to: at("e4", index, "billed_cost_to"),
        style: TrendStyle::Noun,
    };
    let value = Span::Value { fact: at("e4", index, "change"), format: Format::Absolute };
    let spans = vec![n("e4", index, "cloud_service"), t(by), trend, t(end), value, t(".")];
    let truths = (numbers.names.iter().zip(&numbers.compared))
        .flat_map(|(name, [a, b])| {
            let direction = match (b.cmp(a), en) {
                (std::cmp::Ordering::Greater, true) => "rise",
                (std::cmp::Ordering::Less, true) => "fall",
                (std::cmp::Ordering::Equal, true) => "no change",
                (std::cmp::Ordering::Greater, false) => "증가",
                (std::cmp::Ordering::Less, false) => "감소",
                (std::cmp::Ordering::Equal, false) => "변동 없음",
            };
            // With its sign the change says the same twice.
            [money((*b - *a).abs()), signed_money(*b - *a)]
                .map(|change| format!("{name}{by}{direction}{end}{change}."))
        })
        .collect();
    Made { spans, truths }
}

fn extreme(numbers: &Numbers, dice: &mut Dice) -> Made {
    let which = if dice.below(2) == 0 { Extreme::Largest } else { Extreme::Smallest };
    let side = dice.below(2);
    let column = COLUMNS.get(side).copied().unwrap_or_default();
    let end = |largest: bool, side: usize| {
        let costs = numbers.costs.iter().map(|pair| pair.get(side).copied().unwrap_or_default());
        if largest { costs.max() } else { costs.min() }.unwrap_or_default()
    };
    let row = numbers
        .costs
        .iter()
        .position(|pair| pair.get(side) == Some(&end(which == Extreme::Largest, side)))
        .unwrap_or(0);
    let en = numbers.language == Language::En;
    let cell = || at("e2", row, column);
    let name = || n("e2", row, "cloud_service");
    let spans = if en {
        vec![
            name(),
            t(" had "),
            Span::Extreme { fact: cell(), which },
            t(" "),
            m(cell()),
            t(" with "),
            v(cell()),
            t("."),
        ]
    } else {
        vec![
            m(cell()),
            t("이 "),
            Span::Extreme { fact: cell(), which },
            t(" 것은 "),
            name(),
            t(": "),
            v(cell()),
            t("."),
        ]
    };
    let mut truths = BTreeSet::new();
    for (largest, en_word, ko_word) in
        [(true, "the largest", "가장 큰"), (false, "the smallest", "가장 작은")]
    {
        for (side, measure) in measures(numbers.language).iter().enumerate() {
            for (name, pair) in numbers.names.iter().zip(&numbers.costs) {
                if pair.get(side) == Some(&end(largest, side)) {
                    let cost = money(end(largest, side));
                    truths.insert(if en {
                        format!("{name} had {en_word} {measure} with {cost}.")
                    } else {
                        format!("{measure}이 {ko_word} 것은 {name}: {cost}.")
                    });
                }
            }
        }
    }
    Made { spans, truths }
}

fn joined(numbers: &Numbers, op: CalcOp, words: (&str, &str), value: Decimal) -> Made {
    let facts = (0..numbers.months.len()).map(|row| at("e3", row, "billed_cost")).collect();
    let spans = vec![t(words.0), Span::Calc { op, facts, format: Format::Auto }, t(words.1)];
    Made { spans, truths: BTreeSet::from([format!("{}{}{}", words.0, money(value), words.1)]) }
}

fn sum(numbers: &Numbers, _dice: &mut Dice) -> Made {
    let words = if numbers.language == Language::En {
        ("In total it was ", ".")
    } else {
        ("모두 합하면 ", ".")
    };
    joined(numbers, CalcOp::Sum, words, numbers.months.iter().sum())
}

fn mean(numbers: &Numbers, _dice: &mut Dice) -> Made {
    let words = if numbers.language == Language::En {
        ("The monthly average was ", ".")
    } else {
        ("월평균 비용: ", ".")
    };
    let count = Decimal::from(numbers.months.len());
    joined(numbers, CalcOp::Mean, words, numbers.months.iter().sum::<Decimal>() / count)
}

fn per_day(numbers: &Numbers, dice: &mut Dice) -> Made {
    let column = COLUMNS.get(dice.below(2)).copied().unwrap_or_default();
    let cell = || at("e1", 0, column);
    let en = numbers.language == Language::En;
    let (of, was) = if en { (" came to ", ".") } else { (": ", ".") };
    let calc = Span::Calc { op: CalcOp::PerDay, facts: vec![cell()], format: Format::Auto };
    let spans = vec![m(cell()), t(of), calc, t(was)];
    let mut truths = BTreeSet::new();
    for (index, measure) in measures(numbers.language).iter().enumerate() {
        let daily = numbers.costs.iter().filter_map(|pair| pair.get(index)).sum::<Decimal>()
            / Decimal::from(30);
        let figure = if en {
            format!("{} per day", rate(daily))
        } else {
            format!("하루 평균 {}", rate(daily))
        };
        truths.insert(format!("{measure}{of}{figure}{was}"));
        let whole: Decimal = numbers.costs.iter().filter_map(|pair| pair.get(index)).sum();
        truths.insert(format!("{measure}{of}{}{was}", money(whole)));
    }
    Made { spans, truths }
}

fn bridge(numbers: &Numbers, dice: &mut Dice) -> Made {
    let index = dice.below(numbers.effects.len());
    let en = numbers.language == Language::En;
    let (head, of) = if en { ("Effect of ", ": ") } else { ("효과 ", ": ") };
    let value = Span::Value { fact: at("e5", index, "amount"), format: Format::Signed };
    let spans = vec![t(head), n("e5", index, "effect"), t(of), value, t(".")];
    let truths = (numbers.effects.iter())
        .flat_map(|(_, english, korean, value)| {
            let name = if en { english } else { korean };
            // A positive part without its plus is still that part; a minus is never left out.
            [signed_money(*value), money(*value)].map(|amount| format!("{head}{name}{of}{amount}."))
        })
        .collect();
    Made { spans, truths }
}

// Without a period of its own, a figure is one of the period that the answer was read for.
fn bare(numbers: &Numbers, dice: &mut Dice) -> Made {
    let column = COLUMNS.get(dice.below(2)).copied().unwrap_or_default();
    let cell = || at("e1", 0, column);
    let en = numbers.language == Language::En;
    let (head, was) = if en { ("The ", " was ") } else { ("", ": ") };
    let mut spans = vec![m(cell()), t(was), v(cell()), t(".")];
    if en {
        spans.insert(0, t(head));
    }
    let mut truths = BTreeSet::new();
    for (index, measure) in measures(numbers.language).iter().enumerate() {
        let sum = money(numbers.costs.iter().filter_map(|pair| pair.get(index)).sum());
        truths.insert(format!("{head}{measure}{was}{sum}."));
    }
    if let (Some(last), [billed, _]) = (numbers.months.last(), measures(numbers.language)) {
        truths.insert(format!("{head}{billed}{was}{}.", money(*last)));
    }
    Made { spans, truths }
}
