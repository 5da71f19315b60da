//! Breaks a draft in one way.

use wherefore_contract::{
    draft::{CalcOp, Draft, Extreme, Format, Span},
    evidence::FactRef,
};

use super::{Dice, numbers::span, world::World};

type Mutation = fn(&mut Vec<Span>, &World, &mut Dice) -> Option<()>;

const KINDS: &[(&str, Mutation)] = &[
    ("draft digits in text", |spans, _, dice| {
        insert(spans, dice, &[" 42 ", "7", " 1,000 ", " 3.5", "12%", " 0x1F "])
    }),
    ("draft spelled english", |spans, _, dice| {
        insert(
            spans,
            dice,
            &[
                " twelve ",
                " half ",
                " two million ",
                " doubled ",
                " a third ",
                " most ",
                " Twenty-one ",
                " twice ",
            ],
        )
    }),
    ("draft spelled korean", |spans, _, dice| {
        insert(
            spans,
            dice,
            &[
                " 절반 ",
                " 두 배 ",
                " 삼백만 원 ",
                " 천이백 건 ",
                " 대부분 ",
                " 열두 개 ",
                " 이십 퍼센트 ",
            ],
        )
    }),
    ("draft other scripts", |spans, _, dice| {
        insert(spans, dice, &["１２", "٣٤", "三", "²", "½", "Ⅻ", "①", "億", "𝟗"])
    }),
    ("draft zero width", |spans, _, dice| {
        insert(
            spans,
            dice,
            &["\u{200b}", "t\u{200b}en", "\u{202e}", "\u{feff}", "\u{2060}", "\u{3164}"],
        )
    }),
    ("draft look alikes", |spans, _, dice| {
        insert(spans, dice, &["tw\u{043e}", "\u{0455}ix", "\u{03bf}ne"])
    }),
    ("draft unit in text", |spans, _, dice| {
        after_figure(
            spans,
            dice,
            &[" percent", "k", " 달러", " 억", "만 ", " thousand", " KRW", " million", "배"],
        )
    }),
    ("draft sign in text", |spans, _, dice| {
        before_figure(spans, dice, &["-", " –", "+", " minus -"])
    }),
    ("draft direction in text", |spans, _, dice| {
        insert(spans, dice, &[" rose ", " fell ", " increased ", " 증가 ", " 줄었고 ", " higher "])
    }),
    ("draft rank in text", |spans, _, dice| {
        insert(spans, dice, &[" largest ", " top ", " 가장 ", " 최대 ", " lowest "])
    }),
    ("draft measure in text", |spans, _, dice| {
        insert(spans, dice, &[" list cost ", " effective cost ", " 정가 비용 ", " unit cost "])
    }),
    ("draft hidden or address", |spans, _, dice| {
        insert(
            spans,
            dice,
            &[
                "<!-- 5 -->",
                " https://evil.example/x ",
                "![x](y)",
                " www.evil ",
                "<b>",
                "`",
                " evil.example ",
            ],
        )
    }),
    ("draft other row", |spans, _, dice| {
        change_fact(spans, dice, |fact, dice| fact.row = dice.below(7))
    }),
    ("draft other column", |spans, _, dice| {
        change_fact(spans, dice, |fact, dice| {
            let columns = [
                "billed_cost",
                "effective_cost",
                "share",
                "change",
                "billed_cost_from",
                "billed_cost_to",
                "amount",
            ];
            columns
                .get(dice.below(columns.len()))
                .copied()
                .unwrap_or_default()
                .clone_into(&mut fact.column);
        })
    }),
    ("draft other evidence", |spans, _, dice| {
        change_fact(spans, dice, |fact, dice| fact.evidence = format!("e{}", 1 + dice.below(6)))
    }),
    ("draft other cell", |spans, world, dice| {
        let cells = cells(world);
        change_fact(spans, dice, |fact, dice| {
            if let Some(cell) = dice.pick(&cells) {
                fact.clone_from(cell);
            }
        })
    }),
    ("draft other period", |spans, _, dice| {
        let at = find(spans, dice, |each| matches!(each, Span::Period { .. }))?;
        let from = 6 + i8::try_from(dice.below(4)).ok()?;
        let period = span(from, from + 1 + i8::try_from(dice.below(2)).ok()?)?;
        *spans.get_mut(at)? = Span::Period { period };
        Some(())
    }),
    ("draft periods exchanged", |spans, _, dice| {
        exchange(spans, dice, |each| matches!(each, Span::Period { .. }))
    }),
    ("draft figures exchanged", |spans, _, dice| {
        exchange(spans, dice, |each| matches!(each, Span::Value { .. }))
    }),
    ("draft names exchanged", |spans, _, dice| {
        exchange(spans, dice, |each| matches!(each, Span::Name { .. }))
    }),
    ("draft trend reversed", |spans, _, dice| {
        let at = find(spans, dice, |each| matches!(each, Span::Trend { .. }))?;
        let Some(Span::Trend { from: Some(from), to, .. }) = spans.get_mut(at) else { return None };
        std::mem::swap(from, to);
        Some(())
    }),
    ("draft extreme reversed", |spans, _, dice| {
        let at = find(spans, dice, |each| matches!(each, Span::Extreme { .. }))?;
        let Some(Span::Extreme { which, .. }) = spans.get_mut(at) else { return None };
        *which = if *which == Extreme::Largest { Extreme::Smallest } else { Extreme::Largest };
        Some(())
    }),
    ("draft other calculation", |spans, _, dice| {
        let at = find(spans, dice, |each| matches!(each, Span::Calc { .. }))?;
        let ops = [
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
        let Some(Span::Calc { op, .. }) = spans.get_mut(at) else { return None };
        *op = *dice.pick(&ops)?;
        Some(())
    }),
    ("draft facts of calculation", |spans, _, dice| {
        let at = find(spans, dice, |each| matches!(each, Span::Calc { .. }))?;
        let Some(Span::Calc { facts, .. }) = spans.get_mut(at) else { return None };
        match dice.below(3) {
            0 => facts.reverse(),
            1 => drop(facts.pop()),
            _ => facts.push(facts.first()?.clone()),
        }
        Some(())
    }),
    ("draft name dropped", |spans, _, dice| {
        let at = find(spans, dice, |each| matches!(each, Span::Name { .. }))?;
        spans.remove(at);
        Some(())
    }),
    ("draft other format", |spans, _, dice| {
        let at = find(spans, dice, |each| matches!(each, Span::Value { .. }))?;
        let Some(Span::Value { format, .. }) = spans.get_mut(at) else { return None };
        *format = *dice.pick(&[Format::Signed, Format::Absolute, Format::Auto])?;
        Some(())
    }),
    ("draft asked for a figure", |spans, world, dice| {
        let at = find(spans, dice, |each| matches!(each, Span::Value { .. } | Span::Calc { .. }))?;
        let words = ["$9,999", "9,999", "twelve percent", "999", "rise", "2023", "9"];
        let words = dice.pick(&words)?;
        let start = world.question.text().find(words)?;
        *spans.get_mut(at)? = Span::Asked { start, end: start + words.len() };
        Some(())
    }),
];

type Aside = fn(&mut Draft, &mut Dice) -> Option<()>;

const ASIDES: &[(&str, Aside)] = &[
    ("draft gap with a figure", |draft, dice| {
        let gap = draft.gaps.first_mut()?;
        let sentence = if dice.below(2) == 0 { &mut gap.sentence } else { &mut gap.effect };
        insert(&mut sentence.0, dice, FIGURES)
    }),
    ("draft gap with a claim", |draft, dice| {
        let gap = draft.gaps.first_mut()?;
        let sentence = if dice.below(2) == 0 { &mut gap.sentence } else { &mut gap.effect };
        insert(&mut sentence.0, dice, CLAIMS)
    }),
    ("draft assumption with a figure", |draft, dice| {
        insert(&mut draft.assumptions.first_mut()?.sentence.0, dice, FIGURES)
    }),
    ("draft assumption with a claim", |draft, dice| {
        insert(&mut draft.assumptions.first_mut()?.sentence.0, dice, CLAIMS)
    }),
    ("draft assumption of other period", |draft, dice| {
        let spans = &mut draft.assumptions.first_mut()?.sentence.0;
        let at = find(spans, dice, |each| matches!(each, Span::Period { .. }))?;
        let from = 5 + i8::try_from(dice.below(5)).ok()?;
        let period = span(from, from + 1 + i8::try_from(dice.below(2)).ok()?)?;
        *spans.get_mut(at)? = Span::Period { period };
        Some(())
    }),
];

const FIGURES: &[&str] = &[
    " 42 ",
    " $5 ",
    "7",
    " twelve ",
    " 두 배 ",
    " 천이백 건 ",
    "１２",
    "٣",
    "½",
    " ten\u{200b} ",
    " 12% ",
];
const CLAIMS: &[&str] = &[
    " rose ",
    " fell ",
    " 증가 ",
    " 줄었고 ",
    " largest ",
    " 가장 ",
    " most ",
    " doubled ",
    " 절반 ",
    "<!-- x -->",
    " https://evil.example ",
];

/// How many ways there are.
pub(super) fn kinds() -> usize {
    KINDS.len() + ASIDES.len()
}

/// The draft broken in the way of that number, with the name of the way; `None` when that changes
/// nothing.
pub(super) fn draft(kind: usize, world: &World, dice: &mut Dice) -> Option<(&'static str, Draft)> {
    let mut draft = world.draft.clone();
    let name = if let Some((name, mutation)) = KINDS.get(kind) {
        mutation(&mut draft.headline.0, world, dice)?;
        *name
    } else {
        let (name, mutation) = ASIDES.get(kind.checked_sub(KINDS.len())?)?;
        mutation(&mut draft, dice)?;
        *name
    };
    (draft != world.draft).then_some((name, draft))
}

fn find(spans: &[Span], dice: &mut Dice, which: impl Fn(&Span) -> bool) -> Option<usize> {
    let places: Vec<usize> =
        spans.iter().enumerate().filter(|(_, each)| which(each)).map(|(at, _)| at).collect();
    dice.pick(&places).copied()
}

fn insert(spans: &mut [Span], dice: &mut Dice, words: &[&str]) -> Option<()> {
    let at = find(spans, dice, |each| matches!(each, Span::Text { .. }))?;
    let word = dice.pick(words)?;
    let Some(Span::Text { text }) = spans.get_mut(at) else { return None };
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    // Inside a word a number word is no word: there only what is no letter counts.
    let place = *dice.pick(&places)?;
    text.insert_str(place, word);
    Some(())
}

fn figure(each: &Span) -> bool {
    matches!(each, Span::Value { .. } | Span::Calc { .. })
}

fn after_figure(spans: &mut Vec<Span>, dice: &mut Dice, words: &[&str]) -> Option<()> {
    let at = find(spans, dice, figure)?;
    spans.insert(at + 1, Span::Text { text: (*dice.pick(words)?).to_owned() });
    Some(())
}

fn before_figure(spans: &mut Vec<Span>, dice: &mut Dice, words: &[&str]) -> Option<()> {
    let at = find(spans, dice, figure)?;
    spans.insert(at, Span::Text { text: (*dice.pick(words)?).to_owned() });
    Some(())
}

fn exchange(spans: &mut [Span], dice: &mut Dice, which: impl Fn(&Span) -> bool) -> Option<()> {
    let one = find(spans, dice, &which)?;
    let other = find(spans, dice, &which)?;
    (one != other).then(|| spans.swap(one, other))
}

fn change_fact(
    spans: &mut [Span],
    dice: &mut Dice,
    change: impl Fn(&mut FactRef, &mut Dice),
) -> Option<()> {
    let with_fact = |each: &Span| each.facts().next().is_some();
    let at = find(spans, dice, with_fact)?;
    match spans.get_mut(at)? {
        Span::Value { fact, .. }
        | Span::Name { fact }
        | Span::Quote { fact, .. }
        | Span::Measure { fact }
        | Span::Extreme { fact, .. }
        | Span::Place { fact, .. } => {
            change(fact, dice);
        }
        Span::Calc { facts, .. } => {
            let at = dice.below(facts.len());
            change(facts.get_mut(at)?, dice);
        }
        Span::Trend { from, to, .. } => match (dice.below(2), from) {
            (0, Some(from)) => change(from, dice),
            _ => change(to, dice),
        },
        Span::Text { .. }
        | Span::Period { .. }
        | Span::Count { .. }
        | Span::Asked { .. }
        | Span::Terms { .. }
        | Span::Since { .. }
        | Span::Dimension { .. }
        | Span::Particle { .. } => {
            return None;
        }
    }
    Some(())
}

fn cells(world: &World) -> Vec<FactRef> {
    let mut cells = Vec::new();
    for evidence in &world.evidence {
        for row in 0..evidence.facts.table.rows.len() {
            let columns = evidence.facts.table.columns.iter();
            cells.extend(
                columns.map(|column| FactRef::new(evidence.id.clone(), row, column.name.clone())),
            );
        }
    }
    cells
}
