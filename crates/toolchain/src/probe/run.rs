//! Finding a tool's program, running it, and what it means where that did not go well.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use super::{Probed, Surroundings};
use crate::{
    State, Tool,
    locate::{Located, locate},
    process::{self, Call, End, Run},
    text::readable,
};

/// A program that ran to its end, with what it printed.
pub(super) struct Ran {
    pub(super) path: PathBuf,
    pub(super) command: String,
    pub(super) out: String,
    pub(super) err: String,
    pub(super) end: End,
}

impl Ran {
    /// A result about this run that shows `output`.
    pub(super) fn says(&self, state: State, detail: impl Into<String>, output: &str) -> Probed {
        Probed {
            path: Some(self.path.clone()),
            command: self.command.clone(),
            output: output.to_owned(),
            ..Probed::new(state, detail)
        }
    }

    /// The first line that was printed.
    pub(super) fn first_line(&self) -> &str {
        let [out, err] = [&self.out, &self.err].map(|text| crate::text::first_line(text));
        if out.is_empty() { err } else { out }
    }
}

/// Where a program is run.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place<'a> {
    /// The check's own empty folder.
    Neutral,
    Project(&'a Path),
}

/// Finds the tool's program and runs it; the answer is there already where that was not possible.
pub(super) async fn run(tool: &Tool, args: &[String], surroundings: &Surroundings) -> Result<Ran, Box<Probed>> {
    let path = find(tool, surroundings).await?;
    run_at(path, tool, args, Place::Neutral, surroundings).await
}

/// The tool's program; the answer where there is none that can be run.
pub(super) async fn find(tool: &Tool, surroundings: &Surroundings) -> Result<PathBuf, Box<Probed>> {
    match located(tool, surroundings).await {
        Some(Located::Program(path)) => Ok(path),
        Some(other) => Err(Box::new(not_run(tool, other))),
        None => Err(Box::new(slow_search(tool))),
    }
}

pub(super) async fn run_at(
    path: PathBuf,
    tool: &Tool,
    args: &[String],
    place: Place<'_>,
    surroundings: &Surroundings,
) -> Result<Ran, Box<Probed>> {
    let command = command_line(&path, args);
    let environment = &surroundings.environment;
    let (folder, mut variables) = match place {
        Place::Neutral => (surroundings.folder.as_path(), environment.guarded(&surroundings.folder)),
        Place::Project(folder) => (folder, environment.guarded_in_project(folder)),
    };
    variables.extend(tool.env.iter().map(|(name, value)| (name.into(), value.into())));
    let call = Call {
        program: &path,
        arguments: args,
        variables: &variables,
        folder,
        time: surroundings.limits.time,
        output: surroundings.limits.output,
    };
    match process::run(call, &surroundings.cancel).await {
        Ok(Run { stdout, stderr, end }) => Ok(Ran {
            command,
            out: readable(&stdout),
            err: readable(&stderr),
            end,
            path,
        }),
        Err(error) => Err(Box::new(Probed {
            command,
            ..Probed {
                path: Some(path.clone()),
                ..Probed::new(
                    State::Error,
                    format!(
                        "{} is at {}, but could not be started: {error}.",
                        tool.title,
                        path.display()
                    ),
                )
            }
        })),
    }
}

/// As a person would type it.
pub(super) fn command_line(path: &Path, args: &[String]) -> String {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let words = [name.as_ref()].into_iter().chain(args.iter().map(String::as_str));
    words.collect::<Vec<_>>().join(" ")
}

/// `None` where the search itself takes too long, as with a dead network folder on the search path.
async fn located(tool: &Tool, surroundings: &Surroundings) -> Option<Located> {
    let (names, environment) = (tool.programs.clone(), surroundings.environment.clone());
    let search = tokio::task::spawn_blocking(move || locate(&names, &environment));
    tokio::time::timeout(surroundings.limits.time, search).await.ok()?.ok()
}

pub(super) async fn is_found(tool: &Tool, surroundings: &Surroundings) -> bool {
    matches!(located(tool, surroundings).await, Some(Located::Program(_)))
}

fn not_run(tool: &Tool, located: Located) -> Probed {
    let title = &tool.title;
    match located {
        Located::Stub(path) => Probed {
            path: Some(path),
            ..Probed::new(
                State::Failed,
                format!("{title} is not installed: {}.", crate::stub::advice()),
            )
        },
        Located::NotExecutable(path) => Probed {
            path: Some(path.clone()),
            ..Probed::new(
                State::Error,
                format!(
                    "{title} is at {}, but that file is not marked as a program (executable).",
                    path.display()
                ),
            )
        },
        Located::Program(_) | Located::Nothing => Probed::new(State::Failed, not_found(tool)),
    }
}

pub(super) fn not_found(tool: &Tool) -> String {
    format!("{} was not found on the search path.", tool.title)
}

fn slow_search(tool: &Tool) -> Probed {
    let detail = format!(
        "The search path could not be searched for {} in time; a folder on it may be on a network drive that does not answer.",
        tool.title
    );
    Probed {
        fixable: false,
        ..Probed::new(State::Error, detail)
    }
}

pub(super) fn stopped(tool: &Tool) -> Probed {
    Probed {
        fixable: false,
        ..Probed::new(
            State::Error,
            format!("The check was stopped before {} answered.", tool.title),
        )
    }
}

/// The result of a run that did not end by itself or not well; `None` where it did.
pub(super) fn unfinished(tool: &Tool, ran: &Ran, surroundings: &Surroundings) -> Option<Probed> {
    let title = &tool.title;
    let first = ran.first_line();
    match ran.end {
        End::Exited(Some(0)) | End::Flooded => None,
        End::Exited(code) => {
            let how = code.map_or_else(
                || "was ended by a signal".to_owned(),
                |code| format!("ended with exit code {code}"),
            );
            let line = crate::text::first_line(&ran.err);
            let output = if line.is_empty() { first } else { line };
            Some(ran.says(
                State::Error,
                format!("{title} {how} instead of naming its version."),
                output,
            ))
        }
        End::TimedOut => {
            let detail = format!("{title} did not answer within {}.", in_words(surroundings.limits.time));
            Some(ran.says(State::Error, detail, first))
        }
        End::Cancelled => Some(Probed {
            path: Some(ran.path.clone()),
            command: ran.command.clone(),
            ..stopped(tool)
        }),
    }
}

fn in_words(time: Duration) -> String {
    match (time.as_secs(), time.subsec_millis()) {
        (1, 0) => "1 second".to_owned(),
        (seconds, 0) => format!("{seconds} seconds"),
        _ => format!("{} milliseconds", time.as_millis()),
    }
}
