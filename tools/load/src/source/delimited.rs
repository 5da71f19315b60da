//! Rows of comma-separated text (RFC 4180, with the liberties real bills take).

use std::io::Read;

use arrow::array::StringBuilder;

use crate::{
    cells::{Cells, Chunk},
    error::Refusal,
    source::packed,
};

const CHUNK_ROWS: usize = 32_768;
// A chunk also ends when its cells reach this: wide rows must not grow it without bound.
const CHUNK_BYTES: usize = 32 << 20;
const READ_BYTES: usize = 1 << 20;
// The longest record a bill may hold; an unclosed quote would else swallow the whole file.
const RECORD_BYTES: usize = 16 << 20;

/// A text file, opened, its header read.
pub(crate) struct DelimitedRows {
    input: Box<dyn Read + Send>,
    buffer: Vec<u8>,
    position: usize,
    at_end: bool,
    header: Vec<String>,
    wanted: Vec<bool>,
    row: u64,
    fields: Vec<Field>,
    scratch: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Field {
    start: usize,
    end: usize,
    form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As it stands.
    Plain,
    /// Stood in quotes and holds doubled ones, or text behind the closing one.
    Escaped,
}

enum Record {
    /// Ends before this position.
    Until(usize),
    /// The buffer ends first.
    Unfinished,
    OpenQuote,
}

impl DelimitedRows {
    pub(crate) fn open(input: Box<dyn Read + Send>) -> Result<Self, Refusal> {
        let mut rows = Self {
            input,
            buffer: Vec::new(),
            position: 0,
            at_end: false,
            header: Vec::new(),
            wanted: Vec::new(),
            row: 0,
            fields: Vec::new(),
            scratch: Vec::new(),
        };
        rows.fill()?;
        if rows.buffer.starts_with(b"\xef\xbb\xbf") {
            rows.position = 3;
        }
        if !rows.next_record()? {
            return Err(Refusal::Empty);
        }
        let mut header = Vec::with_capacity(rows.fields.len());
        for field in rows.fields.clone() {
            let text = text_of(&rows.buffer, field, &mut rows.scratch);
            header.push(text.ok_or(Refusal::Encoding { row: 0 })?.trim().to_owned());
        }
        rows.wanted = vec![true; header.len()];
        rows.header = header;
        Ok(rows)
    }

    pub(crate) fn header(&self) -> &[String] {
        &self.header
    }

    pub(crate) fn want(&mut self, places: &[usize]) {
        self.wanted = (0..self.header.len()).map(|place| places.contains(&place)).collect();
    }

    pub(crate) fn next_chunk(&mut self) -> Result<Option<Chunk>, Refusal> {
        let mut builders: Vec<Option<StringBuilder>> =
            self.wanted.iter().map(|wanted| wanted.then(StringBuilder::new)).collect();
        let first_row = self.row + 1;
        let (mut rows, mut bytes) = (0, 0);
        while rows < CHUNK_ROWS && bytes < CHUNK_BYTES {
            if !self.next_record()? {
                break;
            }
            self.row += 1;
            if self.fields.len() != self.header.len() {
                let (found, expected) = (self.fields.len(), self.header.len());
                return Err(Refusal::Ragged { row: self.row, found, expected });
            }
            for (builder, field) in builders.iter_mut().zip(&self.fields) {
                let Some(builder) = builder else { continue };
                if field.start == field.end {
                    builder.append_null();
                    continue;
                }
                let text = text_of(&self.buffer, *field, &mut self.scratch)
                    .ok_or(Refusal::Encoding { row: self.row })?;
                bytes += text.len();
                builder.append_value(text);
            }
            rows += 1;
        }
        if rows == 0 {
            return Ok(None);
        }
        let columns = builders.into_iter().map(|builder| match builder {
            Some(mut builder) => Cells::Text(builder.finish()),
            None => Cells::Unread,
        });
        Ok(Some(Chunk { first_row, rows, columns: columns.collect() }))
    }

    // Reads the next record that is not blank into `fields`; false at the end of the file.
    fn next_record(&mut self) -> Result<bool, Refusal> {
        loop {
            match split(&self.buffer, self.position, self.at_end, &mut self.fields) {
                Record::Until(next) => {
                    self.position = next;
                    if self.fields.iter().any(|field| field.start != field.end) {
                        return Ok(true);
                    }
                    if self.at_end && self.position >= self.buffer.len() {
                        return Ok(false);
                    }
                }
                Record::Unfinished if self.at_end => return Ok(false),
                Record::Unfinished => {
                    if self.buffer.len() - self.position > RECORD_BYTES {
                        return Err(Refusal::OpenQuote { row: self.row + 1 });
                    }
                    self.fill()?;
                }
                Record::OpenQuote => return Err(Refusal::OpenQuote { row: self.row + 1 }),
            }
        }
    }

    // Drops what was read and appends what comes next.
    fn fill(&mut self) -> Result<(), Refusal> {
        self.buffer.drain(..self.position);
        self.position = 0;
        let held = self.buffer.len();
        let limit = READ_BYTES as u64;
        let read = (&mut self.input).take(limit).read_to_end(&mut self.buffer);
        read.map_err(packed::refusal_of)?;
        self.at_end = self.buffer.len() == held;
        Ok(())
    }
}

fn split(buffer: &[u8], from: usize, at_end: bool, fields: &mut Vec<Field>) -> Record {
    fields.clear();
    let mut at = from;
    if at >= buffer.len() {
        return Record::Unfinished;
    }
    loop {
        let (field, end) = if buffer.get(at) == Some(&b'"') {
            match quoted(buffer, at + 1) {
                Some(found) => found,
                None if at_end => return Record::OpenQuote,
                None => return Record::Unfinished,
            }
        } else {
            let end = plain_end(buffer, at);
            (Field { start: at, end, form: Form::Plain }, end)
        };
        fields.push(field);
        match (buffer.get(end), buffer.get(end + 1)) {
            (Some(b','), _) => at = end + 1,
            (Some(b'\n'), _) => return Record::Until(end + 1),
            (Some(_), Some(b'\n')) => return Record::Until(end + 2),
            (Some(_), Some(_)) => return Record::Until(end + 1),
            (Some(_), None) | (None, _) if at_end => return Record::Until(buffer.len()),
            (Some(_), None) | (None, _) => return Record::Unfinished,
        }
    }
}

fn plain_end(buffer: &[u8], from: usize) -> usize {
    let rest = buffer.get(from..).unwrap_or_default();
    let length = rest.iter().position(|byte| matches!(byte, b',' | b'\n' | b'\r'));
    from + length.unwrap_or(rest.len())
}

// The field inside quotes that starts at `from`, and where its delimiter stands. `None` while the closing quote, or the
// byte behind it, is not in the buffer.
fn quoted(buffer: &[u8], from: usize) -> Option<(Field, usize)> {
    let mut at = from;
    let mut form = Form::Plain;
    loop {
        at += buffer.get(at..)?.iter().position(|byte| *byte == b'"')?;
        match buffer.get(at + 1) {
            Some(b'"') => {
                form = Form::Escaped;
                at += 2;
            }
            Some(b',' | b'\n' | b'\r') | None => {
                return Some((Field { start: from, end: at, form }, at + 1));
            }
            // Text behind the closing quote belongs to the cell.
            Some(_) => {
                let end = plain_end(buffer, at + 1);
                return Some((Field { start: from, end, form: Form::Escaped }, end));
            }
        }
    }
}

fn text_of<'a>(buffer: &'a [u8], field: Field, scratch: &'a mut Vec<u8>) -> Option<&'a str> {
    let raw = buffer.get(field.start..field.end)?;
    match field.form {
        Form::Plain => std::str::from_utf8(raw).ok(),
        Form::Escaped => {
            scratch.clear();
            let mut bytes = raw.iter().copied().peekable();
            while let Some(byte) = bytes.next() {
                if byte == b'"' {
                    if bytes.peek() == Some(&b'"') {
                        bytes.next();
                        scratch.push(b'"');
                    }
                } else {
                    scratch.push(byte);
                }
            }
            std::str::from_utf8(scratch).ok()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{fmt::Write as _, io::Cursor};

    use super::*;

    fn table(text: &'static str) -> Result<Vec<Vec<Option<String>>>, Refusal> {
        let mut rows = DelimitedRows::open(Box::new(Cursor::new(text.as_bytes())))?;
        let mut table = vec![rows.header().iter().cloned().map(Some).collect()];
        while let Some(chunk) = rows.next_chunk()? {
            for row in 0..chunk.rows {
                let cells = chunk.columns.iter();
                table.push(
                    cells.map(|cells| cells.text(row).map(std::borrow::Cow::into_owned)).collect(),
                );
            }
        }
        Ok(table)
    }

    fn cells(rows: &[&[&str]]) -> Vec<Vec<Option<String>>> {
        let cell = |text: &&str| (!text.is_empty()).then(|| (*text).to_owned());
        rows.iter().map(|row| row.iter().map(cell).collect()).collect()
    }

    #[test]
    fn marks_line_ends_blank_lines_and_quotes_are_read_as_people_write_them() {
        let text = "\u{feff}a, b ,c\r\n1,\"x,\"\"y\"\"\nz\",3\r\n\r\n,,\n4,NULL,\"\"\n\"5\",6,7";
        let expected =
            cells(&[&["a", "b", "c"], &["1", "x,\"y\"\nz", "3"], &["4", "", ""], &["5", "6", "7"]]);
        assert_eq!(table(text).unwrap(), expected);
    }

    #[test]
    fn a_ragged_row_is_refused_with_its_number() {
        let refused = table("a,b\n1,2\n3\n").unwrap_err().to_string();
        assert_eq!(
            refused,
            "row 2 has 1 cells where the header has 2; it may be cut off or hold an unquoted comma"
        );
        assert!(matches!(table("a,b\n1,\"2\n3,4\n"), Err(Refusal::OpenQuote { row: 1 })));
        assert!(matches!(table("\n\r\n"), Err(Refusal::Empty)));
    }

    #[test]
    fn rows_that_span_reads_are_whole() {
        let mut text = String::from("id,note\n");
        for row in 0..200_000 {
            write!(text, "{row},\"line {row}\r\nsecond, \"\"quoted\"\"\"\r\n").unwrap();
        }
        let mut rows = DelimitedRows::open(Box::new(Cursor::new(text.into_bytes()))).unwrap();
        let mut next = 0;
        while let Some(chunk) = rows.next_chunk().unwrap() {
            assert_eq!(chunk.first_row, next + 1);
            for row in 0..chunk.rows {
                let [id, note] = &chunk.columns[..] else { panic!("two columns") };
                assert_eq!(id.text(row).unwrap(), next.to_string());
                let expected = format!("line {next}\r\nsecond, \"quoted\"");
                assert_eq!(note.text(row).unwrap(), expected);
                next += 1;
            }
        }
        assert_eq!(next, 200_000);
    }
}
