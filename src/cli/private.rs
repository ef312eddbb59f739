//! Folders and files that their owner alone may open.

use color_eyre::eyre::WrapErr;
use rustix::fs::Mode;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Makes a folder with those above it; what is made is its owner's alone, what is there stays
/// as it is.
///
/// # Errors
/// It cannot be made.
pub fn folder(folder: &Path) -> color_eyre::Result<()> {
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.wrap_err_with(|| format!("cannot make {}", folder.display()))
}

/// From here on this process makes files that their owner alone may open: a log names
/// officers, and the library that writes it takes what the process allows.
pub fn files_from_here_on() {
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
}

/// The files of a store that others than their owner may open, with what they may: the engine
/// keeps its log and the index of it beside the store.
pub fn open_to_others(store: &Path) -> Vec<(PathBuf, u32)> {
    let beside = |end: &str| {
        let mut name = store.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    };
    let files = ["", "-wal", "-shm"].map(beside);
    let mode = |file: &PathBuf| std::fs::metadata(file).map_or(0, |found| found.permissions().mode() & 0o777);
    let open = files.into_iter().map(|file| (mode(&file), file)).filter(|(mode, _)| mode & 0o077 != 0);
    open.map(|(mode, file)| (file, mode)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_a_store_that_others_may_open_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("registry.db");
        let log = folder.path().join("registry.db-wal");
        for (file, mode) in [(&store, 0o600), (&log, 0o640)] {
            std::fs::write(file, "").unwrap();
            std::fs::set_permissions(file, PermissionsExt::from_mode(mode)).unwrap();
        }
        assert_eq!(open_to_others(&store), [(log.clone(), 0o640)]);
        std::fs::set_permissions(&log, PermissionsExt::from_mode(0o700)).unwrap();
        assert_eq!(open_to_others(&store), []);
    }

    #[test]
    fn what_is_made_is_the_owner_s_alone() {
        let there = tempfile::tempdir().unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        std::fs::set_permissions(there.path(), PermissionsExt::from_mode(0o755)).unwrap();
        let inner = there.path().join("state/iarms");
        folder(&inner).unwrap();
        folder(&inner).unwrap();
        assert_eq!((mode(&inner), mode(&there.path().join("state"))), (0o700, 0o700));
        assert_eq!(mode(there.path()), 0o755, "what was there stays as it is");
    }
}
