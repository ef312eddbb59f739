//! The files of one officer's desk on this machine: what was not sent, what was not finished,
//! what was seen.
//!
//! Several consoles of one officer may run at once. Each has an outbox and drafts of its own,
//! which it holds locked as long as it lives; the first to start after one has died takes over
//! what that one left. Nothing is sent twice by that: a command keeps its id wherever it lies.

mod owner;

pub use owner::Owner;

use super::ledger::Ledger;
use super::lines;
use super::token::Token;
use rustix::fs::{FlockOperation, flock};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Consoles of one officer that may run at once on one machine.
const MOST_CONSOLES: usize = 16;

/// Where desks keep their files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// What may not be lost: outbox and drafts.
    pub state: PathBuf,
    /// What was seen, and can be read again from the registry.
    pub cache: PathBuf,
}

impl Folders {
    /// The folders of one officer at one registry.
    pub fn of(&self, url: &str, token: &Token) -> Folders {
        let digest = Sha256::new().chain_update(token.fingerprint()).chain_update(url.as_bytes()).finalize();
        let name: String = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        Folders { state: self.state.join(&name), cache: self.cache.join(&name) }
    }
}

/// A desk whose files this process holds.
#[derive(Debug)]
pub struct Desk {
    /// The hold on its files, which is to be kept as long as they are used.
    pub hold: Hold,
    /// Commands that were not answered, and checks that were not made.
    pub ledger: Ledger,
    /// What the console says about it at first.
    pub found: FoundDesk,
}

/// How the files of a desk were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoundDesk {
    /// Whether another console of the same officer runs on this machine.
    pub beside: bool,
    /// Whether the last line of an outbox was not complete.
    pub torn: bool,
    /// Lines of an outbox that cannot be read; the file that holds them is kept.
    pub damaged: usize,
    /// Drafts as they were written, those of consoles that died among them.
    pub drafts: Vec<String>,
}

impl Desk {
    /// Takes the first desk that nobody holds, and what dead consoles have left on others.
    ///
    /// # Errors
    /// The files cannot be made, read or written.
    pub fn open(folders: Folders) -> io::Result<Self> {
        lines::folder(&folders.state)?;
        lines::folder(&folders.cache)?;
        let mut place = None;
        let mut left: Vec<Left> = Vec::new();
        let mut found = FoundDesk::default();
        for number in 1..=MOST_CONSOLES {
            // Nobody has come further than the first place that was never taken.
            if place.is_some() && !file(&folders.state, "lock", number).exists() {
                break;
            }
            match hold(&folders.state, number)? {
                None => found.beside = true,
                Some(held) if place.is_none() => place = Some((number, held)),
                Some(held) => left.push(Left { folders: folders.clone(), number, _held: held }),
            }
        }
        for other in owner::same(&folders) {
            left.extend(abandoned(&other)?);
        }
        let (place, held) =
            place.ok_or_else(|| io::Error::other("too many consoles of one officer run here"))?;
        for (folders, number) in
            left.iter().map(|left| (&left.folders, left.number)).chain([(&folders, place)])
        {
            remove_half_written(folders, number)?;
        }
        owner::remove_half_written(&folders.state)?;
        let mut ledger = open_ledger(&folders.state, place, &mut found)?;
        read_drafts(&folders.state, place, &mut found)?;
        let own = found.drafts.len();
        for Left { folders, number, .. } in &left {
            let other = open_ledger(&folders.state, *number, &mut found)?;
            ledger.take_over(other.items())?;
            read_drafts(&folders.state, *number, &mut found)?;
        }
        let hold = Hold { folders, place, _held: held };
        // What was taken over lies nowhere else once the others' files are gone.
        if found.drafts.len() > own {
            hold.drafts().put(&format!("[{}]", found.drafts.join(",")))?;
        }
        hold.clear(&left)?;
        Ok(Self { hold, ledger, found })
    }
}

/// What a console that runs no more has left; it is held until it was taken over.
struct Left {
    folders: Folders,
    number: usize,
    _held: File,
}

/// What nobody holds of a desk that the officer had under another token.
fn abandoned(folders: &Folders) -> io::Result<Vec<Left>> {
    let mut left = Vec::new();
    for number in (1..=MOST_CONSOLES).take_while(|number| file(&folders.state, "lock", *number).exists()) {
        if let Some(held) = hold(&folders.state, number)? {
            left.push(Left { folders: folders.clone(), number, _held: held });
        }
    }
    Ok(left)
}

/// A hold on one place at a desk.
#[derive(Debug)]
pub struct Hold {
    folders: Folders,
    place: usize,
    _held: File,
}

impl Hold {
    /// Takes away what was taken over, which is on the disk in its new place by now.
    fn clear(&self, left: &[Left]) -> io::Result<()> {
        for Left { folders, number, .. } in left {
            // What a console has seen that runs no more is withdrawn by nobody: it goes too.
            for path in files(folders, *number) {
                lines::remove(&path)?;
            }
        }
        // A name that a power cut brings back would go out, or be typed, a second time.
        left.iter().try_for_each(|left| lines::sync_folder(&left.folders.state))
    }

    /// The folders that it is in.
    pub fn folders(&self) -> &Folders {
        &self.folders
    }

    /// Where the console's drafts are written.
    pub fn drafts(&self) -> Drafts {
        Drafts { path: file(&self.folders.state, "drafts", self.place) }
    }

    /// The file of what was seen.
    pub fn seen(&self) -> PathBuf {
        file(&self.folders.cache, "seen", self.place)
    }
}

/// The file of a console's drafts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafts {
    path: PathBuf,
}

impl Drafts {
    /// Puts drafts in the place of those before; on the disk when it returns.
    ///
    /// # Errors
    /// They cannot be written; those before stand.
    pub fn put(&self, text: &str) -> io::Result<()> {
        lines::put(&self.path, text.as_bytes(), true).map(|_| ())
    }

    /// Keeps a text beside them that cannot be read, so that nothing is written over it.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn put_aside(&self, text: &str) -> io::Result<()> {
        lines::put(&lines::aside(&self.path), text.as_bytes(), true).map(|_| ())
    }
}

/// Opens the outbox of a place; one with lines that cannot be read is kept beside it.
fn open_ledger(state: &Path, place: usize, found: &mut FoundDesk) -> io::Result<Ledger> {
    let path = file(state, "outbox", place);
    let (ledger, torn, damaged) = Ledger::open(&path)?;
    found.torn |= torn;
    found.damaged += damaged;
    Ok(ledger)
}

/// Reads the drafts of a place; the file holds one console's, or a list of several that were
/// joined. One that cannot be read is kept beside it.
fn read_drafts(state: &Path, place: usize, found: &mut FoundDesk) -> io::Result<()> {
    let path = file(state, "drafts", place);
    let text = match std::fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        other => other?,
    };
    match serde_json::from_slice(&text) {
        Ok(Value::Array(list)) => found.drafts.extend(list.iter().map(Value::to_string)),
        Ok(drafts) => found.drafts.push(drafts.to_string()),
        Err(_) => {
            found.damaged += 1;
            std::fs::rename(&path, lines::aside(&path))?;
            lines::sync_folder(state)?;
        }
    }
    Ok(())
}

/// Holds a place, unless another process does.
fn hold(state: &Path, place: usize) -> io::Result<Option<File>> {
    let path = file(state, "lock", place);
    let lock = OpenOptions::new().create(true).append(true).mode(0o600).open(path)?;
    match flock(&lock, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(Some(lock)),
        Err(rustix::io::Errno::WOULDBLOCK) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The files of one place.
fn files(folders: &Folders, place: usize) -> [PathBuf; 3] {
    [("outbox", &folders.state), ("drafts", &folders.state), ("seen", &folders.cache)]
        .map(|(what, folder)| file(folder, what, place))
}

/// Takes away what a console that died was writing: it never counted.
fn remove_half_written(folders: &Folders, place: usize) -> io::Result<()> {
    for path in files(folders, place) {
        lines::remove(&lines::half_written(&path))?;
    }
    Ok(())
}

fn file(state: &Path, what: &str, place: usize) -> PathBuf {
    state.join(format!("{what}.{place}"))
}

/// Takes away what was seen by every officer of this user, at every registry; outboxes and
/// drafts stay. Returns how many desks had seen anything.
///
/// # Errors
/// Something cannot be removed: the first of it, after all that can be was.
pub fn wipe_all(caches: &Path) -> io::Result<usize> {
    let folders = match std::fs::read_dir(caches) {
        Ok(folders) => folders,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(error),
    };
    let (mut wiped, mut failed) = (0, Ok(()));
    for folder in folders {
        // What is no desk hides none that lies behind it.
        let done = folder.and_then(|folder| {
            let is_desk = folder.file_type()?.is_dir();
            let path = folder.path();
            if is_desk { std::fs::remove_dir_all(path) } else { lines::remove(&path) }.map(|()| is_desk)
        });
        match done {
            Ok(is_desk) => wiped += usize::from(is_desk),
            Err(error) => failed = failed.and(Err(error)),
        }
    }
    failed.map(|()| wiped)
}

#[cfg(test)]
mod tests;
