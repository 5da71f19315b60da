//! Tampers with a finished document in one way, as a careful forger would: claims move along.

use wherefore_contract::answer::{Answer, Status};

use super::Dice;

type Tampering = fn(&mut Answer, &mut Dice) -> Option<()>;

const KINDS: &[(&str, Tampering)] = &[
    ("document digit changed", |answer, dice| {
        let digits = answer.text.char_indices().filter(|(_, letter)| letter.is_ascii_digit());
        let places: Vec<usize> = digits.map(|(at, _)| at).collect();
        let at = *dice.pick(&places)?;
        let old = answer.text.get(at..=at)?.parse::<usize>().ok()?;
        let new = ((old + 1 + dice.below(9)) % 10).to_string();
        rewrite(answer, at, at + 1, &new)
    }),
    ("document digit dropped", |answer, dice| {
        let digits = answer.text.char_indices().filter(|(_, letter)| letter.is_ascii_digit());
        let places: Vec<usize> = digits.map(|(at, _)| at).collect();
        let at = *dice.pick(&places)?;
        rewrite(answer, at, at + 1, "")
    }),
    ("document direction flipped", |answer, dice| {
        let pairs = [
            ("rise", "fall"),
            ("fall", "rise"),
            ("증가", "감소"),
            ("감소", "증가"),
            ("largest", "smallest"),
            ("smallest", "largest"),
            ("가장 큰", "가장 작은"),
            ("가장 작은", "가장 큰"),
        ];
        replace(answer, dice, &pairs)
    }),
    ("document currency changed", |answer, dice| {
        replace(answer, dice, &[("$", "€"), ("$", "₩"), ("%", "‰"), (" per day", " per hour")])
    }),
    ("document full width", |answer, dice| {
        replace(answer, dice, &[("1", "１"), ("2", "２"), ("0", "０"), ("5", "５")])
    }),
    ("document numbers exchanged", |answer, dice| {
        let (one, other) = (pick_claim(answer, dice, "fact")?, pick_claim(answer, dice, "fact")?);
        let (first, second) = if one < other { (one, other) } else { (other, one) };
        let words = |at: (usize, usize)| answer.text.get(at.0..at.1).map(str::to_owned);
        let (a, b) = (words(first)?, words(second)?);
        rewrite(answer, second.0, second.1, &a)?;
        rewrite(answer, first.0, first.1, &b)
    }),
    ("document cells exchanged", |answer, dice| {
        let table = answer.text.find("\n|")?;
        let cells: Vec<usize> = (answer.claims.iter().enumerate())
            .filter(|(_, claim)| claim.kind == "fact" && claim.at.0 > table)
            .map(|(index, _)| index)
            .collect();
        let (one, other) = (*dice.pick(&cells)?, *dice.pick(&cells)?);
        let row = |index: usize| {
            let fact = answer.claims.get(index)?.facts.first()?;
            fact.split('/').nth(1).map(str::to_owned)
        };
        if row(one)? == row(other)? {
            return None;
        }
        exchange_claims(answer, one.min(other), one.max(other))
    }),
    ("document words added", |answer, dice| {
        let words = [
            " 12",
            " twelve",
            " 삼백만 원",
            " <!-- x -->",
            " https://evil.example",
            "\u{200b}",
            " doubled",
            " 두 배",
            " 1조 2천억",
            " rose",
        ];
        let places: Vec<usize> = answer.text.match_indices(' ').map(|(at, _)| at).collect();
        let at = *dice.pick(&places)?;
        rewrite(answer, at, at, dice.pick(&words)?)
    }),
    ("document gap changed", |answer, dice| {
        let old = answer.gaps.first()?.text.clone();
        let words = ["7", " $5", " rose", " 두 배", " twelve", " 절반", "\u{200b}"];
        let new = format!("{old}{}", dice.pick(&words)?);
        let at = answer.text.find(&old)?;
        rewrite(answer, at, at + old.len(), &new)?;
        answer.gaps.first_mut()?.text = new;
        Some(())
    }),
    ("document name changed", |answer, dice| {
        let at = pick_claim(answer, dice, "name")?;
        rewrite(answer, at.0, at.1, "Amazon Redshift")
    }),
    ("document period changed", |answer, dice| {
        let at = pick_claim(answer, dice, "period")?;
        let other = *dice.pick(&["May 2024", "2024년 5월", "August 2023", "2023년 9월"])?;
        rewrite(answer, at.0, at.1, other)
    }),
    ("document evidence cell changed", |answer, dice| {
        let at = dice.below(answer.evidence.len());
        let rows = &mut answer.evidence.get_mut(at)?.rows;
        let row = dice.below(rows.len());
        let cell = rows.get_mut(row)?.last_mut()?.as_mut()?;
        cell.push('7');
        Some(())
    }),
    ("document claim changed", |answer, dice| {
        let at = dice.below(answer.claims.len());
        let claim = answer.claims.get_mut(at)?;
        match dice.below(3) {
            0 => claim.exact = Some("1".to_owned()),
            1 => claim.facts = vec!["e1/0/billed_cost".to_owned()],
            _ => claim.at.1 += 1,
        }
        // Words such as "billed cost" may have the same claim by another cell.
        (claim.kind == "fact" || claim.kind == "calc").then_some(())
    }),
    ("document claim dropped", |answer, dice| {
        let at = dice.below(answer.claims.len());
        let claim = answer.claims.remove(at);
        (claim.kind == "fact" || claim.kind == "calc").then_some(())
    }),
    ("document headline changed", |answer, dice| {
        let end = *dice.pick(&["!", " 7", " rose", "?"])?;
        answer.headline = format!("{}{end}", answer.headline);
        Some(())
    }),
    ("document result changed", |answer, dice| {
        let cell = answer.result.rows.first_mut()?.first_mut()?.as_mut()?;
        *cell = format!("{}{}", 1 + dice.below(9), cell);
        Some(())
    }),
    ("document gap of partial data dropped", |answer, _| {
        let at = answer.gaps.iter().position(|gap| gap.code == "partial_period")?;
        let gap = answer.gaps.remove(at);
        let line = format!("\n- {}", gap.text);
        let start = answer.text.find(&line)?;
        let end = start + line.len();
        answer.claims.retain(|claim| claim.at.0 < start || claim.at.0 >= end);
        rewrite(answer, start, end, "")
    }),
    ("document partial passed as whole", |answer, _| {
        let partial = answer.status == Status::Partial;
        answer.status = Status::Answered;
        partial.then_some(())
    }),
    ("document chart changed", |answer, dice| {
        let chart = answer.charts.first_mut()?;
        let places: Vec<usize> = chart
            .svg
            .char_indices()
            .filter(|(_, letter)| letter.is_ascii_digit())
            .map(|(at, _)| at)
            .collect();
        let at = *dice.pick(&places)?;
        let old = chart.svg.get(at..=at)?.parse::<usize>().ok()?;
        chart.svg.replace_range(at..=at, &((old + 1 + dice.below(9)) % 10).to_string());
        Some(())
    }),
];

/// How many ways there are.
pub(super) fn kinds() -> usize {
    KINDS.len()
}

/// The document changed in the way of that number, with the name of the way; `None` when nothing
/// changed.
pub(super) fn document(
    kind: usize,
    answer: &Answer,
    dice: &mut Dice,
) -> Option<(&'static str, Answer)> {
    let (kind, tampering) = KINDS.get(kind)?;
    let mut changed = answer.clone();
    tampering(&mut changed, dice)?;
    if changed == *answer {
        return None;
    }
    // A careful forger keeps the headline equal to the first paragraph.
    if changed.headline == answer.headline {
        let first = changed.text.split("\n\n").next().unwrap_or_default().to_owned();
        changed.headline = first;
    }
    Some((kind, changed))
}

fn pick_claim(answer: &Answer, dice: &mut Dice, kind: &str) -> Option<(usize, usize)> {
    let own = answer.claims.iter().filter(|claim| claim.kind == kind);
    let places: Vec<(usize, usize)> = own.map(|claim| claim.at).collect();
    dice.pick(&places).copied()
}

fn replace(answer: &mut Answer, dice: &mut Dice, pairs: &[(&str, &str)]) -> Option<()> {
    let (from, to) = *dice.pick(pairs)?;
    let places: Vec<usize> = answer.text.match_indices(from).map(|(at, _)| at).collect();
    let at = *dice.pick(&places)?;
    rewrite(answer, at, at + from.len(), to)
}

/// Exchanges two figures together with all that their claims say of them.
fn exchange_claims(answer: &mut Answer, first: usize, second: usize) -> Option<()> {
    let (one, other) = (answer.claims.get(first)?.clone(), answer.claims.get(second)?.clone());
    rewrite(answer, other.at.0, other.at.1, &one.shown)?;
    rewrite(answer, one.at.0, one.at.1, &other.shown)?;
    for (index, from) in [(first, other), (second, one)] {
        let claim = answer.claims.get_mut(index)?;
        (claim.facts, claim.exact, claim.format) = (from.facts, from.exact, from.format);
    }
    Some(())
}

/// Writes other words in place of `[start, end)`; claims around them show the new words, claims
/// behind them move.
fn rewrite(answer: &mut Answer, start: usize, end: usize, words: &str) -> Option<()> {
    answer.text.get(start..end)?;
    answer.text.replace_range(start..end, words);
    let moved = |at: usize| (at + words.len()).checked_sub(end - start);
    for claim in answer.claims.iter_mut().filter(|claim| claim.kind != "result") {
        if claim.at.0 >= end {
            claim.at = (moved(claim.at.0)?, moved(claim.at.1)?);
        } else if claim.at.0 <= start && end <= claim.at.1 {
            claim.at.1 = moved(claim.at.1)?;
            answer.text.get(claim.at.0..claim.at.1)?.clone_into(&mut claim.shown);
        }
    }
    Some(())
}
