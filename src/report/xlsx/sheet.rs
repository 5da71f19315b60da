//! Sheets of a workbook as Office Open XML (ECMA-376, `SpreadsheetML`), cell by cell.

use std::fmt::Write as _;

use wherefore_verify::escape;

/// The longest text of a cell, in characters (Excel specifications and limits).
const CELL_LIMIT: usize = 32_767;
/// The longest name of a sheet, in characters.
const NAME_LIMIT: usize = 31;

/// How a cell looks. The order is that of the formats in `styles.xml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    Head,
    Dollars,
    Euros,
    Pounds,
    /// Money that has no smaller unit: won, yen.
    Whole,
    Count,
    Percent,
    /// Anything else, with as many decimals as it needs.
    Fine,
    Wrapped,
}

impl Look {
    const ALL: [Self; 10] = [
        Self::Plain,
        Self::Head,
        Self::Dollars,
        Self::Euros,
        Self::Pounds,
        Self::Whole,
        Self::Count,
        Self::Percent,
        Self::Fine,
        Self::Wrapped,
    ];

    /// How numbers of a unit look.
    pub(super) fn of_unit(unit: Option<&str>) -> Self {
        match unit {
            Some("USD") => Self::Dollars,
            Some("EUR") => Self::Euros,
            Some("GBP") => Self::Pounds,
            Some("KRW" | "JPY") => Self::Whole,
            Some("%") => Self::Percent,
            Some("rows" | "days" | "hours" | "periods" | "transactions" | "distinct") => {
                Self::Count
            }
            Some(_) | None => Self::Fine,
        }
    }

    // The code of its number format, and what it adds to the style.
    fn style(self) -> (Option<&'static str>, &'static str) {
        match self {
            Self::Plain | Self::Wrapped => (None, ""),
            Self::Head => (None, r#" fontId="1" applyFont="1""#),
            Self::Dollars => (Some("\"$\"#,##0.00;[Red]-\"$\"#,##0.00"), ""),
            Self::Euros => (Some("\"€\"#,##0.00;[Red]-\"€\"#,##0.00"), ""),
            Self::Pounds => (Some("\"£\"#,##0.00;[Red]-\"£\"#,##0.00"), ""),
            Self::Whole => (Some("#,##0;[Red]-#,##0"), ""),
            Self::Count => (Some("#,##0"), ""),
            Self::Percent => (Some("0.0\"%\""), ""),
            Self::Fine => (Some("#,##0.00########"), ""),
        }
    }

    fn index(self) -> usize {
        Self::ALL.iter().position(|look| *look == self).unwrap_or_default()
    }
}

/// A sheet as it grows, row by row.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    rows: String,
    count: usize,
    cells: String,
    column: usize,
    widths: Vec<u16>,
    /// Rows and columns that stay in sight.
    frozen: (u32, u32),
}

impl Sheet {
    /// A sheet of this name; letters that no name of a sheet may hold become spaces.
    pub(super) fn new(title: &str, widths: &[u16], frozen: (u32, u32)) -> Self {
        let plain: String = title
            .chars()
            .map(
                |letter| {
                    if "[]:*?/\\'".contains(letter) || letter.is_control() { ' ' } else { letter }
                },
            )
            .take(NAME_LIMIT)
            .collect();
        Self { name: plain.trim().to_owned(), widths: widths.to_vec(), frozen, ..Self::default() }
    }

    /// A text, always as text: a name that begins with an equals sign is no formula here.
    pub(super) fn text(&mut self, words: &str, look: Look) {
        let at = self.place();
        let short: String = words.chars().take(CELL_LIMIT).collect();
        let _ = write!(
            self.cells,
            r#"<c r="{at}" s="{}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>"#,
            look.index(),
            escaped(&short)
        );
    }

    /// An exact number; a spreadsheet keeps its first fifteen digits.
    pub(super) fn number(&mut self, exact: &str, look: Look) {
        let at = self.place();
        let _ =
            write!(self.cells, r#"<c r="{at}" s="{}"><v>{}</v></c>"#, look.index(), escaped(exact));
    }

    /// An empty cell.
    pub(super) fn skip(&mut self) {
        self.column += 1;
    }

    /// Ends the row.
    pub(super) fn end_row(&mut self) {
        self.count += 1;
        let _ = write!(self.rows, r#"<row r="{}">{}</row>"#, self.count, self.cells);
        self.cells.clear();
        self.column = 0;
    }

    fn place(&mut self) -> String {
        let at = format!("{}{}", letters(self.column), self.count + 1);
        self.column += 1;
        at
    }

    /// The file of the sheet.
    pub(super) fn xml(&self) -> String {
        let (rows, columns) = self.frozen;
        let pane = if rows + columns == 0 {
            String::new()
        } else {
            let pane = match (rows, columns) {
                (_, 0) => "bottomLeft",
                (0, _) => "topRight",
                _ => "bottomRight",
            };
            let sides = [("xSplit", columns), ("ySplit", rows)];
            let mut splits = String::new();
            for (name, count) in sides.iter().filter(|(_, count)| *count > 0) {
                let _ = write!(splits, r#" {name}="{count}""#);
            }
            let first = usize::try_from(columns).unwrap_or_default();
            format!(
                r#"<pane{splits} topLeftCell="{}{}" activePane="{pane}" state="frozen"/>"#,
                letters(first),
                rows + 1
            )
        };
        let mut columns = String::new();
        for (at, width) in (1..).zip(&self.widths) {
            let _ =
                write!(columns, r#"<col min="{at}" max="{at}" width="{width}" customWidth="1"/>"#);
        }
        let columns = if columns.is_empty() { columns } else { format!("<cols>{columns}</cols>") };
        format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>{columns}<sheetData>{}</sheetData></worksheet>"#,
            self.rows
        )
    }
}

/// The file of all looks.
pub(super) fn styles() -> String {
    let (mut formats, mut looks) = (String::new(), String::new());
    for (look, id) in Look::ALL.into_iter().zip(164..) {
        let (code, more) = look.style();
        let own = if let Some(code) = code {
            let _ =
                write!(formats, r#"<numFmt numFmtId="{id}" formatCode="{}"/>"#, escape::xml(code));
            format!(r#"numFmtId="{id}" applyNumberFormat="1""#)
        } else {
            r#"numFmtId="0""#.to_owned()
        };
        let font = if more.is_empty() { r#" fontId="0""# } else { more };
        let wrap = match look {
            Look::Head | Look::Wrapped => {
                r#" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>"#
            }
            Look::Plain
            | Look::Dollars
            | Look::Euros
            | Look::Pounds
            | Look::Whole
            | Look::Count
            | Look::Percent
            | Look::Fine => "/>",
        };
        let _ = write!(looks, r#"<xf {own}{font} fillId="0" borderId="0" xfId="0"{wrap}"#);
    }
    let numbered = Look::ALL.into_iter().filter(|look| look.style().0.is_some()).count();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="{numbered}">{formats}</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="{}">{looks}</cellXfs></styleSheet>"#,
        Look::ALL.len()
    )
}

// XML 1.0 has no way to write most control characters: they become spaces.
fn escaped(words: &str) -> String {
    let lines: Vec<String> = words.split('\n').map(escape::xml).collect();
    lines.join("\n")
}

/// The name of a column: A, B, …, Z, AA.
fn letters(column: usize) -> String {
    let last = char::from(b'A' + u8::try_from(column % 26).unwrap_or_default());
    match column / 26 {
        0 => last.to_string(),
        before => format!("{}{last}", letters(before - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        let named: Vec<String> = [0, 25, 26, 51, 52, 701, 702].map(letters).to_vec();
        assert_eq!(named, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_name_is_text_whatever_it_begins_with() {
        let mut sheet = Sheet::new("a/b:c [x]", &[20], (1, 1));
        sheet.text("=HYPERLINK(\"http://evil\")&<x>", Look::Plain);
        sheet.number("1234.5678", Look::Dollars);
        sheet.end_row();
        let xml = sheet.xml();
        assert_eq!(sheet.name, "a b c  x");
        assert!(xml.contains("t=\"inlineStr\"><is><t xml:space=\"preserve\">=HYPERLINK(&quot;http://evil&quot;)&amp;&lt;x&gt;</t>"), "{xml}");
        assert!(xml.contains("<c r=\"B1\" s=\"2\"><v>1234.5678</v></c>") && !xml.contains("<f>"));
        assert!(xml.contains("state=\"frozen\"") && xml.contains("topLeftCell=\"B2\""));
    }
}
