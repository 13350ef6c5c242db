//! What state a project is in.

use std::path::Path;

use git2::{ErrorCode, Repository, StatusOptions};

use crate::{Error, explain};

/// The state of a working copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The branch; `None` on a detached HEAD.
    pub branch: Option<String>,
    /// The commit; `None` before the first.
    pub head: Option<String>,
    /// Whether nothing is changed, staged or new.
    pub clean: bool,
    /// Files that are, with `/`, in order.
    pub changed: Vec<String>,
}

/// Looks at the repository whose top folder is `dir`; folders above it are not searched.
///
/// # Errors
/// [`Error::NotARepository`] where there is none.
pub fn inspect(dir: &Path) -> Result<Status, Error> {
    let failed = |e: git2::Error| explain::local(&e, &format!("Cannot read the repository {}", dir.display()), dir);
    let repository = Repository::open(dir).map_err(|e| match e.code() {
        ErrorCode::NotFound => Error::NotARepository { path: dir.to_owned() },
        _ => failed(e),
    })?;
    let mut options = StatusOptions::new();
    options
        .include_untracked(true)
        .recurse_untracked_dirs(true)
        .include_ignored(false);
    let statuses = repository.statuses(Some(&mut options)).map_err(failed)?;
    let mut changed: Vec<String> = statuses
        .iter()
        .map(|entry| String::from_utf8_lossy(entry.path_bytes()).into_owned())
        .collect();
    changed.sort();
    let head = repository.head().ok();
    let branch = match &head {
        Some(head) => head
            .is_branch()
            .then(|| head.shorthand().ok().map(str::to_owned))
            .flatten(),
        None => unborn(&repository),
    };
    Ok(Status {
        branch,
        head: head.and_then(|head| head.target()).map(|id| id.to_string()),
        clean: changed.is_empty(),
        changed,
    })
}

/// The branch that the first commit will be on.
fn unborn(repository: &Repository) -> Option<String> {
    let head = repository.find_reference("HEAD").ok()?;
    let target = head.symbolic_target().ok().flatten()?;
    target.strip_prefix("refs/heads/").map(str::to_owned)
}
