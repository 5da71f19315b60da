//! One sheet of a workbook, filled cell by cell from its top.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};
use wherefore_contract::Decimal;

/// The longest text of a cell, in characters (Excel specifications and limits).
const CELL_LIMIT: usize = 32_767;
/// The longest name of a sheet, in characters.
const NAME_LIMIT: usize = 31;

/// How a cell looks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    Plain,
    Head,
    /// The last row of a division: the whole.
    Total,
    Wrapped,
    /// A number, by the code of its format.
    Number(String),
    TotalNumber(String),
}

impl Look {
    /// How numbers of a unit look: money with its sign or code, won and yen without decimals, counts whole,
    /// anything else with as many decimals as it needs.
    pub(super) fn of_unit(unit: Option<&str>) -> Self {
        Self::Number(code(unit))
    }

    /// The same in the row of the whole.
    pub(super) fn of_total(unit: Option<&str>) -> Self {
        Self::TotalNumber(code(unit))
    }

    fn format(&self) -> Format {
        let plain = Format::new();
        let wrapped = || Format::new().set_text_wrap().set_align(FormatAlign::Top);
        match self {
            Self::Plain => plain,
            Self::Head => wrapped().set_bold(),
            Self::Total => plain.set_bold(),
            Self::Wrapped => wrapped(),
            Self::Number(code) => plain.set_num_format(code),
            Self::TotalNumber(code) => plain.set_num_format(code).set_bold(),
        }
    }
}

fn code(unit: Option<&str>) -> String {
    let signed = |sign: &str| format!("\"{sign}\"#,##0.00;[Red]-\"{sign}\"#,##0.00");
    match unit {
        Some("USD") => signed("$"),
        Some("EUR") => signed("€"),
        Some("GBP") => signed("£"),
        Some("KRW") => "\"₩\"#,##0;[Red]-\"₩\"#,##0".to_owned(),
        Some("JPY") => "\"¥\"#,##0;[Red]-\"¥\"#,##0".to_owned(),
        Some("%") => "0.0\"%\"".to_owned(),
        Some("rows" | "days" | "hours" | "periods" | "transactions" | "distinct") => {
            "#,##0".to_owned()
        }
        // Any other currency by its code of three letters (ISO 4217).
        Some(other) if other.len() == 3 && other.bytes().all(|byte| byte.is_ascii_uppercase()) => {
            format!("#,##0.00 \"{other}\";[Red]-#,##0.00 \"{other}\"")
        }
        Some(_) | None => "#,##0.00########".to_owned(),
    }
}

/// A sheet as it grows, row by row.
pub(super) struct Sheet {
    written: Worksheet,
    formats: BTreeMap<Look, Format>,
    row: u32,
    column: u16,
}

impl Sheet {
    /// A sheet of this name; letters that no name of a sheet may hold become spaces. `frozen` rows and columns
    /// stay in sight, and the frozen rows stand on every printed page.
    pub(super) fn new(title: &str, widths: &[u16], frozen: (u32, u16)) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(named(title))?;
        for (at, width) in (0..).zip(widths) {
            sheet.set_column_width(at, f64::from(*width))?;
        }
        let (rows, columns) = frozen;
        if rows + u32::from(columns) > 0 {
            sheet.set_freeze_panes(rows, columns)?;
        }
        if let Some(last) = rows.checked_sub(1) {
            sheet.set_repeat_rows(0, last)?;
        }
        sheet.set_landscape().set_print_fit_to_pages(1, 0);
        Ok(Self { written: sheet, formats: BTreeMap::new(), row: 0, column: 0 })
    }

    /// A text, always as text: a name that begins with an equals sign is no formula here.
    pub(super) fn text(&mut self, words: &str, look: Look) -> Result<(), XlsxError> {
        let shown: String = words.chars().take(CELL_LIMIT).map(writable).collect();
        let (row, column) = self.place();
        let format = self.formats.entry(look).or_insert_with_key(Look::format);
        self.written.write_string_with_format(row, column, shown, format)?;
        Ok(())
    }

    /// An exact number; a spreadsheet keeps its first fifteen digits. What is none stands as text.
    pub(super) fn number(&mut self, exact: &str, look: Look) -> Result<(), XlsxError> {
        let Some(value) = exact.parse::<Decimal>().ok().and_then(float) else {
            return self.text(exact, Look::Plain);
        };
        let (row, column) = self.place();
        let format = self.formats.entry(look).or_insert_with_key(Look::format);
        self.written.write_number_with_format(row, column, value, format)?;
        Ok(())
    }

    /// An empty cell.
    pub(super) fn skip(&mut self) {
        self.column += 1;
    }

    /// Ends the row.
    pub(super) fn end_row(&mut self) {
        self.row += 1;
        self.column = 0;
    }

    /// The finished sheet.
    pub(super) fn done(self) -> Worksheet {
        self.written
    }

    fn place(&mut self) -> (u32, u16) {
        let place = (self.row, self.column);
        self.column += 1;
        place
    }
}

// The nearest number that a spreadsheet can hold: read from the digits, which rounds once.
fn float(exact: Decimal) -> Option<f64> {
    exact.to_string().parse().ok()
}

fn named(title: &str) -> String {
    let kept = |letter: char| if "[]:*?/\\'".contains(letter) { ' ' } else { writable(letter) };
    title.chars().map(kept).take(NAME_LIMIT).collect::<String>().trim().to_owned()
}

// XML 1.0 has no way to write most control characters: they become spaces.
fn writable(letter: char) -> char {
    if letter.is_control() && letter != '\n' { ' ' } else { letter }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_hold_what_a_spreadsheet_takes() {
        assert_eq!(named("a/b:c [x]"), "a b c  x");
        assert_eq!(named(&"ㄱ".repeat(40)).chars().count(), NAME_LIMIT);
    }

    #[test]
    fn money_shows_its_currency() {
        assert_eq!(code(Some("USD")), "\"$\"#,##0.00;[Red]-\"$\"#,##0.00");
        assert_eq!(code(Some("KRW")), "\"₩\"#,##0;[Red]-\"₩\"#,##0");
        assert_eq!(code(Some("AUD")), "#,##0.00 \"AUD\";[Red]-#,##0.00 \"AUD\"");
        assert_eq!(code(Some("USD/transaction")), "#,##0.00########");
    }
}
