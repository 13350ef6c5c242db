//! Errors for a person.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An error for a person: what failed, and what to do next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Failure {
    /// Somebody branches on it; see the members.
    pub code: Code,
    /// What failed, with names and paths.
    pub message: String,
    /// What to do next; may be empty.
    pub hint: String,
}

/// A member only where somebody branches on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// The person (or the end of the window) stopped it: shown as no error at all.
    Cancelled,
    /// No such page, path, starter or project: the reader offers the library.
    NotFound,
    /// The target folder holds files: the form keeps its values and points at the folder field.
    FolderNotEmpty,
    /// The server wants a sign-in: the equivalent `git clone` is in the hint.
    SignIn,
    /// No network: offered again later.
    Offline,
    /// What was typed is not accepted; the message says which field.
    Invalid,
    /// Everything else.
    Failed,
}
