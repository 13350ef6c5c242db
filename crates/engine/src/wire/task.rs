//! Tasks with their states.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::starter::{ProjectCard, StarterCard};
use super::tool::ToolRow;

/// A task with its state.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TaskView {
    /// Stable within the step.
    pub id: String,
    /// Where it stands.
    pub state: TaskState,
    /// When the state came about, in the person's words; empty for `todo`.
    pub since: String,
    /// What is to be done.
    pub what: TaskBody,
}

/// The state of a task; only an outcome completes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum TaskState {
    /// Not done.
    Todo,
    /// The outcome is there.
    Passed,
    /// The outcome is not there.
    Failed,
    /// It could not be run.
    Error,
    /// It does not apply here.
    Skipped,
    /// Something it needs failed.
    Blocked,
}

/// What is to be done.
#[expect(
    clippy::large_enum_variant,
    reason = "a page has a handful of them, on their way to JSON"
)]
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum TaskBody {
    /// Have these tools.
    Tools {
        /// A row per tool, with the last known finding.
        rows: Vec<ToolRow>,
    },
    /// Start a project.
    Starter {
        /// The starter.
        starter: StarterCard,
        /// The project it became, if it did.
        project: Option<ProjectCard>,
    },
    /// Prove the outcome.
    Verify {
        /// The folder it looks in, as people write it; `None` until a project is there or chosen.
        folder: Option<String>,
        /// The checks, with the last results.
        checks: Vec<CheckRow>,
        /// What to do when it fails, safe HTML.
        failed: Option<String>,
        /// Shown one by one, safe HTML.
        hints: Vec<String>,
        /// Command lines that need consent before they run, as they will be run.
        commands: Vec<String>,
    },
    /// Answer a question.
    Quiz {
        /// Safe HTML.
        question: String,
        /// The choices.
        choices: Vec<ChoiceRow>,
        /// Whether more than one choice has to be picked.
        multiple: bool,
        /// Whether it was answered; only then do the choices carry `correct` and `why`.
        answered: bool,
    },
    /// Say that it was done.
    Confirm {
        /// Safe HTML.
        text: String,
    },
}

/// One check of a verify task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CheckRow {
    /// What is looked at ("The file Cargo.toml exists").
    pub title: String,
    /// `file`, `contains`, `git`, `http`, `command`.
    pub kind: String,
    /// Where it stands.
    pub state: TaskState,
    /// What was found instead, or why it could not be run; may be empty.
    pub detail: String,
    /// How long it took, in milliseconds; `None` before it ran.
    pub ms: Option<u32>,
}

/// One choice of a quiz.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChoiceRow {
    /// Safe HTML.
    pub text: String,
    /// Whether it was picked in the last answer.
    pub picked: bool,
    /// Once answered: whether it belongs to the answer.
    pub correct: Option<bool>,
    /// Once answered: why, safe HTML.
    pub why: Option<String>,
}
