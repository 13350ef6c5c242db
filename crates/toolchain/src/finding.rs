//! What a check found out about one requirement.

use std::{path::PathBuf, time::Duration};

use crate::Severity;

/// The answer to one requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The tool's id in the catalogue; as asked for where the catalogue does not know it.
    pub tool: String,
    /// Its name for people.
    pub title: String,
    /// Where it stands.
    pub state: State,
    /// What it means when it did not pass.
    pub severity: Severity,
    /// The version found, as the tool writes it.
    pub version: Option<String>,
    /// The program found, absolute.
    pub path: Option<PathBuf>,
    /// The range asked for, as written; empty for any.
    pub required: String,
    /// Who asks.
    pub source: String,
    /// Why it is needed.
    pub why: Option<String>,
    /// One sentence for a newcomer.
    pub detail: String,
    /// What was run, for people (`git --version`).
    pub command: String,
    /// The line that says the version, or the first one; raw, without escape codes.
    pub output: String,
    /// How long the probe took; zero where nothing was run.
    pub took: Duration,
    /// What to do on this machine, best first; empty when it passed or does not apply.
    pub fixes: Vec<Fix>,
    /// The tool's home page.
    pub link: Option<String>,
    /// What it is in the project's folder; `None` without a project, and for tools that are not asked there. Where it
    /// was found out, `state` and `detail` follow it, and `version`, `path` and `output` tell of the machine.
    pub in_project: Option<InProject>,
}

/// What a tool is in a project's folder, where version managers choose by the files there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InProject {
    /// The folder it was asked in, absolute.
    pub folder: PathBuf,
    /// [`State::Passed`] where it answered, [`State::Failed`] where the version that the folder asks for is not
    /// installed, [`State::Error`] where it could not be found out, [`State::Skipped`] where it was not asked because
    /// files there could make it run the project's own programs.
    pub state: State,
    /// The version there, as the tool writes it.
    pub version: Option<String>,
    /// The program that was run, absolute; often the stand-in of a version manager.
    pub path: Option<PathBuf>,
    /// What was run, for people (`node -v`); empty where nothing was.
    pub command: String,
    /// The line that says the version, or what is missing; raw, without escape codes.
    pub output: String,
    /// One sentence.
    pub detail: String,
    /// How long it took.
    pub took: Duration,
}

/// Where a requirement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// It is there, in a version that was asked for.
    Passed,
    /// It is missing, or in another version.
    Failed,
    /// It could not be found out.
    Error,
    /// It does not apply to this system.
    Skipped,
    /// Something it needs is missing.
    Blocked,
}

/// A command to copy; it is never run by the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// By what (`Homebrew`, `apt`, `mise`).
    pub with: String,
    /// The command.
    pub command: String,
}
