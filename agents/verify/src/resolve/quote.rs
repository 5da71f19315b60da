//! Parts of log lines and other texts of the data, repeated letter by letter.

use wherefore_contract::{evidence::FactRef, question::Language, table::ColumnKind};

use super::{Kind, Piece, plain};
use crate::{escape, ledger::Ledger, render, violation::Rule};

/// The longest quote, in bytes: a line of evidence can be a megabyte.
const LIMIT_BYTES: usize = 400;
/// The only column that is quoted: the text of log lines. Names have a span of their own.
const LINE: &str = "line";

pub(super) fn quote(
    ledger: &Ledger,
    at: &FactRef,
    start: usize,
    end: usize,
    language: Language,
) -> Result<Piece, (Rule, String)> {
    let shown = shown_quote(ledger, at, start, end, language).ok_or_else(|| {
        (Rule::Reference, format!("bytes {start} to {end} of {at} are no text that can be quoted"))
    })?;
    let exact = Some(format!("[{start}, {end})"));
    Ok(Piece { facts: vec![at.clone()], exact, ..plain(shown, Kind::Quote) })
}

/// How those bytes of a cell are quoted: marked as somebody's words, made harmless; `None` where they are no whole letters
/// of a text cell.
pub(crate) fn shown_quote(
    ledger: &Ledger,
    at: &FactRef,
    start: usize,
    end: usize,
    language: Language,
) -> Option<String> {
    let evidence = ledger.evidence(&at.evidence)?;
    let column = evidence.facts.table.column(&at.column)?;
    if column.kind != ColumnKind::Dimension
        || at.column != LINE
        || end.checked_sub(start)? > LIMIT_BYTES
    {
        return None;
    }
    let cell = evidence.facts.table.text(at.row, &at.column)?;
    let words = cell.get(start..end).filter(|words| !words.trim().is_empty())?;
    let shown = escape::name(words);
    (!shown.trim().is_empty()).then(|| render::asked(&shown, language))
}
