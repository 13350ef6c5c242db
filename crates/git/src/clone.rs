//! A repository of a server becomes a folder here.

pub(crate) mod attributes;
mod download;
mod renew;
#[cfg(unix)]
mod write_out;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use git2::Repository;
use tokio_util::sync::CancellationToken;

use self::download::{Downloaded, download};
use self::renew::{renew, renew_from_files};
use crate::commit::staged::Unwritten;
use crate::fetch::{self, Depth};
use crate::mirror::Mirror;
use crate::progress::Pulse;
use crate::session::Session;
use crate::system::{self, Because, By};
use crate::watch::{Told, Watched, watch};
use crate::{Address, Error, Kind, Progress, Staged, Staging, commit, explain, options};

/// What to clone, and into what.
#[derive(Debug, Clone)]
pub struct CloneRequest {
    /// Where from; see [`Address`] for what is accepted.
    pub url: String,
    /// The folder that it becomes: missing, or empty.
    pub target: PathBuf,
    /// A branch, a tag or a whole commit id; the default branch where there is none.
    pub reference: Option<String>,
    /// What becomes of the history.
    pub history: History,
    /// Whether the person typed the address, which allows more than content may name.
    pub typed: bool,
    /// The address that a fresh repository is pushed to.
    pub remote: Option<String>,
    /// How long the server may be silent.
    pub silence: Duration,
    /// The fingerprint (`SHA256:…`) of a host key that the person has compared: an unknown server that shows this
    /// key is trusted, and remembered in `known_hosts`. A key that replaces a known one is never accepted.
    pub accept_host_key: Option<String>,
    /// The folder that mirrors are kept in, for work without a network; see [`crate::fetch_mirror`].
    pub mirrors: Option<PathBuf>,
}

/// What becomes of the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum History {
    /// A new repository in which all files are staged for a first commit; see [`Cloned::staged`].
    Fresh,
    /// All of it stays, and the origin.
    Keep,
    /// Only the files are wanted, without a repository.
    Files,
}

/// What was cloned.
#[derive(Debug)]
pub struct Cloned {
    /// The commit it was taken from.
    pub commit: String,
    /// The branch that is checked out; `None` where the history was kept at a tag or commit, or is not there.
    pub branch: Option<String>,
    /// What waits for the first commit of a fresh repository.
    pub staged: Staged,
    /// Whether large files are kept elsewhere (Git LFS) and only stand-ins are here.
    pub lfs: bool,
    /// What did the work.
    pub by: By,
    /// When the mirror was fetched that it was taken from; `None` where the server gave it.
    pub mirrored: Option<SystemTime>,
}

impl CloneRequest {
    /// Asks for the default branch of `url` as a fresh repository in `target`.
    pub fn new(url: impl Into<String>, target: impl Into<PathBuf>) -> Self {
        Self {
            url: url.into(),
            target: target.into(),
            reference: None,
            history: History::Fresh,
            typed: false,
            remote: None,
            silence: options::SILENCE,
            accept_host_key: None,
            mirrors: None,
        }
    }
}

/// Clones, with submodules; blocks until it is done, failed or cancelled. A folder appears under the target's name
/// only whole. A cancel is answered within a fifth of a second and leaves nothing.
///
/// libgit2 does the work, or the `git` of this machine where libgit2 cannot; [`Cloned::by`] tells.
///
/// # Errors
/// See [`Error`]; nothing is left behind.
pub fn clone(
    request: &CloneRequest,
    tell: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
) -> Result<Cloned, Error> {
    let address = Address::parse(&request.url, request.typed)?;
    if cancel.is_cancelled() {
        return Err(Error::Cancelled);
    }
    if request.history == History::Fresh && commit::identity()?.is_none() {
        return Err(Error::NoIdentity);
    }
    options::limit_silence();
    let staging = Staging::beside(&request.target)?;
    let watched = Watched {
        host: address.host(),
        silence: request.silence,
        folder: staging.whole(),
    };
    let work = {
        let (request, address) = (request.clone(), address.clone());
        move |pulse: &Pulse, told: &Told<(Staging, Cloned)>| {
            let accept = request.accept_host_key.as_deref();
            let session = Session::new(
                pulse,
                |progress| told.tell(progress),
                accept,
                request.mirrors.as_deref(),
            )?;
            session.hold(staging.shared_lock().ok());
            let cloned = work(&request, &address, staging.path(), &session)?;
            drop(session);
            Ok((staging, cloned))
        }
    };
    let (staging, cloned) = watch(&watched, tell, cancel, work)?;
    staging.place()?;
    Ok(cloned)
}

/// A working copy with the repository that it was cloned as.
struct Taken {
    cloned: Cloned,
    /// What libgit2 can read.
    repository: Option<Repository>,
    submodules: Vec<PathBuf>,
    /// Files that no attributes make anything of, where that is known.
    plain: Option<Unwritten>,
}

fn work(request: &CloneRequest, address: &Address, folder: &Path, session: &Session<'_>) -> Result<Cloned, Error> {
    let Taken {
        mut cloned,
        repository,
        submodules,
        plain,
    } = take(request, address, folder, session)?;
    session.go_on()?;
    if plain.is_none() && uses_lfs(folder) {
        cloned.lfs = !(system::find().is_some() && system::fetch_large_files(folder, address, session)?);
        if !cloned.lfs && cloned.by == By::Libgit2 {
            cloned.by = By::Git(Because::Lfs);
        }
        session.go_on()?;
    }
    match request.history {
        History::Keep => return Ok(cloned),
        History::Files => {
            drop(repository);
            cloned.branch = None;
            for git in submodules.iter().map(PathBuf::as_path).chain([folder]) {
                remove(&git.join(".git"))?;
            }
            return Ok(cloned);
        }
        History::Fresh => {}
    }
    let commit = git2::Oid::from_str(&cloned.commit).ok();
    cloned.branch = Some(match repository.zip(commit) {
        Some((repository, commit)) => renew(repository, commit, folder)?,
        None => renew_from_files(folder)?,
    });
    if let Some(remote) = &request.remote {
        commit::set_origin(folder, remote)?;
    }
    cloned.staged = Staged::unwritten(plain);
    Ok(cloned)
}

/// By libgit2, or where that is not enough from a mirror that git finds current, or by git.
fn take(request: &CloneRequest, address: &Address, folder: &Path, session: &Session<'_>) -> Result<Taken, Error> {
    let because = match system::needed(address, session) {
        Some(because) => because,
        None => match by_libgit2(request, address, folder, session) {
            Err(error) => match system::may_help(&error, address, session) {
                Some(because) if session.go_on().is_ok() => {
                    empty(folder)?;
                    because
                }
                _ => return Err(error),
            },
            taken => return taken,
        },
    };
    if mirror_will_do(request, address, folder, &because, session)? {
        session.mirrors_first.set(true);
        let taken = by_libgit2(request, address, folder, session);
        session.mirrors_first.set(false);
        if taken.is_ok() || session.pulse.stopped() {
            return taken;
        }
        // A submodule without a mirror, or a format that only git reads.
        empty(folder)?;
    }
    by_git(request, address, folder, because, session)
}

/// Whether there is a mirror with what git finds on the server, or git finds no network.
fn mirror_will_do(
    request: &CloneRequest,
    address: &Address,
    folder: &Path,
    because: &Because,
    session: &Session<'_>,
) -> Result<bool, Error> {
    let Some(mirror) = session.mirrors.and_then(|mirrors| Mirror::of(mirrors, address)) else {
        return Ok(false);
    };
    let heads = match system::heads(address, folder, because, session) {
        Ok(heads) => heads,
        Err(Error::Cancelled) => return Err(Error::Cancelled),
        // What else is in the way is told when it is cloned.
        Err(error) => return Ok(error.kind() == Kind::Offline),
    };
    let wanted = fetch::named(&heads, request.reference.as_deref(), address);
    let all = request.history == History::Keep;
    Ok(wanted.is_ok_and(|wanted| mirror.is_current(&heads, wanted, all).unwrap_or(false)))
}

fn by_libgit2(request: &CloneRequest, address: &Address, folder: &Path, session: &Session<'_>) -> Result<Taken, Error> {
    let depth = match request.history {
        History::Keep => Depth::All,
        History::Fresh | History::Files => Depth::Files,
    };
    let keeps_submodules = request.history != History::Files;
    let Downloaded {
        repository,
        start,
        submodules,
        plain,
    } = download(
        folder,
        address,
        request.reference.as_deref(),
        depth,
        keeps_submodules,
        session,
    )?;
    Ok(Taken {
        cloned: Cloned {
            commit: start.commit.to_string(),
            branch: start.branch,
            staged: Staged::default(),
            lfs: false,
            by: By::Libgit2,
            mirrored: start.mirrored,
        },
        repository: Some(repository),
        submodules,
        plain,
    })
}

fn by_git(
    request: &CloneRequest,
    address: &Address,
    folder: &Path,
    because: Because,
    session: &Session<'_>,
) -> Result<Taken, Error> {
    session.pulse.wait_for_server(true);
    let reference = request.reference.as_deref();
    let taken = system::clone(folder, address, reference, request.history, &because, session)?;
    let mut submodules = Vec::new();
    if request.history == History::Files {
        find_gitlinks(folder, &mut submodules).map_err(|e| explain::io("Cannot look into", folder, e))?;
    }
    Ok(Taken {
        cloned: Cloned {
            commit: taken.commit,
            branch: taken.branch,
            staged: Staged::default(),
            lfs: false,
            by: By::Git(because),
            mirrored: None,
        },
        repository: Repository::open(folder).ok(),
        submodules,
        plain: None,
    })
}

/// The folders below that belong to submodules.
fn find_gitlinks(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() && entry.file_name() != ".git" {
            let path = entry.path();
            if path.join(".git").is_file() {
                found.push(path.clone());
            }
            find_gitlinks(&path, found)?;
        }
    }
    Ok(())
}

/// Folders that are looked into for attributes of Git LFS; a repository with more is told of by its root.
const MAX_FOLDERS: usize = 20_000;
/// Bytes of a file of attributes; Git itself reads no more than 100 MiB.
const MAX_ATTRIBUTES: u64 = 1024 * 1024;

/// Whether files are kept in Git LFS: libgit2 runs no filters, so only their stand-ins are here.
fn uses_lfs(folder: &Path) -> bool {
    let mut folders = vec![folder.to_owned()];
    let mut looked_at = 0;
    while let Some(folder) = folders.pop() {
        if says_lfs(&folder.join(".gitattributes")) {
            return true;
        }
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            // Links are not followed, neither to folders nor to files.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) && entry.file_name() != ".git" {
                folders.push(entry.path());
            }
        }
        looked_at += 1;
        if looked_at > MAX_FOLDERS {
            return false;
        }
    }
    false
}

fn says_lfs(attributes: &Path) -> bool {
    let plain = fs::symlink_metadata(attributes).is_ok_and(|meta| meta.is_file() && meta.len() <= MAX_ATTRIBUTES);
    plain
        && fs::read_to_string(attributes).is_ok_and(|text| {
            text.lines()
                .any(|line| !line.trim_start().starts_with('#') && line.contains("filter=lfs"))
        })
}

fn empty(folder: &Path) -> Result<(), Error> {
    remove(folder)?;
    fs::create_dir(folder).map_err(|e| explain::io("Cannot create", folder, e))
}

fn remove(path: &Path) -> Result<(), Error> {
    let removed = match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(_) => Ok(()),
    };
    removed.map_err(|e| explain::io("Cannot remove", path, e))
}
