//! A file of JSON lines, each with a checksum of its own, that is only ever added to.
//!
//! A power cut or a kill leaves at most one line torn, the last one: it is taken off and told.
//! What was added with `durable` is on the disk when the adding returns. A write that fails
//! leaves the file as it was; after that nothing is added any more, because a disk that has
//! failed once cannot be believed when it says that the next write to that file went well. Only
//! a new file in its place, written as a whole, ends that.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Figures of the checksum before each line.
const SUM: usize = 8;

/// A file of lines that is open for adding.
#[derive(Debug)]
pub(super) struct Lines {
    file: File,
    path: PathBuf,
    bytes: u64,
    most: u64,
    broken: bool,
}

/// What stood in a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Contents<T> {
    /// The lines that are whole, in their order.
    pub(super) entries: Vec<T>,
    /// Whether the last line was not complete, and was taken off.
    pub(super) torn: bool,
    /// Other lines that cannot be read.
    pub(super) damaged: usize,
}

impl Lines {
    /// Opens the file, makes it when there is none, and reads it; it grows to at most `most` bytes.
    ///
    /// # Errors
    /// It cannot be opened, read or mended.
    pub(super) fn open<T: DeserializeOwned>(path: &Path, most: u64) -> io::Result<(Self, Contents<T>)> {
        let mut file = OpenOptions::new().create(true).read(true).append(true).mode(0o600).open(path)?;
        if file.metadata()?.permissions().mode() & 0o077 != 0 {
            file.set_permissions(PermissionsExt::from_mode(0o600))?;
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let torn = whole < bytes.len();
        if torn {
            file.set_len(whole as u64)?;
        }
        let (mut entries, mut damaged) = (Vec::new(), 0);
        for line in bytes[..whole].split_inclusive(|byte| *byte == b'\n') {
            match read(line.trim_ascii_end()) {
                Some(entry) => entries.push(entry),
                None => damaged += 1,
            }
        }
        let lines = Self { file, path: path.to_owned(), bytes: whole as u64, most, broken: false };
        Ok((lines, Contents { entries, torn, damaged }))
    }

    /// Bytes in the file.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Adds lines at the end; with `durable` they are on the disk when it returns.
    ///
    /// # Errors
    /// The disk failed, or had failed before, or the file would grow too long; nothing was added.
    pub(super) fn add<T: Serialize>(&mut self, entries: &[T], durable: bool) -> io::Result<()> {
        if self.broken {
            return Err(io::Error::other("an earlier write has failed"));
        }
        let text = written(entries)?;
        if self.bytes + text.len() as u64 > self.most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let mut done = self.file.write_all(&text);
        if durable && done.is_ok() {
            done = self.file.sync_data();
        }
        match done {
            Ok(()) => self.bytes += text.len() as u64,
            Err(_) => {
                self.broken = true;
                // Half a line is taken off now if that is possible, else by the next start.
                let _ = self.file.set_len(self.bytes);
            }
        }
        done
    }

    /// Whether a write has failed, and nothing is added until all was replaced.
    pub(super) fn are_broken(&self) -> bool {
        self.broken
    }

    /// As if a write had failed.
    #[cfg(test)]
    pub(super) fn break_off(&mut self) {
        self.broken = true;
    }

    /// Puts these lines in the place of all; a crash leaves either the old or the new ones.
    ///
    /// # Errors
    /// The disk failed; the old lines stand, or the new ones do but for a power cut.
    pub(super) fn replace<T: Serialize>(&mut self, entries: &[T], durable: bool) -> io::Result<()> {
        let text = written(entries)?;
        // Should it fail, what is open may be no more the file that has the name.
        self.broken = true;
        self.file = put(&self.path, &text, durable)?;
        self.bytes = text.len() as u64;
        self.broken = false;
        Ok(())
    }
}

/// Puts a file in the place of another in one step, for its owner's eyes alone; with `durable`
/// it is on the disk, name and all, when it returns.
///
/// # Errors
/// It cannot be written; what stood there stands.
pub(super) fn put(path: &Path, bytes: &[u8], durable: bool) -> io::Result<File> {
    put_by(path, &half_written(path), bytes, durable)
}

/// The name that a file has as long as it is half written. It is made of the whole name: files of
/// two consoles that differ in their last part only are written at the same time.
pub(super) fn half_written(path: &Path) -> PathBuf {
    path.with_added_extension("new")
}

/// As [`put`], with the name that the file has as long as it is half written: nobody else may
/// write under that.
///
/// # Errors
/// It cannot be written; what stood there stands.
pub(super) fn put_by(path: &Path, beside: &Path, bytes: &[u8], durable: bool) -> io::Result<File> {
    // One that was left half written is not written over, because others may hold it open.
    remove(beside)?;
    let mut file = OpenOptions::new().create_new(true).read(true).append(true).mode(0o600).open(beside)?;
    let mut done = file.write_all(bytes);
    if durable && done.is_ok() {
        done = file.sync_data();
    }
    if let Err(error) = done.and_then(|()| std::fs::rename(beside, path)) {
        // On a full disk the half of it would be in the way of what is written next.
        let _ = remove(beside);
        return Err(error);
    }
    if durable && let Some(folder) = path.parent() {
        sync_folder(folder)?;
    }
    Ok(file)
}

/// Takes a file away, if it is there.
///
/// # Errors
/// It cannot be removed.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Puts the names in a folder on the disk: which files there are, and which no more.
///
/// # Errors
/// The disk failed.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// A name beside a file for what cannot be read in it, under which nothing lies yet.
pub(super) fn aside(path: &Path) -> PathBuf {
    let first = path.with_added_extension("damaged");
    let further = (2..).map(|nth: u32| first.with_added_extension(nth.to_string()));
    let mut names = std::iter::once(first.clone()).chain(further);
    names.find(|name| !name.exists()).unwrap_or(first)
}

/// Makes a folder that its owner alone may open, with those above it.
///
/// # Errors
/// It cannot be made.
pub(super) fn folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    if path.metadata()?.permissions().mode() & 0o077 != 0 {
        std::fs::set_permissions(path, PermissionsExt::from_mode(0o700))?;
    }
    Ok(())
}

fn written<T: Serialize>(entries: &[T]) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    for entry in entries {
        let json = serde_json::to_vec(entry)?;
        text.extend_from_slice(sum(&json).as_bytes());
        text.push(b' ');
        text.extend_from_slice(&json);
        text.push(b'\n');
    }
    Ok(text)
}

fn read<T: DeserializeOwned>(line: &[u8]) -> Option<T> {
    let (before, json) = line.split_at_checked(SUM + 1)?;
    (before.strip_suffix(b" ")? == sum(json).as_bytes()).then_some(())?;
    serde_json::from_slice(json).ok()
}

fn sum(json: &[u8]) -> String {
    let digest = Sha256::digest(json);
    digest.iter().take(SUM / 2).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(path: &Path) -> (Lines, Contents<String>) {
        Lines::open(path, 1 << 20).unwrap()
    }

    #[test]
    fn whatever_end_is_cut_off_the_lines_before_it_stand() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lines");
        let all = ["one", "two\nlines", "three"].map(str::to_owned);
        let mut ends = vec![0];
        let (mut lines, _) = open(&path);
        for entry in &all {
            lines.add(std::slice::from_ref(entry), true).unwrap();
            ends.push(lines.bytes());
        }
        let bytes = std::fs::read(&path).unwrap();
        for cut in 0..=bytes.len() {
            std::fs::write(&path, &bytes[..cut]).unwrap();
            let (mut lines, found) = open(&path);
            let whole = ends.iter().filter(|end| **end <= cut as u64).count() - 1;
            assert_eq!(found.entries, all[..whole], "cut at {cut}");
            assert_eq!((found.torn, found.damaged), (!ends.contains(&(cut as u64)), 0), "cut at {cut}");
            // What is added then stands on a line of its own.
            lines.add(&["new".to_owned()], false).unwrap();
            assert_eq!(open(&path).1.entries.len(), whole + 1, "cut at {cut}");
        }
    }

    #[test]
    fn a_line_that_was_changed_is_told_and_spoils_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lines");
        open(&path).0.add(&["one", "two", "three"], false).unwrap();
        let text = std::fs::read_to_string(&path).unwrap().replace("two", "twO");
        std::fs::write(&path, text).unwrap();
        let found = open(&path).1;
        assert_eq!((found.entries.join(" "), found.damaged), ("one three".into(), 1));
    }

    #[test]
    fn two_consoles_that_write_at_once_get_each_its_own() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|threads| {
            for place in ["1", "2", "3"] {
                let path = folder.path().join("outbox").with_extension(place);
                threads.spawn(move || {
                    for n in 0..500 {
                        let bytes = format!("{place} {n}").repeat(50);
                        put(&path, bytes.as_bytes(), false).unwrap();
                        assert_eq!(std::fs::read_to_string(&path).unwrap(), bytes);
                    }
                });
            }
        });
    }

    #[test]
    fn it_is_its_owner_s_alone_and_grows_no_longer_than_it_may() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a/b");
        super::folder(&inner).unwrap();
        let path = inner.join("lines");
        let (mut lines, _) = Lines::open::<String>(&path, 40).unwrap();
        lines.add(&["short"], false).unwrap();
        assert!(lines.add(&["far too long to be put behind it"], false).is_err());
        lines.add(&["short"], false).unwrap();
        lines.replace(&["one"], true).unwrap();
        lines.add(&["two"], false).unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(&inner)), (0o600, 0o700));
        assert_eq!(open(&path).1.entries, ["one", "two"]);
    }
}
