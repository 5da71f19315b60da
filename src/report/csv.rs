//! Exact figures of a report as comma-separated text (RFC 4180), safe to open in a spreadsheet.

use wherefore_contract::{Decimal, question::Language, table::Column};
use wherefore_verify::{escape, render};

use super::{
    Kind, Month, Report,
    cells::{self, Row},
    shared,
    words::{Label, label},
};

/// Whether a mark of the encoding stands before the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Marks {
    /// Nothing but the text.
    #[default]
    None,
    /// The UTF-8 byte order mark, by which spreadsheets read Korean as what it is.
    ByteOrder,
}

/// A report that divides a bill gives one row an owner, and the bill itself; a review gives every cell of every result.
pub(super) fn document(report: &Report, marks: Marks) -> String {
    let lines = match report.kind {
        Kind::Review => long(report),
        Kind::Chargeback | Kind::Showback => owners(report),
    };
    let mut out = match marks {
        Marks::None => String::new(),
        Marks::ByteOrder => "\u{feff}".to_owned(),
    };
    for line in lines {
        let cells: Vec<String> = line.iter().map(quoted).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out
}

/// One cell of a line: a number of ours, or words that others may have written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    Number(String),
    Words(String),
    Nothing,
}

fn quoted(cell: &Cell) -> String {
    match cell {
        Cell::Number(exact) => exact.clone(),
        Cell::Words(words) => {
            let safe = harmless(words);
            format!("\"{}\"", safe.replace('"', "\"\""))
        }
        Cell::Nothing => String::new(),
    }
}

/// Words that no spreadsheet takes for a formula: those that begin as one get an apostrophe, also behind spaces
/// (OWASP, "CSV Injection": `=`, `+`, `-`, `@`, tab, carriage return; their full-width forms too). Letters that show
/// nothing or turn the direction of writing become spaces.
pub(super) fn harmless(words: &str) -> String {
    let words: String = words
        .chars()
        .map(|letter| if escape::is_unreadable(letter) { ' ' } else { letter })
        .collect();
    let begins = words.trim_start_matches([' ', '\u{a0}', '\u{3000}']).chars().next();
    let opens = begins.is_some_and(|letter| {
        matches!(letter, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
    });
    if opens { format!("'{words}") } else { words }
}

/// The rows of owners: what each costs and of what, with the month before, and the bill at the end.
pub(super) fn owners(report: &Report) -> Vec<Vec<Cell>> {
    let language = report.language;
    let Some(rows) = report.answer("owners", 0).and_then(cells::rows) else { return Vec::new() };
    let before = report.answer("months", 0).and_then(cells::rows);
    let total = report.answer("total", 0).and_then(cells::rows);
    let measures: Vec<&Column> =
        rows.columns().iter().filter(|column| cells::is_measure(column)).collect();
    let names: Vec<&Column> =
        rows.columns().iter().filter(|column| !cells::is_measure(column)).collect();
    let words = |text: &str| Cell::Words(text.to_owned());
    let borne = shared::borne(report);
    let mut beside = Vec::new();
    if borne.is_some() {
        beside.extend([Label::Shared, Label::WithShared]);
    }
    if before.is_some() {
        beside.extend([Label::Before, Label::Change]);
    }
    let month = Month::of(report.month.start().date()).to_string();
    let mut lines = vec![heads(&names, &measures, &beside, language)];
    for row in rows.iter() {
        let mut line = vec![words(&month)];
        line.extend(names.iter().map(|column| match row.text(&column.name) {
            Some(text) if !text.is_empty() => words(text),
            Some(_) | None => words(label(Label::Unallocated, language)),
        }));
        line.extend(measures.iter().map(|column| number(row, &column.name)));
        if let Some(borne) = &borne {
            let owner = names.first().and_then(|column| row.text(&column.name));
            line.extend(with_shared(row, &measures, borne.of(owner)));
        }
        if let Some(before) = before {
            let same = |other: &Row<'_>| {
                names.iter().all(|column| other.text(&column.name) == row.text(&column.name))
            };
            let other = before.iter().find(same);
            line.extend(compared(other));
        }
        line.push(currency(row, &measures));
        lines.push(line);
    }
    if let Some(whole) = total.and_then(|total| total.iter().next()) {
        let mut line = vec![words(&month)];
        line.extend(names.iter().enumerate().map(|(at, _)| match at {
            0 => words(label(Label::Total, language)),
            _ => Cell::Nothing,
        }));
        line.extend(measures.iter().map(|column| number(whole, &column.name)));
        if borne.is_some() {
            line.extend(with_shared(whole, &measures, Decimal::ZERO));
        }
        if before.is_some() {
            let whole = report.answer("months", 1).and_then(cells::rows);
            line.extend(compared(whole.and_then(|rows| rows.iter().next())));
        }
        line.push(currency(whole, &measures));
        lines.push(line);
    }
    lines
}

// The head: the month, names, measures, what stands beside them, the currency.
fn heads(
    names: &[&Column],
    measures: &[&Column],
    beside: &[Label],
    language: Language,
) -> Vec<Cell> {
    let columns = names.iter().chain(measures).map(|column| render::column(&column.name, language));
    let own = |each: Label| label(each, language).to_owned();
    let first = std::iter::once(own(Label::Month));
    let last = beside.iter().copied().chain([Label::Currency]).map(own);
    first.chain(columns).chain(last).map(Cell::Words).collect()
}

fn number(row: Row<'_>, column: &str) -> Cell {
    row.number(column).map_or(Cell::Nothing, |exact| Cell::Number(exact.normalize().to_string()))
}

// What is borne of the shared cost, and direct and shared cost together.
fn with_shared(row: Row<'_>, measures: &[&Column], shared: Decimal) -> [Cell; 2] {
    let direct = measures.first().and_then(|column| row.number(&column.name));
    let whole = direct.unwrap_or_default() + shared;
    [shared, whole].map(|exact| Cell::Number(exact.normalize().to_string()))
}

// The amount of the month before, and the change since: of a comparison the only columns that end so.
fn compared(row: Option<Row<'_>>) -> [Cell; 2] {
    let Some(row) = row else { return [Cell::Nothing, Cell::Nothing] };
    let from = row.columns().find(|column| column.name.ends_with("_from"));
    let from = from.map_or(Cell::Nothing, |column| number(row, &column.name));
    [from, number(row, "change")]
}

fn currency(row: Row<'_>, measures: &[&Column]) -> Cell {
    let unit = measures.first().and_then(|column| row.unit(column));
    unit.map_or(Cell::Nothing, Cell::Words)
}

// Every cell of every result: section, row, what the row is about, column, value, unit.
fn long(report: &Report) -> Vec<Vec<Cell>> {
    let language = report.language;
    let head = [Label::Section, Label::Row, Label::Owner, Label::Column, Label::Value, Label::Unit];
    let mut lines = vec![head.map(|each| Cell::Words(label(each, language).to_owned())).to_vec()];
    if let Some(about) = lines.first_mut().and_then(|head| head.get_mut(2)) {
        *about = Cell::Words("name".to_owned());
    }
    for section in &report.sections {
        for rows in section.answers.iter().filter_map(cells::rows) {
            for (at, row) in rows.iter().enumerate() {
                let names: Vec<&str> = row
                    .cells()
                    .filter(|(column, _)| !cells::is_measure(column))
                    .filter_map(|(_, text)| text)
                    .collect();
                for (column, text) in row.cells().filter(|(column, _)| cells::is_measure(column)) {
                    let Some(text) = text else { continue };
                    lines.push(vec![
                        Cell::Words(section.key.to_owned()),
                        Cell::Number((at + 1).to_string()),
                        Cell::Words(names.join(" / ")),
                        Cell::Words(column.name.clone()),
                        number_or_words(text),
                        row.unit(column).map_or(Cell::Nothing, Cell::Words),
                    ]);
                }
            }
        }
    }
    lines
}

fn number_or_words(text: &str) -> Cell {
    match text.parse::<Decimal>() {
        Ok(_) => Cell::Number(text.to_owned()),
        Err(_) => Cell::Words(text.to_owned()),
    }
}
