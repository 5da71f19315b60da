//! A report as a workbook: figures as numbers in their currency, names as text, and a sheet of evidence.

mod sheet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use wherefore_contract::table::Column;
use wherefore_verify::render;

use self::sheet::{Look, Sheet};
use super::{
    Kind, Report,
    cells::{self, Row},
    csv::{self, Cell},
    markdown::{caveats, cited},
    shared,
    words::{self, Label, label},
};
use crate::cli::markdown::unescape;

const NAME_WIDTH: u16 = 28;
const NUMBER_WIDTH: u16 = 18;
const EVIDENCE_WIDTHS: [u16; 8] = [24, 10, 20, 60, 24, 12, 90, 40];

/// The bytes of the workbook. The same report has the same bytes.
pub(super) fn workbook(report: &Report) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(report)?);
    for sheet in sheets(report)? {
        workbook.push_worksheet(sheet.done());
    }
    workbook.save_to_buffer()
}

fn sheets(report: &Report) -> Result<Vec<Sheet>, XlsxError> {
    let mut sheets = Vec::new();
    let keys: Vec<&str> = match report.kind {
        Kind::Review => report.sections.iter().map(|section| section.key).collect(),
        Kind::Chargeback | Kind::Showback => {
            sheets.push(divided(report)?);
            sheets.extend(trace(report)?);
            let shown = ["shared", "months", "course"].into_iter();
            shown.filter(|key| report.section(key).is_some()).collect()
        }
    };
    for key in keys {
        sheets.push(results(report, key)?);
    }
    sheets.push(notes(report)?);
    sheets.push(evidence(report)?);
    Ok(sheets)
}

// The day of the report stands for the time it was made at: the same report has the same bytes.
fn properties(report: &Report) -> Result<DocProperties, XlsxError> {
    let (year, month, day) = (report.as_of.year(), report.as_of.month(), report.as_of.day());
    let year = u16::try_from(year).unwrap_or_default();
    let made = ExcelDateTime::from_ymd(year, month.unsigned_abs(), day.unsigned_abs())?;
    Ok(DocProperties::new()
        .set_title(title(report))
        .set_author("wherefore")
        .set_comment(format!("{}: {}", label(Label::Snapshot, report.language), report.snapshot))
        .set_creation_datetime(&made))
}

fn title(report: &Report) -> String {
    let language = report.language;
    format!("{}: {}", words::report(report.kind, language), render::period(report.month, language))
}

fn widths(columns: usize) -> Vec<u16> {
    (0..columns).map(|at| if at < 2 { NAME_WIDTH } else { NUMBER_WIDTH }).collect()
}

// The same lines as the CSV, the numbers as numbers.
fn divided(report: &Report) -> Result<Sheet, XlsxError> {
    let lines = csv::owners(report);
    let title = words::title("owners", report.language);
    let mut sheet = Sheet::new(title, &widths(lines.first().map_or(0, Vec::len)), (1, 2))?;
    let last = lines.len().saturating_sub(1);
    for (row, line) in lines.iter().enumerate() {
        let unit = match line.last() {
            Some(Cell::Words(unit)) => Some(unit.as_str()),
            Some(Cell::Number(_) | Cell::Nothing) | None => None,
        };
        let words_look = match row {
            0 => Look::Head,
            row if row == last => Look::Total,
            _ => Look::Plain,
        };
        let number_look = if row == last { Look::of_total(unit) } else { Look::of_unit(unit) };
        for cell in line {
            match cell {
                Cell::Words(words) => sheet.text(words, words_look.clone())?,
                Cell::Number(exact) => sheet.number(exact, number_look.clone())?,
                Cell::Nothing => sheet.skip(),
            }
        }
        sheet.end_row();
    }
    Ok(sheet)
}

// The results of a section below each other, each under its headline.
fn results(report: &Report, key: &str) -> Result<Sheet, XlsxError> {
    let answers = report.section(key).map(|section| section.answers.as_slice());
    // Of one table the headline and the head stay in sight.
    let frozen = if answers.is_some_and(|answers| answers.len() == 1) { (2, 0) } else { (0, 0) };
    let mut sheet = Sheet::new(words::title(key, report.language), &widths(12), frozen)?;
    for answer in answers.unwrap_or_default() {
        sheet.text(&unescape(&answer.answer().headline), Look::Plain)?;
        sheet.end_row();
        if let Some(rows) = cells::rows(answer) {
            for column in rows.columns() {
                sheet.text(&render::head(column, report.language), Look::Head)?;
            }
            sheet.end_row();
            for row in rows.iter() {
                for (column, value) in row.cells() {
                    result_cell(&mut sheet, report, row, column, value)?;
                }
                sheet.end_row();
            }
        }
        sheet.end_row();
    }
    Ok(sheet)
}

/// One row a share: who bears how much of which pool, and by what.
fn trace(report: &Report) -> Result<Option<Sheet>, XlsxError> {
    let Some(rows) = shared::table(report, "trace") else { return Ok(None) };
    let title = label(Label::Trace, report.language);
    let mut sheet = Sheet::new(title, &widths(rows.columns().len()), (1, 2))?;
    for column in rows.columns() {
        sheet.text(&render::head(column, report.language), Look::Head)?;
    }
    sheet.end_row();
    for row in rows.iter() {
        for (column, value) in row.cells() {
            result_cell(&mut sheet, report, row, column, value)?;
        }
        sheet.end_row();
    }
    Ok(Some(sheet))
}

fn result_cell(
    sheet: &mut Sheet,
    report: &Report,
    row: Row<'_>,
    column: &Column,
    value: Option<&str>,
) -> Result<(), XlsxError> {
    let Some(value) = value else {
        sheet.skip();
        return Ok(());
    };
    let unit = row.unit(column);
    if cells::is_measure(column) && row.number(&column.name).is_some() {
        return sheet.number(value, Look::of_unit(unit.as_deref()));
    }
    let own = render::own_word(&column.name, value, report.language);
    sheet.text(own.unwrap_or(value), Look::Plain)
}

fn notes(report: &Report) -> Result<Sheet, XlsxError> {
    let language = report.language;
    let mut sheet = Sheet::new(label(Label::Notes, language), &[120], (0, 0))?;
    let mut lines = vec![title(report), words::purpose(report.kind, language).to_owned()];
    if shared::borne(report).is_some() {
        lines.push(words::sharing(report.sharing, language).to_owned());
    }
    lines.extend(report.closing.as_ref().map(|closing| words::closing(closing, language)));
    lines.push(label(Label::ExcelNote, language).to_owned());
    lines.push(format!("{}: {}", label(Label::Snapshot, language), report.snapshot));
    lines.push(format!("{}: {}", label(Label::AsOf, language), report.as_of));
    lines.push(format!("{}:", label(Label::Caveats, language)));
    lines.extend(caveats(report).iter().map(|caveat| unescape(caveat)));
    for line in lines {
        sheet.text(&line, Look::Wrapped)?;
        sheet.end_row();
    }
    Ok(sheet)
}

fn evidence(report: &Report) -> Result<Sheet, XlsxError> {
    let language = report.language;
    let mut sheet = Sheet::new(label(Label::Evidence, language), &EVIDENCE_WIDTHS, (1, 0))?;
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
    for each in heads {
        sheet.text(label(each, language), Look::Head)?;
    }
    sheet.end_row();
    for section in &report.sections {
        for held in cited(section) {
            let arguments = serde_json::Value::Object(held.arguments.clone()).to_string();
            let parameters = held.parameters.join(", ");
            let tool = format!("{}/{}", held.tool, held.table);
            let values = [
                words::title(section.key, language),
                &held.id,
                &tool,
                &arguments,
                &held.source,
                &held.snapshot,
                held.statement.as_deref().unwrap_or_default(),
                &parameters,
            ];
            for value in values {
                sheet.text(value, Look::Plain)?;
            }
            sheet.end_row();
        }
    }
    Ok(sheet)
}
