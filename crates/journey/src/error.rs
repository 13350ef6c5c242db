//! What can go wrong with the store, told to a person.

use std::path::Path;

use rusqlite::ErrorCode;

/// The store could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What to branch on.
    pub kind: Kind,
    message: String,
    hint: String,
    #[source]
    source: Option<rusqlite::Error>,
}

/// What to branch on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The file is no database or a damaged one.
    Corrupt,
    /// The file was written by a later version.
    Newer,
    /// The file or its folder cannot be written.
    ReadOnly,
    /// The disk is full.
    Full,
    /// What was handed in to import is not a journey.
    Import,
    /// Anything else.
    Other,
}

impl Error {
    /// What to do next.
    pub fn hint(&self) -> &str {
        &self.hint
    }

    pub(crate) fn newer(file: &Path, found: i64, known: i64) -> Self {
        Self {
            kind: Kind::Newer,
            message: format!(
                "{} was written by a later version of Roadbook (store version {found}, this one knows {known}).",
                file.display()
            ),
            hint: "Update Roadbook, or move the file away to begin anew.".to_owned(),
            source: None,
        }
    }

    pub(crate) fn import(message: impl Into<String>) -> Self {
        Self {
            kind: Kind::Import,
            message: message.into(),
            hint: "Choose a file that `roadbook progress --export` wrote.".to_owned(),
            source: None,
        }
    }

    pub(crate) fn folder(folder: &Path, error: &std::io::Error) -> Self {
        let kind = match error.kind() {
            std::io::ErrorKind::StorageFull => Kind::Full,
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => Kind::ReadOnly,
            _ => Kind::Other,
        };
        Self {
            kind,
            message: format!("The folder {} could not be made: {error}.", folder.display()),
            hint: hint_for(kind).to_owned(),
            source: None,
        }
    }

    pub(crate) fn sqlite(doing: &str, source: rusqlite::Error) -> Self {
        let kind = match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Kind::Corrupt,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Kind::ReadOnly,
            Some(ErrorCode::DiskFull) => Kind::Full,
            _ => Kind::Other,
        };
        Self {
            kind,
            message: format!("{doing} did not work: {source}."),
            hint: hint_for(kind).to_owned(),
            source: Some(source),
        }
    }
}

fn hint_for(kind: Kind) -> &'static str {
    match kind {
        Kind::Corrupt => "Start Roadbook again: it sets the damaged file aside and begins a new one.",
        Kind::Newer => "Update Roadbook.",
        Kind::ReadOnly => "Make the folder writable, or set ROADBOOK_HOME to a folder that is.",
        Kind::Full => "Free some disk space and try again; nothing that was saved is lost.",
        Kind::Import => "Choose a file that `roadbook progress --export` wrote.",
        Kind::Other => "Try again; if it goes on, ask your platform team.",
    }
}
