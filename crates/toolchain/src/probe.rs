//! Finding out about one tool.

mod credential_helper;
mod daemon;
mod developer_tools;
mod disk_space;
mod git_identity;
mod in_project;
mod program;
mod run;
mod ssh_agent;
mod ssh_key;

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use tokio_util::sync::CancellationToken;

use crate::{Cache, Environment, Fix, Kind, Limits, Range, State, Tool, Version};
pub(crate) use in_project::Here;
use run::{is_found, stopped};

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
    /// The versions that are there beside it, older ones first, with the lines that say them.
    pub(crate) beside: Vec<(Version, String)>,
    pub(crate) path: Option<PathBuf>,
    /// A sentence; empty where the version says it all.
    pub(crate) detail: String,
    /// As a person would type it; empty where nothing was run.
    pub(crate) command: String,
    pub(crate) output: String,
    pub(crate) took: Duration,
    /// Whether the commands that install the tool may help.
    pub(crate) fixable: bool,
    /// A command against just what is wrong here.
    pub(crate) remedy: Option<Fix>,
}

impl Probed {
    pub(crate) fn new(state: State, detail: impl Into<String>) -> Self {
        Self {
            state,
            version: None,
            beside: Vec::new(),
            path: None,
            detail: detail.into(),
            command: String::new(),
            output: String::new(),
            took: Duration::ZERO,
            fixable: true,
            remedy: None,
        }
    }

    /// The same with the newest of its versions that is in the range, where one is.
    pub(crate) fn fitting(&self, range: &Range) -> Self {
        let fits = |version: &Version| range.accepts(version);
        let here = self.version.as_ref().is_none_or(fits);
        let beside = self.beside.iter().rev().find(|(version, _)| !here && fits(version));
        match beside {
            Some((version, line)) => Self {
                version: Some(version.clone()),
                output: line.clone(),
                ..self.clone()
            },
            None => self.clone(),
        }
    }
}

/// What a tool answered: on this machine, and in the folders that were asked for.
#[derive(Debug)]
pub(crate) struct Answers {
    pub(crate) first: Probed,
    here: Vec<Here>,
}

impl Answers {
    /// One that holds everywhere.
    pub(crate) fn of(first: Probed) -> Self {
        Self {
            first,
            here: Vec::new(),
        }
    }

    /// The answer in a folder, where the tool was asked there.
    pub(crate) fn in_folder(&self, folder: &Path) -> Option<&Here> {
        self.here.iter().find(|here| here.folder == folder)
    }
}

/// Probes a tool, then asks it in each of the folders; `needed` is the one that has to be there first.
pub(crate) async fn answers<'a>(
    tool: &Tool,
    needed: Option<&Tool>,
    folders: impl Iterator<Item = &'a Path>,
    surroundings: &Surroundings,
) -> Answers {
    let mut answers = Answers::of(probe(tool, needed, surroundings).await);
    for folder in folders {
        if answers.in_folder(folder).is_none() {
            let here = in_project::probe(tool, &answers.first, folder, surroundings).await;
            answers.here.extend(here);
        }
    }
    answers
}

async fn probe(tool: &Tool, needed: Option<&Tool>, surroundings: &Surroundings) -> Probed {
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
            Kind::DeveloperTools => developer_tools::probe(tool, surroundings).await,
            Kind::DiskSpace => disk_space::probe(tool, surroundings).await,
        }
    };
    probed.took = started.elapsed();
    probed
}
