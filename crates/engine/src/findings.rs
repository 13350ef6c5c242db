//! The last findings about tools: kept in the store, and what they mean for the steps that ask.

use std::collections::HashMap;

use ::book::TaskKind;
use ::journey::State;

use crate::wire::{Failure, TaskState, ToolRow};
use crate::{Engine, clock};

/// Where the last findings are kept.
const FINDINGS: &str = "findings";

/// Where the versions of programs are kept.
const CACHE: &str = "probe-cache";

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

/// Findings by tool and range, which are what an answer depends on.
pub(crate) type Findings = HashMap<String, Kept>;

impl Engine {
    pub(crate) fn findings(&self) -> Result<Findings, Failure> {
        Ok(self.journey().value(FINDINGS)?.unwrap_or_default())
    }

    pub(crate) fn keep_findings(&self, rows: &[ToolRow]) -> Result<(), Failure> {
        let mut kept = self.findings()?;
        let at = clock::now().unix_timestamp();
        for row in rows {
            kept.insert(key(&row.tool, &row.required), Kept { row: row.clone(), at });
        }
        Ok(self.journey().set_value(FINDINGS, &kept)?)
    }

    /// Keeps what was read from programs, so that those that did not change are not asked again.
    pub(crate) fn keep_cache(&self) -> Result<(), Failure> {
        Ok(self.journey().set_value(CACHE, &self.inner.cache.to_json())?)
    }

    /// Passes or fails every tools task whose tools were all checked, wherever the check was started from.
    pub(crate) fn settle_tools_tasks(&self) -> Result<(), Failure> {
        let kept = self.findings()?;
        let standing = self.standing()?;
        for (step, task) in self
            .book()
            .paths
            .iter()
            .flat_map(|path| &path.steps)
            .flat_map(|step| step.tasks.iter().map(move |task| (step, task)))
        {
            let TaskKind::Tools(tools) = &task.kind else { continue };
            let known: Option<Vec<_>> = tools
                .iter()
                .map(|tool| Some((tool, kept.get(&key(&tool.tool, &tool.range))?)))
                .collect();
            let Some(known) = known else { continue };
            let state = settle(known.iter().map(|(tool, kept)| (tool.required, kept.row.state)));
            let before = standing.outcome(&step.page.id, &task.id).map(|outcome| outcome.state);
            if before != Some(state) {
                self.record(step, &task.id, state, serde_json::Value::Null)?;
            }
        }
        Ok(())
    }
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
