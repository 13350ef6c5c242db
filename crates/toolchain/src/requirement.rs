//! What a path or a repository asks of this machine.

/// A tool that has to be there, and in which version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// The tool's id or alias in the catalogue.
    pub tool: String,
    /// A version range as written (`>=2.40`); empty for any.
    pub range: String,
    /// What it means when it is not met.
    pub severity: Severity,
    /// Why it is needed, in the author's words.
    pub why: Option<String>,
    /// Who asks: a path's title, or a file and line.
    pub source: String,
    /// The folder inside the project, relative with `/`, that has version files of its own and so decides about the
    /// version; `None` for the project's folder.
    pub member: Option<String>,
}

impl Requirement {
    /// A required tool with no reason given.
    pub fn new(tool: impl Into<String>, range: impl Into<String>, source: impl Into<String>) -> Self {
        Self {
            tool: tool.into(),
            range: range.into(),
            severity: Severity::Required,
            why: None,
            source: source.into(),
            member: None,
        }
    }
}

/// Whether something is blocked without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// A step does not pass without it.
    Required,
    /// Good to have.
    Recommended,
    /// Only told.
    Info,
}
