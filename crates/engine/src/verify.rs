//! Proving that a step's outcome is there.

use std::path::Path;
use std::time::{Duration, Instant};

use ::book::{Check, TaskKind, Verify};
use ::journey::State;
use tokio_util::sync::CancellationToken;

use crate::command_line::{End, run};
use crate::jobs::Events;
use crate::start::invalid;
use crate::task::{StoredRow, check_row};
use crate::wire::{CheckRow, Code, Failure, JobEvent, TaskState};
use crate::{Engine, http};

/// The most bytes of a file that a `contains` check reads.
const LARGEST: u64 = 8 * 1024 * 1024;

impl Engine {
    /// Runs the checks of a verify task in the path's folder; a job. Command lines run only with `consent`;
    /// without it the task stays open when everything else holds.
    ///
    /// # Errors
    /// For a task that is no verify task, where no folder is chosen, and when it is stopped.
    pub async fn verify(
        &self,
        job: &str,
        step: &str,
        task: &str,
        consent: bool,
        events: Events<'_>,
    ) -> Result<Vec<CheckRow>, Failure> {
        self.job(job, events, async |cancel| {
            let (known, found) = self.known_task(step, task)?;
            let TaskKind::Verify(verify) = &found.kind else {
                return Err(invalid(format!("{step}#{task} proves nothing by itself."), ""));
            };
            let folder = self.folder_of(step)?.ok_or_else(|| {
                invalid(
                    "No project folder is chosen for this path.",
                    "Create the project in the step before, or choose its folder.",
                )
            })?;
            let rows = self.run_checks(verify, &folder, consent, &cancel, events).await?;
            if let Some(state) = outcome(&rows) {
                let stored: Vec<StoredRow> = rows.iter().map(|row| (row.state, row.detail.clone(), row.ms)).collect();
                self.record(known, task, state, serde_json::json!(stored))?;
            }
            Ok(rows)
        })
        .await
    }

    /// What the page says to do when a verify task does not pass, as plain text: the advice, then the hints.
    ///
    /// # Errors
    /// For an unknown task.
    pub fn advice(&self, step: &str, task: &str) -> Result<Vec<String>, Failure> {
        let (_, found) = self.known_task(step, task)?;
        let TaskKind::Verify(verify) = &found.kind else {
            return Ok(Vec::new());
        };
        let texts = verify.failed.iter().chain(&verify.hints);
        Ok(texts.map(|text| ::book::plain(text).trim().to_owned()).collect())
    }

    async fn run_checks(
        &self,
        verify: &Verify,
        folder: &Path,
        consent: bool,
        cancel: &CancellationToken,
        events: Events<'_>,
    ) -> Result<Vec<CheckRow>, Failure> {
        let mut rows = Vec::with_capacity(verify.checks.len());
        for (index, check) in verify.checks.iter().enumerate() {
            if cancel.is_cancelled() {
                return Err(Failure::cancelled());
            }
            let row = check_row(check);
            events(JobEvent::Check {
                index,
                row: row.clone(),
            });
            let began = Instant::now();
            let held = match check {
                Check::Command { .. } if !consent => None,
                Check::Command { line, timeout } => {
                    Some(self.run_command(line, folder, *timeout, cancel, events).await?)
                }
                Check::File(_) | Check::Contains { .. } | Check::Git { .. } | Check::Http { .. } => {
                    let (check, folder) = (check.clone(), folder.to_owned());
                    let shown = self.inner.folders.shorten(&folder);
                    let looked = tokio::task::spawn_blocking(move || look(&check, &folder, &shown)).await;
                    Some(looked.unwrap_or_else(|error| Err(format!("The check ended early: {error}."))))
                }
            };
            let ms = u32::try_from(began.elapsed().as_millis()).ok();
            let row = match held {
                Some(Ok(None)) => CheckRow {
                    state: TaskState::Passed,
                    ms,
                    ..row
                },
                Some(Ok(Some(found))) => CheckRow {
                    state: TaskState::Failed,
                    detail: found,
                    ms,
                    ..row
                },
                Some(Err(why)) => CheckRow {
                    state: TaskState::Error,
                    detail: why,
                    ms,
                    ..row
                },
                None => CheckRow {
                    detail: "Waits for you to allow the command.".to_owned(),
                    ..row
                },
            };
            events(JobEvent::Check {
                index,
                row: row.clone(),
            });
            rows.push(row);
        }
        Ok(rows)
    }

    async fn run_command(
        &self,
        line: &str,
        folder: &Path,
        seconds: u64,
        cancel: &CancellationToken,
        events: Events<'_>,
    ) -> Result<Held, Failure> {
        let environment = self.environment().await;
        let tell = |line| events(JobEvent::Output { line });
        let limit = Duration::from_secs(seconds);
        Ok(match run(line, folder, &environment, limit, cancel, &tell).await {
            End::Exited(Some(0)) => Ok(None),
            End::Exited(Some(code)) => Ok(Some(format!("It ended with exit code {code}."))),
            End::Exited(None) => Ok(Some("It was ended by a signal.".to_owned())),
            End::TimedOut => Ok(Some(format!("It was stopped after {seconds} seconds."))),
            End::Cancelled => return Err(Failure::new(Code::Cancelled, format!("{line} was stopped."), "")),
            End::NotStarted(why) => Err(format!("It could not be started: {why}.")),
        })
    }
}

/// `Ok(None)` where the check holds, `Ok(Some(_))` with what was found instead, `Err` where nobody could look.
type Held = Result<Option<String>, String>;

fn look(check: &Check, folder: &Path, shown: &str) -> Held {
    match check {
        Check::File(file) => {
            let path = inside(folder, file)?;
            Ok((!path.exists()).then(|| format!("There is no {file} in {shown}.")))
        }
        Check::Contains { file, text } => contains(folder, shown, file, text),
        Check::Git { branch, clean } => Ok(git(folder, branch.as_deref(), *clean)),
        Check::Http { url, status } => Ok(match http::status(url) {
            Ok(found) if found == *status => None,
            Ok(found) => Some(format!("It answered with {found}.")),
            Err(why) => Some(why),
        }),
        // Run by the caller, after consent.
        Check::Command { .. } => Err("A command is not looked at.".to_owned()),
    }
}

fn contains(folder: &Path, shown: &str, file: &str, text: &str) -> Held {
    let path = inside(folder, file)?;
    let size = match std::fs::metadata(&path) {
        Ok(about) if about.is_dir() => return Ok(Some(format!("{file} is a folder."))),
        Ok(about) => about.len(),
        Err(_) => return Ok(Some(format!("There is no {file} in {shown}."))),
    };
    if size > LARGEST {
        return Err(format!("{file} is larger than 8 MiB and was not read."));
    }
    let bytes = std::fs::read(&path).map_err(|error| format!("{file} could not be read: {error}."))?;
    let held = String::from_utf8_lossy(&bytes).contains(text);
    Ok((!held).then(|| format!("{file} does not contain \"{text}\".")))
}

/// What the repository is in place of what was asked; `None` where it is that.
fn git(folder: &Path, branch: Option<&str>, clean: Option<bool>) -> Option<String> {
    let status = match ::git::inspect(folder) {
        Ok(status) => status,
        Err(error) => return Some(error.to_string()),
    };
    if let Some(branch) = branch
        && status.branch.as_deref() != Some(branch)
    {
        let found = status.branch.as_deref().unwrap_or("no branch");
        return Some(format!("The branch is {found}."));
    }
    match clean {
        Some(true) if !status.clean => {
            let shown: Vec<_> = status.changed.iter().take(3).map(String::as_str).collect();
            let more = status.changed.len().saturating_sub(shown.len());
            let more = if more == 0 {
                String::new()
            } else {
                format!(" and {more} more")
            };
            Some(format!("Not committed yet: {}{more}.", shown.join(", ")))
        }
        Some(false) if status.clean => Some("Everything is committed already.".to_owned()),
        _ => None,
    }
}

fn inside(folder: &Path, file: &str) -> Result<std::path::PathBuf, String> {
    ::book::resolve_inside(folder, file).map_err(|error| error.to_string())
}

/// What the rows add up to; `None` while a command waits for consent and nothing failed.
fn outcome(rows: &[CheckRow]) -> Option<State> {
    let any = |state| rows.iter().any(|row| row.state == state);
    if any(TaskState::Failed) {
        Some(State::Failed)
    } else if any(TaskState::Error) {
        Some(State::Error)
    } else if any(TaskState::Todo) {
        None
    } else {
        Some(State::Passed)
    }
}
