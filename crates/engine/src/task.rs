//! A task with its state.

use ::book::{Check, Step, Task, TaskKind, Verify, render_text};

use crate::Engine;
use crate::print::Print;
use crate::standing::Standing;
use crate::wire::{CheckRow, Failure, TaskBody, TaskState, TaskView};

impl Engine {
    pub(crate) fn task_view(&self, standing: &Standing, step: &Step, task: &Task) -> Result<TaskView, Failure> {
        let outcome = standing.outcome(&step.page.id, &task.id);
        let what = match &task.kind {
            TaskKind::Tools(tools) => TaskBody::Tools {
                rows: self.tool_rows(step, tools)?,
            },
            TaskKind::Starter(id) => TaskBody::Starter {
                starter: self.starter_card(id),
                project: self.project_from(&step.page.id, id)?,
            },
            TaskKind::Verify(verify) => self.verify_body(standing, step, task, verify)?,
            TaskKind::Quiz(quiz) => {
                // Choices of a page that reads differently today may stand in another order.
                let current = outcome.filter(|outcome| outcome.print == print(step));
                let picked = current.map(|outcome| crate::quiz::picked(&outcome.json));
                self.quiz_body(step, quiz, picked.as_deref())
            }
            TaskKind::Confirm(text) => TaskBody::Confirm {
                text: self.text(step, text),
            },
        };
        Ok(TaskView {
            id: task.id.clone(),
            state: self.task_state(standing, step, task)?,
            since: outcome.map(|outcome| standing.ago(outcome.at)).unwrap_or_default(),
            what,
        })
    }

    /// Where the task stands; an open one may be skipped with its step, or wait for the project.
    fn task_state(&self, standing: &Standing, step: &Step, task: &Task) -> Result<TaskState, Failure> {
        let state = standing.task(&step.page.id, &task.id);
        if state != TaskState::Todo {
            return Ok(state);
        }
        if standing.skipped_why(self.book(), &step.when).is_some() {
            return Ok(TaskState::Skipped);
        }
        let waits = matches!(task.kind, TaskKind::Verify(_))
            && self.folder_of(&step.page.id)?.is_none()
            && self.asks_for_project(step);
        Ok(if waits { TaskState::Blocked } else { TaskState::Todo })
    }

    /// Whether the step's path makes a project before or in this step.
    fn asks_for_project(&self, step: &Step) -> bool {
        let Some((path, _)) = self.book().step(&step.page.id) else {
            return false;
        };
        let until = path
            .steps
            .iter()
            .position(|other| other.page.id == step.page.id)
            .unwrap_or(0);
        let mut tasks = path.steps[..=until].iter().flat_map(|step| &step.tasks);
        tasks.any(|task| matches!(task.kind, TaskKind::Starter(_)))
    }

    fn verify_body(&self, standing: &Standing, step: &Step, task: &Task, verify: &Verify) -> Result<TaskBody, Failure> {
        let last = standing.outcome(&step.page.id, &task.id);
        let rows: Vec<StoredRow> = last
            .and_then(|outcome| serde_json::from_value(outcome.json.clone()).ok())
            .unwrap_or_default();
        let current = last.is_some_and(|outcome| outcome.print == print(step));
        let checks = verify.checks.iter().enumerate().map(|(place, check)| {
            let row = check_row(check);
            // Results of a page that reads differently today belong to other checks.
            match rows.get(place).filter(|_| current) {
                Some((state, detail, ms)) => CheckRow {
                    state: *state,
                    detail: detail.clone(),
                    ms: *ms,
                    ..row
                },
                None => row,
            }
        });
        Ok(TaskBody::Verify {
            folder: self
                .folder_of(&step.page.id)?
                .map(|folder| self.inner.folders.shorten(&folder)),
            checks: checks.collect(),
            failed: verify.failed.as_deref().map(|text| self.text(step, text)),
            hints: verify.hints.iter().map(|text| self.text(step, text)).collect(),
            commands: verify
                .checks
                .iter()
                .filter_map(|check| match check {
                    Check::Command { line, .. } => Some(line.clone()),
                    Check::File(_) | Check::Contains { .. } | Check::Git { .. } | Check::Http { .. } => None,
                })
                .collect(),
        })
    }

    /// A small piece of Markdown of the step, as safe HTML.
    pub(crate) fn text(&self, step: &Step, markdown: &str) -> String {
        render_text(self.book(), &step.page.file, markdown)
    }

    /// The step and the task of those ids.
    pub(crate) fn known_task(&self, step: &str, task: &str) -> Result<(&Step, &Task), Failure> {
        let (_, known) = self.book().step(step).ok_or_else(|| Failure::not_found("step", step))?;
        let found = known.tasks.iter().find(|known| known.id == task);
        Ok((
            known,
            found.ok_or_else(|| Failure::not_found("task", &format!("{step}#{task}")))?,
        ))
    }
}

/// A check's result in the store: state, detail, milliseconds.
pub(crate) type StoredRow = (TaskState, String, Option<u32>);

/// Fingerprint of the step's page.
pub(crate) fn print(step: &Step) -> String {
    Print::of(&step.page.body).to_string()
}

/// A check before it ran.
pub(crate) fn check_row(check: &Check) -> CheckRow {
    let (kind, title) = match check {
        Check::File(file) => ("file", format!("{file} is there")),
        Check::Contains { file, text } => ("contains", format!("{file} contains \"{text}\"")),
        Check::Git { branch, clean } => {
            let branch = branch.as_ref().map(|branch| format!("the branch is {branch}"));
            let clean = clean.map(|clean| {
                if clean {
                    "everything is committed"
                } else {
                    "something is uncommitted"
                }
                .to_owned()
            });
            let parts: Vec<_> = branch.into_iter().chain(clean).collect();
            let asked = if parts.is_empty() {
                "it is a repository".to_owned()
            } else {
                parts.join(", ")
            };
            ("git", format!("Git: {asked}"))
        }
        Check::Http { url, status } => ("http", format!("{url} answers with {status}")),
        Check::Command { line, .. } => ("command", line.clone()),
    };
    CheckRow {
        title,
        kind: kind.to_owned(),
        state: TaskState::Todo,
        detail: String::new(),
        ms: None,
    }
}
