//! Folders and files that their owner alone may open.

use color_eyre::eyre::WrapErr;
use rustix::fs::Mode;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

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

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

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
