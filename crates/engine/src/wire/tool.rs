//! Tools and what was found of them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::task::TaskState;

/// A tool's finding, in the row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ToolRow {
    /// The tool's name in the catalogue (`git`).
    pub tool: String,
    /// Its name for people (`Git`).
    pub title: String,
    /// Where it stands; `Todo` before it was probed.
    pub state: TaskState,
    /// Whether a path is blocked without it.
    pub severity: Severity,
    /// The version found.
    pub version: Option<String>,
    /// The program found, absolute.
    pub path: Option<String>,
    /// The range asked for (`>=2.40`), empty for any.
    pub required: String,
    /// Who asks ("Your first day"), or the file and line.
    pub source: String,
    /// Why it is needed.
    pub why: Option<String>,
    /// One sentence on the finding ("2.47.3 is newer than 2.40.").
    pub detail: String,
    /// What was run ("git --version").
    pub command: String,
    /// The first line it printed.
    pub output: String,
    /// Milliseconds; `None` before it ran.
    pub ms: Option<u32>,
    /// What to do on this machine, best first; empty when it passed.
    pub fixes: Vec<Fix>,
    /// The tool's home page.
    pub link: Option<String>,
}

/// Whether something is blocked without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A step does not pass without it.
    Required,
    /// Good to have.
    Recommended,
    /// Only told.
    Info,
}

/// A command to copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Fix {
    /// By what ("Homebrew", "apt", "mise").
    pub with: String,
    /// The command; empty where only the link helps.
    pub command: String,
}

/// The toolchain screen, or one path's part of it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ToolchainView {
    /// A group per path that asks for tools ("Your first day"), each tool in the first that asks for it.
    pub groups: Vec<ToolGroup>,
    /// When the tools were last checked, in the person's words.
    pub checked: Option<String>,
    /// Where the search path came from ("The environment this app was started with").
    pub environment: String,
}

/// Tools asked for together.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ToolGroup {
    /// The path's title.
    pub title: String,
    /// The rows.
    pub rows: Vec<ToolRow>,
}

/// What a repository's own files ask of the tools. For the command only, so without TypeScript.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RepositoryCheck {
    /// A row per requirement; the source is the file and line.
    pub rows: Vec<ToolRow>,
    /// Files that disagree about a tool.
    pub conflicts: Vec<CarriedFinding>,
    /// Files or values that could not be read.
    pub problems: Vec<CarriedFinding>,
}

/// Something about a repository's version files.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CarriedFinding {
    /// The file and line.
    pub source: String,
    /// One sentence.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

/// The toolchain on Home.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ToolchainCard {
    /// Tools that are there in the right version.
    pub passed: usize,
    /// Tools that need attention.
    pub attention: Vec<ToolRow>,
    /// When they were checked, in the person's words.
    pub checked: String,
}
