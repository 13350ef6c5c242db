//! Findings about content.

use serde::Serialize;

/// A finding about a roadbook's content. Loading goes on after one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// A stable name such as `broken-link`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one sentence with a period.
    pub message: String,
    /// The file below the book's root, with `/`.
    pub file: String,
    /// From 1; 0 where the whole file is meant.
    pub line: usize,
    /// From 1, in characters; 0 where the whole line is meant.
    pub column: usize,
    /// What to do about it.
    pub help: String,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Readers will stumble.
    Warning,
    /// Something that was meant to be in the book is missing because of it: a page, a task, the target of a link.
    Error,
}
