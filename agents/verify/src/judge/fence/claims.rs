//! Evaluates every claim of a document again.

use std::collections::BTreeSet;

use wherefore_contract::{
    answer::{Answer, Claim},
    draft::{CalcOp, Extreme, Format, TrendStyle},
    evidence::{Evidence, FactRef},
    period::Period,
    question::Language,
    table::ColumnKind,
};

use super::violation;
use crate::{
    calc, escape,
    ledger::{self, Ledger},
    number, overview, render, resolve, terms,
    violation::Violation,
};

pub(super) fn check(answer: &Answer, evidence: &[Evidence], ledger: &Ledger) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut end = 0;
    for claim in &answer.claims {
        if let Err(message) = evaluate(claim, answer, evidence, ledger) {
            let at = (claim.kind != "result").then_some(claim.at.0);
            violations.push(violation(at, message));
        }
        if claim.kind != "result" {
            if claim.at.0 < end {
                violations.push(violation(Some(claim.at.0), "two claims overlap".to_owned()));
            }
            end = claim.at.1;
        }
    }
    violations.extend(mixed_rows(answer));
    violations
}

// A line of a table holds the cells of one row: true cells beside the name of another row are false.
fn mixed_rows(answer: &Answer) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut start = 0;
    for line in answer.text.split_inclusive('\n') {
        let end = start + line.len();
        let rows: BTreeSet<(String, usize)> = answer
            .claims
            .iter()
            .filter(|claim| start <= claim.at.0 && claim.at.1 <= end)
            // A computed cell belongs to the row of its first figure.
            .flat_map(|claim| match claim.kind.as_str() {
                "fact" | "name" => claim.facts.as_slice(),
                "calc" => claim.facts.get(..1).unwrap_or_default(),
                _ => &[],
            })
            .filter_map(|fact| fact.parse::<FactRef>().ok())
            .map(|fact| (fact.evidence, fact.row))
            .collect();
        if line.starts_with("| ") && rows.len() > 1 {
            let message = "a line of a table holds cells of several rows".to_owned();
            violations.push(violation(Some(start), message));
        }
        start = end;
    }
    violations
}

fn evaluate(
    claim: &Claim,
    answer: &Answer,
    evidence: &[Evidence],
    ledger: &Ledger,
) -> Result<(), String> {
    if claim.kind != "result"
        && answer.text.get(claim.at.0..claim.at.1) != Some(claim.shown.as_str())
    {
        return Err(format!("`{}` does not stand where its claim says", claim.shown));
    }
    let again = shown(claim, answer, evidence, ledger)
        .ok_or_else(|| format!("the claim of `{}` cannot be evaluated", claim.shown))?;
    if again == claim.shown {
        Ok(())
    } else {
        Err(format!("`{}` is `{again}` by its evidence", claim.shown))
    }
}

/// What the claim must show by its evidence; `None` when it claims nothing that can be evaluated.
fn shown(claim: &Claim, answer: &Answer, evidence: &[Evidence], ledger: &Ledger) -> Option<String> {
    let language = answer.language;
    let facts: Vec<FactRef> =
        claim.facts.iter().map(|fact| fact.parse()).collect::<Result<_, _>>().ok()?;
    match claim.kind.as_str() {
        "fact" => fact(claim, &facts, ledger, language),
        "calc" | "result" => calculation(claim, &facts, ledger, language),
        "name" => resolve::shown_name(ledger, one(&facts)?, language),
        "column" => column(claim.exact.as_deref()?, ledger, language),
        "measure" => {
            let column = ledger.column(one(&facts)?)?;
            let measure = escape::name(&render::measure(&column.name, language));
            (column.kind == ColumnKind::Measure).then_some(measure)
        }
        "trend" => trend(claim, &facts, ledger, language),
        "extreme" => extreme(claim, one(&facts)?, ledger, language),
        "place" => {
            let at = one(&facts)?;
            resolve::shown_place(ledger, at, end(claim)?, language).ok()
        }
        "period" => period(claim, answer, evidence, language),
        "count" => Some(resolve::shown_count(ledger.evidence(claim.op.as_deref()?)?, language)),
        "asked" => asked(claim.exact.as_deref()?, answer),
        "quote" => quote(claim.exact.as_deref()?, one(&facts)?, ledger, language),
        "terms" => terms::shown(ledger.evidence(claim.exact.as_deref()?)?, language),
        "since" => resolve::shown_since(&claim.exact.as_deref()?.parse().ok()?),
        "head" => render::own_head(claim.exact.as_deref()?, language),
        "dimension" => {
            resolve::shown_dimension(&claim.exact.as_deref()?.parse().ok()?, evidence, language)
        }
        "untagged" => {
            let filters = &ledger.evidence(claim.exact.as_deref()?)?.facts.filters;
            overview::untagged_words(filters, language)
        }
        "filter" => filter(claim.exact.as_deref()?, ledger, language),
        _ => None,
    }
}

fn one(facts: &[FactRef]) -> Option<&FactRef> {
    match facts {
        [only] => Some(only),
        _ => None,
    }
}

fn fact(claim: &Claim, facts: &[FactRef], ledger: &Ledger, language: Language) -> Option<String> {
    let fact = ledger.fact(one(facts)?)?;
    let same = claim.exact.as_deref() == Some(fact.value.to_string().as_str());
    let format = claim.format.unwrap_or_default();
    same.then(|| number::scaled(fact.value, &fact.unit, format, claim.scale, language))
}

fn calculation(
    claim: &Claim,
    facts: &[FactRef],
    ledger: &Ledger,
    language: Language,
) -> Option<String> {
    let op = op(claim.op.as_deref()?)?;
    let figure = calc::calculate(ledger, op, facts).ok()?;
    if claim.exact.as_deref() != Some(resolve::exact(figure.value).as_str()) {
        return None;
    }
    if claim.kind == "result" {
        return Some(String::new());
    }
    let format: Format = claim.format?;
    Some(number::scaled(figure.value, &figure.unit, format, claim.scale, language))
}

fn op(name: &str) -> Option<CalcOp> {
    const ALL: &[CalcOp] = &[
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
    ALL.iter().copied().find(|op| calc::op_name(*op) == name)
}

// Written `e1/billed_cost_from`.
fn column(exact: &str, ledger: &Ledger, language: Language) -> Option<String> {
    let (id, name) = exact.split_once('/')?;
    ledger.evidence(id)?.facts.table.column(name).map(|column| render::head(column, language))
}

fn trend(claim: &Claim, facts: &[FactRef], ledger: &Ledger, language: Language) -> Option<String> {
    let style = match claim.op.as_deref()? {
        "verb" => TrendStyle::Verb,
        "noun" => TrendStyle::Noun,
        _ => return None,
    };
    let direction = match facts {
        [change] => ledger.fact(change)?.value.cmp(&wherefore_contract::Decimal::ZERO),
        [from, to] => ledger.fact(to)?.value.cmp(&ledger.fact(from)?.value),
        _ => return None,
    };
    Some(render::trend(direction, style, language).to_owned())
}

fn extreme(claim: &Claim, at: &FactRef, ledger: &Ledger, language: Language) -> Option<String> {
    let which = end(claim)?;
    resolve::is_extreme(ledger, at, which).ok()?;
    Some(resolve::shown_extreme(ledger, at, which, language))
}

fn end(claim: &Claim) -> Option<Extreme> {
    match claim.op.as_deref()? {
        "largest" => Some(Extreme::Largest),
        "smallest" => Some(Extreme::Smallest),
        _ => None,
    }
}

// A period beside figures must be one of the evidence; alone, it may be one that was asked about.
fn period(
    claim: &Claim,
    answer: &Answer,
    evidence: &[Evidence],
    language: Language,
) -> Option<String> {
    let exact = claim.exact.as_deref()?.strip_prefix('[')?.strip_suffix(')')?;
    let (start, end) = exact.split_once(", ")?;
    let moment = |text| wherefore_contract::period::parse_moment(text).ok();
    let period = Period::new(moment(start)?, moment(end)?).ok()?;
    let line = line_of(&answer.text, claim.at.0);
    let beside_figures = answer.claims.iter().any(|other| {
        matches!(other.kind.as_str(), "fact" | "calc")
            && line.0 <= other.at.0
            && other.at.1 <= line.1
    });
    let known = evidence.iter().flat_map(ledger::periods).collect::<Vec<_>>();
    let spanned = known.iter().any(|one| {
        one.start() == period.start() && known.iter().any(|other| other.end() == period.end())
    });
    (!beside_figures || spanned).then(|| render::period(period, language))
}

fn line_of(text: &str, at: usize) -> (usize, usize) {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |found| found + 1);
    let end =
        text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |found| at + found);
    (start, end)
}

fn asked(exact: &str, answer: &Answer) -> Option<String> {
    let (start, end) = bytes(exact)?;
    resolve::shown_asked(&answer.question, start, end, answer.language)
}

fn quote(exact: &str, at: &FactRef, ledger: &Ledger, language: Language) -> Option<String> {
    let (start, end) = bytes(exact)?;
    resolve::shown_quote(ledger, at, start, end, language)
}

// Written `[3, 12)`.
fn bytes(exact: &str) -> Option<(usize, usize)> {
    let (start, end) = exact.strip_prefix('[')?.strip_suffix(')')?.split_once(", ")?;
    Some((start.parse().ok()?, end.parse().ok()?))
}

fn filter(exact: &str, ledger: &Ledger, language: Language) -> Option<String> {
    let (id, index) = exact.split_once('/')?;
    let filter = ledger.evidence(id)?.facts.filters.get(index.parse::<usize>().ok()?)?;
    Some(overview::filter_words(filter, language))
}
