//! The folder that an upgrade works in, and the plan by which it can be taken back.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use git2::{ObjectType, Oid, Repository};

use super::MergeError;
use crate::{Error, explain};

/// The folder inside `.git`.
const FOLDER: &str = "roadbook-upgrade";

/// One file of the plan: what is there before, and what will be.
pub(super) struct Step {
    pub(super) path: String,
    pub(super) before: String,
    pub(super) after: String,
}

/// What stands for no file.
pub(super) const NOTHING: &str = "-";

/// The folder that an upgrade works in, and its project.
pub(super) struct Work {
    pub(super) folder: PathBuf,
    pub(super) project: PathBuf,
}

impl Work {
    pub(super) fn of(repository: &Repository, project: &Path) -> Self {
        Self {
            folder: repository.path().join(FOLDER),
            project: project.to_owned(),
        }
    }

    /// The files that will be renamed into their places.
    pub(super) fn ready(&self) -> PathBuf {
        self.folder.join("files")
    }

    pub(super) fn old_index(&self) -> PathBuf {
        self.folder.join("index.old")
    }

    pub(super) fn new_index(&self) -> PathBuf {
        self.folder.join("index.new")
    }

    /// Writes the plan, in one moment. From here on an interrupted upgrade has something to take back.
    pub(super) fn keep(&self, head: Oid, plan: &[Step]) -> Result<(), Error> {
        let mut text = format!("{head}\0");
        for step in plan {
            for part in [&step.before, &step.after, &step.path] {
                text.push_str(part);
                text.push('\0');
            }
        }
        let (draft, place) = (self.folder.join("draft"), self.folder.join("plan"));
        fs::write(&draft, text)
            .and_then(|()| fs::rename(&draft, &place))
            .map_err(|e| explain::io("Cannot write", &place, e))
    }

    pub(super) fn plan(&self) -> Option<(String, Vec<Step>)> {
        let text = fs::read_to_string(self.folder.join("plan")).ok()?;
        let mut parts = text.split_terminator('\0').map(str::to_owned);
        let head = parts.next()?;
        let mut plan = Vec::new();
        while let (Some(before), Some(after), Some(path)) = (parts.next(), parts.next(), parts.next()) {
            plan.push(Step { path, before, after });
        }
        Some((head, plan))
    }

    /// Removes the folder, the plan first; what stays without a plan counts for nothing.
    pub(super) fn clear(&self) {
        let _ = fs::remove_file(self.folder.join("plan"));
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Makes the folder, and keeps others out of it until the lock is dropped or this process ends.
pub(super) fn lock(repository: &Repository) -> Result<File, MergeError> {
    let folder = repository.path().join(FOLDER);
    let open = || -> io::Result<File> {
        fs::create_dir_all(&folder)?;
        File::options()
            .create(true)
            .write(true)
            .truncate(false)
            .open(folder.join("lock"))
    };
    let file = open().map_err(|e| explain::io("Cannot write", &folder, e))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(MergeError::Running),
        Err(TryLockError::Error(e)) => Err(explain::io("Cannot lock", &folder, e).into()),
    }
}

/// What file is at a place, as one word: its kind and the id of its content.
pub(super) fn state(path: &Path) -> String {
    let Ok(meta) = fs::symlink_metadata(path) else {
        return NOTHING.to_owned();
    };
    let (kind, id) = if meta.is_symlink() {
        let target = fs::read_link(path).unwrap_or_default();
        let bytes = target.to_string_lossy().into_owned().into_bytes();
        ("link", Oid::hash_object(ObjectType::Blob, &bytes))
    } else if meta.is_file() {
        let kind = if is_executable(&meta) { "program" } else { "file" };
        (kind, Oid::hash_file(ObjectType::Blob, path))
    } else {
        // A file takes its place, or it takes a file's; the files in it have words of their own.
        return NOTHING.to_owned();
    };
    id.map_or_else(|_| "unreadable".to_owned(), |id| format!("{kind}:{id}"))
}

#[cfg(unix)]
fn is_executable(meta: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    meta.permissions().mode() & 0o100 != 0
}

#[cfg(not(unix))]
fn is_executable(_: &fs::Metadata) -> bool {
    false
}
