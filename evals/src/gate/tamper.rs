//! Tampers with a finished document in one way.

use wherefore_contract::answer::Answer;

use super::Dice;

type Tampering = fn(&mut Answer, &mut Dice) -> Option<()>;

const KINDS: &[(&str, Tampering)] = &[
    ("document digit changed", |answer, dice| {
        let places: Vec<usize> = answer
            .text
            .char_indices()
            .filter(|(_, letter)| letter.is_ascii_digit())
            .map(|(at, _)| at)
            .collect();
        let at = *dice.pick(&places)?;
        let old = answer.text.get(at..=at)?.parse::<usize>().ok()?;
        let new = ((old + 1 + dice.below(9)) % 10).to_string();
        answer.text.replace_range(at..=at, &new);
        Some(())
    }),
    ("document direction flipped", |answer, dice| {
        let pairs = [
            ("rise", "fall"),
            ("fall", "rise"),
            ("증가", "감소"),
            ("감소", "증가"),
            ("largest", "smallest"),
            ("가장 큰", "가장 작은"),
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
        let shown: Vec<(usize, usize)> = answer
            .claims
            .iter()
            .filter(|claim| claim.kind == "fact")
            .map(|claim| claim.at)
            .collect();
        let (one, other) = (*dice.pick(&shown)?, *dice.pick(&shown)?);
        let (first, second) = if one < other { (one, other) } else { (other, one) };
        let words = |at: (usize, usize)| answer.text.get(at.0..at.1).map(str::to_owned);
        let (a, b) = (words(first)?, words(second)?);
        answer.text.replace_range(second.0..second.1, &a);
        answer.text.replace_range(first.0..first.1, &b);
        Some(())
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
        answer.text.insert_str(at, dice.pick(&words)?);
        Some(())
    }),
    ("document name changed", |answer, dice| {
        let names: Vec<(usize, usize)> = answer
            .claims
            .iter()
            .filter(|claim| claim.kind == "name")
            .map(|claim| claim.at)
            .collect();
        let at = *dice.pick(&names)?;
        answer.text.replace_range(at.0..at.1, "Amazon Redshift");
        Some(())
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
    ("document headline changed", |answer, _| {
        answer.headline = format!("{}!", answer.headline);
        Some(())
    }),
    ("document result changed", |answer, dice| {
        let cell = answer.result.rows.first_mut()?.first_mut()?.as_mut()?;
        *cell = format!("{}{}", 1 + dice.below(9), cell);
        Some(())
    }),
    ("document chart changed", |answer, _| {
        let chart = answer.charts.first_mut()?;
        let at = chart.svg.find(".00")?;
        chart.svg.replace_range(at..at + 3, ".01");
        Some(())
    }),
];

/// The document changed in one way, with the name of the way; `None` when nothing changed.
pub(super) fn document(answer: &Answer, dice: &mut Dice) -> Option<(&'static str, Answer)> {
    for _ in 0..20 {
        let (kind, tampering) = dice.pick(KINDS)?;
        let mut changed = answer.clone();
        let done = tampering(&mut changed, dice).is_some();
        if !done || changed == *answer {
            continue;
        }
        // A careful forger keeps the headline equal to the first paragraph.
        if changed.headline == answer.headline {
            let first = changed.text.split("\n\n").next().unwrap_or_default().to_owned();
            changed.headline = first;
        }
        return Some((kind, changed));
    }
    None
}

fn replace(answer: &mut Answer, dice: &mut Dice, pairs: &[(&str, &str)]) -> Option<()> {
    let (from, to) = *dice.pick(pairs)?;
    let places: Vec<usize> = answer.text.match_indices(from).map(|(at, _)| at).collect();
    let at = *dice.pick(&places)?;
    answer.text.replace_range(at..at + from.len(), to);
    Some(())
}
