//! The file of rejected rows: line, field and reason before the row as it came.

use crate::cli::fields::Reject;
use crate::cli::guard::guarded;
use crate::cli::rows::Row;
use color_eyre::eyre::WrapErr;
use csv::{ByteRecord, QuoteStyle, Writer, WriterBuilder};
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Rejected rows on their way to a file.
///
/// They are written beside it and get its name once the last is there, so that half a list is
/// never taken for a whole one. No file that is there is written over or taken away: somebody
/// may be correcting it. A list with other rows gets the next free name: `FILE.rejects.2.csv`.
#[derive(Debug)]
pub struct Rejects {
    file: PathBuf,
    part: PathBuf,
    header: ByteRecord,
    writer: Option<Writer<File>>,
}

impl Rejects {
    /// Rejected rows of a file, to go beside it.
    ///
    /// What a run left half written that was stopped goes now: it names people too.
    pub fn beside(file: &Path, header: &ByteRecord) -> Self {
        sweep(file);
        let part = file.with_extension(format!("rejects.{}.part", std::process::id()));
        Self { file: file.with_extension("rejects.csv"), part, header: header.clone(), writer: None }
    }

    /// Writes a row with the reason why it is here.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&mut self, row: &Row, reject: &Reject) -> color_eyre::Result<()> {
        let line = row.line().to_string();
        let lead = [line.as_str(), &reject.field, &reject.reason];
        let cells: ByteRecord = lead.into_iter().map(str::as_bytes).chain(row.bytes()).map(guarded).collect();
        let context = || format!("cannot write {}", self.part.display());
        let writer = match &mut self.writer {
            Some(writer) => writer,
            None => {
                let mut builder = WriterBuilder::new();
                let builder = builder.flexible(true).quote_style(QuoteStyle::Always);
                let mut writer = builder.from_writer(part(&self.part).wrap_err_with(context)?);
                let lead = ["line", "field", "reason"].into_iter().map(str::as_bytes);
                let header: ByteRecord = lead.chain(self.header.iter()).map(guarded).collect();
                writer.write_byte_record(&header).wrap_err_with(context)?;
                self.writer.insert(writer)
            }
        };
        writer.write_byte_record(&cells).wrap_err_with(context)
    }

    /// Gives the list its name and says which; nothing when no row was rejected.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn done(mut self) -> color_eyre::Result<Option<PathBuf>> {
        let Some(writer) = &mut self.writer else { return Ok(None) };
        writer.flush().wrap_err_with(|| format!("cannot write {}", self.part.display()))?;
        for number in 1.. {
            let file = self.named(number);
            let context = || format!("cannot write {}", file.display());
            match OpenOptions::new().write(true).create_new(true).open(&file) {
                // The name is ours now, and nothing of anybody's is under it.
                Ok(_) => {
                    let renamed = std::fs::rename(&self.part, &file);
                    renamed.inspect_err(|_| drop(std::fs::remove_file(&file))).wrap_err_with(context)?;
                    self.writer = None;
                    return Ok(Some(file));
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    if same(&self.part, &file).wrap_err_with(context)? {
                        return Ok(Some(file));
                    }
                }
                Err(error) => return Err(error).wrap_err_with(context),
            }
        }
        Ok(None)
    }

    /// A list of an earlier run that is there although this one has none.
    pub fn earlier(file: &Path) -> Option<PathBuf> {
        Some(file.with_extension("rejects.csv")).filter(|file| file.exists())
    }

    fn named(&self, number: u32) -> PathBuf {
        match number {
            1 => self.file.clone(),
            _ => self.file.with_extension(format!("{number}.csv")),
        }
    }
}

impl Drop for Rejects {
    fn drop(&mut self) {
        if self.writer.is_some() {
            // A list that did not come to its end; the next run makes it whole.
            let _ = std::fs::remove_file(&self.part);
        }
    }
}

/// Makes a half-written list, for its owner alone to read and locked while this process writes.
fn part(file: &Path) -> std::io::Result<File> {
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    // Where files cannot be locked nobody sweeps either.
    let _ = made.try_lock();
    Ok(made)
}

/// Removes half-written lists of a file that no process writes any more. The lock tells, not
/// the process id in the name: that may be another's by now, or of another machine.
fn sweep(file: &Path) {
    let Some(stem) = file.file_stem() else { return };
    let lead = format!("{}.rejects.", stem.to_string_lossy());
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(&lead)?.strip_suffix(".part"));
        let is_part = process.is_some_and(|process| process.parse::<u32>().is_ok());
        if is_part
            && entry.file_type().is_ok_and(|kind| kind.is_file())
            && File::open(entry.path()).is_ok_and(|part| part.try_lock().is_ok())
        {
            // One that cannot be removed stays, as it would have.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Whether two files hold the same.
fn same(one: &Path, other: &Path) -> std::io::Result<bool> {
    let (one, other) = (File::open(one)?, File::open(other)?);
    if one.metadata()?.len() != other.metadata()?.len() {
        return Ok(false);
    }
    let mut pairs = std::io::BufReader::new(one).bytes().zip(std::io::BufReader::new(other).bytes());
    pairs.try_fold(true, |same, (one, other)| Ok(same && one? == other?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::rows::Rows;

    fn list(file: &Path, reasons: &[&str]) -> Option<PathBuf> {
        let mut rows = Rows::open(file).unwrap();
        let mut rejects = Rejects::beside(file, rows.header());
        let row = rows.read().unwrap().unwrap();
        for reason in reasons {
            rejects.write(&row, &Reject { field: "serial".into(), reason: (*reason).into() }).unwrap();
        }
        rejects.done().unwrap()
    }

    #[test]
    fn what_somebody_corrects_stays_and_the_same_list_is_kept_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("thefts.csv");
        std::fs::write(&file, "serial\n77\n").unwrap();
        let at = |name: &str| Some(folder.path().join(name));
        assert_eq!(list(&file, &[]), None);
        assert_eq!(list(&file, &["short"]), at("thefts.rejects.csv"));
        assert_eq!(list(&file, &["short"]), at("thefts.rejects.csv"));
        std::fs::write(at("thefts.rejects.csv").unwrap(), "line,field,reason,serial\n2,,,77A\n").unwrap();
        assert_eq!(list(&file, &["short"]), at("thefts.rejects.2.csv"));
        assert_eq!(list(&file, &["short"]), at("thefts.rejects.2.csv"));
        assert_eq!(list(&file, &["other"]), at("thefts.rejects.3.csv"));
        assert_eq!(list(&file, &[]), None);
        let corrected = std::fs::read_to_string(at("thefts.rejects.csv").unwrap()).unwrap();
        assert!(corrected.contains("77A"), "{corrected}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 4, "nothing half written is left");
    }

    #[test]
    fn what_a_stopped_run_left_half_written_goes_and_what_is_being_written_stays() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("thefts.csv");
        std::fs::write(&file, "serial\n77\n").unwrap();
        let at = |name: &str| folder.path().join(name);
        let dead = at("thefts.rejects.4194305.part");
        std::fs::write(&dead, "half").unwrap();
        // One of this process's own id, which an earlier process had.
        std::fs::write(at(&format!("thefts.rejects.{}.part", std::process::id())), "half").unwrap();
        let others = ["thefts.rejects.part", "thefts.rejects.a.part", "arms.rejects.1.part"].map(at);
        others.iter().for_each(|other| std::fs::write(other, "half").unwrap());
        let writing = part(&at("thefts.rejects.4194306.part")).unwrap();
        let made = list(&file, &["short"]).unwrap();
        assert!(!dead.exists());
        assert!(at("thefts.rejects.4194306.part").exists(), "somebody writes it");
        assert!(others.iter().all(|other| other.exists()), "they are no lists of ours");
        assert_eq!(std::fs::metadata(&made).unwrap().permissions().mode() & 0o777, 0o600);
        drop(writing);
        assert!(list(&file, &["short"]).is_some() && !at("thefts.rejects.4194306.part").exists());
    }

    #[test]
    fn a_list_that_was_not_finished_is_no_list() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("thefts.csv");
        std::fs::write(&file, "serial\n77\n").unwrap();
        let mut rows = Rows::open(&file).unwrap();
        let mut rejects = Rejects::beside(&file, rows.header());
        let row = rows.read().unwrap().unwrap();
        rejects.write(&row, &Reject { field: "serial".into(), reason: "short".into() }).unwrap();
        drop(rejects);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
