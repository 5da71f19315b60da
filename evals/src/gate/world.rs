//! A small world of tables, one correct draft over it, and every sentence of its kind that is true.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Map;
use wherefore_contract::{
    Decimal,
    answer::Status,
    draft::{
        CalcOp, ChartKind, Draft, DraftChart, DraftResult, DraftTable, Extreme, FactOrCalc, Format,
        Sentence, Span, TrendStyle,
    },
    evidence::{Evidence, FactRef},
    period::Period,
    question::{Language, Question},
    table::{Column, Table},
    tool::FactTable,
    unit::Unit,
};

use super::Dice;

/// What one case is about.
pub(crate) struct World {
    pub(crate) question: Question,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) draft: Draft,
    pub(crate) truths: BTreeSet<String>,
    /// The kind of sentence, for reports.
    pub(crate) template: String,
}

/// The numbers behind the tables.
struct Numbers {
    language: Language,
    names: Vec<String>,
    /// Billed and effective cost of each name.
    costs: Vec<[Decimal; 2]>,
    /// Billed cost of each month from July 2024 on.
    months: Vec<Decimal>,
    /// Cost of each name in August and September 2024.
    compared: Vec<[Decimal; 2]>,
    effects: Vec<(&'static str, &'static str, &'static str, Decimal)>,
}

const NAMES: &[&str] = &[
    "Amazon EC2",
    "Amazon S3",
    "AWS Lambda",
    "Amazon RDS",
    "AWS KMS",
    "Amazon Route 53",
    "Virtual Machines",
    "BigQuery",
    "Azure Files",
    "million dollar tag",
    "team-7",
];
const EFFECTS: &[(&str, &str, &str)] = &[
    ("volume", "volume", "거래량"),
    ("intensity", "intensity", "사용 강도"),
    ("mix", "mix", "구성"),
    ("price", "price", "단가"),
];

impl Numbers {
    fn new(dice: &mut Dice) -> Self {
        let mut names: Vec<String> = Vec::new();
        let first = dice.below(NAMES.len());
        for offset in 0..3 + dice.below(4) {
            names.extend(NAMES.get((first + offset) % NAMES.len()).map(|name| (*name).to_owned()));
        }
        let mut amount = |least: usize| -> Decimal {
            let digits = 2 + u32::try_from(dice.below(4)).unwrap_or(0);
            let whole = least + dice.below(10_usize.pow(digits));
            let scale = [0_u32, 2, 4, 9].get(dice.below(4)).copied().unwrap_or(2);
            let fraction = i64::try_from(dice.below(10_usize.pow(scale))).unwrap_or(0);
            Decimal::from(whole) + Decimal::new(fraction, scale)
        };
        let pair = |amount: &mut dyn FnMut(usize) -> Decimal| [amount(10), amount(10)];
        let costs = names.iter().map(|_| pair(&mut amount)).collect();
        let months = (0..3).map(|_| amount(50)).collect();
        let compared = names.iter().map(|_| pair(&mut amount)).collect();
        let effects = EFFECTS
            .iter()
            .enumerate()
            .map(|(index, (id, en, ko))| {
                let value = amount(1);
                (*id, *en, *ko, if index % 2 == 0 { value } else { -value })
            })
            .collect();
        let language = if dice.below(2) == 0 { Language::En } else { Language::Ko };
        Self { language, names, costs, months, compared, effects }
    }

    fn evidence(&self) -> Vec<Evidence> {
        let usd = || Unit::parse("USD");
        let text = |value: &Decimal| Some(value.to_string());
        let total = |at: usize| self.costs.iter().filter_map(|pair| pair.get(at)).sum::<Decimal>();
        let whole = table(
            "e1",
            vec![Column::measure("billed_cost", usd()), Column::measure("effective_cost", usd())],
            vec![vec![text(&total(0)), text(&total(1))]],
        );
        let rows = self.names.iter().zip(&self.costs);
        let breakdown = table(
            "e2",
            vec![
                Column::dimension("cloud_service"),
                Column::measure("billed_cost", usd()),
                Column::measure("effective_cost", usd()),
                Column::measure("share", Unit::Percent),
            ],
            rows.map(|(name, [billed, effective])| {
                let share = (*billed * Decimal::ONE_HUNDRED / total(0)).round_dp(6);
                vec![Some(name.clone()), text(billed), text(effective), text(&share)]
            })
            .collect(),
        );
        let mut months = table(
            "e3",
            vec![Column::time("month"), Column::measure("billed_cost", usd())],
            (self.months.iter().enumerate())
                .map(|(index, cost)| vec![Some(format!("2024-{:02}", 7 + index)), text(cost)])
                .collect(),
        );
        months.facts.period = span(7, 10);
        let mut compared = table(
            "e4",
            vec![
                Column::dimension("cloud_service"),
                in_month(Column::measure("billed_cost_from", usd()), 8),
                in_month(Column::measure("billed_cost_to", usd()), 9),
                Column::measure("change", usd()),
            ],
            (self.names.iter().zip(&self.compared))
                .map(|(name, [from, to])| {
                    vec![Some(name.clone()), text(from), text(to), text(&(*to - *from))]
                })
                .collect(),
        );
        compared.facts.period = None;
        let mut bridge = table(
            "e5",
            vec![Column::dimension("effect"), Column::measure("amount", usd())],
            self.effects
                .iter()
                .map(|(id, _, _, value)| vec![Some((*id).to_owned()), text(value)])
                .collect(),
        );
        bridge.facts.period = None;
        vec![whole, breakdown, months, compared, bridge]
    }
}

fn table(id: &str, columns: Vec<Column>, rows: Vec<Vec<Option<String>>>) -> Evidence {
    Evidence {
        id: id.to_owned(),
        tool: "query_cost".to_owned(),
        arguments: Map::new(),
        snapshot: "s000001".to_owned(),
        facts: FactTable {
            name: "cost".to_owned(),
            table: Table { columns, rows },
            source: "embedded:billing".to_owned(),
            statement: None,
            parameters: Vec::new(),
            period: span(9, 10),
            filters: Vec::new(),
            data_as_of: None,
            complete: true,
        },
        notices: Vec::new(),
    }
}

/// From the first of one month of 2024 to the first of another.
pub(crate) fn span(from: i8, to: i8) -> Option<Period> {
    let day = |month| jiff::civil::Date::new(2024, month, 1).ok();
    Period::of_days(day(from)?, day(to)?).ok()
}

fn in_month(column: Column, month: i8) -> Column {
    Column { period: span(month, month + 1), ..column }
}

impl World {
    pub(crate) fn new(dice: &mut Dice) -> Self {
        let numbers = Numbers::new(dice);
        let kinds: &[(&str, Template)] = &[
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
        let (template, build) =
            kinds.get(dice.below(kinds.len())).copied().unwrap_or(("total", total));
        let made = build(&numbers, dice);
        let asked = "Is it $9,999 or twelve percent more than in 2023, and did it rise?";
        let today = jiff::civil::Date::new(2024, 10, 15).unwrap_or_default();
        let question = Question::parse(asked, Some(numbers.language), today);
        World {
            question: question
                .unwrap_or_else(|_| unreachable!("the question is fixed and readable")),
            evidence: numbers.evidence(),
            draft: draft(made.spans),
            truths: made.truths,
            template: format!("{template} {}", numbers.language),
        }
    }
}

struct Made {
    spans: Vec<Span>,
    truths: BTreeSet<String>,
}

type Template = fn(&Numbers, &mut Dice) -> Made;

fn draft(headline: Vec<Span>) -> Draft {
    Draft {
        status: Status::Answered,
        headline: Sentence(headline),
        body: Vec::new(),
        tables: vec![DraftTable { evidence: "e2".to_owned(), columns: Vec::new() }],
        result: DraftResult::Scalar {
            name: "billed_cost".to_owned(),
            value: FactOrCalc::Fact(at("e1", 0, "billed_cost")),
        },
        verdict: BTreeMap::new(),
        findings: Vec::new(),
        assumptions: Vec::new(),
        gaps: Vec::new(),
        charts: vec![DraftChart {
            title: Sentence(vec![Span::Measure { fact: at("e2", 0, "billed_cost") }]),
            kind: ChartKind::Bars,
            evidence: "e2".to_owned(),
            x: "cloud_service".to_owned(),
            y: vec!["billed_cost".to_owned()],
            series: None,
        }],
        next: Vec::new(),
    }
}

pub(crate) fn at(evidence: &str, row: usize, column: &str) -> FactRef {
    FactRef::new(evidence, row, column)
}

fn t(text: &str) -> Span {
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

fn p(month: i8) -> Span {
    span(month, month + 1).map_or_else(|| t(""), |period| Span::Period { period })
}

// The oracle's own way to write figures: two decimals, half-even, thousands apart.
fn money(value: Decimal) -> String {
    let sign = if value < Decimal::ZERO { "-" } else { "" };
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

fn signed_money(value: Decimal) -> String {
    if value > Decimal::ZERO { format!("+{}", money(value)) } else { money(value) }
}

fn measures(language: Language) -> [&'static str; 2] {
    match language {
        Language::En => ["billed cost", "effective cost"],
        Language::Ko => ["청구 비용", "유효 비용"],
    }
}

const COLUMNS: [&str; 2] = ["billed_cost", "effective_cost"];

fn month(language: Language, month: usize) -> String {
    let names = ["July", "August", "September"];
    match language {
        Language::En => {
            format!("{} 2024", names.get(month.saturating_sub(7)).copied().unwrap_or_default())
        }
        Language::Ko => format!("2024년 {month}월"),
    }
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

// One decimal; two significant digits below a tenth.
fn percent(value: Decimal) -> String {
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

fn months(numbers: &Numbers, dice: &mut Dice) -> Made {
    let from = dice.below(2);
    let (a, b) = (at("e3", from, "billed_cost"), at("e3", from + 1, "billed_cost"));
    let months = [7, 8, 9];
    let (pa, pb) = (p(months[from]), p(months[from + 1]));
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
        let figure =
            if en { format!("{} per day", rate(daily)) } else { format!("하루 {}", rate(daily)) };
        truths.insert(format!("{measure}{of}{figure}{was}"));
        let whole: Decimal = numbers.costs.iter().filter_map(|pair| pair.get(index)).sum();
        truths.insert(format!("{measure}{of}{}{was}", money(whole)));
    }
    Made { spans, truths }
}

// Money per something keeps four significant digits, and at least cents.
fn rate(value: Decimal) -> String {
    let decimals = if value < Decimal::TEN { 3 } else { 2 };
    let rounded = value.round_dp(decimals).normalize();
    if rounded.scale() <= 2 { money(rounded) } else { format!("${rounded}") }
}

fn bridge(numbers: &Numbers, dice: &mut Dice) -> Made {
    let index = dice.below(numbers.effects.len());
    let en = numbers.language == Language::En;
    let (head, of) = if en { ("Effect of ", ": ") } else { ("효과 ", ": ") };
    let value = Span::Value { fact: at("e5", index, "amount"), format: Format::Signed };
    let spans = vec![t(head), n("e5", index, "effect"), t(of), value, t(".")];
    let truths = (numbers.effects.iter())
        .map(|(_, english, korean, value)| {
            let name = if en { english } else { korean };
            format!("{head}{name}{of}{}.", signed_money(*value))
        })
        .collect();
    Made { spans, truths }
}
