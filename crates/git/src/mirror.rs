//! Mirrors: bare copies of repositories in the cache, for cloning without a network.
//!
//! A mirror is a folder `KEY/SECONDS.git`, named by the time it was fetched. An update makes a new one beside the
//! old one, which takes its place in one moment; the packs that both have are the same files on disk.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use git2::{AutotagOption, FetchOptions, ObjectType, Oid, Repository, RepositoryInitOptions};
use tokio_util::sync::CancellationToken;

use crate::fetch::{Head, connect, proxy, stay_on_host, was_sent_on};
use crate::gitmodules::{self, Failed, Submodule};
use crate::progress::Pulse;
use crate::session::Session;
use crate::system;
use crate::watch::{Told, Watched, watch};
use crate::{Address, Error, Phase, Progress, Staging, explain, options};

/// A bare copy of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mirror {
    /// The address it is a copy of, without user names and passwords.
    pub url: String,
    /// When it was fetched last.
    pub fetched: SystemTime,
    /// Its size on disk.
    pub bytes: u64,
    /// The bare repository.
    pub folder: PathBuf,
}

/// What to mirror.
#[derive(Debug, Clone)]
pub struct MirrorRequest {
    /// Where from; see [`Address`] for what content may name.
    pub url: String,
    /// The folder that all mirrors are kept in.
    pub mirrors: PathBuf,
    /// The branch, tag or commit whose submodules are mirrored too; the default branch where there is none.
    pub reference: Option<String>,
    /// The fingerprint of the host key that the person accepts.
    pub accept_host_key: Option<String>,
    /// How long the server may be silent.
    pub silence: Duration,
}

impl MirrorRequest {
    /// Asks for a mirror of `url` in the folder `mirrors`.
    pub fn new(url: impl Into<String>, mirrors: impl Into<PathBuf>) -> Self {
        Self {
            url: url.into(),
            mirrors: mirrors.into(),
            reference: None,
            accept_host_key: None,
            silence: options::SILENCE,
        }
    }
}

/// How many submodules are mirrored with one repository.
const MOST: usize = 500;

/// The mirror of `url` in the folder `mirrors`, if there is one.
pub fn mirror_of(mirrors: &Path, url: &str) -> Option<Mirror> {
    Mirror::of(mirrors, &Address::parse(url, false).ok()?)
}

/// Makes or updates the mirror of a repository and those of its submodules; blocks until it is done, failed or
/// cancelled. A failure leaves the mirror that was there.
///
/// # Errors
/// See [`Error`].
pub fn fetch_mirror(
    request: &MirrorRequest,
    tell: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
) -> Result<Mirror, Error> {
    let address = Address::parse(&request.url, false)?;
    options::limit_silence();
    let mirror = fetch_one(&address, request, tell, cancel)?;
    let mut done = vec![address.as_str().to_owned()];
    let mut waiting = submodules_of(&mirror, &address, request.reference.as_deref())?;
    while let Some(submodule) = waiting.pop() {
        if done.len() > MOST || done.iter().any(|url| url == submodule.address.as_str()) {
            continue;
        }
        let mut tell = |progress| {
            tell(Progress {
                submodule: done.len(),
                ..progress
            });
        };
        let mirror = fetch_one(&submodule.address, request, &mut tell, cancel).map_err(|error| match error {
            Error::Cancelled => Error::Cancelled,
            error => Error::InSubmodule {
                path: submodule.path.clone(),
                source: Box::new(error),
            },
        })?;
        done.push(submodule.address.as_str().to_owned());
        let commit = submodule.commit.to_string();
        waiting.extend(submodules_of(&mirror, &submodule.address, Some(&commit))?);
    }
    Ok(mirror)
}

fn fetch_one(
    address: &Address,
    request: &MirrorRequest,
    tell: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
) -> Result<Mirror, Error> {
    if cancel.is_cancelled() {
        return Err(Error::Cancelled);
    }
    let old = Mirror::of(&request.mirrors, address);
    let home = request.mirrors.join(key(address));
    let staging = Staging::beside(&home.join(format!("{}.git", next_time(old.as_ref()))))?;
    let watched = Watched {
        host: address.host(),
        silence: request.silence,
        folder: staging.whole(),
    };
    let work = {
        let (address, accept) = (address.clone(), request.accept_host_key.clone());
        move |pulse: &Pulse, told: &Told<Staging>| {
            let session = Session::new(pulse, |progress| told.tell(progress), accept.as_deref(), None)?;
            session.hold(staging.shared_lock().ok());
            fill(staging.path(), old.as_ref(), &address, &session)?;
            Ok(staging)
        }
    };
    watch(&watched, tell, cancel, work)?.place()?;
    remove_older(&home);
    Mirror::of(&request.mirrors, address).ok_or(Error::NotARepository { path: home })
}

/// Removes the mirror of `url`, if there is one.
///
/// # Errors
/// When the disk says no.
pub fn remove_mirror(mirrors: &Path, url: &str) -> Result<(), Error> {
    let home = mirrors.join(key(&Address::parse(url, false)?));
    match fs::remove_dir_all(&home) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(explain::io("Cannot remove", &home, e)),
        _ => Ok(()),
    }
}

impl Mirror {
    /// The newest mirror of an address.
    pub(crate) fn of(mirrors: &Path, address: &Address) -> Option<Self> {
        let (seconds, folder) = versions(&mirrors.join(key(address))).pop()?;
        Some(Self {
            url: address.shown(),
            fetched: UNIX_EPOCH + Duration::from_secs(seconds),
            bytes: size(&folder),
            folder,
        })
    }

    /// How long ago it was fetched.
    pub fn age(&self) -> Duration {
        SystemTime::now().duration_since(self.fetched).unwrap_or_default()
    }

    /// What it has, as a server would tell it.
    pub(crate) fn heads(&self) -> Result<Vec<Head>, git2::Error> {
        let repository = Repository::open_bare(&self.folder)?;
        let mut heads = Vec::new();
        if let Ok(head) = repository.find_reference("HEAD") {
            let target = head.symbolic_target().ok().flatten().map(str::to_owned);
            if let Some(id) = head.resolve().ok().and_then(|head| head.target()) {
                heads.push(Head {
                    name: "HEAD".to_owned(),
                    id,
                    target,
                });
            }
        }
        for reference in repository.references()? {
            let reference = reference?;
            if let (Ok(name), Some(id)) = (reference.name(), reference.target()) {
                heads.push(Head {
                    name: name.to_owned(),
                    id,
                    target: None,
                });
            }
        }
        Ok(heads)
    }

    /// Whether it holds what the server has: the wanted object, and all branches and tags where all are wanted.
    pub(crate) fn is_current(&self, server: &[Head], wanted: Oid, all: bool) -> Result<bool, git2::Error> {
        if !Repository::open_bare(&self.folder)?.odb()?.exists(wanted) {
            return Ok(false);
        }
        let own = if all { self.heads()? } else { return Ok(true) };
        let has = |head: &Head| own.iter().any(|mine| mine.name == head.name && mine.id == head.id);
        let counts = |head: &&Head| is_kept(&head.name) && !head.name.ends_with("^{}");
        Ok(server.iter().filter(counts).all(has))
    }

    /// Gives a new repository all objects, the branches as those of `origin`, and the tags.
    pub(crate) fn copy_into(&self, repository: &Repository) -> Result<(), Error> {
        link_packs(&self.folder, repository.path())?;
        let refer = || -> Result<(), git2::Error> {
            // The new packs are seen.
            repository.odb()?.refresh()?;
            for head in self.heads()? {
                let name = match head.name.strip_prefix("refs/heads/") {
                    Some(branch) => format!("refs/remotes/origin/{branch}"),
                    None if head.name.starts_with("refs/tags/") => head.name,
                    None => continue,
                };
                repository.reference(&name, head.id, true, "clone")?;
            }
            Ok(())
        };
        refer().map_err(|e| explain::local(&e, "Cannot use the mirror", &self.folder))
    }
}

/// Fetches all branches and tags into a new bare repository, from the old mirror as far as it has them.
fn fill(folder: &Path, old: Option<&Mirror>, address: &Address, session: &Session<'_>) -> Result<(), Error> {
    let explained = |error: git2::Error| session.explain(&error, address, folder);
    session.tell(Phase::Connecting);
    let mut options = RepositoryInitOptions::new();
    options.bare(true).external_template(false).no_reinit(true);
    let repository = Repository::init_opts(folder, &options).map_err(explained)?;
    if let Some(old) = old {
        link_packs(&old.folder, folder)?;
        let refer = || -> Result<(), git2::Error> {
            repository.odb()?.refresh()?;
            for head in old.heads()?.iter().filter(|head| is_kept(&head.name)) {
                repository.reference(&head.name, head.id, true, "mirror")?;
            }
            Ok(())
        };
        refer().map_err(explained)?;
    }
    let default = match system::needed(address, session) {
        Some(because) => system::fetch_all(address, folder, &because, session)?,
        None => match fetch_all(&repository, address, session).map_err(explained) {
            Err(error) => match system::may_help(&error, address, session) {
                Some(because) if session.go_on().is_ok() => system::fetch_all(address, folder, &because, session)?,
                _ => return Err(error),
            },
            Ok(default) => default,
        },
    };
    match default.filter(|name| repository.find_reference(name).is_ok()) {
        Some(name) => repository.set_head(&name).map_err(explained),
        None if repository.is_empty().unwrap_or(true) => Err(Error::Empty { url: address.shown() }),
        None => Err(Error::NoDefaultBranch { url: address.shown() }),
    }
}

/// All branches and tags, without those that are gone; answers with what HEAD stands for.
const ALL: [&str; 2] = ["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"];

fn fetch_all(repository: &Repository, address: &Address, session: &Session<'_>) -> Result<Option<String>, git2::Error> {
    stay_on_host(repository)?;
    let mut remote = repository.remote_anonymous(address.as_str())?;
    let mut connection = match connect(&mut remote, address, session) {
        Ok(connection) => connection,
        Err(error) if was_sent_on(&error) => return fetch_all(repository, address, session),
        Err(error) => return Err(error),
    };
    let heads = connection.list()?;
    let head = heads.iter().find(|head| head.name() == "HEAD");
    let default = head.and_then(|head| {
        let same = || {
            heads
                .iter()
                .find(|h| h.name().starts_with("refs/heads/") && h.oid() == head.oid())
        };
        head.symref_target()
            .or_else(|| same().map(git2::RemoteHead::name))
            .map(str::to_owned)
    });
    let mut options = FetchOptions::new();
    options
        .remote_callbacks(session.callbacks(address))
        .proxy_options(proxy())
        .download_tags(AutotagOption::None)
        .prune(git2::FetchPrune::On)
        .update_fetchhead(false);
    connection.remote().fetch(&ALL, Some(&mut options), Some("mirror"))?;
    session.flush();
    Ok(default)
}

/// The submodules of what a starter takes, so that they can be had offline too.
fn submodules_of(mirror: &Mirror, address: &Address, reference: Option<&str>) -> Result<Vec<Submodule>, Error> {
    let failed = |e: git2::Error| explain::local(&e, "Cannot read the mirror", &mirror.folder);
    let repository = Repository::open_bare(&mirror.folder).map_err(failed)?;
    let commit = match reference {
        Some(name) => repository
            .revparse_single(&format!("refs/heads/{name}"))
            .or_else(|_| repository.revparse_single(name)),
        None => repository.revparse_single("HEAD"),
    };
    // A name that is not there is told when somebody clones.
    let Some(commit) = commit.ok().and_then(|found| found.peel_to_commit().ok()) else {
        return Ok(Vec::new());
    };
    gitmodules::submodules(&repository, commit.id(), address).map_err(|refused| match refused {
        Failed::Ours(error) => error,
        Failed::Git(error) => failed(error),
    })
}

fn is_kept(name: &str) -> bool {
    name.starts_with("refs/heads/") || name.starts_with("refs/tags/")
}

/// The folder of an address; two addresses never share one.
fn key(address: &Address) -> String {
    let shown = address.shown();
    let name = shown
        .trim_end_matches('/')
        .rsplit(['/', ':'])
        .next()
        .unwrap_or_default();
    let name = name.trim_end_matches(".git");
    let name: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' })
        .take(40)
        .collect();
    // Only a name: the same bytes always give the same one.
    let hash = Oid::hash_object(ObjectType::Blob, shown.as_bytes())
        .map_or_else(|_| shown.len().to_string(), |id| id.to_string());
    format!("{name}-{}", &hash[..hash.len().min(16)])
}

/// The versions of a mirror, the newest last.
fn versions(home: &Path) -> Vec<(u64, PathBuf)> {
    let Ok(entries) = fs::read_dir(home) else {
        return Vec::new();
    };
    let mut found: Vec<_> = entries
        .flatten()
        .filter_map(|entry| {
            let seconds = entry.file_name().to_str()?.strip_suffix(".git")?.parse().ok()?;
            Some((seconds, entry.path()))
        })
        .collect();
    found.sort();
    found
}

/// One older version stays until the next update: somebody may be cloning from it.
fn remove_older(home: &Path) {
    let versions = versions(home);
    for (_, folder) in versions.iter().rev().skip(2) {
        if let Err(error) = fs::remove_dir_all(folder) {
            tracing::debug!(folder = %folder.display(), %error, "an old mirror stays");
        }
    }
}

fn next_time(old: Option<&Mirror>) -> u64 {
    let seconds = |time: SystemTime| time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let after_old = old.map_or(0, |old| seconds(old.fetched) + 1);
    seconds(SystemTime::now()).max(after_old)
}

/// Gives one repository the packs of another: the same files where the disk can, copies elsewhere.
fn link_packs(from: &Path, to: &Path) -> Result<(), Error> {
    let (from, to) = (from.join("objects/pack"), to.join("objects/pack"));
    let failed = |e| explain::io("Cannot copy from", &from, e);
    fs::create_dir_all(&to).map_err(failed)?;
    for entry in fs::read_dir(&from).map_err(failed)?.flatten() {
        let (file, name) = (entry.path(), entry.file_name());
        let whole = file.extension().is_some_and(|kind| kind == "pack" || kind == "idx");
        if whole && name.to_string_lossy().starts_with("pack-") {
            let place = to.join(name);
            if fs::hard_link(&file, &place).is_err() {
                fs::copy(&file, &place).map_err(failed)?;
            }
        }
    }
    Ok(())
}

fn size(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries
        .flatten()
        .filter_map(|entry| Some((entry.metadata().ok()?, entry.path())))
        .map(|(found, path)| if found.is_dir() { size(&path) } else { found.len() })
        .sum()
}
