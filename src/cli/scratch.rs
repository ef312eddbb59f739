//! A folder for what is only to be tried on, which goes when the process ends.

use color_eyre::eyre::WrapErr;
use rustix::fs::{FlockOperation, flock};
use std::fs::{DirBuilder, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

/// Before the names of all such folders.
const LEAD: &str = "iarms-";
/// The file in each that its process holds locked for as long as it lives.
const ALIVE: &str = "alive";

/// A folder of this process, which only its owner may open; it is removed when dropped.
#[derive(Debug)]
pub struct Scratch {
    folder: PathBuf,
    _alive: File,
}

impl Scratch {
    /// Makes a folder for `what`, and takes away what processes have left that ended before
    /// they could.
    ///
    /// # Errors
    /// It cannot be made, or somebody has made it before.
    pub fn new(what: &str) -> color_eyre::Result<Self> {
        let all = std::env::temp_dir();
        clear(&all, what);
        let folder = all.join(format!("{LEAD}{what}-{:016x}", rand::random::<u64>()));
        Self::at(folder.clone()).wrap_err_with(|| format!("cannot make {}", folder.display()))
    }

    fn at(folder: PathBuf) -> io::Result<Self> {
        DirBuilder::new().mode(0o700).create(&folder)?;
        // Locked before it has its name: a folder without it, or with it locked, is left alone.
        let unnamed = folder.join("begins");
        let alive = File::create_new(&unnamed)?;
        flock(&alive, FlockOperation::NonBlockingLockExclusive)?;
        std::fs::rename(unnamed, folder.join(ALIVE))?;
        Ok(Self { folder, _alive: alive })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed now is taken away by a later start.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Takes away the folders whose process is gone. It is a courtesy: what cannot be read or
/// removed stays.
fn clear(all: &Path, what: &str) {
    let lead = format!("{LEAD}{what}-");
    for entry in std::fs::read_dir(all).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let random = name.to_str().and_then(|name| name.strip_prefix(&lead));
        let named = random.is_some_and(|hex| hex.len() == 16 && hex.chars().all(|c| c.is_ascii_hexdigit()));
        if named && is_left(&entry.path()).unwrap_or(false) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// Whether a folder is one of ours whose process is gone: the engine of the system gives a
/// lock back when a process ends, however it ends.
fn is_left(folder: &Path) -> io::Result<bool> {
    let about = std::fs::symlink_metadata(folder)?;
    let ours =
        about.is_dir() && about.uid() == rustix::process::getuid().as_raw() && about.mode() & 0o777 == 0o700;
    if !ours {
        return Ok(false);
    }
    let alive = File::open(folder.join(ALIVE))?;
    Ok(flock(&alive, FlockOperation::NonBlockingLockExclusive).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_with_its_process_and_takes_only_what_was_left() {
        let all = tempfile::tempdir().unwrap();
        let at = |name: &str| all.path().join(name);
        let living = Scratch::at(at("iarms-serve-0000000000000001")).unwrap();
        // One whose process was killed: all is there but the lock.
        let killed = at("iarms-serve-0000000000000002");
        DirBuilder::new().mode(0o700).create(&killed).unwrap();
        std::fs::write(killed.join(ALIVE), "").unwrap();
        std::fs::write(killed.join("registry.db"), "x").unwrap();
        // Others that only look alike.
        let begins = at("iarms-serve-0000000000000003");
        DirBuilder::new().mode(0o700).create(&begins).unwrap();
        let somebodys = at("iarms-serve-mine");
        DirBuilder::new().mode(0o700).create(&somebodys).unwrap();
        std::fs::write(somebodys.join(ALIVE), "").unwrap();
        let other = at("iarms-demo-0000000000000002");
        DirBuilder::new().mode(0o700).create(&other).unwrap();
        std::fs::write(other.join(ALIVE), "").unwrap();
        let link = at("iarms-serve-0000000000000004");
        std::os::unix::fs::symlink(&other, &link).unwrap();
        clear(all.path(), "serve");
        assert!(!killed.exists());
        for kept in [living.path(), &begins, &somebodys, &other, &link] {
            assert!(kept.exists(), "{}", kept.display());
        }
        let folder = living.path().to_owned();
        drop(living);
        assert!(!folder.exists());
    }
}
