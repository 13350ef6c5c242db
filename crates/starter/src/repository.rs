//! `starter.toml`: a Git repository to clone.

use std::fs;
use std::path::{Path, PathBuf};

use git::{CloneRequest, Phase, Staging};
use serde::Deserialize;
use tokio_util::sync::CancellationToken;

use crate::create::{Created, Progress, Request, committing};
use crate::form::{Field, Input};
use crate::read::{Finding, Kind, Place, Starter};
use crate::{CreateError, provenance};

/// A Git repository to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// An https or ssh address.
    pub repository: String,
    /// A branch, tag or commit; the default branch where there is none.
    pub reference: Option<String>,
    /// Whether the history stays; otherwise the project starts with one first commit.
    pub keep_history: bool,
    /// The address that a fresh project is pushed to; `{owner}` stands for an answer, `{name}` for the project's folder.
    pub remote: Option<String>,
    /// What to do next, Markdown, may be empty.
    pub after: String,
}

/// The answer that `{owner}` of a remote stands for.
const OWNER: &str = "owner";

impl Repository {
    /// What has to be asked: whose the new repository is, where its address says so.
    pub(crate) fn fields(&self) -> Vec<Field> {
        let asks = self.remote.as_ref().is_some_and(|remote| remote.contains("{owner}"));
        let owner = Field {
            description: format!(
                "The group or account that the project is pushed to, as in {}",
                self.remote.as_deref().unwrap_or_default()
            ),
            required: true,
            pattern: Some(r"^[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*$".to_owned()),
            pattern_hint: Some("use the name as it is in the address, such as acme or acme/payments".to_owned()),
            ..Field::new(OWNER, "Owner".to_owned(), Input::Text, serde_json::Value::Null)
        };
        if asks { vec![owner] } else { Vec::new() }
    }

    /// The remote of a project of this name.
    fn remote_of(&self, name: &str, owner: &str) -> Result<Option<String>, git::Error> {
        let Some(remote) = &self.remote else {
            return Ok(None);
        };
        let filled = remote.replace("{name}", name).replace("{owner}", owner);
        git::Address::parse(&filled, false)?;
        Ok(Some(filled))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: String,
    #[serde(default)]
    summary: String,
    repository: String,
    #[serde(rename = "ref")]
    reference: Option<String>,
    #[serde(default)]
    history: History,
    remote: Option<String>,
    #[serde(default)]
    after: String,
    #[serde(default, rename = "roles")]
    _roles: Vec<String>,
    owner: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(rename_all = "lowercase")]
enum History {
    #[default]
    Fresh,
    Keep,
}

pub(crate) fn read(place: &Place<'_>, file: &str, text: &str) -> Result<Starter, Finding> {
    let read: File = toml::from_str(text).map_err(|error| Finding {
        code: "starter-syntax",
        file: file.to_owned(),
        line: error
            .span()
            .map_or(0, |span| text[..span.start.min(text.len())].lines().count().max(1)),
        message: format!("The starter cannot be read: {}.", error.message().trim_end_matches('.')),
        hint: "A starter.toml has title, summary, repository, ref, history, remote, after, roles, owner and tags."
            .to_owned(),
    })?;
    let line_of = |key: &str| {
        let line = text.lines().position(|line| line.trim_start().starts_with(key));
        line.map_or(0, |at| at + 1)
    };
    if let Err(error) = git::Address::parse(&read.repository, false) {
        return Err(Finding {
            code: "starter-repository",
            file: file.to_owned(),
            line: line_of("repository"),
            message: error.to_string(),
            hint: error.hint(),
        });
    }
    let mut repository = Repository {
        repository: read.repository,
        reference: read.reference,
        keep_history: read.history == History::Keep,
        remote: read.remote,
        after: read.after,
    };
    let filled = repository.remote_of("name", "owner").map_err(|error| Finding {
        code: "starter-remote",
        file: file.to_owned(),
        line: line_of("remote"),
        message: error.to_string(),
        hint: error.hint(),
    })?;
    let mut warnings = Vec::new();
    let mut warn = |message: &str, hint: &str| {
        warnings.push(Finding {
            code: "starter-remote",
            file: file.to_owned(),
            line: line_of("remote"),
            message: message.to_owned(),
            hint: hint.to_owned(),
        });
    };
    if filled.as_ref().is_some_and(|remote| remote.contains(['{', '}'])) {
        warn(
            "The remote holds a placeholder that nobody fills in.",
            "There are {owner}, which is asked for, and {name}, the project's folder.",
        );
    }
    if filled.is_some() && repository.keep_history {
        warn(
            "The remote is not used: where the history is kept, the project stays a clone of its repository.",
            "Leave it out, or write history = \"fresh\".",
        );
        // Nothing is asked for it either.
        repository.remote = None;
    }
    Ok(Starter {
        id: place.id(),
        title: read.title,
        summary: read.summary,
        owner: read.owner,
        tags: read.tags,
        kind: Kind::Repository(repository),
        warnings,
        root: place.root.to_owned(),
        dir: place.dir.to_owned(),
    })
}

/// Clones the repository into the folder under construction.
pub(crate) fn create(
    starter: &Starter,
    repository: &Repository,
    request: &Request,
    staging: &Staging,
    tell: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
) -> Result<Created, CreateError> {
    let history = if repository.keep_history {
        git::History::Keep
    } else {
        git::History::Fresh
    };
    let name = request.target.file_name().unwrap_or_default().to_string_lossy();
    let owner = request.values.get(OWNER).and_then(serde_json::Value::as_str);
    let clone = CloneRequest {
        reference: repository.reference.clone(),
        history,
        remote: repository.remote_of(&name, owner.unwrap_or_default())?,
        accept_host_key: request.accept_host_key.clone(),
        mirrors: request.mirrors.clone(),
        ..CloneRequest::new(&repository.repository, staging.path())
    };
    let cloned = git::clone(&clone, &mut |progress| tell(of_clone(progress)), cancel)?;
    let staged = Some(&cloned.staged).filter(|_| !repository.keep_history);
    provenance::write(
        staging.path(),
        starter,
        request,
        &request.values,
        Some(&cloned.commit),
        staged,
    )?;
    let commit = if repository.keep_history {
        // A kept history stays as it is, so the file is no part of it.
        exclude_provenance(staging.path())?;
        cloned.commit.clone()
    } else {
        tell(committing());
        cloned
            .staged
            .commit(staging.path(), &[provenance::FILE], &request.message)?
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
        by: Some(cloned.by),
        mirrored: cloned.mirrored,
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

pub(crate) fn of_clone(progress: git::Progress) -> Progress {
    let (name, done, total, detail) = match progress.phase {
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
        phase: match progress.submodule {
            0 => name.to_owned(),
            number => format!("Submodule {number}: {}", name.to_lowercase()),
        },
        done,
        total,
        detail,
    }
}
