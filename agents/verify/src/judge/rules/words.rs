//! Literal text does not become part of a figure, and says "total", "average" or "share" only over one.

use wherefore_contract::{draft::CalcOp, unit::Unit};

use super::Sentence;
use crate::{
    compose::Place,
    ledger::{Role, role},
    lexicon::{self, Joining},
    overview,
    resolve::{self, Broken, Kind, Piece},
    scan,
    violation::Rule,
};

pub(super) fn check(sentence: &Sentence) -> Vec<Broken> {
    let mut broken = touching(sentence.pieces);
    if sentence.has_figures() {
        broken.extend(joining(sentence.pieces));
    }
    broken.extend(asked(sentence));
    broken.extend(counted(sentence));
    broken.extend(terms(sentence));
    broken
}

// Thresholds and limits of a query say how the question was read; elsewhere they would pass for
// figures of the data.
fn terms(sentence: &Sentence) -> Option<Broken> {
    let assumption = matches!(sentence.place, Place::Assumption(_));
    let found = sentence.pieces.iter().position(|p| matches!(p.kind, Kind::Terms { .. }));
    let message = "the terms of a query stand in an assumption only";
    found.filter(|_| !assumption).map(|index| (Some(index), Rule::Asked, message.to_owned()))
}

fn touching(pieces: &[Piece]) -> Vec<Broken> {
    let mut broken = Vec::new();
    for (index, pair) in pieces.windows(2).enumerate() {
        let [before, after] = pair else { continue };
        let glued = |piece: &Piece| piece.is_figure() || matches!(piece.kind, Kind::Count { .. });
        if before.kind == Kind::Text && glued(after) {
            let last = before.shown.chars().next_back();
            if last.is_some_and(|letter| !matches!(letter, ' ' | '(' | '‘' | '“' | '"' | '\''))
            {
                broken.push(glue(index));
            }
            let negative = before.shown.ends_with("- ") || before.shown.ends_with("– ");
            if negative && !before.shown.ends_with(" - ") && !before.shown.ends_with(" – ") {
                broken.push(glue(index));
            }
        }
        if glued(before) && after.kind == Kind::Text {
            broken.extend(glued_behind(after).then(|| glue(index + 1)));
        }
        let two_figures = glued(before) && (glued(after) || after.kind == Kind::Name);
        if two_figures || (before.kind == Kind::Name && glued(after)) {
            broken.push(glue(index + 1));
        }
    }
    for (index, run) in pieces.windows(3).enumerate() {
        let [before, between, after] = run else { continue };
        let next = after.is_figure() || after.kind == Kind::Name;
        if before.is_figure() && next && between.shown.trim().is_empty() {
            broken.push(glue(index + 1));
        }
        // "($5.00)" alone is how accountants write a negative amount.
        let alone = before.shown.trim_end().ends_with('(') && after.shown.starts_with(')');
        let named = index.checked_sub(1).and_then(|at| pieces.get(at)).is_some();
        if between.is_figure() && alone && !named {
            broken.push(glue(index));
        }
    }
    broken
}

fn glue(index: usize) -> Broken {
    let message =
        "this text touches a figure so that it reads as part of it; put a space or words between";
    (Some(index), Rule::Touching, message.to_owned())
}

// Korean endings may follow a figure directly; letters and counting words may not.
fn glued_behind(text: &Piece) -> bool {
    const COUNTING: &[&str] = &[
        "배",
        "억",
        "만",
        "천",
        "백",
        "십",
        "조",
        "원",
        "달러",
        "건",
        "개",
        "프로",
        "퍼센트",
        "분의",
        "점",
        "여",
        "대",
        "년",
        "월",
        "일",
    ];
    let shown = text.shown.as_str();
    let next = shown.trim_start();
    shown.chars().next().is_some_and(|letter| {
        letter.is_ascii_alphabetic()
            || matches!(letter, '-' | '–' | '—' | '/' | '·' | '\'' | '"' | '&')
    }) || COUNTING.iter().any(|word| {
        let rest = next.strip_prefix(word);
        rest.is_some_and(|rest| {
            shown.starts_with(word) || rest.is_empty() || rest.starts_with([' ', '.', ','])
        })
    })
}

const SHARE_WORDS: &[&str] = &["share", "proportion", "portion", "비중", "비율", "점유"];

fn joining(pieces: &[Piece]) -> Option<Broken> {
    let text: String = pieces
        .iter()
        .map(|piece| if piece.kind == Kind::Text { piece.shown.as_str() } else { " " })
        .collect();
    let said = lexicon::joinings(&text);
    let of = |kinds: &[Joining]| {
        let mut said: Vec<Joining> =
            said.iter().copied().filter(|each| kinds.contains(each)).collect();
        said.dedup();
        said
    };
    let mut joined: Vec<Joining> = pieces.iter().filter_map(joined_by).collect();
    joined.dedup();
    let broken = |message: &str| Some((None, Rule::Joining, message.to_owned()));
    let average_column = pieces
        .iter()
        .flat_map(|piece| &piece.facts)
        .any(|at| ["average", "mean", "per_day"].iter().any(|word| at.column.contains(word)));
    let means = of(&[Joining::Mean]);
    let per_day = pieces.iter().any(|p| matches!(p.kind, Kind::Calc { op: CalcOp::PerDay, .. }));
    if joined.contains(&Joining::Mean) && means.is_empty() {
        return broken("a mean needs the word for it, e.g. `average`");
    }
    if !joined.contains(&Joining::Mean) && !means.is_empty() && !per_day && !average_column {
        return broken("`average` stands in the sentence, but no figure of it is a mean");
    }
    if joined.contains(&Joining::Sum) && of(&[Joining::Sum]).is_empty() {
        return broken("a sum needs the word for it, e.g. `total` or `together`");
    }
    if joined.len() > 1 && of(&[Joining::Sum, Joining::Mean]) != joined {
        return broken("sums and means are not in the order of their words");
    }
    let share_measure = |base: &str| base.contains("share") || base.starts_with("cumulative");
    let measure_says = pieces
        .iter()
        .any(|piece| matches!(&piece.kind, Kind::Measure { base } if share_measure(base)));
    let shares = pieces.iter().any(is_share);
    if shares && !measure_says && of(&[Joining::Share, Joining::Sum]).is_empty() {
        return broken("a share needs the word for it, e.g. `share` or `of the total`");
    }
    let share_said = SHARE_WORDS.iter().any(|word| text.to_lowercase().contains(word));
    let percent = pieces.iter().any(|piece| resolve::unit_of(piece) == Some(&Unit::Percent));
    if share_said && !percent {
        return broken("`share` stands in the sentence, but no figure of it is one");
    }
    None
}

fn joined_by(piece: &Piece) -> Option<Joining> {
    let Kind::Calc { op, .. } = &piece.kind else { return None };
    match op {
        CalcOp::Sum => Some(Joining::Sum),
        CalcOp::Mean => Some(Joining::Mean),
        CalcOp::Difference
        | CalcOp::Ratio
        | CalcOp::Share
        | CalcOp::Percent
        | CalcOp::PercentApart
        | CalcOp::PercentChange
        | CalcOp::PerDay => None,
    }
}

fn is_share(piece: &Piece) -> bool {
    if let Kind::Calc { op, .. } = &piece.kind {
        return *op == CalcOp::Share;
    }
    piece.is_figure() && piece.facts.iter().all(|at| role(&at.column) == Role::Share)
}

const AMOUNT_WORDS: &[&str] =
    &["percent", "dollar", "usd", "krw", "won", "퍼센트", "프로", "달러", "원"];

// The reader's own words are repeated, but what they hold must not pass for our figure.
fn asked(sentence: &Sentence) -> Vec<Broken> {
    let mut broken = Vec::new();
    for (index, piece) in sentence.pieces.iter().enumerate() {
        let Kind::Asked { words } = &piece.kind else { continue };
        let about_question = matches!(sentence.place, Place::Assumption(_) | Place::Gap(_));
        let lower = words.to_lowercase();
        let money = words.contains(['$', '€', '£', '¥', '₩', '%', '￦'])
            || (AMOUNT_WORDS.iter().any(|word| lower.contains(word))
                && !scan::number_spans(words).is_empty());
        let spans = scan::number_spans(words);
        let timely =
            sentence.overview.declines && spans.iter().all(|span| scan::is_time(words, span));
        let claims = scan::direction_spans(words);
        let harmless = spans.is_empty() && claims.is_empty();
        if money || !(harmless || about_question || (timely && claims.is_empty())) {
            let message = "this part of the question holds a figure or a claim; repeat it in an assumption or a gap, without amounts";
            broken.push((Some(index), Rule::Asked, message.to_owned()));
        }
    }
    broken
}

// Rows are counted of evidence that the sentence or the answer is about.
fn counted(sentence: &Sentence) -> Vec<Broken> {
    let cited = &sentence.overview.filters;
    let mut broken = Vec::new();
    for (index, piece) in sentence.pieces.iter().enumerate() {
        let Kind::Count { evidence } = &piece.kind else { continue };
        let own: Vec<&str> =
            overview::figure_facts_of(sentence.pieces).map(|at| at.evidence.as_str()).collect();
        let known = if own.is_empty() {
            cited.is_empty() || cited.contains_key(evidence)
        } else {
            own.contains(&evidence.as_str())
        };
        if !known {
            let message =
                format!("rows of {evidence} are counted, but nothing else here is about it");
            broken.push((Some(index), Rule::Reference, message));
        }
    }
    broken
}
