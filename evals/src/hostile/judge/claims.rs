//! Every claim of an answer, evaluated again over the evidence by the judge's own arithmetic.

use std::cmp::Ordering;

use wherefore_contract::{
    Decimal,
    answer::{Answer, Claim, ShownEvidence},
    table::ColumnKind,
};

use super::{Fault, cell, evidence, fault, figures, number, place, scan};

pub(super) fn check(answer: &Answer) -> Vec<Fault> {
    let mut faults = Vec::new();
    for claim in &answer.claims {
        let stands = answer.text.get(claim.at.0..claim.at.1) == Some(claim.shown.as_str());
        if claim.kind != "result" && !stands {
            faults.push(fault("figure", format!("`{}` does not stand where it says", claim.shown)));
        }
        if let Err(why) = evaluate(claim, answer) {
            faults.push(fault("figure", format!("{} `{}`: {why}", claim.kind, claim.shown)));
        }
    }
    faults
}

struct At<'a> {
    shown: &'a ShownEvidence,
    row: usize,
    column: &'a str,
}

fn at<'a>(answer: &'a Answer, fact: &'a str) -> Result<At<'a>, String> {
    let (id, row, column) = place(fact).ok_or_else(|| format!("`{fact}` is no place"))?;
    let shown = evidence(answer, id).ok_or_else(|| format!("there is no evidence {id}"))?;
    Ok(At { shown, row, column })
}

impl At<'_> {
    fn number(&self) -> Result<Decimal, String> {
        number(self.shown, self.row, self.column)
            .ok_or_else(|| format!("{}/{}/{} is no number", self.shown.id, self.row, self.column))
    }

    fn unit(&self) -> String {
        let column = self.shown.columns.iter().find(|one| one.name == self.column);
        column.map(|column| figures::unit(self.shown, self.row, column)).unwrap_or_default()
    }
}

fn evaluate(claim: &Claim, answer: &Answer) -> Result<(), String> {
    let first = || {
        let fact = claim.facts.first().ok_or_else(|| "cites nothing".to_owned())?;
        at(answer, fact)
    };
    match claim.kind.as_str() {
        "fact" => fact(claim, answer, &first()?),
        "calc" => calculation(claim, answer),
        "result" => result(claim, answer),
        "name" => name(claim, &first()?).and_then(|()| amount(claim, answer)),
        "trend" => trend(claim, answer),
        "extreme" => extreme(claim, &first()?),
        "place" => rank(claim, &first()?),
        "count" => count(claim, answer),
        "asked" => {
            let asked = scan::core(&answer.question).contains(&scan::core(&claim.shown));
            asked.then_some(()).ok_or_else(|| "is not in the question".to_owned())
        }
        "quote" => {
            let at = first()?;
            let cell = cell(at.shown, at.row, at.column).unwrap_or_default();
            let quoted = scan::core(cell).contains(&scan::core(&claim.shown));
            quoted.then_some(()).ok_or_else(|| "is not in the line".to_owned())
        }
        "measure" => {
            let at = first()?;
            let measure = at.shown.columns.iter().find(|one| one.name == at.column);
            let is_measure = measure.is_some_and(|one| one.kind == ColumnKind::Measure);
            is_measure.then_some(()).ok_or_else(|| "is no measure".to_owned())
        }
        "period" => period(claim),
        "column" | "head" | "terms" | "since" | "dimension" | "untagged" | "filter" => {
            from_calls(claim, answer)
        }
        other => Err(format!("`{other}` is no kind of claim")),
    }
}

// From the start to the end of the line that a claim stands in.
fn line(answer: &Answer, at: (usize, usize)) -> (usize, usize) {
    let head = answer.text.get(..at.0).unwrap_or_default();
    let tail = answer.text.get(at.1..).unwrap_or_default();
    let start = head.rfind('\n').map_or(0, |found| found + 1);
    (start, at.1 + tail.find('\n').unwrap_or(tail.len()))
}

// A direction in the same line says the sign.
fn directed(claim: &Claim, answer: &Answer) -> bool {
    let (start, end) = line(answer, claim.at);
    answer.claims.iter().any(|one| one.kind == "trend" && start <= one.at.0 && one.at.1 <= end)
}

fn fact(claim: &Claim, answer: &Answer, at: &At<'_>) -> Result<(), String> {
    let exact = at.number()?;
    shown_is(claim, answer, exact, &at.unit())
}

fn shown_is(claim: &Claim, answer: &Answer, exact: Decimal, unit: &str) -> Result<(), String> {
    let read = figures::read(&claim.shown).ok_or("is no figure")?;
    if !read.is(exact, directed(claim, answer)) {
        return Err(format!("is {exact} by its evidence"));
    }
    if !figures::unit_agrees(&claim.shown, unit) {
        return Err(format!("counts {unit}"));
    }
    Ok(())
}

fn again(claim: &Claim, answer: &Answer) -> Result<(Decimal, String), String> {
    let op = claim.op.as_deref().unwrap_or_default();
    let cited = claim.facts.iter().map(|fact| at(answer, fact)).collect::<Result<Vec<_>, _>>()?;
    let cells = cited.iter().map(At::number).collect::<Result<Vec<_>, _>>()?;
    let units: Vec<String> = cited.iter().map(At::unit).collect();
    let (first, second) = (units.first().cloned().unwrap_or_default(), units.get(1));
    if op != "ratio" && units.iter().any(|unit| *unit != first) {
        return Err("mixes units".to_owned());
    }
    if ["sum", "mean"].contains(&op) {
        let mut places = claim.facts.clone();
        places.sort();
        places.dedup();
        if places.len() != claim.facts.len() {
            return Err("counts a cell more than once".to_owned());
        }
    }
    // The days of the period stand in the document as the claim's exact figure does; what is checked is that the
    // number of days is whole.
    let exact = claim.exact.as_deref().and_then(|exact| exact.parse::<Decimal>().ok());
    let days = match (op, cells.first(), exact) {
        ("per_day", Some(cell), Some(exact)) if !exact.is_zero() => {
            let days = (*cell / exact).round_dp(6);
            if days.fract() != Decimal::ZERO {
                return Err(format!("is spread over {days} days"));
            }
            days.to_string().split('.').next().and_then(|days| days.parse().ok())
        }
        ("per_day", ..) => Some(1),
        _ => None,
    };
    let value = figures::calculate(op, &cells, days).ok_or("cannot be calculated")?;
    let unit = match op {
        "share" | "percent" | "percent_apart" | "percent_change" => "%".to_owned(),
        "ratio" if second == Some(&first) => "x".to_owned(),
        "ratio" => format!("{first}/{}", second.cloned().unwrap_or_default()),
        "per_day" => format!("{first}/day"),
        _ => first,
    };
    Ok((value, unit))
}

fn calculation(claim: &Claim, answer: &Answer) -> Result<(), String> {
    let (value, unit) = again(claim, answer)?;
    shown_is(claim, answer, value, &unit)
}

// Eighteen digits are kept; the last may be rounded.
fn result(claim: &Claim, answer: &Answer) -> Result<(), String> {
    let (value, _) = again(claim, answer)?;
    let exact: Option<Decimal> = claim.exact.as_deref().and_then(|exact| exact.parse().ok());
    let near = exact.is_some_and(|exact| (exact - value).abs() <= Decimal::new(1, 12));
    near.then_some(()).ok_or_else(|| format!("is {value} by its evidence"))
}

fn name(claim: &Claim, at: &At<'_>) -> Result<(), String> {
    let raw = cell(at.shown, at.row, at.column)
        .or_else(|| (at.row < at.shown.rows.len()).then_some(""))
        .ok_or("stands nowhere")?;
    let (shown, own) = (scan::core(&claim.shown), scan::core(raw));
    let cut = claim.shown.contains('…') && own.starts_with(&shown);
    if shown == own || cut || raw.is_empty() {
        return Ok(());
    }
    // A moment in words has the same numbers; a word of our own vocabulary has none.
    let digits = |text: &str| -> Vec<u64> {
        scan::numbers(&text.replace('-', " ")).iter().filter_map(|one| one.parse().ok()).collect()
    };
    let (mut said, mut held) = (digits(&claim.shown), digits(raw));
    said.sort_unstable();
    held.sort_unstable();
    let is_moment = said.iter().all(|one| held.contains(one))
        && raw.chars().all(|letter| letter.is_ascii_digit() || "-:T/QW .Z".contains(letter));
    let is_word = raw.chars().all(|letter| letter.is_ascii_lowercase() || "_:".contains(letter))
        && scan::figure(&claim.shown).is_none();
    // Escapes of terminals and tags are left out of names, never anything visible.
    let is_part = own.len() > shown.len() && raw.contains('\u{1b}');
    (is_moment || is_word || is_part)
        .then_some(())
        .ok_or_else(|| format!("is `{raw}` in its evidence"))
}

// A name that reads as an amount passes for a figure unless a figure of its own row stands in its line.
fn amount(claim: &Claim, answer: &Answer) -> Result<(), String> {
    let shown = claim.shown.replace('\\', "");
    let money = shown.contains(['$', '€', '₩', '%']) || shown.ends_with('원');
    let letters = shown.trim_end_matches('원').chars().any(char::is_alphabetic);
    if !money || letters || figures::read(&shown).is_none() {
        return Ok(());
    }
    let row = |fact: &str| place(fact).map(|(id, row, _)| (id.to_owned(), row));
    let own = claim.facts.first().and_then(|fact| row(fact));
    let (start, end) = line(answer, claim.at);
    let beside = answer.claims.iter().any(|one| {
        let is_figure = ["fact", "calc", "extreme", "place", "trend"].contains(&one.kind.as_str());
        let inside = start <= one.at.0 && one.at.1 <= end;
        is_figure && inside && one.facts.iter().any(|fact| row(fact) == own)
    });
    beside.then_some(()).ok_or_else(|| "passes for a figure".to_owned())
}

fn trend(claim: &Claim, answer: &Answer) -> Result<(), String> {
    let cells =
        claim.facts.iter().map(|fact| at(answer, fact)?.number()).collect::<Result<Vec<_>, _>>()?;
    let change = match cells.as_slice() {
        [change] => *change,
        [from, to] => *to - *from,
        _ => return Err("needs one cell or two".to_owned()),
    };
    let has = |words: &[&str]| words.iter().any(|word| claim.shown.contains(word));
    let up = has(&["rose", "rise", "늘", "증가", "올랐"]);
    let down = has(&["fell", "fall", "줄", "감소", "내렸"]);
    let flat = has(&["not change", "no change", "변하지", "변동 없"]);
    let right = match change.cmp(&Decimal::ZERO) {
        Ordering::Greater => up && !down && !flat,
        Ordering::Less => down && !up && !flat,
        Ordering::Equal => flat && !up && !down,
    };
    right.then_some(()).ok_or_else(|| format!("moved by {change}"))
}

fn column_of(at: &At<'_>) -> Vec<Decimal> {
    (0..at.shown.rows.len()).filter_map(|row| number(at.shown, row, at.column)).collect()
}

fn extreme(claim: &Claim, at: &At<'_>) -> Result<(), String> {
    let (own, all) = (at.number()?, column_of(at));
    let end = match claim.op.as_deref() {
        Some("largest") => all.iter().max(),
        Some("smallest") => all.iter().min(),
        _ => None,
    };
    (end == Some(&own)).then_some(()).ok_or_else(|| "is not at that end".to_owned())
}

fn rank(claim: &Claim, at: &At<'_>) -> Result<(), String> {
    let (own, all) = (at.number()?, column_of(at));
    let before = match claim.op.as_deref() {
        Some("largest") => all.iter().filter(|one| **one > own).count(),
        Some("smallest") => all.iter().filter(|one| **one < own).count(),
        _ => return Err("has no end".to_owned()),
    };
    let said = scan::numbers(&claim.shown);
    let is_first = before == 0 && said.is_empty();
    let right = is_first || said.first().is_some_and(|one| *one == (before + 1).to_string());
    right.then_some(()).ok_or_else(|| format!("{before} cells come before it"))
}

fn count(claim: &Claim, answer: &Answer) -> Result<(), String> {
    let id = claim.op.as_deref().unwrap_or_default();
    let shown = evidence(answer, id).ok_or_else(|| format!("there is no evidence {id}"))?;
    let rows = shown.rows.len();
    let asked = shown.arguments.get("limit").and_then(serde_json::Value::as_u64);
    let right = scan::numbers(&claim.shown)
        .first()
        .and_then(|one| one.parse::<u64>().ok())
        .is_some_and(|one| usize::try_from(one) == Ok(rows) || Some(one) == asked);
    (right || claim.shown.is_empty()).then_some(()).ok_or_else(|| format!("has {rows} rows"))
}

// Every number of a shown period is a part of one of its ends; the last day shown is the one before the end.
fn period(claim: &Claim) -> Result<(), String> {
    let exact = claim.exact.as_deref().unwrap_or_default();
    let ends = exact.trim_start_matches('[').trim_end_matches(')');
    let (start, end) = ends.split_once(", ").ok_or("has no ends")?;
    let day = |text: &str| text.get(..10)?.parse::<jiff::civil::Date>().ok();
    let (first, after) = (day(start).ok_or("has no start")?, day(end).ok_or("has no end")?);
    let last = after.yesterday().map_err(|_| "has no last day")?;
    let mut parts: Vec<u64> = [start, end]
        .iter()
        .flat_map(|text| scan::numbers(&text.replace(['-', ':', 'T'], " ")))
        .filter_map(|one| one.parse().ok())
        .collect();
    for one in [first, last] {
        let part = |part: i16| u64::try_from(part).unwrap_or(0);
        parts.extend([part(one.year()), part(one.month().into()), part(one.day().into())]);
        parts.push(part(i16::from((one.month() - 1) / 3 + 1)));
        parts.push(part(i16::from((one.month() - 1) / 6 + 1)));
    }
    let said = scan::numbers(&claim.shown);
    let strange =
        said.iter().find(|one| one.parse().map_or(true, |one: u64| !parts.contains(&one)));
    strange.map_or(Ok(()), |one| Err(format!("{one} is no part of {exact}")))
}

// Words of code about a call: their numbers are those of its arguments, conditions and times.
fn from_calls(claim: &Claim, answer: &Answer) -> Result<(), String> {
    let mut known = String::new();
    for shown in &answer.evidence {
        known.push_str(&serde_json::to_string(&shown.arguments).unwrap_or_default());
        known.push_str(&serde_json::to_string(&shown.columns).unwrap_or_default());
    }
    known.push_str(claim.exact.as_deref().unwrap_or_default());
    known.push_str(&answer.question);
    let known: Vec<Decimal> = scan::numbers(&known.replace(['-', ':', 'T'], " "))
        .iter()
        .filter_map(|one| one.parse().ok())
        .collect();
    let said = scan::numbers(&claim.shown);
    let standards = claim.kind == "since";
    let strange = said
        .iter()
        .find(|one| !standards && one.parse::<Decimal>().map_or(true, |one| !known.contains(&one)));
    strange.map_or(Ok(()), |one| Err(format!("{one} stands in no call")))
}
