//! Finding out about one tool.

mod credential_helper;
mod daemon;
mod disk_space;
mod git_identity;
mod program;
mod ssh_agent;
mod ssh_key;

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use tokio_util::sync::CancellationToken;

use crate::{
    Cache, Environment, Kind, Limits, State, Tool, Version,
    locate::{Located, locate},
    process::{self, Call, End, Run},
    text::readable,
};

/// What all probes of a check share.
#[derive(Debug)]
pub(crate) struct Surroundings {
    pub(crate) environment: Environment,
    /// Private and empty, so that no project's files change what a tool says.
    pub(crate) folder: PathBuf,
    pub(crate) limits: Limits,
    pub(crate) cache: Cache,
    pub(crate) cancel: CancellationToken,
}

/// What a probe found out; requirements are held against it afterwards.
#[derive(Debug, Clone)]
pub(crate) struct Probed {
    /// `Passed` means that the tool is there and works.
    pub(crate) state: State,
    pub(crate) version: Option<Version>,
    pub(crate) path: Option<PathBuf>,
    /// A sentence; empty where the version says it all.
    pub(crate) detail: String,
    /// As a person would type it; empty where nothing was run.
    pub(crate) command: String,
    pub(crate) output: String,
    pub(crate) took: Duration,
    /// Whether the commands that install the tool may help.
    pub(crate) fixable: bool,
}

impl Probed {
    pub(crate) fn new(state: State, detail: impl Into<String>) -> Self {
        Self {
            state,
            version: None,
            path: None,
            detail: detail.into(),
            command: String::new(),
            output: String::new(),
            took: Duration::ZERO,
            fixable: true,
        }
    }
}

/// Probes a tool; `needed` is the one that has to be there first.
pub(crate) async fn probe(tool: &Tool, needed: Option<&Tool>, surroundings: &Surroundings) -> Probed {
    let started = Instant::now();
    let needed_missing = match needed {
        Some(needed) => (!is_found(needed, surroundings).await).then_some(needed),
        None => None,
    };
    let mut probed = if surroundings.cancel.is_cancelled() {
        stopped(tool)
    } else if let Some(needed) = needed_missing {
        let detail = format!(
            "{} needs {}, which was not found on the search path.",
            tool.title, needed.title
        );
        Probed::new(State::Blocked, detail)
    } else {
        match tool.kind {
            Kind::Program => program::probe(tool, surroundings).await,
            Kind::DockerDaemon => daemon::probe(tool, surroundings).await,
            Kind::GitIdentity => git_identity::probe(tool, surroundings).await,
            Kind::SshKey => ssh_key::probe(tool, surroundings),
            Kind::SshAgent => ssh_agent::probe(tool, surroundings).await,
            Kind::GitCredentialHelper => credential_helper::probe(tool, surroundings).await,
            Kind::DiskSpace => disk_space::probe(tool, surroundings).await,
        }
    };
    probed.took = started.elapsed();
    probed
}

/// A program that ran to its end, with what it printed.
struct Ran {
    path: PathBuf,
    command: String,
    out: String,
    err: String,
    end: End,
}

impl Ran {
    /// A result about this run that shows `output`.
    fn says(&self, state: State, detail: impl Into<String>, output: &str) -> Probed {
        Probed {
            path: Some(self.path.clone()),
            command: self.command.clone(),
            output: output.to_owned(),
            ..Probed::new(state, detail)
        }
    }

    /// The first line that was printed.
    fn first_line(&self) -> &str {
        let [out, err] = [&self.out, &self.err].map(|text| crate::text::first_line(text));
        if out.is_empty() { err } else { out }
    }
}

/// Finds the tool's program and runs it; the answer is there already where that was not possible.
async fn run(tool: &Tool, args: &[String], surroundings: &Surroundings) -> Result<Ran, Box<Probed>> {
    let path = find(tool, surroundings).await?;
    run_at(path, tool, args, surroundings).await
}

/// The tool's program; the answer where there is none that can be run.
async fn find(tool: &Tool, surroundings: &Surroundings) -> Result<PathBuf, Box<Probed>> {
    match located(tool, surroundings).await {
        Some(Located::Program(path)) => Ok(path),
        Some(other) => Err(Box::new(not_run(tool, other))),
        None => Err(Box::new(slow_search(tool))),
    }
}

async fn run_at(path: PathBuf, tool: &Tool, args: &[String], surroundings: &Surroundings) -> Result<Ran, Box<Probed>> {
    let command = command_line(&path, args);
    let mut variables = surroundings.environment.guarded(&surroundings.folder);
    variables.extend(tool.env.iter().map(|(name, value)| (name.into(), value.into())));
    let call = Call {
        program: &path,
        arguments: args,
        variables: &variables,
        folder: &surroundings.folder,
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
fn command_line(path: &Path, args: &[String]) -> String {
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

async fn is_found(tool: &Tool, surroundings: &Surroundings) -> bool {
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

fn not_found(tool: &Tool) -> String {
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

fn stopped(tool: &Tool) -> Probed {
    Probed {
        fixable: false,
        ..Probed::new(
            State::Error,
            format!("The check was stopped before {} answered.", tool.title),
        )
    }
}

/// The result of a run that did not end by itself or not well; `None` where it did.
fn unfinished(tool: &Tool, ran: &Ran, surroundings: &Surroundings) -> Option<Probed> {
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
