//! The last findings about tools: kept in the store, and what they mean for the steps that ask.

use std::collections::HashMap;
use std::path::PathBuf;

use ::book::{TaskKind, ToolRequirement};
use ::journey::{Outcome, State};
use ::toolchain::Environment;
use serde_json::{Value, json};

use crate::task::print;
use crate::wire::{Failure, TaskState, ToolRow};
use crate::{Engine, clock};

/// Where the last findings are kept.
const FINDINGS: &str = "findings";

/// Where the versions of programs are kept.
const CACHE: &str = "probe-cache";

/// Where the environment of the last check is kept.
const ENVIRONMENT: &str = "checked-environment";

/// What was read from programs before. A cache that cannot be read is an empty one.
pub(crate) fn cache(journey: &::journey::Journey) -> ::toolchain::Cache {
    let kept: Option<String> = journey.value(CACHE).ok().flatten();
    ::toolchain::Cache::load(&kept.unwrap_or_default())
}

/// A finding in the store.
#[derive(serde::Serialize, serde::Deserialize)]
pub(crate) struct Kept {
    pub(crate) row: ToolRow,
    pub(crate) at: i64,
}

/// Where tools were looked for: findings mean nothing beside another search path.
#[derive(serde::Serialize, serde::Deserialize)]
struct CheckedEnvironment {
    origin: String,
    folders: Vec<String>,
}

/// Findings by tool and range, which are what an answer depends on.
pub(crate) type Findings = HashMap<String, Kept>;

impl Engine {
    pub(crate) fn findings(&self) -> Result<Findings, Failure> {
        Ok(self.journey().value(&self.findings_key())?.unwrap_or_default())
    }

    pub(crate) fn keep_findings(&self, rows: &[ToolRow]) -> Result<(), Failure> {
        let mut kept = self.findings()?;
        let at = clock::now().unix_timestamp();
        for row in rows {
            kept.insert(key(&row.tool, &row.required), Kept { row: row.clone(), at });
        }
        Ok(self.journey().set_value(&self.findings_key(), &kept)?)
    }

    /// A book's `tools.toml` may give a name a meaning of its own.
    fn findings_key(&self) -> String {
        format!("{FINDINGS}:{}", self.book_id())
    }

    /// Keeps what was read from programs, so that those that did not change are not asked again.
    /// Keeps where tools were looked for, beside the findings.
    pub(crate) fn keep_environment(&self, environment: &Environment) -> Result<(), Failure> {
        let folders = environment.path_folders().iter();
        let checked = CheckedEnvironment {
            origin: environment.origin().to_owned(),
            folders: folders.map(|folder| folder.to_string_lossy().into_owned()).collect(),
        };
        Ok(self.journey().set_value(ENVIRONMENT, &checked)?)
    }

    /// The environment of the last check, which may have been before this start of the app; that of now before any.
    pub(crate) fn checked_environment(&self) -> Environment {
        let now = Environment::clone(&self.environment_now());
        let kept: Option<CheckedEnvironment> = self.journey().value(ENVIRONMENT).ok().flatten();
        match kept {
            Some(kept) => now.with_search_path(kept.folders.into_iter().map(PathBuf::from), kept.origin),
            None => now,
        }
    }

    pub(crate) fn keep_cache(&self) -> Result<(), Failure> {
        Ok(self.journey().set_value(CACHE, &self.inner.cache.to_json())?)
    }

    /// Passes or fails the tools tasks that these rows speak of, once all of their tools were checked: on the
    /// paths that are offered, in the steps that apply. What a check of everything settled on the side is marked,
    /// so that nobody counts as having begun a path by it.
    pub(crate) fn settle_tools_tasks(&self, rows: &[ToolRow], asked_from: Option<&str>) -> Result<(), Failure> {
        let kept = self.findings()?;
        let standing = self.standing()?;
        let checked = |tool: &ToolRequirement| {
            rows.iter()
                .any(|row| row.tool == tool.tool && row.required == tool.range)
        };
        let offered = self.book().paths.iter().filter(|path| standing.offered(path));
        for step in offered.flat_map(|path| &path.steps) {
            if standing.skipped_why(self.book(), &step.when).is_some() {
                continue;
            }
            for task in &step.tasks {
                let TaskKind::Tools(tools) = &task.kind else {
                    continue;
                };
                let known: Option<Vec<_>> = tools
                    .iter()
                    .map(|tool| Some((tool, kept.get(&key(&tool.tool, &tool.range))?)))
                    .collect();
                let Some(known) = known.filter(|_| tools.iter().any(checked)) else {
                    continue;
                };
                let state = settle(known.iter().map(|(tool, kept)| (tool.required, kept.row.state)));
                let here = asked_from.is_some_and(|id| {
                    id == step.page.id || step.page.id.split_once('/').is_some_and(|(path, _)| path == id)
                });
                let before = standing.outcome(&step.page.id, &task.id);
                let same = before.is_some_and(|outcome| outcome.state == state && outcome.print == print(step));
                // What the person did themselves stays theirs.
                let theirs = before.is_some_and(|outcome| !on_the_side(outcome));
                if !same || (here && !theirs) {
                    let mark = if here || theirs {
                        Value::Null
                    } else {
                        json!({ ASIDE: true })
                    };
                    self.record(step, &task.id, state, mark)?;
                }
            }
        }
        Ok(())
    }
}

/// The mark of an outcome that came about without the person being on the path.
const ASIDE: &str = "aside";

/// Whether the outcome came about without the person being on the path.
pub(crate) fn on_the_side(outcome: &Outcome) -> bool {
    outcome.json.get(ASIDE).is_some()
}

/// What an answer depends on.
pub(crate) fn key(tool: &str, range: &str) -> String {
    format!("{tool} {range}")
}

/// Only what is required decides; a required tool that does not apply here is no obstacle.
fn settle(tools: impl Iterator<Item = (bool, TaskState)>) -> State {
    let mut state = State::Passed;
    for (_, found) in tools.filter(|(required, _)| *required) {
        match found {
            TaskState::Failed | TaskState::Blocked | TaskState::Todo => return State::Failed,
            TaskState::Error => state = State::Error,
            TaskState::Passed | TaskState::Skipped => {}
        }
    }
    state
}
