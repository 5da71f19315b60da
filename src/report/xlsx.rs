//! A report as a workbook: figures as numbers in their currency, names as text, and a sheet of evidence.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError as Unwritable};
use wherefore_contract::table::Column;
use wherefore_verify::render;

use super::{
    Kind, Report,
    cells::{self, Rows},
    csv::{self, Cell},
    words::{self, Label, label},
};
use crate::cli::markdown::unescape;

/// The workbook could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the workbook could not be written")]
pub struct XlsxError(#[from] Unwritable);

// The longest text of a cell (Excel specifications and limits).
const CELL_LIMIT: usize = 32_767;
// The longest name of a sheet, in characters, without what no name may hold.
const SHEET_LIMIT: usize = 31;

pub(super) fn workbook(report: &Report) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    match report.kind {
        Kind::Review => {
            for section in &report.sections {
                let title = words::title(section.key, report.language);
                results(&mut book, report, section.key, title)?;
            }
        }
        Kind::Chargeback | Kind::Showback => {
            divided(&mut book, report)?;
            for key in ["months", "course"] {
                results(&mut book, report, key, words::title(key, report.language))?;
            }
        }
    }
    notes(&mut book, report)?;
    evidence(&mut book, report)?;
    Ok(book.save_to_buffer()?)
}

fn head() -> Format {
    Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top)
}

// Names of sheets may hold neither these letters nor be longer.
fn sheet_name(title: &str) -> String {
    let plain: String = title
        .chars()
        .map(|letter| {
            if matches!(letter, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') {
                ' '
            } else {
                letter
            }
        })
        .collect();
    plain.chars().take(SHEET_LIMIT).collect::<String>().trim().to_owned()
}

/// Two decimals for money, more where the amount is below a cent of a dollar; none for counts.
fn number_format(unit: Option<&str>) -> Format {
    let money = |mark: &str| format!("{mark}#,##0.00;[Red]-{mark}#,##0.00");
    let code = match unit {
        Some("USD") => money("$"),
        Some("KRW" | "JPY") => "#,##0;[Red]-#,##0".to_owned(),
        Some("EUR") => money("€"),
        Some("GBP") => money("£"),
        Some("%") => "0.0\"%\"".to_owned(),
        Some(unit) if unit.len() > 4 && unit.contains('/') => "#,##0.000000".to_owned(),
        Some("rows" | "days" | "transactions" | "distinct" | "hours") => "#,##0".to_owned(),
        Some(_) | None => "#,##0.00####".to_owned(),
    };
    Format::new().set_num_format(code)
}

fn write(
    sheet: &mut Worksheet,
    at: (u32, u16),
    cell: &Cell,
    unit: Option<&str>,
) -> Result<(), XlsxError> {
    match cell {
        // A spreadsheet holds binary fractions of fifteen digits: what is shown is the nearest of them.
        Cell::Number(exact) => match exact.parse::<f64>() {
            Ok(near) => {
                sheet.write_number_with_format(at.0, at.1, near, &number_format(unit))?;
            }
            Err(_) => text(sheet, at, exact)?,
        },
        Cell::Words(words) => text(sheet, at, words)?,
        Cell::Nothing => {}
    }
    Ok(())
}

// Always a string cell: a name that begins with an equals sign is no formula here.
fn text(sheet: &mut Worksheet, at: (u32, u16), words: &str) -> Result<(), XlsxError> {
    let short: String = words.chars().take(CELL_LIMIT).collect();
    sheet.write_string(at.0, at.1, short)?;
    Ok(())
}

fn bold(sheet: &mut Worksheet, at: (u32, u16), words: &str) -> Result<(), XlsxError> {
    sheet.write_string_with_format(at.0, at.1, words, &head())?;
    Ok(())
}

fn row_of(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn column_of(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

// The same lines as the CSV, the numbers as numbers.
fn divided(book: &mut Workbook, report: &Report) -> Result<(), XlsxError> {
    let lines = csv::owners(report);
    let sheet = book.add_worksheet();
    sheet.set_name(sheet_name(words::title("owners", report.language)))?;
    sheet.set_freeze_panes(1, 2)?;
    for (row, line) in lines.iter().enumerate() {
        let unit = match line.last() {
            Some(Cell::Words(unit)) => Some(unit.as_str()),
            Some(Cell::Number(_) | Cell::Nothing) | None => None,
        };
        for (column, cell) in line.iter().enumerate() {
            let at = (row_of(row), column_of(column));
            match cell {
                Cell::Words(words) if row == 0 => bold(sheet, at, words)?,
                cell => write(sheet, at, cell, unit)?,
            }
        }
    }
    widths(sheet, lines.first().map_or(0, Vec::len))
}

fn widths(sheet: &mut Worksheet, columns: usize) -> Result<(), XlsxError> {
    for column in 0..columns {
        sheet.set_column_width(column_of(column), if column < 2 { 26 } else { 18 })?;
    }
    Ok(())
}

// The results of a section below each other, each under its headline.
fn results(book: &mut Workbook, report: &Report, key: &str, title: &str) -> Result<(), XlsxError> {
    let Some(section) = report.section(key) else { return Ok(()) };
    let sheet = book.add_worksheet();
    sheet.set_name(sheet_name(title))?;
    let (mut row, mut widest) = (0, 1);
    for answer in &section.answers {
        bold(sheet, (row, 0), &unescape(&answer.answer().headline))?;
        row += 1;
        if let Some(rows) = cells::rows(answer) {
            table(sheet, &mut row, rows, report)?;
            widest = widest.max(rows.columns().len());
        }
        row += 1;
    }
    widths(sheet, widest)
}

fn table(
    sheet: &mut Worksheet,
    row: &mut u32,
    rows: Rows<'_>,
    report: &Report,
) -> Result<(), XlsxError> {
    for (at, column) in rows.columns().iter().enumerate() {
        bold(sheet, (*row, column_of(at)), &render::head(column, report.language))?;
    }
    *row += 1;
    for line in rows.iter() {
        for (at, (column, value)) in line.cells().enumerate() {
            let Some(value) = value else { continue };
            let place = (*row, column_of(at));
            let unit = line.unit(column);
            let cell = cell(column, value, report);
            write(sheet, place, &cell, unit.as_deref())?;
        }
        *row += 1;
    }
    Ok(())
}

fn cell(column: &Column, value: &str, report: &Report) -> Cell {
    if cells::is_measure(column) {
        return Cell::Number(value.to_owned());
    }
    let own = render::own_word(&column.name, value, report.language);
    Cell::Words(own.map_or_else(|| value.to_owned(), str::to_owned))
}

fn notes(book: &mut Workbook, report: &Report) -> Result<(), XlsxError> {
    let language = report.language;
    let sheet = book.add_worksheet();
    sheet.set_name(sheet_name(label(Label::Notes, language)))?;
    sheet.set_column_width(0, 120)?;
    let wrapped = Format::new().set_text_wrap();
    let mut lines = vec![
        format!(
            "{} - {}",
            words::report(report.kind, language),
            render::period(report.month, language)
        ),
        words::purpose(report.kind, language).to_owned(),
    ];
    lines.extend(report.closing.as_ref().map(|closing| words::closing(closing, language)));
    lines.push(label(Label::ExcelNote, language).to_owned());
    lines.push(format!("{}: {}", label(Label::Snapshot, language), report.snapshot));
    lines.push(format!("{}: {}", label(Label::AsOf, language), report.as_of));
    lines.push(String::new());
    lines.push(label(Label::Caveats, language).to_owned());
    lines.extend(super::markdown::caveats(report).into_iter().map(|caveat| unescape(&caveat)));
    for (row, line) in lines.iter().enumerate() {
        sheet.write_string_with_format(row_of(row), 0, line, &wrapped)?;
    }
    Ok(())
}

fn evidence(book: &mut Workbook, report: &Report) -> Result<(), XlsxError> {
    let language = report.language;
    let sheet = book.add_worksheet();
    sheet.set_name(sheet_name(label(Label::Evidence, language)))?;
    sheet.set_freeze_panes(1, 0)?;
    let heads = [
        Label::Section,
        Label::Evidence,
        Label::Tool,
        Label::Arguments,
        Label::Source,
        Label::Snapshot,
        Label::Statement,
        Label::Parameters,
    ];
    for (column, each) in heads.into_iter().enumerate() {
        bold(sheet, (0, column_of(column)), label(each, language))?;
    }
    let mut row = 1;
    for section in &report.sections {
        for held in super::markdown::cited(section) {
            let arguments = serde_json::Value::Object(held.arguments.clone()).to_string();
            let parameters = held.parameters.join(", ");
            let values = [
                words::title(section.key, language),
                &held.id,
                &held.tool,
                &arguments,
                &held.source,
                &held.snapshot,
                held.statement.as_deref().unwrap_or_default(),
                &parameters,
            ];
            for (column, value) in values.into_iter().enumerate() {
                text(sheet, (row, column_of(column)), value)?;
            }
            row += 1;
        }
    }
    for (column, width) in [24, 10, 18, 60, 22, 12, 90, 40].into_iter().enumerate() {
        sheet.set_column_width(column_of(column), width)?;
    }
    Ok(())
}
