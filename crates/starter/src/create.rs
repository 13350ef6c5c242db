//! A new project from a starter.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use git::{CloneRequest, History, Phase, Staging};
use serde_json::{Map, Value};
use tokio_util::sync::CancellationToken;

use crate::repository::Repository;
use crate::validate::{complete, validate};
use crate::workspace::Workspace;
use crate::{CreateError, Kind, Starter, provenance, steps};

/// Asks for a project.
#[derive(Debug, Clone)]
pub struct Request {
    /// The project's folder: missing, or empty. `~` means nothing here.
    pub target: PathBuf,
    /// The form's answers.
    pub values: Map<String, Value>,
    /// The message of the first commit.
    pub message: String,
    /// The roadbook's id, for the project's provenance.
    pub book: Option<String>,
    /// The roadbook's version, for the project's provenance.
    pub version: Option<String>,
    /// Now, as `2026-11-02T10:00:00Z`, for the project's provenance.
    pub made: String,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// "Rendering files", "Receiving objects".
    pub phase: String,
    /// How much of the phase is done.
    pub done: usize,
    /// All of the phase; 0 where nobody knows.
    pub total: usize,
    /// "1.2 MB at 3.0 MB/s"; may be empty.
    pub detail: String,
}

/// A project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// Its folder, absolute.
    pub folder: PathBuf,
    /// The commit that is checked out.
    pub commit: String,
    /// The commit of the starter's repository that it was taken from.
    pub source_commit: Option<String>,
    /// What to do next, Markdown, may be empty.
    pub after: String,
    /// Steps that are left to the person.
    pub deferred: Vec<Deferred>,
    /// Links to go on with.
    pub links: Vec<Link>,
    /// What the template's `debug:log` said.
    pub log: Vec<String>,
    /// Whether large files are kept in Git LFS and only stand-ins are here.
    pub lfs: bool,
}

/// A step that is left to the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deferred {
    /// The step's name.
    pub title: String,
    /// `publish:github`
    pub action: String,
    /// Its input as YAML, rendered, with secrets masked.
    pub input: String,
}

/// A link to go on with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its text.
    pub title: String,
    /// An http or https address.
    pub url: String,
}

/// Makes a project. It appears under its name only whole; a failure or a cancel leaves nothing behind. Blocks.
///
/// # Errors
/// See [`CreateError`].
pub fn create(
    starter: &Starter,
    request: &Request,
    tell: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
) -> Result<Created, CreateError> {
    let fields = validate(starter, &request.values);
    if !fields.is_empty() {
        return Err(CreateError::Invalid { fields });
    }
    if cancel.is_cancelled() {
        return Err(CreateError::Cancelled);
    }
    if git::identity()?.is_none() {
        return Err(CreateError::Git(git::Error::NoIdentity));
    }
    let staging = Staging::beside(&request.target)?;
    let mut created = match &starter.kind {
        Kind::Repository(repository) => from_repository(starter, repository, request, &staging, tell, cancel)?,
        _ => from_template(starter, request, &staging, tell, cancel)?,
    };
    if cancel.is_cancelled() {
        return Err(CreateError::Cancelled);
    }
    created.folder = staging.place()?;
    Ok(created)
}

fn from_template(
    starter: &Starter,
    request: &Request,
    staging: &Staging,
    tell: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
) -> Result<Created, CreateError> {
    let values = complete(starter, &request.values);
    let folder = request.target.file_name().unwrap_or_default().to_string_lossy();
    let mut workspace = Workspace::new(staging.path());
    let mut told: Option<Instant> = None;
    let mut throttled = |phase: &str, done: usize, total: usize| {
        if done == total || told.is_none_or(|told| told.elapsed() >= Duration::from_millis(50)) {
            told = Some(Instant::now());
            tell(Progress {
                phase: phase.to_owned(),
                done,
                total,
                detail: String::new(),
            });
        }
    };
    let outcome = steps::render(starter, &values, &folder, &mut workspace, &mut throttled, cancel)?;
    provenance::write(staging.path(), starter, request, &values, None)?;
    if cancel.is_cancelled() {
        return Err(CreateError::Cancelled);
    }
    tell(committing());
    git::init(staging.path(), &git::default_branch())?;
    let commit = git::first_commit(staging.path(), &request.message)?;
    Ok(Created {
        folder: PathBuf::new(),
        commit,
        source_commit: None,
        after: outcome.after,
        deferred: outcome.deferred,
        links: outcome.links,
        log: outcome.log,
        lfs: false,
    })
}

fn from_repository(
    starter: &Starter,
    repository: &Repository,
    request: &Request,
    staging: &Staging,
    tell: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
) -> Result<Created, CreateError> {
    let history = if repository.keep_history {
        History::Keep
    } else {
        History::Files
    };
    let clone = CloneRequest {
        reference: repository.reference.clone(),
        history,
        ..CloneRequest::new(&repository.repository, staging.path())
    };
    let cloned = git::clone(&clone, &mut |progress| tell(of_clone(progress.phase)), cancel)?;
    provenance::write(staging.path(), starter, request, &Map::new(), Some(&cloned.commit))?;
    let commit = if repository.keep_history {
        // A kept history stays as it is, so the file is no part of it.
        exclude_provenance(staging.path())?;
        cloned.commit.clone()
    } else {
        tell(committing());
        git::init(staging.path(), &git::default_branch())?;
        if let Some(remote) = &repository.remote {
            git::set_origin(staging.path(), remote)?;
        }
        git::first_commit(staging.path(), &request.message)?
    };
    Ok(Created {
        folder: PathBuf::new(),
        commit,
        source_commit: Some(cloned.commit),
        after: repository.after.clone(),
        deferred: Vec::new(),
        links: Vec::new(),
        log: Vec::new(),
        lfs: cloned.lfs,
    })
}

fn exclude_provenance(folder: &Path) -> Result<(), CreateError> {
    let info = folder.join(".git/info");
    let failed = |e| CreateError::Git(git::Error::from_io("Cannot write", &info, e));
    fs::create_dir_all(&info).map_err(failed)?;
    let mut text = fs::read_to_string(info.join("exclude")).unwrap_or_default();
    text.push_str("\n/.roadbook/\n");
    fs::write(info.join("exclude"), text).map_err(failed)
}

fn committing() -> Progress {
    Progress {
        phase: "Making the first commit".to_owned(),
        done: 0,
        total: 0,
        detail: String::new(),
    }
}

fn of_clone(phase: Phase) -> Progress {
    let (name, done, total, detail) = match phase {
        Phase::Connecting => ("Connecting", 0, 0, String::new()),
        Phase::Receiving {
            received,
            total,
            bytes,
            rate,
        } => {
            #[expect(clippy::cast_precision_loss, reason = "a number to read")]
            let megabytes = bytes as f64 / 1e6;
            (
                "Receiving objects",
                received,
                total,
                format!("{megabytes:.1} MB at {:.1} MB/s", rate / 1e6),
            )
        }
        Phase::Resolving { done, total } => ("Putting objects together", done, total, String::new()),
        Phase::CheckingOut { done, total } => ("Writing files", done, total, String::new()),
    };
    Progress {
        phase: name.to_owned(),
        done,
        total,
        detail,
    }
}
