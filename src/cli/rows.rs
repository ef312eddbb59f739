//! Reads the rows of a CSV file, one at a time and each within bounds.

use super::columns::Columns;
use super::fields::{Cells, Reject};
use super::guard::freed;
use csv::{ByteRecord, Reader, ReaderBuilder};
use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::rc::Rc;

/// Longest row, in bytes; a quote that is never closed makes one of the rest of the file.
const MOST_ROW: usize = 256 * 1024;

/// Rows of a file.
#[derive(Debug)]
pub struct Rows {
    reader: Reader<Bounded<File>>,
    header: ByteRecord,
    left: Rc<Cell<usize>>,
}

/// One row as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    line: u64,
    cells: ByteRecord,
    columns: usize,
}

impl Rows {
    /// Opens a file and reads the names of its columns.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn open(file: &Path) -> csv::Result<Self> {
        let left = Rc::new(Cell::new(MOST_ROW));
        let inner = BufReader::new(File::open(file)?);
        let bounded = Bounded { inner, left: Rc::clone(&left), held: false, last: 0 };
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(bounded);
        let header = reader.byte_headers()?.clone();
        Ok(Self { reader, header, left })
    }

    /// The names of the columns.
    pub fn header(&self) -> &ByteRecord {
        &self.header
    }

    /// The next row.
    ///
    /// # Errors
    /// The file cannot be read, or a row is longer than any can be.
    pub fn read(&mut self) -> csv::Result<Option<Row>> {
        self.left.set(MOST_ROW);
        let mut cells = ByteRecord::new();
        if !self.reader.read_byte_record(&mut cells)? {
            return Ok(None);
        }
        // The reader's own place of a row is that of what stands before it, blank lines and
        // all; the place behind it is exact, since every row here ends with one line feed.
        let inside = cells.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        let line = self.reader.position().line().saturating_sub(inside + 1);
        Ok(Some(Row { line, cells, columns: self.header.len() }))
    }
}

impl Row {
    /// The line of the file on which it begins, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Its cells as they came.
    pub fn bytes(&self) -> impl Iterator<Item = &[u8]> {
        self.cells.iter()
    }

    /// Its texts by field.
    ///
    /// # Errors
    /// It has more or fewer cells than there are columns, or a cell is not UTF-8.
    pub fn cells(&self, columns: &Columns) -> Result<Cells, Reject> {
        if self.cells.len() != self.columns {
            let reason = format!("{} cells where the file has {} columns", self.cells.len(), self.columns);
            return Err(Reject { field: String::new(), reason });
        }
        let mut cells = Cells::default();
        for (field, place) in columns.iter() {
            let bytes = self.cells.get(place).unwrap_or_default();
            let text = std::str::from_utf8(bytes)
                .map_err(|_| Reject { field: field.code().into(), reason: "not UTF-8".into() })?;
            cells.put(field, freed(text));
        }
        Ok(cells)
    }
}

/// Reads no further than a budget that each row sets anew, and gives every line one end: a
/// line feed.
#[derive(Debug)]
struct Bounded<R> {
    inner: BufReader<R>,
    left: Rc<Cell<usize>>,
    /// A carriage return that may belong to a line feed.
    held: bool,
    last: u8,
}

impl<R: Read> Bounded<R> {
    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.inner.fill_buf()?.first().copied())
    }

    fn byte(&mut self) -> io::Result<Option<u8>> {
        loop {
            let next = self.peek()?;
            if std::mem::take(&mut self.held) && next != Some(b'\n') {
                return Ok(Some(b'\r'));
            }
            match next {
                None if matches!(self.last, 0 | b'\n') => return Ok(None),
                None => return Ok(Some(b'\n')),
                Some(byte) => {
                    self.inner.consume(1);
                    if byte != b'\r' {
                        return Ok(Some(byte));
                    }
                    self.held = true;
                }
            }
        }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let mut read = 0;
        while read < to.len()
            && let Some(byte) = self.byte()?
        {
            self.last = byte;
            to[read] = byte;
            read += 1;
        }
        let left = self.left.get().checked_sub(read).ok_or_else(|| {
            io::Error::other(format!(
                "a row is longer than {MOST_ROW} bytes; perhaps a quote is never closed"
            ))
        })?;
        self.left.set(left);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(text: &[u8]) -> (tempfile::TempDir, Rows) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x.csv");
        std::fs::write(&file, text).unwrap();
        let rows = Rows::open(&file).unwrap();
        (folder, rows)
    }

    fn columns(rows: &Rows) -> Columns {
        Columns::find(rows.header(), &[], None).unwrap()
    }

    #[test]
    fn marks_line_ends_and_bad_bytes() {
        let (_folder, mut rows) = open(b"\xef\xbb\xbfserial,make\r\n\"A\n1\",FN\r\nB2,\xff\n\n\nC3\n'-4,CZ");
        let columns = columns(&rows);
        let all: Vec<Row> = std::iter::from_fn(|| rows.read().unwrap()).collect();
        assert_eq!(all.iter().map(Row::line).collect::<Vec<_>>(), [2, 4, 7, 8]);
        assert!(all[0].cells(&columns).is_ok());
        assert_eq!(all[1].cells(&columns).unwrap_err().field, "make");
        assert!(all[2].cells(&columns).unwrap_err().reason.contains("1 cells"));
        assert_eq!(all[3].cells(&columns).unwrap().get(crate::cli::fields::Field::Serial), Some("-4"));
    }

    #[test]
    fn a_quote_that_is_never_closed_does_not_fill_the_memory() {
        let mut text = b"serial,make\n\"never closed".to_vec();
        text.resize(3 * MOST_ROW, b'x');
        let (_folder, mut rows) = open(&text);
        assert!(rows.read().unwrap_err().to_string().contains("never closed"));
    }

    #[test]
    fn a_long_file_of_short_rows_is_no_long_row() {
        let (_folder, mut rows) = open("serial,make\n".repeat(300_000).as_bytes());
        while rows.read().unwrap().is_some() {}
    }
}
