//! A new project from a starter.

use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime};

use git::{By, Staging};
use serde_json::{Map, Value};
use tokio_util::sync::CancellationToken;

use crate::validate::{complete, validate};
use crate::workspace::Workspace;
use crate::{CreateError, Kind, Starter, provenance, repository, steps};

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
    /// The fingerprint (`SHA256:…`) of the ssh host key that the person accepts.
    pub accept_host_key: Option<String>,
    /// The folder that mirrors of repositories are kept in.
    pub mirrors: Option<PathBuf>,
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
    /// What cloned it, where it was cloned.
    pub by: Option<By>,
    /// When the mirror was fetched that it was cloned from.
    pub mirrored: Option<SystemTime>,
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
    /// A command that does it by hand; none where the input does not say enough, and for programs.
    pub command: Option<String>,
    /// What to do where there is no command; a sentence.
    pub advice: Option<String>,
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
        Kind::Repository(repository) => repository::create(starter, repository, request, &staging, tell, cancel)?,
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
    if cancel.is_cancelled() {
        return Err(CreateError::Cancelled);
    }
    tell(committing());
    git::init(staging.path(), &git::default_branch())?;
    let staged = git::stage(staging.path())?;
    provenance::write(staging.path(), starter, request, &values, None, Some(&staged))?;
    let commit = staged.commit(staging.path(), &[provenance::FILE], &request.message)?;
    Ok(Created {
        folder: PathBuf::new(),
        commit,
        source_commit: None,
        after: outcome.after,
        deferred: outcome.deferred,
        links: outcome.links,
        log: outcome.log,
        lfs: false,
        by: None,
        mirrored: None,
    })
}

pub(crate) fn committing() -> Progress {
    Progress {
        phase: "Making the first commit".to_owned(),
        done: 0,
        total: 0,
        detail: String::new(),
    }
}
