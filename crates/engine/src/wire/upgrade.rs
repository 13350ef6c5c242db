//! A project beside its starter: what differs, and what an upgrade does.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::starter::FormField;

/// A project beside its starter.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OutdatedView {
    /// The project's folder, absolute.
    pub folder: String,
    /// The starter's id.
    pub starter: String,
    /// The starter's title.
    pub title: String,
    /// Whether the project is as its starter would make it now, but for the person's own work.
    pub current: bool,
    /// The version, or the commit, that the project has.
    pub from: String,
    /// The version, or the commit, that there is now.
    pub to: String,
    /// What differs between what was made then and what would be made now, by path.
    pub files: Vec<ChangedFile>,
    /// New questions, with the answers that were taken for them.
    pub assumed: Vec<AssumedAnswer>,
    /// Names of recorded answers that nobody asks for any more.
    pub dropped: Vec<String>,
}

/// A file that differs between then and now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangedFile {
    /// Below the project's folder, with `/`.
    pub path: String,
    /// The path that it had then, for one that was moved.
    pub from: Option<String>,
    /// How it differs.
    pub change: FileChange,
    /// A unified diff; a sentence for what is no text.
    pub diff: String,
}

/// How a file differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FileChange {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Its content or its mode differs.
    Changed,
    /// It has another name.
    Moved,
}

/// A default that was taken for an answer.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AssumedAnswer {
    /// The question.
    pub field: FormField,
    /// What was taken, JSON.
    #[ts(type = "unknown")]
    pub value: serde_json::Value,
}

/// Asks about a project and its starter.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CompareProject {
    /// The project's folder; `~` stands for the home folder.
    pub folder: String,
    /// Answers that are not the recorded ones, by field.
    #[ts(type = "Record<string, unknown>")]
    pub values: serde_json::Map<String, serde_json::Value>,
    /// The fingerprint of an ssh server that was not known, once the person has compared it.
    pub accept_host_key: Option<String>,
}

/// An upgrade that was worked out, and written if asked for.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UpgradeView {
    /// The project's folder, absolute.
    pub folder: String,
    /// The starter's id.
    pub starter: String,
    /// The starter's title.
    pub title: String,
    /// The version, or the commit, that the project had.
    pub from: String,
    /// The version, or the commit, that there is now.
    pub to: String,
    /// Whether files were written. The result is staged and not committed.
    pub written: bool,
    /// Whether an upgrade that was interrupted was taken back or ended first.
    pub recovered: bool,
    /// What becomes of each file, by path; empty where the project is current.
    pub files: Vec<UpgradedFile>,
    /// New questions, with the answers that were taken for them.
    pub assumed: Vec<AssumedAnswer>,
    /// Names of recorded answers that nobody asks for any more.
    pub dropped: Vec<String>,
}

/// A file of an upgrade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UpgradedFile {
    /// Below the project's folder, with `/`.
    pub path: String,
    /// The path that it had, for one that is moved.
    pub from: Option<String>,
    /// What becomes of it.
    pub outcome: FileOutcome,
    /// The same in half a sentence.
    pub words: String,
    /// Whether the person has to look at it before the project is whole again.
    pub needs_you: bool,
}

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FileOutcome {
    /// It is new.
    Added,
    /// The starter's takes its place.
    Changed,
    /// Both changed it, in different places.
    Merged,
    /// It moves, with the project's changes.
    Moved,
    /// It goes.
    Removed,
    /// Both changed the same lines, which are marked.
    Conflict,
    /// Both changed it and it has no lines to mark: the project's stays.
    KeptYours,
    /// The project had deleted it, and it stays deleted.
    StaysDeleted,
    /// The starter has it no more, but the project had changed it, so it stays.
    StaysChanged,
    /// The project has a folder where the starter has a file, or the other way about.
    Blocked,
}
