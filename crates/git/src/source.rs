//! Where a folder of a repository comes from.

use std::path::Path;

use git2::Repository;

use crate::Address;

/// Where a folder comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The address of `origin`, without a password.
    pub url: Option<String>,
    /// The commit that is checked out; the folder may hold changes besides.
    pub commit: String,
}

/// The repository that `folder` is a part of; `None` where it is in none, or in one that does not track it.
pub fn source_of(folder: &Path) -> Option<Source> {
    let folder = folder.canonicalize().ok()?;
    let repository = Repository::discover(&folder).ok()?;
    let commit = repository.head().ok()?.peel_to_commit().ok()?;
    let top = repository.workdir()?.canonicalize().ok()?;
    let below = folder.strip_prefix(top).ok()?;
    if !below.as_os_str().is_empty() {
        commit.tree().ok()?.get_path(below).ok()?;
    }
    let origin = repository.find_remote("origin").ok();
    let url = origin.and_then(|origin| Some(origin.url().ok()?.to_owned()));
    Some(Source {
        url: url
            .and_then(|url| Address::parse(&url, true).ok())
            .map(|address| address.shown()),
        commit: commit.id().to_string(),
    })
}
