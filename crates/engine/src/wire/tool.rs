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
    /// When it was checked, in the person's words; empty before.
    #[serde(default)]
    pub checked: String,
    /// The line of a repository's file that asks, where one does.
    #[serde(default)]
    pub asked: Option<AskedBy>,
    /// What it is in the project's folder, where it was asked there.
    #[serde(default)]
    pub in_project: Option<ToolInProject>,
}

/// What a tool is in a project's folder, where version managers choose by the files there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ToolInProject {
    /// `Failed` where the version that the folder asks for is not installed, `Skipped` where it was not asked.
    pub state: TaskState,
    /// The version there.
    pub version: Option<String>,
    /// The program that was run, absolute.
    pub path: Option<String>,
    /// What was run, empty where nothing was.
    pub command: String,
    /// The line that says the version, or what is missing.
    pub output: String,
    /// One sentence.
    pub detail: String,
    /// Milliseconds.
    pub ms: Option<u32>,
}

/// A line of a repository's file that asks for a tool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AskedBy {
    /// The file, relative to the folder, with `/`.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// `pin`, `range`, `minimum` or `hint`.
    pub kind: String,
    /// The value as the file has it.
    pub written: String,
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

/// Whose tools are looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum ToolScope {
    /// Those of every path that is offered.
    All,
    /// Those of a path.
    Path {
        /// The path's id.
        id: String,
    },
    /// Those that the files of a folder ask for.
    Folder {
        /// Absolute, or below the home folder with `~`.
        folder: String,
    },
}

/// A scope to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ToolScopeCard {
    /// The scope.
    pub scope: ToolScope,
    /// The path's title, or the folder as people write it.
    pub title: String,
}

/// The toolchain screen: the tools of a scope, with the last findings.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ToolchainView {
    /// What is shown.
    pub scope: ToolScopeCard,
    /// What can be shown instead: paths in the roadbook's order, then folders, the last ones first.
    pub scopes: Vec<ToolScopeCard>,
    /// Of all paths, a group per path that asks for tools ("Your first day"), each tool in the first that asks
    /// for it; of a path, a group per step; of a folder, what is asked and what is only hinted at.
    pub groups: Vec<ToolGroup>,
    /// Files of a folder that disagree about a tool.
    pub conflicts: Vec<CarriedFinding>,
    /// Files or values of a folder that could not be read.
    pub problems: Vec<CarriedFinding>,
    /// When the tools were last checked, in the person's words.
    pub checked: Option<String>,
    /// Where the search path came from ("The environment this app was started with").
    pub environment: String,
}

/// Tools asked for together.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ToolGroup {
    /// The path's or step's title.
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
    /// A row for each two files that disagree about a tool (required, failed), and for each file or value that could
    /// not be read (recommended, error).
    pub files: Vec<ToolRow>,
}

/// Something about a repository's version files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
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
