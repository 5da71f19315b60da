//! Turns spans into words with claims, one at a time; what cannot be turned is a violation.

mod moments;
mod quote;
mod ranks;
mod repeated;
mod text;

use wherefore_contract::{
    Decimal,
    dimension::Dimension,
    draft::{CalcOp, Extreme, Format, Scale, Sentence, Span, TrendStyle},
    evidence::{Evidence, FactRef},
    period::Period,
    question::Language,
    table::ColumnKind,
    unit::Unit,
};

use crate::{
    calc::{self, Figure},
    context::Context,
    escape,
    ledger::{self, Ledger},
    number, render, terms,
    violation::Rule,
};

use moments::moment_name;
pub(crate) use quote::shown_quote;
use ranks::{extreme, place};
pub(crate) use ranks::{is_extreme, shown_extreme, shown_place};
use repeated::asked;
pub(crate) use repeated::shown_asked;
pub(crate) use text::{MeasureWords, text_faults};

/// One span, ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Piece {
    pub(crate) shown: String,
    pub(crate) kind: Kind,
    pub(crate) facts: Vec<FactRef>,
    pub(crate) format: Option<Format>,
    /// The exact value, period or bytes behind it.
    pub(crate) exact: Option<String>,
    /// The round unit that a figure is shown in.
    pub(crate) scale: Option<Scale>,
}

/// What a piece is, with what the rules need to know about it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    Text,
    Particle,
    Fact {
        figure: Figure,
    },
    Calc {
        op: CalcOp,
        figure: Figure,
    },
    Name,
    Measure {
        base: String,
    },
    Trend {
        style: TrendStyle,
        periods: Vec<Period>,
    },
    Extreme {
        which: Extreme,
    },
    /// Counted from one end of its column.
    Place {
        which: Extreme,
    },
    Period {
        period: Period,
    },
    Count {
        evidence: String,
    },
    Asked {
        words: String,
    },
    Terms {
        evidence: String,
    },
    Since,
    Dimension,
    Quote,
}

impl Piece {
    /// Whether it shows a number of the data.
    pub(crate) fn is_figure(&self) -> bool {
        matches!(self.kind, Kind::Fact { .. } | Kind::Calc { .. })
    }

    /// The name of its kind as claims carry it; literal text has none.
    pub(crate) fn claim_kind(&self) -> Option<&'static str> {
        Some(match self.kind {
            Kind::Text | Kind::Particle => return None,
            Kind::Fact { .. } => "fact",
            Kind::Calc { .. } => "calc",
            Kind::Name => "name",
            Kind::Measure { .. } => "measure",
            Kind::Trend { .. } => "trend",
            Kind::Extreme { .. } => "extreme",
            Kind::Place { .. } => "place",
            Kind::Period { .. } => "period",
            Kind::Count { .. } => "count",
            Kind::Asked { .. } => "asked",
            Kind::Terms { .. } => "terms",
            Kind::Since => "since",
            Kind::Dimension => "dimension",
            Kind::Quote => "quote",
        })
    }
}

/// A rule broken by one span.
pub(crate) type Broken = (Option<usize>, Rule, String);

/// How everything in an answer is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) language: Language,
    pub(crate) scale: Option<Scale>,
}

/// The pieces of a sentence; a span that breaks a rule of its own leaves none.
pub(crate) fn sentence(
    sentence: &Sentence,
    context: &Context,
    ledger: &Ledger,
    scale: Option<Scale>,
) -> (Vec<Piece>, Vec<Broken>) {
    let style = Style { language: context.question.language(), scale };
    let mut pieces: Vec<Piece> = Vec::new();
    let mut broken = Vec::new();
    for (index, span) in sentence.0.iter().enumerate() {
        let particle = matches!(span, Span::Particle { .. });
        let before = pieces.iter().filter(|_| particle);
        let shown: String = before.map(|piece| piece.shown.as_str()).collect();
        match piece(span, &shown, context, ledger, style) {
            Ok(piece) => pieces.push(piece),
            Err((rule, message)) => broken.push((Some(index), rule, message)),
        }
    }
    (pieces, broken)
}

fn piece(
    span: &Span,
    before: &str,
    context: &Context,
    ledger: &Ledger,
    style: Style,
) -> Result<Piece, (Rule, String)> {
    let language = style.language;
    match span {
        Span::Text { text } => Ok(plain(text.clone(), Kind::Text)),
        Span::Particle { particle } => {
            Ok(plain(render::particle::particle(before, *particle).to_owned(), Kind::Particle))
        }
        Span::Value { fact, format } => value(ledger, fact, *format, style),
        Span::Calc { op, facts, format } => calculation(ledger, *op, facts, *format, style),
        Span::Name { fact } => name(ledger, fact, language),
        Span::Measure { fact } => measure(ledger, fact, language),
        Span::Trend { from, to, style } => trend(ledger, from.as_ref(), to, *style, language),
        Span::Extreme { fact, which } => extreme(ledger, fact, *which, language),
        Span::Place { fact, which } => place(ledger, fact, *which, language),
        Span::Period { period } => Ok(Piece {
            exact: Some(period.to_string()),
            ..plain(render::period(*period, language), Kind::Period { period: *period })
        }),
        Span::Count { evidence } => count(ledger, evidence, language),
        Span::Asked { start, end } => asked(context.question.text(), *start, *end, language),
        Span::Terms { evidence } => terms(ledger, evidence, language),
        Span::Since { dimension } => since(dimension),
        Span::Quote { fact, start, end } => quote::quote(ledger, fact, *start, *end, language),
        Span::Dimension { dimension } => named_dimension(dimension, context.evidence, language),
    }
}

pub(crate) fn plain(shown: String, kind: Kind) -> Piece {
    Piece { shown, kind, facts: Vec::new(), format: None, exact: None, scale: None }
}

fn no_number(ledger: &Ledger, fact: &FactRef) -> (Rule, String) {
    let message =
        format!("no number stands at {fact}; {}", what_stands(ledger, fact, Wanted::Figures));
    (Rule::Reference, message)
}

/// What a reference should have pointed at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Figures,
    Names,
}

/// What the evidence has instead, so that one look mends the reference.
fn what_stands(ledger: &Ledger, at: &FactRef, wanted: Wanted) -> String {
    let Some(evidence) = ledger.evidence(&at.evidence) else {
        return format!("there is no evidence `{}`; there are {}", at.evidence, ledger.ids());
    };
    let table = &evidence.facts.table;
    let figures = wanted == Wanted::Figures;
    let columns: Vec<&str> = table
        .columns
        .iter()
        .filter(|column| (column.kind == ColumnKind::Measure) == figures)
        .map(|column| column.name.as_str())
        .collect();
    let kind = if figures { "figures" } else { "names" };
    let columns = if columns.is_empty() { "no column".to_owned() } else { columns.join(", ") };
    match table.rows.len().checked_sub(1) {
        None => format!("{} has no rows", at.evidence),
        Some(last) => format!("{} has the rows 0 to {last}, and {kind} in {columns}", at.evidence),
    }
}

fn value(
    ledger: &Ledger,
    at: &FactRef,
    format: Format,
    style: Style,
) -> Result<Piece, (Rule, String)> {
    let fact = ledger.fact(at).ok_or_else(|| no_number(ledger, at))?;
    let figure = Figure {
        value: fact.value,
        unit: fact.unit,
        periods: fact.period.into_iter().collect(),
        complete: fact.complete,
    };
    Ok(Piece {
        shown: number::scaled(figure.value, &figure.unit, format, style.scale, style.language),
        exact: Some(figure.value.to_string()),
        facts: vec![at.clone()],
        format: Some(format),
        scale: style.scale,
        kind: Kind::Fact { figure },
    })
}

pub(crate) fn calculation(
    ledger: &Ledger,
    op: CalcOp,
    facts: &[FactRef],
    format: Format,
    style: Style,
) -> Result<Piece, (Rule, String)> {
    let figure = calc::calculate(ledger, op, facts)
        .map_err(|refused| (Rule::Arithmetic, refused.to_string()))?;
    Ok(Piece {
        shown: number::scaled(figure.value, &figure.unit, format, style.scale, style.language),
        exact: Some(exact(figure.value)),
        facts: facts.to_vec(),
        format: Some(format),
        scale: style.scale,
        kind: Kind::Calc { op, figure },
    })
}

/// A computed value as results carry it: exact to 18 decimals.
pub(crate) fn exact(value: Decimal) -> String {
    value.round_dp(18).normalize().to_string()
}

fn name(ledger: &Ledger, at: &FactRef, language: Language) -> Result<Piece, (Rule, String)> {
    let shown = shown_name(ledger, at, language).ok_or_else(|| {
        (
            Rule::Reference,
            format!("no name stands at {at}; {}", what_stands(ledger, at, Wanted::Names)),
        )
    })?;
    Ok(Piece { facts: vec![at.clone()], ..plain(shown, Kind::Name) })
}

/// How the name in a dimension or time cell is shown.
pub(crate) fn shown_name(ledger: &Ledger, at: &FactRef, language: Language) -> Option<String> {
    let evidence = ledger.evidence(&at.evidence)?;
    let column = evidence.facts.table.column(&at.column)?;
    if column.kind == ColumnKind::Measure || at.row >= evidence.facts.table.rows.len() {
        return None;
    }
    Some(match evidence.name(at.row, &at.column) {
        None | Some("") => render::no_value(language).to_owned(),
        Some(text) => cell_name(&at.column, text, language),
    })
}

pub(crate) fn cell_name(column: &str, text: &str, language: Language) -> String {
    if let Some(word) = render::own_word(column, text, language) {
        return word.to_owned();
    }
    if let Some(words) = moment_name(column, text, language) {
        return words;
    }
    let shown = escape::name(text);
    if shown.trim().is_empty() { render::unreadable(language).to_owned() } else { shown }
}

fn measure(ledger: &Ledger, at: &FactRef, language: Language) -> Result<Piece, (Rule, String)> {
    let column = ledger.column(at).filter(|column| column.kind == ColumnKind::Measure);
    let column = column.ok_or_else(|| {
        (
            Rule::Reference,
            format!("{at} is no measure column; cite the cell whose measure is meant"),
        )
    })?;
    let base = render::base_measure(&column.name).to_owned();
    Ok(Piece {
        facts: vec![at.clone()],
        ..plain(escape::name(&render::measure(&column.name, language)), Kind::Measure { base })
    })
}

fn trend(
    ledger: &Ledger,
    from: Option<&FactRef>,
    to: &FactRef,
    style: TrendStyle,
    language: Language,
) -> Result<Piece, (Rule, String)> {
    let after = ledger.fact(to).ok_or_else(|| no_number(ledger, to))?;
    let mut facts = vec![to.clone()];
    let mut periods: Vec<Period> = after.period.into_iter().collect();
    let direction = match from {
        None => after.value.cmp(&Decimal::ZERO),
        Some(from) => {
            let before = ledger.fact(from).ok_or_else(|| no_number(ledger, from))?;
            if before.unit != after.unit {
                return Err((Rule::Direction, format!("{from} and {to} have different units")));
            }
            periods = before.period.into_iter().chain(after.period).collect();
            facts.insert(0, from.clone());
            after.value.cmp(&before.value)
        }
    };
    let kind = Kind::Trend { style, periods };
    Ok(Piece { facts, ..plain(render::trend(direction, style, language).to_owned(), kind) })
}

fn count(ledger: &Ledger, id: &str, language: Language) -> Result<Piece, (Rule, String)> {
    let evidence = ledger.evidence(id).ok_or_else(|| {
        (Rule::Reference, format!("there is no evidence `{id}`; there are {}", ledger.ids()))
    })?;
    let shown = shown_count(evidence, language);
    let exact = Some(evidence.facts.table.rows.len().to_string());
    Ok(Piece { exact, ..plain(shown, Kind::Count { evidence: id.to_owned() }) })
}

pub(crate) fn shown_count(
    evidence: &wherefore_contract::evidence::Evidence,
    language: Language,
) -> String {
    let of = ledger::naming_columns(evidence).last().map(|column| column.name.as_str());
    render::count(evidence.facts.table.rows.len(), of, language)
}

fn terms(ledger: &Ledger, id: &str, language: Language) -> Result<Piece, (Rule, String)> {
    let evidence = ledger.evidence(id).ok_or_else(|| {
        (Rule::Reference, format!("there is no evidence `{id}`; there are {}", ledger.ids()))
    })?;
    let none = || (Rule::Reference, format!("the call of {id} keeps all rows"));
    let shown = terms::shown(evidence, language).ok_or_else(none)?;
    let kind = Kind::Terms { evidence: id.to_owned() };
    Ok(Piece { exact: Some(id.to_owned()), ..plain(shown, kind) })
}

fn since(dimension: &Dimension) -> Result<Piece, (Rule, String)> {
    let none = || (Rule::Reference, format!("{dimension} is no column of the FOCUS standard"));
    let shown = shown_since(dimension).ok_or_else(none)?;
    Ok(Piece { exact: Some(dimension.name()), ..plain(shown, Kind::Since) })
}

/// The version of the standard that brought a column, e.g. "FOCUS 1.1".
pub(crate) fn shown_since(dimension: &Dimension) -> Option<String> {
    match dimension {
        Dimension::Column(column) => column.since().map(|version| format!("FOCUS {version}")),
        Dimension::Tag(_) | Dimension::Workload | Dimension::Time(_) => None,
    }
}

fn named_dimension(
    dimension: &Dimension,
    evidence: &[Evidence],
    language: Language,
) -> Result<Piece, (Rule, String)> {
    let shown = shown_dimension(dimension, evidence, language)
        .ok_or_else(|| (Rule::Reference, format!("no evidence knows {dimension}")))?;
    Ok(Piece { exact: Some(dimension.name()), ..plain(shown, Kind::Dimension) })
}

/// The name of a dimension. Tag keys are written by others: they must stand in the evidence.
pub(crate) fn shown_dimension(
    dimension: &Dimension,
    evidence: &[Evidence],
    language: Language,
) -> Option<String> {
    let name = dimension.name();
    let known = || {
        evidence.iter().any(|each| {
            let table = &each.facts.table;
            table.column(&name).is_some()
                || table.rows.iter().flatten().flatten().any(|cell| *cell == name)
        })
    };
    let plain = match dimension {
        Dimension::Tag(_) => known(),
        Dimension::Column(_) | Dimension::Workload | Dimension::Time(_) => true,
    };
    plain.then(|| render::dimension(dimension, language))
}

/// The unit of a figure, when the piece is one.
pub(crate) fn unit_of(piece: &Piece) -> Option<&Unit> {
    match &piece.kind {
        Kind::Fact { figure } | Kind::Calc { figure, .. } => Some(&figure.unit),
        Kind::Text
        | Kind::Particle
        | Kind::Name
        | Kind::Measure { .. }
        | Kind::Trend { .. }
        | Kind::Extreme { .. }
        | Kind::Place { .. }
        | Kind::Period { .. }
        | Kind::Count { .. }
        | Kind::Asked { .. }
        | Kind::Terms { .. }
        | Kind::Since
        | Kind::Dimension
        | Kind::Quote => None,
    }
}
