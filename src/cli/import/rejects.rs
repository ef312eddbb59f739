//! The file of rejected rows: line, field and reason before the row as it came.

use crate::cli::fields::Reject;
use crate::cli::guard::guarded;
use crate::cli::rows::Row;
use color_eyre::eyre::WrapErr;
use csv::{ByteRecord, QuoteStyle, Writer, WriterBuilder};
use std::fs::File;
use std::path::{Path, PathBuf};

/// Rejected rows on their way to a file, which is made with the first of them.
#[derive(Debug)]
pub struct Rejects {
    file: PathBuf,
    header: ByteRecord,
    writer: Option<Writer<File>>,
}

impl Rejects {
    /// Rejected rows of a file, to go beside it.
    ///
    /// # Errors
    /// One of an earlier run is there and cannot be taken away: it would be taken for this run's.
    pub fn beside(file: &Path, header: &ByteRecord) -> color_eyre::Result<Self> {
        let rejects = Self { file: file.with_extension("rejects.csv"), header: header.clone(), writer: None };
        match std::fs::remove_file(&rejects.file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(error).wrap_err_with(|| format!("cannot replace {}", rejects.file.display()))
            }
            _ => Ok(rejects),
        }
    }

    /// Where they go.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Writes a row with the reason why it is here.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&mut self, row: &Row, reject: &Reject) -> color_eyre::Result<()> {
        let line = row.line().to_string();
        let lead = [line.as_str(), &reject.field, &reject.reason];
        let cells: ByteRecord = lead.into_iter().map(str::as_bytes).chain(row.bytes()).map(guarded).collect();
        let context = || format!("cannot write {}", self.file.display());
        let writer = match &mut self.writer {
            Some(writer) => writer,
            None => {
                let mut builder = WriterBuilder::new();
                let builder = builder.flexible(true).quote_style(QuoteStyle::Always);
                let mut writer = builder.from_path(&self.file).wrap_err_with(context)?;
                let lead = ["line", "field", "reason"].into_iter().map(str::as_bytes);
                let header: ByteRecord = lead.chain(self.header.iter()).map(guarded).collect();
                writer.write_byte_record(&header).wrap_err_with(context)?;
                self.writer.insert(writer)
            }
        };
        writer.write_byte_record(&cells).wrap_err_with(context)
    }

    /// Sees that all of them are in the file.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn done(&mut self) -> color_eyre::Result<()> {
        match &mut self.writer {
            Some(writer) => writer.flush().wrap_err_with(|| format!("cannot write {}", self.file.display())),
            None => Ok(()),
        }
    }
}
