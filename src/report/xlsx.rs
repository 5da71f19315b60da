//! A report as a workbook: figures as numbers in their currency, names as text, and a sheet of evidence.

mod package;
mod sheet;

use std::fmt::Write as _;

use wherefore_contract::table::Column;
use wherefore_verify::{escape, render};

use self::sheet::{Look, Sheet, styles};
use super::{
    Kind, Report,
    cells::{self, Row},
    csv::{self, Cell},
    markdown::{caveats, cited},
    words::{self, Label, label},
};
use crate::cli::markdown::unescape;

const NAME_WIDTH: u16 = 28;
const NUMBER_WIDTH: u16 = 18;
const EVIDENCE_WIDTHS: [u16; 8] = [24, 10, 20, 60, 24, 12, 90, 40];

/// The bytes of the workbook. The same report has the same bytes.
pub(super) fn workbook(report: &Report) -> Vec<u8> {
    let mut sheets: Vec<Sheet> = Vec::new();
    match report.kind {
        Kind::Review => {
            sheets.extend(report.sections.iter().map(|section| results(report, section.key)));
        }
        Kind::Chargeback | Kind::Showback => {
            sheets.push(divided(report));
            let shown = ["months", "course"].into_iter();
            let shown = shown.filter(|key| report.section(key).is_some());
            sheets.extend(shown.map(|key| results(report, key)));
        }
    }
    sheets.push(notes(report));
    sheets.push(evidence(report));
    package::stored(&files(&sheets))
}

fn files(sheets: &[Sheet]) -> Vec<(String, Vec<u8>)> {
    let (mut types, mut named, mut related) = (String::new(), String::new(), String::new());
    let mut files = Vec::new();
    for (number, sheet) in (1..).zip(sheets) {
        let _ = write!(
            types,
            r#"<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"#
        );
        let _ = write!(
            named,
            r#"<sheet name="{}" sheetId="{number}" r:id="rId{number}"/>"#,
            escape::xml(&sheet.name)
        );
        let _ = write!(
            related,
            r#"<Relationship Id="rId{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{number}.xml"/>"#
        );
        files.push((format!("xl/worksheets/sheet{number}.xml"), sheet.xml().into_bytes()));
    }
    let last = sheets.len() + 1;
    let _ = write!(
        related,
        r#"<Relationship Id="rId{last}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>"#
    );
    let head = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
    let first = [
        (
            "[Content_Types].xml",
            format!(
                r#"{head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>{types}</Types>"#
            ),
        ),
        (
            "_rels/.rels",
            format!(
                r#"{head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"{head}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{named}</sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"{head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{related}</Relationships>"#
            ),
        ),
        ("xl/styles.xml", styles()),
    ];
    let first = first.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes()));
    first.chain(files).collect()
}

fn widths(columns: usize) -> Vec<u16> {
    (0..columns).map(|at| if at < 2 { NAME_WIDTH } else { NUMBER_WIDTH }).collect()
}

// The same lines as the CSV, the numbers as numbers.
fn divided(report: &Report) -> Sheet {
    let lines = csv::owners(report);
    let title = words::title("owners", report.language);
    let mut sheet = Sheet::new(title, &widths(lines.first().map_or(0, Vec::len)), (1, 2));
    for (row, line) in lines.iter().enumerate() {
        let unit = match line.last() {
            Some(Cell::Words(unit)) => Some(unit.as_str()),
            Some(Cell::Number(_) | Cell::Nothing) | None => None,
        };
        for cell in line {
            match cell {
                Cell::Words(words) if row == 0 => sheet.text(words, Look::Head),
                Cell::Words(words) => sheet.text(words, Look::Plain),
                Cell::Number(exact) => sheet.number(exact, Look::of_unit(unit)),
                Cell::Nothing => sheet.skip(),
            }
        }
        sheet.end_row();
    }
    sheet
}

// The results of a section below each other, each under its headline.
fn results(report: &Report, key: &str) -> Sheet {
    let mut sheet = Sheet::new(words::title(key, report.language), &widths(12), (0, 0));
    let answers = report.section(key).map(|section| section.answers.as_slice());
    for answer in answers.unwrap_or_default() {
        sheet.text(&unescape(&answer.answer().headline), Look::Plain);
        sheet.end_row();
        if let Some(rows) = cells::rows(answer) {
            for column in rows.columns() {
                sheet.text(&render::head(column, report.language), Look::Head);
            }
            sheet.end_row();
            for row in rows.iter() {
                for (column, value) in row.cells() {
                    result_cell(&mut sheet, report, row, column, value);
                }
                sheet.end_row();
            }
        }
        sheet.end_row();
    }
    sheet
}

fn result_cell(
    sheet: &mut Sheet,
    report: &Report,
    row: Row<'_>,
    column: &Column,
    value: Option<&str>,
) {
    let Some(value) = value else { return sheet.skip() };
    let unit = row.unit(column);
    if cells::is_measure(column) && row.number(&column.name).is_some() {
        return sheet.number(value, Look::of_unit(unit.as_deref()));
    }
    let own = render::own_word(&column.name, value, report.language);
    sheet.text(own.unwrap_or(value), Look::Plain);
}

fn notes(report: &Report) -> Sheet {
    let language = report.language;
    let mut sheet = Sheet::new(label(Label::Notes, language), &[120], (0, 0));
    let mut lines = vec![
        format!(
            "{}: {}",
            words::report(report.kind, language),
            render::period(report.month, language)
        ),
        words::purpose(report.kind, language).to_owned(),
    ];
    lines.extend(report.closing.as_ref().map(|closing| words::closing(closing, language)));
    lines.push(label(Label::ExcelNote, language).to_owned());
    lines.push(format!("{}: {}", label(Label::Snapshot, language), report.snapshot));
    lines.push(format!("{}: {}", label(Label::AsOf, language), report.as_of));
    lines.push(format!("{}:", label(Label::Caveats, language)));
    lines.extend(caveats(report).iter().map(|caveat| unescape(caveat)));
    for line in lines {
        sheet.text(&line, Look::Wrapped);
        sheet.end_row();
    }
    sheet
}

fn evidence(report: &Report) -> Sheet {
    let language = report.language;
    let mut sheet = Sheet::new(label(Label::Evidence, language), &EVIDENCE_WIDTHS, (1, 0));
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
        sheet.text(label(each, language), Look::Head);
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
                sheet.text(value, Look::Plain);
            }
            sheet.end_row();
        }
    }
    sheet
}
