//! The roadbook that ships inside the program, unpacked once per version.

use std::path::{Path, PathBuf};

use include_dir::{Dir, DirEntry, include_dir};

use crate::folders::Folders;
use crate::print::Print;
use crate::wire::{Code, Failure};

static CONTENT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../content");

/// The folder of the built-in roadbook. Its name carries the content's fingerprint, so a new version of the
/// program unpacks anew and a half-unpacked folder is never taken for a whole one.
pub(crate) fn unpacked(folders: &Folders) -> Result<PathBuf, Failure> {
    let name = format!("builtin-{}", fingerprint());
    let folder = folders.cache.join(&name);
    if folder.is_dir() {
        return Ok(folder);
    }
    unpack(&folders.cache, &folder).map_err(|error| Failure {
        code: Code::Failed,
        message: format!(
            "The built-in roadbook could not be unpacked to {}: {error}.",
            folder.display()
        ),
        hint: "Make the folder writable or free some space, or set ROADBOOK_HOME to another folder.".to_owned(),
    })?;
    Ok(folder)
}

fn unpack(cache: &Path, folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(cache)?;
    let staging = tempfile::Builder::new().prefix(".builtin-").tempdir_in(cache)?;
    write(&CONTENT, staging.path())?;
    let staged = staging.keep();
    match std::fs::rename(&staged, folder) {
        Ok(()) => Ok(()),
        // Another process was faster: its folder is as good.
        Err(_) if folder.is_dir() => std::fs::remove_dir_all(&staged),
        Err(error) => {
            std::fs::remove_dir_all(&staged).ok();
            Err(error)
        }
    }
}

fn write(dir: &Dir<'_>, to: &Path) -> std::io::Result<()> {
    for entry in dir.entries() {
        let target = to.join(entry.path());
        match entry {
            DirEntry::Dir(inner) => {
                std::fs::create_dir_all(&target)?;
                write(inner, to)?;
            }
            DirEntry::File(file) => std::fs::write(&target, file.contents())?,
        }
    }
    Ok(())
}

fn fingerprint() -> String {
    let mut print = Print::default();
    add(&CONTENT, &mut print);
    print.to_string()
}

fn add(dir: &Dir<'_>, print: &mut Print) {
    for entry in dir.entries() {
        print.add(entry.path().to_string_lossy().as_bytes());
        match entry {
            DirEntry::Dir(inner) => add(inner, print),
            DirEntry::File(file) => print.add(file.contents()),
        }
    }
}
